"""Tables: columns as wide as their words ask for, rows as high as their cells, split by rows with the
header repeated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from builders import writing
from builders.deck.course import Course
from builders.deck.cutting import between_lines, split
from builders.deck.fit import Room, sizes, within
from builders.deck.lines import broken, height, natural_width, widest_word
from builders.deck.metrics import FALLBACK_LINE, LINE
from builders.deck.notes import speech
from builders.deck.sheets import Topic, fitted_box, slides, title_box
from builders.deck.slides import Align, Cell, Item, Paragraph, Run, Slide, Table
from builders.fields import Text
from builders.outline import Block, Question
from builders.outline import Table as TableBlock

MOST_HEAD_LINES = 4
GUTTER = 14.0  # pt, right of each cell
PADDING = 5.5  # pt, above and below
AIRED, MOST_AIR = 0.85, 7.0  # of the room's height, and points more above and below where rows are few
PREFERRED_LEAST = 18.0  # pt: smaller only where a column is narrower than its longest word

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is placed: its header and rows."""

    header: Row
    rows: tuple[Row, ...]


def table_slides(topic: Topic, block: Block) -> list[Slide]:
    """Return the slides of a `compare` or `table` block."""
    table = block.compare or block.table
    assert table is not None
    course = topic.course
    extra = [course.locale.label(course.say("source"), course.cites(table.source))] if table.source else []
    spoken = speech(
        course, [block.notes, table.note], [block.cue], table.source, [*_sentences(course, table), *extra]
    )
    topic = replace(topic, layout=course.page.layouts["table"], spoken=spoken, title=course.line(table.title))
    note = [Paragraph(course.line(table.note))] if table.note else []
    return grid_slides(topic, _grid(course, table), note)


def rubric_slides(topic: Topic, question: Question) -> list[Slide]:
    """Return the slides of an essay's rubric."""
    course = topic.course
    header = (_head(course.say("criterion")), replace(_head(course.say("points")), align="r"))
    rows = tuple(
        (Cell((Paragraph(course.line(line.criterion)),)), Cell((_words(str(line.points)),), align="r"))
        for line in question.rubric
    )
    return grid_slides(topic.with_layout("table"), Grid(header, rows), [])


def grid_slides(topic: Topic, grid: Grid, note: Sequence[Paragraph]) -> list[Slide]:
    """Return a grid on as many slides as it needs; the note stands below the table, on its last slide."""
    place, below = topic.layout.places["table"], topic.layout.places["below"]
    foot = fitted_box(below, note) if note else None
    room = place.frame.h - topic.lowered - (below.frame.h if foot else 0)
    size, widths, parts = _parted(grid, place.frame.w, room, place.size, place.least)
    grid = _short_header(grid, widths, size)
    if len(parts) > 1 and topic.lowered == 0:  # the number in the title may cost a line
        lowered = title_box(topic.layout, topic.title, "(88/88)")[1]
        if lowered:
            size, widths, parts = _parted(grid, place.frame.w, room - lowered, place.size, place.least)
            grid = _short_header(grid, widths, size)

    air = min((_air((grid.header, *rows), widths, size, room) for rows in parts), default=0.0)

    def part(rows: Sequence[Row], last: bool) -> Callable[[float], Sequence[Item]]:
        def items(lowered: float) -> list[Item]:
            frame = place.frame.lowered(lowered)
            heights = tuple(row_height(row, widths, size) for row in (grid.header, *rows))
            heights = tuple(high + 2 * air for high in heights)
            frame = replace(frame, h=sum(heights))
            name = "".join(run.text for run in topic.title)
            locale = topic.course.locale
            alt = topic.course.say(
                "table_alt",
                title=name,
                rows=locale.count("rows", len(rows)),
                columns=locale.count("columns", len(widths)),
            )
            table = Table(
                frame, widths, (grid.header, *rows), heights, PADDING + air, size, alt, name, "table"
            )
            if not (foot and last):
                return [table]
            return [
                table,
                replace(foot, frame=replace(foot.frame, y=min(foot.frame.y, frame.y + frame.h + 12))),
            ]

        return items

    return slides(topic, [part(rows, rows is parts[-1]) for rows in parts])


