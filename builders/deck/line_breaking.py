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
from builders.deck.model import SlideParagraph, SlideRun

WIDTH_SAFETY = 1.04
HANGING_INDENT = 24.5  # pt: the indent of bullets (0.34 inch)
_SPACES = re.compile(r"([ \t\n\u2000-\u2006\u2008-\u200a]+)")
_AFTER_HYPHEN = re.compile(r"(?<=[-\u2010\u2013\u2014/])")


@dataclass(frozen=True, slots=True)
class BrokenLine:
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
class _MeasuredRuns:
    """Runs, measured once for all the sizes and measures that are tried."""

    runs: tuple[SlideRun, ...]
    bold: bool
    stretches: tuple[_Stretch, ...]
    foreign: tuple[int, ...]  # characters that the face lacks

    def is_tall(self, start: int, end: int) -> bool:
        """Tell whether another face shows some of the characters."""
        return any(start <= at < end for at in self.foreign)


def break_lines(
    paragraph: SlideParagraph, size: float, measure: float, bold: bool = False
) -> list[BrokenLine]:
    """Return the lines of a paragraph set at `size` points in a measure of `measure` points.

    `bold` is the box's own weight. An empty paragraph has one empty line.
    """
    measured = _measure_runs(paragraph.runs, bold)
    return list(_fill_lines(measured, convert_measure(paragraph, size, measure)))


def measure_height(
    paragraphs: Sequence[SlideParagraph],
    size: float,
    measure: float,
    bold: bool = False,
    leading: float = 1.0,
) -> float:
    """Return the height in points of paragraphs set one under another, without the space after the last."""
    total = gap = 0.0
    for paragraph in paragraphs:
        own = paragraph.compute_size(size)
        total += gap + own * leading * _sum_line_heights(paragraph, own, measure, bold)
        gap = paragraph.after * own
    return total


def measure_last_line(
    paragraph: SlideParagraph, size: float, measure: float, bold: bool = False
) -> float | None:
    """Return the width in points of a paragraph's last line, safety included; None if it has but one."""
    measured, units = _measure_runs(paragraph.runs, bold), convert_measure(paragraph, size, measure)
    only = measured.stretches[0]
    if len(measured.stretches) == 1 and (not only.ends or only.ends[-1] - only.x <= units):
        return None
    last = list(_fill_lines(measured, units))[-1]
    return _measure_width(measured, last.start, last.end) * WIDTH_SAFETY * size / metrics.UNITS_PER_EM


def get_indent(paragraph: SlideParagraph) -> float:
    """Return the hanging indent of a paragraph in points."""
    if paragraph.tab is not None:
        return paragraph.tab
    return HANGING_INDENT if paragraph.bullet else 0.0


def convert_measure(paragraph: SlideParagraph, size: float, measure: float) -> float:
    """Return how much of the face's units a line of the paragraph holds, safety taken off."""
    return max(measure - get_indent(paragraph), size) * metrics.UNITS_PER_EM / (size * WIDTH_SAFETY)


def measure_natural_width(paragraph: SlideParagraph, size: float, bold: bool = False) -> float:
    """Return the width in points of the paragraph on one line, safety included."""
    units = sum(
        metrics.get_face_metrics(run.bold or bold, run.italic).measure_width(run.text)
        for run in paragraph.runs
    )
    return units * WIDTH_SAFETY * size / metrics.UNITS_PER_EM


def measure_widest_word(paragraph: SlideParagraph, size: float, bold: bool = False) -> float:
    """Return the width in points of the paragraph's widest word, safety included."""
    stretches = _measure_runs(paragraph.runs, bold).stretches
    widths = [end - start for one in stretches for start, end in zip(one.starts, one.ends, strict=True)]
    return max(widths, default=0) * WIDTH_SAFETY * size / metrics.UNITS_PER_EM


def find_missing_characters(runs: Sequence[SlideRun]) -> frozenset[str]:
    """Return the characters that the deck's face lacks."""
    regular = metrics.get_face_metrics()
    return frozenset().union(*(regular.find_lacking(run.text) for run in runs))


