"""A PDF file being written: object after object, each as soon as what it says is known (ISO 32000-1, 7.5).

Small objects are gathered into compressed streams (7.5.7): a tagged document has a hundred thousand of them.
"""

import sys
import zlib
from array import array
from hashlib import blake2b, md5
from io import BytesIO

_GATHERED = 200  # objects in a stream; at most 256, since the table counts them in a byte
_MOST_KNOWN = 512  # streams: those of a few hundred pages, some kilobytes each
_known: dict[bytes, bytes] = {}  # hash of a stream -> the stream compressed, the latest last
_LEVEL = 3  # of compression: half the time of the usual 6, a tenth more bytes
_FREE, _PLAIN, _PACKED = range(3)  # kinds of entries in the table of objects (ISO 32000-1, table 18)


class File:
    """Takes objects under their numbers, in any order, and gives the file's bytes."""

    def __init__(self) -> None:
        self._file = BytesIO()
        self._at = self._file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._kinds = bytearray([_FREE])  # the table, by objects' numbers
        self._starts = array("I", [0])  # where an object begins, or the number of the stream that it is in
        self._indexes = bytearray([255])  # its place there
        self._gathered: list[tuple[int, str]] = []

    def reserve(self) -> int:
        """Return the number of an object that will be put later."""
        self._kinds.append(_FREE)
        self._starts.append(0)
        self._indexes.append(0)
        return len(self._kinds) - 1

    def put(self, number: int, content: str) -> None:
        """Write the object of a number that was reserved."""
        self._gathered.append((number, content))
        if len(self._gathered) == _GATHERED:
            self._pack()

    def add(self, content: str) -> int:
        """Write an object and return its number."""
        number = self.reserve()
        self.put(number, content)
        return number

    def stream(self, content: bytes, entries: str = "", *, pack: bool = True, number: int = 0) -> int:
        """Write a stream, compressed if `pack`, with `entries` in its dictionary; return its number."""
        number = number or self.reserve()
        if pack:
            content, entries = _packed(content), f"/Filter/FlateDecode{entries}"
        self._kinds[number], self._starts[number] = _PLAIN, self._at
        head = f"{number} 0 obj\n<</Length {len(content)}{entries}>>\nstream\n".encode("ascii")
        # "\r\n", since after a last byte "\r" a "\n" would be read with it (ISO 19005-2, 6.1.7.1)
        self._at += self._file.write(b"".join((head, content, b"\r\nendstream\nendobj\n")))
        return number

    def _pack(self) -> None:
        """Write the small objects that have been gathered."""
        gathered, self._gathered = self._gathered, []
        places, at = [], 0
        for number, content in gathered:
            places.append(f"{number} {at} ")
            at += len(content) + 1
        head = "".join(places)
        body = head + "\n".join([content for _, content in gathered])
        stream = self.stream(body.encode("ascii"), f"/Type/ObjStm/N {len(gathered)}/First {len(head)}")
        for index, (number, _) in enumerate(gathered):
            self._kinds[number], self._starts[number], self._indexes[number] = _PACKED, stream, index

    def finish(self, root: int, info: int) -> bytes:
        """Write the table of objects (ISO 32000-1, 7.5.8) and return the whole file."""
        self._pack()
        start, name = self._at, md5(self._file.getbuffer(), usedforsecurity=False).hexdigest()
        number = self.reserve()
        self._kinds[number], self._starts[number] = _PLAIN, start
        said = f"/Type/XRef/Size {len(self._kinds)}/W[1 4 1]/Root {root} 0 R/Info {info} 0 R"
        self.stream(self._table(), f"{said}/ID[<{name}><{name}>]", number=number)
        self._file.write(f"startxref\n{start}\n%%EOF\n".encode("ascii"))
        return self._file.getvalue()

    def _table(self) -> bytes:
        """Return the rows of the table: a byte, four (the highest first), a byte."""
        starts = self._starts[:]
        if sys.byteorder == "little":
            starts.byteswap()
        columns = memoryview(starts).cast("B")
        table = bytearray(6 * len(self._kinds))
        table[0::6] = self._kinds
        for place in range(4):
            table[1 + place :: 6] = columns[place::4]
        table[5::6] = self._indexes
        return bytes(table)


def _packed(content: bytes) -> bytes:
    """Return the content compressed; what has not changed since an earlier build is not compressed again."""
    name = blake2b(content, digest_size=16).digest()
    packed = _known.pop(name, b"") or zlib.compress(content, _LEVEL)
    _known[name] = packed
    if len(_known) > _MOST_KNOWN:
        del _known[next(iter(_known))]
    return packed


def text_string(text: str) -> str:
    """Return a PDF text string (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
