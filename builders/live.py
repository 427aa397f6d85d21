"""An eye on the files that an editor saves, and a quiet end at Ctrl-C."""

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

POLL = 0.02  # seconds between two looks at the files
STILL = 0.015  # seconds that a file must keep still: editors write in steps
GONE = 1.0  # seconds that the first file may be missing or empty, as it is while some editors save
NEWS = 1.0  # seconds between two looks for new files

Stamp = tuple[tuple[int, int] | None, ...]


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


class Eye:
    """Watches the files that `paths` gives; the first of them is the outline."""

    def __init__(self, paths: Callable[[], Sequence[Path]]) -> None:
        self._paths = paths
        self._files: Sequence[Path] = ()
        self._listed = -NEWS
        self._seen: tuple[Sequence[Path], Stamp] | None = None

    def changed(self) -> bool:
        """Whether something is otherwise than when this was last asked, or it is asked for the first time.

        A file that is being written is waited for.
        """
        now = self._look()
        if now == self._seen:
            return False
        gone = time.monotonic() + GONE
        while True:
            time.sleep(STILL)
            before, now = now, self._look()
            if now == before and (_written(now[1]) or time.monotonic() > gone):
                self._seen = now
                return True

    def stirred(self) -> bool:
        """Whether `changed` would say so; it still will."""
        return self._look() != self._seen

    def _look(self) -> tuple[Sequence[Path], Stamp]:
        if time.monotonic() - self._listed >= NEWS:
            self._files, self._listed = self._paths(), time.monotonic()
        return self._files, stamp(self._files)


def _written(seen: Stamp) -> bool:
    return not seen or (seen[0] is not None and seen[0][1] > 0)


def changes(paths: Callable[[], Sequence[Path]]) -> Iterator[None]:
    """Yield at once, and again after each change of the files that `paths` gives at that time."""
    eye = Eye(paths)
    while True:
        while not eye.changed():
            time.sleep(POLL)
        yield
