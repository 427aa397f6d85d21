"""The guide's plan: every page with what stands on it, laid out once. Pure: imports no PDF library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from builders import writing
from builders.guide import back, front
from builders.guide.blocks import Block
from builders.guide.chronology import Chronology
from builders.guide.contents import contents, how_to_blocks, notes_page
from builders.guide.course import Course
from builders.guide.flow import Flow
from builders.guide.indexing import index
from builders.guide.matter import placed, section_matter
from builders.guide.notes import Margin
from builders.guide.opener import Opener
from builders.guide.options import GuideOptions
from builders.guide.page import Mark, Page, Words
from builders.guide.prose import chapter
from builders.guide.questions import set_questions
from builders.guide.record import Entry, Record
from builders.guide.ruler import Ruler
from builders.outline import Outline, Section
from builders.text.tree import Node


@dataclass(frozen=True, slots=True)
class Plan:
    """A guide: its pages, the first `front` of them with Roman numbers; its tree, and where places are."""

    course: Course
    pages: list[Page]
    front: int
    root: Node
    folios: Mapping[str, str]


def plan(outline: Outline, options: GuideOptions) -> Plan:
    """Lay out a guide. Raises OutlineFaults for a section or picture that is not there."""
    layout = _Layout(Course(outline, options))
    for number, section in layout.course.sections:
        layout.set_section(number, section)
    layout.set_reference()
    layout.set_answers()
    front_pages = layout.set_front()
    pages = [*front_pages, *layout.pages]
    return Plan(layout.course, pages, len(front_pages), layout.root, layout.record.folios)


class _Layout:
    """A guide being laid out: its sections in their order, what stands behind them, and last what stands
    before, which tells where all others are.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.ruler, self.record = Ruler(course), Record(locators=course.locators)
        self.margin = Margin(course, self.record)
        self.pages: list[Page] = []  # of the text, which is numbered from 1
        self.root = Node("Document")
        self.front_node = self.root.add("Sect")
        self.flow = self._flow()
        self.number: int | None = None  # of the section that is set
        self.head = ""  # what the running head of a recto says
        self.opening = False
        self.everything = False

    def _flow(self) -> Flow:
        return Flow(self.course.page, self._furnish, self.record, before=len(self.pages))

    def _finish(self) -> None:
        """End the pages of a part."""
        self.flow.shelve()
        self.flow.finish()
        self.pages += self.flow.pages

    # -- what runs on every page ------------------------------------------------------------------------

    def _furnish(self, page: Page) -> None:
        course, look, geometry = self.course, self.course.type, self.course.page
        self.ruler.furnish(page, self.number, self.everything, years=not self.opening)
        outer = geometry.full_left(page.recto) + (geometry.full if page.recto else 0)
        inner = geometry.full_left(page.recto) + (0 if page.recto else geometry.full)
        bold = look.face("sans", "bold")
        size = 10.5 if not course.large else 17
        page.items.append(
            Words(
                page.folio,
                outer,
                geometry.head,
                bold,
                size,
                look.colours.ink,
                align="right" if page.recto else "left",
            )
        )
        if self.opening:
            return
        text = self.head if page.recto else course.say(course.outline.title)
        face, size = look.face("sans"), 8.5 if not course.large else 16
        most = geometry.full - 60
        while len(text) > 4 and face.width(text) * size / 1000 > most:
            text = text[:-2].rstrip() + "…"
        page.items.append(
            Words(
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
        self.flow = self._flow()
        self.number, self.head = number, f"{number + 1} {course.say(section.title)}"
        matter = section_matter(course, self.margin, number)
        node = self.root.take(matter.node)
        self.opening = True
        page = self.flow.new_page()
        self.opening = False
        self.record.place(section.id, page.folio)
        self.record.enter(Entry(course.say(section.title), section.id, 0, number))
        rest, self.flow.y = Opener(course, self.ruler, number, section, node).put(page)
        self.flow.at_top = False
        self.flow.take(rest)
        self.flow.take(placed(matter, self.record))
        if section.questions:
            self._questions(section, node)
        self._finish()

    def _questions(self, section: Section, node: Node) -> None:
        course, flow = self.course, self.flow
        word = course.word("check_yourself")
        key = f"{section.id}:questions"
        self.record.enter(Entry(word, key, 1))
        sect = node.add("Sect")
        title = chapter(course, word, sect.add("H2"), Mark(key, 0, 0, word, 1))
        set_questions(course, flow, sect, title, section)

    # -- behind and before ------------------------------------------------------------------------------

    def set_reference(self) -> None:
        """Set the chronology, the people and the glossary."""
        course, root = self.course, self.root
        self.flow, self.number = self._flow(), None
        if any(s.events for _, s in course.sections):
            self.everything = True
            self._chapter("chronology", Chronology(course, self.ruler).blocks(root))
            self.everything = False
        if course.outline.people:
            self._chapter("people", back.people(course, root, self.record))
        if course.outline.terms:
            self._chapter("glossary", back.glossary(course, root, self.record))
        self._finish()

    def set_answers(self) -> None:
        """Set the answers, the sources and the index, on pages of their own: a teacher can leave them out."""
        course, root = self.course, self.root
        self.flow = self._flow()
        if course.answers_at_back and any(s.questions for _, s in course.sections):
            self._chapter("answers", back.answer_chapter(course, root))
        if course.outline.sources and (course.cited or not course.options.section):
            self._chapter("sources", back.sources(course, root, self.record))
        if course.outline.people or course.outline.terms:
            self._chapter("index", ())
            index(course, self.flow, root, self.record)
        self._finish()

    def _chapter(self, key: str, blocks: Iterable[Block]) -> None:
        """Set a chapter: from a new page on, unless nearly half of this one is left."""
        self.head = self.course.word(key)
        self.record.enter(Entry(self.head, key, 0))
        if not self.flow.pages or self.flow.room < self.course.page.depth * 0.45:
            self.flow.new_page()
        self.flow.take(blocks)

    def set_front(self) -> list[Page]:
        """Return title page and contents, an even number of pages, so that the text begins on a right-hand
        one.
        """
        course = self.course
        self.number, self.head = None, course.word("contents")
        pages = [Page("i", True)]
        front.title_page(course, self.ruler, pages[0], self.front_node)
        self.everything = True
        flow = Flow(course.page, self._furnish, self.record, lambda n: writing.roman(n).lower(), pages)
        toc, how_to = Node("Sect"), Node("Sect")
        contents(course, flow, self.record.entries, toc, how_to)
        if not course.page.margin:
            flow.take(how_to_blocks(course, how_to))
        for node in (toc, how_to):
            self.root.kids.insert(1 + (node is how_to), node)
            node.parent = self.root
        if len(pages) % 2:
            self.everything = False
            flow.new_page()
            if not course.teacher:
                flow.take(notes_page(course, flow, how_to))
        return pages
