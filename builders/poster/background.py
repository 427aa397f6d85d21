"""What the labels stand on: the eras' bands, the axes with their ticks, the lanes with their names."""

from collections.abc import Iterator
from itertools import pairwise

from builders.poster import symbols
from builders.poster.label_text import measure_width
from builders.poster.lanes import Strip
from builders.poster.layout import PosterLayout
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterShape,
    PosterWords,
)
from builders.poster.sheet_frame import YEAR_SIZE, SheetPlan, make_ticks
from builders.poster.style import PosterColours
from builders.timeline import UM_PER_POINT

_HATCH_DISTANCE = 3.2  # mm on A2, between the lines over the time that two eras share


def place_lane_lines(s: SheetPlan, layout: PosterLayout) -> tuple[int, ...]:
    """Return where the lanes' lines lie across the axis; what is left of the sheet goes between them."""
    mm, frame = s.size.convert_mm, s.frame
    spare = max(0, frame.depth - layout.depth) // max(len(layout.lanes), 1)
    at = s.head.axis + (s.words + mm(6) if s.turn.upright else mm(6.2))
    lines = []
    for strip in layout.lanes:
        high = max(strip.depth, frame.least_lane) + spare
        before, behind = (strip.below, high) if s.turn.upright else (high, strip.below)
        lines.append(at + before)
        at += before + behind + frame.lane_gap
    return tuple(lines)


def place_foot_axis(s: SheetPlan, lines: tuple[int, ...], layout: PosterLayout) -> int:
    """Return where the lower, or right, axis lies."""
    if s.turn.upright:
        return _place_insets_start(s, layout) if layout.insets else s.size.width - s.size.convert_mm(12)
    below = layout.lanes[-1].below if layout.lanes else 0
    return lines[-1] + below + s.frame.lane_gap + s.size.convert_mm(4.5)


def _place_insets_start(s: SheetPlan, layout: PosterLayout) -> int:
    return s.size.width - s.size.convert_mm(12) - s.frame.inset_frame - _measure_deepest_inset(layout)


def _measure_deepest_inset(layout: PosterLayout) -> int:
    return max((inset.strip.depth + inset.strip.below for inset in layout.insets), default=0)


def place_insets_end(s: SheetPlan, lines: tuple[int, ...], layout: PosterLayout) -> int:
    """Return where the insets' frames end, across the axis."""
    return place_foot_axis(s, lines, layout) + s.frame.inset_frame + _measure_deepest_inset(layout)


def draw_bands(
    s: SheetPlan, lines: tuple[int, ...], layout: PosterLayout, inks: PosterColours
) -> Iterator[PosterMark]:
    """The eras' bands, and where two eras overlap."""
    near, far = s.head.axis, place_foot_axis(s, lines, layout)
    eras, at = s.course.eras, s.axis.place_day
    for era in eras:
        if era.index % 2:
            yield PosterShape(s.turn.list_corners(at(era.first), at(era.last + 1), near, far), inks.band)
    hair = round(0.6 * UM_PER_POINT * s.size.unit)
    for one, other in pairwise(sorted(eras, key=lambda era: era.first)):
        if other.first <= one.last:
            shared = at(other.first), at(min(one.last, other.last) + 1)
            yield from _draw_overlap(s, shared, (near, far), inks)
    dots = _choose_dots(inks)
    for era in eras:
        start = at(era.first)
        ends = s.turn.place_point(start, near - s.size.convert_mm(2)), s.turn.place_point(start, far)
        yield PosterLine(ends, inks.hair, hair, dots)


def _choose_dots(inks: PosterColours) -> tuple[int, ...]:
    """Return the dashes of a line behind words: dots, where all inks are black."""
    return (round(0.6 * UM_PER_POINT), round(3 * UM_PER_POINT)) if inks.hair == inks.ink else ()


