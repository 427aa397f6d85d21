"""The key of numbered events at the poster's foot: number, date and label, run on from line to line."""

from collections.abc import Iterator, Sequence

from builders.poster.content import PosterContent
from builders.poster.label_text import measure_width
from builders.poster.lanes import PlacedEvent
from builders.poster.shapes import PosterMark, PosterWords
from builders.poster.style import PosterColours
from builders.timeline import UM_PER_POINT

KeyLine = tuple[PlacedEvent, ...]


def measure_key_leading(size: float) -> int:
    """Return the distance of the key's baselines, in µm."""
    return round(size * 1.25 * UM_PER_POINT)


def measure_key_depth(items: Sequence[PlacedEvent], course: PosterContent, size: float, room: int) -> int:
    """Return the height of the key, in µm."""
    return len(break_key(items, course, size, room)) * measure_key_leading(size)


def break_key(items: Sequence[PlacedEvent], course: PosterContent, size: float, room: int) -> list[KeyLine]:
    """Return the items line by line; the first line begins with the key's title."""
    lines: list[list[PlacedEvent]] = []
    used = 0
    for item in items:
        wide = _measure_item(item, size, len(str(len(items))))
        if not lines:
            lines.append([])
            used = _measure_title(course, size)
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0
        lines[-1].append(item)
        used += wide + _measure_gap(size)
    return [tuple(line) for line in lines]


def _measure_title(course: PosterContent, size: float) -> int:
    return measure_width(course.locale.words["poster"]["key"], "black", size) + 2 * _measure_gap(size)


def _measure_gap(size: float) -> int:
    return round(size * 1.1 * UM_PER_POINT)


def _list_parts(item: PlacedEvent, digits: int) -> tuple[tuple[str, str], ...]:
    number = str(item.number) if item.number else "0" * digits
    return (number, "bold"), (item.entry.day, "semibold"), (item.entry.label, "regular")


def _measure_item(item: PlacedEvent, size: float, digits: int) -> int:
    parts = _list_parts(item, digits)
    return sum(measure_width(text, weight, size) for text, weight in parts) + 2 * measure_width(
        "  ", "regular", size
    )


def draw_key(
    items: Sequence[PlacedEvent],
    course: PosterContent,
    left: int,
    top: int,
    room: int,
    size: float,
    inks: PosterColours,
) -> Iterator[PosterMark]:
    """Draw the key from `top` down."""
    y = top
    for n, line in enumerate(break_key(items, course, size, room)):
        y += measure_key_leading(size)
        x = left
        if n == 0:
            yield PosterWords(
                x, y, course.locale.words["poster"]["key"], "black", size, inks.red, owner="key"
            )
            x += _measure_title(course, size)
        for item in line:
            hue = inks.get_hue(item.entry.section)
            for (text, weight), colour in zip(_list_parts(item, 0), (inks.ink, hue, inks.ink), strict=True):
                yield PosterWords(x, y, text, weight, size, colour, owner=f"event:{item.entry.key}")
                x += measure_width(text, weight, size) + measure_width(
                    "  " if weight != "regular" else "", "regular", size
                )
            x += _measure_gap(size)
