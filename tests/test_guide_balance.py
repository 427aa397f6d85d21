"""A section's questions share their last pages, and what belongs to a line of the text stays beside it."""

import re

import pytest

from builders.guide.page_items import GuidePage, PageLines, PageRectangle
from builders.guide.plan import plan_guide
from builders.guide.typography import break_after_dash
from builders.outline.model import Outline
from tests.guide_building import assert_sound, athens, options, same, words_of

ANSWER = "The wall was built of stone from the quarries beyond the harbour."


def _asked(count: int, sentences: int) -> Outline:
    """Return the sample with so many short questions in its first section, each with so long an answer."""
    outline = athens()
    answer = same(" ".join([ANSWER] * sentences))
    plain = {"kind": "short", "answer": answer, "options": (), "why": None, "rubric": (), "quote": None}
    one = outline.sections[0].questions[0].model_copy(update=plain)
    questions = tuple(
        one.model_copy(update={"id": f"wall-{i}", "prompt": same(f"Wall {i}?")}) for i in range(count)
    )
    first = outline.sections[0].model_copy(update={"questions": questions})
    return outline.model_copy(update={"sections": (first, *outline.sections[1:])})


def _lines(page: GuidePage) -> list[tuple[str, float, float]]:
    """Return a page's paragraphs: their words, the first baseline, the last."""
    return [
        (words_of(p), item.y, item.y + (len(p.lines[item.first : item.last]) - 1) * p.style.leading)
        for item in page.items
        if isinstance(item, PageLines)
        for p in [item.paragraph]
    ]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("sentences", [1, 3, 8, 11])
def test_the_last_page_of_a_sections_questions_is_worth_turning_to(paper: str, sentences: int) -> None:
    turned = 0
    for count in range(4, 16):
        planned = plan_guide(_asked(count, sentences), options(edition="teacher", paper=paper))
        asking = [p for p in planned.pages if any(re.match(r"Wall \d", w) for w, _, _ in _lines(p))]
        if len(asking) > 1:
            turned += 1
            geometry = planned.course.page
            depth = max(last for _, _, last in _lines(asking[-1])) - geometry.top
            assert depth > 0.2 * geometry.depth, count
            assert_sound(planned, asking[-1])
    assert turned


@pytest.mark.parametrize("count", [7, 8, 9])
def test_questions_that_begin_a_page_fill_it_as_they_fill_the_next(count: int) -> None:
    begun = 0
    for above in range(0, 60, 3):
        outline = _asked(count, 9)
        text = next(b for b in outline.sections[0].blocks if b.text)
        filled = text.model_copy(update={"text": same("Amphora. " * above * 8), "cue": None, "id": None})
        blocks = (filled,) if above else ()
        first = outline.sections[0].model_copy(update={"blocks": blocks, "events": ()})
        course = outline.model_copy(update={"sections": (first,), "people": (), "terms": ()})
        planned = plan_guide(course, options(edition="teacher"))
        asking = [p for p in planned.pages if any(re.match(r"Wall \d", w) for w, _, _ in _lines(p))]
        if len(asking) != 2 or "Amphora" in str(_lines(asking[0])):
            continue
        begun += 1
        top, depth = planned.course.page.top, planned.course.page.depth
        ends = [max(last for _, _, last in _lines(page)) - top for page in asking]
        assert min(ends) > 0.3 * depth, (above, ends)
    assert begun


def _ruled(page: GuidePage) -> dict[str, list[float]]:
    """Return where the lines to write on stand below each question of a page."""
    asked = [(y, words) for words, y, _ in _lines(page) if re.match(r"Wall \d", words)]
    rules = sorted(i.y for i in page.items if isinstance(i, PageRectangle) and i.height == 0.5)
    ends = [*(y for y, _ in asked), 999.0][1:]
    return {w: [y for y in rules if top < y < end] for (top, w), end in zip(asked, ends, strict=False)}


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("edition", ["study", "worksheet", "large-print"])
def test_questions_share_the_lines_that_their_page_has_room_for(edition: str, paper: str) -> None:
    for count in range(2, 12):
        outline = _asked(count, 1)
        first = outline.sections[0].model_copy(update={"events": ()})
        course = outline.model_copy(update={"sections": (first,), "people": (), "terms": ()})
        planned = plan_guide(course, options(edition=edition, paper=paper))
        geometry, look = planned.course.page, planned.course.type
        found = [ruled for page in planned.pages if (ruled := _ruled(page))]
        assert sum(map(len, found)) == count
        for ruled in found:
            counts = sorted(map(len, ruled.values()))
            assert counts[0] >= 3
            assert counts[-1] - counts[0] <= 1, counts
            left = geometry.bottom - max(max(lines) for lines in ruled.values())
            assert counts[0] >= 8 or left < 2 * look.body.leading * 1.5, counts


