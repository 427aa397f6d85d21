"""The inset: a dense stretch of the axis, magnified under a lens."""

from collections.abc import Iterator
from decimal import Decimal

from builders import writing
from builders.dates import Point as Moment
from builders.dates import civil
from builders.poster import strokes
from builders.poster.entries import Course
from builders.poster.inks import Inks
from builders.poster.layout import Inset
from builders.poster.marks import Line, Mark, Shape, Words, box
from builders.poster.setting import width
from builders.poster.sizes import Size
from builders.timeline import POINT, Scale, month_ticks, year_ticks

_CAPTION = 24.0
_NOTE = 14.0
_MONTH = 13.0
_ABOVE = 21.8  # mm on A2: from the axis to the first row
_BELOW = 9.4  # mm on A2: from the inset's line to its end


def frame_height(size: Size) -> int:
    """Return an inset's height without its rows."""
    return size.mm(_ABOVE + _BELOW)


def draw(inset: Inset, course: Course, size: Size, inks: Inks, axis: Scale, lower: int) -> Iterator[Mark]:
    """Draw the inset below the axis at `lower`."""
    mm, strip = size.mm, inset.strip
    y = lower + mm(_ABOVE) + strip.depth
    yield from _lens(inset, size, inks, axis, lower, y + mm(_BELOW) + strip.below)
    yield from _caption(inset, course, size, inks, axis, lower + mm(20.4))
    yield Line(((strip.scale.start, y), (strip.scale.end, y)), inks.ink, round(1.4 * POINT * size.unit))
    yield from _ticks(inset, course, size, inks, y)
    yield from strokes.draw(strip, strokes.Pen(y, size.unit, inks, glyphs=True))


def _lens(inset: Inset, size: Size, inks: Inks, axis: Scale, top: int, bottom: int) -> Iterator[Mark]:
    mm = size.mm
    start, end = axis.at(inset.first), axis.at(inset.last + 1)
    left, right = mm(12), size.width - mm(12)
    half = mm(1)
    yield Shape(
        (
            (start, top + half), (end, top + half), (end, top + mm(4)), (right, top + mm(13)),
            (right, bottom), (left, bottom), (left, top + mm(13)), (start, top + mm(4)),
        ),
        inks.band,
    )  # fmt: skip
    thick = round(1.2 * POINT * size.unit)
    for near, far in ((start, left), (end, right)):
        yield Line(
            ((near, top + half), (near, top + mm(4)), (far, top + mm(13)), (far, bottom)), inks.red, thick
        )
    yield Shape(box(start, top - half, end - start, 2 * half), inks.red)


def _caption(inset: Inset, course: Course, size: Size, inks: Inks, axis: Scale, base: int) -> Iterator[Mark]:
    words, unit = course.locale.poster, size.unit
    factor = inset.strip.scale.year / axis.year
    times = Decimal(round(factor)) if factor >= 10 else Decimal(round(factor * 10)) / 10
    first, last = (_moment(day, inset, course) for day in (inset.first, inset.last))
    text = words["inset"].format(first=first, last=last, n=writing.number(times, course.locale))
    x = size.mm(16)
    yield Words(x, base, text, "black", _CAPTION * unit, inks.red, owner="inset")
    x += width(text, "black", _CAPTION * unit) + size.mm(5)
    note = words["inset_note"].format(n=len(inset.strip.items))
    if x + width(note, "regular", _NOTE * unit) < size.width - size.mm(14):
        yield Words(x, base, note, "regular", _NOTE * unit, inks.ink, owner="inset:note")


def _moment(day: int, inset: Inset, course: Course) -> str:
    year, month, _ = civil(day)
    if _long(inset):
        return writing.year(year, course.locale)
    return writing.point(Moment(year, month, None, "month"), course.locale)


def _long(inset: Inset) -> bool:
    return inset.last - inset.first > 3 * 366


def _ticks(inset: Inset, course: Course, size: Size, inks: Inks, y: int) -> Iterator[Mark]:
    mm, unit, scale = size.mm, size.unit, inset.strip.scale
    y += inset.strip.below
    if _long(inset):
        for tick in year_ticks(scale, mm(30), mm(1.5)):
            yield Line(
                ((tick.at, y), (tick.at, y + mm((4.6, 3, 2)[tick.rank]))), inks.ink, _thick(tick.rank, unit)
            )
            if tick.rank == 0:
                text = writing.year(tick.year, course.locale)
                yield Words(tick.at + mm(1), y + mm(7), text, "semibold", _MONTH * unit, inks.ink)
        return
    months = month_ticks(scale)
    for i, tick in enumerate(months):
        yield Line(((tick.at, y), (tick.at, y + mm((4.6, 3)[tick.rank]))), inks.ink, _thick(tick.rank, unit))
        if tick.at >= scale.end - mm(2):
            continue
        following = months[i + 1].at if i + 1 < len(months) else scale.end
        name = course.locale.dates.months[tick.month - 1]
        if width(name, "semibold", _MONTH * unit) > following - tick.at - mm(2):
            name = course.locale.dates.short_months[tick.month - 1]
        if i == 0 or tick.month == 1:
            name += f" {writing.year(tick.year, course.locale)}"
        colour = inks.ink if tick.month == 1 else inks.ink2
        yield Words(
            (tick.at + following) // 2, y + mm(6.8), name, "semibold", _MONTH * unit, colour, "center"
        )


def _thick(rank: int, unit: float) -> int:
    return round((1.2, 0.8, 0.6)[rank] * POINT * unit)
