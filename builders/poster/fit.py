"""How large the type can be, and what there is room to say: the poster's one decision, before drawing."""

from collections.abc import Sequence
from dataclasses import replace

from builders.poster.content import PosterContent
from builders.poster.descriptions import add_fitting_descriptions
from builders.poster.lane_events import (
    LaneArea,
    StripEvents,
    divide_events,
    estimate_depth,
    limit_rows,
)
from builders.poster.lanes import StripStyle
from builders.poster.layout import (
    MOST_EVENTS_WITH_FULL_EFFORT,
    LayoutAttempt,
    PosterLayout,
    choose_effort,
    lay_out_strips,
)
from builders.poster.style import SheetSize
from builders.timeline import NoRoomForLabels

TYPE_SCALES = tuple(round(1.8 / 1.063**k, 2) for k in range(22))  # 1.8 down to 0.5, in steps of a sixteenth
_ROOMY_SHARE = 0.85  # of the depth: what labels leave to descriptions is worth a try


def fit_layout(course: PosterContent, size: SheetSize, frame: LaneArea, least: float) -> PosterLayout | None:
    """Return the layout with the largest type that fits, and then as many descriptions as fit beside it.

    `least` is the smallest scale of the type; None where not all events can be told in words.
    """
    few = len(course.entries) <= MOST_EVENTS_WITH_FULL_EFFORT
    scales = [s * size.unit for s in TYPE_SCALES[:: 1 if few else 4] if s * size.unit > least * 1.05] + [
        least
    ]
    bare = LayoutAttempt(course, size, frame, least, effort=choose_effort(course))
    best = _find_largest_layout(bare, scales) if few else _find_likely_layout(bare, scales)
    return _balance_descriptions(bare, best) if best else None


def _balance_descriptions(bare: LayoutAttempt, best: PosterLayout) -> PosterLayout:
    """Add descriptions; where large type leaves no room for all, a comfortable size may have more of them."""
    full = _add_descriptions(replace(bare, scale=best.scale), best)
    comfortable = replace(bare, scale=_choose_comfortable_scale(bare.size.unit))
    if best.scale <= comfortable.scale or len(full.described) == sum(
        bool(e.description) for e in bare.course.entries
    ):
        return full
    smaller = _lay_out_without_key(comfortable)
    if not smaller:
        return full
    other = _add_descriptions(comfortable, smaller)
    counts = [len(add_fitting_descriptions(layout, bare.frame).described) for layout in (full, other)]
    return other if counts[1] > counts[0] else full


def _choose_comfortable_scale(unit: float) -> float:
    """Return the scale of the type beyond which descriptions count for more than size."""
    return 1.3 * unit if unit <= 1 else 1.2 + 0.3 * (unit - 1)


def _find_largest_layout(bare: LayoutAttempt, scales: Sequence[float]) -> PosterLayout | None:
    """Return the layout with the largest type that fits; the search starts where an estimate would."""
    i = _estimate_scale(bare, scales, _EXPECTED)
    best = _lay_out_without_key(replace(bare, scale=scales[i]))
    while best and i and (larger := _lay_out_without_key(replace(bare, scale=scales[i - 1]))):
        best, i = larger, i - 1
    while not best and i + 1 < len(scales):
        i += 1
        best = _lay_out_without_key(replace(bare, scale=scales[i]))
    return best


def _find_likely_layout(bare: LayoutAttempt, scales: Sequence[float]) -> PosterLayout | None:
    """Return a layout of many events with type as large as is likely to fit, above the smallest size."""
    i = _estimate_scale(bare, scales, _SURE)
    return _lay_out_without_key(replace(bare, scale=scales[i])) if i + 1 < len(scales) else None


# of the rows that crowding tells: what they never fall below, what they become as a rule, and at most
_LEAST, _EXPECTED, _SURE = 1.0, 1.2, 1.5


def _estimate_scale(bare: LayoutAttempt, scales: Sequence[float], factor: float) -> int:
    """Return the index of the largest scale that an estimate says would fit: the last, if none does."""
    depth = estimate_depth(bare.frame, divide_attempt_events(bare), factor)
    fits = (k for k, s in enumerate(scales) if depth * s / bare.scale <= bare.frame.depth)
    return next(fits, len(scales) - 1)


def divide_attempt_events(t: LayoutAttempt, digits: int = 0) -> list[StripEvents]:
    """Return the events by lane and inset; `digits` is the length of the key's numbers, if there is one."""
    style = StripStyle(t.size.unit, t.scale, t.described, digits=digits, upright=t.frame.turn.upright)
    return divide_events(t.course, t.size, t.frame, style)


def _lay_out_without_key(t: LayoutAttempt) -> PosterLayout | None:
    """Return the layout if it fits without a key."""
    own = divide_attempt_events(t)
    if estimate_depth(t.frame, own, _LEAST) > t.frame.depth:
        return None
    try:
        return lay_out_strips(t, own, [limit_rows(group) for group in own], t.frame.depth)
    except NoRoomForLabels:
        return None


def _add_descriptions(t: LayoutAttempt, bare: PosterLayout) -> PosterLayout:
    """Add the descriptions of what is decisive, then important, then of the rest, while they fit."""
    best = bare
    if bare.depth > _ROOMY_SHARE * t.frame.depth:
        return bare
    for least in (3, 2, 1):
        described = frozenset(e.key for e in t.course.entries if e.importance >= least and e.description)
        if described == best.described:
            continue
        found = _lay_out_without_key(replace(t, described=described))
        if not found:
            break
        best = found
    return best
