"""A section's own axis on its opener: time to scale down the page, main events labelled, lens lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders import writing
from builders.dates import Date, civil, day_number
from builders.guide.course import Course, Placed, date_order, mark_day
from builders.guide.page import Area, Disc, Item, Lines, Rule, Words
from builders.guide.ruler import Ruler, is_round
from builders.outline import Section
from builders.text.paragraph import Paragraph
from builders.timeline import Span, in_order, tracks

RIGHT = 524.4  # the right edge of text and margin that these places on a recto are given for, in points
LABELS, LABEL_WIDTH = 350.0, 104.0  # left edge of the labels on a recto, and their width
BEND, AXIS = 470.0, 494.0
GLASS = 474.0  # a crowded stretch of the axis, drawn larger
CROWD, FAR = 5, 90.0  # labels and points: so many, so far from their marks, are a crowd
LENS = 528.0
MONTHLY = 12 * 366  # days: up to here the axis has a tick a month
MILLI = 1000  # the timeline counts in whole thousandths


class Axis:
    """The axis of an opener: days to heights, labels beside it, lens lines to the ruler."""

    def __init__(self, course: Course, ruler: Ruler, number: int, section: Section, recto: bool) -> None:
        self.course, self.ruler, self.number, self.recto = course, ruler, number, recto
        self.events = section.events
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
        return self.at(mark_day(placed.event.date))

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
        first, end = _crowd(wanted, heights, places)
        near = (BEND, AXIS - 7, AXIS - 2.6)
        window: _Window | None = None
        if end:
            window = _Window.of([p.event.date for p in events[first:end]], places[first:end])
            yield from self._magnified(window)
        for i, (placed, text, place) in enumerate(zip(events, texts, places, strict=True)):
            if window and first <= i < end:
                mark = window.at(mark_day(placed.event.date))
                yield from self._label(
                    placed, text, place / MILLI, (GLASS - 12, GLASS - 4, GLASS - 2.6), mark
                )
                yield Area(self.x(GLASS) - 2.6, mark - 2.6, 5.2, 5.2, fill=self.hue)
            else:
                yield from self._label(placed, text, place / MILLI, near, self._middle(placed))

    def _magnified(self, window: "_Window") -> Iterator[Item]:
        """Yield a second axis for a crowded stretch of the first, tied to it by two lines."""
        ink, glass = self.look.colours, self.x(GLASS)
        for day, y in ((window.first, window.top), (window.last, window.bottom)):
            yield Rule(
                ((glass, y), (self.x(AXIS - 4), self.at(day)), (self.x(AXIS), self.at(day))), ink.ink2, 0.6
            )
        yield Rule(((glass, window.top), (glass, window.bottom)), ink.ink, 0.75)
        for year in range(civil(int(window.first))[0], civil(int(window.last))[0] + 1):
            for month in range(1, 13):
                day = day_number(year, month, 1)
                if window.first < day < window.last:
                    y, length = window.at(day), 5.0 if month == 1 else 2.5
                    yield Rule(((glass, y), (self.x(GLASS + length), y)), ink.ink, 1 if month == 1 else 0.5)
        for event in self.events:
            if event.importance < 3 and window.first < event.date.first < window.last:
                y = window.at(mark_day(event.date))
                yield Disc(glass, y, 1.9, fill=ink.white, stroke=self.hue, line=0.9)

    def _label(
        self, placed: Placed, text: Paragraph, y: float, across: tuple[float, float, float], end: float
    ) -> Iterator[Item]:
        """Yield one label: date, leader at the height `y`, bent at `across`, to its mark at `end`; text."""
        face = self.look.strong.face
        date = self.course.date(placed.event.date, short=True, year=self._needs_year(placed))
        width = face.width(date) * 8.5 / 1000
        left = self.x(LABELS) if self.recto else self.x(LABELS) - LABEL_WIDTH
        yield Words(date, left, y + 3, face, 8.5, self.hue)
        start = left + width + 5 if self.recto else left - 4
        bend, track, mark = map(self.x, across)
        if (bend - start) * (1 if self.recto else -1) > 0:
            yield Rule(((start, y), (bend, y), (track, end), (mark, end)), self.hue, 0.6)
        yield Lines(text, left, y + 3 + 12.5, None)

    def _needs_year(self, placed: Placed) -> bool:
        """Return whether a label tells its year: where the axis, with a tick a month, does not."""
        date = placed.event.date
        exact = date.precision in ("day", "month") and civil(date.first)[0] == civil(date.last)[0]
        return not exact or self.last - self.first > MONTHLY


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of time that is drawn larger, from `top` to `bottom`."""

    first: float
    last: float
    top: float
    bottom: float

    @classmethod
    def of(cls, dates: Sequence[Date], places: Sequence[int]) -> "_Window":
        """Return the window of events, a little wider than they are, beside their labels."""
        first, last = min(d.first for d in dates), max(d.first for d in dates) + 1
        pad = (last - first) * 0.03
        return cls(first - pad, last + pad, places[0] / MILLI - 6, places[-1] / MILLI + 6)

    def at(self, day: float) -> float:
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)


def _crowd(wanted: Sequence[int], heights: Sequence[int], places: Sequence[int]) -> tuple[int, int]:
    """Return the labels (first, end) that stand close together and far from their marks; (0, 0): none do."""
    best = (0, 0)
    first = 0
    for i in range(len(places)):
        if i + 1 < len(places) and places[i + 1] - places[i] <= heights[i] + 1:
            continue
        apart = max(
            abs(place - want)
            for place, want in zip(places[first : i + 1], wanted[first : i + 1], strict=True)
        )
        wide = places[i] - places[first] > 2 * (wanted[i] - wanted[first])
        if i + 1 - first >= CROWD and apart > FAR * MILLI and wide and i + 1 - first > best[1] - best[0]:
            best = (first, i + 1)
        first = i + 1
    return best
