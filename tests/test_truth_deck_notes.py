"""The notes to speak from: how long it takes, and what is cited, as the outline has it."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from builders import deck
from builders.deck.options import DeckOptions
from builders.outline import load
from builders.yaml_source import source
from tests.deck_reading import Slide, Template, find_notes, read_deck
from tests.deck_titles import COUNTED, each_deck, find_titled_blocks, strip_number
from tests.deck_words import (
    CONTINUES,
    HEADINGS,
    PEOPLE,
    QUESTION,
    SOURCES,
)
from tests.outline_facts import find_questions, plain_text, read_facts

WORDS_A_MINUTE = 130  # of an unhurried lecture
MINUTES_TO_ANSWER = 2  # that a class has for a question to which the notes put it


def read_minutes(slide: Slide, lang: str) -> int:
    (line,) = find_notes(slide, HEADINGS[lang][2], HEADINGS[lang])
    return int(line.removesuffix(" min"))


def expect_minutes(slide: Slide, lang: str, kinds: dict[str, str]) -> tuple[float, float]:
    """Return between which numbers of minutes the notes of a slide must lie.

    The rule: what is to be said takes a minute for each 130 words, and each question to the class two; a
    question of the outline two minutes if it is one of choice, else five; half a minute for each person; a
    minute for what goes on from another slide, and for the sources; never less than one.
    """
    said = find_notes(slide, HEADINGS[lang][0], HEADINGS[lang])
    asked = find_notes(slide, HEADINGS[lang][1], HEADINGS[lang])
    base = strip_number(slide)
    if said and said[0].startswith(CONTINUES[lang].split("{")[0]):
        return 1, 1
    if base in kinds:
        return (2, 2) if kinds[base] == "choice" else (5, 5)
    if base == SOURCES[lang]:
        return 1, 1
    if base.startswith(PEOPLE[lang].format("")):
        return max(1, len(said) / 2 - 0.5), max(1, len(said) / 2)
    exact = sum(len(line.split()) for line in said) / WORDS_A_MINUTE + MINUTES_TO_ANSWER * len(asked)
    return max(1, exact - 0.5), max(1, exact + 0.5)


@each_deck
def test_the_time_in_the_notes_is_that_of_their_words(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    kinds = {QUESTION[lang].format(number): q["kind"] for number, _, q in find_questions(name)}
    for slide in read_deck(name, lang, template, ratio=ratio):
        least, most = expect_minutes(slide, lang, kinds)
        assert least <= read_minutes(slide, lang) <= most, slide.title


def find_citations(value: Any, lang: str) -> Iterator[str]:
    """Yield what a text or a source field cites, as `id, place`."""
    said = value if isinstance(value, str) else value.get(lang, "")
    groups = [said] if said.startswith("@") else re.findall(r"\[(@[^\]]*)\]", said)
    for group in groups:
        yield from (cite.strip().removeprefix("@") for cite in group.split(";"))


def write_citation(name: str, cite: str) -> str:
    """Return a citation as notes write it: the author's name or the title, the year, the place."""
    key, _, place = cite.partition(", ")
    source = next(entry for entry in read_facts(name)["sources"] if entry["id"] == key)
    who = source["author"].split(",")[0] if "author" in source else source["title"]
    return f"{who} {source['year']}" + (f", {place}" if place else "")


