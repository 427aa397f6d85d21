"""Map blocks: native shapes that a teacher can recolour, names as text boxes, the events beside or after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builders.core.diagnostics import Fault, OutlineFaults
from builders.deck import metrics
from builders.deck.bullets import make_aside_items, make_low_aside
from builders.deck.colours import PRESET_PATTERNS
from builders.deck.content import DeckContent, make_deck_content
from builders.deck.fitting import find_largest_size
from builders.deck.layouts import make_slide_page
from builders.deck.line_breaking import WIDTH_SAFETY
from builders.deck.model import (
    ShapeGroup,
    Slide,
    SlideFrame,
    SlideFreeform,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import Speech, make_speech
from builders.deck.options import DeckOptions
from builders.deck.splitting import tie_last_words
from builders.deck.text_slides import Topic, make_flowing_slides, make_slides
from builders.language import formatting
from builders.maps.descriptions import Sign, list_signs, write_alt_text, write_event
from builders.maps.map_plan import list_maps, plan_map
from builders.maps.model import MapLabel, MapPlan, MapPolygon, MapRing, NumberedEvent
from builders.maps.naming import LABEL_FACES, MapFace, MapLook, write_numbers
from builders.outline.blocks import Block
from builders.outline.map_blocks import Map
from builders.outline.model import Outline

LABEL_SIZE = 14.0  # points
LEADING = metrics.LINE_HEIGHT
DETAIL = 0.5  # points
MOST_POINTS = 400  # of a shape
LEGEND_PITCH = 20.0  # points: of a row of the legend
LEAST_FRAME = 360.0, 200.0  # points: in a smaller one, a map takes the slide below its title
MOST_TRIES = 4
LEAST_HEIGHT = 0.45  # of the width
PATTERNS = tuple(PRESET_PATTERNS)
HANG = 26.0  # points: of an event behind its number
SIGN = 9.0  # points: the side of a place's sign


def make_map_slides(topic: Topic, block: Block, chosen: Map) -> list[Slide]:
    """Return the slide of a map; where its events don't stand beside it, a list of them follows."""
    course, section = topic.course, topic.section
    assert section is not None
    number = course.outline.sections[section].blocks.index(block)
    topic = replace(topic.with_layout("image"), title=course.make_line_runs(chosen.title))
    frame = _find_map_frame(topic)
    plan = _plan_slide_map(course, section, number, frame)
    events = [_make_event_paragraph(course, numbered) for numbered in plan.events]
    rest = [*_make_key(plan), *_make_aside(course, chosen)]
    room = topic.layout.places["aside"].get_text_area(topic.lowered)
    beside_map = course.page.wide and find_largest_size([*events, *rest], room) is not None
    apart = bool(events) and not beside_map
    shown = rest if apart else [*events, *rest]

    def items(lowered: float) -> list[SlideItem]:
        if course.page.wide:
            drawn, beside = plan, make_aside_items(topic, shown, lowered)
            if not shown:
                whole = _plan_slide_map(course, section, number, replace(frame, w=course.page.full))
                drawn = plan if whole.key else whole
        else:
            drawn, beside = _lay_out_over_aside(topic, number, frame, plan, _make_aside(course, chosen))
        return [_MapGroup(course, chosen, drawn, frame).make_group(), *beside]

    alt = write_alt_text(chosen, plan, course.lang, course.locale)
    places = _tell_places(course, chosen, plan)
    spoken = make_speech(course, [block.notes, chosen.note], [block.cue], chosen.source, [alt, *places])
    made = make_slides(replace(topic, spoken=spoken), [items])
    if apart:
        listed = replace(topic.with_layout("points"), key=f"{topic.key}/events")
        made += make_flowing_slides(listed, "body", events)
    return made


def _lay_out_over_aside(
    topic: Topic, number: int, frame: SlideFrame, plan: MapPlan, told: list[SlideParagraph]
) -> tuple[MapPlan, list[SlideItem]]:
    """Return the map (block `number` of its section) on a narrow slide, and the aside below it.

    Where both have no room, the aside is the key alone: what else is `told` stands in the notes.
    """
    assert topic.section is not None
    drawn, high = plan, 0.0
    beside: list[SlideItem] = []
    for _ in range(MOST_TRIES):  # another height may mean other letters, and these another key
        for shown in ([*_make_key(plan), *told], _make_key(plan)):
            high, beside = make_low_aside(topic, shown) if shown else (0.0, [])
            if frame.h - high >= LEAST_FRAME[1]:
                break
        drawn = _plan_slide_map(topic.course, topic.section, number, replace(frame, h=frame.h - high))
        if drawn.key == plan.key:
            break
        plan = drawn
    return drawn, beside


def _tell_places(course: DeckContent, chosen: Map, plan: MapPlan) -> Iterator[str]:
    """Yield what the outline says of the places on a map, a line each."""
    shown = {one.place for one in chosen.places} | {one.event.place for one in plan.events}
    for place in course.outline.places:
        if place.id in shown and place.note:
            yield course.locale.write_label(
                course.write_plain_text(place.name), course.write_plain_text(place.note)
            )


