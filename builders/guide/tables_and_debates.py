"""What stands apart from the running text: tables, debates and pictures."""

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

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
from builders.guide.table_blocks import (
    PAD_X,
    PAD_Y,
    TableBlock,
    TableBlockCell,
    TableBlockRow,
    fit_columns,
)
from builders.language import formatting
from builders.outline.model import Debate, Position, Table
from builders.typesetting.fonts import Face
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    set_balanced,
    varied,
)

SCOPE_COLUMN, SCOPE_ROW = {"Table": "/Scope/Column"}, {"Table": "/Scope/Row"}
LETTERS, LETTER = "ABCD", 17.0  # of a debate's positions, and their size in normal print
RULE_ABOVE = 8.0  # from the rule over a position to its first line
LINES, MOST_LINES = 2, 8  # to write on below a debate, at least and at a page's foot
EMPTY_CELLS = ("–", "—", "-")
MOST_NUMBER_LETTERS = 14  # characters of a number with a word: "about 16"


def write_cell(course: GuideContent, value: object, style: Style) -> str | list[Run]:
    """Return a cell's or label's words: a number as the language writes it, a text's runs, nothing for
    None.
    """
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return formatting.write_number(value, course.locale)
    assert isinstance(value, Mapping)
    return course.make_runs_or_text(value, style)


