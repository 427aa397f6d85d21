"""An upright poster's head: title, the eras' names in a row, their bars and numbers down the left side."""

from collections.abc import Iterator, Sequence

from builders.poster.content import Era, PosterContent
from builders.poster.head import (
    LEAST_LISTED_SIZE,
    SQUARE_SIDE,
    EraName,
    PosterHead,
    assign_era_rows,
    draw_numbered_square,
    draw_title,
    list_era_names,
    place_bar,
    place_leader_end,
    place_subtitle,
    set_subtitle,
    set_title,
)
from builders.poster.label_text import balance_lines, measure_width
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterPatch,
    PosterWords,
)
from builders.poster.style import PosterColours, SheetSize
from builders.theme.theme import Theme
from builders.timeline import UM_PER_POINT, Scale, space_in_order

_NAME_SIZES = (1.0, 0.9, 0.8, 0.72, 0.64, 0.56, 0.5)  # of the theme's size for eras' names
_YEARS_SIZE = 14.0
_BAR_WIDTH = 3.6  # mm on A2: the width of an era's bar


def make_upright_head(course: PosterContent, size: SheetSize, theme: Theme) -> PosterHead:
    """Return the head: the title as large as fits, and the eras' names side by side under it."""
    look, mm = theme.poster, size.convert_mm
    left, right = mm(33), size.width - mm(12)
    years = measure_width(course.years, "regular", look.years * size.unit)
    lines, points = set_title(course.title, look.title * size.unit, right - left - years - mm(10), size.wall)
    base = mm(30.8)
    subtitle = set_subtitle(course.subtitle, size, left + measure_width(lines[0], "black", points))
    below = place_subtitle(base, lines, points, len(subtitle), size)
    largest = look.era * size.unit
    told = [measure_width(era.years, "regular", _YEARS_SIZE * size.unit) for era in course.eras]
    names = _set_names(course.eras, told, largest, mm(12), right, mm(7))
    listed = not names
    if listed:
        least = max(largest * _NAME_SIZES[-1], LEAST_LISTED_SIZE)
        names = list_era_names(course.eras, least, mm(12), right, mm(7), mm(6.6), max(told))
    names_base = below + mm(12) + max(name.up for name in names)
    names_base += round(names[0].size * 0.66 * UM_PER_POINT)
    rows = assign_era_rows(course.eras)
    axis = mm(12) + _measure_square(size) + mm(3.0 + 6.4 + 4.8 * max(rows.values(), default=0))
    return PosterHead(
        lines, points, subtitle, names, listed, rows, base, names_base, axis, names_base + mm(13.5)
    )


def _measure_square(size: SheetSize) -> int:
    return round(_scale_number(size) * SQUARE_SIDE * UM_PER_POINT)


def _scale_number(size: SheetSize) -> float:
    """Return the size of an era's number beside its bar, as points of a name."""
    return 26 * size.unit


def _set_names(
    eras: Sequence[Era], years: Sequence[int], largest: float, low: int, high: int, gap: int
) -> tuple[EraName, ...]:
    """Set the names side by side across the sheet, as large as they fit in one to three lines.

    `years` are the widths of what stands under them, and may run into the gap. Nothing where they do not fit.
    """
    for points in (largest * factor for factor in _NAME_SIZES):
        for count in (1, 2, 3):
            sets = _break_names(eras, count, points)
            square = round(points * 1.06 * UM_PER_POINT)
            widths = [
                square + max(wide - gap // 2, *(measure_width(line, "black", points) for line in lines))
                for lines, wide in zip(sets, years, strict=True)
            ]
            spare = high - low - sum(widths)
            between = spare // max(1, len(eras) - 1)
            lefts = [low + sum(widths[:i]) + i * max(gap, min(between, 3 * gap)) for i in range(len(eras))]
            if spare >= gap * (len(eras) - 1):
                up = (max(map(len, sets)) - 1) * round(points * 1.04 * UM_PER_POINT)
                return tuple(
                    EraName(era, lines, left, wide, points, up)
                    for era, lines, left, wide in zip(eras, sets, lefts, widths, strict=True)
                )
    return ()


def _break_names(eras: Sequence[Era], count: int, points: float) -> list[tuple[str, ...]]:
    """Set each name in `count` lines, or in one that is no wider than the widest of the others."""
    sets = [balance_lines(era.title, count, "black", points) for era in eras]
    widest = max(measure_width(line, "black", points) for lines in sets for line in lines)
    return [
        (era.title,) if measure_width(era.title, "black", points) <= widest else lines
        for era, lines in zip(eras, sets, strict=True)
    ]


def draw_upright_head(
    h: PosterHead, course: PosterContent, size: SheetSize, theme: Theme, inks: PosterColours, axis: Scale
) -> Iterator[PosterMark]:
    """Draw the head, and the eras' bars with their numbers."""
    yield from draw_title(h, course, size, theme, inks)
    for name in h.names:
        yield from _draw_name(name, h, size, inks)
    for era in course.eras:
        start, end = axis.place_day(era.first), axis.place_day(era.last + 1)
        x = place_bar(era.index, h, size)
        hue, pattern = inks.get_hue(era.index), inks.get_pattern(era.index)
        yield PosterPatch(x, start, size.convert_mm(_BAR_WIDTH), end - start, pattern, hue, 1.05 * size.unit)
    yield from _draw_numbers(h, course, size, inks, axis)


def _draw_name(name: EraName, h: PosterHead, size: SheetSize, inks: PosterColours) -> Iterator[PosterMark]:
    """A name with its number; under it its bar's pattern and its years."""
    points, era = name.size, name.era
    step = round(points * 1.04 * UM_PER_POINT)
    first = h.names_base - name.up
    square = round(points * SQUARE_SIDE * UM_PER_POINT)
    top = first - round(points * 0.33 * UM_PER_POINT) - square // 2
    yield from draw_numbered_square(era, name.left, top, points, inks, owner=True)
    left = name.left + round(points * 1.06 * UM_PER_POINT)
    for i, line in enumerate(name.lines):
        yield PosterWords(left, first + i * step, line, "black", points, inks.ink, owner=f"era:{era.index}")
    base = first + (len(name.lines) - 1) * step + size.convert_mm(6.6)
    yield PosterWords(
        left, base, era.years, "regular", _YEARS_SIZE * size.unit, inks.ink2, owner=f"era:{era.index}"
    )


def _draw_numbers(
    h: PosterHead, course: PosterContent, size: SheetSize, inks: PosterColours, axis: Scale
) -> Iterator[PosterMark]:
    """The eras' numbers beside their bars, each as near to its bar's start as the others let it be."""
    square, mm = _measure_square(size), size.convert_mm
    eras = sorted(course.eras, key=lambda era: era.first)
    wanted = [axis.place_day(era.first) for era in eras]
    tops = space_in_order(wanted, [square + mm(2)] * (len(wanted) - 1), axis.start, axis.end - square)
    for era, top in zip(eras, tops, strict=True):
        x, bar = mm(12) + square, place_bar(era.index, h, size)
        foot = place_leader_end(era, h, size, axis)
        line = ((x, top + square // 2), (x + mm(1.4), top + square // 2), (x + mm(2.6), foot), (bar, foot))
        yield PosterLine(line, inks.get_hue(era.index), round(1.4 * UM_PER_POINT * size.unit))
        yield from draw_numbered_square(era, mm(12), top, _scale_number(size), inks)
