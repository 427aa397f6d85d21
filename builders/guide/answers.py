"""What answers a question: the right option, the reason or model answer, the rubric."""

from collections.abc import Iterator

from builders.guide.blocks import Text
from builders.guide.course import Course
from builders.guide.page import Page, Words
from builders.outline import Question
from builders.text.paragraph import Paragraph, Run, Style, varied
from builders.text.tree import Node

LETTERS = "ABCDEFGH"


def answer_texts(
    course: Course, body: Node, question: Question, indent: float, page: Run | None = None
) -> Iterator[Text]:
    """Yield the paragraphs of an answer: the right option, the model answer or reason, the rubric.

    The number of the question's `page` ends the answer, or else the rubric.
    """
    look = course.type
    style = look.small if course.teacher else varied(look.body, align="left")  # the voice of the notes
    told: list[tuple[str, list[Run] | str]] = []
    if not course.teacher:
        right = [(k, option) for k, option in enumerate(question.options) if option.correct]
        told += [(LETTERS[k], course.runs(option.text, style)) for k, option in right]
    for text in (question.why, question.answer):
        told += [("", words) for words in course.paragraphs(text, style)] if text else []
    rubric = [(course.word("points", n=c.points), course.runs(c.criterion, style)) for c in question.rubric]
    if page:
        end = told or rubric
        label, words = end[-1]
        runs = [Run(words, style.face)] if isinstance(words, str) else words
        end[-1] = label, [*runs, Run("\u00a0", style.face), page]
    for parts in (told, rubric):
        hang = max((_label_width(course, style, label) for label, _ in parts), default=0.0)
        for label, words in parts:
            yield _labelled(course, body, style, label, words, indent, hang if label else 0.0)


def _label_width(course: Course, style: Style, label: str) -> float:
    """Return how wide a label is with the space after it; 0 for none."""
    return course.type.strong.face.width(label + "\u2002") * style.size / 1000 if label else 0.0


def _labelled(
    course: Course,
    body: Node,
    style: Style,
    label: str,
    words: list[Run] | str,
    indent: float,
    hang: float,
) -> Text:
    """Return a paragraph of an answer that hangs from its label: an option's letter, a criterion's points."""
    node, face = body.add("P"), course.type.strong.face

    def lead(page: Page, x: float, y: float) -> None:
        page.items.append(Words(label + " ", x + indent, y, face, style.size, style.colour, node))

    paragraph = Paragraph(words, style, course.page.text - indent - hang)
    return Text(paragraph, node, indent=indent + hang, lead=lead if label else None)
