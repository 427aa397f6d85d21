"""A guide's parts, each drawn by itself: its sections, what stands behind them and before.

In a process that builds again and again a part is drawn anew only where something that it depends on changed.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from builders.guide.course import Course
from builders.guide.draw import Drawer
from builders.guide.page import Part
from builders.guide.plan import Layout
from builders.guide.record import Told
from builders.guide.room import Room, behind
from builders.images import ImageFault, read
from builders.kept import Kept
from builders.outline import Section
from builders.pdf import FIRST, About, Drawn, TaggedCanvas

_MOST_KEPT = 256  # parts: those of a few editions of a course
_MOST_SECTIONS = 50  # of a course that is kept

_frames: Kept[object] = Kept(8)
_kept: "Kept[Piece]" = Kept(_MOST_KEPT)

Name = int | str  # of a part: a section's number, or what it is


@dataclass(slots=True)
class Piece:
    """A part that has been laid out and drawn: what it tells, and where the next one's numbers begin.

    `place` is where it is kept; `asked` are the page numbers that it gives, by their places.
    """

    place: tuple[object, ...]
    told: Told
    end: int
    drawer: Drawer | None
    drawn: Drawn | None = None
    asked: Mapping[str, str | None] = field(default_factory=dict)

    def finish(self, folios: Mapping[str, str]) -> bool:
        """Draw what waits, when all page numbers are known; return whether what was drawn before holds."""
        if self.drawer:
            self.asked = {key: folios.get(key) for key in self.drawer.asked}
            self.drawn, self.drawer = self.drawer.finished(), None
        return all(folios.get(key) == folio for key, folio in self.asked.items())


class Parts:
    """Lays a guide's parts out and draws them, one after the other in the order of their numbers."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.course = layout, layout.course
        self.about = about(self.course, accessible=True)
        self.shared = self._drawer(FIRST)  # what pages of all parts have
        self.shared.groups([group for recto in (True, False) for group in layout.ruler.shared(recto)])
        self.first = behind(FIRST, self.shared.canvas.end - FIRST)
        self.kept = len(self.course.sections) <= _MOST_SECTIONS
        self.place, frame = _frame(self.course)
        self.frame = _frames.get(self.place, frame, lambda: frame)

    @property
    def names(self) -> list[Name]:
        """The parts in their order, but for the last, 'front'."""
        return [*(number for number, _ in self.course.sections), "reference", "answers"]

    def piece(self, name: Name, first: int) -> Piece:
        """Return a part, set and drawn; or as it was drawn before in its place, from the same."""
        if not self.kept:
            return self._made(name, first)
        place, source = (*self.place, name), (self.frame, first, self._given(name))
        held = _kept.find(place, source)
        if held:
            self.layout.record.repeat(held.told)
            return held
        return _kept.hold(place, source, self._made(name, first))

    def forget(self, piece: Piece) -> None:
        """Forget a part that no longer holds."""
        _kept.drop(piece.place)

    def lay(self, name: Name) -> Iterable[Part]:
        """Return the pages of a part as they are laid out."""
        if isinstance(name, int):
            return self.layout.section(name)
        return {
            "reference": self.layout.reference, "answers": self.layout.answers, "front": self.layout.front
        }[name]()  # fmt: skip

    def draw(self, first: int, pages: Iterable[Part]) -> Drawer:
        """Draw a part's pages as they come."""
        drawer = self._drawer(first)
        for part in pages:
            drawer.part(part)
        drawer.canvas.rest()
        return drawer

    def _made(self, name: Name, first: int) -> Piece:
        numbers, record = Room(first), self.layout.record
        drawer = self.draw(first, numbers.counted(self.lay(name)))
        piece = Piece((*self.place, name), record.part, numbers.end, drawer)
        if not drawer.waits:
            piece.finish(record.folios)
        return piece

    def _drawer(self, first: int) -> Drawer:
        forms = self.shared.canvas.forms if first > FIRST else {}
        canvas = TaggedCanvas(self.layout.root, self.about, self.course.alphabet, first=first, forms=forms)
        return Drawer(canvas, self.course, self.layout.record.folios)

    def _given(self, name: Name) -> object:
        """Return what a part depends on beside the frame."""
        record, outline = self.layout.record, self.course.outline
        if isinstance(name, int):
            section = outline.sections[name]
            before = record.pages, frozenset(record.met), frozenset(record.mentions)
            return section, self._pictures(section), before
        questions = [section.questions for section in outline.sections]
        mentions = {key: tuple(folios) for key, folios in record.mentions.items()}
        citations = {key: tuple(folios) for key, folios in record.citations.items()}
        return questions, mentions, citations, dict(record.folios), set(record.cited), tuple(record.entries)

    def _pictures(self, section: Section) -> object:
        with suppress(ImageFault):  # the layout says what is wrong
            root = self.course.options.root
            return [read(root, block.image.file) for block in section.blocks if block.image]
        return None


def about(course: Course, accessible: bool) -> About:
    """Return what a guide says of itself."""
    return About(
        title=f"{course.say(course.outline.title)}. {course.word('edition_' + course.options.edition)}",
        lang=course.locale.tag,
        author=course.say(course.outline.credit) if course.outline.credit else "",
        subject=course.say(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )


def _frame(course: Course) -> tuple[tuple[object, ...], object]:
    """Return a guide's name from build to build, and what all of its parts depend on."""
    outline, options = course.outline, course.options
    name = (options.lang, options.edition, options.paper, options.grey, options.section)
    bare = outline.model_copy(update={"sections": ()})
    known = [(s.id, s.title, s.period, s.events) for s in outline.sections]
    return name, (options, bare, known, course.reachable, course.alphabet)
