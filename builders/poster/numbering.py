"""Where not all events can be told in words: the least important become numbers, told in a key."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from builders.core.diagnostics import Fault, OutlineFaults, Path
from builders.language import formatting
from builders.language.locales import load_locale
from builders.poster.content import PosterContent, PosterEvent
from builders.poster.fit import divide_attempt_events
from builders.poster.key import measure_key_leading
from builders.poster.lane_events import (
    LaneArea,
    StripEvents,
    limit_rows,
    measure_fixed_depth,
)
from builders.poster.lanes import make_labels_and_area, measure_number_row, measure_row_height
from builders.poster.layout import (
    MOST_EVENTS_WITH_FULL_EFFORT,
    LayoutAttempt,
    PosterLayout,
    choose_effort,
    lay_out_strips,
)
from builders.poster.style import SheetSize
from builders.timeline import UM_PER_POINT, NoRoomForLabels, estimate_crowding

_LIKELY_ROWS = 1.7  # of the rows that crowding tells: what it takes to have all in words
_NUMBER_WIDTH = 9_000  # µm at a type scale of 1: what a number takes of a row
_FILLED_SHARE = 0.5  # ... of which so much is filled
_EMS_IN_KEY = 22  # ems: what an event takes of a line of the key
_FULL_YEAR_SHARE = 0.75  # of the events of the fullest year: years that are as full
_MOST_YEARS_NAMED = 3  # years at most; of more, the first and the last
_DEPTH_TAKEN_AT_ONCE = (
    0.8  # of the depth that is too much: some of what rows make room for needs rows of numbers
)
_LONG_LABEL = 250  # characters: labels, and not their number, fill the key
_MOST_TRIES = 4  # at rows given to a strip

_RowWorth = Sequence[float]  # of a strip: what a row more is worth, by how many it has


def squeeze_layout(course: PosterContent, size: SheetSize, frame: LaneArea, least: float) -> PosterLayout:
    """Return a layout in which some events are but numbers, explained in the key.

    Raises OutlineFaults, naming the fullest years, if even that does not fit.
    """
    return _squeeze_attempt(LayoutAttempt(course, size, frame, least, effort=choose_effort(course)))


def has_room_for_numbers(course: PosterContent, size: SheetSize, frame: LaneArea, least: float) -> bool:
    """Whether all events fit as numbers: then squeeze_layout(), which ends there, has a layout for them."""
    t = LayoutAttempt(course, size, frame, least, effort=choose_effort(course))
    groups = _divide_numbered_events(t)
    layout = _try_rows(t, groups, (0,) * len(groups))
    return layout is not None and layout.depth <= frame.depth


def _divide_numbered_events(t: LayoutAttempt) -> list[StripEvents]:
    return divide_attempt_events(t, digits=len(str(len(t.course.entries))))


def _squeeze_attempt(t: LayoutAttempt) -> PosterLayout:
    """Deal out as many rows as the sheet has, by what they are worth, and mend what that comes to."""
    groups = _divide_numbered_events(t)
    needs = [_estimate_needs(group) for group in groups]
    worth = [_compute_row_worth(group, own) for group, own in zip(groups, needs, strict=True)]
    rows = _deal_rows(t.frame, groups, worth, 0)
    for _ in range(4):  # what the numbers need shrinks what there is to deal out
        rows = _deal_rows(t.frame, groups, worth, _estimate_numbers_depth(t, groups, needs, rows))
    layout = _try_rows(t, groups, rows)
    while layout is None or layout.depth > t.frame.depth:
        if not any(rows):
            raise _make_too_full_faults(t)
        if layout is None:  # what rows of words take may be what rows of numbers lack
            rows = tuple(count // 2 for count in rows)
        else:
            depth = (layout.depth - t.frame.depth) * _DEPTH_TAKEN_AT_ONCE
            rows = _take_rows_away(t.frame, groups, worth, rows, depth)
        layout = _try_rows(t, groups, rows)
    return (
        _give_rows_back(t, groups, rows, layout)
        if len(t.course.entries) <= MOST_EVENTS_WITH_FULL_EFFORT
        else layout
    )


def _estimate_numbers_depth(
    t: LayoutAttempt, groups: Sequence[StripEvents], needs: Sequence[Sequence[float]], rows: Sequence[int]
) -> int:
    """Return about how deep the rows of numbers and the key are, if the strips have so many rows of words."""
    depth, numbers, deepest = 0, 0.0, 0
    for group, wanted, count in zip(groups, needs, rows, strict=True):
        own = sum(max(0.0, 1 - count / need) for need in wanted if need > count)
        numbers += own
        length = _NUMBER_WIDTH * group.style.scale
        high = measure_number_row(group.style) * ceil(
            own * length / (group.bed.high - group.bed.low) / _FILLED_SHARE
        )
        depth, deepest = (depth, max(deepest, high)) if group.window else (depth + high, deepest)
    if not t.frame.turn.upright:
        lines = numbers * _EMS_IN_KEY * t.frame.key_size * UM_PER_POINT / t.frame.key_width
        depth += ceil(lines) * measure_key_leading(t.frame.key_size)
    return depth + deepest


def _deal_rows(
    frame: LaneArea, groups: Sequence[StripEvents], worth: Sequence[_RowWorth], taken: int
) -> tuple[int, ...]:
    """Deal rows out, one by one to where one is worth most for its height, until the sheet is full."""
    rows = (0,) * len(groups)
    left = frame.depth - measure_fixed_depth(frame, groups) - taken
    while True:
        able = [
            i
            for i, group in enumerate(groups)
            if rows[i] < limit_rows(group)
            and worth[i][rows[i]]
            and _estimate_row_cost(frame, groups, rows, i) <= left
        ]
        if not able:
            return rows
        best = max(
            able, key=lambda i: (worth[i][rows[i]] / max(1, _estimate_row_cost(frame, groups, rows, i)), -i)
        )
        left -= _estimate_row_cost(frame, groups, rows, best)
        rows = _change_row(rows, best, 1)


def _take_rows_away(
    frame: LaneArea,
    groups: Sequence[StripEvents],
    worth: Sequence[_RowWorth],
    rows: tuple[int, ...],
    depth: float,
) -> tuple[int, ...]:
    """Take rows of such a depth away, one by one from where one is worth least for its height."""
    while depth >= 0 and any(rows):
        least = min(
            (i for i, own in enumerate(rows) if own),
            key=lambda i: (worth[i][rows[i] - 1] / _estimate_row_cost(frame, groups, rows, i), i),
        )
        rows = _change_row(rows, least, -1)
        depth -= max(1, _estimate_row_cost(frame, groups, rows, least))
    return rows


def _change_row(rows: tuple[int, ...], i: int, by: int) -> tuple[int, ...]:
    return (*rows[:i], rows[i] + by, *rows[i + 1 :])


def _estimate_row_cost(frame: LaneArea, groups: Sequence[StripEvents], rows: Sequence[int], i: int) -> int:
    """Return about how much deeper the layout gets by one more row: of a lane, the name has room for some."""
    high = measure_row_height(groups[i].style)
    if groups[i].window:
        deepest = max(rows[k] for k, group in enumerate(groups) if group.window)
        return high + (0 if rows[i] else groups[i].style.metrics.foot) if rows[i] == deepest else 1
    foot = groups[i].style.metrics.foot
    return max(1, min(high + (0 if rows[i] else foot), (rows[i] + 1) * high + foot - frame.least_lane))


def _compute_row_worth(group: StripEvents, needs: Sequence[float]) -> _RowWorth:
    """Return what one row more is worth: for each event in need of one, by its importance."""
    return [
        sum(
            entry.importance**2 * min(1.0, need - rows) / max(1.0, need)
            for entry, need in zip(group.entries, needs, strict=True)
            if need > rows
        )
        for rows in range(limit_rows(group) + 1)
    ]


def _estimate_needs(group: StripEvents) -> list[float]:
    """Return how many rows each event of a strip would need about it for all to be told in words."""
    found = estimate_crowding(*make_labels_and_area(group.entries, group.bed, replace(group.style, digits=0)))
    return [_LIKELY_ROWS * found[entry.key] for entry in group.entries]


def _try_rows(t: LayoutAttempt, groups: Sequence[StripEvents], rows: Sequence[int]) -> PosterLayout | None:
    try:
        return lay_out_strips(t, groups, rows)
    except NoRoomForLabels:
        return None


def _give_rows_back(
    t: LayoutAttempt, groups: Sequence[StripEvents], rows: tuple[int, ...], layout: PosterLayout
) -> PosterLayout:
    """Give a row more to one strip after another, where it is worth most, while all fits."""
    failed: set[int] = set()
    for _ in range(_MOST_TRIES):
        numbered = [sum(i.entry.importance**2 for i in s.numbered) for s in layout.strips]
        able = [
            i
            for i in range(len(groups))
            if i not in failed and numbered[i] and rows[i] < limit_rows(groups[i])
        ]
        if not able:
            break
        best = max(able, key=lambda i: (numbered[i], -i))
        more = _change_row(rows, best, 1)
        richer = _try_rows(t, groups, more)
        if richer and richer.depth <= t.frame.depth and _compute_loss(richer) < _compute_loss(layout):
            rows, layout = more, richer
        else:
            failed.add(best)
    return layout


def _compute_loss(layout: PosterLayout) -> int:
    return sum(item.entry.importance**2 for item in layout.key)


def _make_too_full_faults(t: LayoutAttempt) -> OutlineFaults:
    """Return the fault: titles, names or labels are too long, or the events of some years too many."""
    frame, course = t.frame, t.course
    head = frame.axis.start if frame.turn.upright else 0
    fits = head < t.size.height / 2 and len(course.lanes) * frame.least_lane <= frame.depth
    if not course.entries or not fits:
        texts: list[tuple[str, str, Path]] = [("the title", course.title, ("title",))]
        texts += [("the sections' titles", e.title, ("sections", e.index, "title")) for e in course.eras]
        texts += [("the lanes' names", name, ("lanes", i, "name")) for i, name in enumerate(course.lanes)]
        what, _, path = max(texts, key=lambda text: len(text[1]))
        message = f"beside {what} a poster of size {t.size.name} has no room for events"
        return OutlineFaults([Fault(message, "shorten them, or give fewer lanes", path)])
    longest_label = max(t.course.entries, key=lambda entry: len(entry.label))
    if len(longest_label.label) > _LONG_LABEL:
        message = f"the events' labels do not fit on a poster of size {t.size.name}, not even in its key"
        return OutlineFaults([Fault(message, "shorten them", (*longest_label.path, "label"))])
    events: dict[int, list[PosterEvent]] = {}
    for entry in t.course.entries:
        events.setdefault(entry.date.known.year, []).append(entry)
    most = max(map(len, events.values()))
    full = sorted(year for year, own in events.items() if len(own) >= _FULL_YEAR_SHARE * most)
    locale = load_locale("en")  # that of all messages
    few = len(full) <= _MOST_YEARS_NAMED
    years = (
        ", ".join(formatting.write_year(y, locale) for y in full)
        if few
        else formatting.write_years(full[0], full[-1], locale)
    )
    message = f"the events of {years} do not fit on a poster of size {t.size.name}, not even as numbers"
    advice = "give fewer events, or fewer in those years, or try a larger sheet: --size a0"
    return OutlineFaults([Fault(message, advice, events[full[0]][0].path)])
