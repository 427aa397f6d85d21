"""Large print wastes no page: tables, quotations and answers part; what belongs together stays together."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import pytest

from builders.guide.page_items import (
    GuidePage,
    PageFigure,
    PageItem,
    PageLines,
    PagePolyline,
    PageText,
)
from builders.guide.plan import GuidePlan, plan_guide
from builders.outline.model import Outline
from tests.guide_building import athens, options, planned, same, with_table, words_of

SENTENCE = "The harbour was closed in winter, and no ship left before the winds turned. "


def written(page: GuidePage) -> list[PageLines]:
    return [item for item in page.items if isinstance(item, PageLines)]


def end(item: PageLines) -> float:
    """Return the last baseline of a paragraph."""
    return item.y + (len(item.paragraph.lines[item.first : item.last]) - 1) * item.paragraph.style.leading


def ends(guide_plan: GuidePlan) -> Iterator[tuple[GuidePage, float]]:
    """Yield the pages with how much of each is left below its last line, in parts of its depth."""
    geometry = guide_plan.course.page
    for page in guide_plan.pages:
        if found := written(page):
            yield page, (geometry.bottom - max(map(end, found))) / geometry.depth


def one_section(outline: Outline, **values: object) -> Outline:
    first = outline.sections[0].model_copy(update=values)
    return outline.model_copy(update={"sections": (first,), "people": (), "terms": ()})


def large(outline: Outline) -> GuidePlan:
    return plan_guide(outline, options(edition="large-print"))


@pytest.mark.parametrize("above", range(2, 26, 2))
def test_a_note_has_rows_of_its_table_above_it_wherever_the_page_ends(above: int) -> None:
    outline = with_table(["Ships", "Crews"], [[f"Year {i}", Decimal(i), Decimal(i * 9)] for i in range(5)])
    block = next(b for s in outline.sections for b in s.blocks if b.compare)
    assert block.compare
    noted = {"compare": block.compare.model_copy(update={"note": same("Note. " + SENTENCE * 5)})}
    text = next(b for s in outline.sections for b in s.blocks if b.text)
    filled = text.model_copy(update={"text": same(SENTENCE * above), "cue": None, "id": None})
    blocks = (filled, block.model_copy(update=noted))
    guide_plan = large(one_section(outline, blocks=blocks, questions=(), goals=(), events=()))
    found = [[words_of(i.paragraph) for i in written(p)] for p in guide_plan.pages]
    number = next(n for n, texts in enumerate(found) if any(t.startswith("Note. ") for t in texts))
    assert len([t for t in found[number] if t.startswith("Year ")]) >= 2
    if "Year 0" in found[number] and any(t.startswith(SENTENCE[:9]) for t in found[number - 1]):
        blank = {page.folio: left for page, left in ends(guide_plan)}
        assert blank[guide_plan.pages[number - 1].folio] < 0.25


@pytest.mark.parametrize(("edition", "count"), [("study", 2), ("large-print", 22)])
def test_no_page_is_given_out_twice_where_the_back_follows_a_section_without_events(
    edition: str, count: int
) -> None:
    text = next(b for s in athens().sections for b in s.blocks if b.text)
    filled = text.model_copy(update={"text": same(SENTENCE * count), "cue": None, "id": None})
    outline = one_section(athens(), events=(), questions=(), goals=(), blocks=(filled,))
    pages = plan_guide(outline, options(edition=edition)).pages
    assert len({id(page) for page in pages}) == len(pages)


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize("kind", ["short", "essay"])
def test_long_answers_leave_no_page_half_empty(kind: str, edition: str) -> None:
    answer = same(SENTENCE * (9 if edition == "large-print" else 22))
    question = next(q for s in athens().sections for q in s.questions if q.kind == kind)
    asked = tuple(question.model_copy(update={"id": f"ship-{i}", "answer": answer}) for i in range(9))
    guide_plan = plan_guide(one_section(athens(), questions=asked, blocks=()), options(edition=edition))
    told = [
        (p, left)
        for p, left in ends(guide_plan)
        if any(words_of(i.paragraph).startswith(SENTENCE[:9]) for i in written(p))
    ]
    assert len(told) > 3
    assert max(left for _, left in told[:-1]) < 0.2


def test_level_document_and_answer_of_a_question_share_a_line() -> None:
    asides = [
        words_of(i.paragraph)
        for p in planned("en", "large-print").pages
        for i in written(p)
        if "Answer: page" in words_of(i.paragraph)
    ]
    assert len(asides) == sum(len(s.questions) for s in athens().sections)
    assert all(a.startswith("Level ") and ".." not in a for a in asides)
    assert any("Document: page" in a for a in asides)


@pytest.mark.parametrize("count", range(2, 14))
def test_no_goal_stands_alone_on_a_page(count: int) -> None:
    goals = tuple(same(f"Goal {i}. {SENTENCE}") for i in range(count))
    guide_plan = large(one_section(athens(), goals=goals, blocks=(), questions=()))
    shares = [sum(words_of(i.paragraph).startswith("Goal ") for i in written(p)) for p in guide_plan.pages]
    assert sum(shares) == count
    assert 1 not in [n for n in shares if n][1:]


Point = tuple[float, float]


def between(start: Point, stop: Point) -> Iterator[Point]:
    """Yield points of a line, close to each other."""
    for k in range(201):
        yield start[0] + (stop[0] - start[0]) * k / 200, start[1] + (stop[1] - start[1]) * k / 200


def struck(items: Sequence[PageItem]) -> list[str]:
    """Return the words that a line of several points runs through."""
    lines = [i.points for i in items if isinstance(i, PagePolyline) and len(i.points) > 2]
    out = []
    for word in (i for i in items if isinstance(i, PageText)):
        half = word.face.width(word.text) * word.size / 2000
        for a, b in [pair for points in lines for pair in pairwise(points)]:
            if any(
                abs(x - word.x) < half and word.y - word.size * 0.65 < y < word.y for x, y in between(a, b)
            ):
                out.append(word.text)
    return out


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_no_line_of_a_chart_runs_through_a_value(edition: str) -> None:
    outline = athens()
    chart = next(b for s in outline.sections for b in s.blocks if b.chart and b.chart.kind == "line")
    assert chart.chart
    row = chart.chart.rows[0]
    points = [("1827-06", "0.8"), ("1830-03", "57.2"), ("1830-08", "21.9"), ("1831-01", "25.9")]
    points += [("1832-07", "61.5"), ("1837", "93")]
    rows = tuple(row.model_copy(update={"head": same(d), "cells": (Decimal(v),)}) for d, v in points)
    steep = chart.model_copy(update={"chart": chart.chart.model_copy(update={"rows": rows, "columns": ()})})
    guide_plan = plan_guide(one_section(outline, blocks=(steep,)), options(edition=edition))
    figures = [i for p in guide_plan.pages for i in p.items if isinstance(i, PageFigure)]
    plots = [f for f in figures if any(isinstance(i, PageText) and i.text == "57.2" for i in f.items)]
    assert plots
    for figure in plots:
        assert struck(list(figure.items)) == []
        shown = [i.text for i in figure.items if isinstance(i, PageText)]
        assert {"0.8", "57.2", "21.9", "25.9", "61.5", "93"} <= set(shown)


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize("last", [("20", "19", "20.5"), ("0", "0", "1"), ("30", "30", "30")])
def test_the_names_of_lines_that_end_together_stand_apart(edition: str, last: Sequence[str]) -> None:
    outline = athens()
    chart = next(b for s in outline.sections for b in s.blocks if b.chart and b.chart.kind == "line")
    assert chart.chart
    row, names = chart.chart.rows[0], ["Oil", "Wine", "Grain"]
    points = [("1913", ("10", "12", "9")), ("1932", last)]
    rows = tuple(row.model_copy(update={"head": same(d), "cells": tuple(map(Decimal, v))}) for d, v in points)
    update = {"rows": rows, "columns": tuple(map(same, names))}
    block = chart.model_copy(update={"chart": chart.chart.model_copy(update=update)})
    guide_plan = plan_guide(one_section(outline, blocks=(block,)), options(edition=edition))
    figures = [i for p in guide_plan.pages for i in p.items if isinstance(i, PageFigure)]
    labels = [[i for i in f.items if isinstance(i, PageText) and i.text in names] for f in figures]
    (shown,) = [found for found in labels if len(found) == 3]
    size, places = shown[0].size, sorted(word.y for word in shown)
    assert all(below - above > size for above, below in pairwise(places))
    ends = dict(zip(names, map(float, last), strict=True))
    assert [ends[w.text] for w in sorted(shown, key=lambda word: word.y)] == sorted(ends.values())[::-1]


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize(("above", "count"), [(0, 5), (0, 60), (9, 130), *((9, n) for n in range(26, 60))])
def test_a_chart_of_many_bars_goes_on_on_the_next_page(edition: str, above: int, count: int) -> None:
    outline = athens()
    chart = next(b for s in outline.sections for b in s.blocks if b.chart and b.chart.kind == "bar")
    assert chart.chart
    row = chart.chart.rows[0].model_copy(update={"cells": (Decimal(7),), "emphasis": False})
    rows = tuple(row.model_copy(update={"head": same(f"Ship {i}")}) for i in range(count))
    update = {"rows": rows, "columns": (), "source": None, "note": None}
    block = chart.model_copy(update={"chart": chart.chart.model_copy(update=update)})
    text = next(b for s in outline.sections for b in s.blocks if b.text)
    filled = text.model_copy(update={"text": same(SENTENCE * above), "cue": None, "id": None})
    blocks = (*([filled] if above else []), block)
    guide_plan = plan_guide(
        one_section(outline, blocks=blocks, goals=(), questions=()), options(edition=edition)
    )
    geometry, shares = guide_plan.course.page, []
    for page in guide_plan.pages:
        ships = [i for i in written(page) if words_of(i.paragraph).startswith("Ship ")]
        shares += [len(ships)] if ships else []
        assert all(end(ship) <= geometry.bottom for ship in ships)
        figures = [i for i in page.items if isinstance(i, PageFigure) and i.node.tag == "Figure"]
        assert not ships or len([f for f in figures if f.box[1] < ships[0].y < f.box[3]]) == 1
    assert sum(shares) == count
    assert min(shares) >= 2
    assert len(shares) == 1 or max(shares[1:-1], default=99) >= 0.8 * geometry.depth / 22


def test_bars_of_several_series_stand_as_close_in_large_print_as_their_letters_let_them() -> None:
    outline = athens()
    chart = next(b for s in outline.sections for b in s.blocks if b.chart and b.chart.kind == "bar")
    assert chart.chart
    row = chart.chart.rows[0].model_copy(update={"cells": tuple(map(Decimal, (7, 8, 9)))})
    rows = tuple(row.model_copy(update={"head": same(f"Ship {i}")}) for i in range(4))
    update = {"rows": rows, "columns": tuple(map(same, ("Oars", "Sails", "Anchors")))}
    block = chart.model_copy(update={"chart": chart.chart.model_copy(update=update)})
    guide_plan = large(one_section(outline, blocks=(block,), goals=(), questions=()))
    ships = [i.y for p in guide_plan.pages for i in written(p) if words_of(i.paragraph).startswith("Ship ")]
    size = guide_plan.course.type.table.size
    assert all(below - above < 3 * 1.1 * size + size for above, below in pairwise(ships))
