"""Markers, spans, brackets and labels: what an event looks like on its line."""

from collections.abc import Iterator
from dataclasses import dataclass

from builders.dates import Point as Moment
from builders.poster.inks import Inks
from builders.poster.marks import Line, Mark, Ring, Shape, Words, box
from builders.poster.setting import (
    DATE,
    SIZES,
    WEIGHTS,
    date_leading,
    description_leading,
    description_size,
    leading,
    width,
)
from builders.poster.strips import Item, Strip, bracketed, lasts
from builders.poster.turn import LYING, Turn
from builders.timeline import MM, POINT

LANE_DASHES = ((), (7, 2.2), (1.6, 2), (9, 2, 1.6, 2), (3.5, 2), (7, 1.6, 1.2, 1.6, 1.2, 1.6))  # points on A2
_LEADER = 0.8  # points


@dataclass(frozen=True, slots=True)
class Pen:
    """What a strip is drawn with: where its line lies across the axis, the sheet's unit, the inks."""

    line: int
    unit: float
    inks: Inks
    turn: Turn = LYING
    glyphs: bool = False  # a lane's sign beside each date: an inset holds all lanes

    def mm(self, length: float) -> int:
        """Return µm on this sheet for a length on A2."""
        return round(length * MM * self.unit)

    def at(self, along: int, away: int) -> tuple[int, int]:
        """Return the point of the sheet that is so far along the axis and so far away from the line."""
        return self.turn.at(along, self.line + self.turn.away * away)

    def box(self, start: int, end: int, away: int, half: int) -> tuple[tuple[int, int], ...]:
        """Return the corners of a bar of twice `half`, so far away from the line."""
        middle = self.line + self.turn.away * away
        return self.turn.box(start, end, middle - half, middle + half)


def draw(strip: Strip, pen: Pen) -> Iterator[Mark]:
    """Draw a strip's leaders, spans, markers and labels; its line is drawn by who knows what it is."""
    for item in strip.items:
        yield from _leader(item, strip, pen)
    for item in strip.items:
        yield from _span(item, strip, pen)
    for item in sorted(strip.items, key=lambda i: -i.entry.importance):
        x, y = pen.at(item.at, _away(item, strip))
        yield from marker(item.entry.importance, x, y, pen, pen.inks.hue(item.entry.section))
    for item in strip.items:
        yield from _label(item, strip, pen)


def _away(item: Item, strip: Strip) -> int:
    """Return how far from the line an event's marker stands: further tracks lie behind it."""
    return -item.track * strip.metrics.track


def _leader(item: Item, strip: Strip, pen: Pen) -> Iterator[Mark]:
    placed, m = item.placed, strip.metrics
    end = placed.bottom if pen.turn.upright else placed.top - m.row_gap
    points = [
        pen.at(placed.leader, end),
        pen.at(placed.leader, m.foot - pen.mm(0.5)),
        pen.at(item.at, pen.mm(1.2)),
    ]
    if item.track:
        points.append(pen.at(item.at, _away(item, strip)))
    yield Line(tuple(points), pen.inks.hue(item.entry.section), round(_LEADER * POINT * pen.unit))


def _span(item: Item, strip: Strip, pen: Pen) -> Iterator[Mark]:
    """What lasts is a bar, its uncertain ends outlined; a date known to a month or a year is a bracket."""
    date, scale, away = item.entry.date, strip.scale, _away(item, strip)
    hue = pen.inks.hue(item.entry.section)
    if lasts(item.entry, scale, strip.metrics):
        start = scale.at(date.first) if date.start else scale.start
        end = scale.at(date.last + 1) if date.end else scale.end
        half = pen.mm(1.05)
        core = _core(date.start, date.end, date.approximate)
        certain = (scale.at(core[0]), scale.at(core[1] + 1)) if core else (start, start)
        edge = round(1.1 * POINT * pen.unit)
        if certain != (start, end):
            dash = (pen.mm(0.85), pen.mm(0.55))
            yield Shape(pen.box(start, end, away, half), pen.inks.ground, hue, edge, dash)
        if certain[0] < certain[1]:
            yield Shape(pen.box(*certain, away, half), hue, hue, edge)
    elif bracketed(item.entry, scale, strip.metrics):
        yield from _bracket(scale.at(date.first), scale.at(date.last + 1), away, pen, hue, date.approximate)


