"""Labels set in type: a date, a few words, perhaps a description, in as many widths as are worth trying."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders.fonts import Face, Weight, face
from builders.poster.entries import Entry
from builders.timeline import POINT

WEIGHTS: dict[int, Weight] = {3: "bold", 2: "semibold", 1: "regular"}
SIZES = {3: 17.0, 2: 14.0, 1: 14.0}  # points, at a type scale of 1
DATE = 12.0
DESCRIPTION = 11.0
LEAST = 7.5  # points: nothing is smaller
LEADING = 1.055  # of the size: 17 pt on 6.3 mm
MOST_LINES = 3
MOST_LINES_UPRIGHT = 5  # in a column
NARROWEST = 24_000  # µm at a type scale of 1: of a column
ENOUGH = (0, 28_000, 75_000)  # µm at a type scale of 1: what is worth two lines, and three


def sans(weight: str) -> Face:
    """Return the sans of a weight."""
    return face("sans", weight)  # type: ignore[arg-type]


@lru_cache(maxsize=65536)
def width(text: str, weight: str, size: float) -> int:
    """Return the width of a line of text, in µm, rounded up."""
    return -int(-sans(weight).width(text) * size * POINT // 1000)


@dataclass(frozen=True, slots=True)
class Set:
    """A label set in type; all measures in µm. `number` labels say no more than their number."""

    day: str
    old: str
    lines: tuple[str, ...]
    description: tuple[str, ...]
    width: int
    height: int
    scale: float
    number: bool = False
    stacked: bool = False  # the Julian date stands under the other one


@lru_cache(maxsize=16384)
def label_sets(
    entry: Entry, scale: float, described: bool, year: bool, glyph: int = 0, upright: bool = False
) -> tuple[Set, ...]:
    """Return a label in one to three lines (each as narrow as that allows), shortest first.

    `scale` is that of the type, `glyph` the room that a lane's sign beside the date takes (µm). Upright, for
    a column: up to five lines, and a Julian date stands under the other one.
    """
    size = SIZES[entry.importance] * scale
    weight = WEIGHTS[entry.importance]
    day, old, head = _head(entry, scale, year, upright)
    found: dict[int, Set] = {}
    whole = width(entry.label, weight, size)
    for count in range(1, (MOST_LINES_UPRIGHT if upright else MOST_LINES) + 1):
        lines = balanced(entry.label, count, weight, size)
        if len(lines) != count or (not upright and whole < ENOUGH[count - 1] * scale):
            break
        wide = max(head + glyph, *(width(line, weight, size) for line in lines))
        if upright and count > 2 and wide < NARROWEST * scale:
            break
        if wide not in found:  # as wide as its date: more lines would not make it narrower
            found[wide] = label_set(Set(day, old, lines, (), wide, 0, scale), entry, upright, described)
    kept: list[Set] = []
    for one in sorted(found.values(), key=lambda s: s.height):
        if not kept or one.width < kept[-1].width - round(2000 * scale):
            kept.append(one)
    return tuple(kept)


def _head(entry: Entry, scale: float, year: bool, upright: bool) -> tuple[str, str, int]:
    """Return a label's date, the same in the Julian calendar, and how wide they are."""
    day = entry.day if year else entry.day_alone
    old = f"({entry.old_style})" if entry.old_style else ""
    wide = width(day, "semibold", DATE * scale)
    if old and upright:
        wide = max(wide, width(old, "regular", DATE * scale))
    elif old:
        wide += width(" " + old, "regular", DATE * scale)
    return day, old, wide


def label_set(s: Set, entry: Entry, upright: bool, described: bool, room: int = 0) -> Set:
    """Return a label with its height; `described`, with its description, in a width of at least `room`."""
    description: tuple[str, ...] = ()
    wide = s.width
    if described and entry.description:
        least = room or round((COLUMN_WIDTH if upright else DESCRIPTION_WIDTH) * s.scale)
        wide = max(wide, least)
        description = wrapped(entry.description, wide, "regular", description_size(s.scale))
        wide = max(s.width, *(width(line, "regular", description_size(s.scale)) for line in description))
    stacked = upright and bool(s.old)
    height = date_leading(s.scale) * (2 if stacked else 1) + len(s.lines) * leading(entry.importance, s.scale)
    height += len(description) * description_leading(s.scale)
    return replace(s, description=description, width=wide, height=height, stacked=stacked)


DESCRIPTION_WIDTH = 52_000  # µm, at a type scale of 1
COLUMN_WIDTH = 44_000


def leading(importance: int, scale: float) -> int:
    """Return the distance of a label's baselines, in µm."""
    return round(SIZES[importance] * scale * LEADING * POINT)


def date_leading(scale: float) -> int:
    """Return the height of a label's date, in µm."""
    return round(DATE * scale * 1.04 * POINT)


def description_size(scale: float) -> float:
    """Return the size of descriptions, in points: in the hand too, large enough to be read."""
    return max(LEAST, DESCRIPTION * scale)


def description_leading(scale: float) -> int:
    """Return the distance of a description's baselines, in µm."""
    return round(description_size(scale) * 1.16 * POINT)


def number_set(text: str, scale: float) -> Set:
    """Return the label of an event that is told in the key: its number alone."""
    size = DATE * scale
    return Set(text, "", (), (), width(text, "semibold", size), date_leading(scale), scale, number=True)


def wrapped(text: str, room: int, weight: str, size: float) -> tuple[str, ...]:
    """Break a text into lines no wider than `room` µm; a longer word has a line of its own."""
    return _wrapped(tuple(text.split(" ")), room, weight, size)


def _wrapped(words: Sequence[str], room: int, weight: str, size: float) -> tuple[str, ...]:
    space = width(" ", weight, size)
    lines: list[list[str]] = []
    used = 0
    for word in words:
        wide = width(word, weight, size)
        if lines and used + space + wide <= room:
            lines[-1].append(word)
            used += space + wide
        else:
            lines.append([word])
            used = wide
    return tuple(" ".join(line) for line in lines)


@lru_cache(maxsize=16384)
def balanced(text: str, count: int, weight: str, size: float) -> tuple[str, ...]:
    """Break a text into at most `count` lines whose longest is as short as can be."""
    words = text.split(" ")
    widths = [width(word, weight, size) for word in words]
    space = width(" ", weight, size)
    rooms = sorted(
        {
            sum(widths[i:j]) + space * (j - i - 1)
            for i in range(len(words))
            for j in range(i + 1, len(words) + 1)
        }
    )
    low, high = 0, len(rooms) - 1
    while low < high:
        middle = (low + high) // 2
        if len(_wrapped(words, rooms[middle], weight, size)) <= count and rooms[middle] >= max(widths):
            high = middle
        else:
            low = middle + 1
    return _wrapped(words, rooms[low], weight, size)
