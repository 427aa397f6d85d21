"""Labels over a line: a lane's, or an inset's. Placed by builders/timeline, measured by setting.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builders.poster.entries import Entry
from builders.poster.setting import Set, date_leading, label_sets, leading, number_set
from builders.timeline import (
    FULL,
    MM,
    Box,
    Effort,
    Label,
    Placed,
    Room,
    Rows,
    Scale,
    Span,
    either_side,
    place,
    tracks,
)

MOST_ROWS = 7
MOST_SPARE = 9  # rows of numbers alone
NUMBER_COLUMN = 11_000
USUAL_COLUMN = 50_000  # µm at a type scale of 1: what a column of labels is wide
WIDEST = 110_000  # µm at a type scale of 1: a label that is longer in one line takes two
LINE_COST = 2_500  # what a second line costs, beside its height; a third costs three times that
SIDE_COST = 1_500  # what standing before the leader costs


@dataclass(frozen=True, slots=True)
class Metrics:
    """The distances of a strip, in µm, for a unit of the sheet and a scale of the type."""

    foot: int  # where leaders bend
    reach: int  # how far a label may stand from its date
    gap: int  # between labels of a row
    leader_gap: int
    text_gap: int  # from leader to text
    tail: int  # behind the text: two labels that face each other keep twice as much, and the gap
    row_gap: int  # above a label
    marker: int  # half a marker's size
    track: int  # from a span to the one below it
    shortest_span: int  # what lasts a shorter time is a point


def metrics(unit: float, scale: float, upright: bool = False) -> Metrics:
    """Return a strip's distances. Upright, labels are low along the axis: they may stand further off."""

    def of(length: float, by: float) -> int:
        return round(length * MM * by)

    return Metrics(
        foot=of(7.2 if upright else 6.0, unit),
        reach=of(84.0 if upright else 34.0, scale),
        gap=of(0.8, scale),
        leader_gap=of(2.0, scale),
        text_gap=of(1.3, scale),
        tail=of(2.2 if upright else 1.5, scale),
        row_gap=of(1.8, scale),
        marker=of(1.7, unit),
        track=of(3.0, unit),
        shortest_span=of(3.0, unit),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """An event in its place: where its marker and its label stand. `after` the leader, or before it."""

    entry: Entry
    at: int
    placed: Placed
    set: Set
    after: bool
    track: int
    number: int = 0  # in the key, where the label is no more than that


@dataclass(frozen=True, slots=True)
class Strip:
    """A line with its labels; `below` is what further tracks of spans take under the line."""

    items: tuple[Item, ...]
    rows: Rows
    room: Room
    metrics: Metrics
    scale: Scale
    below: int

    @property
    def depth(self) -> int:
        """Return the height over the line, in µm."""
        return max(self.rows.depth, self.metrics.foot)

    @property
    def numbered(self) -> tuple[Item, ...]:
        """Return the events that are told in the key."""
        return tuple(item for item in self.items if item.set.number)


@dataclass(frozen=True, slots=True)
class Style:
    """How a strip's labels are set: type scale, whose descriptions, with years, room for a lane's sign."""

    unit: float
    scale: float
    described: frozenset[str] = frozenset()
    years: bool = True
    glyph: int = 0
    digits: int = 0  # of the longest number in the key; 0 where every event must be told in words
    upright: bool = False

    @property
    def metrics(self) -> Metrics:
        """Return the strip's distances."""
        return metrics(self.unit, self.scale, self.upright)


@dataclass(frozen=True, slots=True)
class Bed:
    """Where a strip lies: its scale, and where its labels begin and end along it (µm)."""

    scale: Scale
    low: int
    high: int


def strip(
    entries: Sequence[Entry], bed: Bed, style: Style, rows: int = MOST_ROWS, effort: Effort = FULL
) -> Strip:
    """Place the labels of `entries` over a line, in at most so many rows of words. Raises TooFull."""
    m, scale = style.metrics, bed.scale
    sets = {e.key: _sets(e, style) for e in entries}
    room = _room(m, bed, rows, style, MOST_SPARE if style.digits else 0)
    placed = place(_labels(entries, sets, scale, style, m), room, effort)
    track = span_tracks(entries, scale, m)
    by_key = {e.key: e for e in entries}
    sides = 1 if style.upright else 2
    items = tuple(
        Item(
            by_key[p.key], p.at, p, sets[p.key][p.box // sides], p.box % sides == 0, track.get(p.key, 0)
        )
        for p in placed.labels
    )  # fmt: skip
    return Strip(items, placed, room, m, scale, max(track.values(), default=0) * m.track)


def labels_of(entries: Sequence[Entry], bed: Bed, style: Style) -> tuple[list[Label], Room]:
    """Return the labels of `entries` as they are to be placed, and their room; upright, of a usual width."""
    m = style.metrics
    widest = round(USUAL_COLUMN * style.scale) if style.upright else 0
    sets = {e.key: _no_wider(_sets(e, style), widest) for e in entries}
    return _labels(entries, sets, bed.scale, style, m), _room(m, bed, MOST_ROWS, style)


def _no_wider(sets: tuple[Set, ...], widest: int) -> tuple[Set, ...]:
    return tuple(s for s in sets if not widest or s.width <= widest) or sets[-1:]


def row_height(style: Style) -> int:
    """Return the height of a row of labels in two lines, or the width of a column of them, in µm."""
    if style.upright:
        return round(USUAL_COLUMN * style.scale)
    return date_leading(style.scale) + 2 * leading(3, style.scale) + style.metrics.row_gap


def number_height(style: Style) -> int:
    """Return the height of a row of numbers, or the width of a column of them, in µm."""
    if style.upright:
        return round(NUMBER_COLUMN * style.scale)
    return date_leading(style.scale) + style.metrics.row_gap


def _room(m: Metrics, bed: Bed, rows: int, style: Style, spare: int = 0) -> Room:
    near = not style.upright
    return Room(bed.low, bed.high, rows, m.reach, m.gap, m.leader_gap, m.foot, spare, near)


def _labels(
    entries: Sequence[Entry], sets: Mapping[str, tuple[Set, ...]], scale: Scale, style: Style, m: Metrics
) -> list[Label]:
    return [Label(e.key, position(e, scale, m), _boxes(sets[e.key], style, m), e.importance) for e in entries]


def _sets(entry: Entry, style: Style) -> tuple[Set, ...]:
    described = entry.key in style.described
    sets = label_sets(entry, style.scale, described, style.years, style.glyph, style.upright)
    return (*sets, number_set("0" * style.digits, style.scale)) if style.digits else sets


def _boxes(sets: tuple[Set, ...], style: Style, m: Metrics) -> tuple[Box, ...]:
    boxes: list[Box] = []
    for s in sets:
        if style.upright:
            boxes.append(upright_box(s, m))
            continue
        if s.number:
            boxes += either_side(s.width + m.text_gap, s.height + m.row_gap, last=True)
            continue
        cost = round(LINE_COST * style.scale) * (0, 1, 4)[len(s.lines) - 1]
        if s.width > WIDEST * style.scale:
            cost += round(WIDEST * style.scale)
        boxes += either_side(
            s.width + m.text_gap + m.tail, s.height + m.row_gap, cost, round(SIDE_COST * style.scale)
        )
    return tuple(boxes)


def upright_box(s: Set, m: Metrics) -> Box:
    """Return the box of a label right of an upright line: its leader meets the middle of its date."""
    half = date_leading(s.scale) // 2
    cost = round(LINE_COST * s.scale) * len(s.lines)
    return Box(half, s.height - half + m.row_gap, m.text_gap + s.width + m.tail, cost, last=s.number)


def position(entry: Entry, scale: Scale, m: Metrics) -> int:
    """Return where a marker stands: at the start of what lasts, else in the middle of what the date means."""
    if lasts(entry, scale, m):
        start = entry.date.start
        if start is None:
            return scale.at(entry.last + 1)
        return scale.middle(start.first, start.last) if start.precision == "day" else scale.at(start.first)
    return scale.middle(entry.first, entry.last)


def lasts(entry: Entry, scale: Scale, m: Metrics) -> bool:
    """Whether an event is drawn as a span."""
    long = scale.at(entry.last + 1) - scale.at(entry.first) >= m.shortest_span
    return entry.date.interval and (long or entry.date.open)


def bracketed(entry: Entry, scale: Scale, m: Metrics) -> bool:
    """Whether a date is drawn as a bracket: it is not known to the day, and its length can be seen."""
    if lasts(entry, scale, m) or (entry.date.precision == "day" and not entry.date.approximate):
        return False
    return scale.at(entry.last + 1) - scale.at(entry.first) > 2 * m.marker


def span_tracks(entries: Sequence[Entry], scale: Scale, m: Metrics) -> dict[str, int]:
    """Return the track of each event that lasts; track 0 is the line itself."""
    spans = [
        Span(e.key, scale.at(e.first), scale.at(e.last + 1) if e.date.end else scale.end)
        for e in entries
        if lasts(e, scale, m)
    ]
    return tracks(spans, m.marker)
