"""Where a word may be broken at a line's end: at its soft hyphens, after its dashes, else as Pyphen says."""

import re
from functools import cache

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


@cache
def _patterns(lang: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(lang)
    return pyphen.Pyphen(lang=name, left=LEAST, right=LEAST) if name else None
