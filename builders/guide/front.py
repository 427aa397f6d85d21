"""What stands before the first section: the title page and the contents."""

from collections.abc import Iterator

from builders import writing
from builders.dates import day_number
from builders.guide.course import Course, ended
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
    alt = (
        course.word("at_a_glance")
        + ": "
        + "; ".join(
            f"{i + 1} {course.say(s.title)}, {course.period(s.period)}"
            for i, s in enumerate(course.outline.sections)
        )
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
        texts = [Paragraph(course.runs(s.title, bold), bold, 178) for s in course.outline.sections]
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
                parts.append(
                    Rule(((start, y), (bend, y), (bend + 13, middle), (end, middle)), look.colours.rule, 0.5)
                )
            yield parts, course.say(section.title)
