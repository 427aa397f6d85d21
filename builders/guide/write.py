"""The guide's plan to a PDF's bytes: drawn part by part, as its sections are laid out."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from builders.guide.booklet import imposed
from builders.guide.course import Course
from builders.guide.draw import Drawer
from builders.guide.plan import Layout, Plan
from builders.guide.record import Told
from builders.images import ImageFault, read
from builders.kept import Kept
from builders.outline import Section
from builders.pdf import FIRST, About, Drawn, TaggedCanvas, put_together

_MOST_KEPT = 64  # sections: those of a few courses, or editions of one

_frames: Kept[tuple[object, ...]] = Kept(8)
_sections: "Kept[_Section]" = Kept(_MOST_KEPT)


def write(layout: Layout) -> tuple[bytes, int]:
    """Return the PDF of a guide that is to be laid out, and the number of its pages.

    What is finished is drawn and dropped, so that a long guide is never in memory as a whole.
    """
    course, record = layout.course, layout.record
    guide = _Guide(layout)
    sections, first = [], guide.first
    for number, section in course.sections:
        sections.append(guide.section(number, section, first))
        first = sections[-1].end
    behind = guide.drawer(first)
    for part in layout.back():
        behind.part(part)
    front = layout.front()
    before = guide.drawer(behind.end)
    before.part(front)
    stale = [drawn for drawn in sections if not drawn.finish(record.folios)]
    if stale:  # page numbers behind the sections have changed: set those again that give them
        for old in stale:
            _sections.drop(old.place)
        return write(Layout(course.outline, course.options))
    guide.shared.canvas.label_pages(0, "ROMAN_LOWER")
    guide.shared.canvas.label_pages(len(front.pages), "ARABIC")
    drawn = [own.drawn for own in sections if own.drawn]
    parts = [guide.shared.finished(), before.finished(), *drawn, behind.finished()]
    return put_together(parts, guide.about, course.alphabet), sum(len(part.pages) for part in parts)


@dataclass(slots=True)
class _Section:
    """A section that has been laid out and drawn: what it tells, where the next one's numbers begin."""

    place: tuple[object, ...]
    told: Told
    end: int
    drawer: Drawer | None
    drawn: Drawn | None = None
    asked: Mapping[str, str | None] = field(default_factory=dict)  # page numbers of places that it gives

    def finish(self, folios: Mapping[str, str]) -> bool:
        """Draw what waits, when all page numbers are known; return whether what was drawn before holds."""
        if self.drawer:
            self.drawn, self.drawer = self.drawer.finished(), None
            self.asked = {key: folios.get(key) for key in self.asked}
        return all(folios.get(key) == folio for key, folio in self.asked.items())


class _Guide:
    """What the parts of a guide have in common when they are drawn."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.course = layout, layout.course
        self.about = _about(self.course, accessible=True)
        self.shared = self.drawer(FIRST)
        rulers = [group for recto in (True, False) for group in layout.ruler.shared(recto)]
        self.shared.groups(rulers)
        self.first = self.shared.end
        self.place, frame = _frame(self.course)
        self.frame = _frames.get(self.place, frame, lambda: frame)

    def drawer(self, first: int) -> Drawer:
        """Return what draws a part whose objects are numbered from `first` on."""
        forms = self.shared.canvas.forms if first > FIRST else {}
        canvas = TaggedCanvas(self.layout.root, self.about, self.course.alphabet, first=first, forms=forms)
        return Drawer(canvas, self.course, self.layout.record.folios)

    def section(self, number: int, section: Section, first: int) -> _Section:
        """Return a section, set and drawn; or as it was drawn before from the same, in the same place."""
        record, place = self.layout.record, (*self.place, number)
        few = len(self.course.sections) < _MOST_KEPT
        given = (self.frame, section, first, *self._state(section)) if few else ()
        if few and (held := _sections.find(place, given)):
            record.repeat(held.told)
            return held
        part, told = self.layout.section(number)
        drawer = self.drawer(first)
        drawer.part(part)
        new = _Section(place, told, drawer.end, drawer, asked=drawer.asked)
        if not drawer.waits:
            new.finish(record.folios)
        return _sections.hold(place, given, new) if few else new

    def _state(self, section: Section) -> tuple[object, ...]:
        """Return what else a section depends on: those before it, and its pictures' bytes."""
        record, options = self.layout.record, self.course.options
        pictures: object = None
        with suppress(ImageFault):  # the layout says what is wrong
            pictures = [read(options.root, block.image.file) for block in section.blocks if block.image]
        return record.pages, frozenset(record.met), frozenset(record.mentions), pictures


def _frame(course: Course) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Return a guide's name from build to build, and what all of its sections depend on."""
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
