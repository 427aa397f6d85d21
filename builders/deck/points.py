"""Points: bullets as the editor wrote them, or drawn from prose under a heading that has none; with an
aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builders.deck.course import Course, links
from builders.deck.cutting import LONGEST_TIE, sentences, tied
from builders.deck.fit import fit, largest, within
from builders.deck.lines import height
from builders.deck.notes import speech
from builders.deck.sheets import Runs, Topic, flow, in_place
from builders.deck.slides import Frame, Item, Paragraph, Shape, Slide
from builders.fields import Text
from builders.outline import Block, Term

MOST_DERIVED = 6
LEAST_DERIVED = 3
LONGEST_DERIVED = 190  # characters: two to three lines
MOST_TERMS = 2
RULE_ROOM = 22.0  # pt above an aside that stands below the rest


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the blocks below it, up to the next heading."""

    heading: Text | None
    blocks: tuple[Block, ...]

    def of(self, kind: str) -> list[Block]:
        """Return the blocks of a kind."""
        return [block for block in self.blocks if block.kind == kind]

    @property
    def texts(self) -> list[Text]:
        """The prose of the group."""
        return [block.text for block in self.blocks if block.text]


def groups(blocks: Sequence[Block]) -> list[Group]:
    """Part a section's blocks at their headings."""
    out: list[Group] = []
    heading: Text | None = None
    held: list[Block] = []
    for block in blocks:
        if not block.heading:
            held.append(block)
            continue
        if held or heading:
            out.append(Group(heading, tuple(held)))
        heading, held = block.heading, []
    return [*out, Group(heading, tuple(held))] if held or heading else out


def points_slides(topic: Topic, block: Block, group: Group) -> list[Slide]:
    """Return the slides of a points block; the first of its group takes the group's prose into its notes."""
    assert block.points is not None
    course = topic.course
    first = block is group.of("points")[0]
    texts = group.texts if first else []
    asked = [block.cue, *(text.cue for text in group.of("text") if first)]
    spoken = speech(course, [*texts, *(b.notes for b in group.of("text") if first), block.notes], asked)
    items = bullets(course.line(item) for item in block.points.items)
    terms = linked_terms(course, [*block.points.items, *texts])
    return with_aside(replace(topic, spoken=spoken), items, terms)


def derived_slides(topic: Topic, group: Group) -> list[Slide]:
    """Return the slides of a group that has prose but no points: its leading sentences, the whole in the
    notes."""
    course, texts = topic.course, group.of("text")
    said = [text for block in texts for text in (block.text, block.notes)]
    spoken = speech(course, said, [block.cue for block in texts])
    items = bullets(derived(course, group.texts))
    return with_aside(replace(topic, spoken=spoken), items, linked_terms(course, group.texts))


def derived(course: Course, texts: Sequence[Text]) -> list[Runs]:
    """Return the sentences that stand for prose: each paragraph's first, then those with key words, in
    their order."""
    ranked: list[tuple[int, int, Runs]] = []
    for text in texts:
        for paragraph in course.prose(text):
            for number, sentence in enumerate(sentences(Paragraph(paragraph))):
                rank = 0 if number == 0 else 1 if any(run.bold for run in sentence.runs) else 2
                ranked.append((rank, len(ranked), sentence.runs))
    short = [entry for entry in ranked if sum(len(run.text) for run in entry[2]) <= LONGEST_DERIVED]
    best = sorted(short or ranked[:1], key=lambda entry: entry[:2])
    telling = sum(rank < 2 for rank, _, _ in best)
    chosen = best[: min(MOST_DERIVED, max(LEAST_DERIVED, telling))]
    return [runs for _, _, runs in sorted(chosen, key=lambda entry: entry[1])]


def bullets(lines: Iterable[Runs], tie: int = LONGEST_TIE) -> list[Paragraph]:
    """Return lines as bullets; of each, the last two words stay on one line if they have but `tie`
    characters."""
    return [Paragraph(tied(runs, tie), bullet="square") for runs in lines]


def linked_terms(course: Course, texts: Sequence[Text]) -> list[Term]:
    """Return the terms that texts link to, for the aside."""
    return [course.terms[name] for name in links(texts, course.lang) if name in course.terms][:MOST_TERMS]


def term_paragraphs(course: Course, term: Term) -> list[Paragraph]:
    """Return a term, its original and its definition, set as one entry."""
    head = tuple(replace(run, bold=True) for run in course.line(term.name))
    out = [Paragraph(head, after=0.0 if term.original else 0.1, keep=True)]
    if term.original:
        out.append(Paragraph((course.original(term.original),), after=0.15, keep=True))
    return [*out, Paragraph(tied(course.line(term.definition)), after=0.8)]


def with_aside(topic: Topic, items: Sequence[Paragraph], terms: Sequence[Term]) -> list[Slide]:
    """Return the points beside their terms where both fit on one slide, else the points alone."""
    narrow = topic.with_layout("aside")
    body, aside = (narrow.layout.places[key] for key in ("body", "aside"))
    alone = fit(items, topic.layout.places["body"].room(topic.lowered))
    size = largest(items, body.room(narrow.lowered))
    if size is None or len(alone.parts) > 1 or size < alone.size - 2:
        return flow(topic, "body", items)
    for count in range(len(terms), 0, -1):
        entries = [paragraph for term in terms[:count] for paragraph in term_paragraphs(topic.course, term)]
        small = largest(entries, aside.room(narrow.lowered))
        if small is not None:
            return flow(narrow, "body", items, partial(_beside, narrow, entries))
    return flow(topic, "body", items)


def _beside(topic: Topic, paragraphs: Sequence[Paragraph], _index: int, lowered: float) -> list[Item]:
    return aside_items(topic, paragraphs, lowered)


def aside_rule(topic: Topic, lowered: float) -> Shape:
    """Return the rule that parts the aside from the body."""
    frame = topic.layout.places["aside"].frame.lowered(lowered)
    if topic.course.page.wide:
        at = Frame(frame.x - 18, frame.y + 5, 0, frame.h - 5)
    else:
        at = Frame(frame.x, frame.y - 7, frame.w, 0)
    return Shape(at, "line", line="rule", weight=1, name="Rule")


def aside_items(topic: Topic, paragraphs: Sequence[Paragraph], lowered: float) -> list[Item]:
    """Return the aside with its rule, or nothing if there are no paragraphs."""
    if not paragraphs:
        return []
    aside = topic.layout.places["aside"]
    shown, size = within(paragraphs, aside.room(lowered))
    return [aside_rule(topic, lowered), in_place(aside, shown, size, lowered)]


def low_aside(topic: Topic, paragraphs: Sequence[Paragraph]) -> tuple[float, list[Item]]:
    """Return the aside at the foot of a 4:3 slide, as high as its text asks for, and the height in points
    that it takes with its rule."""
    place = topic.layout.places["aside"]
    frame = place.frame
    high = height(paragraphs, place.least, frame.w) + 2
    at = replace(place, frame=replace(frame, y=frame.y + frame.h - high, h=high), size=place.least)
    layout = replace(topic.layout, places={**topic.layout.places, "aside": at})
    return high + RULE_ROOM, aside_items(replace(topic, layout=layout), paragraphs, 0)
