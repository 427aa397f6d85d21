"""The chronology: every event in order of time, in both calendars where there are two."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from builders import writing
from builders.dates import Date, civil
from builders.guide.blocks import Block, Fixed
from builders.guide.course import Course, Placed, date_order
from builders.guide.page import Area, Disc, Item, Jump, Mark, Page, Rule, Shape, Sign, Words
from builders.guide.prose import chapter
from builders.guide.ruler import Ruler
from builders.guide.sentences import parted
from builders.guide.tables import Cell, Grid, Row
from builders.text.paragraph import Paragraph, Style, varied
from builders.text.tree import Node

GAP = 8.0
TAB = 10.5


def glyph(lane: int, x: float, y: float, size: float, colour: str, white: str) -> list[Item]:
    """Return a lane's sign, its left at x, on the baseline y; the order is that of the poster."""
    top, half = y - size, size / 2
    middle = (x + half, y - half)
    signs: list[list[Item]] = [
        [Area(x, top, size, size, fill=colour)],
        [Disc(*middle, half - 0.9, stroke=colour, line=1.8)],
        [Shape(((x, y), (x + size, y), (x + half, top)), fill=colour)],
        [Area(x, top + i * size * 0.38, size, size * 0.2, fill=colour) for i in range(3)],
        [
            Shape(
                ((x + half, top), (x + size, y - half), (x + half, y), (x, y - half)),
                fill=white,
                stroke=colour,
                line=1.3,
            )
        ],
        [Rule(((x, top), (x + size, y)), colour, 1.8), Rule(((x, y), (x + size, top)), colour, 1.8)],
    ]
    return signs[lane % len(signs)]


