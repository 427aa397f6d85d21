"""A section's time in large print: a strip to scale across the page, and its main events as a list below."""

from collections.abc import Iterator

from builders import writing
from builders.dates import civil, day_number
from builders.guide.blocks import Block, Fixed, Text
from builders.guide.course import Course, date_order, mark_day
from builders.guide.page import Area, Disc, Figure, Item, Page, Rule, Words
from builders.guide.prose import BULLET, square
from builders.guide.ruler import is_round
from builders.outline import Event, Section
from builders.text.paragraph import Paragraph, Run
from builders.text.tree import Node
from builders.timeline import Span, tracks

HEIGHT, AXIS = 74.0, 36.0  # of the strip, and of its axis below the strip's top
MARK = 10.0  # side of a main event's square
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def spoken(course: Course, section: Section) -> str:
    """Return what is said instead of a section's timeline: all its events in order."""
    said = [
        f"{course.date(event.date)}, {course.say(event.label)}"
        for event in sorted(section.events, key=date_order)
    ]
    title = course.word("timeline_of", title=course.say(section.title))
    return course.locale.label(title, "; ".join(said)) + "."


def strip(course: Course, number: int, section: Section, parent: Node) -> Iterator[Block]:
    """Yield the strip under its title, then each event that the opener of a smaller print labels."""
    if not section.events:
        return
    look = course.type
    hue = look.colours.section(number).hue
    title = Paragraph(course.word("timeline"), look.strong, course.page.text)
    yield Text(title, parent.add("P"), look.body.leading * 1.5, 1, keep=True)
    drawing = _Strip(course, section, hue)
    node = parent.add("Figure", alt=spoken(course, section))

    def draw(page: Page, x: float, y: float) -> None:
        box = (x, y, x + course.page.text, y + HEIGHT)
        page.items.append(Figure(node, box, list(drawing.items(x, y))))

    main = sorted((e for e in section.events if e.importance == 3), key=date_order)
    yield Fixed(HEIGHT, draw, 0, 4, keep=bool(main))
    items = parent.add("L", attributes={"List": "/ListNumbering/Square"}) if main else parent
    for event in main:
        item = items.add("LI")
        lead = square(item.add("Lbl", actual="•"), hue, look.body)
        when = Run(course.date(event.date, short=True), look.strong.face, hue)
        runs = [when, Run("\u2002", look.body.face), *course.as_runs(event.label, look.body)]
        indent = BULLET * look.scale
        paragraph = Paragraph(runs, look.body, course.page.text - indent)
        yield Text(
            paragraph,
            item.add("LBody"),
            keep=any(event is e for e in (*main[:1], *main[-2:])) and event is not main[-1],
            indent=indent,
            lead=lead,
        )


class _Strip:
    """The axis of a strip: days to places across the text."""

    def __init__(self, course: Course, section: Section, hue: str) -> None:
        self.course, self.section, self.hue = course, section, hue
        self.look = course.type
        days = [d for e in section.events for d in (e.date.first, e.date.last)]
        self.first = min([section.period.first, *days])
        self.last = max([section.period.last, *days]) + 1
        self.face, self.size = self.look.small_bold.face, self.look.small.size
        first, last = civil(self.first)[0], civil(self.last)[0]
        widths = [self._width(year) for year in (first, last)]
        self.inset = max(MARK, *(w / 2 for w in widths))
        years = (self.last - self.first) / 365.25
        self.year = (course.page.text - 2 * self.inset) / years  # points a year
        self.step = next((s for s in STEPS if s * self.year >= max(widths) + 18), STEPS[-1])

    def _width(self, year: int) -> float:
        return self.face.width(writing.year(year, self.course.locale)) * self.size / 1000

    def at(self, day: float) -> float:
        """Return the place of a day, from the strip's left."""
        return self.inset + (day - self.first) / 365.25 * self.year

    def items(self, x: float, y: float) -> Iterator[Item]:
        """Yield axis, years, and a mark for each event, at (x, y)."""
        ink, axis = self.look.colours, y + AXIS
        ends = ((x + self.at(self.first), axis), (x + self.at(self.last), axis))
        yield Rule(ends, ink.ink, 0.75 * self.look.rules)
        yield from self._years(x, axis)
        yield from self._spans(x, axis)
        for event in sorted(self.section.events, key=lambda e: e.importance):
            place = x + self._middle(event)
            if event.importance == 3:
                yield Area(place - MARK / 2, axis - MARK / 2, MARK, MARK, fill=self.hue)
            else:
                yield Disc(place, axis, MARK * 0.36, fill=ink.white, stroke=self.hue, line=1.5)

    def _middle(self, event: Event) -> float:
        return self.at(mark_day(event.date))

    def _years(self, x: float, axis: float) -> Iterator[Item]:
        ink = self.look.colours
        first, last = civil(self.first)[0], civil(self.last)[0]
        free = x - 99.0
        for year in range(first, last + 1):
            day = day_number(year, 1, 1)
            within = self.first <= day <= self.last
            named = is_round(year, self.step) if within else year == first
            place = x + self.at(max(day, self.first))
            if within and (named or self.year >= 6):
                length = MARK + (4 if named else 0)
                yield Rule(((place, axis), (place, axis + length)), ink.ink, 1.5 if named else 1)
            half = self._width(year) / 2
            if named and place - half >= free and not (year == first and not within and self.year < 4 * half):
                text = writing.year(year, self.course.locale)
                baseline = axis + MARK + 6 + self.size * 0.8
                yield Words(text, place, baseline, self.face, self.size, ink.ink, align="center")
                free = place + half + 8

    def _spans(self, x: float, axis: float) -> Iterator[Item]:
        lasting = [
            Span(e.id, e.date.first, e.date.last)
            for e in self.section.events
            if e.importance == 3 and self.at(e.date.last) - self.at(e.date.first) > 2 * MARK
        ]
        for key, track in tracks(lasting, 30).items():
            span = next(s for s in lasting if s.key == key)
            line = axis - MARK - 6 * track
            ends = ((x + self.at(span.start), line), (x + self.at(span.end + 1), line))
            yield Rule(ends, self.hue, 4, (7, 3))
