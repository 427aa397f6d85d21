"""Maps: their shapes, labels and legend as one figure, the key and the numbered events as text below it."""

from collections.abc import Iterator
from dataclasses import replace

from builders.core.diagnostics import Fault, OutlineFaults
from builders.guide.content import GuideContent
from builders.guide.flow_blocks import DrawAt, FixedBlock, FlowBlock, TextBlock
from builders.guide.map_drawing import MapDrawing, choose_map_faces
from builders.guide.options import GuideOptions
from builders.guide.page_items import GuidePage, PageDestination, PageFigure, PageText
from builders.guide.tables_and_pictures import make_source_line
from builders.maps.descriptions import describe_map, write_alt_text, write_blank_alt_text, write_event
from builders.maps.map_plan import list_maps, plan_locator, plan_map
from builders.maps.model import MapPlan
from builders.maps.naming import MapFace, MapLook
from builders.outline.model import Outline
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run, set_balanced, varied

LEAST_SHAPE, MOST_SHAPE = 0.42, 0.62  # height of a map: of its width at least, of the page's depth at most
LOCATOR_SHAPES = 0.4, 0.75  # height of the map beside an opener, of its width, at least and at most
NARROW_LABELS = 7  # as many find room on a map of the text's width


def make_map(
    course: GuideContent, parent: Node, section: int, block: int, mark: PageDestination | None
) -> Iterator[FlowBlock]:
    """Yield the map that is a block (0-based) of a section: its finding, the map, its key, events and source.

    Raises OutlineFaults.
    """
    look = course.type
    content = course.outline.sections[section].blocks[block].map
    assert content is not None
    plan = plan_guide_map(course, section, block)
    wide = plan.width > course.page.text + 1
    width = course.page.full_width if wide else course.page.text
    title = set_balanced(course.make_runs_or_text(content.title, look.h3), look.h3, width)
    yield TextBlock(
        title, parent.add("P"), look.body.leading * 1.5, 4, keep=True, wide=wide, mark=mark, snap=False
    )
    alt = write_alt_text(content, plan, course.options.lang, course.locale)
    if course.edition.blanks == "open":
        course.map_keys.append((course.get_plain_text(content.title), plan.key))
        alt = write_blank_alt_text(course.get_plain_text(content.title), plan, course.locale)
    told = bool(plan.key or plan.events or content.note or content.source)
    figure = make_map_figure(course, parent, plan, section, alt)
    yield replace(figure, after=4 if told else look.body.leading, keep=told, wide=wide)
    yield from _make_key(course, parent, plan, wide, last=not (plan.events or content.note or content.source))
    yield from _make_events(course, parent, plan, wide, last=not (content.note or content.source))
    yield from make_source_line(course, parent, content.note, content.source, wide)


def make_map_figure(course: GuideContent, parent: Node, plan: MapPlan, section: int, alt: str) -> FixedBlock:
    """Return a map with its legend as a figure."""
    drawing = MapDrawing(course, plan, course.type.colours.get_section_look(section))
    node = parent.add("Figure", alt=alt)
    height = plan.height + drawing.legend_height

    def draw(page: GuidePage, x: float, y: float) -> None:
        items = [*drawing.draw_map(x, y), *drawing.draw_legend(x, y + plan.height)]
        page.items.append(PageFigure(node, (x, y, x + plan.width, y + height), items))

    return FixedBlock(height, draw)


def plan_guide_map(course: GuideContent, section: int, block: int) -> MapPlan:
    """Return the plan of a map in the guide's size: in the text's width where its names are few.

    Raises OutlineFaults.
    """
    content, geometry = course.outline.sections[section].blocks[block].map, course.page
    assert content is not None
    named = len(content.territories) + len(content.lines) + len(content.places)
    width = geometry.text if named <= NARROW_LABELS and not content.events else geometry.full_width
    look = make_map_look(course, width, LEAST_SHAPE * width, min(MOST_SHAPE * geometry.depth, width * 1.1))
    return plan_map(course.outline, section, block, course.options.lang, course.options.root, look)


