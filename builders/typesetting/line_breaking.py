"""Break points that make a whole paragraph's lines good, not each line alone.

Total fit after D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines" (1981), for justified text and,
with squared rag in place of stretched spaces, for ragged text. All widths are in thousandths of the size.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from builders.typesetting.hyphenation import Break

_INFINITY = float("inf")
STRETCH, SHRINK = 0.5, 0.25  # of a space, at ratio 1
TOLERANCES = (2.0, 4.0, 30.0)  # ratios of stretching that are tried one after the other
WORDS_TOLERANCE = 1.6  # the same before any word is broken
EASY_STRETCH = 0.3  # of a space: a paragraph whose greedy lines stretch no more is left so
EASY_RAG, MOST_RAG = 2000, 4500  # 2 em: left so; past 4.5 em words are broken
LONGEST_WHOLE = 200  # characters of a word that is measured whole at each of its breaks
HYPHEN, DASH, LADDER, STUB = 120, 20, 30_000, 6_000  # demerits
SCANT = 0.7  # of the measure: a last line that leaves more than this empty is a stub
GIVEN = 0.3  # of the measure: so much the line before it may leave empty, to fill it


class Line(NamedTuple):
    """One line: from `start` in word `first` to `end` in word `last` (None: its end), with a hyphen or ''."""

    first: int
    start: int
    last: int
    end: int | None
    hyphen: str


Place = tuple[int, int | None, str]  # where a line ends: word, position in it (None: its end), hyphen
# position in the word, hyphen, width up to there with it, width before the rest
Cut = tuple[int, str, float, float]
Cuts = Callable[[int], Sequence[Cut]]  # a word's number to where it may be broken


class Measure(NamedTuple):
    """What a paragraph is set to: the line's width, a space's, and whether lines are justified."""

    width: float
    space: float
    justified: bool


@dataclass(slots=True)
class _Points:
    """Where lines may end: `ends[j]` is the line's end, `starts[j]` where the next begins, on one long line.

    `spaces` and `next_spaces` count the spaces before either; `penalties` are the hyphens'.
    """

    ends: list[float]
    starts: list[float]
    spaces: Sequence[int]
    next_spaces: Sequence[int]
    penalties: list[int]


def break_lines(widths: Sequence[float], measure: Measure, cuts: Cuts | None) -> list[Line]:
    """Return the lines for words of these widths; `cuts` says where words may be broken, None that none may.

    No line is longer than the measure unless a piece that cannot be broken is.
    """
    count = len(widths)
    if not count:
        return []
    width, space = measure.width, measure.space
    if sum(widths) + space * (count - 1) <= width:
        return [Line(0, 0, count - 1, None, "")]
    at = list(accumulate([w + space for w in widths], initial=0.0))
    if max(widths) <= width:
        lines = _greedy(at, measure)
        if lines is not None:
            return lines
        tolerance = WORDS_TOLERANCE if measure.justified else MOST_RAG / width
        found = _fitted(_word_points(at, space), measure, tolerance)
        if found:
            return _lines([(j, None, "") for j in found])
    return _broken(at, widths, measure, cuts or (lambda _: ()))


def _greedy(at: list[float], measure: Measure) -> list[Line] | None:
    """Return the lines that take as many words as they hold, if no one could better them by much."""
    width, space, count = measure.width, measure.space, len(at) - 1
    lines: list[Line] = []
    first = 0
    while first < count:
        last = bisect_right(at, at[first] + width + space, first + 1) - 1
        slack = width - (at[last] - space - at[first])
        if last < count:
            easy = EASY_STRETCH * space * (last - first - 1) if measure.justified else EASY_RAG
            if slack > easy:
                return None
        elif slack > SCANT * width and lines:
            return None
        lines.append(Line(first, 0, last - 1, None, ""))
        first = last
    return lines


def _word_points(at: list[float], space: float) -> _Points:
    count = len(at) - 1
    return _Points([c - space for c in at[1:]], at[1:], range(count), range(1, count + 1), [0] * count)


def _broken(at: list[float], widths: Sequence[float], measure: Measure, cuts: Cuts) -> list[Line]:
    """Return lines whose words may be broken, at the least tolerance that works."""
    points, places = _points(at, widths, measure, cuts)
    for tolerance in TOLERANCES if measure.justified else (MOST_RAG / measure.width, 0.5, 1.0):
        found = _fitted(points, measure, tolerance)
        if found:
            return _lines([places[j] for j in found])
    return _lines(_crammed(points, places, measure.width))


def _points(
    at: list[float], widths: Sequence[float], measure: Measure, cuts: Cuts
) -> tuple[_Points, list[Place]]:
    """Return where lines may end, within words too, and which places these are."""
    width, space = measure.width, measure.space
    ends: list[float] = []
    starts: list[float] = []
    spaces: list[int] = []
    next_spaces: list[int] = []
    penalties: list[int] = []
    places: list[Place] = []
    shortest = width * (0.85 if measure.justified else 0.6)  # of a line that is likely to be chosen
    for word, w in enumerate(widths):
        begin = at[word]
        if begin < width * int((begin + w) / shortest) * 1.05:  # some line may end within this word
            for position, hyphen, before, gone in cuts(word):
                ends.append(begin + before)
                starts.append(begin + gone)
                spaces.append(word)
                next_spaces.append(word)
                penalties.append(HYPHEN if hyphen else DASH)
                places.append((word, position, hyphen))
        ends.append(begin + w)
        starts.append(begin + w + space)
        spaces.append(word)
        next_spaces.append(word + 1)
        penalties.append(0)
        places.append((word, None, ""))
    return _Points(ends, starts, spaces, next_spaces, penalties), places


def _crammed(points: _Points, places: list[Place], width: float) -> list[Place]:
    """Return break points where some piece is wider than the line: each line takes what it can, or one
    piece.
    """
    chosen, base, j = [], 0.0, 0
    while j < len(places):
        k = j
        while k + 1 < len(places) and points.ends[k + 1] - base <= width:
            k += 1
        chosen.append(places[k])
        base, j = points.starts[k], k + 1
    return chosen


def _lines(places: Sequence[Place]) -> list[Line]:
    lines, first, start = [], 0, 0
    for word, position, hyphen in places:
        lines.append(Line(first, start, word, position, hyphen))
        first, start = (word + 1, 0) if position is None else (word, position)
    return lines


def _fitted(points: _Points, measure: Measure, tolerance: float) -> list[int] | None:
    """Return the break points of least demerits within the tolerance; None if there are none."""
    fit = _justified if measure.justified else _ragged
    costs, previous = fit(points, measure.width, measure.space, tolerance)
    if costs[-1] == _INFINITY:
        return None
    chosen, j = [], len(costs) - 1
    while j >= 0:
        chosen.append(j)
        j = previous[j]
    return chosen[::-1]


def _ragged(points: _Points, width: float, _: float, tolerance: float) -> tuple[list[float], list[int]]:
    ends, starts, penalties = points.ends, points.starts, points.penalties
    last = len(ends) - 1
    costs, previous, ladder = [_INFINITY] * (last + 1), [-1] * (last + 1), [0] * (last + 1)
    for a in range(-1, last):
        cost, base, hyphens = (costs[a], starts[a], ladder[a]) if a >= 0 else (0.0, 0.0, 0)
        if cost == _INFINITY:
            continue
        for j in range(bisect_right(ends, base + width, a + 1) - 1, a, -1):
            rag = (width - ends[j] + base) / width
            if j == last:
                demerits = STUB * (rag - SCANT) / (1 - SCANT) if rag > SCANT and a >= 0 else 0.0
            elif rag > tolerance and (rag > GIVEN or ends[last] - ends[j] > width / 2):
                break
            else:
                demerits = (10 + 400 * rag * rag) ** 2
            if penalties[j]:
                demerits += penalties[j] ** 2 + LADDER * hyphens * hyphens
            if cost + demerits < costs[j]:
                costs[j], previous[j] = cost + demerits, a
                ladder[j] = hyphens + 1 if penalties[j] else 0
    return costs, previous


def _justified(
    points: _Points, width: float, space: float, tolerance: float
) -> tuple[list[float], list[int]]:
    ends, starts, penalties = points.ends, points.starts, points.penalties
    spaces, next_spaces = points.spaces, points.next_spaces
    last = len(ends) - 1
    costs, previous, ladder = [_INFINITY] * (last + 1), [-1] * (last + 1), [0] * (last + 1)
    stretch, shrink = space * STRETCH, space * SHRINK
    for a in range(-1, last):
        cost, base, hyphens = (costs[a], starts[a], ladder[a]) if a >= 0 else (0.0, 0.0, 0)
        if cost == _INFINITY:
            continue
        before = next_spaces[a] if a >= 0 else 0
        longest = bisect_right(ends, base + width, a + 1)
        candidates = []
        for j in range(longest - 1, a, -1):  # lines to be stretched
            slack, gaps = width - ends[j] + base, spaces[j] - before
            if j == last:
                candidates.append((j, STUB if slack > 0.85 * width and a >= 0 else 0.0))
                continue
            ratio = slack / (gaps * stretch) if gaps else (0.0 if slack < 1 else tolerance + 1)
            if ratio > tolerance:
                break
            candidates.append((j, (10 + 100 * ratio**3) ** 2))
        for j in range(longest, last + 1):  # lines to be shrunk
            over, room = ends[j] - base - width, (spaces[j] - before) * shrink
            if over > room + 2 * space:
                break
            if over <= room:
                candidates.append((j, (10 + 100 * (over / room) ** 3) ** 2))
        for j, demerits in candidates:
            total = cost + demerits
            if penalties[j]:
                total += penalties[j] ** 2 + LADDER * hyphens * hyphens
            if total < costs[j]:
                costs[j], previous[j] = total, a
                ladder[j] = hyphens + 1 if penalties[j] else 0
    return costs, previous


def whole_word_cuts(found: Sequence[Break], width_of: Callable[[str], float], word: str) -> list[Cut]:
    """Return the cuts of a word in one face from its breaks.

    A word of more than LONGEST_WHOLE characters is measured piece by piece, so that its length costs no more
    than its breaks do: what the face moves closer at a break is lost there.
    """
    if len(word) <= LONGEST_WHOLE:
        full = width_of(word)
        return [(p, hyphen, width_of(word[:p] + hyphen), full - width_of(word[p:])) for p, hyphen in found]
    cuts: list[Cut] = []
    start, width = 0, 0.0
    for p, hyphen in found:
        cuts.append((p, hyphen, width + width_of(word[start:p] + hyphen), width + width_of(word[start:p])))
        start, width = p, cuts[-1][3]
    return cuts