def _find_map_frame(topic: Topic) -> SlideFrame:
    """Return where a map stands: beside the aside, or on a narrow slide over its whole width and depth."""
    page, frame = topic.course.page, topic.layout.places["image"].frame.lower_top(topic.lowered)
    aside = topic.layout.places["aside"].frame
    frame = replace(frame, h=aside.y + aside.h - frame.y)
    if frame.w < LEAST_FRAME[0] or frame.h < LEAST_FRAME[1]:  # a school's layout has no place for maps
        frame = SlideFrame(page.left, frame.y, page.full, page.foot - frame.y)
    return frame if page.wide else replace(frame, x=page.left, w=page.full)


def _plan_slide_map(course: DeckContent, section: int, block: int, frame: SlideFrame) -> MapPlan:
    """Return the plan of a map within a frame, its legend included. Raises OutlineFaults."""

    def measure(text: str, face: MapFace) -> float:
        style = metrics.get_face_metrics(bold=face == "bold", italic=face == "italic")
        return (style.measure_width(text) + 1) / metrics.UNITS_PER_EM * WIDTH_SAFETY * course.page.scale

    look = MapLook(
        frame.w,
        min(LEAST_HEIGHT * frame.w, frame.h - LEGEND_PITCH),
        frame.h - LEGEND_PITCH,
        LABEL_SIZE,
        LABEL_SIZE * LEADING,
        measure,
        DETAIL,
        MOST_POINTS,
    )
    return plan_map(course.outline, section, block, course.lang, course.options.root, look)


def find_map_faults(outline: Outline, options: DeckOptions) -> tuple[Fault, ...]:
    """Return why maps cannot be laid out: those whose names have no room."""
    page = make_slide_page(options.theme.deck, options.ratio)
    course = make_deck_content(outline, options, page)
    found: list[Fault] = []
    for section, number, chosen in list_maps(outline):
        block = outline.sections[section].blocks[number]
        topic = Topic(course, "map", page.layouts["image"], (), Speech(), section)
        try:
            make_map_slides(topic, block, chosen)
        except OutlineFaults as error:
            found += error.faults
    return tuple(found)


def _make_event_paragraph(course: DeckContent, numbered: NumberedEvent) -> SlideParagraph:
    date, label = write_event(numbered, course.lang, course.locale)
    runs = (
        SlideRun(f"{numbered.number}\t", bold=True),
        SlideRun(f"{date} ", colour="ink2"),
        SlideRun(label),
    )
    return SlideParagraph(runs, after=0.3, tab=HANG)


def _make_key(plan: MapPlan) -> list[SlideParagraph]:
    return [
        SlideParagraph((SlideRun(f"{letter}\t", bold=True), SlideRun(name)), after=0.2, tab=HANG)
        for letter, name in plan.key
    ]


def _make_aside(course: DeckContent, chosen: Map) -> list[SlideParagraph]:
    out = []
    if chosen.note:
        out.append(SlideParagraph(tie_last_words(course.make_line_runs(chosen.note)), after=0.6))
    if chosen.source:
        source = course.locale.write_label(course.write_phrase("source"), course.write_cites(chosen.source))
        out.append(SlideParagraph((SlideRun(source, colour="ink2"),), step=-2))
    return out


