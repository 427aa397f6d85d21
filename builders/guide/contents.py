"""The contents, and how to use the guide."""

from collections.abc import Iterator, Sequence

from builders.guide.content import GuideContent
from builders.guide.cross_references import ContentsEntry
from builders.guide.flow import Flow
from builders.guide.flow_blocks import (
    FixedBlock,
    FlowBlock,
    PageRecorder,
    TextBlock,
)
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageLines,
    PageLink,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.prose import make_writing_lines_drawing
from builders.language import formatting
from builders.language.dates import Point
from builders.timeline import round_short_time
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    varied,
)


def set_contents(
    course: GuideContent, flow: Flow, entries: Sequence[ContentsEntry], root: Node, how_to: Node
) -> None:
    """Set the contents; page numbers are looked up when they are drawn."""
    look = course.type
    flow.begin_page()
    geometry, page = course.page, flow.page
    x = geometry.find_text_left(page.recto)
    flow.add_destination(
        PageDestination("contents", 0, 0, course.get_fixed_words("contents"), 0), x, geometry.top
    )
    title = Paragraph(course.get_fixed_words("contents"), look.h1, geometry.text)
    flow.place_blocks([TextBlock(title, root.add("H1"), after=look.body.leading * 2)])
    leading = _choose_leading(course, entries, flow.room - look.body.leading * 2)
    if geometry.margin:
        _place_how_to_use(course, page, how_to)
    toc = root.add("TOC")
    parent: Node | None = None
    last: int | None = None  # the section of the chapter before
    lines: list[FlowBlock] = []
    for entry in entries:
        if entry.level == 0 or parent is None:
            item = toc.add("TOCI")
            parent = item
        else:
            nested = parent.kids[-1] if parent.kids and parent.kids[-1].tag == "TOC" else parent.add("TOC")
            item = nested.add("TOCI")
        opens = entry.level == 0 and (entry.section is not None or last is not None)
        last = entry.section if entry.level == 0 else last
        lines.append(_ContentsLine(course, entry, item, leading if opens else 0, leading))
    flow.place_blocks(lines)


def _choose_leading(course: GuideContent, entries: Sequence[ContentsEntry], room: float) -> float:
    """Return the leading that lets the contents end on this page, if a little less of it does; else the
    usual.
    """
    usual = course.type.toc.leading
    lines = len(entries) + sum(1 for e in entries if e.level == 0 and e.section is not None) + 1
    least = room / lines
    return min(usual, least) if least >= usual * 0.86 else usual


class _ContentsLine:
    """A line of the contents: number, title, dots, page."""

    wide, keep, snap, after = False, False, True, 0.0

    def __init__(
        self, course: GuideContent, entry: ContentsEntry, item: Node, before: float, leading: float
    ) -> None:
        self.course, self.entry, self.item, self.before = course, entry, item, before
        look = course.type
        self.style = varied(look.toc_bold if entry.level == 0 else look.toc, leading=leading)
        self.snap = leading == look.toc.leading
        self.inset = 29.0 * look.scale**0.8
        self.text = Paragraph(entry.title, self.style, course.page.text - self.inset - 44 * look.scale**0.5)
        self.keep = entry.level == 0 and entry.section is not None

    @property
    def height(self) -> float:
        return self.text.height

    @property
    def least_height(self) -> float:
        return self.text.height

    def split_at_height(self, room: float) -> None:
        return None

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        look, style, entry = self.course.type, self.style, self.entry
        baseline = y + style.drop
        reference = self.item.add("Reference")
        link = reference.add("Link")
        left, right = x + self.inset, x + self.course.page.text
        if entry.section is not None and entry.level == 0:
            hue = look.colours.get_section_look(entry.section).hue
            size = 18.0 * look.scale**0.8
            height = 14.4 * look.scale**0.8
            page.items.append(
                PageRectangle(x, baseline - style.size * 0.34 - height / 2, size, height, fill=hue)
            )
            number = str(entry.section + 1)
            page.items.append(
                PageText(
                    number,
                    x + size / 2,
                    baseline,
                    look.h1.face,
                    style.size,
                    look.colours.white,
                    align="center",
                )
            )
        page.items.append(PageLines(self.text, left, baseline, link))
        last = baseline + self.text.height - style.leading
        start = left + self.text.line_width(self.text.lines[-1]) + 7
        end = right - 22 * look.scale**0.5
        pitch = 4.4 * look.scale**0.5
        dots = int((end - start) / pitch)
        if dots > 0:
            points = ((end - dots * pitch, last - 1), (end, last - 1))
            page.items.append(PagePolyline(points, look.colours.rule, 1, (0, pitch), True))
        page.items.append(
            PageText(
                "", right, last, style.face, style.size, look.colours.ink, link, "right", page_of=entry.key
            )
        )
        box = (left, y, right, y + self.text.height)
        page.items.append(PageLink(link, f"#{entry.key}", box, entry.title))


