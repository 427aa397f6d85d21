"""Where a word may be broken at a line's end."""

import re
from functools import cache, lru_cache

import pyphen

from builders.fonts import SOFT_HYPHEN

_LETTERS = re.compile(r"[^\W\d_]{5,}")
_DASHES = re.compile(r"(?<=\w)[-\u2010\u2013\u2014/]+(?=\w)")

Break = tuple[int, str]  # position in the word; the hyphen that is put there, or ''


@cache
def _dictionary(lang: str) -> pyphen.Pyphen | None:
    found = pyphen.language_fallback(lang.replace("-", "_"))
    if found is None:
        return None
    return pyphen.Pyphen(lang=found, left=3, right=3)


@lru_cache(maxsize=65536)
def breaks(word: str, lang: str | None) -> tuple[Break, ...]:
    """Return where `word` may be broken: at its soft hyphens if it has any, else after dashes and by the
    hyphenation of `lang` (BCP 47; None: dashes alone). Words in capitals are left whole.
    """
    if SOFT_HYPHEN in word:
        return tuple((m.start(), SOFT_HYPHEN) for m in re.finditer(SOFT_HYPHEN, word))
    found = [(m.end(), "") for m in _DASHES.finditer(word)]
    dictionary = _dictionary(lang) if lang and not word.isupper() else None
    if dictionary:
        for match in _LETTERS.finditer(word):
            positions = dictionary.positions(match.group())
            found += [(match.start() + position, SOFT_HYPHEN) for position in positions]
    return tuple(sorted(found))
