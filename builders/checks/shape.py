"""Blocks are of one kind, tables and charts have the cells that they should, questions are whole."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path as FilePath

from builders import dates, images, locales
from builders.faults import Fault, OutlineFaults, Path, counted, nearest
from builders.outline import BLOCK_KINDS, Block, Chart, Outline, Question, Table


def check(outline: Outline, root: FilePath) -> Iterator[Fault]:
    """Yield a fault for each block, event's lane, question and picture that is not as it should be."""
    quotes = {
        block.id for section in outline.sections for block in section.blocks if block.quote and block.id
    }
    lanes = [lane.id for lane in outline.lanes]
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            yield from _block(block, ("sections", i, "blocks", j))
        for j, event in enumerate(section.events):
            if event.lane not in lanes:
                advice = nearest(event.lane, lanes) or "use one of " + ", ".join(lanes)
                yield Fault(f"there is no lane '{event.lane}'", advice, ("sections", i, "events", j, "lane"))
        for j, question in enumerate(section.questions):
            yield from _question(question, ("sections", i, "questions", j), quotes)
    yield from _images(outline, root)
    yield from _languages(outline)


def _block(block: Block, path: Path) -> Iterator[Fault]:
    kinds = [kind for kind in BLOCK_KINDS if getattr(block, kind) is not None]
    if not kinds:
        yield Fault("the block is of no kind", "add one of " + ", ".join(BLOCK_KINDS), path)
    elif len(kinds) > 1:
        message = f"{' and '.join(kinds)} stand in one block"
        yield Fault(message, "start each block with its own `- `", (*path, kinds[1]))
    for kind in ("compare", "table"):
        table: Table | None = getattr(block, kind)
        if table is not None:
            yield from _cells([row.cells for row in table.rows], len(table.columns), (*path, kind))
    if block.chart is not None:
        chart, here = block.chart, (*path, "chart")
        yield from _cells([row.cells for row in chart.rows], max(len(chart.columns), 1), here)
        yield from _chart(chart, here)


def _thousands(cells: Sequence[object], path: Path) -> Iterator[Fault]:
    """Warn of a number such as 110.000: a point parts the decimals off."""
    for i, cell in enumerate(cells):
        for number in cell if isinstance(cell, tuple) else (cell,):
            if isinstance(number, Decimal) and number.as_tuple().exponent == -3 and abs(number) >= 1:
                whole = f"{number:f}".replace(".", "")
                message = f"{number:f} is read with three decimals"
                advice = f"write thousands without a point, {whole}, or drop a decimal"
                yield Fault(message, advice, (*path, i), severity="warning")


def _cells(rows: Sequence[tuple[object, ...]], columns: int, path: Path) -> Iterator[Fault]:
    for i, cells in enumerate(rows):
        yield from _thousands(cells, (*path, "rows", i, "cells"))
        if len(cells) != columns:
            message = f"the row has {counted(len(cells), 'cell')} for {counted(columns, 'column')}"
            advice = "give one cell to each column"
            if len(cells) == 1 and (parted := _parted(cells[0])) and len(parted) == columns:
                advice = f"write [{', '.join(parted)}]"
            yield Fault(message, advice, (*path, "rows", i, "cells"))


def _parted(cell: object) -> list[str]:
    """Return the numbers in a cell that holds nothing else."""
    text = next(iter(cell.values())) if isinstance(cell, Mapping) else ""
    return text.replace(";", " ").split() if re.fullmatch(r"[-\d.; ]+", text) else []


def _chart(chart: Chart, path: Path) -> Iterator[Fault]:
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
        if chart.kind == "line":
            yield from _moment(row.head, (*path, "rows", i, "head"))
    if chart.kind == "share" and len(chart.columns) > 1:
        yield Fault("a share chart has one series", "use `kind: bar`", (*path, "columns"))


def _moment(head: object, path: Path) -> Iterator[Fault]:
    text = next(iter(head.values())) if isinstance(head, dict) else ""
    try:
        dates.parse(text)
    except dates.DateFault as fault:
        yield Fault("a line chart runs over time", str(fault).partition("; ")[2], path)


def _question(question: Question, path: Path, quotes: set[str]) -> Iterator[Fault]:
    kind = question.kind
    if kind == "choice":
        if len(question.options) < 2:
            yield Fault("a choice needs two options or more", "add them under `options`", path)
        elif not any(option.correct for option in question.options):
            yield Fault("no option is right", "mark one with `correct: true`", (*path, "options"))
    elif question.options:
        yield Fault(f"a question of kind {kind} has no options", "use `kind: choice`", (*path, "options"))
    if kind == "essay" and not question.rubric:
        yield Fault("an essay needs a rubric", "list its criteria and points under `rubric`", path)
    if kind in ("short", "source") and question.answer is None:
        yield Fault("the model answer is missing", "write it under `answer`", path)
    if kind == "source" and question.quote is None:
        yield Fault("the document is missing", "give the id of a quote block under `quote`", path)
    elif question.quote is not None and question.quote not in quotes:
        known = sorted(quotes)
        advice = nearest(question.quote, known) or "give the quote block an `id`"
        yield Fault(f"there is no quotation '{question.quote}'", advice, (*path, "quote"))


def _languages(outline: Outline) -> Iterator[Fault]:
    """Yield a fault for each language that there are no fixed words for: nothing could be built in it."""
    for i, language in enumerate(outline.languages):
        try:
            locales.load_locale(language)
        except OutlineFaults as error:
            yield from (f if f.file else replace(f, path=("languages", i)) for f in error.faults)


def _images(outline: Outline, root: FilePath) -> Iterator[Fault]:
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            if block.image is not None:
                try:
                    images.read(root, block.image.file)
                except images.ImageFault as fault:
                    message, _, advice = str(fault).partition("; ")
                    yield Fault(message, advice, ("sections", i, "blocks", j, "image", "file"))
