"""The deck's plan: which slides there are, that nothing overlaps, and that nothing of the outline is lost."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from builders.deck.fitting import find_largest_size
from builders.deck.layouts import make_slide_page
from builders.deck.line_breaking import break_lines, measure_last_line
from builders.deck.model import (
    Deck,
    ShapeGroup,
    Slide,
    SlideChart,
    SlideParagraph,
    SlidePicture,
    SlideTable,
    TextBox,
)
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.language import markup
from builders.outline.load import load_outline
from builders.outline.model import Outline
from builders.outline.text_fields import Languages
from builders.outline.walk import list_texts
from builders.theme.theme import load_shipped_theme
from builders.yaml_source.source import read_source
from tests.deck_frames import find_inked_frame, tell_misplaced_frames

OUTLINES = Path(__file__).parent / "outlines"
SHIPPED = Path(__file__).parents[1] / "outline" / "revolucion-rusa.yaml"
DECKS = [
    (OUTLINES / "athens.yaml", "es", "16:9"),
    (OUTLINES / "athens.yaml", "en", "4:3"),
    (OUTLINES / "closed-bay.yaml", "en", "16:9"),
    (OUTLINES / "closed-bay.yaml", "en", "4:3"),
    (SHIPPED, "es", "16:9"),
    (SHIPPED, "en", "4:3"),
]
NAMES = [f"{path.stem}-{lang}-{ratio}" for path, lang, ratio in DECKS]


@dataclass(frozen=True)
class Planned:
    outline: Outline
    lang: str
    deck: Deck
    width: float


@pytest.fixture(params=DECKS, ids=NAMES)
def planned(request: pytest.FixtureRequest) -> Planned:
    return planned_once(*request.param)


@cache
def planned_once(path: Path, lang: str, ratio: str) -> Planned:
    outline = load_outline(path).outline
    options = DeckOptions(lang=lang, ratio=ratio, root=path.parent)
    frame = make_slide_page(load_shipped_theme().deck, ratio)
    return Planned(outline, lang, plan_deck(outline, options, frame), frame.w)


def shown(slide: Slide) -> Iterator[SlideParagraph]:
    for item in (slide.title, *slide.items):
        if isinstance(item, TextBox):
            yield from item.paragraphs
        elif isinstance(item, SlideTable):
            yield from (p for row in item.rows for cell in row for p in cell.paragraphs)
        elif isinstance(item, ShapeGroup):
            yield from (p for inner in item.items if isinstance(inner, TextBox) for p in inner.paragraphs)


def test_no_text_meets_another_or_leaves_the_slide(planned: Planned) -> None:
    assert list(tell_misplaced_frames(planned.deck, planned.width)) == []


def test_every_text_stands_in_its_frame(planned: Planned) -> None:
    for slide in planned.deck.slides:
        for item in (slide.title, *slide.items):
            if isinstance(item, TextBox) and (frame := find_inked_frame(item)):
                assert frame.h <= item.frame.h + 0.5, f"{slide.name}: {item.paragraphs[0].text[:50]}"


NAUGHTY = (
    "<&>\"']]>", "\u202eabc\u202c", "W" * 200, "a " * 300, "🙂" * 60, "مرحبا بالعالم هذا نص طويل",
    "漢字" * 80, "a\tb", "*x* **y** [z](https://example.org/a?b=c&d=e)", "%s {0} {n} $x", "“”‘’—–…", "1",
    "e\u0301" * 50, "\u200b\u200b", "a-b-" * 60, "[w w w](#nothing)", "line\nline2",
)  # fmt: skip


def spoilt(values: Any, chance: random.Random, share: float) -> Any:
    """Put naughty strings in the place of some texts."""
    if isinstance(values, dict):
        if values and set(values) <= {"es", "en"}:
            return {
                k: chance.choice(NAUGHTY) if chance.random() < share else text for k, text in values.items()
            }
        return {key: spoilt(value, chance, share) for key, value in values.items()}
    return [spoilt(value, chance, share) for value in values] if isinstance(values, list) else values


@pytest.mark.parametrize("seed", range(6))
def test_texts_that_nobody_should_write_stay_apart_and_on_the_slide(seed: int) -> None:
    values = spoilt(
        read_source(OUTLINES / "athens.yaml").values, random.Random(seed), 0.9 if seed % 2 else 0.3
    )
    outline = Outline.model_validate(values, context=Languages(("es", "en")))
    for ratio in ("16:9", "4:3"):
        frame = make_slide_page(load_shipped_theme().deck, ratio)
        deck = plan_deck(outline, DeckOptions(lang="en", ratio=ratio, root=OUTLINES), frame)
        assert list(tell_misplaced_frames(deck, frame.w)) == []


def test_titles_are_told_apart_and_every_slide_has_notes(planned: Planned) -> None:
    names = [slide.name for slide in planned.deck.slides]
    assert len(set(names)) == len(names)
    assert all(slide.notes for slide in planned.deck.slides)
    assert len({slide.key for slide in planned.deck.slides}) == len(names)


def test_no_text_is_smaller_than_the_theme_allows(planned: Planned) -> None:
    for slide in planned.deck.slides:
        for item in slide.items:
            if isinstance(item, TextBox) and item.place in (
                "body",
                "body2",
                "quote",
                "question",
                "answer",
                "prompt",
            ):
                assert item.size >= 18, slide.name
            if isinstance(item, SlideTable):
                assert item.size >= 12, slide.name
            if isinstance(item, TextBox):
                assert min(p.compute_size(item.size) for p in item.paragraphs) >= 14, slide.name


def test_at_most_seven_bullets_stand_on_a_slide(planned: Planned) -> None:
    for slide in planned.deck.slides:
        for item in slide.items:
            if isinstance(item, TextBox):
                assert sum(p.bullet == "square" for p in item.paragraphs) <= 7, slide.name


def test_a_prompt_is_as_large_as_it_can_be_and_its_lines_are_even() -> None:
    place = make_slide_page(load_shipped_theme().deck).layouts["question"].places["prompt"]
    boxes = [
        item
        for slide in planned_once(SHIPPED, "es", "16:9").deck.slides
        for item in slide.items
        if isinstance(item, TextBox) and item.place == "prompt"
    ]
    assert any(box.frame.w < place.frame.w for box in boxes)
    for box in boxes:
        assert box.size == find_largest_size(box.paragraphs, place.get_text_area())
        last = measure_last_line(box.paragraphs[0], box.size, box.frame.w)
        assert last is None or last > 0.3 * box.frame.w, box.paragraphs[0].text


def test_no_bullet_ends_in_a_lone_short_word(planned: Planned) -> None:
    lines = [
        p.text[break_lines(p, item.size, item.frame.w)[-1].start :].split()
        for slide in planned.deck.slides
        for item in slide.items
        if isinstance(item, TextBox)
        for p in item.paragraphs
        if p.bullet == "square" and len(p.text.split()) > 1 and len(" ".join(p.text.split()[-2:])) <= 15
    ]
    assert lines
    assert all(len(words) > 1 for words in lines)


def test_all_parts_of_a_continued_text_have_one_size(planned: Planned) -> None:
    sizes: dict[str, set[float]] = {}
    for slide in planned.deck.slides:
        if match := re.fullmatch(r"(.*) \(\d+/\d+\)", slide.name):
            sizes.setdefault(match[1], set()).update(
                item.size
                for item in slide.items
                if isinstance(item, TextBox) and item.place in ("body", "quote")
            )
    assert all(len(found) <= 1 for found in sizes.values()), sizes


def test_every_word_of_the_outline_is_on_a_slide_or_in_the_notes(planned: Planned) -> None:
    there = {
        word
        for slide in planned.deck.slides
        for paragraph in (*shown(slide), *slide.notes)
        for word in words(paragraph.text)
    }
    there |= {word for slide in planned.deck.slides for item in slide.items for word in words(told(item))}
    blocks = [block for section in planned.outline.sections for block in section.blocks]
    mapped = {one.place for block in blocks if block.map for one in block.map.places}
    unmapped = {  # what the glossary of the guide alone says: of places that no slide shows
        ("places", i) for i, place in enumerate(planned.outline.places) if place.id not in mapped
    }
    missing = {
        (path, word)
        for path, language, text in list_texts(planned.outline)
        if language == planned.lang and path[:2] not in unmapped
        for word in words(markup.strip_markup(text))
        if word not in there
    }
    assert not missing


def told(item: object) -> str:
    if isinstance(item, SlideChart):
        return " ".join([item.alt, item.unit, *item.heads, *(series.name for series in item.series)])
    return item.alt if isinstance(item, ShapeGroup | SlidePicture) else ""


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text)


def test_continued_slides_follow_each_other_and_are_even() -> None:
    deck = planned_once(OUTLINES / "closed-bay.yaml", "en", "16:9").deck
    parts = [slide for slide in deck.slides if slide.name.startswith("Forty things")]
    counts = [
        sum(p.bullet == "square" for i in s.items if isinstance(i, TextBox) for p in i.paragraphs)
        for s in parts
    ]
    assert sum(counts) == 40
    assert max(counts) - min(counts) <= 1
    assert parts[0].name.endswith(f"(1/{len(parts)})")


def test_a_table_goes_on_with_its_header() -> None:
    deck = planned_once(OUTLINES / "closed-bay.yaml", "en", "16:9").deck
    tables = [
        i for s in deck.slides if s.name.startswith("Sixty") for i in s.items if isinstance(i, SlideTable)
    ]
    assert len(tables) > 1
    assert len({table.rows[0] for table in tables}) == 1
    heads = [row[0].paragraphs[0].text for table in tables for row in table.rows[1:]]
    assert heads == [f"Entry {number}" for number in range(1, 61)]


def test_an_answer_follows_its_question(planned: Planned) -> None:
    keys = [slide.key for slide in planned.deck.slides]
    for section in planned.outline.sections:
        for question in section.questions:
            first = next(i for i, key in enumerate(keys) if key == question.id)
            after = [key.split("/")[0] for key in keys[first : first + 2]]
            assert after == [question.id, question.id]


def test_a_citation_on_a_line_of_its_own_takes_no_room() -> None:
    summary, words = "Twenty-seven years of war", "it is called a democracy."
    values = read_source(OUTLINES / "athens.yaml").values
    values = replaced(values, words, f"{words}\n\n[@thucydides]")
    values = replaced(values, summary, f"[@thucydides]\n\n{summary}")
    outline = Outline.model_validate(values, context=Languages(("es", "en")))
    slides = plan_deck(outline, DeckOptions(lang="en", root=OUTLINES)).slides
    (recap,) = (slide for slide in slides if slide.key == "recap")
    assert any(p.text.startswith(f"War and fall. {summary}") for p in shown(recap))
    (quote,) = (slide for slide in slides if slide.layout == "quote")
    assert any(p.text.endswith(f"{words}”") for p in shown(quote))


def replaced(values: Any, old: str, new: str) -> Any:
    """Return plain values with words in their texts replaced."""
    if isinstance(values, dict):
        return {key: replaced(value, old, new) for key, value in values.items()}
    if isinstance(values, list):
        return [replaced(value, old, new) for value in values]
    return values.replace(old, new) if isinstance(values, str) else values


def test_reasons_and_criteria_are_titled_by_their_question(planned: Planned) -> None:
    names = {slide.key: slide.name for slide in planned.deck.slides}
    beside = [key for key in names if key.endswith(("/rubric", "/why"))]
    assert beside
    for key in beside:
        asked = names[key.split("/")[0]].partition(" (")[0]
        assert re.fullmatch(rf"{asked}: \w+( \w+)?( \(\d/\d\))?", names[key])


@pytest.mark.parametrize("section", [None, "rise"])
def test_a_deck_without_questions_has_all_other_slides(section: str | None) -> None:
    outline = load_outline(OUTLINES / "athens.yaml").outline
    asked = {question.id for one in outline.sections for question in one.questions}
    options = DeckOptions(lang="en", root=OUTLINES, section=section)
    whole, short = (plan_deck(outline, one).slides for one in (options, replace(options, no_questions=True)))
    assert {slide.layout for slide in whole} - {slide.layout for slide in short} >= {"question", "answer"}
    assert short == tuple(slide for slide in whole if slide.key.split("/")[0] not in asked)


def test_one_section_gives_a_deck_of_its_own() -> None:
    path = OUTLINES / "athens.yaml"
    outline = load_outline(path).outline
    chosen = outline.sections[1]
    deck = plan_deck(outline, DeckOptions(lang="en", root=path.parent, section=chosen.id))
    assert {slide.section for slide in deck.slides} == {None, 1}
    assert all(outline.sections[0].question["en"] not in p.text for s in deck.slides for p in shown(s))
    assert [section.key for section in deck.sections] == ["start", chosen.id, "end"]


def test_characters_that_the_face_lacks_are_named_in_a_warning() -> None:
    deck = planned_once(OUTLINES / "closed-bay.yaml", "en", "16:9").deck
    (warning,) = deck.warnings
    assert "U+1F6A2" in warning
