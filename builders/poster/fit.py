"""How large the type can be, and what there is room to say: the poster's one decision, made before drawing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builders.dates import civil
from builders.faults import Fault, OutlineFaults
from builders.poster.entries import Course, Entry, between
from builders.poster.key import key_leading, key_lines
from builders.poster.setting import label_sets
from builders.poster.sizes import Size
from builders.poster.strips import MOST_ROWS, Item, Strip, Style, crowd, metrics, row_height, strip
from builders.timeline import DRAFT, Effort, Mark, Scale, TooFull, Window, dense

SCALES = (1.8, 1.64, 1.5, 1.38, 1.3, 1.24, 1.18, 1.12, 1.06, 1.0, 0.94, 0.88, 0.83, 0.78, 0.73, 0.69, 0.65, 0.61, 0.57, 0.53, 0.5)
_FEW = 120  # events that may be placed with full effort
_NEARLY = 1.2  # of the height: what a draft may need that a careful search can still make fit
_ROOMY = 0.85  # of the height: what labels leave to descriptions is worth a try


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
class _Crew:
    """The events of one strip, and where they go; the inset's has a window."""

    entries: tuple[Entry, ...]
    scale: Scale
    style: Style
    low: int
    high: int
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class _Try:
    """What an attempt at a layout is made from."""

    course: Course
    size: Size
    frame: Frame
    scale: float
    described: frozenset[str] = frozenset()
    effort: Effort = DRAFT
    made: dict[tuple[object, ...], Strip] = field(default_factory=dict)  # what was placed before


def fit(course: Course, size: Size, frame: Frame, least: float) -> Layout | None:
    """Return the layout with the largest type that fits, and then as many descriptions as fit beside it.

    `least` is the smallest scale of the type; None where not all events can be told in words.
    """
    few = len(course.entries) <= _FEW
    scales = [s * size.unit for s in SCALES[:: 1 if few else 4] if s * size.unit > least * 1.05] + [least]
    bare = _Try(course, size, frame, least)
    best, i = _drafted(bare, scales)
    if few:
        tries = [replace(bare, effort=_full(course), scale=scales[k]) for k in (i - 1, i) if 0 <= k < len(scales)]
        near = [t for t in tries if _fitting(replace(t, effort=DRAFT), _NEARLY)]
        best = next((found for t in near if (found := _fitting(t))), best)
    return _with_descriptions(replace(bare, scale=best.scale), best) if best else None


def squeeze(course: Course, size: Size, frame: Frame, least: float) -> Layout:
    """Return a layout in which some events are told in the key. Raises OutlineFaults where even that fails."""
    effort = _full(course) if len(course.entries) <= _FEW else DRAFT
    return _squeezed(_Try(course, size, frame, least, effort=effort))


