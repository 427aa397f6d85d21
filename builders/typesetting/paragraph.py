"""A paragraph: runs of text set to a measure in a style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from sys import intern
from typing import Literal, cast

from builders.typesetting.fonts import NO_BREAK_SPACE, Face, Memo
from builders.typesetting.glyph_clusters import SOFT_HYPHEN
from builders.typesetting.hyphenation import breaks
from builders.typesetting.line_breaking import (
    Cut,
    Line,
    Measure,
    break_lines,
    whole_word_cuts,
)

Align = Literal["left", "justify", "right", "center"]
PAGE_DIGITS = "000"  # room that a reference keeps for a page number that is not known yet
BLANK_WIDTHS = {"open": 1.6, "filled": 1.2}  # of the word that a blank hides or shows


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph's look. Lengths in points; `lang` (BCP 47) hyphenates, None leaves words whole."""

    face: Face
    size: float
    leading: float
    colour: str
    align: Align = "left"
    indent: float = 0  # of the first line
    lang: str | None = None

    @property
    def drop(self) -> float:
        """How far below the line's top its baseline is: half the leading and a bit of the size."""
        return self.leading / 2 + 0.35 * self.size


@lru_cache(maxsize=1024)
def varied(style: Style, **changes: object) -> Style:
    """Return a style with some of it changed."""
    return replace(style, **changes)  # type: ignore[arg-type]


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


class Paragraph:
    """Text set in lines. Of one run in the style's own face, `words` are strings; else tuples of bits.

    `glue[k]` is the run that the space after word k belongs to.
    """

    __slots__ = (
        "glue", "has_bound", "has_links", "indent", "lines", "measure", "style", "widths", "words",
    )  # fmt: skip

    words: Sequence[str] | Sequence[Word]

    def __init__(self, text: str | Sequence[Run], style: Style, width: float) -> None:
        self.style = style
        self.glue: list[Run] | None = None
        self.has_links = False
        if isinstance(text, str):
            self.has_bound = NO_BREAK_SPACE in text
            self.words = list(map(intern, text.split(" ")))  # each once: a course repeats them
            self.widths: list[float] = list(map(style.face.widths.__getitem__, self.words))
        else:
            self.words, self.glue = _split(text)
            self.has_bound = any(NO_BREAK_SPACE in run.text for run in text)
            self.has_links = any(run.link for run in text)
            self.widths = [_width(word) for word in self.words]
        self.indent = style.indent
        if style.indent and self.widths:
            self.widths[0] += style.indent * 1000 / style.size
        self._break(width)

    def _break(self, width: float) -> None:
        style = self.style
        self.measure = width
        measure = Measure(width * 1000 / style.size, style.face.space, style.align == "justify")
        parted = style.lang or max(self.widths, default=0) > measure.width  # an address too long for a line
        self.lines: list[Line] = break_lines(self.widths, measure, self._cuts if parted else None)

    def set_to(self, width: float) -> "Paragraph":
        """Return the same text set to another measure."""
        other = Paragraph.__new__(Paragraph)
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        other._break(width)
        return other

    @property
    def height(self) -> float:
        """The height of all lines in points."""
        return len(self.lines) * self.style.leading

    @property
    def widest(self) -> float:
        """The width of the widest line in points."""
        return max((self.line_width(line) for line in self.lines), default=0.0)

    @property
    def longest(self) -> float:
        """The width of the longest word in points."""
        return max(self.widths, default=0.0) * self.style.size / 1000

    def line_width(self, line: Line) -> float:
        """Return a line's natural width in points, the indent included."""
        units = sum(self.part_widths(line)) + self.style.face.space * (line.last - line.first)
        return units * self.style.size / 1000

    def part_widths(self, line: Line) -> list[float]:
        """Return the widths of a line's words as far as they stand on it."""
        widths = self.widths[line.first : line.last + 1]
        if line.start or line.end is not None:
            for k, word in enumerate(cast(Sequence[str | Word], self.part(line))):
                if (k == 0 and line.start) or (k == len(widths) - 1 and line.end is not None):
                    own = self._own_width(word)
                    indent = self.indent if k == 0 and not line.first and not line.start else 0
                    widths[k] = own + indent * 1000 / self.style.size
        return widths

    def _own_width(self, word: str | Word) -> float:
        return self.style.face.widths[word] if isinstance(word, str) else sum([bit[2] for bit in word])

    def part(self, line: Line) -> list[str] | list[Word]:
        """Return a line's words, the first and last as far as they stand on it, hyphen included."""
        words = cast(list[str | Word], self.words[line.first : line.last + 1])
        if line.end is not None:
            words[-1] = _slice(words[-1], 0, line.end, line.hyphen)
        if line.start:
            words[0] = _slice(words[0], line.start, None, "")
        return words  # type: ignore[return-value]

    def ends_hyphenated(self, count: int) -> bool:
        """Return whether the line before line `count` ends within a word."""
        return 0 < count <= len(self.lines) and self.lines[count - 1].end is not None

    def _cuts(self, index: int) -> Sequence[Cut]:
        word = self.words[index]
        if isinstance(word, str):
            cuts: Sequence[Cut] = _face_cuts(self.style.face, self.style.lang)[word]
        else:
            cuts = _mixed_cuts(word, self.style.lang)
        if 0 < index < len(self.words) - 1:
            return cuts
        extra = 0 if index else self.indent * 1000 / self.style.size
        if index == len(self.words) - 1 and self.widths[index] * self.style.size <= self.measure * 1000:
            if self.style.align != "justify":
                return ()  # a ragged last line begins with a whole word
            length = len(word) if isinstance(word, str) else sum(len(bit[1]) for bit in word)
            cuts = [cut for cut in cuts if length - cut[0] >= 5]
        return [(p, h, before + extra, gone + extra) for p, h, before, gone in cuts] if extra else cuts


