"""How large the type can be, and what there is room to say: the poster's one decision, before drawing."""

from collections.abc import Sequence
from dataclasses import replace

from builders.poster.entries import Course
from builders.poster.layout import (
    FEW,
    Attempt,
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

SCALES = tuple(round(1.8 / 1.063**k, 2) for k in range(22))  # 1.8 down to 0.5, in steps of a sixteenth
_NEARLY = 1.2  # of the height: what a draft may need that a careful search can still make fit
_COMFORT = 1.3  # a scale of the type beyond which descriptions count for more than size
_ROOMY = 0.85  # of the height: what labels leave to descriptions is worth a try


def fit(course: Course, size: Size, frame: Frame, least: float) -> Layout | None:
    """Return the layout with the largest type that fits, and then as many descriptions as fit beside it.

    `least` is the smallest scale of the type; None where not all events can be told in words.
    """
    few = len(course.entries) <= FEW
    scales = [s * size.unit for s in SCALES[:: 1 if few else 4] if s * size.unit > least * 1.05] + [least]
    bare = Attempt(course, size, frame, least)
    best, i = _drafted(bare, scales)
    if few:
        tries = [
            replace(bare, effort=full_effort(course), scale=scales[k])
            for k in (i - 1, i)
            if 0 <= k < len(scales)
        ]
        near = [t for t in tries if _fitting(replace(t, effort=DRAFT), _NEARLY)]
        best = next((found for t in near if (found := _fitting(t))), best)
    return _told(bare, best) if best else None


def _told(bare: Attempt, best: Layout) -> Layout:
    """Add descriptions; where large type leaves no room for all, a comfortable size may have more of them."""
    full = _with_descriptions(replace(bare, scale=best.scale), best)
    comfortable = replace(bare, scale=_COMFORT * bare.size.unit)
    if best.scale <= comfortable.scale or len(full.described) == sum(
        bool(e.description) for e in bare.course.entries
    ):
        return full
    smaller = _fitting(comfortable)
    other = _with_descriptions(comfortable, smaller) if smaller else full
    return other if len(other.described) > len(full.described) else full


def _drafted(bare: Attempt, scales: Sequence[float]) -> tuple[Layout | None, int]:
    """Return the draft with the largest type that fits, and its index: past the last, if none does.

    The search starts where an estimate would fit, and goes up or down from there.
    """
    likely = _about(bare, _LIKELY)
    i = next(
        (k for k, s in enumerate(scales) if likely * s / bare.scale <= bare.frame.height), len(scales) - 1
    )
    best = _fitting(replace(bare, scale=scales[i]))
    if best:
        while i and (larger := _fitting(replace(bare, scale=scales[i - 1]))):
            best, i = larger, i - 1
        return best, i
    while not best and i < len(scales):
        i += 1
        best = _fitting(replace(bare, scale=scales[i])) if i < len(scales) else None
    return best, i


# of the rows that crowding tells: what they become, and what they never fall below
_LIKELY, _LEAST = 1.5, 0.95


def _fitting(t: Attempt, slack: float = 1.0) -> Layout | None:
    """Return the layout if it fits, or nearly so, without a key."""
    if _about(t, _LEAST) > t.frame.height:
        return None
    crews = [replace(crew, style=replace(crew.style, digits=0)) for crew in crews_of(t)]
    try:
        found = laid(t, crews, (MOST_ROWS,) * len(crews))
    except TooFull:
        return None
    return found if found.height <= slack * t.frame.height else None


def _about(t: Attempt, factor: float) -> float:
    """Return about how high the layout is, if the rows are `factor` of what crowding tells."""
    crews = crews_of(t)
    height = float(fixed_height(t, crews))
    for crew in crews:
        height += max(0.0, factor * crowd_of(crew) - 1) * row_height(crew.style)
    return height


def _with_descriptions(t: Attempt, bare: Layout) -> Layout:
    """Add the descriptions of what is decisive, then important, then of the rest, while they fit."""
    best = bare
    if bare.height > _ROOMY * t.frame.height:
        return bare
    for least in (3, 2, 1):
        described = frozenset(e.key for e in t.course.entries if e.importance >= least and e.description)
        if described == best.described:
            continue
        found = _fitting(replace(t, described=described))
        if not found:
            break
        best = found
    return best
