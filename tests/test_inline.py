"""Inline markup: what is markup, what is not, and that nothing of a text is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.language import markup
from builders.language.markup import Cite, InlineRun


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [InlineRun("plain")]),
        (
            "a *b* **c**",
            [InlineRun("a "), InlineRun("b", italic=True), InlineRun(" "), InlineRun("c", strong=True)],
        ),
        (
            "[lava *hot*](#lava)",
            [InlineRun("lava ", link="#lava"), InlineRun("hot", italic=True, link="#lava")],
        ),
        ("[site](https://example.org/a?b=ñ)", [InlineRun("site", link="https://example.org/a?b=ñ")]),
        (
            "x [@a, p. 4; @b].",
            [InlineRun("x "), InlineRun("", cites=(Cite("a", "p. 4"), Cite("b"))), InlineRun(".")],
        ),
        (r"2 \* 3 \[x\]", [InlineRun("2 * 3 [x]")]),
        ("<b>x</b> `y` & snake_case", [InlineRun("<b>x</b> `y` & snake_case")]),
        ("# no\nheading", [InlineRun("# no heading")]),
        ("[@a](#b)", [InlineRun("@a", link="#b")]),
    ],
)
def test_markup_is_read_as_documented(text: str, runs: list[InlineRun]) -> None:
    assert markup.parse_paragraphs(text) == (tuple(runs),)


def test_a_blank_line_parts_paragraphs_and_a_line_end_is_a_space() -> None:
    assert [markup.join_runs(p) for p in markup.parse_paragraphs("one\n two\n \n  three\n")] == [
        "one two",
        "three",
    ]


def test_a_citation_takes_the_space_before_it_along() -> None:
    assert markup.strip_markup("Ash falls [@a, p. 1]. *Slowly*.") == "Ash falls. Slowly."


@pytest.mark.parametrize("text", ["[@a b]", "[@a; b]", "[@a;]"])
def test_a_broken_citation_is_a_fault(text: str) -> None:
    with pytest.raises(markup.CiteFault, match="is not a citation"):
        markup.parse_paragraphs(text)


def test_a_citation_in_curly_quotes_is_told_from_other_slips() -> None:
    with pytest.raises(markup.CiteFault, match="straight quotes"):
        markup.parse_cites("‘@beard2015’")


@given(st.text(alphabet=st.characters(exclude_characters="*_[]\\\r\0", exclude_categories=["Cs"])))
def test_text_without_markup_comes_out_word_for_word(text: str) -> None:
    words = [markup.join_runs(paragraph) for paragraph in markup.parse_paragraphs(text)]
    assert re.sub(r"\s+", "", "".join(words)) == re.sub(r"\s+", "", text)


@given(st.text(alphabet="a*_[]()@#\\ ;,\n"))
def test_whatever_is_typed_gives_runs_or_a_fault(text: str) -> None:
    try:
        paragraphs = markup.parse_paragraphs(text)
    except markup.CiteFault:
        return
    assert all(run.text or run.cites for paragraph in paragraphs for run in paragraph)
