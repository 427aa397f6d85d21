"""A chart's workbook: the outline's numbers as they are, in an .xlsx that a teacher can edit."""

import io
from datetime import datetime

from builders.deck.slides import Chart

SHEET = "Sheet1"


def workbook(chart: Chart, moment: datetime) -> bytes:
    """Return the chart's numbers as an .xlsx: heads in column A, then one column a series.

    A line has its places on the time axis (years) in column B. A range has low and high, then the columns
    that draw it: their difference as a formula, and room for the label.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": moment.replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, chart.measure)
    for row, head in enumerate(chart.heads, 1):
        sheet.write_string(row, 0, head)
    for row, at in enumerate(chart.positions, 1):
        sheet.write_number(row, 1, at)
    for column, series in enumerate(chart.series, first_column(chart)):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    if chart.kind == "range":
        for row, (width, room) in enumerate(zip(differences(chart), label_room(chart), strict=True), 1):
            if width is not None:
                sheet.write_formula(row, 3, f"=C{row + 1}-B{row + 1}", None, width)
                sheet.write_number(row, 4, room)
    book.close()
    return out.getvalue()


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
