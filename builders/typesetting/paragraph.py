"""A paragraph: runs of text set to a measure in a style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern
from typing import Literal, cast

from builders.typesetting.fonts import NO_BREAK_SPACE, Face
from builders.typesetting.glyph_clusters import SOFT_HYPHEN
from builders.typesetting.line_breaking import (
    Cut,
    Line,
    Measure,
    break_lines,
)
from builders.typesetting.words import (
    Run,
    Word,
    list_cuts,
    measure_widest_piece,
    measure_word,
    part_wide_word,
    slice_word,
    split_runs,
)

Align = Literal["left", "justify", "right", "center"]


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
            self.words, self.glue = split_runs(text)
            self.has_bound = any(NO_BREAK_SPACE in run.text for run in text)
            self.has_links = any(run.link for run in text)
            self.widths = [measure_word(word, style.face) for word in self.words]
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
                    own = measure_word(word, self.style.face)
                    indent = self.indent if k == 0 and not line.first and not line.start else 0
                    widths[k] = own + indent * 1000 / self.style.size
        return widths

    def part(self, line: Line) -> list[str] | list[Word]:
        """Return a line's words, the first and last as far as they stand on it, hyphen included."""
        words = cast(list[str | Word], self.words[line.first : line.last + 1])
        if line.end is not None:
            words[-1] = slice_word(words[-1], 0, line.end, line.hyphen)
        if line.start:
            words[0] = slice_word(words[0], line.start, None, "")
        return words  # type: ignore[return-value]

    def ends_hyphenated(self, count: int) -> bool:
        """Return whether the line before line `count` ends within a word."""
        return 0 < count <= len(self.lines) and self.lines[count - 1].end is not None

    def _cuts(self, index: int) -> Sequence[Cut]:
        word, style = self.words[index], self.style
        cuts = list_cuts(word, style.face, style.lang)
        if self.widths[index] * style.size > self.measure * 1000:
            cuts = part_wide_word(word, cuts, style.face, self.measure * 1000 / style.size)
        if 0 < index < len(self.words) - 1:
            return cuts
        extra = 0 if index else self.indent * 1000 / self.style.size
        if index == len(self.words) - 1 and self.widths[index] * self.style.size <= self.measure * 1000:
            if self.style.align != "justify":
                return ()  # a ragged last line begins with a whole word
            length = len(word) if isinstance(word, str) else sum(len(bit[1]) for bit in word)
            cuts = [cut for cut in cuts if length - cut[0] >= 5]
        return [(p, h, before + extra, gone + extra) for p, h, before, gone in cuts] if extra else cuts

    @property
    def widest_piece(self) -> float:
        """The width in points of the widest piece of a word that hyphenation leaves."""
        pieces = (measure_widest_piece(word, self.style.face, self.style.lang) for word in self.words)
        return max(pieces, default=0.0) * self.style.size / 1000


def set_ragged(text: str | Sequence[Run], style: Style, width: float, lang: str | None = None) -> Paragraph:
    """Set a text ragged right without breaking words: headings, labels, table cells.

    A word that is wider than a line is broken as `lang` (BCP 47) breaks words.
    """
    whole = Paragraph(text, varied(style, align="left", lang=None), width)
    return Paragraph(text, varied(whole.style, lang=lang), width) if whole.longest > width else whole


def set_balanced(text: str | Sequence[Run], style: Style, width: float, lang: str | None = None) -> Paragraph:
    """Set a title: as few lines as the width allows, as even as they can be, words as in `set_ragged`."""
    widest = set_ragged(text, style, width, lang)
    if len(widest.lines) < 2 or widest.longest > width:
        return widest
    best, low, high = widest, width / 2, width
    for _ in range(7):
        middle = (low + high) / 2
        tried = widest.set_to(middle)
        if len(tried.lines) <= len(widest.lines) and max(tried.widest, tried.longest) <= middle + 0.01:
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
