"""Where lines end: text broken as PowerPoint and LibreOffice break it, counted so that neither needs more
lines.

Both programs fill lines greedily and let spaces hang over the edge. They differ in where else they break
(after a hyphen, a dash, a slash) and in hinting and kerning. So a break is counted at spaces alone, and every
advance 4 % wider than it is: greedy filling with fewer places to break and wider words never needs fewer
lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from builders.deck import metrics
from builders.deck.slides import Paragraph, Run

SAFETY = 1.04
HANG = 24.5  # pt: the indent of bullets (0.34 inch)
_SPACES = re.compile(r"([ \t\n\u2000-\u2006\u2008-\u200a]+)")
_AFTER_HYPHEN = re.compile(r"(?<=[-\u2010\u2013\u2014/])")


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end` of a paragraph; `tall` if another face shows some of them."""

    start: int
    end: int
    tall: bool = False


@dataclass(slots=True)
class _Stretch:
    """The words between two forced breaks: where each begins and ends, in 1/2048 em and in characters.

    With running sums a line is found by halving, not by adding up its words.
    """

    x: int  # where the stretch begins
    at: int
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Measured:
    """Runs, measured once for all the sizes and measures that are tried."""

    runs: tuple[Run, ...]
    bold: bool
    stretches: tuple[_Stretch, ...]
    foreign: tuple[int, ...]  # characters that the face lacks

    def tall(self, start: int, end: int) -> bool:
        """Tell whether another face shows some of the characters."""
        return any(start <= at < end for at in self.foreign)


def broken(paragraph: Paragraph, size: float, measure: float, bold: bool = False) -> list[Line]:
    """Return the lines of a paragraph set at `size` points in a measure of `measure` points.

    `bold` is the box's own weight. An empty paragraph has one empty line.
    """
    measured = _measured(paragraph.runs, bold)
    return list(_filled(measured, measure_units(paragraph, size, measure)))


def height(
    paragraphs: Sequence[Paragraph], size: float, measure: float, bold: bool = False, leading: float = 1.0
) -> float:
    """Return the height in points of paragraphs set one under another, without the space after the last."""
    total = gap = 0.0
    for paragraph in paragraphs:
        own = paragraph.points(size)
        total += gap + own * leading * _line_ems(paragraph, own, measure, bold)
        gap = paragraph.after * own
    return total


def last_width(paragraph: Paragraph, size: float, measure: float, bold: bool = False) -> float | None:
    """Return the width in points of a paragraph's last line, safety included; None if it has but one."""
    measured, units = _measured(paragraph.runs, bold), measure_units(paragraph, size, measure)
    only = measured.stretches[0]
    if len(measured.stretches) == 1 and (not only.ends or only.ends[-1] - only.x <= units):
        return None
    last = list(_filled(measured, units))[-1]
    return _width(measured, last.start, last.end) * SAFETY * size / metrics.UNITS


def indent(paragraph: Paragraph) -> float:
    """Return the hanging indent of a paragraph in points."""
    if paragraph.tab is not None:
        return paragraph.tab
    return HANG if paragraph.bullet else 0.0


def measure_units(paragraph: Paragraph, size: float, measure: float) -> float:
    """Return how much of the face's units a line of the paragraph holds, safety taken off."""
    return max(measure - indent(paragraph), size) * metrics.UNITS / (size * SAFETY)


def natural_width(paragraph: Paragraph, size: float, bold: bool = False) -> float:
    """Return the width in points of the paragraph on one line, safety included."""
    units = sum(metrics.face(run.bold or bold, run.italic).width(run.text) for run in paragraph.runs)
    return units * SAFETY * size / metrics.UNITS


def widest_word(paragraph: Paragraph, size: float, bold: bool = False) -> float:
    """Return the width in points of the paragraph's widest word, safety included."""
    stretches = _measured(paragraph.runs, bold).stretches
    widths = [end - start for one in stretches for start, end in zip(one.starts, one.ends, strict=True)]
    return max(widths, default=0) * SAFETY * size / metrics.UNITS


def strange_characters(runs: Sequence[Run]) -> frozenset[str]:
    """Return the characters that the deck's face lacks."""
    regular = metrics.face()
    return frozenset().union(*(regular.lacks(run.text) for run in runs))


