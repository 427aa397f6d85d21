"""What stands before the first section: the title page and the contents."""

from collections.abc import Iterator
from dataclasses import dataclass

from builders import writing
from builders.dates import day_number
from builders.guide.course import Course
from builders.guide.page import Area, Figure, Hatch, Item, Lines, Mark, Page, Rule, Words
from builders.guide.ruler import FRAME, Ruler, round_years
from builders.guide.sentences import ended
from builders.guide_look import MM
from builders.text.paragraph import Paragraph, Run, Style, set_balanced, varied
from builders.text.tree import Node
from builders.timeline import in_order

RIGHT = 524.4  # the right edge of text and margin that these places are given for, in points
AXIS, BARS, LINES = 344.6, (329.7, 316.8), 379.0
HEIGHT = 160 * MM
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
    imprint = _imprint(course)
    top = geometry.bottom + 17.6 - (imprint.height - imprint.style.leading)  # its first baseline
    _glance(course, ruler, page, root, y, top - imprint.style.leading - 8)
    page.items.append(Lines(imprint, x, top, root.add("P")))


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


def _imprint(course: Course) -> Paragraph:
    """Return what stands at the foot of the title page: edition, credit, and with what it was made."""
    look, geometry = course.type, course.page
    edition = course.word(f"edition_{course.options.edition}")
    if course.options.section:
        edition += f" · {course.say(course.sections[0][1].title)}"
    rest = [course.say(course.outline.credit)] if course.outline.credit else []
    rest.append(course.word("made_with"))
    runs = [Run(edition, look.strong.face), Run("\u2002" + " ".join(map(ended, rest)), look.small.face)]
    style = varied(look.small, size=max(9.5, look.small.size), leading=max(12.5, look.small.leading))
    return Paragraph(runs, varied(style, colour=look.colours.ink2), geometry.full)


def _glance(course: Course, ruler: Ruler, page: Page, root: Node, y: float, foot: float) -> None:
    """Put the course at a glance: the axis, a bar a section, a line an event, the sections' names."""
    bottom = min(course.page.bottom - 8, foot)
    top = max(bottom - HEIGHT, y + 34)
    glance = _Glance(course, ruler, top, bottom)
    sections = course.outline.sections
    names = glance.names()
    listing = "; ".join(
        f"{i + 1} {course.say(s.title)}, {course.period(s.period)}" for i, s in enumerate(sections)
    )
    alt = course.locale.label(course.word("at_a_glance"), listing)
    figure = root.add("Figure", alt=alt + ".")
    box = (BARS[1] - 46, top - 6, LINES + 152, bottom + 6)
    page.items.append(Figure(figure, box, list(glance.items())))
    listed = root.add("L", attributes={"List": "/ListNumbering/Decimal"}) if names else None
    for item in names:
        assert listed is not None
        li = listed.add("LI")
        number, body = li.add("Lbl"), li.add("LBody")
        for k, part in enumerate(item):
            if isinstance(part, Words | Lines):
                part.node = number if k == 0 else body
            page.items.append(part)


@dataclass(frozen=True, slots=True)
class _Measures:
    """Where things stand on the title page, and how large they are, in points from the page's left."""

    axis: float
    bars: tuple[float, float]  # lefts of the bars in the first and the second of two columns
    bar: float  # their width
    lines: float  # where the events' lines begin
    stroke: float  # how long and thick these are, against STROKES
    thick: float
    years: float  # size of the axis' years
    number: float
    name: float
    hang: float  # of a name, behind its number
    most: float  # width of a name
    bend: float  # of the leaders


USUAL = _Measures(AXIS, BARS, 11, LINES, 1, 1, 8.5, 28, 13.5, 26, 178, 287)
LARGE = _Measures(392, (372, 353), 16, 453, 0.38, 2, 16, 36, 20, 36, 232, 334)


