"""Words set in type: labels in as many widths as are worth trying, and the boxes that lines of words fill."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from builders.poster.content import PosterEvent
from builders.poster.shapes import PosterMark, PosterWords
from builders.timeline import UM_PER_POINT
from builders.typesetting.fonts import Face, Weight, face

LABEL_WEIGHTS: dict[int, Weight] = {3: "bold", 2: "semibold", 1: "regular"}
LABEL_SIZES = {3: 17.0, 2: 14.0, 1: 14.0}  # points, at a type scale of 1
DATE_SIZE = 12.0
DESCRIPTION_SIZE = 11.0
_BOLDER = {"regular": "bold", "semibold": "bold", "bold": "black"}
_ITALIC = {"regular": "italic", "semibold": "semibold-italic"}  # of all others, the bold italic
LEAST_SIZE = 7.5  # points: nothing is smaller
LABEL_LEADING = 1.055  # of the size: 17 pt on 6.3 mm
MOST_LINES = 3
MOST_LINES_UPRIGHT = 5  # in a column
NARROWEST_COLUMN = 24_000  # µm at a type scale of 1: of a column
LEAST_WIDTHS_OF_LINES = (0, 28_000, 75_000)  # µm at a type scale of 1: what is worth two lines, and three


def get_sans(weight: str) -> Face:
    """Return the sans of a weight."""
    return face("sans", weight)  # type: ignore[arg-type]


@lru_cache(maxsize=65536)
def measure_width(text: str, weight: str, size: float) -> int:
    """Return the width of a line of text, in µm, rounded up."""
    return -int(-get_sans(weight).width(text) * size * UM_PER_POINT // 1000)


@dataclass(frozen=True, slots=True)
class LabelSet:
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
def make_label_sets(
    entry: PosterEvent, scale: float, described: bool, year: bool, glyph: int = 0, upright: bool = False
) -> tuple[LabelSet, ...]:
    """Return a label in one to three lines (each as narrow as that allows), shortest first.

    `scale` is that of the type, `glyph` the room that a lane's sign beside the date takes (µm). Upright, for
    a column: up to five lines, and a Julian date stands under the other one.
    """
    size = LABEL_SIZES[entry.importance] * scale
    weight = LABEL_WEIGHTS[entry.importance]
    day, old, head = _make_date(entry, scale, year, upright)
    found: dict[int, LabelSet] = {}
    whole = measure_width(entry.label, weight, size)
    for count in range(1, (MOST_LINES_UPRIGHT if upright else MOST_LINES) + 1):
        lines = balance_lines(entry.label, count, weight, size)
        if len(lines) != count or (not upright and whole < LEAST_WIDTHS_OF_LINES[count - 1] * scale):
            break
        pieces = split_lines(entry, lines, weight, size)
        wide = max(head + glyph, *(measure_pieces(line, size) for line in pieces))
        if upright and count > 2 and wide < NARROWEST_COLUMN * scale:
            break
        if wide not in found:  # as wide as its date: more lines would not make it narrower
            found[wide] = make_label_set(
                LabelSet(day, old, lines, (), wide, 0, scale), entry, upright, described
            )
    kept: list[LabelSet] = []
    for one in sorted(found.values(), key=lambda s: s.height):
        if not kept or one.width < kept[-1].width - round(2000 * scale):
            kept.append(one)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class LabelPiece:
    """Words of one face, and how far from their line's left they begin (µm)."""

    left: int
    text: str
    weight: str


def split_lines(
    entry: PosterEvent, lines: Sequence[str], weight: str, size: float
) -> list[tuple[LabelPiece, ...]]:
    """Return the lines of an event's label in pieces; `weight` is that of words without emphasis."""
    if not entry.emphasis:
        return [(LabelPiece(0, line, weight),) for line in lines]
    weights = [
        _choose_weight(weight, run.italic, run.strong) for run in entry.emphasis for _ in range(len(run.text))
    ]
    found, at = [], 0
    for line in lines:
        at = entry.label.index(line, at)
        found.append(_set_pieces(line, weights[at : at + len(line)], size))
        at += len(line)
    return found


def _choose_weight(weight: str, italic: bool, strong: bool) -> str:
    if italic:
        return "bold-italic" if strong else _ITALIC.get(weight, "bold-italic")
    return _BOLDER[weight] if strong else weight


def _set_pieces(line: str, weights: Sequence[str], size: float) -> tuple[LabelPiece, ...]:
    pieces, left, at = [], 0, 0
    for weight, same in groupby(weights):
        text = line[at : at + len(list(same))]
        pieces.append(LabelPiece(left, text, weight))
        left += measure_width(text, weight, size)
        at += len(text)
    return tuple(pieces)


def measure_pieces(pieces: Sequence[LabelPiece], size: float) -> int:
    """Return the width of a line, in µm."""
    last = pieces[-1]
    return last.left + measure_width(last.text, last.weight, size)


def _make_date(entry: PosterEvent, scale: float, year: bool, upright: bool) -> tuple[str, str, int]:
    """Return a label's date, the same in the Julian calendar, and how wide they are."""
    day = entry.day if year else entry.day_alone
    old = f"({entry.old_style})" if entry.old_style else ""
    wide = measure_width(day, "semibold", DATE_SIZE * scale)
    if old and upright:
        wide = max(wide, measure_width(old, "regular", DATE_SIZE * scale))
    elif old:
        wide += measure_width(" " + old, "regular", DATE_SIZE * scale)
    return day, old, wide


