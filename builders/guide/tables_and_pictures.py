"""Tables and pictures, and the line of note and sources below them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from builders.core.diagnostics import Fault, OutlineFaults
from builders.guide.content import GuideContent
from builders.guide.flow_blocks import (
    FixedBlock,
    FlowBlock,
    TextBlock,
)
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageFigure,
    PageItem,
    PagePicture,
)
from builders.guide.table_blocks import (
    PAD_X,
    PAD_Y,
    TableBlock,
    TableBlockCell,
    TableBlockRow,
    fit_columns,
)
from builders.guide.typography import find_missing_stop
from builders.guide.wide_tables import arrange_table
from builders.language import formatting
from builders.outline.blocks import Image, Table
from builders.pictures import pictures
from builders.typesetting.fonts import Face
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    varied,
)

SCOPE_COLUMN, SCOPE_ROW = {"Table": "/Scope/Column"}, {"Table": "/Scope/Row"}
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


@dataclass(frozen=True, slots=True)
class _FittedTable:
    """A table's texts and the widths of its columns, padding and `apart` of their neighbours excluded."""

    heads: list[list[Run]]
    rows: list[list[str | list[Run]]]
    numeric: list[bool]
    apart: list[float]
    widths: list[float] | None  # None: too wide for the page


def make_table(
    course: GuideContent, parent: Node, content: Table, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield a table under its title: whole where the page is wide enough, else turned or in parts."""

    def fits(table: Table, broken: bool) -> bool:
        return _fit_table(course, table, broken).widths is not None

    tables, broken = arrange_table(content, fits, course.edition.print.ragged)
    numbers = [f" ({i + 1}/{len(tables)})" if len(tables) > 1 else "" for i in range(len(tables))]
    blocks = [
        _make_table_block(course, parent, table, number, broken)
        for table, number in zip(tables, numbers, strict=True)
    ]
    blocks[0].mark = mark
    if content.note or content.source:
        blocks[-1].keep, blocks[-1].after = True, 4.0
    yield from blocks
    yield from make_source_line(course, parent, content.note, content.source, blocks[-1].wide)


def _fit_table(course: GuideContent, content: Table, broken: bool) -> _FittedTable:
    """Return a table with the widths of its columns, its words `broken` or whole."""
    look = course.type
    style, bold = look.table, look.table_head
    heads = [course.make_runs(content.corner, bold) if content.corner else []]
    heads += [course.make_runs(c, bold) for c in content.columns]
    rows = [
        [write_cell(course, row.head, style), *(write_cell(course, cell, style) for cell in row.cells)]
        for row in content.rows
    ]
    count = len(heads)
    cells = [[heads[i], *(row[i] if i < len(row) else "" for row in rows)] for i in range(count)]
    numeric = [False, *(_is_numeric_column(course, content, i) for i in range(count - 1))]
    apart = [12.0 if numeric[i] and i + 1 < count and not numeric[i + 1] else 0.0 for i in range(count)]
    pad = PAD_X * look.scale
    room = course.page.full_width - sum(apart) + pad  # the last column ends at the table's edge
    row_head = varied(style, face=look.small_bold.face)
    styles = [row_head, *[style] * (count - 1)]
    widths = fit_columns(cells, styles, room, pad, look.lang if broken else None)
    return _FittedTable(heads, rows, numeric, apart, widths)


def _make_table_block(
    course: GuideContent, parent: Node, content: Table, number: str, broken: bool
) -> TableBlock:
    """Return a table under its title and its `number` (" (2/3)"), as wide as the text or the page."""
    look = course.type
    lang = look.lang if broken else None
    style, bold = varied(look.table, lang=lang), varied(look.table_head, lang=lang)
    fitted = _fit_table(course, content, broken)
    count = len(fitted.heads)
    pad = PAD_X * look.scale
    widths = fitted.widths or [(course.page.full_width - sum(fitted.apart) + pad) / count] * count
    inner = [w - pad for w in widths]
    widths = [w + more for w, more in zip(widths, fitted.apart, strict=True)]
    widths[-1] -= pad
    wide = sum(widths) > course.page.text + 1 or course.edition.print.parts_blocks  # wide ones may be parted
    width = course.page.full_width if wide else course.page.text
    between = (width - sum(widths)) / max(count - 1, 1)
    node = parent.add("Table")
    caption = node.add("Caption")
    lefts = [sum(widths[:i]) + between * i for i in range(count)]
    air = PAD_Y * look.scale
    head = _make_row(node, fitted.heads, inner, bold, fitted.numeric, air)
    body = [
        _make_row(node, row, inner, style, fitted.numeric, air, look.small_bold.face) for row in fitted.rows
    ]
    ink = look.colours
    for i, row in enumerate(body):
        row.rule = (ink.ink, 0.5 * look.rules, 0.0) if i == 0 else (ink.rule, 0.4 * look.rules, 0.0)
    title = course.make_runs_or_text(content.title, look.h3)
    if number:
        title = [*course.make_runs(content.title, look.h3), Run(number, look.h3.face)]
    return TableBlock(
        lefts,
        width,
        [head],
        body,
        (ink.ink, 0.75 * look.rules),
        (ink.ink, 1.5 * look.rules),
        Paragraph(title, look.h3, width),
        caption,
        wide=wide,
        after=look.body.leading,
    )


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


def make_image(
    course: GuideContent,
    parent: Node,
    content: Image,
    path: tuple[str | int, ...],
    mark: PageDestination | None,
) -> Iterator[FlowBlock]:
    """Yield a picture, as wide as the text at most, with its caption and credit. Raises OutlineFaults."""
    look = course.type
    try:
        picture = pictures.read_picture(course.options.root, content.file)
    except pictures.ImageFault as fault:
        raise OutlineFaults([Fault(str(fault), path=(*path, "file"))]) from None
    most = course.page.text
    scale = min(most / picture.width, 0.45 * course.page.depth / picture.height, 0.75)
    width, height = picture.width * scale, picture.height * scale
    node = parent.add("Figure", alt=course.get_plain_text(content.alt))

    def draw(page: GuidePage, x: float, y: float) -> None:
        inner: list[PageItem] = [PagePicture(picture.content, x, y, width, height)]
        page.items.append(PageFigure(node, (x, y, x + width, y + height), inner))

    yield FixedBlock(height, draw, look.body.leading, 4, keep=True, mark=mark)
    style = look.small_quiet
    runs: list[Run] = []
    if content.caption:
        runs += course.make_runs(content.caption, look.small)
        runs.append(Run(f"{find_missing_stop(runs[-1].text)} ", style.face))
        runs = [replace(run, colour=run.colour or look.colours.ink) for run in runs]
    runs += course.make_runs(content.credit, style)
    yield TextBlock(Paragraph(runs, style, most), parent.add("P"), 0, look.body.leading, snap=False)
