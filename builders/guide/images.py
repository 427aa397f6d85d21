"""Pictures of the outline: as wide as the text at most, with caption and credit."""

import re
from collections.abc import Iterator
from dataclasses import replace

from builders import images
from builders.faults import Fault, OutlineFaults
from builders.guide.blocks import Block, Fixed, Text
from builders.guide.course import Course
from builders.guide.page import Figure, Item, Mark, Page, Picture, Vector, Words
from builders.guide.sentences import stop
from builders.outline import Image
from builders.svg import Vectors, vectors
from builders.text.paragraph import Paragraph, Run
from builders.text.tree import Node

_GREYABLE = re.compile(r"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)\b")


def greyed(colour: str) -> str:
    """Return the grey that is as light as '#RRGGBB' (ITU-R BT.601, as Pillow turns pictures grey)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02X}" * 3


def _grey_operator(match: re.Match[str]) -> str:
    red, green, blue = map(float, match.groups()[:3])
    level = f"{0.299 * red + 0.587 * green + 0.114 * blue:.4g}"
    return f"{level} {level} {level} {match[4]}"


def image(
    course: Course, parent: Node, content: Image, path: tuple[str | int, ...], mark: Mark | None
) -> Iterator[Block]:
    """Yield a picture, as wide as the text at most, with its caption and credit. Raises OutlineFaults."""
    look = course.type
    try:
        picture = images.read(course.options.root, content.file)
        drawing = vectors(picture.content, content.file) if picture.format == "SVG" else None
    except images.ImageFault as fault:
        raise OutlineFaults([Fault(str(fault), path=(*path, "file"))]) from None
    most = course.page.text
    scale = min(most / picture.width, 0.45 * course.page.depth / picture.height, 0.75)
    width, height = picture.width * scale, picture.height * scale
    node = parent.add("Figure", alt=course.say(content.alt))

    def draw(page: Page, x: float, y: float) -> None:
        inner: list[Item] = [Picture(picture.content, picture.format, x, y, width, height)]
        if drawing:
            inner = list(_vectors(course, drawing, x, y, scale))
        page.items.append(Figure(node, (x, y, x + width, y + height), inner))

    yield Fixed(height, draw, look.body.leading, 4, keep=True, mark=mark)
    style = look.small_quiet
    runs: list[Run] = []
    if content.caption:
        runs += course.as_runs(content.caption, look.small)
        runs.append(Run(f"{stop(runs[-1].text)} ", style.face))
        runs = [replace(run, colour=run.colour or look.colours.ink) for run in runs]
    runs += course.as_runs(content.credit, style)
    yield Text(Paragraph(runs, style, most), parent.add("P"), 0, look.body.leading, snap=False)


def _vectors(course: Course, drawing: Vectors, x: float, y: float, scale: float) -> Iterator[Item]:
    """Yield a vector picture and its words, in the guide's own face."""
    left, top, _, _ = drawing.box
    operators = _GREYABLE.sub(_grey_operator, drawing.operators) if course.options.grey else drawing.operators
    yield Vector(operators, x - left * scale, y - top * scale, scale)
    aligns = {"start": "left", "middle": "center", "end": "right"}
    for text in drawing.texts:
        face = course.type.face("sans", "bold" if text.bold else "regular")
        place = (x + (text.x - left) * scale, y + (text.y - top) * scale)
        align = aligns.get(text.anchor, "left")
        colour = greyed(text.colour) if course.options.grey else text.colour
        yield Words(text.words, *place, face, text.size * scale, colour, align=align)