@pytest.mark.parametrize("count", [1, 4, 8])
def test_a_question_of_the_margin_stands_at_its_paragraph_whatever_waits(count: int) -> None:
    outline = athens()
    terms = tuple(
        outline.terms[0].model_copy(
            update={"id": f"vessel-{i}", "name": same(f"vessel{i}"), "definition": same("A jar. " * 12)}
        )
        for i in range(count)
    )
    text = next(b for b in outline.sections[0].blocks if b.text).model_copy(update={"id": None, "cue": None})
    met = text.model_copy(update={"text": same(" ".join(f"[jar{i}](#vessel-{i})" for i in range(count)))})
    asked = text.model_copy(update={"text": same("Amphora " * 60), "cue": same("Oil or wine?")})
    first = outline.sections[0].model_copy(update={"blocks": (met, asked)})
    course = outline.model_copy(
        update={"sections": (first, *outline.sections[1:]), "terms": (*outline.terms, *terms)}
    )
    planned = plan_guide(course, options())
    (found,) = [p for p in planned.pages if any(w == "Oil or wine?" for w, _, _ in _lines(p))]
    places = {words.strip()[:8]: y for words, y, _ in reversed(_lines(found))}
    assert places["Oil or w"] == pytest.approx(places["Amphora "], abs=1)
    assert_sound(planned, found)


def test_a_blanks_letter_and_a_citation_do_not_read_as_one() -> None:
    outline = athens()
    text = next(b for b in outline.sections[0].blocks if b.text)
    source = outline.sources[0].id
    block = text.model_copy(update={"text": same(f"They used **ostraca** [@{source}] in Athens.")})
    first = outline.sections[0].model_copy(update={"blocks": (block,)})
    course = outline.model_copy(update={"sections": (first, *outline.sections[1:])})
    planned = plan_guide(course, options(edition="worksheet"))
    said = [w for page in planned.pages for w, _, _ in _lines(page) if w.startswith("They used")]
    assert re.search(r"a,\s?\d", said[0])


def test_a_long_date_breaks_after_its_dash_where_its_parts_have_room() -> None:
    date = "8 Feb 1904 – 5 Sep 1905"
    assert break_after_dash(date, lambda part: len(part) < 14).split(" ") == [
        "8\xa0Feb\xa01904\xa0–",
        "5\xa0Sep\xa01905",
    ]
    assert break_after_dash(date, lambda part: len(part) < 8) == date


@pytest.mark.parametrize("headed", [True, False])
def test_a_question_of_a_crowded_margin_may_stand_beside_its_heading(headed: bool) -> None:
    outline = athens()
    term = outline.terms[0]
    block = next(b for b in outline.sections[0].blocks if b.text).model_copy(update={"id": None})
    title = next(b for s in outline.sections for b in s.blocks if b.heading)
    rises = set()
    for words in range(20, 100, 4):
        jars = [
            term.model_copy(
                update={"id": f"v{i}", "name": same(f"v{i}"), "definition": same("A jar. " * words)}
            )
            for i in range(2)
        ]
        filled = block.model_copy(update={"text": same("Krater " * 300), "cue": None})
        asked = block.model_copy(
            update={"text": same("Amphora [v](#v0), [w](#v1) " + "jars " * 90), "cue": same("Oil or wine?")}
        )
        blocks = (filled, title, asked) if headed else (filled, asked)
        first = outline.sections[0].model_copy(update={"blocks": blocks})
        sections = (first, *outline.sections[1:])
        course = outline.model_copy(update={"sections": sections, "terms": (*outline.terms, *jars)})
        planned = plan_guide(course, options())
        (found,) = [p for p in planned.pages if any(w == "Oil or wine?" for w, _, _ in _lines(p))]
        places = {line.strip()[:8]: y for line, y, _ in reversed(_lines(found))}
        rises.add(round(places["Amphora "] - places["Oil or w"]))
        assert_sound(planned, found)
    assert min(rises) == 0
    assert max(rises) == (29 if headed else 0)
