"""The to-scale time axis: one plan for the poster, the guide's openers and the deck's timeline slides.

Pure and small. Everything is whole micrometres (or day numbers, see language/dates.py); nothing here knows a
face, a page or a language. A caller

1. makes a `Scale` (`round_years` gives it round ends), and `make_year_ticks` or `make_month_ticks` for it;
2. lays what lasts into tracks (`assign_tracks`, `alternate_tracks`);
3. measures its labels: each `TimelineLabel` has a place on the axis and one or more boxes, best first;
4. has them placed: `place_labels` puts them in rows with leaders (a horizontal axis; `make_side_boxes` for
   both sides of the leader), `space_in_order` into one column or row by isotonic regression (a vertical axis:
   the box is the label's height);
5. may have `find_flaws` prove the result, and `find_dense_windows` name the windows that ask for an inset.

A vertical axis is the same plan turned: `along` runs down the page, a box's `before` and `after` are the
label's height above and below its leader, `across` is its width, a row is a column.
"""

from builders.theme.papers import UM_PER_MM, UM_PER_POINT
from builders.timeline.dense_periods import (
    EventMark,
    Window,
    estimate_crowding,
    estimate_rows,
    find_dense_windows,
)
from builders.timeline.labels import (
    DRAFT,
    FULL,
    LabelArea,
    LabelBox,
    LabelRows,
    NoRoomForLabels,
    PlacedLabel,
    SearchEffort,
    TimelineLabel,
    find_flaws,
    make_side_boxes,
)
from builders.timeline.ranking import rank_evenly
from builders.timeline.rows import place_labels
from builders.timeline.scale import (
    Scale,
    Tick,
    make_month_ticks,
    make_year_ticks,
    round_years,
)
from builders.timeline.short_times import is_of_days, list_short_ticks, round_short_time
from builders.timeline.spacing import Span, alternate_tracks, assign_tracks, space_in_order

__all__ = [
    "DRAFT",
    "FULL",
    "UM_PER_MM",
    "UM_PER_POINT",
    "EventMark",
    "LabelArea",
    "LabelBox",
    "LabelRows",
    "NoRoomForLabels",
    "PlacedLabel",
    "Scale",
    "SearchEffort",
    "Span",
    "Tick",
    "TimelineLabel",
    "Window",
    "alternate_tracks",
    "assign_tracks",
    "estimate_crowding",
    "estimate_rows",
    "find_dense_windows",
    "find_flaws",
    "is_of_days",
    "list_short_ticks",
    "make_month_ticks",
    "make_side_boxes",
    "make_year_ticks",
    "place_labels",
    "rank_evenly",
    "round_short_time",
    "round_years",
    "space_in_order",
]