def make_table(
    course: GuideContent, parent: Node, content: Table, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield a table under its title, as wide as the text where that is enough, else over the full width."""
    look = course.type
    style, bold = look.table, look.table_head
    row_head = varied(style, face=look.small_bold.face)
    heads = [course.make_runs(content.corner, bold) if content.corner else []]
    heads += [course.make_runs(c, bold) for c in content.columns]
    rows = [
        [write_cell(course, row.head, style), *(write_cell(course, cell, style) for cell in row.cells)]
        for row in content.rows
    ]
    count = len(heads)
    cells = [[heads[i], *(row[i] if i < len(row) else "" for row in rows)] for i in range(count)]
    numeric = [False, *(_is_numeric_column(course, content, i) for i in range(count - 1))]
    pads = [12.0 if numeric[i] and i + 1 < count and not numeric[i + 1] else 0.0 for i in range(count)]
    pad = PAD_X * look.scale
    room = course.page.full_width - sum(pads) + pad  # the last column ends at the table's edge
    widths = fit_columns(cells, [row_head, *[style] * (count - 1)], room, pad)
    inner = [w - pad for w in widths]
    widths = [w + more for w, more in zip(widths, pads, strict=True)]
    widths[-1] -= pad
    wide = (
        sum(widths) > course.page.text + 1 or look.is_large_print
    )  # large print parts any table between pages
    width = course.page.full_width if wide else course.page.text
    apart = (width - sum(widths)) / max(count - 1, 1)
    node = parent.add("Table")
    caption = node.add("Caption")
    lefts = [sum(widths[:i]) + apart * i for i in range(count)]
    air = PAD_Y * look.scale
    head = _make_row(node, heads, inner, bold, numeric, air)
    body = [_make_row(node, row, inner, style, numeric, air, row_head.face) for row in rows]
    ink = look.colours
    for i, row in enumerate(body):
        row.rule = (ink.ink, 0.5 * look.rules, 0.0) if i == 0 else (ink.rule, 0.4 * look.rules, 0.0)
    yield TableBlock(
        lefts,
        width,
        [head],
        body,
        (ink.ink, 0.75 * look.rules),
        (ink.ink, 1.5 * look.rules),
        Paragraph(course.make_runs_or_text(content.title, look.h3), look.h3, width),
        caption,
        wide=wide,
        mark=mark,
        keep=bool(content.note or content.source),
        after=4.0 if content.note or content.source else look.body.leading,
    )
    yield from make_source_line(course, parent, content.note, content.source, wide)


def _is_numeric_column(course: GuideContent, content: Table, column: int) -> bool:
    """Return whether a column is set by its right edge, with its head: numbers, 'about 16' among them too."""
    cells = [row.cells[column] for row in content.rows if column < len(row.cells)]
    texts = [course.get_plain_text(c) for c in cells if isinstance(c, Mapping)]
    said = [t for t in texts if t not in EMPTY_CELLS]
    if not all(len(t) <= MOST_NUMBER_LETTERS and any(map(str.isdigit, t)) for t in said):
        return False
    others = (cell for row in content.rows for cell in row.cells)
    return any(isinstance(c, Decimal) for c in (others if said else cells)) or not texts


def _make_row(
    table_node: Node,
    texts: Sequence[str | list[Run]],
    widths: Sequence[float],
    style: Style,
    numeric: Sequence[bool],
    air: float,
    row_head: Face | None = None,
) -> TableBlockRow:
    """Return a row, `air` above and below its texts; without a face for its own head the table's."""
    tr, is_head = table_node.add("TR"), row_head is None
    cells: list[TableBlockCell | None] = []
    for i, text in enumerate(texts):
        head = is_head or i == 0
        scope = SCOPE_COLUMN if is_head else SCOPE_ROW
        node = tr.add("TH" if head else "TD", attributes=scope if head else None)
        own = style
        if numeric[i]:
            own = varied(style, align="right")
        elif i == 0 and row_head:
            own = varied(style, face=row_head)
        cells.append(TableBlockCell(node, [(Paragraph(text, own, widths[i]), None)] if text else []))
    return TableBlockRow(cells, pad=air)


def make_source_line(
    course: GuideContent,
    parent: Node,
    note: Mapping[str, str] | None,
    source: str | None,
    wide: bool,
    after: float = 18.0,
    keep: bool = False,
) -> Iterator[FlowBlock]:
    """Yield the line below a table or chart: its note and its sources."""
    if not note and not source:
        return
    look = course.type
    style = look.small_quiet
    runs = course.make_runs(note, style) if note else []
    if source:
        runs.append(Run((" " if runs else "") + course.get_fixed_words("source"), style.face))
        runs += course.make_named_references(source, style)
    width = course.page.full_width if wide else course.page.text
    paragraph = Paragraph(runs, style, width)
    yield TextBlock(paragraph, parent.add("P"), 0, after, wide=wide, snap=False, keep=keep)


def make_debate(
    course: GuideContent, parent: Node, content: Debate, level: int, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield a debate: its question, its positions side by side at equal widths, and room for one's own."""
    look = course.type
    ink, full = look.colours, course.page.full_width
    label = Run(
        course.get_fixed_words("debate") + "\u2003",
        look.strong.face,
        ink.red,
        scale=look.strong.size / look.h2.size,
    )
    title = Paragraph([label, *course.make_runs(content.question, look.h2)], look.h2, full)
    above = look.body.leading * (2 if look.is_large_print else 1.5)
    snap = not look.is_large_print  # the rules below stand at the same distance everywhere
    yield TextBlock(title, parent.add(f"H{level}"), above, 7, keep=True, wide=True, mark=mark, snap=snap)
    if look.is_large_print:
        yield from _make_positions_one_by_one(course, parent, content.positions, 0)
    else:
        yield from _make_positions_side_by_side(course, parent, content)
    if content.source:
        together = bool(content.closing) and not look.is_large_print
        yield from make_source_line(course, parent, None, content.source, True, 1.0, together)
    if content.closing:
        style = varied(look.small_bold, size=max(look.table.size, look.small.size), leading=look.body.leading)
        paragraph = Paragraph(course.make_runs_or_text(content.closing, style), style, full)
        last = course.is_teacher_edition
        after = look.body.leading if last else 0
        above = look.body.leading / 2
        yield TextBlock(paragraph, parent.add("P"), above, after, keep=not last, wide=True, snap=False)
        if not last:
            count = 4 if course.is_worksheet else 2

            def lines(fitting: int) -> DrawAt:
                return make_writing_lines_drawing(course, fitting, wide=True)

            yield WritingLinesBlock(
                count, LINES, MOST_LINES, look.ruling, lines, look.body.leading, wide=True
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
    look = course.type
    text = varied(look.body, align="left")
    width = course.page.text

    for i, position in enumerate(group, first):
        node = parent.add("Div")
        words, claim, hang = node.add("P"), *_set_claim(course, position, width)

        def lead(page: GuidePage, x: float, y: float, words: Node = words, i: int = i) -> None:
            top = y - look.strong.drop - RULE_ABOVE
            page.items.append(PagePolyline(((x, top), (x + width, top)), look.colours.ink, 3))
            page.items.append(_make_letter(course, i, x, y, words))

        above = RULE_ABOVE + look.body.leading * (0.5 if i == 0 and not look.is_large_print else 1)
        yield TextBlock(claim, words, above, keep=True, indent=hang, lead=lead, snap=not look.is_large_print)
        quiet = varied(look.small_quiet, lang=None)
        holders = Paragraph(course.make_runs_or_text(position.holders, quiet), quiet, width)
        yield TextBlock(holders, node.add("P"), 0, 6 if look.is_large_print else 0, keep=True, snap=False)
        for runs in course.make_paragraphs(position.text, text):
            yield TextBlock(
                Paragraph(runs, text, width),
                node.add("P"),
                0,
                6 if look.is_large_print else 0,
                snap=not look.is_large_print,
            )


def _set_claim(course: GuideContent, position: Position, width: float) -> tuple[Paragraph, float]:
    """Return a position's claim, and how far it hangs from its letter."""
    look = course.type
    hang = max(look.h1.face.width(letter + "\u2002") for letter in LETTERS) * LETTER * look.scale / 1000
    return set_balanced(
        course.make_runs_or_text(position.claim, look.strong), look.strong, width - hang
    ), hang


def _make_letter(course: GuideContent, position: int, x: float, y: float, node: Node) -> PageText:
    """Return the letter that a claim hangs from, on its first baseline."""
    look = course.type
    return PageText(
        LETTERS[position] + " ", x, y, look.h1.face, LETTER * look.scale, look.strong.colour, node
    )


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
