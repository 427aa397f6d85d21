"""The poster's plan to a tagged PDF."""

from builders.pdf import TaggedCanvas
from builders.poster.label_text import get_sans
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterPatch,
    PosterRing,
    PosterShape,
    PosterWords,
)
from builders.timeline import UM_PER_POINT
from builders.typesetting.logical_tree import Node


def convert_to_points(length: float) -> float:
    """Return µm as points."""
    return length / UM_PER_POINT


def draw_mark(
    canvas: TaggedCanvas, mark: PosterMark, height: int, node: Node | None = None, margin: int = 0
) -> None:
    """Draw one mark of a drawing that is `height` µm tall, `margin` µm inside its sheet."""
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


def _draw_words(canvas: TaggedCanvas, mark: PosterWords, height: int, node: Node | None, margin: int) -> None:
    x, y = convert_to_points(mark.x + margin), convert_to_points(height + margin - mark.y)
    canvas.text(
        x, y, mark.text, get_sans(mark.weight), mark.size, mark.colour, node,
        align=mark.align, tracking=mark.tracking, turned=mark.turned,
    )  # fmt: skip
