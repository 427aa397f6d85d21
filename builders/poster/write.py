"""The poster's plan to a tagged PDF."""

from builders.pdf import TaggedCanvas
from builders.poster.marks import Line, Mark, Patch, Ring, Shape, Words
from builders.poster.setting import sans
from builders.text.tree import Node
from builders.timeline import POINT


def pt(length: float) -> float:
    """Return µm as points."""
    return length / POINT


def draw(canvas: TaggedCanvas, mark: Mark, height: int, node: Node | None = None, margin: int = 0) -> None:
    """Draw one mark of a drawing that is `height` µm tall, `margin` µm inside its sheet."""
    match mark:
        case Words():
            _words(canvas, mark, height, node, margin)
        case Line():
            points = [(pt(x + margin), pt(height + margin - y)) for x, y in mark.points]
            canvas.polyline(points, mark.colour, pt(mark.width), [pt(d) for d in mark.dash])
        case Shape():
            points = [(pt(x + margin), pt(height + margin - y)) for x, y in mark.points]
            canvas.polygon(points, mark.fill, mark.stroke, pt(mark.width), [pt(d) for d in mark.dash])
        case Ring():
            x, y = pt(mark.x + margin), pt(height + margin - mark.y)
            canvas.circle(x, y, pt(mark.radius), mark.fill, mark.stroke, pt(mark.width))
        case Patch():
            x, y = pt(mark.x + margin), pt(height + margin - mark.y - mark.height)
            canvas.pattern(mark.pattern, x, y, pt(mark.width), pt(mark.height), mark.colour, mark.scale)


def _words(canvas: TaggedCanvas, mark: Words, height: int, node: Node | None, margin: int) -> None:
    x, y = pt(mark.x + margin), pt(height + margin - mark.y)
    canvas.text(
        x, y, mark.text, sans(mark.weight), mark.size, mark.colour, node,
        align=mark.align, tracking=mark.tracking, turned=mark.turned,
    )  # fmt: skip
