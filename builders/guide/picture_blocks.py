"""Pictures of the outline: as wide as the text at most, with caption and credit."""

from collections.abc import Iterator
from dataclasses import replace

from builders.core.diagnostics import Fault, OutlineFaults
from builders.guide.content import GuideContent
from builders.guide.flow_blocks import FixedBlock, FlowBlock, TextBlock
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageFigure,
    PageItem,
    PagePicture,
)
from builders.guide.typography import find_missing_stop
from builders.outline.model import Image
from builders.pictures import pictures
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run


def make_image(
    course: GuideContent,
    parent: Node,
    content: Image,
    path: tuple[str | int, ...],
    mark: PageDestination | None,
) -> Iterator[FlowBlock]:
    """Yield a picture, as wide as the text at most, with its caption and credit. Raises OutlineFaults."""
    look = course.type
    try:
        picture = pictures.read_picture(course.options.root, content.file)
    except pictures.ImageFault as fault:
        raise OutlineFaults([Fault(str(fault), path=(*path, "file"))]) from None
    most = course.page.text
    scale = min(most / picture.width, 0.45 * course.page.depth / picture.height, 0.75)
    width, height = picture.width * scale, picture.height * scale
    node = parent.add("Figure", alt=course.get_plain_text(content.alt))

    def draw(page: GuidePage, x: float, y: float) -> None:
        inner: list[PageItem] = [PagePicture(picture.content, picture.format, x, y, width, height)]
        page.items.append(PageFigure(node, (x, y, x + width, y + height), inner))

    yield FixedBlock(height, draw, look.body.leading, 4, keep=True, mark=mark)
    style = look.small_quiet
    runs: list[Run] = []
    if content.caption:
        runs += course.make_runs(content.caption, look.small)
        runs.append(Run(f"{find_missing_stop(runs[-1].text)} ", style.face))
        runs = [replace(run, colour=run.colour or look.colours.ink) for run in runs]
    runs += course.make_runs(content.credit, style)
    yield TextBlock(Paragraph(runs, style, most), parent.add("P"), 0, look.body.leading, snap=False)
