"""The guide's plan: every page with what stands on it, laid out once. Pure: imports no PDF library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builders import writing
from builders.guide import back, front
from builders.guide.chronology import Chronology
from builders.guide.contents import contents, how_to_blocks, notes_page
from builders.guide.course import Course
from builders.guide.flow import Flow
from builders.guide.indexing import index
from builders.guide.matter import Matter, made, placed
from builders.guide.notes import Margin
from builders.guide.opener import Opener
from builders.guide.page import Mark, Page, Part, Words, rows
from builders.guide.prose import chapter
from builders.guide.questions import set_questions
from builders.guide.record import Entry, Record
from builders.guide.ruler import Ruler
from builders.options import Options
from builders.outline import Outline, Section
from builders.text.tree import Node

_HANDED_OUT = 8  # pages at a time, of a chapter that is not set to its end


@dataclass(frozen=True, slots=True)
class Plan:
    """A guide: its pages, the first `front` of them with Roman numbers; its tree, and where places are."""

    course: Course
    pages: list[Page]
    front: int
    root: Node
    folios: Mapping[str, str]


def plan(outline: Outline, options: Options) -> Plan:
    """Lay out a guide. Raises OutlineFaults for a section or picture that is not there."""
    layout = Layout(outline, options)
    parts = [part for number, _ in layout.course.sections for part in layout.section(number)]
    parts += [*layout.reference(), *layout.answers()]
    (front_part,) = layout.front()
    pages = [page for part in (front_part, *parts) for page in part.pages]
    return Plan(layout.course, pages, len(front_part.pages), layout.root, layout.record.folios)


class Layout:
    """A guide being laid out, part by part: its sections in their order, what stands behind them, and last
    what stands before; `record` is what the parts so far have told.
    """

    def __init__(self, outline: Outline, options: Options) -> None:
        self.course = course = Course(outline, options)
        self.ruler, self.record = Ruler(course), Record(locators=course.locators)
        self.margin = Margin(course, self.record)
        self.root = Node("Document")
        self.front_node = self.root.add("Sect")
        self.flow = self._flow()
        self._prepared: dict[int, Matter] = {}
        self.number: int | None = None  # of the section that is set
        self.head = ""  # what the running head of a recto says
        self.opening = False
        self.everything = False

    def _flow(self) -> Flow:
        return Flow(self.course.page, self._furnish, self.record, before=self.record.pages)

    def prepare(self, number: int) -> None:
        """Make the blocks of a section that will be laid out: they do not depend on the parts before."""
        self._prepared[number] = made(self.course, self.margin, number)

    def section(self, number: int) -> Iterator[Part]:
        """Yield the pages of a section, which follow those that `record` knows."""
        course, record = self.course, self.record
        if number not in self._prepared:
            self.prepare(number)
        matter = self._prepared.pop(number)
        course.begin(matter.cited, matter.locators)
        record.begin()
        self.flow, first = self._flow(), record.pages
        node = self._section(number, course.outline.sections[number], matter)
        record.end(len(self.flow.pages), course.cited)
        yield Part(self.flow.pages, first, (node,))

    def reference(self) -> Iterator[Part]:
        """Yield the pages of the chronology, the people and the glossary as they are finished."""
        return self._behind(self._reference())

    def answers(self) -> Iterator[Part]:
        """Yield the pages of the answers, the sources and the index as they are finished.

        They begin on a page of their own, so that a teacher can leave them out.
        """
        return self._behind(self._answers())

    def _behind(self, chapters: Iterator[None]) -> Iterator[Part]:
        record = self.record
        record.begin()
        self.course.cited = set(record.cited)
        self.flow, self.number = self._flow(), None
        before, first, done = len(self.root.kids), record.pages, 0
        open_rows: dict[Node, None] = {}
        for _ in chapters:
            finished = self.flow.pages[done:-1]  # the last is still being filled
            if len(finished) >= _HANDED_OUT:
                here = dict.fromkeys(row for page in finished for row in rows(page))
                yield Part(finished, first + done, ended=[row for row in open_rows if row not in here])
                open_rows = here
                done += len(finished)
        self.flow.shelve()
        self.flow.finish()
        record.end(len(self.flow.pages), self.course.cited)
        yield Part(self.flow.pages[done:], first + done, self.root.kids[before:])

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

    def _section(self, number: int, section: Section, matter: Matter) -> Node:
        """Set a section and return its element."""
        course = self.course
        self.number, self.head = number, f"{number + 1} {course.say(section.title)}"
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
        self.flow.shelve()
        self.flow.finish()
        return node

    def _questions(self, section: Section, node: Node) -> None:
        course, flow = self.course, self.flow
        word = course.word("check_yourself")
        key = f"{section.id}:questions"
        self.record.enter(Entry(word, key, 1))
        sect = node.add("Sect")
        title = chapter(course, word, sect.add("H2"), Mark(key, 0, 0, word, 1))
        set_questions(course, flow, sect, title, section)

    # -- behind and before ------------------------------------------------------------------------------

    def _reference(self) -> Iterator[None]:
        """Set one chapter after the other, a few blocks at a time."""
        course, flow, root = self.course, self.flow, self.root
        if any(s.events for _, s in course.sections):
            self.everything = True
            self._chapter("chronology")
            yield from flow.taken(Chronology(course, self.ruler).blocks(root))
            self.everything = False
        if course.outline.people:
            self._chapter("people")
            yield from flow.taken(back.people(course, root, self.record))
        if course.outline.terms:
            self._chapter("glossary")
            yield from flow.taken(back.glossary(course, root, self.record))

    def _answers(self) -> Iterator[None]:
        """Set one chapter after the other, a few blocks at a time."""
        course, flow, root = self.course, self.flow, self.root
        if course.answers_at_back and any(s.questions for _, s in course.sections):
            self._chapter("answers")
            yield from flow.taken(back.answer_chapter(course, root))
        if course.outline.sources and (course.cited or not course.options.section):
            self._chapter("sources")
            yield from flow.taken(back.sources(course, root, self.record))
        if course.outline.people or course.outline.terms:
            self._chapter("index")
            index(course, flow, root, self.record)

    def _chapter(self, key: str) -> None:
        """Begin a chapter: on a new page, unless nearly half of this one is left."""
        self.head = self.course.word(key)
        self.record.enter(Entry(self.head, key, 0))
        if not self.flow.pages or self.flow.room < self.course.page.depth * 0.45:
            self.flow.new_page()

    def front(self) -> Iterator[Part]:
        """Yield title page and contents, an even number of pages, so that the text begins on a right-hand
        one.
        """
        course = self.course
        self.record.begin()
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
        self.record.end(len(pages), set())
        yield Part(pages, -len(pages), self.root.kids[:3])
