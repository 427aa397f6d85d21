"""Faces and their measures."""

from pathlib import Path

import pytest
import uharfbuzz as hb

from builders.typesetting import fonts

ATHENS = Path(__file__).parent / "outlines" / "athens.yaml"


def _shaped(font: hb.Font, word: str) -> int:
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"kern": True, "liga": True})
    return sum(position.x_advance for position in buffer.glyph_positions)


@pytest.mark.parametrize("family", ["serif", "sans"])
@pytest.mark.parametrize("weight", ["regular", "italic", "bold", "black"])
def test_a_word_is_as_wide_as_harfbuzz_sets_it(family: fonts.Family, weight: fonts.Weight) -> None:
    """Nor do its parts differ, where it is broken."""
    face = fonts.face(family, weight)
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(face.path))))
    words = {"AVATAR", "officina", "Tóth", "1917–1922", "«Yo»", "L’Été", "T\u00a0V", "A1", "e\u0301", "Ὁ"}
    words |= set(ATHENS.read_text(encoding="utf-8").split())
    words |= {word[: len(word) // 2] for word in words if len(word) > 5}
    for word in words:
        if face.covers.issuperset(word):
            assert face.widths[word] == _shaped(font, word), word


def test_kerning_draws_letters_together() -> None:
    face = fonts.face("sans", "bold")
    assert face.widths["AV"] < face.widths["A"] + face.widths["V"]


def test_an_italic_without_greek_or_cyrillic_falls_back_to_its_upright() -> None:
    italic = fonts.face("serif", "italic")
    (run,) = italic.shapes["Περικλῆς"]
    assert run.face.name.endswith("regular")
    assert italic.width("Лев") == fonts.face("serif").width("Лев")


def test_a_word_of_two_scripts_keeps_to_one_face_if_it_can() -> None:
    (whole,) = fonts.face("serif", "italic").shapes["Лев1917"]
    assert whole.face.name == "serif-regular", "one face has it all"
    runs = fonts.face("serif", "italic").shapes["Ῥώμη\u2116"]
    assert "".join(text for run in runs for text in run.texts) == "Ῥώμη\u2116"


def test_a_space_or_hyphen_that_a_face_lacks_changes_no_face() -> None:
    for word in ("51,1\u202f%", "a\u2009b", "c’est\u2011à\u2011dire", "a\u200bb"):
        for family in ("serif", "sans"):
            (run,) = fonts.face(family).shapes[word]
            assert run.face is fonts.face(family)
            assert "".join(run.texts) == word


def test_a_character_that_no_face_has_is_named() -> None:
    with pytest.raises(fonts.MissingGlyph, match=r"U\+1F600 GRINNING FACE, in 'risa😀'"):
        fonts.face("sans").width("una risa😀")
    assert fonts.missing("risa 😀 y ऄ, ऄ") == ("😀", "ऄ")
    assert fonts.missing("Ordinary words, año, Ω, Ж, №, „so“, 51,1\u202f%") == ()


def test_accents_in_two_characters_measure_as_one() -> None:
    face = fonts.face("serif")
    assert face.width("cafe\u0301") == face.width("café")


@pytest.mark.parametrize("family", ["serif", "sans"])
@pytest.mark.parametrize("weight", ["regular", "italic", "semibold", "bold", "black", "bold-italic"])
def test_every_face_covers_what_missing_promises(family: fonts.Family, weight: fonts.Weight) -> None:
    text = "Ñandú œuvre ŐŰ ΑΩ ЖЩ №"
    assert fonts.missing(text) == ()
    assert fonts.face(family, weight).width(text) > 0
