"""A chart's numbers as python-pptx takes them, in a workbook that a teacher can edit.

Heads stand in column A, then one column a series; a line has its places on the time axis (years) in column B.
A range has low and high, then the columns that draw it, as formulas, and room for the label.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, assert_never

from pptx.chart.data import CategoryChartData, XyChartData
from xlsxwriter import Workbook

from builders.deck.chart_scales import RangeColumn, range_columns, years_as_read
from builders.deck.model import ChartSeries, SlideChart
from builders.deck.ooxml.markup import clean_text

SHEET_NAME = "Sheet1"


class _ChartWorkbook:
    """Chart data whose numbers stand in a workbook of ours, made at `moment`."""

    xlsx_blob = b""

    def __init__(self, chart: SlideChart, moment: datetime) -> None:
        super().__init__()
        self.columns = "CDEFGHIJ" if chart.kind == "line" else "BCDEFGHI"  # of the series
        if chart.kind == "range":
            self.columns = "".join(column.letter for column in range_columns(chart))
        self.rows = len(chart.heads)
        self.xlsx_blob = write_workbook(chart, moment)

    def series_name_ref(self, series: Any) -> str:
        """Return the cell of a series' name."""
        return f"{SHEET_NAME}!${self.columns[series.index]}$1"

    def values_ref(self, series: Any) -> str:
        """Return the cells of a series' values."""
        return self._write_cell_range(self.columns[series.index])

    def x_values_ref(self, series: Any) -> str:
        """Return the cells of the places on the time axis."""
        return self._write_cell_range("B")

    y_values_ref = values_ref

    def _write_cell_range(self, column: str) -> str:
        return f"{SHEET_NAME}!${column}$2:${column}${self.rows + 1}"


class CategoryNumbers(_ChartWorkbook, CategoryChartData):
    """The numbers of bars, ranges and shares."""


class LineNumbers(_ChartWorkbook, XyChartData):
    """The numbers of lines over a time axis."""


def make_chart_numbers(chart: SlideChart, moment: datetime) -> Any:
    """Return a chart's numbers with a workbook made at `moment`."""
    match chart.kind:
        case "line":
            return _make_line_numbers(chart, moment)
        case "range":
            return _make_category_numbers(chart, range_columns(chart), moment)
        case "bar" | "share":
            return _make_category_numbers(chart, chart.series, moment)
        case _:
            assert_never(chart.kind)


def _make_line_numbers(chart: SlideChart, moment: datetime) -> Any:
    numbers: Any = LineNumbers(chart, moment)
    for one in chart.series:
        series = numbers.add_series(clean_text(one.name))
        for x, y in zip(years_as_read(chart), one.values, strict=True):
            series.add_data_point(x, y)
    return numbers


def _make_category_numbers(
    chart: SlideChart, drawn: Sequence[RangeColumn | ChartSeries], moment: datetime
) -> Any:
    numbers: Any = CategoryNumbers(chart, moment)
    numbers.categories = [clean_text(head) for head in chart.heads]
    for bars in drawn:
        numbers.add_series(clean_text(bars.name), bars.values)
    return numbers


def write_workbook(chart: SlideChart, moment: datetime) -> bytes:
    """Return the chart's numbers as an .xlsx that was made at `moment`."""
    columns: list[tuple[str, tuple[Any, ...]]] = [(chart.measure, chart.heads)]
    if chart.positions:
        columns.append(("", tuple(years_as_read(chart))))
    columns += [(series.name, series.values) for series in chart.series]
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        book.set_properties({"created": moment})
        sheet = book.add_worksheet(SHEET_NAME)
        for column, (name, values) in enumerate(columns):
            for row, value in enumerate((name, *values)):
                sheet.write(row, column, clean_text(value) if isinstance(value, str) else value)
        for drawn in range_columns(chart) if chart.kind == "range" else ():
            if drawn.letter == "B":  # the low values themselves
                continue
            sheet.write(f"{drawn.letter}1", clean_text(drawn.name))
            for row, value in enumerate(drawn.values, 2):
                if drawn.formula and value is not None:
                    sheet.write_formula(f"{drawn.letter}{row}", drawn.formula.format(row=row), value=value)
                else:
                    sheet.write(f"{drawn.letter}{row}", value)
    return content.getvalue()
