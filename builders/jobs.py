"""Builds as jobs, done on all processors; nothing is kept unless every job succeeds."""

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import chain

from builders.memory import Job, Made, Memory
from builders.outline import Outline
from builders.registry import builder

Progress = Callable[[int, int, str], None]
Make = Callable[[Outline, Sequence[Job], Memory, Progress | None], list[Made]]
Run = Callable[[Outline, list[Job]], Iterable[tuple[Job, list[Made]]]]

_outline: Outline | None = None  # a worker's: sent once, not with each job


def make(outline: Outline, jobs: Sequence[Job], memory: Memory, progress: Progress | None) -> list[Made]:
    """Return what the jobs make, in their order; what has not changed is remembered. Raises OutlineFaults."""
    return made_by(_done, outline, jobs, memory, progress)


def made_by(
    run: Run, outline: Outline, jobs: Sequence[Job], memory: Memory, progress: Progress | None
) -> list[Made]:
    """Return the same; `run` does the jobs and yields what each makes."""
    known = {job: remembered for job in jobs if (remembered := memory.recall(job))}
    todo = [job for job in jobs if job not in known]
    for done, (job, made) in enumerate(run(outline, todo), 1):
        known[job] = made
        if progress:
            progress(done, len(todo), f"{job.builder} ({job.options.lang})")
    return list(chain.from_iterable(known[job] for job in jobs))


def _done(outline: Outline, jobs: list[Job]) -> Iterator[tuple[Job, list[Made]]]:
    workers = min(os.cpu_count() or 1, len(jobs))
    if workers < 2:
        yield from ((job, do(outline, job)) for job in jobs)
        return
    with ProcessPoolExecutor(workers, initializer=_receive, initargs=(outline,)) as pool:
        running = {pool.submit(_do_received, job): job for job in jobs}
        try:
            for finished in as_completed(running):
                yield running[finished], finished.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _receive(outline: Outline) -> None:
    global _outline  # noqa: PLW0603  # a process pool's initializer has no other way to leave something behind
    _outline = outline
    gc.disable()  # as in builders/collector.py, for the rest of this process


def _do_received(job: Job) -> list[Made]:
    assert _outline is not None
    return do(_outline, job)


def do(outline: Outline, job: Job) -> list[Made]:
    """Return what one job makes, here and now. Raises OutlineFaults."""
    start = time.perf_counter()
    artifacts = builder(job.builder)(outline, job.options)
    seconds = (time.perf_counter() - start) / max(len(artifacts), 1)
    return [Made(job, artifact, seconds) for artifact in artifacts]
