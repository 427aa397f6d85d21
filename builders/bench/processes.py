"""Whole cold processes, timed from outside: wall and processor seconds, and the peak of memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


class NotDone(Exception):
    """A process that ended with a fault; the message is its last line."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds, seconds of processor time, and bytes at its peak (0: not known).

    The peak is that of the largest single process, where there are several.
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
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        process.wait()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def middle(runs: Sequence[Run]) -> Run:
    """Return the medians of several runs, and the last one's words."""
    return Run(
        median(run.wall for run in runs),
        median(run.cpu for run in runs),
        int(median(run.peak for run in runs)),
        runs[-1].said,
    )
