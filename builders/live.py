"""What stays warm between one save and the next: processes that build, and an eye on the files."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import chain
from multiprocessing.pool import AsyncResult
from pathlib import Path
from types import FrameType
from typing import Any

from builders.jobs import Progress, do
from builders.memory import Job, Made, Memory
from builders.outline import Outline
from builders.registry import BUILDERS

POLL = 0.05  # seconds between two looks at the files
_WARM = ("book", "plan", "write")  # modules of a builder that are imported late

Stamp = tuple[tuple[int, int] | None, ...]


class Workers:
    """Processes that build: imported once, their caches kept from build to build."""

    def __init__(self, number: int | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a new process takes it over: Ctrl-C is ours
        try:
            self._pool = context.Pool(number or max(os.cpu_count() or 1, 2), _warm)
        finally:
            signal.signal(signal.SIGINT, before)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "AsyncResult[Any]":
        """Have `function` called in one of the processes."""
        return self._pool.apply_async(function, arguments)

    def make(
        self, outline: Outline, jobs: Sequence[Job], memory: Memory, progress: Progress | None = None
    ) -> list[Made]:
        """Return what the jobs make, as jobs.make does. Raises OutlineFaults."""
        known = {job: remembered for job in jobs if (remembered := memory.recall(job))}
        running = {job: self.submit(do, outline, job) for job in jobs if job not in known}
        for done, (job, result) in enumerate(running.items(), 1):
            known[job] = result.get()
            if progress:
                progress(done, len(running), f"{job.builder} ({job.options.lang})")
        return list(chain.from_iterable(known[job] for job in jobs))

    def close(self) -> None:
        """End the processes now."""
        self._pool.terminate()
        self._pool.join()


def _warm() -> None:
    """Import what builds need; Ctrl-C is for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a new process does not take that over
    for name in BUILDERS:
        for module in ("", *(f".{late}" for late in _WARM)):
            with suppress(ModuleNotFoundError):
                import_module(f"builders.{name}{module}")


@contextmanager
def until_stopped() -> Iterator[None]:
    """Let Ctrl-C or a signal to end stop the body, quietly."""

    def stop(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def stamp(paths: Iterable[Path]) -> Stamp:
    """Return what changes when one of the files does: modification times (ns) and sizes."""
    found: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            status = path.stat()
            found.append((status.st_mtime_ns, status.st_size))
        except OSError:
            found.append(None)
    return tuple(found)


def changes(paths: Callable[[], Sequence[Path]]) -> Iterator[None]:
    """Yield at once, and again after each change of the files that `paths` gives at that time.

    A file is looked at again until it keeps still: editors write in steps.
    """
    while True:
        before = stamp(paths())
        yield
        while (now := stamp(paths())) == before:
            time.sleep(POLL)
        while now != before or None in now[:1]:
            before = now
            time.sleep(POLL / 2)
            now = stamp(paths())
