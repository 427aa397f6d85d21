"""The poster as a plan: every line, shape and word in its place, in µm from the upper left corner; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from builders import writing
from builders.dates import civil
from builders.options import Options
from builders.outline import Outline
from builders.poster import foot, head, key, strokes
from builders.poster.entries import Course, course
from builders.poster.fit import fit
from builders.poster.inks import Inks, inks
from builders.poster.inset import draw as draw_inset
from builders.poster.inset import frame_height
from builders.poster.layout import FEW, Frame, Layout
from builders.poster.marks import Line, Mark, Shape, Words, box
from builders.poster.setting import width, wrapped
from builders.poster.sizes import Size, size, units
from builders.poster.squeeze import squeeze
from builders.poster.strips import Strip
from builders.timeline import POINT, Scale, Tick, round_years, year_ticks

_LANE_SIZES = (17.0, 16.0, 15.0, 14.0)  # points on A2
_LANE_ROOM = 30.0  # mm on A2: for a lane's name, right of its sign
_YEAR = 14.0
_HATCH = 3.2  # mm on A2, between the lines over the time that two eras share


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster: its marks in the order in which they are drawn, and what they say."""

    course: Course
    size: Size
    layout: Layout
    marks: tuple[Mark, ...]
    lines: tuple[int, ...]  # of the lanes, µm from the top
    axis: Scale


def plan(outline: Outline, options: Options) -> Poster:
    """Return the poster of `outline` in one language. Raises OutlineFaults where it is too full."""
    said = course(outline, options.lang)
    whole = size(options.poster_size, options.portrait)
    tried = units(whole)[:: 1 if len(said.entries) <= FEW else 2]
    stages = (_stage(said, replace(whole, unit=unit), options) for unit in tried)
    for stage in stages:
        layout = fit(said, stage.size, stage.frame, stage.least)
        if layout:
            return _drawn(stage, layout, options)
    return _drawn(stage, squeeze(said, stage.size, stage.frame, stage.least), options)


@dataclass(frozen=True, slots=True)
class _Stage:
    """What stands before any label is placed."""

    course: Course
    size: Size
    axis: Scale
    head: head.Head
    lane_size: float  # points
    names: tuple[tuple[str, ...], ...]
    frame: Frame
    legend_top: int
    least: float  # the smallest scale of the type


def _stage(said: Course, sheet: Size, options: Options) -> _Stage:
    axis = axis_of(said, sheet)
    top = head.head(said, sheet, options.theme, axis)
    least = sheet.least(options.theme.poster.label_min) / 14
    points, names = _lane_names(said.lanes, sheet)
    widest = foot.legend(said, sheet, axis, None, least)
    legend_top = sheet.height - foot.height(widest, sheet) - sheet.mm(7)
    name_height = round(max(len(name) for name in names) * points * 1.05 * POINT)
    frame = _frame(sheet, axis, top.axis, legend_top, name_height)
    return _Stage(said, sheet, axis, top, points, names, frame, legend_top, least)


def _drawn(stage: _Stage, layout: Layout, options: Options) -> Poster:
    ink = inks(options.theme, options)
    legend = foot.legend(stage.course, stage.size, stage.axis, layout, stage.least)
    legend_top = stage.size.height - foot.height(legend, stage.size) - stage.size.mm(7)
    gained = legend_top - stage.legend_top  # lines of the legend that were not needed
    frame = replace(stage.frame, height=stage.frame.height + gained)
    drawing = _Drawing(replace(stage, frame=frame, legend_top=legend_top), layout, ink)
    lines = drawing.lane_lines()
    marks = (
        *drawing.ground(lines),
        *head.draw(stage.head, stage.course, stage.size, options.theme, ink, stage.axis),
        *drawing.body(lines),
        *foot.draw(legend, stage.size, ink),
    )
    return Poster(stage.course, stage.size, layout, marks, lines, stage.axis)


def axis_of(said: Course, sheet: Size) -> Scale:
    """Return the axis: round years around all eras and events, with room for a marker at both ends."""
    first = min([era.first for era in said.eras] + [e.first for e in said.entries])
    last = max([era.last for era in said.eras] + [e.last for e in said.entries])
    margin = (last - first) // 150 + 1
    low, high = round_years(first - margin, last + margin)
    start = sheet.mm(50)
    return Scale(low, high, start, sheet.width - sheet.mm(12) - start)


def _frame(sheet: Size, axis: Scale, top: int, legend_top: int, name_height: int) -> Frame:
    mm = sheet.mm
    return Frame(
        axis=axis,
        low=axis.start - mm(1),
        high=sheet.width - mm(10),
        inset_low=mm(18),
        inset_high=sheet.width - mm(30),
        height=legend_top - top - mm(6.2) - mm(8.5),
        lane_gap=mm(3.2),
        least_lane=mm(7) + name_height,
        inset_frame=frame_height(sheet),
        key_width=sheet.width - 2 * mm(12),
        key_size=sheet.least(foot.CREDIT),
    )


