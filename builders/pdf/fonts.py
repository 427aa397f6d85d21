"""The fonts of a document: words written glyph by glyph, and the glyphs that it uses embedded (ISO 32000-1,
9.7 and 9.9).

Each face is a Type0 font. Its two-byte codes number the pairs of a glyph and the text that it stands for as
they are first written, so that a reader gets back the text, whatever glyph draws it: a hyphen at a line's end
is a soft one, a ligature its letters, a letter with its marks one character after the other.
"""

import struct
from collections.abc import Iterable, Sequence
from hashlib import sha256
from operator import sub

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, String

from builders.pdf.font_programs import cut_font_program
from builders.typesetting.fonts import NO_BREAK_SPACE, Face, GlyphRun, Memo
from builders.typesetting.glyph_clusters import Composite

_SYMBOLIC, _ITALIC = 1 << 2, 1 << 6  # flags of a font descriptor (ISO 32000-1, table 123)
_MOST_IN_A_BLOCK = 100  # lines (Adobe Technical Note 5411)


class DocumentFonts:
    """The faces that one document is written in."""

    def __init__(self) -> None:
        self._used: dict[Face, UsedFace] = {}
        self._encoders: dict[tuple[Face, float], Encoder] = {}

    def use(self, face: Face) -> "UsedFace":
        """Return a face as this document uses it."""
        used = self._used.get(face)
        if used is None:
            used = self._used[face] = UsedFace(f"/G{len(self._used) + 1}", face)
        return used

    def encoder(self, face: Face, size: float) -> "Encoder":
        """Return what writes the words of `face` at `size` points."""
        encoder = self._encoders.get((face, size))
        if encoder is None:
            encoder = self._encoders[face, size] = Encoder(self, face, size)
        return encoder

    def embed(self, pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
        """Add the fonts to a file; return them by their names among the resources."""
        return {used.name: used.embed(pdf) for used in self._used.values()}


class UsedFace:
    """A face in one document: its name among the resources, and the codes of its glyphs, as four digits."""

    def __init__(self, name: str, face: Face) -> None:
        self.name, self.face = name, face
        self._drawn: list[tuple[int | Composite, str]] = [(0, "")]  # by code; 0 is .notdef
        self.codes: Memo[tuple[int | Composite, str], str] = Memo(self._number)
        self.advances: Memo[int | Composite, int] = Memo(face.advance)

    def _number(self, drawn: tuple[int | Composite, str]) -> str:
        self._drawn.append(drawn)
        code = f"{len(self._drawn) - 1:04X}"
        return code + NO_BREAK_SPACE if drawn[1] == NO_BREAK_SPACE else code

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """Add the font with the glyphs that have been used to a file."""
        glyphs = [glyph for glyph, _ in self._drawn]
        program, places = cut_font_program(self.face.file, glyphs)
        tag = "".join(chr(ord("A") + byte % 26) for byte in sha256(program).digest()[:6])
        base = Name(f"/{tag}+{self.face.file.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)}")
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf, base, program)),
            W=Array([0, Array([self.advances[glyph] for glyph in glyphs])]),
            CIDToGIDMap=pdf.make_stream(struct.pack(f">{len(places)}H", *places)),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=base,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(to_unicode([text for _, text in self._drawn])),
            )
        )

    def _descriptor(self, pdf: pikepdf.Pdf, base: Name, program: bytes) -> Dictionary:
        """Return what stands for the font where it cannot be shown (ISO 32000-1, 9.8)."""
        face, font = self.face, self.face.font
        extents = font.get_font_extents("ltr")
        slant = font.get_style_value(hb.StyleTag.SLANT_ANGLE)
        box = struct.unpack(">4h", face.file.reference_table("head").data[36:44])
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=_SYMBOLIC | (_ITALIC if slant else 0),
            FontBBox=Array(map(face.scaled, box)),
            ItalicAngle=round(slant),
            Ascent=face.scaled(extents.ascender),
            Descent=face.scaled(extents.descender),
            CapHeight=face.scaled(font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)),
            StemV=round(font.get_style_value(hb.StyleTag.WEIGHT) / 5),
            FontFile2=pdf.make_stream(program, Length1=len(program)),
        )


class Encoder(Memo[str, str]):
    """Words to hexadecimal codes, for one face at one size in one document.

    A kern or a change of face within a word is written in line and taken back. `font` selects the face. A
    no-break space is followed by itself, so that it can be widened.
    """

    def __init__(self, fonts: DocumentFonts, face: Face, size: float) -> None:
        super().__init__(self._encode)
        self._fonts, self.face, self.size = fonts, face, size
        self._main = fonts.use(face)
        self.font = f"{self._main.name} {size:g} Tf"
        self.space = self[" "]

    def array(self, words: Iterable[str], stretch: float = 0, *, end: bool = False) -> str:
        """Return the array of a TJ operator: words with spaces between, each `stretch` points wider.

        Codes of two bytes know no word spacing (ISO 32000-1, 9.3.3). A space follows if this is the `end`.
        """
        wider = f">{-stretch * 1000 / self.size:.1f}<" if stretch else ""
        codes = (self.space + wider).join(map(self.__getitem__, words))
        if NO_BREAK_SPACE in codes:
            codes = codes.replace(NO_BREAK_SPACE, wider)
        codes = codes + self.space if end else codes
        return f"[<{codes}>]".replace("<>", "")  # PDFium forgets the distance before an empty string

    def _encode(self, word: str) -> str:
        return self._write(self.face.shapes[word])

    def _write(self, runs: Iterable[GlyphRun]) -> str:
        out: list[str] = []
        for run in runs:
            used = self._main if run.face is self.face else self._fonts.use(run.face)
            codes = map(used.codes.__getitem__, zip(run.glyphs, run.texts, strict=True))
            kerns = map(sub, run.advances, map(used.advances.__getitem__, run.glyphs))
            written = "".join([f"{c}>{-kern}<" if kern else c for c, kern in zip(codes, kerns, strict=True)])
            if used is not self._main:
                written = f">]TJ {used.name} {self.size:g} Tf[<{written}>]TJ {self.font}[<"
            out.append(written)
        return "".join(out)


def to_unicode(texts: Sequence[str]) -> bytes:
    """Return the map from codes to the texts that they stand for (ISO 32000-1, 9.10.3)."""
    lines = [f"<{i:04X}> <{t.encode('utf-16-be').hex().upper()}>" for i, t in enumerate(texts) if t]
    blocks = [lines[i : i + _MOST_IN_A_BLOCK] for i in range(0, len(lines), _MOST_IN_A_BLOCK)]
    maps = [f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks]
    return "\n".join((_CMAP_HEAD, *maps, _CMAP_TAIL)).encode("ascii")


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
