"""The margin column: notes on the lines they belong to, in order, apart from each other and from what is
wide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builders.guide.geometry import Geometry
from builders.guide.page import Lines, Page
from builders.text.paragraph import Paragraph
from builders.text.tree import Node

APART = 9.0  # between notes, in points
CLOSE = 4.0  # between notes that are one list
LEAST = 3.0  # at least
NEAR = 6.0  # of a pinned note, where the column is crowded
SCALES = (1.0, 0.85, 0.7, 0.55)  # how much of these is kept, the more crowded the column is
LIFT = 14.5  # points: a note higher above its line than this makes the column crowded
MOST_LIFT = 29.0  # points: rather than this, the last of them wait for the next page

Draw = Callable[[Page, float, float], None]


@dataclass(slots=True)
class Piece:
    """A paragraph of a note, `indent` from its left; `lead` draws what hangs beside its first baseline."""

    paragraph: Paragraph
    node: Node
    indent: float = 0.0
    lead: Draw | None = None

    @property
    def height(self) -> float:
        return self.paragraph.height

    @property
    def drop(self) -> float:
        return self.paragraph.style.drop

    def put(self, page: Page, x: float, y: float) -> None:
        """Draw it, its first baseline at y."""
        if self.lead:
            self.lead(page, x, y)
        page.items.append(Lines(self.paragraph, x + self.indent, y, self.node))


@dataclass(slots=True)
class Drawn:
    """Something drawn in a note: a line's height, the baseline `drop` below its top."""

    height: float
    drop: float
    put: Draw


@dataclass(slots=True)
class Note:
    """A note of the margin: pieces below each other, `apart` from the note before.

    A note that is not `beside` its line is too long for the margin and stands below its paragraph. One
    that is `pinned` asks or tells something of that very line: it keeps its place, and the others give way.
    """

    pieces: Sequence[Piece | Drawn]
    apart: float = APART
    beside: bool = True
    pinned: bool = False
    rise: float = 0.0  # how far it may stand above its line where the column is crowded

    @property
    def height(self) -> float:
        return sum(piece.height for piece in self.pieces)

    @property
    def drop(self) -> float:
        """How far the first baseline is below the top."""
        return self.pieces[0].drop

    def put(self, page: Page, x: float, y: float) -> None:
        """Draw it, its first baseline at y."""
        top = y - self.drop
        for piece in self.pieces:
            piece.put(page, x, top + piece.drop)
            top += piece.height


def settle(
    notes: Sequence[tuple[float, Note]],
    walls: Sequence[tuple[float, float]],
    geometry: Geometry,
    put: Callable[[Note, float], None],
) -> list[Note]:
    """Place each note's baseline as near to its line as can be; return those that have no room.

    Walls are the parts of the column, from top to bottom, where something wide stands. Within the free part
    that holds its line a note gives way downwards, then all give way upwards, then they move closer; then it
    goes to the next part. Pinned notes are walls to the others.
    """
    best = _settled(notes, walls, geometry, APART, False)
    for close, risen in ((NEAR, False), (LEAST, False), (NEAR, True), (LEAST, True)):
        if any(_amiss(notes, *best)):
            tried = _settled(notes, walls, geometry, close, risen)
            best = min(best, tried, key=lambda s: _amiss(notes, *s))
    places, waiting = best
    for place, note in places:
        put(note, place + note.drop)
    for note in waiting:
        note.pinned = False  # away from its line it is a note like the others
    return waiting


def _settled(
    notes: Sequence[tuple[float, Note]],
    walls: Sequence[tuple[float, float]],
    geometry: Geometry,
    close: float,
    risen: bool,
) -> tuple[list[tuple[float, Note]], list[Note]]:
    """Return the notes with their tops, `close` to what is pinned, and those that have no room."""
    pinned = _pinned(notes, _free(walls, geometry), risen)
    places = list(pinned)
    kept = {id(note) for _, note in pinned}
    waiting = [(y, note) for y, note in notes if id(note) not in kept]
    around = [(top - close, top + note.height + close) for top, note in pinned]
    for top, bottom in _free([*walls, *around], geometry):
        here, scale = _crowding(waiting, top, bottom)
        places += _apart(here, top, bottom, scale)
        waiting = waiting[len(here) :]
    return sorted(places, key=lambda placed: placed[0]), [note for _, note in waiting]


