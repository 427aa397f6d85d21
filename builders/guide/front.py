"""What stands before the first section: the title page and the contents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builders import writing
from builders.dates import civil, day_number
from builders.guide.course import Course, ended
from builders.guide.flow import Flow, Text
from builders.guide.geometry import MM
from builders.guide.page import Area, Figure, Hatch, Item, Lines, Mark, Page, Rule, Words
from builders.guide.ruler import Ruler, round_years
from builders.text.paragraph import Paragraph, Run, Style, set_balanced, varied
from builders.text.tree import Node
from builders.timeline import in_order

AXIS, BARS, LINES = 344.6, (329.7, 316.8), 379.0
HEIGHT = 160 * MM
MOST_NAMES = 14
STROKES = {3: (146.0, 1.2), 2: (86.0, 0.7), 1: (36.0, 0.5)}  # length and thickness of an event's line
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: level 0 for sections and chapters, 1 for what stands in a section."""

    title: str
    key: str
    level: int
    section: int | None = None


def title_page(course: Course, ruler: Ruler, page: Page, root: Node) -> None:
    """Put the title page together."""
    look, geometry = course.type, course.page
    x = geometry.inner
    page.items.append(Area(x, 0, 25.5, 113, fill=look.colours.red))
    title = _fitted_title(course, root, page, x)
    y = title
    if course.outline.subtitle:
        style = Style(look.face("serif"), 18 * look.scale**0.5, 24 * look.scale**0.5, look.colours.ink2)
        subtitle = Paragraph(course.runs(course.outline.subtitle, style), style, geometry.full)
        page.items.append(Lines(subtitle, x, y + 10 + style.drop, root.add("P")))
        y += 10 + subtitle.height
    if not course.large:
        _glance(course, ruler, page, root, y)
    _imprint(course, page, root)


def _fitted_title(course: Course, root: Node, page: Page, x: float) -> float:
    """Put the course's title, as large as lets it take three lines at most; return where it ends."""
    look = course.type
    node = root.add("H1")
    top, title = 140.0, None
    for size in (45, 40, 35, 30, 26):
        style = varied(look.course, size=size, leading=size * 46 / 45)
        title = set_balanced(course.runs(course.outline.title, style), style, course.page.full)
        if len(title.lines) <= 3:
            break
    assert title is not None
    page.items.append(Mark("title", x, top, course.say(course.outline.title), 0))
    page.items.append(Lines(title, x, top + title.style.drop, node))
    return top + title.height


def _imprint(course: Course, page: Page, root: Node) -> None:
    look, geometry = course.type, course.page
    edition = course.word(f"edition_{course.options.edition}")
    if course.options.section:
        edition += f" · {course.say(course.sections[0][1].title)}"
    rest = [course.say(course.outline.credit)] if course.outline.credit else []
    rest.append(course.word("made_with"))
    runs = [Run(edition, look.strong.face), Run("\u2002" + " ".join(map(ended, rest)), look.small.face)]
    style = varied(look.small, size=max(9.5, look.small.size), leading=max(12.5, look.small.leading))
    paragraph = Paragraph(runs, varied(style, colour=look.colours.ink2), geometry.full)
    y = geometry.bottom + 17.6 - (paragraph.height - paragraph.style.leading)
    page.items.append(Lines(paragraph, geometry.inner, y, root.add("P")))


def _glance(course: Course, ruler: Ruler, page: Page, root: Node, y: float) -> None:
    """Put the course at a glance: the axis, a bar a section, a line an event, the sections' names."""
    bottom = course.page.bottom - 8
    top = max(bottom - HEIGHT, y + 34)
    glance = _Glance(course, ruler, top, bottom)
    names = list(glance.names()) if len(course.outline.sections) <= MOST_NAMES else []
    alt = course.word("at_a_glance") + ": " + "; ".join(
        f"{i + 1} {course.say(s.title)}, {course.period(s.period)}" for i, s in enumerate(course.outline.sections)
    )
    figure = root.add("Figure", alt=alt + ".")
    box = (BARS[1] - 46, top - 6, LINES + 152, bottom + 6)
    page.items.append(Figure(figure, box, list(glance.items())))
    listed = root.add("L", attributes={"List": "/ListNumbering/Decimal"}) if names else None
    for item, title in names:
        assert listed is not None
        li = listed.add("LI")
        number, body = li.add("Lbl"), li.add("LBody")
        for k, part in enumerate(item):
            if isinstance(part, Words | Lines):
                part.node = number if k == 0 else body
            page.items.append(part)
        del title


