"""The key of numbered events at the poster's foot: number, date and label, run on from line to line."""

from collections.abc import Iterator, Sequence

from builders.poster.entries import Course
from builders.poster.inks import Inks
from builders.poster.marks import Mark, Words
from builders.poster.setting import width
from builders.poster.strips import Item
from builders.timeline import POINT

Line = tuple[Item, ...]


def key_leading(size: float) -> int:
    """Return the distance of the key's baselines, in µm."""
    return round(size * 1.25 * POINT)


def key_depth(items: Sequence[Item], course: Course, size: float, room: int) -> int:
    """Return the height of the key, in µm."""
    return len(key_lines(items, course, size, room)) * key_leading(size)


def key_lines(items: Sequence[Item], course: Course, size: float, room: int) -> list[Line]:
    """Return the items line by line; the first line begins with the key's title."""
    lines: list[list[Item]] = []
    used = 0
    for item in items:
        wide = _width(item, size, len(str(len(items))))
        if not lines:
            lines.append([])
            used = _title(course, size)
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0
        lines[-1].append(item)
        used += wide + _gap(size)
    return [tuple(line) for line in lines]


def _title(course: Course, size: float) -> int:
    return width(course.locale.words["poster"]["key"], "black", size) + 2 * _gap(size)


def _gap(size: float) -> int:
    return round(size * 1.1 * POINT)


def _parts(item: Item, digits: int) -> tuple[tuple[str, str], ...]:
    number = str(item.number) if item.number else "0" * digits
    return (number, "bold"), (item.entry.day, "semibold"), (item.entry.label, "regular")


def _width(item: Item, size: float, digits: int) -> int:
    parts = _parts(item, digits)
    return sum(width(text, weight, size) for text, weight in parts) + 2 * width("  ", "regular", size)


def draw(
    items: Sequence[Item], course: Course, left: int, top: int, room: int, size: float, inks: Inks
) -> Iterator[Mark]:
    """Draw the key from `top` down."""
    y = top
    for n, line in enumerate(key_lines(items, course, size, room)):
        y += key_leading(size)
        x = left
        if n == 0:
            yield Words(x, y, course.locale.words["poster"]["key"], "black", size, inks.red, owner="key")
            x += _title(course, size)
        for item in line:
            hue = inks.hue(item.entry.section)
            for (text, weight), colour in zip(_parts(item, 0), (inks.ink, hue, inks.ink), strict=True):
                yield Words(x, y, text, weight, size, colour, owner=f"event:{item.entry.key}")
                x += width(text, weight, size) + width("  " if weight != "regular" else "", "regular", size)
            x += _gap(size)
