"""The deck marks what the outline says is right: on answer slides, in notes, for every kind of question."""

from typing import Any

import pytest

from tests.deck_reading import Shape, Slide, Template, find_notes, find_slides, read_deck
from tests.deck_words import ANSWER, CRITERIA, HEADINGS, QUESTION, REASONS, VERDICT
from tests.outline_facts import find_blocks, find_questions, plain_text, split_paragraphs
from tests.test_deck_template import odd, plain

LETTERS = "ABCDEFGH"
RED = "C2231A"  # the shipped theme's
DECKS: list[tuple[str, str, Template | None, str]] = [
    ("athens", "en", None, "16:9"),
    ("athens", "es", None, "4:3"),
    ("longitude", "en", None, "16:9"),
    ("longitude", "en", None, "4:3"),
    ("longitude", "es", None, "16:9"),
    ("longitude", "en", plain, "16:9"),
    ("longitude", "es", odd, "16:9"),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "template", "ratio"),
    DECKS,
    ids=[f"{n}-{lang}-{t.__name__ if t else r}" for n, lang, t, r in DECKS],
)


def find_asking_slides(slides: tuple[Slide, ...], number: int, lang: str) -> list[Slide]:
    return find_slides(slides, QUESTION[lang].format(number))


def find_answering_slides(slides: tuple[Slide, ...], number: int, lang: str) -> list[Slide]:
    """Return the slides that answer a question: the answer, its reasons, its criteria."""
    return [
        slide
        for words in (ANSWER, REASONS, CRITERIA)
        for slide in find_slides(slides, words[lang].format(number))
    ]


def find_options(slides: list[Slide]) -> dict[str, tuple[Shape, Shape]]:
    """Return each letter's tile and the text in its row."""
    out: dict[str, tuple[Shape, Shape]] = {}
    for slide in slides:
        texts = [shape for shape in slide.of("text") if shape.text and len(shape.text) > 1]
        for tile in slide.of("rect"):
            if len(tile.text) != 1 or tile.text not in LETTERS:
                continue
            centre = tile.y + tile.h / 2
            row = [one for one in texts if one.x > tile.x and one.y <= centre <= one.bottom]
            assert tile.text not in out, "a letter stands once"
            out[tile.text] = tile, min(row, key=lambda one: one.x)
    return out


def find_choices(name: str) -> list[tuple[int, dict[str, Any]]]:
    return [
        (number, question) for number, _, question in find_questions(name) if question["kind"] == "choice"
    ]


def find_right_letters(question: dict[str, Any]) -> list[str]:
    return [LETTERS[i] for i, option in enumerate(question["options"]) if option.get("correct") == "true"]


