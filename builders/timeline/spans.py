"""Spans of time into parallel tracks, as few as can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts: `key` orders spans that are otherwise alike; `start` and `end` in µm or days."""

    key: str
    start: int
    end: int


def tracks(spans: Sequence[Span], gap: int = 0) -> dict[str, int]:
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