def _amiss(
    notes: Sequence[tuple[float, Note]], places: Sequence[tuple[float, Note]], waiting: Sequence[Note]
) -> tuple[int, int]:
    """Return how many notes have no room, and how many stand below one that comes after them."""
    order = {id(note): i for i, (_, note) in enumerate(notes)}
    below = pairwise(order[id(note)] for _, note in places)
    return len(waiting), sum(upper > lower for upper, lower in below)


def _pinned(
    notes: Sequence[tuple[float, Note]], free: Sequence[tuple[float, float]], risen: bool
) -> list[tuple[float, Note]]:
    """Return the pinned notes that can stand on their lines, or nearly, with their tops; `risen`: those that
    may rise do.
    """
    out: list[tuple[float, Note]] = []
    least = 0.0
    for baseline, note in notes:
        wanted = baseline - note.drop
        part = next((part for part in free if wanted < part[1]), None)
        wanted -= note.rise if risen else 0.0
        if not note.pinned or part is None:
            continue
        lowest = part[1] - note.height
        top = min(max(wanted, part[0], least), lowest)
        if top >= max(part[0], least) and abs(top - wanted) <= MOST_LIFT:
            out.append((top, note))
            least = top + note.height + LEAST
    return out


def _crowding(
    waiting: Sequence[tuple[float, Note]], top: float, bottom: float
) -> tuple[list[tuple[float, Note]], float]:
    """Return the notes of a free part and what part of their distances is kept: all of it if they fit."""
    here: list[tuple[float, Note]] = []
    scale = 1.0
    for scale in SCALES:
        here = _fitting(waiting, top, bottom, scale)
        crowded = len(here) < len(waiting) and waiting[len(here)][0] <= bottom + APART
        if not crowded and _lifted(here, top, bottom, scale) <= LIFT:
            break
    while _lifted(here, top, bottom, scale) > MOST_LIFT:
        here.pop()
    return here, scale


def _fitting(
    waiting: Sequence[tuple[float, Note]], top: float, bottom: float, scale: float
) -> list[tuple[float, Note]]:
    """Return the notes of a free part, each with the top that it wants."""
    here: list[tuple[float, Note]] = []
    height = 0.0
    for baseline, note in waiting:
        height += note.height + (_gap(note, scale) if here else 0.0)
        if baseline > bottom + APART or height > bottom - top:
            break
        here.append((max(baseline - note.drop, top), note))
    return here


def _gap(note: Note, scale: float) -> float:
    """Return the distance of a note from the one before it."""
    return max(note.apart * scale, LEAST)


def _lifted(here: Sequence[tuple[float, Note]], top: float, bottom: float, scale: float) -> float:
    """Return how far above its line the highest note would stand."""
    places = _apart(here, top, bottom, scale)
    return max((wanted - place for (wanted, _), (place, _) in zip(here, places, strict=True)), default=0.0)


def _free(walls: Sequence[tuple[float, float]], geometry: Geometry) -> list[tuple[float, float]]:
    parts, at = [], geometry.top
    for top, bottom in [*sorted(walls), (geometry.bottom, geometry.bottom)]:
        if top - at > 10:
            parts.append((at, top))
        at = max(at, bottom)
    return parts


def _apart(
    notes: Sequence[tuple[float, Note]], top: float, bottom: float, scale: float
) -> list[tuple[float, Note]]:
    """Push notes down where they meet, then up where they leave the column."""
    places: list[float] = []
    at = top
    for i, (wanted, note) in enumerate(notes):
        at = max(at + (_gap(note, scale) if i else 0.0), wanted)
        places.append(at)
        at += note.height
    limit = bottom
    for i in range(len(notes) - 1, -1, -1):
        places[i] = min(places[i], limit - notes[i][1].height)
        limit = places[i] - _gap(notes[i][1], scale)
    return [(place, note) for place, (_, note) in zip(places, notes, strict=True)]
