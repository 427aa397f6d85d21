"""Guides, built once, as readers see them: each page's words and shapes, beside the outline's file."""

import io
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import yaml
from PIL import Image

from builders import guide
from builders.guide.options import GuideOptions
from builders.outline import load
from tests.pdf_shapes import Box, Shape, page_shapes, rectangles
from tests.pdf_words import Words, page_words

OUTLINES = Path(__file__).parent / "outlines"
THEME = Path(__file__).parents[1] / "builders" / "theme" / "theme.yaml"
FORE_EDGE = 50.0  # points: the ruler's axis stands nearer to the fore-edge
BARS = 22.0  # points: from the axis to the far end of the ruler's bars
WHITE, BLACK = "#FFFFFF", "#000000"


@dataclass(frozen=True)
class Leaf:
    """A page: its number from 0, its size in points, its words and shapes."""

    index: int
    width: float
    height: float
    words: list[Words]
    shapes: list[Shape]

    @property
    def recto(self) -> bool:
        """Whether it is a right-hand page."""
        return self.index % 2 == 0

    @property
    def text(self) -> str:
        """All words, in the order of the page's content."""
        return " ".join(words.text for words in self.words)

    def figure(self, name: str) -> list[Shape]:
        """Return the shapes of the figures whose alternative text holds a name."""
        return [shape for shape in self.shapes if shape.figure and name in shape.figure]

    @property
    def axis(self) -> Shape:
        """The ruler's axis: the longest upright line at the fore-edge."""
        return max(
            (s for s in self.shapes if s.is_upright and s.figure is None and self.beyond(s.left) < FORE_EDGE),
            key=lambda line: line.high,
        )

    def beyond(self, x: float) -> float:
        """Return how far a place is from the fore-edge."""
        return self.width - x if self.recto else x

    @property
    def ruler_bars(self) -> list[Shape]:
        """The rectangles between the ruler's axis and the text; a marked bar is painted over a bare one."""
        axis = self.beyond(self.axis.left)
        return [
            shape
            for shape in rectangles([s for s in self.shapes if s.figure is None])
            if axis < self.beyond(shape.middle[0]) < axis + BARS
        ]

    @property
    def ruler_tabs(self) -> list[tuple[int, Shape]]:
        """The section numbers on the ruler with the filled rectangles that they stand on."""
        axis = self.beyond(self.axis.left)
        found = []
        for shape in rectangles([s for s in self.shapes if s.figure is None and s.fill]):
            inside = [words for words in self.words if within(words, shape.box)]
            if self.beyond(shape.middle[0]) < axis and inside:
                assert len(inside) == 1 and inside[0].colour == WHITE
                found.append((int(inside[0].text), shape))
        return found


def within(words: Words, box: Box) -> bool:
    """Return whether words stand in a box."""
    return box[0] <= words.middle <= box[2] and box[1] < words.baseline <= box[3]


@dataclass(frozen=True)
class Guide:
    """A finished guide, and the outline's file as it was read without the builders."""

    source: dict[str, Any]
    lang: str
    edition: str
    grey: bool
    pages: list[Leaf]
    starts: dict[str, int]  # bookmarks: title, page
    data: bytes

    def say(self, text: Any) -> str:
        """Return a text of the outline in the guide's language."""
        return str(text[self.lang] if isinstance(text, dict) else text)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The outline's sections."""
        return list(self.source["sections"])

    def opener(self, number: int) -> Leaf:
        """Return a section's first page."""
        return self.pages[self.starts[f"{number + 1} {self.say(self.sections[number]['title'])}"]]

    def pages_of(self, number: int) -> list[Leaf]:
        """Return a section's pages: from its opener to the next one's, or the chronology."""
        last = number + 1 == len(self.sections)
        end = self.back if last else self.opener(number + 1).index
        return self.pages[self.opener(number).index : end]

    @property
    def back(self) -> int:
        """The first page behind the sections."""
        return next(page for title, page in self.starts.items() if title in ("Chronology", "Cronología"))

    def timeline(self, number: int) -> tuple[Leaf, list[Shape]]:
        """Return the page and the shapes of a section's own timeline."""
        title = self.say(self.sections[number]["title"])
        for page in self.pages_of(number):
            if shapes := [
                s for s in page.figure(title) if s.figure and s.figure.startswith(("Timeline", "Línea"))
            ]:
                return page, shapes
        raise AssertionError(f"no timeline of {title}")

    def charts(self, kind: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the outline's charts of a kind, each with its section's number."""
        return [
            (number, block["chart"])
            for number, section in enumerate(self.sections)
            for block in section["blocks"]
            if "chart" in block and block["chart"]["kind"] == kind
        ]

    def drawn(self, number: int, chart: dict[str, Any]) -> tuple[Leaf, list[list[Shape]]]:
        """Return the page of a chart and the shapes of each of its figures, in the order of reading."""
        title = self.say(chart["title"])
        for page in self.pages_of(number):
            if shapes := page.figure(title):
                numbers = sorted({shape.figure_number for shape in shapes})
                return page, [[s for s in shapes if s.figure_number == number] for number in numbers]
        raise AssertionError(f"no chart {title}")

    def hue(self, number: int) -> str:
        """Return a section's colour, as the theme says; a grey guide is black on white."""
        return BLACK if self.grey else str(theme_sections()[number]["hue"])

    def picture(self, page: Leaf, box: Box, scale: float = 10) -> Image.Image:
        """Return a part of a page as it is seen, `scale` dots for a point."""
        left, top, right, bottom = box
        with pypdfium2.PdfDocument(self.data) as document:
            crop = (left, page.height - bottom, page.width - right, top)
            picture: Image.Image = document[page.index].render(scale=scale, crop=crop).to_pil()
            return picture.convert("RGB")


@cache
def theme_sections() -> list[dict[str, str]]:
    """Return the shipped theme's list of hues and patterns."""
    return list(yaml.safe_load(THEME.read_text("utf-8"))["sections"])


@cache
def read_guide(
    name: str,
    lang: str = "en",
    edition: str = "study",
    grey: bool = False,
    paper: str = "a4",
    change: tuple[str, str] = ("", ""),
) -> Guide:
    """Return the guide of an outline of the tests, in whose file a text may be changed for another."""
    path = OUTLINES / f"{name}.yaml"
    text = path.read_text("utf-8")
    outline = load.load_outline(path).outline
    if change[0]:
        assert change[0] in text
        text = text.replace(*change)
        with tempfile.TemporaryDirectory() as folder:
            changed = Path(folder) / path.name
            changed.write_text(text, "utf-8")
            outline = load.load_outline(changed).outline
    options = GuideOptions(lang=lang, root=OUTLINES, edition=edition, grey=grey, paper=paper)
    (artifact,) = guide.build(outline, options)
    data = artifact.data
    words = page_words(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        shapes = page_shapes(pdf)
    with pypdfium2.PdfDocument(data) as document:
        sizes = [page.get_size() for page in document]
        pages = [Leaf(i, width, height, words[i], shapes[i]) for i, (width, height) in enumerate(sizes)]
        starts = {
            mark.get_title(): dest.get_index()
            for mark in document.get_toc()
            if (dest := mark.get_dest()) is not None
        }
    # as text: YAML would read a year such as -0507 as an octal number
    source = yaml.load(text, Loader=yaml.BaseLoader)
    return Guide(source, lang, edition, grey, pages, starts, data)
