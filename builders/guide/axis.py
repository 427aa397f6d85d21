"""A section's own axis on its opener: time to scale down the page, main events labelled, lens lines."""

from collections.abc import Iterator, Sequence

from builders import writing
from builders.dates import civil, day_number
from builders.guide.course import Course, Placed, date_order
from builders.guide.page import Area, Disc, Item, Lines, Rule, Words
from builders.guide.ruler import Ruler, is_round
from builders.outline import Section
from builders.text.paragraph import Paragraph
from builders.timeline import Span, in_order, tracks

RIGHT = 524.4  # the right edge of text and margin that these places on a recto are given for, in points
LABELS, LABEL_WIDTH = 357.0, 114.0  # left edge of the labels on a recto, and their width
BEND, AXIS = 470.0, 494.0
LENS = 528.0
MONTHLY = 12 * 366  # days: up to here the axis has a tick a month
MILLI = 1000  # the timeline counts in whole thousandths


class Axis:
    """The axis of an opener: days to heights, labels beside it, lens lines to the ruler."""

    def __init__(self, course: Course, ruler: Ruler, number: int, section: Section, recto: bool) -> None:
        self.course, self.ruler, self.number, self.recto = course, ruler, number, recto
        self.look, self.hue = course.type, course.type.colours.section(number).hue
        geometry = course.page
        self.shift = geometry.inner + geometry.full - RIGHT
        self.top, self.bottom = geometry.top + 14, geometry.bottom
        days = [d for e in section.events for d in (e.date.first, e.date.last)]
        period = section.period
        self.first, self.last = min([period.first, *days]), max([period.last, *days]) + 1
        years = [writing.year(civil(day)[0], self.course.locale) for day in (self.first, self.last)]
        room = max(self.look.strong.face.width(year) for year in years) * 9.5 / 1000
        self.lens = min(max(LENS, AXIS + 10 + room + 4), LENS + 18)

    def x(self, x: float) -> float:
        """Return a place given for a recto, mirrored on a verso."""
        return x + self.shift if self.recto else self.course.page.width - x - self.shift

    def at(self, day: float) -> float:
        """Return the height of a day, from the page's top."""
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)

    def items(self, events: Sequence[Placed]) -> Iterator[Item]:
        """Yield everything, from the axis to the labels."""
        ink = self.look.colours
        axis = self.x(AXIS)
        yield from self._lens()
        yield Rule(((axis, self.top), (axis, self.bottom)), ink.ink, 0.75)
        yield from self._ticks()
        yield from self._spans([p for p in events if p.event.importance == 3])
        for placed in sorted(events, key=lambda p: p.event.importance):
            y = self._middle(placed)
            if placed.event.importance == 3:
                yield Area(axis - 2.6, y - 2.6, 5.2, 5.2, fill=self.hue)
            else:
                yield Disc(axis, y, 1.9, fill=ink.white, stroke=self.hue, line=0.9)
        yield from self._labels(
            sorted((p for p in events if p.event.importance == 3), key=lambda p: date_order(p.event))
        )

    def _middle(self, placed: Placed) -> float:
        date = placed.event.date
        return self.at(date.first + 0.5 if date.interval else (date.first + date.last + 1) / 2)

    def _lens(self) -> Iterator[Item]:
        left, top, width, height = self.ruler.bar(self.number, self.recto)
        edge = left if self.recto else left + width
        for y, end in ((self.top, top), (self.bottom, top + height)):
            yield Rule(((self.x(AXIS), y), (self.x(self.lens), y), (edge, end)), self.look.colours.ink2, 0.6)

    def _ticks(self) -> Iterator[Item]:
        ink, face = self.look.colours, self.look.strong.face
        first, last = civil(self.first)[0], civil(self.last)[0]
        per_year = (self.bottom - self.top) / max((self.last - self.first) / 365.25, 0.1)
        step = next((s for s in (1, 2, 5, 10, 20, 50, 100) if s * per_year >= 48), 200)
        for year in range(first, last + 1):
            for month in range(1, 13) if self.last - self.first <= MONTHLY else (1,):
                day = day_number(year, month, 1)
                if not self.first <= day <= self.last:
                    continue
                y = self.at(day)
                labelled = month == 1 and is_round(year, step)
                length = 6.5 if labelled else 4.5 if month == 1 else 3.0
                yield Rule(((self.x(AXIS), y), (self.x(AXIS + length), y)), ink.ink, 1 if labelled else 0.5)
                if labelled and y < self.bottom - 4:
                    text = writing.year(year, self.course.locale)
                    align = "left" if self.recto else "right"
                    yield Words(text, self.x(AXIS + 10), y + 3.2, face, 9.5, ink.ink, align=align)
        if civil(self.first)[1:] != (1, 1) and step == 1:
            text = writing.year(first, self.course.locale)
            align = "left" if self.recto else "right"
            if self.at(day_number(first + 1, 1, 1)) - self.top > 16:
                yield Words(text, self.x(AXIS + 10), self.top + 10, face, 9.5, ink.ink, align=align)

    def _spans(self, events: Sequence[Placed]) -> Iterator[Item]:
        lasting = [
            Span(p.event.id, p.event.date.first, p.event.date.last)
            for p in events
            if self.at(p.event.date.last) - self.at(p.event.date.first) > 14
        ]
        for key, track in tracks(lasting, 30).items():
            span = next(s for s in lasting if s.key == key)
            x = self.x(AXIS - 5.5 - 4.5 * track)
            yield Rule(((x, self.at(span.start)), (x, self.at(span.end + 1))), self.hue, 2.6, (4.2, 1.6))

    def _labels(self, events: Sequence[Placed]) -> Iterator[Item]:
        style = self.look.label
        texts = [Paragraph(self.course.runs(p.event.label, style), style, LABEL_WIDTH) for p in events]
        heights = [round((12.5 + t.height + 7) * MILLI) for t in texts]
        wanted = [round((self._middle(p) - 3) * MILLI) for p in events]
        low, high = round(self.top * MILLI), round((self.bottom - 22) * MILLI)
        while (
            events and sum(heights) - heights[-1] > high - low
        ):  # more than the page holds: bare marks remain
            events, texts, heights, wanted = events[:-1], texts[:-1], heights[:-1], wanted[:-1]
        if not texts:
            return
        high = round((self.bottom - texts[-1].height - 10) * MILLI)
        places = in_order(wanted, heights[:-1], low, high)
        for placed, text, place in zip(events, texts, places, strict=True):
            yield from self._label(placed, text, place / MILLI)

    def _label(self, placed: Placed, text: Paragraph, y: float) -> Iterator[Item]:
        """Yield one label: date, leader with one bend, text; `y` is the height of the leader."""
        face = self.look.strong.face
        date = self.course.date(placed.event.date, short=True, year=self._needs_year(placed))
        width = face.width(date) * 8.5 / 1000
        left = self.x(LABELS) if self.recto else self.x(LABELS) - LABEL_WIDTH + 10
        yield Words(date, left, y + 3, face, 8.5, self.hue)
        start = left + width + 5 if self.recto else left - 4
        end = self._middle(placed)
        bend = (self.x(BEND), y)
        track = (self.x(AXIS - 7), end)
        yield Rule(((start, y), bend, track, (self.x(AXIS - 2.6), end)), self.hue, 0.6)
        yield Lines(text, left, y + 3 + 12.5, None)

    def _needs_year(self, placed: Placed) -> bool:
        """Return whether a label tells its year: where the axis, with a tick a month, does not."""
        date = placed.event.date
        exact = date.precision in ("day", "month") and civil(date.first)[0] == civil(date.last)[0]
        return not exact or self.last - self.first > MONTHLY
