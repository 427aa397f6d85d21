"""What the flow is made of: paragraphs that can be cut, and fixed things that cannot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from builders.guide.margin_layout import MarginNote
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageLines,
    PagePolyline,
)
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph

_TOLERANCE = 1e-6
DrawAt = Callable[
    [GuidePage, float, float], None
]  # draws with its top left corner, or first baseline, at (x, y)


class PageRecorder(Protocol):
    """What a block tells as it is placed: the flow, which knows the page and what the guide notes of it.

    `notes` are the margin's on this page, each with the depth that it asks for, in points.
    """

    notes: list[tuple[float, MarginNote]]

    def add_destination(self, mark: PageDestination, x: float, y: float) -> None:
        """Note where a place is and mark it on the page."""

    def record_mentions(self, paragraph: Paragraph, first: int, last: int) -> None:
        """Note the links of a paragraph's lines, from `first` to before `last`."""


class FlowBlock(Protocol):
    """Something that takes its height from a column; `wide` ones take the margin column too."""

    wide: bool
    keep: bool  # with the next block
    snap: bool  # begins on a line of the grid
    before: float  # space above, unless at the top of a page
    after: float

    @property
    def height(self) -> float:
        """The height in points, without the space above and below."""

    @property
    def least_height(self) -> float:
        """The height of the least part that may stand before a break."""

    def split_at_height(self, room: float) -> "tuple[FlowBlock, FlowBlock] | None":
        """Return the part that fits into `room` and the rest, or None."""

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        """Place it with its top left corner at (x, y) of the page."""


@dataclass(slots=True)
class TextBlock:
    """A paragraph in the flow. `notes` are those of the margin, with the line that they belong to."""

    paragraph: Paragraph
    node: Node | None
    before: float = 0
    after: float = 0
    keep: bool = False
    wide: bool = False
    indent: float = 0
    first: int = 0
    last: int = -1
    notes: Sequence[tuple[int, MarginNote]] = ()
    mark: PageDestination | None = None
    lead: DrawAt | None = None  # draws what hangs beside the first line
    orphans: int = 2
    snap: bool = True
    side: tuple[str, float] | None = None  # a rule along the left edge: colour, width
    side_at: float = 0  # how far from the left edge it stands
    joined: bool = False  # the rule goes on down to the next block

    def __post_init__(self) -> None:
        if self.last < 0:
            self.last = len(self.paragraph.lines)

    @property
    def height(self) -> float:
        return (self.last - self.first) * self.paragraph.style.leading

    @property
    def least_height(self) -> float:
        count = self.last - self.first
        return min(count if count <= self.orphans + 1 else self.orphans, count) * self.paragraph.style.leading

    def split_at_height(self, room: float) -> "tuple[TextBlock, TextBlock] | None":
        count = self.last - self.first
        fits = min(int(room / self.paragraph.style.leading + _TOLERANCE), count - self.orphans)
        while fits >= self.orphans and self.paragraph.ends_hyphenated(self.first + fits):
            fits -= 1
        if fits < self.orphans:
            return None
        middle = self.first + fits
        head = replace(self, after=0, keep=False, last=middle, joined=False)
        tail = replace(self, before=0, first=middle, mark=None, lead=None)
        return head, tail

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        style = self.paragraph.style
        baseline = y + style.drop
        if self.mark:
            flow.add_destination(self.mark, x, y)
        if self.lead:
            self.lead(page, x, baseline)
        if self.side:
            left = x + self.side_at + self.side[1] / 2
            goes_on = self.joined and self.last == len(self.paragraph.lines)
            down = y + self.height + (self.after if goes_on else 0)
            page.items.append(PagePolyline(((left, y), (left, down)), *self.side))
        page.items.append(
            PageLines(self.paragraph, x + self.indent, baseline, self.node, self.first, self.last)
        )
        for line, note in self.notes:
            if self.first <= line < self.last:
                flow.notes.append((baseline + (line - self.first) * style.leading, note))
        flow.record_mentions(self.paragraph, self.first, self.last)


@dataclass(slots=True)
class FixedBlock:
    """Something that is not cut: `draw` places it with its top left corner at (x, y)."""

    size: float
    draw: DrawAt
    before: float = 0
    after: float = 0
    keep: bool = False
    wide: bool = False
    mark: PageDestination | None = None
    mentions: Sequence[Paragraph] = ()
    notes: Sequence[tuple[float, MarginNote]] = ()  # baseline below the top, note
    snap: bool = False

    @property
    def height(self) -> float:
        return self.size

    @property
    def least_height(self) -> float:
        return self.size

    def split_at_height(self, room: float) -> None:
        return None

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        if self.mark:
            flow.add_destination(self.mark, x, y)
        self.draw(page, x, y)
        for depth, note in self.notes:
            flow.notes.append((y + depth, note))
        for paragraph in self.mentions:
            flow.record_mentions(paragraph, 0, len(paragraph.lines))


@dataclass(slots=True)
class WritingLinesBlock:
    """Lines to write on: `count` are wanted, `fewest` needed, `most` of use where a page has room for more.

    `draw` makes what draws so many.
    """

    count: int
    fewest: int
    most: int
    pitch: float
    draw: Callable[[int], DrawAt]
    after: float = 0
    before: float = 0
    keep: bool = False
    wide: bool = False
    snap: bool = False

    @property
    def height(self) -> float:
        return self.count * self.pitch + 6

    @property
    def least_height(self) -> float:
        return self.fewest * self.pitch + 6

    def fit_lines(self, room: float) -> "WritingLinesBlock":
        """Return what stands in `room`; itself where that is too little for the fewest."""
        count = min(self.count, int((room - 6) / self.pitch))
        return replace(self, count=count) if count >= self.fewest else self

    def split_at_height(self, room: float) -> None:
        return None

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        self.draw(self.count)(page, x, y)
