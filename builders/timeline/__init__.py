"""The to-scale time axis: one plan for the poster, the guide's openers and the deck's timeline slides.

Pure and small. Everything is whole micrometres (or day numbers, see builders/dates.py); nothing here knows a
face, a page or a language. A caller

1. makes a `Scale` (`round_years` gives it round ends) and takes `year_ticks` or `month_ticks` from it;
2. lays what lasts into `tracks`;
3. measures its labels: each `Label` has a place on the axis and one or more boxes, best first;
4. asks for them to be set: `place` puts them in rows with leaders (a horizontal axis, `either_side` of the
   leader), `in_order` into one column or row by isotonic regression (a vertical axis: the box is the label's
   height);
5. may have `flaws` prove the result, and `dense` name the windows that ask for an inset.

A vertical axis is the same plan turned: `along` runs down the page, a box's `before` and `after` are the
label's height above and below its leader, `across` is its width, a row is a column.
"""

from builders.timeline.crowds import crowding, rows_needed
from builders.timeline.labels import (
    DRAFT,
    FULL,
    Box,
    Effort,
    Label,
    Placed,
    Room,
    Rows,
    TooFull,
    either_side,
)
from builders.timeline.positions import in_order
from builders.timeline.proof import flaws
from builders.timeline.rows import place
from builders.timeline.scale import MM, POINT, Scale, Tick, month_ticks, round_years, year_ticks
from builders.timeline.spans import Span, alternate_tracks, tracks
from builders.timeline.windows import Mark, Window, dense

__all__ = [
    "DRAFT",
    "FULL",
    "MM",
    "POINT",
    "Box",
    "Effort",
    "Label",
    "Mark",
    "Placed",
    "Room",
    "Rows",
    "Scale",
    "Span",
    "Tick",
    "TooFull",
    "Window",
    "alternate_tracks",
    "crowding",
    "dense",
    "either_side",
    "flaws",
    "in_order",
    "month_ticks",
    "place",
    "round_years",
    "rows_needed",
    "tracks",
    "year_ticks",
]
