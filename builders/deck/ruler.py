"""The course's ruler: one axis, true to scale, at the foot of the slides, on the title slide and beside
the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders import writing
from builders.dates import Date
from builders.deck.course import Course
from builders.deck.geometry import INCH, RULER_AXIS, RULER_BAR, RULER_NEAR, RULER_PITCH
from builders.deck.slides import Box, Frame, Group, Paragraph, Run, Shape
from builders.outline import Event
from builders.timeline import POINT, Scale, Span, alternate_tracks, year_ticks

TICK_ROOM = 52.0  # pt: the least distance between ticks
LABEL = 14.0  # pt
MOST_LINES = 240  # events on the title slide; of more, the less important are left out
HEIGHTS = {1: 0.42, 2: 0.95, 3: 1.55}  # inch, by importance
WEIGHTS = {1: 0.75, 2: 1.25, 3: 2.25}  # pt
FLAG = 9.0  # pt: how far a long event's flag stands above the lines
LEAST_BAR = 3.0  # pt: the length of a short time's bar
LONG_EVENT = 365  # days: from here on an event of the first rank shows how long it lasts


@dataclass(frozen=True, slots=True)
class Axis:
    """The shared scale, in points."""

    scale: Scale
    room: float  # between ticks

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.scale.start / POINT

    @property
    def w(self) -> float:
        """How long it is."""
        return self.scale.length / POINT

    def at(self, day: int) -> float:
        """Return where a day begins."""
        return self.scale.at(day) / POINT

    def ticks(self) -> list[tuple[int, float]]:
        """Return the years that carry words, and where they begin."""
        ticks = year_ticks(self.scale, round(self.room * POINT), round(self.room * POINT))
        return [(tick.year, tick.at / POINT) for tick in ticks if tick.rank == 0]


def axis(course: Course, x: float, w: float) -> Axis:
    """Return the whole course's axis between round years, from `x` over `w` points."""
    first, last = course.span
    return Axis(Scale(first, last, round(x * POINT), round(w * POINT)), TICK_ROOM * course.page.scale)


def master(course: Course) -> Group:
    """Return the ruler as it stands on every slide: axis, ticks, and each section's place in outline."""
    line = axis(course, course.page.left, course.page.full)
    items: list[Shape | Box] = [Shape(Frame(line.x, RULER_AXIS, line.w, 0), "line", line="ink2", weight=1)]
    items += [Shape(Frame(at, RULER_AXIS, 0, 5), "line", line="ink2", weight=1) for _, at in line.ticks()]
    for index, section in enumerate(course.outline.sections):
        y, high = _row(course, line, index, RULER_AXIS - RULER_NEAR, RULER_BAR, RULER_PITCH)
        items.append(Shape(_bar(line, section.period, y, high), line="rule"))
    return Group("Ruler", tuple(items))


def here(course: Course, index: int, on_hue: bool = False) -> Group:
    """Return the mark of the slide's section on the ruler."""
    line = axis(course, course.page.left, course.page.full)
    y, high = _row(course, line, index, RULER_AXIS - RULER_NEAR, RULER_BAR, RULER_PITCH)
    frame = _bar(line, course.outline.sections[index].period, y, high)
    look = course.options.theme.section(index)
    if on_hue:
        shape = Shape(frame, fill="white", line="white")
    elif look.pattern == "solid":
        shape = Shape(frame, fill="hue", line="hue")
    else:
        shape = Shape(frame, fill="hue", pattern=look.pattern, line="hue")
    return Group("Here", (shape,))


def recoloured(group: Group, colour: str) -> Group:
    """Return a group with all its lines in one colour."""
    return replace(
        group, items=tuple(replace(i, line=colour) if isinstance(i, Shape) else i for i in group.items)
    )


def front(course: Course, top: float) -> Group:
    """Return the title slide's drawing below `top`: the axis with its years, the sections' bars, a line an
    event."""
    foot = 6.35 * INCH
    line = axis(course, course.page.left, course.page.full)
    items: list[Shape | Box] = [Shape(Frame(line.x, foot, line.w, 0), "line", line="ink", weight=1.5)]
    for year, at in line.ticks():
        items.append(Shape(Frame(at, foot, 0, 6), "line", line="ink", weight=1))
        label = writing.year(year, course.locale)
        half = 36.0
        if line.x + half * 0.5 <= at <= line.x + line.w - half * 0.35:
            items.append(
                Box(
                    Frame(at - half, foot + 8, 2 * half, 20),
                    (Paragraph((Run(label),)),),
                    LABEL * course.page.scale,
                    colour="ink2",
                    align="ctr",
                )
            )
    for index, section in course.sections():
        y, high = _row(course, line, index, foot - 0.04 * INCH, 0.13 * INCH, 0.16 * INCH)
        look = course.options.theme.section(index)
        pattern = None if look.pattern == "solid" else look.pattern
        items.append(
            Shape(
                _bar(line, section.period, y, high),
                fill=f"section{index}",
                pattern=pattern,
                line=f"section{index}",
            )
        )
    scale = min(1.0, max(0.2, (foot - 0.42 * INCH - FLAG - 12 - top) / (HEIGHTS[3] * INCH)))
    for index, event in _shown(course):
        items += _event_line(line, event, index, foot - 0.42 * INCH, scale)
    told = "; ".join(f"{course.words(s.title)}, {course.years(s.period)}" for _, s in course.sections())
    return Group(course.say("timeline"), tuple(items), course.say("front_alt", sections=told))


