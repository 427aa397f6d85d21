"""Charts as python-pptx makes them: native, editable, labelled at the mark, their numbers in a workbook.

Bars lie; a line's points stand at their dates (a scatter chart: dates before 1900 have no serial number);
ranges are floating bars; shares of a whole are slices. No legend: a series is named at its first or last
mark.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, assert_never

from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)

from builders.deck.chart_labels import (
    LabelledPoint,
    LabelSide,
    choose_sides,
    fold_label,
    list_bar_labels,
    list_line_labels,
    measure_label,
)
from builders.deck.chart_scales import (
    AXIS_TEXT_SIZE,
    LARGE_MARK,
    MARK,
    PIE_HEIGHT,
    THICKEST_BAR,
    choose_series_fill,
    choose_slice_fill,
    fit_spans,
    make_span_from_zero,
    make_value_scale,
    make_year_scale,
    measure_heads,
    range_columns,
    range_ends,
    years_as_read,
)
from builders.deck.colours import ThemeColours
from builders.deck.model import SlideChart
from builders.deck.ooxml.charts import (
    NO_FILL_AND_OUTLINE,
    ChartLettering,
    finish_chart,
    place_plot,
    set_look,
    set_point_look,
    show_each_head,
)
from builders.deck.workbooks import make_chart_numbers
from builders.outline.fields import ChartKind

_MARKERS = (
    XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE,
)  # fmt: skip


def make_chart_type_and_numbers(chart: SlideChart, moment: datetime) -> tuple[Any, Any]:
    """Return python-pptx's type for a chart, and its numbers with a workbook made at `moment`."""
    return _choose_chart_type(chart.kind), make_chart_numbers(chart, moment)


def _choose_chart_type(kind: ChartKind) -> Any:
    """Return python-pptx's type for a kind of chart."""
    match kind:
        case "bar":
            return XL_CHART_TYPE.BAR_CLUSTERED
        case "range":
            return XL_CHART_TYPE.BAR_STACKED
        case "share":
            return XL_CHART_TYPE.PIE
        case "line":
            return XL_CHART_TYPE.XY_SCATTER_LINES
        case _:
            assert_never(kind)


def format_chart(
    native: Any, chart: SlideChart, inks: ThemeColours, lang: str, before: str, factor: float
) -> None:
    """Give a native chart its look: fills, labels, axes and places.

    `before` writes a year BC ('{year} BC'); sizes are written `factor` times as large as planned.
    """
    native.has_legend = native.has_title = False
    font = ChartLettering(inks, lang, chart.size * factor)
    font.set_font(native.element, "ink")
    finish_chart(native.element, lang)
    native.plots[0].vary_by_categories = chart.kind == "share"
    match chart.kind:
        case "line":
            _format_lines(native, chart, font, before)
        case "share":
            _format_shares(native, chart, font)
        case "bar" | "range":
            _format_bars(native, chart, font)
        case _:
            assert_never(chart.kind)


def _format_bars(native: Any, chart: SlideChart, font: ChartLettering) -> None:
    """Format bars, or ranges: bars that stand on invisible ones, their labels on further invisible ones."""
    plot, series = native.plots[0], _list_series(native)
    plot.gap_width = _choose_gap(chart, 1 if chart.kind == "range" else len(chart.series))
    for one in plot.series:
        one.invert_if_negative = False
    if chart.kind == "range":
        columns = range_columns(chart)
        for one, column in zip(series, columns, strict=True):
            if column.seen:
                _fill_bars(one, chart, font.inks, 0)
            else:
                set_look(one, NO_FILL_AND_OUTLINE)
        font.set_labels(series[-1], chart.series[1].labels, ["inBase"] * len(chart.heads))
        least, most = range_ends(chart)
        most += columns[-1].values[0] or 0.0
    else:
        for number, one in enumerate(series):
            labels = list_bar_labels(chart.series[number], len(chart.series) > 1)
            _fill_bars(one, chart, font.inks, number)
            font.set_labels(one, labels, ["outEnd"] * len(labels))
        least, most = _find_axis_ends(chart)
    heads = native.category_axis  # the first row on top
    heads.reverse_order, heads.major_tick_mark = True, XL_TICK_MARK.NONE
    heads.tick_label_position, heads.tick_labels.offset = XL_TICK_LABEL_POSITION.LOW, 60
    (element,) = native.element.chart.plotArea.catAx_lst
    show_each_head(element)
    set_look(element, font.inks.write_outline("ink", 1))
    font.set_font(element, "ink")
    axis = native.value_axis  # it shows no numbers: each bar has its own
    axis.visible = axis.has_major_gridlines = False
    axis.minimum_scale, axis.maximum_scale = least, most
    left = measure_heads(chart)
    place_plot(native.element.chart, left, 0.01, 0.99 - left, 0.97)


def _format_shares(native: Any, chart: SlideChart, font: ChartLettering) -> None:
    (series,) = _list_series(native)
    for number in range(len(chart.heads)):
        fill = font.inks.write_fill(*choose_slice_fill(chart, number))
        set_point_look(series, number, fill + font.inks.write_outline("hue", 1.5))
    room = (chart.frame.w - chart.frame.h * PIE_HEIGHT) / 2 - 24
    told = [
        f"{fold_label(head, chart.size, room)}\n{label}"
        for head, label in zip(chart.heads, chart.series[0].labels, strict=True)
    ]
    font.set_labels(series, told, ["outEnd"] * len(told))
    width = chart.frame.h * PIE_HEIGHT / chart.frame.w
    place_plot(native.element.chart, (1 - width) / 2, (1 - PIE_HEIGHT) / 2, width, PIE_HEIGHT)


