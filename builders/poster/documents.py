"""The poster's documents as tagged PDF: the poster on one page, and its sheets with their map."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from builders.build.builder import Artifact
from builders.pdf import About, TaggedCanvas
from builders.poster import assembly
from builders.poster.label_text import get_sans, list_extents
from builders.poster.options import PosterOptions
from builders.poster.plan import Poster
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterPatch,
    PosterRing,
    PosterShape,
    PosterWords,
)
from builders.poster.tags import make_poster_tree, write_alt_text, write_sheet_alt_text
from builders.poster.tiles import Tile, make_tiling
from builders.timeline import UM_PER_MM, UM_PER_POINT
from builders.typesetting.logical_tree import Node

_FORM = "poster"
_BLEED = 3 * UM_PER_MM
_MARGIN = 13 * UM_PER_MM  # around the trim, where a print shop's marks stand


def write_poster(planned: Poster, options: PosterOptions) -> Artifact:
    """Return the poster as a PDF of one page.

    With `options.bleed` it is made for a print shop: the ground runs 3 mm over the trim, and crop marks stand
    around it.
    """
    tags = make_poster_tree(planned)
    canvas = TaggedCanvas(tags.root, make_metadata(planned))
    width, height = planned.size.width, planned.size.height
    margin = _MARGIN if options.bleed else 0
    trim = (
        convert_to_points(margin),
        convert_to_points(margin),
        convert_to_points(width + margin),
        convert_to_points(height + margin),
    )
    around = (
        trim[0] - convert_to_points(_BLEED),
        trim[1] - convert_to_points(_BLEED),
        trim[2] + convert_to_points(_BLEED),
        trim[3] + convert_to_points(_BLEED),
    )
    boxes = (trim, around) if options.bleed else (None, None)
    marks = [_extend_over_bleed(mark) for mark in planned.marks] if options.bleed else planned.marks
    with canvas.sheet(convert_to_points(width + 2 * margin), convert_to_points(height + 2 * margin), *boxes):
        with canvas.figure(tags.figure, trim):
            for mark in marks:
                if not isinstance(mark, PosterWords) or mark.owner not in tags.nodes:
                    draw_mark(canvas, mark, height, margin=margin)
        for mark in marks:
            if isinstance(mark, PosterWords) and mark.owner in tags.nodes:
                draw_mark(canvas, mark, height, tags.nodes[mark.owner], margin)
        if options.bleed:
            for line in _draw_crop_marks(width, height):
                draw_mark(canvas, line, height, margin=margin)
    return Artifact(f"{_name_file(options)}.pdf", canvas.save(), 1, "pages")


def _name_file(options: PosterOptions) -> str:
    """Return the file's name without its ending: 'poster', and what differs from the usual."""
    parts = (
        ("poster", True),
        (options.poster_size, options.poster_size != "a2"),
        ("portrait", options.portrait),
        ("proof" if options.proof else "grey", options.proof or options.grey),
        ("bleed", options.bleed),
    )
    return "-".join(name for name, told in parts if told)


def _extend_over_bleed(mark: PosterMark) -> PosterMark:
    """Return a mark with what touches the sheet's upper edge extended over the bleed."""
    if isinstance(mark, PosterShape) and any(y == 0 for _, y in mark.points):
        return replace(mark, points=tuple((x, y or -_BLEED) for x, y in mark.points))
    return mark


def _draw_crop_marks(width: int, height: int) -> Iterator[PosterLine]:
    near, far = _BLEED + 1 * UM_PER_MM, _MARGIN - 2 * UM_PER_MM
    for x, out in ((0, -1), (width, 1)):
        for y, up in ((0, -1), (height, 1)):
            yield PosterLine(((x + out * near, y), (x + out * far, y)), "#000000", 90)
            yield PosterLine(((x, y + up * near), (x, y + up * far)), "#000000", 90)


def write_sheets(planned: Poster, options: PosterOptions) -> Artifact:
    """Return the poster cut into sheets of `options.paper`, to be glued together: "poster-sheets-a4.pdf".

    The first page is a map of the sheets. The poster is stored once, as a form that each sheet shows a part
    of.
    """
    tiles = make_tiling(planned.size.width, planned.size.height, list_extents(planned.marks), options.paper)
    root = Node("Document")
    canvas = TaggedCanvas(root, make_metadata(planned))
    width, height = planned.size.width, planned.size.height
    with canvas.form(_FORM, convert_to_points(width), convert_to_points(height)):
        for mark in planned.marks:
            draw_mark(canvas, mark, height)
    plan_of_map = assembly.make_map_page(planned, tiles, options)
    _write_map_sheet(canvas, root, planned, plan_of_map)
    for tile in tiles.tiles:
        _write_sheet(canvas, root, planned, tile, assembly.make_sheet_page(planned, tiles, tile, options))
    name = f"{_name_file(options)}-sheets-{options.paper}.pdf"
    return Artifact(name, canvas.save(), len(tiles.tiles) + 1, "sheets")