def _air(rows: Sequence[Row], widths: Sequence[float], size: float, room: float) -> float:
    """Return how many points more may stand above and below the text of few rows."""
    spare = AIRED * room - sum(row_height(row, widths, size) for row in rows)
    return max(0.0, min(MOST_AIR, spare / (2 * len(rows))))


def column_widths(grid: Grid, total: float, size: float) -> tuple[float, ...] | None:
    """Return column widths that fill `total`: first what the widest words need, the rest by the length of
    the texts.

    None if the widest words alone are wider than the page.
    """
    columns = list(zip(grid.header, *grid.rows, strict=True))
    least = [max(_widest(cell, size) for cell in column) + GUTTER for column in columns]
    wish = [min(max(_natural(cell, size) for cell in column) + GUTTER, total * 0.7) for column in columns]
    wish = [max(pair) for pair in zip(least, wish, strict=True)]
    if sum(least) > total:
        return None
    if sum(wish) <= total:
        spare = (total - sum(wish)) / len(columns)
        return tuple(width + spare for width in wish)
    return _shared(least, wish, total)


def _shared(least: Sequence[float], wish: Sequence[float], total: float) -> tuple[float, ...]:
    """Give columns that ask for little what they ask for; the others share the rest by what they lack."""
    modest: set[int] = set()
    for number in sorted(range(len(wish)), key=lambda i: wish[i]):
        left = total - sum(wish[i] for i in modest)
        others = [i for i in range(len(wish)) if i not in modest and i != number]
        if (
            wish[number] > left / (len(wish) - len(modest))
            or wish[number] + sum(least[i] for i in others) > left
        ):
            break
        modest.add(number)
    rest = [i for i in range(len(wish)) if i not in modest]
    left = total - sum(wish[i] for i in modest) - sum(least[i] for i in rest)
    lack = sum(wish[i] - least[i] for i in rest) or 1.0
    return tuple(
        wish[i] if i in modest else least[i] + (wish[i] - least[i]) * left / lack for i in range(len(wish))
    )


def row_height(row: Row, widths: Sequence[float], size: float) -> float:
    """Return the height in points of a row."""
    return max(_cell_height(cell, width, size) for cell, width in zip(row, widths, strict=True)) + 2 * PADDING


def _cell_height(cell: Cell, width: float, size: float) -> float:
    return height(cell.paragraphs, size, width - GUTTER, cell.bold)


def _widest(cell: Cell, size: float) -> float:
    return max((widest_word(p, size, cell.bold) for p in cell.paragraphs), default=0.0)


def _natural(cell: Cell, size: float) -> float:
    return max((natural_width(p, size, cell.bold) for p in cell.paragraphs), default=0.0)


def _parted(
    grid: Grid, total: float, room: float, normal: float, least: float
) -> tuple[float, tuple[float, ...], list[list[Row]]]:
    """Return size, column widths and the rows of each slide: the largest size that needs the fewest
    slides."""
    best: tuple[float, tuple[float, ...], list[list[Row]]] | None = None
    for size in sizes(normal, least):
        widths = column_widths(grid, total, size)
        if widths is None and size > least:
            continue
        if best and size < PREFERRED_LEAST:
            break
        widths = widths or tuple(total / len(grid.header) for _ in grid.header)
        parts = _spread(_short_header(grid, widths, size), widths, size, room)
        if best is None or len(parts) < len(best[2]):
            best = size, widths, parts
    assert best is not None
    return best


