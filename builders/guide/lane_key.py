"""The signs of the lanes, told apart without colour, and the key that names them above the chronology."""

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import FixedBlock
from builders.guide.page_items import (
    GuidePage,
    PageCircle,
    PageItem,
    PageLines,
    PagePolygon,
    PagePolyline,
    PageRectangle,
)
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, set_ragged, varied


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
    inset, gap, leading = size + 5, 19.0, style.leading * 1.2
    room = course.page.full_width - inset
    placed: list[tuple[int, Paragraph, float, float]] = []  # lane, name, and where: from the left, the top
    at = top = deepest = 0.0
    for i, lane in enumerate(course.outline.lanes):
        name = set_ragged(course.get_plain_text(lane.name), style, room)
        if at and at + inset + name.widest > course.page.full_width:
            at, top = 0.0, deepest
        placed.append((i, name, at, top))
        at += inset + name.widest + gap
        deepest = max(deepest, top + (len(name.lines) - 1) * style.leading + leading)

    def draw(page: GuidePage, x: float, y: float) -> None:
        for lane, name, left, down in placed:
            baseline = y + style.drop + down
            page.items += make_lane_sign(lane, x + left, baseline, size, look.colours.ink, look.colours.white)
            page.items.append(PageLines(name, x + left + inset, baseline, node))

    return FixedBlock(deepest, draw, 0, 9, keep=True, wide=True)
