"""What the deck's plan is made of: slides with placed boxes, runs, tables, charts and shapes. Lengths are
points.

A colour is a name, not a value: "ink", "ink2", "rule", "hair", "paper", "white", "red", "blue" or "hue" (the
slide's section). The writer turns names into theme colours, so that the deck can be restyled in PowerPoint.
"""

from dataclasses import dataclass, replace
from typing import Literal

from builders.outline.fields import ChartKind

LEAST_STEPPED = 16.0  # pt
Bullet = Literal["square", "hang"]  # "hang": the same indent without a mark (a bullet's text carried on)
Anchor = Literal["t", "ctr", "b"]
Align = Literal["l", "ctr", "r"]


@dataclass(frozen=True, slots=True)
class SlideRun:
    """A stretch of text with one look. `link` is an address, or '#key' of a slide."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None  # None: the box's own
    lang: str | None = None  # None: the deck's
    link: str | None = None


@dataclass(frozen=True, slots=True)
class SlideParagraph:
    """Runs that are set together. `step` is added to the box's size; `after` is in ems of that size."""

    runs: tuple[SlideRun, ...]
    bullet: Bullet | None = None
    step: float = 0
    after: float = 0.375
    keep: bool = False  # on the same slide as the next paragraph
    tab: float | None = (
        None  # a hanging indent in points, its text set off by a tab (a number before a source)
    )
    carried: bool = False  # goes on where the paragraph before was cut

    @property
    def text(self) -> str:
        """The words, without their look."""
        return "".join(run.text for run in self.runs)

    def compute_size(self, size: float) -> float:
        """Return the paragraph's size in a box of `size` points: its step down ends at 16."""
        return max(size + self.step, min(size, LEAST_STEPPED)) if self.step else size


@dataclass(frozen=True, slots=True)
class SlideFrame:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def lower_top(self, by: float) -> "SlideFrame":
        """Return the frame with its top moved down and its foot left where it is."""
        return replace(self, y=self.y + by, h=self.h - by)


@dataclass(frozen=True, slots=True)
class TextBox:
    """Text in a placeholder of the slide's layout (`place`), or in a text box of its own (`place` is
    None)."""

    frame: SlideFrame
    paragraphs: tuple[SlideParagraph, ...]
    size: float
    place: str | None = None
    bold: bool = False
    colour: str = "ink"
    align: Align = "l"
    anchor: Anchor = "t"
    leading: float = 1.0  # of the face's line height
    name: str = ""
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class SlideShape:
    """A rectangle, ellipse, diamond or line. Its `text` (a tile's letter) is centred."""

    frame: SlideFrame
    kind: Literal["rect", "ellipse", "diamond", "line"] = "rect"
    fill: str | None = None
    pattern: str | None = None
    line: str | None = None
    weight: float = 0.75
    dash: bool = False
    text: str = ""
    size: float = 20
    text_colour: str = "white"
    name: str = ""
    decorative: bool = True
    link: str | None = None
    flip: bool = False  # a line that runs from the lower left to the upper right


@dataclass(frozen=True, slots=True)
class SlideFreeform:
    """A shape of points (of the slide) in one path or several; closed ones have holes where they overlap."""

    paths: tuple[tuple[tuple[float, float], ...], ...]
    fill: str | None = None
    pattern: str | None = None
    line: str | None = None
    weight: float = 0.75
    dash: bool = False
    closed: bool = True
    arrow: bool = False  # at the end of each path
    name: str = ""

    @property
    def frame(self) -> SlideFrame:
        """The least frame that holds the points."""
        across, down = zip(*(point for path in self.paths for point in path), strict=True)
        return SlideFrame(min(across), min(down), max(across) - min(across), max(down) - min(down))


@dataclass(frozen=True, slots=True)
class ShapeGroup:
    """Shapes and texts that move together; `alt` says what they show, or is empty if they only decorate."""

    name: str
    items: tuple["SlideShape | SlideFreeform | TextBox", ...]
    alt: str = ""


@dataclass(frozen=True, slots=True)
class SlideCell:
    """A table's cell."""

    paragraphs: tuple[SlideParagraph, ...]
    bold: bool = False
    align: Align = "l"


@dataclass(frozen=True, slots=True)
class SlideTable:
    """A native table, its first row the header. `rows` holds its cells, `heights` one height a row;
    `padding` is above and below a cell's text."""

    frame: SlideFrame
    columns: tuple[float, ...]
    rows: tuple[tuple[SlideCell, ...], ...]
    heights: tuple[float, ...]
    padding: float
    size: float
    alt: str
    name: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series of a chart. `labels` are the values as a reader sees them."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlideChart:
    """A native chart. `heads` name the rows; a line's rows stand at `positions` (years, with fractions).

    A range has two series, the low and the high values. `emphasis` holds the rows that are drawn solid,
    in a line with larger marks.
    `whole` is the chart with all its rows where a slide shows some of them: scale and look are the whole's.
    """

    frame: SlideFrame
    kind: ChartKind
    heads: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    size: float
    alt: str
    name: str
    unit: str = ""
    measure: str = ""
    positions: tuple[float, ...] = ()
    emphasis: tuple[int, ...] = ()
    place: str | None = None
    whole: "SlideChart | None" = None


@dataclass(frozen=True, slots=True)
class SlidePicture:
    """An image, in its own proportions within `frame`."""

    frame: SlideFrame
    content: bytes
    format: Literal["png", "jpeg"]
    alt: str
    name: str
    place: str | None = None


SlideItem = TextBox | SlideShape | SlideFreeform | ShapeGroup | SlideTable | SlideChart | SlidePicture


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: `items` in reading order after the title. `section` is an index into the deck's sections."""

    key: str
    layout: str
    title: TextBox
    items: tuple[SlideItem, ...]
    notes: tuple[SlideParagraph, ...]
    section: int | None = None
    footer: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title in words."""
        return " ".join(paragraph.text for paragraph in self.title.paragraphs)


@dataclass(frozen=True, slots=True)
class DeckSection:
    """A PowerPoint section: its name and the index of its first slide."""

    key: str
    name: str
    first: int


@dataclass(frozen=True, slots=True)
class Deck:
    """The whole deck, ready to be written."""

    title: str
    subject: str
    author: str
    lang: str  # BCP 47, with a region
    slides: tuple[Slide, ...]
    sections: tuple[DeckSection, ...]
    ruler: ShapeGroup
    warnings: tuple[str, ...] = ()
