"""The bar of a share chart: the whole, parted as its shares are, above the rows with the numbers."""

from collections.abc import Sequence
from decimal import Decimal

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import FixedBlock
from builders.guide.page_items import GuidePage, PageFigure, PageItem, PageRectangle, PageText
from builders.outline.blocks import Chart
from builders.typesetting.logical_tree import Node

ValueOrRange = Decimal | tuple[Decimal, Decimal] | None
SHARE_PAD = 4.0  # beside a name in a share's bar


def make_share_bar(course: GuideContent, parent: Node, content: Chart, hue: str, alt: str) -> FixedBlock:
    """Return the whole as one bar, parted as its shares are; each named, or numbered like its row.

    `alt` is said instead of the picture.
    """
    look = course.type
    width, height = course.page.full_width, 18.0 * look.scale
    node = parent.add("Figure", alt=alt)
    parts = _measure_shares(course, content)
    names = _choose_share_names(course, content, parts)

    def draw(page: GuidePage, x: float, y: float) -> None:
        items: list[PageItem] = []
        at = x
        face, size = look.small.face, look.small.size
        for row, part, name in zip(content.rows, parts, names, strict=True):
            if row.emphasis:
                items.append(PageRectangle(at, y, part, height, fill=hue))
            elif part > 1.5:
                items.append(
                    PageRectangle(at + 0.375, y + 0.375, part - 0.75, height - 0.75, stroke=hue, line=0.75)
                )
            colour = look.colours.white if row.emphasis else look.colours.ink
            items.append(PageText(name, at + SHARE_PAD, y + height / 2 + size * 0.34, face, size, colour))
            at += part
        page.items.append(PageFigure(node, (x, y, x + width, y + height), items))

    return FixedBlock(height, draw, 0, 8, keep=True, wide=True)


def _measure_shares(course: GuideContent, content: Chart) -> list[float]:
    """Return the widths of the parts of a share's bar, in points."""
    values = [get_high_end(row.cells[0]) if row.cells else Decimal(0) for row in content.rows]
    total = float(sum(values)) or 1.0
    return [float(value) / total * course.page.full_width for value in values]


def _choose_share_names(course: GuideContent, content: Chart, parts: Sequence[float]) -> list[str]:
    """Return what stands in the parts of a share's bar: names, or where not all fit numbers too."""
    face, size = course.type.small.face, course.type.small.size
    names = [course.get_plain_text(row.head) for row in content.rows]

    def fits(name: str, part: float) -> bool:
        return face.width(name) * size / 1000 <= part - 2 * SHARE_PAD

    if all(map(fits, names, parts)):
        return names
    both = [(f"{i + 1}\u2002{name}", str(i + 1)) for i, name in enumerate(names)]
    return [
        next((shown for shown in choices if fits(shown, part)), "")
        for choices, part in zip(both, parts, strict=True)
    ]


def has_share_numbers(course: GuideContent, content: Chart) -> bool:
    """Return whether the parts of a share's bar bear numbers, and so its rows."""
    if content.kind != "share":
        return False
    names = _choose_share_names(course, content, _measure_shares(course, content))
    return names != [course.get_plain_text(row.head) for row in content.rows]


def get_low_end(value: ValueOrRange) -> Decimal:
    """Return a value, or the lower of a range; 0 where it is unknown."""
    return value[0] if isinstance(value, tuple) else value or Decimal(0)


def get_high_end(value: ValueOrRange) -> Decimal:
    """Return a value, or the higher of a range; 0 where it is unknown."""
    return value[1] if isinstance(value, tuple) else value or Decimal(0)
