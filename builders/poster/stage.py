"""What stands on the sheet before any label is placed: the head, the axis, the lanes' names; what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from builders import writing
from builders.dates import civil
from builders.poster import column, foot, inset
from builders.poster import head as lying
from builders.poster.crews import Frame
from builders.poster.entries import Course
from builders.poster.head import Head
from builders.poster.options import PosterOptions
from builders.poster.setting import width, wrapped
from builders.poster.sizes import Size
from builders.poster.turn import Turn
from builders.theme import Theme
from builders.timeline import POINT, Scale, Tick, round_years, year_ticks

_LANE_SIZES = (17.0, 16.0, 15.0, 14.0)  # points on A2
_LANE_ROOM = 30.0  # mm on A2: for a lane's name, right of its sign
YEAR = 14.0  # points on A2: the axis's words


@dataclass(frozen=True, slots=True)
class Stage:
    """What stands before any label is placed."""

    course: Course
    size: Size
    turn: Turn
    theme: Theme
    axis: Scale
    head: Head
    lane_size: float  # points
    names: tuple[tuple[str, ...], ...]
    frame: Frame
    legend_top: int
    least: float  # the smallest scale of the type
    words: int  # the width of the axis's longest words


def stage(said: Course, sheet: Size, options: PosterOptions, key_room: int = 0) -> Stage:
    """Return the stage for a sheet; upright, `key_room` is kept free over the legend."""
    turn, mm = Turn(options.portrait), sheet.mm
    least = sheet.least(options.theme.poster.label_min) / 14
    points, names = _lane_names(said.lanes, sheet)
    first, last = _years(said)
    years = [writing.year(civil(day)[0], said.locale) for day in (first, last)]
    words = max(width(year, "bold", YEAR * sheet.unit) for year in years)
    lines = max(len(name) for name in names) * round(points * 1.05 * POINT)
    if turn.upright:
        top = column.head(said, sheet, options.theme)
        start = top.end + lines + mm(6)
        widest = foot.legend(said, sheet, Scale(first, last, 0, sheet.height), None, least)
        legend_top = sheet.height - foot.height(widest, sheet) - mm(7)
        axis = Scale(first, last, start, legend_top - key_room - mm(6 if key_room else 3) - start)
        name = mm(7.4) + max(width(line, "black", points) for name in names for line in name)
        frame = _upright_frame(sheet, axis, top, name, words)
    else:
        axis = Scale(first, last, mm(50), sheet.width - mm(62))
        top = lying.head(said, sheet, options.theme, axis)
        widest = foot.legend(said, sheet, axis, None, least)
        legend_top = sheet.height - foot.height(widest, sheet) - mm(7)
        frame = _lying_frame(sheet, axis, legend_top - top.axis, mm(7) + lines)
    return Stage(said, sheet, turn, options.theme, axis, top, points, names, frame, legend_top, least, words)


def _years(said: Course) -> tuple[int, int]:
    """Return the axis's days: round years around all eras and events, with room for a marker at both ends."""
    first = min([era.first for era in said.eras] + [e.first for e in said.entries])
    last = max([era.last for era in said.eras] + [e.last for e in said.entries])
    margin = (last - first) // 150 + 1
    return round_years(first - margin, last + margin)


def _lying_frame(sheet: Size, axis: Scale, height: int, name: int) -> Frame:
    mm, turn = sheet.mm, Turn()
    return Frame(
        turn=turn,
        axis=axis,
        low=axis.start - mm(1),
        high=sheet.width - mm(10),
        inset_low=mm(12),
        inset_high=sheet.width - mm(12),
        inset_head=inset.head_room(sheet, turn),
        depth=height - mm(6.2) - mm(8.5),
        lane_gap=mm(3.2),
        least_lane=name,
        inset_frame=inset.frame_depth(sheet, turn),
        key_width=sheet.width - 2 * mm(12),
        key_size=sheet.least(foot.CREDIT),
    )


def _upright_frame(sheet: Size, axis: Scale, top: Head, name: int, words: int) -> Frame:
    mm, turn = sheet.mm, Turn(upright=True)
    return Frame(
        turn=turn,
        axis=axis,
        low=axis.start - mm(3),
        high=axis.end + mm(2),
        inset_low=top.end - mm(3),
        inset_high=axis.end + mm(2),
        inset_head=inset.head_room(sheet, turn),
        depth=sheet.width - mm(12) - (top.axis + words + mm(6)) - (words + mm(5)),
        lane_gap=mm(2.0),
        least_lane=name,
        inset_frame=inset.frame_depth(sheet, turn),
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


def ticks(s: Stage) -> tuple[Tick, ...]:
    """Return the axis's ticks, as many as words and eyes have room for."""
    room = s.size.mm(24) if s.turn.upright else max(s.size.mm(34), s.words + s.size.mm(6))
    return year_ticks(s.axis, room, s.size.mm(1.2))
