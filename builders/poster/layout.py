"""A layout of the poster's strips: what one attempt is made from, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from builders.poster.crews import Crew, Frame, crowd_of, fixed_depth
from builders.poster.entries import Course, Entry
from builders.poster.key import key_depth
from builders.poster.sizes import Size
from builders.poster.strips import Bed, Item, Strip, Style, row_height, strip
from builders.timeline import DRAFT, Effort

FEW = 120  # events that may be placed with full effort
_CROWDED = 3.0  # rows: from here on, a strip is worth all effort
_LEAST_WIDTH = 5
_SURELY = 0.8  # of the rows that crowding tells: what a strip needs at least
_REMEMBERED = 256  # strips: a process that lives on finds what has not changed


@dataclass(frozen=True, slots=True)
class Inset:
    """A stretch of the axis, magnified: its days, its strip, which holds all lanes, its frame's two ends."""

    first: int
    last: int
    strip: Strip
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place: the type's scale, a strip a lane, the insets, the events told in the key.

    `depth` is what all of it takes across the axis.
    """

    scale: float
    lanes: tuple[Strip, ...]
    insets: tuple[Inset, ...]
    key: tuple[Item, ...]
    depth: int
    described: frozenset[str]

    @property
    def strips(self) -> tuple[Strip, ...]:
        """Return all strips: the lanes', then the insets'."""
        return (*self.lanes, *(inset.strip for inset in self.insets))


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt at a layout is made from."""

    course: Course
    size: Size
    frame: Frame
    scale: float
    described: frozenset[str] = frozenset()
    effort: Effort = DRAFT


def effort(course: Course) -> Effort:
    """Return the effort that a course of this length is worth: fewer events, more care for each."""
    count = len(course.entries)
    return Effort(max(_LEAST_WIDTH, min(32, 2400 // max(1, count))), thorough=count <= FEW)


def laid(t: Attempt, crews: Sequence[Crew], rows: Sequence[int], most: float = 0.0) -> Layout | None:
    """Return the layout with at most so many rows a strip; None where it takes more than `most`, if given.

    The fullest strips come first, so that what does not fit ends early. Raises TooFull.
    """
    strips: dict[int, Strip] = {}
    for i in sorted(range(len(crews)), key=lambda i: (-crowd_of(crews[i]), i)):
        crew = crews[i]
        style = replace(crew.style, described=crew.style.described & {e.key for e in crew.entries})
        strips[i] = _strip(crew.entries, crew.bed, style, rows[i], _effort(t.effort, crew))
        if most and depth_of(t, crews, strips) > most:
            return None
    return _joined(t, crews, [strips[i] for i in range(len(crews))])


def _effort(whole: Effort, crew: Crew) -> Effort:
    """Return the effort that a strip is worth: where labels are few, there is little to search."""
    share = min(1.0, crowd_of(crew) / _CROWDED)
    return Effort(max(_LEAST_WIDTH, round(whole.width * share)), whole.thorough)


@lru_cache(maxsize=_REMEMBERED)
def _strip(entries: tuple[Entry, ...], bed: Bed, style: Style, rows: int, effort: Effort) -> Strip:
    return strip(entries, bed, style, rows, effort)


def _joined(t: Attempt, crews: Sequence[Crew], strips: Sequence[Strip]) -> Layout:
    key = sorted(
        (item for s in strips for item in s.numbered),
        key=lambda i: (i.entry.first, i.entry.last, i.entry.key),
    )
    numbers = {item.entry.key: i for i, item in enumerate(key, 1)}
    told = tuple(replace(item, number=numbers[item.entry.key]) for item in key)
    strips = [_numbered(s, numbers) for s in strips]
    depth = depth_of(t, crews, dict(enumerate(strips)))
    if not t.frame.turn.upright:
        depth += key_depth(key, t.course, t.frame.key_size, t.frame.key_width)
    insets = tuple(
        Inset(c.window.first, c.window.last, s, c.start, c.end)
        for c, s in zip(crews, strips, strict=True)
        if c.window
    )
    lanes = tuple(strips[: len(strips) - len(insets)])
    return Layout(t.scale, lanes, insets, told, depth, t.described)


def depth_of(t: Attempt, crews: Sequence[Crew], strips: dict[int, Strip]) -> int:
    """Return what the strips take across the axis; one that is not yet there, the least that it could."""
    depth = fixed_depth(t.frame, crews)
    deepest = 0
    for i, crew in enumerate(crews):
        if i in strips:
            own, below = strips[i].depth, strips[i].below
        else:
            own, below = round(_SURELY * crowd_of(crew) * row_height(crew.style)), 0
        if crew.window:
            deepest = max(deepest, own + below)
        else:
            depth += max(0, own - t.frame.least_lane) + below
    return depth + deepest


def _numbered(s: Strip, numbers: dict[str, int]) -> Strip:
    return replace(s, items=tuple(replace(i, number=numbers.get(i.entry.key, 0)) for i in s.items))
