"""The guide's plan: every page with what stands on it, laid out once. Pure: imports no PDF library."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builders import writing
from builders.guide import back, front
from builders.guide.blocks import Block
from builders.guide.charts import chart
from builders.guide.chronology import Chronology
from builders.guide.contents import Entry, contents, how_to_blocks, notes_page
from builders.guide.course import Course
from builders.guide.displays import debate, table
from builders.guide.flow import Flow, Record
from builders.guide.images import image
from builders.guide.indexing import index
from builders.guide.notes import Margin
from builders.guide.opener import Opener
from builders.guide.page import Mark, Page, Part, Words
from builders.guide.prose import Prose, chapter, heading, teacher_notes
from builders.guide.questions import set_questions
from builders.guide.ruler import Ruler
from builders.options import Options
from builders.outline import Block as OutlineBlock
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


def plan(outline: Outline, options: Options) -> Plan:
    """Lay out a guide. Raises OutlineFaults for a section or picture that is not there."""
    layout = Layout(outline, options)
    *parts, front_part = layout.parts()
    pages = [page for part in (front_part, *parts) for page in part.pages]
    return Plan(layout.course, pages, len(front_part.pages), layout.root, layout.folios)


class Layout:
    """A guide being laid out, part by part; `folios` are the page numbers of the places so far."""

    def __init__(self, outline: Outline, options: Options) -> None:
        self.course = course = Course(outline, options)
        self.ruler, self.record = Ruler(course), Record()
        self.record.locators = course.locators
        self.folios: Mapping[str, str] = self.record.folios
        self.margin = Margin(course)
        self.root = Node("Document")
        self.front_node, self.body = self.root.add("Sect"), self.root
        self.entries: list[Entry] = []
        self.section: int | None = None
        self.head = ""  # what the running head of a recto says
        self.opening = False
        self.everything = False
        self.flow = Flow(course.page, self._furnish, self.record)
        self._handed_out = 0

    def parts(self) -> Iterator[Part]:
        """Yield the sections, what stands behind them, and last what stands before, as they are finished."""
        for number, section in self.course.sections:
            yield self._finished(self._section(number, section))
        for _ in self._back():
            yield self._finished(keep=1)
        self.flow.shelve()
        self.flow.finish()
        yield self._finished()
        front_pages = self._front()
        yield Part(front_pages, -len(front_pages))

    def _finished(self, node: Node | None = None, keep: int = 0) -> Part:
        """Return the pages since the last part, without those at the end that are still being filled."""
        first, self._handed_out = self._handed_out, len(self.flow.pages) - keep
        return Part(self.flow.pages[first : self._handed_out], first, node)

    # -- what runs on every page ------------------------------------------------------------------------

    def _furnish(self, page: Page) -> None:
        course, look, geometry = self.course, self.course.type, self.course.page
        self.ruler.furnish(page, self.section, self.everything, years=not self.opening)
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

    def _section(self, number: int, section: Section) -> Node:
        """Set a section and return its element."""
        course = self.course
        course.blanks = 0
        self.section, self.head = number, f"{number + 1} {course.say(section.title)}"
        node = self.body.add("Sect")
        self.opening = True
        page = self.flow.new_page()
        self.opening = False
        self.record.folios[section.id] = page.folio
        self.entries.append(Entry(course.say(section.title), section.id, 0, number))
        rest, self.flow.y = Opener(course, self.ruler, number, section, node).put(page)
        self.flow.at_top = False
        self.flow.take(rest)
        self.flow.take(self._blocks(number, section, node))
        if section.questions:
            self._questions(section, node)
        self.flow.shelve()
        self.flow.finish()
        return node

    def _blocks(self, number: int, section: Section, node: Node) -> Iterator[Block]:
        prose = Prose(self.course, self.margin, number, node)
        headed, after_text = 0, False
        for i, block in enumerate(section.blocks):
            path = ("sections", number, "blocks", i, block.kind)
            mark = Mark(block.id, 0, 0) if block.id else None
            if block.kind == "heading":
                headed += 1
                yield self._heading(block, section, headed, node)
            elif block.kind == "text":
                yield from prose.text(block, first=not after_text)
            else:
                cue = self.course.say(block.cue) if block.cue else None
                yield from self._display(block, prose, 3 if headed else 2, path, mark, cue)
            after_text = block.kind == "text"
            if self.course.teacher and block.notes:
                yield from teacher_notes(self.course, block.notes, node, self.course.page.text)

    def _heading(self, block: OutlineBlock, section: Section, count: int, node: Node) -> Block:
        assert block.heading is not None
        course = self.course
        text = course.say(block.heading)
        key = block.id or f"{section.id}:h{count}"
        self.entries.append(Entry(text, key, 1))
        return heading(course, text, node.add("H2"), Mark(key, 0, 0, text, 1))

    def _display(
        self,
        block: OutlineBlock,
        prose: Prose,
        level: int,
        path: tuple[str | int, ...],
        mark: Mark | None,
        cue: str | None,
    ) -> Iterator[Block]:
        course, node = self.course, prose.parent
        if block.points:
            yield from prose.points(block.points, cue)
        elif block.quote:
            yield from prose.quote(block.quote, mark, cue)
        elif block.compare or block.table:
            content = block.compare or block.table
            assert content is not None
            yield from table(course, node, content, mark)
        elif block.chart:
            yield from chart(course, node, block.chart, prose.section, mark)
        elif block.debate:
            yield from debate(course, node, block.debate, level, mark)
        elif block.image:
            yield from image(course, node, block.image, path, mark)
        if cue and not block.points and not block.quote:
            yield from self.margin.as_blocks(self.margin.cue(cue, node))

    def _questions(self, section: Section, node: Node) -> None:
        course, flow = self.course, self.flow
        word = course.word("check_yourself")
        key = f"{section.id}:questions"
        self.entries.append(Entry(word, key, 1))
        if flow.room < course.page.depth * (0.2 if course.teacher else 0.36):
            flow.new_page()
        sect = node.add("Sect")
        title = chapter(course, word, sect.add("H2"), Mark(key, 0, 0, word, 1))
        set_questions(course, flow, sect, title, section)

    # -- behind and before ------------------------------------------------------------------------------

    def _back(self) -> Iterator[None]:
        """Set one chapter behind the sections after the other."""
        course, flow, root = self.course, self.flow, self.root
        self.section = None
        if any(s.events for _, s in course.sections):
            self.everything = True
            self._chapter("chronology")
            flow.take(Chronology(course, self.ruler).blocks(root))
            self.everything = False
            yield
        if course.outline.people:
            self._chapter("people")
            flow.take(back.people(course, root, self.record))
            yield
        if course.outline.terms:
            self._chapter("glossary")
            flow.take(back.glossary(course, root, self.record))
            yield
        if course.answers_at_back and any(s.questions for _, s in course.sections):
            self._chapter("answers")
            flow.take(back.answer_chapter(course, root))
            yield
        if course.outline.sources and (course.cited or not course.options.section):
            self._chapter("sources")
            flow.take(back.sources(course, root, self.record))
            yield
        if course.outline.people or course.outline.terms:
            self._chapter("index")
            index(course, flow, root, self.record)

    def _chapter(self, key: str) -> None:
        """Begin a chapter: on a new page, unless nearly half of this one is left."""
        self.head = self.course.word(key)
        self.entries.append(Entry(self.head, key, 0))
        finished = self._handed_out == len(self.flow.pages)  # the page at the end is no more to be changed
        if finished or key == "chronology" or self.flow.room < self.course.page.depth * 0.45:
            self.flow.new_page()

    def _front(self) -> list[Page]:
        """Return title page and contents, an even number of pages, so that the text begins on a right-hand
        one.
        """
        course = self.course
        self.section, self.head = None, course.word("contents")
        pages = [Page("i", True)]
        front.title_page(course, self.ruler, pages[0], self.front_node)
        self.everything = True
        flow = Flow(course.page, self._furnish, self.record, lambda n: writing.roman(n).lower(), pages)
        toc, how_to = Node("Sect"), Node("Sect")
        contents(course, flow, self.entries, toc, how_to)
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


__all__ = ["Layout", "Plan", "plan"]
