"""Where not all events can be told in words: the least important become numbers, told in a key."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from builders.dates import civil
from builders.faults import Fault, OutlineFaults
from builders.poster.crews import Crew, Frame, fixed_depth, most_rows
from builders.poster.entries import Course, Entry, between
from builders.poster.fit import crews as crews_for
from builders.poster.layout import Attempt, Layout, effort, laid
from builders.poster.sizes import Size
from builders.poster.strips import Bed, Style, labels_of, row_height
from builders.timeline import TooFull, crowding

_TRIES = 8  # at rows taken from or given to a strip


def squeeze(course: Course, size: Size, frame: Frame, least: float) -> Layout:
    """Return a layout in which some events are told in the key. Raises OutlineFaults if even that fails."""
    return _squeezed(Attempt(course, size, frame, least, effort=effort(course)))


def _squeezed(t: Attempt) -> Layout:
    """Deal out as many rows as the sheet has, by what they are worth, and mend what that comes to."""
    crews = crews_for(t, digits=len(str(len(t.course.entries))))
    rows = _dealt(t.frame, crews)
    layout = _tried(t, crews, rows)
    while layout.depth > t.frame.depth:
        able = [i for i, count in enumerate(rows) if count]
        if not able:
            raise _too_full(t, [item.entry.key for item in layout.key])
        cheapest = min(
            able, key=lambda i: (_worth(crews[i], rows[i] - 1) / _cost(t.frame, crews, rows, i), i)
        )
        rows = _changed(rows, cheapest, -1)
        layout = _tried(t, crews, rows)
    return _given_back(t, crews, rows, layout)


def _dealt(frame: Frame, crews: Sequence[Crew]) -> tuple[int, ...]:
    """Deal rows out, one by one to where one is worth most for its height, until the sheet is full."""
    rows = (0,) * len(crews)
    left = frame.depth - fixed_depth(frame, crews)
    while True:
        able = [
            i
            for i, crew in enumerate(crews)
            if rows[i] < most_rows(crew) and _worth(crew, rows[i]) and _cost(frame, crews, rows, i) <= left
        ]
        if not able:
            return rows
        best = max(able, key=lambda i: (_worth(crews[i], rows[i]) / max(1, _cost(frame, crews, rows, i)), -i))
        left -= _cost(frame, crews, rows, best)
        rows = _changed(rows, best, 1)


def _changed(rows: tuple[int, ...], i: int, by: int) -> tuple[int, ...]:
    return (*rows[:i], rows[i] + by, *rows[i + 1 :])


def _cost(frame: Frame, crews: Sequence[Crew], rows: Sequence[int], i: int) -> int:
    """Return about how much deeper the layout gets by one more row: of a lane, the name has room for some."""
    high = row_height(crews[i].style)
    if crews[i].window:
        deepest = max(rows[k] for k, crew in enumerate(crews) if crew.window)
        return high if rows[i] == deepest else 1
    return max(1, min(high, (rows[i] + 1) * high - frame.least_lane))


def _worth(crew: Crew, rows: int) -> float:
    """Return what a row more than `rows` is worth: for each event in need of one, by its importance."""
    needs = _needs(crew.entries, crew.bed, replace(crew.style, digits=0))
    return sum(
        entry.importance**2 * min(1.0, need - rows) / max(1.0, need)
        for entry, need in zip(crew.entries, needs, strict=True)
        if need > rows
    )


@lru_cache(maxsize=1024)
def _needs(entries: tuple[Entry, ...], bed: Bed, style: Style) -> tuple[float, ...]:
    found = crowding(*labels_of(entries, bed, style))
    return tuple(found[entry.key] for entry in entries)


def _tried(t: Attempt, crews: Sequence[Crew], rows: Sequence[int]) -> Layout:
    try:
        layout = laid(t, crews, rows)
    except TooFull as fault:
        raise _too_full(t, fault.keys) from None
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


def _too_full(t: Attempt, keys: Sequence[str]) -> OutlineFaults:
    entries = [e for e in t.course.entries if e.key in set(keys)] or list(t.course.entries)
    low, high = civil(min(e.first for e in entries))[0], civil(max(e.last for e in entries))[0]
    years = between(low, high, t.course.locale)
    message = f"the events of {years} do not fit on a poster of size {t.size.name}, not even as numbers"
    advice = "take a larger sheet (--poster-size), or give fewer events, or fewer in those years"
    return OutlineFaults([Fault(message, advice, entries[0].path)])
