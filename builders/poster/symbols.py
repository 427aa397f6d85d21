"""Markers, spans, brackets and labels: what an event looks like on its line."""

from collections.abc import Iterator
from dataclasses import dataclass

from builders.language.dates import Point as Moment
from builders.poster.label_text import (
    DATE_SIZE,
    LABEL_SIZES,
    LABEL_WEIGHTS,
    choose_description_size,
    measure_date_leading,
    measure_description_leading,
    measure_leading,
    measure_pieces,
    measure_width,
    split_lines,
)
from builders.poster.lanes import (
    PlacedEvent,
    Strip,
    is_bracket,
    is_span,
)
from builders.poster.shapes import (
    LYING_DIRECTION,
    PosterLine,
    PosterMark,
    PosterRing,
    PosterShape,
    PosterWords,
    TimeDirection,
    list_corners,
)
from builders.poster.style import PosterColours
from builders.timeline import UM_PER_MM, UM_PER_POINT

LANE_DASHES = ((), (7, 2.2), (1.6, 2), (9, 2, 1.6, 2), (3.5, 2), (7, 1.6, 1.2, 1.6, 1.2, 1.6))  # points on A2
_LEADER_WIDTH = 0.8  # points


@dataclass(frozen=True, slots=True)
class StripPen:
    """What a strip is drawn with: where its line lies across the axis, the sheet's unit, the inks."""

    line: int
    unit: float
    inks: PosterColours
    turn: TimeDirection = LYING_DIRECTION
    glyphs: bool = False  # a lane's sign beside each date: an inset holds all lanes

    def convert_mm(self, length: float) -> int:
        """Return µm on this sheet for a length on A2."""
        return round(length * UM_PER_MM * self.unit)

    def place_point(self, along: int, away: int) -> tuple[int, int]:
        """Return the point of the sheet that is so far along the axis and so far away from the line."""
        return self.turn.place_point(along, self.line + self.turn.away * away)

    def list_bar_corners(self, start: int, end: int, away: int, half: int) -> tuple[tuple[int, int], ...]:
        """Return the corners of a bar of twice `half`, so far away from the line."""
        middle = self.line + self.turn.away * away
        return self.turn.list_corners(start, end, middle - half, middle + half)


def draw_strip(strip: Strip, pen: StripPen) -> Iterator[PosterMark]:
    """Draw a strip's leaders, spans, markers and labels; its line is drawn by who knows what it is."""
    for item in strip.items:
        yield from _draw_leader(item, strip, pen)
    for item in strip.items:
        yield from _draw_span(item, strip, pen)
    for item in sorted(strip.items, key=lambda i: -i.entry.importance):
        x, y = pen.place_point(item.at, _measure_marker_distance(item, strip))
        yield from draw_marker(item.entry.importance, x, y, pen, pen.inks.get_hue(item.entry.section))
    for item in strip.items:
        yield from _draw_label(item, strip, pen)


def _measure_marker_distance(item: PlacedEvent, strip: Strip) -> int:
    """Return how far from the line an event's marker stands: further tracks lie behind it."""
    return -item.track * strip.metrics.track


def _draw_leader(item: PlacedEvent, strip: Strip, pen: StripPen) -> Iterator[PosterMark]:
    placed, m = item.placed, strip.metrics
    end = placed.bottom if pen.turn.upright else placed.top - m.row_gap
    points = [
        pen.place_point(placed.leader, end),
        pen.place_point(placed.leader, m.foot - pen.convert_mm(0.5)),
        pen.place_point(item.at, pen.convert_mm(1.2)),
    ]
    if item.track:
        points.append(pen.place_point(item.at, _measure_marker_distance(item, strip)))
    yield PosterLine(
        tuple(points), pen.inks.get_hue(item.entry.section), round(_LEADER_WIDTH * UM_PER_POINT * pen.unit)
    )