def _write_map_sheet(canvas: TaggedCanvas, root: Node, planned: Poster, page: assembly.SheetPage) -> None:
    nodes = _add_nodes(page, root)
    figure = root.add("Figure", alt=write_alt_text(planned))
    ordered = [*root.kids[:2], figure, *root.kids[2:-1]]
    root.kids[:] = ordered
    with canvas.sheet(convert_to_points(page.width), convert_to_points(page.height)):
        left, top, right, bottom = page.window
        box = (
            convert_to_points(left),
            convert_to_points(page.height - bottom),
            convert_to_points(right),
            convert_to_points(page.height - top),
        )
        with canvas.figure(figure, box):
            canvas.place(_FORM, box[0], box[1], page.scale)
            for mark in page.over:
                draw_mark(canvas, mark, page.height)
        for mark in page.marks:
            draw_mark(
                canvas, mark, page.height, nodes.get(mark.owner) if isinstance(mark, PosterWords) else None
            )


def _write_sheet(
    canvas: TaggedCanvas, root: Node, planned: Poster, tile: Tile, page: assembly.SheetPage
) -> None:
    section = root.add("Sect")
    nodes = _add_nodes(page, section)
    figure = section.add("Figure", alt=write_sheet_alt_text(planned, tile))
    with canvas.sheet(convert_to_points(page.width), convert_to_points(page.height)):
        left, top, right, bottom = page.window
        box = (
            convert_to_points(left),
            convert_to_points(page.height - bottom),
            convert_to_points(right),
            convert_to_points(page.height - top),
        )
        x, y = (
            convert_to_points(left - tile.left),
            convert_to_points(page.height - top - (planned.size.height - tile.top)),
        )
        corners = ((box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3]))
        with canvas.figure(figure, box), canvas.clip(corners):
            canvas.place(_FORM, x, y)
        for mark in page.marks:
            draw_mark(
                canvas, mark, page.height, nodes.get(mark.owner) if isinstance(mark, PosterWords) else None
            )


def _add_nodes(page: assembly.SheetPage, parent: Node) -> dict[str, Node]:
    """Return the node of each owner among the page's words; an owner is `TAG` or `TAG:which`."""
    nodes: dict[str, Node] = {}
    for mark in page.marks:
        if isinstance(mark, PosterWords) and mark.owner and mark.owner not in nodes:
            nodes[mark.owner] = parent.add(mark.owner.partition(":")[0])
    return nodes


def make_metadata(planned: Poster) -> About:
    """Return the document information of a poster: title and years, language, author, subject."""
    said = planned.course
    title = f"{said.title}, {said.years}"
    return About(title=title, lang=said.locale.tag, author=said.credit, subject=said.subtitle)


def convert_to_points(length: float) -> float:
    """Return a length of the plan, in µm, as points."""
    return length / UM_PER_POINT


def draw_mark(
    canvas: TaggedCanvas, mark: PosterMark, height: int, node: Node | None = None, margin: int = 0
) -> None:
    """Draw one mark of a drawing that is `height` µm high, on a page with `margin` µm around it.

    `node` is the structure element that words belong to; without one they belong to what the canvas is
    drawing.
    """
    match mark:
        case PosterWords():
            _draw_words(canvas, mark, height, node, margin)
        case PosterLine():
            points = [
                (convert_to_points(x + margin), convert_to_points(height + margin - y))
                for x, y in mark.points
            ]
            canvas.polyline(
                points, mark.colour, convert_to_points(mark.width), [convert_to_points(d) for d in mark.dash]
            )
        case PosterShape():
            points = [
                (convert_to_points(x + margin), convert_to_points(height + margin - y))
                for x, y in mark.points
            ]
            canvas.polygon(
                points,
                mark.fill,
                mark.stroke,
                convert_to_points(mark.width),
                [convert_to_points(d) for d in mark.dash],
            )
        case PosterRing():
            x, y = convert_to_points(mark.x + margin), convert_to_points(height + margin - mark.y)
            canvas.circle(
                x, y, convert_to_points(mark.radius), mark.fill, mark.stroke, convert_to_points(mark.width)
            )
        case PosterPatch():
            x, y = (
                convert_to_points(mark.x + margin),
                convert_to_points(height + margin - mark.y - mark.height),
            )
            canvas.pattern(
                mark.pattern,
                x,
                y,
                convert_to_points(mark.width),
                convert_to_points(mark.height),
                mark.colour,
                mark.scale,
            )
        case _:
            assert_never(mark)


def _draw_words(canvas: TaggedCanvas, mark: PosterWords, height: int, node: Node | None, margin: int) -> None:
    x, y = convert_to_points(mark.x + margin), convert_to_points(height + margin - mark.y)
    canvas.text(
        x, y, mark.text, get_sans(mark.weight), mark.size, mark.colour, node,
        align=mark.align, tracking=mark.tracking, turned=mark.turned,
    )  # fmt: skip
