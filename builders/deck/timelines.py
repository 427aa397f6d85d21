"""A section's timeline slide: its events true to scale, as native shapes and texts in one group."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from builders import timeline, writing
from builders.dates import civil
from builders.deck.course import Course
from builders.deck.geometry import Page
from builders.deck.lines import height, natural_width
from builders.deck.notes import speech
from builders.deck.sheets import Topic, slides
from builders.deck.slides import Align, Box, Frame, Group, Item, Paragraph, Run, Shape, Slide
from builders.outline import Event, Section
from builders.timeline import POINT, Scale

AXIS = 411.8  # pt from the top, on our own page
AXIS_ABOVE_FOOT = 41.8  # pt: room for the words below the axis
TOP = 7.2  # pt below the title's room
SIZE = 18.0  # pt
TICK_SIZE = 16.0  # pt
WIDTHS = (120, 160, 200, 250)  # pt: the measures that a label may have
MOST_LINES = 3
MOST_LABELS = 9
MOST_ROWS = 4
PAD = 6.0  # pt between a leader and its label
BELOW = 8.0  # pt below a label
FOOT = 16.0  # pt in which leaders bend
REACH = 110.0  # pt
MONTHS_UP_TO = 800  # days: a longer axis has ticks at years
MARK = 11.0  # pt
SHORTEST_SPAN = 9.0  # pt: what lasts less is a point


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to set a label: its measure and height in points."""

    width: float
    high: float


def timeline_slides(topic: Topic, section: Section) -> list[Slide]:
    """Return the section's timeline, and a second slide for a time that is too dense; nothing for a single
    event."""
    if len(section.events) < 2:
        return []
    course = topic.course
    events = sorted(section.events, key=lambda event: (event.date.first, event.date.last, event.id))
    lanes = {lane.id: course.words(lane.name) for lane in course.outline.lanes}
    listed = [f"{_told(course, event)} ({lanes[event.lane]})" for event in events]
    spoken = speech(course, extra=listed, say=[event.text for event in events])
    title = (Run(course.say("timeline_title", section=course.words(section.title))),)
    topic = replace(topic, layout=course.page.layouts["timeline"], title=title, spoken=spoken)
    whole = _scale(course.page, section, events)
    views = [_View(whole, tuple(events), tuple(events))]
    for window in timeline.dense([_mark(course, event) for event in events], whole, round(REACH * POINT)):
        inside = [event for event in events if event.id in window.keys]
        outside = [event for event in events if event.id not in window.keys]
        close = _close_up(course.page, inside)
        if len(inside) == len(events) or close.last - close.first > (whole.last - whole.first) / 2:
            continue
        views = [
            _View(whole, tuple(events), (*outside, *(event for event in inside if event.importance == 3))),
            _View(close, tuple(inside), tuple(inside)),
        ]
    return slides(topic, [partial(_items, course, view) for view in views])


@dataclass(frozen=True, slots=True)
class _View:
    """One slide's part of the time: its scale, the events that are marked, and those that may be labelled."""

    scale: Scale
    events: tuple[Event, ...]
    labelled: tuple[Event, ...]


def _told(course: Course, event: Event) -> str:
    return f"{course.date(event.date, event.old_style)}: {course.words(event.label)}"


def _mark(course: Course, event: Event) -> timeline.Mark:
    """Return an event as the search for dense times sees it: all in one lane."""
    wide = min(160.0, natural_width(Paragraph(course.line(event.label)), SIZE * course.page.scale))
    return timeline.Mark(event.id, event.date.first, event.date.last, "", round((wide + PAD) * POINT))


