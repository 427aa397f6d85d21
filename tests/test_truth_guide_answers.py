"""What the guide gives as right is right: answers at the back and in place, of every kind of question."""

from typing import Any

import pytest

from tests.guide_reading import LETTERS, Guide, build_guide, every_guide, questions_of
from tests.pdf_elements import Element
from tests.pdf_geometry import Shape

PAPER = (255, 255, 255)


def right(question: dict[str, Any]) -> list[bool]:
    """Return of each option whether it is right."""
    return [option.get("correct") == "true" for option in question.get("options", [])]


def due_answer(course: Guide, question: dict[str, Any], *, letters: bool) -> list[str]:
    """Return the paragraphs that answer a question; with `letters` the right options are among them."""
    out = []
    if letters:
        out += [
            f"{letter} {course.say(option['text'])}"
            for letter, option, good in zip(
                LETTERS, question.get("options", []), right(question), strict=False
            )
            if good
        ]
    out += [course.say(question[key]) for key in ("why", "answer") if key in question]
    for line in question.get("rubric", []):
        out.append(f"{line['points']} {course.word('points')} {course.say(line['criterion'])}")
    return out


def options_of(item: Element) -> list[tuple[Element, Element]]:
    """Return the letters and the words of a question's options."""
    lists = [e for e in item.all("L") if e.all("Lbl")]
    return [(li.all("Lbl")[0], li.all("LBody")[0]) for one in lists for li in one.all_direct("LI")]


def box_of(course: Guide, letter: Element) -> Shape:
    """Return the box to tick that stands left of an option's letter."""
    page, place = course.pages[letter.page], letter.box
    boxes = [
        s
        for s in page.shapes
        if place.left - 30 < s.box.left
        and s.box.right <= place.left
        and s.box.top < place.centre[1] < s.box.bottom
        and 4 < s.box.height < 20
        and 4 < s.box.width < 20
    ]
    assert len(boxes) == 1, f"{len(boxes)} boxes beside {letter.words}"
    return boxes[0]


def is_ticked(box: Shape) -> bool:
    return box.fill not in (None, PAPER)


def looks(element: Element) -> set[tuple[str, tuple[int, int, int], float]]:
    """Return the faces, colours and sizes of an element's letters."""
    return {
        (c.font, c.colour, round(c.size, 1)) for e in element.walk() for _, c in e.characters if c.text > " "
    }


@every_guide("study", "large-print")
def test_the_key_at_the_back_gives_each_question_its_answer_and_nothing_else(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, section in enumerate(course.sections):
        questions, answers = section["questions"], course.keyed(i)
        assert [a.all("Lbl")[0].words for a in answers] == [str(n + 1) for n in range(len(questions))]
        for question, answer in zip(questions, answers, strict=True):
            told = [p.words for p in answer.all("P")]
            links = [link.words for link in answer.links]
            assert len(links) == 1, "each answer leads back to its question"
            kept = [text.removesuffix(links[0]).strip() for text in told]
            assert [text for text in kept if text] == due_answer(course, question, letters=True)


@every_guide("study", "large-print")
def test_the_letters_of_the_key_stand_beside_the_words_of_their_options(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, k, question in questions_of(course):
        answer = course.keyed(i)[k]
        number = answer.all("Lbl")[0]
        first = answer.all("P")[0]
        (numeral,) = {c.baseline for e in number.walk() for _, c in e.characters if c.text > " "}
        page = course.pages[first.page]
        baselines = {w.baseline for w in page.words if first.box.contains(*w.box.centre)}
        assert min(baselines) == pytest.approx(numeral, abs=0.1), "a number stands beside its answer"
        due = due_answer(course, question, letters=True)
        for option in due[: sum(right(question))]:
            (paragraph,) = [p for p in answer.all("P") if p.words.startswith(option)]
            label, *words = [w for w in page.words if paragraph.box.contains(*w.box.centre)]
            assert [label.text, words[0].text] == option.split()[:2]
            assert label.baseline == pytest.approx(words[0].baseline, abs=0.1)
            assert label.box.right < words[0].box.left


@every_guide("study", "worksheet", "teacher", "large-print")
def test_options_stand_in_the_outline_s_order_beside_their_letters(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, k, question in questions_of(course):
        item = course.asked(i)[k]
        assert item.all("P")[0].words == course.say(question["prompt"])
        assert item.all("Lbl")[0].words == str(k + 1)
        given = [(a.words, b.words.removesuffix(f" ({course.word('right')})")) for a, b in options_of(item)]
        texts = [course.say(option["text"]) for option in question.get("options", [])]
        assert given == list(zip(LETTERS, texts, strict=False))
        for letter, words in options_of(item):
            assert letter.box.right < words.box.left
            assert letter.box.top < words.box.centre[1] < letter.box.bottom + 12


@every_guide("teacher")
def test_the_teacher_s_edition_marks_the_right_options_and_no_other(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, k, question in questions_of(course):
        options = options_of(course.asked(i)[k])
        good = right(question)
        assert [words.words.endswith(f"({course.word('right')})") for _, words in options] == good
        assert [is_ticked(box_of(course, letter)) for letter, _ in options] == good
        assert [
            any("Bold" in font or "Semibold" in font for font, *_ in looks(w)) for _, w in options
        ] == good


@every_guide("study", "worksheet", "large-print")
def test_a_student_s_edition_marks_no_option_where_it_asks(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for i, k, _ in questions_of(course):
        options = options_of(course.asked(i)[k])
        assert not any(course.word("right") in words.words for _, words in options)
        assert not any(is_ticked(box_of(course, letter)) for letter, _ in options)
        for part in (0, 1):
            assert len({frozenset(looks(option[part])) for option in options}) <= 1, "all options look alike"
        boxes = [box_of(course, letter) for letter, _ in options]
        assert len({(b.fill, b.stroke, round(b.line, 2), round(b.box.width, 1)) for b in boxes}) <= 1


@every_guide("teacher")
def test_the_teacher_s_edition_answers_each_question_in_place(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    assert not course.has_chapter("answers")
    for i, k, question in questions_of(course):
        body = course.asked(i)[k].all_direct("LBody")[0]
        told = [p.words for p in body.all_direct("P")]
        due = due_answer(course, question, letters=False)
        assert told[len(told) - len(due) :] == due
        for text in told[: len(told) - len(due)]:
            assert text == course.say(question["prompt"]) or text.startswith(
                (course.word("level"), course.word("document"))
            )


@every_guide("worksheet")
def test_a_worksheet_tells_no_answer_anywhere(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    assert not course.has_chapter("answers")
    drawn = " ".join(page.text for page in course.pages)
    for i, k, question in questions_of(course):
        for text in due_answer(course, question, letters=False):
            words = text.split(f" {course.word('points')} ")[-1]
            assert words not in course.tree.words
            assert words not in drawn
        told = course.asked(i)[k].all_direct("LBody")[0].all_direct("P")
        for paragraph in told[1:]:
            assert paragraph.words.startswith((course.word("level"), course.word("document")))


@every_guide("study", "worksheet", "teacher", "large-print")
def test_each_question_says_its_level_and_the_points_that_its_rubric_adds_up_to(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, k, question in questions_of(course):
        due = f"{course.word('level')} {question.get('level', 1)}"
        if points := sum(int(line["points"]) for line in question.get("rubric", [])):
            due += f". {points} {course.word('points')}"
        told = course.asked(i)[k].all_direct("LBody")[0].all_direct("P")[1].words
        assert told == due or told.startswith((f"{due}. ", f"{due} {course.word('answer')}"))
