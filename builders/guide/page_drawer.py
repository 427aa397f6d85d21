"""A guide's pages drawn on a canvas, item by item: what they say, and nothing decided here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from builders.guide.content import GuideContent
from builders.guide.page_items import (
    GuidePage,
    PageActualText,
    PageArea,
    PageCircle,
    PageDestination,
    PageFigure,
    PageForm,
    PageItem,
    PageLines,
    PageLink,
    PagePattern,
    PagePicture,
    PagePolygon,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.pdf import TaggedCanvas
from builders.pdf.paragraphs import Setter


class PageDrawer:
    """Draws a guide on a canvas; `folios` are the page numbers of places."""

    def __init__(self, canvas: TaggedCanvas, course: GuideContent, folios: Mapping[str, str]) -> None:
        self.canvas, self.folios = canvas, folios
        self.width, self.height = course.page.width, course.page.height
        self.grey = course.options.grey
        self.setter = Setter(canvas, lambda key: folios.get(key, "?"), self.grey)

    def draw_page(self, page: GuidePage) -> None:
        """Draw a page."""
        self._draw_items(page.items)

    def _draw_items(self, items: Sequence[PageItem]) -> None:
        for item in items:
            _DRAWING_METHODS[type(item)](self, item)

    def _draw_lines(self, item: PageLines) -> None:
        self.setter.draw(item.paragraph, item.x, self.height - item.y, item.node, item.first, item.last)

    def _draw_text(self, item: PageText) -> None:
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
        )

    def _draw_polyline(self, item: PagePolyline) -> None:
        points = [(x, self.height - y) for x, y in item.points]
        self.canvas.polyline(points, item.colour, item.width, item.dash, item.round_caps)

    def _draw_rectangle(self, item: PageRectangle) -> None:
        y = self.height - item.y - item.height
        self.canvas.rect(item.x, y, item.width, item.height, item.fill, item.stroke, item.line)

    def _draw_polygon(self, item: PagePolygon) -> None:
        points = [(x, self.height - y) for x, y in item.points]
        self.canvas.polygon(points, item.fill, item.stroke, item.line)

    def _draw_area(self, item: PageArea) -> None:
        rings = [[(x, self.height - y) for x, y in ring] for ring in item.rings]
        self.canvas.area(rings, item.fill, item.stroke, item.line, item.dash, item.pattern, item.scale)

    def _draw_circle(self, item: PageCircle) -> None:
        self.canvas.circle(item.x, self.height - item.y, item.radius, item.fill, item.stroke, item.line)

    def _draw_pattern(self, item: PagePattern) -> None:
        y = self.height - item.y - item.height
        self.canvas.pattern(
            item.pattern, item.x, y, item.width, item.height, item.colour, item.scale, item.frame
        )

    def _draw_picture(self, item: PagePicture) -> None:
        y = self.height - item.y - item.height
        self.canvas.image(item.content, item.x, y, item.width, item.height, grey=self.grey)

    def _draw_figure(self, item: PageFigure) -> None:
        left, top, right, bottom = item.box
        with self.canvas.figure(item.node, (left, self.height - bottom, right, self.height - top)):
            self._draw_items(item.items)

    def _draw_actual_text(self, item: PageActualText) -> None:
        if item.parent:
            self.canvas.adopt(item.node, item.parent)
        with self.canvas.under(item.node):
            self._draw_items(item.items)

    def _draw_form(self, item: PageForm) -> None:
        if not self.canvas.has_form(item.key):
            self._store_form(item)
        self.canvas.place(item.key)

    def _store_form(self, group: PageForm) -> None:
        with self.canvas.form(group.key, self.width, self.height):
            self._draw_items(group.items)

    def _draw_link(self, item: PageLink) -> None:
        left, top, right, bottom = item.box
        box = (left, self.height - bottom, right, self.height - top)
        self.canvas.link(item.node, item.target, box, item.contents)

    def _draw_destination(self, item: PageDestination) -> None:
        self.canvas.mark(item.key, item.x, self.height - item.y + 12)
        if item.title:
            self.canvas.bookmark(item.title, item.key, item.level)


_DRAWING_METHODS: dict[type, Callable[[PageDrawer, Any], None]] = {
    PageLines: PageDrawer._draw_lines,
    PageText: PageDrawer._draw_text,
    PagePolyline: PageDrawer._draw_polyline,
    PageRectangle: PageDrawer._draw_rectangle,
    PagePolygon: PageDrawer._draw_polygon,
    PageArea: PageDrawer._draw_area,
    PageCircle: PageDrawer._draw_circle,
    PagePattern: PageDrawer._draw_pattern,
    PagePicture: PageDrawer._draw_picture,
    PageFigure: PageDrawer._draw_figure,
    PageActualText: PageDrawer._draw_actual_text,
    PageForm: PageDrawer._draw_form,
    PageLink: PageDrawer._draw_link,
    PageDestination: PageDrawer._draw_destination,
}
