"""What answers a question: the right option, the reason or model answer, the rubric."""

from collections.abc import Iterator
from typing import assert_never

from builders.guide.content import GuideContent
from builders.guide.flow_blocks import TextBlock
from builders.guide.page_items import GuidePage, PageText
from builders.outline.model import Question
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    varied,
)

OPTION_LETTERS = "ABCDEFGH"


def make_answer_texts(
    course: GuideContent, body: Node, question: Question, indent: float, page: Run | None = None
) -> Iterator[TextBlock]:
    """Yield the paragraphs of an answer: the right option, the model answer or reason, the rubric.

    The number of the question's `page` ends the answer, or else the rubric.
    """
    look, in_place = course.type, course.edition.answers == "in place"
    style = look.small if in_place else varied(look.body, align="left")  # the voice of the notes
    told: list[tuple[str, list[Run] | str]] = []
    match question.kind:
        case "choice" if not in_place:
            right = [(k, option) for k, option in enumerate(question.options) if option.correct]
            told += [(OPTION_LETTERS[k], course.make_runs_or_text(option.text, style)) for k, option in right]
        case "choice" | "short" | "source" | "essay":
            pass  # in place, the right options are marked where they stand
        case _:
            assert_never(question.kind)
    for text in (question.why, question.answer):
        told += [("", words) for words in course.make_paragraphs(text, style)] if text else []
    rubric = [
        (course.get_fixed_words("points", n=c.points), course.make_runs_or_text(c.criterion, style))
        for c in question.rubric
    ]
    if page:
        end = told or rubric
        label, words = end[-1]
        runs = [Run(words, style.face)] if isinstance(words, str) else words
        end[-1] = label, [*runs, Run("\u00a0", style.face), page]
    for parts in (told, rubric):
        hang = max((_measure_label(course, style, label) for label, _ in parts), default=0.0)
        for label, words in parts:
            yield _make_labelled_text(course, body, style, label, words, indent, hang if label else 0.0)


def _measure_label(course: GuideContent, style: Style, label: str) -> float:
    """Return how wide a label is with the space after it; 0 for none."""
    return course.type.strong.face.width(label + "\u2002") * style.size / 1000 if label else 0.0


def _make_labelled_text(
    course: GuideContent,
    body: Node,
    style: Style,
    label: str,
    words: list[Run] | str,
    indent: float,
    hang: float,
) -> TextBlock:
    """Return a paragraph of an answer that hangs from its label: an option's letter, a criterion's points."""
    node, face = body.add("P"), course.type.strong.face

    def lead(page: GuidePage, x: float, y: float) -> None:
        page.items.append(PageText(label + " ", x + indent, y, face, style.size, style.colour, node))

    paragraph = Paragraph(words, style, course.page.text - indent - hang)
    return TextBlock(paragraph, node, indent=indent + hang, lead=lead if label else None)
