"""How far what is drawn reaches: the boxes of words that belong together."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from builders.poster.label_text import measure_width
from builders.poster.shapes import PosterMark, PosterWords
from builders.timeline import UM_PER_POINT


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
