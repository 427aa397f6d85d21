"""What stands on a timeline slide's axis: ticks with their words, marks of events, leaders to labels."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from builders import timeline
from builders.deck.content import DeckContent
from builders.deck.geometry import SlidePage
from builders.deck.line_breaking import measure_natural_width
from builders.deck.model import (
    SlideFrame,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.language import formatting
from builders.language.dates import Date
from builders.outline.model import Event
from builders.timeline import UM_PER_POINT, Scale

AXIS_TOP = 411.8  # pt from the top, on our own page
TICK_TEXT_SIZE = 16.0  # pt
LEADER_FOOT = 16.0  # pt in which leaders bend
MOST_DAYS_OF_MONTHS = 800  # days: a longer axis has ticks at years
DATE_ROOM = 64.0  # pt along the axis for the words of a day
MARK_SIZE = 11.0  # pt
SHORTEST_SPAN = 9.0  # pt: what lasts less is a point
BAR, BAR_PITCH, MOST_BARS = 6.0, 7.5, 2  # pt: bars of what lasts stand on the axis, one above another


def place_leader(event: Event, scale: Scale) -> int:
    """Return where an event's leader starts, in µm: where a span begins, else the middle of what the date can
    mean."""
    start = event.date.start
    if event.date.interval and start and is_drawn_as_bar(event, scale):
        return scale.place_middle(start.first, start.last)
    return scale.place_middle(event.date.first, event.date.last)


def is_drawn_as_bar(event: Event, scale: Scale) -> bool:
    """Tell whether a date is long enough to be drawn as a bar."""
    first, last = _find_ends(event.date, scale)
    longer = event.date.interval or event.date.precision != "day"
    return longer and last - first > SHORTEST_SPAN * UM_PER_POINT


def assign_bar_rows(events: Sequence[Event], scale: Scale) -> Mapping[str, int]:
    """Return the row of each event that is drawn as a bar, 0 on the axis."""
    spans = [timeline.Span(e.id, *_find_ends(e.date, scale)) for e in events if is_drawn_as_bar(e, scale)]
    return {
        key: min(row, MOST_BARS - 1)
        for key, row in timeline.assign_tracks(spans, round(UM_PER_POINT)).items()
    }


def draw_event_mark(event: Event, scale: Scale, row: int | None) -> Iterator[SlideShape]:
    """Yield an event's mark: a square, a ring or a tick by importance; a bar where the date is longer.

    A bar is solid as far as something lasted for certain, and hollow where the date may mean any day: over
    all of a year, if the year is all that is known.
    """
    if row is not None:
        yield from _draw_bar(event.date, scale, AXIS_TOP - BAR - row * BAR_PITCH)
        return
    x = place_leader(event, scale) / UM_PER_POINT
    if event.importance == 1:
        yield SlideShape(SlideFrame(x, AXIS_TOP - 6, 0, 12), "line", line="hue", weight=2)
        return
    frame = SlideFrame(x - MARK_SIZE / 2, AXIS_TOP - MARK_SIZE / 2, MARK_SIZE, MARK_SIZE)
    if event.importance == 3:
        yield SlideShape(frame, "rect", fill="hue", line="hue", weight=2)
    else:
        yield SlideShape(frame, "ellipse", fill="white", line="hue", weight=2)


def _draw_bar(date: Date, scale: Scale, y: float) -> Iterator[SlideShape]:
    left, right = (at / UM_PER_POINT for at in _find_ends(date, scale))
    certain = _find_certain_days(date)
    first, last = (
        (scale.place_day(certain[0]) / UM_PER_POINT, scale.place_day(certain[1] + 1) / UM_PER_POINT)
        if certain
        else (left, left)
    )
    if (first, last) != (left, right):
        whole = SlideFrame(left, y, right - left, BAR)
        yield SlideShape(whole, fill="white", line="hue", weight=1.25, dash=date.approximate)
    if last > first:
        yield SlideShape(SlideFrame(first, y, last - first, BAR), fill="hue", line="white", weight=0.5)


def _find_ends(date: Date, scale: Scale) -> tuple[int, int]:
    """Return where a date's first day begins and its last one ends, in µm; an open end is the axis's."""
    first = scale.place_day(date.first) if date.start else scale.start
    return first, scale.place_day(date.last + 1) if date.end else scale.end


def _find_certain_days(date: Date) -> tuple[int, int] | None:
    """Return the days on which something lasted for certain: from the last day on which it can have begun to
    the first on which it can have ended."""
    if not date.interval or date.approximate or date.start is None or date.end is None:
        return None
    return (date.start.last, date.end.first) if date.start.last <= date.end.first else None


def draw_leader(label: timeline.PlacedLabel) -> list[SlideShape]:
    """Return a leader: it bends near the axis, then runs up along its label."""
    at, x, top = label.at / UM_PER_POINT, label.leader / UM_PER_POINT, AXIS_TOP - label.top / UM_PER_POINT
    if abs(at - x) < 0.5:
        return [SlideShape(SlideFrame(x, top, 0, AXIS_TOP - top), "line", line="hue", weight=1.25)]
    bend = AXIS_TOP - LEADER_FOOT + 3
    slant = SlideFrame(min(at, x), bend, abs(at - x), AXIS_TOP - bend)
    return [
        SlideShape(slant, "line", line="hue", weight=1.25, flip=at < x),
        SlideShape(SlideFrame(x, top, 0, bend - top), "line", line="hue", weight=1.25),
    ]


def draw_ticks(course: DeckContent, scale: Scale) -> list[SlideShape | TextBox]:
    """Return the axis's ticks with their words: days or months on a short axis, else years."""
    if timeline.is_of_days(scale.first, scale.last):
        return _draw_day_ticks(course, scale)
    if scale.last - scale.first <= MOST_DAYS_OF_MONTHS:
        return _draw_month_ticks(course, scale)
    out: list[SlideShape | TextBox] = []
    foot = 0.0  # where the last year's words end: at the margin they may move under the one before
    for tick in timeline.make_year_ticks(
        scale, round(64 * course.page.scale * UM_PER_POINT), round(9 * UM_PER_POINT)
    ):
        x = tick.at / UM_PER_POINT
        out.append(
            SlideShape(SlideFrame(x, AXIS_TOP, 0, 9 if tick.rank == 0 else 5), "line", line="ink", weight=1)
        )
        if tick.rank == 0:
            label = _make_tick_label(course.page, formatting.write_year(tick.year, course.locale), x)
            if label.frame.x >= foot:
                out.append(label)
                foot = label.frame.x + label.frame.w + 4
    return out


