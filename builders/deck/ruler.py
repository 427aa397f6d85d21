"""The course's ruler: one axis, true to scale, at the foot of the slides, on the title slide and beside
the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders.deck.content import DeckContent
from builders.deck.geometry import INCH, RULER_AXIS, RULER_BAR, RULER_NEAR, RULER_PITCH
from builders.deck.model import (
    ShapeGroup,
    SlideFrame,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.language.dates import Date
from builders.language.formatting import write_point, write_year
from builders.language.locales import Locale
from builders.outline.model import Event
from builders.timeline import (
    UM_PER_POINT,
    Scale,
    Span,
    alternate_tracks,
    list_short_ticks,
    make_year_ticks,
    round_short_time,
)

LEAST_TICK_DISTANCE = 52.0  # pt: the least distance between ticks
LABEL_SIZE = 14.0  # pt
MOST_LINES = 240  # events on the title slide; of more, the less important are left out
EVENT_HEIGHTS = {1: 0.42, 2: 0.95, 3: 1.55}  # inch, by importance
EVENT_WEIGHTS = {1: 0.75, 2: 1.25, 3: 2.25}  # pt
FLAG_HEIGHT = 9.0  # pt: how far a long event's flag stands above the lines
LEAST_BAR = 3.0  # pt: the length of a short time's bar
LONG_EVENT = 365  # days: from here on an event of the first rank shows how long it lasts


@dataclass(frozen=True, slots=True)
class RulerAxis:
    """The shared scale, in points."""

    scale: Scale
    room: float  # between ticks

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.scale.start / UM_PER_POINT

    @property
    def w(self) -> float:
        """How long it is."""
        return self.scale.length / UM_PER_POINT

    def place_day(self, day: int) -> float:
        """Return where a day begins."""
        return self.scale.place_day(day) / UM_PER_POINT

    def list_ticks(self, locale: Locale) -> list[tuple[str, float]]:
        """Return the words of ticks, years or a short time's days or months, and where they begin."""
        scale, room = self.scale, round(self.room * UM_PER_POINT)
        if ends := round_short_time(scale.first, scale.last, julian=scale.julian):
            points = list_short_ticks(*ends, scale.length // (room + room // 4))
            return [
                (write_point(point, locale, short=True, year=not point.day), self.place_day(point.first))
                for point in points
            ]
        ticks = make_year_ticks(scale, room, room)
        return [(write_year(tick.year, locale), tick.at / UM_PER_POINT) for tick in ticks if tick.rank == 0]


def make_axis(course: DeckContent, x: float, w: float) -> RulerAxis:
    """Return the whole course's axis between round years, from `x` over `w` points."""
    first, last = course.span
    return RulerAxis(
        Scale(first, last, round(x * UM_PER_POINT), round(w * UM_PER_POINT), course.outline.julian),
        LEAST_TICK_DISTANCE * course.page.scale,
    )


def draw_ruler(course: DeckContent) -> ShapeGroup:
    """Return the ruler as it stands on every slide: axis, ticks, and each section's place in outline."""
    line = make_axis(course, course.page.left, course.page.full)
    items: list[SlideShape | TextBox] = [
        SlideShape(SlideFrame(line.x, RULER_AXIS, line.w, 0), "line", line="ink2", weight=1)
    ]
    items += [
        SlideShape(SlideFrame(at, RULER_AXIS, 0, 5), "line", line="ink2", weight=1)
        for _, at in line.list_ticks(course.locale)
    ]
    for index, section in enumerate(course.outline.sections):
        y, high = _row(course, line, index, RULER_AXIS - RULER_NEAR, RULER_BAR, RULER_PITCH)
        items.append(SlideShape(_make_bar_frame(line, section.period, y, high), line="rule"))
    return ShapeGroup("Ruler", tuple(items))


def draw_section_mark(course: DeckContent, index: int, on_hue: bool = False) -> ShapeGroup:
    """Return the mark of the slide's section on the ruler."""
    line = make_axis(course, course.page.left, course.page.full)
    y, high = _row(course, line, index, RULER_AXIS - RULER_NEAR, RULER_BAR, RULER_PITCH)
    frame = _make_bar_frame(line, course.outline.sections[index].period, y, high)
    look = course.options.theme.get_section_look(index)
    if on_hue:
        shape = SlideShape(frame, fill="white", line="white")
    elif look.pattern == "solid":
        shape = SlideShape(frame, fill="hue", line="hue")
    else:
        shape = SlideShape(frame, fill="hue", pattern=look.pattern, line="hue")
    return ShapeGroup("Here", (shape,))


def recolour_group(group: ShapeGroup, colour: str) -> ShapeGroup:
    """Return a group with all its lines in one colour."""
    return replace(
        group, items=tuple(replace(i, line=colour) if isinstance(i, SlideShape) else i for i in group.items)
    )


def draw_title_axis(course: DeckContent, top: float) -> ShapeGroup:
    """Return the title slide's drawing below `top`: the axis with its years, the sections' bars, a line an
    event."""
    foot = 6.35 * INCH
    line = make_axis(course, course.page.left, course.page.full)
    items: list[SlideShape | TextBox] = [
        SlideShape(SlideFrame(line.x, foot, line.w, 0), "line", line="ink", weight=1.5)
    ]
    for label, at in line.list_ticks(course.locale):
        items.append(SlideShape(SlideFrame(at, foot, 0, 6), "line", line="ink", weight=1))
        half = 36.0
        if line.x + half * 0.5 <= at <= line.x + line.w - half * 0.35:
            items.append(
                TextBox(
                    SlideFrame(at - half, foot + 8, 2 * half, 20),
                    (SlideParagraph((SlideRun(label),)),),
                    LABEL_SIZE * course.page.scale,
                    colour="ink2",
                    align="ctr",
                )
            )
    for index, section in course.list_sections():
        y, high = _row(course, line, index, foot - 0.04 * INCH, 0.13 * INCH, 0.16 * INCH)
        look = course.options.theme.get_section_look(index)
        pattern = None if look.pattern == "solid" else look.pattern
        items.append(
            SlideShape(
                _make_bar_frame(line, section.period, y, high),
                fill=f"section{index}",
                pattern=pattern,
                line=f"section{index}",
            )
        )
    scale = min(1.0, max(0.2, (foot - 0.42 * INCH - FLAG_HEIGHT - 12 - top) / (EVENT_HEIGHTS[3] * INCH)))
    for index, event in _list_shown_events(course):
        items += _draw_event(line, event, index, foot - 0.42 * INCH, scale)
    told = "; ".join(
        f"{course.write_plain_text(s.title)}, {course.write_period(s.period)}"
        for _, s in course.list_sections()
    )
    return ShapeGroup(
        course.write_phrase("timeline"), tuple(items), course.write_phrase("front_alt", sections=told)
    )


def draw_agenda_axis(
    course: DeckContent, indices: Sequence[int], tops: Sequence[float], pitch: float
) -> ShapeGroup | None:
    """Return the agenda's picture: each section's bar on its row, over lines that mark the years."""
    if not course.page.wide:
        return None
    line = make_axis(course, course.page.left + 6.25 * course.page.inch, 5.75 * course.page.inch)
    top, foot = tops[0] - 4, tops[-1] + pitch - 8
    ticks = line.list_ticks(course.locale)
    items: list[SlideShape | TextBox] = [
        SlideShape(SlideFrame(at, top, 0, foot - top), "line", line="hair", weight=1) for _, at in ticks
    ]
    every = 2 if len(ticks) > 6 else 1
    for number, (label, at) in enumerate(ticks):
        if number % every == 0 and line.x + 14 <= at <= line.x + line.w - 14:
            items.append(
                TextBox(
                    SlideFrame(at - 36, foot + 5, 72, 20),
                    (SlideParagraph((SlideRun(label),)),),
                    LABEL_SIZE * course.page.scale,
                    colour="ink2",
                    align="ctr",
                )
            )
    for index, y in zip(indices, tops, strict=True):
        look = course.options.theme.get_section_look(index)
        pattern = None if look.pattern == "solid" else look.pattern
        items.append(
            SlideShape(
                _make_bar_frame(line, course.outline.sections[index].period, y + 9, 0.32 * INCH),
                fill=f"section{index}",
                pattern=pattern,
                line=f"section{index}",
            )
        )
    shown = [course.outline.sections[i] for i in indices]
    told = "; ".join(f"{course.write_plain_text(s.title)}, {course.write_period(s.period)}" for s in shown)
    return ShapeGroup(
        course.write_phrase("timeline"), tuple(items), course.write_phrase("front_alt", sections=told)
    )


def _make_bar_frame(line: RulerAxis, period: Date, y: float, high: float) -> SlideFrame:
    left = line.place_day(period.first)
    return SlideFrame(left, y, max(line.place_day(period.last + 1) - left, LEAST_BAR), high)


def _row(
    course: DeckContent, line: RulerAxis, index: int, foot: float, bar: float, pitch: float
) -> tuple[float, float]:
    """Return the top and the height of a section's bar above `foot`. Two rows have bars of the height `bar`,
    a `pitch` apart; more rows share the same room."""
    rows = _rows(line, tuple(section.period for section in course.outline.sections))
    part = 2 / max(2, max(rows) + 1)
    return foot - bar * part - rows[index] * pitch * part, bar * part


@lru_cache(maxsize=4)
def _rows(line: RulerAxis, periods: tuple[Date, ...]) -> Sequence[int]:
    """Return the row of each section's bar, 0 next to the axis: two by turns, more where bars would meet."""
    frames = (_make_bar_frame(line, period, 0, 0) for period in periods)
    return alternate_tracks([
        Span(f"{number:05}", round(frame.x * UM_PER_POINT), round((frame.x + frame.w) * UM_PER_POINT))
        for number, frame in enumerate(frames)
    ])  # fmt: skip


def _list_shown_events(course: DeckContent) -> list[tuple[int, Event]]:
    events = [(index, event) for index, section in course.list_sections() for event in section.events]
    for least in (1, 2, 3):
        shown = [entry for entry in events if entry[1].importance >= least]
        if len(shown) <= MOST_LINES:
            return shown
    return [entry for entry in events if entry[1].importance == 3][:MOST_LINES]


def _draw_event(line: RulerAxis, event: Event, index: int, foot: float, scale: float) -> list[SlideShape]:
    at = line.place_day(event.date.first)
    high, weight, colour = (
        EVENT_HEIGHTS[event.importance] * INCH * scale,
        EVENT_WEIGHTS[event.importance],
        f"section{index}",
    )
    out = [SlideShape(SlideFrame(at, foot - high, 0, high), "line", line=colour, weight=weight)]
    if event.importance == 3 and event.date.last - event.date.first >= LONG_EVENT:
        top = foot - high - FLAG_HEIGHT
        out = [
            SlideShape(SlideFrame(at, top, 0, high + FLAG_HEIGHT), "line", line=colour, weight=weight),
            SlideShape(
                SlideFrame(at, top, line.place_day(event.date.last + 1) - at, 0),
                "line",
                line=colour,
                weight=3,
            ),
        ]
    return out
