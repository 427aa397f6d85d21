"""Tables, charts and titles of any shape: in guides no word lies over another or off its page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from builders import guide
from builders.guide.editions import EDITIONS
from builders.guide.geometry import compute_geometry
from builders.guide.options import GuideOptions
from builders.outline.model import Outline
from tests.pdf_reading import Element, tree
from tests.test_any_outline import outline_of

SHORT = "tin oak rye hay fig ash elm yew bay ivy nut reed".split()  # noqa: SIM905
MONTHS = """January February March April May June July
    August September October November December""".split()  # noqa: SIM905
WORDS = """Lighthouses Administration Constitution Responsibilities Representation Intergovernmental
    Parliament Enfranchisement Institutionalised Commissioners Mediterranean Government""".split()  # noqa: SIM905
LONG = [f"Incomprehensibilities{word}keepership" for word in SHORT]  # no dictionary has these
CAPITALS = [word.upper() + "SEEZEICHENVERWALTUNGSAMT" for word in SHORT]
FREE = 0.35  # of the narrower of two letters: they may meet by so much, as kerned letters do
EVERY_EDITION = pytest.mark.parametrize("edition", ["study", "large-print"])

Box = tuple[float, float, float, float]


def en(text: str) -> dict[str, str]:
    return {"en": text}


def outline_with(*blocks: dict[str, Any], title: str = "Harbour lights", section: str = "Lamps") -> Outline:
    """Return a course of one section with these blocks."""
    return outline_of(
        {
            "languages": ["en"],
            "title": en(title),
            "lanes": [{"id": "l", "name": en("Coast")}],
            "sections": [
                {
                    "id": "s",
                    "title": en(section),
                    "period": "1780/1790",
                    "question": en("Who keeps the lamp?"),
                    "summary": en("A keeper does."),
                    "blocks": list(blocks),
                    "events": [{"id": "e", "date": "1785", "lane": "l", "label": en("First light")}],
                }
            ],
        }
    )


def table_of(heads: list[str], columns: list[str], cells: list[list[str]], **more: Any) -> dict[str, Any]:
    rows = [
        {"head": en(head), "cells": [cell if cell[0].isdigit() else en(cell) for cell in row]}
        for head, row in zip(heads, cells, strict=True)
    ]
    return {"table": {"title": en("What each has"), "columns": list(map(en, columns)), "rows": rows, **more}}


def grid(words: list[str], rows: int, columns: int) -> tuple[list[str], list[str], list[list[str]]]:
    """Return heads of rows and columns and cells, no two of a kind alike, all from a list of words."""
    heads = [f"{words[i % 12]} of {SHORT[-1 - i % 12]}" for i in range(rows)]
    cells = [[f"{words[(i + k) % 12]} {i} and {k}" for k in range(columns)] for i in range(rows)]
    return heads, words[:columns], cells


def build_guide(outline: Outline, edition: str) -> bytes:
    options = GuideOptions(lang="en", root=Path(), edition=edition)
    (artifact,) = guide.build(outline, options)
    return artifact.data


def read_letters(data: bytes) -> Iterator[list[tuple[str, Box]]]:
    """Yield of each page of a PDF the letters that are seen, each with the box of its ink."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        found = []
        for i in range(text.count_chars()):
            letter = chr(pdfium.FPDFText_GetUnicode(text.raw, i))
            left, bottom, right, top = text.get_charbox(i)
            if not letter.isspace() and right > left and top > bottom:
                found.append((letter, (left, bottom, right, top)))
        yield found


def list_collisions(letters: list[tuple[str, Box]]) -> list[tuple[str, str, Box]]:
    """Return the pairs of letters whose ink lies over each other."""
    found = []
    ordered = sorted(letters, key=lambda one: one[1][0])
    for i, (one, a) in enumerate(ordered):
        for other, b in ordered[i + 1 :]:
            if b[0] > a[2]:
                break
            wide, high = min(a[2], b[2]) - b[0], min(a[3], b[3]) - max(a[1], b[1])
            narrower, lower = min(a[2] - a[0], b[2] - b[0]), min(a[3] - a[1], b[3] - b[1])
            if a != b and wide > FREE * narrower and high > FREE * lower:  # not two letters of a ligature
                found.append((one, other, a))
    return found


def check_pages(data: bytes, edition: str, beside: str = "") -> None:
    """Assert that no word of a guide lies over another, and that none leaves what its page has for text.

    The ruler alone stands beside that: with years and numbers, and other letters as far as `beside` has them.
    """
    page = compute_geometry("a4", EDITIONS[edition].print, GuideOptions(lang="en").theme.guide)
    for number, letters in enumerate(read_letters(data)):
        assert list_collisions(letters) == [], (number + 1, "".join(one for one, _ in letters)[:80])
        left = page.find_full_left(number % 2 == 0)
        out = [one for one, box in letters if not left - 2 < box[0] < box[2] < left + page.full_width + 2]
        assert all(one.isdigit() or one in beside for one in out), f"page {number + 1}"


