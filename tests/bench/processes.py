"""Whole cold processes, timed from outside: wall and processor seconds, and the peak of memory."""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_SAMPLED = 0.05  # seconds between looks at the memory of several processes


class NotDone(Exception):
    """A process that ended with a fault; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds, seconds of processor time, and bytes at its peak (0: not known).

    The peak is that of all its processes together where the system tells what they share (Linux), else of
    the largest one.
    """

    wall: float
    cpu: float
    peak: int
    said: str = ""  # what it printed


def timed(command: Sequence[str]) -> Run:
    """Run `command` to its end. Raises NotDone where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        cpu, peak = _waited(process)
        wall = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        said, complaint = out.read().decode("utf-8", "replace"), err.read().decode("utf-8", "replace")
    if process.returncode:
        lines = [line for line in complaint.splitlines() if line.strip()] or ["no word of why"]
        raise NotDone(lines[-1].strip()[:200])
    return Run(wall, cpu, peak, said)


def _waited(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Wait for a process; return its processor seconds and the bytes of its peak, as the system counts."""
    if not hasattr(os, "wait4"):  # Windows
        process.wait()
        return 0.0, 0
    with _sampled(process.pid) as peaks:
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss * unit, *peaks)


@contextmanager
def _sampled(pid: int) -> Iterator[list[int]]:
    """Yield the list of what a process and those below it hold together, whenever there are several."""
    peaks, done = [0], threading.Event()

    def sample() -> None:
        while not done.wait(_SAMPLED):
            family = _family(pid)
            if len(family) > 1:
                peaks.append(sum(map(_share, family)))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peaks
    finally:
        done.set()
        thread.join()


def _family(pid: int) -> list[int]:
    """Return a process and all below it; nothing where the system does not tell."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _family(int(child)))]


def _share(pid: int) -> int:
    """Return the bytes that a process holds, of what it shares with others its share."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("Pss:")), 0)


def middle(runs: Sequence[Run]) -> Run:
    """Return the medians of several runs, and the last one's words."""
    return Run(
        median(run.wall for run in runs),
        median(run.cpu for run in runs),
        int(median(run.peak for run in runs)),
        runs[-1].said,
    )
