"""Text that fits on slides: where lines end, where sentences end, and what goes on to the next slide."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.deck import metrics
from builders.deck.fitting import TextArea, fit_text, fits_area
from builders.deck.line_breaking import (
    WIDTH_SAFETY,
    break_lines,
    find_missing_characters,
    measure_height,
)
from builders.deck.model import SlideParagraph, SlideRun
from builders.deck.splitting import split_sentences

LINES = sorted((Path(__file__).parent / "cases" / "deck" / "lines").glob("*.txt"))


def paragraph(text: str, bullet: bool = False) -> SlideParagraph:
    return SlideParagraph((SlideRun(text),), bullet="square" if bullet else None)


@pytest.mark.parametrize("case", LINES, ids=lambda path: path.stem)
def test_lines_end_where_presentation_programs_end_them(case: Path) -> None:
    head, text, _, *expected = case.read_text(encoding="utf-8").splitlines()
    size, measure = map(float, head.split())
    found = [text[line.start : line.end].strip() for line in break_lines(paragraph(text), size, measure)]
    assert found == expected


def test_advances_are_those_of_the_face() -> None:
    assert metrics.get_face_metrics().measure_width("El zar") == sum(
        metrics.get_face_metrics().advances[c] for c in "El zar"
    )
    assert metrics.get_face_metrics(bold=True).measure_width(
        "Duma"
    ) > metrics.get_face_metrics().measure_width("Duma")
    assert metrics.get_face_metrics().measure_width("🚢") == metrics.UNITS_PER_EM
    assert metrics.get_face_metrics().measure_width("e\u0301") == metrics.get_face_metrics().measure_width(
        "e"
    )
    assert find_missing_characters([SlideRun("A 🚢")]) == {"🚢"}


def test_every_line_fits_with_advances_four_per_cent_wider() -> None:
    text = "Every tea house recorded two hundred bolts of plain cloth at a price that rose each year"
    for line in break_lines(paragraph(text), 20, 250):
        natural = (
            metrics.get_face_metrics().measure_width(text[line.start : line.end].strip())
            * 20
            / metrics.UNITS_PER_EM
        )
        assert natural * 1.04 <= 250
    assert WIDTH_SAFETY == 1.04


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bay was closed. Nobody left.", ["The bay was closed.", "Nobody left."]),
        ("c. 1820 came St. Paul. He left.", ["c. 1820 came St. Paul.", "He left."]),
        ("¿Quién lo hizo? «El zar.» Nadie más.", ["¿Quién lo hizo?", "«El zar.»", "Nadie más."]),
        ("La Orden n.º 1 mandaba. El art. 4 no.", ["La Orden n.º 1 mandaba.", "El art. 4 no."]),
        ("J. Arch Getty disagrees.", ["J. Arch Getty disagrees."]),
    ],
)
def test_sentences_end_at_full_stops_but_not_at_abbreviations(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(paragraph(text))] == expected


words = st.lists(st.text("abcdefgh", min_size=1, max_size=70), min_size=1, max_size=60).map(" ".join)
texts = st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=12)


@given(texts, st.floats(120, 900), st.floats(90, 400), st.integers(20, 32))
def test_nothing_is_lost_or_moved_and_every_part_fits(
    given_texts: list[tuple[str, bool]], wide: float, high: float, size: int
) -> None:
    room = TextArea(wide, high, size, 18, most_items=7)
    found = fit_text([paragraph(text, bullet) for text, bullet in given_texts], room)
    shown = "".join(p.text.replace(" ", "") for part in found.parts for p in part)
    assert shown == "".join(text.replace(" ", "") for text, _ in given_texts)
    assert 18 <= found.size <= size
    for part in found.parts:
        assert part
        assert fits_area(part, room, found.size) or len(part) == 1


@given(st.lists(words, min_size=8, max_size=30))
def test_parts_are_even_so_that_no_slide_holds_a_lone_last_line(given_texts: list[str]) -> None:
    room = TextArea(570, 330, 24, 20)
    found = fit_text([paragraph(text, True) for text in given_texts], room)
    if len(found.parts) < 2:
        return
    heights = [measure_height(part, found.size, room.w) for part in found.parts]
    longest = max(measure_height([p], found.size, room.w) for part in found.parts for p in part)
    assert heights[-1] >= max(heights) - longest * 3 or len(found.parts[-1]) > 1


def test_what_fits_at_a_smaller_size_stays_on_one_slide() -> None:
    text = [paragraph("The harbour master weighed forty chests of unsorted leaf before the rains.", True)] * 5
    found = fit_text(text, TextArea(570, 300, 24, 20))
    assert len(found.parts) == 1
    assert 20 <= found.size < 24
