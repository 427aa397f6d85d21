"""Words in a PDF: every glyph where HarfBuzz puts it, and every reader gets the text back."""

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import uharfbuzz as hb
from PIL import ImageChops

from builders.pdf import About, TaggedCanvas
from builders.pdf.paragraphs import Setter
from builders.typesetting.fonts import Face, face
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Style
from tests.pdf_reading import open_pdf, tree

INK = "#000000"
SERIF, ITALIC, SANS = face("serif"), face("serif", "italic"), face("sans")
LINES = (
    "office ﬁn: fflat, afﬁx, Tóth AVATAR",
    "за\u0301мок замо\u0301к Лев",
    "ẹ̀kọ́ Yorùbá Ọ̀yọ́ g\u0303 Guaraní",
    "c’est\u2011à\u2011dire 51,1\u202f% a\u00a0b",
    "ᾠδή, ἄνθρωπος Nguyễn Ái Quốc Ḥamās",
    "cafe\u0301 nin\u0303o Mu\u0308nchen",
)


def drawn(lines: tuple[str, ...], own: Face, size: float = 20) -> bytes:
    """Return a page with these lines, 40 points apart, the first on the baseline at (20, 360)."""
    root = Node("Document")
    canvas = TaggedCanvas(root, About("Words", "en"))
    with canvas.sheet(600, 400):
        for row, text in enumerate(lines):
            canvas.text(20, 360 - 40 * row, text, own, size, INK, root.add("P"))
    return canvas.save()


def read_by_poppler(data: bytes, folder: Path) -> str:
    path = folder / "words.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


def read_by_pdfium(data: bytes, _: Path) -> str:
    text: str = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    return text


def read_by_pypdf(data: bytes, _: Path) -> str:
    return pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


READERS = {"poppler": read_by_poppler, "pdfium": read_by_pdfium, "pypdf": read_by_pypdf}


def as_meant(text: str) -> list[str]:
    """Return a text's words, composed: PDFium reads the one character ﬁ as two."""
    return unicodedata.normalize("NFKC", text).split()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("own", [SERIF, ITALIC, SANS], ids=str)
def test_every_reader_gets_the_words_back(
    own: Face, reader: str, tmp_path: Path, need_program: Callable[[str], str]
) -> None:
    if reader == "poppler":
        need_program("pdftotext")
    text = READERS[reader](drawn(LINES, own), tmp_path)
    assert as_meant(text) == as_meant(" ".join(LINES))


def test_the_tree_holds_the_words_composed() -> None:
    assert [e.words for e in tree(drawn(LINES, SERIF)).walk() if e.tag == "P"] == [
        " ".join(unicodedata.normalize("NFC", line).split()) for line in LINES
    ]


@pytest.mark.parametrize("own", [SERIF, ITALIC, SANS], ids=str)
def test_every_glyph_stands_where_harfbuzz_puts_it(own: Face) -> None:
    """The same lines drawn as outlines, one by one at the positions that HarfBuzz gives, look the same."""
    placed = (
        "office fflat, afﬁx, Tóth AVATAR",
        "за\u0301мок замо\u0301к Лев",
        "Yorùbá g\u0303 Guaraní",
        "51,1\u202f%",
    )
    words = [[word for word in line.split(" ") if own.draws(word)] for line in placed]
    lines = tuple(" ".join(line) for line in words if line)
    assert "g\u0303" in "".join(lines)
    text, outlines = (
        pypdfium2.PdfDocument(data)[0].render(scale=3).to_pil().convert("L")
        for data in (drawn(lines, own), outlined(lines, own, 20))
    )
    apart = ImageChops.difference(text, outlines).histogram()
    assert sum(apart[96:]) <= 4, "antialiasing alone differs"


@pytest.mark.parametrize("own", [SERIF, ITALIC, SANS], ids=str)
@pytest.mark.parametrize("letter", ["ẹ̀", "Ọ̀", "ọ́", "ễ", "x̂̄"])
def test_a_mark_stands_over_its_letter_though_the_font_says_no_place_for_it(letter: str, own: Face) -> None:
    whole = unicodedata.normalize("NFC", letter)
    images = [
        pypdfium2.PdfDocument(drawn((text,), own, 30))[0].render(scale=4).to_pil().convert("L")
        for text in (whole[0], whole)
    ]
    bare, marked = (ImageChops.invert(image).point(lambda v: 255 * (v > 96)).getbbox() for image in images)
    assert bare is not None
    assert marked is not None
    assert bare[0] - 8 <= marked[0] < marked[2] <= bare[2] + 8, "no wider than the letter, or a little"
    assert len(whole) == 1 or marked[1] <= bare[1] - 8, "and higher"