def _draw_overlap(
    s: SheetPlan, along: tuple[int, int], across: tuple[int, int], inks: PosterColours
) -> Iterator[PosterMark]:
    """Hatch the time that two eras share."""
    start, end = along
    step, hair = s.size.convert_mm(_HATCH_DISTANCE), round(0.35 * UM_PER_POINT * s.size.unit)
    rise, (near, far) = end - start, across
    for at in range(near, far + rise, step):
        low, high = min(at, far), max(at - rise, near)
        if low > high:
            ends = s.turn.place_point(start + at - low, low), s.turn.place_point(start + at - high, high)
            yield PosterLine(ends, inks.hair, hair, _choose_dots(inks))


def draw_axes(
    s: SheetPlan, lines: tuple[int, ...], layout: PosterLayout, inks: PosterColours
) -> Iterator[PosterMark]:
    """The two axes: their ticks and words stand on the side of the lanes."""
    for across, inward in ((s.head.axis, 1), (place_foot_axis(s, lines, layout), -1)):
        ends = s.turn.place_point(s.axis.start, across), s.turn.place_point(s.axis.end, across)
        yield PosterLine(ends, inks.ink, round(1.4 * UM_PER_POINT * s.size.unit))
        for tick in make_ticks(s):
            length = s.size.convert_mm((3.2, 2.0, 1.1)[tick.rank]) * inward
            thick = round((1.2, 0.6, 0.6)[tick.rank] * UM_PER_POINT * s.size.unit)
            ends = s.turn.place_point(tick.at, across), s.turn.place_point(tick.at, across + length)
            yield PosterLine(ends, inks.ink, thick)
            if tick.rank == 0:
                yield from _draw_tick_text(s, tick.text, tick.at, across, inward, inks)


def _draw_tick_text(
    s: SheetPlan, text: str, along: int, across: int, inward: int, inks: PosterColours
) -> Iterator[PosterMark]:
    mm, points = s.size.convert_mm, YEAR_SIZE * s.size.unit
    if s.turn.upright:
        if along + mm(5.5) <= s.axis.end:
            align = "left" if inward > 0 else "right"
            yield PosterWords(
                across + inward * mm(2.5), along + mm(4.9), text, "bold", points, inks.ink, align
            )
    elif along + mm(1) + measure_width(text, "bold", points) <= s.size.width - mm(8):
        base = across + (mm(4.9) if inward > 0 else -mm(1.9))
        yield PosterWords(along + mm(1), base, text, "bold", points, inks.ink)


def draw_lane(s: SheetPlan, index: int, strip: Strip, line: int, inks: PosterColours) -> Iterator[PosterMark]:
    """A lane's line, sign and name, and all that stands on it."""
    mm, unit = s.size.convert_mm, s.size.unit
    dash = tuple(
        round(d * UM_PER_POINT * unit) for d in symbols.LANE_DASHES[index % len(symbols.LANE_DASHES)]
    )
    step = round(s.lane_size * 1.05 * UM_PER_POINT)
    names = s.names[index]
    if s.turn.upright:
        start, foot = s.axis.start - mm(3), s.axis.start - mm(5.6)
        x, y, left, last = line, foot - mm(2.0), line + mm(4.4), foot
    else:
        start = mm(12)
        x, y, left, last = start + mm(2.6), line - mm(7.4), start + mm(7.4), line - mm(5.4)
    ends = s.turn.place_point(start, line), s.turn.place_point(s.axis.end, line)
    yield PosterLine(ends, inks.ink, round(1.5 * UM_PER_POINT * unit), dash)
    yield from symbols.draw_lane_sign(index, x, y, mm(2.3), inks)
    for i, text in enumerate(names):
        base = last - (len(names) - 1 - i) * step
        yield PosterWords(left, base, text, "black", s.lane_size, inks.ink, owner=f"lane:{index}")
    yield from symbols.draw_strip(strip, symbols.StripPen(line, unit, inks, s.turn))
