"""A language is one file, held against the English one; what is wrong in it is told with its place."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from builders import deck, guide, poster
from builders.core.diagnostics import OutlineFaults
from builders.deck.options import DeckOptions
from builders.guide.options import GuideOptions
from builders.language import locales
from builders.outline.fields import CHART_KINDS
from builders.outline.load import load_outline
from builders.poster.options import PosterOptions

FOLDER = Path(locales.__file__).parent
BALLOONS = Path(__file__).parent / "outlines" / "ballons.yaml"
NARROW = "\u00a0"


@pytest.mark.parametrize("language", locales.list_languages())
def test_every_language_has_each_phrase_with_the_gaps_that_are_filled(language: str) -> None:
    assert locales.read_locale(FOLDER / f"{language}.yaml").tag.startswith(language)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "  key_question: Key question\n",
            "",
            "the phrase `key_question` is missing; add it; in English it is",
        ),
        ("  goals: By", "  gaols: By", "there is no phrase `gaols`; did you mean goals?"),
        ("'Answer: page {n}'", "'Answer: page {m}'", "nothing fills the gap {m}; use {n}"),
        ("'Answer: page {n}'", "'Answer: page n'", "the gap {n} is missing"),
        ("'Answer: page {n}'", "'Answer: page {n'", "a brace { has no partner }"),
        (
            "'{n} sheet', other",
            "'{n} sheet', few: x, other",
            "'few' is no plural category of 'xx'; use one, other",
        ),
        ("'{n} sheet', other: '{n} sheets'", "'{n} sheet'", "the plural form `other` is missing"),
        ("cite_place: after ", "cite_place: above ", "'above' is not known here; use before or after"),
        ("  decimal: '.'\n", "", "'decimal' is missing; add `decimal:` here"),
        (
            "century: '{number}{ending} century'",
            "century: '{count} century'",
            "nothing fills the gap {count}",
        ),
    ],
)
def test_a_fault_of_a_locale_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = (FOLDER / "en.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "xx.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(OutlineFaults) as caught:
        locales.read_locale(tmp_path / "xx.yaml")
    shown = [fault.format_in_file("outline.yaml") for fault in caught.value.faults]
    assert any(told in line and line.startswith(f"{tmp_path / 'xx.yaml'}:") for line in shown), shown


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("en", "1 sheet", "2 sheets"), ("es", "1 hoja", "2 hojas"), ("fr", "1 feuille", "2 feuilles"),
     ("de", "1 Blatt", "2 Blätter")],
)  # fmt: skip
def test_a_number_decides_the_form_of_its_noun(language: str, one: str, two: str) -> None:
    locale = locales.load_locale(language)
    assert (locale.write_count("sheets", 1), locale.write_count("sheets", 2)) == (one, two)
    assert locales.load_locale("fr").write_count("events", 0) == "0 événement"  # zero is singular in French


@pytest.mark.parametrize(
    ("language", "guide_words", "deck_words"),
    [
        (
            "fr",
            [
                "1er déc.",
                f"Corrigé{NARROW}: page",
                f"Source{NARROW}: ",
                "3467,5",
                "juin 1783 – janvier 1784",
                "1 partie",
            ],
            [f"Question 1{NARROW}: réponse", "Notions clés", f"Réponse{NARROW}: B"],
        ),
        (
            "de",
            ["1. Dez.", "Lösung: Seite", "Quelle: ", "3467,5", "Juni 1783 – Januar 1784", "1 Abschnitt"],
            ["Frage 1: Antwort", "Schlüsselbegriffe", "Antwort: B"],
        ),
    ],
)
def test_french_and_german_courses_speak_their_language(
    language: str, guide_words: list[str], deck_words: list[str]
) -> None:
    outline = load_outline(BALLOONS).outline
    (printed,) = guide.build(outline, GuideOptions(lang=language))
    wall, _ = poster.build(outline, PosterOptions(lang=language))
    (slides_made,) = deck.build(outline, DeckOptions(lang=language))
    text = "\n".join([_pdf_text(printed.data), _pdf_text(wall.data), _alternatives(wall.data)])
    for words in guide_words:
        assert words in text.replace("\n", " ") or words.replace(NARROW, " ") in text, words
    slides = Presentation(BytesIO(slides_made.data)).slides
    shown = "\n".join(
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    )
    for words in deck_words:
        assert words in shown, words


def _pdf_text(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def _alternatives(data: bytes) -> str:
    """Return the texts that stand for a document's figures."""
    import pikepdf

    pdf = pikepdf.open(BytesIO(data))
    objects = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]
    return "\n".join(str(thing.Alt) for thing in objects)


@pytest.mark.parametrize("builder", ["guide", "deck"])
def test_every_kind_of_chart_has_its_name(builder: str) -> None:
    words = locales.load_locale(locales.REFERENCE).words[builder]
    assert {f"chart_{kind}" for kind in CHART_KINDS} <= {*words}
