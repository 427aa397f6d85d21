"""The chronology: every event in order of time, in both calendars where there are two."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from builders.guide.content import GuideContent, SectionEvent, make_date_key
from builders.guide.flow_blocks import FlowBlock
from builders.guide.fore_edge_ruler import Ruler
from builders.guide.lane_key import make_lane_key, make_lane_sign
from builders.guide.page_items import (
    GuidePage,
    PageActualText,
    PageDestination,
    PageLink,
    PageRectangle,
    PageText,
)
from builders.guide.prose import make_chapter_title
from builders.guide.table_blocks import TableBlock, TableBlockCell, TableBlockRow
from builders.guide.typography import break_after_dash
from builders.language import formatting
from builders.language.dates import Date
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Style, varied

COLUMN_GAP = 8.0
SECTION_TAB = 10.5


class Chronology:
    """The table of all events of the document's sections."""

    def __init__(self, course: GuideContent, ruler: Ruler) -> None:
        self.course, self.ruler, self.look = course, ruler, course.type
        self.events = sorted(
            (course.events[e.id] for _, s in course.sections for e in s.events), key=make_date_key
        )
        self.lanes = {lane.id: i for i, lane in enumerate(course.outline.lanes)}
        self.names = {lane.id: course.get_plain_text(lane.name) for lane in course.outline.lanes}
        self.julian = any(p.event.old_style for p in self.events)
        self.year_style = Style(
            self.look.choose_face("sans", "black"), 13 * self.look.scale**0.5, 14.5, self.look.colours.ink
        )
        self.date_style = varied(self.look.table_head, face=self.look.choose_face("sans", "semibold"))
        self.old_style = varied(self.look.table, colour=self.look.colours.ink2)
        years = [self._write_year(p.event.date) for p in self.events]
        widths = [self.year_style.face.width(y) * self.year_style.size / 1000 for y in years]
        scale = self.look.scale
        year = max([*widths, 30.0]) + COLUMN_GAP
        self.apart = course.edition.print.dates_in_columns
        date = self._measure_column([self._write_date(p) for p in self.events], self.date_style, 46.0 * scale)
        old = self._measure_column(
            [self._write_old_style(p) for p in self.events], self.old_style, 46.0 * scale
        )
        self.julian = self.julian and self.apart
        old = old if self.julian else 0.0
        date = date if self.apart else 0.0
        self.columns = [0.0, year, year + date, year + date + old, course.page.full_width - 30.0 * scale]
        self.inset = 15.0 * scale

    def make_blocks(self, root: Node) -> Iterator[FlowBlock]:
        """Yield the chapter: title, the lanes' signs, the table."""
        course = self.course
        sect = root.add("Sect")
        word = course.get_fixed_words("chronology")
        title = make_chapter_title(
            course, word, sect.add("H1"), PageDestination("chronology", 0, 0, word, 0), wide=True
        )
        title.after = course.edition.print.below_chronology_title
        yield title
        yield make_lane_key(course, sect)
        yield self._make_table(sect.add("Table"))

    def _make_table(self, table: Node) -> TableBlock:
        course, look = self.course, self.look
        words = [
            course.get_fixed_words("year"),
            course.get_fixed_words("date"),
            course.get_fixed_words("julian") if self.julian else "",
            course.get_fixed_words("event"),
            course.get_fixed_words("section_short"),
        ]
        head_row = table.add("TR")
        style = varied(look.small_bold, face=look.strong.face)
        cells: list[TableBlockCell | None] = []
        for i, text in enumerate(words):
            if (i == 2 and not self.julian) or (i == 1 and not self.apart):
                cells.append(None)
                continue
            node = head_row.add("TH", attributes={"Table": "/Scope/Column"})
            own = varied(style, align="right") if i == 4 else style
            width = course.page.full_width - self.columns[4] if i == 4 else 500.0
            cells.append(TableBlockCell(node, [(Paragraph(text, own, width), None)]))
        lefts = [*self.columns]
        lefts[3] += self.inset
        ink, rules = look.colours, look.rules
        return TableBlock(
            lefts,
            course.page.full_width,
            [TableBlockRow(cells)],
            (),
            (ink.ink, 0.75 * rules),
            (ink.ink, 1.5 * rules),
            before=0,
            after=0,
            seen=self._mark_years_on_ruler,
            more=self._make_rows(table),
        )

    def _make_rows(self, table: Node) -> Iterator[TableBlockRow]:
        """Yield a row an event; a year heads all of its rows, and is printed at the first."""
        ink, rules = self.look.colours, self.look.rules
        for year, group in groupby(self.events, lambda placed: self._write_year(placed.event.date)):
            events = list(group)
            for i, placed in enumerate(events):
                first = i == 0
                rule = (ink.ink, 0.5 * rules, 0.0) if first else (ink.hair, 0.4 * rules, self.columns[1])
                yield self._make_row(table, placed, year, len(events) if first else 0, rule)

    def _write_year(self, date: Date) -> str:
        return formatting.write_year(date.known.year, self.course.locale)

    def _make_row(
        self, table: Node, placed: SectionEvent, year: str, span: int, rule: tuple[str, float, float]
    ) -> TableBlockRow:
        """Return an event's row; `span` is how many rows its year heads, 0 where an earlier row has it."""
        event = placed.event
        tr = table.add("TR")
        columns = self.columns
        shown = Paragraph(year, self.year_style, 200)
        cells: list[TableBlockCell | None] = [None]
        if span:
            spanned = f"/RowSpan {span}" if span > 1 else ""
            head = tr.add("TH", attributes={"Table": f"/Scope/Row{spanned}"})
            cells = [TableBlockCell(head, [(shown, None)])]
        if self.apart:
            cells.append(
                self._make_date_cell(
                    tr, self._write_date(placed), self.date_style, columns[2] - columns[1] - COLUMN_GAP
                )
            )
        else:
            cells.append(None)
        if self.julian:
            cells.append(
                self._make_date_cell(
                    tr, self._write_old_style(placed), self.old_style, columns[3] - columns[2] - COLUMN_GAP
                )
            )
        else:
            cells.append(None)
        cells.append(self._make_event_cell(tr, placed))
        cells.append(self._make_section_cell(tr, placed))
        pad, opening = 3.6 * self.look.scale, None if span else shown
        return TableBlockRow(cells, rule, PageDestination(event.id, 0, 0), placed, pad=pad, opening=opening)

    @staticmethod
    def _measure_column(words: Sequence[str], style: Style, least: float) -> float:
        """Return the width of a column of dates; long ones may take two lines."""
        widths = [style.face.width(w) * style.size / 1000 for w in words]
        return max(least, *(w if w < 74 else w * 0.62 for w in widths), 0.0) + COLUMN_GAP

    def _write_date(self, placed: SectionEvent) -> str:
        date = placed.event.date
        if self._is_year_alone(date):
            return ""
        return self.course.write_date(date, short=True, year=not date.within_year or self._is_vague(date))

    def _write_old_style(self, placed: SectionEvent) -> str:
        old, date = placed.event.old_style, placed.event.date
        if old is None:
            return ""
        years = {p.year for p in (old.start, old.end, date.start, date.end) if p}
        return self.course.write_date(old, short=True, year=len(years) > 1)

    @staticmethod
    def _is_year_alone(date: Date) -> bool:
        """Return whether a date says no more than its year."""
        return not date.interval and date.precision == "year" and not date.approximate

    @staticmethod
    def _is_vague(date: Date) -> bool:
        return date.precision not in ("day", "month") or date.open

    def _make_date_cell(self, tr: Node, words: str, style: Style, width: float) -> TableBlockCell:
        node = tr.add("TD")
        words = break_after_dash(words, lambda part: style.face.width(part) * style.size / 1000 <= width)
        return TableBlockCell(node, [(Paragraph(words, style, width), None)] if words else [])

    def _make_event_cell(self, tr: Node, placed: SectionEvent) -> TableBlockCell:
        course, look, event = self.course, self.look, placed.event
        node = tr.add("TD")
        sign = node.add("P", actual=self.names[event.lane])
        width = self.columns[4] - self.columns[3] - self.inset - COLUMN_GAP
        label = Paragraph(course.make_runs_or_text(event.label, look.table_head), look.table_head, width)
        parts: list[tuple[Paragraph, Node | None]] = []
        if not self.apart:
            words = course.write_date(event.date, short=True)
            if event.old_style:
                words += (
                    f" ({formatting.write_old_style(event.date, event.old_style, course.locale, short=True)})"
                )
            parts.append(
                (Paragraph(words, varied(look.table, colour=look.colours.ink2), width), node.add("P"))
            )
        parts.append((label, node.add("P")))
        if event.text:
            parts += [
                (Paragraph(runs, look.table, width), node.add("P"))
                for runs in course.make_paragraphs(event.text, look.table)
            ]
        lane = self.lanes[event.lane]
        size = look.table.size * 0.78

        def draw(page: GuidePage, x: float, y: float) -> None:
            drawn = make_lane_sign(lane, x - self.inset, y, size, look.colours.ink, look.colours.white)
            page.items.append(PageActualText(sign, drawn))

        return TableBlockCell(node, parts, draw)

    def _make_section_cell(self, tr: Node, placed: SectionEvent) -> TableBlockCell:
        course, look = self.course, self.look
        node = tr.add("TD")
        link = node.add("Link")
        number, hue = str(placed.section + 1), look.colours.get_section_look(placed.section).hue
        section = course.outline.sections[placed.section]
        size, face = SECTION_TAB * look.scale, look.choose_face("sans", "black")
        letters = course.edition.print.section_number or size * 0.78
        width = max(size, face.width(number) * letters / 1000 + size / 4)
        white = look.colours.white

        def draw(page: GuidePage, x: float, y: float) -> None:
            left = x + course.page.full_width - self.columns[4] - width
            top = y - size * 0.82
            middle = (left + width / 2, top + size / 2 + letters * 0.33)
            page.items.append(PageRectangle(left, top, width, size, fill=hue))
            page.items.append(PageText(number, *middle, face, letters, white, link, "center"))
            box = (left, top, left + width, top + size)
            page.items.append(
                PageLink(link, f"#{section.id}", box, f"{number} {course.get_plain_text(section.title)}")
            )

        return TableBlockCell(node, [], draw)

    def _mark_years_on_ruler(self, page: GuidePage, rows: Sequence[TableBlockRow]) -> None:
        """Mark on the page's ruler which years stand on it."""
        dates = [row.span.event.date for row in rows if isinstance(row.span, SectionEvent)]
        if not dates or not self.course.page.margin:
            return
        top = self.ruler.place_day(min(d.first for d in dates))
        bottom = self.ruler.place_day(max(d.first for d in dates))
        axis = self.course.page.find_axis(page.recto)
        page.items.append(PageRectangle(axis - 1.5, top - 1, 3, bottom - top + 2, fill=self.look.colours.red))
