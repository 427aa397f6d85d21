"""The deck's charts as SVG: the plan's numbers to scale, with the labels, fills and axes of the deck."""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin
from typing import assert_never
from xml.sax.saxutils import escape

from builders.deck.chart_labels import (
    LABEL_DISTANCE,
    LabelledPoint,
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
    ChartFill,
    choose_series_fill,
    choose_slice_fill,
    fit_spans,
    make_span_from_zero,
    make_value_scale,
    make_year_scale,
    measure_heads,
    years_as_read,
)
from builders.deck.colours import SvgColours
from builders.deck.model import (
    ChartSeries,
    SlideChart,
    SlideFrame,
)

LEAST_GAP = 0.45  # of a bar, between rows
LABEL_GAP = 5.0  # pt between a mark and its label
LINE_LEADING = 1.22  # em: from one line of a label to the next
MIDDLE_OF_LINE = 0.34  # em: from a text's middle down to its baseline


class ChartDrawing:
    """Draws one chart."""

    def __init__(self, chart: SlideChart, inks: SvgColours, before: str) -> None:
        """Take the colours, and how a year BC is written: '{year} BC'."""
        self._chart, self._inks, self._before = chart, inks, before

    def draw_parts(self) -> Iterator[str]:
        """Yield the chart's elements."""
        match self._chart.kind:
            case "bar":
                yield from self._draw_bars()
            case "range":
                yield from self._draw_ranges()
            case "share":
                yield from self._draw_shares()
            case "line":
                yield from self._draw_lines()
            case _:
                assert_never(self._chart.kind)

    def _draw_bars(self) -> Iterator[str]:
        chart, whole = self._chart, self._chart.whole or self._chart
        plot, several = _measure_plot(chart), len(chart.series) > 1
        told = [list_bar_labels(one, several) for one in chart.series]
        spans = [
            make_span_from_zero(value, measure_label(label, chart.size) + 2 * LABEL_GAP)
            for one in whole.series
            for value, label in zip(one.values, list_bar_labels(one, several), strict=True)
            if value is not None
        ]
        scale, before = fit_spans(spans, plot.w)
        zero = plot.x + before
        yield from self._draw_heads(plot, zero)
        for row in range(len(chart.heads)):
            for number, one in enumerate(chart.series):
                value = one.values[row]
                if value is None:
                    continue
                bar = _place_bar(chart, plot, row, number, len(chart.series))
                wide = abs(value) * scale
                left = zero - wide if value < 0 else zero
                yield self._draw_bar(SlideFrame(left, bar.y, wide, bar.h), *self._choose_look(row, number))
                anchor, x = ("end", left - LABEL_GAP) if value < 0 else ("start", left + wide + LABEL_GAP)
                yield self._draw_text(x, bar.y + bar.h / 2, told[number][row], anchor)

    def _draw_ranges(self) -> Iterator[str]:
        chart = self._chart
        low, high = (chart.whole or chart).series
        plot = _measure_plot(chart)
        ends = zip(low.values, high.values, high.labels, strict=True)
        spans = [
            (least, greatest, 0.0, measure_label(label, chart.size) + 2 * LABEL_GAP)
            for least, greatest, label in ends
            if least is not None and greatest is not None
        ]
        scale, before = fit_spans(spans, plot.w)
        zero = plot.x + before
        yield from self._draw_heads(plot, zero)
        low, high = chart.series
        for row, (least, greatest) in enumerate(zip(low.values, high.values, strict=True)):
            if least is None or greatest is None:
                continue
            bar = _place_bar(chart, plot, row, 0, 1)
            place = SlideFrame(zero + least * scale, bar.y, (greatest - least) * scale, bar.h)
            yield self._draw_bar(place, *self._choose_look(row, 0))
            yield self._draw_text(place.x + place.w + LABEL_GAP, bar.y + bar.h / 2, high.labels[row])

    def _choose_look(self, row: int, number: int) -> ChartFill:
        """Return a bar's fill: emphasised ones are solid, further series patterned."""
        chart = self._chart
        if len(chart.series) > 1 and chart.kind == "bar":
            return choose_series_fill(number)
        some = (chart.whole or chart).emphasis
        return ("hue", None) if not some or row in chart.emphasis else ("white", None)

    def _draw_heads(self, plot: SlideFrame, axis: float) -> Iterator[str]:
        """Yield the rows' heads, left of the plot, and the axis that the bars stand on."""
        chart = self._chart
        band = plot.h / max(len(chart.heads), 1)
        for row, head in enumerate(chart.heads):
            text = fold_label(head, chart.size, plot.x - chart.frame.x - LABEL_GAP, bold=False)
            yield self._draw_text(plot.x - LABEL_GAP, plot.y + band * (row + 0.5), text, "end", bold=False)
        line = f'x1="{axis:.1f}" y1="{plot.y:.1f}" x2="{axis:.1f}" y2="{plot.y + plot.h:.1f}"'
        yield f'<line {line} stroke="{self._inks("ink")}"/>'

    def _draw_shares(self) -> Iterator[str]:
        chart, one = self._chart, self._chart.series[0]
        frame, radius = chart.frame, chart.frame.h * PIE_HEIGHT / 2
        cx, cy = frame.x + frame.w / 2, frame.y + frame.h / 2
        total = sum(value or 0.0 for value in one.values) or 1.0
        turn = 0.0  # clockwise from the top
        for row, value in enumerate(one.values):
            after = turn + 2 * pi * (value or 0.0) / total
            yield self._draw_slice(cx, cy, radius, turn, after, choose_slice_fill(chart, row))
            middle = (turn + after) / 2
            text = f"{fold_label(chart.heads[row], chart.size, frame.w / 2 - radius - 24)}\n{one.labels[row]}"
            lines = text.split("\n")
            half = max(measure_label(line, chart.size) for line in lines) / 2
            tall = len(lines) * chart.size * LINE_LEADING / 2
            away = radius + LABEL_GAP + abs(sin(middle)) * half + abs(cos(middle)) * tall
            yield self._draw_text(cx + sin(middle) * away, cy - cos(middle) * away, text, "middle")
            turn = after

    def _draw_slice(
        self, cx: float, cy: float, radius: float, turn: float, after: float, look: ChartFill
    ) -> str:
        paint = f'fill="{self._inks.write_fill(*look)}" stroke="{self._inks("hue")}" stroke-width="1.5"'
        if after - turn > 2 * pi - 1e-6:
            return f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}" {paint}/>'
        ends = [f"{cx + radius * sin(a):.1f} {cy - radius * cos(a):.1f}" for a in (turn, after)]
        arc = f"A{radius:.1f} {radius:.1f} 0 {int(after - turn > pi)} 1 {ends[1]}"
        return f'<path d="M{cx:.1f} {cy:.1f}L{ends[0]}{arc}Z" {paint}/>'

    def _draw_lines(self) -> Iterator[str]:
        chart = self._chart
        xs = years_as_read(chart)
        first, last, step = make_year_scale(xs)
        known = [value for one in chart.series for value in one.values if value is not None] or [0.0, 1.0]
        low, top, half = make_value_scale(min(known), max(known))
        axis = min(AXIS_TEXT_SIZE, chart.size)
        ticks = [low + half * n for n in range(round((top - low) / half) + 1)]
        room = max(measure_label(f"{tick:g}", axis) for tick in ticks) + 2 * LABEL_GAP
        frame = chart.frame
        plot = SlideFrame(frame.x + room, frame.y + axis, frame.w - room - axis, frame.h - 3 * axis)

        def x(year: float) -> float:
            return plot.x + (year - first) / (last - first) * plot.w

        def y(value: float) -> float:
            return plot.y + plot.h - (value - low) / (top - low) * plot.h

        for tick in ticks:
            yield self._draw_rule(plot.x, y(tick), plot.x + plot.w, y(tick), "hair")
            yield self._draw_text(plot.x - LABEL_GAP, y(tick), f"{tick:g}", "end", axis, "ink2", bold=False)
        yield self._draw_rule(plot.x, y(low), plot.x + plot.w, y(low), "ink")
        for year in range(first, last + 1, step):
            yield self._draw_rule(x(year), y(low), x(year), y(low) + 4, "ink")
            told = self._before.replace("{year}", str(-year)) if year < 0 else str(year)
            yield self._draw_text(x(year), y(low) + axis, told, "middle", axis, bold=False)
        for number, one in enumerate(chart.series):
            texts = list_line_labels(one, len(chart.series) > 1)
            spots = [
                LabelledPoint(x(year) - plot.x, y(low) - y(value or 0.0), measure_label(text, chart.size))
                for year, value, text in zip(xs, one.values, texts, strict=True)
            ]
            yield from self._draw_series(one, number, texts, spots, plot, y(low))

    def _draw_series(
        self,
        one: ChartSeries,
        number: int,
        texts: Sequence[str],
        spots: Sequence[LabelledPoint],
        plot: SlideFrame,
        foot: float,
    ) -> Iterator[str]:
        tint, size = ("hue" if number == 0 else "ink2"), self._chart.size
        colour = self._inks(tint)
        points = [(plot.x + spot.x, foot - spot.y) for spot in spots]
        for run in _split_at_gaps(one.values):
            path = " ".join(f"{points[i][0]:.1f},{points[i][1]:.1f}" for i in run)
            dash = ' stroke-dasharray="12 9"' if number else ""
            yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"{dash}/>'
        where = choose_sides(spots, size, plot.w, plot.h)
        for row, ((px, py), text, side) in enumerate(zip(points, texts, where, strict=True)):
            if one.values[row] is None:
                continue
            large = row in self._chart.emphasis
            yield _draw_symbol(number, px, py, f'fill="{colour}" stroke="{self._inks("white")}"', large)
            across = {"l": -LABEL_DISTANCE * 1.8, "r": LABEL_DISTANCE * 1.8}.get(side, 0.0)
            up = {"t": LABEL_DISTANCE + size * 0.6, "b": -LABEL_DISTANCE - size * 0.6}.get(side, 0.0)
            anchor = {"l": "end", "r": "start"}.get(side, "middle")
            raised = max(size * 0.75 - (foot - py), 0.0) if across else 0.0  # clear of the axis
            yield self._draw_text(px + across, py - up - raised, text, anchor, tint=tint)

    def _draw_rule(self, x1: float, y1: float, x2: float, y2: float, tint: str) -> str:
        ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        return f'<line {ends} stroke="{self._inks(tint)}"/>'

    def _draw_bar(self, f: SlideFrame, tint: str, pattern: str | None) -> str:
        place = f'x="{f.x:.1f}" y="{f.y:.1f}" width="{f.w:.1f}" height="{f.h:.1f}"'
        return f'<rect {place} fill="{self._inks.write_fill(tint, pattern)}" stroke="{self._inks("hue")}"/>'

    def _draw_text(
        self,
        x: float,
        y: float,
        text: str,
        anchor: str = "start",
        size: float | None = None,
        tint: str = "ink",
        bold: bool = True,
    ) -> str:
        """Return a text, its lines around the height `y`."""
        size = size or self._chart.size
        lines = text.split("\n")
        top = y - (len(lines) - 1) * size * LINE_LEADING / 2 + size * MIDDLE_OF_LINE
        look = f'font-size="{size:g}" text-anchor="{anchor}" fill="{self._inks(tint)}"'
        look += ' font-weight="700"' if bold else ""
        spans = "".join(
            f'<tspan x="{x:.1f}" y="{top + number * size * LINE_LEADING:.1f}">{escape(line)}</tspan>'
            for number, line in enumerate(lines)
        )
        return f"<text {look}>{spans}</text>" if text else ""


