"""The zip archives that decks and their workbooks are packed in, as another reader finds them."""

import io
import struct
import zipfile

import pytest

from builders.deck.archive import archive
from builders.files import EARLIEST


def counted(content: bytes) -> tuple[int, int | None]:
    """Return the members that an archive counts in its last record, and in that of ZIP64 if it has one
    (APPNOTE.TXT, 4.3.14 to 4.3.16)."""
    end = len(content) - 22
    (short,) = struct.unpack_from("<H", content, end + 10)
    if content[end - 20 : end - 16] != b"PK\6\7":
        return short, None
    (record,) = struct.unpack_from("<Q", content, end - 12)
    assert content[record : record + 4] == b"PK\6\6"
    (wide,) = struct.unpack_from("<Q", content, record + 32)
    return short, wide


@pytest.mark.parametrize(("count", "told"), [(65_534, None), (65_535, 65_535), (65_537, 65_537)])
def test_an_archive_counts_its_members_in_zip64_where_they_are_too_many(count: int, told: int | None) -> None:
    names = [f"{number:x}" for number in range(count)]
    content = archive(((name, b"") for name in names), EARLIEST)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.namelist() == names
    assert counted(content) == (min(count, 0xFFFF), told)
