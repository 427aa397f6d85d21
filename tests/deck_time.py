"""Time as it is drawn on slides: an axis by its printed dates, and how the sections look."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from tests.deck_reading import Fill, Shape
from tests.outline_facts import count_days, read_facts

NEAR = 0.8  # pt: the file counts whole EMU, the eye does not see less
# of the shipped theme: hue and pattern of the sections, in their order
LOOKS = [("8A671A", "dots"), ("16305F", "solid"), ("2B6A38", "diagonal"), ("632A5A", "vertical")]
PRESETS = {  # names of patterns in ECMA-376, 20.1.10.33, that look like the theme's
    "dots": {"pct5", "pct10", "pct20", "pct25", "dotGrid", "dotDmnd"},
    "diagonal": {"upDiag", "ltUpDiag", "dkUpDiag", "wdUpDiag"},
    "vertical": {"vert", "ltVert", "dkVert", "narVert"},
}
MONTHS = {
    "en": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
}


@dataclass(frozen=True)
class Axis:
    """A scale that three or more printed dates give: days to points."""

    line: Shape
    zero: float
    day: float  # points a day

    def at(self, day: float) -> float:
        return self.zero + day * self.day

    def date(self, x: float) -> float:
        return (x - self.zero) / self.day


def fit_scale(line: Shape, known: Sequence[tuple[int, float]]) -> Axis:
    """Return the scale through the first and the last of known dates; all others must lie on it."""
    assert len(known) >= 3, "three known dates give the scale"
    (first, left), (last, right) = min(known), max(known)
    day = (right - left) / (last - first)
    made = Axis(line, left - first * day, day)
    assert day > 0, "time runs to the right"
    for date, x in known:
        assert x == pytest.approx(made.at(date), abs=NEAR)
    return made


def read_year(label: str) -> int | None:
    """Return the year that a label prints, 1 BC as 0; None if it prints none."""
    found = re.fullmatch(r"(\d+)( BC| a\. C\.)?", label)
    if not found:
        return None
    return 1 - int(found[1]) if found[2] else int(found[1])


def find_upright_lines(shapes: Sequence[Shape]) -> list[Shape]:
    return [shape for shape in shapes if shape.kind == "line" and shape.w < 0.01 < shape.h]


def find_ticks(label: Shape, ticks: list[float], line: Shape) -> list[float]:
    """Return the ticks that a label is centred below, or above it if it was moved off an end of its axis."""
    centred = [tick for tick in ticks if abs(label.middle - tick) < NEAR]
    moved = abs(label.x - line.x) < NEAR or abs(label.right - line.right) < NEAR
    return centred or [tick for tick in ticks if moved and label.x <= tick <= label.right]


def read_axis(shapes: Sequence[Shape], lang: str) -> Axis:
    """Return the axis among shapes: the longest level line, with the scale that its printed dates give."""
    line = max((s for s in shapes if s.kind == "line" and s.h < 0.01), key=lambda s: s.w)
    marks = [mark for mark in find_upright_lines(shapes) if abs(mark.y - line.y) < NEAR]
    ticks = [mark.x for mark in marks if mark.h > 0.9 * max(mark.h for mark in marks)]
    labels = [s for s in shapes if s.kind == "text" and not s.holder and s.y > line.y and s.text]
    known = [
        (count_days(year), tick)
        for label in labels
        if (year := read_year(label.text)) is not None
        for tick in find_ticks(label, ticks, line)
    ]
    months = [(label, label.text[:3].casefold()) for label in labels]
    months = [(label, name) for label, name in months if name in MONTHS[lang]]
    if months:
        (year,) = {year for label in labels if (year := read_year(label.text)) is not None}
        ticks.sort()
        known = []
        for label, name in months:
            left = max(tick for tick in ticks if tick < label.middle)
            right = min(tick for tick in ticks if tick > label.middle)
            assert label.middle == pytest.approx((left + right) / 2, abs=NEAR)
            known.append((count_days(year, MONTHS[lang].index(name) + 1), left))
    return fit_scale(line, known)


def find_events(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, section in enumerate(read_facts(name)["sections"]):
        yield from ((index, event) for event in section["events"])


def check_look(fill: Fill | None, index: int) -> None:
    """Hold a fill against the hue and the pattern of a section."""
    hue, pattern = LOOKS[index]
    assert fill is not None
    assert fill.colour == hue
    if pattern == "solid":
        assert not fill.pattern
    else:
        assert fill.pattern in PRESETS[pattern]
