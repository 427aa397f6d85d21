"""A chart's workbook: the outline's numbers as they are, in an .xlsx that a teacher can edit."""

from collections.abc import Sequence
from datetime import datetime

from builders.deck.archive import archive
from builders.deck.slides import Chart
from builders.deck.xml import HEAD, escaped

SHEET = "Sheet1"
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
    that draw it: their difference as a formula, and room for the label.
    """
    rows: list[list[Value]] = [[chart.measure, *([None] if chart.positions else [])]]
    rows[0] += [series.name for series in chart.series]
    for index, head in enumerate(chart.heads):
        row: list[Value] = [head, *chart.positions[index : index + 1]]
        rows.append(row + [series.values[index] for series in chart.series])
    if chart.kind == "range":
        reaches = zip(rows[1:], differences(chart), label_room(chart), strict=True)
        for number, (row, reach, room) in enumerate(reaches, 2):
            if reach is not None:
                row += [(f"C{number}-B{number}", reach), room]
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


def first_column(chart: Chart) -> int:
    """Return the column of the first series."""
    return 2 if chart.positions else 1


def differences(chart: Chart) -> list[float | None]:
    """Return how far each range reaches."""
    low, high = chart.series
    return [
        round(b - a, 9) if a is not None and b is not None else None
        for a, b in zip(low.values, high.values, strict=True)
    ]


def label_room(chart: Chart) -> list[float]:
    """Return the room right of each range, in the chart's unit, that holds its label."""
    most = max((value for value in chart.series[1].values if value is not None), default=1.0)
    return [round(most * 0.4, 9)] * len(chart.heads)
