"""From the outline to the deck's plan: which slides, in which order, with which words, boxes and sizes."""

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial

from builders.deck import charts, entries, evidence, points, questions, ruler, tables, timelines
from builders.deck.course import Course, course, tag
from builders.deck.fit import Room, settled, within
from builders.deck.furniture import furnished, unique, warnings
from builders.deck.geometry import INCH, Page
from builders.deck.layouts import page
from builders.deck.lines import height
from builders.deck.metrics import LINE
from builders.deck.notes import Speech, notes, speech
from builders.deck.options import DeckOptions
from builders.deck.points import Group
from builders.deck.sheets import Runs, Topic, flow, in_place, slides, title_box, title_foot
from builders.deck.slides import (
    Box,
    Deck,
    DeckSection,
    Frame,
    Item,
    Paragraph,
    Run,
    Shape,
    Slide,
)
from builders.outline import Block, Outline

AGENDA_ROWS = 7
LOWEST_SUBTITLE = 4.3 * INCH  # where the title slide's drawing begins


def plan(outline: Outline, options: DeckOptions, frame: Page | None = None) -> Deck:
    """Return the plan of the deck. `frame` is the page of a school's template instead of our own."""
    if options.no_questions:
        outline = _unasked(outline)
    own = course(outline, options, frame or page(options.theme.deck, options.ratio))
    made: list[Slide] = [_front(own)]
    firsts = [DeckSection("start", own.say("start"), 0)]
    if len(list(own.sections())) > 1:
        made += _agenda(own)
    made = [furnished(own, slide) for slide in made]
    number = 1
    met: set[str] = set()
    for index, section in enumerate(outline.sections):
        if options.section in (None, section.id):
            firsts.append(DeckSection(section.id, own.words(section.title), len(made)))
            names = tuple(name for name in entries.mentioned(own, section) if name not in met)
            made += (furnished(own, slide) for slide in _section(own, index, number, names))
            met.update(names)
        number += len(section.questions)
    firsts.append(DeckSection("end", own.say("end"), len(made)))
    made += (furnished(own, slide) for slide in _end(own, met))
    if firsts[-1].first == len(made):
        firsts.pop()
    finished = tuple(unique(own, made))
    return Deck(
        own.words(outline.title),
        own.words(outline.subtitle) if outline.subtitle else "",
        own.words(outline.credit) if outline.credit else "",
        tag(own.locale.tag),
        finished,
        tuple(firsts),
        ruler.master(own),
        warnings(own, finished),
    )


def _unasked(outline: Outline) -> Outline:
    """Return the outline without its questions: what they alone cite or name goes with them."""
    sections = [section.model_copy(update={"questions": ()}) for section in outline.sections]
    return outline.model_copy(update={"sections": tuple(sections)})


def _front(own: Course) -> Slide:
    """Return the title slide: title, subtitle and credit, and the whole course on its axis."""
    outline, layout = own.outline, own.page.layouts["front"]
    title, lowered = title_box(layout, own.line(outline.title))
    place = layout.places["subtitle"]
    lines = [Paragraph(own.line(text)) for text in (outline.subtitle, outline.credit) if text]
    lines = [lines[0], *(replace(line, step=-6) for line in lines[1:])] if lines else []
    if own.options.section:
        lines.insert(0, Paragraph(own.line(next(own.sections())[1].title)))
    top, high = place.frame.y + lowered, place.frame.h - lowered
    if own.page.own:
        top = title_foot(layout, own.line(outline.title)) + 14
        high = max(LOWEST_SUBTITLE - top, high)
    room = replace(place.room(), h=high)
    shown, size = within(lines, room)
    under = top + height(shown, size, place.frame.w)
    frame = Frame(place.frame.x, top, place.frame.w, max(under - top, place.frame.h))
    box = Box(frame, shown, size, "subtitle", colour="ink2", anchor=place.anchor)
    bar = Shape(Frame(own.page.left, 0, 0.62 * INCH, 1.35 * INCH), fill="red", name="Bar")
    items: list[Item] = [box] if lines else []
    if own.page.own:
        items += [bar, ruler.front(own, under)]
    said = speech(own, [outline.subtitle, outline.credit])
    return Slide("front", "front", title, tuple(items), notes(own, said), None)


