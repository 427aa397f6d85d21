"""Labels over a line: a lane's, or an inset's. Placed by builders/timeline, measured by label_text.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builders.poster.content import PosterEvent
from builders.poster.label_text import (
    LabelSet,
    make_label_sets,
    make_number_set,
    measure_date_leading,
    measure_leading,
)
from builders.timeline import (
    FULL,
    UM_PER_MM,
    LabelArea,
    LabelBox,
    LabelRows,
    PlacedLabel,
    Scale,
    SearchEffort,
    Span,
    TimelineLabel,
    assign_tracks,
    make_side_boxes,
    place_labels,
)

MOST_ROWS = 7
MOST_NUMBER_ROWS = 9  # rows of numbers alone
NUMBER_COLUMN_WIDTH = 11_000
USUAL_COLUMN_WIDTH = 50_000  # µm at a type scale of 1: what a column of labels is wide
WIDEST_ONE_LINE = 110_000  # µm at a type scale of 1: a label that is longer in one line takes two
LINE_COST = 2_500  # what a second line costs, beside its height; a third costs three times that
SIDE_COST = 1_500  # what standing before the leader costs


@dataclass(frozen=True, slots=True)
class StripMetrics:
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


def make_metrics(unit: float, scale: float, upright: bool = False) -> StripMetrics:
    """Return a strip's distances. Upright, labels are low along the axis: they may stand further off."""

    def of(length: float, by: float) -> int:
        return round(length * UM_PER_MM * by)

    return StripMetrics(
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
class PlacedEvent:
    """An event in its place: where its marker and its label stand. `after` the leader, or before it."""

    entry: PosterEvent
    at: int
    placed: PlacedLabel
    set: LabelSet
    after: bool
    track: int
    number: int = 0  # in the key, where the label is no more than that


@dataclass(frozen=True, slots=True)
class Strip:
    """A line with its labels; `below` is what further tracks of spans take under the line."""

    items: tuple[PlacedEvent, ...]
    rows: LabelRows
    room: LabelArea
    metrics: StripMetrics
    scale: Scale
    below: int

    @property
    def depth(self) -> int:
        """Return the height over the line, in µm."""
        return max(self.rows.depth, self.metrics.foot)

    @property
    def numbered(self) -> tuple[PlacedEvent, ...]:
        """Return the events that are told in the key."""
        return tuple(item for item in self.items if item.set.number)


@dataclass(frozen=True, slots=True)
class StripStyle:
    """How a strip's labels are set: type scale, whose descriptions, with years, room for a lane's sign."""

    unit: float
    scale: float
    described: frozenset[str] = frozenset()
    years: bool = True
    glyph: int = 0
    digits: int = 0  # of the longest number in the key; 0 where every event must be told in words
    upright: bool = False

    @property
    def metrics(self) -> StripMetrics:
        """Return the strip's distances."""
        return make_metrics(self.unit, self.scale, self.upright)


@dataclass(frozen=True, slots=True)
class StripAxis:
    """Where a strip lies: its scale, and where its labels begin and end along it (µm)."""

    scale: Scale
    low: int
    high: int


def place_strip(
    entries: Sequence[PosterEvent],
    bed: StripAxis,
    style: StripStyle,
    rows: int = MOST_ROWS,
    effort: SearchEffort = FULL,
) -> Strip:
    """Return a strip with the labels of `entries` placed over its line, in at most `rows` rows of words.

    Raises NoRoomForLabels where some label finds no place.
    """
    m, scale = style.metrics, bed.scale
    sets = {e.key: _list_sets(e, style) for e in entries}
    room = _make_label_area(m, bed, rows, style, MOST_NUMBER_ROWS if style.digits else 0)
    placed = place_labels(_make_labels(entries, sets, scale, style, m), room, effort)
    track = assign_span_tracks(entries, scale, m)
    by_key = {e.key: e for e in entries}
    sides = 1 if style.upright else 2
    items = tuple(
        PlacedEvent(
            by_key[p.key], p.at, p, sets[p.key][p.box // sides], p.box % sides == 0, track.get(p.key, 0)
        )
        for p in placed.labels
    )  # fmt: skip
    return Strip(items, placed, room, m, scale, max(track.values(), default=0) * m.track)


def make_labels_and_area(
    entries: Sequence[PosterEvent], bed: StripAxis, style: StripStyle
) -> tuple[list[TimelineLabel], LabelArea]:
    """Return the labels of `entries` as they are to be placed, and their room; upright, of a usual width."""
    m = style.metrics
    widest = round(USUAL_COLUMN_WIDTH * style.scale) if style.upright else 0
    sets = {e.key: _keep_narrow_sets(_list_sets(e, style), widest) for e in entries}
    return _make_labels(entries, sets, bed.scale, style, m), _make_label_area(m, bed, MOST_ROWS, style)


def _keep_narrow_sets(sets: tuple[LabelSet, ...], widest: int) -> tuple[LabelSet, ...]:
    return tuple(s for s in sets if not widest or s.width <= widest) or sets[-1:]


def measure_row_height(style: StripStyle) -> int:
    """Return the height of a row of labels in two lines, or the width of a column of them, in µm."""
    if style.upright:
        return round(USUAL_COLUMN_WIDTH * style.scale)
    return measure_date_leading(style.scale) + 2 * measure_leading(3, style.scale) + style.metrics.row_gap


def measure_number_row(style: StripStyle) -> int:
    """Return the height of a row of numbers, or the width of a column of them, in µm."""
    if style.upright:
        return round(NUMBER_COLUMN_WIDTH * style.scale)
    return measure_date_leading(style.scale) + style.metrics.row_gap


def _make_label_area(
    m: StripMetrics, bed: StripAxis, rows: int, style: StripStyle, spare: int = 0
) -> LabelArea:
    near = not style.upright
    return LabelArea(bed.low, bed.high, rows, m.reach, m.gap, m.leader_gap, m.foot, spare, near)


def _make_labels(
    entries: Sequence[PosterEvent],
    sets: Mapping[str, tuple[LabelSet, ...]],
    scale: Scale,
    style: StripStyle,
    m: StripMetrics,
) -> list[TimelineLabel]:
    return [
        TimelineLabel(e.key, place_marker(e, scale, m), _make_boxes(sets[e.key], style, m), e.importance)
        for e in entries
    ]


def _list_sets(entry: PosterEvent, style: StripStyle) -> tuple[LabelSet, ...]:
    described = entry.key in style.described
    sets = make_label_sets(entry, style.scale, described, style.years, style.glyph, style.upright)
    return (*sets, make_number_set("0" * style.digits, style.scale)) if style.digits else sets


def _make_boxes(sets: tuple[LabelSet, ...], style: StripStyle, m: StripMetrics) -> tuple[LabelBox, ...]:
    boxes: list[LabelBox] = []
    for s in sets:
        if style.upright:
            boxes.append(make_upright_box(s, m))
            continue
        if s.number:
            boxes += make_side_boxes(s.width + m.text_gap, s.height + m.row_gap, last=True)
            continue
        cost = round(LINE_COST * style.scale) * (0, 1, 4)[len(s.lines) - 1]
        if s.width > WIDEST_ONE_LINE * style.scale:
            cost += round(WIDEST_ONE_LINE * style.scale)
        boxes += make_side_boxes(
            s.width + m.text_gap + m.tail, s.height + m.row_gap, cost, round(SIDE_COST * style.scale)
        )
    return tuple(boxes)


def make_upright_box(s: LabelSet, m: StripMetrics) -> LabelBox:
    """Return the box of a label right of an upright line: its leader meets the middle of its date."""
    half = measure_date_leading(s.scale) // 2
    cost = round(LINE_COST * s.scale) * len(s.lines)
    return LabelBox(half, s.height - half + m.row_gap, m.text_gap + s.width + m.tail, cost, last=s.number)


def place_marker(entry: PosterEvent, scale: Scale, m: StripMetrics) -> int:
    """Return where a marker stands: at the start of what lasts, else in the middle of what the date means."""
    if is_span(entry, scale, m):
        start = entry.date.start
        if start is None:
            return scale.place_day(entry.last + 1)
        return (
            scale.place_middle(start.first, start.last)
            if start.precision == "day"
            else scale.place_day(start.first)
        )
    return scale.place_middle(entry.first, entry.last)


def is_span(entry: PosterEvent, scale: Scale, m: StripMetrics) -> bool:
    """Whether an event is drawn as a span."""
    long = scale.place_day(entry.last + 1) - scale.place_day(entry.first) >= m.shortest_span
    return entry.date.interval and (long or entry.date.open)


def is_bracket(entry: PosterEvent, scale: Scale, m: StripMetrics) -> bool:
    """Whether a date is drawn as a bracket: it is not known to the day, and its length can be seen."""
    if is_span(entry, scale, m) or (entry.date.precision == "day" and not entry.date.approximate):
        return False
    return scale.place_day(entry.last + 1) - scale.place_day(entry.first) > 2 * m.marker


def assign_span_tracks(entries: Sequence[PosterEvent], scale: Scale, m: StripMetrics) -> dict[str, int]:
    """Return the track of each event that lasts; track 0 is the line itself."""
    spans = [
        Span(e.key, scale.place_day(e.first), scale.place_day(e.last + 1) if e.date.end else scale.end)
        for e in entries
        if is_span(e, scale, m)
    ]
    return assign_tracks(spans, m.marker)