def beside_agenda(
    course: Course, indices: Sequence[int], tops: Sequence[float], pitch: float
) -> Group | None:
    """Return the agenda's picture: each section's bar on its row, over lines that mark the years."""
    if not course.page.wide:
        return None
    line = axis(course, course.page.left + 6.25 * course.page.inch, 5.75 * course.page.inch)
    top, foot = tops[0] - 4, tops[-1] + pitch - 8
    ticks = line.ticks()
    items: list[Shape | Box] = [
        Shape(Frame(at, top, 0, foot - top), "line", line="hair", weight=1) for _, at in ticks
    ]
    every = 2 if len(ticks) > 6 else 1
    for number, (year, at) in enumerate(ticks):
        if number % every == 0 and line.x + 14 <= at <= line.x + line.w - 14:
            items.append(
                Box(
                    Frame(at - 36, foot + 5, 72, 20),
                    (Paragraph((Run(writing.year(year, course.locale)),)),),
                    LABEL * course.page.scale,
                    colour="ink2",
                    align="ctr",
                )
            )
    for index, y in zip(indices, tops, strict=True):
        look = course.options.theme.section(index)
        pattern = None if look.pattern == "solid" else look.pattern
        items.append(
            Shape(
                _bar(line, course.outline.sections[index].period, y + 9, 0.32 * INCH),
                fill=f"section{index}",
                pattern=pattern,
                line=f"section{index}",
            )
        )
    told = "; ".join(
        f"{course.words(course.outline.sections[i].title)}, {course.years(course.outline.sections[i].period)}"
        for i in indices
    )
    return Group(course.say("timeline"), tuple(items), course.say("front_alt", sections=told))


def _bar(line: Axis, period: Date, y: float, high: float) -> Frame:
    left = line.at(period.first)
    return Frame(left, y, max(line.at(period.last + 1) - left, LEAST_BAR), high)


def _row(
    course: Course, line: Axis, index: int, foot: float, bar: float, pitch: float
) -> tuple[float, float]:
    """Return the top and the height of a section's bar above `foot`. Two rows have bars of the height `bar`,
    a `pitch` apart; more rows share the same room."""
    rows = _rows(line, tuple(section.period for section in course.outline.sections))
    part = 2 / max(2, max(rows) + 1)
    return foot - bar * part - rows[index] * pitch * part, bar * part


@lru_cache(maxsize=4)
def _rows(line: Axis, periods: tuple[Date, ...]) -> Sequence[int]:
    """Return the row of each section's bar, 0 next to the axis: two by turns, more where bars would meet."""
    frames = (_bar(line, period, 0, 0) for period in periods)
    return alternate_tracks([
        Span(f"{number:05}", round(frame.x * POINT), round((frame.x + frame.w) * POINT))
        for number, frame in enumerate(frames)
    ])  # fmt: skip


def _shown(course: Course) -> list[tuple[int, Event]]:
    events = [(index, event) for index, section in course.sections() for event in section.events]
    for least in (1, 2, 3):
        shown = [entry for entry in events if entry[1].importance >= least]
        if len(shown) <= MOST_LINES:
            return shown
    return [entry for entry in events if entry[1].importance == 3][:MOST_LINES]


def _event_line(line: Axis, event: Event, index: int, foot: float, scale: float) -> list[Shape]:
    at = line.at(event.date.first)
    high, weight, colour = (
        HEIGHTS[event.importance] * INCH * scale,
        WEIGHTS[event.importance],
        f"section{index}",
    )
    out = [Shape(Frame(at, foot - high, 0, high), "line", line=colour, weight=weight)]
    if event.importance == 3 and event.date.last - event.date.first >= LONG_EVENT:
        top = foot - high - FLAG
        out = [
            Shape(Frame(at, top, 0, high + FLAG), "line", line=colour, weight=weight),
            Shape(Frame(at, top, line.at(event.date.last + 1) - at, 0), "line", line=colour, weight=3),
        ]
    return out
