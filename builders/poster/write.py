"""The poster's plan to a tagged PDF."""

from builders.pdf import TaggedCanvas
from builders.poster.marks import Line, Mark, Patch, Ring, Shape, Words
from builders.poster.setting import sans
from builders.text.tree import Node
from builders.timeline import POINT


def pt(length: float) -> float:
    """Return µm as points."""
    return length / POINT


def draw(canvas: TaggedCanvas, mark: Mark, height: int, node: Node | None = None) -> None:
    """Draw one mark on a sheet that is `height` µm tall."""
    match mark:
        case Words():
            _words(canvas, mark, height, node)
        case Line():
            points = [(pt(x), pt(height - y)) for x, y in mark.points]
            canvas.polyline(points, mark.colour, pt(mark.width), [pt(d) for d in mark.dash])
        case Shape():
            points = [(pt(x), pt(height - y)) for x, y in mark.points]
            canvas.polygon(points, mark.fill, mark.stroke, pt(mark.width), [pt(d) for d in mark.dash])
        case Ring():
            x, y = pt(mark.x), pt(height - mark.y)
            canvas.circle(x, y, pt(mark.radius), mark.fill, mark.stroke, pt(mark.width))
        case Patch():
            canvas.pattern(
                mark.pattern, pt(mark.x), pt(height - mark.y - mark.height), pt(mark.width), pt(mark.height),
                mark.colour, mark.scale,
            )  # fmt: skip


def _words(canvas: TaggedCanvas, mark: Words, height: int, node: Node | None) -> None:
    canvas.text(
        pt(mark.x), pt(height - mark.y), mark.text, sans(mark.weight), mark.size, mark.colour, node,
        align=mark.align, tracking=mark.tracking, turned=mark.turned,
    )  # fmt: skip
