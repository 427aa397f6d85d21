"""Questions with options: the prompt, the options with lettered tiles, and the answer that marks them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builders.deck.bullets import make_aside_items, make_bullets, make_low_aside
from builders.deck.content import DeckContent
from builders.deck.fitting import (
    avoid_short_last_lines,
    choose_even_measure,
    find_largest_size,
    fit_or_shorten,
    fit_text,
)
from builders.deck.geometry import Placeholder
from builders.deck.line_breaking import break_lines, measure_height
from builders.deck.model import (
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import make_speech
from builders.deck.splitting import cut_paragraph, find_cuts_between_lines, split_sentences, tie_last_words
from builders.deck.text_slides import (
    Runs,
    Topic,
    make_flowing_slides,
    make_slides,
    make_title_box,
)
from builders.outline.model import Question

OPTION_LETTERS = "ABCDEFGH"
TILE_SIDE = 40.3  # pt (0.56 inch)
OPTION_GAP = 21.6  # pt between options (pitch 0.86 inch)
LEAST_OPTION_GAP = 12.0
MOST_PROMPT_SHARE = 0.4  # of the slide below the title: a longer prompt has slides of its own


@dataclass(frozen=True, slots=True)
class OptionPart:
    """An option (its number), or as much of a long one as has room on a slide; `high` is in points."""

    option: int
    text: SlideParagraph
    high: float


def make_choice_slides(topic: Topic, question: Question) -> list[Slide]:
    """Return the slides that ask: the prompt and its options, none marked."""
    options = _make_option_parts(topic, question, answered=False, beside=[])
    return make_slides(topic, [*make_long_prompt_parts(topic, question), *options])


def make_choice_answer_slides(topic: Topic, question: Question, asked: Runs) -> list[Slide]:
    """Return the slides that answer: the same options, the right ones marked, and why.

    The reasons stand beside the options (on 4:3 below them) where they fit, else on slides of their own,
    whose title continues `asked`, the question's.
    """
    course = topic.course
    right = [OPTION_LETTERS[i] for i, option in enumerate(question.options) if option.correct]
    verdict = course.write_phrase("answer_is", letters=", ".join(right))
    topic = replace(
        topic,
        layout=course.page.layouts["answer"],
        spoken=make_speech(course, [question.why], extra=[verdict]),
    )
    why = (
        [SlideParagraph(tie_last_words(runs)) for runs in course.make_paragraph_runs(question.why)]
        if question.why
        else []
    )
    beside = [SlideParagraph((SlideRun(verdict, bold=True, colour="red"),), after=0.2), *why]
    whole = next(text for text in (beside, beside[:1], []) if _has_room_for_aside(topic, question, text))
    made = make_slides(topic, _make_option_parts(topic, question, answered=True, beside=whole))
    if len(whole) < len(beside) and why:  # the reasons are too long for the aside: a slide of their own
        reasons = replace(
            topic,
            key=f"{topic.key}/why",
            layout=course.page.layouts["points"],
            title=(*asked, SlideRun(course.locale.write_label("", course.write_phrase("reasons")))),
        )
        made += make_flowing_slides(
            reasons, "body", make_bullets(s.runs for p in why for s in split_sentences(p))
        )
    return made


def _has_room_for_aside(topic: Topic, question: Question, beside: Sequence[SlideParagraph]) -> bool:
    """Tell whether an aside has room: beside the options, or on 4:3 below all of them."""
    if not beside:
        return True
    if topic.course.page.wide:
        room = topic.layout.places["aside"].get_text_area(_measure_aside_push(topic, question, topic.lowered))
        return find_largest_size(beside, room) is not None
    return len(_make_option_parts(topic, question, answered=True, beside=beside)) == 1


def _make_option_parts(
    topic: Topic, question: Question, answered: bool, beside: Sequence[SlideParagraph]
) -> list[Callable[[float], Sequence[SlideItem]]]:
    """Return the parts that slides are made of: one, or several if the options need more room.

    Each is called with the points by which its title pushes it down, and returns the slide's items.
    """
    _, _, top = make_prompt(topic, question, topic.lowered)
    place = topic.layout.places["option1"]
    least = max(place.least, 18)
    foot = topic.course.page.foot
    if beside and not topic.course.page.wide:
        foot -= make_low_aside(topic, beside)[0]
    for points in range(int(place.size), int(least) - 1, -1):
        rows = _measure_options(topic.course, question, place, points)
        for gap in (OPTION_GAP, LEAST_OPTION_GAP):
            if top + sum(row.high for row in rows) + gap * (len(rows) - 1) <= foot:
                return [partial(_make_option_items, topic, question, rows, points, gap, answered, beside)]
    groups: list[list[OptionPart]] = [[]]
    used = 0.0
    for part in _part_options(topic.course, question, place, least, foot - top):
        if groups[-1] and top + used + part.high > foot:
            groups.append([])
            used = 0.0
        groups[-1].append(part)
        used += part.high + LEAST_OPTION_GAP
    return [
        partial(_make_option_items, topic, question, rows, least, LEAST_OPTION_GAP, answered, beside)
        for rows in groups
    ]


def _make_option_items(
    topic: Topic,
    question: Question,
    rows: Sequence[OptionPart],
    size: float,
    gap: float,
    answered: bool,
    beside: Sequence[SlideParagraph],
    lowered: float,
) -> list[SlideItem]:
    course = topic.course
    prompt, _, y = make_prompt(topic, question, lowered)
    place = topic.layout.places["option1"]
    out: list[SlideItem] = [prompt]
    for seat, row in enumerate(rows):
        own, letter = row.high, OPTION_LETTERS[row.option]
        right = answered and question.options[row.option].correct
        colour = "ink" if right or not answered else "ink2"
        tile = SlideShape(
            SlideFrame(course.page.left, y + (own - TILE_SIDE) / 2, TILE_SIDE, TILE_SIDE),
            fill="red" if right else "white",
            line="red" if right else "rule" if answered else "ink",
            weight=1.5,
            text=letter,
            size=20,
            text_colour="white" if right else colour,
            name=letter,
            decorative=False,
        )
        text = row.text
        if right:
            text = replace(text, runs=tuple(replace(run, bold=True) for run in text.runs))
        key = f"option{seat + 1}" if seat < 4 else None
        frame = SlideFrame(place.frame.x, y, place.frame.w, own)
        out += [
            tile,
            TextBox(frame, (text,), size, key, colour=colour, anchor="ctr", name=letter),
        ]
        y += own + gap
    if not beside:
        return out
    if not course.page.wide:
        return [*out, *make_low_aside(topic, beside)[1]]
    return [*out, *make_aside_items(topic, beside, _measure_aside_push(topic, question, lowered))]


def _measure_aside_push(topic: Topic, question: Question, lowered: float) -> float:
    """Return by how much title and prompt push down an aside that stands beside the options."""
    _, _, top = make_prompt(topic, question, lowered)
    return max(lowered, top - topic.layout.places["aside"].frame.y)


def _measure_options(
    course: DeckContent, question: Question, place: Placeholder, size: float
) -> list[OptionPart]:
    """Return the options whole, measured bold so that question and answer slides agree."""
    texts = [SlideParagraph(course.make_line_runs(option.text)) for option in question.options]
    return [_measure_part(i, text, place, size) for i, text in enumerate(texts)]


def _measure_part(option: int, text: SlideParagraph, place: Placeholder, size: float) -> OptionPart:
    return OptionPart(option, text, max(TILE_SIDE, measure_height([text], size, place.frame.w, bold=True)))


def _part_options(
    course: DeckContent, question: Question, place: Placeholder, size: float, room: float
) -> list[OptionPart]:
    """Return the options; one that is higher than a slide's `room` in several parts, cut between lines."""
    parts: list[OptionPart] = []
    for whole in _measure_options(course, question, place, size):
        lines = break_lines(whole.text, size, place.frame.w, bold=True)
        most = max(int(room / (whole.high / len(lines))), 1)
        cuts = find_cuts_between_lines(whole.text.text, [line.start for line in lines], most)
        texts = cut_paragraph(whole.text, cuts) if whole.high > room else [whole.text]
        parts += [_measure_part(whole.option, text, place, size) for text in texts]
    return parts


