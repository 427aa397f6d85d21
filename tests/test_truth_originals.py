"""An original is printed and spoken beside its translation, and not beside the same words."""

from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from builders import deck, guide
from builders.deck.options import DeckOptions
from builders.guide.options import GuideOptions
from builders.language.markup import drop_same_words
from builders.outline import load
from builders.outline.model import Outline
from builders.yaml_source import source
from tests.pdf_reading import tree

COURSE = """
languages: [fr, en]
original_language: fr
title: {fr: Des livres, en: Books}
lanes: [{id: a, name: {fr: Livres, en: Books}}]
people:
  - id: author
    name: {fr: Marie la Haute, en: Mary the High}
    original: Marie la Haute
    role: {fr: Elle écrit., en: She writes.}
terms:
  - id: quire
    name: {fr: cahier, en: quire}
    original: Cahier
    definition: {fr: 'Des feuilles pliées.', en: Folded sheets.}
sections:
  - id: s
    title: {fr: Un, en: One}
    period: 1789/1790
    question: {fr: Combien de fois, en: How often}
    summary: {fr: '[Elle](#author) plie un [cahier](#quire).', en: '[She](#author) folds a [quire](#quire).'}
    blocks:
      - quote:
          text:
            fr: |
              Tout *livre* naît
              libre.

              Il le demeure.
            en: Every book is born free. It stays so.
          original: Tout livre naît libre. Il le demeure !
          document: {fr: Lettre, en: Letter}
"""


def outline() -> Outline:
    return load.read_outline(source.parse_source(COURSE), Path()).outline


def squeeze(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u2060", "").split())


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("edition", ["study", "worksheet", "teacher", "large-print"])
def test_the_guide_prints_an_original_once(lang: str, edition: str) -> None:
    words = squeeze(tree(guide.build(outline(), GuideOptions(lang=lang, edition=edition))[0].data).words)
    assert words.count("naît libre") == 1
    assert words.count("Every book is born free") == (lang == "en")
    assert ("High, Mary the Marie la Haute" in words or "Mary the High Marie la Haute" in words) == (
        lang == "en"
    )
    assert "la Haute Marie" not in words
    assert "Haute, Marie la Marie" not in words
    assert ("cahier Cahier" in words, "quire Cahier" in words) == (False, lang == "en")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_deck_shows_and_says_an_original_once(lang: str) -> None:
    (artifact,) = deck.build(outline(), DeckOptions(lang=lang))
    slides = Presentation(BytesIO(artifact.data)).slides
    shown = squeeze(
        " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    )
    said = squeeze(" ".join(slide.notes_slide.notes_text_frame.text for slide in slides))
    assert shown.count("naît libre") == said.count("naît libre") == 1
    assert shown.casefold().count("cahier") == (2 if lang == "fr" else 1)
    assert shown.count("Marie la Haute") == 1


@pytest.mark.parametrize(
    ("original", "text", "printed"),
    [
        ("Il le demeure !", "Il le\ndemeure.", False),
        ("cafe\u0301", "**Café**", False),
        ("Ελλάς", "ΕΛΛΆΣ", False),
        ("Il le demeurait", "Il le demeure", True),
        ("Мир", "Peace", True),
        ("20 Lettres", "Lettres", True),
    ],
)
def test_an_original_is_printed_where_its_words_differ(original: str, text: str, printed: bool) -> None:
    assert (drop_same_words(original, text) == original) == printed
