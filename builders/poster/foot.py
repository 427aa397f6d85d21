"""The poster's foot: the key of numbered events, the legend, the scale in words, and the credit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builders.language import formatting
from builders.poster.axis_ticks import counts_days
from builders.poster.content import PosterContent
from builders.poster.label_text import measure_width, split_long_words, wrap_text
from builders.poster.lanes import (
    PlacedEvent,
    Strip,
    is_bracket,
    is_span,
)
from builders.poster.layout import PosterLayout
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterShape,
    PosterWords,
    list_corners,
)
from builders.poster.style import PosterColours, SheetSize, compute_reading_distance
from builders.poster.symbols import StripPen, draw_marker
from builders.timeline import UM_PER_MM, UM_PER_POINT, Scale

LEGEND_SIZE = 14.0  # points on A2
CREDIT_SIZE = 11.0
LEGEND_LEADING = 7.0  # mm on A2, from one line of the legend to the next
_ITEM_GAP = 9.0  # mm on A2, between items


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One item of the legend: what is drawn, how wide that is (mm on A2), and its words."""

    kind: str
    room: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend's items by line, and the lines of the credit, the last of which ends the last one."""

    lines: tuple[tuple[LegendItem, ...], ...]
    credit: tuple[str, ...]
    size: float
    credit_size: float


def make_legend(
    course: PosterContent, size: SheetSize, scale: Scale, layout: PosterLayout | None, least: float
) -> Legend:
    """Return the legend of what the layout uses; without one, of all that it could use."""
    words = course.locale.words["poster"]
    strips = _list_strips(layout)
    signs = [
        LegendItem(f"marker:{n}", 3.4, words[f"importance_{n}"])
        for n in (3, 2, 1)
        if _has_importance(course, n)
    ]
    if not strips or any(is_span(i.entry, s.scale, s.metrics) for s in strips for i in s.items):
        signs.append(LegendItem("span", 13, words["span"]))
        if not strips or any(_is_uncertain_span(i, s) for s in strips for i in s.items):
            signs.append(LegendItem("uncertain", 13, words["uncertain"]))
    for kind, about in (("bracket", False), ("bracket_about", True)):
        if not strips or any(_is_bracket_of_kind(i, s, about) for s in strips for i in s.items):
            signs.append(LegendItem(kind, 9, words[kind]))
    if any(e.old_style for e in course.entries):
        signs.append(LegendItem("", 0, words["old_style"]))
    signs.append(LegendItem("", 0, write_scale(course, scale), bold=True))
    signs.append(LegendItem("", 0, _write_distance(course, layout.scale if layout else least)))
    points, credit_size = size.grow_size(LEGEND_SIZE), size.grow_size(CREDIT_SIZE)
    ending = "" if course.credit.endswith((".", "!", "?")) else "."
    parts = (course.credit and course.credit + ending, course.sourced and words["sources"], words["made"])
    credit = " ".join(part for part in parts if part)
    room = size.width - 2 * size.convert_mm(12)
    told = wrap_text(split_long_words(credit, room, "regular", credit_size), room, "regular", credit_size)
    rows = _break_items(signs, size, points, room, measure_width(told[0], "regular", credit_size))
    return Legend((*rows, *[()] * (len(told) - 1)), told, points, credit_size)


def _list_strips(layout: PosterLayout | None) -> list[Strip]:
    if layout is None:
        return []
    return list(layout.strips)


def _has_importance(course: PosterContent, importance: int) -> bool:
    return any(entry.importance == importance for entry in course.entries)


def _is_uncertain_span(item: PlacedEvent, strip: Strip) -> bool:
    date = item.entry.date
    exact = date.start and date.end and date.start.precision == date.end.precision == "day"
    return is_span(item.entry, strip.scale, strip.metrics) and (not exact or date.approximate)


def _is_bracket_of_kind(item: PlacedEvent, strip: Strip, about: bool) -> bool:
    return item.entry.date.approximate == about and is_bracket(item.entry, strip.scale, strip.metrics)


