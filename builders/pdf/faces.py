"""The faces of a document: which code each character has, and the subsets that are embedded.

The code of a character follows from the document's alphabet alone, not from what is drawn when, so that parts
of a document can be drawn apart: in a face's first font a letter of ASCII has its own, ligatures and the rest
of the alphabet have what is free. What else is drawn stands in further fonts, by code points.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from operator import add

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFontFace

from builders.fonts import NO_BREAK_SPACE, SOFT_HYPHEN, Face, Memo, Piece
from builders.pdf.file import Stretch, packed

_SPACE = 32  # has its code in every font: word spacing widens it (ISO 32000-1, 9.3.3)
_ASCII = range(33, 127)
_OTHERS = (*range(128, 256), *range(1, 32))  # codes of what is not ASCII
_ALL = (*range(1, 32), *range(33, 256))  # codes in a further font
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl", "ft", "fj", "fft", "tt", "Th")
# A byte of a literal string (ISO 32000-1, 7.3.4.2), readable where it can be.
_LITERAL = [chr(b) if 32 <= b < 127 and b not in b"()\\" else f"\\{b:03o}" for b in range(256)]

_JOINED = "\0"  # stands for two characters that are not set one after the other in the face's first font

Code = tuple[str, int]  # the name of a font, and a byte
Drawn = Mapping[Face, set[str]]  # the characters that are drawn in each face


class Faces:
    """The faces that a part of a document is set in."""

    def __init__(self, alphabet: str = "") -> None:
        self.alphabet = alphabet
        self._coders: dict[tuple[Face, float], Coder] = {}
        self._drawn: dict[Face, str] = {}

    def coder(self, face: Face, size: float) -> "Coder":
        """Return the words of `face` at `size` points as this document writes them."""
        coder = self._coders.get((face, size))
        if coder is None:
            coder = self._coders[face, size] = Coder(face, size, self.alphabet)
        return coder

    def drawn(self) -> dict[Face, str]:
        """Return the characters that have been drawn so far; the words themselves are forgotten."""
        drawn = {face: set(characters) for face, characters in self._drawn.items()}
        for coder in self._coders.values():
            for face, characters in coder.drawn():
                drawn.setdefault(face, set()).update(characters)
        self._coders.clear()
        self._drawn = {face: "".join(characters) for face, characters in drawn.items()}  # smaller than sets
        return self._drawn


class Coder(Memo[str, str]):
    """Words to the inside of a TJ array's string, for one face at one size in one part of a document.

    A change of face or font within a word is written in line and taken back. `font` selects the face.
    """

    def __init__(self, face: Face, size: float, alphabet: str) -> None:
        self._encoder = _encoder(face, f"{size:g}", alphabet)
        super().__init__(self._encoder.__getitem__)
        self.face, self.font = face, self._encoder.font

    def drawn(self) -> Iterator[tuple[Face, Iterable[str]]]:
        """Yield the characters that have been drawn, by their faces."""
        mixed = self._encoder.mixed.keys() & self.keys()
        yield self.face, {" "}.union(*(self.keys() - mixed))
        for word in mixed:
            yield from ((piece.face, piece.characters) for piece in self._encoder.mixed[word])


class _Encoder(Memo[str, str]):
    """The words of a face at a size, for all documents of an alphabet; `mixed` need more than one font."""

    def __init__(self, face: Face, size: str, alphabet: str) -> None:
        super().__init__(self._encode)
        self.face, self.size, self.alphabet = face, size, alphabet
        self._codes = _codes(face, alphabet)
        self.font = f"{self._codes.main} {size} Tf"
        self.mixed: dict[str, tuple[Piece, ...]] = {}

    def _encode(self, word: str) -> str:
        start = "".join(map(self._codes.pairs.__getitem__, map(add, word, word[1:])))
        if start and _JOINED not in start:
            name, code = self._codes[word[-1]]
            if name == self._codes.main:
                return start + _LITERAL[code]
        return self._switched(word)

    def _switched(self, word: str) -> str:
        """Return the operators of a word that needs more than one font, or is shaped as a whole."""
        self.mixed[word] = pieces = self.face.shapes[word]
        out: list[str] = []
        here, owed = self._codes.main, 0
        for piece in pieces:
            codes = _codes(piece.face, self.alphabet)
            for character, kern in zip(piece.characters, piece.kerns, strict=True):
                name, code = codes[character]
                out.append(self._between(here, name, owed))
                out.append(_LITERAL[code])
                here, owed = name, kern
        out.append(self._between(here, self._codes.main, owed))
        return "".join(out)

    def _between(self, here: str, name: str, kern: int) -> str:
        """Return what stands between two characters: a change of font, a kern."""
        moved = str(-kern) if kern else ""
        if name != here:
            return f")] TJ {name} {self.size} Tf [{moved}("
        return f"){moved}(" if kern else ""


_encoder = lru_cache(maxsize=256)(_Encoder)


class _Codes(Memo[str, Code]):
    """The codes of one face's characters in documents of an alphabet."""

    def __init__(self, face: Face, alphabet: str) -> None:
        super().__init__(self._further)
        self.face, self.main = face, f"/{face.name}"
        self.pairs: Memo[str, str] = Memo(self._pair)  # the first of two characters, and what follows it
        self[" "] = self[NO_BREAK_SPACE] = (self.main, _SPACE)
        self.update((chr(code), (self.main, code)) for code in _ASCII)
        own = dict.fromkeys([*_ligatures(face), SOFT_HYPHEN, *alphabet])
        free = (c for c in own if c not in self and (c in face.covers or c in face.private))
        self.update((c, (self.main, code)) for c, code in zip(free, _OTHERS, strict=False))

    def _further(self, character: str) -> Code:
        block, place = divmod(ord(character), len(_ALL))
        return f"{self.main}.{block}", _ALL[place]

    def _pair(self, pair: str) -> str:
        kern = self.face.pairs[pair]
        name, code = self[pair[0]] if kern is not None else ("", 0)
        if kern is None or name != self.main:
            return _JOINED
        return f"{_LITERAL[code]}){-kern}(" if kern else _LITERAL[code]


