"""The ruler on the fore-edge: the course's whole time, true to scale, with the section that one reads
marked.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from builders.guide.content import GuideContent
from builders.guide.page_items import (
    GuidePage,
    PageForm,
    PageItem,
    PagePattern,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.language import formatting
from builders.timeline import UM_PER_POINT, Span, alternate_tracks, list_short_ticks, round_short_time
from builders.timeline.scale import YEAR_STEPS

WIDTH, PITCH, NEAR = 6.0, 7.2, 2.2  # bars in two columns: width, from one to the next, from the axis
LEAST_BAR, FRAME = 1.5, 0.75  # height of a short time's bar; thickness of a pattern's frame, at most
TAB_DISTANCE = 16.5  # at least, between the middles of two sections' tabs
TAB_GAP = 5.4
MOST_TICKS = 14
SIZE, YEAR_GAP = 7.5, 2.5  # of a year; between it and the bars, and the text


class Ruler:
    """Places days on the height of the text and draws the ruler of a page."""

    def __init__(self, course: GuideContent) -> None:
        self.course = course
        sections = course.outline.sections
        days = [day for s in sections for day in (s.period.first, s.period.last)]
        days += [day for s in sections for e in s.events for day in (e.date.first, e.date.last)]
        self.short = round_short_time(min(days), max(days), julian=course.outline.julian)
        first, last = course.find_year(min(days)), course.find_year(max(days))
        self.first_year = next(y for y in range(first, first - 6, -1) if is_round_year(y, 5))
        self.last_year = next(y for y in range(last + 1, last + 8) if is_round_year(y, 5))
        self.ends = [formatting.write_year(y, course.locale) for y in (self.first_year, self.last_year)]
        self.start, self.end = map(course.compute_day_number, (self.first_year, self.last_year))
        if self.short:
            self.ends = [formatting.write_point(p, course.locale, short=True) for p in self.short]
            self.start, self.end = self.short[0].first, self.short[1].last + 1
        self.top, self.bottom = course.page.top, course.page.bottom
        self._groups: dict[str, PageForm] = {}

    def place_day(self, day: int) -> float:
        """Return where a day stands, from the page's top."""
        return self.top + (day - self.start) * (self.bottom - self.top) / (self.end - self.start)

    @cached_property
    def ticks(self) -> Sequence[tuple[int, str]]:
        """The days at which ticks stand, with their words: years, or a short time's days or months."""
        locale = self.course.locale
        if self.short:
            points = list_short_ticks(*self.short, MOST_TICKS)
            return [(p.first, formatting.write_point(p, locale, short=True, year=not p.day)) for p in points]
        span = self.last_year - self.first_year
        step = next((s for s in YEAR_STEPS if s >= 10 and span / s <= MOST_TICKS), YEAR_STEPS[-1])
        years = list_round_years(self.first_year, self.last_year, step)
        return [(self.course.compute_day_number(y), formatting.write_year(y, locale)) for y in years]

    @cached_property
    def spans(self) -> Sequence[tuple[float, float]]:
        """Each section's place on the ruler: top and bottom."""
        return [
            (self.place_day(s.period.first), self.place_day(s.period.last + 1))
            for s in self.course.outline.sections
        ]

    @cached_property
    def columns(self) -> Sequence[int]:
        """Each section's column of bars, 0 at the axis: two by turns, more where bars would meet."""
        bars = [
            Span(f"{i:05}", round(top * UM_PER_POINT), round(max(bottom, top + LEAST_BAR) * UM_PER_POINT))
            for i, (top, bottom) in enumerate(self.spans)
        ]
        return alternate_tracks(bars)

    def place_on_page(
        self, page: GuidePage, section: int | None, everything: bool = False, years: bool = True
    ) -> None:
        """Put the ruler on a page; `section` is marked on it (with its `years`), or `everything` is."""
        recto, side = page.recto, _name_side(page.recto)
        page.items.append(self._get_form(f"ruler-{side}", lambda: self._make_bare_ruler(recto)))
        if everything:
            page.items.append(self._get_form(f"ruler-all-{side}", lambda: self._make_all_sections(recto)))
        elif section is not None:
            key = f"ruler-{section}-{side}" + ("" if years else "-bare")
            page.items.append(self._get_form(key, lambda: self._make_marked_section(section, recto, years)))

    def _get_form(self, key: str, make: Callable[[], list[PageItem]]) -> PageForm:
        if key not in self._groups:
            self._groups[key] = PageForm(key, make())
        return self._groups[key]

    def place_bar(self, section: int, recto: bool) -> tuple[float, float, float, float]:
        """Return a section's bar: left, top, width, height."""
        axis = self.course.page.find_axis(recto)
        columns = max(2, max(self.columns) + 1)
        width = 2 * WIDTH / columns
        away = NEAR + self.columns[section] * 2 * PITCH / columns
        left = axis - away - width if recto else axis + away
        top, bottom = self.spans[section]
        return left, top, width, max(bottom - top, LEAST_BAR)

    def _make_bare_ruler(self, recto: bool) -> list[PageItem]:
        course, ink = self.course, self.course.type.colours
        axis = course.page.find_axis(recto)
        out = 1 if recto else -1
        width = 0.6 * course.type.rules
        items: list[PageItem] = [PagePolyline(((axis, self.top), (axis, self.bottom)), ink.ink2, width)]
        for day, _ in self.ticks:
            y = self.place_day(day)
            items.append(PagePolyline(((axis, y), (axis + 3.2 * out, y)), ink.ink2, width))
        items.append(PagePolyline(((axis, self.top), (axis + 3.2 * out, self.top)), ink.ink2, width))
        for i in range(len(course.outline.sections)):
            left, top, w, h = self.place_bar(i, recto)
            line = min(0.5, w / 4)
            frame = (left + line / 2, top + line / 2, w - line, max(h - line, 0.5))
            items.append(PageRectangle(*frame, stroke=ink.rule, line=line))
        if course.edition.print.ruler_years:
            for text, y in zip(self.ends, (self.top - 5, self.bottom + 11), strict=True):
                items.append(
                    PageText(text, axis, y, course.type.choose_face("sans"), SIZE, ink.ink2, align="center")
                )
        return items

    def _make_end_beside(self, day: int, y: float, recto: bool) -> list[PageItem]:
        """Return the year, or of a short time the date, of a section's first or last `day` beside its bar.

        A year is without its era where both have no room; what has none then is left out.
        """
        page, look, locale = self.course.page, self.course.type, self.course.locale
        face, away = look.choose_face("sans", "semibold"), page.axis + NEAR + PITCH + WIDTH + YEAR_GAP
        room = page.outer - away - YEAR_GAP
        if self.short:
            said = [self.course.write_short_day(day, month=not self.short[0].day)]
        else:
            year = self.course.find_year(day)
            one_era = (self.first_year > 0) == (self.last_year > 0)  # the ends say which
            said = [formatting.write_year(year, locale), str(max(year, 1 - year)) if one_era else ""]
        text = next((t for t in said if face.width(t) * SIZE / 1000 <= room), "")
        x = page.width - away if recto else away
        align = "right" if recto else "left"
        return [PageText(text, x, y, face, SIZE, look.colours.ink2, align=align)] if text else []

    def _make_marked_section(self, section: int, recto: bool, years: bool) -> list[PageItem]:
        course = self.course
        items = self._make_pattern(section, recto)
        items += self._make_tab(section, recto)
        if years and course.edition.print.ruler_years:
            top, bottom = self.spans[section]
            period = course.outline.sections[section].period
            close = bottom - top < 16
            items += self._make_end_beside(period.first, top + 2.6 - (4 if close else 0), recto)
            if self.short or course.find_year(period.first) != course.find_year(period.last):
                items += self._make_end_beside(period.last, bottom + 2.6 + (4 if close else 0), recto)
        return items

    def _make_all_sections(self, recto: bool) -> list[PageItem]:
        items: list[PageItem] = []
        last_tab = -99.0
        for i in range(len(self.course.outline.sections)):
            items += self._make_pattern(i, recto)
            middle = sum(self.spans[i]) / 2
            if middle - last_tab >= TAB_DISTANCE:
                items += self._make_tab(i, recto)
                last_tab = middle
        return items

    def _make_pattern(self, section: int, recto: bool) -> list[PageItem]:
        look = self.course.type.colours.get_section_look(section)
        left, top, width, height = self.place_bar(section, recto)
        return [PagePattern(look.pattern, left, top, width, height, look.hue, frame=min(FRAME, width / 4))]

    def _make_tab(self, section: int, recto: bool) -> list[PageItem]:
        course = self.course
        look = course.type.colours.get_section_look(section)
        (width, height), size = course.edition.print.tab, course.edition.print.tab_number
        number = str(section + 1)
        face = course.type.choose_face("sans", "black")
        width = max(width, face.width(number) * size / 1000 + 5)
        axis = course.page.find_axis(recto)
        middle = sum(self.spans[section]) / 2
        left = axis + TAB_GAP if recto else axis - TAB_GAP - width
        left = min(max(left, 3), course.page.width - width - 3)
        return [
            PageRectangle(left, middle - height / 2, width, height, fill=look.hue),
            PageText(
                number,
                left + width / 2,
                middle + size * 0.33,
                face,
                size,
                course.type.colours.white,
                align="center",
            ),
        ]


def _name_side(recto: bool) -> str:
    return "r" if recto else "l"


def is_round_year(year: int, step: int) -> bool:
    """Return whether an astronomical year is a multiple of `step` as people count: 500 BC is -499."""
    return (year if year > 0 else 1 - year) % step == 0


def list_round_years(first: int, last: int, step: int) -> list[int]:
    """Return the round years from `first` to `last`, and AD 1."""
    return [y for y in range(first, last + 1) if is_round_year(y, step) or (y == 1 and step > 1)]
