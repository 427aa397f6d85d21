"""What the deck lists and quotes is the outline's: agenda, recap, people, terms, sources, debates."""

import re

import pytest

from tests.deck_reading import Template, find_notes, find_slides, read_deck, take_single
from tests.deck_titles import each_deck
from tests.deck_words import (
    DEBATE,
    DOCUMENT,
    HEADINGS,
    PEOPLE,
    RECAP,
    SOURCES,
    TERMS,
)
from tests.outline_facts import find_blocks, plain_text, read_facts, split_paragraphs, squeeze


@pytest.mark.parametrize(("name", "lang"), [("athens", "es"), ("longitude", "en")])
def test_the_agenda_names_the_sections_in_order(name: str, lang: str) -> None:
    slide = read_deck(name, lang)[1]
    sections = read_facts(name)["sections"]
    said = find_notes(slide, HEADINGS[lang][0], HEADINGS[lang])
    for number, (line, section) in enumerate(zip(said, sections, strict=True), 1):
        assert line.startswith(f"{number}. {plain_text(section['title'], lang)}, ")
        assert line.endswith(f": {plain_text(section['question'], lang)}")
    places = [slide.words.index(plain_text(section["title"], lang)) for section in sections]
    assert places == sorted(places)
    goals = [
        rel.target_part.slide for rel in slide.source.part.rels.values() if rel.reltype.endswith("/slide")
    ]
    assert [goal.shapes.title.text for goal in goals] == [plain_text(s["title"], lang) for s in sections]