def _agenda(own: Course) -> list[Slide]:
    indices = [index for index, _ in own.sections()]
    count = -(-len(indices) // AGENDA_ROWS)
    even = -(-len(indices) // count)
    groups = [indices[i : i + even] for i in range(0, len(indices), even)]
    told = [
        own.locale.label(f"{i + 1}. {own.words(s.title)}, {own.years(s.period)}", own.words(s.question))
        for i, s in own.sections()
    ]
    topic = Topic(
        own, "agenda", own.page.layouts["agenda"], (Run(own.say("agenda")),), speech(own, extra=told)
    )
    return slides(topic, [partial(_agenda_rows, own, group) for group in groups])


def _agenda_rows(own: Course, indices: Sequence[int], lowered: float) -> list[Item]:
    layout = own.page.layouts["agenda"]
    first = layout.places["row1"]
    pitch = min(0.93 * INCH, (own.page.foot + 4 - first.frame.y - lowered) / len(indices))
    tops = [first.frame.y + lowered + pitch * i for i in range(len(indices))]
    tile = min(0.5 * INCH, pitch - 8)
    out: list[Item] = []
    for row, (index, top) in enumerate(zip(indices, tops, strict=True)):
        section = own.outline.sections[index]
        link = f"#{section.id}"
        key = f"row{row + 1}"
        title = tuple(replace(run, bold=True, link=link) for run in own.line(section.title))
        years = Paragraph((Run(own.years(section.period), colour="ink2"),), step=-6)
        out.append(
            Shape(
                Frame(own.page.left, top + 4, tile, tile),
                fill=f"section{index}",
                text=str(index + 1),
                size=22,
                name=str(index + 1),
                decorative=False,
            )
        )
        frame = replace(first.frame, y=top, h=pitch - 4)
        out.append(
            _row(
                Box(
                    frame,
                    (Paragraph(title, after=0), years),
                    first.size,
                    key if key in layout.places else None,
                    name=own.words(section.title),
                )
            )
        )
    picture = ruler.beside_agenda(own, indices, tops, pitch)
    return [*out, picture] if picture else out


def _row(box: Box) -> Box:
    """Return an agenda row, title and years, at the size that stands in its frame; a long title is cut."""
    title, years = box.paragraphs
    room = Room(box.frame.w, box.frame.h - years.points(box.size) * LINE, box.size, 16.0)
    shown, size = within((title,), room)
    return replace(box, paragraphs=(*shown, years), size=size)


def _section(own: Course, index: int, number: int, first: Sequence[str]) -> list[Slide]:
    """Return a section's slides. `number` is that of its first question; `first` has the ids first met
    here."""
    section = own.outline.sections[index]
    made = [_opener(own, index)]
    base = Topic(own, section.id, own.page.layouts["points"], own.line(section.title), Speech(), index)
    if section.goals:
        title = (Run(own.say("goals_title", section=own.words(section.title))),)
        topic = replace(base, key=f"{section.id}/goals", title=title, spoken=speech(own, section.goals))
        made += flow(topic, "body", points.bullets(own.line(goal) for goal in section.goals))
    made += timelines.timeline_slides(replace(base, key=f"{section.id}/timeline"), section)
    for place, group in enumerate(points.groups(section.blocks)):
        made += _group(replace(base, key=f"{section.id}/{place}"), group)
    made += entries.people_slides(
        _named(base, "people"), [own.people[name] for name in first if name in own.people]
    )
    made += entries.term_slides(
        _named(base, "terms"), [own.terms[name] for name in first if name in own.terms]
    )
    for offset, question in enumerate(section.questions):
        made += questions.question_slides(replace(base, key=question.id), question, number + offset)
    return made


def _named(base: Topic, word: str) -> Topic:
    title = base.course.say(f"{word}_title", section="".join(run.text for run in base.title))
    return replace(base, key=f"{base.key}/{word}", title=(Run(title),))


def _opener(own: Course, index: int) -> Slide:
    section, layout = own.outline.sections[index], own.page.layouts["section"]
    title, lowered = title_box(layout, own.line(section.title))
    place = layout.places["question"]
    label = Paragraph((Run(own.say("key_question"), bold=True),), step=-16, after=0.1)
    question = Paragraph(own.line(section.question))
    shown, size = within((label, question), place.room(lowered))
    size = settled(shown, place.room(lowered), size)
    box = in_place(place, shown, size, lowered)
    frame = Frame(own.page.left, 0, 1.5 * INCH, 1.75 * INCH)
    tab = Shape(frame, fill="white", text=str(index + 1), size=88, text_colour="hue", name=str(index + 1))
    spoken = speech(own, [section.summary, section.notes], [section.question])
    items: tuple[Item, ...] = (tab, box) if own.page.own else (box,)
    return Slide(section.id, "section", title, items, notes(own, spoken), index)


def _group(base: Topic, group: Group) -> list[Slide]:
    """Return the slides of a heading's blocks, in their order; its prose stands behind points."""
    own = base.course
    title: Runs = own.line(group.heading) if group.heading else base.title
    has_points = bool(group.of("points"))
    made: list[Slide] = []
    derived = False
    for number, block in enumerate(group.blocks):
        topic = replace(base, key=block.id or f"{base.key}/{number}", title=title)
        if block.text:
            if not has_points and not derived:
                made += points.derived_slides(topic, group)
                derived = True
            continue
        made += _block(topic, block, group)
    if group.heading and made and all(own.words(group.heading) not in slide.name for slide in made):
        heading = Paragraph(tuple(replace(run, bold=True) for run in title))
        made[0] = replace(made[0], notes=(heading, *made[0].notes))
    return made


def _block(topic: Topic, block: Block, group: Group) -> list[Slide]:
    if block.points:
        if block.points.title:
            topic = replace(topic, title=topic.course.line(block.points.title))
        return points.points_slides(topic, block, group)
    if block.compare or block.table:
        return tables.table_slides(topic, block)
    if block.chart:
        return charts.chart_slides(topic, block)
    if block.quote:
        return evidence.quote_slides(topic, block)
    if block.debate:
        return evidence.debate_slides(topic, block)
    return evidence.image_slides(topic, block)


def _end(own: Course, met: Set[str]) -> list[Slide]:
    """Return the recap, the people and terms that no section mentions, and the sources."""
    layouts = own.page.layouts
    recap = Topic(own, "recap", layouts["points"], (Run(own.say("recap")),), Speech())
    sources = Topic(own, "sources", layouts["sources"], (Run(own.say("sources")),), Speech())
    made = entries.recap_slides(recap)
    if own.options.section is None:
        rest = replace(recap, key="rest", title=own.line(own.outline.title))
        people = [person for person in own.outline.people if person.id not in met]
        made += entries.people_slides(_named(rest, "people"), people)
        made += entries.term_slides(_named(rest, "terms"), [t for t in own.outline.terms if t.id not in met])
    return made + entries.source_slides(sources)