def _full(course: Course) -> Effort:
    """Return the effort that a course of this length is worth: fewer events, more care for each."""
    return Effort(max(16, min(48, 3200 // max(1, len(course.entries)))), thorough=True)


def _drafted(bare: _Try, scales: Sequence[float]) -> tuple[Layout | None, int]:
    """Return the draft with the largest type that fits, and the index of its scale: past the last, if none does.

    The search starts where an estimate would fit, and goes up or down from there.
    """
    likely = _about(bare, _LIKELY)
    i = next((k for k, s in enumerate(scales) if likely * s / bare.scale <= bare.frame.height), len(scales) - 1)
    best = _fitting(replace(bare, scale=scales[i]))
    if best:
        while i and (larger := _fitting(replace(bare, scale=scales[i - 1]))):
            best, i = larger, i - 1
        return best, i
    while not best and i < len(scales):
        i += 1
        best = _fitting(replace(bare, scale=scales[i])) if i < len(scales) else None
    return best, i


_LIKELY, _LEAST = 1.5, 0.95  # of the rows that crowding tells: what they become, and what they never fall below


def _fitting(t: _Try, slack: float = 1.0) -> Layout | None:
    """Return the layout if it fits, or nearly so, without a key."""
    if _about(t, _LEAST) > t.frame.height:
        return None
    crews = [replace(crew, style=replace(crew.style, digits=0)) for crew in _crews(t)]
    try:
        found = _laid(t, crews, (MOST_ROWS,) * len(crews))
    except TooFull:
        return None
    return found if found.height <= slack * t.frame.height else None


def _about(t: _Try, factor: float) -> float:
    """Return about how high the layout is, if the rows are `factor` of what crowding tells."""
    crews = _crews(t)
    height = float(_fixed(t, crews))
    for crew in crews:
        height += max(0.0, factor * _crowd(t, crew) - 1) * row_height(crew.style)
    return height


def _crowd(t: _Try, crew: _Crew) -> float:
    return crowd(crew.entries, crew.scale, crew.style, crew.low, crew.high)


def _fixed(t: _Try, crews: Sequence[_Crew]) -> int:
    """Return the height of what stands around the rows."""
    lanes = len(t.course.lanes)
    return lanes * (t.frame.least_lane + t.frame.lane_gap) + (t.frame.inset_frame if len(crews) > lanes else 0)


def _crews(t: _Try) -> list[_Crew]:
    """Return the events of each lane, and at the end those of the inset, if there is one."""
    window = _window(t)
    inside = frozenset(window.keys) if window else frozenset()
    digits = len(str(len(t.course.entries)))
    style = Style(t.size.unit, t.scale, t.described, digits=digits)
    crews = [
        _Crew(
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
        crews.append(_Crew(entries, scale, inner, low - edge, high + tail, window))
    return crews


def _window(t: _Try) -> Window | None:
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


def _laid(t: _Try, crews: Sequence[_Crew], rows: Sequence[int], spare: int = 0) -> Layout:
    """Return the layout with at most so many rows a strip, and `spare` rows of numbers. Raises TooFull."""
    strips = [_strip(t, i, crew, most, spare) for i, (crew, most) in enumerate(zip(crews, rows, strict=True))]
    key = sorted((item for s in strips for item in s.numbered), key=lambda i: (i.entry.first, i.entry.last, i.entry.key))
    numbers = {item.entry.key: i for i, item in enumerate(key, 1)}
    strips = [_numbered(s, numbers) for s in strips]
    count = len(t.course.lanes)
    lanes, window = tuple(strips[:count]), crews[-1].window
    height = sum(max(s.depth, t.frame.least_lane) + s.below + t.frame.lane_gap for s in lanes)
    inset = Inset(window.first, window.last, strips[-1]) if window else None
    if inset:
        height += inset.strip.depth + inset.strip.below + t.frame.inset_frame
    height += len(key_lines(key, t.course, t.frame.key_size, t.frame.key_width)) * key_leading(t.frame.key_size)
    told = tuple(replace(item, number=numbers[item.entry.key]) for item in key)
    return Layout(t.scale, lanes, inset, told, height, t.described)


def _strip(t: _Try, index: int, crew: _Crew, rows: int, spare: int) -> Strip:
    said = frozenset(e.key for e in crew.entries) & t.described
    key = index, rows, spare, t.scale, said, t.effort, crew.window, crew.style.digits
    if key not in t.made:
        t.made[key] = strip(crew.entries, crew.scale, crew.style, crew.low, crew.high, rows, spare, t.effort)
    return t.made[key]


def _numbered(s: Strip, numbers: dict[str, int]) -> Strip:
    return replace(s, items=tuple(replace(i, number=numbers.get(i.entry.key, 0)) for i in s.items))


def _with_descriptions(t: _Try, bare: Layout) -> Layout:
    """Add the descriptions of what is decisive, then of what is important, then of the rest, while they fit."""
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


def _squeezed(t: _Try) -> Layout:
    """Give the strips fewer rows until all fits; what loses its place is told in the key."""
    crews = _crews(t)
    if len(t.course.entries) <= _FEW and (found := _row_by_row(t, crews)):
        return found
    crowds = [_crowd(t, crew) for crew in crews]
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
            return layout
    raise _too_full(t, full or tuple(e.key for e in t.course.entries))


_PARTS = (1.3, 1.0, 0.75, 0.5, 0.25, 0.0)  # of the rows that crowding tells; none: numbers alone
_SPARE = (0, 1, 3, 6, 9)  # rows of numbers alone


def _spared(t: _Try, crews: Sequence[_Crew], rows: Sequence[int]) -> tuple[Layout | None, tuple[str, ...]]:
    """Return the layout with as few rows of numbers as it takes, or the keys of what stays without a place."""
    full: tuple[str, ...] = ()
    for spare in _SPARE:
        try:
            return _laid(t, crews, rows, spare), ()
        except TooFull as fault:
            full = fault.keys
    return None, full


def _row_by_row(t: _Try, crews: Sequence[_Crew]) -> Layout | None:
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


def _least_height(t: _Try, crews: Sequence[_Crew], rows: Sequence[int]) -> int:
    """Return about the height of so many rows of labels in one line."""
    return _fixed(t, crews) + sum(max(n - 1, 0) * row_height(c.style) * 2 // 3 for n, c in zip(rows, crews, strict=True))


def _too_full(t: _Try, keys: Sequence[str]) -> OutlineFaults:
    entries = [e for e in t.course.entries if e.key in set(keys)]
    low, high = civil(min(e.first for e in entries))[0], civil(max(e.last for e in entries))[0]
    years = between(low, high, t.course.locale)
    message = f"the events of {years} do not fit on a poster of size {t.size.name}, not even as numbers"
    advice = "take a larger sheet (--poster-size), or give fewer events, or fewer in those years"
    return OutlineFaults([Fault(message, advice, entries[0].path)])
