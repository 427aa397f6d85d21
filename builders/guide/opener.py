"""A section's first page: its number and title, key question, summary and goals, and its time to scale."""

from collections.abc import Iterator

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import FlowBlock, TextBlock
from builders.guide.fore_edge_ruler import Ruler
from builders.guide.large_print_timeline import make_timeline_strip, write_timeline_alt_text
from builders.guide.opener_timeline import LABELS, LENS_EDGE, OpenerAxis
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageFigure,
    PageLines,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.prose import make_teacher_notes
from builders.outline.model import Section
from builders.theme.papers import POINTS_PER_MM
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, set_balanced, varied

TEXT, FULL = 96 * POINTS_PER_MM, 462.0  # the opener's own column, and the full width that this is given for
MOST_TITLE = 0.3  # of the page's depth: a title that would take more is set smaller


class SectionOpener:
    """Lays out one section's opener on its page."""

    def __init__(self, course: GuideContent, ruler: Ruler, number: int, section: Section, node: Node) -> None:
        self.course, self.ruler, self.number, self.section, self.node = course, ruler, number, section, node
        self.look = course.type
        self.hue = self.look.colours.get_section_look(number).hue
        self.strip = course.edition.print.timelines == "strip"
        self.width = course.page.text if self.strip else TEXT + course.page.full_width - FULL

    def lay_out_page(self, page: GuidePage) -> tuple[list[FlowBlock], float]:
        """Put on `page` what belongs there; return the blocks that follow it, and how far down it is full."""
        course, geometry = self.course, self.course.page
        left = geometry.mirror_left(geometry.inner, self.width, page.recto)
        title = f"{self.number + 1} {course.get_plain_text(self.section.title)}"
        page.items.append(PageDestination(self.section.id, left, geometry.top, title, 0))
        y = self._place_key_question(page, left, self._place_title(page, left))
        texts = [*self._make_summary(), *self._make_goals()]
        if course.edition.teacher_notes and self.section.notes:
            texts += make_teacher_notes(course, self.section.notes, self.node, self.width)
        if self.strip:
            return [*texts, *make_timeline_strip(course, self.number, self.section, self.node)], y
        y, rest = self._place_texts(page, left, y, texts)
        if not rest:
            y = self._place_locator(page, left, y)
        if not rest and course.edition.writing:
            self._place_writing_lines(page, left, y)
        self._place_timeline(page)
        return rest, geometry.bottom

    def _place_texts(
        self, page: GuidePage, left: float, y: float, texts: list[TextBlock]
    ) -> tuple[float, list[FlowBlock]]:
        """Set what there is room for in the opener's own column; return where it ends, and what is left."""
        bottom = self.course.page.bottom
        for i, text in enumerate(texts):
            ends = y + text.before + text.height + text.after
            if ends > bottom + 1 or (text.keep and ends + texts[i + 1].height > bottom):
                return y, list(texts[i:])
            top = y + text.before
            baseline = top + text.paragraph.style.drop
            if text.lead:
                text.lead(page, left, baseline)
            if text.side:
                x = left + text.side[1] / 2
                page.items.append(
                    PagePolyline(((x, top), (x, ends if text.keep else top + text.height)), *text.side)
                )
            page.items.append(PageLines(text.paragraph, left + text.indent, baseline, text.node))
            y = ends
        return y, []

    def _place_title(self, page: GuidePage, x: float) -> float:
        look, top = self.look, self.course.page.top
        heading = self.node.add("H1")
        face = look.choose_face("sans", "black")
        page.items.append(PageText(str(self.number + 1), x - 4, top + 81, face, 120, self.hue, heading))
        words = self.course.make_runs_or_text(self.section.title, look.section)
        style, least = look.section, look.h2.size
        most = MOST_TITLE * self.course.page.depth
        while style.size - 2 >= least and (
            Paragraph(words, style, 10_000).longest > self.width
            or Paragraph(words, style, self.width).height > most
        ):
            style = varied(style, size=style.size - 2, leading=style.leading - 2)
        title = set_balanced(words, style, self.width, look.lang)
        y = top + 98
        page.items.append(PageLines(title, x, y + title.style.drop, heading))
        y += title.height
        years = varied(look.toc, colour=look.colours.ink2)
        text = Paragraph(self.course.write_period(self.section.period), years, self.width)
        page.items.append(PageLines(text, x, y + 5 + text.style.drop, self.node.add("P")))
        return y + 5 + text.height

    def _place_key_question(self, page: GuidePage, x: float, y: float) -> float:
        look = self.look
        y += look.body.leading * 0.9
        start, inset = y, 14.0
        label = varied(look.strong, size=max(9.5, look.small.size), colour=look.colours.red)
        word = Paragraph(self.course.get_fixed_words("key_question"), label, self.width)
        page.items.append(PageLines(word, x + inset, y + label.drop, self.node.add("P")))
        y += word.height + 1
        key = set_balanced(
            self.course.make_runs_or_text(self.section.question, look.key),
            look.key,
            self.width - inset,
            look.lang,
        )
        page.items.append(PageLines(key, x + inset, y + key.style.drop, self.node.add("P")))
        y += key.height + 3
        page.items.append(PageRectangle(x, start, 4, y - start, fill=look.colours.red))
        return y

    def _make_summary(self) -> Iterator[TextBlock]:
        look = self.look
        style = varied(look.body, align="left")
        for i, runs in enumerate(self.course.make_paragraphs(self.section.summary, style)):
            own = style if i == 0 else varied(style, indent=look.more.indent)
            before = look.body.leading * 1.25 if i == 0 else 0.0
            yield TextBlock(Paragraph(runs, own, self.width), self.node.add("P"), before)

    def _make_goals(self) -> Iterator[TextBlock]:
        if not self.section.goals:
            return
        look = self.look
        title = Paragraph(self.course.get_fixed_words("goals"), look.strong, self.width)
        yield TextBlock(
            title,
            self.node.add("P"),
            look.body.leading * 1.75,
            self.course.edition.print.below_goals_title,
            keep=True,
        )
        items = self.node.add("L", attributes={"List": "/ListNumbering/None"})
        inset = 20.0 * look.scale
        style = varied(look.body, align="left")
        last = len(self.section.goals) - 1
        for i, goal in enumerate(self.section.goals):
            body = items.add("LI").add("LBody")
            paragraph = Paragraph(self.course.make_runs_or_text(goal, style), style, self.width - inset)
            yield TextBlock(
                paragraph, body, keep=i == last - 1, indent=inset, lead=self._place_tick_box
            )  # none alone

    def _place_tick_box(self, page: GuidePage, x: float, y: float) -> None:
        """Draw a box to tick, on the baseline y."""
        size = 8.5 * self.look.scale
        page.items.append(
            PageRectangle(x + 0.4, y - size + 0.9, size, size, stroke=self.look.colours.ink, line=0.7)
        )

    def _place_locator(self, page: GuidePage, x: float, y: float) -> float:
        """Place the map of the section's events where it has room; return where the column is full then."""
        blank = self.course.edition.blanks == "open"  # a map to fill in may ask for the names
        if blank or not any(event.place for event in self.section.events):
            return y
        from builders.guide.maps import make_locator

        title = Paragraph(self.course.get_fixed_words("where"), self.look.strong, self.width)
        nodes = Node("Sect")
        figure = make_locator(self.course, nodes, self.number, self.width)
        top = y + self.look.body.leading * 1.75
        map_top = top + title.height + 4
        if figure is None or map_top + figure.height > self.course.page.bottom:
            return y
        page.items.append(PageLines(title, x, top + title.style.drop, self.node.add("P")))
        self.node.kids += nodes.kids
        figure.draw(page, x, map_top)
        return map_top + figure.height

    def _place_writing_lines(self, page: GuidePage, x: float, y: float) -> None:
        """Fill what is left of the column with lines for the student."""
        look, bottom = self.look, self.course.page.bottom
        pitch = look.ruling
        y += look.body.leading * 1.75
        count = int((bottom - y - look.strong.leading - 6) / pitch)
        if count < 2:
            return
        count = min(count, 12)
        title = Paragraph(self.course.get_fixed_words("your_notes"), look.strong, self.width)
        page.items.append(PageLines(title, x, bottom - count * pitch - 4, self.node.add("P")))
        for i in range(count):
            page.items.append(PageRectangle(x, bottom - i * pitch, self.width, 0.5, fill=look.colours.rule))

    # -- the section's own axis -------------------------------------------------------------------------

    def _place_timeline(self, page: GuidePage) -> None:
        events = [self.course.events[e.id] for e in self.section.events]
        if not events:
            return
        axis = OpenerAxis(self.course, self.ruler, self.number, self.section, page.recto)
        node = self.node.add("Figure", alt=write_timeline_alt_text(self.course, self.section))
        edges = sorted((axis.mirror_x(LABELS), axis.mirror_x(LENS_EDGE)))
        box = (edges[0], axis.top - 14, edges[1], axis.bottom + 14)
        page.items.append(PageFigure(node, box, list(axis.make_items(events))))