def _format_lines(native: Any, chart: SlideChart, font: ChartLettering, before: str) -> None:
    xs = years_as_read(chart)
    first, last, step = make_year_scale(xs)
    known = [value for one in chart.series for value in one.values if value is not None] or [0.0, 1.0]
    low, top, half = make_value_scale(min(known), max(known))
    width, high = chart.frame.w * 0.9, chart.frame.h * 0.84  # of the plot, about
    series = _list_series(native)
    for number, (one, plotted) in enumerate(zip(chart.series, native.plots[0].series, strict=True)):
        tint = "ink2" if number else "hue"
        _format_line(plotted, series[number], number, font.inks, tint)
        _enlarge_marks(plotted, series[number], chart.emphasis, font.inks, tint)
        texts = list_line_labels(one, len(chart.series) > 1)
        spots = [
            LabelledPoint(
                (x - first) / (last - first) * width,
                ((value or 0.0) - low) / (top - low) * high,
                measure_label(text, chart.size),
            )
            for x, value, text in zip(xs, one.values, texts, strict=True)
        ]
        where = choose_sides(spots, chart.size, width, high)
        lifts = [_compute_lift(spot, side, chart) for spot, side in zip(spots, where, strict=True)]
        font.set_labels(series[number], texts, where, tint, lifts)
    years, measure = native.category_axis, native.value_axis
    for axis, ends, unit in ((years, (first, last), step), (measure, (low, top), half)):
        axis.minimum_scale, axis.maximum_scale = ends
        axis.major_unit, axis.crosses = unit, XL_AXIS_CROSSES.MINIMUM
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        axis.tick_labels.number_format = "General"
    pattern = "0;" + f'"{before}"'.replace("{year}", '"0"').replace('""', "")
    years.tick_labels.number_format = pattern if min(xs) < 0 else "0"
    measure.major_tick_mark = XL_TICK_MARK.NONE
    of_years, of_measure = native.element.chart.plotArea.valAx_lst
    set_look(of_years, font.inks.write_outline("ink", 1))
    set_look(of_measure, font.inks.write_outline(None))
    set_look(of_measure.majorGridlines, font.inks.write_outline("hair", 0.75))
    font.set_font(of_years, "ink", min(AXIS_TEXT_SIZE, font.size))
    font.set_font(of_measure, "ink2", min(AXIS_TEXT_SIZE, font.size))


def _format_line(plotted: Any, series: Any, number: int, inks: ThemeColours, tint: str) -> None:
    """Draw a line and its marks; the first is solid, further ones are dashed."""
    dash = '<a:prstDash val="dash"/>' if number else ""
    set_look(series, f'<a:ln w="38100" cap="sq">{inks.write_fill(tint)}{dash}<a:miter lim="800000"/></a:ln>')
    plotted.marker.style, plotted.marker.size = _MARKERS[number % 4], MARK
    set_look(series.marker, inks.write_fill(tint) + inks.write_outline("white", 1))


def _enlarge_marks(plotted: Any, series: Any, points: Sequence[int], inks: ThemeColours, tint: str) -> None:
    """Draw the marks of some points of a line larger than the others."""
    for number in points:
        mark = plotted.points[number].marker
        mark.style, mark.size = plotted.marker.style, LARGE_MARK
        set_look(
            series.get_or_add_dPt_for_point(number).marker,
            inks.write_fill(tint) + inks.write_outline("white", 1),
        )


def _list_series(native: Any) -> list[Any]:
    """Return the elements of a chart's series."""
    return list(native.element.chart.plotArea.sers)


def _compute_lift(spot: LabelledPoint, side: LabelSide, chart: SlideChart) -> float:
    """Return by how much of the chart's height a label beside its point is raised, clear of the axis."""
    clear = chart.size * 0.75
    return (clear - spot.y) / chart.frame.h if side in "lr" and spot.y < clear else 0.0


def _fill_bars(series: Any, chart: SlideChart, inks: ThemeColours, number: int) -> None:
    """Fill a series' bars: emphasised ones are solid and the rest white, further series patterned."""
    outline, solid = inks.write_outline("hue", 1), inks.write_fill("hue")
    if len(chart.series) > 1 and chart.kind == "bar":
        set_look(series, inks.write_fill(*choose_series_fill(number)) + outline)
        return
    some = (chart.whole or chart).emphasis
    set_look(series, (inks.write_fill("white") if some else solid) + outline)
    for point in chart.emphasis:
        set_point_look(series, point, solid + outline)


def _find_axis_ends(chart: SlideChart) -> tuple[float, float]:
    """Return the ends of an axis that has room for the bars and the labels at their ends, on every slide."""
    room, whole = chart.frame.w * (0.99 - measure_heads(chart)), chart.whole or chart
    labelled = [
        (value, measure_label(label, chart.size) + 10)
        for one in whole.series
        for value, label in zip(one.values, list_bar_labels(one, len(whole.series) > 1), strict=True)
        if value is not None
    ]
    if all(value >= 0 for value, _ in labelled):
        reaches = [value * room / max(room - wide, room * 0.2) for value, wide in labelled]
        return 0.0, max(reaches, default=1.0) or 1.0
    points, zero = fit_spans([make_span_from_zero(value, wide) for value, wide in labelled], room)
    return -zero / points, max((room - zero) / points, 0.0)


def _choose_gap(chart: SlideChart, bars: int) -> int:
    """Return the gap between rows, in per cent of a bar, at which bars are not too thick."""
    band = chart.frame.h * 0.97 / max(1, len(chart.heads))
    return max(45, min(500, round((band / THICKEST_BAR - bars) * 100)))
