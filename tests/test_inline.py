"""Inline markup: what is markup, what is not, and that nothing of a text is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import inline
from builders.inline import Cite, Run


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("plain", [Run("plain")]),
        ("a *b* **c**", [Run("a "), Run("b", italic=True), Run(" "), Run("c", strong=True)]),
        ("[lava *hot*](#lava)", [Run("lava ", link="#lava"), Run("hot", italic=True, link="#lava")]),
        ("[site](https://example.org/a?b=ñ)", [Run("site", link="https://example.org/a?b=ñ")]),
        ("x [@a, p. 4; @b].", [Run("x "), Run("", cites=(Cite("a", "p. 4"), Cite("b"))), Run(".")]),
        (r"2 \* 3 \[x\]", [Run("2 * 3 [x]")]),
        ("<b>x</b> `y` & snake_case", [Run("<b>x</b> `y` & snake_case")]),
        ("# no\nheading", [Run("# no heading")]),
        ("[@a](#b)", [Run("@a", link="#b")]),
    ],
)
def test_markup_is_read_as_documented(text: str, runs: list[Run]) -> None:
    assert inline.parse(text) == (tuple(runs),)


def test_a_blank_line_parts_paragraphs_and_a_line_end_is_a_space() -> None:
    assert [inline.words(p) for p in inline.parse("one\n two\n \n  three\n")] == ["one two", "three"]


def test_a_citation_takes_the_space_before_it_along() -> None:
    assert inline.plain("Ash falls [@a, p. 1]. *Slowly*.") == "Ash falls. Slowly."


@pytest.mark.parametrize("text", ["[@a b]", "[@a; b]", "[@a;]"])
def test_a_broken_citation_is_a_fault(text: str) -> None:
    with pytest.raises(inline.CiteFault, match="is not a citation"):
        inline.parse(text)


def test_a_citation_in_curly_quotes_is_told_from_other_slips() -> None:
    with pytest.raises(inline.CiteFault, match="straight quotes"):
        inline.cites("‘@beard2015’")


@given(st.text(alphabet=st.characters(exclude_characters="*_[]\\\r\0", exclude_categories=["Cs"])))
def test_text_without_markup_comes_out_word_for_word(text: str) -> None:
    words = [inline.words(paragraph) for paragraph in inline.parse(text)]
    assert re.sub(r"\s+", "", "".join(words)) == re.sub(r"\s+", "", text)


@given(st.text(alphabet="a*_[]()@#\\ ;,\n"))
def test_whatever_is_typed_gives_runs_or_a_fault(text: str) -> None:
    try:
        paragraphs = inline.parse(text)
    except inline.CiteFault:
        return
    assert all(run.text or run.cites for paragraph in paragraphs for run in paragraph)
