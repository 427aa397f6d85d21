"""A section's timeline slide: its events true to scale, as native shapes and texts in one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builders import timeline
from builders.deck.content import DeckContent
from builders.deck.fitting import narrow_measure
from builders.deck.geometry import SlidePage
from builders.deck.line_breaking import measure_height, measure_natural_width, measure_widest_word
from builders.deck.model import (
    Align,
    ShapeGroup,
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import make_speech
from builders.deck.text_slides import Topic, make_slides
from builders.deck.timeline_marks import (
    AXIS_TOP,
    LEADER_FOOT,
    MOST_DAYS_OF_MONTHS,
    assign_bar_rows,
    draw_event_mark,
    draw_leader,
    draw_ticks,
    place_leader,
)
from builders.language import formatting
from builders.language.dates import compute_civil_date, compute_day_number, count_days_in_month
from builders.outline.model import Event, Section
from builders.timeline import DRAFT, FULL, UM_PER_POINT, Scale

AXIS_ABOVE_FOOT = 41.8  # pt: room for the words below the axis
GAP_BELOW_TITLE = 7.2  # pt below the title's room
LABEL_SIZE = 18.0  # pt: the least
LARGER_SIZES = (22.0, 20.0)  # pt: where all labels have room
LABEL_WIDTHS = (120.0, 160.0, 200.0, 250.0)  # pt: the measures in which a label is tried
MOST_LINES = 3
MOST_LABELS = 9
MOST_ROWS = 4
LEADER_GAP = 6.0  # pt between a leader and its label
GAP_BELOW_LABEL = 8.0  # pt below a label
REACH, NEAR = 110.0, 50.0  # pt that a leader may stand off its date: at most, and where it looks best


@dataclass(frozen=True, slots=True)
class _LabelChoice:
    """One way to set a label: its measure and height in points."""

    width: float
    high: float

    def scale_by(self, factor: float) -> "_LabelChoice":
        """Return it at a size `factor` times as large."""
        return _LabelChoice(self.width * factor, self.high * factor)


def make_timeline_slides(topic: Topic, section: Section) -> list[Slide]:
    """Return the section's timeline, and a second slide for a time that is too dense; nothing for a single
    event."""
    if len(section.events) < 2:
        return []
    course = topic.course
    events = sorted(section.events, key=lambda event: (event.date.first, event.date.last))
    lanes = {lane.id: course.write_plain_text(lane.name) for lane in course.outline.lanes}
    listed = [f"{_write_event(course, event)} ({lanes[event.lane]})" for event in events]
    spoken = make_speech(course, extra=listed, say=[event.text for event in events])
    title = (SlideRun(course.write_phrase("timeline_title", section=course.write_plain_text(section.title))),)
    topic = replace(topic, layout=course.page.layouts["timeline"], title=title, spoken=spoken)
    whole = _make_section_scale(course, section, events)
    views = [_TimelineView(whole, tuple(events), tuple(events))]
    for window in timeline.find_dense_windows(
        [_make_event_mark(course, event) for event in events], whole, round(REACH * UM_PER_POINT)
    ):
        inside = [event for event in events if event.id in window.keys]
        outside = [event for event in events if event.id not in window.keys]
        close = _make_close_up(course, inside)
        if len(inside) == len(events) or close.last - close.first > (whole.last - whole.first) / 2:
            continue
        views = [
            _TimelineView(
                whole, tuple(events), (*outside, *(event for event in inside if event.importance == 3))
            ),
            _TimelineView(close, tuple(inside), tuple(inside)),
        ]
    return make_slides(topic, [partial(_make_timeline_items, course, view) for view in views])


@dataclass(frozen=True, slots=True)
class _TimelineView:
    """One slide's part of the time: its scale, the events that are marked, and those that may be labelled."""

    scale: Scale
    events: tuple[Event, ...]
    labelled: tuple[Event, ...]


def _write_event(course: DeckContent, event: Event) -> str:
    return course.locale.write_label(
        course.write_date(event.date, event.old_style), course.write_plain_text(event.label)
    )


