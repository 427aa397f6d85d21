"""The openers' timelines of a finished guide: their axes, marks and scales."""

from typing import Any

from tests.drawn_guides import Leaf
from tests.drawn_time import Scale, day_of, days_of, year_written
from tests.pdf_shapes import Shape

NEAR = 0.2  # points: how exactly a date is drawn
OPENERS = {
    "study": ("cables", "en", "study", False, "a4"),
    "teacher, letter": ("cables", "en", "teacher", False, "letter"),
    "grey": ("cables", "en", "study", True, "a4"),
    "before Christ": ("athens", "es", "study", False, "a4"),
}


def is_main(event: dict[str, str]) -> bool:
    return event.get("importance") == "3"


def reach(section: dict[str, Any]) -> tuple[int, int]:
    """Return the first day of a section and its events, and the day after their last."""
    dates = [section["period"], *(event["date"] for event in section["events"])]
    return min(days_of(date)[0] for date in dates), max(days_of(date)[1] for date in dates)


def scaled(scale: Scale, event: dict[str, str]) -> tuple[float, float]:
    first, end = days_of(event["date"])
    return scale.at(first), scale.at(end)


def upright(shapes: list[Shape]) -> list[Shape]:
    """Return the solid upright lines: axes, the longest first."""
    lines = [s for s in shapes if s.is_upright and not s.dash and s.high > 60]
    return sorted(lines, key=lambda line: -line.high)


def marks_on(shapes: list[Shape], x: float) -> list[tuple[float, bool]]:
    """Return where the marks of an upright axis stand, and whether each is a square, else a disc."""
    out = []
    for shape in shapes:
        if abs(shape.middle[0] - x) < NEAR and abs(shape.wide - shape.high) < 0.1 and shape.wide < 9:
            assert shape.is_circle != shape.is_rectangle
            out.append((shape.middle[1], shape.is_rectangle))
    return sorted(out)


def opener_scale(page: Leaf, shapes: list[Shape], period: tuple[int, int]) -> tuple[Shape, Scale]:
    """Return an opener's axis and its scale, as its labelled ticks give it."""
    axis = upright(shapes)[0]
    known: list[tuple[float, float]] = []
    for shape in shapes:
        if not shape.is_level or min(abs(shape.left - axis.left), abs(shape.right - axis.left)) > NEAR:
            continue
        if shape.stroke != axis.stroke or shape.wide > 9:
            continue
        outer = shape.right if page.recto else shape.left
        for words in page.words:
            year = year_written(words.text)
            gap = words.left - outer if page.recto else outer - words.right
            if year is not None and 0 < gap < 6 and abs(words.baseline - 3.2 - shape.top) < 1:
                known.append((day_of(year), shape.top))
    if len(known) < 3:  # a short axis: it begins and ends with the section's time
        known += [(period[0], axis.top), (period[1], axis.bottom)]
    scale = Scale.through(known, NEAR)
    assert scale.points > 0, "time runs down the page"
    return axis, scale
