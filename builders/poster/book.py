"""The poster's documents: the poster itself on one page, and its sheets with their map."""

from builders.options import Artifact, Options
from builders.pdf import About, TaggedCanvas
from builders.poster import assembly
from builders.poster.extents import extents
from builders.poster.marks import Words
from builders.poster.plan import Poster
from builders.poster.tags import alt, sheet_alt, tree
from builders.poster.tiles import Tile, tiling
from builders.poster.write import draw, pt
from builders.text.tree import Node

_FORM = "poster"


def poster(planned: Poster) -> Artifact:
    """Return the poster as poster.pdf."""
    tags = tree(planned)
    canvas = TaggedCanvas(tags.root, about(planned))
    width, height = planned.size.width, planned.size.height
    with canvas.sheet(pt(width), pt(height)):
        with canvas.figure(tags.figure, (0, 0, pt(width), pt(height))):
            for mark in planned.marks:
                if not isinstance(mark, Words) or mark.owner not in tags.nodes:
                    draw(canvas, mark, height)
        for mark in planned.marks:
            if isinstance(mark, Words) and mark.owner in tags.nodes:
                draw(canvas, mark, height, tags.nodes[mark.owner])
    return Artifact("poster.pdf", canvas.save(), 1, "pages")


def sheets(planned: Poster, options: Options) -> Artifact:
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
    name = f"poster-sheets-{options.paper}.pdf"
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
