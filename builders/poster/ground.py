"""What the labels stand on: the eras' bands, the axes with their ticks, the lanes with their names."""

from collections.abc import Iterator
from itertools import pairwise

from builders import writing
from builders.poster import strokes
from builders.poster.inks import Inks
from builders.poster.layout import Layout
from builders.poster.marks import Line, Mark, Shape, Words
from builders.poster.setting import width
from builders.poster.stage import YEAR, Stage, ticks
from builders.poster.strips import Strip
from builders.timeline import POINT

_HATCH = 3.2  # mm on A2, between the lines over the time that two eras share


def lane_lines(s: Stage, layout: Layout) -> tuple[int, ...]:
    """Return where the lanes' lines lie across the axis; what is left of the sheet goes between them."""
    mm, frame = s.size.mm, s.frame
    spare = max(0, frame.depth - layout.depth) // max(len(layout.lanes), 1)
    at = s.head.axis + (s.words + mm(6) if s.turn.upright else mm(6.2))
    lines = []
    for strip in layout.lanes:
        high = max(strip.depth, frame.least_lane) + spare
        before, behind = (strip.below, high) if s.turn.upright else (high, strip.below)
        lines.append(at + before)
        at += before + behind + frame.lane_gap
    return tuple(lines)


def foot_axis(s: Stage, lines: tuple[int, ...], layout: Layout) -> int:
    """Return where the lower, or right, axis lies."""
    if s.turn.upright:
        return _insets_start(s, layout) if layout.insets else s.size.width - s.size.mm(12)
    below = layout.lanes[-1].below if layout.lanes else 0
    return lines[-1] + below + s.frame.lane_gap + s.size.mm(4.5)


def _insets_start(s: Stage, layout: Layout) -> int:
    return s.size.width - s.size.mm(12) - s.frame.inset_frame - _deepest(layout)


def _deepest(layout: Layout) -> int:
    return max((inset.strip.depth + inset.strip.below for inset in layout.insets), default=0)


def insets_end(s: Stage, lines: tuple[int, ...], layout: Layout) -> int:
    """Return where the insets' frames end, across the axis."""
    return foot_axis(s, lines, layout) + s.frame.inset_frame + _deepest(layout)


def bands(s: Stage, lines: tuple[int, ...], layout: Layout, inks: Inks) -> Iterator[Mark]:
    """The eras' bands, and where two eras overlap."""
    near, far = s.head.axis, foot_axis(s, lines, layout)
    eras, at = s.course.eras, s.axis.at
    for era in eras:
        if era.index % 2:
            yield Shape(s.turn.box(at(era.first), at(era.last + 1), near, far), inks.band)
    hair = round(0.6 * POINT * s.size.unit)
    for one, other in pairwise(eras):
        if other.first <= one.last:
            shared = at(other.first), at(min(one.last, other.last) + 1)
            yield from _overlap(s, shared, (near, far), inks)
    dots = _dots(inks)
    for era in eras:
        start = at(era.first)
        ends = s.turn.at(start, near - s.size.mm(2)), s.turn.at(start, far)
        yield Line(ends, inks.hair, hair, dots)


def _dots(inks: Inks) -> tuple[int, ...]:
    """Return the dashes of a line behind words: dots, where all inks are black."""
    return (round(0.6 * POINT), round(3 * POINT)) if inks.hair == inks.ink else ()


def _overlap(s: Stage, along: tuple[int, int], across: tuple[int, int], inks: Inks) -> Iterator[Mark]:
    """Hatch the time that two eras share."""
    start, end = along
    step, hair = s.size.mm(_HATCH), round(0.35 * POINT * s.size.unit)
    rise, (near, far) = end - start, across
    for at in range(near, far + rise, step):
        low, high = min(at, far), max(at - rise, near)
        if low > high:
            ends = s.turn.at(start + at - low, low), s.turn.at(start + at - high, high)
            yield Line(ends, inks.hair, hair, _dots(inks))


def axes(s: Stage, lines: tuple[int, ...], layout: Layout, inks: Inks) -> Iterator[Mark]:
    """The two axes: their ticks and words stand on the side of the lanes."""
    for across, inward in ((s.head.axis, 1), (foot_axis(s, lines, layout), -1)):
        ends = s.turn.at(s.axis.start, across), s.turn.at(s.axis.end, across)
        yield Line(ends, inks.ink, round(1.4 * POINT * s.size.unit))
        for tick in ticks(s):
            length = s.size.mm((3.2, 2.0, 1.1)[tick.rank]) * inward
            thick = round((1.2, 0.6, 0.6)[tick.rank] * POINT * s.size.unit)
            ends = s.turn.at(tick.at, across), s.turn.at(tick.at, across + length)
            yield Line(ends, inks.ink, thick)
            if tick.rank == 0:
                text = writing.year(tick.year, s.course.locale)
                yield from _year(s, text, tick.at, across, inward, inks)


def _year(s: Stage, text: str, along: int, across: int, inward: int, inks: Inks) -> Iterator[Mark]:
    mm, points = s.size.mm, YEAR * s.size.unit
    if s.turn.upright:
        if along + mm(5.5) <= s.axis.end:
            align = "left" if inward > 0 else "right"
            yield Words(across + inward * mm(2.5), along + mm(4.9), text, "bold", points, inks.ink, align)
    elif along + mm(1) + width(text, "bold", points) <= s.size.width - mm(8):
        base = across + (mm(4.9) if inward > 0 else -mm(1.9))
        yield Words(along + mm(1), base, text, "bold", points, inks.ink)


def lane(s: Stage, index: int, strip: Strip, line: int, inks: Inks) -> Iterator[Mark]:
    """A lane's line, sign and name, and all that stands on it."""
    mm, unit = s.size.mm, s.size.unit
    dash = tuple(round(d * POINT * unit) for d in strokes.LANE_DASHES[index % len(strokes.LANE_DASHES)])
    step = round(s.lane_size * 1.05 * POINT)
    names = s.names[index]
    if s.turn.upright:
        start, foot = s.axis.start - mm(3), s.axis.start - mm(5.6)
        x, y, left, last = line, foot - mm(2.0), line + mm(4.4), foot
    else:
        start = mm(12)
        x, y, left, last = start + mm(2.6), line - mm(7.4), start + mm(7.4), line - mm(5.4)
    ends = s.turn.at(start, line), s.turn.at(s.axis.end, line)
    yield Line(ends, inks.ink, round(1.5 * POINT * unit), dash)
    yield from strokes.glyph(index, x, y, mm(2.3), inks)
    for i, text in enumerate(names):
        base = last - (len(names) - 1 - i) * step
        yield Words(left, base, text, "black", s.lane_size, inks.ink, owner=f"lane:{index}")
    yield from strokes.draw(strip, strokes.Pen(line, unit, inks, s.turn))
