"""Embedding: a face of builders/fonts.py as a subset TrueType font, with true widths and a full ToUnicode
map.
"""

import re
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from builders.fonts import SOFT_HYPHEN, Face, Memo

# A byte of a literal string (ISO 32000-1, 7.3.4.2), readable where it can be.
_LITERAL = [chr(b) if 32 <= b < 127 and b not in b"()\\" else f"\\{b:03o}" for b in range(256)]
_PAIR = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>$", re.MULTILINE)
_MAP_NAME = "toUnicodeCMap:"  # the name under which TTFont.addObjects files its ToUnicode streams


class EmbeddedFace(TTFont):  # type: ignore[misc]
    """A face as ReportLab embeds it; ligatures and soft hyphens are read as what they stand for."""

    def __init__(self, face: Face) -> None:
        super().__init__(face.name, str(face.path))
        self.source = face
        program = self.face
        program.charWidths = {code: round(width) for code, width in program.charWidths.items()}
        hyphen = ord(face.hyphen)
        program.charToGlyph[ord(SOFT_HYPHEN)] = program.charToGlyph[hyphen]
        program.charWidths[ord(SOFT_HYPHEN)] = program.charWidths[hyphen]

    def encode(self, characters: str, document: Any) -> list[tuple[str, bytes]]:
        """Return the font resource and codes for `characters`, one code each, adding them to the subset."""
        program = self.face
        for character, (glyph, _) in self.source.private.items():
            if ord(character) not in program.charToGlyph:
                program.charToGlyph[ord(character)] = glyph
                program.charWidths[ord(character)] = self.source.advances[character]
        parts = self.splitString(characters, document)
        return [(self.getSubsetInternalName(subset, document), codes) for subset, codes in parts]

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # ReportLab's name
        """Write the subsets; mend their ToUnicode maps: ligatures in full, no U+0000 (ISO 14289-1, 7.21.7).
        Write the subsets; mend their ToUnicode maps: ligatures in full, no U+0000 (ISO 14289-1, 7.21.7).
        """
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith(_MAP_NAME) and name not in before:
                stream.content = self._mended(stream.content)

    def _mended(self, content: str) -> str:
        private = self.source.private
        pairs = [(code, chr(int(value, 16))) for code, value in _PAIR.findall(content) if int(value, 16)]
        lines = [
            f"<{code}> <{(private[c][1] if c in private else c).encode('utf-16-be').hex().upper()}>"
            for code, c in pairs
        ]
        blocks = [lines[i : i + 100] for i in range(0, len(lines), 100)]  # at most 100 (Adobe note 5411)
        head = content[: content.index("endcodespacerange")] + "endcodespacerange\n"
        body = "".join("{} beginbfchar\n{}\nendbfchar\n".format(len(b), "\n".join(b)) for b in blocks)
        return head + body + content[content.index("endcmap") :]


@cache
def embedded(face: Face) -> EmbeddedFace:
    """Return the embeddable form of a face, known to ReportLab by the face's name."""
    font = EmbeddedFace(face)
    pdfmetrics.registerFont(font)
    return font


class Coder(Memo[str, str]):
    """Words to the inside of a TJ array's string, for one face at one size in one document.

    A change of face or subset within a word is written in line and taken back. `font` selects the face.
    """

    def __init__(self, face: Face, size: float, document: Any) -> None:
        super().__init__(self._encode)
        self.face, self.document = face, document
        self.size = f"{size:g}"
        font = embedded(face)
        font.encode(" ", document)
        self.main = font.getSubsetInternalName(0, document)
        self.font = f"{self.main} {self.size} Tf"

    def _encode(self, word: str) -> str:
        out: list[str] = []
        here = self.main
        for piece in self.face.shapes[word]:
            kerns = iter(piece.kerns)
            for name, codes in embedded(piece.face).encode(piece.characters, self.document):
                if name != here:
                    out.append(f")] TJ {name} {self.size} Tf [(")
                    here = name
                for code in codes:
                    out.append(_LITERAL[code])
                    if kern := next(kerns):
                        out.append(f"){-kern}(")
        if here != self.main:
            out.append(f")] TJ {self.main} {self.size} Tf [(")
        return "".join(out)
