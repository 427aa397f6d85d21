"""The margin column: notes on the lines they belong to, in order, apart from each other and from what is
wide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from builders.guide.geometry import PageGeometry
from builders.guide.page_items import GuidePage, PageLines
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph

NOTE_DISTANCE = 9.0  # between notes, in points
LIST_DISTANCE = 4.0  # between notes that are one list
LEAST_DISTANCE = 3.0  # at least
PINNED_DISTANCE = 6.0  # of a pinned note, where the column is crowded
DISTANCE_SCALES = (1.0, 0.85, 0.7, 0.55)  # how much of these is kept, the more crowded the column is
CROWDED_LIFT = 14.5  # points: a note higher above its line than this makes the column crowded
MOST_LIFT = 29.0  # points: rather than this, the last of them wait for the next page

DrawAt = Callable[[GuidePage, float, float], None]


@dataclass(slots=True)
class NoteParagraph:
    """A paragraph of a note, `indent` from its left; `lead` draws what hangs beside its first baseline."""

    paragraph: Paragraph
    node: Node
    indent: float = 0.0
    lead: DrawAt | None = None

    @property
    def height(self) -> float:
        return self.paragraph.height

    @property
    def drop(self) -> float:
        return self.paragraph.style.drop

    def place_on_page(self, page: GuidePage, x: float, y: float) -> None:
        """Draw it, its first baseline at y."""
        if self.lead:
            self.lead(page, x, y)
        page.items.append(PageLines(self.paragraph, x + self.indent, y, self.node))


@dataclass(slots=True)
class NoteDrawing:
    """Something drawn in a note: a line's height, the baseline `drop` below its top."""

    height: float
    drop: float
    place_on_page: DrawAt


@dataclass(slots=True)
class MarginNote:
    """A note of the margin: pieces below each other, `apart` from the note before.

    A note that is not `beside` its line is too long for the margin and stands below its paragraph. One
    that is `pinned` asks or tells something of that very line: it keeps its place, and the others give way.
    """

    pieces: Sequence[NoteParagraph | NoteDrawing]
    apart: float = NOTE_DISTANCE
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

    def place_on_page(self, page: GuidePage, x: float, y: float) -> None:
        """Draw it, its first baseline at y."""
        top = y - self.drop
        for piece in self.pieces:
            piece.place_on_page(page, x, top + piece.drop)
            top += piece.height


def place_notes(
    notes: Sequence[tuple[float, MarginNote]],
    walls: Sequence[tuple[float, float]],
    geometry: PageGeometry,
    put: Callable[[MarginNote, float], None],
) -> list[MarginNote]:
    """Place each note's baseline as near to its line as can be; return the notes that have no room.

    A note comes with the baseline of its line (points from the page's top); `put` is called with each note
    that is placed and its baseline. Walls are the parts of the column, from top to bottom, where something
    wide stands. Within the free part that holds its line a note gives way downwards, then all give way
    upwards, then they move closer; then it goes to the next part. Pinned notes are walls to the others.
    """
    best = _try_placing(notes, walls, geometry, NOTE_DISTANCE, False)
    for close, risen in (
        (PINNED_DISTANCE, False),
        (LEAST_DISTANCE, False),
        (PINNED_DISTANCE, True),
        (LEAST_DISTANCE, True),
    ):
        if any(_count_misplaced(notes, *best)):
            tried = _try_placing(notes, walls, geometry, close, risen)
            best = min(best, tried, key=lambda s: _count_misplaced(notes, *s))
    places, waiting = best
    for place, note in places:
        put(note, place + note.drop)
    for note in waiting:
        note.pinned = False  # away from its line it is a note like the others
    return waiting


def _try_placing(
    notes: Sequence[tuple[float, MarginNote]],
    walls: Sequence[tuple[float, float]],
    geometry: PageGeometry,
    close: float,
    risen: bool,
) -> tuple[list[tuple[float, MarginNote]], list[MarginNote]]:
    """Return the notes with their tops, `close` to what is pinned, and those that have no room."""
    pinned = _place_pinned(notes, _find_free_parts(walls, geometry), risen)
    places = list(pinned)
    kept = {id(note) for _, note in pinned}
    waiting = [(y, note) for y, note in notes if id(note) not in kept]
    around = [(top - close, top + note.height + close) for top, note in pinned]
    for top, bottom in _find_free_parts([*walls, *around], geometry):
        here, scale = _choose_notes_and_scale(waiting, top, bottom)
        places += _space_notes(here, top, bottom, scale)
        waiting = waiting[len(here) :]
    return sorted(places, key=lambda placed: placed[0]), [note for _, note in waiting]