def _place_how_to_use(course: GuideContent, page: GuidePage, node: Node) -> None:
    """Put 'how to use this guide' in the margin of the contents."""
    look, geometry = course.type, course.page
    x = geometry.find_margin_left(page.recto)
    y = geometry.top + look.body.leading * 4
    heading = Paragraph(course.get_fixed_words("how_to_use"), look.strong, geometry.margin)
    page.items.append(PageLines(heading, x, y + look.strong.drop, node.add("P")))
    y += heading.height + 2
    for paragraph in _set_how_to_use(course, look.small, geometry.margin):
        page.items.append(PageLines(paragraph, x, y + look.small.drop, node.add("P")))
        y += paragraph.height + look.small.leading * 0.9


def make_notes_page(course: GuideContent, flow: Flow, node: Node) -> list[FlowBlock]:
    """Return lines for the student on the page that the contents leave empty."""
    look = course.type
    title = Paragraph(course.get_fixed_words("your_notes"), look.strong, course.page.text)
    pitch = look.ruling
    count = int((flow.room - 40) / pitch)
    return [
        TextBlock(title, node.add("P"), keep=True),
        FixedBlock(count * pitch, make_writing_lines_drawing(course, count)),
    ]


def make_how_to_use_blocks(course: GuideContent, node: Node) -> Iterator[TextBlock]:
    """Yield 'how to use this guide' for pages without a margin."""
    look = course.type
    heading = Paragraph(course.get_fixed_words("how_to_use"), look.h3, course.page.text)
    yield TextBlock(heading, node.add("P"), look.body.leading * 2, 4, keep=True)
    for paragraph in _set_how_to_use(course, look.body, course.page.text):
        yield TextBlock(paragraph, node.add("P"), 0, look.body.leading / 2)


def _set_how_to_use(course: GuideContent, style: Style, width: float) -> Iterator[Paragraph]:
    """Yield the paragraphs of the advice; what stands between ** is bold."""
    bold = course.type.choose_face("sans", "semibold")
    for key in list_how_to_use_words(course):
        parts = course.get_fixed_words(key, **_list_how_to_use_years(course)).split("**")
        runs = [Run(part, bold if i % 2 else style.face) for i, part in enumerate(parts) if part]
        yield Paragraph(runs, style, width)


def list_how_to_use_words(course: GuideContent) -> list[str]:
    """Return which paragraphs of the advice this edition has."""
    keys = ["how_ruler_short" if _find_short_ends(course) else "how_ruler"]
    keys.append("how_read" if course.page.margin else "how_read_large")
    keys.append("how_fill" if course.edition.blanks == "open" else "how_key_words")
    keys.append("how_check")
    if any(e.old_style for s in course.outline.sections for e in s.events):
        keys.append("how_dates")
    return keys


def _list_how_to_use_years(course: GuideContent) -> dict[str, str]:
    if ends := _find_short_ends(course):
        first, last = (formatting.write_point(point, course.locale) for point in ends)
    else:
        start, end = map(course.find_year, _find_period(course))
        first, last = formatting.year_ends(start, end, course.locale)
    return {"first": first, "last": last}


def _find_short_ends(course: GuideContent) -> tuple[Point, Point] | None:
    return round_short_time(*_find_period(course), julian=course.outline.julian)


def _find_period(course: GuideContent) -> tuple[int, int]:
    days = [d for s in course.outline.sections for d in (s.period.first, s.period.last)]
    return min(days), max(days)
