"""The guide's life lines: lives to one scale, with the part that lies in the section."""

from collections.abc import Iterator

import pytest

from tests.drawn_guides import Guide, Leaf, read_guide
from tests.drawn_rulers import (
    GUIDES,
    NEAR,
    year_of,
)
from tests.drawn_time import Scale, days_of, year_written
from tests.pdf_shapes import Shape, rectangles


def lives(guide: Guide) -> Iterator[tuple[dict[str, str], int, Leaf, Shape, Shape | None, float]]:
    """Yield each drawn life: person, section, page, bar, the section's part of it, left of the note."""
    for person in guide.source["people"]:
        if "born" not in person or "died" not in person:
            continue
        name = guide.say(person["name"])
        for number in range(len(guide.sections)):
            for page in guide.pages_of(number):
                heads = [words for words in page.words if words.text == name and words.bold]
                for head in heads[:1]:
                    near = [
                        shape
                        for shape in rectangles([s for s in page.shapes if s.figure is None and not s.form])
                        if 0 < shape.middle[1] - head.baseline < 30 and shape.high < 14
                        and head.left - 1 < shape.left < head.left + 400 and shape.high < 7
                    ]  # fmt: skip
                    line = near[0].middle[1] if near else 0
                    ours = [shape for shape in near if abs(shape.middle[1] - line) < 0.1]
                    bar = min(ours, key=lambda shape: shape.high)
                    part = next((shape for shape in ours if shape.high > bar.high), None)
                    yield person, number, page, bar, part, head.left


def life_scale(guide: Guide) -> Scale:
    """Return the scale of the life lines, from the left of their notes."""
    known = []
    for person, _, _, bar, _, left in lives(guide):
        born, died = days_of(person["born"])[0], days_of(person["died"])[1] - 1
        known += [(born, bar.left - left), (died, bar.right - left)]
    return Scale.through(known, NEAR)


@pytest.mark.parametrize("name", ["study", "large print", "grey"])
def test_lives_are_drawn_to_one_scale_from_left_to_right(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    drawn = [person["id"] for person, *_ in lives(guide)]
    assert drawn == [person["id"] for person in guide.source["people"]]
    assert life_scale(guide).points > 0


@pytest.mark.parametrize("name", ["study", "large print", "grey"])
def test_a_life_line_marks_what_of_the_life_lies_in_the_section_in_its_hue(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    scale = life_scale(guide)
    for person, number, _, _, part, left in lives(guide):
        first, end = days_of(guide.sections[number]["period"])
        born, died = days_of(person["born"])[0], days_of(person["died"])[1] - 1
        lived = max(first, born), min(end - 1, died)
        assert (part is not None) == (lived[1] > lived[0])
        if part:
            assert part.fill == guide.hue(number)
            assert part.left - left == pytest.approx(scale.at(lived[0]), abs=NEAR)
            assert part.right - left == pytest.approx(scale.at(lived[1]), abs=max(NEAR, 1.01 - part.wide))


@pytest.mark.parametrize("name", list(GUIDES))
def test_the_years_of_birth_and_death_stand_at_their_ends_of_the_life(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    for person, _, page, bar, _, _ in lives(guide):
        beside = [w for w in page.words if abs(w.baseline - w.size * 0.33 - bar.middle[1]) < 0.5]
        (before,) = [w for w in beside if 2 < bar.left - w.right < 4.5]
        (after,) = [w for w in beside if 2 < w.left - bar.right < 4.5]
        ends = [year_of(days_of(person[key])[0]) for key in ("born", "died")]
        assert [year_written(before.text), year_written(after.text)] == ends