_codes = lru_cache(maxsize=64)(_Codes)


@cache
def _ligatures(face: Face) -> list[str]:
    """Return the usual ligatures of a face, each as the character that stands for it."""
    shapes = [face.shapes[text] for text in _LIGATURES]
    return [s[0].characters for s in shapes if len(s) == 1 and s[0].characters in face.private]


def write_fonts(stretch: Stretch, drawn: Drawn, alphabet: str) -> str:
    """Write a font for each subset of what is drawn and return the dictionary of them all."""
    entries = []
    for face in sorted(drawn, key=lambda face: face.name):
        codes = _codes(face, alphabet)
        fonts: dict[str, dict[int, str]] = {}
        for character in sorted(drawn[face]):
            name, code = codes[character]
            fonts.setdefault(name, {})[code] = character
        for index, (name, characters) in enumerate(sorted(fonts.items())):
            number = _write_font(stretch, face, index, {**characters, _SPACE: " "})
            entries.append(f"{name} {number} 0 R")
    return f"<<{''.join(entries)}>>"


@cache
def _program(face: Face) -> TTFontFace:
    """Return what ReportLab reads of a face's file, and cuts subsets from."""
    return TTFontFace(str(face.path))


def _write_font(stretch: Stretch, face: Face, index: int, characters: Mapping[int, str]) -> int:
    """Write a subset as a font (ISO 32000-1, 9.6.3), characters by code, and return its number."""
    program = _program(face)
    last = max(characters)
    length, subset = _subset(face, tuple(characters.get(code, "\0") for code in range(last + 1)))
    stem = program.name.decode() if isinstance(program.name, bytes) else program.name
    name = f"{SUBSETN(index).decode()}+{stem}"
    font_file = stretch.stream(subset, f"/Filter/FlateDecode/Length1 {length}", pack=False)
    box = " ".join(f"{value:g}" for value in program.bbox)
    descriptor = stretch.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {program.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC}"
        f"/FontBBox[{box}]/ItalicAngle {program.italicAngle:g}/Ascent {program.ascent:g}"
        f"/Descent {program.descent:g}/CapHeight {program.capHeight:g}/StemV {program.stemV:g}"
        f"/MissingWidth {round(program.defaultWidth)}/FontFile2 {font_file} 0 R>>"
    )
    widths = [face.advances[characters[code]] if code in characters else 0 for code in range(last + 1)]
    meanings = stretch.stream(_to_unicode(face, name, characters).encode("ascii"))
    return stretch.add(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {last}"
        f"/Widths[{' '.join(map(str, widths))}]/FontDescriptor {descriptor} 0 R/ToUnicode {meanings} 0 R>>"
    )


@lru_cache(maxsize=64)
def _subset(face: Face, characters: tuple[str, ...]) -> tuple[int, bytes]:
    """Return a face's file with nothing but these characters, in the order of their codes.

    It is compressed; the number is its length without that.
    """
    program = _program(face)
    glyphs = program.charToGlyph
    for character in characters:
        if character in face.private:
            glyphs[ord(character)] = face.private[character][0]
    glyphs[ord(SOFT_HYPHEN)] = glyphs[ord(face.hyphen)]  # drawn as a hyphen, read as a soft one
    subset: bytes = program.makeSubset([ord(character) for character in characters])
    return len(subset), packed(subset)


def _to_unicode(face: Face, name: str, characters: Mapping[int, str]) -> str:
    """Return the map from codes to text, ligatures in full (ISO 32000-1, 9.10.3)."""
    texts = {code: face.private[c][1] if c in face.private else c for code, c in characters.items()}
    lines = [f"<{code:02X}> <{texts[code].encode('utf-16-be').hex().upper()}>" for code in sorted(texts)]
    blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]  # at most 100 (Adobe note 5411)
    body = "".join("{} beginbfchar\n{}\nendbfchar\n".format(len(b), "\n".join(b)) for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({name})\n/Ordering ({name})\n/Supplement 0\n>> def\n/CMapName /{name} def\n"
        "/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