def _measure_plot(chart: SlideChart) -> SlideFrame:
    """Return where the bars stand: the rows' heads get what they need."""
    f = chart.frame
    left = measure_heads(chart) * f.w
    return SlideFrame(f.x + left, f.y + f.h * 0.01, f.w * 0.99 - left, f.h * 0.97)


def _place_bar(chart: SlideChart, plot: SlideFrame, row: int, number: int, bars: int) -> SlideFrame:
    """Return the height at which a bar stands, not thicker than it should be."""
    band = plot.h / max(len(chart.heads), 1)
    thick = min(band / (bars + LEAST_GAP), THICKEST_BAR)
    return SlideFrame(plot.x, plot.y + band * (row + 0.5) + thick * (number - bars / 2), 0, thick)


def _split_at_gaps(values: Sequence[float | None]) -> Iterator[list[int]]:
    """Yield the runs of places that have a value: a line has gaps where numbers are unknown."""
    run: list[int] = []
    for place, value in enumerate([*values, None]):
        if value is not None:
            run.append(place)
        elif run:
            yield run
            run = []


def _draw_symbol(number: int, x: float, y: float, look: str, large: bool) -> str:
    """Return a line's mark: square, circle, diamond, triangle."""
    kind, half = number % 4, (LARGE_MARK if large else MARK) / 2
    if kind == 1:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:g}" {look}/>'
    turned = f' transform="rotate(45 {x:.1f} {y:.1f})"' if kind == 2 else ""
    if kind == 3:
        return f'<path d="M{x - half:.1f} {y + half:.1f}H{x + half:.1f}L{x:.1f} {y - half:.1f}Z" {look}/>'
    place = f'x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:g}" height="{2 * half:g}"'
    return f"<rect {place} {look}{turned}/>"
