"""Builds as jobs on a pool of processes; nothing is kept unless every job succeeds."""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from functools import lru_cache, partial
from importlib import import_module
from itertools import chain
from multiprocessing.connection import Connection
from typing import Any

from builders.build.build_record import BuildMemory, Job, MadeDocument
from builders.build.builder import pause_collector
from builders.build.registry import BUILDERS, load_builder
from builders.core.diagnostics import OutlineFaults, TemarioError
from builders.outline.model import Outline

MOST_KEPT = 4  # processes of a pool that is kept: as many documents has a language

Progress = Callable[[int, int, str], None]


class WorkerGone(TemarioError):
    """A process that builds was ended from outside."""


def run_jobs(
    outline: Outline,
    jobs: Sequence[Job],
    memory: BuildMemory,
    pool: "WorkerPool | None" = None,
    progress: Progress | None = None,
) -> tuple[list[MadeDocument], list[OutlineFaults]]:
    """Return what the jobs made, in their order, and the faults of those that failed: none stops another.

    What `memory` knows to be unchanged is not made again. Without `pool`, processes are started for this call
    alone. `progress` is told after each job how many are done, of how many, and its name. Raises WorkerGone.
    """
    known = {job: remembered for job in jobs if (remembered := memory.recall_documents(job))}
    todo = [job for job in jobs if job not in known]
    failed: dict[Job, OutlineFaults] = {}
    for done, (job, made) in enumerate(_distribute_jobs(outline, todo, pool), 1):
        if isinstance(made, OutlineFaults):
            failed[job] = made
        else:
            known[job] = made
        if progress:
            progress(done, len(todo), f"{job.builder} ({job.options.lang})")
    made_in_order = list(chain.from_iterable(known[job] for job in jobs if job in known))
    return made_in_order, [failed[job] for job in jobs if job in failed]


def _distribute_jobs(
    outline: Outline, jobs: Sequence[Job], pool: "WorkerPool | None"
) -> Iterator[tuple[Job, list[MadeDocument] | OutlineFaults]]:
    count = min(os.cpu_count() or 1, len(jobs))
    if pool is None and count < 2:
        yield from ((job, _attempt(partial(run_job, outline, job))) for job in jobs)
    elif pool is None:
        with closing(WorkerPool(count)) as own:
            yield from _distribute_jobs(outline, jobs, own)
    else:
        packed = pickle.dumps(outline, pickle.HIGHEST_PROTOCOL)
        running = {pool.submit(_run_packed_job, packed, job): job for job in jobs}
        try:
            for future in as_completed(running):
                yield running[future], _attempt(partial(wait_for_result, future))
        finally:
            for future in running:
                future.cancel()  # what has not begun when another fails: the next save need not wait for it


def _attempt(run: Callable[[], list[MadeDocument]]) -> list[MadeDocument] | OutlineFaults:
    try:
        return run()
    except OutlineFaults as faults:
        return faults


def _run_packed_job(packed: bytes, job: Job) -> list[MadeDocument]:
    return run_job(_unpack_outline(packed), job)


@lru_cache(maxsize=1)
def _unpack_outline(packed: bytes) -> Outline:
    outline: Outline = pickle.loads(packed)
    return outline


def run_job(outline: Outline, job: Job) -> list[MadeDocument]:
    """Return what one job makes, in this process. Raises OutlineFaults."""
    start = time.perf_counter()
    with pause_collector():
        artifacts = load_builder(job.builder).build(outline, job.options)
    seconds = (time.perf_counter() - start) / max(len(artifacts), 1)
    return [MadeDocument(job, artifact, seconds) for artifact in artifacts]


def wait_for_result(future: "Future[Any]") -> Any:
    """Wait for a call that was submitted to a pool; return or raise what it did. Raises WorkerGone."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise WorkerGone("a process that builds was ended from outside; build again") from None


class WorkerPool:
    """Processes for jobs. They end with this one, whatever ends it, and leave Ctrl-C to it.

    A pool that is `kept` from build to build starts all of them now, with all that builds import: call it
    from the main thread. One for a single build starts them when the first job comes.
    """

    def __init__(self, count: int | None = None, *, kept: bool = False) -> None:
        self._count = count or min(max(os.cpu_count() or 1, 2), MOST_KEPT)
        self._kept = kept
        # a kept pool has threads beside it, with which a process must not be forked
        self._context = multiprocessing.get_context("spawn" if kept else None)
        self._reader, self._writer = self._context.Pipe(duplex=False)  # closed by our end, whatever it is
        self._executor = self._start_executor()

    def _start_executor(self) -> ProcessPoolExecutor:
        inherited = self._writer if self._context.get_start_method() == "fork" else None
        executor = ProcessPoolExecutor(
            self._count, self._context, _begin_worker, (self._reader, inherited, self._kept)
        )
        if self._kept:
            with _ignore_ctrl_c():
                for _ in range(self._count):
                    executor.submit(os.getpid)
        return executor

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Have `function` called in one of the processes; wait_for_result() gives what came of it."""
        try:
            return self._executor.submit(_call_in_worker, function, *arguments)
        except BrokenProcessPool:  # by a process that was ended: these are new ones
            self._executor = self._start_executor()
            return self._executor.submit(_call_in_worker, function, *arguments)

    def close(self) -> None:
        """End the processes now, and with them what they are doing."""
        self._writer.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._reader.close()


@contextmanager
def _ignore_ctrl_c() -> Iterator[None]:
    """Start processes that leave Ctrl-C to their parent: a new process takes over what is ignored."""
    if threading.current_thread() is not threading.main_thread():  # which alone may say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin_worker(reader: Connection, inherited: Connection | None, kept: bool) -> None:
    """Prepare a process of a pool: it ends when the other end of `reader` closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if inherited is not None:
        inherited.close()
    threading.Thread(target=_end_with_parent, args=(reader,), daemon=True).start()
    if kept:
        for name in BUILDERS:
            for module in ("", ".plan", ".write"):
                with suppress(Exception):  # what cannot be imported will be told where it is used
                    import_module(f"builders.{name}{module}")
        gc.freeze()


def _end_with_parent(reader: Connection) -> None:
    with suppress(EOFError, OSError):
        reader.recv_bytes()
    os._exit(1)


def _call_in_worker(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function; what it raises is told in words where it could not be handed to another process."""
    try:
        return function(*arguments)
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            raise RuntimeError(f"{type(error).__name__}: {error}") from None
        raise
