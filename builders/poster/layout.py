"""A layout of the poster's strips: what one attempt is made from, and what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builders.dates import civil
from builders.poster.entries import Course, Entry
from builders.poster.key import key_leading, key_lines
from builders.poster.setting import label_sets
from builders.poster.sizes import Size
from builders.poster.strips import Item, Strip, Style, crowd, metrics, strip
from builders.timeline import DRAFT, Effort, Mark, Scale, Window, dense

FEW = 120  # events that may be placed with full effort


@dataclass(frozen=True, slots=True)
class Frame:
    """What the sheet leaves to the lanes, in µm: the axis, the inset's sides, and heights."""

    axis: Scale
    low: int  # where labels may begin and end
    high: int
    inset_low: int
    inset_high: int
    height: int  # of all lanes, the inset and the key
    lane_gap: int  # under each lane, beside its own depth
    least_lane: int  # that a lane's name needs
    inset_frame: int  # an inset's height without its rows
    key_width: int
    key_size: float  # points


@dataclass(frozen=True, slots=True)
class Inset:
    """A stretch of the axis, magnified: its days and its strip, which holds all lanes."""

    first: int
    last: int
    strip: Strip


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place: the type's scale, a strip a lane, the inset, the events told in the key."""

    scale: float
    lanes: tuple[Strip, ...]
    inset: Inset | None
    key: tuple[Item, ...]
    height: int  # used
    described: frozenset[str]


@dataclass(frozen=True, slots=True)
class Crew:
    """The events of one strip, and where they go; the inset's has a window."""

    entries: tuple[Entry, ...]
    scale: Scale
    style: Style
    low: int
    high: int
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an attempt at a layout is made from."""

    course: Course
    size: Size
    frame: Frame
    scale: float
    described: frozenset[str] = frozenset()
    effort: Effort = DRAFT
    made: dict[tuple[object, ...], Strip] = field(default_factory=dict)  # what was placed before


def full_effort(course: Course) -> Effort:
    """Return the effort that a course of this length is worth: fewer events, more care for each."""
    return Effort(max(16, min(48, 3200 // max(1, len(course.entries)))), thorough=True)


def crowd_of(crew: Crew) -> float:
    """Return about how many rows a crew needs."""
    return crowd(crew.entries, crew.scale, crew.style, crew.low, crew.high)


def fixed_height(t: Attempt, crews: Sequence[Crew]) -> int:
    """Return the height of what stands around the rows."""
    lanes = len(t.course.lanes)
    return lanes * (t.frame.least_lane + t.frame.lane_gap) + (
        t.frame.inset_frame if len(crews) > lanes else 0
    )


def crews_of(t: Attempt) -> list[Crew]:
    """Return the events of each lane, and at the end those of the inset, if there is one."""
    window = _window(t)
    inside = frozenset(window.keys) if window else frozenset()
    digits = len(str(len(t.course.entries)))
    style = Style(t.size.unit, t.scale, t.described, digits=digits)
    crews = [
        Crew(
            tuple(e for e in t.course.entries if e.lane == lane and e.key not in inside),
            t.frame.axis, style, t.frame.low, t.frame.high,
        )
        for lane in range(len(t.course.lanes))
    ]  # fmt: skip
    if window:
        low, high = t.frame.inset_low, t.frame.inset_high
        edge, tail = t.size.mm(3), t.size.mm(15)
        years = civil(window.last)[0] - civil(window.first)[0] > 2
        inner = replace(style, years=years, glyph=round(4400 * t.scale))
        entries = tuple(e for e in t.course.entries if e.key in inside)
        scale = Scale(window.first, window.last, low, high - low)
        crews.append(Crew(entries, scale, inner, low - edge, high + tail, window))
    return crews


def _window(t: Attempt) -> Window | None:
    m = metrics(t.size.unit, t.scale)
    marks = [
        Mark(e.key, e.first, e.last, str(e.lane), _shortest(e, t.scale) + m.text_gap + m.gap)
        for e in t.course.entries
        if not e.date.open
    ]
    return next(iter(dense(marks, t.frame.axis, m.reach)), None)


def _shortest(entry: Entry, scale: float) -> int:
    sets = label_sets(entry, scale, False, True)
    return sets[min(1, len(sets) - 1)].width


def laid(t: Attempt, crews: Sequence[Crew], rows: Sequence[int], spare: int = 0) -> Layout:
    """Return the layout with at most so many rows a strip, and `spare` rows of numbers. Raises TooFull."""
    strips = [_strip(t, i, crew, most, spare) for i, (crew, most) in enumerate(zip(crews, rows, strict=True))]
    key = sorted(
        (item for s in strips for item in s.numbered),
        key=lambda i: (i.entry.first, i.entry.last, i.entry.key),
    )
    numbers = {item.entry.key: i for i, item in enumerate(key, 1)}
    strips = [_numbered(s, numbers) for s in strips]
    count = len(t.course.lanes)
    lanes, window = tuple(strips[:count]), crews[-1].window
    height = sum(max(s.depth, t.frame.least_lane) + s.below + t.frame.lane_gap for s in lanes)
    inset = Inset(window.first, window.last, strips[-1]) if window else None
    if inset:
        height += inset.strip.depth + inset.strip.below + t.frame.inset_frame
    height += len(key_lines(key, t.course, t.frame.key_size, t.frame.key_width)) * key_leading(
        t.frame.key_size
    )
    told = tuple(replace(item, number=numbers[item.entry.key]) for item in key)
    return Layout(t.scale, lanes, inset, told, height, t.described)


def _strip(t: Attempt, index: int, crew: Crew, rows: int, spare: int) -> Strip:
    said = frozenset(e.key for e in crew.entries) & t.described
    key = index, rows, spare, t.scale, said, t.effort, crew.window, crew.style.digits
    if key not in t.made:
        t.made[key] = strip(crew.entries, crew.scale, crew.style, crew.low, crew.high, rows, spare, t.effort)
    return t.made[key]


def _numbered(s: Strip, numbers: dict[str, int]) -> Strip:
    return replace(s, items=tuple(replace(i, number=numbers.get(i.entry.key, 0)) for i in s.items))
