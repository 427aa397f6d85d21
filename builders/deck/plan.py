"""From the outline to the deck's plan: which slides, in which order, with which words, boxes and sizes."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from typing import assert_never

from builders.deck import (
    bullets,
    charts,
    people_terms_sources,
    questions,
    quotes_debates_pictures,
    ruler,
    tables,
    timelines,
)
from builders.deck.bullets import BlockGroup
from builders.deck.content import DeckContent, find_language_tag, make_deck_content
from builders.deck.fitting import TextArea, avoid_short_last_lines, fit_or_shorten
from builders.deck.footers import add_tab_ruler_and_footer, list_warnings, number_repeated_titles
from builders.deck.geometry import INCH, SlidePage
from builders.deck.layouts import make_slide_page
from builders.deck.line_breaking import measure_height
from builders.deck.metrics import LINE_HEIGHT
from builders.deck.model import (
    Deck,
    DeckSection,
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import Speech, make_notes, make_speech
from builders.deck.options import DeckOptions
from builders.deck.text_slides import (
    Runs,
    Topic,
    make_flowing_slides,
    make_placeholder_box,
    make_slides,
    make_title_box,
    measure_title_foot,
)
from builders.outline.model import Block, DisplayContent, Outline

AGENDA_ROWS = 7
LOWEST_SUBTITLE = 4.3 * INCH  # where the title slide's drawing begins


def plan_deck(outline: Outline, options: DeckOptions, frame: SlidePage | None = None) -> Deck:
    """Return the plan of the deck. `frame` is the page of a school's template instead of our own."""
    if options.no_questions:
        outline = _drop_questions(outline)
    own = make_deck_content(outline, options, frame or make_slide_page(options.theme.deck, options.ratio))
    made: list[Slide] = [_make_title_slide(own)]
    firsts = [DeckSection("start", own.write_phrase("start"), 0)]
    if len(list(own.list_sections())) > 1:
        made += _make_agenda_slides(own)
    made = [add_tab_ruler_and_footer(own, slide) for slide in made]
    number = 1
    met: set[str] = set()
    for index, section in enumerate(outline.sections):
        if options.section in (None, section.id):
            firsts.append(DeckSection(section.id, own.write_plain_text(section.title), len(made)))
            names = tuple(
                name for name in people_terms_sources.list_mentioned(own, section) if name not in met
            )
            made += (
                add_tab_ruler_and_footer(own, slide)
                for slide in _make_section_slides(own, index, number, names)
            )
            met.update(names)
        number += len(section.questions)
    firsts.append(DeckSection("end", own.write_phrase("end"), len(made)))
    made += (add_tab_ruler_and_footer(own, slide) for slide in _make_end_slides(own, met))
    if firsts[-1].first == len(made):
        firsts.pop()
    finished = tuple(number_repeated_titles(own, made))
    return Deck(
        own.write_plain_text(outline.title),
        own.write_plain_text(outline.subtitle) if outline.subtitle else "",
        own.write_plain_text(outline.credit) if outline.credit else "",
        find_language_tag(own.locale.tag),
        finished,
        tuple(firsts),
        ruler.draw_ruler(own),
        list_warnings(own, finished),
    )


def _drop_questions(outline: Outline) -> Outline:
    """Return the outline without its questions: what they alone cite or name goes with them."""
    sections = [section.model_copy(update={"questions": ()}) for section in outline.sections]
    return outline.model_copy(update={"sections": tuple(sections)})


def _make_title_slide(own: DeckContent) -> Slide:
    """Return the title slide: title, subtitle and credit, and the whole course on its axis."""
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


def _make_agenda_slides(own: DeckContent) -> list[Slide]:
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


