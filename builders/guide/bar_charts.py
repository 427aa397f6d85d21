"""Charts of bars: category, mark and value on one line, or above each other where a page is narrow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from builders.guide.chart_words import write_alt_text, write_quantity
from builders.guide.content import GuideContent
from builders.guide.flow_blocks import (
    FlowBlock,
    PageRecorder,
)
from builders.guide.page_items import (
    GuidePage,
    PageFigure,
    PageItem,
    PageLines,
    PagePattern,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.share_bars import (
    ValueOrRange,
    get_high_end,
    get_low_end,
    has_share_numbers,
)
from builders.guide.tables_and_pictures import SCOPE_ROW
from builders.outline.blocks import Chart
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run

LEAST_PLOT = 0.12  # of the page's width: where bars have less, words stand above them
MOST_KEPT_TOGETHER = 0.8  # of a page's depth: higher rows of bars are not kept on one page
SERIES_PATTERNS = ("solid", "diagonal", "horizontal", "dots", "vertical", "grid")


def make_bars(course: GuideContent, parent: Node, content: Chart, hue: str) -> Iterator[FlowBlock]:
    """Yield the rows of a bar, share or range chart, to be parted between pages where there are many."""
    series = [course.get_plain_text(c) for c in content.columns]
    count = max((len(row.cells) for row in content.rows), default=1)
    rows = _BarRows(course, content, parent, hue, series, count)
    long = sum(rows.heights) > MOST_KEPT_TOGETHER * course.page.depth
    yield _BarsBlock(rows, 0, len(rows.heights), long, keep=not long)


@dataclass(slots=True)
class _BarsBlock:
    """Rows `first` to `last` (exclusive) of a chart in the flow; a `long` chart may be cut between them."""

    rows: "_BarRows"
    first: int
    last: int
    long: bool
    keep: bool
    wide: bool = True
    snap: bool = False
    before: float = 0.0
    after: float = 6.0

    @property
    def height(self) -> float:
        return sum(self.rows.heights[self.first : self.last])

    @property
    def least_height(self) -> float:
        return sum(self.rows.heights[self.first : self.first + 2]) if self.long else self.height

    def split_at_height(self, room: float) -> "tuple[_BarsBlock, _BarsBlock] | None":
        middle, left = self.first, room
        while middle < self.last - 2 and self.rows.heights[middle] <= left:
            left -= self.rows.heights[middle]
            middle += 1
        if not self.long or middle < self.first + 2:
            return None
        return replace(self, last=middle, after=0.0), replace(self, first=middle)

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        self.rows.place_rows(page, self.first, self.last, x, y)
        for label in self.rows.labels[self.first : self.last]:
            flow.record_mentions(label, 0, len(label.lines))


class _BarRows:
    """The rows of a chart of bars: where their columns stand and how they are drawn."""

    def __init__(
        self, course: GuideContent, content: Chart, parent: Node, hue: str, series: Sequence[str], count: int
    ) -> None:
        self.course, self.content, self.hue, self.count = course, content, hue, count
        self.parent, self.table = parent, parent.add("Table")
        look = self.look = course.type
        self.style, self.bold = look.table, look.table_head
        scale = look.scale
        numbered = has_share_numbers(course, content)
        self.labels = []
        for i, row in enumerate(content.rows):
            own = self.bold if row.emphasis else self.style
            number = [Run(f"{i + 1}\u2002", look.small.face)] if numbered else []
            self.labels.append(Paragraph([*number, *course.make_runs(row.head, own)], own, 168 * scale))
        self.left = max(p.widest for p in self.labels) + 10
        self.bar = (9.6 if count == 1 else 7.0) * scale
        if count > 1:  # the values beside bars below each other do not touch
            self.bar = max(self.bar, self.style.size * 1.06 - 3)
        one, several = 16.4 * scale**0.5, self.bar * count + 3 * (count - 1) + 9 * scale**0.5
        pitch = max(one if count == 1 else several, 12 * scale)
        self.heights: list[float] = [max(label.height + 4, pitch) for label in self.labels]
        values = [write_quantity(course, content, v) for row in content.rows for v in row.cells]
        self.room = max((self.bold.face.width(v) for v in values), default=0) * self.bold.size / 1000 + 12
        if count > 1:
            self.room += (
                max((self.style.face.width(s) for s in series), default=0) * self.style.size / 1000 + 8
            )
        self.width = course.page.full_width
        top = max((get_high_end(v) for row in content.rows for v in row.cells), default=Decimal(1))
        bottom = min((get_low_end(v) for row in content.rows for v in row.cells), default=Decimal(0))
        self.low = float(min(bottom, Decimal(0)))
        self.high = float(max(top, Decimal(0))) or 1.0
        self.names = dict(enumerate(series)) if count > 1 else {}  # said after each value
        self.stacked = self.width - self.left - self.room < LEAST_PLOT * self.width
        if self.stacked:
            self.left, self.room = 0.0, 2.0
            self.labels = [label.set_to(self.width) for label in self.labels]
            self.heights = [
                label.height + sum(text.height + self.bar + 6 for text in self._set_values(i)) + 8 * scale
                for i, label in enumerate(self.labels)
            ]

    def place_value(self, value: Decimal | int) -> float:
        """Return where a value stands, from the block's left."""
        room = self.width - self.left - self.room
        return self.left + (float(value) - self.low) / (self.high - self.low) * room

    def place_rows(self, page: GuidePage, first: int, last: int, x: float, y: float) -> None:
        """Draw rows `first` to `last` (exclusive): bars as a figure, labels and values as a table."""
        figure, kids = Node("Figure", alt=write_alt_text(self.course, self.content)), self.parent.kids
        kids.insert(kids.index(self.table), figure)  # before the table that repeats its numbers
        bars: list[PageItem] = []
        at = y
        for i, height in enumerate(self.heights[first:last], first):
            if self.stacked:
                self._place_stacked_row(page, bars, i, x, at, self._add_nodes(i))
            else:
                self._place_row(page, bars, i, x, at, height, self._add_nodes(i))
            at += height
        if not self.stacked:
            bars.append(self._make_axis(x, y, at))
        page.items.append(PageFigure(figure, (x + self.left, y, x + self.width - self.room + 2, at), bars))

    def _add_nodes(self, row: int) -> list[Node]:
        tr = self.table.add("TR")
        head = tr.add("TH", attributes=SCOPE_ROW)
        return [head, *(tr.add("TD") for _ in range(self.count))]

    def _place_row(
        self,
        page: GuidePage,
        bars: list[PageItem],
        row: int,
        x: float,
        y: float,
        height: float,
        nodes: Sequence[Node],
    ) -> None:
        content, look = self.content.rows[row], self.look
        label = self.labels[row]
        middle = y + height / 2
        first = middle - label.height / 2 + label.style.drop
        page.items.append(PageLines(label, x, first, nodes[0]))
        block = self.bar * self.count + 3 * (self.count - 1)
        for i, value in enumerate(content.cells):
            top = middle - block / 2 + i * (self.bar + 3)
            end = self._add_bar(bars, value, i, content.emphasis, x, top)
            face = self.bold.face if content.emphasis else self.style.face
            baseline = top + self.bar / 2 + self.style.size * 0.34
            size, node = self.style.size, nodes[i + 1]
            words = write_quantity(self.course, self.content, value) + ("\u2002" if i in self.names else "")
            page.items.append(PageText(words, end + 5, baseline, face, size, look.colours.ink, node))
            if i in self.names:  # quieter, or '21.4 1932' would read as two numbers
                after = end + 5 + face.width(words) * size / 1000
                name = PageText(
                    self.names[i], after, baseline, self.style.face, size, look.colours.ink2, node
                )
                page.items.append(name)

    def _make_axis(self, x: float, top: float, bottom: float) -> PagePolyline:
        zero = x + self.place_value(0)
        return PagePolyline(((zero, top), (zero, bottom)), self.look.colours.ink, 0.75)

    def _set_values(self, row: int) -> list[Paragraph]:
        """Return a row's values, each with its series' name, to stand above their bars."""
        content = self.content.rows[row]
        style = self.bold if content.emphasis else self.style
        words = [write_quantity(self.course, self.content, value) for value in content.cells]
        named = [f"{text}\u2002{self.names[i]}" if i in self.names else text for i, text in enumerate(words)]
        return [Paragraph(text, style, self.width) for text in named]

    def _place_stacked_row(
        self, page: GuidePage, bars: list[PageItem], row: int, x: float, y: float, nodes: Sequence[Node]
    ) -> None:
        """Place a row's label above its values, and each of these above its own bar."""
        content, label = self.content.rows[row], self.labels[row]
        page.items.append(PageLines(label, x, y + label.style.drop, nodes[0]))
        y += label.height
        for i, (text, value) in enumerate(zip(self._set_values(row), content.cells, strict=True)):
            page.items.append(PageLines(text, x, y + text.style.drop, nodes[i + 1]))
            y += text.height
            self._add_bar(bars, value, i, content.emphasis, x, y)
            bars.append(self._make_axis(x, y - 1.5, y + self.bar + 1.5))
            y += self.bar + 6

    def _add_bar(
        self, bars: list[PageItem], value: ValueOrRange, series: int, emphasis: bool, x: float, top: float
    ) -> float:
        """Add a bar and return where it ends."""
        if value is None:
            return x + self.place_value(0)
        start, end = (
            x + self.place_value(get_low_end(value) if isinstance(value, tuple) else 0),
            x + self.place_value(get_high_end(value)),
        )
        start, end = min(start, end), max(start, end)
        width = max(end - start, 0.75)
        if series:
            bars.append(
                PagePattern(
                    SERIES_PATTERNS[series % len(SERIES_PATTERNS)], start, top, width, self.bar, self.hue
                )
            )
        elif emphasis or (self.count > 1):
            bars.append(PageRectangle(start, top, width, self.bar, fill=self.hue))
        else:
            bars.append(
                PageRectangle(
                    start + 0.375, top + 0.375, width - 0.75, self.bar - 0.75, stroke=self.hue, line=0.75
                )
            )
        return end
