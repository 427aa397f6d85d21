"""The words of runs of text: their widths, and where they may be broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from builders.typesetting.fonts import Face, Memo
from builders.typesetting.hyphenation import Break, breaks, part_wide_pieces
from builders.typesetting.line_breaking import Cut, whole_word_cuts

PAGE_DIGITS = "000"  # room that a reference keeps for a page number that is not known yet
BLANK_WIDTHS = {"open": 1.6, "filled": 1.2}  # of the word that a blank hides or shows


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A stretch of text with one look; `scale` and `rise` are fractions of the style's size.

    `link` leads to '#key' or an address, `lang` is set where it differs from the text's, `tag` wraps the run
    in
    an element, with `page_of`, '{n}' stands for the page number of a place, `blank` is a word to be filled
    in:
    'open' hides it, 'filled' shows it on the line.
    """

    text: str
    face: Face
    colour: str | None = None
    scale: float = 1
    rise: float = 0
    link: str | None = None
    lang: str | None = None
    tag: str | None = None
    page_of: str | None = None
    blank: Literal["", "open", "filled"] = ""

    def width(self, text: str) -> float:
        """Return the width of a part of the run, in thousandths of the style's size."""
        if self.page_of:
            return self.face.width(text.replace("{n}", PAGE_DIGITS)) * self.scale
        if self.blank:
            return self.face.width(text) * BLANK_WIDTHS[self.blank] * self.scale
        return self.face.widths[text] * self.scale


Bit = tuple[Run, str, float]  # part of a word: its run, its text, its width
Word = tuple[Bit, ...]


def split_runs(runs: Sequence[Run]) -> tuple[list[Word], list[Run]]:
    """Return the words of runs and the run of the space after each."""
    words: list[Word] = []
    glue: list[Run] = []
    word: list[Bit] = []
    for run in runs:
        pieces = [run.text] if run.page_of or run.blank else run.text.split(" ")
        if pieces[0]:
            word.append((run, pieces[0], run.width(pieces[0])))
        for piece in pieces[1:]:
            if word:
                words.append(tuple(word))
                glue.append(run)
            word = [(run, piece, run.width(piece))] if piece else []
    if word:
        words.append(tuple(word))
    return words, glue


@cache
def _face_cuts(face: Face, lang: str | None) -> Memo[str, list[Cut]]:
    return Memo(lambda word: whole_word_cuts(breaks(word, lang), face.widths.__getitem__, word))


def list_cuts(word: str | Word, face: Face, lang: str | None) -> Sequence[Cut]:
    """Return where a word may be broken, as `lang` does; a string is set in `face`."""
    return _face_cuts(face, lang)[word] if isinstance(word, str) else _mixed_cuts(word, lang)


def _mixed_cuts(word: Word, lang: str | None) -> list[Cut]:
    if len(word) == 1 and not word[0][0].page_of and not word[0][0].blank:
        run, text, _ = word[0]
        cuts = _face_cuts(run.face, run.lang or lang)[text]
        return cuts if run.scale == 1 else [(p, h, b * run.scale, g * run.scale) for p, h, b, g in cuts]
    if any(run.page_of or run.blank for run, _, _ in word):
        return []
    text = "".join(bit[1] for bit in word)
    return _measure_cuts(word, breaks(text, word[0][0].lang or lang), word[0][0].face)


def _measure_cuts(word: str | Word, found: Sequence[Break], face: Face) -> list[Cut]:
    full = measure_word(word, face)
    parts = [(slice_word(word, 0, p, h), slice_word(word, p, None, "")) for p, h in found]
    widths = [(measure_word(before, face), full - measure_word(after, face)) for before, after in parts]
    return [(p, h, *both) for (p, h), both in zip(found, widths, strict=True)]


def measure_word(word: str | Word, face: Face) -> float:
    """Return the width of a word, or a part of one, in thousandths of the size; strings are set in `face`."""
    return face.widths[word] if isinstance(word, str) else sum([bit[2] for bit in word])


def measure_widest_piece(word: str | Word, face: Face, lang: str | None) -> float:
    """Return the width of the widest piece of a word that may be broken as `lang` says."""
    found = [(position, hyphen) for position, hyphen, _, _ in list_cuts(word, face, lang)]
    starts = (0, *(position for position, _ in found))
    pieces = zip(starts, (*found, (None, "")), strict=True)
    return max(measure_word(slice_word(word, start, *end), face) for start, end in pieces)


def part_wide_word(word: str | Word, cuts: Sequence[Cut], face: Face, width: float) -> Sequence[Cut]:
    """Return a word's cuts, with more between letters where a piece is wider than `width`, in thousandths."""
    if not isinstance(word, str) and any(run.page_of or run.blank for run, _, _ in word):
        return cuts

    def measure(start: int, end: int | None, hyphen: str) -> float:
        return measure_word(slice_word(word, start, end, hyphen), face)

    text = word if isinstance(word, str) else "".join(bit[1] for bit in word)
    found = part_wide_pieces(text, [(position, hyphen) for position, hyphen, _, _ in cuts], measure, width)
    return _measure_cuts(word, found, face)


def slice_word(word: str | Word, start: int, end: int | None, hyphen: str) -> str | Word:
    """Return the part of a word from `start` to `end` (None: its end), and the hyphen behind it."""
    if isinstance(word, str):
        return word[start:end] + hyphen
    out: list[Bit] = []
    at = 0
    for run, text, _ in word:
        piece = text[max(start - at, 0) : None if end is None else max(end - at, 0)]
        if piece:
            out.append((run, piece, run.width(piece)))
        at += len(text)
    if hyphen and out:
        run, piece, _ = out[-1]
        out[-1] = (run, piece + hyphen, run.width(piece + hyphen))
    return tuple(out)
