"""The guide's plan: every page with what stands on it, laid out once. Pure: imports no PDF library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builders.guide import back_matter, title_page
from builders.guide.chronology import Chronology
from builders.guide.content import GuideContent
from builders.guide.contents import make_how_to_use_blocks, make_notes_page, set_contents
from builders.guide.cross_references import ContentsEntry, LayoutRecord
from builders.guide.flow import Flow
from builders.guide.flow_blocks import FlowBlock
from builders.guide.fore_edge_ruler import Ruler
from builders.guide.index import set_index, write_index_title
from builders.guide.margin_notes import MarginNotes
from builders.guide.opener import SectionOpener
from builders.guide.options import GuideOptions
from builders.guide.page_items import GuidePage, PageDestination, PageText
from builders.guide.prose import make_chapter_title
from builders.guide.questions import set_questions
from builders.guide.section_blocks import iterate_placed_blocks, make_section_blocks
from builders.language import formatting
from builders.outline.model import Outline, Section
from builders.typesetting.logical_tree import Node


@dataclass(frozen=True, slots=True)
class GuidePlan:
    """A guide: its pages, the first `front` of them with Roman numbers; its tree, and where places are."""

    course: GuideContent
    pages: list[GuidePage]
    front: int
    root: Node
    folios: Mapping[str, str]


def plan_guide(outline: Outline, options: GuideOptions) -> GuidePlan:
    """Lay out a guide. Raises OutlineFaults for a section or picture that is not there."""
    layout = _GuideLayout(GuideContent(outline, options))
    for number, section in layout.course.sections:
        layout.set_section(number, section)
    layout.set_reference_chapters()
    layout.set_answers_and_sources()
    front_pages = layout.set_front_matter()
    pages = [*front_pages, *layout.pages]
    return GuidePlan(layout.course, pages, len(front_pages), layout.root, layout.record.folios)


class _GuideLayout:
    """A guide being laid out: its sections in their order, what stands behind them, and last what stands
    before, which tells where all others are.
    """

    def __init__(self, course: GuideContent) -> None:
        self.course = course
        self.ruler, self.record = Ruler(course), LayoutRecord(locators=course.locators)
        self.margin = MarginNotes(course, self.record)
        self.pages: list[GuidePage] = []  # of the text, which is numbered from 1
        self.root = Node("Document")
        self.front_node = self.root.add("Sect")
        self.flow = self._make_flow()
        self.number: int | None = None  # of the section that is set
        self.head = ""  # what the running head of a recto says
        self.opening = False
        self.everything = False

    def _make_flow(self) -> Flow:
        return Flow(self.course.page, self._place_furniture, self.record, before=len(self.pages))

    def _finish_part(self) -> None:
        """End the pages of a part."""
        self.flow.set_waiting_notes()
        self.flow.finish_page()
        self.pages += self.flow.pages

    # -- what runs on every page ------------------------------------------------------------------------

    def _place_furniture(self, page: GuidePage) -> None:
        course, look, geometry = self.course, self.course.type, self.course.page
        self.ruler.place_on_page(page, self.number, self.everything, years=not self.opening)
        outer = geometry.find_full_left(page.recto) + (geometry.full_width if page.recto else 0)
        inner = geometry.find_full_left(page.recto) + (0 if page.recto else geometry.full_width)
        bold = look.choose_face("sans", "bold")
        page.items.append(
            PageText(
                page.folio,
                outer,
                geometry.head,
                bold,
                course.edition.print.folio,
                look.colours.ink,
                align="right" if page.recto else "left",
            )
        )
        if self.opening:
            return
        text = self.head if page.recto else course.get_plain_text(course.outline.title)
        face, size = look.choose_face("sans"), course.edition.print.running_head
        most = geometry.full_width - 60
        while len(text) > 4 and face.width(text) * size / 1000 > most:
            text = text[:-2].rstrip() + "…"
        page.items.append(
            PageText(
                text,
                inner,
                geometry.head,
                face,
                size,
                look.colours.ink2,
                align="left" if page.recto else "right",
            )
        )

    # -- sections ---------------------------------------------------------------------------------------

    def set_section(self, number: int, section: Section) -> None:
        """Set a section, which begins on a page of its own."""
        course = self.course
        course.begin_section()
        self.flow = self._make_flow()
        self.number, self.head = number, f"{number + 1} {course.get_plain_text(section.title)}"
        matter = make_section_blocks(course, self.margin, number)
        node = self.root.take(matter.node)
        self.opening = True
        page = self.flow.begin_page()
        self.opening = False
        self.record.record_place(section.id, page.folio)
        self.record.add_entry(ContentsEntry(course.get_plain_text(section.title), section.id, 0, number))
        rest, self.flow.y = SectionOpener(course, self.ruler, number, section, node).lay_out_page(page)
        self.flow.at_top = False
        self.flow.place_blocks(rest)
        self.flow.place_blocks(iterate_placed_blocks(matter, self.record))
        if section.questions:
            self._set_section_questions(section, node)
        self._finish_part()

    def _set_section_questions(self, section: Section, node: Node) -> None:
        course, flow = self.course, self.flow
        word = course.get_fixed_words("check_yourself")
        key = f"{section.id}:questions"
        self.record.add_entry(ContentsEntry(word, key, 1))
        sect = node.add("Sect")
        title = make_chapter_title(course, word, sect.add("H2"), PageDestination(key, 0, 0, word, 1))
        set_questions(course, flow, sect, title, section)

    # -- behind and before ------------------------------------------------------------------------------

    def set_reference_chapters(self) -> None:
        """Set the chronology, the people and the glossary."""
        course, root = self.course, self.root
        self.flow, self.number = self._make_flow(), None
        if any(s.events for _, s in course.sections):
            self.everything = True
            self._set_chapter("chronology", Chronology(course, self.ruler).make_blocks(root))
            self.everything = False
        if course.outline.people:
            self._set_chapter("people", back_matter.make_people_chapter(course, root, self.record))
        if course.outline.terms or course.outline.places:
            self._set_chapter("glossary", back_matter.make_glossary_chapter(course, root, self.record))
        self._finish_part()

    def set_answers_and_sources(self) -> None:
        """Set the answers, the sources and the index, on pages of their own: a teacher can leave them out."""
        course, root = self.course, self.root
        self.flow = self._make_flow()
        if course.edition.answers == "at the back" and any(s.questions for _, s in course.sections):
            self._set_chapter("answers", back_matter.make_answers_chapter(course, root))
        if course.map_keys:
            self._set_chapter("answers", back_matter.make_map_keys_chapter(course, root))
        if course.outline.sources and (course.cited or not course.options.section):
            self._set_chapter("sources", back_matter.make_sources_chapter(course, root, self.record))
        if course.outline.people or course.outline.terms or course.outline.places:
            self._set_chapter("index", (), write_index_title(course))
            set_index(course, self.flow, root, self.record)
        self._finish_part()

    def _set_chapter(self, key: str, blocks: Iterable[FlowBlock], title: str = "") -> None:
        """Set a chapter: from a new page on, unless nearly half of this one is left.

        Its title is the fixed word `key`, if not another is given.
        """
        self.head = title or self.course.get_fixed_words(key)
        self.record.add_entry(ContentsEntry(self.head, key, 0))
        if not self.flow.pages or self.flow.room < self.course.page.depth * 0.45:
            self.flow.begin_page()
        self.flow.place_blocks(blocks)

    def set_front_matter(self) -> list[GuidePage]:
        """Return title page and contents, an even number of pages, so that the text begins on a right-hand
        one.
        """
        course = self.course
        self.number, self.head = None, course.get_fixed_words("contents")
        pages = [GuidePage("i", True)]
        title_page.place_title_page(course, self.ruler, pages[0], self.front_node)
        self.everything = True
        flow = Flow(
            course.page,
            self._place_furniture,
            self.record,
            lambda n: formatting.write_roman(n).lower(),
            pages,
        )
        toc, how_to = Node("Sect"), Node("Sect")
        set_contents(course, flow, self.record.entries, toc, how_to)
        if not course.page.margin:
            flow.place_blocks(make_how_to_use_blocks(course, how_to))
        self.root.kids[1:1] = [toc, how_to]
        if len(pages) % 2:
            self.everything = False
            flow.begin_page()
            if course.edition.writing:
                flow.place_blocks(make_notes_page(course, flow, how_to))
        return pages
