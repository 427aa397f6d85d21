"""The geometry and the fills that a chart has both in the .pptx and in the preview.

How far its axes reach, how thick its bars and how large its marks are, what tells series and slices apart,
and the numbers that draw a chart of ranges.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builders.deck.line_breaking import measure_natural_width
from builders.deck.model import (
    SlideChart,
    SlideParagraph,
    SlideRun,
)

AXIS_TEXT_SIZE = 16.0  # pt: numbers along an axis
WIDEST_HEADS = 0.42  # of the chart's width: the heads of the rows get no more
THICKEST_BAR = 34.0  # pt
PIE_HEIGHT = 0.6  # of the chart's height: a pie's diameter
MARK, LARGE_MARK = 9, 14  # pt: a line's marks; emphasised ones are larger
LABEL_ROOM = 0.4  # of what ranges span: right of them, for their labels

ChartFill = tuple[str, str | None]  # the names of a colour and of a pattern of the plan
# Fills that are told apart in grey, whoever draws patterns.
_FURTHER_FILLS: tuple[ChartFill, ...] = (
    ("white", None), ("hue", "diagonal"), ("tint", None), ("hue", "dots"), ("hue", "grid"),
)  # fmt: skip

# a bar's least and greatest value; the room in points for words before and after it
BarSpan = tuple[float, float, float, float]


def choose_series_fill(number: int) -> ChartFill:
    """Return the fill of one of several series of bars (0-based): the first solid, then patterned."""
    return (("hue", None), *_FURTHER_FILLS)[number % (len(_FURTHER_FILLS) + 1)]


def choose_slice_fill(chart: SlideChart, index: int) -> ChartFill:
    """Return a slice's fill: the emphasised (or the first) solid, then white, patterned, tinted."""
    loud = set(chart.emphasis) or {0}
    if index in loud:
        return "hue", None
    place = [i for i in range(len(chart.heads)) if i not in loud].index(index)
    return _FURTHER_FILLS[place % len(_FURTHER_FILLS)]


def measure_heads(chart: SlideChart) -> float:
    """Return the part of a chart's width that the heads of its rows get, on all of its slides alike."""
    heads = (chart.whole or chart).heads
    longest = max(
        (measure_natural_width(SlideParagraph((SlideRun(head),)), chart.size) for head in heads), default=0.0
    )
    return min(WIDEST_HEADS, (longest + 10) / chart.frame.w)


def make_value_scale(least: float, most: float) -> tuple[float, float, float]:
    """Return the ends of a value axis and its step: it starts at zero and has lines at its middle and its
    end."""
    low = min(0.0, least)
    span = max(most, -low) * 1.02 or 1.0
    power = 1e-9
    while power * 10 <= span:
        power *= 10
    top = next(power * factor for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * factor >= span)
    return (-top if low < 0 else 0.0), (top if most > 0 else 0.0), top / 2


def make_year_scale(positions: Sequence[float]) -> tuple[int, int, int]:
    """Return the first and last year of a time axis and the years between its labels (at most eight)."""
    first, last = int(min(positions) // 1), int(-(-max(positions) // 1))
    last = max(last, first + 1)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
    step = next((step for step in steps if (last - first) / step <= 7), steps[-1])
    first = first // step * step if step > 2 else first
    return first, first + -(-(last - first) // step) * step, step


def years_as_read(chart: SlideChart) -> list[float]:
    """Return where a line's points stand: before year 1, years are counted as they are read, 500 BC as
    -500."""
    shift = -1 if chart.positions and max(chart.positions) < 1 else 0
    return [at + shift for at in chart.positions]


def range_ends(chart: SlideChart) -> tuple[float, float]:
    """Return the least and the greatest value of a chart of ranges, all its rows counted, and zero."""
    low, high = (chart.whole or chart).series
    return (
        min((value for value in low.values if value is not None and value < 0), default=0.0),
        max((value for value in high.values if value is not None and value > 0), default=0.0),
    )


@dataclass(frozen=True, slots=True)
class RangeColumn:
    """A series of the stacked bars that draw ranges: its head, its letter in the workbook, its values,
    whether its bars are seen, and its cells' formula with a place for the row's number, if they have one."""

    name: str
    letter: str
    values: tuple[float | None, ...]
    seen: bool = False
    formula: str = ""


def range_columns(chart: SlideChart) -> tuple[RangeColumn, ...]:
    """Return what draws ranges, which stand in the workbook's columns B (low) and C (high).

    Bars above zero and bars below it are stacked apart. So where a value is below zero, a range is a gap from
    zero to its nearer end, what it covers above zero, and what it covers below; else it is the low value and
    how far the range reaches. The last column makes room for the labels.
    """
    low, high = chart.series

    def column(
        name: str, letter: str, part: Callable[[float, float], float], formula: str, seen: bool = True
    ) -> RangeColumn:
        pairs = zip(low.values, high.values, strict=True)
        values = (None if a is None or b is None else round(part(a, b), 9) for a, b in pairs)
        return RangeColumn(name, letter, tuple(values), seen, formula)

    least, most = range_ends(chart)
    if least < 0:
        parts = [
            column(
                "0", "D", lambda a, b: max(a, 0.0) + min(b, 0.0), "MAX(B{row},0)+MIN(C{row},0)", seen=False
            ),
            column("+", "E", lambda a, b: max(b, 0.0) - max(a, 0.0), "MAX(C{row},0)-MAX(B{row},0)"),
            column("−", "F", lambda a, b: min(a, 0.0) - min(b, 0.0), "MIN(B{row},0)-MIN(C{row},0)"),
        ]
    else:
        parts = [
            RangeColumn(low.name, "B", low.values),
            column("–", "D", lambda a, b: b - a, "C{row}-B{row}"),
        ]
    room = round((most - least or 1.0) * LABEL_ROOM, 9)
    letter = chr(ord(parts[-1].letter) + 1)
    return (*parts, RangeColumn(" ", letter, (room,) * len(chart.heads)))


def make_span_from_zero(value: float, room: float) -> BarSpan:
    """Return the span of a bar whose label stands at its end, away from the axis."""
    return (value, 0.0, room, 0.0) if value < 0 else (0.0, value, 0.0, room)


def fit_spans(spans: Sequence[BarSpan], room: float) -> tuple[float, float]:
    """Return the points of one unit and how far zero is from the left, for all spans to lie within `room`."""
    left = [(0.0, 0.0), *((-least, before) for least, _, before, _ in spans if least < 0)]
    right = [(0.0, 0.0), *((greatest, after) for _, greatest, _, after in spans)]
    scale = min(
        (
            max(room - before - after, room * 0.2) / (below + above)
            for below, before in left
            for above, after in right
            if below + above > 0
        ),
        default=1.0,
    )
    return scale, max(below * scale + before for below, before in left)
