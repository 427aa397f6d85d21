"""Keeping things apart along an axis: least-squares displacement, and spans of time in parallel tracks."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

_SWEEPS = 100  # at most
_WORK = 40_000  # ... as far as so many steps allow: a crowd's last micrometres are not worth seconds
_STILL = 20.0  # µm: a sweep that moves nothing further than this is the last


class LeastDistance(NamedTuple):
    """Item `second` stands at least `gap` µm after item `first`; first < second."""

    first: int
    second: int
    gap: int


def space_in_order(wanted: Sequence[int], gaps: Sequence[int], low: int, high: int) -> list[int]:
    """Return the positions nearest to `wanted` (least squares) that stay in order, `gaps` apart, low to high.

    `gaps[i]` is the least distance from item i to item i + 1. Subtracting the distances turns the problem
    into isotonic regression, which pooling adjacent violators solves exactly in linear time (Barlow et al.
    1972); bounds are met by clamping its solution. Where low to high is too short for the gaps, the last
    items stand past `high`: check it.
    """
    offsets = [0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[int, int]] = []  # (sum, count), their means rising
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    top = max(low, high - offsets[-1]) if wanted else low
    means = [min(max(total // count, low), top) for total, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def space_apart(
    wanted: Sequence[int], lows: Sequence[int], highs: Sequence[int], needs: Sequence[LeastDistance]
) -> list[int] | None:
    """Return the positions nearest to `wanted` (least squares) that meet `needs` within lows and highs.

    The general case of `space_in_order`: each item must keep its distance from several others. Solved by
    Hildreth's dual coordinate ascent (1957), then rounded and made exact; None where no solution exists.
    """
    least, most = _find_limits(lows, highs, needs)
    if any(a > b for a, b in zip(least, most, strict=True)):
        return None
    places = _relax_positions(wanted, least, most, needs)
    return _round_positions([round(place) for place in places], least, most, needs)


def _find_limits(
    lows: Sequence[int], highs: Sequence[int], needs: Sequence[LeastDistance]
) -> tuple[list[int], list[int]]:
    """Return the lowest and the highest position that each item can have (longest paths)."""
    least, most = list(lows), list(highs)
    for need in sorted(needs, key=lambda n: (n.second, n.first)):
        least[need.second] = max(least[need.second], least[need.first] + need.gap)
    for need in sorted(needs, key=lambda n: (-n.first, -n.second)):
        most[need.first] = min(most[need.first], most[need.second] - need.gap)
    return least, most


def _relax_positions(
    wanted: Sequence[int], least: list[int], most: list[int], needs: Sequence[LeastDistance]
) -> list[float]:
    places = [float(min(max(w, a), b)) for w, a, b in zip(wanted, least, most, strict=True)]
    pulls = [0.0] * len(needs)
    for _ in range(min(_SWEEPS, 1 + _WORK // max(1, len(needs)))):
        moved = 0.0
        for k, (first, second, gap) in enumerate(needs):
            push = (gap - places[second] + places[first]) / 2
            if push < -pulls[k]:  # noqa: PLR1730 (max() takes twice as long here)
                push = -pulls[k]
            if push:
                pulls[k] += push
                places[first] -= push
                places[second] += push
                moved = max(moved, push, -push)
        if moved < _STILL:
            break
    return places


def _round_positions(
    places: list[int], least: list[int], most: list[int], needs: Sequence[LeastDistance]
) -> list[int]:
    """Mend what rounding and the bounds have left: push to the right, which the limits leave room for."""
    mended = [min(max(p, a), b) for p, a, b in zip(places, least, most, strict=True)]
    for need in sorted(needs, key=lambda n: (n.second, n.first)):
        mended[need.second] = max(mended[need.second], mended[need.first] + need.gap)
    return mended


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts, by the name `key`; `start` and `end` in µm or days."""

    key: str
    start: int
    end: int


def assign_tracks(spans: Sequence[Span], gap: int = 0) -> dict[str, int]:
    """Return the track of each span by key, 0 first; spans of one track keep `gap` from each other.

    Greedy colouring of an interval graph, in the order (start, longest first, as given): it uses as few
    tracks as any colouring could (Golumbic 1980, 8.2). Of the free tracks, the lowest is taken.
    """
    free: list[int] = []  # tracks whose last span has ended
    busy: list[tuple[int, int]] = []  # (end, track)
    track: dict[str, int] = {}
    for span in sorted(spans, key=lambda s: (s.start, s.start - s.end)):
        while busy and busy[0][0] + gap <= span.start:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        track[span.key] = lane
        heappush(busy, (max(span.end, span.start), lane))
    return track


def alternate_tracks(spans: Sequence[Span]) -> list[int]:
    """Return the track of each span, in the order given.

    They are 0 and 1 by turns; where two spans of one track would meet, those of `assign_tracks`.
    """
    by_turns = [sorted(spans[turn::2], key=lambda span: span.start) for turn in (0, 1)]
    if all(one.end <= after.start for track in by_turns for one, after in pairwise(track)):
        return [number % 2 for number in range(len(spans))]
    track_of = assign_tracks(spans)
    return [track_of[span.key] for span in spans]