class Outline:
    """A pen that writes outlines as PDF operators."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        self.x, self.y, self.scale = x, y, scale
        self.operators: list[str] = []
        self.at = (0.0, 0.0)

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        places = [f"{self.x + x * self.scale:.4f} {self.y + y * self.scale:.4f}" for x, y in points]
        self.operators.append(" ".join((*places, operator)))
        self.at = points[-1] if points else self.at

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # the protocol's name
        self._write("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", point)

    def qCurveTo(self, handle: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802
        first, second = (
            tuple(a + (b - a) * 2 / 3 for a, b in zip(start, handle, strict=True)) for start in (self.at, end)
        )
        self._write("c", first, second, end)  # type: ignore[arg-type]

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", *points)

    def closePath(self) -> None:  # noqa: N802
        self._write("h")


def outlined(lines: tuple[str, ...], own: Face, size: float) -> bytes:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(own.path))))
    root = Node("Document")
    canvas = TaggedCanvas(root, About("Outlines", "en", accessible=False))
    with canvas.sheet(600, 400):
        for row, text in enumerate(lines):
            pen_x = 20.0
            for word in text.split(" "):
                buffer = hb.Buffer()
                buffer.add_str(word)
                buffer.guess_segment_properties()
                hb.shape(font, buffer)
                for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
                    x = pen_x + position.x_offset * size / 1000
                    pen = Outline(x, 360 - 40 * row + position.y_offset * size / 1000, size / 1000)
                    font.draw_glyph_with_pen(info.codepoint, pen)
                    if pen.operators:
                        canvas.put(f"{' '.join(pen.operators)} f")
                    pen_x += position.x_advance * size / 1000
                pen_x += own.width(" ") * size / 1000
    return canvas.save()


def test_a_hyphen_at_a_line_s_end_is_read_as_a_soft_one(tmp_path: Path) -> None:
    root = Node("Document")
    canvas = TaggedCanvas(root, About("Words", "en"))
    style = Style(SERIF, 10, 14, INK, "justify", lang="en")
    paragraph = Paragraph("an extraordinarily difficult correspondence about administration", style, 90)
    with canvas.sheet(200, 200):
        Setter(canvas).draw(paragraph, 10, 180, root.add("P"))
    data = canvas.save()
    assert any(line.hyphen for line in paragraph.lines)
    assert "\u00ad" in "".join(e._all() for e in tree(data).walk() if e.tag == "P")
    assert "-" not in read_by_pypdf(data, tmp_path)


def test_fonts_are_embedded_subset_and_have_the_widths_of_their_glyphs() -> None:
    pdf = open_pdf(drawn(LINES, ITALIC))
    fonts = list({font.objgen: font for font in pdf.pages[0].Resources.Font.values()}.values())
    assert len(fonts) > 1
    for font in fonts:
        (descendant,) = font.DescendantFonts
        assert re.match(r"/[A-Z]{6}\+Source", str(font.BaseFont))
        assert font.BaseFont == descendant.BaseFont == descendant.FontDescriptor.FontName
        program = hb.Face(hb.Blob(descendant.FontDescriptor.FontFile2.read_bytes()))
        to_glyphs = descendant.CIDToGIDMap.read_bytes()
        (first, widths) = descendant.W
        assert first == 0
        for code, width in enumerate(widths):
            glyph = int.from_bytes(to_glyphs[2 * code : 2 * code + 2], "big")
            assert int(width) == hb.Font(program).get_glyph_h_advance(glyph) * 1000 / program.upem
        assert program.glyph_count < 100


def test_letters_that_are_made_of_several_glyphs_are_read_as_one(
    tmp_path: Path, need_program: Callable[[str], str]
) -> None:
    """A file without the composed letter: HarfBuzz draws it with two glyphs."""
    need_program("pdftotext")
    wanted = hb.SubsetInput()
    wanted.unicode_set.update({0x20, 0x61, 0x65, 0x300, 0x301, 0x323})
    wanted.flags = hb.SubsetFlags.GLYPH_NAMES
    path = tmp_path / "bare.ttf"
    path.write_bytes(hb.subset(SANS.file, wanted).blob.data)
    bare = Face("bare", path)
    data = drawn(("aẹ́a e",), bare)
    for read in (read_by_poppler, read_by_pdfium, read_by_pypdf):
        assert as_meant(read(data, tmp_path)) == ["aẹ́a", "e"]
    assert open_pdf(data).check_pdf_syntax() == []
