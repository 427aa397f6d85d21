"""What pages say of maps: events in a tagged list, a true legend, blank maps with a key, locators."""

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pyproj import Geod

from builders import deck, guide
from builders.deck.options import DeckOptions
from builders.guide.options import GuideOptions
from builders.outline.load import load_outline
from tests.pdf_elements import Element, read_tree

FILE = Path(__file__).parent / "outlines" / "aegean.yaml"
NAMES = ("Marathon", "Salamis", "Sparta", "Corinth", "Delos", "Miletus", "Persian fleet")
SPACES = re.compile(r"\s+")


@cache
def build(edition: str = "study") -> bytes:
    options = GuideOptions(lang="en", root=FILE.parent, edition=edition)
    (artifact,) = guide.build(load_outline(FILE).outline, options)
    return artifact.data


def figures(edition: str) -> list[Element]:
    return [one for one in read_tree(build(edition)).walk() if one.tag == "Figure" and "Map: " in one.alt]


def read_page(edition: str, title: str) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(build(edition)))
    texts = (SPACES.sub(" ", page.get_textpage().get_text_range()) for page in pages)
    return next(text for text in texts if title in text and " km" in text)


def test_the_events_of_a_map_are_a_list_in_order_of_time() -> None:
    lists = [one for one in read_tree(build()).walk() if one.tag == "L"]
    told = [[item.words for item in one.kids] for one in lists]
    assert [item for items in told for item in items if "(Marathon)" in item or "(Salamis)" in item] == [
        "1 Sep 490 BC Battle of Marathon (Marathon)",
        "2 Sep 480 BC Naval victory at Salamis (Salamis)",
    ]


def test_the_legend_tells_what_is_drawn_and_nothing_else() -> None:
    first = read_page("study", "decided at sea")
    assert "city" in first
    assert "site" in first
    assert "approximate" in first
    for absent in ("capital", "battle", "border", "front", "modern borders"):
        assert absent not in first
    second = read_page("study", "ringed the Aegean")
    for there in ("capital", "battle", "city", "approximate"):
        assert there in second
    assert "site" not in second


def test_the_scale_bar_is_as_long_as_its_kilometres() -> None:
    document = pypdfium2.PdfDocument(io.BytesIO(build()))
    texts = [page.get_textpage().get_text_range() for page in document]
    number = next(n for n, text in enumerate(texts) if "decided at sea" in text)
    paths: list[list[tuple[float, ...]]] = [[]]
    with pikepdf.open(io.BytesIO(build())) as pdf:
        for step in pikepdf.parse_content_stream(pdf.pages[number]):
            if str(step.operator) in ("m", "l"):
                paths[-1].append(tuple(float(one) for one in step.operands))
            elif str(step.operator) in ("S", "f", "f*", "B", "n"):
                paths.append([])
    (bar,) = (
        path
        for path in paths
        if len(path) == 4
        and path[0][0] == path[1][0]
        and path[2][0] == path[3][0]
        and path[0][1] == path[3][1]
    )
    kilometres = float(re.search(r"(\d+)\s*km", texts[number])[1])  # type: ignore[index]
    # the map shows 8 degrees at its middle latitude over the page's full width
    _, _, metres = Geod(ellps="WGS84").inv(20.5, 38.75, 28.5, 38.75)
    assert (bar[2][0] - bar[1][0]) / kilometres == pytest.approx(462.0 / (metres / 1000), rel=0.06)


def test_a_blank_map_names_nothing_and_its_key_names_all() -> None:
    page = read_page("worksheet", "decided at sea")
    shown = page[: page.index(" km")]
    for name in NAMES:
        assert name not in shown
    (alt,) = (one.alt for one in figures("worksheet") if "decided at sea" in one.alt)
    assert not any(name in alt for name in NAMES)
    assert len(re.findall(r"_{6,}", page)) == len(NAMES)
    tree = [one for one in read_tree(build("worksheet")).walk() if one.tag == "P"]
    (key,) = (one.words for one in tree if all(name in one.words for name in NAMES))
    told = dict(re.findall(r"(\d+)\s([^\d]+?)(?=\s\d|$)", key))
    assert sorted(told.values()) == sorted(NAMES)
    assert sorted(map(int, told)) == list(range(1, len(NAMES) + 1))
    assert not [
        one for one in read_tree(build()).walk() if one.tag == "P" and all(n in one.words for n in NAMES)
    ]


def test_an_opener_shows_where_its_events_happened() -> None:
    told = [one.alt for one in figures("study") if "Against the Persians" in one.alt]
    assert len(told) == 1
    assert "Marathon" in told[0]
    assert "Salamis" in told[0]
    assert "Sparta" not in told[0]
    assert not [one for one in figures("large-print") if "Against the Persians" in one.alt]


def test_the_preview_of_a_slide_draws_the_map_and_says_it() -> None:
    leaves, _ = deck.preview_slides(load_outline(FILE).outline, DeckOptions(lang="en", root=FILE.parent))
    (leaf,) = (one for one in leaves if "ringed the Aegean" in one.words)
    assert "Attica" in leaf.words
    assert leaf.svg
    assert leaf.svg.count("<path") > 10
    for name in ("Athens", "Syracuse", "Attica", "expedition"):
        assert name in leaf.svg
