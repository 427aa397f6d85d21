"""Tables and rubrics: what stands in their cells, and the slides that they go on to, the header repeated."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from builders.deck.content import DeckContent
from builders.deck.model import (
    Align,
    Slide,
    SlideCell,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideTable,
)
from builders.deck.notes import make_speech
from builders.deck.table_fitting import (
    CELL_PADDING,
    CellGrid,
    CellRow,
    divide_grid,
    measure_row_height,
    shorten_header,
)
from builders.deck.text_slides import (
    Topic,
    make_fitted_box,
    make_slides,
    make_title_box,
)
from builders.language import formatting
from builders.outline.blocks import Block
from builders.outline.blocks import Table as TableBlock
from builders.outline.fields import Text
from builders.outline.model import Question

AIRED, MOST_AIR = 0.85, 7.0  # of the room's height, and points more above and below where rows are few


def make_table_slides(topic: Topic, block: Block, table: TableBlock) -> list[Slide]:
    """Return the slides of a `compare` or `table` block."""
    course = topic.course
    extra = (
        [course.locale.write_label(course.write_phrase("source"), course.write_cites(table.source))]
        if table.source
        else []
    )
    spoken = make_speech(
        course, [block.notes, table.note], [block.cue], table.source, [*_write_rows(course, table), *extra]
    )
    topic = replace(
        topic, layout=course.page.layouts["table"], spoken=spoken, title=course.make_line_runs(table.title)
    )
    note = [SlideParagraph(course.make_line_runs(table.note))] if table.note else []
    return make_grid_slides(topic, _make_grid(course, table), note)


def make_rubric_slides(topic: Topic, question: Question) -> list[Slide]:
    """Return the slides of an essay's rubric."""
    course = topic.course
    header = (
        _make_head_cell(course.write_phrase("criterion")),
        replace(_make_head_cell(course.write_phrase("points")), align="r"),
    )
    rows = tuple(
        (
            SlideCell((SlideParagraph(course.make_line_runs(line.criterion)),)),
            SlideCell((_make_paragraph(str(line.points)),), align="r"),
        )
        for line in question.rubric
    )
    return make_grid_slides(topic.with_layout("table"), CellGrid(header, rows), [])


def make_grid_slides(topic: Topic, grid: CellGrid, note: Sequence[SlideParagraph]) -> list[Slide]:
    """Return a grid on as many slides as it needs; the note stands below the table, on its last slide."""
    place, below = topic.layout.places["table"], topic.layout.places["below"]
    foot = make_fitted_box(below, note) if note else None
    room = place.frame.h - topic.lowered - (below.frame.h if foot else 0)
    size, widths, parts = divide_grid(grid, place.frame.w, room, place.size, place.least)
    grid = shorten_header(grid, widths, size)
    if len(parts) > 1 and topic.lowered == 0:  # the number in the title may cost a line
        lowered = make_title_box(topic.layout, topic.title, "(88/88)")[1]
        if lowered:
            size, widths, parts = divide_grid(grid, place.frame.w, room - lowered, place.size, place.least)
            grid = shorten_header(grid, widths, size)

    air = min(
        (_measure_spare_padding((grid.header, *rows), widths, size, room) for rows in parts), default=0.0
    )

    def part(rows: Sequence[CellRow], last: bool) -> Callable[[float], Sequence[SlideItem]]:
        def items(lowered: float) -> list[SlideItem]:
            frame = place.frame.lower_top(lowered)
            heights = tuple(measure_row_height(row, widths, size) for row in (grid.header, *rows))
            heights = tuple(high + 2 * air for high in heights)
            frame = replace(frame, h=sum(heights))
            name = "".join(run.text for run in topic.title)
            locale = topic.course.locale
            alt = topic.course.write_phrase(
                "table_alt",
                title=name,
                rows=locale.write_count("rows", len(rows)),
                columns=locale.write_count("columns", len(widths)),
            )
            table = SlideTable(
                frame, widths, (grid.header, *rows), heights, CELL_PADDING + air, size, alt, name, "table"
            )
            if not (foot and last):
                return [table]
            return [
                table,
                replace(foot, frame=replace(foot.frame, y=min(foot.frame.y, frame.y + frame.h + 12))),
            ]

        return items

    return make_slides(topic, [part(rows, rows is parts[-1]) for rows in parts])


def _measure_spare_padding(
    rows: Sequence[CellRow], widths: Sequence[float], size: float, room: float
) -> float:
    """Return how many points more may stand above and below the text of few rows."""
    spare = AIRED * room - sum(measure_row_height(row, widths, size) for row in rows)
    return max(0.0, min(MOST_AIR, spare / (2 * len(rows))))


def _make_grid(course: DeckContent, table: TableBlock) -> CellGrid:
    figures = all(isinstance(value, Decimal | None) for row in table.rows for value in row.cells)
    align: Align = "r" if figures else "l"
    corner = _make_head_cell(course.write_plain_text(table.corner) if table.corner else "")
    labels = (
        SlideCell((SlideParagraph(course.make_line_runs(label)),), True, align) for label in table.columns
    )
    rows = tuple(
        (
            SlideCell((SlideParagraph(course.make_line_runs(row.head)),), True),
            *(SlideCell((_make_value_paragraph(course, value),), align=align) for value in row.cells),
        )
        for row in table.rows
    )
    return CellGrid((corner, *labels), rows)


def _make_value_paragraph(course: DeckContent, value: Decimal | Text | None) -> SlideParagraph:
    if value is None:
        return _make_paragraph("–")
    if isinstance(value, Decimal):
        return _make_paragraph(formatting.write_number(value, course.locale))
    return SlideParagraph(course.make_line_runs(value))


def _write_rows(course: DeckContent, table: TableBlock) -> list[str]:
    """Return the table row by row, to be read out."""
    heads = [course.write_plain_text(label) for label in table.columns]
    out = []
    for row in table.rows:
        cells = [_make_value_paragraph(course, value).text for value in row.cells]
        told = "; ".join(map(course.locale.write_label, heads, cells))
        out.append(f"{course.write_plain_text(row.head)}. {told}")
    return out


def _make_head_cell(text: str) -> SlideCell:
    return SlideCell((_make_paragraph(text),), True)


def _make_paragraph(text: str) -> SlideParagraph:
    return SlideParagraph((SlideRun(text),) if text else ())
