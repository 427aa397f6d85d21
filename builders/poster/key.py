"""The key of numbered events at the poster's foot: number, date and label, run on from line to line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.poster.content import PosterContent
from builders.poster.label_text import measure_pieces, measure_width, split_lines, split_long_words, wrap_text
from builders.poster.lanes import PlacedEvent
from builders.poster.shapes import PosterMark, PosterWords
from builders.poster.style import PosterColours
from builders.timeline import UM_PER_POINT

_EMPHASIZED_SHARE = 0.8  # of a line: where words are in bold or italics, which are wider


@dataclass(frozen=True, slots=True)
class KeyText:
    """A text of the key in its place: the line's number, and how far from the key's left it begins (µm)."""

    item: PlacedEvent
    line: int
    left: int
    text: str
    weight: str


def measure_key_leading(size: float) -> int:
    """Return the distance of the key's baselines, in µm."""
    return round(size * 1.25 * UM_PER_POINT)


def measure_key_depth(items: Sequence[PlacedEvent], course: PosterContent, size: float, room: int) -> int:
    """Return the height of the key, in µm."""
    texts = break_key(items, course, size, room)
    return (texts[-1].line + 1) * measure_key_leading(size) if texts else 0


def break_key(items: Sequence[PlacedEvent], course: PosterContent, size: float, room: int) -> list[KeyText]:
    """Return the items' texts in lines; the first line begins with the key's title.

    An item that is wider than the key has lines of its own, its label's under one another.
    """
    texts: list[KeyText] = []
    line, used, space = 0, _measure_title(course, size), measure_width("  ", "regular", size)
    for item in items:
        number = str(item.number) if item.number else "0" * len(str(len(items)))
        parts = ((number, "bold"), (item.entry.day, "semibold"))
        head = sum(measure_width(text, weight, size) + space for text, weight in parts)
        labels = split_lines(item.entry, [item.entry.label], "regular", size)
        wide = head + measure_pieces(labels[0], size)
        if wide > room:
            inside = round((room - head) * (_EMPHASIZED_SHARE if item.entry.emphasis else 1))
            words = split_long_words(item.entry.label, inside, "regular", size)
            lines = wrap_text(words, inside, "regular", size)
            labels = split_lines(item.entry, lines, "regular", size)
        if used and used + wide > room:
            line, used = line + 1, 0
        for text, weight in parts:
            texts.append(KeyText(item, line, used, text, weight))
            used += measure_width(text, weight, size) + space
        texts += [
            KeyText(item, line + i, used + piece.left, piece.text, piece.weight)
            for i, pieces in enumerate(labels)
            for piece in pieces
        ]
        line += len(labels) - 1
        used += wide - head + _measure_gap(size)
    return texts


def _measure_title(course: PosterContent, size: float) -> int:
    return measure_width(course.locale.words["poster"]["key"], "black", size) + 2 * _measure_gap(size)


def _measure_gap(size: float) -> int:
    return round(size * 1.1 * UM_PER_POINT)


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
    leading, title = measure_key_leading(size), course.locale.words["poster"]["key"]
    yield PosterWords(left, top + leading, title, "black", size, inks.red, owner="key")
    for one in break_key(items, course, size, room):
        colour = inks.get_hue(one.item.entry.section) if one.weight == "semibold" else inks.ink
        x, y = left + one.left, top + (one.line + 1) * leading
        yield PosterWords(x, y, one.text, one.weight, size, colour, owner=f"event:{one.item.entry.key}")
