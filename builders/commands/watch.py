"""`watch`: builds at each save what the change touches; a fault shows, and the last good documents stay."""

import argparse
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from builders import live
from builders.cli import Usage
from builders.commands import build, places
from builders.commands.context import told
from builders.files import UnwritableFile
from builders.images import FORMATS


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `build`."""
    build.configure(parser)


def run(options: argparse.Namespace) -> int:
    """Build, and again at each save, until Ctrl-C."""
    paths = places.outlines(options)
    workers = live.Workers()
    with closing(workers), live.until_stopped():
        for _ in live.changes(lambda: watched(paths, options)):
            for path in paths:
                _rebuild(path, options, workers)
            print("watching; Ctrl-C ends", flush=True)
    return 0


def _rebuild(path: Path, options: argparse.Namespace, workers: live.Workers) -> None:
    start = time.perf_counter()
    try:
        result = build.build(path, options, workers.make)
    except Exception as error:  # whatever failed, the next save may mend it
        what = str(error) if isinstance(error, Usage | UnwritableFile) else f"{type(error).__name__}: {error}"
        print(f"{path}: {what}", flush=True)
        return
    for line in told(path, result.faults):
        print(line)
    done = [target for target, made in result.made if made.seconds is not None]
    for target, made in result.made:
        if made.seconds is not None:
            print(f"{build.shown(target)}: {made.artifact.count} {made.artifact.unit}")
    if result.failed:
        print(f"{path}: the last good documents stay", flush=True)
    else:
        seconds = time.perf_counter() - start
        print(f"{path}: {len(done)} of {len(result.made)} documents built in {seconds:.2f} s", flush=True)


def watched(paths: Sequence[Path], options: argparse.Namespace) -> list[Path]:
    """Return the files that a build depends on: outlines, theme, template and pictures."""
    files = [*paths, *(path for path in (options.theme, options.template) if path)]
    for folder in dict.fromkeys(path.parent for path in paths):
        files += sorted(file for file in folder.rglob("*") if file.suffix.lower() in FORMATS)
    return files
