"""Large print's timelines: marks and spans stand at their dates on a strip across the page."""

import pytest

from tests.drawn_guides import Guide, Leaf, read_guide
from tests.drawn_time import Scale, day_of, marked_day, year_written
from tests.drawn_timelines import NEAR, is_main, reach, scaled
from tests.pdf_shapes import Shape

STRIPS = {
    "large print": ("cables", "en", "large-print", False, "a4"),
    "before Christ": ("athens", "es", "large-print", False, "letter"),
}


@pytest.fixture(params=STRIPS)
def large(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*STRIPS[request.param])


def strip_scale(page: Leaf, shapes: list[Shape], ends: tuple[int, int]) -> tuple[Shape, Scale]:
    """Return a strip's axis and its scale, from its ends and the years below its ticks."""
    axis = max((s for s in shapes if s.is_level and not s.dash), key=lambda s: s.wide)
    known: list[tuple[float, float]] = [(ends[0], axis.left), (ends[1], axis.right)]
    for shape in shapes:
        if shape.is_upright and not shape.dash and abs(shape.top - axis.top) < NEAR:
            for words in page.words:
                year = year_written(words.text)
                below = 0 < words.baseline - words.size * 0.8 - shape.bottom < 8
                if (
                    year is not None
                    and below
                    and abs(words.middle - shape.left) < 1
                    and shape.left > axis.left + 1
                ):
                    known.append((day_of(year), shape.left))
    scale = Scale.through(known, NEAR)
    assert scale.points > 0, "time runs from left to right"
    return axis, scale


def test_a_strip_marks_every_event_at_its_date_the_decisive_ones_with_a_square(large: Guide) -> None:
    for number, section in enumerate(large.sections):
        page, shapes = large.timeline(number)
        axis, scale = strip_scale(page, shapes, reach(section))
        marks = [
            shape for shape in shapes
            if abs(shape.middle[1] - axis.top) < NEAR and abs(shape.wide - shape.high) < 0.1
        ]  # fmt: skip
        drawn = sorted((mark.middle[0], mark.is_rectangle) for mark in marks)
        due = sorted((scale.at(marked_day(e["date"])), is_main(e)) for e in section["events"])
        assert [square for _, square in drawn] == [main for _, main in due]
        assert [place for place, _ in drawn] == pytest.approx([place for place, _ in due], abs=NEAR)
        assert {m.fill if m.is_rectangle else m.stroke for m in marks} == {large.hue(number)}


def test_a_strip_shows_what_lasts_from_its_first_day_to_its_last(large: Guide) -> None:
    for number, section in enumerate(large.sections):
        page, shapes = large.timeline(number)
        _, scale = strip_scale(page, shapes, reach(section))
        spans = [scaled(scale, e) for e in section["events"] if is_main(e)]
        due = sorted(span for span in spans if span[1] - span[0] > 21)
        drawn = sorted((s.left, s.right) for s in shapes if s.is_level and s.dash)
        assert len(drawn) == len(due)
        for one, other in zip(drawn, due, strict=True):
            assert one == pytest.approx(other, abs=NEAR)


def test_a_strip_is_followed_by_the_decisive_events_in_order_with_their_dates() -> None:
    page, shapes = read_guide(*STRIPS["large print"]).timeline(0)
    foot = max(shape.bottom for shape in shapes)
    below = [words for words in page.words if words.baseline > foot]
    lines: dict[int, list[str]] = {}
    for words in sorted(below, key=lambda words: (round(words.baseline), words.left)):
        lines.setdefault(round(words.baseline), []).append(words.text)
    assert [" ".join(line[1:]) for line in lines.values() if line[0] == "■"] == [
        "14 May 1838 The first core is wound",
        "Aug 1850 – Nov 1851 The channel is crossed",
        "Apr 1855 A line runs to the Levant",
    ]
