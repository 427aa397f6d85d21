"""A section's number, hue and pattern are the same all through a guide, and the cover's axis is to scale."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.drawn_guides import WHITE, Guide, Leaf, read_guide, theme_sections, within
from tests.drawn_patterns import inks_of, pattern_of
from tests.drawn_rulers import (
    GUIDES,
    NEAR,
    assert_apart,
    cover_axis,
    cover_bar,
    cover_bars,
    cover_scale,
    marked,
)
from tests.drawn_time import days_of
from tests.pdf_shapes import Box, rectangles


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*GUIDES[request.param])


def shown_bars(guide: Guide, number: int) -> Iterator[tuple[str, Leaf, Box]]:
    """Yield where a section's bar shows its pattern: on its opener, the contents and the cover."""
    for name, page in (("opener", guide.opener(number)), ("contents", guide.pages[1])):
        own = marked(guide, number, guide.opener(number))
        bars = [bar for bar in page.ruler_bars if bar.colour == guide.hue(number)]
        yield name, page, next(bar.box for bar in bars if abs(bar.top - own.top) < 0.5)
    yield "cover", guide.pages[0], cover_bar(guide, number).box


def test_a_section_has_its_hue_and_pattern_wherever_it_is_drawn(guide: Guide) -> None:
    for number in range(len(guide.sections)):
        theme = theme_sections()[number]
        for place, page, box in shown_bars(guide, number):
            middle, half = (box[1] + box[3]) / 2, min((box[3] - box[1]) / 2 - 1, 16)
            picture = guide.picture(page, (box[0] + 0.9, middle - half, box[2] - 0.9, middle + half))
            assert pattern_of(picture) == theme["pattern"], (number, place)
            assert next(inks_of(picture)) == guide.hue(number), (number, place)


def test_each_sections_number_stands_in_its_hue_on_opener_contents_and_cover(guide: Guide) -> None:
    for number in range(len(guide.sections)):
        told, hue = str(number + 1), guide.hue(number)
        opener = max(guide.opener(number).words, key=lambda words: words.size)
        assert (opener.text, opener.colour) == (told, hue)
        cover = [words for words in guide.pages[0].words if words.text == told and words.size > 20]
        assert [words.colour for words in cover] == [hue]
        contents = guide.pages[1]
        swatches = [
            (shape, words)
            for shape in rectangles(contents.shapes)
            for words in contents.words
            if shape.fill == hue and words.text == told and within(words, shape.box)
        ]
        assert {words.colour for _, words in swatches} == {WHITE}
        title = guide.say(guide.sections[number]["title"])
        assert any(
            words.text == title and abs(words.baseline - number_words.baseline) < 1
            for _, number_words in swatches
            for words in contents.words
        )


def test_each_event_of_the_chronology_bears_its_sections_number_in_its_hue(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        for event in section["events"]:
            label = guide.say(event["label"])
            page, words = next(
                (page, words)
                for page in guide.pages[guide.back :]
                for words in page.words
                if words.text == label and words.bold
            )
            tabs = [
                (other.text, shape.fill)
                for shape in rectangles(page.shapes)
                for other in page.words
                if shape.fill and other.colour == WHITE and within(other, shape.box)
                and shape.figure is None and not shape.form and shape.top < words.baseline < shape.bottom + 30
                and abs(other.baseline - words.baseline) < (6 if guide.edition == "study" else 30)
            ]  # fmt: skip
            assert (str(number + 1), guide.hue(number)) in tabs[:1], label


def test_the_covers_bars_stand_at_their_sections_years_and_apart(guide: Guide) -> None:
    scale = cover_scale(guide)
    assert scale.points > 0
    for number, section in enumerate(guide.sections):
        bar, (first, end) = cover_bar(guide, number), days_of(section["period"])
        assert bar.top == pytest.approx(scale.at(first), abs=NEAR)
        assert bar.bottom == pytest.approx(scale.at(end), abs=NEAR)
    assert_apart([bar.box for bar in cover_bars(guide)])


def test_the_covers_names_lead_to_their_sections_bars(guide: Guide) -> None:
    cover = guide.pages[0]
    for number, section in enumerate(guide.sections):
        bar = cover_bar(guide, number)
        (name,) = [words for words in cover.words if words.text == guide.say(section["title"])]
        leaders = [
            shape.points
            for shape in cover.shapes
            if len(shape.points) == 4 and 0 < shape.points[0][0] - name.right < 10
            and abs(shape.points[0][1] - name.baseline + name.size * 0.34) < 1
        ]  # fmt: skip
        (leader,) = leaders
        assert leader[-1][1] == pytest.approx(bar.middle[1], abs=NEAR)
        assert 0 <= bar.left - leader[-1][0] < 4


def test_each_event_is_a_line_on_the_cover_at_its_first_day_as_long_as_it_is_important(guide: Guide) -> None:
    scale, axis = cover_scale(guide), cover_axis(guide)
    shapes = [s for s in guide.pages[0].shapes if s.figure and s.is_level and s.left > axis.left + 8]
    due = sorted(
        (scale.at(days_of(event["date"])[0]), guide.hue(number), event.get("importance", "2"))
        for number, section in enumerate(guide.sections)
        for event in section["events"]
    )
    lines = sorted((line.top, str(line.stroke), line) for line in shapes)
    assert len(lines) == len(due)
    lengths: dict[str, set[tuple[int, float]]] = {}
    left = list(due)
    for top, colour, line in lines:
        match = [one for one in left if abs(one[0] - top) < NEAR and one[1] == colour]
        assert match, (top, colour)
        if len({importance for _, _, importance in match}) == 1:
            lengths.setdefault(match[0][2], set()).add((round(line.wide), round(line.width, 1)))
        left.remove(match[0])
    ordered = [lengths[importance] for importance in sorted(lengths)]
    assert all(len(found) == 1 for found in ordered), lengths
    assert all(min(less) < min(more) for less, more in pairwise(ordered))