def write_scale(course: PosterContent, scale: Scale) -> str:
    """Return '1 day = 21.7 mm', '1 year = 5.32 mm', or as many years as make a few millimetres."""
    words = course.locale.words["poster"]
    if counts_days(scale.first, scale.last):
        day = Decimal(round(scale.length / (scale.last + 1 - scale.first) / 10)) / 100
        return words["scale_day"].format(mm=formatting.write_number(day, course.locale))
    years = next((n for n in (1, 10, 100, 1000) if n * scale.year >= 2 * UM_PER_MM), 1000)
    length = Decimal(round(years * scale.year / 10)) / 100
    pattern = words["scale"] if years == 1 else words["scale_years"]
    return pattern.format(mm=formatting.write_number(length, course.locale), n=years)


def _write_distance(course: PosterContent, scale: float) -> str:
    metres = Decimal(round(compute_reading_distance(14 * scale) * 10)) / 10
    return course.locale.words["poster"]["distance"].format(m=formatting.write_number(metres, course.locale))


def _break_items(
    signs: Sequence[LegendItem], size: SheetSize, points: float, room: int, credit: int
) -> tuple[tuple[LegendItem, ...], ...]:
    lines: list[list[LegendItem]] = [[]]
    used = 0
    for sign in signs:
        wide = (
            size.convert_mm(_measure_symbol_room(sign))
            + measure_width(sign.text, "bold", points)
            + size.convert_mm(_ITEM_GAP)
        )
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0
        lines[-1].append(sign)
        used += wide
    if used + credit > room:
        lines.append([])
    return tuple(tuple(line) for line in lines)


def _measure_symbol_room(sign: LegendItem) -> float:
    return sign.room + 2.2 if sign.room else 0


def measure_legend_height(legend: Legend, size: SheetSize) -> int:
    """Return the height of the legend from its first baseline to the sheet's end, in µm."""
    return size.convert_mm(LEGEND_LEADING) * (len(legend.lines) - 1) + max(size.convert_mm(6.4), 6500)


def draw_legend(legend: Legend, size: SheetSize, inks: PosterColours) -> Iterator[PosterMark]:
    """Draw the legend at the foot of the sheet."""
    base = size.height - measure_legend_height(legend, size)
    for line in legend.lines:
        x = size.convert_mm(12)
        for sign in line:
            yield from _draw_item(sign, x, base, size, inks)
            x += size.convert_mm(_measure_symbol_room(sign))
            weight = "bold" if sign.bold else "regular"
            yield PosterWords(x, base, sign.text, weight, legend.size, inks.ink, owner=f"legend:{sign.text}")
            x += measure_width(sign.text, weight, legend.size) + size.convert_mm(_ITEM_GAP)
        base += size.convert_mm(LEGEND_LEADING)
    right = size.width - size.convert_mm(12)
    for number, words in enumerate(legend.credit):
        at = base - (len(legend.credit) - number) * size.convert_mm(LEGEND_LEADING)
        yield PosterWords(right, at, words, "regular", legend.credit_size, inks.ink2, "right", "credit")


def _draw_item(
    sign: LegendItem, x: int, base: int, size: SheetSize, inks: PosterColours
) -> Iterator[PosterMark]:
    middle = base - round(size.grow_size(LEGEND_SIZE) * 0.33 * UM_PER_POINT)
    wide, half = size.convert_mm(sign.room), size.convert_mm(1.05)
    kind, _, number = sign.kind.partition(":")
    if kind == "marker":
        yield from draw_marker(
            int(number), x + wide // 2, middle, StripPen(middle, size.unit, inks), inks.ink
        )
    elif kind == "span":
        yield PosterShape(list_corners(x, middle - half, wide, 2 * half), inks.ink)
    elif kind == "uncertain":
        dash = (size.convert_mm(0.85), size.convert_mm(0.55))
        yield PosterShape(
            list_corners(x, middle - half, wide, 2 * half),
            None,
            inks.ink,
            round(1.1 * UM_PER_POINT * size.unit),
            dash,
        )
    elif kind.startswith("bracket"):
        tall = size.convert_mm(1.9)
        points = (
            (x, middle - tall),
            (x, middle + tall),
            (x + wide, middle + tall),
            (x + wide, middle - tall),
        )
        broken = (size.convert_mm(1.0), size.convert_mm(0.8)) if kind == "bracket_about" else ()
        yield PosterLine(points, inks.ink, round(1.3 * UM_PER_POINT * size.unit), broken)