class Chronology:
    """The table of all events of the document's sections."""

    def __init__(self, course: Course, ruler: Ruler) -> None:
        self.course, self.ruler, self.look = course, ruler, course.type
        events = [Placed(e, i) for i, s in course.sections for e in s.events]
        self.events = sorted(events, key=lambda p: date_order(p.event))
        self.lanes = {lane.id: i for i, lane in enumerate(course.outline.lanes)}
        self.names = {lane.id: course.say(lane.name) for lane in course.outline.lanes}
        self.julian = any(p.event.old_style for p in self.events)
        self.year_style = Style(
            self.look.face("sans", "black"), 13 * self.look.scale**0.5, 14.5, self.look.colours.ink
        )
        self.date_style = varied(self.look.table_head, face=self.look.face("sans", "semibold"))
        self.old_style = varied(self.look.table, colour=self.look.colours.ink2)
        years = [self._year(p.event.date) for p in self.events]
        widths = [self.year_style.face.width(y) * self.year_style.size / 1000 for y in years]
        scale = self.look.scale
        year = max([*widths, 30.0]) + GAP
        self.apart = not course.large  # dates have columns of their own; large print has no room for them
        date = self._column([self._date_words(p) for p in self.events], self.date_style, 46.0 * scale)
        old = self._column([self._old_words(p) for p in self.events], self.old_style, 46.0 * scale)
        self.julian = self.julian and self.apart
        old = old if self.julian else 0.0
        date = date if self.apart else 0.0
        self.columns = [0.0, year, year + date, year + date + old, course.page.full - 30.0 * scale]
        self.inset = 15.0 * scale

    def blocks(self, root: Node) -> Iterator[Block]:
        """Yield the chapter: title, the lanes' signs, the table."""
        course = self.course
        sect = root.add("Sect")
        word = course.word("chronology")
        title = chapter(course, word, sect.add("H1"), Mark("chronology", 0, 0, word, 0), wide=True)
        title.after = 2 if not course.large else 10
        yield title
        yield self._key(sect)
        yield self._grid(sect.add("Table"))

    def _key(self, sect: Node) -> Fixed:
        """Return the line that says which sign is which lane."""
        course, look = self.course, self.look
        node = sect.add("P")
        size = look.table.size * 0.78
        style = look.small if course.large else varied(look.small, size=9, leading=12)
        rows: list[list[tuple[int, str, float]]] = [[]]
        at = 0.0
        for i, lane in enumerate(course.outline.lanes):
            name = course.say(lane.name)
            width = size + 6 + style.face.width(name) * style.size / 1000 + 18
            if at and at + width > course.page.full:
                rows.append([])
                at = 0.0
            rows[-1].append((i, name, at))
            at += width

        def draw(page: Page, x: float, y: float) -> None:
            for r, row in enumerate(rows):
                baseline = y + style.drop + r * style.leading * 1.2
                for lane, name, left in row:
                    page.items += glyph(lane, x + left, baseline, size, look.colours.ink, look.colours.white)
                    page.items.append(
                        Words(
                            name + " ",
                            x + left + size + 5,
                            baseline,
                            style.face,
                            style.size,
                            look.colours.ink,
                            node,
                        )
                    )

        return Fixed(len(rows) * style.leading * 1.2, draw, 0, 9, keep=True, wide=True)

    def _grid(self, table: Node) -> Grid:
        course, look = self.course, self.look
        words = [
            course.word("year"),
            course.word("date"),
            course.word("julian") if self.julian else "",
            course.word("event"),
            course.word("section_short"),
        ]
        head_row = table.add("TR")
        style = varied(look.small_bold, face=look.strong.face)
        cells: list[Cell | None] = []
        for i, text in enumerate(words):
            if (i == 2 and not self.julian) or (i == 1 and not self.apart):
                cells.append(None)
                continue
            node = head_row.add("TH", attributes={"Table": "/Scope/Column"})
            own = varied(style, align="right") if i == 4 else style
            width = course.page.full - self.columns[4] if i == 4 else 500.0
            cells.append(Cell(node, [(Paragraph(text, own, width), None)]))
        lefts = [*self.columns]
        lefts[3] += self.inset
        ink, rules = look.colours, look.rules
        return Grid(
            lefts,
            course.page.full,
            [Row(cells)],
            (),
            (ink.ink, 0.75 * rules),
            (ink.ink, 1.5 * rules),
            before=0,
            after=0,
            seen=self._cursor,
            more=self._rows(table),
        )

    def _rows(self, table: Node) -> Iterator[Row]:
        """Yield a row an event; a year heads all of its rows, and is printed at the first."""
        ink, rules = self.look.colours, self.look.rules
        for year, group in groupby(self.events, lambda placed: self._year(placed.event.date)):
            events = list(group)
            for i, placed in enumerate(events):
                first = i == 0
                rule = (ink.ink, 0.5 * rules, 0.0) if first else (ink.hair, 0.4 * rules, self.columns[1])
                yield self._row(table, placed, year, len(events) if first else 0, rule)

    def _year(self, date: Date) -> str:
        return writing.year(civil(date.first)[0], self.course.locale)

    def _row(self, table: Node, placed: Placed, year: str, span: int, rule: tuple[str, float, float]) -> Row:
        """Return an event's row; `span` is how many rows its year heads, 0 where an earlier row has it."""
        event = placed.event
        tr = table.add("TR")
        columns = self.columns
        shown = Paragraph(year, self.year_style, 200)
        cells: list[Cell | None] = [None]
        if span:
            spanned = f"/RowSpan {span}" if span > 1 else ""
            head = tr.add("TH", attributes={"Table": f"/Scope/Row{spanned}"})
            cells = [Cell(head, [(shown, None)])]
        if self.apart:
            cells.append(
                self._cell(tr, self._date_words(placed), self.date_style, columns[2] - columns[1] - GAP)
            )
        else:
            cells.append(None)
        if self.julian:
            cells.append(
                self._cell(tr, self._old_words(placed), self.old_style, columns[3] - columns[2] - GAP)
            )
        else:
            cells.append(None)
        cells.append(self._event(tr, placed))
        cells.append(self._section(tr, placed))
        pad, opening = 3.6 * self.look.scale, None if span else shown
        return Row(cells, rule, Mark(event.id, 0, 0), placed, pad=pad, opening=opening)

    @staticmethod
    def _column(words: Sequence[str], style: Style, least: float) -> float:
        """Return the width of a column of dates; long ones may take two lines."""
        widths = [style.face.width(w) * style.size / 1000 for w in words]
        return max(least, *(w if w < 74 else w * 0.62 for w in widths), 0.0) + GAP

    def _date_words(self, placed: Placed) -> str:
        date = placed.event.date
        if self._bare(date):
            return ""
        same = civil(date.first)[0] == civil(date.last)[0]
        return self.course.date(date, short=True, year=not same or self._vague(date))

    def _old_words(self, placed: Placed) -> str:
        old, date = placed.event.old_style, placed.event.date
        if old is None:
            return ""
        years = {p.year for p in (old.start, old.end, date.start, date.end) if p}
        return self.course.date(old, short=True, year=len(years) > 1)

    @staticmethod
    def _bare(date: Date) -> bool:
        """Return whether a date says no more than its year."""
        return not date.interval and date.precision == "year" and not date.approximate

    @staticmethod
    def _vague(date: Date) -> bool:
        return date.precision not in ("day", "month") or date.open

    def _cell(self, tr: Node, words: str, style: Style, width: float) -> Cell:
        node = tr.add("TD")
        words = parted(words, lambda part: style.face.width(part) * style.size / 1000 <= width)
        return Cell(node, [(Paragraph(words, style, width), None)] if words else [])

    def _event(self, tr: Node, placed: Placed) -> Cell:
        course, look, event = self.course, self.look, placed.event
        node = tr.add("TD")
        sign = node.add("P", actual=self.names[event.lane])
        width = self.columns[4] - self.columns[3] - self.inset - GAP
        label = Paragraph(course.runs(event.label, look.table_head), look.table_head, width)
        parts: list[tuple[Paragraph, Node | None]] = []
        if not self.apart:
            words = course.date(event.date, short=True)
            if event.old_style:
                words += f" ({writing.old_style(event.date, event.old_style, course.locale, short=True)})"
            parts.append(
                (Paragraph(words, varied(look.table, colour=look.colours.ink2), width), node.add("P"))
            )
        parts.append((label, node.add("P")))
        if event.text:
            parts += [
                (Paragraph(runs, look.table, width), node.add("P"))
                for runs in course.paragraphs(event.text, look.table)
            ]
        lane = self.lanes[event.lane]
        size = look.table.size * 0.78

        def draw(page: Page, x: float, y: float) -> None:
            drawn = glyph(lane, x - self.inset, y, size, look.colours.ink, look.colours.white)
            page.items.append(Sign(sign, drawn))

        return Cell(node, parts, draw)

    def _section(self, tr: Node, placed: Placed) -> Cell:
        course, look = self.course, self.look
        node = tr.add("TD")
        link = node.add("Link")
        number, hue = str(placed.section + 1), look.colours.section(placed.section).hue
        section = course.outline.sections[placed.section]
        size, face = TAB * look.scale, look.face("sans", "black")
        letters = size * 0.78 if not course.large else 16.0
        width = max(size, face.width(number) * letters / 1000 + size / 4)
        white = look.colours.white

        def draw(page: Page, x: float, y: float) -> None:
            left = x + course.page.full - self.columns[4] - width
            top = y - size * 0.82
            middle = (left + width / 2, top + size / 2 + letters * 0.33)
            page.items.append(Area(left, top, width, size, fill=hue))
            page.items.append(Words(number, *middle, face, letters, white, link, "center"))
            box = (left, top, left + width, top + size)
            page.items.append(Jump(link, f"#{section.id}", box, f"{number} {course.say(section.title)}"))

        return Cell(node, [], draw)

    def _cursor(self, page: Page, rows: Sequence[Row]) -> None:
        """Mark on the page's ruler which years stand on it."""
        dates = [row.span.event.date for row in rows if isinstance(row.span, Placed)]
        if not dates or not self.course.page.margin:
            return
        top = self.ruler.at(min(d.first for d in dates))
        bottom = self.ruler.at(max(d.first for d in dates))
        axis = self.course.page.axis_at(page.recto)
        page.items.append(Area(axis - 1.5, top - 1, 3, bottom - top + 2, fill=self.look.colours.red))