def _draw_span(item: PlacedEvent, strip: Strip, pen: StripPen) -> Iterator[PosterMark]:
    """What lasts is a bar, its uncertain ends outlined; a date known to a month or a year is a bracket."""
    date, scale, away = item.entry.date, strip.scale, _measure_marker_distance(item, strip)
    hue = pen.inks.get_hue(item.entry.section)
    if is_span(item.entry, scale, strip.metrics):
        start = scale.place_day(date.first) if date.start else scale.start
        end = scale.place_day(date.last + 1) if date.end else scale.end
        half = pen.convert_mm(1.05)
        core = _find_certain_days(date.start, date.end, date.approximate)
        certain = (scale.place_day(core[0]), scale.place_day(core[1] + 1)) if core else (start, start)
        edge = round(1.1 * UM_PER_POINT * pen.unit)
        if certain != (start, end):
            dash = (pen.convert_mm(0.85), pen.convert_mm(0.55))
            yield PosterShape(pen.list_bar_corners(start, end, away, half), pen.inks.ground, hue, edge, dash)
        if certain[0] < certain[1]:
            yield PosterShape(pen.list_bar_corners(*certain, away, half), hue, hue, edge)
    elif is_bracket(item.entry, scale, strip.metrics):
        yield from _draw_bracket(
            scale.place_day(date.first), scale.place_day(date.last + 1), away, pen, hue, date.approximate
        )


def _find_certain_days(start: Moment | None, end: Moment | None, approximate: bool) -> tuple[int, int] | None:
    """Return the days within which something lasted for certain."""
    if approximate or start is None or end is None:
        return None
    first = start.first if start.precision == "day" else start.last + 1
    last = end.last if end.precision == "day" else end.first - 1
    return (first, last) if first <= last else None


def _draw_bracket(
    start: int, end: int, away: int, pen: StripPen, hue: str, approximate: bool
) -> Iterator[PosterMark]:
    dash = (pen.convert_mm(1.0), pen.convert_mm(0.8)) if approximate else ()
    tall, width_ = pen.convert_mm(1.9), round(1.3 * UM_PER_POINT * pen.unit)
    near, far = away + tall, away - tall
    points = (
        pen.place_point(start, near),
        pen.place_point(start, far),
        pen.place_point(end, far),
        pen.place_point(end, near),
    )
    yield PosterLine(points, hue, width_, dash)


def draw_marker(importance: int, x: int, y: int, pen: StripPen, hue: str) -> Iterator[PosterMark]:
    """A square for what is decisive, a ring for what is important, a tick for context; with a white halo."""
    half, halo = pen.convert_mm(1.7), pen.convert_mm(0.35)
    if importance == 3:
        yield _make_box_around(x, y, half + halo, half + halo, pen.inks.ground)
        yield _make_box_around(x, y, half, half, hue)
    elif importance == 2:
        yield PosterRing(x, y, pen.convert_mm(1.7) + halo, pen.inks.ground)
        yield PosterRing(x, y, pen.convert_mm(1.35), pen.inks.ground, hue, round(2 * UM_PER_POINT * pen.unit))
    else:
        tick = pen.convert_mm(0.39)
        for thin, ink in ((tick + halo, pen.inks.ground), (tick, hue)):
            yield _make_box_around(x, y, *((half, thin) if pen.turn.upright else (thin, half)), ink)


def _make_box_around(x: int, y: int, half_width: int, half_height: int, ink: str) -> PosterShape:
    return PosterShape(list_corners(x - half_width, y - half_height, 2 * half_width, 2 * half_height), ink)


