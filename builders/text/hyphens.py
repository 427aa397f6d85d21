"""Where a word may be broken at a line's end.

The patterns are Pyphen's; they are matched here, since a long course asks for ten thousand words. The
algorithm is F. M. Liang's, "Word Hy-phen-a-tion by Com-put-er" (1983).
"""

import re
from functools import cache

import pyphen

from builders.fonts import SOFT_HYPHEN

_LETTERS = re.compile(r"[^\W\d_]{5,}")
_DASHES = re.compile(r"(?<=\w)[-\u2010\u2013\u2014/]+(?=\w)")
_REMARKS = ("%", "#", "LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN", "COMPOUNDRIGHTHYPHENMIN")
_CODED = re.compile(r"\^\^([0-9a-f]{2})")
_DIGITS = str.maketrans("", "", "0123456789")
LEAST = 3  # letters before and after a break

Break = tuple[int, str]  # position in the word; the hyphen that is put there, or ''


class _Patterns:
    """One language's patterns by their letters: '.ach' → '.ach4'."""

    def __init__(self, name: str) -> None:
        path = pyphen.LANGUAGES[name]
        with path.open("rb") as file:
            encoding = file.readline().decode().strip()
        encoding = "cp1251" if encoding.lower() == "microsoft-cp1251" else encoding
        self._written: dict[str, str] = {}
        self._longest: dict[str, int] = {}  # pattern by its first two letters
        for row in path.read_text(encoding).split("\n")[1:]:
            pattern = row.strip()
            if not pattern or pattern.startswith(_REMARKS):
                continue
            if "^^" in pattern:
                pattern = _CODED.sub(lambda match: chr(int(match[1], 16)), pattern)
            pattern = pattern.partition("/")[0] if "=" in pattern else pattern
            letters = pattern.translate(_DIGITS)
            if letters != pattern:
                self._written[letters] = pattern
                self._longest[letters[:2]] = max(self._longest.get(letters[:2], 0), len(letters))
        self._weights: dict[str, list[tuple[int, int]]] = {}

    def positions(self, word: str) -> list[int]:
        """Return where letters may be parted, a few at each end kept together."""
        dotted = f".{word.lower()}."
        count = len(dotted)
        weights = [0] * (count + 1)
        written, known = self._written, self._weights
        for start in range(count - 1):
            longest = self._longest.get(dotted[start : start + 2], 1)
            for end in range(start + 1, min(start + longest, count) + 1):
                letters = dotted[start:end]
                if letters in written:
                    for offset, weight in known.get(letters) or self._read(letters):
                        if weight > weights[start + offset]:  # noqa: PLR1730  # max() takes twice as long
                            weights[start + offset] = weight
        return [i for i in range(LEAST, len(word) - LEAST + 1) if weights[i + 1] % 2]

    def _read(self, letters: str) -> list[tuple[int, int]]:
        """Return the weights in a pattern, each with the number of letters before it."""
        found, at = [], 0
        for character in self._written[letters]:
            if character.isdigit():
                found.append((at, int(character)))
            else:
                at += 1
        self._weights[letters] = found
        return found


@cache
def _patterns(lang: str) -> _Patterns | None:
    name = pyphen.language_fallback(lang.replace("-", "_"))
    return _Patterns(name) if name else None


def breaks(word: str, lang: str | None) -> tuple[Break, ...]:
    """Return where `word` may be broken: at its soft hyphens if it has any, else after dashes and by the
    hyphenation of `lang` (BCP 47; None: dashes alone). Words in capitals are left whole.
    """
    if SOFT_HYPHEN in word:
        return tuple((m.start(), SOFT_HYPHEN) for m in re.finditer(SOFT_HYPHEN, word))
    found = [(m.end(), "") for m in _DASHES.finditer(word)]
    patterns = _patterns(lang) if lang and not word.isupper() else None
    if patterns:
        for match in _LETTERS.finditer(word):
            found += [(match.start() + i, SOFT_HYPHEN) for i in patterns.positions(match[0])]
    return tuple(sorted(found))
