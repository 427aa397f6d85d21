"""The guide's plan to a PDF's bytes: drawn part by part, as its sections are laid out."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from builders.guide.booklet import imposed
from builders.guide.course import Course
from builders.guide.draw import Drawer
from builders.guide.page import Part
from builders.guide.plan import Layout, Plan
from builders.guide.record import Told
from builders.images import ImageFault, read
from builders.kept import Kept
from builders.outline import Section
from builders.pdf import FIRST, About, Drawn, TaggedCanvas, put_together

_MOST_KEPT = 256  # parts: those of a few editions of a course

_frames: Kept[object] = Kept(8)
_parts: "Kept[_Part]" = Kept(_MOST_KEPT)


def write(layout: Layout) -> tuple[bytes, int]:
    """Return the PDF of a guide that is being laid out, and the number of its pages.

    What is finished is drawn and dropped, so that a long guide is never in memory as a whole.
    """
    course, record = layout.course, layout.record
    guide = _Guide(layout)
    sections, first = [], guide.first
    for number, section in course.sections:
        sections.append(guide.part(number, first, guide.before(section), partial(layout.section, number)))
        first = sections[-1].end
    behind = guide.part("behind", first, guide.told(), layout.back)
    front = guide.part("front", behind.end, guide.told(), layout.front)
    parts = [front, *sections, behind]
    if stale := [part for part in parts if not part.finish(record.folios)]:
        for part in stale:  # places behind it that it gives the page numbers of have moved
            _parts.drop(part.place)
        return write(Layout(course.outline, course.options))
    guide.shared.canvas.label_pages(0, "ROMAN_LOWER")
    guide.shared.canvas.label_pages(front.told.pages, "ARABIC")
    drawn = [guide.shared.finished(), *(part.drawn for part in parts if part.drawn)]
    return put_together(drawn, guide.about, course.alphabet), sum(part.told.pages for part in parts)


@dataclass(slots=True)
class _Part:
    """A part that has been laid out and drawn: what it tells, where the next one's numbers begin."""

    place: tuple[object, ...]
    told: Told
    end: int
    drawer: Drawer | None
    drawn: Drawn | None = None
    asked: Mapping[str, str | None] = field(default_factory=dict)  # page numbers of places that it gives

    def finish(self, folios: Mapping[str, str]) -> bool:
        """Draw what waits, when all page numbers are known; return whether what was drawn before holds."""
        if self.drawer:
            self.asked = {key: folios.get(key) for key in self.drawer.asked}
            self.drawn, self.drawer = self.drawer.finished(), None
        return all(folios.get(key) == folio for key, folio in self.asked.items())


class _Guide:
    """What the parts of a guide have in common when they are drawn."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.course = layout, layout.course
        self.about = _about(self.course, accessible=True)
        self.shared = self.drawer(FIRST)
        self.shared.groups([group for recto in (True, False) for group in layout.ruler.shared(recto)])
        self.first = self.shared.end
        self.kept = len(self.course.sections) <= _MOST_KEPT // 4
        self.place, frame = _frame(self.course)
        self.frame = _frames.get(self.place, frame, lambda: frame)

    def drawer(self, first: int) -> Drawer:
        """Return what draws a part whose objects are numbered from `first` on."""
        forms = self.shared.canvas.forms if first > FIRST else {}
        canvas = TaggedCanvas(self.layout.root, self.about, self.course.alphabet, first=first, forms=forms)
        return Drawer(canvas, self.course, self.layout.record.folios)

    def part(self, name: object, first: int, given: object, lay: Callable[[], Iterable[Part]]) -> _Part:
        """Return a part, set and drawn; or as it was drawn before in its place, from the same `given`."""
        record, place, source = self.layout.record, (*self.place, name), (self.frame, first, given)
        if self.kept and (held := _parts.find(place, source)):
            record.repeat(held.told)
            return held
        drawer = self.drawer(first)
        for part in lay():
            drawer.part(part)
        new = _Part(place, record.part, drawer.end, drawer)
        if not drawer.waits:
            new.finish(record.folios)
        return _parts.hold(place, source, new) if self.kept else new

    def before(self, section: Section) -> object:
        """Return what a section depends on beside the frame: itself and its pictures, those before it."""
        record, root = self.layout.record, self.course.options.root
        if not self.kept:
            return None
        pictures = None
        with suppress(ImageFault):  # the layout says what is wrong
            pictures = [read(root, block.image.file) for block in section.blocks if block.image]
        return section, pictures, record.pages, frozenset(record.met), frozenset(record.mentions)

    def told(self) -> object:
        """Return what the parts around the sections depend on beside the frame."""
        record = self.layout.record
        if not self.kept:
            return None
        questions = [section.questions for section in self.course.outline.sections]
        mentions = {key: tuple(folios) for key, folios in record.mentions.items()}
        citations = {key: tuple(folios) for key, folios in record.citations.items()}
        return questions, mentions, citations, dict(record.folios), set(record.cited), tuple(record.entries)


def _frame(course: Course) -> tuple[tuple[object, ...], object]:
    """Return a guide's name from build to build, and what all of its parts depend on."""
    outline, options = course.outline, course.options
    name = (options.lang, options.edition, options.paper, options.grey, options.section)
    bare = outline.model_copy(update={"sections": ()})
    known = [(s.id, s.title, s.period, s.events) for s in outline.sections]
    return name, (options, bare, known, course.reachable, course.alphabet)


def write_booklet(plan: Plan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, _about(plan.course, accessible=False), plan.course.alphabet)
    drawer = Drawer(canvas, plan.course, plan.folios)
    for i, content in enumerate(plan.pages):
        with canvas.form(f"page-{i}", page.width, page.height):
            drawer.page(content)
    # two pages side by side fill the same paper on its side at 1/√2, centred where its sides are not √2
    scale = min(page.height / (2 * page.width), page.width / page.height)
    left = page.height / 2 - page.width * scale
    bottom = (page.width - page.height * scale) / 2
    sides = imposed(len(plan.pages))
    for side in sides:
        with canvas.sheet(page.height, page.width):
            for number, x in ((side.left, left), (side.right, page.height / 2)):
                if number is not None:
                    canvas.place(f"page-{number}", x, bottom, scale)
    return canvas.save(), len(sides)


def _about(course: Course, accessible: bool) -> About:
    return About(
        title=f"{course.say(course.outline.title)}. {course.word('edition_' + course.options.edition)}",
        lang=course.locale.tag,
        author=course.say(course.outline.credit) if course.outline.credit else "",
        subject=course.say(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )
