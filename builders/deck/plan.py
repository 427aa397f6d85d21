"""From the outline to the deck's plan: which slides, in which order, with which words, boxes and sizes."""

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import assert_never

from builders.deck import (
    bullets,
    charts,
    people_terms_sources,
    pictures,
    questions,
    quotes_and_debates,
    ruler,
    tables,
    timelines,
)
from builders.deck.bullets import BlockGroup
from builders.deck.content import DeckContent, find_language_tag, make_deck_content
from builders.deck.footers import add_tab_ruler_and_footer, list_warnings, number_repeated_titles
from builders.deck.geometry import SlidePage
from builders.deck.layouts import make_slide_page
from builders.deck.model import (
    Deck,
    DeckSection,
    Slide,
    SlideParagraph,
    SlideRun,
)
from builders.deck.notes import Speech, make_speech
from builders.deck.openers import make_agenda_slides, make_section_opener, make_title_slide
from builders.deck.options import DeckOptions
from builders.deck.text_slides import (
    Runs,
    Topic,
    make_flowing_slides,
)
from builders.outline.blocks import Block, DisplayContent
from builders.outline.model import Outline


def plan_deck(outline: Outline, options: DeckOptions, frame: SlidePage | None = None) -> Deck:
    """Return the plan of a deck: its slides in order, its sections, its ruler and its warnings.

    `outline` is a whole outline; `options` choose language, section and ratio, and leave out questions.
    `frame` is the page (sizes in points) that a school's template gives; without it the page of our own
    master is made. Raises OutlineFaults where a picture cannot be read.
    """
    if options.no_questions:
        outline = _drop_questions(outline)
    own = make_deck_content(outline, options, frame or make_slide_page(options.theme.deck, options.ratio))
    made: list[Slide] = [make_title_slide(own)]
    firsts = [DeckSection("start", own.write_phrase("start"), 0)]
    if len(list(own.list_sections())) > 1:
        made += make_agenda_slides(own)
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


def _make_section_slides(own: DeckContent, index: int, number: int, first: Sequence[str]) -> list[Slide]:
    """Return all slides of section `index` (0-based), in the order of the outline.

    `number` is that of the section's first question in the whole course; `first` lists the ids of people and
    terms that no earlier section has mentioned: they are presented here.
    """
    section = own.outline.sections[index]
    made = [make_section_opener(own, index)]
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
    """Return a topic whose key and title name a part of `base`: "people" or "terms"."""
    title = base.course.write_phrase(f"{word}_title", section="".join(run.text for run in base.title))
    return replace(base, key=f"{base.key}/{word}", title=(SlideRun(title),))


def _make_group_slides(base: Topic, group: BlockGroup) -> list[Slide]:
    """Return the slides of the blocks under one heading, in their order.

    Prose that stands directly before points goes to their notes; any other gives slides of points drawn from
    its sentences. A heading that no slide's title shows is put at the head of the first notes.
    """
    own = base.course
    title: Runs = own.make_line_runs(group.heading) if group.heading else base.title
    made: list[Slide] = []
    prose: list[tuple[Topic, Block]] = []
    for number, block in enumerate(group.blocks):
        topic = replace(base, key=block.id or f"{base.key}/{number}", title=title)
        content = block.content
        if content[0] == "text":
            prose.append((topic, block))
        elif content[0] != "heading":  # it begins a group, and none stands inside one
            if content[0] != "points":
                made += _make_prose_slides(prose)
                prose = []
            made += _make_display_slides(topic, block, content, [text for _, text in prose])
            prose = []
    made += _make_prose_slides(prose)
    if (
        group.heading
        and made
        and all(own.write_plain_text(group.heading) not in slide.name for slide in made)
    ):
        heading = SlideParagraph(tuple(replace(run, bold=True) for run in title))
        made[0] = replace(made[0], notes=(heading, *made[0].notes))
    return made


def _make_prose_slides(prose: Sequence[tuple[Topic, Block]]) -> list[Slide]:
    return bullets.make_derived_slides(prose[0][0], [text for _, text in prose]) if prose else []


def _make_display_slides(
    topic: Topic, block: Block, content: DisplayContent, prose: Sequence[Block]
) -> list[Slide]:
    """Return the slides of a block that is neither heading nor text; `content` is what it shows, `prose` what
    stands directly before it.
    """
    match content:
        case ("points", points):
            if points.title:
                topic = replace(topic, title=topic.course.make_line_runs(points.title))
            return bullets.make_points_slides(topic, block, points, prose)
        case ("compare" | "table", table):
            return tables.make_table_slides(topic, block, table)
        case ("chart", chart):
            return charts.make_chart_slides(topic, block, chart)
        case ("quote", quote):
            return quotes_and_debates.make_quote_slides(topic, block, quote)
        case ("map", chosen):
            from builders.deck import maps  # geometry is loaded where there is a map

            return maps.make_map_slides(topic, block, chosen)
        case ("debate", debate):
            return quotes_and_debates.make_debate_slides(topic, block, debate)
        case ("image", image):
            return pictures.make_image_slides(topic, block, image)
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
