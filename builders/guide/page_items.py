"""A page as a value: what stands on it and where. Points from the page's top left corner, y downwards.

The plan makes pages; the writer draws them, item by item, and decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from builders.typesetting.fonts import Face
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph

PagePoint = tuple[float, float]
PageBox = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(slots=True)
class PageLines:
    """Lines `first` to `last` (exclusive) of a paragraph, the first on the baseline at (x, y)."""

    paragraph: Paragraph
    x: float
    y: float
    node: Node | None
    first: int = 0
    last: int | None = None


@dataclass(slots=True)
class PageText:
    """One line of text on the baseline at (x, y); `page_of` stands for the page number of a place instead."""

    text: str
    x: float
    y: float
    face: Face
    size: float
    colour: str
    node: Node | None = None
    align: str = "left"
    page_of: str | None = None


@dataclass(slots=True)
class PagePolyline:
    """A line through points, drawn as an artifact."""

    points: Sequence[PagePoint]
    colour: str
    width: float = 0.5
    dash: Sequence[float] = ()
    round_caps: bool = False


@dataclass(slots=True)
class PageRectangle:
    """A rectangle, filled or stroked."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    line: float = 0.5


@dataclass(slots=True)
class PagePolygon:
    """A closed polygon, filled or stroked."""

    points: Sequence[PagePoint]
    fill: str | None = None
    stroke: str | None = None
    line: float = 0.5


@dataclass(slots=True)
class PageArea:
    """A shape of several rings, with holes where they lie in each other; `fill` in a section's pattern."""

    rings: Sequence[Sequence[PagePoint]]
    fill: str | None = None
    stroke: str | None = None
    line: float = 0.5
    dash: Sequence[float] = ()
    pattern: str = "solid"
    scale: float = 1


@dataclass(slots=True)
class PageCircle:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str | None = None
    stroke: str | None = None
    line: float = 0.5


@dataclass(slots=True)
class PagePattern:
    """A rectangle in a section's pattern."""

    pattern: str
    x: float
    y: float
    width: float
    height: float
    colour: str
    scale: float = 1
    frame: float = 0.75


@dataclass(slots=True)
class PagePicture:
    """An image file's bytes in a rectangle."""

    content: bytes = field(repr=False)
    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True)
class PageFigure:
    """Items that are one figure; `box` is its extent."""

    node: Node
    box: PageBox
    items: Sequence["PageItem"]


@dataclass(slots=True)
class PageActualText:
    """Items that stand for words: those of `node`, its `actual`.

    With a `parent` it is read there where it is drawn among the parent's words, else where it is in the tree.
    """

    node: Node
    items: Sequence["PageItem"]
    parent: Node | None = None


@dataclass(slots=True)
class PageForm:
    """Items that are drawn once and placed on many pages as one artifact (running furniture)."""

    key: str
    items: Sequence["PageItem"]


@dataclass(slots=True)
class PageLink:
    """A link over a rectangle; `node` is its Link element."""

    node: Node
    target: str
    box: PageBox
    contents: str


@dataclass(slots=True)
class PageDestination:
    """A place that links lead to; with a title, an entry of the bookmarks."""

    key: str
    x: float
    y: float
    title: str | None = None
    level: int = 0


PageItem = (
    PageLines
    | PageText
    | PagePolyline
    | PageRectangle
    | PagePolygon
    | PageArea
    | PageCircle
    | PagePattern
    | PagePicture
    | PageFigure
    | PageActualText
    | PageForm
    | PageLink
    | PageDestination
)


@dataclass(slots=True)
class GuidePage:
    """One page: its number as printed ('ii', '16'), whether it is a right-hand page, what stands on it."""

    folio: str
    recto: bool
    items: list[PageItem] = field(default_factory=list)
