"""An upright poster's head: title, the eras' names in a row, their bars and numbers down the left side."""

from collections.abc import Iterator, Sequence

from builders.poster.entries import Course, Era
from builders.poster.head import (
    SQUARE,
    EraName,
    Head,
    bar_foot,
    bar_start,
    draw_title,
    era_rows,
    numbered_square,
    set_title,
)
from builders.poster.inks import Inks
from builders.poster.marks import Line, Mark, Patch, Words
from builders.poster.setting import balanced, width
from builders.poster.sizes import Size
from builders.theme import Theme
from builders.timeline import POINT, Scale, in_order

_SIZES = (1.0, 0.9, 0.8, 0.72, 0.64, 0.56, 0.5)  # of the theme's size for eras' names
_YEARS = 14.0
_BAR = 3.6  # mm on A2: the width of an era's bar


def head(course: Course, size: Size, theme: Theme) -> Head:
    """Return the head: the title as large as fits, and the eras' names side by side under it."""
    look, mm = theme.poster, size.mm
    left, right = mm(33), size.width - mm(12)
    years = width(course.years, "regular", look.years * size.unit)
    lines, points = set_title(course.title, look.title * size.unit, right - left - years - mm(10), size.wall)
    base = mm(30.8)
    below = base + round((len(lines) - 1) * points * 1.04 * POINT)
    names = _names(course.eras, look.era * size.unit, mm(12), right, mm(7))
    deepest = max(len(name.lines) for name in names)
    names_base = below + mm(12) + round((deepest - 1) * names[0].size * 1.04 * POINT)
    names_base += round(names[0].size * 0.66 * POINT)
    rows = era_rows(course.eras)
    axis = mm(12) + _square(size) + mm(3.0 + 6.4 + 4.8 * max(rows.values(), default=0))
    return Head(lines, points, names, rows, base, names_base, axis, names_base + mm(13.5))


def _square(size: Size) -> int:
    return round(_number(size) * SQUARE * POINT)


def _number(size: Size) -> float:
    """Return the size of an era's number beside its bar, as points of a name."""
    return 26 * size.unit


def _names(eras: Sequence[Era], largest: float, low: int, high: int, gap: int) -> tuple[EraName, ...]:
    """Set the names side by side across the sheet, as large as they fit in two lines, else in three."""
    found: tuple[EraName, ...] = ()
    for points in (largest * factor for factor in _SIZES):
        for count in (1, 2, 3):
            sets = _lines(eras, count, points)
            square = round(points * 1.06 * POINT)
            widths = [square + max(width(line, "black", points) for line in lines) for lines in sets]
            spare = high - low - sum(widths)
            between = spare // max(1, len(eras) - 1)
            lefts = [low + sum(widths[:i]) + i * max(gap, min(between, 3 * gap)) for i in range(len(eras))]
            found = tuple(
                EraName(era, lines, left, wide, points)
                for era, lines, left, wide in zip(eras, sets, lefts, widths, strict=True)
            )
            if spare >= gap * (len(eras) - 1):
                return found
    return found


def _lines(eras: Sequence[Era], count: int, points: float) -> list[tuple[str, ...]]:
    """Set each name in `count` lines, or in one that is no wider than the widest of the others."""
    sets = [balanced(era.title, count, "black", points) for era in eras]
    widest = max(width(line, "black", points) for lines in sets for line in lines)
    return [
        (era.title,) if width(era.title, "black", points) <= widest else lines
        for era, lines in zip(eras, sets, strict=True)
    ]


def draw(h: Head, course: Course, size: Size, theme: Theme, inks: Inks, axis: Scale) -> Iterator[Mark]:
    """Draw the head, and the eras' bars with their numbers."""
    yield from draw_title(h, course, size, theme, inks)
    for name in h.names:
        yield from _name(name, h, size, inks)
    for era in course.eras:
        start, end = axis.at(era.first), axis.at(era.last + 1)
        x = bar_start(era.index, h, size)
        hue, pattern = inks.hue(era.index), inks.pattern(era.index)
        yield Patch(x, start, size.mm(_BAR), end - start, pattern, hue, 1.05 * size.unit)
    yield from _numbers(h, course, size, inks, axis)


def _name(name: EraName, h: Head, size: Size, inks: Inks) -> Iterator[Mark]:
    """A name with its number; under it its bar's pattern and its years."""
    points, era = name.size, name.era
    step = round(points * 1.04 * POINT)
    first = h.names_base - (max(len(n.lines) for n in h.names) - 1) * step
    square = round(points * SQUARE * POINT)
    top = first - round(points * 0.33 * POINT) - square // 2
    yield from numbered_square(era, name.left, top, points, inks, owner=True)
    left = name.left + round(points * 1.06 * POINT)
    for i, line in enumerate(name.lines):
        yield Words(left, first + i * step, line, "black", points, inks.ink, owner=f"era:{era.index}")
    base = first + (len(name.lines) - 1) * step + size.mm(6.6)
    yield Words(left, base, era.years, "regular", _YEARS * size.unit, inks.ink2, owner=f"era:{era.index}")


def _numbers(h: Head, course: Course, size: Size, inks: Inks, axis: Scale) -> Iterator[Mark]:
    """The eras' numbers beside their bars, each as near to its bar's start as the others let it be."""
    square, mm = _square(size), size.mm
    wanted = [axis.at(era.first) for era in course.eras]
    tops = in_order(wanted, [square + mm(2)] * (len(wanted) - 1), axis.start, axis.end - square)
    for era, top in zip(course.eras, tops, strict=True):
        x, bar = mm(12) + square, bar_start(era.index, h, size)
        foot = bar_foot(era, h, size, axis)
        line = ((x, top + square // 2), (x + mm(1.4), top + square // 2), (x + mm(2.6), foot), (bar, foot))
        yield Line(line, inks.hue(era.index), round(1.4 * POINT * size.unit))
        yield from numbered_square(era, mm(12), top, _number(size), inks)