def _draw_day_ticks(course: DeckContent, scale: Scale) -> list[SlideShape | TextBox]:
    """Return ticks between days, of some of them the dates within, and the year below the first."""
    places = [scale.place_day(day) / UM_PER_POINT for day in range(scale.first, scale.last + 2)]
    out: list[SlideShape | TextBox] = [
        SlideShape(SlideFrame(x, AXIS_TOP, 0, 9), "line", line="ink", weight=1) for x in places
    ]
    ends = timeline.round_short_time(scale.first, scale.last, julian=scale.julian)
    most = int(course.page.full / (DATE_ROOM * course.page.scale))
    shown = timeline.list_short_ticks(*ends, most) if ends else []
    for number, day in enumerate(shown):
        text = formatting.write_point(day, course.locale, short=True, year=False)
        middle = scale.place_middle(day.first, day.last) / UM_PER_POINT
        out.append(_make_tick_label(course.page, text, middle))
        if number == 0 or day.year != shown[number - 1].year:
            out.append(_make_year_label(course, day.year, scale.place_day(day.first) / UM_PER_POINT))
    return out


def _make_year_label(course: DeckContent, year: int, left: float) -> TextBox:
    """Return the year below the words of days or months, from `left` on."""
    text = SlideParagraph((SlideRun(formatting.write_year(year, course.locale), bold=True),))
    size = TICK_TEXT_SIZE * course.page.scale
    width = measure_natural_width(text, size) + 2
    x = min(left + 3, course.page.right - width)
    return TextBox(SlideFrame(x, AXIS_TOP + 29, width, 20), (text,), size, colour="ink2")


def _draw_month_ticks(course: DeckContent, scale: Scale) -> list[SlideShape | TextBox]:
    """Return ticks between months, their names within; where they are many, short names, then every third."""
    months = timeline.make_month_ticks(scale)
    out: list[SlideShape | TextBox] = [
        SlideShape(SlideFrame(t.at / UM_PER_POINT, AXIS_TOP, 0, 9), "line", line="ink", weight=1)
        for t in months
    ]
    pitch = scale.length / UM_PER_POINT / max(1, len(months) - 1)
    words, size = course.locale.dates, TICK_TEXT_SIZE * course.page.scale
    choices = [
        (max(measure_natural_width(SlideParagraph((SlideRun(name),)), size) for name in names), names)
        for names in (words.months, words.short_months)
    ]
    widest, names = next((one for one in choices if one[0] <= pitch - 4), choices[-1])
    every = 1 if widest <= pitch - 4 else 3
    for number, (tick, after) in enumerate(itertools.pairwise(months)):
        if number % every == 0:
            out.append(
                _make_tick_label(course.page, names[tick.month - 1], (tick.at + after.at) / 2 / UM_PER_POINT)
            )
    for number, tick in enumerate(months[:-1]):
        if tick.month == 1 or number == 0:
            year = _make_year_label(course, tick.year, tick.at / UM_PER_POINT)
            if tick.month == 1 or (13 - tick.month) * pitch > year.frame.w:
                out.append(year)
    return out


def _make_tick_label(page: SlidePage, text: str, middle: float) -> TextBox:
    """Return a label centred below a place on the axis, kept within the margins."""
    label, size = SlideParagraph((SlideRun(text),)), TICK_TEXT_SIZE * page.scale
    width = measure_natural_width(label, size) + 4
    x = min(max(middle - width / 2, page.left), page.right - width)
    return TextBox(SlideFrame(x, AXIS_TOP + 11, width, 20), (label,), size, colour="ink2", align="ctr")
