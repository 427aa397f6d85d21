"""A section's own axis on its opener: time to scale down the page, main events labelled, lens lines."""

from collections.abc import Iterator, Sequence

from builders.guide.content import (
    GuideContent,
    SectionEvent,
    compute_mark_day,
    find_main_importance,
    make_date_key,
)
from builders.guide.fore_edge_ruler import Ruler, is_round_year
from builders.guide.magnified_window import UNITS_PER_POINT, MagnifiedWindow, find_crowd
from builders.guide.page_items import (
    PageCircle,
    PageItem,
    PageLines,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.language import formatting
from builders.outline.model import Section
from builders.timeline import (
    Span,
    assign_tracks,
    is_of_days,
    list_short_ticks,
    rank_evenly,
    round_short_time,
    space_in_order,
)
from builders.timeline.scale import YEAR_STEPS
from builders.typesetting.paragraph import Paragraph

RIGHT_EDGE = 524.4  # the right edge of text and margin that these places on a recto are given for, in points
LABELS, LABEL_WIDTH = 350.0, 104.0  # left edge of the labels on a recto, and their width
BEND, AXIS = 470.0, 494.0
MAGNIFIED_AXIS = 474.0  # a crowded stretch of the axis, drawn larger
LENS_EDGE = 528.0
LEAST_PITCH = 5.0  # points between two ticks
MOST_DAYS_WITH_MONTHS = 12 * 366  # days: up to here the axis has a tick a month


class OpenerAxis:
    """The axis of an opener: days to heights, labels beside it, lens lines to the ruler."""

    def __init__(
        self, course: GuideContent, ruler: Ruler, number: int, section: Section, recto: bool
    ) -> None:
        self.course, self.ruler, self.number, self.recto = course, ruler, number, recto
        self.events = section.events
        self.look, self.hue = course.type, course.type.colours.get_section_look(number).hue
        geometry = course.page
        self.shift = geometry.inner + geometry.full_width - RIGHT_EDGE
        self.top, self.bottom = geometry.top + 14, geometry.bottom
        days = [d for e in section.events for d in (e.date.first, e.date.last)]
        period = section.period
        self.first, self.last = min([period.first, *days]), max([period.last, *days]) + 1
        years = [
            formatting.write_year(course.find_year(day), self.course.locale)
            for day in (self.first, self.last)
        ]
        if is_of_days(self.first, self.last - 1):
            years += [course.write_short_day(day) for day in range(self.first, self.last)]
        room = max(self.look.strong.face.width(year) for year in years) * 9.5 / 1000
        self.lens = min(max(LENS_EDGE, AXIS + 10 + room + 4), LENS_EDGE + 18)

    def mirror_x(self, x: float) -> float:
        """Return a place given for a recto, mirrored on a verso."""
        return x + self.shift if self.recto else self.course.page.width - x - self.shift

    def place_day(self, day: float) -> float:
        """Return the height of a day, from the page's top."""
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)

    def make_items(self, events: Sequence[SectionEvent]) -> Iterator[PageItem]:
        """Yield everything, from the axis to the labels."""
        ink = self.look.colours
        axis = self.mirror_x(AXIS)
        yield from self._make_lens_lines()
        yield PagePolyline(((axis, self.top), (axis, self.bottom)), ink.ink, 0.75)
        yield from self._make_ticks()
        main = [p for p in events if p.event.importance == find_main_importance(self.events)]
        yield from self._make_spans(main)
        for placed in sorted(events, key=lambda p: p.event.importance):
            y = self._place_mark(placed)
            if placed.event.importance == 3:
                yield PageRectangle(axis - 2.6, y - 2.6, 5.2, 5.2, fill=self.hue)
            else:
                yield PageCircle(axis, y, 1.9, fill=ink.white, stroke=self.hue, line=0.9)
        yield from self._make_labels(sorted(main, key=lambda p: (self._place_mark(p), make_date_key(p))))

    def _place_mark(self, placed: SectionEvent) -> float:
        return self.place_day(compute_mark_day(placed.event.date))

    def _make_lens_lines(self) -> Iterator[PageItem]:
        left, top, width, height = self.ruler.place_bar(self.number, self.recto)
        edge = left if self.recto else left + width
        for y, end in ((self.top, top), (self.bottom, top + height)):
            yield PagePolyline(
                ((self.mirror_x(AXIS), y), (self.mirror_x(self.lens), y), (edge, end)),
                self.look.colours.ink2,
                0.6,
            )

    def _make_ticks(self) -> Iterator[PageItem]:
        if is_of_days(self.first, self.last - 1):
            yield from self._make_day_ticks()
            return
        first, last = self.course.find_year(self.first), self.course.find_year(self.last)
        per_year = (self.bottom - self.top) / max((self.last - self.first) / 365.25, 0.1)
        step = next((s for s in YEAR_STEPS if s * per_year >= 48), YEAR_STEPS[-1])
        finest = next((s for s in YEAR_STEPS if s * per_year >= LEAST_PITCH and step % s == 0), step)
        for year in range(first, last + 1):
            named = is_round_year(year, step) or (year == 1 and step > 1)
            if not named and not is_round_year(year, finest):
                continue
            for month in range(1, 13) if self.last - self.first <= MOST_DAYS_WITH_MONTHS else (1,):
                day = self.course.compute_day_number(year, month)
                if not self.first <= day <= self.last:
                    continue
                y = self.place_day(day)
                labelled = month == 1 and named
                yield self._make_tick(y, 6.5 if labelled else 4.5 if month == 1 else 3.0, labelled)
                if labelled and y < self.bottom - 4:
                    yield self._make_tick_label(formatting.write_year(year, self.course.locale), y + 3.2)
        if self.first != self.course.compute_day_number(first) and step == 1:
            text = formatting.write_year(first, self.course.locale)
            if self.place_day(self.course.compute_day_number(first + 1)) - self.top > 16:
                yield self._make_tick_label(text, self.top + 10)

    def _make_day_ticks(self) -> Iterator[PageItem]:
        """Yield ticks between days, of some the dates within, and the year below the first."""
        for day in range(self.first, self.last + 1):
            yield self._make_tick(self.place_day(day), 4.5, False)
        ends = round_short_time(self.first, self.last - 1, julian=self.course.outline.julian)
        shown = list_short_ticks(*ends, int((self.bottom - self.top) / 48)) if ends else []
        for i, point in enumerate(shown):
            y = self.place_day(point.first + 0.5) + 3.2
            yield self._make_tick_label(
                formatting.write_point(point, self.course.locale, short=True, year=False), y
            )
            if i == 0 or point.year != shown[i - 1].year:
                yield self._make_tick_label(formatting.write_year(point.year, self.course.locale), y + 11)

    def _make_tick(self, y: float, length: float, strong: bool) -> PagePolyline:
        ends = ((self.mirror_x(AXIS), y), (self.mirror_x(AXIS + length), y))
        return PagePolyline(ends, self.look.colours.ink, 1 if strong else 0.5)

    def _make_tick_label(self, text: str, y: float) -> PageText:
        """Return the words of a tick on the baseline y, or where the lens lines leave room for them."""
        look, align = self.look, "left" if self.recto else "right"
        y = min(max(y, self.top + 10), self.bottom - 4)
        return PageText(
            text, self.mirror_x(AXIS + 10), y, look.strong.face, 9.5, look.colours.ink, align=align
        )

    def _make_spans(self, events: Sequence[SectionEvent]) -> Iterator[PageItem]:
        lasting = [
            Span(p.event.id, p.event.date.first, p.event.date.last)
            for p in events
            if self.place_day(p.event.date.last) - self.place_day(p.event.date.first) > 14
        ]
        for key, track in assign_tracks(lasting, 30).items():
            span = next(s for s in lasting if s.key == key)
            x = self.mirror_x(AXIS - 5.5 - 4.5 * track)
            yield PagePolyline(
                ((x, self.place_day(span.start)), (x, self.place_day(span.end + 1))),
                self.hue,
                2.6,
                (4.2, 1.6),
            )

    def _make_labels(self, events: Sequence[SectionEvent]) -> Iterator[PageItem]:
        style = self.look.label
        texts = [
            Paragraph(self.course.make_runs_or_text(p.event.label, style), style, LABEL_WIDTH) for p in events
        ]
        heights = [round((12.5 + t.height + 7) * UNITS_PER_POINT) for t in texts]
        wanted = [round((self._place_mark(p) - 3) * UNITS_PER_POINT) for p in events]
        low, high = round(self.top * UNITS_PER_POINT), round((self.bottom - 22) * UNITS_PER_POINT)
        ranked = rank_evenly(wanted, [p.event.importance for p in events], len(events))
        while ranked and sum(heights[i] for i in ranked) - heights[max(ranked)] > high - low:
            ranked.pop()  # more than the page holds: bare marks remain
        kept = sorted(ranked)
        events, texts = [events[i] for i in kept], [texts[i] for i in kept]
        heights, wanted = [heights[i] for i in kept], [wanted[i] for i in kept]
        if not texts:
            return
        high = round((self.bottom - texts[-1].height - 10) * UNITS_PER_POINT)
        places = space_in_order(wanted, heights[:-1], low, high)
        first, end = find_crowd(wanted, heights, places)
        near = (BEND, AXIS - 7, AXIS - 2.6)
        window: MagnifiedWindow | None = None
        if end:
            window = MagnifiedWindow.make_around([p.event.date for p in events[first:end]], places[first:end])
            yield from self._make_magnified_axis(window)
        for i, (placed, text, place) in enumerate(zip(events, texts, places, strict=True)):
            if window and first <= i < end:
                mark = window.place_day(compute_mark_day(placed.event.date))
                yield from self._make_label(
                    placed,
                    text,
                    place / UNITS_PER_POINT,
                    (MAGNIFIED_AXIS - 12, MAGNIFIED_AXIS - 4, MAGNIFIED_AXIS - 2.6),
                    mark,
                )
                yield PageRectangle(self.mirror_x(MAGNIFIED_AXIS) - 2.6, mark - 2.6, 5.2, 5.2, fill=self.hue)
            else:
                yield from self._make_label(
                    placed, text, place / UNITS_PER_POINT, near, self._place_mark(placed)
                )

    def _make_magnified_axis(self, window: "MagnifiedWindow") -> Iterator[PageItem]:
        """Yield a second axis for a crowded stretch of the first, tied to it by two lines."""
        ink, glass = self.look.colours, self.mirror_x(MAGNIFIED_AXIS)
        for day, y in ((window.first, window.top), (window.last, window.bottom)):
            yield PagePolyline(
                (
                    (glass, y),
                    (self.mirror_x(AXIS - 4), self.place_day(day)),
                    (self.mirror_x(AXIS), self.place_day(day)),
                ),
                ink.ink2,
                0.6,
            )
        yield PagePolyline(((glass, window.top), (glass, window.bottom)), ink.ink, 0.75)
        for year in range(
            self.course.find_year(int(window.first)), self.course.find_year(int(window.last)) + 1
        ):
            for month in range(1, 13):
                day = self.course.compute_day_number(year, month)
                if window.first < day < window.last:
                    y, length = window.place_day(day), 5.0 if month == 1 else 2.5
                    yield PagePolyline(
                        ((glass, y), (self.mirror_x(MAGNIFIED_AXIS + length), y)),
                        ink.ink,
                        1 if month == 1 else 0.5,
                    )
        for event in self.events:
            if (
                event.importance < find_main_importance(self.events)
                and window.first < event.date.first < window.last
            ):
                y = window.place_day(compute_mark_day(event.date))
                yield PageCircle(glass, y, 1.9, fill=ink.white, stroke=self.hue, line=0.9)

    def _make_label(
        self, placed: SectionEvent, text: Paragraph, y: float, across: tuple[float, float, float], end: float
    ) -> Iterator[PageItem]:
        """Yield one label: date, leader at the height `y`, bent at `across`, to its mark at `end`; text."""
        face = self.look.strong.face
        date = self.course.write_date(placed.event.date, short=True, year=self._needs_year(placed))
        width = face.width(date) * 8.5 / 1000
        left = self.mirror_x(LABELS) if self.recto else self.mirror_x(LABELS) - LABEL_WIDTH
        yield PageText(date, left, y + 3, face, 8.5, self.hue)
        start = left + width + 5 if self.recto else left - 4
        bend, track, mark = map(self.mirror_x, across)
        if (bend - start) * (1 if self.recto else -1) > 0:
            yield PagePolyline(((start, y), (bend, y), (track, end), (mark, end)), self.hue, 0.6)
        yield PageLines(text, left, y + 3 + 12.5, None)

    def _needs_year(self, placed: SectionEvent) -> bool:
        """Return whether a label tells its year: where the axis, with a tick a month, does not."""
        date = placed.event.date
        exact = date.precision in ("day", "month") and date.within_year
        return not exact or self.last - self.first > MOST_DAYS_WITH_MONTHS
