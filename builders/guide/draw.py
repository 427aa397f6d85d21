"""A guide's pages drawn on a canvas, item by item: what they say, and nothing decided here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

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
    Picture,
    Rule,
    Shape,
    Sign,
    Words,
)
from builders.pdf import TaggedCanvas
from builders.pdf.paragraphs import Setter


class Drawer:
    """Draws a guide on a canvas; `folios` are the page numbers of places."""

    def __init__(self, canvas: TaggedCanvas, course: Course, folios: Mapping[str, str]) -> None:
        self.canvas, self.folios = canvas, folios
        self.width, self.height = course.page.width, course.page.height
        self.grey = course.options.grey
        self.setter = Setter(canvas, lambda key: folios.get(key, "?"), self.grey)

    def page(self, page: Page) -> None:
        """Draw a page."""
        self._all(page.items)

    def _all(self, items: Sequence[Item]) -> None:
        for item in items:
            _DRAW[type(item)](self, item)

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
        if not self.canvas.has_form(item.key):
            self._store(item)
        self.canvas.place(item.key)

    def _store(self, group: Group) -> None:
        with self.canvas.form(group.key, self.width, self.height):
            self._all(group.items)

    def _jump(self, item: Jump) -> None:
        left, top, right, bottom = item.box
        box = (left, self.height - bottom, right, self.height - top)
        self.canvas.link(item.node, item.target, box, item.contents)

    def _mark(self, item: Mark) -> None:
        self.canvas.mark(item.key, item.x, self.height - item.y + 12)
        if item.title:
            self.canvas.bookmark(item.title, item.key, item.level)


_DRAW: dict[type, Callable[[Drawer, Any], None]] = {
    Lines: Drawer._lines,
    Words: Drawer._words,
    Rule: Drawer._rule,
    Area: Drawer._area,
    Shape: Drawer._shape,
    Disc: Drawer._disc,
    Hatch: Drawer._hatch,
    Picture: Drawer._picture,
    Figure: Drawer._figure,
    Sign: Drawer._sign,
    Group: Drawer._group,
    Jump: Drawer._jump,
    Mark: Drawer._mark,
}