def _items(course: Course, view: _View, lowered: float) -> list[Item]:
    scale, events = view.scale, view.events
    axis = course.page.foot - AXIS_ABOVE_FOOT
    one_year = civil(scale.first)[0] == civil(scale.last)[0]
    rows, choices = _placed(course, view.labelled, scale, one_year, axis - course.page.top - TOP - lowered)
    drawn: list[Shape | Box] = [
        Shape(Frame(course.page.left, AXIS, course.page.full, 0), "line", line="ink", weight=1.5)
    ]
    drawn += _ticks(course, scale)
    known = {event.id: event for event in events}
    for label in rows.labels:
        drawn += _leader(label)
    for event in events:
        drawn += _marks(event, scale)
    for label in rows.labels:
        drawn.append(_label(course, known[label.key], label, choices[label.key][label.box // 2], one_year))
    first, last = (writing.year(civil(day)[0], course.locale) for day in (scale.first, scale.last))
    told = "; ".join(_told(course, event) for event in events)
    alt = course.say("timeline_alt", years=first if first == last else f"{first}–{last}", events=told)
    moved = tuple(replace(one, frame=replace(one.frame, y=one.frame.y + axis - AXIS)) for one in drawn)
    return [Group(course.say("timeline"), moved, alt)]


def _close_up(page: Page, events: Sequence[Event]) -> Scale:
    first, last = min(e.date.first for e in events), max(e.date.last for e in events)
    first, last = (
        _whole_months(first, last) if last - first <= MONTHS_UP_TO else timeline.round_years(first, last)
    )
    return Scale(first, last, round(page.left * POINT), round(page.full * POINT))


def _scale(page: Page, section: Section, events: Sequence[Event]) -> Scale:
    """Return the axis over the section's events; of a short time it begins and ends with a month."""
    first, last = min(e.date.first for e in events), max(e.date.last for e in events)
    if not section.period.open:
        first, last = max(first, min(first, section.period.first)), min(last, max(last, section.period.last))
    if last - first <= MONTHS_UP_TO:
        first, last = _whole_months(first, last)
    else:
        first, last = timeline.round_years(first, last)
    return Scale(first, last, round(page.left * POINT), round(page.full * POINT))


def _whole_months(first: int, last: int) -> tuple[int, int]:
    from builders.dates import day_number, days_in_month

    year, month, _ = civil(first)
    end_year, end_month, _ = civil(last)
    return day_number(year, month, 1), day_number(end_year, end_month, days_in_month(end_year, end_month))


def _placed(
    course: Course, events: Sequence[Event], scale: Scale, one_year: bool, high: float
) -> tuple[timeline.Rows, dict[str, list[_Choice]]]:
    """Place as many labels as fit, the more important first."""
    page = course.page
    room = timeline.Room(
        round(page.left * POINT), round(page.right * POINT), MOST_ROWS, round(REACH * POINT),
        round(14 * POINT), round(9 * POINT), round(FOOT * POINT),
    )  # fmt: skip
    ranked = sorted(events, key=lambda event: -event.importance)
    choices = {event.id: _choices(course, event, one_year) for event in ranked}
    for count in range(min(MOST_LABELS, len(ranked)), 0, -1):
        labels = [_as_label(event, scale, choices[event.id]) for event in ranked[:count]]
        try:
            rows = timeline.place(labels, room)
        except timeline.TooFull:
            continue
        if rows.depth <= high * POINT:
            return rows, choices
    return timeline.Rows((), (), 0), choices


def _as_label(event: Event, scale: Scale, choices: Sequence[_Choice]) -> timeline.Label:
    boxes: list[timeline.Box] = []
    for choice in choices:
        boxes += timeline.either_side(
            round((choice.width + PAD) * POINT), round(choice.high * POINT), other=round(4 * POINT)
        )
    return timeline.Label(event.id, _at(event, scale), tuple(boxes), event.importance)


def _choices(course: Course, event: Event, one_year: bool) -> list[_Choice]:
    """Return the ways to set a label: narrow and high, or wide and low."""
    found: dict[float, _Choice] = {}
    paragraphs = _paragraphs(course, event, one_year)
    size = SIZE * course.page.scale
    wide = max(natural_width(paragraph, size) for paragraph in paragraphs) + 0.5
    for measure in WIDTHS:
        width = min(measure, wide)
        high = height(paragraphs, size, width)
        lines = round(high / height([Paragraph((Run("x"),))], size, width))
        if lines <= MOST_LINES + 1 and not any(c.width <= width for c in found.values() if c.high <= high):
            found.setdefault(high, _Choice(width, high + BELOW))
    return list(found.values()) or [
        _Choice(WIDTHS[-1], height(paragraphs, SIZE * course.page.scale, WIDTHS[-1]) + BELOW)
    ]


def _paragraphs(course: Course, event: Event, one_year: bool) -> tuple[Paragraph, Paragraph]:
    date = writing.date(event.date, course.locale, short=True, year=not one_year)
    return (
        Paragraph((Run(date, bold=True, colour="hue"),), after=0.0),
        Paragraph(course.line(event.label), after=0.0),
    )


def _at(event: Event, scale: Scale) -> int:
    """Return where an event's leader starts, in µm: a span's beginning, else the middle of what the date
    can mean."""
    if _lasts(event, scale):
        return scale.at(event.date.first)
    return scale.middle(event.date.first, event.date.last)


def _lasts(event: Event, scale: Scale) -> bool:
    return scale.at(event.date.last + 1) - scale.at(event.date.first) > SHORTEST_SPAN * POINT


def _label(course: Course, event: Event, label: timeline.Placed, choice: _Choice, one_year: bool) -> Box:
    x = label.leader / POINT
    after = label.low == label.leader  # the label stands after its leader
    align: Align = "l" if after else "r"
    left = x + PAD if after else x - PAD - choice.width
    frame = Frame(left, AXIS - label.top / POINT, choice.width, choice.high - BELOW)
    return Box(
        frame,
        _paragraphs(course, event, one_year),
        SIZE * course.page.scale,
        align=align,
        name=course.words(event.label),
    )


def _leader(label: timeline.Placed) -> list[Shape]:
    """Return a leader: it bends near the axis, then runs up along its label."""
    at, x, top = label.at / POINT, label.leader / POINT, AXIS - label.top / POINT
    if abs(at - x) < 0.5:
        return [Shape(Frame(x, top, 0, AXIS - top), "line", line="hue", weight=1.25)]
    bend = AXIS - FOOT + 3
    slant = Frame(min(at, x), bend, abs(at - x), AXIS - bend)
    return [
        Shape(slant, "line", line="hue", weight=1.25, flip=at < x),
        Shape(Frame(x, top, 0, bend - top), "line", line="hue", weight=1.25),
    ]


def _marks(event: Event, scale: Scale) -> list[Shape]:
    """Return an event's mark: a bar as long as it lasts, a square, a ring or a tick by importance."""
    if _lasts(event, scale):
        left, right = scale.at(event.date.first) / POINT, scale.at(event.date.last + 1) / POINT
        return [Shape(Frame(left, AXIS - 4, right - left, 4), fill="hue", line="white", weight=0.5)]
    x = _at(event, scale) / POINT
    if event.importance == 1:
        return [Shape(Frame(x, AXIS - 6, 0, 12), "line", line="hue", weight=2)]
    kind = "rect" if event.importance == 3 else "ellipse"
    frame = Frame(x - MARK / 2, AXIS - MARK / 2, MARK, MARK)
    return [
        Shape(
            frame,
            "rect" if kind == "rect" else "ellipse",
            fill="hue" if kind == "rect" else "white",
            line="hue",
            weight=2,
        )
    ]


def _ticks(course: Course, scale: Scale) -> list[Shape | Box]:
    if scale.last - scale.first <= MONTHS_UP_TO:
        return _month_ticks(course, scale)
    out: list[Shape | Box] = []
    for tick in timeline.year_ticks(scale, round(64 * course.page.scale * POINT), round(9 * POINT)):
        x = tick.at / POINT
        out.append(Shape(Frame(x, AXIS, 0, 9 if tick.rank == 0 else 5), "line", line="ink", weight=1))
        if tick.rank == 0:
            out += _tick_label(course.page, writing.year(tick.year, course.locale), x)
    return out


def _month_ticks(course: Course, scale: Scale) -> list[Shape | Box]:
    """Return ticks between months, their names within; where they are many, short names, then every third."""
    ticks = timeline.month_ticks(scale)
    out: list[Shape | Box] = [
        Shape(Frame(t.at / POINT, AXIS, 0, 9), "line", line="ink", weight=1) for t in ticks
    ]
    pitch = scale.length / POINT / max(1, len(ticks) - 1)
    words, size = course.locale.dates, TICK_SIZE * course.page.scale
    for names in (words.months, words.short_months):
        if (
            max(natural_width(Paragraph((Run(name),)), TICK_SIZE * course.page.scale) for name in names)
            <= pitch - 4
        ):
            break
    widest = max(natural_width(Paragraph((Run(name),)), TICK_SIZE * course.page.scale) for name in names)
    every = 1 if widest <= pitch - 4 else 3
    for number, (tick, after) in enumerate(itertools.pairwise(ticks)):
        if number % every:
            continue
        out += _tick_label(course.page, names[tick.month - 1], (tick.at + after.at) / 2 / POINT)
    for number, tick in enumerate(ticks[:-1]):
        if tick.month == 1 or number == 0:
            year = Paragraph((Run(writing.year(tick.year, course.locale), bold=True),))
            width = natural_width(year, size) + 2
            if tick.month == 1 or (13 - tick.month) * pitch > width:
                x = min(tick.at / POINT + 3, course.page.right - width)
                out.append(
                    Box(
                        Frame(x, AXIS + 29, width, 20),
                        (year,),
                        TICK_SIZE * course.page.scale,
                        colour="ink2",
                    )
                )
    return out


def _tick_label(page: Page, text: str, middle: float) -> list[Box]:
    """Return a label centred below a place on the axis, kept within the margins."""
    width = natural_width(Paragraph((Run(text),)), TICK_SIZE * page.scale) + 4
    x = min(max(middle - width / 2, page.left), page.right - width)
    return [
        Box(
            Frame(x, AXIS + 11, width, 20),
            (Paragraph((Run(text),)),),
            TICK_SIZE * page.scale,
            colour="ink2",
            align="ctr",
        )
    ]
