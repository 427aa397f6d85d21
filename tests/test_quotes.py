"""A quotation stands in the marks of its own language."""

import io
from pathlib import Path

import pytest
from pptx import Presentation

from builders.deck import build
from builders.deck.options import DeckOptions
from builders.language.formatting import find_quotation_marks
from builders.outline.load import read_outline
from builders.yaml_source import source

SMALL = Path(__file__).parent / "outlines" / "one-language.yaml"


@pytest.mark.parametrize(
    ("language", "printed"), [("fr", "«\u00a0La lave\u00a0»"), ("de", "„La lave“"), ("tlh", "“La lave”")]
)
def test_an_original_is_printed_in_the_marks_of_its_language(language: str, printed: str) -> None:
    quote = (
        "      - quote:\n          text: Lava\n          original: La lave\n          document: A letter\n"
    )
    text = SMALL.read_text("utf-8").replace("    blocks:\n", f"    blocks:\n{quote}")
    outline = read_outline(
        source.parse_source(f"original_language: {language}\n{text}"), SMALL.parent
    ).outline
    (deck,) = build(outline, DeckOptions(lang="en"))
    shapes = [shape for slide in Presentation(io.BytesIO(deck.data)).slides for shape in slide.shapes]
    assert any(printed in shape.text_frame.text for shape in shapes if shape.has_text_frame)


def test_the_first_language_that_is_known_counts() -> None:
    assert find_quotation_marks("tlh", "es-MX", "en") == ("«", "»")