def make_label_set(
    s: LabelSet, entry: PosterEvent, upright: bool, described: bool, room: int = 0
) -> LabelSet:
    """Return a label with its height; `described`, with its description, in a width of at least `room`."""
    description: tuple[str, ...] = ()
    wide = s.width
    if described and entry.description:
        least = room or round((COLUMN_WIDTH if upright else DESCRIPTION_WIDTH) * s.scale)
        wide = max(wide, least)
        description = wrap_text(entry.description, wide, "regular", choose_description_size(s.scale))
        wide = max(
            s.width,
            *(measure_width(line, "regular", choose_description_size(s.scale)) for line in description),
        )
    stacked = upright and bool(s.old)
    height = measure_date_leading(s.scale) * (2 if stacked else 1) + len(s.lines) * measure_leading(
        entry.importance, s.scale
    )
    height += len(description) * measure_description_leading(s.scale)
    return replace(s, description=description, width=wide, height=height, stacked=stacked)


DESCRIPTION_WIDTH = 52_000  # µm, at a type scale of 1
COLUMN_WIDTH = 44_000


def measure_leading(importance: int, scale: float) -> int:
    """Return the distance of a label's baselines, in µm."""
    return round(LABEL_SIZES[importance] * scale * LABEL_LEADING * UM_PER_POINT)


def measure_date_leading(scale: float) -> int:
    """Return the height of a label's date, in µm."""
    return round(DATE_SIZE * scale * 1.04 * UM_PER_POINT)


def choose_description_size(scale: float) -> float:
    """Return the size of descriptions, in points: in the hand too, large enough to be read."""
    return max(LEAST_SIZE, DESCRIPTION_SIZE * scale)


def measure_description_leading(scale: float) -> int:
    """Return the distance of a description's baselines, in µm."""
    return round(choose_description_size(scale) * 1.16 * UM_PER_POINT)


def make_number_set(text: str, scale: float) -> LabelSet:
    """Return the label of an event that is told in the key: its number alone."""
    size = DATE_SIZE * scale
    return LabelSet(
        text,
        "",
        (),
        (),
        measure_width(text, "semibold", size),
        measure_date_leading(scale),
        scale,
        number=True,
    )


def wrap_text(text: str, room: int, weight: str, size: float) -> tuple[str, ...]:
    """Break a text into lines no wider than `room` µm; a longer word has a line of its own."""
    return _wrap_words(tuple(text.split(" ")), room, weight, size)


def split_long_words(text: str, room: int, weight: str, size: float) -> str:
    """Return a text with a space wherever a word must be parted to be no wider than `room` µm."""
    found = []
    for word in text.split(" "):
        rest = word
        while measure_width(rest, weight, size) > room and (end := _find_parting(rest, room, weight, size)):
            found.append(rest[:end])
            rest = rest[end:]
        found.append(rest)
    return " ".join(found)


def _find_parting(word: str, room: int, weight: str, size: float) -> int:
    """Return how many letters of a word have room: one with its marks at least, or 0 for all of them."""
    ends = [i for i in range(1, len(word)) if not unicodedata.combining(word[i])]
    fitting = bisect_right(ends, room, key=lambda end: measure_width(word[:end], weight, size))
    return ends[max(0, fitting - 1)] if ends else 0


def _wrap_words(words: Sequence[str], room: int, weight: str, size: float) -> tuple[str, ...]:
    space = measure_width(" ", weight, size)
    lines: list[list[str]] = []
    used = 0
    for word in words:
        wide = measure_width(word, weight, size)
        if lines and used + space + wide <= room:
            lines[-1].append(word)
            used += space + wide
        else:
            lines.append([word])
            used = wide
    return tuple(" ".join(line) for line in lines)


@lru_cache(maxsize=16384)
def balance_lines(text: str, count: int, weight: str, size: float) -> tuple[str, ...]:
    """Break a text into at most `count` lines whose longest is as short as can be."""
    words = text.split(" ")
    widths = [measure_width(word, weight, size) for word in words]
    longest, whole = max(widths), sum(widths) + measure_width(" ", weight, size) * (len(words) - 1)
    low = max(longest, whole // count)
    high = min(whole, low + longest)  # of `count` lines as wide as that, all but the last are filled to `low`
    while low < high:
        middle = (low + high) // 2
        if len(_wrap_words(words, middle, weight, size)) <= count:
            high = middle
        else:
            low = middle + 1
    return _wrap_words(words, low, weight, size)


@dataclass(frozen=True, slots=True)
class Extent:
    """A box on the sheet, in µm from its upper left corner, and whose it is."""

    owner: str
    left: int
    top: int
    right: int
    bottom: int


def list_extents(marks: Iterable[PosterMark]) -> tuple[Extent, ...]:
    """Return a box for each run of words with one owner: a label, an era's name, a line of the key."""
    words = [mark for mark in marks if isinstance(mark, PosterWords) and mark.owner]
    return tuple(_enclose_words(owner, list(run)) for owner, run in groupby(words, key=lambda w: w.owner))


def _enclose_words(owner: str, words: list[PosterWords]) -> Extent:
    boxes = [measure_extent(word) for word in words]
    return Extent(
        owner,
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )


def measure_extent(words: PosterWords) -> Extent:
    """Return the box of a line of words: its width, from the ascenders to the descenders."""
    wide = measure_width(words.text, words.weight, words.size) + round(
        words.tracking * len(words.text) * UM_PER_POINT
    )
    left = words.x - {"left": 0, "right": wide, "center": wide // 2}[words.align]
    em = words.size * UM_PER_POINT
    return Extent(words.owner, left, words.y - round(0.75 * em), left + wide, words.y + round(0.25 * em))