@dataclass(frozen=True, slots=True)
class _MapGroup:
    """A map as a group of shapes on the slide, its top left corner at the frame's."""

    course: DeckContent
    chosen: Map
    plan: MapPlan
    frame: SlideFrame

    def make_group(self) -> ShapeGroup:
        """Return the map's shapes, names and legend; what it shows is said by the group."""
        alt = write_alt_text(self.chosen, self.plan, self.course.lang, self.course.locale)
        name = self.course.write_plain_text(self.chosen.title)
        return ShapeGroup(name, (*self._draw_ground(), *self._draw_marks(), *self._draw_legend()), alt)

    def _draw_ground(self) -> Iterator[SlideShape | SlideFreeform]:
        plan, at, words = self.plan, self.frame, self.course.locale.words["maps"]
        yield SlideShape(SlideFrame(at.x, at.y, plan.width, plan.height), fill="sea", line="rule", name="Sea")
        for polygon in plan.land:
            paths = self._shift(polygon)
            yield SlideFreeform(paths, fill="white", line="rule", weight=0.5, name="Land")
        if plan.modern_borders:
            paths = self._shift(plan.modern_borders)
            yield SlideFreeform(paths, line="rule", weight=0.5, closed=False, name=words["modern_borders"])
        for territory in plan.territories:
            rings = tuple(ring for polygon in territory.polygons for ring in polygon)
            if not rings:
                continue
            pattern = None if territory.emphasis else PATTERNS[territory.look % len(PATTERNS)]
            yield SlideFreeform(
                self._shift(rings),
                "wash" if territory.emphasis else "tint",
                pattern,
                "hue",
                2.0 if territory.emphasis else 1.25,
                territory.approximate,
                name=territory.name,
            )

    def _draw_marks(self) -> Iterator[SlideShape | SlideFreeform | TextBox]:
        plan, at, words = self.plan, self.frame, self.course.locale.words["maps"]
        for line in plan.lines:
            if line.parts:
                name = line.name or words[line.kind]
                yield _draw_course(line.kind, self._shift(line.parts), line.approximate, name)
        for marker in plan.markers:
            yield _draw_sign(marker.kind, at.x + marker.at[0], at.y + marker.at[1], marker.name)
        for label in plan.labels:
            yield from self._draw_label(label)

    def _draw_label(self, label: MapLabel) -> Iterator[SlideShape | SlideFreeform | TextBox]:
        at = self.frame
        if label.leader:
            yield SlideFreeform(
                self._shift([label.leader]), line="ink", weight=0.75, closed=False, name="Leader"
            )
        left, top, right, bottom = label.box
        frame = SlideFrame(at.x + left, at.y + top, right - left, bottom - top)
        face = "bold" if label.letter else LABEL_FACES[label.of]
        paragraphs = []
        for i, line in enumerate(label.lines):
            numbers = f"{write_numbers(label.numbers)} " if label.numbers and i == 0 else ""
            runs = [SlideRun(numbers, bold=True)] if numbers else []
            runs.append(SlideRun(line, bold=face == "bold", italic=face == "italic"))
            paragraphs.append(SlideParagraph(tuple(runs), after=0))
        middle = label.of == "territory" or bool(label.letter)
        yield TextBox(
            frame,
            tuple(paragraphs),
            LABEL_SIZE,
            align="ctr" if middle else "l",
            name=" ".join(label.lines),
            fill="white" if label.plate else None,
        )

    def _draw_legend(self) -> Iterator[SlideShape | SlideFreeform | TextBox]:
        """Yield the scale bar and the signs in a row below the map, as far as there is room."""
        plan, locale = self.plan, self.course.locale
        words = locale.words["maps"]
        length, kilometres = plan.scale
        x, y = self.frame.x, self.frame.y + plan.height + LEGEND_PITCH / 2 + 1
        bar = ((x, y - 3), (x, y), (x + length, y), (x + length, y - 3))
        yield SlideFreeform((bar,), line="ink", weight=1.0, closed=False, name="Scale")
        x += length + 5
        scale = words["scale"].format(n=formatting.write_number(kilometres, locale))
        box = self._make_word(scale, x, y)
        yield box
        x += box.frame.w + 14
        for sign in list_signs(plan):
            box = self._make_word(words[sign], x + 24, y)
            if box.frame.x + box.frame.w > self.frame.x + plan.width:
                return
            yield _draw_sample(sign, x, y, words[sign])
            yield box
            x = box.frame.x + box.frame.w + 14

    def _make_word(self, text: str, x: float, y: float) -> TextBox:
        ems = metrics.get_face_metrics().measure_width(text) / metrics.UNITS_PER_EM
        width = ems * LABEL_SIZE * WIDTH_SAFETY
        frame = SlideFrame(
            x, y - LABEL_SIZE * LEADING / 2, width * self.course.page.scale + 2, LABEL_SIZE * LEADING
        )
        return TextBox(frame, (SlideParagraph((SlideRun(text),), after=0),), LABEL_SIZE, name=text)

    def _shift(self, rings: Sequence[MapRing] | MapPolygon) -> tuple[MapRing, ...]:
        return tuple(tuple((self.frame.x + x, self.frame.y + y) for x, y in ring) for ring in rings)


def _draw_course(kind: str, paths: tuple[MapRing, ...], approximate: bool, name: str) -> SlideFreeform:
    line, weight = {"border": ("ink", 1.5), "front": ("hue", 3.5), "route": ("ink", 1.75)}[kind]
    return SlideFreeform(
        paths,
        line=line,
        weight=weight,
        dash=approximate,
        closed=False,
        arrow=kind == "route",
        name=name,
    )


def _draw_sign(kind: str, x: float, y: float, name: str) -> SlideShape:
    """Return the sign of a kind of place around (x, y)."""
    half = SIGN / 2
    frame = SlideFrame(x - half, y - half, SIGN, SIGN)
    match kind:
        case "capital":
            return SlideShape(frame, "rect", fill="ink", line="white", weight=0.5, name=name)
        case "city":
            return SlideShape(frame, "ellipse", fill="ink", line="white", weight=0.5, name=name)
        case "battle":
            return SlideShape(frame, "diamond", fill="ink", line="white", weight=0.5, name=name)
        case _:
            return SlideShape(frame, "ellipse", fill="white", line="ink", weight=1.25, name=name)


def _draw_sample(sign: Sign, x: float, y: float, name: str) -> SlideShape | SlideFreeform:
    """Return a sign as the legend shows it, 20 points wide."""
    ends = (((x, y), (x + 20.0, y)),)
    match sign:
        case "border" | "front" | "route":
            return _draw_course(sign, ends, False, name)
        case "approximate":
            return SlideFreeform(ends, line="ink", weight=1.5, dash=True, closed=False, name=name)
        case "modern_borders":
            return SlideFreeform(ends, line="rule", weight=0.5, closed=False, name=name)
        case _:
            return _draw_sign(sign, x + 14, y, name)
