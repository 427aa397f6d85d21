"""`watch`: builds at each save what the change touches; a fault shows, and the last good documents stay."""

import argparse
import time
from contextlib import closing
from pathlib import Path

from builders.build import file_watch
from builders.build.jobs import WorkerGone, WorkerPool
from builders.commands import build, builder_options, locations
from builders.commands.report import write_faults
from builders.core.diagnostics import EXIT_FAULTS, UsageError, write_count
from builders.core.files import UnwritableFile


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `build`."""
    build.configure(parser)


def run(options: argparse.Namespace) -> int:
    """Build, and again at each save, until Ctrl-C. What no save can mend ends it at the first build."""
    builder_options.check(options)
    paths = locations.list_outlines(options)
    locations.check_folder_names(paths)
    others = [*([options.theme] if options.theme else []), *builder_options.list_files(options)]
    for file in others:
        if not file.exists():
            raise UsageError(f"{file}: there is no such file; check the name and the folder")
    if locations.report_absent(paths):
        return EXIT_FAULTS
    with closing(WorkerPool(kept=True)) as pool, file_watch.end_on_signal():
        first = True
        for _ in file_watch.watch_saves(paths, others):
            unfit = [error for path in paths if (error := _rebuild(path, options, pool))]
            if first and len(unfit) == len(paths):
                raise unfit[0]
            for error in unfit:
                print(error)
            first = False
            print("watching; Ctrl-C ends", flush=True)
    return 0


def _rebuild(path: Path, options: argparse.Namespace, pool: WorkerPool) -> build.UnfitOutline | None:
    """Build and tell what came of it; return why nothing of this outline was asked for."""
    start = time.perf_counter()
    try:
        result = build.build_outline(path, options, pool)
    except build.UnfitOutline as error:
        return error
    except Exception as error:  # whatever failed, the next save may mend it
        plain = isinstance(error, UsageError | UnwritableFile | WorkerGone)
        print(f"{path}: {error if plain else f'{type(error).__name__}: {error}'}", flush=True)
        return None
    for line in write_faults(path, result.faults):
        print(line)
    for target, made in result.made:
        if made.seconds is not None:
            length = f"{made.artifact.count} {made.artifact.unit}"
            print(f"{locations.shorten_path(target)}: {length}, {made.seconds:.2f} s")
    if result.failed:
        print(f"{path}: the last good documents stay", flush=True)
    else:
        print(f"{path}: {_count(result)} built in {time.perf_counter() - start:.1f} s", flush=True)
    return None


def _count(result: build.BuildResult) -> str:
    """Return '1 document', '3 documents', or '1 of 3 documents' where others are as they were."""
    done, total = sum(made.seconds is not None for _, made in result.made), len(result.made)
    return f"{'' if done == total else f'{done} of '}{write_count(total, 'document')}"
