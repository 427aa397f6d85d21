"""Line charts: values over time on true axes, labelled at their marks, with the numbers in a row below."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import FixedBlock, FlowBlock
from builders.guide.number_tables import make_number_tables
from builders.guide.page_items import (
    GuidePage,
    PageBox,
    PageFigure,
    PageItem,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.language import formatting
from builders.outline.blocks import Chart
from builders.timeline import UM_PER_POINT, space_in_order
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Style

PLOT_HEIGHT = 145.0  # of the plot, at 14.5: ten lines
HALF_MARK = 2.4  # half the side of a value's square
NAME_LEADING = 1.15  # em: from a line's name to the next
MOST_OF_NAMES = 0.3  # of the width: longer names are folded
PlotPoint = tuple[float, float]
PlottedValue = tuple[float, float, object, bool]  # where it stands, what it is, whether it is emphasized
SERIES_DASHES: Sequence[Sequence[float]] = ((), (6, 2.5), (1.5, 2.5), (8, 2.5, 1.5, 2.5), (3.5, 2), (12, 3))


def make_line_chart(
    course: GuideContent, parent: Node, content: Chart, hue: str, alt: str
) -> Iterator[FlowBlock]:
    """Yield the plot and the table of its numbers."""
    plot = _LinePlot(course, content, hue)
    node = parent.add("Figure", alt=alt)

    def draw(page: GuidePage, x: float, y: float) -> None:
        page.items.append(
            PageFigure(node, (x, y, x + plot.width, y + plot.height), list(plot.make_items(x, y)))
        )

    # in large print the table of numbers takes half a page: it may stand on the next
    yield FixedBlock(plot.height, draw, 4, 8, keep=not course.edition.print.parts_blocks, wide=True)
    yield from make_number_tables(course, parent, content)


class _LinePlot:
    """A line chart's axes and what stands on them."""

    def __init__(self, course: GuideContent, content: Chart, hue: str) -> None:
        self.course, self.content, self.hue = course, content, hue
        look = self.look = course.type
        self.face, self.size = look.small.face, look.small.size
        self.width = course.page.full_width
        self.height: float = PLOT_HEIGHT * look.scale**0.5
        self.mark = HALF_MARK * look.scale**0.5
        self.points = [course.parse_date(row.head) for row in content.rows]
        self.days = [(p.first + p.last) / 2 for p in self.points]
        values = [v for row in content.rows for v in row.cells if v is not None]
        flat = [float(v[1] if isinstance(v, tuple) else v) for v in values]
        self.low: float = min([0.0, *flat])
        self.high: float = max([0.0, *flat])
        if self.high == self.low:  # all values are 0
            self.high = 1.0
        self.count = max((len(row.cells) for row in content.rows), default=1)
        names = [course.get_plain_text(c) for c in content.columns] if self.count > 1 else []
        self.names = [_fold(name, look.small, MOST_OF_NAMES * self.width) for name in names]
        lines = [line for name in self.names for line in name]
        name_room = max((self.face.width(line) for line in lines), default=0) * self.size / 1000
        self.height = max(self.height, len(lines) * self.size * NAME_LEADING + self.size * 4)
        value_room = max((self.face.width(self.write_value(v)) for v in values), default=0) * self.size / 1000
        self.left, self.right = 6 + value_room / 2, 12 + value_room / 2 + (name_room + 6 if names else 0)

    def write_value(self, value: object) -> str:
        """Return a value in words, without its unit."""
        if isinstance(value, tuple):
            return formatting.write_quantity(value, "", self.course.locale)
        assert isinstance(value, Decimal)
        return formatting.write_number(value, self.course.locale)

    def place_day(self, day: float) -> float:
        """Return where a day stands, from the left."""
        span: float = self.days[-1] - self.days[0] or 1
        return self.left + (day - self.days[0]) / span * (self.width - self.left - self.right)

    def place_value(self, value: float) -> float:
        """Return where a value stands, from the top."""
        room = self.size + 6 if self.low < 0 else 0.0  # for the words below the lowest value
        top, bottom = self.size * 2.2, self.height - self.size * 2 - room
        return bottom - (value - self.low) / (self.high - self.low) * (bottom - top)

    def make_items(self, x: float, y: float) -> Iterator[PageItem]:
        """Yield axis, years, lines and labels at (x, y)."""
        ink = self.look.colours
        base = y + self.place_value(0.0)
        foot = y + self.height - self.size * 2  # of the plot: the axis, where no value is below it
        yield PagePolyline(((x, base), (x + self.width - self.right + 8, base)), ink.ink, 0.75)
        last = -99.0
        for day, point in zip(self.days, self.points, strict=True):
            at = x + self.place_day(day)
            yield PagePolyline(((at, base), (at, base + 3.2)), ink.ink, 0.75)
            text = self.course.write_date(point, short=True)
            half = self.face.width(text) * self.size / 2000
            middle = min(max(at, x + half), x + self.width - half)
            if middle - half > last + 4:
                yield PageText(
                    text, middle, foot + self.size + 4, self.face, self.size, ink.ink2, align="center"
                )
                last = middle + half
        drawn = [(i, marks) for i in range(self.count) if (marks := self._list_marks(i, x, y))]
        for series, marks in drawn:
            yield from self._make_series(series, marks)
        if self.count == 1:
            yield from self._make_values(drawn[0][1] if drawn else [], base, foot, x)
        if ends := [(self.names[i], *marks[-1][:2]) for i, marks in drawn if i < len(self.names)]:
            yield from self._make_names(ends, y, base)

    def _list_marks(self, series: int, x: float, y: float) -> list[PlottedValue]:
        return [
            (
                x + self.place_day(day),
                y + self.place_value(_find_middle(row.cells[series])),
                row.cells[series],
                row.emphasis,
            )
            for day, row in zip(self.days, self.content.rows, strict=True)
            if series < len(row.cells) and row.cells[series] is not None
        ]

    def _make_series(self, series: int, marks: Sequence[PlottedValue]) -> Iterator[PageItem]:
        ink = self.look.colours
        yield PagePolyline(
            [(a, b) for a, b, _, _ in marks],
            self.hue,
            1.5 * self.look.rules,
            SERIES_DASHES[series % len(SERIES_DASHES)],
            True,
        )
        for a, b, _, emphasis in marks:
            fill = self.hue if series == 0 or emphasis else ink.white
            yield PageRectangle(
                a - self.mark, b - self.mark, 2 * self.mark, 2 * self.mark, fill=fill, stroke=self.hue, line=1
            )

    def _make_names(
        self, ends: Sequence[tuple[list[str], float, float]], top: float, base: float
    ) -> Iterator[PageText]:
        """Yield each line's name at its end, or as near to it as the other names let it stand."""
        ordered, leading = sorted(ends, key=lambda end: end[2]), self.size * NAME_LEADING
        halves = [len(name) * leading / 2 for name, _, _ in ordered]
        gaps = [round((one + other) * UM_PER_POINT) for one, other in pairwise(halves)]
        low = round((top + self.size / 2 + halves[0] - leading / 2) * UM_PER_POINT)
        high = round((base - halves[-1] + leading / 2) * UM_PER_POINT)
        middles = space_in_order([round(b * UM_PER_POINT) for _, _, b in ordered], gaps, low, high)
        for (name, a, _), half, middle in zip(ordered, halves, middles, strict=True):
            baseline = middle / UM_PER_POINT + self.size * 0.34 - half + leading / 2
            for i, line in enumerate(name):
                at = baseline + i * leading
                yield PageText(line, a + 7, at, self.face, self.size, self.look.colours.ink)

    def _make_values(
        self, marks: Sequence[PlottedValue], base: float, foot: float, left: float
    ) -> Iterator[PageText]:
        """Yield the values at their marks: above, or below a trough, or beside, or above to one side.

        Left out where the line, the axis or another value would run through all of these places.
        """
        free = self.mark + 1.6  # of other things, around the middle of a mark
        taken: list[PageBox] = [(a - free, b - free, a + free, b + free) for a, b, _, _ in marks]
        line = [((a[0], a[1]), (b[0], b[1])) for a, b in pairwise(marks)]
        heights = [b for _, b, _, _ in marks]
        for i, (a, b, value, emphasis) in enumerate(marks):
            face = self.look.table_head.face if emphasis else self.face
            text = self.write_value(value)
            half = face.width(text) * self.size / 2000
            around = heights[max(i - 1, 0) : i] + heights[i + 1 : i + 2]
            above, below = b - free - self.size * 0.24, b + self.size + 4  # a comma reaches below its line
            under = b > base  # the axis
            trough = max(around, default=b) < b - 2 and (under or below < base - 2)
            places = [(a, below), (a, above)] if trough else [(a, above), (a, below)]
            aside = half + free + 3
            places += [(a + s * aside, y) for y in (b + self.size * 0.75, b - 2) for s in (1, -1)]
            places += [(a + s * (half - self.mark), above) for s in (-1, 1)]
            for at, y in places:
                box = (at - half - 2, y - self.size * 0.75, at + half + 2, y + 1)
                clear = y < base - 2 or (under and box[1] > base + 3.2 and y < foot + 2)  # of the axis
                inside = left <= at - half and at + half <= left + self.width and clear
                met = any(_do_boxes_meet(box, other) for other in taken)
                if inside and not met and not any(_does_line_cross(box, *part) for part in line):
                    taken.append(box)
                    yield PageText(text, at, y, face, self.size, self.look.colours.ink, align="center")
                    break


def _fold(text: str, style: Style, width: float) -> list[str]:
    """Return the lines of a text set to a width."""
    paragraph = Paragraph(text, style, width)
    return [" ".join(map(str, paragraph.part(line))) for line in paragraph.lines]


def _does_line_cross(box: PageBox, start: PlotPoint, end: PlotPoint) -> bool:
    """Return whether a line from start to end runs through a box."""
    first, last = 0.0, 1.0
    for low, high, at, by in (
        (box[0], box[2], start[0], end[0] - start[0]),
        (box[1], box[3], start[1], end[1] - start[1]),
    ):
        if not by:
            if not low <= at <= high:
                return False
            continue
        enters, leaves = sorted(((low - at) / by, (high - at) / by))
        first, last = max(first, enters), min(last, leaves)
    return first <= last


def _do_boxes_meet(one: PageBox, other: PageBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _find_middle(value: object) -> float:
    if isinstance(value, tuple):
        return float(value[0] + value[1]) / 2
    return float(value or 0)  # type: ignore[arg-type]