@each_deck
def test_the_notes_cite_what_the_blocks_cite(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    due: dict[str, set[str]] = {}
    for _, title, block in find_titled_blocks(name, lang):
        cited = due.setdefault(title, set())
        for value in block.values():
            found = [value, value.get("source", "")] if isinstance(value, dict) else []
            cited |= {write_citation(name, cite) for one in found for cite in find_citations(one, lang)}
    for slide in read_deck(name, lang, template, ratio=ratio):
        got = find_notes(slide, HEADINGS[lang][3], HEADINGS[lang])
        assert len(set(got)) == len(got)
        if slide.title == strip_number(slide) or COUNTED.fullmatch(slide.title):
            assert set(got) == due.get(strip_number(slide), set()), slide.title
        else:  # a title that stood already: one of several blocks below one heading
            assert set(got) <= due[strip_number(slide)], slide.title


@each_deck
def test_the_notes_say_the_prose_and_ask_the_questions_of_their_blocks(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    for _, title, block in find_titled_blocks(name, lang):
        pages = [slide for slide in slides if strip_number(slide) == title]
        say, ask = (
            " ".join(line for slide in pages for line in find_notes(slide, HEADINGS[lang][i], HEADINGS[lang]))
            for i in (0, 1)
        )
        for field in ("text", "notes"):
            if isinstance(block.get(field), dict) and lang in block[field]:
                pieces = re.split(r"\s*\[@[^\]]*\]\.?|\n\n", block[field][lang])
                assert all(plain_text(piece, lang) in say for piece in pieces), title
        if "cue" in block:
            assert plain_text(block["cue"], lang) in ask


BLOCKS = {
    "T": "- text: Prose {n} tells **much**.",
    "P": "- points: {{items: [Point {n} a, Point {n} b]}}",
    "Q": "- quote: {{text: Words {n} said., document: Letter {n}}}",
    "C": "- table: {{title: Table {n}, columns: [One], rows: [{{head: Row, cells: [Cell {n}]}}]}}",
}


@pytest.mark.parametrize(
    "blocks", ["T", "TT", "TP", "PT", "TTP", "TQP", "TQTP", "PTPT", "QT", "TQTCT", "TPTPT", "PQT", "CTQ"]
)
def test_prose_is_spoken_where_it_stands(blocks: str) -> None:
    listed = "\n".join("      " + BLOCKS[kind].format(n=n) for n, kind in enumerate(blocks))
    text = f"""
languages: [en]
title: Bells
lanes: [{{id: a, name: Bells}}]
sections:
  - id: s
    title: Casting
    period: 1500/1510
    question: Who casts?
    summary: A founder.
    blocks:
      - heading: Bronze
{listed}
"""
    outline = load.read_outline(source.parse_source(text), Path()).outline
    (artifact,) = deck.build(outline, DeckOptions(lang="en"))
    slides = Presentation(BytesIO(artifact.data)).slides
    told = [
        " ".join([*_list_texts(slide.shapes), slide.notes_slide.notes_text_frame.text]) for slide in slides
    ]
    found = [
        next(i for i, words in enumerate(told) if re.search(rf"(Prose|Point|Words|Cell) {n}\b", words))
        for n in range(len(blocks))
    ]
    assert found == sorted(found)
    for n, kind in enumerate(blocks):
        notes = slides[found[n]].notes_slide.notes_text_frame.text
        shown = " ".join(_list_texts(slides[found[n]].shapes))
        if kind == "T":
            assert f"Prose {n} tells much." in notes
            assert (f"Prose {n}" in shown) == ("P" not in blocks[n:].lstrip("T")[:1])


def _list_texts(shapes: Any) -> list[str]:
    """Return the words of shapes in their order, tables included."""
    out = []
    for shape in shapes:
        if shape.has_text_frame:
            out.append(shape.text_frame.text)
        elif shape.has_table:
            out += [cell.text for row in shape.table.rows for cell in row.cells]
    return out


@each_deck
def test_shapes_are_in_their_reading_order(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    """What stands below another text, in the same column, is read behind it.

    A title is read first wherever a school's template puts it, the slide's furniture last.
    """
    for slide in read_deck(name, lang, template, ratio=ratio):
        read = [
            shape
            for shape in slide.source.shapes
            if shape.has_text_frame
            and shape.text_frame.text
            and shape.name not in ("Title", "Tab", "ftr", "sldNum")
        ]
        for first, later in combinations(read, 2):
            above = later.top + later.height <= first.top
            abreast = later.left < first.left + first.width and first.left < later.left + later.width
            assert not (above and abreast), (slide.title, first.text_frame.text, later.text_frame.text)
