"""Charts: a table with a picture in it. Category, mark and value stand on one line, without a legend."""

from collections.abc import Iterator
from typing import assert_never

from builders.guide.bar_charts import make_bars
from builders.guide.chart_words import write_alt_text
from builders.guide.content import GuideContent
from builders.guide.flow_blocks import (
    FlowBlock,
    TextBlock,
)
from builders.guide.line_charts import make_line_chart
from builders.guide.page_items import (
    PageDestination,
)
from builders.guide.share_bars import (
    make_share_bar,
)
from builders.guide.tables_and_pictures import make_source_line
from builders.outline.blocks import Chart
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, set_balanced


def make_chart(
    course: GuideContent, parent: Node, content: Chart, section: int, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield a chart: its finding, what is measured, the picture with its numbers, and its source."""
    look = course.type
    title = set_balanced(
        course.make_runs_or_text(content.title, look.h3), look.h3, course.page.full_width, look.lang
    )
    yield TextBlock(
        title, parent.add("P"), look.body.leading * 1.5, 0, keep=True, wide=True, mark=mark, snap=False
    )
    measure = Paragraph(
        course.make_runs_or_text(content.measure, look.small_quiet), look.small_quiet, course.page.full_width
    )
    yield TextBlock(measure, parent.add("P"), 0, 5, keep=True, wide=True, snap=False)
    hue = look.colours.get_section_look(section).hue
    match content.kind:
        case "line":
            yield from make_line_chart(course, parent, content, hue, write_alt_text(course, content))
        case "share":
            yield make_share_bar(course, parent, content, hue, write_alt_text(course, content))
            yield from make_bars(course, parent, content, hue)
        case "bar" | "range":
            yield from make_bars(course, parent, content, hue)
        case _:
            assert_never(content.kind)
    yield from make_source_line(course, parent, content.note, content.source, True)
