"""Tables and charts have the cells that they should, and numbers that can be true."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import assert_never

from builders.core.diagnostics import Fault, Path, write_count
from builders.language import dates
from builders.outline.blocks import Chart, Table, TableRow


def check_table(table: Table, path: Path, *, whole: bool) -> Iterator[Fault]:
    """Yield a fault or a warning for what is wrong with a table: two heads, or `whole` rows, alike too."""
    yield from _check_row_lengths([row.cells for row in table.rows], len(table.columns), path)
    rows = [_whole_row(row) if whole else row.head for row in table.rows]
    yield from check_repeats(rows, path, "rows", "head", "the row")


def _whole_row(row: TableRow) -> Mapping[str, str]:
    """Return all that a table's row says: several may start with the same year, or the same place."""
    return {
        language: "\n".join(
            (
                head,
                *(cell.get(language, "") if isinstance(cell, Mapping) else str(cell) for cell in row.cells),
            )
        )
        for language, head in row.head.items()
    }


def _check_thousands(cells: Sequence[object], path: Path) -> Iterator[Fault]:
    """Warn of a number such as 110.000: a point parts the decimals off."""
    for i, cell in enumerate(cells):
        for number in cell if isinstance(cell, tuple) else (cell,):
            if isinstance(number, Decimal) and number.as_tuple().exponent == -3 and abs(number) >= 1:
                whole = f"{number:f}".replace(".", "")
                message = f"{number:f} is read with three decimals"
                advice = f"write thousands without a point, {whole}, or drop a decimal"
                yield Fault(message, advice, (*path, i), severity="warning")


def _check_row_lengths(rows: Sequence[tuple[object, ...]], columns: int, path: Path) -> Iterator[Fault]:
    for i, cells in enumerate(rows):
        yield from _check_thousands(cells, (*path, "rows", i, "cells"))
        if len(cells) != columns:
            message = f"the row has {write_count(len(cells), 'cell')} for {write_count(columns, 'column')}"
            advice = "give one cell to each column"
            if len(cells) == 1 and (parted := _split_numbers(cells[0])) and len(parted) == columns:
                advice = f"write [{', '.join(parted)}]"
            yield Fault(message, advice, (*path, "rows", i, "cells"))


def _split_numbers(cell: object) -> list[str]:
    """Return the numbers in a cell that holds nothing else."""
    text = next(iter(cell.values())) if isinstance(cell, Mapping) else ""
    return text.replace(";", " ").split() if re.fullmatch(r"[-\d.; ]+", text) else []


def check_chart(chart: Chart, path: Path, *, julian: bool) -> Iterator[Fault]:
    """Yield a fault or a warning for what is wrong with a chart; `julian` is the calendar of its dates."""
    yield from _check_row_lengths([row.cells for row in chart.rows], max(len(chart.columns), 1), path)
    for i, row in enumerate(chart.rows):
        for j, cell in enumerate(row.cells):
            here = (*path, "rows", i, "cells", j)
            if cell is None:
                continue
            if isinstance(cell, tuple) and chart.kind != "range":
                yield Fault(
                    f"a {chart.kind} chart has one number here", "write a number, or use `kind: range`", here
                )
            elif not isinstance(cell, tuple) and chart.kind == "range":
                yield Fault("a range chart has two numbers here", "write [low, high]", here)
            elif not isinstance(cell, tuple) and chart.kind == "share" and cell < 0:
                yield Fault("a share is less than nothing", "write a number of 0 or more", here)
    yield from check_repeats([row.head for row in chart.rows], path, "rows", "head", "the row")
    match chart.kind:
        case "line":
            for i, row in enumerate(chart.rows):
                yield from _check_row_date(row.head, (*path, "rows", i, "head"), julian)
            yield from _check_order(chart, path, julian)
        case "share":
            yield from _check_sum(chart, path)
            if len(chart.columns) > 1:
                yield Fault("a share chart has one series", "use `kind: bar`", (*path, "columns"))
        case "bar" | "range":
            pass
        case _:
            assert_never(chart.kind)


def _check_order(chart: Chart, path: Path, julian: bool) -> Iterator[Fault]:
    """Yield a fault for the first row of a line chart that is no later than the one before."""
    before: dates.Date | None = None
    for i, row in enumerate(chart.rows):
        try:
            date = dates.parse_date(next(iter(row.head.values())), julian=julian)
        except dates.DateFault:
            return
        if before is not None and date.first <= before.first:
            message = f"{date.edtf} stands behind {before.edtf}, and a line runs forward in time"
            yield Fault(
                message, "put the rows in the order of their dates, each once", (*path, "rows", i, "head")
            )
            return
        before = date


def _check_sum(chart: Chart, path: Path) -> Iterator[Fault]:
    """Warn of shares in per cent that are not the whole, beyond what rounding takes."""
    unit = next(iter(chart.unit.values()), "") if chart.unit else ""
    values = [cell for row in chart.rows for cell in row.cells if isinstance(cell, Decimal)]
    total = sum(values, Decimal())
    if unit == "%" and abs(total - 100) > max(len(values), 2) * Decimal("0.5"):
        message = f"the shares are {total.normalize():f} % together"
        yield Fault(message, "add what is missing, or correct a share", (*path, "rows"), severity="warning")


def check_repeats(
    texts: Sequence[Mapping[str, str]], path: Path, group: str, field: str, what: str
) -> Iterator[Fault]:
    """Warn of each item of a list that says what an item before it says."""
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        for language, words in text.items():
            key = f"{language} {' '.join(words.split()).casefold()}"
            if key in seen and seen[key] != i:
                start = words.split("\n")[0][:40]
                message = f"{what} '{start}' stands there already, as number {seen[key] + 1}"
                yield Fault(
                    message, "remove or correct one of the two", (*path, group, i, field), severity="warning"
                )
                break
            seen.setdefault(key, i)


def _check_row_date(head: object, path: Path, julian: bool) -> Iterator[Fault]:
    text = next(iter(head.values())) if isinstance(head, dict) else ""
    try:
        dates.parse_date(text, julian=julian)
    except dates.DateFault as fault:
        yield Fault("a line chart runs over time", str(fault).partition("; ")[2], path)
