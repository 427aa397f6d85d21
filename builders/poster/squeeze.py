"""Where not all events can be told in words: the least important become numbers, told in a key."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from builders import writing
from builders.dates import civil
from builders.faults import Fault, OutlineFaults
from builders.poster.crews import Crew, Frame, fixed_depth, most_rows
from builders.poster.entries import Course, Entry
from builders.poster.fit import crews as crews_for
from builders.poster.key import key_leading
from builders.poster.layout import FEW, Attempt, Layout, effort, laid
from builders.poster.sizes import Size
from builders.poster.strips import labels_of, number_height, row_height
from builders.timeline import POINT, TooFull, crowding

_LIKELY = 1.7  # of the rows that crowding tells: what it takes to have all in words
_NUMBER = 9_000  # µm at a type scale of 1: what a number takes of a row
_FILLED = 0.5  # ... of which so much is filled
_IN_KEY = 22  # ems: what an event takes of a line of the key
_CROWDED = 0.75  # of the events of the fullest year: years that are as full
_NAMED = 3  # years at most; of more, the first and the last
_TAKEN = 0.8  # of the depth that is too much: some of what rows make room for needs rows of numbers
_TRIES = 4  # at rows given to a strip

_Worth = Sequence[float]  # of a strip: what a row more is worth, by how many it has


def squeeze(course: Course, size: Size, frame: Frame, least: float) -> Layout:
    """Return a layout in which some events are told in the key. Raises OutlineFaults if even that fails."""
    return _squeezed(Attempt(course, size, frame, least, effort=effort(course)))


def _squeezed(t: Attempt) -> Layout:
    """Deal out as many rows as the sheet has, by what they are worth, and mend what that comes to."""
    crews = crews_for(t, digits=len(str(len(t.course.entries))))
    needs = [_needs(crew) for crew in crews]
    worth = [_worth(crew, own) for crew, own in zip(crews, needs, strict=True)]
    rows = _dealt(t.frame, crews, worth, 0)
    for _ in range(4):  # what the numbers need shrinks what there is to deal out
        rows = _dealt(t.frame, crews, worth, _for_numbers(t, crews, needs, rows))
    layout = _tried(t, crews, rows)
    while layout.depth > t.frame.depth:
        if not any(rows):
            raise _too_full(t)
        rows = _fewer(t.frame, crews, worth, rows, (layout.depth - t.frame.depth) * _TAKEN)
        layout = _tried(t, crews, rows)
    return _given_back(t, crews, rows, layout) if len(t.course.entries) <= FEW else layout


def _for_numbers(
    t: Attempt, crews: Sequence[Crew], needs: Sequence[Sequence[float]], rows: Sequence[int]
) -> int:
    """Return about how deep the rows of numbers and the key are, if the strips have so many rows of words."""
    depth, numbers, deepest = 0, 0.0, 0
    for crew, wanted, count in zip(crews, needs, rows, strict=True):
        own = sum(max(0.0, 1 - count / need) for need in wanted if need > count)
        numbers += own
        length = _NUMBER * crew.style.scale
        high = number_height(crew.style) * ceil(own * length / (crew.bed.high - crew.bed.low) / _FILLED)
        depth, deepest = (depth, max(deepest, high)) if crew.window else (depth + high, deepest)
    if not t.frame.turn.upright:
        lines = numbers * _IN_KEY * t.frame.key_size * POINT / t.frame.key_width
        depth += ceil(lines) * key_leading(t.frame.key_size)
    return depth + deepest


def _dealt(frame: Frame, crews: Sequence[Crew], worth: Sequence[_Worth], taken: int) -> tuple[int, ...]:
    """Deal rows out, one by one to where one is worth most for its height, until the sheet is full."""
    rows = (0,) * len(crews)
    left = frame.depth - fixed_depth(frame, crews) - taken
    while True:
        able = [
            i
            for i, crew in enumerate(crews)
            if rows[i] < most_rows(crew) and worth[i][rows[i]] and _cost(frame, crews, rows, i) <= left
        ]
        if not able:
            return rows
        best = max(able, key=lambda i: (worth[i][rows[i]] / max(1, _cost(frame, crews, rows, i)), -i))
        left -= _cost(frame, crews, rows, best)
        rows = _changed(rows, best, 1)


def _fewer(
    frame: Frame, crews: Sequence[Crew], worth: Sequence[_Worth], rows: tuple[int, ...], depth: float
) -> tuple[int, ...]:
    """Take rows of such a depth away, one by one from where one is worth least for its height."""
    while depth >= 0 and any(rows):
        least = min(
            (i for i, own in enumerate(rows) if own),
            key=lambda i: (worth[i][rows[i] - 1] / _cost(frame, crews, rows, i), i),
        )
        rows = _changed(rows, least, -1)
        depth -= max(1, _cost(frame, crews, rows, least))
    return rows


def _changed(rows: tuple[int, ...], i: int, by: int) -> tuple[int, ...]:
    return (*rows[:i], rows[i] + by, *rows[i + 1 :])


def _cost(frame: Frame, crews: Sequence[Crew], rows: Sequence[int], i: int) -> int:
    """Return about how much deeper the layout gets by one more row: of a lane, the name has room for some."""
    high = row_height(crews[i].style)
    if crews[i].window:
        deepest = max(rows[k] for k, crew in enumerate(crews) if crew.window)
        return high + (0 if rows[i] else crews[i].style.metrics.foot) if rows[i] == deepest else 1
    foot = crews[i].style.metrics.foot
    return max(1, min(high + (0 if rows[i] else foot), (rows[i] + 1) * high + foot - frame.least_lane))


def _worth(crew: Crew, needs: Sequence[float]) -> _Worth:
    """Return what one row more is worth: for each event in need of one, by its importance."""
    return [
        sum(
            entry.importance**2 * min(1.0, need - rows) / max(1.0, need)
            for entry, need in zip(crew.entries, needs, strict=True)
            if need > rows
        )
        for rows in range(most_rows(crew) + 1)
    ]


def _needs(crew: Crew) -> list[float]:
    """Return how many rows each event of a strip would need about it for all to be told in words."""
    found = crowding(*labels_of(crew.entries, crew.bed, replace(crew.style, digits=0)))
    return [_LIKELY * found[entry.key] for entry in crew.entries]


def _tried(t: Attempt, crews: Sequence[Crew], rows: Sequence[int]) -> Layout:
    try:
        layout = laid(t, crews, rows)
    except TooFull:
        raise _too_full(t) from None
    assert layout
    return layout


def _given_back(t: Attempt, crews: Sequence[Crew], rows: tuple[int, ...], layout: Layout) -> Layout:
    """Give a row more to one strip after another, where it is worth most, while all fits."""
    failed: set[int] = set()
    for _ in range(_TRIES):
        numbered = [sum(i.entry.importance**2 for i in s.numbered) for s in layout.strips]
        able = [
            i for i in range(len(crews)) if i not in failed and numbered[i] and rows[i] < most_rows(crews[i])
        ]
        if not able:
            break
        best = max(able, key=lambda i: (numbered[i], -i))
        more = _changed(rows, best, 1)
        richer = _tried(t, crews, more)
        if richer.depth <= t.frame.depth and _loss(richer) < _loss(layout):
            rows, layout = more, richer
        else:
            failed.add(best)
    return layout


def _loss(layout: Layout) -> int:
    return sum(item.entry.importance**2 for item in layout.key)


def _too_full(t: Attempt) -> OutlineFaults:
    """Return the fault, which names the years with most events: one or a few, or from which year to which."""
    events: dict[int, list[Entry]] = {}
    for entry in t.course.entries:
        events.setdefault(civil(entry.first)[0], []).append(entry)
    most = max(map(len, events.values()))
    full = sorted(year for year, own in events.items() if len(own) >= _CROWDED * most)
    locale = t.course.locale
    few = len(full) <= _NAMED
    years = (
        ", ".join(writing.year(y, locale) for y in full) if few else writing.years(full[0], full[-1], locale)
    )
    message = f"the events of {years} do not fit on a poster of size {t.size.name}, not even as numbers"
    advice = "take a larger sheet (--size), or give fewer events, or fewer in those years"
    return OutlineFaults([Fault(message, advice, events[full[0]][0].path)])
