"""A section's first page: its number and title, key question, summary and goals, and its time to scale."""

from collections.abc import Iterator, Sequence

from builders import writing
from builders.dates import civil, day_number
from builders.guide.blocks import Text
from builders.guide.course import Course, Placed, date_order
from builders.guide.geometry import MM
from builders.guide.page import Area, Disc, Figure, Item, Lines, Mark, Page, Rule, Words
from builders.guide.ruler import Ruler, is_round
from builders.outline import Section
from builders.text.paragraph import Paragraph, set_balanced, varied
from builders.text.tree import Node
from builders.timeline import Span, in_order, tracks

TEXT = 96 * MM
LABELS, LABEL_WIDTH = 357.0, 114.0  # left edge of the labels on a recto, and their width
BEND, AXIS = 470.0, 494.0
LENS = 528.0
MONTHLY = 12 * 366  # days: up to here the axis has a tick a month
MILLI = 1000  # the timeline counts in whole thousandths


class Opener:
    """Lays out one section's opener on its page."""

    def __init__(self, course: Course, ruler: Ruler, number: int, section: Section, node: Node) -> None:
        self.course, self.ruler, self.number, self.section, self.node = course, ruler, number, section, node
        self.look = course.type
        self.hue = self.look.colours.section(number).hue
        self.width = course.page.text if course.large else TEXT

    def put(self, page: Page) -> list[Text]:
        """Put everything on `page`; return what has no room there, for the pages that follow."""
        course, geometry = self.course, self.course.page
        left = geometry.mirrored(geometry.inner, self.width, page.recto)
        page.items.append(
            Mark(
                self.section.id, left, geometry.top, f"{self.number + 1} {course.say(self.section.title)}", 0
            )
        )
        y = self._title(page, left)
        y = self._question(page, left, y)
        rest = [*self._summary(), *self._goals()]
        while rest and y + rest[0].before + rest[0].height + rest[0].after <= geometry.bottom + 1:
            if rest[0].keep and y + rest[0].height + rest[1].height + 40 > geometry.bottom:
                break  # a title with nothing under it
            text = rest.pop(0)
            baseline = y + text.before + text.paragraph.style.drop
            if text.lead:
                text.lead(page, left, baseline)
            page.items.append(Lines(text.paragraph, left + text.indent, baseline, text.node))
            y += text.before + text.height + text.after
        if not rest:
            self._notes(page, left, y)
        if not course.large:
            self._timeline(page)
        return rest

    def _title(self, page: Page, x: float) -> float:
        look, top = self.look, self.course.page.top
        heading = self.node.add("H1")
        face = look.face("sans", "black")
        page.items.append(Words(str(self.number + 1), x - 4, top + 81, face, 120, self.hue, heading))
        title = set_balanced(self.course.runs(self.section.title, look.section), look.section, self.width)
        y = top + 98
        page.items.append(Lines(title, x, y + title.style.drop, heading))
        y += title.height
        years = varied(look.toc, colour=look.colours.ink2)
        text = Paragraph(self.course.period(self.section.period), years, self.width)
        page.items.append(Lines(text, x, y + 5 + text.style.drop, self.node.add("P")))
        return y + 5 + text.height

    def _question(self, page: Page, x: float, y: float) -> float:
        look = self.look
        y += look.body.leading * 0.9
        start, inset = y, 14.0
        label = varied(look.strong, size=max(9.5, look.small.size), colour=look.colours.red)
        word = Paragraph(self.course.word("key_question"), label, self.width)
        page.items.append(Lines(word, x + inset, y + label.drop, self.node.add("P")))
        y += word.height + 1
        key = set_balanced(self.course.runs(self.section.question, look.key), look.key, self.width - inset)
        page.items.append(Lines(key, x + inset, y + key.style.drop, self.node.add("P")))
        y += key.height + 3
        page.items.append(Area(x, start, 4, y - start, fill=look.colours.red))
        return y

    def _summary(self) -> Iterator[Text]:
        look = self.look
        style = varied(look.body, align="left")
        for i, runs in enumerate(self.course.paragraphs(self.section.summary, style)):
            own = style if i == 0 else varied(style, indent=look.more.indent)
            before = look.body.leading * 1.25 if i == 0 else 0.0
            yield Text(Paragraph(runs, own, self.width), self.node.add("P"), before)

    def _goals(self) -> Iterator[Text]:
        if not self.section.goals:
            return
        look = self.look
        title = Paragraph(self.course.word("goals"), look.strong, self.width)
        yield Text(title, self.node.add("P"), look.body.leading * 1.75, 1, keep=True)
        items = self.node.add("L", attributes={"List": "/ListNumbering/None"})
        inset = 20.0 * look.scale
        style = varied(look.body, align="left")
        for goal in self.section.goals:
            body = items.add("LI").add("LBody")
            paragraph = Paragraph(self.course.runs(goal, style), style, self.width - inset)
            yield Text(paragraph, body, indent=inset, lead=self._box)

    def _box(self, page: Page, x: float, y: float) -> None:
        """Draw a box to tick, on the baseline y."""
        size = 8.5 * self.look.scale
        page.items.append(Area(x + 0.4, y - size + 0.9, size, size, stroke=self.look.colours.ink, line=0.7))

    def _notes(self, page: Page, x: float, y: float) -> None:
        """Fill what is left of the column with lines for the student."""
        look, bottom = self.look, self.course.page.bottom
        pitch = look.body.leading * 1.5
        y += look.body.leading * 1.75
        count = int((bottom - y - look.strong.leading - 6) / pitch)
        if count < 2:
            return
        count = min(count, 12)
        title = Paragraph(self.course.word("your_notes"), look.strong, self.width)
        page.items.append(Lines(title, x, bottom - count * pitch - 4, self.node.add("P")))
        for i in range(count):
            page.items.append(Area(x, bottom - i * pitch, self.width, 0.5, fill=look.colours.rule))

    # -- the section's own axis -------------------------------------------------------------------------

    def _timeline(self, page: Page) -> None:
        events = [Placed(e, self.number) for e in self.section.events]
        if not events:
            return
        axis = _Axis(self, page.recto)
        alt = self.course.word("timeline_of", title=self.course.say(self.section.title))
        alt += ": " + "; ".join(self._said(p) for p in sorted(events, key=_when)) + "."
        node = self.node.add("Figure", alt=alt)
        edges = sorted((axis.x(LABELS), axis.x(LENS)))
        box = (edges[0], axis.top - 14, edges[1], axis.bottom + 14)
        page.items.append(Figure(node, box, list(axis.items(events))))

    def _said(self, placed: Placed) -> str:
        event = placed.event
        return f"{self.course.date(event.date)}, {self.course.say(event.label)}"


def _when(placed: Placed) -> tuple[int, int, str]:
    return date_order(placed.event)


class _Axis:
    """The axis of an opener: days to heights, labels beside it, lens lines to the ruler."""

    def __init__(self, opener: Opener, recto: bool) -> None:
        self.opener, self.recto = opener, recto
        self.course, self.look, self.hue = opener.course, opener.look, opener.hue
        geometry = self.course.page
        self.shift = geometry.inner - 62.4
        self.top, self.bottom = geometry.top + 14, geometry.bottom
        days = [d for e in opener.section.events for d in (e.date.first, e.date.last)]
        period = opener.section.period
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
        yield from self._labels(sorted((p for p in events if p.event.importance == 3), key=_when))

    def _middle(self, placed: Placed) -> float:
        date = placed.event.date
        return self.at(date.first + 0.5 if date.interval else (date.first + date.last + 1) / 2)

    def _lens(self) -> Iterator[Item]:
        left, top, width, height = self.opener.ruler.bar(self.opener.number, self.recto)
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


__all__ = ["Opener"]