def _sum_line_heights(paragraph: SlideParagraph, size: float, measure: float, bold: bool) -> float:
    measured = _measure_runs(paragraph.runs, bold)
    units = convert_measure(paragraph, size, measure)
    if not measured.foreign:
        (only, *more) = measured.stretches
        if not more and (not only.ends or only.ends[-1] - only.x <= units):
            return metrics.LINE_HEIGHT
        return metrics.LINE_HEIGHT * sum(1 for _ in _fill_lines(measured, units))
    return sum(
        metrics.FALLBACK_LINE_HEIGHT if line.tall else metrics.LINE_HEIGHT
        for line in _fill_lines(measured, units)
    )


def _fill_lines(measured: _MeasuredRuns, measure: float) -> Iterator[BrokenLine]:
    """Fill lines greedily; a word that is wider than the measure starts on a new line and is cut within."""
    foreign = measured.foreign
    for stretch in measured.stretches:
        ends, count = stretch.ends, len(stretch.ends)
        if not count:
            yield BrokenLine(stretch.at, stretch.at)
        x, start, word = stretch.x, stretch.at, 0
        while word < count:
            after = bisect_right(ends, x + measure, word)
            if after == word:  # wider than a line
                start = stretch.first[word]
                *full, rest = _cut_word(measured, start, stretch.last[word], measure)
                yield from full
                start, x = rest.start, ends[word] - _measure_width(measured, rest.start, rest.end)
                after = bisect_right(ends, x + measure, word + 1)
            end = stretch.last[after - 1]
            yield BrokenLine(start, end, bool(foreign) and measured.is_tall(start, end))
            word = after
            if word < count:
                x, start = stretch.starts[word], stretch.first[word]


@lru_cache(maxsize=16384)
def _measure_runs(runs: tuple[SlideRun, ...], bold: bool) -> _MeasuredRuns:
    stretch = _Stretch(0, 0)
    stretches = [stretch]
    foreign: list[int] = []
    x = at = 0
    inside = False  # a word may span runs
    for run in runs:
        face = metrics.get_face_metrics(run.bold or bold, run.italic)
        if not run.text.isascii() and (lacking := face.find_lacking(run.text)):
            foreign += [at + i for i, character in enumerate(run.text) if character in lacking]
        known = face.known
        for number, part in enumerate(_SPACES.split(run.text)):
            if not part:
                continue
            before, begun = x, at
            x, at = x + (known.get(part) or face.measure_width(part)), at + len(part)
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
    return _MeasuredRuns(runs, bold, tuple(stretches), tuple(foreign))


def _list_pieces(measured: _MeasuredRuns, start: int, end: int) -> Iterator[tuple[str, metrics.FaceMetrics]]:
    """Return what stands between two characters, run by run, with its face."""
    at = 0
    for run in measured.runs:
        if part := run.text[max(start - at, 0) : max(end - at, 0)]:
            yield part, metrics.get_face_metrics(run.bold or measured.bold, run.italic)
        at += len(run.text)


def _measure_width(measured: _MeasuredRuns, start: int, end: int) -> int:
    return sum(face.measure_width(text) for text, face in _list_pieces(measured, start, end))


def _cut_word(measured: _MeasuredRuns, first: int, last: int, measure: float) -> list[BrokenLine]:
    """Cut a word that starts a line: after hyphens where that helps, else between characters."""
    lines: list[BrokenLine] = []
    start = end = first
    used = 0
    text = "".join(piece for piece, _ in _list_pieces(measured, first, last))
    for part in _AFTER_HYPHEN.split(text):
        wide = _measure_width(measured, end, end + len(part))
        if used and used + wide > measure:
            lines.append(BrokenLine(start, end, measured.is_tall(start, end)))
            start, used = end, 0
        whole = [end + len(part)] if wide <= measure else range(end + 1, end + len(part) + 1)
        for after in whole:
            more = _measure_width(measured, end, after)
            if used and used + more > measure:
                lines.append(BrokenLine(start, end, measured.is_tall(start, end)))
                start, used = end, 0
            end, used = after, used + more
    return [*lines, BrokenLine(start, end, measured.is_tall(start, end))]
