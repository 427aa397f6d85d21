"""Debates: a question, the positions side by side or one by one, and lines for a student's own."""

import math
from collections.abc import Iterator, Sequence

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import (
    DrawAt,
    FixedBlock,
    FlowBlock,
    TextBlock,
    WritingLinesBlock,
)
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageLines,
    PagePolyline,
    PageText,
)
from builders.guide.prose import make_writing_lines_drawing
from builders.guide.tables_and_pictures import make_source_line
from builders.outline.blocks import Debate, Position
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    set_balanced,
    varied,
)

POSITION_LETTERS, LETTER_SIZE = "ABCD", 17.0  # of a debate's positions, and their size in normal print
RULE_ABOVE = 8.0  # from the rule over a position to its first line
LEAST_LINES, MOST_LINES = 2, 8  # to write on below a debate, at least and at a page's foot


def make_debate(
    course: GuideContent, parent: Node, content: Debate, level: int, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield a debate: its question, its positions side by side at equal widths, and room for one's own."""
    look, own = course.type, course.edition.print
    ink, full = look.colours, course.page.full_width
    label = Run(
        course.get_fixed_words("debate") + "\u2003",
        look.strong.face,
        ink.red,
        scale=look.strong.size / look.h2.size,
    )
    title = Paragraph([label, *course.make_runs(content.question, look.h2)], look.h2, full)
    above = look.body.leading * own.above_debate
    snap = own.keeps_grid  # else the rules below stand at the same distance everywhere
    yield TextBlock(title, parent.add(f"H{level}"), above, 7, keep=True, wide=True, mark=mark, snap=snap)
    if own.one_column:
        yield from _make_positions_one_by_one(course, parent, content.positions, 0)
    else:
        yield from _make_positions_side_by_side(course, parent, content)
    if content.source:
        together = bool(content.closing) and not own.parts_blocks
        yield from make_source_line(course, parent, None, content.source, True, 1.0, together)
    if content.closing:
        style = varied(look.small_bold, size=max(look.table.size, look.small.size), leading=look.body.leading)
        paragraph = Paragraph(course.make_runs_or_text(content.closing, style), style, full)
        writing = course.edition.writing
        after = 0 if writing else look.body.leading
        above = look.body.leading / 2
        yield TextBlock(paragraph, parent.add("P"), above, after, keep=bool(writing), wide=True, snap=False)
        if writing:

            def lines(fitting: int) -> DrawAt:
                return make_writing_lines_drawing(course, fitting, wide=True)

            yield WritingLinesBlock(
                writing.below_debates,
                LEAST_LINES,
                MOST_LINES,
                look.ruling,
                lines,
                look.body.leading,
                wide=True,
            )


def _make_positions_side_by_side(course: GuideContent, parent: Node, content: Debate) -> Iterator[FlowBlock]:
    """Yield a debate's positions, two or three to a row."""
    per_row = 3 if len(content.positions) == 3 else 2
    groups = [content.positions[i : i + per_row] for i in range(0, len(content.positions), per_row)]
    for g, group in enumerate(groups):
        ends = g == len(groups) - 1 and not content.source and not content.closing
        sides = _make_row_of_positions(course, parent, group, g * per_row, per_row, ends)
        if sides.height <= 0.85 * course.page.depth:
            yield sides
        else:
            yield from _make_positions_one_by_one(course, parent, group, g * per_row)


def _make_positions_one_by_one(
    course: GuideContent, parent: Node, group: Sequence[Position], first: int
) -> Iterator[FlowBlock]:
    """Yield positions below each other: in large print, and where their texts are too long for one page."""
    look, own = course.type, course.edition.print
    text = varied(look.body, align="left")
    width = course.page.text

    for i, position in enumerate(group, first):
        node = parent.add("Div")
        words, claim, hang = node.add("P"), *_set_claim(course, position, width)

        def lead(page: GuidePage, x: float, y: float, words: Node = words, i: int = i) -> None:
            top = y - look.strong.drop - RULE_ABOVE
            page.items.append(PagePolyline(((x, top), (x + width, top)), look.colours.ink, 3))
            page.items.append(_make_letter(course, i, x, y, words))

        above = RULE_ABOVE + look.body.leading * (own.above_first_position if i == 0 else 1)
        yield TextBlock(claim, words, above, keep=True, indent=hang, lead=lead, snap=own.keeps_grid)
        quiet = varied(look.small_quiet, lang=None)
        holders = Paragraph(course.make_runs_or_text(position.holders, quiet), quiet, width)
        yield TextBlock(holders, node.add("P"), 0, own.below_position, keep=True, snap=False)
        for runs in course.make_paragraphs(position.text, text):
            yield TextBlock(
                Paragraph(runs, text, width),
                node.add("P"),
                0,
                own.below_position,
                snap=own.keeps_grid,
            )


def _set_claim(course: GuideContent, position: Position, width: float) -> tuple[Paragraph, float]:
    """Return a position's claim, and how far it hangs from its letter (points)."""
    look = course.type
    widest = max(look.h1.face.width(letter + "\u2002") for letter in POSITION_LETTERS)
    hang = widest * LETTER_SIZE * look.scale / 1000
    words = course.make_runs_or_text(position.claim, look.strong)
    return set_balanced(words, look.strong, width - hang, look.lang), hang


def _make_letter(course: GuideContent, position: int, x: float, y: float, node: Node) -> PageText:
    """Return the letter that a claim hangs from, on its first baseline."""
    look = course.type
    letter, size = POSITION_LETTERS[position] + " ", LETTER_SIZE * look.scale
    return PageText(letter, x, y, look.h1.face, size, look.strong.colour, node)


def _make_row_of_positions(
    course: GuideContent, parent: Node, group: Sequence[Position], first: int, per_row: int, last: bool
) -> FixedBlock:
    look = course.type
    full, gap = course.page.full_width, 14.0
    width = (full - gap * (per_row - 1)) / per_row
    quiet = varied(look.small_quiet, lang=None)
    text = varied(look.body, align="left")
    if per_row == 3:
        text = varied(text, size=9.5, leading=13)
    sides, hang = [], 0.0
    for position in group:
        node = parent.add("Div")
        claim, hang = _set_claim(course, position, width)
        parts = [
            (claim, node.add("P")),
            (Paragraph(course.make_runs_or_text(position.holders, quiet), quiet, width), node.add("P")),
        ]
        parts += [
            (Paragraph(runs, text, width), node.add("P"))
            for runs in course.make_paragraphs(position.text, text)
        ]
        sides.append(parts)
    tops, grid = 14.5, look.body.leading
    # the text of both sides begins on the same line of the grid, below the longer list of holders
    begin = max(math.ceil((tops + parts[0][0].height + parts[1][0].height) / grid) * grid for parts in sides)
    height = begin + max(sum(p.height for p, _ in parts[2:]) for parts in sides)

    def draw(page: GuidePage, x: float, y: float) -> None:
        for i, parts in enumerate(sides):
            left = x + i * (width + gap)
            page.items.append(PagePolyline(((left, y + 1.5), (left + width, y + 1.5)), look.colours.ink, 3))
            at = y + tops
            page.items.append(_make_letter(course, first + i, left, at + look.strong.drop, parts[0][1]))
            for k, (paragraph, node) in enumerate(parts):
                at = y + begin if k == 2 else at
                x_k = left + (hang if k == 0 else 0)
                page.items.append(PageLines(paragraph, x_k, at + paragraph.style.drop, node))
                at += paragraph.height
        for i in range(1, len(sides)):
            middle = x + i * (width + gap) - gap / 2
            page.items.append(
                PagePolyline(((middle, y), (middle, y + height)), look.colours.rule, 0.5, (0.5, 3), True)
            )

    after = look.body.leading if last else 10.0
    spoken = [p for parts in sides for p, _ in parts]
    return FixedBlock(height, draw, 2, after, keep=not last, wide=True, mentions=spoken, snap=True)
