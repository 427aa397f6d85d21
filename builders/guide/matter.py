"""What a section says, as blocks in the outline's order: made before it is known where they will stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.guide.blocks import Block, Text
from builders.guide.charts import chart
from builders.guide.course import Course
from builders.guide.displays import debate, table
from builders.guide.images import image
from builders.guide.notes import Margin
from builders.guide.page import Mark
from builders.guide.prose import Prose, Speaking, heading, teacher_notes
from builders.guide.record import Entry, Record
from builders.outline import Block as OutlineBlock
from builders.outline import Section
from builders.text.tree import Node


@dataclass(frozen=True, slots=True)
class Matter:
    """A section's blocks. With each stands how many of the elements `kids` are made for it and those before
    it.
    """

    prose: Prose
    blocks: Sequence[tuple[Block | Speaking, int]]
    kids: Sequence[Node]

    @property
    def node(self) -> Node:
        """The section's element."""
        return self.prose.parent


def section_matter(course: Course, margin: Margin, number: int) -> Matter:
    """Return the matter of a section (0-based)."""
    node = Node("Sect")
    prose = Prose(course, margin, number, node)
    blocks = [(block, len(node.kids)) for block in _blocks(course, course.outline.sections[number], prose)]
    kids, node.kids = node.kids, []
    return Matter(prose, blocks, kids)


def placed(matter: Matter, record: Record) -> Iterator[Block]:
    """Yield the blocks as they are placed, with their notes; their elements in the order of reading."""
    node, done = matter.node, 0
    for block, count in matter.blocks:
        node.kids += matter.kids[done:count]
        done = count
        if isinstance(block, Speaking):
            yield from matter.prose.with_notes(block)
            continue
        if isinstance(block, Text) and block.mark and block.mark.title:
            record.enter(Entry(block.mark.title, block.mark.key, 1))
        yield block
    node.kids += matter.kids[done:]


def _blocks(course: Course, section: Section, prose: Prose) -> Iterator[Block | Speaking]:
    headed, after_text = 0, False
    for i, block in enumerate(section.blocks):
        if block.kind == "heading":
            headed += 1
            yield _heading(course, block, f"{section.id}:h{headed}", prose.parent)
        elif block.kind == "text":
            below_heading = i > 0 and section.blocks[i - 1].kind == "heading"
            yield from prose.text(block, first=not after_text, headed=below_heading)
        else:
            path = ("sections", prose.section, "blocks", i, block.kind)
            shown = None
            for shown in _display(course, block, prose, 3 if headed else 2, path):
                yield shown
            if course.teacher and block.notes and shown:
                _followed(course, shown.text if isinstance(shown, Speaking) else shown, block.kind)
        after_text = block.kind == "text"
        if course.teacher and block.notes:
            yield from teacher_notes(course, block.notes, prose.parent, course.page.text)


def _followed(course: Course, block: Block, kind: str) -> None:
    """Let the teacher's note follow a block, not placed yet, closely; on its page, if that is not too much to
    keep together.
    """
    block.after = min(block.after, course.type.body.leading / 2)
    block.keep = block.keep or kind in ("points", "quote")


def _heading(course: Course, block: OutlineBlock, key: str, node: Node) -> Block:
    assert block.heading is not None
    text = course.say(block.heading)
    return heading(course, text, node.add("H2"), Mark(block.id or key, 0, 0, text, 1))


def _display(
    course: Course, block: OutlineBlock, prose: Prose, level: int, path: tuple[str | int, ...]
) -> Iterator[Block | Speaking]:
    node = prose.parent
    mark = Mark(block.id, 0, 0) if block.id else None
    cue = course.say(block.cue) if block.cue else None
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
        yield from prose.margin.as_blocks(prose.margin.cue(cue, node))
