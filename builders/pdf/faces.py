"""The faces of one document: which code each character has, and the subsets that are embedded.

A character gets its code when it is first drawn: a letter of ASCII its own, any other the next that is free.
What does not fit into one font of 256 codes goes on into the next.
"""

from functools import cache
from operator import add

from reportlab.pdfbase.ttfonts import FF_NONSYMBOLIC, FF_SYMBOLIC, SUBSETN, TTFontFace

from builders.fonts import NO_BREAK_SPACE, SOFT_HYPHEN, Face, Memo, Piece
from builders.pdf.file import File

_SPACE = 32  # has its code in every font: word spacing widens it (ISO 32000-1, 9.3.3)
_ASCII = range(33, 127)
_OTHERS = (*range(128, 256), *range(1, 32))  # codes of what is not ASCII
# A byte of a literal string (ISO 32000-1, 7.3.4.2), readable where it can be.
_LITERAL = [chr(b) if 32 <= b < 127 and b not in b"()\\" else f"\\{b:03o}" for b in range(256)]

_JOINED = "\0"  # stands for two characters that are not set one after the other in the face's first font

Code = tuple[str, str]  # the name of a font, and a byte of a literal string


class Faces:
    """The faces that a document is set in."""

    def __init__(self, file: File) -> None:
        self._file = file
        self.number = file.reserve()  # of the dictionary that all pages share
        self._names: list[tuple[str, int]] = []
        self._codes: dict[Face, _Codes] = {}
        self._coders: dict[tuple[Face, float], Coder] = {}

    def coder(self, face: Face, size: float) -> "Coder":
        """Return the words of `face` at `size` points as this document writes them."""
        coder = self._coders.get((face, size))
        if coder is None:
            coder = self._coders[face, size] = Coder(self, face, size)
        return coder

    def codes(self, face: Face) -> "_Codes":
        """Return the codes of a face's characters."""
        codes = self._codes.get(face)
        if codes is None:
            codes = self._codes[face] = _Codes(self, face)
        return codes

    def font(self) -> tuple[str, int]:
        """Return the name and the object's number of one more font."""
        name = (f"/F{len(self._names) + 1}", self._file.reserve())
        self._names.append(name)
        return name

    def write(self) -> None:
        """Write the fonts, when all has been drawn."""
        for codes in self._codes.values():
            codes.write(self._file)
        self._file.put(self.number, f"<<{''.join([f'{name} {n} 0 R' for name, n in self._names])}>>")


class _Codes(Memo[str, Code]):
    """The codes of one face's characters, as they are first asked for."""

    def __init__(self, faces: Faces, face: Face) -> None:
        super().__init__(self._code)
        self._faces, self.face = faces, face
        self._fonts: list[tuple[str, int, dict[int, str]]] = []  # name, number, characters by code
        self._free = iter(_OTHERS)
        self.pairs: Memo[str, str] = Memo(self._pair)  # the first of two characters, and what follows it
        self._begin()
        self.main = self._fonts[0][0]

    def _begin(self) -> None:
        name, number = self._faces.font()
        self._fonts.append((name, number, {_SPACE: " "}))

    def _code(self, character: str) -> Code:
        own = ord(character)
        if character in (" ", NO_BREAK_SPACE):
            return self.main, " "
        if own in _ASCII:
            name, _, characters = self._fonts[0]
            characters[own] = character
            return name, _LITERAL[own]
        code = next(self._free, None)
        if code is None:
            self._begin()
            self._free = iter((*_ASCII, *_OTHERS))
            code = next(self._free)
        name, _, characters = self._fonts[-1]
        characters[code] = character
        return name, _LITERAL[code]

    def _pair(self, pair: str) -> str:
        kern = self.face.pairs[pair]
        name, literal = self[pair[0]] if kern is not None else ("", "")
        if kern is None or name != self.main:
            return _JOINED
        return f"{literal}){-kern}(" if kern else literal

    def write(self, file: File) -> None:
        """Write a font for each of the subsets (ISO 32000-1, 9.6.3)."""
        for index, (_, number, characters) in enumerate(self._fonts):
            _write_font(file, number, self.face, index, characters)


class Coder(Memo[str, str]):
    """Words to the inside of a TJ array's string, for one face at one size in one document.

    A change of face or font within a word is written in line and taken back. `font` selects the face.
    """

    def __init__(self, faces: Faces, face: Face, size: float) -> None:
        super().__init__(self._encode)
        self.face, self._faces = face, faces
        self._codes = faces.codes(face)
        self.size = f"{size:g}"
        self.font = f"{self._codes.main} {self.size} Tf"

    def _encode(self, word: str) -> str:
        start = "".join(map(self._codes.pairs.__getitem__, map(add, word, word[1:])))
        if start and _JOINED not in start:
            name, last = self._codes[word[-1]]
            if name == self._codes.main:
                return start + last
        return self._switched(word)

    def _switched(self, word: str) -> str:
        """Return the operators of a word that needs more than one font, or is shaped as a whole."""
        main = self._codes.main
        out: list[str] = []
        here = main
        for piece in self.face.shapes[word]:
            here = self._piece(piece, here, out)
        if here != main:
            out.append(f")] TJ {main} {self.size} Tf [(")
        return "".join(out)

    def _piece(self, piece: Piece, here: str, out: list[str]) -> str:
        """Put a piece's operators into `out` and return the font that they end with."""
        codes = self._codes if piece.face is self.face else self._faces.codes(piece.face)
        for (name, literal), kern in zip(map(codes.__getitem__, piece.characters), piece.kerns, strict=True):
            if name != here:
                out.append(f")] TJ {name} {self.size} Tf [(")
                here = name
            out.append(literal)
            if kern:
                out.append(f"){-kern}(")
        return here


@cache
def _program(face: Face) -> TTFontFace:
    """Return what ReportLab reads of a face's file, and cuts subsets from."""
    return TTFontFace(str(face.path))


def _write_font(file: File, number: int, face: Face, index: int, characters: dict[int, str]) -> None:
    program = _program(face)
    last = max(characters)
    glyphs = program.charToGlyph
    for code in [ord(c) for c in characters.values()]:
        if chr(code) in face.private:
            glyphs[code] = face.private[chr(code)][0]
    glyphs[ord(SOFT_HYPHEN)] = glyphs[ord(face.hyphen)]  # drawn as a hyphen, read as a soft one
    subset = program.makeSubset([ord(characters.get(code, "\0")) for code in range(last + 1)])
    stem = program.name.decode() if isinstance(program.name, bytes) else program.name
    name = f"{SUBSETN(index).decode()}+{stem}"
    font_file = file.stream(subset, f"/Length1 {len(subset)}")
    box = " ".join(f"{value:g}" for value in program.bbox)
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {program.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC}"
        f"/FontBBox[{box}]/ItalicAngle {program.italicAngle:g}/Ascent {program.ascent:g}"
        f"/Descent {program.descent:g}/CapHeight {program.capHeight:g}/StemV {program.stemV:g}"
        f"/MissingWidth {round(program.defaultWidth)}/FontFile2 {font_file} 0 R>>"
    )
    widths = [face.advances[characters[code]] if code in characters else 0 for code in range(last + 1)]
    meanings = file.stream(_to_unicode(face, name, characters).encode("ascii"))
    file.put(
        number,
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {last}"
        f"/Widths[{' '.join(map(str, widths))}]/FontDescriptor {descriptor} 0 R/ToUnicode {meanings} 0 R>>",
    )


def _to_unicode(face: Face, name: str, characters: dict[int, str]) -> str:
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
