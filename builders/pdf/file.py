"""A PDF file being written: object after object, each as soon as what it says is known (ISO 32000-1, 7.5)."""

import zlib
from hashlib import blake2b, md5
from io import BytesIO

_MOST_KNOWN = 512  # streams: those of a few hundred pages, some kilobytes each
_known: dict[bytes, bytes] = {}  # hash of a stream -> the stream compressed, the latest last


class File:
    """Takes objects under their numbers, in any order, and gives the file's bytes."""

    def __init__(self) -> None:
        self._file = BytesIO()
        self._at = self._file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._starts = [0]  # of each object by its number; 0: none has been put there

    def reserve(self) -> int:
        """Return the number of an object that will be put later."""
        self._starts.append(0)
        return len(self._starts) - 1

    def put(self, number: int, content: str) -> None:
        """Write the object of a number that was reserved."""
        self._starts[number] = self._at
        self._at += self._file.write(f"{number} 0 obj\n{content}\nendobj\n".encode("ascii"))

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
        self._starts[number] = self._at
        head = f"{number} 0 obj\n<</Length {len(content)}{entries}>>\nstream\n".encode("ascii")
        # "\r\n", since after a last byte "\r" a "\n" would be read with it (ISO 19005-2, 6.1.7.1)
        self._at += self._file.write(b"".join((head, content, b"\r\nendstream\nendobj\n")))
        return number

    def finish(self, root: int, info: int) -> bytes:
        """Write the table of objects and return the whole file."""
        name = md5(self._file.getbuffer(), usedforsecurity=False).hexdigest()
        table = "".join([f"{at:010d} 00000 n \n" if at else "0000000000 65535 f \n" for at in self._starts])
        count = len(self._starts)
        self._file.write(
            f"xref\n0 {count}\n{table}trailer\n<</Size {count}/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{name}><{name}>]>>\nstartxref\n{self._at}\n%%EOF\n".encode("ascii")
        )
        return self._file.getvalue()


def _packed(content: bytes) -> bytes:
    """Return the content compressed; what has not changed since an earlier build is not compressed again."""
    name = blake2b(content, digest_size=16).digest()
    packed = _known.pop(name, b"") or zlib.compress(content)
    _known[name] = packed
    if len(_known) > _MOST_KNOWN:
        del _known[next(iter(_known))]
    return packed


def text_string(text: str) -> str:
    """Return a PDF text string (ISO 32000-1, 7.9.2.2)."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
