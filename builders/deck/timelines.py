"""A section's timeline slide: its events true to scale, as native shapes and texts in one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builders import timeline, writing
from builders.dates import civil
from builders.deck.course import Course
from builders.deck.fit import narrowed
from builders.deck.geometry import Page
from builders.deck.lines import height, natural_width, widest_word
from builders.deck.notes import speech
from builders.deck.sheets import Topic, slides
from builders.deck.slides import Align, Box, Frame, Group, Item, Paragraph, Run, Shape, Slide
from builders.deck.timeline_marks import (
    AXIS,
    FOOT,
    MONTHS_UP_TO,
    bars,
    leader,
    marks,
    ticks,
    where,
)
from builders.outline import Event, Section
from builders.timeline import DRAFT, FULL, POINT, Scale

AXIS_ABOVE_FOOT = 41.8  # pt: room for the words below the axis
TOP = 7.2  # pt below the title's room
SIZE = 18.0  # pt: the least
LARGER = (22.0, 20.0)  # pt: where all labels have room
WIDTHS = (120.0, 160.0, 200.0, 250.0)  # pt: the measures in which a label is tried
MOST_LINES = 3
MOST_LABELS = 9
MOST_ROWS = 4
PAD = 6.0  # pt between a leader and its label
BELOW = 8.0  # pt below a label
REACH, NEAR = 110.0, 50.0  # pt that a leader may stand off its date: at most, and where it looks best


@dataclass(frozen=True, slots=True)
class _Choice:
    """One way to set a label: its measure and height in points."""

    width: float
    high: float

    def times(self, factor: float) -> "_Choice":
        """Return it at a size `factor` times as large."""
        return _Choice(self.width * factor, self.high * factor)


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
    return course.locale.label(course.date(event.date, event.old_style), course.words(event.label))


def _mark(course: Course, event: Event) -> timeline.Mark:
    """Return an event as the search for dense times sees it: all in one lane."""
    wide = min(160.0, natural_width(Paragraph(course.line(event.label)), SIZE * course.page.scale))
    return timeline.Mark(event.id, event.date.first, event.date.last, "", round((wide + PAD) * POINT))


def _items(course: Course, view: _View, lowered: float) -> list[Item]:
    scale, events = view.scale, view.events
    axis = course.page.foot - AXIS_ABOVE_FOOT
    one_year = civil(scale.first)[0] == civil(scale.last)[0]
    rows, choices, size = _placed(
        course, view.labelled, scale, one_year, axis - course.page.top - TOP - lowered
    )
    drawn: list[Shape | Box] = [
        Shape(Frame(course.page.left, AXIS, course.page.full, 0), "line", line="ink", weight=1.5)
    ]
    drawn += ticks(course, scale)
    known = {event.id: event for event in events}
    for label in rows.labels:
        drawn += leader(label)
    row = bars(events, scale)
    for event in sorted(events, key=lambda event: event.id not in row):
        drawn += marks(event, scale, row.get(event.id))
    for label in rows.labels:
        choice = choices[label.key][label.box // 2]
        drawn.append(_label(course, known[label.key], label, choice, one_year, size))
    first, last = (writing.year(civil(day)[0], course.locale) for day in (scale.first, scale.last))
    told = "; ".join(_told(course, event) for event in events)
    alt = course.say("timeline_alt", years=first if first == last else f"{first}–{last}", events=told)
    if abs(axis - AXIS) > 0.01:  # a template's
        drawn = [replace(one, frame=replace(one.frame, y=one.frame.y + axis - AXIS)) for one in drawn]
    return [Group(course.say("timeline"), tuple(drawn), alt)]


def _close_up(page: Page, events: Sequence[Event]) -> Scale:
    return _axis(page, min(e.date.first for e in events), max(e.date.last for e in events))


def _scale(page: Page, section: Section, events: Sequence[Event]) -> Scale:
    """Return the axis over the section's period and its events; of a short time it begins and ends with a
    month."""
    dates = [section.period, *(event.date for event in events)]
    first, last = min(date.first for date in dates), max(date.last for date in dates)
    return _axis(page, first, last)


def _axis(page: Page, first: int, last: int) -> Scale:
    first, last = (
        _whole_months(first, last) if last - first <= MONTHS_UP_TO else timeline.round_years(first, last)
    )
    return Scale(first, last, round(page.left * POINT), round(page.full * POINT))


def _whole_months(first: int, last: int) -> tuple[int, int]:
    from builders.dates import day_number, days_in_month

    year, month, _ = civil(first)
    end_year, end_month, _ = civil(last)
    return day_number(year, month, 1), day_number(end_year, end_month, days_in_month(end_year, end_month))


def _placed(
    course: Course, events: Sequence[Event], scale: Scale, one_year: bool, high: float
) -> tuple[timeline.Rows, Mapping[str, Sequence[_Choice]], float]:
    """Place as many labels as fit, the more important first, and as large as that many can be; return their
    rows, the ways in which each can be set, and the size."""
    ranked = sorted(events, key=lambda event: -event.importance)
    most = min(MOST_LABELS, len(ranked))
    tries = [(size, most, NEAR, effort) for effort in (DRAFT, FULL) for size in LARGER]
    tries += [(SIZE, most, NEAR, FULL), *((SIZE, count, REACH, FULL) for count in range(most, 0, -1))]
    least = {event.id: _choices(course, event, one_year) for event in ranked}
    choices = {
        size: {key: [choice.times(size / SIZE) for choice in found] for key, found in least.items()}
        for size in (*LARGER, SIZE)
    }
    for size, count, reach, effort in tries:
        labels = [_as_label(event, scale, choices[size][event.id]) for event in ranked[:count]]
        try:
            rows = timeline.place(labels, _room(course.page, reach), effort)
        except timeline.TooFull:
            continue
        if rows.depth <= high * POINT:
            return rows, choices[size], size
    return timeline.Rows((), (), 0), {}, SIZE


def _room(page: Page, reach: float) -> timeline.Room:
    return timeline.Room(
        round(page.left * POINT), round(page.right * POINT), MOST_ROWS, round(reach * POINT),
        round(14 * POINT), round(9 * POINT), round(FOOT * POINT),
    )  # fmt: skip


def _as_label(event: Event, scale: Scale, choices: Sequence[_Choice]) -> timeline.Label:
    boxes: list[timeline.Box] = []
    for choice in choices:
        boxes += timeline.either_side(
            round((choice.width + PAD) * POINT), round((choice.high + BELOW) * POINT), other=round(4 * POINT)
        )
    return timeline.Label(event.id, where(event, scale), tuple(boxes), event.importance)


def _choices(course: Course, event: Event, one_year: bool) -> list[_Choice]:
    """Return the ways to set a label at the least size: narrow and high, or wide and low."""
    found: dict[float, float] = {}
    paragraphs = _paragraphs(course, event, one_year)
    size = SIZE * course.page.scale
    wide = max(natural_width(paragraph, size) for paragraph in paragraphs) + 0.5
    least = min(max(widest_word(paragraph, size) for paragraph in paragraphs) + 0.5, WIDTHS[-1])
    for measure in WIDTHS:
        width = max(least, min(measure, wide))
        high = height(paragraphs, size, width)
        if round(high / height([Paragraph((Run("x"),))], size, width)) <= MOST_LINES + 1:
            found.setdefault(high, width)
    found = found or {height(paragraphs, size, WIDTHS[-1]): WIDTHS[-1]}  # a long text stands high
    return [_Choice(narrowed(paragraphs, size, least, width), high) for high, width in found.items()]


def _paragraphs(course: Course, event: Event, one_year: bool) -> tuple[Paragraph, Paragraph]:
    date = writing.date(event.date, course.locale, short=True, year=not one_year)
    date = date.replace(" ", "\u00a0").replace("–\u00a0", "– ")  # of two dates, none is broken
    return (
        Paragraph((Run(date, bold=True, colour="hue"),), after=0.0),
        Paragraph(course.line(event.label), after=0.0),
    )


def _label(
    course: Course, event: Event, label: timeline.Placed, choice: _Choice, one_year: bool, size: float
) -> Box:
    x = label.leader / POINT
    after = label.low == label.leader  # the label stands after its leader
    align: Align = "l" if after else "r"
    left = x + PAD if after else x - PAD - choice.width
    frame = Frame(left, AXIS - label.top / POINT, choice.width, choice.high)
    return Box(
        frame,
        _paragraphs(course, event, one_year),
        size * course.page.scale,
        align=align,
        name=course.words(event.label),
    )