def make_long_prompt_parts(topic: Topic, question: Question) -> list[Callable[[float], Sequence[SlideItem]]]:
    """Return the parts of slides that give a long prompt whole, before what answers it, if it is long."""
    course, place = topic.course, topic.layout.places["prompt"]
    whole = SlideParagraph(course.make_line_runs(question.prompt))
    if _has_room_for_prompt(topic, whole):
        return []
    _, pushed = make_title_box(topic.layout, topic.title, "(8/8)")
    fitted = fit_text([whole], replace(place.get_text_area(), h=course.page.foot - place.frame.y - pushed))

    def part(text: tuple[SlideParagraph, ...]) -> Callable[[float], Sequence[SlideItem]]:
        def items(lowered: float) -> list[SlideItem]:
            y = place.frame.y + lowered
            return [TextBox(replace(place.frame, y=y, h=course.page.foot - y), text, fitted.size, "prompt")]

        return items

    return [part(text) for text in fitted.parts]


def _choose_repeated_prompt(topic: Topic, question: Question) -> tuple[SlideParagraph, ...]:
    """Return the prompt, or the last sentence of a long one: what stands above options and answers."""
    place = topic.layout.places["prompt"]
    whole = SlideParagraph(topic.course.make_line_runs(question.prompt))
    if _has_room_for_prompt(topic, whole):
        return (whole,)
    last = replace(split_sentences(whole)[-1], bullet=None, carried=False)
    if _has_room_for_prompt(topic, last):
        return (last,)
    return fit_or_shorten([last], place.get_text_area())[0]


def _has_room_for_prompt(topic: Topic, prompt: SlideParagraph) -> bool:
    """Tell whether a prompt leaves room for what follows it on the slide."""
    place = topic.layout.places["prompt"]
    high = measure_height([prompt], place.least, place.frame.w)
    return high <= max(place.frame.h, MOST_PROMPT_SHARE * (topic.course.page.foot - place.frame.y))


def make_prompt(topic: Topic, question: Question, lowered: float) -> tuple[TextBox, float, float]:
    """Return the prompt's box, its size of type, and the y at which what follows may begin (all points).

    `lowered` is by how much the title pushes it down.
    """
    place = topic.layout.places["prompt"]
    paragraphs = _choose_repeated_prompt(topic, question)
    size, wide = find_largest_size(paragraphs, place.get_text_area()) or place.least, place.frame.w
    if topic.course.page.wide:
        wide = choose_even_measure(paragraphs, place.get_text_area(), size)
    else:  # 4:3 has no height to spare
        size = avoid_short_last_lines(paragraphs, place.get_text_area(), size)
    high = measure_height(paragraphs, size, wide)
    y = place.frame.y + lowered
    own = max(high, place.frame.h) if topic.course.page.wide else high
    return (
        TextBox(replace(place.frame, y=y, w=wide, h=own), paragraphs, size, "prompt"),
        size,
        y + max(own + 12, high + 24),
    )
