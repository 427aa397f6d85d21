"""Labels over a line: a lane's, or an inset's. Placed by builders/timeline, measured by setting.py."""

from collections.abc import Collection, Mapping, Sequence
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
    rows_needed,
    tracks,
)

MOST_ROWS = 7
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


def metrics(unit: float, scale: float) -> Metrics:
    """Return a strip's distances."""

    def of(length: float, by: float) -> int:
        return round(length * MM * by)

    return Metrics(
        foot=of(6.0, unit),
        reach=of(34, scale),
        gap=of(0.8, scale),
        leader_gap=of(2.0, scale),
        text_gap=of(1.3, scale),
        tail=of(1.5, scale),
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
    described: Collection[str] = ()
    years: bool = True
    glyph: int = 0
    digits: int = 0  # of the longest number in the key; 0 where every event must be told in words


def strip(
    entries: Sequence[Entry],
    scale: Scale,
    style: Style,
    low: int,
    high: int,
    rows: int = MOST_ROWS,
    spare: int = 0,
    effort: Effort = FULL,
) -> Strip:
    """Place the labels of `entries` over a line from `low` to `high`, in at most so many rows.

    `spare` is the number of rows for numbers alone. Raises timeline.TooFull.
    """
    m = metrics(style.unit, style.scale)
    sets = {e.key: _sets(e, style) for e in entries}
    room = _room(m, low, high, rows, spare)
    placed = place(_labels(entries, sets, scale, style, m), room, effort)
    track = span_tracks(entries, scale, m)
    by_key = {e.key: e for e in entries}
    items = tuple(
        Item(by_key[p.key], p.at, p, sets[p.key][p.box // 2], p.box % 2 == 0, track.get(p.key, 0))
        for p in placed.labels
    )
    return Strip(items, placed, room, m, scale, max(track.values(), default=0) * m.track)


def crowd(entries: Sequence[Entry], scale: Scale, style: Style, low: int, high: int) -> float:
    """Return about how many rows the labels of `entries` would need."""
    m = metrics(style.unit, style.scale)
    sets = {e.key: _sets(e, style) for e in entries}
    return rows_needed(_labels(entries, sets, scale, style, m), _room(m, low, high, MOST_ROWS))


def row_height(style: Style) -> int:
    """Return the height of a row of labels in two lines, in µm."""
    m = metrics(style.unit, style.scale)
    return date_leading(style.scale) + 2 * leading(2, style.scale) + m.row_gap


def _room(m: Metrics, low: int, high: int, rows: int, spare: int = 0) -> Room:
    return Room(low, high, rows, m.reach, m.gap, m.leader_gap, m.foot, spare)


def _labels(
    entries: Sequence[Entry], sets: Mapping[str, tuple[Set, ...]], scale: Scale, style: Style, m: Metrics
) -> list[Label]:
    return [Label(e.key, position(e, scale, m), _boxes(sets[e.key], style, m), e.importance) for e in entries]


def _sets(entry: Entry, style: Style) -> tuple[Set, ...]:
    sets = label_sets(entry, style.scale, entry.key in style.described, style.years, style.glyph)
    return (*sets, number_set("0" * style.digits, style.scale)) if style.digits else sets


def _boxes(sets: tuple[Set, ...], style: Style, m: Metrics) -> tuple[Box, ...]:
    boxes: list[Box] = []
    for s in sets:
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


def span_tracks(entries: Sequence[Entry], scale: Scale, m: Metrics) -> dict[str, int]:
    """Return the track of each event that lasts; track 0 is the line itself."""
    spans = [
        Span(e.key, scale.at(e.first), scale.at(e.last + 1) if e.date.end else scale.end)
        for e in entries
        if lasts(e, scale, m)
    ]
    return tracks(spans, m.marker)
