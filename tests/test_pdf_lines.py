"""Lines: where paragraphs are broken."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.typesetting.fonts import face
from builders.typesetting.hyphenation import breaks
from builders.typesetting.line_breaking import whole_word_cuts
from builders.typesetting.paragraph import (
    Align,
    Paragraph,
    Run,
    Style,
    set_balanced,
)

CASES = sorted((Path(__file__).parent / "cases" / "lines").glob("*.txt"))
WORDS = [
    "el",
    "mar",
    "y",
    "la",
    "costa",
    "barcos",
    "velas",
    "remos",
    "administración",
    "navegante",
    "comercio",
    "puerto",
    "ciudad-estado",
    "extraordinariamente",
    "1492–1504",
    "viento",
    "«alisios»",
    "brújula",
    "cartografía",
    "a",
    "o",
    "un",
    "de",
]


def style(align: Align = "left", lang: str | None = "es", size: float = 10.5) -> Style:
    return Style(face("serif"), size, 14.5, "#000000", align, 0, lang)


def shown(paragraph: Paragraph) -> list[str]:
    """Return the lines as they are printed, a hyphen for a soft one."""
    return [" ".join(map(str, paragraph.part(line))).replace("\u00ad", "-") for line in paragraph.lines]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_paragraph_breaks_as_it_should(case: Path, request: pytest.FixtureRequest) -> None:
    head, text, *expected = case.read_text(encoding="utf-8").split("\n---\n")
    values = dict(part.split("=") for part in head.split())
    lang = values["lang"] if values["lang"] != "none" else None
    align: Align = "justify" if values["align"] == "justify" else "left"
    lines = shown(Paragraph(" ".join(text.split()), style(align, lang), float(values["width"])))
    if request.config.getoption("--update-golden"):
        case.write_text("\n---\n".join([head, text, "\n".join(lines) + "\n"]), encoding="utf-8")
    assert lines == expected[0].strip().split("\n")


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts, st.floats(60, 400), st.sampled_from(["left", "justify"]), st.sampled_from(["es", None]))
def test_no_line_is_overfull_and_no_character_is_lost(
    text: str, width: float, align: Align, lang: str | None
) -> None:
    paragraph = Paragraph(text, style(align, lang), width)
    shrink = 0.25 * paragraph.style.face.space * 0.0105 if align == "justify" else 0
    for line in paragraph.lines:
        gaps = line.last - line.first
        too_wide = paragraph.line_width(line) > width + gaps * shrink + 0.01
        assert not too_wide or gaps == 0, "only a piece that cannot be broken may stick out"
    assert _joined(paragraph).split() == text.split()


def _joined(paragraph: Paragraph) -> str:
    """Return the text that the lines give when what was broken is put together again."""
    out = ""
    for line in paragraph.lines:
        words = " ".join(map(str, paragraph.part(line)))
        out += words.removesuffix("\u00ad") if line.end is not None else words + " "
    return out


@settings(max_examples=60, deadline=None)
@given(texts, st.floats(90, 300))
def test_runs_of_one_look_break_like_plain_text(text: str, width: float) -> None:
    own = style("justify")
    plain = Paragraph(text, own, width)
    mixed = Paragraph([Run(text, own.face)], own, width)
    assert plain.lines == mixed.lines


@pytest.mark.parametrize("mixed", [False, True])
def test_a_word_that_is_wider_than_the_line_is_broken_between_letters_where_nothing_else_breaks_it(
    mixed: bool,
) -> None:
    own = style(lang=None)
    text = "de electroencefalografista a"
    runs = [Run(text[:9], own.face), Run(text[9:], own.face)]
    paragraph = Paragraph(runs if mixed else text, own, 60)
    assert all(paragraph.line_width(line) <= 60 for line in paragraph.lines)
    if not mixed:
        assert shown(paragraph)[0] == "de"
        assert _joined(paragraph).split() == text.split()


def test_a_letter_is_not_parted_from_its_accents() -> None:
    word = "q\u0301\u0323" * 40
    paragraph = Paragraph(word, style(lang=None), 60)
    assert len(paragraph.lines) > 2
    assert all(words.startswith("q") for words in shown(paragraph))


def test_soft_hyphens_rule_over_the_dictionary() -> None:
    paragraph = Paragraph("an extra\u00adordinary voyage", style("justify", "en"), 72)
    assert "extra-" in " ".join(shown(paragraph)).replace("an ", "").split()


def test_a_title_is_balanced() -> None:
    title = set_balanced("La administración de los puertos del mar", style(size=20), 330)
    widths = [title.line_width(line) for line in title.lines]
    assert len(widths) == 2
    assert min(widths) > 0.7 * max(widths)


@pytest.mark.parametrize("joint", ["/", "–", "-", "\u00ad"])
def test_a_long_chain_of_words_is_measured_in_proportion_to_its_length(joint: str) -> None:
    measured = 0

    def measure(text: str) -> float:
        nonlocal measured
        measured += len(text)
        return face("serif").width(text)

    chain = joint.join(["lamp"] * 1000)
    assert whole_word_cuts(breaks(chain, "en"), measure, chain)
    assert measured < 4 * len(chain)
    set_in_lines = Paragraph(chain, style(), 300)
    assert all(set_in_lines.line_width(line) <= 300.1 for line in set_in_lines.lines)
    assert len(set_in_lines.lines) < 1.1 * set_in_lines.longest / 300 + 1