class _Glance:
    """The title page's axis."""

    def __init__(self, course: Course, ruler: Ruler, top: float, bottom: float) -> None:
        self.course, self.ruler, self.top, self.bottom = course, ruler, top, bottom
        self.shift = course.page.inner - 62.4
        face = course.type.small_bold.face
        years = [writing.year(y, course.locale) for y in (ruler.first_year, ruler.last_year)]
        room = max(face.width(year) for year in years) * 8.5 / 1000
        self.lines = max(LINES, AXIS + 8 + room + 6) + self.shift

    def at(self, day: int) -> float:
        """Return the height of a day."""
        span = self.ruler.end - self.ruler.start
        return self.top + (day - self.ruler.start) * (self.bottom - self.top) / span

    def items(self) -> Iterator[Item]:
        """Yield axis, bars and events."""
        look = self.course.type
        ink, axis = look.colours, AXIS + self.shift
        face = look.small_bold.face
        yield Rule(((axis, self.top), (axis, self.bottom)), ink.ink, 1)
        step = self.ruler.step
        for year in round_years(self.ruler.first_year, self.ruler.last_year, step):
            y = self.at(day_number(year, 1, 1))
            yield Rule(((axis, y), (axis + 5, y)), ink.ink, 0.75)
            yield Words(writing.year(year, self.course.locale), axis + 8, y + 2.9, face, 8.5, ink.ink2)
        for i, section in enumerate(self.course.outline.sections):
            hue = ink.section(i)
            top, bottom = self.at(section.period.first), self.at(section.period.last + 1)
            x = BARS[i % 2] + self.shift
            yield Hatch(hue.pattern, x, top, 11, max(bottom - top, 1), hue.hue)
            for event in section.events:
                length, width = STROKES[event.importance]
                y = self.at(event.date.first)
                end = self.lines + length
                yield Rule(((self.lines, y), (end, y)), hue.hue, width)
                last = self.at(event.date.last)
                if event.importance == 3 and last - y > 3:
                    yield Rule(((end, y), (end, last)), hue.hue, 2)

    def names(self) -> Iterator[tuple[list[Item], str]]:
        """Yield each section's number and name, with the leader to its bar."""
        course, look = self.course, self.course.type
        bold = Style(look.face("sans", "bold"), 13.5, 16, look.colours.ink)
        left = course.page.inner
        texts = [
            Paragraph(course.runs(s.title, bold), bold, 178) for s in course.outline.sections
        ]
        heights = [round((t.height + 22) * MILLI) for t in texts]
        middles = [
            (self.at(s.period.first) + self.at(s.period.last + 1)) / 2 for s in course.outline.sections
        ]
        wanted = [round((m - 4) * MILLI) for m in middles]
        high = round((self.bottom - texts[-1].height) * MILLI)
        places = in_order(wanted, heights[:-1], round(self.top * MILLI), high)
        for i, (section, text, place, middle) in enumerate(
            zip(course.outline.sections, texts, places, middles, strict=True)
        ):
            y, hue = place / MILLI, look.colours.section(i).hue
            parts: list[Item] = [Words(str(i + 1), left, y + 9.5, look.h1.face, 28, hue)]
            parts.append(Lines(text, left + 26, y + 4.5, None))
            years = course.period(section.period)
            after = y + 4.5 + text.height - 1
            parts.append(Words(years, left + 26, after, look.table.face, 9.5, look.colours.ink2))
            start = left + 26 + text.line_width(text.lines[0]) + 6
            bend = 287.0 + self.shift
            end = BARS[i % 2] + self.shift - 2
            if start < bend - 4:
                parts.append(Rule(((start, y), (bend, y), (bend + 13, middle), (end, middle)), look.colours.rule, 0.5))
            yield parts, course.say(section.title)


def contents(course: Course, flow: Flow, entries: Sequence[Entry], root: Node, how_to: Node) -> None:
    """Set the contents; page numbers are looked up when they are drawn."""
    look = course.type
    flow.new_page()
    geometry, page = course.page, flow.page
    x = geometry.text_left(page.recto)
    flow.mark(Mark("contents", 0, 0, course.word("contents"), 0), x, geometry.top)
    title = Paragraph(course.word("contents"), look.h1, geometry.text)
    flow.take([Text(title, root.add("H1"), after=look.body.leading * 2)])
    leading = _toc_leading(course, entries, flow.room - look.body.leading * 2)
    if geometry.margin:
        _how_to_use(course, page, how_to)
    toc = root.add("TOC")
    parent: Node | None = None
    last: int | None = None  # the section of the chapter before
    for entry in entries:
        if entry.level == 0 or parent is None:
            item = toc.add("TOCI")
            parent = item
        else:
            nested = parent.kids[-1] if parent.kids and parent.kids[-1].tag == "TOC" else parent.add("TOC")
            item = nested.add("TOCI")
        opens = entry.level == 0 and (entry.section is not None or last is not None)
        last = entry.section if entry.level == 0 else last
        flow.take([_Line(course, entry, item, leading if opens else 0, leading)])


