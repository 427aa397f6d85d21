"""The guide's plan to a PDF's bytes. Draws what the plan says, item by item."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from builders.guide.booklet import imposed
from builders.guide.course import Course
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
    Part,
    Picture,
    Rule,
    Shape,
    Sign,
    Vector,
    Words,
)
from builders.guide.plan import Layout, Plan
from builders.pdf import About, Gap, TaggedCanvas
from builders.pdf.setting import Setter
from builders.text.tree import Node


def write(layout: Layout) -> tuple[bytes, int]:
    """Return the PDF of a guide that is being laid out, and the number of its pages.

    What is finished is drawn and dropped, so that a long guide is never in memory as a whole.
    """
    canvas = TaggedCanvas(layout.root, _about(layout.course, accessible=True), layout.course.alphabet)
    writer = _Writer(canvas, layout.course, layout.folios)
    front = count = 0
    for part in layout.parts():
        writer.part(part)
        front = max(-part.first, 0)
        count += len(part.pages)
    writer.rest()
    canvas.label_pages(0, "ROMAN_LOWER")
    canvas.label_pages(front, "ARABIC")
    return canvas.save(), count


def write_booklet(plan: Plan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, _about(plan.course, accessible=False), plan.course.alphabet)
    writer = _Writer(canvas, plan.course, plan.folios)
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


def _about(course: Course, accessible: bool) -> About:
    return About(
        title=f"{course.say(course.outline.title)}. {course.word('edition_' + course.options.edition)}",
        lang=course.locale.tag,
        author=course.say(course.outline.credit) if course.outline.credit else "",
        subject=course.say(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )


_MAY_WAIT = {Lines, Words, Jump, Figure, Sign}


class _Writer:
    """Draws pages on a canvas."""

    def __init__(self, canvas: TaggedCanvas, course: Course, folios: Mapping[str, str]) -> None:
        self.canvas, self.folios = canvas, folios
        self.width, self.height = course.page.width, course.page.height
        self.grey = course.options.grey
        self.setter = Setter(canvas, lambda key: folios.get(key, "?"), self.grey)
        self.forms: set[str] = set()
        self.late: list[tuple[Gap, Item]] = []  # what waits for page numbers
        self.waiting: set[Node] = set()  # its elements
        self.unsettled: set[Node] = set()  # and all above them
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
            Sign: self._sign,
            Group: self._group,
            Jump: self._jump,
            Mark: self._mark,
        }

    def part(self, part: Part) -> None:
        """Draw the pages of a part and drop what stood on them.

        What gives the number of a page that is not known yet is left for the `rest`.
        """
        for index, page in enumerate(part.pages, part.first):
            with self.canvas.sheet(self.width, self.height, at=index):
                for item in page.items:
                    if type(item) in _MAY_WAIT and self._is_late(item):
                        self.late.append((self.canvas.leave(), item))
                    else:
                        self.draw[type(item)](item)
            page.items.clear()
        if part.node:
            self._settle(part.node)
            self.setter.forget()

    def rest(self) -> None:
        """Draw what was left, in its place."""
        for gap, item in self.late:
            with self.canvas.fill(gap):
                self.draw[type(item)](item)

    def _is_late(self, item: Item) -> bool:
        """Return whether an item waits: for a page number, or for what stands before it in its element."""
        if isinstance(item, Figure | Sign):
            return any(type(inner) in _MAY_WAIT and self._is_late(inner) for inner in item.items)
        needs: Sequence[str | None] = ()
        if isinstance(item, Lines):
            needs = item.paragraph.references
        elif isinstance(item, Words) and item.page_of:
            needs = (item.page_of,)
        node = item.node if isinstance(item, Lines | Words | Jump) else None
        if node in self.waiting or (needs and any(key not in self.folios for key in needs)):
            self._wait(node)
            return True
        return False

    def _wait(self, node: Node | None) -> None:
        if node is not None and node not in self.waiting:
            self.waiting.add(node)
            above: Node | None = node
            while above is not None:
                self.unsettled.add(above)
                above = above.parent

    def _settle(self, node: Node) -> None:
        """Let the canvas write the elements below `node` that do not wait."""
        if node not in self.unsettled:
            self.canvas.settle(node)
        elif node not in self.waiting:
            for kid in node.kids:
                self._settle(kid)

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
        text = self.folios.get(item.page_of, "?") if item.page_of else item.text
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
        y = self.height - item.y - item.height
        self.canvas.image(item.content, item.x, y, item.width, item.height, grey=self.grey)

    def _vector(self, item: Vector) -> None:
        with self.canvas.moved(item.scale, 0, 0, -item.scale, item.x, self.height - item.y):
            self.canvas.put(item.operators)

    def _figure(self, item: Figure) -> None:
        left, top, right, bottom = item.box
        with self.canvas.figure(item.node, (left, self.height - bottom, right, self.height - top)):
            self._all(item.items)

    def _sign(self, item: Sign) -> None:
        if item.parent:
            self.canvas.adopt(item.node, item.parent)
        with self.canvas.under(item.node):
            self._all(item.items)

    def _group(self, item: Group) -> None:
        if item.key not in self.forms:
            self.forms.add(item.key)
            with self.canvas.form(item.key, self.width, self.height):
                self._all(item.items)
        self.canvas.place(item.key)

    def _jump(self, item: Jump) -> None:
        left, top, right, bottom = item.box
        box = (left, self.height - bottom, right, self.height - top)
        self.canvas.link(item.node, item.target, box, item.contents)

    def _mark(self, item: Mark) -> None:
        self.canvas.mark(item.key, item.x, self.height - item.y + 12)
        if item.title:
            self.canvas.bookmark(item.title, item.key, item.level)