def read_cells(data: bytes) -> dict[frozenset[str], str]:
    """Return each cell of a guide's tables under their title, by the two heads that it belongs to."""
    found: dict[frozenset[str], str] = {}
    tables = [e for e in tree(data).walk() if e.tag == "Table" and e.kids[0].tag == "Caption"]
    for table in tables:
        head, *rows = (e for e in table.kids if e.tag == "TR")
        for row in rows:
            for above, cell in zip(head.kids[1:], row.kids[1:], strict=True):
                found[frozenset((read_words(row.kids[0]), read_words(above)))] = read_words(cell)
    return found


def read_words(element: Element) -> str:
    return element.words.replace("\u00a0", " ")


SHAPES = [
    (SHORT, 3, 12), (MONTHS, 3, 12), (MONTHS, 12, 12), (WORDS, 2, 4), (WORDS, 2, 7), (WORDS, 12, 8),
    (WORDS, 1, 12), (LONG, 2, 2), (LONG, 5, 5), (LONG, 12, 12), (CAPITALS, 3, 6),
]  # fmt: skip


@EVERY_EDITION
@pytest.mark.parametrize(("words", "rows", "columns"), SHAPES, ids=[f"{w[0]}-{r}x{c}" for w, r, c in SHAPES])
@pytest.mark.parametrize("corner", [False, True])
def test_no_cell_of_a_table_lies_over_another_and_each_stands_at_its_heads(
    edition: str, words: list[str], rows: int, columns: int, corner: bool
) -> None:
    heads, names, cells = grid(words, rows, columns)
    more = {"corner": en("Keeper")} if corner else {}
    data = build_guide(outline_with(table_of(heads, names, cells, **more)), edition)
    check_pages(data, edition)
    assert read_cells(data) == {
        frozenset((head, name)): cell
        for head, row in zip(heads, cells, strict=True)
        for name, cell in zip(names, row, strict=True)
    }


@EVERY_EDITION
def test_months_as_columns_stand_as_rows_and_a_corner_keeps_them_columns(edition: str) -> None:
    cells = [[str(1000 + 37 * k) for k in range(12)] for _ in range(3)]
    towns = ["Newcastle upon Tyne", "Great Yarmouth", "Berwick"]

    def heads_above(**more: Any) -> list[str]:
        data = build_guide(outline_with(table_of(towns, MONTHS, cells, **more)), edition)
        check_pages(data, edition)
        return [read_words(cell) for e in tree(data).walk() if e.tag == "TR" for cell in e.kids[:1]]

    assert set(MONTHS) <= set(heads_above())
    assert set(towns) <= set(heads_above(corner=en("Town")))


SERIES = ["Great landowners", "Peasant households of the coast", "Light dues paid by foreign masters"]


@EVERY_EDITION
@pytest.mark.parametrize("kind", ["bar", "line", "share", "range"])
@pytest.mark.parametrize("words", [SHORT, WORDS, LONG], ids=["short", "words", "long"])
@pytest.mark.parametrize(("rows", "series"), [(1, 1), (3, 2), (12, 1), (12, 3), (6, 6)])
def test_no_word_of_a_chart_lies_over_another(
    edition: str, kind: str, words: list[str], rows: int, series: int
) -> None:
    if kind in ("share", "range") and series > 1:
        pytest.skip("has one series")
    names = [f"{words[i]} {i}" for i in range(series)] if words is not WORDS else (SERIES + WORDS)[:series]

    def value(row: int, column: int) -> Any:
        number = 10 + 7 * row + 10 * column
        return [str(number), str(number + 9)] if kind == "range" else str(number)

    chart = {
        "kind": kind,
        "title": en(" ".join(words[:3])),
        "measure": en("Area"),
        "unit": en("million hectares"),
        "columns": list(map(en, names)) if series > 1 else [],
        "rows": [
            {
                "head": str(1800 + 7 * i)
                if kind == "line"
                else en(f"{words[i % 12]} and New {words[i % 5]}"),
                "cells": [value(i, k) for k in range(series)],
            }
            for i in range(rows)
        ],
    }
    check_pages(build_guide(outline_with({"chart": chart}), edition), edition)


TITLES = [
    "Counterrevolutionariesness",
    "Donaudampfschifffahrtsgesellschaftskapitaensmuetze",
    "W" * 60,
    "Of Antidisestablishmentarianisticalness and peace",
]


@EVERY_EDITION
@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_one_long_word_is_whole_on_the_cover_and_on_its_section(edition: str, title: str) -> None:
    data = build_guide(outline_with({"heading": en(title)}, title=title, section=title), edition)
    check_pages(data, edition)
    heads = [read_words(e) for e in tree(data).walk() if e.tag in ("H1", "H2", "H3")]
    assert [head.removeprefix("1 ") for head in heads].count(title) == 3
