"""The guide's plan to a PDF's bytes. Draws what the plan says, item by item."""

from collections.abc import Callable, Sequence
from typing import Any

from builders.guide.booklet import imposed
from builders.guide.page import (
    Area,
    Disc,
    Figure,
    Group,
    Hatch,
    Item,
    Jump,
    Lines,
    Mark,
    Page,
    Picture,
    Rule,
    Shape,
    Vector,
    Words,
)
from builders.guide.pictures import draw_picture
from builders.guide.plan import Plan
from builders.pdf import About, TaggedCanvas
from builders.pdf.setting import Setter


def _about(plan: Plan, accessible: bool) -> About:
    course = plan.course
    return About(
        title=f"{course.say(course.outline.title)}. {course.word('edition_' + course.options.edition)}",
        lang=course.locale.tag,
        author=course.say(course.outline.credit) if course.outline.credit else "",
        subject=course.say(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )


def write(plan: Plan) -> bytes:
    """Return the PDF of a plan."""
    course = plan.course
    canvas = TaggedCanvas(plan.root, _about(plan, accessible=True), first_face=course.type.body.face)
    writer = _Writer(canvas, plan)
    for page in plan.pages:
        with canvas.sheet(course.page.width, course.page.height):
            writer.page(page)
    canvas.label_pages(0, "ROMAN_LOWER")
    canvas.label_pages(plan.front, "ARABIC")
    return canvas.save()


def write_booklet(plan: Plan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, _about(plan, accessible=False), first_face=plan.course.type.body.face)
    writer = _Writer(canvas, plan)
    writer.store_groups()
    for i, content in enumerate(plan.pages):
        with canvas.form(f"page-{i}", page.width, page.height):
            writer.page(content)
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


class _Writer:
    """Draws pages on a canvas."""

    def __init__(self, canvas: TaggedCanvas, plan: Plan) -> None:
        self.canvas, self.plan = canvas, plan
        self.height = plan.course.page.height
        self.setter = Setter(canvas, lambda key: plan.folios.get(key, "?"), plan.course.options.grey)
        self.forms: set[str] = set()
        self.draw: dict[type, Callable[[Any], None]] = {
            Lines: self._lines,
            Words: self._words,
            Rule: self._rule,
            Area: self._area,
            Shape: self._shape,
            Disc: self._disc,
            Hatch: self._hatch,
            Picture: self._picture,
            Vector: self._vector,
            Figure: self._figure,
            Group: self._group,
            Jump: self._jump,
            Mark: self._mark,
        }

    def page(self, page: Page) -> None:
        """Draw a page."""
        self._all(page.items)

    def _all(self, items: Sequence[Item]) -> None:
        draw = self.draw
        for item in items:
            draw[type(item)](item)

    def _lines(self, item: Lines) -> None:
        self.setter.draw(item.paragraph, item.x, self.height - item.y, item.node, item.first, item.last)

    def _words(self, item: Words) -> None:
        text = self.plan.folios.get(item.page_of, "?") if item.page_of else item.text
        self.canvas.text(
            item.x,
            self.height - item.y,
            text,
            item.face,
            item.size,
            item.colour,
            item.node,
            item.align,
            item.tracking,
        )

    def _rule(self, item: Rule) -> None:
        points = [(x, self.height - y) for x, y in item.points]
        self.canvas.polyline(points, item.colour, item.width, item.dash, item.round_caps)

    def _area(self, item: Area) -> None:
        y = self.height - item.y - item.height
        self.canvas.rect(item.x, y, item.width, item.height, item.fill, item.stroke, item.line)

    def _shape(self, item: Shape) -> None:
        points = [(x, self.height - y) for x, y in item.points]
        self.canvas.polygon(points, item.fill, item.stroke, item.line)

    def _disc(self, item: Disc) -> None:
        self.canvas.circle(item.x, self.height - item.y, item.radius, item.fill, item.stroke, item.line)

    def _hatch(self, item: Hatch) -> None:
        y = self.height - item.y - item.height
        self.canvas.pattern(
            item.pattern, item.x, y, item.width, item.height, item.colour, item.scale, item.frame
        )

    def _picture(self, item: Picture) -> None:
        draw_picture(self.canvas, item, self.height, self.plan.course.options.grey)

    def _vector(self, item: Vector) -> None:
        with self.canvas.moved(item.scale, 0, 0, -item.scale, item.x, self.height - item.y):
            self.canvas.put(item.operators)

    def _figure(self, item: Figure) -> None:
        left, top, right, bottom = item.box
        with self.canvas.figure(item.node, (left, self.height - bottom, right, self.height - top)):
            self._all(item.items)

    def store_groups(self) -> None:
        """Store what runs on many pages, before these are stored themselves."""
        for page in self.plan.pages:
            for item in page.items:
                if isinstance(item, Group):
                    self._store(item)

    def _store(self, item: Group) -> None:
        if item.key not in self.forms:
            self.forms.add(item.key)
            with self.canvas.form(item.key, self.plan.course.page.width, self.height):
                self._all(item.items)

    def _group(self, item: Group) -> None:
        self._store(item)
        self.canvas.place(item.key)

    def _jump(self, item: Jump) -> None:
        left, top, right, bottom = item.box
        box = (left, self.height - bottom, right, self.height - top)
        self.canvas.link(item.node, item.target, box, item.contents)

    def _mark(self, item: Mark) -> None:
        self.canvas.mark(item.key, item.x, self.height - item.y + 12)
        if item.title:
            self.canvas.bookmark(item.title, item.key, item.level)


__all__ = ["Item", "write"]
