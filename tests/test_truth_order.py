"""Events of one date stand in the outline's order, in every document; their ids run the other way."""

import re
from functools import cache
from typing import Any

import pytest

from builders.build.registry import load_builder
from builders.outline.model import Outline
from builders.outline.text_fields import Languages
from tests import pdf_reading
from tests.deck_reading import read_slides
from tests.pdf_words import page_words

HERBS = ("Sorrel", "Chervil", "Lovage", "Borage", "Tansy", "Fennel", "Anise", "Caraway", "Dill", "Yarrow")
IDS = [f"herb-{letter}" for letter in "zyxwvutsrq"]  # their order is that of the outline, reversed


@cache
def garden(crowd: int = 0) -> Outline:
    """Return ten harvests of one day in two sections and two lanes; with `crowd`, so many beside each."""
    linked = ", ".join(f"[some {herb.lower()}](#{key})" for key, herb in sorted(zip(IDS, HERBS, strict=True)))

    def write_event(i: int, name: str, key: str, importance: int) -> dict[str, Any]:
        return {"id": key, "date": "1921-06-15", "lane": ("beds", "pots")[i % 2],
                "importance": str(importance), "label": {"en": name}}  # fmt: skip

    def write_section(number: int) -> dict[str, Any]:
        shown = range(5 * number, 5 * number + 5)
        events = [write_event(i, HERBS[i], IDS[i], 3) for i in shown]
        for i in shown:
            events += [
                write_event(i, f"{HERBS[i]}-{k}", f"{IDS[i]}-{99 - k}", 1) for k in range(10, crowd + 10)
            ]
        return {"id": f"bed-{number}", "title": {"en": f"Bed {number}"}, "period": "1921/1922",
                "question": {"en": "What grew?"}, "summary": {"en": f"In the garden grew {linked}."},
                "events": events}  # fmt: skip

    values = {"languages": ["en"], "title": {"en": "A garden"},
              "lanes": [{"id": lane, "name": {"en": lane.title()}} for lane in ("beds", "pots")],
              "sections": [write_section(0), write_section(1)]}  # fmt: skip
    return Outline.model_validate(values, context=Languages(("en",)))


@cache
def build(builder: str, crowd: int = 0, **options: Any) -> bytes:
    made = load_builder(builder)
    return made.build(garden(crowd), made.options(lang="en", **options))[0].data


def list_herbs(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text) if word in HERBS]


def assert_in_order(herbs: list[str]) -> None:
    assert herbs == sorted(herbs, key=HERBS.index)


def read_columns(data: bytes) -> list[list[str]]:
    """Return the names that stand under one another on a page, by the place where they begin."""
    columns: dict[tuple[int, int], list[str]] = {}
    for number, page in enumerate(page_words(data)):
        for words in sorted(page, key=lambda words: words.baseline):
            columns.setdefault((number, round(words.left)), []).append(words.text)
    found = [list_herbs(" ".join(text for text in column if text in HERBS)) for column in columns.values()]
    return [herbs for herbs in found if len(herbs) > 1]


def read_alternatives(data: bytes) -> list[list[str]]:
    """Return the names in each text that stands for a figure."""
    nodes = (element.dictionary for element in pdf_reading.tree(data).walk() if element.dictionary)
    found = [list_herbs(str(node.get("/Alt", ""))) for node in nodes]
    return [herbs for herbs in found if herbs]


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_the_guide_lists_events_of_one_day_in_the_outlines_order(edition: str) -> None:
    data = build("guide", edition=edition)
    columns, alternatives = read_columns(data), read_alternatives(data)
    assert [*HERBS] in columns, "the chronology"
    assert columns.count([*HERBS[:5]]) == columns.count([*HERBS[5:]]) == 1, "the sections' timelines"
    assert alternatives == [[*HERBS[:5]], [*HERBS[5:]]]
    for column in columns:
        assert_in_order(column)


def test_a_timeline_slide_labels_events_of_one_day_in_the_outlines_order() -> None:
    found = 0
    for slide in read_slides(build("deck")):
        labels = [shape for shape in slide.shapes if shape.name in HERBS and shape.kind == "text"]
        if labels:
            found += 1
            leaders = {}
            for label in labels:
                before = 'algn="r"' in label.source._element.xml
                leaders[label.name] = label.right if before else label.x
            assert_in_order(sorted(leaders, key=lambda name: leaders[name]))
            (told,) = [shape.alt for shape in slide.shapes if shape.kind == "group" and list_herbs(shape.alt)]
            assert list_herbs(told) in ([*HERBS[:5]], [*HERBS[5:]])
    assert found == 2


@pytest.mark.parametrize("portrait", [False, True])
def test_a_poster_reads_events_of_one_day_in_the_outlines_order(portrait: bool) -> None:
    words = pdf_reading.tree(build("poster", portrait=portrait)).words
    for lane in (0, 1):
        told = [herb for herb in list_herbs(words) if HERBS.index(herb) % 2 == lane]
        assert_in_order(told)


@pytest.mark.parametrize("portrait", [False, True])
def test_a_poster_numbers_events_of_one_day_in_the_outlines_order(portrait: bool) -> None:
    (page,) = page_words(build("poster", 5, poster_size="a3", portrait=portrait))
    text = " ".join(words.text for words in page)
    key = re.findall(r"(\d+) 15 Jun 1921 (\w+(?:-\d+)?)", text[text.index("Key to") :])
    assert [int(number) for number, _ in key] == list(range(1, len(key) + 1))
    order = [event.label["en"] for section in garden(5).sections for event in section.events]
    told = [label for _, label in key]
    assert len(told) > 15
    assert told == sorted(told, key=order.index)
