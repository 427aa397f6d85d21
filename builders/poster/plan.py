"""The poster as a plan: every line, shape and word in its place, in µm from the upper left corner; pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builders.outline import Outline
from builders.poster import column, foot, ground, head, inset, key
from builders.poster.entries import Course, course
from builders.poster.fill import filled
from builders.poster.fit import fit
from builders.poster.inks import Inks, inks
from builders.poster.layout import FEW, Layout
from builders.poster.marks import Mark
from builders.poster.options import PosterOptions
from builders.poster.sizes import Size, size, units
from builders.poster.squeeze import squeeze
from builders.poster.stage import Stage, stage
from builders.timeline import Scale


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster: its marks in the order in which they are drawn, and what they say."""

    course: Course
    size: Size
    layout: Layout
    marks: tuple[Mark, ...]
    lines: tuple[int, ...]  # of the lanes, µm from the top, or upright from the left
    axis: Scale
    upright: bool


def plan(outline: Outline, options: PosterOptions) -> Poster:
    """Return the poster of `outline` in one language. Raises OutlineFaults where it is too full."""
    said = course(outline, options.lang)
    whole = size(options.poster_size, options.portrait)
    tried = units(whole)[:: 1 if len(said.entries) <= FEW else 2]
    stages = (stage(said, replace(whole, unit=unit), options) for unit in tried)
    for set_out in stages:
        layout = fit(said, set_out.size, set_out.frame, set_out.least)
        if layout:
            return _drawn(set_out, layout, options)
    smallest = stage(said, replace(whole, unit=tried[-1]), options)
    return _drawn(*_numbered(said, smallest, options), options)


def _numbered(said: Course, set_out: Stage, options: PosterOptions) -> tuple[Stage, Layout]:
    """Return a layout with a key; upright, the axis is as much shorter as the key is high."""
    layout = squeeze(said, set_out.size, set_out.frame, set_out.least)
    if not options.portrait:
        return set_out, layout
    room = 0
    while (needed := key.key_depth(layout.key, said, set_out.frame.key_size, set_out.frame.key_width)) > room:
        room = needed + key.key_leading(set_out.frame.key_size)
        set_out = stage(said, set_out.size, options, key_room=room)
        layout = squeeze(said, set_out.size, set_out.frame, set_out.least)
    return set_out, layout


def _drawn(set_out: Stage, layout: Layout, options: PosterOptions) -> Poster:
    ink = inks(options.theme, options)
    legend = foot.legend(set_out.course, set_out.size, set_out.axis, layout, set_out.least)
    if not set_out.turn.upright:  # upright, the axis's length hangs on it
        set_out = _with_legend(set_out, legend)
    layout = filled(layout, set_out.frame)
    drawing = _Drawing(set_out, layout, ink)
    lines = ground.lane_lines(set_out, layout)
    marks = (
        *ground.bands(set_out, lines, layout, ink),
        *drawing.head(),
        *drawing.body(lines),
        *foot.draw(legend, set_out.size, ink),
    )
    return Poster(set_out.course, set_out.size, layout, marks, lines, set_out.axis, set_out.turn.upright)


def _with_legend(set_out: Stage, legend: foot.Legend) -> Stage:
    """Give the lanes what the legend was thought to need and does not."""
    top = set_out.size.height - foot.height(legend, set_out.size) - set_out.size.mm(7)
    gained = top - set_out.legend_top
    return replace(set_out, frame=replace(set_out.frame, depth=set_out.frame.depth + gained), legend_top=top)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What the parts of the drawing share."""

    stage: Stage
    layout: Layout
    inks: Inks

    def head(self) -> Iterator[Mark]:
        """The title, the eras' names and their bars."""
        s = self.stage
        draw = column.draw if s.turn.upright else head.draw
        return draw(s.head, s.course, s.size, s.theme, self.inks, s.axis)

    def body(self, lines: tuple[int, ...]) -> Iterator[Mark]:
        """The axes, the lanes, the insets and the key."""
        s, layout = self.stage, self.layout
        yield from ground.axes(s, lines, layout, self.inks)
        for i, (strip, line) in enumerate(zip(layout.lanes, lines, strict=True)):
            yield from ground.lane(s, i, strip, line, self.inks)
        lower, end = ground.foot_axis(s, lines, layout), ground.insets_end(s, lines, layout)
        drawing = inset.Drawing(s.course, s.size, self.inks, s.turn, s.axis, lower, end)
        for one in layout.insets:
            yield from drawing.draw(one)
        if layout.key:
            room, points = s.frame.key_width, s.frame.key_size
            top = s.legend_top - key.key_depth(layout.key, s.course, points, room)
            yield from key.draw(layout.key, s.course, s.size.mm(12), top, room, points, self.inks)