@each_deck
def test_the_recap_has_what_each_summary_says_first(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    recap = find_slides(read_deck(name, lang, template, ratio=ratio), RECAP[lang])
    shown = " ".join(slide.words for slide in recap)
    for section in read_facts(name)["sections"]:
        first = re.split(r"(?<=\.)\s", plain_text(section["summary"], lang))[0]
        assert f"{plain_text(section['title'], lang)}. {first}" in shown
    said = find_notes(recap[0], HEADINGS[lang][0], HEADINGS[lang])
    assert said == [
        p for section in read_facts(name)["sections"] for p in split_paragraphs(section["summary"], lang)
    ]
    asked = find_notes(recap[0], HEADINGS[lang][1], HEADINGS[lang])
    assert asked == [plain_text(section["question"], lang) for section in read_facts(name)["sections"]]


LIVES = {
    ("athens", "en"): {"Pericles": (0, "c. 495 BC–429 BC"), "Aspasia of Miletus": (1, "")},
    ("athens", "es"): {"Pericles": (0, "hacia 495 a. C.–429 a. C."), "Aspasia de Mileto": (1, "")},
    ("longitude", "en"): {"John Harrison": (2, "1693–1776"), "Nevil Maskelyne": (2, "1732–1811")},
}


@pytest.mark.parametrize(("name", "lang"), LIVES)
def test_people_stand_once_in_the_section_that_first_names_them(name: str, lang: str) -> None:
    sections = [plain_text(section["title"], lang) for section in read_facts(name)["sections"]]
    pages = [
        slide
        for title in sections
        for slide in find_slides(read_deck(name, lang), PEOPLE[lang].format(title))
    ]
    for person in read_facts(name)["people"]:
        called = plain_text(person["name"], lang)
        index, years = LIVES[name, lang][called]
        life = ", ".join(part for part in (person.get("original", ""), years) if part)
        entry = squeeze(f"{called} {life} {plain_text(person['role'], lang)}")
        assert [slide.section for slide in pages if entry in slide.words] == [sections[index]]


@pytest.mark.parametrize(
    ("name", "lang", "where"),
    [
        ("athens", "es", {"ecclesia": 0, "ostracism": 0}),
        ("longitude", "en", {"dead-reckoning": 0, "chronometer": 2}),
    ],
)
def test_terms_stand_once_in_the_section_that_first_uses_them(
    name: str, lang: str, where: dict[str, int]
) -> None:
    sections = [plain_text(section["title"], lang) for section in read_facts(name)["sections"]]
    pages = [
        slide for title in sections for slide in find_slides(read_deck(name, lang), TERMS[lang].format(title))
    ]
    for term in read_facts(name)["terms"]:
        holding = [s for s in pages if plain_text(term["definition"], lang) in s.words]
        assert [slide.section for slide in holding] == [sections[where[term["id"]]]]
        said = (
            plain_text(term["name"], lang),
            term.get("original", ""),
            plain_text(term["definition"], lang),
        )
        assert squeeze(" ".join(said)) in holding[0].words


@each_deck
def test_each_source_is_listed_once(name: str, lang: str, ratio: str, template: Template | None) -> None:
    pages = find_slides(read_deck(name, lang, template, ratio=ratio), SOURCES[lang])
    lines = [line for page in pages for shape in page.shapes for line in shape.paragraphs]
    entries = [line for line in lines if re.match(r"\d+ ", line) and len(line) > 4]
    sources = sorted(
        read_facts(name)["sources"], key=lambda s: (s.get("author", s["title"]).casefold(), s["title"])
    )
    who = [f"{s['author']}, {s['title']}" if "author" in s else s["title"] for s in sources]
    due = [
        f"{number} {words}, {s['year']}."
        for number, (words, s) in enumerate(zip(who, sources, strict=True), 1)
    ]
    assert entries == due
    said = [line for page in pages for line in find_notes(page, HEADINGS[lang][0], HEADINGS[lang])]
    for number, (line, source) in enumerate(zip(said, sources, strict=True), 1):
        rest = [source[key] for key in ("publisher", "place", "year") if key in source]
        assert line == f"{number}. {who[number - 1]}, {', '.join(rest)}."


@pytest.mark.parametrize(
    ("name", "lang", "date"),
    [
        ("athens", "en", "431 BC"),
        ("athens", "es", "431 a. C."),
        ("longitude", "en", "4 May 1741 (23 April, Old Style)"),
        ("longitude", "es", "4 de mayo de 1741 (23 de abril del calendario juliano)"),
    ],
)
def test_a_quotation_has_its_words_its_original_its_author_and_date(name: str, lang: str, date: str) -> None:
    for _, block in find_blocks(name, "quote"):
        quote = block["quote"]
        slide = take_single(
            find_slides(read_deck(name, lang), DOCUMENT[lang].format(plain_text(quote["document"], lang)))
        )
        assert (
            f"{plain_text(quote['by'], lang)}, {plain_text(quote['document'], lang)}, {date}" in slide.words
        )
        assert plain_text(quote["text"], lang) in slide.words
        assert squeeze(quote["original"]) in slide.words


@pytest.mark.parametrize(("name", "lang", "ratio"), [("athens", "es", "16:9"), ("longitude", "en", "16:9")])
def test_the_positions_of_a_debate_keep_their_holders_and_reasons(name: str, lang: str, ratio: str) -> None:
    for _, block in find_blocks(name, "debate"):
        debate = block["debate"]
        slide = take_single(
            find_slides(read_deck(name, lang), DEBATE[lang].format(plain_text(debate["question"], lang)))
        )
        for letter, position in zip("ABCD", debate["positions"], strict=False):
            mark = take_single([shape for shape in slide.of("text") if shape.text == letter])
            claim = f"{plain_text(position['claim'], lang)} {plain_text(position['holders'], lang)}"
            head = take_single([shape for shape in slide.of("text") if shape.text == claim])
            side = take_single([s for s in slide.of("text") if s.text == plain_text(position["text"], lang)])
            assert abs(mark.x - side.x) < 2, letter
            assert side.x <= head.x < head.right <= side.right + 1
            assert head.y <= side.y
            assert (
                f"{letter}. {plain_text(position['claim'], lang)} ({plain_text(position['holders'], lang)})"
                in slide.notes
            )


def test_a_pictures_alt_text_and_credit_are_the_outlines() -> None:
    for lang in ("en", "es"):
        ((_, block),) = find_blocks("athens", "image")
        slide = take_single([slide for slide in read_deck("athens", lang) if slide.of("picture")])
        assert take_single(slide.of("picture")).alt == plain_text(block["image"]["alt"], lang)
        assert plain_text(block["image"]["credit"], lang) in slide.words


@pytest.mark.parametrize(("name", "lang"), [("athens", "es"), ("longitude", "en")])
def test_the_drawing_of_the_title_slide_names_the_sections(name: str, lang: str) -> None:
    for slide in read_deck(name, lang)[:2]:
        alt = take_single(slide.of("group")).alt
        places = [alt.index(plain_text(section["title"], lang)) for section in read_facts(name)["sections"]]
        assert places == sorted(places)
