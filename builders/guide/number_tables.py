"""The numbers of a line chart below its plot: a table, turned or parted where they are too many."""

from collections.abc import Iterator, Sequence

from builders.guide.content import GuideContent
from builders.guide.table_blocks import (
    PAD_X,
    TableBlock,
    TableBlockCell,
    TableBlockRow,
    fit_columns,
)
from builders.guide.tables_and_pictures import SCOPE_COLUMN, SCOPE_ROW
from builders.guide.wide_tables import divide_columns
from builders.language import formatting, markup
from builders.outline.blocks import Chart
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Style, varied


def make_number_tables(course: GuideContent, parent: Node, content: Chart) -> Iterator[TableBlock]:
    """Yield the data row: dates over values, or turned where there are too many, in parts if need be."""
    look, most = course.type, course.page.full_width
    heads = [course.write_date(course.parse_date(row.head), short=True) for row in content.rows]
    count = max((len(row.cells) for row in content.rows), default=1)
    names = [course.get_plain_text(c) for c in content.columns] or [course.get_fixed_words("value")]
    names += [""] * (count - len(names))
    unit = markup.strip_markup(content.unit[course.options.lang]) if content.unit else ""
    values = [
        [_write_number(course, row.cells[i] if i < len(row.cells) else None, unit) for row in content.rows]
        for i in range(count)
    ]
    across = [["", *heads], *([name, *column] for name, column in zip(names, values, strict=False))]
    dated, *columns = across
    widths = fit_columns(list(zip(*across, strict=True)), [look.small_bold] * len(dated), 10_000)
    if widths and sum(widths) <= most:
        spread = (most - sum(widths)) / len(widths)
        tables = [(across, [w + spread for w in widths])]
    else:
        tables = _turn_numbers(dated, columns, look.small_bold, most)
    blocks = [_make_number_table(course, parent, rows, widths) for rows, widths in tables]
    blocks[-1].keep = bool(content.note or content.source)
    yield from blocks


def _turn_numbers(
    dated: Sequence[str], columns: Sequence[Sequence[str]], style: Style, most: float
) -> list[tuple[list[list[str]], list[float]]]:
    """Return rows of dates and series, and their columns' widths: in the fewest tables that fit `most`."""
    for series in range(len(columns), 0, -1):
        parts = [[dated, *(columns[i] for i in part)] for part in divide_columns(len(columns), series)]
        fitted = [fit_columns(part, [style] * len(part), most) for part in parts]
        if all(fitted) or series == 1:
            return [
                ([list(row) for row in zip(*part, strict=True)], widths or [most / len(part)] * len(part))
                for part, widths in zip(parts, fitted, strict=True)
            ]
    return []


def _make_number_table(
    course: GuideContent, parent: Node, texts: Sequence[Sequence[str]], widths: Sequence[float]
) -> TableBlock:
    look, table = course.type, parent.add("Table")
    rows = [_make_number_row(course, table, row, widths, i == 0) for i, row in enumerate(texts)]
    ink = look.colours
    for i, row in enumerate(rows[1:]):
        row.rule = (ink.ink, 0.5 * look.rules, 0.0) if i == 0 else (ink.rule, 0.4 * look.rules, 0.0)
    lefts = [sum(widths[:i]) for i in range(len(widths))]
    return TableBlock(
        lefts,
        sum(widths),
        rows[:1],
        rows[1:],
        (ink.ink, 0.75 * look.rules),
        (ink.rule, 0.4 * look.rules),
        before=0,
        after=6.0,
    )


def _write_number(course: GuideContent, value: object, unit: str) -> str:
    if value is None:
        return "–"
    return formatting.write_quantity(value, unit, course.locale)  # type: ignore[arg-type]


def _make_number_row(
    course: GuideContent, table: Node, texts: Sequence[str], widths: Sequence[float], head: bool
) -> TableBlockRow:
    look = course.type
    tr = table.add("TR")
    cells: list[TableBlockCell | None] = []
    for i, text in enumerate(texts):
        is_head = head or i == 0
        scope = SCOPE_COLUMN if head else SCOPE_ROW
        node = tr.add("TH" if is_head else "TD", attributes=scope if is_head else None)
        style = look.small_bold if is_head else look.small
        if i:
            style = varied(style, align="right")
        cells.append(
            TableBlockCell(node, [(Paragraph(text, style, widths[i] - PAD_X), None)] if text else [])
        )
    return TableBlockRow(cells, pad=2.5)
