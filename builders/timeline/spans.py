"""Spans of time into parallel tracks, as few as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts: `key` orders spans that are otherwise alike; `start` and `end` in µm or days."""

    key: str
    start: int
    end: int


def assign_tracks(spans: Sequence[Span], gap: int = 0) -> dict[str, int]:
    """Return the track of each span by key, 0 first; spans of one track keep `gap` from each other.

    Greedy colouring of an interval graph, in the order (start, longest first, key): it uses as few tracks as
    any colouring could (Golumbic 1980, 8.2). Of the free tracks, the lowest is taken.
    """
    free: list[int] = []  # tracks whose last span has ended
    busy: list[tuple[int, int]] = []  # (end, track)
    track: dict[str, int] = {}
    for span in sorted(spans, key=lambda s: (s.start, s.start - s.end, s.key)):
        while busy and busy[0][0] + gap <= span.start:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        track[span.key] = lane
        heappush(busy, (max(span.end, span.start), lane))
    return track


def alternate_tracks(spans: Sequence[Span]) -> list[int]:
    """Return the track of each span, in the order given: 0 and 1 by turns, or `tracks` where spans would meet
    so."""
    by_turns = [sorted(spans[turn::2], key=lambda span: span.start) for turn in (0, 1)]
    if all(one.end <= after.start for track in by_turns for one, after in pairwise(track)):
        return [number % 2 for number in range(len(spans))]
    track_of = assign_tracks(spans)
    return [track_of[span.key] for span in spans]
