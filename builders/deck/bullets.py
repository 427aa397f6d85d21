"""Points: bullets as the editor wrote them, or drawn from prose under a heading that has none; with an
aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builders.deck.content import DeckContent, list_links
from builders.deck.fitting import find_largest_size, fit_or_shorten, fit_text
from builders.deck.line_breaking import measure_height
from builders.deck.model import (
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideShape,
)
from builders.deck.notes import make_speech
from builders.deck.splitting import LONGEST_TIE, split_sentences, tie_last_words
from builders.deck.text_slides import (
    Runs,
    Topic,
    make_flowing_slides,
    make_placeholder_box,
)
from builders.outline.blocks import Block, Points
from builders.outline.fields import Text
from builders.outline.model import Term

MOST_DERIVED = 6
LEAST_DERIVED = 3
LONGEST_DERIVED = 190  # characters: two to three lines
MOST_TERMS = 2
RULE_ROOM = 22.0  # pt above an aside that stands below the rest


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """A heading and the blocks below it, up to the next heading."""

    heading: Text | None
    blocks: tuple[Block, ...]


def split_at_headings(blocks: Sequence[Block]) -> list[BlockGroup]:
    """Part a section's blocks at their headings."""
    out: list[BlockGroup] = []
    heading: Text | None = None
    held: list[Block] = []
    for block in blocks:
        if not block.heading:
            held.append(block)
            continue
        if held or heading:
            out.append(BlockGroup(heading, tuple(held)))
        heading, held = block.heading, []
    return [*out, BlockGroup(heading, tuple(held))] if held or heading else out


def make_points_slides(topic: Topic, block: Block, points: Points, prose: Sequence[Block]) -> list[Slide]:
    """Return the slides of a points block; the texts directly before it, `prose`, go into its notes."""
    course = topic.course
    said = [text for one in (*prose, block) for text in (one.text, one.notes)]
    spoken = make_speech(course, said, [block.cue, *(text.cue for text in prose)])
    items = make_bullets(course.make_line_runs(item) for item in points.items)
    terms = list_linked_terms(course, [*points.items, *(one.text for one in prose if one.text)])
    return make_slides_with_aside(replace(topic, spoken=spoken), items, terms)


def make_derived_slides(topic: Topic, prose: Sequence[Block]) -> list[Slide]:
    """Return the slides of texts that no points follow: their leading sentences, the whole in the notes."""
    course, texts = topic.course, [block.text for block in prose if block.text]
    said = [text for block in prose for text in (block.text, block.notes)]
    spoken = make_speech(course, said, [block.cue for block in prose])
    items = make_bullets(select_sentences(course, texts))
    return make_slides_with_aside(replace(topic, spoken=spoken), items, list_linked_terms(course, texts))


def select_sentences(course: DeckContent, texts: Sequence[Text]) -> list[Runs]:
    """Return the sentences that stand for prose: each paragraph's first, then those with key words, in
    their order."""
    ranked: list[tuple[int, int, Runs]] = []
    for text in texts:
        for paragraph in course.make_paragraph_runs(text):
            for number, sentence in enumerate(split_sentences(SlideParagraph(paragraph))):
                rank = 0 if number == 0 else 1 if any(run.bold for run in sentence.runs) else 2
                ranked.append((rank, len(ranked), sentence.runs))
    short = [entry for entry in ranked if sum(len(run.text) for run in entry[2]) <= LONGEST_DERIVED]
    best = sorted(short or ranked[:1], key=lambda entry: entry[:2])
    telling = sum(rank < 2 for rank, _, _ in best)
    chosen = best[: min(MOST_DERIVED, max(LEAST_DERIVED, telling))]
    return [runs for _, _, runs in sorted(chosen, key=lambda entry: entry[1])]


def make_bullets(lines: Iterable[Runs], tie: int = LONGEST_TIE) -> list[SlideParagraph]:
    """Return lines as bullets; of each, the last two words stay on one line if they have but `tie`
    characters."""
    return [SlideParagraph(tie_last_words(runs, tie), bullet="square") for runs in lines]


