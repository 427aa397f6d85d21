"""Processes that build and stay: imported once, their caches kept from one build to the next."""

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from builders.jobs import Progress, do, made_by
from builders.memory import Job, Made, Memory
from builders.outline import Outline
from builders.registry import BUILDERS

MOST = 4  # processes: as many documents has a language
REST = 0.3  # seconds without work after which a process clears up
_WARM = ("book", "plan", "write")  # modules of a builder that are imported late
_CONTEXT = multiprocessing.get_context("spawn")


class WorkerGone(Exception):
    """A process that builds was ended from outside."""


class Workers:
    """Processes that build. What has the same name goes to the same process, which has done it before."""

    def __init__(self, number: int | None = None) -> None:
        count = number or min(max(os.cpu_count() or 1, 2), MOST)
        self._all = [_Worker() for _ in range(count)]
        self._homes: dict[Hashable, _Worker] = {}

    def submit(self, name: Hashable, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Have `function` called in the process that `name` has worked in before, or in the next."""
        if name not in self._homes:
            turn, place = divmod(len(self._homes), len(self._all))
            # there and back, since what takes longest comes first
            self._homes[name] = self._all[-1 - place if turn % 2 else place]
        return self._homes[name].submit(function, arguments)

    def make(
        self, outline: Outline, jobs: Sequence[Job], memory: Memory, progress: Progress | None = None
    ) -> list[Made]:
        """Return what the jobs make, as jobs.make does. Raises OutlineFaults and WorkerGone."""
        return made_by(self._done, outline, jobs, memory, progress)

    def _done(self, outline: Outline, jobs: Sequence[Job]) -> Iterator[tuple[Job, list[Made]]]:
        packed = pickle.dumps(outline, pickle.HIGHEST_PROTOCOL) if jobs else b""
        running = {job: self.submit(name_of(job), _do, packed, job) for job in jobs}
        try:
            for job, result in running.items():
                yield job, result.result()
        finally:
            for result in running.values():
                result.cancel()  # what has not begun when another fails: the next save need not wait for it

    def spent(self) -> list[float]:
        """Return the processor seconds that each process has worked so far."""
        return [worker.spent for worker in self._all]

    def close(self) -> None:
        """End the processes now."""
        for worker in self._all:
            worker.close()


def name_of(job: Job) -> Hashable:
    """Return what a job is called from save to save: its document."""
    return job.builder, job.options.lang, job.options.edition


class _Worker:
    """A process, and the thread that talks to it: one question at a time."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._ended = False
        self._begin()
        self._line = ThreadPoolExecutor(1)

    def _begin(self) -> None:
        self._connection, other = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(other,), daemon=True)
        with _deaf_to_ctrl_c():
            self._process.start()
        other.close()  # so that the end of the process is the end of the pipe

    def submit(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> "Future[Any]":
        """Have a function called in the process, after those submitted before."""
        return self._line.submit(self._ask, function, arguments)

    def _ask(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if not self._process.is_alive() and not self._ended:
            self._connection.close()
            self._begin()
        try:
            self._connection.send((function, arguments))
            good, answer, spent = self._connection.recv()
        except (EOFError, OSError):
            self._process.join(REST)
            raise WorkerGone("a process that builds was ended; save again to build again") from None
        self.spent += spent
        if not good:
            raise answer
        return answer

    def close(self) -> None:
        """End the process, and with it what it is doing."""
        self._ended = True
        self._process.terminate()
        self._line.shutdown(wait=True, cancel_futures=True)
        self._process.terminate()
        self._process.join()
        self._connection.close()


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Start processes that leave Ctrl-C to their parent: a new process takes over what is ignored."""
    if threading.current_thread() is not threading.main_thread():  # which alone may say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(connection: Connection) -> None:
    """Answer until the parent is gone. The collector of cycles works while there is nothing else to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a new process does not take that over
    _warm()
    gc.freeze()
    gc.disable()
    with suppress(EOFError, OSError):
        while True:
            function, arguments = connection.recv()
            start = time.process_time()
            try:
                answer: tuple[bool, Any] = True, function(*arguments)
            except Exception as error:
                answer = False, error
            connection.send((*_portable(answer), time.process_time() - start))
            if not connection.poll(REST):
                gc.collect()


def _portable(answer: tuple[bool, Any]) -> tuple[bool, Any]:
    """Return an answer that comes through a pipe: an error that does not is told in words."""
    if answer[0]:
        return answer
    try:
        pickle.loads(pickle.dumps(answer[1]))
    except Exception:
        return False, RuntimeError(f"{type(answer[1]).__name__}: {answer[1]}")
    return answer


def _warm() -> None:
    """Import what builds need; what cannot be imported will be told where it is used."""
    for name in BUILDERS:
        for module in ("", *(f".{late}" for late in _WARM)):
            with suppress(Exception):
                import_module(f"builders.{name}{module}")


def _do(packed: bytes, job: Job) -> list[Made]:
    return do(_unpacked(packed), job)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Outline:
    outline: Outline = pickle.loads(packed)
    return outline