@each_deck
def test_an_answer_slide_marks_the_right_options_and_no_other(
    name: str, lang: str, template: Template | None, ratio: str
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    assert find_choices(name)
    for number, question in find_choices(name):
        rows = find_options(find_slides(slides, ANSWER[lang].format(number)))
        assert "".join(rows) == LETTERS[: len(question["options"])]
        bold = [letter for letter, (_, words) in rows.items() if all(words.bold)]
        assert bold == find_right_letters(question), number
        fills = {letter: tile.fill for letter, (tile, _) in rows.items()}
        loud = {fills[letter] for letter in find_right_letters(question)}
        quiet = {fill for letter, fill in fills.items() if letter not in find_right_letters(question)}
        assert len(loud) == 1, number
        assert not loud & quiet, number
        if template is None:
            assert {fill.colour for fill in loud if fill} == {RED}
        for letter, option in zip(rows, question["options"], strict=True):
            assert rows[letter][1].text == plain_text(option["text"], lang)


@each_deck
def test_the_verdict_names_the_right_letters_beside_the_options_and_in_the_notes(
    name: str, lang: str, template: Template | None, ratio: str
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    for number, question in find_choices(name):
        verdict = VERDICT[lang].format(", ".join(find_right_letters(question)))
        answers = find_slides(slides, ANSWER[lang].format(number))
        said = {line for slide in answers for shape in slide.shapes for line in shape.paragraphs}
        begun = VERDICT[lang].format("")
        assert {line for line in said if line.startswith(begun)} <= {verdict}
        assert verdict in find_notes(answers[0], HEADINGS[lang][0], HEADINGS[lang])
        if template is None and ratio == "16:9":  # a narrow slide may have no room beside the options
            assert verdict in said


@each_deck
def test_a_question_slide_gives_nothing_away(
    name: str, lang: str, template: Template | None, ratio: str
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    for number, question in find_choices(name):
        asking = find_asking_slides(slides, number, lang)
        rows = find_options(asking)
        assert [words.text for _, words in rows.values()] == [
            plain_text(option["text"], lang) for option in question["options"]
        ]
        assert len({(tile.fill, tile.line, words.bold) for tile, words in rows.values()}) == 1
    for number, _, question in find_questions(name):
        for slide in find_asking_slides(slides, number, lang):
            shown = f"{slide.words} {' '.join(slide.notes)}"
            assert VERDICT[lang].format("") not in shown
            for given in ("why", "answer"):
                if given in question:
                    assert all(part not in shown for part in split_paragraphs(question[given], lang))


@each_deck
def test_an_answer_follows_its_question(name: str, lang: str, template: Template | None, ratio: str) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    for number, _, question in find_questions(name):
        first, second = find_asking_slides(slides, number, lang), find_answering_slides(slides, number, lang)
        assert first and second, number
        places = [slide.number for slide in (*first, *second)]
        assert places == list(range(places[0], places[0] + len(places))), number
        prompt = plain_text(question["prompt"], lang)
        assert all(prompt in slide.words for slide in first)
        assert prompt in find_notes(first[0], HEADINGS[lang][1], HEADINGS[lang])


@each_deck
def test_the_answer_is_the_outlines_on_the_slide_and_in_the_notes(
    name: str, lang: str, template: Template | None, ratio: str
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    for number, _, question in find_questions(name):
        answers = find_answering_slides(slides, number, lang)
        shown = " ".join(slide.words for slide in answers)
        said = [line for slide in answers for line in find_notes(slide, HEADINGS[lang][0], HEADINGS[lang])]
        for given in ("answer", "why"):
            for part in split_paragraphs(question.get(given, {}), lang):
                assert part in shown, number
                assert part in said, number
        other = [q for n, _, q in find_questions(name) if n != number and "answer" in q]
        assert all(part not in said for q in other for part in split_paragraphs(q["answer"], lang))


@each_deck
def test_a_rubric_gives_each_criterion_its_points(
    name: str, lang: str, template: Template | None, ratio: str
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    essays = [(number, q) for number, _, q in find_questions(name) if q["kind"] == "essay"]
    assert essays
    for number, question in essays:
        due = [(plain_text(line["criterion"], lang), line["points"]) for line in question["rubric"]]
        pages = find_answering_slides(slides, number, lang)
        tables = [shape.source.table for slide in pages for shape in slide.of("table")]
        rows = [[cell.text for cell in row.cells] for table in tables for row in list(table.rows)[1:]]
        assert [tuple(row) for row in rows] == due
        notes = [line for slide in pages for line in find_notes(slide, HEADINGS[lang][0], HEADINGS[lang])]
        assert [f"{criterion}: {points}" for criterion, points in due] == notes[-len(due) :]


@each_deck
def test_a_question_about_a_document_shows_that_document(
    name: str, lang: str, template: Template | None, ratio: str
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    quotes = {block["id"]: block["quote"] for _, block in find_blocks(name, "quote") if "id" in block}
    about = [(number, q["quote"]) for number, _, q in find_questions(name) if q["kind"] == "source"]
    assert about
    for number, key in about:
        shown = " ".join(slide.words for slide in find_asking_slides(slides, number, lang))
        assert plain_text(quotes[key]["text"], lang) in shown
        assert plain_text(quotes[key]["document"], lang) in shown
