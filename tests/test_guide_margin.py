"""What stands in the margin is never lost, however much of it there is, and tells what happened when."""

import re
from functools import cache

import pytest

from builders import guide
from builders.guide.plan import plan_guide
from builders.outline.blocks import Block
from builders.outline.model import Outline
from tests.guide_building import assert_sound, athens, failures, options, same
from tests.pdf_reading import tree


def _text(outline: Outline, text: str) -> Block:
    block = next(b for b in outline.sections[0].blocks if b.text)
    return block.model_copy(update={"text": same(text), "id": None, "cue": None})


@cache
def crowded(count: int, words: int) -> Outline:
    """Return the sample with `count` terms of so many words each, all first met in a section's last lines."""
    outline = athens()
    terms = tuple(
        outline.terms[0].model_copy(
            update={
                "id": f"vessel-{i}",
                "name": same(f"vessel{i}"),
                "definition": same(" ".join(f"shape{i}x{n}" for n in range(words))),
            }
        )
        for i in range(count)
    )
    text = " ".join(f"[vessel{i}](#vessel-{i})" for i in range(count))
    last = _text(outline, text).model_copy(update={"cue": same("Which vessel held oil, and which one wine?")})
    sections = [s.model_copy(update={"blocks": (*s.blocks, last)}) for s in outline.sections[:1]]
    return outline.model_copy(
        update={"sections": (*sections, *outline.sections[1:]), "terms": (*outline.terms, *terms)}
    )


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize(("count", "words"), [(60, 12), (3, 400), (1, 2500)])
def test_every_note_of_a_crowded_margin_is_there(edition: str, count: int, words: int) -> None:
    data = guide.build(crowded(count, words), options(edition=edition))[0].data
    notes = " ".join(e.words for e in tree(data).walk() if e.tag == "Note")
    lost = [f"shape{i}x{n}" for i in range(count) for n in range(words) if f"shape{i}x{n}" not in notes]
    assert lost == []
    assert "Which vessel held oil, and which one wine?" in tree(data).words
    assert failures(data, "ua1") == []


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize(("count", "words"), [(60, 12), (3, 400), (1, 2500)])
def test_a_crowded_margin_keeps_to_its_page_and_meets_nothing(edition: str, count: int, words: int) -> None:
    planned = plan_guide(crowded(count, words), options(edition=edition))
    for page in planned.pages:
        assert_sound(planned, page)


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_the_dates_of_a_paragraph_say_what_happened_in_order_of_time(edition: str) -> None:
    outline = athens()
    section = outline.sections[0]
    events = sorted(section.events, key=lambda e: e.date.first)
    text = _text(outline, " ".join(f"[that](#{e.id})" for e in reversed(events)))
    changed = section.model_copy(update={"blocks": (text,), "questions": ()})
    course = outline.model_copy(update={"sections": (changed, *outline.sections[1:])})
    said = [
        e.words for e in tree(guide.build(course, options(edition=edition))[0].data).walk() if e.tag == "P"
    ]
    dated = said[said.index(" ".join(["that"] * len(events))) + 1 :][: len(events)]
    for words, event in zip(dated, events, strict=True):
        assert re.search(r"\d+ BC", words)
        assert words.endswith(event.label["en"])