def _make_event_mark(course: DeckContent, event: Event) -> timeline.EventMark:
    """Return an event as the search for dense times sees it: all in one lane."""
    wide = min(
        160.0,
        measure_natural_width(
            SlideParagraph(course.make_line_runs(event.label)), LABEL_SIZE * course.page.scale
        ),
    )
    return timeline.EventMark(
        event.id, event.date.first, event.date.last, "", round((wide + LEADER_GAP) * UM_PER_POINT)
    )


def _make_timeline_items(course: DeckContent, view: _TimelineView, lowered: float) -> list[SlideItem]:
    scale, events = view.scale, view.events
    axis = course.page.foot - AXIS_ABOVE_FOOT
    first_year, last_year = (
        compute_civil_date(day, julian=scale.julian)[0] for day in (scale.first, scale.last)
    )
    one_year = first_year == last_year
    rows, choices, size = _place_labels(
        course, view.labelled, scale, one_year, axis - course.page.top - GAP_BELOW_TITLE - lowered
    )
    drawn: list[SlideShape | TextBox] = [
        SlideShape(
            SlideFrame(course.page.left, AXIS_TOP, course.page.full, 0), "line", line="ink", weight=1.5
        )
    ]
    drawn += draw_ticks(course, scale)
    known = {event.id: event for event in events}
    for label in rows.labels:
        drawn += draw_leader(label)
    row = assign_bar_rows(events, scale)
    for event in sorted(events, key=lambda event: event.id not in row):
        drawn += draw_event_mark(event, scale, row.get(event.id))
    for label in rows.labels:
        choice = choices[label.key][label.box // 2]
        drawn.append(_make_label_box(course, known[label.key], label, choice, one_year, size))
    first, last = (formatting.write_year(year, course.locale) for year in (first_year, last_year))
    told = "; ".join(_write_event(course, event) for event in events)
    alt = course.write_phrase(
        "timeline_alt", years=first if first == last else f"{first}–{last}", events=told
    )
    if abs(axis - AXIS_TOP) > 0.01:  # a template's
        drawn = [replace(one, frame=replace(one.frame, y=one.frame.y + axis - AXIS_TOP)) for one in drawn]
    return [ShapeGroup(course.write_phrase("timeline"), tuple(drawn), alt)]


def _make_close_up(course: DeckContent, events: Sequence[Event]) -> Scale:
    return _make_rounded_scale(course, min(e.date.first for e in events), max(e.date.last for e in events))


def _make_section_scale(course: DeckContent, section: Section, events: Sequence[Event]) -> Scale:
    """Return the axis over the section's period and its events; of a short time it begins and ends with a
    month."""
    dates = [section.period, *(event.date for event in events)]
    first, last = min(date.first for date in dates), max(date.last for date in dates)
    return _make_rounded_scale(course, first, last)


def _make_rounded_scale(course: DeckContent, first: int, last: int) -> Scale:
    page, julian = course.page, course.outline.julian
    if not timeline.is_of_days(first, last):
        first, last = (
            _round_to_months(first, last, julian)
            if last - first <= MOST_DAYS_OF_MONTHS
            else timeline.round_years(first, last, julian=julian)
        )
    return Scale(first, last, round(page.left * UM_PER_POINT), round(page.full * UM_PER_POINT), julian)


def _round_to_months(first: int, last: int, julian: bool) -> tuple[int, int]:
    year, month, _ = compute_civil_date(first, julian=julian)
    end_year, end_month, _ = compute_civil_date(last, julian=julian)
    days = count_days_in_month(end_year, end_month, julian=julian)
    return (
        compute_day_number(year, month, 1, julian=julian),
        compute_day_number(end_year, end_month, days, julian=julian),
    )


def _place_labels(
    course: DeckContent, events: Sequence[Event], scale: Scale, one_year: bool, high: float
) -> tuple[timeline.LabelRows, Mapping[str, Sequence[_LabelChoice]], float]:
    """Place as many labels as fit, the more important first, and as large as that many can be; return their
    rows, the ways in which each can be set, and the size."""
    most = min(MOST_LABELS, len(events))
    places, importances = [place_leader(e, scale) for e in events], [e.importance for e in events]
    ranked = [events[number] for number in timeline.rank_evenly(places, importances, most)]
    tries = [(size, most, NEAR, effort) for effort in (DRAFT, FULL) for size in LARGER_SIZES]
    tries += [
        (LABEL_SIZE, most, NEAR, FULL),
        *((LABEL_SIZE, count, REACH, FULL) for count in range(most, 0, -1)),
    ]
    least = {event.id: _list_choices(course, event, one_year) for event in ranked}
    choices = {
        size: {key: [choice.scale_by(size / LABEL_SIZE) for choice in found] for key, found in least.items()}
        for size in (*LARGER_SIZES, LABEL_SIZE)
    }
    for size, count, reach, effort in tries:
        kept = {event.id for event in ranked[:count]}
        labels = [
            _make_timeline_label(event, scale, choices[size][event.id])
            for event in events
            if event.id in kept
        ]
        try:
            rows = timeline.place_labels(labels, _make_label_area(course.page, reach), effort)
        except timeline.NoRoomForLabels:
            continue
        if rows.depth <= high * UM_PER_POINT:
            return rows, choices[size], size
    return timeline.LabelRows((), (), 0), {}, LABEL_SIZE


def _make_label_area(page: SlidePage, reach: float) -> timeline.LabelArea:
    return timeline.LabelArea(
        round(page.left * UM_PER_POINT), round(page.right * UM_PER_POINT),
        MOST_ROWS, round(reach * UM_PER_POINT),
        round(14 * UM_PER_POINT), round(9 * UM_PER_POINT), round(LEADER_FOOT * UM_PER_POINT),
    )  # fmt: skip


def _make_timeline_label(
    event: Event, scale: Scale, choices: Sequence[_LabelChoice]
) -> timeline.TimelineLabel:
    boxes: list[timeline.LabelBox] = []
    for choice in choices:
        boxes += timeline.make_side_boxes(
            round((choice.width + LEADER_GAP) * UM_PER_POINT),
            round((choice.high + GAP_BELOW_LABEL) * UM_PER_POINT),
            other=round(4 * UM_PER_POINT),
        )
    return timeline.TimelineLabel(event.id, place_leader(event, scale), tuple(boxes), event.importance)


def _list_choices(course: DeckContent, event: Event, one_year: bool) -> list[_LabelChoice]:
    """Return the ways to set a label at the least size: narrow and high, or wide and low."""
    found: dict[float, float] = {}
    paragraphs = _make_label_paragraphs(course, event, one_year)
    size = LABEL_SIZE * course.page.scale
    wide = max(measure_natural_width(paragraph, size) for paragraph in paragraphs) + 0.5
    least = min(max(measure_widest_word(paragraph, size) for paragraph in paragraphs) + 0.5, LABEL_WIDTHS[-1])
    for measure in LABEL_WIDTHS:
        width = max(least, min(measure, wide))
        high = measure_height(paragraphs, size, width)
        if round(high / measure_height([SlideParagraph((SlideRun("x"),))], size, width)) <= MOST_LINES + 1:
            found.setdefault(high, width)
    found = found or {
        measure_height(paragraphs, size, LABEL_WIDTHS[-1]): LABEL_WIDTHS[-1]
    }  # a long text stands high
    return [
        _LabelChoice(narrow_measure(paragraphs, size, least, width), high) for high, width in found.items()
    ]


def _make_label_paragraphs(
    course: DeckContent, event: Event, one_year: bool
) -> tuple[SlideParagraph, SlideParagraph]:
    date = formatting.write_date(event.date, course.locale, short=True, year=not one_year)
    date = date.replace(" ", "\u00a0").replace("–\u00a0", "– ")  # of two dates, none is broken
    return (
        SlideParagraph((SlideRun(date, bold=True, colour="hue"),), after=0.0),
        SlideParagraph(course.make_line_runs(event.label), after=0.0),
    )


def _make_label_box(
    course: DeckContent,
    event: Event,
    label: timeline.PlacedLabel,
    choice: _LabelChoice,
    one_year: bool,
    size: float,
) -> TextBox:
    x = label.leader / UM_PER_POINT
    after = label.low == label.leader  # the label stands after its leader
    align: Align = "l" if after else "r"
    left = x + LEADER_GAP if after else x - LEADER_GAP - choice.width
    frame = SlideFrame(left, AXIS_TOP - label.top / UM_PER_POINT, choice.width, choice.high)
    return TextBox(
        frame,
        _make_label_paragraphs(course, event, one_year),
        size * course.page.scale,
        align=align,
        name=course.write_plain_text(event.label),
    )
