"""The slides that open: the course's title, the agenda, and each section's number, title and question."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from builders.deck import ruler
from builders.deck.content import DeckContent
from builders.deck.fitting import TextArea, avoid_short_last_lines, fit_or_shorten
from builders.deck.geometry import INCH
from builders.deck.line_breaking import measure_height
from builders.deck.metrics import LINE_HEIGHT
from builders.deck.model import (
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import make_notes, make_speech
from builders.deck.text_slides import (
    Topic,
    make_placeholder_box,
    make_slides,
    make_title_box,
    measure_title_foot,
)

AGENDA_ROWS = 7
LOWEST_SUBTITLE = 4.3 * INCH  # where the title slide's drawing begins


def make_title_slide(own: DeckContent) -> Slide:
    """Return the title slide: title, subtitle and credit above the whole course on its time axis."""
    outline, layout = own.outline, own.page.layouts["front"]
    title, lowered = make_title_box(layout, own.make_line_runs(outline.title))
    place = layout.places["subtitle"]
    lines = [SlideParagraph(own.make_line_runs(text)) for text in (outline.subtitle, outline.credit) if text]
    lines = [lines[0], *(replace(line, step=-6) for line in lines[1:])] if lines else []
    if own.options.section:
        lines.insert(0, SlideParagraph(own.make_line_runs(next(own.list_sections())[1].title)))
    top, high = place.frame.y + lowered, place.frame.h - lowered
    if own.page.own:
        top = measure_title_foot(layout, own.make_line_runs(outline.title)) + 14
        high = max(LOWEST_SUBTITLE - top, high)
    room = replace(place.get_text_area(), h=high)
    shown, size = fit_or_shorten(lines, room)
    under = top + measure_height(shown, size, place.frame.w)
    frame = SlideFrame(place.frame.x, top, place.frame.w, max(under - top, place.frame.h))
    box = TextBox(frame, shown, size, "subtitle", colour="ink2", anchor=place.anchor)
    bar = SlideShape(SlideFrame(own.page.left, 0, 0.62 * INCH, 1.35 * INCH), fill="red", name="Bar")
    items: list[SlideItem] = [box] if lines else []
    if own.page.own:
        items += [bar, ruler.draw_title_axis(own, under)]
    said = make_speech(own, [outline.subtitle, outline.credit])
    return Slide("front", "front", title, tuple(items), make_notes(own, said), None)


def make_agenda_slides(own: DeckContent) -> list[Slide]:
    """Return the agenda: sections with number, title and years, at most seven rows a slide."""
    indices = [index for index, _ in own.list_sections()]
    count = -(-len(indices) // AGENDA_ROWS)
    even = -(-len(indices) // count)
    groups = [indices[i : i + even] for i in range(0, len(indices), even)]
    told = [
        own.locale.write_label(
            f"{i + 1}. {own.write_plain_text(s.title)}, {own.write_period(s.period)}",
            own.write_plain_text(s.question),
        )
        for i, s in own.list_sections()
    ]
    topic = Topic(
        own,
        "agenda",
        own.page.layouts["agenda"],
        (SlideRun(own.write_phrase("agenda")),),
        make_speech(own, extra=told),
    )
    return make_slides(topic, [partial(_make_agenda_items, own, group) for group in groups])


def _make_agenda_items(own: DeckContent, indices: Sequence[int], lowered: float) -> list[SlideItem]:
    layout = own.page.layouts["agenda"]
    first = layout.places["row1"]
    pitch = min(0.93 * INCH, (own.page.foot + 4 - first.frame.y - lowered) / len(indices))
    tops = [first.frame.y + lowered + pitch * i for i in range(len(indices))]
    tile = min(0.5 * INCH, pitch - 8)
    out: list[SlideItem] = []
    for row, (index, top) in enumerate(zip(indices, tops, strict=True)):
        section = own.outline.sections[index]
        link = f"#{section.id}"
        key = f"row{row + 1}"
        title = tuple(replace(run, bold=True, link=link) for run in own.make_line_runs(section.title))
        years = SlideParagraph((SlideRun(own.write_period(section.period), colour="ink2"),), step=-6)
        out.append(
            SlideShape(
                SlideFrame(own.page.left, top + 4, tile, tile),
                fill=f"section{index}",
                text=str(index + 1),
                size=22,
                name=str(index + 1),
                decorative=False,
            )
        )
        frame = replace(first.frame, y=top, h=pitch - 4)
        out.append(
            _fit_agenda_row(
                TextBox(
                    frame,
                    (SlideParagraph(title, after=0), years),
                    first.size,
                    key if key in layout.places else None,
                    name=own.write_plain_text(section.title),
                )
            )
        )
    picture = ruler.draw_agenda_axis(own, indices, tops, pitch)
    return [*out, picture] if picture else out


def _fit_agenda_row(box: TextBox) -> TextBox:
    """Return an agenda row, title and years, at the size that stands in its frame; a long title is cut."""
    title, years = box.paragraphs
    room = TextArea(box.frame.w, box.frame.h - years.compute_size(box.size) * LINE_HEIGHT, box.size, 16.0)
    shown, size = fit_or_shorten((title,), room)
    return replace(box, paragraphs=(*shown, years), size=size)


def make_section_opener(own: DeckContent, index: int) -> Slide:
    """Return the slide that opens section `index` (0-based): its number, title and key question."""
    section, layout = own.outline.sections[index], own.page.layouts["section"]
    title, lowered = make_title_box(layout, own.make_line_runs(section.title))
    place = layout.places["question"]
    label = SlideParagraph((SlideRun(own.write_phrase("key_question"), bold=True),), step=-16, after=0.1)
    question = SlideParagraph(own.make_line_runs(section.question))
    shown, size = fit_or_shorten((label, question), place.get_text_area(lowered))
    size = avoid_short_last_lines(shown, place.get_text_area(lowered), size)
    box = make_placeholder_box(place, shown, size, lowered)
    frame = SlideFrame(own.page.left, 0, 1.5 * INCH, 1.75 * INCH)
    tab = SlideShape(
        frame, fill="white", text=str(index + 1), size=88, text_colour="hue", name=str(index + 1)
    )
    spoken = make_speech(own, [section.summary, section.notes], [section.question])
    items: tuple[SlideItem, ...] = (tab, box) if own.page.own else (box,)
    return Slide(section.id, "section", title, items, make_notes(own, spoken), index)
