"""The poster's documents: the poster itself on one page, and its sheets with their map."""

from collections.abc import Iterator
from dataclasses import replace

from builders.options import Artifact
from builders.pdf import About, TaggedCanvas
from builders.poster import assembly
from builders.poster.extents import extents
from builders.poster.marks import Line, Mark, Shape, Words
from builders.poster.options import PosterOptions
from builders.poster.plan import Poster
from builders.poster.tags import alt, sheet_alt, tree
from builders.poster.tiles import Tile, tiling
from builders.poster.write import draw, pt
from builders.text.tree import Node
from builders.timeline import MM

_FORM = "poster"
_BLEED = 3 * MM
_MARGIN = 13 * MM  # around the trim, where a print shop's marks stand


def poster(planned: Poster, options: PosterOptions) -> Artifact:
    """Return the poster on one page; for a print shop with bleed and crop marks around it."""
    tags = tree(planned)
    canvas = TaggedCanvas(tags.root, about(planned))
    width, height = planned.size.width, planned.size.height
    margin = _MARGIN if options.bleed else 0
    trim = (pt(margin), pt(margin), pt(width + margin), pt(height + margin))
    around = (trim[0] - pt(_BLEED), trim[1] - pt(_BLEED), trim[2] + pt(_BLEED), trim[3] + pt(_BLEED))
    boxes = (trim, around) if options.bleed else (None, None)
    marks = [_bled(mark) for mark in planned.marks] if options.bleed else planned.marks
    with canvas.sheet(pt(width + 2 * margin), pt(height + 2 * margin), *boxes):
        with canvas.figure(tags.figure, trim):
            for mark in marks:
                if not isinstance(mark, Words) or mark.owner not in tags.nodes:
                    draw(canvas, mark, height, margin=margin)
        for mark in marks:
            if isinstance(mark, Words) and mark.owner in tags.nodes:
                draw(canvas, mark, height, tags.nodes[mark.owner], margin)
        if options.bleed:
            for line in _crop_marks(width, height):
                draw(canvas, line, height, margin=margin)
    return Artifact(f"{_stem(options)}.pdf", canvas.save(), 1, "pages")


def _stem(options: PosterOptions) -> str:
    """Return the file's name without its ending: 'poster', and what differs from the usual."""
    parts = (
        ("poster", True),
        (options.poster_size, options.poster_size != "a2"),
        ("portrait", options.portrait),
        ("proof" if options.proof else "grey", options.proof or options.grey),
        ("bleed", options.bleed),
    )
    return "-".join(name for name, told in parts if told)


def _bled(mark: Mark) -> Mark:
    """Return a shape that touches the sheet's upper edge drawn on over it."""
    if isinstance(mark, Shape) and any(y == 0 for _, y in mark.points):
        return replace(mark, points=tuple((x, y or -_BLEED) for x, y in mark.points))
    return mark


def _crop_marks(width: int, height: int) -> Iterator[Line]:
    near, far = _BLEED + 1 * MM, _MARGIN - 2 * MM
    for x, out in ((0, -1), (width, 1)):
        for y, up in ((0, -1), (height, 1)):
            yield Line(((x + out * near, y), (x + out * far, y)), "#000000", 90)
            yield Line(((x, y + up * near), (x, y + up * far)), "#000000", 90)


def sheets(planned: Poster, options: PosterOptions) -> Artifact:
    """Return the poster cut into sheets, as poster-sheets-a4.pdf or -letter.pdf; the first is the map."""
    tiles = tiling(planned.size.width, planned.size.height, extents(planned.marks), options.paper)
    root = Node("Document")
    canvas = TaggedCanvas(root, about(planned))
    width, height = planned.size.width, planned.size.height
    with canvas.form(_FORM, pt(width), pt(height)):
        for mark in planned.marks:
            draw(canvas, mark, height)
    plan_of_map = assembly.map_page(planned, tiles, options)
    _map_sheet(canvas, root, planned, plan_of_map)
    for tile in tiles.tiles:
        _sheet(canvas, root, planned, tile, assembly.sheet_page(planned, tiles, tile, options))
    name = f"{_stem(options)}-sheets-{options.paper}.pdf"
    return Artifact(name, canvas.save(), len(tiles.tiles) + 1, "sheets")


def _map_sheet(canvas: TaggedCanvas, root: Node, planned: Poster, page: assembly.Page) -> None:
    nodes = _nodes(page, root)
    figure = root.add("Figure", alt=alt(planned))
    ordered = [*root.kids[:2], figure, *root.kids[2:-1]]
    root.kids[:] = ordered
    with canvas.sheet(pt(page.width), pt(page.height)):
        left, top, right, bottom = page.window
        box = (pt(left), pt(page.height - bottom), pt(right), pt(page.height - top))
        with canvas.figure(figure, box):
            canvas.place(_FORM, box[0], box[1], page.scale)
            for mark in page.over:
                draw(canvas, mark, page.height)
        for mark in page.marks:
            draw(canvas, mark, page.height, nodes.get(mark.owner) if isinstance(mark, Words) else None)


def _sheet(canvas: TaggedCanvas, root: Node, planned: Poster, tile: Tile, page: assembly.Page) -> None:
    section = root.add("Sect")
    nodes = _nodes(page, section)
    figure = section.add("Figure", alt=sheet_alt(planned, tile))
    with canvas.sheet(pt(page.width), pt(page.height)):
        left, top, right, bottom = page.window
        box = (pt(left), pt(page.height - bottom), pt(right), pt(page.height - top))
        x, y = pt(left - tile.left), pt(page.height - top - (planned.size.height - tile.top))
        corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
        with canvas.figure(figure, box), canvas.clip(corners):
            canvas.place(_FORM, x, y)
        for mark in page.marks:
            draw(canvas, mark, page.height, nodes.get(mark.owner) if isinstance(mark, Words) else None)


def _nodes(page: assembly.Page, parent: Node) -> dict[str, Node]:
    """Return the node of each owner among the page's words; an owner is `TAG` or `TAG:which`."""
    nodes: dict[str, Node] = {}
    for mark in page.marks:
        if isinstance(mark, Words) and mark.owner and mark.owner not in nodes:
            nodes[mark.owner] = parent.add(mark.owner.partition(":")[0])
    return nodes


def about(planned: Poster) -> About:
    """Return what the document says of itself."""
    said = planned.course
    title = f"{said.title}, {said.years}"
    return About(title=title, lang=said.locale.tag, author=said.credit, subject=said.subtitle)
