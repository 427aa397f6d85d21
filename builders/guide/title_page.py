"""The title page, which stands before the contents and the first section."""

from collections.abc import Iterator

from builders.guide.content import GuideContent
from builders.guide.fore_edge_ruler import FRAME, Ruler
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageFigure,
    PageItem,
    PageLines,
    PagePattern,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.typography import end_with_stop
from builders.language import formatting
from builders.theme.papers import POINTS_PER_MM
from builders.timeline import space_in_order
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    set_balanced,
    set_ragged,
    varied,
)

RIGHT_EDGE = 524.4  # the right edge of text and margin that these places are given for, in points
FIGURE_LEFT, FIGURE_RIGHT = 270.8, 531.0
GLANCE_HEIGHT = 160 * POINTS_PER_MM
LEAST_GLANCE = 120.0  # points: below a long title and subtitle there may be no room for it
EVENT_STROKES = {3: (146.0, 1.2), 2: (86.0, 0.7), 1: (36.0, 0.5)}  # length and thickness of an event's line
# of the sections' names: how large, and how far apart in points; at last without their years
NAME_TRIES = ((1.0, 10), (1.0, 2), (0.85, 2), (0.7, 2), (0.7, 0), (0.55, 0))
UNITS_PER_POINT = 1000


def place_title_page(course: GuideContent, ruler: Ruler, page: GuidePage, root: Node) -> None:
    """Put the title page together."""
    look, geometry = course.type, course.page
    x = geometry.inner
    page.items.append(PageRectangle(x, 0, 25.5, 113, fill=look.colours.red))
    title = _place_title(course, root, page, x)
    y = title
    if course.outline.subtitle:
        style = Style(
            look.choose_face("serif"), 18 * look.scale**0.5, 24 * look.scale**0.5, look.colours.ink2
        )
        words = course.make_runs_or_text(course.outline.subtitle, style)
        subtitle = set_ragged(words, style, geometry.full_width, look.lang)
        page.items.append(PageLines(subtitle, x, y + 10 + style.drop, root.add("P")))
        y += 10 + subtitle.height
    imprint = _set_imprint(course)
    top = geometry.bottom + 17.6 - (imprint.height - imprint.style.leading)  # its first baseline
    _place_glance(course, ruler, page, root, y, top - imprint.style.leading - 8)
    page.items.append(PageLines(imprint, x, top, root.add("P")))


def _place_title(course: GuideContent, root: Node, page: GuidePage, x: float) -> float:
    """Put the course's title, as large as lets it take three lines at most; return where it ends."""
    look = course.type
    node = root.add("H1")
    top, title = 140.0, None
    for size in (45, 40, 35, 30, 26):
        style = varied(look.course, size=size, leading=size * 46 / 45)
        title = set_balanced(
            course.make_runs_or_text(course.outline.title, style), style, course.page.full_width, look.lang
        )
        if len(title.lines) <= 3 and title.longest <= course.page.full_width:
            break
    assert title is not None
    page.items.append(PageDestination("title", x, top, course.get_plain_text(course.outline.title), 0))
    page.items.append(PageLines(title, x, top + title.style.drop, node))
    return top + title.height


def _set_imprint(course: GuideContent) -> Paragraph:
    """Return what stands at the foot of the title page: edition, credit, and with what it was made."""
    look, geometry = course.type, course.page
    edition = course.get_fixed_words(f"edition_{course.options.edition}")
    if course.options.section:
        edition += f" · {course.get_plain_text(course.sections[0][1].title)}"
    rest = [course.get_plain_text(course.outline.credit)] if course.outline.credit else []
    rest.append(course.get_fixed_words("made_with"))
    runs = [
        Run(edition, look.strong.face),
        Run("\u2002" + " ".join(map(end_with_stop, rest)), look.small.face),
    ]
    style = varied(look.small, size=max(9.5, look.small.size), leading=max(12.5, look.small.leading))
    return Paragraph(runs, varied(style, colour=look.colours.ink2), geometry.full_width)


def _place_glance(
    course: GuideContent, ruler: Ruler, page: GuidePage, root: Node, y: float, foot: float
) -> None:
    """Put the course at a glance: the axis, a bar a section, a line an event, the sections' names."""
    bottom = min(course.page.bottom - 8, foot)
    top = max(bottom - GLANCE_HEIGHT, y + 34)
    if bottom - top < LEAST_GLANCE:
        return
    glance = _GlanceAxis(course, ruler, top, bottom)
    sections = course.outline.sections
    names = glance.make_names()
    listing = "; ".join(
        f"{i + 1} {course.get_plain_text(s.title)}, {course.write_period(s.period)}"
        for i, s in enumerate(sections)
    )
    alt = course.locale.write_label(course.get_fixed_words("at_a_glance"), listing)
    figure = root.add("Figure", alt=alt + ".")
    box = (FIGURE_LEFT, top - 6, FIGURE_RIGHT, bottom + 6)
    page.items.append(PageFigure(figure, box, list(glance.make_items())))
    listed = root.add("L", attributes={"List": "/ListNumbering/Decimal"}) if names else None
    for item in names:
        assert listed is not None
        li = listed.add("LI")
        number, body = li.add("Lbl"), li.add("LBody")
        for k, part in enumerate(item):
            if isinstance(part, PageText | PageLines):
                part.node = number if k == 0 else body
            page.items.append(part)


