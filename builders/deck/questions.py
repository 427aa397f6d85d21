"""Questions, and on the next slides their answers: which slides there are, and those of open questions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from builders.deck.bullets import make_bullets
from builders.deck.choice_questions import (
    make_choice_answer_slides,
    make_choice_slides,
    make_long_prompt_parts,
    make_prompt,
)
from builders.deck.fitting import (
    TextArea,
    find_largest_size,
    fit_text,
)
from builders.deck.line_breaking import measure_height
from builders.deck.model import (
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import Speech, make_speech
from builders.deck.quotes_and_debates import make_quote_paragraphs
from builders.deck.splitting import split_sentences
from builders.deck.tables import make_rubric_slides
from builders.deck.text_slides import (
    Runs,
    Topic,
    make_slides,
    make_title_box,
)
from builders.outline.model import Question

LEAST_SOURCE_HEIGHT = 24.0  # pt: the height of who said a quotation and where, in one line


def make_question_slides(topic: Topic, question: Question, number: int) -> list[Slide]:
    """Return the question's slides and its answer's. `number` counts the course's questions from 1."""
    course = topic.course
    ask = replace(
        topic,
        title=(SlideRun(course.write_phrase("question_title", n=number)),),
        layout=course.page.layouts["question"],
        spoken=make_speech(course, ask=[question.prompt]),
    )
    tell = replace(
        ask, key=f"{topic.key}/answer", title=(SlideRun(course.write_phrase("answer_title", n=number)),)
    )
    match question.kind:
        case "choice":
            ask, tell = _allow_minutes(ask, 2), _allow_minutes(tell, 2)
            return make_choice_slides(ask, question) + make_choice_answer_slides(tell, question, ask.title)
        case "short" | "source" | "essay":
            ask, tell = _allow_minutes(ask, 5), _allow_minutes(tell, 5)
            return _make_open_slides(ask, question) + _make_open_answer_slides(tell, question, ask.title)
        case _:
            assert_never(question.kind)


def _allow_minutes(topic: Topic, minutes: int) -> Topic:
    """Return a topic whose slides take that many minutes."""
    return replace(topic, spoken=replace(topic.spoken, minutes=minutes))


def _make_open_slides(topic: Topic, question: Question) -> list[Slide]:
    """Return the slide of a question without options; one about a document shows the document."""
    course = topic.course
    long = make_long_prompt_parts(topic, question)
    block = course.blocks.get(question.quote or "")
    quote = block.quote if block else None
    if quote is None:
        return make_slides(topic, long or [lambda lowered: [make_prompt(topic, question, lowered)[0]]])
    _, _, top = make_prompt(topic, question, topic.lowered)
    main, _, by = make_quote_paragraphs(course, quote)
    left, width = course.page.left + 36, course.page.full - 72
    one_line = TextArea(width, LEAST_SOURCE_HEIGHT, 18, 16, bold=True)
    foot = find_largest_size(by, one_line) or find_largest_size(
        by, replace(one_line, h=2 * LEAST_SOURCE_HEIGHT)
    )
    by_high = max(LEAST_SOURCE_HEIGHT, measure_height(by, foot, width, True)) if foot else 0.0
    size = find_largest_size(main, TextArea(width, course.page.foot - top - 10 - by_high, 24, 18))

    def items(lowered: float) -> list[SlideItem]:
        box, _, y = make_prompt(topic, question, lowered)
        if size is None or foot is None:
            return [box]
        high = measure_height(main, size, width)
        return [
            box,
            SlideShape(SlideFrame(course.page.left, y + 4, 6, high + 2 + by_high), fill="hue", name="Bar"),
            TextBox(
                SlideFrame(left, y, width, high),
                tuple(main),
                size,
                name=course.write_plain_text(quote.document),
            ),
            TextBox(
                SlideFrame(left, y + high + 8, width, by_high),
                tuple(by),
                foot,
                bold=True,
                colour="ink2",
                name=course.write_phrase("source"),
            ),
        ]

    return make_slides(topic, [*long, items])


def _make_slides_below_prompt(
    topic: Topic, question: Question, paragraphs: Sequence[SlideParagraph]
) -> list[Slide]:
    """Return slides that repeat the prompt above an answer."""
    place = topic.layout.places["answer"]
    _, _, top = make_prompt(topic, question, make_title_box(topic.layout, topic.title, "(8/8)")[1])
    fitted = fit_text(paragraphs, replace(place.get_text_area(), h=topic.course.page.foot - top))

    def part(text: tuple[SlideParagraph, ...]) -> Callable[[float], Sequence[SlideItem]]:
        def items(lowered: float) -> list[SlideItem]:
            box, _, y = make_prompt(topic, question, lowered)
            return [
                box,
                TextBox(
                    replace(place.frame, y=y, h=topic.course.page.foot - y), text, fitted.size, place.key
                ),
            ]

        return items

    return make_slides(topic, [part(text) for text in fitted.parts])


def _make_open_answer_slides(topic: Topic, question: Question, asked: Runs) -> list[Slide]:
    """Return the model answer's slides, then the rubric's."""
    course = topic.course
    out: list[Slide] = []
    if question.answer:
        spoken = make_speech(course, [question.answer])
        topic = replace(topic, spoken=spoken, layout=course.page.layouts["answer"])
        runs = course.make_paragraph_runs(question.answer)
        out += _make_slides_below_prompt(
            topic, question, make_bullets(s.runs for r in runs for s in split_sentences(SlideParagraph(r)))
        )
    if question.rubric:
        title = (
            (*asked, SlideRun(course.locale.write_label("", course.write_phrase("rubric"))))
            if out
            else topic.title
        )
        spoken = Speech(
            tuple(
                (
                    SlideRun(
                        course.locale.write_label(course.write_plain_text(line.criterion), str(line.points))
                    ),
                )
                for line in question.rubric
            )
        )
        out += make_rubric_slides(
            replace(topic, key=f"{topic.key}/rubric", title=title, spoken=spoken), question
        )
    return out
