"""The deck's own accessibility check: it finds what is broken on purpose, and nothing in what we build."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches, Pt

from builders.deck import build
from builders.deck.accessibility import check_file
from builders.deck.chart_words import write_alt_text
from builders.deck.content import make_deck_content
from builders.deck.layouts import make_slide_page
from builders.deck.options import DeckOptions
from builders.outline.load import load_outline
from builders.theme.theme import load_shipped_theme

OUTLINES = Path(__file__).parent / "outlines"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@cache
def deck(lang: str) -> bytes:
    return build(load_outline(OUTLINES / "athens.yaml").outline, DeckOptions(lang=lang, root=OUTLINES))[
        0
    ].data


@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_we_build_breaks_no_rule(lang: str) -> None:
    assert check_file(deck(lang)) == []


def picture(presentation: Any) -> None:
    presentation.slides[3].shapes.add_picture(str(OUTLINES / "images" / "trireme.png"), 0, 0)


def no_alt(presentation: Any) -> None:
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                shape._element.find(f".//{P}cNvPr").attrib.pop("descr")
                return


def no_group_alt(presentation: Any) -> None:
    group = next(presentation.slides[0].element.iter(f"{P}grpSp"))
    group.find(f"{P}nvGrpSpPr/{P}cNvPr").attrib.pop("descr")


def same_title(presentation: Any) -> None:
    presentation.slides[4].shapes.title.text = presentation.slides[3].shapes.title.text


def no_title(presentation: Any) -> None:
    presentation.slides[4].shapes.title.text = ""


def title_last(presentation: Any) -> None:
    tree = presentation.slides[4].shapes._spTree
    tree.append(presentation.slides[4].shapes.title._element)


def no_language(presentation: Any) -> None:
    next(presentation.slides[4].element.iter(f"{A}rPr")).attrib.pop("lang")


def no_header_row(presentation: Any) -> None:
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.has_table:
                shape.table.first_row = False
                return


def pale(presentation: Any) -> None:
    run = presentation.slides[3].placeholders[1].text_frame.paragraphs[0].runs[0]
    run.font.fill.solid()
    run.font.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_2


def tiny(presentation: Any) -> None:
    presentation.slides[3].placeholders[1].text_frame.paragraphs[0].runs[0].font.size = Pt(8)


def empty_link(presentation: Any) -> None:
    box = presentation.slides[3].shapes.add_textbox(0, 0, Inches(1), Inches(1))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = "click here"
    run.hyperlink.address = "https://example.org"
    run._r.get_or_add_rPr().set("lang", "en-GB")


def nameless(presentation: Any) -> None:
    presentation.core_properties.title = ""


def speechless(presentation: Any) -> None:
    presentation.core_properties.language = ""


def without_sections(presentation: Any) -> None:
    for extension in presentation.element.findall(f"{P}extLst"):
        presentation.element.remove(extension)


FAULTS: list[tuple[Callable[[Any], None], str]] = [
    (picture, "alt-file-name"),
    (no_alt, "alt-missing"),
    (no_group_alt, "alt-missing"),
    (same_title, "title-repeated"),
    (no_title, "title-missing"),
    (title_last, "title-not-first"),
    (no_language, "run-language"),
    (no_header_row, "header-row"),
    (pale, "contrast"),
    (tiny, "small-print"),
    (empty_link, "link-text"),
    (nameless, "document-title"),
    (speechless, "document-language"),
    (without_sections, "sections"),
]


@pytest.mark.parametrize(("broken", "rule"), FAULTS, ids=[broken.__name__ for broken, _ in FAULTS])
def test_each_broken_rule_is_found(broken: Callable[[Any], None], rule: str) -> None:
    presentation = Presentation(io.BytesIO(deck("en")))
    broken(presentation)
    assert rule in {finding.rule for finding in check_file(saved(presentation))}


def saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def test_a_deck_from_elsewhere_is_checked_too() -> None:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[5])
    told = [str(finding) for finding in check_file(saved(presentation))]
    assert "slide 1: it has no title in a title placeholder" in told


def test_what_is_no_presentation_is_told_so() -> None:
    with pytest.raises(ValueError, match=r"not a \.pptx"):
        check_file(b"%PDF-1.7")


def test_alt_text_of_a_chart_says_the_finding_the_range_and_the_numbers() -> None:
    outline = load_outline(OUTLINES / "athens.yaml").outline
    own = make_deck_content(
        outline, DeckOptions(lang="en", root=OUTLINES), make_slide_page(load_shipped_theme().deck)
    )
    chart = next(block.chart for section in outline.sections for block in section.blocks if block.chart)
    alt = write_alt_text(own, chart)
    assert alt.startswith("Bar chart. Athens supplied half of the ships.")
    assert "From 40 (Corinth) to 180 (Athens)" in alt
    assert "Other cities: 158" in alt
