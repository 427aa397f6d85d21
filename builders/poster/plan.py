"""The poster as a plan: every line, shape and word in its place, in µm from the upper left corner; pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builders.core.diagnostics import Fault, OutlineFaults
from builders.outline.model import Outline
from builders.poster import (
    background,
    column,
    foot,
    head,
    inset,
    key,
)
from builders.poster.content import PosterContent, make_poster_content
from builders.poster.descriptions import add_fitting_descriptions
from builders.poster.fit import fit_layout
from builders.poster.layout import MOST_EVENTS_WITH_FULL_EFFORT, PosterLayout
from builders.poster.numbering import has_room_for_numbers, squeeze_layout
from builders.poster.options import PosterOptions
from builders.poster.shapes import PosterMark
from builders.poster.sheet_frame import SheetPlan, plan_sheet
from builders.poster.style import PosterColours, SheetSize, choose_colours, list_units, make_sheet_size
from builders.timeline import Scale


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster: its marks in the order in which they are drawn, and what they say."""

    course: PosterContent
    size: SheetSize
    layout: PosterLayout
    marks: tuple[PosterMark, ...]
    lines: tuple[int, ...]  # of the lanes, µm from the top, or upright from the left
    axis: Scale
    upright: bool


def plan_poster(outline: Outline, options: PosterOptions) -> Poster:
    """Return the plan of a poster in the language of the options, everything in µm.

    Heads and signs are made smaller step by step until all labels fit with their words; where they do not fit
    on the smallest, some become numbers that a key explains. Raises OutlineFaults where even that is too
    full.
    """
    said = make_poster_content(outline, options.lang)
    whole = make_sheet_size(options.poster_size, options.portrait)
    tried = list_units(whole)[:: 1 if len(said.entries) <= MOST_EVENTS_WITH_FULL_EFFORT else 2]
    stages = (plan_sheet(said, replace(whole, unit=unit), options) for unit in tried)
    for set_out in stages:
        layout = fit_layout(said, set_out.size, set_out.frame, set_out.least)
        if layout:
            return _draw_poster(set_out, layout, options)
    smallest = plan_sheet(said, replace(whole, unit=tried[-1]), options)
    return _draw_poster(*_lay_out_with_key(said, smallest, options), options)


def find_poster_faults(outline: Outline, options: PosterOptions) -> tuple[Fault, ...]:
    """Return why a poster cannot be laid out; nothing where it can.

    Planning it takes twenty times as long as to see that all events have room as numbers, which is what a
    lying poster comes down to in the end.
    """
    said = make_poster_content(outline, options.lang)
    whole = make_sheet_size(options.poster_size, options.portrait)
    smallest = plan_sheet(said, replace(whole, unit=list_units(whole)[-1]), options)
    if not options.portrait and has_room_for_numbers(said, smallest.size, smallest.frame, smallest.least):
        return ()
    try:
        plan_poster(outline, options)
    except OutlineFaults as error:
        return error.faults
    return ()


def _lay_out_with_key(
    said: PosterContent, set_out: SheetPlan, options: PosterOptions
) -> tuple[SheetPlan, PosterLayout]:
    """Return a layout with a key; upright, the axis is as much shorter as the key is high."""
    layout = squeeze_layout(said, set_out.size, set_out.frame, set_out.least)
    if not options.portrait:
        return set_out, layout
    room = 0
    while (
        needed := key.measure_key_depth(layout.key, said, set_out.frame.key_size, set_out.frame.key_width)
    ) > room:
        room = needed + key.measure_key_leading(set_out.frame.key_size)
        set_out = plan_sheet(said, set_out.size, options, key_room=room)
        layout = squeeze_layout(said, set_out.size, set_out.frame, set_out.least)
    return set_out, layout


def _draw_poster(set_out: SheetPlan, layout: PosterLayout, options: PosterOptions) -> Poster:
    ink = choose_colours(options.theme, options)
    legend = foot.make_legend(set_out.course, set_out.size, set_out.axis, layout, set_out.least)
    if not set_out.turn.upright:  # upright, the axis's length hangs on it
        set_out = _give_legend_room(set_out, legend)
    layout = add_fitting_descriptions(layout, set_out.frame)
    drawing = _PosterDrawing(set_out, layout, ink)
    lines = background.place_lane_lines(set_out, layout)
    marks = (
        *background.draw_bands(set_out, lines, layout, ink),
        *drawing.draw_head(),
        *drawing.draw_body(lines),
        *foot.draw_legend(legend, set_out.size, ink),
    )
    return Poster(set_out.course, set_out.size, layout, marks, lines, set_out.axis, set_out.turn.upright)


def _give_legend_room(set_out: SheetPlan, legend: foot.Legend) -> SheetPlan:
    """Return a sheet plan whose lanes have the height that was reserved for the legend and is not needed."""
    top = set_out.size.height - foot.measure_legend_height(legend, set_out.size) - set_out.size.convert_mm(7)
    gained = top - set_out.legend_top
    return replace(set_out, frame=replace(set_out.frame, depth=set_out.frame.depth + gained), legend_top=top)


@dataclass(frozen=True, slots=True)
class _PosterDrawing:
    """What the parts of the poster share when they are drawn: plan of the sheet, layout and inks."""

    stage: SheetPlan
    layout: PosterLayout
    inks: PosterColours

    def draw_head(self) -> Iterator[PosterMark]:
        """Yield the title, and the eras' names and bars."""
        s = self.stage
        draw = column.draw_upright_head if s.turn.upright else head.draw_head
        return draw(s.head, s.course, s.size, s.theme, self.inks, s.axis)

    def draw_body(self, lines: tuple[int, ...]) -> Iterator[PosterMark]:
        """Yield the axes, the lanes with their labels, the insets and the key."""
        s, layout = self.stage, self.layout
        yield from background.draw_axes(s, lines, layout, self.inks)
        for i, (strip, line) in enumerate(zip(layout.lanes, lines, strict=True)):
            yield from background.draw_lane(s, i, strip, line, self.inks)
        lower, end = (
            background.place_foot_axis(s, lines, layout),
            background.place_insets_end(s, lines, layout),
        )
        drawing = inset.InsetDrawing(s.course, s.size, self.inks, s.turn, s.axis, lower, end)
        for one in layout.insets:
            yield from drawing.draw_inset(one)
        if layout.key:
            room, points = s.frame.key_width, s.frame.key_size
            top = s.legend_top - key.measure_key_depth(layout.key, s.course, points, room)
            yield from key.draw_key(layout.key, s.course, s.size.convert_mm(12), top, room, points, self.inks)
