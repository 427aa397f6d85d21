"""Pictures of the outline: as wide as the text at most, with caption and credit."""

from collections.abc import Iterator
from dataclasses import replace

from builders import images
from builders.faults import Fault, OutlineFaults
from builders.guide.blocks import Block, Fixed, Text
from builders.guide.course import Course
from builders.guide.page import Figure, Item, Mark, Page, Picture
from builders.guide.sentences import stop
from builders.outline import Image
from builders.text.paragraph import Paragraph, Run
from builders.text.tree import Node


def image(
    course: Course, parent: Node, content: Image, path: tuple[str | int, ...], mark: Mark | None
) -> Iterator[Block]:
    """Yield a picture, as wide as the text at most, with its caption and credit. Raises OutlineFaults."""
    look = course.type
    try:
        picture = images.read(course.options.root, content.file)
    except images.ImageFault as fault:
        raise OutlineFaults([Fault(str(fault), path=(*path, "file"))]) from None
    most = course.page.text
    scale = min(most / picture.width, 0.45 * course.page.depth / picture.height, 0.75)
    width, height = picture.width * scale, picture.height * scale
    node = parent.add("Figure", alt=course.say(content.alt))

    def draw(page: Page, x: float, y: float) -> None:
        inner: list[Item] = [Picture(picture.content, picture.format, x, y, width, height)]
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
