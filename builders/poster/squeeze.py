"""Where not all events can be told in words: the least important become numbers, told in a key."""

from collections.abc import Sequence

from builders.dates import civil
from builders.faults import Fault, OutlineFaults
from builders.poster.entries import Course, between
from builders.poster.layout import (
    FEW,
    Attempt,
    Crew,
    Frame,
    Layout,
    crews_of,
    crowd_of,
    fixed_height,
    full_effort,
    laid,
)
from builders.poster.sizes import Size
from builders.poster.strips import MOST_ROWS, row_height
from builders.timeline import DRAFT, TooFull


def squeeze(course: Course, size: Size, frame: Frame, least: float) -> Layout:
    """Return a layout in which some events are told in the key. Raises OutlineFaults if even that fails."""
    effort = full_effort(course) if len(course.entries) <= FEW else DRAFT
    return _squeezed(Attempt(course, size, frame, least, effort=effort))


def _squeezed(t: Attempt) -> Layout:
    """Give the strips fewer rows until all fits; what loses its place is told in the key."""
    crews = crews_of(t)
    if len(t.course.entries) <= FEW and (found := _row_by_row(t, crews)):
        return found
    crowds = [crowd_of(crew) for crew in crews]
    full: tuple[str, ...] = ()
    seen: set[tuple[int, ...]] = set()
    for part in _PARTS:
        rows = tuple(min(MOST_ROWS, max(min(1, round(part * 9)), round(c * part))) for c in crowds)
        if rows in seen or _least_height(t, crews, rows) > t.frame.height:
            continue
        seen.add(rows)
        layout, full = _spared(t, crews, rows)
        if layout is None:
            break
        if layout.height <= t.frame.height:
            return _given_back(t, crews, rows, layout)
    raise _too_full(t, full or tuple(e.key for e in t.course.entries))


_PARTS = (1.3, 1.0, 0.75, 0.5, 0.25, 0.0)  # of the rows that crowding tells; none: numbers alone
_SPARE = (0, 1, 2, 3, 4, 6, 9)  # rows of numbers alone


def _given_back(t: Attempt, crews: Sequence[Crew], rows: tuple[int, ...], layout: Layout) -> Layout:
    """Give a row more to one strip after another, the one with most decisive events first, while all fits."""
    decisive = [sum(e.importance == 3 for e in crew.entries) for crew in crews]
    for i in sorted(range(len(crews)), key=lambda i: (-decisive[i], i)):
        more = (*rows[:i], rows[i] + 1, *rows[i + 1 :])
        richer, _ = _spared(t, crews, more)
        if richer and richer.height <= t.frame.height and len(richer.key) < len(layout.key):
            rows, layout = more, richer
    return layout


def _spared(t: Attempt, crews: Sequence[Crew], rows: Sequence[int]) -> tuple[Layout | None, tuple[str, ...]]:
    """Return the layout with as few rows of numbers as it takes, or the keys of what has no place."""
    full: tuple[str, ...] = ()
    for spare in _SPARE:
        try:
            return laid(t, crews, rows, spare), ()
        except TooFull as fault:
            full = fault.keys
    return None, full


def _row_by_row(t: Attempt, crews: Sequence[Crew]) -> Layout | None:
    """Take one row after another from the strip that loses the least by it, until all fits."""
    rows = [MOST_ROWS] * len(crews)
    best, _ = _spared(t, crews, rows)
    while best and best.height > t.frame.height:
        strips = [*best.lanes, *([best.inset.strip] if best.inset else [])]
        rows = [len(s.rows.heights) for s in strips]
        tries: list[tuple[float, int, Layout]] = []
        for i in (i for i, count in enumerate(rows) if count > 1):
            fewer = [count - (k == i) for k, count in enumerate(rows)]
            layout, _ = _spared(t, crews, fewer)
            if layout and layout.height < best.height:
                loss = sum(item.entry.importance**2 for item in layout.key)
                tries.append(((loss + 1) / (best.height - layout.height), i, layout))
        best = min(tries)[2] if tries else None
    return best


def _least_height(t: Attempt, crews: Sequence[Crew], rows: Sequence[int]) -> int:
    """Return about the height of so many rows of labels in one line."""
    return fixed_height(t, crews) + sum(
        max(n - 1, 0) * row_height(c.style) * 2 // 3 for n, c in zip(rows, crews, strict=True)
    )


def _too_full(t: Attempt, keys: Sequence[str]) -> OutlineFaults:
    entries = [e for e in t.course.entries if e.key in set(keys)]
    low, high = civil(min(e.first for e in entries))[0], civil(max(e.last for e in entries))[0]
    years = between(low, high, t.course.locale)
    message = f"the events of {years} do not fit on a poster of size {t.size.name}, not even as numbers"
    advice = "take a larger sheet (--poster-size), or give fewer events, or fewer in those years"
    return OutlineFaults([Fault(message, advice, entries[0].path)])
