"""What stands on the sheet before any label is placed: the head, the axis, the lanes' names; what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from builders.poster import column, foot, inset
from builders.poster import head as lying
from builders.poster.axis_ticks import (
    AxisTick,
    choose_axis_days,
    counts_days,
    list_axis_words,
    make_axis_ticks,
)
from builders.poster.content import PosterContent
from builders.poster.head import PosterHead
from builders.poster.label_text import measure_width, split_long_words, wrap_text
from builders.poster.lane_events import LaneArea
from builders.poster.options import PosterOptions
from builders.poster.shapes import TimeDirection
from builders.poster.style import SheetSize
from builders.theme.theme import Theme
from builders.timeline import UM_PER_POINT, Scale

_LANE_NAME_SIZES = (17.0, 16.0, 15.0, 14.0)  # points on A2
_LANE_NAME_ROOM = 30.0  # mm on A2: for a lane's name, right of its sign
YEAR_SIZE = 14.0  # points on A2: the axis's words


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What stands before any label is placed."""

    course: PosterContent
    size: SheetSize
    turn: TimeDirection
    theme: Theme
    axis: Scale
    head: PosterHead
    lane_size: float  # points
    names: tuple[tuple[str, ...], ...]
    frame: LaneArea
    legend_top: int
    least: float  # the smallest scale of the type
    words: int  # the width of the axis's longest words


def plan_sheet(said: PosterContent, sheet: SheetSize, options: PosterOptions, key_room: int = 0) -> SheetPlan:
    """Return the plan of a sheet before any label is placed.

    On an upright sheet, `key_room` µm are kept free for the key over the legend.
    """
    turn, mm = TimeDirection(options.portrait), sheet.convert_mm
    least = sheet.limit_size(options.theme.poster.label_min) / 14
    points, names = _set_lane_names(said.lanes, sheet)
    first, last = choose_axis_days(said)
    texts = list_axis_words(first, last, said)
    words = max(measure_width(text, "bold", YEAR_SIZE * sheet.unit) for text in texts)
    lines = max(len(name) for name in names) * round(points * 1.05 * UM_PER_POINT)
    if turn.upright:
        top = column.make_upright_head(said, sheet, options.theme)
        start = top.end + lines + mm(6)
        widest = foot.make_legend(said, sheet, Scale(first, last, 0, sheet.height, said.julian), None, least)
        legend_top = sheet.height - foot.measure_legend_height(widest, sheet) - mm(7)
        height = legend_top - key_room - mm(6 if key_room else 3) - start
        axis = Scale(first, last, start, height, said.julian)
        name = mm(7.4) + max(measure_width(line, "black", points) for name in names for line in name)
        frame = _make_upright_area(sheet, axis, top, name, words)
    else:
        axis = Scale(first, last, mm(50), sheet.width - mm(62), said.julian)
        top = lying.make_head(said, sheet, options.theme, axis)
        widest = foot.make_legend(said, sheet, axis, None, least)
        legend_top = sheet.height - foot.measure_legend_height(widest, sheet) - mm(7)
        frame = _make_lying_area(sheet, axis, legend_top - top.axis, mm(7) + lines)
    return SheetPlan(
        said, sheet, turn, options.theme, axis, top, points, names, frame, legend_top, least, words
    )


def _make_lying_area(sheet: SheetSize, axis: Scale, height: int, name: int) -> LaneArea:
    mm, turn = sheet.convert_mm, TimeDirection()
    return LaneArea(
        turn=turn,
        axis=axis,
        low=axis.start - mm(1),
        high=sheet.width - mm(10),
        inset_low=mm(12),
        inset_high=sheet.width - mm(12),
        inset_head=inset.measure_caption_room(sheet, turn),
        depth=height - mm(6.2) - mm(8.5),
        lane_gap=mm(3.2),
        least_lane=name,
        inset_frame=inset.measure_frame_depth(sheet, turn),
        key_width=sheet.width - 2 * mm(12),
        key_size=sheet.limit_size(foot.CREDIT_SIZE),
    )


def _make_upright_area(sheet: SheetSize, axis: Scale, top: PosterHead, name: int, words: int) -> LaneArea:
    mm, turn = sheet.convert_mm, TimeDirection(upright=True)
    return LaneArea(
        turn=turn,
        axis=axis,
        low=axis.start - mm(3),
        high=axis.end + mm(2),
        inset_low=top.end - mm(3),
        inset_high=axis.end + mm(2),
        inset_head=inset.measure_caption_room(sheet, turn),
        depth=sheet.width - mm(12) - (top.axis + words + mm(6)) - (words + mm(5)),
        lane_gap=mm(2.0),
        least_lane=name,
        inset_frame=inset.measure_frame_depth(sheet, turn),
        key_width=sheet.width - 2 * mm(12),
        key_size=sheet.limit_size(foot.CREDIT_SIZE),
    )


def _set_lane_names(names: Sequence[str], sheet: SheetSize) -> tuple[float, tuple[tuple[str, ...], ...]]:
    """Return the size of the lanes' names, and their lines: two, where a smaller size makes that possible."""
    room = sheet.convert_mm(_LANE_NAME_ROOM)
    for points in (one * sheet.unit for one in _LANE_NAME_SIZES):
        lines = tuple(wrap_text(name, room, "black", points) for name in names)
        fits = all(measure_width(line, "black", points) <= room for name in lines for line in name)
        if fits and max(map(len, lines)) <= 2:
            return points, lines
    points = _LANE_NAME_SIZES[-1] * sheet.unit
    parted = (split_long_words(name, room, "black", points) for name in names)
    return points, tuple(wrap_text(name, room, "black", points) for name in parted)


def make_ticks(s: SheetPlan) -> tuple[AxisTick, ...]:
    """Return the axis's ticks, as many as words and eyes have room for."""
    mm = s.size.convert_mm
    if s.turn.upright:
        words = mm(24)
    elif counts_days(s.axis.first, s.axis.last):
        words = s.words + mm(4)
    else:
        words = max(mm(34), s.words + mm(6))
    return make_axis_ticks(s.axis, s.course.locale, words, mm(1.2))
