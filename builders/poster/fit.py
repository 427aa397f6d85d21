"""How large the type can be, and what there is room to say: the poster's one decision, before drawing."""

from collections.abc import Sequence
from dataclasses import replace

from builders.poster.crews import Crew, Frame, about, crews_of, most_rows
from builders.poster.entries import Course
from builders.poster.fill import filled
from builders.poster.layout import FEW, Attempt, Layout, effort, laid
from builders.poster.sizes import Size
from builders.poster.strips import Style
from builders.timeline import TooFull

SCALES = tuple(round(1.8 / 1.063**k, 2) for k in range(22))  # 1.8 down to 0.5, in steps of a sixteenth
_ROOMY = 0.85  # of the depth: what labels leave to descriptions is worth a try


def fit(course: Course, size: Size, frame: Frame, least: float) -> Layout | None:
    """Return the layout with the largest type that fits, and then as many descriptions as fit beside it.

    `least` is the smallest scale of the type; None where not all events can be told in words.
    """
    few = len(course.entries) <= FEW
    scales = [s * size.unit for s in SCALES[:: 1 if few else 4] if s * size.unit > least * 1.05] + [least]
    bare = Attempt(course, size, frame, least, effort=effort(course))
    best = _largest(bare, scales) if few else _likely(bare, scales)
    return _told(bare, best) if best else None


def _told(bare: Attempt, best: Layout) -> Layout:
    """Add descriptions; where large type leaves no room for all, a comfortable size may have more of them."""
    full = _with_descriptions(replace(bare, scale=best.scale), best)
    comfortable = replace(bare, scale=_comfortable(bare.size.unit))
    if best.scale <= comfortable.scale or len(full.described) == sum(
        bool(e.description) for e in bare.course.entries
    ):
        return full
    smaller = _fitting(comfortable)
    if not smaller:
        return full
    other = _with_descriptions(comfortable, smaller)
    counts = [len(filled(layout, bare.frame).described) for layout in (full, other)]
    return other if counts[1] > counts[0] else full


def _comfortable(unit: float) -> float:
    """Return the scale of the type beyond which descriptions count for more than size."""
    return 1.3 * unit if unit <= 1 else 1.2 + 0.3 * (unit - 1)


def _largest(bare: Attempt, scales: Sequence[float]) -> Layout | None:
    """Return the layout with the largest type that fits; the search starts where an estimate would."""
    i = _estimated(bare, scales, _EXPECTED)
    best = _fitting(replace(bare, scale=scales[i]))
    while best and i and (larger := _fitting(replace(bare, scale=scales[i - 1]))):
        best, i = larger, i - 1
    while not best and i + 1 < len(scales):
        i += 1
        best = _fitting(replace(bare, scale=scales[i]))
    return best


def _likely(bare: Attempt, scales: Sequence[float]) -> Layout | None:
    """Return a layout of many events with type as large as is likely to fit; the smallest is squeeze's."""
    i = _estimated(bare, scales, _SURE)
    return _fitting(replace(bare, scale=scales[i])) if i + 1 < len(scales) else None


# of the rows that crowding tells: what they never fall below, what they become as a rule, and at most
_LEAST, _EXPECTED, _SURE = 1.0, 1.2, 1.5


def _estimated(bare: Attempt, scales: Sequence[float], factor: float) -> int:
    """Return the index of the largest scale that an estimate says would fit: the last, if none does."""
    depth = about(bare.frame, crews(bare), factor)
    fits = (k for k, s in enumerate(scales) if depth * s / bare.scale <= bare.frame.depth)
    return next(fits, len(scales) - 1)


def crews(t: Attempt, digits: int = 0) -> list[Crew]:
    """Return the events by lane and inset; `digits` is the length of the key's numbers, if there is one."""
    style = Style(t.size.unit, t.scale, t.described, digits=digits, upright=t.frame.turn.upright)
    return crews_of(t.course, t.size, t.frame, style)


def _fitting(t: Attempt) -> Layout | None:
    """Return the layout if it fits without a key."""
    own = crews(t)
    if about(t.frame, own, _LEAST) > t.frame.depth:
        return None
    try:
        return laid(t, own, [most_rows(crew) for crew in own], t.frame.depth)
    except TooFull:
        return None


def _with_descriptions(t: Attempt, bare: Layout) -> Layout:
    """Add the descriptions of what is decisive, then important, then of the rest, while they fit."""
    best = bare
    if bare.depth > _ROOMY * t.frame.depth:
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
