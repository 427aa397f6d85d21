"""Tables of the guide: rows of any height under a repeated head; columns set like their heads."""

import re
from decimal import Decimal

import pytest

from builders import guide
from builders.guide.page_items import GuidePage, PageLines, PagePolyline
from builders.guide.plan import plan_guide
from builders.typesetting.paragraph import Run
from tests.guide_building import athens, boxes, failures, options, with_table, words_of
from tests.pdf_reading import page_words, tree

HEAD = "Winds of the season"


def words(name: str, count: int) -> str:
    return " ".join(f"{name}{i}" for i in range(count))


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize("above", [0, 1, 9])
def test_a_row_higher_than_a_page_goes_on_under_the_same_head(edition: str, above: int) -> None:
    rows: list[list[object]] = [[f"short {i}", "little", "less"] for i in range(above)]
    rows += [["tall", words("north", 900), words("south", 300)], ["after", "end", "end"]]
    course = with_table([HEAD, "Currents"], rows)
    planned = plan_guide(course, options(edition=edition))
    for page in planned.pages:
        for box, item in boxes(list(page.items)):
            assert box[3] < planned.course.page.bottom + 40, (page.folio, item.paragraph.words)
    data = guide.build(course, options(edition=edition))[0].data
    assert failures(data, "ua1") == []
    table = next(e for e in tree(data).walk() if e.tag == "Table" and HEAD in e.words)
    assert [cell.words for e in table.walk() if e.tag == "TR" for cell in e.kids][-3:] == [
        "after",
        "end",
        "end",
    ]
    found = re.findall(r"(?:north|south)\d+", table.words)
    assert found == words("north", 900).split() + words("south", 300).split(), "once each, cell by cell"
    assert table.words.count(HEAD) == 1
    for page_text in page_words(data):
        if re.search(r"north\d+", page_text):
            assert re.sub(r"\s+", " ", page_text).count(HEAD) == 1, "the head is on every page of the table"


def test_a_column_and_its_head_end_at_the_same_edge_where_it_holds_numbers() -> None:
    rows: list[list[object]] = [
        ["oil", Decimal("12.5"), "about 16"],
        ["wine", Decimal(9), Decimal("1.7")],
        ["wool", None, Decimal(73)],
    ]
    planned = plan_guide(with_table(["Before", "Later"], rows), options())
    (page,) = [p for p in planned.pages if any("about 16" in text for text in _texts(p))]
    edges: dict[float, list[str]] = {}
    for item in page.items:
        if isinstance(item, PageLines) and item.paragraph.style.align == "right":
            edges.setdefault(round(item.x + item.paragraph.measure, 1), []).append(words_of(item.paragraph))
    assert len(edges) == 2
    assert sum("Before" in t or "12.5" in t for t in edges[min(edges)]) == 2
    assert sum("Later" in t or "about" in t or "73" in t for t in edges[max(edges)]) == 3


def _texts(page: GuidePage) -> list[str]:
    return [words_of(item.paragraph) for item in page.items if isinstance(item, PageLines)]


@pytest.mark.parametrize("count", [3, 24, 36, 40, 44])
def test_a_table_is_as_wide_as_the_text_or_as_the_page(count: int) -> None:
    cell = "s" * count
    planned = plan_guide(
        with_table([HEAD, "Currents"], [["oil", cell, cell], ["wine", cell, cell]]), options()
    )
    geometry = planned.course.page
    (page,) = [p for p in planned.pages if any(HEAD in text for text in _texts(p))]
    top = min(i.y for i in page.items if isinstance(i, PageLines) and HEAD in words_of(i.paragraph))
    rules = [i for i in page.items if isinstance(i, PagePolyline) and abs(i.points[0][1] - top) < 20]
    widths = {round(rule.points[-1][0] - rule.points[0][0], 2) for rule in rules}
    assert widths == {round(geometry.text if count < 30 else geometry.full_width, 2)}


@pytest.mark.parametrize(("title", "end"), [("What Is a City?", "City? "), ("A City", "City. ")])
def test_a_source_s_title_has_one_sign_at_its_end(title: str, end: str) -> None:
    outline = athens()
    source = outline.sources[1].model_copy(update={"title": title})
    course = outline.model_copy(update={"sources": (outline.sources[0], source)})
    text = tree(guide.build(course, options())[0].data).words
    assert f"Kagan, Donald. {title.rstrip('?')}" in text
    assert end + "New York" in text


def test_a_title_in_letters_that_the_italic_lacks_stands_upright_as_a_whole() -> None:
    outline = athens()
    titles = ("Афины 404 года", "The Peloponnesian War")
    works = [
        source.model_copy(update={"kind": "book", "title": title})
        for source, title in zip(outline.sources, titles, strict=True)
    ]
    planned = plan_guide(outline.model_copy(update={"sources": tuple(works)}), options())
    runs = [
        bit[0]
        for page in planned.pages
        for item in page.items
        if isinstance(item, PageLines) and item.paragraph.glue
        for word in item.paragraph.words
        for bit in word
        if isinstance(bit[0], Run)
    ]
    assert {run.face.name for run in runs if "Афины" in run.text} == {"serif-regular"}
    assert "serif-italic" in {run.face.name for run in runs if titles[1] in run.text}
