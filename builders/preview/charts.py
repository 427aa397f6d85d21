"""The deck's charts as SVG: the plan's numbers to scale, in the chart's frame, with their labels."""

from collections.abc import Callable, Iterator
from math import cos, pi, sin
from xml.sax.saxutils import escape

from builders.deck.slides import Chart

Ink = Callable[[str | None], str]
_HUES = ("hue", "ink2", "red", "blue", "rule", "ink")


def drawn(chart: Chart, ink: Ink) -> Iterator[str]:
    """Yield the elements of a chart. `ink` gives the colour of a name."""
    draw = {"bar": _bars, "range": _ranges, "share": _shares, "line": _line}[chart.kind]
    yield from draw(chart, ink)


def _values(chart: Chart) -> list[float]:
    return [value for series in chart.series for value in series.values if value is not None]


def _text(x: float, y: float, size: float, text: str, ink: Ink, anchor: str = "start") -> str:
    look = f'font-size="{size:g}" text-anchor="{anchor}" fill="{ink("ink")}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'


def _rows(chart: Chart) -> tuple[float, float, float]:
    """Return a row's pitch, where bars start, and the room for them."""
    pitch = chart.frame.h / max(len(chart.heads), 1)
    left = min(max((len(head) for head in chart.heads), default=0) * chart.size * 0.5, chart.frame.w * 0.45)
    return pitch, chart.frame.x + left + 8, chart.frame.w - left - chart.size * 5


def _bars(chart: Chart, ink: Ink) -> Iterator[str]:
    pitch, start, room = _rows(chart)
    low, high = min([0.0, *_values(chart)]), max([0.0, *_values(chart)]) or 1.0
    bar = pitch * 0.7 / max(len(chart.series), 1)
    for row, head in enumerate(chart.heads):
        top = chart.frame.y + pitch * row + pitch * 0.15
        yield _text(start - 8, top + pitch * 0.35 + chart.size * 0.3, chart.size, head, ink, "end")
        for number, series in enumerate(chart.series):
            value = series.values[row]
            if value is None:
                continue
            x, end = (start + room * (v - low) / (high - low) for v in (min(value, 0.0), max(value, 0.0)))
            solid = len(chart.series) > 1 or not chart.emphasis or row in chart.emphasis
            fill = ink(_HUES[number % len(_HUES)])
            y = top + bar * number
            look = f'fill="{fill}" fill-opacity="{1 if solid else 0.45}"'
            yield f'<rect x="{x:.1f}" y="{y:.1f}" width="{end - x:.1f}" height="{bar * 0.9:.1f}" {look}/>'
            yield _text(end + 6, y + bar / 2 + chart.size * 0.3, chart.size, series.labels[row], ink)


def _ranges(chart: Chart, ink: Ink) -> Iterator[str]:
    pitch, start, room = _rows(chart)
    lows, highs = chart.series[0], chart.series[-1]
    most = max([0.0, *_values(chart)]) or 1.0
    for row, head in enumerate(chart.heads):
        middle = chart.frame.y + pitch * (row + 0.5)
        yield _text(start - 8, middle + chart.size * 0.3, chart.size, head, ink, "end")
        low, high = lows.values[row], highs.values[row]
        if low is None or high is None:
            continue
        x, end = (start + room * max(value, 0.0) / most for value in (low, high))
        thick = min(pitch * 0.5, 24)
        solid = not chart.emphasis or row in chart.emphasis
        look = f'fill="{ink("hue")}" fill-opacity="{1 if solid else 0.45}"'
        place = f'x="{x:.1f}" y="{middle - thick / 2:.1f}" width="{max(end - x, 2):.1f}" height="{thick:.1f}"'
        yield f"<rect {place} {look}/>"
        label = (
            lows.labels[row]
            if lows.labels[row] == highs.labels[row]
            else f"{lows.labels[row]}–{highs.labels[row]}"
        )
        yield _text(end + 6, middle + chart.size * 0.3, chart.size, label, ink)


def _shares(chart: Chart, ink: Ink) -> Iterator[str]:
    series = chart.series[0]
    total = sum(value or 0.0 for value in series.values) or 1.0
    names = [f"{head}: {label}" for head, label in zip(chart.heads, series.labels, strict=False)]
    longest = max((len(name) for name in names), default=0) * chart.size * 0.45
    radius = max(min(chart.frame.w - longest - 50, chart.frame.h) / 2, 40)
    cx, cy = chart.frame.x + radius, chart.frame.y + chart.frame.h / 2
    turn = -pi / 2
    for row, value in enumerate(series.values):
        after = turn + 2 * pi * (value or 0.0) / total
        fill = f'fill="{ink(_HUES[row % len(_HUES)])}" stroke="{ink("white")}" stroke-width="2"'
        if after - turn > 2 * pi - 1e-6:
            yield f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}" {fill}/>'
        else:
            ends = [f"{cx + radius * cos(a):.1f} {cy + radius * sin(a):.1f}" for a in (turn, after)]
            large = int(after - turn > pi)
            arc = f"A{radius:.1f} {radius:.1f} 0 {large} 1 {ends[1]}"
            yield f'<path d="M{cx:.1f} {cy:.1f}L{ends[0]}{arc}Z" {fill}/>'
        turn = after
        x, y = chart.frame.x + radius * 2 + 24, chart.frame.y + (row + 1) * chart.size * 1.5
        yield f'<rect x="{x:.1f}" y="{y - chart.size * 0.7:.1f}" width="12" height="12" {fill}/>'
        yield _text(x + 20, y, chart.size, names[row], ink)


def _line(chart: Chart, ink: Ink) -> Iterator[str]:
    frame, size = chart.frame, chart.size
    positions = chart.positions or tuple(float(i) for i in range(len(chart.heads)))
    values = _values(chart)
    low, high = min([0.0, *values]), max([0.0, *values]) or 1.0
    first, last = min(positions, default=0.0), max(positions, default=1.0)
    foot, left, wide = frame.y + frame.h - size * 1.6, frame.x + size, frame.w - size * 5

    def x(position: float) -> float:
        return left + wide * (position - first) / ((last - first) or 1.0)

    def y(value: float) -> float:
        return foot - (foot - frame.y - size * 1.5) * (value - low) / ((high - low) or 1.0)

    axis = f'x1="{left:.1f}" y1="{foot:.1f}" x2="{left + wide:.1f}" y2="{foot:.1f}"'
    yield f'<line {axis} stroke="{ink("rule")}"/>'
    for row, (head, position) in enumerate(zip(chart.heads, positions, strict=False)):
        if row in (0, len(chart.heads) - 1) or len(chart.heads) <= 8:
            yield _text(x(position), foot + size * 1.2, size, head, ink, "middle")
    for number, series in enumerate(chart.series):
        colour = ink(_HUES[number % len(_HUES)])
        points = [
            (x(p), y(v), i)
            for i, (p, v) in enumerate(zip(positions, series.values, strict=False))
            if v is not None
        ]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py, _ in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"/>'
        for px, py, i in points:
            yield f'<circle cx="{px:.1f}" cy="{py:.1f}" r="4" fill="{colour}"/>'
            if i in chart.emphasis or i in (points[0][2], points[-1][2]):
                yield _text(px, py - 8, size, series.labels[i], ink, "middle")
        if len(chart.series) > 1 and points:
            yield _text(points[-1][0] + 8, points[-1][1] + size * 0.3, size, series.name, ink)
