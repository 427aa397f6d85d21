"""Bytes to disk: whole or not at all; and the one timestamp that documents carry."""

import os
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from builders.core.diagnostics import TemarioError

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # the first date that a zip archive can hold
MOST_KEPT = 100  # versions of a document that were edited by hand
UNFINISHED = 3600.0  # seconds after which a file that is half written has no writer any more
LATEST = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)  # and the last


class UnwritableFile(TemarioError):
    """An output could not be put in its place; the message says why and what to do."""


def read_document_time() -> datetime:
    """Return the time that documents carry, in UTC.

    That is SOURCE_DATE_EPOCH (reproducible-builds.org), else 1980-01-01; it is held between the first and the
    last date that a zip archive can carry.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        return EARLIEST
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text))
    return min(max(moment, EARLIEST), LATEST)


def write_file(path: Path, content: bytes, kept: Path | None = None) -> bool:
    """Write `content` to the file at `path`, whole or not at all; return whether the file changed.

    Folders are made where they are missing. A file that already holds these bytes is left alone, with its
    time. The earlier file becomes `kept`, if that is given. Raises UnwritableFile and leaves it in place.
    """
    try:
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace_file(path, content, kept)
    except PermissionError as error:
        shown = path.exists() and os.access(path.parent, os.W_OK)
        advice = "close it in the program that shows it" if shown else "check the folder's permissions"
        raise UnwritableFile(f"{path}: cannot be written; {advice}, then build again") from error
    except OSError as error:
        raise UnwritableFile(
            f"{path}: cannot be written ({error.strerror}); the earlier file is kept"
        ) from error
    return True


def name_edited_file(path: Path) -> Path:
    """Return where to keep a file changed by hand: 'deck (edited).pptx', 'deck (edited 2).pptx', and so on.

    Raises UnwritableFile where MOST_KEPT such files are there already.
    """
    labels = ("edited", *(f"edited {number}" for number in range(2, MOST_KEPT + 1)))
    names = (path.with_name(f"{path.stem} ({label}){path.suffix}") for label in labels)
    if free := next((name for name in names if not name.exists()), None):
        return free
    raise UnwritableFile(f"{path}: changed by hand, and {MOST_KEPT} such are kept; delete some of them")


def remove_unfinished_files(folder: Path) -> None:
    """Delete what a process that was killed left half written in a folder, an hour ago or longer."""
    for part in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > UNFINISHED:
                part.unlink()


def _read_umask() -> int:
    """Return the permissions that new files are to lack; reading them is to set them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _replace_file(path: Path, content: bytes, kept: Path | None) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:8]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(name).chmod(0o666 & ~_read_umask())
        if kept:
            _keep_file(path, kept)
        try:
            Path(name).replace(path)
        except OSError:
            if kept:
                kept.unlink(missing_ok=True)  # the file itself stays where it is
            raise
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_file(path: Path, kept: Path) -> None:
    """Give a file a second name, or copy it where that cannot be. Raises FileExistsError."""
    try:
        kept.hardlink_to(path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links
        content = path.read_bytes()
        with kept.open("xb") as copy:
            copy.write(content)
