"""The margin column: notes on the lines they belong to, in order, apart from each other and from what is
wide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builders.guide.geometry import Geometry
from builders.guide.page import Page

APART = 9.0  # between notes, in points


@dataclass(slots=True)
class Note:
    """A note of the margin: `put` draws it with its first baseline at (x, y); `drop` is that baseline's
    depth.
    """

    height: float
    drop: float
    put: Callable[[Page, float, float], None]


def settle(
    notes: Sequence[tuple[float, Note]],
    walls: Sequence[tuple[float, float]],
    geometry: Geometry,
    put: Callable[[Note, float], None],
) -> list[Note]:
    """Place each note's baseline as near to its line as can be; return those that have no room.

    Walls are the parts of the column, from top to bottom, where something wide stands. Within the free part
    that holds its line a note gives way downwards, then all give way upwards; then it goes to the next part.
    """
    waiting = list(notes)
    for top, bottom in _free(walls, geometry):
        here: list[tuple[float, Note]] = []  # wanted top, note
        while waiting and (waiting[0][0] <= bottom + APART or not here):
            baseline, note = waiting[0]
            height = sum(n.height for _, n in here) + APART * len(here) + note.height
            if baseline > bottom + APART or height > bottom - top:
                break
            here.append((max(baseline - note.drop, top), note))
            waiting.pop(0)
        for y, note in _apart(here, top, bottom):
            put(note, y + note.drop)
    return [note for _, note in waiting]


def _free(walls: Sequence[tuple[float, float]], geometry: Geometry) -> list[tuple[float, float]]:
    parts, at = [], geometry.top
    for top, bottom in [*sorted(walls), (geometry.bottom, geometry.bottom)]:
        if top - at > 10:
            parts.append((at, top))
        at = max(at, bottom)
    return parts


def _apart(notes: Sequence[tuple[float, Note]], top: float, bottom: float) -> list[tuple[float, Note]]:
    """Push notes down where they meet, then up where they leave the column."""
    places: list[float] = []
    at = top
    for wanted, note in notes:
        at = max(at, wanted)
        places.append(at)
        at += note.height + APART
    limit = bottom
    for i in range(len(notes) - 1, -1, -1):
        places[i] = min(places[i], limit - notes[i][1].height)
        limit = places[i] - APART
    return [(place, note) for place, (_, note) in zip(places, notes, strict=True)]