class _GlanceAxis:
    """The title page's axis."""

    def __init__(self, course: GuideContent, ruler: Ruler, top: float, bottom: float) -> None:
        self.course, self.ruler, self.top, self.bottom = course, ruler, top, bottom
        self.shift = course.page.inner + course.page.full_width - RIGHT_EDGE
        self.sizes = course.edition.print.glance
        face = course.type.small_bold.face
        words = [text for _, text in ruler.ticks] if ruler.short else ruler.ends
        room = max(face.width(text) for text in words) * self.sizes.years / 1000
        self.lines = max(self.sizes.lines, self.sizes.axis + 8 + room + 6) + self.shift

    def place_day(self, day: int) -> float:
        """Return the height of a day."""
        span = self.ruler.end - self.ruler.start
        return self.top + (day - self.ruler.start) * (self.bottom - self.top) / span

    def _place_bar(self, section: int) -> tuple[float, float]:
        """Return the left and the width of a section's bar; in more than two columns it is narrower."""
        (near, far), columns = self.sizes.bars, max(2, max(self.ruler.columns) + 1)
        width = 2 * self.sizes.bar / columns
        right = near + self.sizes.bar - self.ruler.columns[section] * 2 * (near - far) / columns
        return right - width + self.shift, width

    def make_items(self) -> Iterator[PageItem]:
        """Yield axis, bars and events."""
        look, sizes = self.course.type, self.sizes
        ink, axis = look.colours, sizes.axis + self.shift
        face = look.small_bold.face
        yield PagePolyline(((axis, self.top), (axis, self.bottom)), ink.ink, sizes.thick)
        for day, text in self.ruler.ticks:
            y = self.place_day(day)
            yield PagePolyline(((axis, y), (axis + 5, y)), ink.ink, 0.75 * sizes.thick)
            yield PageText(text, axis + 8, y + sizes.years * 0.34, face, sizes.years, ink.ink2)
        for i, section in enumerate(self.course.outline.sections):
            hue = ink.get_section_look(i)
            top, bottom = self.place_day(section.period.first), self.place_day(section.period.last + 1)
            x, width = self._place_bar(i)
            height, frame = max(bottom - top, 1), min(FRAME, width / 4)
            yield PagePattern(hue.pattern, x, top, width, height, hue.hue, frame=frame)
            for event in section.events:
                length, width = EVENT_STROKES[event.importance]
                y = self.place_day(event.date.first)
                end = self.lines + length * sizes.stroke
                yield PagePolyline(((self.lines, y), (end, y)), hue.hue, width * sizes.thick)
                last = self.place_day(event.date.last)
                if event.importance == 3 and last - y > 3:
                    yield PagePolyline(((end, y), (end, last)), hue.hue, 2 * sizes.thick)

    def make_names(self) -> list[list[PageItem]]:
        """Return each section's number and name with the leader to its bar: all, or none where they have no
        room."""
        course, look, sizes = self.course, self.course.type, self.sizes
        sections = course.outline.sections
        low = round(self.top * UNITS_PER_POINT)
        for factor, air in NAME_TRIES:
            size = max(sizes.name * factor, min(sizes.name, look.small.size))
            bold = Style(look.choose_face("sans", "bold"), size, size * 1.185, look.colours.ink)
            number = sizes.number * size / sizes.name
            hang = max(sizes.hang, look.h1.face.width(str(len(sections))) * number / 1000 + 6)
            years = max(look.table.size, look.small.size) * min(factor * 1.1, 1) if air else 0.0
            most = sizes.most + self.shift + 62.4 - course.page.inner + sizes.hang - hang
            texts = [
                set_ragged(course.make_runs_or_text(s.title, bold), bold, most, look.lang) for s in sections
            ]
            heights = [round((t.height + years * 1.25 + (air or 2)) * UNITS_PER_POINT) for t in texts]
            high = round((self.bottom - texts[-1].height - years * 0.4) * UNITS_PER_POINT)
            if sum(heights[:-1]) <= high - low:
                break
        else:
            return []
        middles = [(self.place_day(s.period.first) + self.place_day(s.period.last + 1)) / 2 for s in sections]
        wanted = [round((m - 4) * UNITS_PER_POINT) for m in middles]
        places = space_in_order(wanted, heights[:-1], low, high)
        return [
            self._make_name(i, text, place / UNITS_PER_POINT, middle, years, number, hang)
            for i, (text, place, middle) in enumerate(zip(texts, places, middles, strict=True))
        ]

    def _make_name(
        self, index: int, text: Paragraph, y: float, middle: float, years: float, size: float, hang: float
    ) -> list[PageItem]:
        """Return a section's number, name and years, and the leader at the height y to its bar's middle.

        `years` and `size` are those of the years, 0 for none, and of the number, from which the name hangs.
        """
        course, look, sizes = self.course, self.course.type, self.sizes
        left = course.page.inner
        hue = look.colours.get_section_look(index).hue
        first = y + text.style.size * 0.34  # baseline of the name
        parts: list[PageItem] = [
            PageText(str(index + 1), left, y + size * 0.34, look.h1.face, size, hue),
            PageLines(text, left + hang, first, None),
        ]
        if years:
            period = course.outline.sections[index].period
            said = (course.write_period(period), formatting.write_period(period, course.locale, short=True))
            room, face = self._place_bar(index)[0] - 6 - left - hang, look.table.face
            words = next((text for text in said if face.width(text) * years / 1000 <= room), "")
            below = first + text.height - text.style.leading + years * 1.25 + 3
            parts.append(PageText(words, left + hang, below, face, years, look.colours.ink2))
        start = left + hang + text.line_width(text.lines[0]) + 6
        bend = sizes.bend + self.shift
        end = self._place_bar(index)[0] - 2
        if start < bend - 4:
            points = ((start, y), (bend, y), (bend + 13, middle), (end, middle))
            parts.append(PagePolyline(points, look.colours.rule, 0.5 * sizes.thick))
        return parts