def _short_header(grid: Grid, widths: Sequence[float], size: float) -> Grid:
    """Return a grid whose heads have few lines; the notes have them whole."""
    high = MOST_HEAD_LINES * size * FALLBACK_LINE
    rooms = [Room(width - GUTTER, high, size, size, bold=True) for width in widths]
    cut = [within(cell.paragraphs, room)[0] for cell, room in zip(grid.header, rooms, strict=True)]
    header = tuple(replace(cell, paragraphs=short) for cell, short in zip(grid.header, cut, strict=True))
    return replace(grid, header=header)


def _spread(grid: Grid, widths: Sequence[float], size: float, room: float) -> list[list[Row]]:
    """Part rows into as few slides as they need, as even as they can be."""
    space = room - row_height(grid.header, widths, size)
    rows = [piece for row in grid.rows for piece in _cut_row(row, widths, size, space)]
    heights = [row_height(row, widths, size) for row in rows]

    def packed(limit: float) -> list[list[Row]]:
        out: list[list[Row]] = []
        used = 0.0
        for row, own in zip(rows, heights, strict=True):
            if not out or used + own > limit + 0.01:
                out.append([])
                used = 0.0
            out[-1].append(row)
            used += own
        return out

    fewest = len(packed(space))
    low, high = 0.0, space
    for _ in range(7):  # to 1 % of the height
        middle = (low + high) / 2
        low, high = (low, middle) if len(packed(middle)) <= fewest else (middle, high)
    return packed(high)


def _cut_row(row: Row, widths: Sequence[float], size: float, space: float) -> list[Row]:
    """Cut a row that is higher than a slide; its head is repeated."""
    if row_height(row, widths, size) <= space:
        return [row]
    columns = [_cut_cell(cell, width, size, space) for cell, width in zip(row, widths, strict=True)]
    pieces = max(map(len, columns))
    blank = Cell((_words(""),))
    head = row[0] if len(columns[0]) == 1 else None
    return [
        tuple(
            head if number == 0 and head else column[i] if i < len(column) else blank
            for number, column in enumerate(columns)
        )
        for i in range(pieces)
    ]


def _cut_cell(cell: Cell, width: float, size: float, space: float) -> list[Cell]:
    if _cell_height(cell, width, size) + 2 * PADDING <= space:
        return [cell]
    (paragraph,) = cell.paragraphs
    lines = broken(paragraph, size, width - GUTTER, cell.bold)
    tallest = FALLBACK_LINE if any(line.tall for line in lines) else LINE
    most = max(1, int((space - 2 * PADDING) / (size * tallest)))
    cuts = between_lines(paragraph.text, [line.start for line in lines], most)
    return [replace(cell, paragraphs=(part,)) for part in split(paragraph, cuts)]


def _grid(course: Course, table: TableBlock) -> Grid:
    figures = all(isinstance(value, Decimal | None) for row in table.rows for value in row.cells)
    align: Align = "r" if figures else "l"
    corner = _head(course.words(table.corner) if table.corner else "")
    labels = (Cell((Paragraph(course.line(label)),), True, align) for label in table.columns)
    rows = tuple(
        (
            Cell((Paragraph(course.line(row.head)),), True),
            *(Cell((_value(course, value),), align=align) for value in row.cells),
        )
        for row in table.rows
    )
    return Grid((corner, *labels), rows)


def _value(course: Course, value: Decimal | Text | None) -> Paragraph:
    if value is None:
        return _words("–")
    if isinstance(value, Decimal):
        return _words(writing.number(value, course.locale))
    return Paragraph(course.line(value))


def _sentences(course: Course, table: TableBlock) -> list[str]:
    """Return the table row by row, to be read out."""
    heads = [course.words(label) for label in table.columns]
    out = []
    for row in table.rows:
        cells = [_value(course, value).text for value in row.cells]
        told = "; ".join(map(course.locale.label, heads, cells))
        out.append(f"{course.words(row.head)}. {told}")
    return out


def _head(text: str) -> Cell:
    return Cell((_words(text),), True)


def _words(text: str) -> Paragraph:
    return Paragraph((Run(text),) if text else ())