def _split(runs: Sequence[Run]) -> tuple[list[Word], list[Run]]:
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


def _mixed_cuts(word: Word, lang: str | None) -> list[Cut]:
    if len(word) == 1 and not word[0][0].page_of and not word[0][0].blank:
        run, text, _ = word[0]
        cuts = _face_cuts(run.face, run.lang or lang)[text]
        return cuts if run.scale == 1 else [(p, h, b * run.scale, g * run.scale) for p, h, b, g in cuts]
    if any(run.page_of or run.blank for run, _, _ in word):
        return []
    full = sum(bit[2] for bit in word)
    text = "".join(bit[1] for bit in word)
    return [
        (p, h, _width(_slice(word, 0, p, h)), full - _width(_slice(word, p, None, "")))
        for p, h in breaks(text, word[0][0].lang or lang)
    ]


def _width(word: "str | Word") -> float:
    assert not isinstance(word, str)
    return sum([bit[2] for bit in word])


def _slice(word: "str | Word", start: int, end: int | None, hyphen: str) -> "str | Word":
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


def set_ragged(text: str | Sequence[Run], style: Style, width: float) -> Paragraph:
    """Set a text ragged right without breaking words: headings, labels, table cells."""
    return Paragraph(text, varied(style, align="left", lang=None), width)


def set_balanced(text: str | Sequence[Run], style: Style, width: float) -> Paragraph:
    """Set a title: as few lines as the width allows, as even as they can be, no word broken."""
    widest = set_ragged(text, style, width)
    if len(widest.lines) < 2:
        return widest
    best, low, high = widest, width / 2, width
    for _ in range(7):
        middle = (low + high) / 2
        tried = widest.set_to(middle)
        if len(tried.lines) <= len(widest.lines) and tried.widest <= middle + 0.01:
            best, high = tried, middle
        else:
            low = middle
    return best


def bound_spaces(words: Sequence[str] | Sequence[Word]) -> int:
    """Return how many no-break spaces stand in words; PDF stretches them as it does spaces."""
    return sum(
        word.count(NO_BREAK_SPACE) if isinstance(word, str) else sum(b[1].count(NO_BREAK_SPACE) for b in word)
        for word in words
    )


__all__ = [
    "SOFT_HYPHEN",
    "Align",
    "Paragraph",
    "Run",
    "Style",
    "bound_spaces",
    "set_balanced",
    "set_ragged",
    "varied",
]
