"""Zip archives: written so that equal contents give equal bytes, read so that a hostile one does no harm.

What stands here once is not deflated twice: in a process that builds again and again (`watch`), parts that
have not changed are taken from memory.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

LEVEL = 4  # of 9: a third of the default's time, files a twentieth larger
REMEMBERED = 4096  # parts: those of a course in two languages
MOST_MEMBERS = 20_000
MOST_BYTES = 512 * 1024 * 1024  # unpacked
_STORED = (".png", ".jpg", ".jpeg", ".xlsx")  # compressed already
_MANY = 0xFFFF  # members: from here on the archive needs the records of ZIP64 (APPNOTE.TXT, 4.4.21)


class BadArchive(ValueError):
    """An archive that cannot or should not be read; the message says why."""


def archive(members: Iterable[tuple[str, bytes]], moment: datetime) -> bytes:
    """Return a zip archive (APPNOTE.TXT, 4.3) that depends on nothing but its arguments."""
    year, month, day, hour, minute, second = moment.timetuple()[:6]
    date = (year - 1980) << 9 | month << 5 | day
    time = hour << 11 | minute << 5 | second // 2
    out: list[bytes] = []
    directory: list[bytes] = []
    at = count = 0
    for name, content in members:
        stored = name.endswith(_STORED)
        crc, packed = (zlib.crc32(content), content) if stored else _deflated(content)
        encoded = name.encode()
        flags = 0 if name.isascii() else 0x800  # the name is UTF-8
        common = struct.pack(
            "<HHHHHIIIHH",
            20, flags, 0 if stored else 8, time, date, crc, len(packed), len(content), len(encoded), 0,
        )  # fmt: skip
        out += (b"PK\3\4", common, encoded, packed)
        directory += (b"PK\1\2", b"\x14\0", common, struct.pack("<HHHII", 0, 0, 0, 0, at), encoded)
        count += 1
        at += 4 + len(common) + len(encoded) + len(packed)
    listed = b"".join(directory)
    return b"".join((*out, listed, _end(count, len(listed), at)))


def read(content: bytes) -> dict[str, bytes]:
    """Return an archive's members by name. Raises BadArchive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = [entry for entry in file.infolist() if not entry.is_dir()]
            _within_limits(entries)
            return {entry.filename: file.read(entry) for entry in entries}
    except BadArchive:
        raise
    except Exception as error:  # zipfile raises whatever its decompressors do
        raise BadArchive("it is not a whole zip archive") from error


def _within_limits(entries: list[zipfile.ZipInfo]) -> None:
    """Raise BadArchive for an archive that would fill the memory or whose names lead outside."""
    if len(entries) > MOST_MEMBERS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadArchive(f"it unpacks to more than {MOST_BYTES >> 20} MB or {MOST_MEMBERS} files")
    for entry in entries:
        if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
            raise BadArchive(f"it has a file named '{entry.filename[:60]}', which leads outside")


@lru_cache(maxsize=REMEMBERED)
def _deflated(content: bytes) -> tuple[int, bytes]:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return zlib.crc32(content), packer.compress(content) + packer.flush()


def _end(count: int, size: int, at: int) -> bytes:
    """Return the end of the directory, in both forms where there are too many members for the old one."""
    wide = b""
    if count >= _MANY:
        record = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, size, at)
        wide = b"PK\6\6" + record + b"PK\6\7" + struct.pack("<IQI", 0, at + size, 1)
    short = min(count, _MANY)
    return wide + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, short, short, size, at, 0)