def list_linked_terms(course: DeckContent, texts: Sequence[Text]) -> list[Term]:
    """Return the terms that texts link to, for the aside."""
    return [course.terms[name] for name in list_links(texts, course.lang) if name in course.terms][
        :MOST_TERMS
    ]


def make_term_paragraphs(course: DeckContent, term: Term) -> list[SlideParagraph]:
    """Return a term, its original and its definition, set as one entry."""
    head = tuple(replace(run, bold=True) for run in course.make_line_runs(term.name))
    original = course.find_original(term.original, term.name)
    out = [SlideParagraph(head, after=0.0 if original else 0.1, keep=True)]
    if original:
        out.append(SlideParagraph((course.make_original_run(original),), after=0.15, keep=True))
    return [*out, SlideParagraph(tie_last_words(course.make_line_runs(term.definition)), after=0.8)]


def make_slides_with_aside(
    topic: Topic, items: Sequence[SlideParagraph], terms: Sequence[Term]
) -> list[Slide]:
    """Return the points beside their terms where both fit on one slide, else the points alone."""
    narrow = topic.with_layout("aside")
    body, aside = (narrow.layout.places[key] for key in ("body", "aside"))
    alone = fit_text(items, topic.layout.places["body"].get_text_area(topic.lowered))
    size = find_largest_size(items, body.get_text_area(narrow.lowered))
    if size is None or len(alone.parts) > 1 or size < alone.size - 2:
        return make_flowing_slides(topic, "body", items)
    for count in range(len(terms), 0, -1):
        entries = [
            paragraph for term in terms[:count] for paragraph in make_term_paragraphs(topic.course, term)
        ]
        small = find_largest_size(entries, aside.get_text_area(narrow.lowered))
        if small is not None:
            return make_flowing_slides(narrow, "body", items, partial(_make_aside_on_slide, narrow, entries))
    return make_flowing_slides(topic, "body", items)


def _make_aside_on_slide(
    topic: Topic, paragraphs: Sequence[SlideParagraph], _index: int, lowered: float
) -> list[SlideItem]:
    return make_aside_items(topic, paragraphs, lowered)


def make_aside_rule(topic: Topic, lowered: float) -> SlideShape:
    """Return the rule that parts the aside from the body."""
    frame = topic.layout.places["aside"].frame.lower_top(lowered)
    if topic.course.page.wide:
        at = SlideFrame(frame.x - 18, frame.y + 5, 0, frame.h - 5)
    else:
        at = SlideFrame(frame.x, frame.y - 7, frame.w, 0)
    return SlideShape(at, "line", line="rule", weight=1, name="Rule")


def make_aside_items(topic: Topic, paragraphs: Sequence[SlideParagraph], lowered: float) -> list[SlideItem]:
    """Return the aside with its rule, or nothing if there are no paragraphs."""
    if not paragraphs:
        return []
    aside = topic.layout.places["aside"]
    shown, size = fit_or_shorten(paragraphs, aside.get_text_area(lowered))
    return [make_aside_rule(topic, lowered), make_placeholder_box(aside, shown, size, lowered)]


def make_low_aside(topic: Topic, paragraphs: Sequence[SlideParagraph]) -> tuple[float, list[SlideItem]]:
    """Return the aside at the foot of a 4:3 slide, as high as its text asks for, and the height in points
    that it takes with its rule."""
    place = topic.layout.places["aside"]
    frame = place.frame
    high = measure_height(paragraphs, place.least, frame.w) + 2
    at = replace(place, frame=replace(frame, y=frame.y + frame.h - high, h=high), size=place.least)
    layout = replace(topic.layout, places={**topic.layout.places, "aside": at})
    return high + RULE_ROOM, make_aside_items(replace(topic, layout=layout), paragraphs, 0)