def _count_misplaced(
    notes: Sequence[tuple[float, MarginNote]],
    places: Sequence[tuple[float, MarginNote]],
    waiting: Sequence[MarginNote],
) -> tuple[int, int]:
    """Return how many notes have no room, and how many stand below one that comes after them."""
    order = {id(note): i for i, (_, note) in enumerate(notes)}
    below = pairwise(order[id(note)] for _, note in places)
    return len(waiting), sum(upper > lower for upper, lower in below)


def _place_pinned(
    notes: Sequence[tuple[float, MarginNote]], free: Sequence[tuple[float, float]], risen: bool
) -> list[tuple[float, MarginNote]]:
    """Return the pinned notes that can stand on their lines, or nearly, with their tops; `risen`: those that
    may rise do.
    """
    out: list[tuple[float, MarginNote]] = []
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
            least = top + note.height + LEAST_DISTANCE
    return out


def _choose_notes_and_scale(
    waiting: Sequence[tuple[float, MarginNote]], top: float, bottom: float
) -> tuple[list[tuple[float, MarginNote]], float]:
    """Return the notes of a free part and what part of their distances is kept: all of it if they fit."""
    here: list[tuple[float, MarginNote]] = []
    scale = 1.0
    for scale in DISTANCE_SCALES:
        here = _take_fitting(waiting, top, bottom, scale)
        crowded = len(here) < len(waiting) and waiting[len(here)][0] <= bottom + NOTE_DISTANCE
        if not crowded and _measure_lift(here, top, bottom, scale) <= CROWDED_LIFT:
            break
    while _measure_lift(here, top, bottom, scale) > MOST_LIFT:
        here.pop()
    return here, scale


def _take_fitting(
    waiting: Sequence[tuple[float, MarginNote]], top: float, bottom: float, scale: float
) -> list[tuple[float, MarginNote]]:
    """Return the notes of a free part, each with the top that it wants."""
    here: list[tuple[float, MarginNote]] = []
    height = 0.0
    for baseline, note in waiting:
        height += note.height + (_measure_gap(note, scale) if here else 0.0)
        if baseline > bottom + NOTE_DISTANCE or height > bottom - top:
            break
        here.append((max(baseline - note.drop, top), note))
    return here


def _measure_gap(note: MarginNote, scale: float) -> float:
    """Return the distance of a note from the one before it."""
    return max(note.apart * scale, LEAST_DISTANCE)


def _measure_lift(here: Sequence[tuple[float, MarginNote]], top: float, bottom: float, scale: float) -> float:
    """Return how far above its line the highest note would stand."""
    places = _space_notes(here, top, bottom, scale)
    return max((wanted - place for (wanted, _), (place, _) in zip(here, places, strict=True)), default=0.0)


def _find_free_parts(
    walls: Sequence[tuple[float, float]], geometry: PageGeometry
) -> list[tuple[float, float]]:
    parts, at = [], geometry.top
    for top, bottom in [*sorted(walls), (geometry.bottom, geometry.bottom)]:
        if top - at > 10:
            parts.append((at, top))
        at = max(at, bottom)
    return parts


def _space_notes(
    notes: Sequence[tuple[float, MarginNote]], top: float, bottom: float, scale: float
) -> list[tuple[float, MarginNote]]:
    """Push notes down where they meet, then up where they leave the column."""
    places: list[float] = []
    at = top
    for i, (wanted, note) in enumerate(notes):
        at = max(at + (_measure_gap(note, scale) if i else 0.0), wanted)
        places.append(at)
        at += note.height
    limit = bottom
    for i in range(len(notes) - 1, -1, -1):
        places[i] = min(places[i], limit - notes[i][1].height)
        limit = places[i] - _measure_gap(notes[i][1], scale)
    return [(place, note) for place, (_, note) in zip(places, notes, strict=True)]
