"""The signs of the lanes, told apart without colour, and the key that names them above the chronology."""

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import FixedBlock
from builders.guide.page_items import (
    GuidePage,
    PageCircle,
    PageItem,
    PagePolygon,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import varied


def make_lane_sign(lane: int, x: float, y: float, size: float, colour: str, white: str) -> list[PageItem]:
    """Return the sign of lane `lane` (0-based), `size` points wide and high.

    Its left is at x, its foot on the baseline y (points from the page's top left). The signs stand in the
    poster's order.
    """
    top, half = y - size, size / 2
    middle = (x + half, y - half)
    signs: list[list[PageItem]] = [
        [PageRectangle(x, top, size, size, fill=colour)],
        [PageCircle(*middle, half - 0.9, stroke=colour, line=1.8)],
        [PagePolygon(((x, y), (x + size, y), (x + half, top)), fill=colour)],
        [PageRectangle(x, top + i * size * 0.38, size, size * 0.2, fill=colour) for i in range(3)],
        [
            PagePolygon(
                ((x + half, top), (x + size, y - half), (x + half, y), (x, y - half)),
                fill=white,
                stroke=colour,
                line=1.3,
            )
        ],
        [
            PagePolyline(((x, top), (x + size, y)), colour, 1.8),
            PagePolyline(((x, y), (x + size, top)), colour, 1.8),
        ],
    ]
    return signs[lane % len(signs)]


def make_lane_key(course: GuideContent, sect: Node) -> FixedBlock:
    """Return the lines that say which sign is which lane, tagged as a paragraph of `sect`."""
    look = course.type
    node = sect.add("P")
    size = look.table.size * 0.78
    own = course.edition.print.lane_names
    style = varied(look.small, size=own[0], leading=own[1]) if own else look.small
    rows: list[list[tuple[int, str, float]]] = [[]]
    at = 0.0
    for i, lane in enumerate(course.outline.lanes):
        name = course.get_plain_text(lane.name)
        width = size + 6 + style.face.width(name) * style.size / 1000 + 18
        if at and at + width > course.page.full_width:
            rows.append([])
            at = 0.0
        rows[-1].append((i, name, at))
        at += width

    def draw(page: GuidePage, x: float, y: float) -> None:
        for r, row in enumerate(rows):
            baseline = y + style.drop + r * style.leading * 1.2
            for lane, name, left in row:
                page.items += make_lane_sign(
                    lane, x + left, baseline, size, look.colours.ink, look.colours.white
                )
                page.items.append(
                    PageText(
                        name + " ",
                        x + left + size + 5,
                        baseline,
                        style.face,
                        style.size,
                        look.colours.ink,
                        node,
                    )
                )

    return FixedBlock(len(rows) * style.leading * 1.2, draw, 0, 9, keep=True, wide=True)
