"""Where lines end: text broken as PowerPoint and LibreOffice break it, counted so that neither needs more
lines.

Both programs fill lines greedily and let spaces hang over the edge. They differ in where else they break
(after a hyphen, a dash, a slash) and in hinting and kerning. So a break is counted at spaces alone, and every
advance 4 % wider than it is: greedy filling with fewer places to break and wider words never needs fewer
lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from builders.deck import metrics
from builders.deck.slides import Paragraph, Run

SAFETY = 1.04
HANG = 24.5  # pt: the indent of bullets (0.34 inch)
_TOKENS = re.compile(r"\n|[ \t\u2000-\u2006\u2008-\u200a]+|[^ \t\n\u2000-\u2006\u2008-\u200a]+")
_AFTER_HYPHEN = re.compile(r"(?<=[-\u2010\u2013\u2014/])")


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end` of a paragraph; `tall` if another face shows some of them."""

    start: int
    end: int
    tall: bool = False


@dataclass(slots=True)
class _Word:
    start: int
    end: int
    width: float  # 1/2048 em, safety included
    pieces: list[tuple[str, metrics.Face]]


def broken(paragraph: Paragraph, size: float, measure: float, bold: bool = False) -> list[Line]:
    """Return the lines of a paragraph set at `size` points in a measure of `measure` points.

    `bold` is the box's own weight. An empty paragraph has one empty line.
    """
    return list(_broken(paragraph.runs, measure_units(paragraph, size, measure), bold))


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


def count(paragraphs: Sequence[Paragraph], size: float, measure: float, bold: bool = False) -> int:
    """Return the number of lines of paragraphs."""
    return sum(len(broken(paragraph, paragraph.points(size), measure, bold)) for paragraph in paragraphs)


def indent(paragraph: Paragraph) -> float:
    """Return the hanging indent of a paragraph in points."""
    if paragraph.tab is not None:
        return paragraph.tab
    return HANG if paragraph.bullet else 0.0


def measure_units(paragraph: Paragraph, size: float, measure: float) -> float:
    """Return how much of the face's units a line of the paragraph holds."""
    return max(measure - indent(paragraph), size) * metrics.UNITS / size


def natural_width(paragraph: Paragraph, size: float, bold: bool = False) -> float:
    """Return the width in points of the paragraph on one line, safety included."""
    units = sum(metrics.face(run.bold or bold, run.italic).width(run.text) for run in paragraph.runs)
    return units * SAFETY * size / metrics.UNITS


def widest_word(paragraph: Paragraph, size: float, bold: bool = False) -> float:
    """Return the width in points of the paragraph's widest word, safety included."""
    widths = [word.width for word in _words(paragraph.runs, bold) if word.pieces]
    return max(widths, default=0.0) * size / metrics.UNITS


def strange_characters(runs: Sequence[Run]) -> frozenset[str]:
    """Return the characters that the deck's face lacks."""
    regular = metrics.face()
    return frozenset().union(*(regular.lacks(run.text) for run in runs))


def _line_ems(paragraph: Paragraph, size: float, measure: float, bold: bool) -> float:
    lines = broken(paragraph, size, measure, bold)
    return sum(metrics.FALLBACK_LINE if line.tall else metrics.LINE for line in lines)


@lru_cache(maxsize=65536)
def _broken(runs: tuple[Run, ...], measure: float, bold: bool) -> tuple[Line, ...]:
    return tuple(_filled(_words(runs, bold), measure))


def _filled(words: Iterable[_Word], measure: float) -> Iterator[Line]:
    """Fill lines greedily; a word that is wider than the measure starts on a new line and is cut within."""
    start, end, used, tall = 0, 0, 0.0, False
    for word in words:
        if not word.pieces and word.width < 0:  # a forced break
            yield Line(start, end, tall)
            start, end, used, tall = word.end, word.end, 0.0, False
        elif not word.pieces:  # spaces hang
            used += word.width
        elif used + word.width <= measure:
            end, used, tall = word.end, used + word.width, tall or _is_tall(word)
        else:
            if end > start:
                yield Line(start, end, tall)
            *full, last = _cut(word, measure)
            yield from full
            start, end, tall = last.start, last.end, last.tall
            used = sum(part.width for part in _slices(word, last.start, last.end))
    yield Line(start, end, tall)


@lru_cache(maxsize=16384)
def _words(runs: tuple[Run, ...], bold: bool) -> tuple[_Word, ...]:
    """Return the words and spaces of runs, once for all the sizes and measures that are tried."""
    return tuple(_split(runs, bold))


def _split(runs: Sequence[Run], bold: bool) -> Iterator[_Word]:
    """Split runs at spaces; a word may span runs."""
    held: _Word | None = None
    at = 0
    for run in runs:
        face = metrics.face(run.bold or bold, run.italic)
        for token in _TOKENS.findall(run.text):
            width, end = face.width(token) * SAFETY, at + len(token)
            if (
                token[0] == "\n"
                or token[0] in " \t"
                or ("\u2000" <= token[0] <= "\u200a" and token[0] != "\u2007")
            ):
                if held:
                    yield held
                    held = None
                yield _Word(at, end, -1.0 if token == "\n" else width, [])
            elif held:
                held.end, held.width = end, held.width + width
                held.pieces.append((token, face))
            else:
                held = _Word(at, end, width, [(token, face)])
            at = end
    if held:
        yield held


def _is_tall(word: _Word) -> bool:
    return any(face.lacks(text) for text, face in word.pieces)


def _slices(word: _Word, start: int, end: int) -> Iterator[_Word]:
    """Return what lies between two characters of a word, piece by piece."""
    at = word.start
    for text, face in word.pieces:
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield _Word(max(start, at), min(end, at + len(text)), face.width(part) * SAFETY, [(part, face)])
        at += len(text)


def _cut(word: _Word, measure: float) -> list[Line]:
    """Cut a word that starts a line: after hyphens where that helps, else between characters."""
    if word.width <= measure:
        return [Line(word.start, word.end, _is_tall(word))]
    lines: list[Line] = []
    start = end = word.start
    used, tall = 0.0, _is_tall(word)
    for part in _hyphen_parts(word):
        if used and used + part.width > measure:
            lines.append(Line(start, end, tall))
            start, used = end, 0.0
        if part.width <= measure:
            end, used = part.end, used + part.width
            continue
        for character in range(part.start, part.end):
            width = sum(piece.width for piece in _slices(word, character, character + 1))
            if used and used + width > measure:
                lines.append(Line(start, end, tall))
                start, used = end, 0.0
            end, used = character + 1, used + width
    return [*lines, Line(start, end, tall)]


def _hyphen_parts(word: _Word) -> Iterator[_Word]:
    text = "".join(piece for piece, _ in word.pieces)
    at = word.start
    for part in _AFTER_HYPHEN.split(text):
        pieces = list(_slices(word, at, at + len(part)))
        yield _Word(at, at + len(part), sum(p.width for p in pieces), [p.pieces[0] for p in pieces])
        at += len(part)
