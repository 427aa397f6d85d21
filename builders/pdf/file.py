"""A PDF file being written: object after object, each as soon as what it says is known (ISO 32000-1, 7.5).

The file is put together from stretches: objects of consecutive numbers, which know nothing of the others'
bytes. So parts of a document can be written apart from each other, and kept from one build to the next.
Small objects are gathered into compressed streams (7.5.7): a tagged document has a hundred thousand of them.
"""

import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import md5
from io import BytesIO
from itertools import pairwise

_GATHERED = 200  # objects in a stream; at most 256, since the table counts them in a byte
_LEVEL = 3  # of compression: half the time of the usual 6, a tenth more bytes
_FREE, _PLAIN, _PACKED = range(3)  # kinds of entries in the table of objects (ISO 32000-1, table 18)
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@dataclass(slots=True)
class Stretch:
    """Takes the objects from number `first` on, in any order."""

    first: int
    body: BytesIO = field(default_factory=BytesIO)
    kinds: bytearray = field(default_factory=bytearray)  # the rows of the table, one for each object
    starts: "array[int]" = field(default_factory=lambda: array("I"))  # its place in the body, or its stream
    indexes: bytearray = field(default_factory=bytearray)  # its place in that stream
    _gathered: list[tuple[int, str]] = field(default_factory=list)

    @property
    def end(self) -> int:
        """The first number behind those that have been reserved."""
        return self.first + len(self.kinds)

    def reserve(self) -> int:
        """Return the number of an object that will be put later."""
        self.kinds.append(_FREE)
        self.starts.append(0)
        self.indexes.append(0)
        return self.first + len(self.kinds) - 1

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
            content, entries = packed(content), f"/Filter/FlateDecode{entries}"
        row = number - self.first
        self.kinds[row], self.starts[row] = _PLAIN, self.body.tell()
        head = f"{number} 0 obj\n<</Length {len(content)}{entries}>>\nstream\n".encode("ascii")
        # "\r\n", since after a last byte "\r" a "\n" would be read with it (ISO 19005-2, 6.1.7.1)
        self.body.write(b"".join((head, content, b"\r\nendstream\nendobj\n")))
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
            row = number - self.first
            self.kinds[row], self.starts[row], self.indexes[row] = _PACKED, stream, index

    def pack(self) -> None:
        """Write what is still gathered."""
        if self._gathered:
            self._pack()


def joined(stretches: Sequence[Stretch], root: int, info: int) -> bytes:
    """Return the file of stretches that are packed, in the order of their numbers.

    The table of objects (ISO 32000-1, 7.5.8) ends it.
    """
    assert all(one.end <= other.first for one, other in pairwise(stretches)), "numbers given twice"
    content, at, digest = [_HEADER], len(_HEADER), md5(_HEADER, usedforsecurity=False)
    sections, rows = ["0 1"], [_rows(b"\0", array("I", [0]), b"\xff")]
    for stretch in stretches:
        if not stretch.kinds:  # a subsection of no objects is none (ISO 32000-1, table 17)
            continue
        starts = stretch.starts[:]
        row = stretch.kinds.find(_PLAIN)
        while row >= 0:
            starts[row] += at
            row = stretch.kinds.find(_PLAIN, row + 1)
        sections.append(f"{stretch.first} {len(stretch.kinds)}")
        rows.append(_rows(stretch.kinds, starts, stretch.indexes))
        content.append(stretch.body.getvalue())
        at += len(content[-1])
        digest.update(content[-1])
    table = Stretch(stretches[-1].end)
    sections.append(f"{table.first} 1")
    rows.append(_rows(bytes([_PLAIN]), array("I", [at]), b"\0"))
    id_ = digest.hexdigest()
    said = f"/Type/XRef/Size {table.first + 1}/Index[{' '.join(sections)}]/W[1 4 1]"
    table.stream(b"".join(rows), f"{said}/Root {root} 0 R/Info {info} 0 R/ID[<{id_}><{id_}>]")
    content += (table.body.getvalue(), f"startxref\n{at}\n%%EOF\n".encode("ascii"))
    return b"".join(content)


def _rows(kinds: bytes | bytearray, starts: "array[int]", indexes: bytes | bytearray) -> bytes:
    """Return rows of the table: a byte, four (the highest first), a byte."""
    if sys.byteorder == "little":
        starts.byteswap()
    columns = memoryview(starts).cast("B")
    rows = bytearray(6 * len(kinds))
    rows[0::6] = kinds
    for place in range(4):
        rows[1 + place :: 6] = columns[place::4]
    rows[5::6] = indexes
    return bytes(rows)


def packed(content: bytes) -> bytes:
    """Return a stream's bytes compressed."""
    return zlib.compress(content, _LEVEL)


def text_string(text: str) -> str:
    """Return a PDF text string (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def name_string(text: str) -> str:
    """Return the byte string that names a place (ISO 32000-1, 12.3.2.3), readable where it can be."""
    if text.isascii() and text.isprintable() and not set(text) & set("()\\"):
        return f"({text})"
    return f"<{text.encode('utf-8').hex().upper()}>"
