"""Saves of an outline and of the files that are built with it, noticed as they happen."""

import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from builders.pictures.pictures import FORMATS

STILL_SECONDS = 0.015  # seconds that a file must keep still: editors write in steps
GONE_SECONDS = 1.0  # seconds that the first file may be missing or empty, as it is while some editors save
LOOK_SECONDS = (
    0.25  # seconds between looks at the files themselves: not every drive tells of what happens on it
)

Stamp = tuple[tuple[int, int, int] | None, ...]


@contextmanager
def end_on_signal() -> Iterator[None]:
    """Let Ctrl-C (SIGINT) or SIGTERM end the body without an error."""

    def stop(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def watch_saves(
    outlines: Sequence[Path], others: Sequence[Path] = (), ended: threading.Event | None = None
) -> Iterator[None]:
    """Yield at once, then after each change of the files, or of a picture below an outline's folder.

    A file that is being written is waited for. Folders may go and come back. Ends when `ended` is set.
    """
    files, ended = [*outlines, *others], ended or threading.Event()
    seen: Stamp | None = None
    while not ended.is_set():
        folders = list(dict.fromkeys(file.parent for file in outlines))
        watched = _list_inodes(folders)
        for pictures_changed in _watch_folders([folder for folder in folders if folder.is_dir()], ended):
            if pictures_changed or _stamp_files(files) != seen:
                seen = _wait_for_settled_stamp(files)
                yield
            if _list_inodes(folders) != watched:
                seen = None  # whatever happened where nobody looked
                break


def _watch_folders(folders: Sequence[Path], ended: threading.Event) -> Iterator[bool]:
    """Yield whether pictures changed: when anything did in the folders, and every LOOK_SECONDS."""
    from watchfiles import watch

    try:
        for changes in watch(
            *folders,
            watch_filter=None,
            step=20,  # ms
            rust_timeout=round(LOOK_SECONDS * 1000),
            yield_on_timeout=True,
            stop_event=ended,
            ignore_permission_denied=True,
        ):
            yield any(Path(name).suffix.lower() in FORMATS for _, name in changes)
    except (OSError, RuntimeError):  # a folder has gone, or there are more than can be watched
        ended.wait(GONE_SECONDS)
        yield False


def _list_inodes(folders: Sequence[Path]) -> list[int | None]:
    return [status and status[2] for status in _stamp_files(folders)]


def _stamp_files(paths: Iterable[Path]) -> Stamp:
    """Return what changes when one of the files does: modification times (ns), sizes and inodes."""
    found: list[tuple[int, int, int] | None] = []
    for path in paths:
        try:
            status = path.stat()
            found.append((status.st_mtime_ns, status.st_size, status.st_ino))
        except OSError:
            found.append(None)
    return tuple(found)


def _wait_for_settled_stamp(files: Sequence[Path]) -> Stamp:
    """Return the stamp of files that keep still, the first of them written."""
    gone, now = time.monotonic() + GONE_SECONDS, _stamp_files(files)
    while True:
        time.sleep(STILL_SECONDS)
        before, now = now, _stamp_files(files)
        if now == before and ((now[0] and now[0][1]) or time.monotonic() > gone):
            return now
