"""Markers, spans, brackets and labels: what an event looks like on its line."""

from collections.abc import Iterator
from dataclasses import dataclass

from builders.dates import Point as Moment
from builders.poster.inks import Inks
from builders.poster.marks import Line, Mark, Ring, Shape, Words, box
from builders.poster.setting import (
    DATE,
    DESCRIPTION,
    SIZES,
    WEIGHTS,
    date_leading,
    description_leading,
    leading,
    width,
)
from builders.poster.strips import Item, Strip, lasts
from builders.timeline import MM, POINT

LANE_DASHES = ((), (7, 2.2), (1.6, 2), (9, 2, 1.6, 2), (3.5, 2), (7, 1.6, 1.2, 1.6, 1.2, 1.6))  # points on A2
_LEADER = 0.8  # points


@dataclass(frozen=True, slots=True)
class Pen:
    """What a strip is drawn with: the line's height on the sheet, the sheet's unit, the inks."""

    y: int
    unit: float
    inks: Inks
    glyphs: bool = False  # a lane's sign beside each date: an inset holds all lanes

    def mm(self, length: float) -> int:
        """Return µm on this sheet for a length on A2."""
        return round(length * MM * self.unit)


def draw(strip: Strip, pen: Pen) -> Iterator[Mark]:
    """Draw a strip's leaders, spans, markers and labels; its line is drawn by who knows what it is."""
    for item in strip.items:
        yield from _leader(item, strip, pen)
    for item in strip.items:
        yield from _span(item, strip, pen)
    for item in sorted(strip.items, key=lambda i: -i.entry.importance):
        yield from marker(
            item.entry.importance, item.at, _line(item, strip, pen), pen, pen.inks.hue(item.entry.section)
        )
    for item in strip.items:
        yield from _label(item, strip, pen)


def _line(item: Item, strip: Strip, pen: Pen) -> int:
    return pen.y + item.track * strip.metrics.track


def _leader(item: Item, strip: Strip, pen: Pen) -> Iterator[Mark]:
    placed, m = item.placed, strip.metrics
    top = pen.y - placed.top + m.row_gap
    points = [
        (placed.leader, top),
        (placed.leader, pen.y - m.foot + pen.mm(0.5)),
        (item.at, pen.y - pen.mm(1.2)),
    ]
    if item.track:
        points.append((item.at, _line(item, strip, pen)))
    yield Line(tuple(points), pen.inks.hue(item.entry.section), round(_LEADER * POINT * pen.unit))


def _span(item: Item, strip: Strip, pen: Pen) -> Iterator[Mark]:
    """What lasts is a bar, its uncertain ends outlined; a date known to a month or a year is a bracket."""
    date, scale, y = item.entry.date, strip.scale, _line(item, strip, pen)
    hue = pen.inks.hue(item.entry.section)
    if lasts(item.entry, scale, strip.metrics):
        start = scale.at(date.first) if date.start else scale.start
        end = scale.at(date.last + 1) if date.end else scale.end
        half = pen.mm(1.05)
        core = _core(date.start, date.end, date.approximate)
        certain = (scale.at(core[0]), scale.at(core[1] + 1)) if core else (start, start)
        if certain != (start, end):
            thin, dash = round(1.1 * POINT * pen.unit), (pen.mm(0.85), pen.mm(0.55))
            yield Shape(box(start, y - half, end - start, 2 * half), pen.inks.ground, hue, thin, dash)
        if certain[0] < certain[1]:
            edge = round(1.1 * POINT * pen.unit)
            yield Shape(box(certain[0], y - half, certain[1] - certain[0], 2 * half), hue, hue, edge)
    elif scale.at(date.last + 1) - scale.at(date.first) > 2 * strip.metrics.marker:
        yield from _bracket(scale.at(date.first), scale.at(date.last + 1), y, pen, hue, date.approximate)


def _core(start: Moment | None, end: Moment | None, approximate: bool) -> tuple[int, int] | None:
    """Return the days within which something lasted for certain."""
    if approximate or start is None or end is None:
        return None
    first = start.first if start.precision == "day" else start.last + 1
    last = end.last if end.precision == "day" else end.first - 1
    return (first, last) if first <= last else None


def _bracket(start: int, end: int, y: int, pen: Pen, hue: str, approximate: bool) -> Iterator[Mark]:
    dash = (pen.mm(1.0), pen.mm(0.8)) if approximate else ()
    tall, width_ = pen.mm(1.9), round(1.3 * POINT * pen.unit)
    yield Line(((start, y - tall), (start, y + tall), (end, y + tall), (end, y - tall)), hue, width_, dash)


