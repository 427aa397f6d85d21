"""Charts: a table with a picture in it. Category, mark and value stand on one line, without a legend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from builders.guide.content import GuideContent, TextByLanguage
from builders.guide.flow_blocks import (
    FlowBlock,
    PageRecorder,
    TextBlock,
)
from builders.guide.line_charts import make_line_chart
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
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
    make_share_bar,
)
from builders.guide.tables_and_pictures import SCOPE_ROW, make_source_line
from builders.language import formatting, markup
from builders.outline.blocks import Chart
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run, set_balanced

MOST_KEPT_TOGETHER = 0.8  # of a page's depth: higher rows of bars are not kept on one page
SERIES_PATTERNS = ("solid", "diagonal", "horizontal", "dots", "vertical", "grid")


def make_chart(
    course: GuideContent, parent: Node, content: Chart, section: int, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield a chart: its finding, what is measured, the picture with its numbers, and its source."""
    look = course.type
    title = set_balanced(course.make_runs_or_text(content.title, look.h3), look.h3, course.page.full_width)
    yield TextBlock(
        title, parent.add("P"), look.body.leading * 1.5, 0, keep=True, wide=True, mark=mark, snap=False
    )
    measure = Paragraph(
        course.make_runs_or_text(content.measure, look.small_quiet), look.small_quiet, course.page.full_width
    )
    yield TextBlock(measure, parent.add("P"), 0, 5, keep=True, wide=True, snap=False)
    hue = look.colours.get_section_look(section).hue
    match content.kind:
        case "line":
            yield from make_line_chart(course, parent, content, hue, write_alt_text(course, content))
        case "share":
            yield make_share_bar(course, parent, content, hue, write_alt_text(course, content))
            yield from _make_bars(course, parent, content, hue)
        case "bar" | "range":
            yield from _make_bars(course, parent, content, hue)
        case _:
            assert_never(content.kind)
    yield from make_source_line(course, parent, content.note, content.source, True)


def write_quantity(course: GuideContent, content: Chart, value: ValueOrRange) -> str:
    """Return a value with its unit."""
    if value is None:
        return course.get_fixed_words("unknown")
    unit = markup.strip_markup(content.unit[course.options.lang]) if content.unit else ""
    return formatting.write_quantity(value, unit, course.locale)


def write_alt_text(course: GuideContent, content: Chart) -> str:
    """Return what is said instead of the picture: the finding, the measure, and from where to where it
    goes.
    """
    if content.alt:
        return course.get_plain_text(content.alt)
    known = [(row, v) for row in content.rows for v in row.cells if v is not None]
    low = min(known, key=lambda pair: get_low_end(pair[1]), default=None)
    high = max(known, key=lambda pair: get_high_end(pair[1]), default=None)
    range_ = ""
    if low and high:
        range_ = course.get_fixed_words(
            "chart_extent",
            low=write_quantity(course, content, low[1]),
            low_head=write_row_head(course, content, low[0].head),
            high=write_quantity(course, content, high[1]),
            high_head=write_row_head(course, content, high[0].head),
        )
    kind = course.get_fixed_words(f"chart_{content.kind}")
    title = course.locale.write_label(kind, course.get_plain_text(content.title))
    return f"{title}. {course.get_plain_text(content.measure)}. {range_}".strip()


def write_row_head(course: GuideContent, content: Chart, head: TextByLanguage) -> str:
    """Return a row's head in words; in a line chart it is a date."""
    if content.kind != "line":
        return course.get_plain_text(head)
    return course.write_date(course.parse_date(head), short=True)


def _make_bars(course: GuideContent, parent: Node, content: Chart, hue: str) -> Iterator[FlowBlock]:
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
            self._place_row(page, bars, i, x, at, height, self._add_nodes(i))
            at += height
        zero = x + self.place_value(0)
        bars.append(PagePolyline(((zero, y), (zero, at)), self.look.colours.ink, 0.75))
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