def _line_ems(paragraph: Paragraph, size: float, measure: float, bold: bool) -> float:
    measured = _measured(paragraph.runs, bold)
    units = measure_units(paragraph, size, measure)
    if not measured.foreign:
        (only, *more) = measured.stretches
        if not more and (not only.ends or only.ends[-1] - only.x <= units):
            return metrics.LINE
        return metrics.LINE * sum(1 for _ in _filled(measured, units))
    return sum(metrics.FALLBACK_LINE if line.tall else metrics.LINE for line in _filled(measured, units))


def _filled(measured: _Measured, measure: float) -> Iterator[Line]:
    """Fill lines greedily; a word that is wider than the measure starts on a new line and is cut within."""
    foreign = measured.foreign
    for stretch in measured.stretches:
        ends, count = stretch.ends, len(stretch.ends)
        if not count:
            yield Line(stretch.at, stretch.at)
        x, start, word = stretch.x, stretch.at, 0
        while word < count:
            after = bisect_right(ends, x + measure, word)
            if after == word:  # wider than a line
                start = stretch.first[word]
                *full, rest = _cut(measured, start, stretch.last[word], measure)
                yield from full
                start, x = rest.start, ends[word] - _width(measured, rest.start, rest.end)
                after = bisect_right(ends, x + measure, word + 1)
            end = stretch.last[after - 1]
            yield Line(start, end, bool(foreign) and measured.tall(start, end))
            word = after
            if word < count:
                x, start = stretch.starts[word], stretch.first[word]


@lru_cache(maxsize=16384)
def _measured(runs: tuple[Run, ...], bold: bool) -> _Measured:
    stretch = _Stretch(0, 0)
    stretches = [stretch]
    foreign: list[int] = []
    x = at = 0
    inside = False  # a word may span runs
    for run in runs:
        face = metrics.face(run.bold or bold, run.italic)
        if not run.text.isascii() and (lacking := face.lacks(run.text)):
            foreign += [at + i for i, character in enumerate(run.text) if character in lacking]
        known = face.known
        for number, part in enumerate(_SPACES.split(run.text)):
            if not part:
                continue
            before, begun = x, at
            x, at = x + (known.get(part) or face.width(part)), at + len(part)
            if number % 2:
                inside = False
                for _ in range(part.count("\n")):
                    stretch = _Stretch(x, at)
                    stretches.append(stretch)
                continue
            if inside:
                stretch.ends[-1], stretch.last[-1] = x, at
            else:
                stretch.starts.append(before)
                stretch.first.append(begun)
                stretch.ends.append(x)
                stretch.last.append(at)
            inside = True
    return _Measured(runs, bold, tuple(stretches), tuple(foreign))


def _pieces(measured: _Measured, start: int, end: int) -> Iterator[tuple[str, metrics.Face]]:
    """Return what stands between two characters, run by run, with its face."""
    at = 0
    for run in measured.runs:
        if part := run.text[max(start - at, 0) : max(end - at, 0)]:
            yield part, metrics.face(run.bold or measured.bold, run.italic)
        at += len(run.text)


def _width(measured: _Measured, start: int, end: int) -> int:
    return sum(face.width(text) for text, face in _pieces(measured, start, end))


def _cut(measured: _Measured, first: int, last: int, measure: float) -> list[Line]:
    """Cut a word that starts a line: after hyphens where that helps, else between characters."""
    lines: list[Line] = []
    start = end = first
    used = 0
    text = "".join(piece for piece, _ in _pieces(measured, first, last))
    for part in _AFTER_HYPHEN.split(text):
        wide = _width(measured, end, end + len(part))
        if used and used + wide > measure:
            lines.append(Line(start, end, measured.tall(start, end)))
            start, used = end, 0
        whole = [end + len(part)] if wide <= measure else range(end + 1, end + len(part) + 1)
        for after in whole:
            more = _width(measured, end, after)
            if used and used + more > measure:
                lines.append(Line(start, end, measured.tall(start, end)))
                start, used = end, 0
            end, used = after, used + more
    return [*lines, Line(start, end, measured.tall(start, end))]