class _Glance:
    """The title page's axis."""

    def __init__(self, course: Course, ruler: Ruler, top: float, bottom: float) -> None:
        self.course, self.ruler, self.top, self.bottom = course, ruler, top, bottom
        self.shift = course.page.inner + course.page.full - RIGHT
        self.sizes = LARGE if course.large else USUAL
        face = course.type.small_bold.face
        years = [writing.year(y, course.locale) for y in (ruler.first_year, ruler.last_year)]
        room = max(face.width(year) for year in years) * self.sizes.years / 1000
        self.lines = max(self.sizes.lines, self.sizes.axis + 8 + room + 6) + self.shift

    def at(self, day: int) -> float:
        """Return the height of a day."""
        span = self.ruler.end - self.ruler.start
        return self.top + (day - self.ruler.start) * (self.bottom - self.top) / span

    def _bar(self, section: int) -> tuple[float, float]:
        """Return the left and the width of a section's bar; in more than two columns it is narrower."""
        (near, far), columns = self.sizes.bars, max(2, max(self.ruler.columns) + 1)
        width = 2 * self.sizes.bar / columns
        right = near + self.sizes.bar - self.ruler.columns[section] * 2 * (near - far) / columns
        return right - width + self.shift, width

    def items(self) -> Iterator[Item]:
        """Yield axis, bars and events."""
        look, sizes = self.course.type, self.sizes
        ink, axis = look.colours, sizes.axis + self.shift
        face = look.small_bold.face
        yield Rule(((axis, self.top), (axis, self.bottom)), ink.ink, sizes.thick)
        step = self.ruler.step
        for year in round_years(self.ruler.first_year, self.ruler.last_year, step):
            y = self.at(day_number(year, 1, 1))
            yield Rule(((axis, y), (axis + 5, y)), ink.ink, 0.75 * sizes.thick)
            text = writing.year(year, self.course.locale)
            yield Words(text, axis + 8, y + sizes.years * 0.34, face, sizes.years, ink.ink2)
        for i, section in enumerate(self.course.outline.sections):
            hue = ink.section(i)
            top, bottom = self.at(section.period.first), self.at(section.period.last + 1)
            x, width = self._bar(i)
            height, frame = max(bottom - top, 1), min(FRAME, width / 4)
            yield Hatch(hue.pattern, x, top, width, height, hue.hue, frame=frame)
            for event in section.events:
                length, width = STROKES[event.importance]
                y = self.at(event.date.first)
                end = self.lines + length * sizes.stroke
                yield Rule(((self.lines, y), (end, y)), hue.hue, width * sizes.thick)
                last = self.at(event.date.last)
                if event.importance == 3 and last - y > 3:
                    yield Rule(((end, y), (end, last)), hue.hue, 2 * sizes.thick)

    def names(self) -> list[list[Item]]:
        """Return each section's number and name with the leader to its bar: all, or none where they have no
        room."""
        course, look, sizes = self.course, self.course.type, self.sizes
        sections = course.outline.sections
        bold = Style(look.face("sans", "bold"), sizes.name, sizes.name * 1.185, look.colours.ink)
        years = max(look.table.size, look.small.size)
        most = sizes.most + self.shift + 62.4 - course.page.inner
        texts = [Paragraph(course.runs(s.title, bold), bold, most) for s in sections]
        for apart in (years * 1.25 + 10, years * 1.25 + 2):
            heights = [round((t.height + apart) * MILLI) for t in texts]
            high = round((self.bottom - texts[-1].height - years * 0.4) * MILLI)
            if sum(heights[:-1]) <= high - round(self.top * MILLI):
                break
        else:
            return []
        middles = [(self.at(s.period.first) + self.at(s.period.last + 1)) / 2 for s in sections]
        wanted = [round((m - 4) * MILLI) for m in middles]
        places = in_order(wanted, heights[:-1], round(self.top * MILLI), high)
        return [
            self._name(i, text, place / MILLI, middle, years)
            for i, (text, place, middle) in enumerate(zip(texts, places, middles, strict=True))
        ]

    def _name(self, index: int, text: Paragraph, y: float, middle: float, years: float) -> list[Item]:
        """Return a section's number, name and years, and the leader at the height y to its bar's middle."""
        course, look, sizes = self.course, self.course.type, self.sizes
        left = course.page.inner
        hue = look.colours.section(index).hue
        first = y + text.style.size * 0.34  # baseline of the name
        parts: list[Item] = [
            Words(str(index + 1), left, y + sizes.number * 0.34, look.h1.face, sizes.number, hue),
            Lines(text, left + sizes.hang, first, None),
        ]
        period = course.period(course.outline.sections[index].period)
        below = first + text.height - text.style.leading + years * 1.25 + 3
        parts.append(Words(period, left + sizes.hang, below, look.table.face, years, look.colours.ink2))
        start = left + sizes.hang + text.line_width(text.lines[0]) + 6
        bend = sizes.bend + self.shift
        end = self._bar(index)[0] - 2
        if start < bend - 4:
            points = ((start, y), (bend, y), (bend + 13, middle), (end, middle))
            parts.append(Rule(points, look.colours.rule, 0.5 * sizes.thick))
        return parts
