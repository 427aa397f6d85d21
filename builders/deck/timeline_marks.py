"""What stands on a timeline slide's axis: ticks with their words, marks of events, leaders to labels."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from builders import timeline, writing
from builders.dates import Date
from builders.deck.course import Course
from builders.deck.geometry import Page
from builders.deck.lines import natural_width
from builders.deck.slides import Box, Frame, Paragraph, Run, Shape
from builders.outline import Event
from builders.timeline import POINT, Scale

AXIS = 411.8  # pt from the top, on our own page
TICK_SIZE = 16.0  # pt
FOOT = 16.0  # pt in which leaders bend
MONTHS_UP_TO = 800  # days: a longer axis has ticks at years
MARK = 11.0  # pt
SHORTEST_SPAN = 9.0  # pt: what lasts less is a point
BAR, BAR_PITCH, MOST_BARS = 6.0, 7.5, 2  # pt: bars of what lasts stand on the axis, one above another


def where(event: Event, scale: Scale) -> int:
    """Return where an event's leader starts, in µm: where a span begins, else the middle of what the date can
    mean."""
    start = event.date.start
    if event.date.interval and start and lasts(event, scale):
        return scale.middle(start.first, start.last)
    return scale.middle(event.date.first, event.date.last)


def lasts(event: Event, scale: Scale) -> bool:
    """Tell whether a date is long enough to be drawn as a bar."""
    first, last = _ends(event.date, scale)
    longer = event.date.interval or event.date.precision != "day"
    return longer and last - first > SHORTEST_SPAN * POINT


def bars(events: Sequence[Event], scale: Scale) -> Mapping[str, int]:
    """Return the row of each event that is drawn as a bar, 0 on the axis."""
    spans = [timeline.Span(e.id, *_ends(e.date, scale)) for e in events if lasts(e, scale)]
    return {key: min(row, MOST_BARS - 1) for key, row in timeline.tracks(spans, round(POINT)).items()}


def marks(event: Event, scale: Scale, row: int | None) -> Iterator[Shape]:
    """Yield an event's mark: a square, a ring or a tick by importance; a bar where the date is longer.

    A bar is solid as far as something lasted for certain, and hollow where the date may mean any day: over
    all of a year, if the year is all that is known.
    """
    if row is not None:
        yield from _bar(event.date, scale, AXIS - BAR - row * BAR_PITCH)
        return
    x = where(event, scale) / POINT
    if event.importance == 1:
        yield Shape(Frame(x, AXIS - 6, 0, 12), "line", line="hue", weight=2)
        return
    frame = Frame(x - MARK / 2, AXIS - MARK / 2, MARK, MARK)
    if event.importance == 3:
        yield Shape(frame, "rect", fill="hue", line="hue", weight=2)
    else:
        yield Shape(frame, "ellipse", fill="white", line="hue", weight=2)


def _bar(date: Date, scale: Scale, y: float) -> Iterator[Shape]:
    left, right = (at / POINT for at in _ends(date, scale))
    certain = _certain(date)
    first, last = (
        (scale.at(certain[0]) / POINT, scale.at(certain[1] + 1) / POINT) if certain else (left, left)
    )
    if (first, last) != (left, right):
        whole = Frame(left, y, right - left, BAR)
        yield Shape(whole, fill="white", line="hue", weight=1.25, dash=date.approximate)
    if last > first:
        yield Shape(Frame(first, y, last - first, BAR), fill="hue", line="white", weight=0.5)


def _ends(date: Date, scale: Scale) -> tuple[int, int]:
    """Return where a date's first day begins and its last one ends, in µm; an open end is the axis's."""
    first = scale.at(date.first) if date.start else scale.start
    return first, scale.at(date.last + 1) if date.end else scale.end


def _certain(date: Date) -> tuple[int, int] | None:
    """Return the days on which something lasted for certain: from the last day on which it can have begun to
    the first on which it can have ended."""
    if not date.interval or date.approximate or date.start is None or date.end is None:
        return None
    return (date.start.last, date.end.first) if date.start.last <= date.end.first else None


def leader(label: timeline.Placed) -> list[Shape]:
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


def ticks(course: Course, scale: Scale) -> list[Shape | Box]:
    """Return the axis's ticks with their words: months on a short axis, else years."""
    if scale.last - scale.first <= MONTHS_UP_TO:
        return _month_ticks(course, scale)
    out: list[Shape | Box] = []
    foot = 0.0  # where the last year's words end: at the margin they may move under the one before
    for tick in timeline.year_ticks(scale, round(64 * course.page.scale * POINT), round(9 * POINT)):
        x = tick.at / POINT
        out.append(Shape(Frame(x, AXIS, 0, 9 if tick.rank == 0 else 5), "line", line="ink", weight=1))
        if tick.rank == 0:
            label = _tick_label(course.page, writing.year(tick.year, course.locale), x)
            if label.frame.x >= foot:
                out.append(label)
                foot = label.frame.x + label.frame.w + 4
    return out


def _month_ticks(course: Course, scale: Scale) -> list[Shape | Box]:
    """Return ticks between months, their names within; where they are many, short names, then every third."""
    months = timeline.month_ticks(scale)
    out: list[Shape | Box] = [
        Shape(Frame(t.at / POINT, AXIS, 0, 9), "line", line="ink", weight=1) for t in months
    ]
    pitch = scale.length / POINT / max(1, len(months) - 1)
    words, size = course.locale.dates, TICK_SIZE * course.page.scale
    choices = [
        (max(natural_width(Paragraph((Run(name),)), size) for name in names), names)
        for names in (words.months, words.short_months)
    ]
    widest, names = next((one for one in choices if one[0] <= pitch - 4), choices[-1])
    every = 1 if widest <= pitch - 4 else 3
    for number, (tick, after) in enumerate(itertools.pairwise(months)):
        if number % every == 0:
            out.append(_tick_label(course.page, names[tick.month - 1], (tick.at + after.at) / 2 / POINT))
    for number, tick in enumerate(months[:-1]):
        if tick.month == 1 or number == 0:
            year = Paragraph((Run(writing.year(tick.year, course.locale), bold=True),))
            width = natural_width(year, size) + 2
            if tick.month == 1 or (13 - tick.month) * pitch > width:
                x = min(tick.at / POINT + 3, course.page.right - width)
                out.append(Box(Frame(x, AXIS + 29, width, 20), (year,), size, colour="ink2"))
    return out


def _tick_label(page: Page, text: str, middle: float) -> Box:
    """Return a label centred below a place on the axis, kept within the margins."""
    label, size = Paragraph((Run(text),)), TICK_SIZE * page.scale
    width = natural_width(label, size) + 4
    x = min(max(middle - width / 2, page.left), page.right - width)
    return Box(Frame(x, AXIS + 11, width, 20), (label,), size, colour="ink2", align="ctr")