def marker(importance: int, x: int, y: int, pen: Pen, hue: str) -> Iterator[Mark]:
    """A square for what is decisive, a ring for what is important, a tick for context; with a white halo."""
    half, halo = pen.mm(1.7), pen.mm(0.35)
    if importance == 3:
        yield Shape(
            box(x - half - halo, y - half - halo, 2 * (half + halo), 2 * (half + halo)), pen.inks.ground
        )
        yield Shape(box(x - half, y - half, 2 * half, 2 * half), hue)
    elif importance == 2:
        yield Ring(x, y, pen.mm(1.7) + halo, pen.inks.ground)
        yield Ring(x, y, pen.mm(1.35), pen.inks.ground, hue, round(2 * POINT * pen.unit))
    else:
        tick = pen.mm(0.39)
        yield Shape(box(x - tick - halo, y - half, 2 * (tick + halo), 2 * half), pen.inks.ground)
        yield Shape(box(x - tick, y - half, 2 * tick, 2 * half), hue)


def _label(item: Item, strip: Strip, pen: Pen) -> Iterator[Mark]:
    s, entry, placed = item.set, item.entry, item.placed
    owner = f"event:{entry.key}"
    side = 1 if item.after else -1
    align = "left" if item.after else "right"
    x = placed.leader + side * strip.metrics.text_gap
    y = pen.y - placed.top + strip.metrics.row_gap
    base = y + round(DATE * s.scale * 0.78 * POINT)
    if s.number:
        yield Words(x, base, str(item.number), "semibold", DATE * s.scale, pen.inks.ink, align, owner)
        return
    yield from _head(item, x, base, side, pen)
    y += date_leading(s.scale)
    size = SIZES[entry.importance] * s.scale
    step = leading(entry.importance, s.scale)
    for i, line in enumerate(s.lines):
        at = y + i * step + round(size * 0.80 * POINT)
        yield Words(x, at, line, WEIGHTS[entry.importance], size, pen.inks.ink, align, owner)
    y += len(s.lines) * step
    for i, line in enumerate(s.description):
        at = y + i * description_leading(s.scale) + round(DESCRIPTION * s.scale * 0.92 * POINT)
        yield Words(x, at, line, "regular", DESCRIPTION * s.scale, pen.inks.ink, align, owner)


def _head(item: Item, x: int, base: int, side: int, pen: Pen) -> Iterator[Mark]:
    """The date, in the section's hue, the Julian date behind it, a lane's sign before it."""
    s, entry = item.set, item.entry
    owner, size = f"event:{entry.key}", DATE * s.scale
    if pen.glyphs:
        half = round(1500 * s.scale)
        yield from glyph(entry.lane, x + side * half, base - round(size * 0.33 * POINT), half, pen.inks)
        x += side * round(4400 * s.scale)
    wide = width(s.day, "semibold", size)
    old = width(" " + s.old, "regular", size) if s.old else 0
    space = old - width(s.old, "regular", size) if s.old else 0
    left = x if side > 0 else x - wide - old
    yield Words(left, base, s.day, "semibold", size, pen.inks.hue(entry.section), owner=owner)
    if s.old:
        yield Words(left + wide + space, base, s.old, "regular", size, pen.inks.ink2, owner=owner)


def glyph(lane: int, x: int, y: int, half: int, inks: Inks) -> Iterator[Mark]:
    """A lane's sign around (x, y): square, ring, triangle, three bars, diamond, cross."""
    ink, ground = inks.ink, inks.ground
    bar = half * 2 // 5
    if lane == 0:
        yield Shape(box(x - half, y - half, 2 * half, 2 * half), ink)
    elif lane == 1:
        yield Ring(x, y, half * 4 // 5, ground, ink, half * 11 // 20)
    elif lane == 2:
        yield Shape(
            ((x, y - half * 11 // 10), (x + half * 6 // 5, y + half), (x - half * 6 // 5, y + half)), ink
        )
    elif lane == 3:
        for step in (-1, 0, 1):
            top = y + step * half * 4 // 5 - bar // 2
            yield Shape(box(x - half, top, 2 * half, bar), ink)
    elif lane == 4:
        out = half * 6 // 5
        yield Shape(((x, y - out), (x + out, y), (x, y + out), (x - out, y)), ground, ink, half * 2 // 5)
    else:
        yield Shape(box(x - half, y - bar, 2 * half, 2 * bar), ink)
        yield Shape(box(x - bar, y - half, 2 * bar, 2 * half), ink)