def make_locator(course: GuideContent, parent: Node, section: int, width: float) -> FixedBlock | None:
    """Return a map, so many points wide, of where a section's events happened; None where none is told."""
    look = make_map_look(course, width, LOCATOR_SHAPES[0] * width, LOCATOR_SHAPES[1] * width)
    plan = plan_locator(
        course.outline, section, course.options.lang, course.options.root, replace(look, blank=False)
    )
    if plan is None:
        return None
    title = course.get_plain_text(course.outline.sections[section].title)
    alt = describe_map(title, plan, course.options.lang, course.locale)
    return make_map_figure(course, parent, plan, section, alt)


def make_map_look(course: GuideContent, width: float, least: float, most: float) -> MapLook:
    """Return what the guide asks of a map `width` points wide and `least` to `most` points high."""
    style, faces = course.type.small, choose_map_faces(course)

    def measure(text: str, face: MapFace) -> float:
        return faces[face].width(text) / 1000

    blank = course.edition.blanks == "open"
    return MapLook(width, least, most, style.size, style.size * 1.15, measure, blank=blank)


def find_map_faults(outline: Outline, options: GuideOptions) -> tuple[Fault, ...]:
    """Return why maps cannot be laid out: those whose names have no room."""
    found: list[Fault] = []
    course = GuideContent(outline, options)
    for section, block, _ in list_maps(outline):
        try:
            plan_guide_map(course, section, block)
        except OutlineFaults as error:
            found += error.faults
    return tuple(found)


def _make_key(
    course: GuideContent, parent: Node, plan: MapPlan, wide: bool, last: bool
) -> Iterator[FlowBlock]:
    """Yield what the letters on the map stand for; on a blank map the lines to fill in."""
    if not plan.key:
        return
    look = course.type
    width = course.page.full_width if wide else course.page.text
    runs: list[Run] = []
    for letter, name in plan.key:
        said = "\u00a0" * 2 + "_" * 18 if course.edition.blanks == "open" else f"\u00a0{name}"
        runs += [Run(("   " if runs else "") + letter, look.small_bold.face), Run(said, look.small.face)]
    after = look.body.leading if last else 3.0
    paragraph = Paragraph(runs, varied(look.small, align="left", lang=None), width)
    yield TextBlock(paragraph, parent.add("P"), 0, after, keep=not last, wide=wide, snap=False)


def _make_events(
    course: GuideContent, parent: Node, plan: MapPlan, wide: bool, last: bool
) -> Iterator[FlowBlock]:
    """Yield the events that the map tells as a list: number, date, what happened."""
    if not plan.events or course.edition.blanks == "open":
        return
    look = course.type
    style = varied(look.small, align="left")
    hang = look.small_bold.face.width("88\u2002") * style.size / 1000
    width = (course.page.full_width if wide else course.page.text) - hang
    items = parent.add("L", attributes={"List": "/ListNumbering/Decimal"})
    for i, numbered in enumerate(plan.events):
        item = items.add("LI")
        date, label = write_event(numbered, course.options.lang, course.locale)
        runs = [
            Run(f"{date} ", style.face, look.colours.ink2),
            Run(f"{label} ", style.face),
            Run(f"({numbered.place})", style.face, look.colours.ink2),
        ]
        lead = _make_number_drawing(course, numbered.number, item.add("Lbl"))
        ends = i == len(plan.events) - 1
        yield TextBlock(
            Paragraph(runs, style, width),
            item.add("LBody"),
            0,
            (look.body.leading if last else 4.0) if ends else 0.0,
            keep=i < 2 or (ends and not last),
            wide=wide,
            indent=hang,
            lead=lead,
            snap=False,
        )


def _make_number_drawing(course: GuideContent, number: int, node: Node) -> DrawAt:
    look = course.type

    def lead(page: GuidePage, x: float, y: float) -> None:
        text = PageText(str(number), x, y, look.small_bold.face, look.small.size, look.colours.ink, node)
        page.items.append(text)

    return lead
