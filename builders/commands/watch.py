"""`watch`: builds at each save what the change touches; a fault shows, and the last good documents stay."""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import ParamSpec, TypeVar

from builders import live
from builders.cli import FAULTS, Usage
from builders.commands import build, places, wishes
from builders.commands.context import told
from builders.faults import counted
from builders.files import UnwritableFile
from builders.images import FORMATS
from builders.reread import Reader
from builders.workers import WorkerGone, Workers

PHASES = "TEMARIO_PHASES"  # in the environment: tell what a build's seconds went into, as `bench` asks

P = ParamSpec("P")
T = TypeVar("T")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `build`."""
    build.configure(parser)


def run(options: argparse.Namespace) -> int:
    """Build, and again at each save, until Ctrl-C. What no save can mend ends it at the first build."""
    wishes.hold(options)
    paths = places.outlines(options)
    for file in (options.theme, options.template):
        if file and not file.exists():
            raise Usage(f"{file}: there is no such file; check the name and the folder")
    if places.absent(paths):
        return FAULTS
    workers, reader = Workers(), Reader()
    with closing(workers), live.until_stopped():
        first = True
        for _ in live.changes(lambda: watched(paths, options)):
            unfit = [error for path in paths if (error := _rebuild(path, options, workers, reader))]
            if first and len(unfit) == len(paths):
                raise unfit[0]
            for error in unfit:
                print(error)
            first = False
            print("watching; Ctrl-C ends", flush=True)
    return 0


def _rebuild(path: Path, options: argparse.Namespace, workers: Workers, reader: Reader) -> build.Unfit | None:
    """Build and tell what came of it; return why nothing of this outline was asked for."""
    clock = _Clock(workers)
    try:
        result = build.build(
            path, options, clock.timed("make", workers.make), clock.timed("read", reader.load)
        )
    except build.Unfit as error:
        return error
    except Exception as error:  # whatever failed, the next save may mend it
        what = (
            str(error)
            if isinstance(error, Usage | UnwritableFile | WorkerGone)
            else f"{type(error).__name__}: {error}"
        )
        print(f"{path}: {what}", flush=True)
        return None
    for line in told(path, result.faults):
        print(line)
    for target, made in result.made:
        if made.seconds is not None:
            print(f"{build.shown(target)}: {made.artifact.count} {made.artifact.unit}, {made.seconds:.2f} s")
    if result.failed:
        print(f"{path}: the last good documents stay", flush=True)
    else:
        print(f"{path}: {_count(result)} built in {clock.told()}", flush=True)
    return None


def _count(result: build.Result) -> str:
    """Return '1 document', '3 documents', or '1 of 3 documents' where others are as they were."""
    done, total = sum(made.seconds is not None for _, made in result.made), len(result.made)
    return f"{'' if done == total else f'{done} of '}{counted(total, 'document')}"


class _Clock:
    """Measures what a rebuild waits for."""

    def __init__(self, workers: Workers) -> None:
        self._workers, self._spent = workers, workers.spent()
        self._start = time.perf_counter()
        self._parts: dict[str, float] = {}

    def timed(self, name: str, function: Callable[P, T]) -> Callable[P, T]:
        """Return a function that does the same, its seconds noted under a name."""

        def run(*given: P.args, **named: P.kwargs) -> T:
            start = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self._parts[name] = time.perf_counter() - start

        return run

    def told(self) -> str:
        """Return '0.4 s'; with TEMARIO_PHASES '0.42 s (read 0.05, make 0.33, write 0.04, processor 0.31)'.

        The processor is that of the busiest process.
        """
        total = time.perf_counter() - self._start
        if not os.environ.get(PHASES):
            return f"{total:.1f} s"
        parts = {**self._parts, "write": total - sum(self._parts.values())}
        spent = zip(self._workers.spent(), self._spent, strict=True)
        parts["processor"] = max(now - before for now, before in spent)
        return f"{total:.2f} s ({', '.join(f'{name} {seconds:.2f}' for name, seconds in parts.items())})"


def watched(paths: Sequence[Path], options: argparse.Namespace) -> list[Path]:
    """Return the files that a build depends on: outlines, theme, template and pictures."""
    files = [*paths, *(path for path in (options.theme, options.template) if path)]
    for folder in dict.fromkeys(path.parent for path in paths):
        files += sorted(file for file in folder.rglob("*") if file.suffix.lower() in FORMATS)
    return files
