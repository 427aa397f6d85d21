"""A chart's workbook: the outline's numbers as they are, in an .xlsx that a teacher can edit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from builders.deck.archive import archive
from builders.deck.slides import Chart
from builders.deck.xml import HEAD, escaped

SHEET = "Sheet1"
ROOM = " "  # head of the column that makes room for the labels of ranges
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FORMATS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FRAME = (  # what is the same in every workbook (ECMA-376, part 1, 18)
    (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_FORMATS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_FORMATS}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_FORMATS}.sharedStrings+xml"/></Types>',
    ),
    (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="{SHEET}" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    ),
)

Value = str | float | tuple[str, float] | None  # a text, a number, a formula with its result, nothing


def workbook(chart: Chart, moment: datetime) -> bytes:
    """Return the chart's numbers as an .xlsx: heads in column A, then one column a series.

    A line has its places on the time axis (years) in column B. A range has low and high, then the columns
    that draw it as formulas, and room for the label.
    """
    rows: list[list[Value]] = [[chart.measure, *([None] if chart.positions else [])]]
    rows[0] += [series.name for series in chart.series]
    years = years_as_read(chart)
    for index, head in enumerate(chart.heads):
        row: list[Value] = [head, *years[index : index + 1]]
        rows.append(row + [series.values[index] for series in chart.series])
    if chart.kind == "range":
        columns = drawing_columns(chart)
        rows[0] += [*(column.name for column in columns), ROOM]
        for index, room in enumerate(label_room(chart)):
            for column in columns:
                value = column.values[index]
                made = None if value is None else (column.formula.format(row=index + 2), value)
                rows[index + 1].append(made)
            rows[index + 1].append(room)
    texts: dict[str, int] = {}
    sheet = "".join(_row(number, row, texts) for number, row in enumerate(rows, 1))
    strings = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in texts)
    parts = (
        *_FRAME,
        (
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
        ),
        ("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{strings}</sst>'),
    )
    return archive([(name, f"{HEAD}{content}".encode()) for name, content in parts], moment)


def _row(number: int, values: Sequence[Value], texts: dict[str, int]) -> str:
    """Return a row's cells; texts are entered into `texts`, in the order in which they are met."""
    cells = []
    for letter, value in zip(_LETTERS, values, strict=False):
        place = f'r="{letter}{number}"'
        if isinstance(value, str):
            cells.append(f'<c {place} t="s"><v>{texts.setdefault(value, len(texts))}</v></c>')
        elif isinstance(value, tuple):
            cells.append(f"<c {place}><f>{value[0]}</f><v>{value[1]!r}</v></c>")
        elif value is not None:
            cells.append(f"<c {place}><v>{value!r}</v></c>")
    return f'<row r="{number}">{"".join(cells)}</row>'


def years_as_read(chart: Chart) -> list[float]:
    """Return a line's places on the time axis; before year 1 they count as readers do: 500 BC is -500."""
    shift = -1 if chart.positions and max(chart.positions) < 1 else 0
    return [at + shift for at in chart.positions]


def first_column(chart: Chart) -> int:
    """Return the column of the first series."""
    return 2 if chart.positions else 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column that draws ranges as stacked bars: its head, its formula for a row, its values, and whether
    its bars are seen or stand for the gap below them."""

    name: str
    formula: str
    values: tuple[float | None, ...]
    seen: bool = True


def reaches_below_zero(chart: Chart) -> bool:
    """Tell whether a range chart, all its rows counted, has a value below zero."""
    return range_ends(chart)[0] < 0


def range_ends(chart: Chart) -> tuple[float, float]:
    """Return the ends of the axis of ranges: their least and greatest values, and zero."""
    low, high = (chart.whole or chart).series
    return (
        min((value for value in low.values if value is not None and value < 0), default=0.0),
        max((value for value in high.values if value is not None and value > 0), default=0.0),
    )


def drawing_columns(chart: Chart) -> tuple[Column, ...]:
    """Return what draws ranges beside their low values: how far each reaches.

    Bars above zero and bars below it are stacked apart. So where a value is below zero, a range is a gap from
    zero to its nearer end, what it covers above zero, and what it covers below.
    """
    low, high = chart.series
    pairs = list(zip(low.values, high.values, strict=True))

    def column(name: str, formula: str, part: Callable[[float, float], float], seen: bool = True) -> Column:
        values = (None if a is None or b is None else round(part(a, b), 9) for a, b in pairs)
        return Column(name, formula, tuple(values), seen)

    if not reaches_below_zero(chart):
        return (column("–", "C{row}-B{row}", lambda a, b: b - a),)
    return (
        column("0", "MAX(B{row},0)+MIN(C{row},0)", lambda a, b: max(a, 0.0) + min(b, 0.0), seen=False),
        column("+", "MAX(C{row},0)-MAX(B{row},0)", lambda a, b: max(b, 0.0) - max(a, 0.0)),
        column("−", "MIN(B{row},0)-MIN(C{row},0)", lambda a, b: min(a, 0.0) - min(b, 0.0)),
    )


def label_room(chart: Chart) -> list[float]:
    """Return the room right of each range, in the chart's unit, that holds its label."""
    least, most = range_ends(chart)
    return [round((most - least or 1.0) * 0.4, 9)] * len(chart.heads)