def _core(start: Moment | None, end: Moment | None, approximate: bool) -> tuple[int, int] | None:
    """Return the days within which something lasted for certain."""
    if approximate or start is None or end is None:
        return None
    first = start.first if start.precision == "day" else start.last + 1
    last = end.last if end.precision == "day" else end.first - 1
    return (first, last) if first <= last else None


def _bracket(start: int, end: int, away: int, pen: Pen, hue: str, approximate: bool) -> Iterator[Mark]:
    dash = (pen.mm(1.0), pen.mm(0.8)) if approximate else ()
    tall, width_ = pen.mm(1.9), round(1.3 * POINT * pen.unit)
    near, far = away + tall, away - tall
    points = (pen.at(start, near), pen.at(start, far), pen.at(end, far), pen.at(end, near))
    yield Line(points, hue, width_, dash)


def marker(importance: int, x: int, y: int, pen: Pen, hue: str) -> Iterator[Mark]:
    """A square for what is decisive, a ring for what is important, a tick for context; with a white halo."""
    half, halo = pen.mm(1.7), pen.mm(0.35)
    if importance == 3:
        yield _around(x, y, half + halo, half + halo, pen.inks.ground)
        yield _around(x, y, half, half, hue)
    elif importance == 2:
        yield Ring(x, y, pen.mm(1.7) + halo, pen.inks.ground)
        yield Ring(x, y, pen.mm(1.35), pen.inks.ground, hue, round(2 * POINT * pen.unit))
    else:
        tick = pen.mm(0.39)
        for thin, ink in ((tick + halo, pen.inks.ground), (tick, hue)):
            yield _around(x, y, *((half, thin) if pen.turn.upright else (thin, half)), ink)


def _around(x: int, y: int, half_width: int, half_height: int, ink: str) -> Shape:
    return Shape(box(x - half_width, y - half_height, 2 * half_width, 2 * half_height), ink)


def _label(item: Item, strip: Strip, pen: Pen) -> Iterator[Mark]:
    s, entry = item.set, item.entry
    owner = f"event:{entry.key}"
    side = 1 if item.after else -1
    align = "left" if item.after else "right"
    x, y = _corner(item, strip, pen)
    base = y + round(DATE * s.scale * 0.78 * POINT)
    if s.number:
        yield Words(x, base, str(item.number), "semibold", DATE * s.scale, pen.inks.ink, align, owner)
        return
    yield from _head(item, x, base, side, pen)
    y += date_leading(s.scale) * (2 if s.stacked else 1)
    size = SIZES[entry.importance] * s.scale
    step = leading(entry.importance, s.scale)
    for i, line in enumerate(s.lines):
        at = y + i * step + round(size * 0.80 * POINT)
        yield Words(x, at, line, WEIGHTS[entry.importance], size, pen.inks.ink, align, owner)
    y += len(s.lines) * step
    for i, line in enumerate(s.description):
        at = y + i * description_leading(s.scale) + round(description_size(s.scale) * 0.92 * POINT)
        yield Words(x, at, line, "regular", description_size(s.scale), pen.inks.ink, align, owner)


def _corner(item: Item, strip: Strip, pen: Pen) -> tuple[int, int]:
    """Return where a label's words begin: at the leader's side, at the top."""
    placed, m = item.placed, strip.metrics
    if pen.turn.upright:
        return pen.at(placed.low, placed.bottom + m.text_gap)
    side = 1 if item.after else -1
    return pen.at(placed.leader + side * m.text_gap, placed.top - m.row_gap)


def _head(item: Item, x: int, base: int, side: int, pen: Pen) -> Iterator[Mark]:
    """The date, in an inset beside its lane's sign; before a calendar's reform the Julian one with it."""
    s, entry = item.set, item.entry
    owner = f"event:{entry.key}"
    size = DATE * s.scale
    if pen.glyphs:
        half = round(1500 * s.scale)
        yield from glyph(entry.lane, x + side * half, base - round(size * 0.33 * POINT), half, pen.inks)
        x += side * round(4400 * s.scale)
    wide = width(s.day, "semibold", size)
    old = width(" " + s.old, "regular", size) if s.old and not s.stacked else 0
    space = old - width(s.old, "regular", size) if old else 0
    left = x if side > 0 else x - wide - old
    yield Words(left, base, s.day, "semibold", size, pen.inks.hue(entry.section), owner=owner)
    if s.stacked:
        under = base + date_leading(s.scale)
        yield Words(left, under, s.old, "regular", size, pen.inks.ink2, owner=owner)
    elif s.old:
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