def _lane_names(names: Sequence[str], sheet: Size) -> tuple[float, tuple[tuple[str, ...], ...]]:
    """Return the size of the lanes' names, and their lines: two, where a smaller size makes that possible."""
    room = sheet.mm(_LANE_ROOM)
    lines: tuple[tuple[str, ...], ...] = ()
    for points in (one * sheet.unit for one in _LANE_SIZES):
        lines = tuple(wrapped(name, room, "black", points) for name in names)
        fits = all(width(line, "black", points) <= room for name in lines for line in name)
        if fits and max(map(len, lines)) <= 2:
            return points, lines
    return _LANE_SIZES[-1] * sheet.unit, lines


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What the parts of the drawing share."""

    stage: _Stage
    layout: Layout
    inks: Inks

    def lane_lines(self) -> tuple[int, ...]:
        """Return the heights of the lanes' lines; what is left of the sheet goes between them."""
        spare = max(0, self.stage.frame.height - self.layout.height) // max(len(self.layout.lanes), 1)
        y = self.stage.head.axis + self.stage.size.mm(6.2)
        lines = []
        for strip in self.layout.lanes:
            y += max(strip.depth, self.stage.frame.least_lane) + spare
            lines.append(y)
            y += strip.below + self.stage.frame.lane_gap
        return tuple(lines)

    def foot_axis(self, lines: tuple[int, ...]) -> int:
        """Return the height of the lower axis."""
        below = self.layout.lanes[-1].below if self.layout.lanes else 0
        return lines[-1] + below + self.stage.frame.lane_gap + self.stage.size.mm(4.5)

    def ground(self, lines: tuple[int, ...]) -> Iterator[Mark]:
        """The eras' bands, and where two eras overlap."""
        top, bottom = self.stage.head.axis, self.foot_axis(lines)
        eras, at = self.stage.course.eras, self.stage.axis.at
        for era in eras:
            if era.index % 2:
                start = at(era.first)
                yield Shape(box(start, top, at(era.last + 1) - start, bottom - top), self.inks.band)
        hair = round(0.6 * POINT * self.stage.size.unit)
        for one, other in pairwise(eras):
            if other.first <= one.last:
                yield from self._overlap(at(other.first), at(min(one.last, other.last) + 1), top, bottom)
        dots = (round(0.6 * POINT), round(3 * POINT)) if self.inks.hair == self.inks.ink else ()
        for era in eras:
            start = at(era.first)
            yield Line(((start, top - self.stage.size.mm(2)), (start, bottom)), self.inks.hair, hair, dots)

    def _overlap(self, start: int, end: int, top: int, bottom: int) -> Iterator[Mark]:
        """Hatch the time that two eras share."""
        step, hair = self.stage.size.mm(_HATCH), round(0.35 * POINT * self.stage.size.unit)
        rise = end - start
        for y in range(top, bottom + rise, step):
            low, high = min(y, bottom), max(y - rise, top)
            if low > high:
                yield Line(((start + y - low, low), (start + y - high, high)), self.inks.hair, hair)

    def body(self, lines: tuple[int, ...]) -> Iterator[Mark]:
        """The axes, the lanes, the inset and the key."""
        lower = self.foot_axis(lines)
        yield from self._axis(self.stage.head.axis, down=True)
        yield from self._axis(lower, down=False)
        for i, (strip, y) in enumerate(zip(self.layout.lanes, lines, strict=True)):
            yield from self._lane(i, strip, y)
        if self.layout.inset:
            yield from draw_inset(
                self.layout.inset, self.stage.course, self.stage.size, self.inks, self.stage.axis, lower
            )
        if self.layout.key:
            room, size = self.stage.frame.key_width, self.stage.frame.key_size
            count = len(key.key_lines(self.layout.key, self.stage.course, size, room))
            top = self.stage.legend_top - count * key.key_leading(size)
            yield from key.draw(
                self.layout.key, self.stage.course, self.stage.size.mm(12), top, room, size, self.inks
            )

    def _axis(self, y: int, down: bool) -> Iterator[Mark]:
        mm, unit = self.stage.size.mm, self.stage.size.unit
        yield Line(
            ((self.stage.axis.start, y), (self.stage.axis.end, y)), self.inks.ink, round(1.4 * POINT * unit)
        )
        sign = 1 if down else -1
        for tick in ticks(self.stage.course, self.stage.size, self.stage.axis):
            length = mm((3.2, 2.0, 1.1)[tick.rank]) * sign
            thick = round((1.2, 0.6, 0.6)[tick.rank] * POINT * unit)
            yield Line(((tick.at, y), (tick.at, y + length)), self.inks.ink, thick)
            if tick.rank == 0:
                text = writing.year(tick.year, self.stage.course.locale)
                if tick.at + mm(1) + width(text, "bold", _YEAR * unit) > self.stage.size.width - mm(8):
                    continue
                base = y + (mm(4.9) if down else -mm(1.9))
                yield Words(tick.at + mm(1), base, text, "bold", _YEAR * unit, self.inks.ink)

    def _lane(self, index: int, strip: Strip, y: int) -> Iterator[Mark]:
        mm, unit = self.stage.size.mm, self.stage.size.unit
        dash = tuple(round(d * POINT * unit) for d in strokes.LANE_DASHES[index % len(strokes.LANE_DASHES)])
        left = mm(12)
        yield Line(((left, y), (self.stage.axis.end, y)), self.inks.ink, round(1.5 * POINT * unit), dash)
        yield from strokes.glyph(index, left + mm(2.6), y - mm(7.4), mm(2.3), self.inks)
        points = self.stage.lane_size
        step = round(points * 1.05 * POINT)
        lines = self.stage.names[index]
        for i, line in enumerate(lines):
            base = y - mm(5.4) - (len(lines) - 1 - i) * step
            yield Words(left + mm(7.4), base, line, "black", points, self.inks.ink, owner=f"lane:{index}")
        yield from strokes.draw(strip, strokes.Pen(y, unit, self.inks))


def ticks(said: Course, sheet: Size, axis: Scale) -> tuple[Tick, ...]:
    """Return the axis's ticks, as many as words and eyes have room for."""
    longest = max(
        width(writing.year(civil(day)[0], said.locale), "bold", _YEAR * sheet.unit)
        for day in (axis.first, axis.last)
    )
    return year_ticks(axis, max(sheet.mm(34), longest + sheet.mm(6)), sheet.mm(1.2))
