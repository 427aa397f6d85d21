"""The labels at a chart's bars, slices and points, in the .pptx and in the preview: their texts and widths.

And the side of a line's point that its label takes: where it meets no line, no point and no other label.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builders.deck.line_breaking import break_lines, measure_natural_width
from builders.deck.model import ChartSeries, SlideParagraph, SlideRun

LabelSide = Literal["t", "b", "l", "r"]

SIDE_ORDER: tuple[LabelSide, ...] = ("t", "r", "b", "l")  # best first, where several are free
LABEL_DISTANCE = 8.0  # pt between a point and its label
STEPS_BETWEEN_POINTS = 12  # places along a stretch of line at which it is looked for under a label
LEAST_FOLDED_WIDTH = 60.0  # pt: a label is folded no narrower
_ON_LINE, _ON_LABEL, _OUTSIDE = 3.0, 40.0, 60.0  # what a meeting costs


@dataclass(frozen=True, slots=True)
class LabelledPoint:
    """A point of the chart, in points from the plot's lower left corner, and its label's width."""

    x: float
    y: float
    wide: float


@dataclass(frozen=True, slots=True)
class _LabelRectangle:
    left: float
    bottom: float
    right: float
    top: float

    def contains_point(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.bottom < y < self.top

    def overlaps_with(self, other: "_LabelRectangle") -> bool:
        return (
            self.left < other.right and other.left < self.right
            and self.bottom < other.top and other.bottom < self.top
        )  # fmt: skip


def list_bar_labels(series: ChartSeries, several: bool) -> list[str]:
    """Return the labels of a series of bars; where there are several series, the first label names it."""
    return [
        f"{series.name}: {label}" if several and not i else label for i, label in enumerate(series.labels)
    ]


def list_line_labels(series: ChartSeries, several: bool) -> list[str]:
    """Return the labels of a line's points, "" where the value is unknown; the last names one of several."""
    texts = ["" if value is None else text for value, text in zip(series.values, series.labels, strict=True)]
    return [*texts[:-1], f"{series.name}: {texts[-1]}"] if several else texts


def measure_label(text: str, size: float) -> float:
    """Return the width in points of a label on one line; labels are bold."""
    return measure_natural_width(SlideParagraph((SlideRun(text, bold=True),)), size)


def fold_label(text: str, size: float, room: float, bold: bool = True) -> str:
    """Return a text broken by newlines into lines of at most `room` points (but at least 60)."""
    lines = break_lines(SlideParagraph((SlideRun(text, bold=bold),)), size, max(room, LEAST_FOLDED_WIDTH))
    return "\n".join(text[line.start : line.end] for line in lines)


def choose_sides(spots: Sequence[LabelledPoint], size: float, width: float, high: float) -> list[LabelSide]:
    """Return each label's side, chosen one after another. `width` and `high` are the plot's, in points."""
    path = _sample_line(spots)
    taken: list[_LabelRectangle] = []
    out: list[LabelSide] = []
    for number, spot in enumerate(spots):
        others = [other for i, other in enumerate(spots) if i != number]
        best = min(
            SIDE_ORDER,
            key=lambda side: _compute_cost(
                _make_rectangle(spot, side, size), path, others, taken, width, high
            ),
        )
        taken.append(_make_rectangle(spot, best, size))
        out.append(best)
    return out


def _make_rectangle(spot: LabelledPoint, side: LabelSide, size: float) -> _LabelRectangle:
    x, y, half, tall = spot.x, spot.y, spot.wide / 2, size * 1.2
    if side == "t":
        return _LabelRectangle(x - half, y + LABEL_DISTANCE, x + half, y + LABEL_DISTANCE + tall)
    if side == "b":
        return _LabelRectangle(x - half, y - LABEL_DISTANCE - tall, x + half, y - LABEL_DISTANCE)
    left = x + LABEL_DISTANCE * 1.8 if side == "r" else x - LABEL_DISTANCE * 1.8 - spot.wide
    return _LabelRectangle(left, y - tall / 2, left + spot.wide, y + tall / 2)


def _compute_cost(
    rect: _LabelRectangle,
    path: Sequence[tuple[float, float]],
    others: Sequence[LabelledPoint],
    taken: Sequence[_LabelRectangle],
    width: float,
    high: float,
) -> float:
    cost = _ON_LINE * sum(rect.contains_point(x, y) for x, y in path)
    cost += _ON_LABEL * sum(rect.overlaps_with(other) for other in taken)
    cost += _ON_LABEL * sum(rect.contains_point(other.x, other.y) for other in others)
    cost += _OUTSIDE * (rect.left < 0 or rect.bottom < 0)
    return cost + _OUTSIDE * (rect.right > width + 12 or rect.top > high + 24)


def _sample_line(spots: Sequence[LabelledPoint]) -> list[tuple[float, float]]:
    """Return places along the line."""
    out = []
    for one, other in itertools.pairwise(spots):
        for step in range(STEPS_BETWEEN_POINTS + 1):
            part = step / STEPS_BETWEEN_POINTS
            out.append((one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part))
    return out
