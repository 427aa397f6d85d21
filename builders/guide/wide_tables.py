"""Tables that are wider than the page: turned, set with their words broken, or parted by columns."""

from collections.abc import Callable

from builders.outline.blocks import Table, TableRow
from builders.outline.fields import CellValue


def arrange_table(
    table: Table, fits: Callable[[Table, bool], bool], keep_words: bool
) -> tuple[list[Table], bool]:
    """Return tables that together say what `table` does and fit the page, and whether words are broken.

    `fits` tells whether a table does, with its words broken or not. A corner names the first column's heads:
    where there is one, rows and columns are not exchanged. With `keep_words` a table is rather parted than
    its words are broken.
    """
    if fits(table, False):
        return [table], False
    if table.corner is None and fits(turned := turn_table(table), False):
        return [turned], False
    most = len(table.columns)
    tries = [(-(-most // count), broken) for count in range(1, most + 1) for broken in (False, True)]
    if keep_words:
        tries.sort(key=lambda one: one[1])
    for columns, broken in tries:
        parts = [_take_columns(table, part) for part in divide_columns(most, columns)]
        if all(fits(part, broken) for part in parts):
            return parts, broken
    return [_take_columns(table, part) for part in divide_columns(most, 1)], True


def divide_columns(count: int, most: int) -> list[range]:
    """Return the numbers of `count` columns in parts of at most `most`."""
    return [range(first, min(first + most, count)) for first in range(0, count, most)]


def turn_table(table: Table) -> Table:
    """Return a table with its rows as columns."""
    rows = tuple(
        TableRow.model_construct(head=head, cells=tuple(_get_cell(row, column) for row in table.rows))
        for column, head in enumerate(table.columns)
    )
    return table.model_copy(update={"columns": tuple(row.head for row in table.rows), "rows": rows})


def _take_columns(table: Table, columns: range) -> Table:
    rows = tuple(
        TableRow.model_construct(head=row.head, cells=tuple(_get_cell(row, column) for column in columns))
        for row in table.rows
    )
    heads = tuple(table.columns[column] for column in columns)
    return table.model_copy(update={"columns": heads, "rows": rows})


def _get_cell(row: TableRow, column: int) -> CellValue:
    return row.cells[column] if column < len(row.cells) else None
