"""What an edition has of its own: the same timeline in large print, no lines for pupils in the teacher's."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from builders import guide
from builders.guide.editions import EDITIONS, LARGE_PRINT
from builders.guide.page_items import (
    PageLines,
    PagePattern,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.plan import plan_guide
from builders.language import markup
from builders.language.locales import load_locale
from builders.outline.model import Outline
from tests.guide_building import (
    SVG,
    assert_sound,
    athens,
    boxes,
    built,
    failures,
    options,
    planned,
    same,
    with_image,
    with_table,
    words_of,
)
from tests.pdf_reading import open_pdf, tree


def test_large_print_s_openers_and_title_page_have_the_timeline_of_the_others() -> None:
    elements = {edition: list(tree(built("en", edition)).walk()) for edition in ("study", "large-print")}
    alts = {
        edition: [str(e.dictionary.Alt) for e in found if e.tag == "Figure"]
        for edition, found in elements.items()
    }
    timelines = [alt for alt in alts["study"] if alt.startswith(("Timeline of", "The course at a glance"))]
    assert len(timelines) == 1 + len(athens().sections)
    assert [a for a in alts["large-print"] if a in timelines] == timelines
    listed = [e.words for e in elements["large-print"] if e.tag == "LI"]
    for section in athens().sections:
        for event in section.events:
            if event.importance == 3:
                assert any(event.label["en"] in words and "BC" in words for words in listed), event.id


def test_large_print_s_title_page_shows_every_section_s_place_in_time() -> None:
    page = planned("en", "large-print").pages[0]
    bars = [i for f in page.items if hasattr(f, "items") for i in f.items if isinstance(i, PagePattern)]
    assert len(bars) == len(athens().sections)


def test_each_edition_has_a_title_of_its_own() -> None:
    words = load_locale("en").words["guide"]
    assert len({words[f"edition_{name}"] for name in EDITIONS}) == len(EDITIONS)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_teacher_s_guide_in_large_print_is_another_entry_among_the_editions(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setitem(EDITIONS, "teacher", replace(EDITIONS["teacher"], print=LARGE_PRINT))
    guide_plan = plan_guide(athens(), options(lang, edition="teacher"))
    for page in guide_plan.pages:
        assert_sound(guide_plan, page)
    data = guide.build(athens(), options(lang, edition="teacher"))[0].data
    assert not failures(data, "ua1")
    assert smallest_type(data) >= 16
    notes = [b.notes[lang] for s in athens().sections for b in s.blocks if b.notes]
    answers = [q.answer[lang] for s in athens().sections for q in s.questions if q.answer]
    words = tree(data).words
    assert notes
    assert answers
    for text in (*notes, *answers):
        assert markup.strip_markup(text) in words


def smallest_type(data: bytes) -> float:
    """Return the size of the smallest type in a document, in points."""
    with pypdfium2.PdfDocument(data) as document:
        return min(
            float(pypdfium2.raw.FPDFText_GetFontSize(text, i))
            for page in document
            for text in [page.get_textpage()]
            for i in range(text.count_chars())
            if text.get_text_range(i, 1).strip()
        )


def ruled(edition: str) -> int:
    """Return how many lines to write on a guide has."""
    guide_plan = planned("en", edition)
    width = guide_plan.course.page.text * 0.7
    areas = [i for page in guide_plan.pages for i in page.items if isinstance(i, PageRectangle)]
    return sum(1 for a in areas if a.height == 0.5 and a.width > width)


def test_only_those_who_write_in_their_guide_have_lines_for_it() -> None:
    assert ruled("worksheet") > ruled("study") > 20
    assert ruled("teacher") == 0
    assert "Your notes" not in tree(built("en", "teacher")).words


def test_a_grey_guide_s_pictures_are_grey(tmp_path: Path) -> None:
    (tmp_path / "harbour.svg").write_bytes(SVG)
    for data in (built(grey=True), _vector(tmp_path)):
        assert failures(data, "2a") == []
        for page in pypdfium2.PdfDocument(data):
            red, green, blue = page.render(scale=0.5).to_pil().convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()
    pdf = open_pdf(built(grey=True))
    objects = [x for page in pdf.pages for x in page.Resources.get("/XObject", {}).values()]
    spaces = {str(x.ColorSpace) for x in objects if x.Subtype == "/Image"}
    assert spaces == {"/DeviceGray"}


def _vector(root: Path) -> bytes:
    outline, asked = with_image(root, "harbour.svg", grey=True)
    return guide.build(outline, asked)[0].data


def shares(names: list[str]) -> Outline:
    """Return the sample with a chart of equal shares and one small one, of these names."""
    outline = athens()
    sections = []
    for section in outline.sections:
        blocks = []
        for block in section.blocks:
            chart = block.chart
            if chart:
                row = chart.rows[0]
                parts = [(name, Decimal(12)) for name in names] + [("the rest", Decimal(1))]
                rows = tuple(
                    row.model_copy(update={"head": {"es": name, "en": name}, "cells": (value,)})
                    for name, value in parts
                )
                chart = chart.model_copy(update={"kind": "share", "rows": rows, "columns": ()})
            blocks.append(block.model_copy(update={"chart": chart}))
        sections.append(section.model_copy(update={"blocks": tuple(blocks)}))
    return outline.model_copy(update={"sections": tuple(sections)})


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_a_part_of_a_share_without_room_for_its_name_has_the_number_of_its_row(edition: str) -> None:
    names = ["olive oil from the hills", "wine", "barley and other grain"]
    data = guide.build(shares(names), options(edition=edition))[0].data
    elements = list(tree(data).walk())
    heads = [e.words for e in elements if e.tag == "TH"]
    assert [f"{i} {name}" for i, name in enumerate([*names, "the rest"], 1)] == [
        h for h in heads if re.fullmatch(r"\d (olive|wine|barley|the rest).*", h)
    ][:4]


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_a_long_address_goes_on_to_the_next_line(edition: str) -> None:
    outline = athens()
    address = "https://example.org/" + "/".join(f"a-long-way-{i}" for i in range(12)) + ".html"
    sources = tuple(s.model_copy(update={"url": address}) for s in outline.sources)
    course = outline.model_copy(update={"sources": sources})
    made = plan_guide(course, options(edition=edition))
    for page in made.pages:
        for box, item in boxes(list(page.items)):
            assert box[2] <= item.x + item.paragraph.measure + 0.5, item.paragraph.words
    assert address in tree(guide.build(course, options(edition=edition))[0].data).words.replace(" ", "")


@pytest.mark.parametrize("edition", ["study", "teacher", "large-print"])
def test_criteria_hang_from_their_points(edition: str) -> None:
    outline = athens()
    asked = next(q for s in outline.sections for q in s.questions if q.rubric)
    long = same("Weighs what each of the harbours brought to the city against what it cost. " * 3)
    rubric = (asked.rubric[0].model_copy(update={"criterion": long, "points": 10}), *asked.rubric[1:])
    question = asked.model_copy(update={"rubric": rubric})
    first = outline.sections[0].model_copy(update={"questions": (question,)})
    course = outline.model_copy(update={"sections": (first, *outline.sections[1:])})
    found = []
    for page in plan_guide(course, options(edition=edition)).pages:
        points = {
            i.y: i for i in page.items if isinstance(i, PageText) and re.match(r"\d+ (pts|p\.)", i.text)
        }
        found += [(points[i.y], i) for i in page.items if isinstance(i, PageLines) and i.y in points]
    criteria = found[: len(rubric)]
    assert any(len(lines.paragraph.lines) > 1 for _, lines in criteria)
    assert len({lines.x for _, lines in criteria}) == 1
    for label, lines in criteria:
        assert lines.x > label.x + label.face.width(label.text) * label.size / 1000


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize("count", [2, 3])
def test_a_debate_s_claims_hang_from_their_letters(edition: str, count: int) -> None:
    outline = athens()
    block = next(b for s in outline.sections for b in s.blocks if b.debate)
    assert block.debate
    claim = same("The grain came from beyond the straits and not from the plain")
    position = block.debate.positions[0].model_copy(update={"claim": claim})
    debate = block.debate.model_copy(update={"positions": (position,) * count})
    changed = outline.sections[0].model_copy(
        update={"blocks": (block.model_copy(update={"debate": debate}),)}
    )
    course = outline.model_copy(update={"sections": (changed, *outline.sections[1:])})
    items = [i for page in plan_guide(course, options(edition=edition)).pages for i in page.items]
    claims = [i for i in items if isinstance(i, PageLines) and words_of(i.paragraph) == claim["en"]]
    letters = [i for i in items if isinstance(i, PageText) and i.node in [c.node for c in claims]]
    assert [letter.text.strip() for letter in letters] == list("ABC"[:count])
    for letter, lines in zip(letters, claims, strict=True):
        assert letter.y == lines.y
        assert lines.x > letter.x + letter.face.width(letter.text) * letter.size / 1000
        assert lines.x - letter.x == pytest.approx(claims[0].x - letters[0].x)


def test_a_debate_s_rules_are_as_far_below_its_question_wherever_it_stands() -> None:
    sample = next(b for s in athens().sections for b in s.blocks if b.debate)
    distances = []
    for count in range(1, 6):
        outline = with_table(["Ships", "Crews"], [[f"Year {i}", "few", "many"] for i in range(count)])
        table = next(b for s in outline.sections for b in s.blocks if b.compare)
        changed = outline.sections[0].model_copy(update={"blocks": (table, sample)})
        course = outline.model_copy(update={"sections": (changed, *outline.sections[1:])})
        for page in plan_guide(course, options()).pages:
            titles = [i for i in page.items if isinstance(i, PageLines) and "Debate" in words_of(i.paragraph)]
            rules = [i.points[0][1] for i in page.items if isinstance(i, PagePolyline) and i.width == 3]
            distances += [min(y for y in rules if y > title.y) - title.y for title in titles if rules]
    assert len(distances) >= 5
    assert max(distances) - min(distances) < 0.1


@pytest.mark.parametrize(("edition", "met"), [("study", True), ("teacher", True), ("worksheet", False)])
def test_a_key_word_leads_to_its_term_where_it_is_not_to_be_filled_in(edition: str, met: bool) -> None:
    outline = athens()
    term = outline.terms[0].model_copy(update={"id": "amphora", "name": same("amphora"), "original": None})
    text = next(b for b in outline.sections[0].blocks if b.text)
    asked = text.model_copy(update={"text": same("It stood on the **[amphora](#amphora)**."), "cue": None})
    first = outline.sections[0].model_copy(update={"blocks": (asked,)})
    changed = {"sections": (first, *outline.sections[1:]), "terms": (*outline.terms, term)}
    data = guide.build(outline.model_copy(update=changed), options(edition=edition))[0].data
    assert failures(data, "ua1") == []
    elements = list(tree(data).walk())
    noted = [e for e in elements if e.tag == "Note" and e.words.startswith("amphora")]
    linked = [e for e in elements if e.tag == "Link" and e.words == "amphora"]
    (entry,) = [e for e in elements if e.tag == "Index"]
    assert bool(noted) == bool(linked) == met
    assert re.search(r"amphora \d+, \d+", entry.words) if met else re.search(r"amphora \d+ ", entry.words)
