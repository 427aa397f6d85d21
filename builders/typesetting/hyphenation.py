"""Where a word may be broken at a line's end: at its soft hyphens, after its dashes, else as Pyphen says.

Where that leaves a piece that is wider than the line, between any two of its letters.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, partial

import pyphen

from builders.typesetting.glyph_clusters import SOFT_HYPHEN

_LETTERS = re.compile(r"[^\W\d_]{5,}")
_DASHES = re.compile(r"(?<=\w)[-\u2010\u2013\u2014/]+(?=\w)")
LEAST = 3  # letters that stay together before and after a break

Break = tuple[int, str]  # position in the word; the hyphen that is put there, or ''


def breaks(word: str, lang: str | None) -> tuple[Break, ...]:
    """Return where `word` may be broken: at its soft hyphens if it has any, else after dashes and by the
    hyphenation of `lang` (BCP 47; None: dashes alone). Words in capitals are left whole.
    """
    if SOFT_HYPHEN in word:
        return tuple((match.start(), SOFT_HYPHEN) for match in re.finditer(SOFT_HYPHEN, word))
    found = [(match.end(), "") for match in _DASHES.finditer(word)]
    patterns = _patterns(lang) if lang and not word.isupper() else None
    if patterns:
        for match in _LETTERS.finditer(word):
            letters = match[0]
            if len(letters.lower()) == len(letters):  # not İ, whose small letter is two: Pyphen counts those
                found += [
                    (match.start() + position, SOFT_HYPHEN)
                    for position in patterns.positions(letters)
                    if not position.data  # else the break changes the spelling
                ]
    return tuple(sorted(found))


def part_wide_pieces(
    word: str, found: Sequence[Break], measure: Callable[..., float], width: float
) -> list[Break]:
    """Return the breaks `found` of a word, and between letters as many more as make each piece fit `width`.

    `measure` gives the width of a piece from its `start`, its `end` and its `hyphen`.
    """
    out: list[Break] = []
    start = 0
    for position, hyphen in (*found, (len(word), "")):
        while measure(start, position, hyphen) > width:
            ends = range(start + 1, position)
            reach = partial(measure, start, hyphen=SOFT_HYPHEN)
            end = start + max(bisect_right(ends, width, key=reach), 1)
            while end < position and unicodedata.category(word[end])[0] == "M":  # a letter keeps its marks
                end += 1
            if end >= position:
                break
            out.append((end, SOFT_HYPHEN if word[end - 1].isalpha() and word[end].isalpha() else ""))
            start = end
        if position < len(word):
            out.append((position, hyphen))
        start = position
    return out


@cache
def _patterns(lang: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(lang)
    return pyphen.Pyphen(lang=name, left=LEAST, right=LEAST) if name else None