def _make_section_slides(own: DeckContent, index: int, number: int, first: Sequence[str]) -> list[Slide]:
    """Return a section's slides. `number` is that of its first question; `first` has the ids first met
    here."""
    section = own.outline.sections[index]
    made = [_make_section_opener(own, index)]
    base = Topic(
        own, section.id, own.page.layouts["points"], own.make_line_runs(section.title), Speech(), index
    )
    if section.goals:
        title = (SlideRun(own.write_phrase("goals_title", section=own.write_plain_text(section.title))),)
        topic = replace(base, key=f"{section.id}/goals", title=title, spoken=make_speech(own, section.goals))
        made += make_flowing_slides(
            topic, "body", bullets.make_bullets(own.make_line_runs(goal) for goal in section.goals)
        )
    made += timelines.make_timeline_slides(replace(base, key=f"{section.id}/timeline"), section)
    for place, group in enumerate(bullets.split_at_headings(section.blocks)):
        made += _make_group_slides(replace(base, key=f"{section.id}/{place}"), group)
    made += people_terms_sources.make_people_slides(
        _rename_topic(base, "people"), [own.people[name] for name in first if name in own.people]
    )
    made += people_terms_sources.make_term_slides(
        _rename_topic(base, "terms"), [own.terms[name] for name in first if name in own.terms]
    )
    for offset, question in enumerate(section.questions):
        made += questions.make_question_slides(replace(base, key=question.id), question, number + offset)
    return made


def _rename_topic(base: Topic, word: str) -> Topic:
    title = base.course.write_phrase(f"{word}_title", section="".join(run.text for run in base.title))
    return replace(base, key=f"{base.key}/{word}", title=(SlideRun(title),))


def _make_section_opener(own: DeckContent, index: int) -> Slide:
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


def _make_group_slides(base: Topic, group: BlockGroup) -> list[Slide]:
    """Return the slides of a heading's blocks, in their order; its prose stands behind points."""
    own = base.course
    title: Runs = own.make_line_runs(group.heading) if group.heading else base.title
    has_points = bool(group.list_blocks("points"))
    made: list[Slide] = []
    derived = False
    for number, block in enumerate(group.blocks):
        topic = replace(base, key=block.id or f"{base.key}/{number}", title=title)
        content = block.content
        if content[0] == "text":
            if not has_points and not derived:
                made += bullets.make_derived_slides(topic, group)
                derived = True
        elif content[0] != "heading":  # it begins a group, and none stands inside one
            made += _make_display_slides(topic, block, content, group)
    if (
        group.heading
        and made
        and all(own.write_plain_text(group.heading) not in slide.name for slide in made)
    ):
        heading = SlideParagraph(tuple(replace(run, bold=True) for run in title))
        made[0] = replace(made[0], notes=(heading, *made[0].notes))
    return made


def _make_display_slides(
    topic: Topic, block: Block, content: DisplayContent, group: BlockGroup
) -> list[Slide]:
    """Return the slides of a block that is neither heading nor text; `content` is what it shows."""
    match content:
        case ("points", points):
            if points.title:
                topic = replace(topic, title=topic.course.make_line_runs(points.title))
            return bullets.make_points_slides(topic, block, points, group)
        case ("compare" | "table", table):
            return tables.make_table_slides(topic, block, table)
        case ("chart", chart):
            return charts.make_chart_slides(topic, block, chart)
        case ("quote", quote):
            return quotes_debates_pictures.make_quote_slides(topic, block, quote)
        case ("debate", debate):
            return quotes_debates_pictures.make_debate_slides(topic, block, debate)
        case ("image", image):
            return quotes_debates_pictures.make_image_slides(topic, block, image)
        case _:
            assert_never(content)


def _make_end_slides(own: DeckContent, met: Set[str]) -> list[Slide]:
    """Return the recap, the people and terms that no section mentions, and the sources."""
    layouts = own.page.layouts
    recap = Topic(own, "recap", layouts["points"], (SlideRun(own.write_phrase("recap")),), Speech())
    sources = Topic(own, "sources", layouts["sources"], (SlideRun(own.write_phrase("sources")),), Speech())
    made = people_terms_sources.make_recap_slides(recap)
    if own.options.section is None:
        rest = replace(recap, key="rest", title=own.make_line_runs(own.outline.title))
        people = [person for person in own.outline.people if person.id not in met]
        made += people_terms_sources.make_people_slides(_rename_topic(rest, "people"), people)
        made += people_terms_sources.make_term_slides(
            _rename_topic(rest, "terms"), [t for t in own.outline.terms if t.id not in met]
        )
    return made + people_terms_sources.make_source_slides(sources)
