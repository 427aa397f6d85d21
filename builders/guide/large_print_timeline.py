"""A section's time in large print: a strip to scale across the page, and its main events as a list below."""

from collections.abc import Iterator

from builders.guide.content import (
    GuideContent,
    compute_mark_day,
    find_main_importance,
    make_date_key,
)
from builders.guide.flow_blocks import FixedBlock, FlowBlock, TextBlock
from builders.guide.fore_edge_ruler import is_round_year
from builders.guide.page_items import (
    GuidePage,
    PageCircle,
    PageFigure,
    PageItem,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.prose import BULLET_INDENT, make_bullet_drawing
from builders.language import formatting
from builders.outline.model import Event, Section
from builders.timeline import (
    Span,
    assign_tracks,
    is_of_days,
    list_short_ticks,
    rank_evenly,
    round_short_time,
)
from builders.timeline.scale import YEAR_STEPS
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run

HEIGHT, AXIS = 74.0, 36.0  # of the strip, and of its axis below the strip's top
MOST_LISTED = 12  # events that are no main ones, where a section has no other
MARK_SIDE = 10.0  # side of a main event's square


def write_timeline_alt_text(course: GuideContent, section: Section) -> str:
    """Return what is said instead of a section's timeline: all its events in order."""
    said = [
        f"{course.write_date(event.date)}, {course.get_plain_text(event.label)}"
        for event in _sort_by_date(course, section)
    ]
    title = course.get_fixed_words("timeline_of", title=course.get_plain_text(section.title))
    return course.locale.write_label(title, "; ".join(said)) + "."


def _sort_by_date(course: GuideContent, section: Section) -> list[Event]:
    return sorted(section.events, key=lambda event: make_date_key(course.events[event.id]))


def _list_main_events(course: GuideContent, section: Section) -> list[Event]:
    """Return the events that the list names; where none is a main one, those that stand evenly in time."""
    events = _sort_by_date(course, section)
    importances = [event.importance for event in events]
    main = [event for event in events if event.importance == 3]
    ranked = rank_evenly([event.date.first for event in events], importances, MOST_LISTED)
    top = find_main_importance(events)
    return main or [events[i] for i in sorted(ranked) if importances[i] == top]


def make_timeline_strip(
    course: GuideContent, number: int, section: Section, parent: Node
) -> Iterator[FlowBlock]:
    """Yield the strip under its title, then each event that the opener of a smaller print labels."""
    if not section.events:
        return
    look = course.type
    hue = look.colours.get_section_look(number).hue
    title = Paragraph(course.get_fixed_words("timeline"), look.strong, course.page.text)
    yield TextBlock(title, parent.add("P"), look.body.leading * 1.5, 1, keep=True)
    drawing = _TimelineStrip(course, section, hue)
    node = parent.add("Figure", alt=write_timeline_alt_text(course, section))

    def draw(page: GuidePage, x: float, y: float) -> None:
        box = (x, y, x + course.page.text, y + HEIGHT)
        page.items.append(PageFigure(node, box, list(drawing.make_items(x, y))))

    main = _list_main_events(course, section)
    yield FixedBlock(HEIGHT, draw, 0, 4, keep=bool(main))
    items = parent.add("L", attributes={"List": "/ListNumbering/Square"}) if main else parent
    for event in main:
        item = items.add("LI")
        lead = make_bullet_drawing(item.add("Lbl", actual="•"), hue, look.body)
        when = Run(course.write_date(event.date, short=True), look.strong.face, hue)
        runs = [when, Run("\u2002", look.body.face), *course.make_runs(event.label, look.body)]
        indent = BULLET_INDENT * look.scale
        paragraph = Paragraph(runs, look.body, course.page.text - indent)
        yield TextBlock(
            paragraph,
            item.add("LBody"),
            keep=any(event is e for e in (*main[:1], *main[-2:])) and event is not main[-1],
            indent=indent,
            lead=lead,
        )


class _TimelineStrip:
    """The axis of a strip: days to places across the text."""

    def __init__(self, course: GuideContent, section: Section, hue: str) -> None:
        self.course, self.section, self.hue = course, section, hue
        self.look = course.type
        days = [d for e in section.events for d in (e.date.first, e.date.last)]
        self.first = min([section.period.first, *days])
        self.last = max([section.period.last, *days]) + 1
        self.face, self.size = self.look.small_bold.face, self.look.small.size
        first, last = self.course.find_year(self.first), self.course.find_year(self.last)
        widths = [self._measure_year(year) for year in (first, last)]
        self.inset = max(MARK_SIDE, *(w / 2 for w in widths))
        years = (self.last - self.first) / 365.25
        self.year = (course.page.text - 2 * self.inset) / years  # points a year
        self.step = next((s for s in YEAR_STEPS if s * self.year >= max(widths) + 18), YEAR_STEPS[-1])

    def _measure_year(self, year: int) -> float:
        return self.face.width(formatting.write_year(year, self.course.locale)) * self.size / 1000

    def place_day(self, day: float) -> float:
        """Return the place of a day, from the strip's left."""
        return self.inset + (day - self.first) / 365.25 * self.year

    def make_items(self, x: float, y: float) -> Iterator[PageItem]:
        """Yield axis, years, and a mark for each event, at (x, y)."""
        ink, axis = self.look.colours, y + AXIS
        ends = ((x + self.place_day(self.first), axis), (x + self.place_day(self.last), axis))
        yield PagePolyline(ends, ink.ink, 0.75 * self.look.rules)
        yield from self._make_years(x, axis)
        yield from self._make_spans(x, axis)
        for event in sorted(self.section.events, key=lambda e: e.importance):
            place = x + self._place_mark(event)
            if event.importance == 3:
                yield PageRectangle(
                    place - MARK_SIDE / 2, axis - MARK_SIDE / 2, MARK_SIDE, MARK_SIDE, fill=self.hue
                )
            else:
                yield PageCircle(place, axis, MARK_SIDE * 0.36, fill=ink.white, stroke=self.hue, line=1.5)

    def _place_mark(self, event: Event) -> float:
        return self.place_day(compute_mark_day(event.date))

    def _make_days(self, x: float, axis: float) -> Iterator[PageItem]:
        """Yield a tick between days, and as many dates as there is room for."""
        ink, baseline = self.look.colours, axis + MARK_SIDE + 6 + self.size * 0.8
        for day in range(self.first, self.last + 1):
            at = x + self.place_day(day)
            yield PagePolyline(((at, axis), (at, axis + MARK_SIDE)), ink.ink, 1)
        ends = round_short_time(self.first, self.last - 1, julian=self.course.outline.julian)
        words = [self.course.write_short_day(day) for day in range(self.first, self.last)]
        widest = max(self.face.width(text) for text in words) * self.size / 1000
        most = max(int(self.course.page.text / (widest + 14)), 1)
        for point in list_short_ticks(*ends, most) if ends else ():
            text, at = self.course.write_short_day(point.first), x + self.place_day(point.first + 0.5)
            half = self.face.width(text) * self.size / 2000
            at = min(max(at, x + half), x + self.course.page.text - half)
            yield PageText(text, at, baseline, self.face, self.size, ink.ink, align="center")

    def _make_years(self, x: float, axis: float) -> Iterator[PageItem]:
        if is_of_days(self.first, self.last - 1):
            yield from self._make_days(x, axis)
            return
        ink = self.look.colours
        first, last = self.course.find_year(self.first), self.course.find_year(self.last)
        free = x - 99.0
        for year in range(first, last + 1):
            day = self.course.compute_day_number(year)
            within = self.first <= day <= self.last
            named = is_round_year(year, self.step) if within else year == first
            place = x + self.place_day(max(day, self.first))
            if within and (named or self.year >= 6):
                length = MARK_SIDE + (4 if named else 0)
                yield PagePolyline(((place, axis), (place, axis + length)), ink.ink, 1.5 if named else 1)
            half = self._measure_year(year) / 2
            if named and place - half >= free and not (year == first and not within and self.year < 4 * half):
                text = formatting.write_year(year, self.course.locale)
                baseline = axis + MARK_SIDE + 6 + self.size * 0.8
                yield PageText(text, place, baseline, self.face, self.size, ink.ink, align="center")
                free = place + half + 8

    def _make_spans(self, x: float, axis: float) -> Iterator[PageItem]:
        lasting = [
            Span(e.id, e.date.first, e.date.last)
            for e in self.section.events
            if e.importance == find_main_importance(self.section.events)
            and self.place_day(e.date.last) - self.place_day(e.date.first) > 2 * MARK_SIDE
        ]
        for key, track in assign_tracks(lasting, 30).items():
            span = next(s for s in lasting if s.key == key)
            line = axis - MARK_SIDE - 6 * track
            ends = ((x + self.place_day(span.start), line), (x + self.place_day(span.end + 1), line))
            yield PagePolyline(ends, self.hue, 4, (7, 3))
