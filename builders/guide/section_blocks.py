"""What a section says, as blocks in the outline's order: made before it is known where they will stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from builders.guide.charts import make_chart
from builders.guide.content import GuideContent
from builders.guide.cross_references import ContentsEntry, LayoutRecord
from builders.guide.debates import make_debate
from builders.guide.flow_blocks import FlowBlock, TextBlock
from builders.guide.margin_notes import MarginNotes
from builders.guide.page_items import PageDestination
from builders.guide.prose import AnnotatedText, ProseBlocks, make_heading, make_teacher_notes
from builders.guide.tables_and_pictures import make_image, make_table
from builders.outline.blocks import Block as OutlineBlock
from builders.outline.blocks import BlockKind, DisplayContent
from builders.outline.fields import Text
from builders.outline.model import Section
from builders.typesetting.logical_tree import Node


@dataclass(frozen=True, slots=True)
class SectionBlocks:
    """A section's blocks. With each stands how many of the elements `kids` are made for it and those before
    it.
    """

    prose: ProseBlocks
    blocks: Sequence[tuple[FlowBlock | AnnotatedText, int]]
    kids: Sequence[Node]

    @property
    def node(self) -> Node:
        """The section's element."""
        return self.prose.parent


def make_section_blocks(course: GuideContent, margin: MarginNotes, number: int) -> SectionBlocks:
    """Return the blocks of a section (0-based) and the elements that hold them."""
    node = Node("Sect")
    prose = ProseBlocks(course, margin, number, node)
    blocks = [
        (block, len(node.kids)) for block in _make_blocks(course, course.outline.sections[number], prose)
    ]
    kids, node.kids = node.kids, []
    return SectionBlocks(prose, blocks, kids)


def iterate_placed_blocks(matter: SectionBlocks, record: LayoutRecord) -> Iterator[FlowBlock]:
    """Yield the blocks as they are placed, with their notes; their elements in the order of reading."""
    node, done = matter.node, 0
    for block, count in matter.blocks:
        node.kids += matter.kids[done:count]
        done = count
        if isinstance(block, AnnotatedText):
            yield from matter.prose.add_notes(block)
            continue
        if isinstance(block, TextBlock) and block.mark and block.mark.title:
            record.add_entry(ContentsEntry(block.mark.title, block.mark.key, 1))
        yield block
    node.kids += matter.kids[done:]


def _make_blocks(
    course: GuideContent, section: Section, prose: ProseBlocks
) -> Iterator[FlowBlock | AnnotatedText]:
    headed, after_text = 0, False
    for i, block in enumerate(section.blocks):
        content = block.content
        if content[0] == "heading":
            headed += 1
            key = block.id or f"{section.id}:h{headed}"
            yield _make_section_heading(course, content[1], key, prose.parent)
        elif content[0] == "text":
            below_heading = i > 0 and section.blocks[i - 1].kind == "heading"
            yield from prose.make_paragraphs(block, first=not after_text, headed=below_heading)
        else:
            shown = None
            for shown in _make_display(course, block, content, prose, 3 if headed else 2, i):
                yield shown
            if course.edition.teacher_notes and block.notes and shown:
                _keep_notes_close(
                    course, shown.text if isinstance(shown, AnnotatedText) else shown, block.kind
                )
        after_text = block.kind == "text"
        if course.edition.teacher_notes and block.notes:
            yield from make_teacher_notes(course, block.notes, prose.parent, course.page.text)


def _keep_notes_close(course: GuideContent, block: FlowBlock, kind: BlockKind) -> None:
    """Let the teacher's note follow a block, not placed yet, closely; on its page, if that is not too much to
    keep together.
    """
    block.after = min(block.after, course.type.body.leading / 2)
    block.keep = block.keep or kind in ("points", "quote")


def _make_section_heading(course: GuideContent, heading: Text, key: str, node: Node) -> FlowBlock:
    text = course.get_plain_text(heading)
    return make_heading(course, text, node.add("H2"), PageDestination(key, 0, 0, text, 1))


def _make_display(
    course: GuideContent,
    block: OutlineBlock,
    content: DisplayContent,
    prose: ProseBlocks,
    level: int,
    number: int,
) -> Iterator[FlowBlock | AnnotatedText]:
    """Yield what a block that is neither heading nor text shows, and its cue.

    It is block `number` (0-based) of its section. A debate's claims are headings of `level`.
    """
    node = prose.parent
    mark = PageDestination(block.id, 0, 0) if block.id else None
    cue = course.get_plain_text(block.cue) if block.cue else None
    match content:
        case ("points", points):
            yield from prose.make_list(points.title, points.items, cue)
            return  # with its cue beside it
        case ("quote", quote):
            yield from prose.make_quotation(quote, mark, cue)
            return
        case ("compare" | "table", table):
            yield from make_table(course, node, table, mark)
        case ("chart", chart):
            yield from make_chart(course, node, chart, prose.section, mark)
        case ("map", _):
            from builders.guide.maps import make_map  # geometry is loaded where there is a map

            yield from make_map(course, node, prose.section, number, mark)
        case ("debate", debate):
            yield from make_debate(course, node, debate, level, mark)
        case ("image", image):
            path = ("sections", prose.section, "blocks", number, "image")
            yield from make_image(course, node, image, path, mark)
        case _:
            assert_never(content)
    if cue:
        yield from prose.margin.make_blocks(prose.margin.make_cue(cue, node))