def _toc_leading(course: Course, entries: Sequence[Entry], room: float) -> float:
    """Return the leading that lets the contents end on this page, if a little less of it does; else the usual."""
    usual = course.type.toc.leading
    lines = len(entries) + sum(1 for e in entries if e.level == 0 and e.section is not None) + 1
    least = room / lines
    return min(usual, least) if least >= usual * 0.86 else usual


class _Line:
    """A line of the contents: number, title, dots, page."""

    wide, keep, snap, after = False, False, True, 0.0

    def __init__(self, course: Course, entry: Entry, item: Node, before: float, leading: float) -> None:
        self.course, self.entry, self.item, self.before = course, entry, item, before
        look = course.type
        self.style = replace(look.toc_bold if entry.level == 0 else look.toc, leading=leading)
        self.snap = leading == look.toc.leading
        self.inset = 29.0 * look.scale**0.8
        self.text = Paragraph(entry.title, self.style, course.page.text - self.inset - 44 * look.scale**0.5)
        self.keep = entry.level == 0 and entry.section is not None

    @property
    def height(self) -> float:
        return self.text.height

    @property
    def least(self) -> float:
        return self.text.height

    def cut(self, room: float) -> None:
        return None

    def put(self, flow: Flow, page: Page, x: float, y: float) -> None:
        from builders.guide.page import Jump

        look, style, entry = self.course.type, self.style, self.entry
        baseline = y + style.drop
        reference = self.item.add("Reference")
        link = reference.add("Link")
        left, right = x + self.inset, x + self.course.page.text
        if entry.section is not None and entry.level == 0:
            hue = look.colours.section(entry.section).hue
            size = 18.0 * look.scale**0.8
            height = 14.4 * look.scale**0.8
            page.items.append(Area(x, baseline - style.size * 0.34 - height / 2, size, height, fill=hue))
            number = str(entry.section + 1)
            page.items.append(
                Words(number, x + size / 2, baseline, look.h1.face, style.size, look.colours.white, align="center")
            )
        page.items.append(Lines(self.text, left, baseline, link))
        last = baseline + self.text.height - style.leading
        start = left + self.text.line_width(self.text.lines[-1]) + 7
        end = right - 22 * look.scale**0.5
        pitch = 4.4 * look.scale**0.5
        dots = int((end - start) / pitch)
        if dots > 0:
            points = ((end - dots * pitch, last - 1), (end, last - 1))
            page.items.append(Rule(points, look.colours.rule, 1, (0, pitch), True))
        page.items.append(
            Words("", right, last, style.face, style.size, look.colours.ink, link, "right", page_of=entry.key)
        )
        box = (left, y, right, y + self.text.height)
        page.items.append(Jump(link, f"#{entry.key}", box, entry.title))


def _how_to_use(course: Course, page: Page, node: Node) -> None:
    """Put 'how to use this guide' in the margin of the contents."""
    look, geometry = course.type, course.page
    x = geometry.margin_left(page.recto)
    y = geometry.top + look.body.leading * 4
    heading = Paragraph(course.word("how_to_use"), look.strong, geometry.margin)
    page.items.append(Lines(heading, x, y + look.strong.drop, node.add("P")))
    y += heading.height + 2
    for paragraph in _advice(course, look.small, geometry.margin):
        page.items.append(Lines(paragraph, x, y + look.small.drop, node.add("P")))
        y += paragraph.height + look.small.leading * 0.9


def how_to_blocks(course: Course, node: Node) -> Iterator[Text]:
    """Yield 'how to use this guide' for pages without a margin."""
    look = course.type
    heading = Paragraph(course.word("how_to_use"), look.h3, course.page.text)
    yield Text(heading, node.add("P"), look.body.leading * 2, 4, keep=True)
    for paragraph in _advice(course, look.body, course.page.text):
        yield Text(paragraph, node.add("P"), 0, look.body.leading / 2)


def _advice(course: Course, style: Style, width: float) -> Iterator[Paragraph]:
    """Yield the paragraphs of the advice; what stands between ** is bold."""
    bold = course.type.face("sans", "semibold")
    for key in how_to_keys(course):
        parts = course.word(key, **_how_to_values(course)).split("**")
        runs = [Run(part, bold if i % 2 else style.face) for i, part in enumerate(parts) if part]
        yield Paragraph(runs, style, width)


def how_to_keys(course: Course) -> list[str]:
    """Return which paragraphs of the advice this edition has."""
    keys = ["how_ruler", "how_read"]
    keys.append("how_fill" if course.worksheet else "how_key_words")
    keys.append("how_check")
    if any(e.old_style for s in course.outline.sections for e in s.events):
        keys.append("how_dates")
    return keys


def _how_to_values(course: Course) -> dict[str, str]:
    days = [d for s in course.outline.sections for d in (s.period.first, s.period.last)]
    return {
        "first": writing.year(civil(min(days))[0], course.locale),
        "last": writing.year(civil(max(days))[0], course.locale),
    }
