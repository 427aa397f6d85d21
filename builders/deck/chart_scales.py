"""How far the axes of charts reach, and the numbers that draw a chart of ranges."""

from collections.abc import Sequence

from builders.deck.slides import Chart

AXIS_SIZE = 16.0  # pt: numbers along an axis


def nice(least: float, most: float) -> tuple[float, float, float]:
    """Return the ends of a value axis and its step: it starts at zero and has lines at its middle and its
    end."""
    low = min(0.0, least)
    span = max(most, -low) * 1.02 or 1.0
    power = 1e-9
    while power * 10 <= span:
        power *= 10
    top = next(power * factor for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * factor >= span)
    return (-top if low < 0 else 0.0), (top if most > 0 else 0.0), top / 2


def years_shown(positions: Sequence[float]) -> tuple[int, int, int]:
    """Return the first and last year of a time axis and the years between its labels (at most eight)."""
    first, last = int(min(positions) // 1), int(-(-max(positions) // 1))
    last = max(last, first + 1)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
    step = next((step for step in steps if (last - first) / step <= 7), steps[-1])
    first = first // step * step if step > 2 else first
    return first, first + -(-(last - first) // step) * step, step


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
