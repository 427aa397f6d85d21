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
    Part,
    Picture,
    Rule,
    Shape,
    Sign,
    Vector,
    Words,
)
from builders.pdf import Drawn, Gap, TaggedCanvas
from builders.pdf.setting import Setter
from builders.text.tree import Node

_MAY_WAIT = {Lines, Words, Jump, Figure, Sign}


class Drawer:
    """Draws one part of a guide on a canvas of its own; `folios` are the page numbers of places so far.

    What gives the number of a page that is not known yet waits for `finished`; `asked` are the places whose
    numbers are given.
    """

    def __init__(self, canvas: TaggedCanvas, course: Course, folios: Mapping[str, str]) -> None:
        self.canvas, self.folios = canvas, folios
        self.width, self.height = course.page.width, course.page.height
        self.grey = course.options.grey
        self.setter = Setter(canvas, lambda key: folios.get(key, "?"), self.grey)
        self.asked: set[str] = set()
        self._late: list[tuple[Gap, Item]] = []  # what waits
        self._waiting: set[Node] = set()  # its elements
        self._unsettled: set[Node] = set()  # and all above them
        self._nodes: list[Node] = []  # the part's topmost elements

    def part(self, part: Part) -> None:
        """Draw the pages of a part and drop what stood on them."""
        for node in part.ended:
            self._settle(node)
        for index, page in enumerate(part.pages, part.first):
            with self.canvas.sheet(self.width, self.height, at=index):
                for item in page.items:
                    if type(item) in _MAY_WAIT and self._is_late(item):
                        self._late.append((self.canvas.leave(), item))
                    else:
                        _DRAW[type(item)](self, item)
            page.items.clear()
        for node in part.nodes:
            self._settle(node)
        self._nodes += part.nodes
        if part.nodes:
            self.setter.forget()

    @property
    def waits(self) -> bool:
        """Whether anything waits for page numbers."""
        return bool(self._late)

    def finished(self) -> Drawn:
        """Draw what has waited, in its place, and return the part."""
        for gap, item in self._late:
            with self.canvas.fill(gap):
                _DRAW[type(item)](self, item)
        return self.canvas.drawn(self._nodes)

    def _is_late(self, item: Item) -> bool:
        """Return whether an item waits: for a page number, or for what stands before it in its element."""
        if isinstance(item, Figure | Sign):
            return any(type(inner) in _MAY_WAIT and self._is_late(inner) for inner in item.items)
        needs: Sequence[str] = ()
        if isinstance(item, Lines):
            needs = item.paragraph.references
        elif isinstance(item, Words) and item.page_of:
            needs = (item.page_of,)
        self.asked.update(needs)
        node = item.node if isinstance(item, Lines | Words | Jump) else None
        if node in self._waiting or any(key not in self.folios for key in needs):
            self._wait(node)
            return True
        return False

    def _wait(self, node: Node | None) -> None:
        if node is not None and node not in self._waiting:
            self._waiting.add(node)
            above: Node | None = node
            while above is not None:
                self._unsettled.add(above)
                above = above.parent

    def _settle(self, node: Node) -> None:
        """Let the canvas write the elements below `node` that do not wait."""
        if node not in self._unsettled:
            self.canvas.settle(node)
        elif node not in self._waiting:
            for kid in node.kids:
                self._settle(kid)

    def groups(self, groups: Sequence[Group]) -> None:
        """Store groups as forms, to be placed by other parts too."""
        for group in groups:
            self._store(group)

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
        if item.key not in self.canvas.forms:
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
    Vector: Drawer._vector,
    Figure: Drawer._figure,
    Sign: Drawer._sign,
    Group: Drawer._group,
    Jump: Drawer._jump,
    Mark: Drawer._mark,
}