def _draw_label(item: PlacedEvent, strip: Strip, pen: StripPen) -> Iterator[PosterMark]:
    s, entry = item.set, item.entry
    owner = f"event:{entry.key}"
    side = 1 if item.after else -1
    align = "left" if item.after else "right"
    x, y = _place_label_corner(item, strip, pen)
    base = y + round(DATE_SIZE * s.scale * 0.78 * UM_PER_POINT)
    if s.number:
        yield PosterWords(
            x, base, str(item.number), "semibold", DATE_SIZE * s.scale, pen.inks.ink, align, owner
        )
        return
    yield from _draw_date(item, x, base, side, pen)
    y += measure_date_leading(s.scale) * (2 if s.stacked else 1)
    size = LABEL_SIZES[entry.importance] * s.scale
    step = measure_leading(entry.importance, s.scale)
    for i, pieces in enumerate(split_lines(entry, s.lines, LABEL_WEIGHTS[entry.importance], size)):
        at = y + i * step + round(size * 0.80 * UM_PER_POINT)
        if len(pieces) == 1:
            yield PosterWords(x, at, pieces[0].text, pieces[0].weight, size, pen.inks.ink, align, owner)
            continue
        left = x if item.after else x - measure_pieces(pieces, size)
        for piece in pieces:
            place = left + piece.left
            yield PosterWords(place, at, piece.text, piece.weight, size, pen.inks.ink, owner=owner)
    y += len(s.lines) * step
    for i, line in enumerate(s.description):
        at = (
            y
            + i * measure_description_leading(s.scale)
            + round(choose_description_size(s.scale) * 0.92 * UM_PER_POINT)
        )
        yield PosterWords(
            x, at, line, "regular", choose_description_size(s.scale), pen.inks.ink, align, owner
        )


def _place_label_corner(item: PlacedEvent, strip: Strip, pen: StripPen) -> tuple[int, int]:
    """Return where a label's words begin: at the leader's side, at the top."""
    placed, m = item.placed, strip.metrics
    if pen.turn.upright:
        return pen.place_point(placed.low, placed.bottom + m.text_gap)
    side = 1 if item.after else -1
    return pen.place_point(placed.leader + side * m.text_gap, placed.top - m.row_gap)


def _draw_date(item: PlacedEvent, x: int, base: int, side: int, pen: StripPen) -> Iterator[PosterMark]:
    """The date, in an inset beside its lane's sign; before a calendar's reform the Julian one with it."""
    s, entry = item.set, item.entry
    owner = f"event:{entry.key}"
    size = DATE_SIZE * s.scale
    if pen.glyphs:
        half = round(1500 * s.scale)
        yield from draw_lane_sign(
            entry.lane, x + side * half, base - round(size * 0.33 * UM_PER_POINT), half, pen.inks
        )
        x += side * round(4400 * s.scale)
    wide = measure_width(s.day, "semibold", size)
    old = measure_width(" " + s.old, "regular", size) if s.old and not s.stacked else 0
    space = old - measure_width(s.old, "regular", size) if old else 0
    left = x if side > 0 else x - wide - old
    yield PosterWords(left, base, s.day, "semibold", size, pen.inks.get_hue(entry.section), owner=owner)
    if s.stacked:
        under = base + measure_date_leading(s.scale)
        yield PosterWords(left, under, s.old, "regular", size, pen.inks.ink2, owner=owner)
    elif s.old:
        yield PosterWords(left + wide + space, base, s.old, "regular", size, pen.inks.ink2, owner=owner)


def draw_lane_sign(lane: int, x: int, y: int, half: int, inks: PosterColours) -> Iterator[PosterMark]:
    """A lane's sign around (x, y): square, ring, triangle, three bars, diamond, cross."""
    ink, ground = inks.ink, inks.ground
    bar = half * 2 // 5
    if lane == 0:
        yield PosterShape(list_corners(x - half, y - half, 2 * half, 2 * half), ink)
    elif lane == 1:
        yield PosterRing(x, y, half * 4 // 5, ground, ink, half * 11 // 20)
    elif lane == 2:
        yield PosterShape(
            ((x, y - half * 11 // 10), (x + half * 6 // 5, y + half), (x - half * 6 // 5, y + half)), ink
        )
    elif lane == 3:
        for step in (-1, 0, 1):
            top = y + step * half * 4 // 5 - bar // 2
            yield PosterShape(list_corners(x - half, top, 2 * half, bar), ink)
    elif lane == 4:
        out = half * 6 // 5
        yield PosterShape(
            ((x, y - out), (x + out, y), (x, y + out), (x - out, y)), ground, ink, half * 2 // 5
        )
    else:
        yield PosterShape(list_corners(x - half, y - bar, 2 * half, 2 * bar), ink)
        yield PosterShape(list_corners(x - bar, y - half, 2 * bar, 2 * half), ink)
