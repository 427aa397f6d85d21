"""The guide's ruler: each section and year stands at its place on it, in its own look."""

from itertools import pairwise

import pytest

from tests.drawn_guides import Guide, read_guide
from tests.drawn_rulers import (
    GUIDES,
    NEAR,
    assert_apart,
    counted,
    cover_axis,
    cover_bars,
    marked,
    placed,
    scale_of,
    ticks_of,
    year_of,
)
from tests.drawn_time import Scale, day_of, days_of, year_written
from tests.pdf_shapes import rectangles


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*GUIDES[request.param])


def test_each_section_is_marked_on_its_pages_from_its_first_day_to_its_last(guide: Guide) -> None:
    scale = scale_of(guide)
    assert scale.points > 0, "time runs down the page"
    for number, section in enumerate(guide.sections):
        first, end = days_of(section["period"])
        for page in guide.pages_of(number):
            bar = marked(guide, number, page)
            assert bar.top == pytest.approx(scale.at(first), abs=NEAR)
            assert bar.bottom == pytest.approx(scale.at(end), abs=NEAR)
            assert page.axis.top - NEAR <= bar.top < bar.bottom <= page.axis.bottom + NEAR


def test_every_page_shows_all_sections_and_none_over_another(guide: Guide) -> None:
    due = []
    for number in range(len(guide.sections)):
        bar = marked(guide, number, guide.opener(number))
        due.append((round(bar.top), round(bar.bottom)))
    for page in guide.pages[1:]:
        bars = {placed(bar): bar for bar in page.ruler_bars}
        assert sorted((round(bar.top), round(bar.bottom)) for bar in bars.values()) == sorted(due)
        assert_apart([bar.box for bar in bars.values()])
        axis = page.axis.left
        assert not any(bar.left < axis < bar.right for bar in bars.values())


def test_sections_of_one_time_stand_beside_each_other_on_ruler_and_cover() -> None:
    three_at_once = ("period: 1870/1902-10-31", "period: 1850/1902-10-31")
    guide = read_guide("cables", change=three_at_once)
    scale = scale_of(guide)
    for bars, axis in (
        (guide.opener(0).ruler_bars, guide.opener(0).axis),
        (cover_bars(guide), cover_axis(guide)),
    ):
        boxes = {placed(bar): bar.box for bar in bars}
        assert len(boxes) == len(guide.sections)
        assert_apart(list(boxes.values()))
        assert not any(left < axis.left < right for left, _, right, _ in boxes.values())
    assert scale.points > 0


def test_the_rulers_axis_begins_and_ends_with_a_year_and_has_a_tick_at_each_round_one(guide: Guide) -> None:
    scale = scale_of(guide)
    for page in guide.pages[1:]:
        axis = page.axis
        first, last = (nearest_year(scale, end) for end in (axis.top, axis.bottom))
        assert counted(first) % 5 == counted(last) % 5 == 0
        ticks = ticks_of(page.shapes, axis)
        years = sorted({nearest_year(scale, tick.top) for tick in ticks})
        round_ones = [year for year in years if counted(year) % 10 == 0]
        steps = {after - before for before, after in pairwise(round_ones)}
        assert len(steps) == 1
        (step,) = steps
        assert round_ones == [year for year in range(first, last + 1) if counted(year) % step == 0]
        assert set(years) - set(round_ones) <= {first}


def nearest_year(scale: Scale, place: float) -> int:
    """Return the year whose first day stands at a place."""
    middle = scale.day(place)
    year = round((middle - day_of(2000)) / 365.2425) + 2000
    assert scale.at(day_of(year)) == pytest.approx(place, abs=NEAR)
    return year


@pytest.mark.parametrize("name", [name for name in GUIDES if name != "large print"])
def test_the_years_at_the_rulers_ends_are_those_that_stand_there(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    scale = scale_of(guide)
    for page in guide.pages[1:]:
        axis = page.axis
        written = sorted(
            (words.baseline, year)
            for words in page.words
            if abs(words.middle - axis.left) < 2 and (year := year_written(words.text)) is not None
        )
        assert [year for _, year in written] == [nearest_year(scale, end) for end in (axis.top, axis.bottom)]
        assert written[0][0] < axis.top and written[1][0] > axis.bottom


@pytest.mark.parametrize("name", ["study", "before Christ", "grey"])
def test_the_years_beside_a_sections_bar_are_its_first_and_last(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    for number, section in enumerate(guide.sections):
        first, end = days_of(section["period"])
        for page in guide.pages_of(number)[1:]:
            bar = marked(guide, number, page)
            inner = max(page.beyond(side) for one in page.ruler_bars for side in (one.left, one.right))
            beside = [
                (words.baseline, counted(year))
                for words in page.words
                if inner < min(page.beyond(words.left), page.beyond(words.right)) < inner + 8
                and (year := year_written(words.text)) is not None
            ]
            years = [int(str(counted(year))) for year in (year_of(first), year_of(end - 1))]
            assert [year for _, year in sorted(beside)] == years
            for (baseline, _), edge in zip(sorted(beside), (bar.top, bar.bottom), strict=True):
                assert abs(baseline - edge) < 8


def test_the_number_on_the_ruler_is_that_of_the_section_beside_whose_bar_it_stands(guide: Guide) -> None:
    for number in range(len(guide.sections)):
        for page in guide.pages_of(number):
            ((told, tab),) = page.ruler_tabs
            bar = marked(guide, number, page)
            assert told == number + 1
            assert tab.fill == guide.hue(number)
            assert tab.middle[1] == pytest.approx(bar.middle[1], abs=NEAR)
    for told, tab in guide.pages[1].ruler_tabs:
        assert tab.fill == guide.hue(told - 1)
        assert tab.middle[1] == pytest.approx(
            marked(guide, told - 1, guide.opener(told - 1)).middle[1], abs=NEAR
        )


@pytest.mark.parametrize("name", [name for name in GUIDES if name != "large print"])
def test_the_chronology_marks_on_the_ruler_which_years_stand_on_the_page(name: str) -> None:
    guide = read_guide(*GUIDES[name])
    scale, found = scale_of(guide), 0
    for page in guide.pages[guide.back :]:
        text = page.text
        days = [
            days_of(event["date"])
            for section in guide.sections
            for event in section["events"]
            if guide.say(event["label"]) in text
        ]
        cursors = [s for s in rectangles(page.shapes) if abs(s.middle[0] - page.axis.left) < 0.1 and s.fill]
        if not cursors:
            continue
        (cursor,) = cursors
        found += 1
        assert cursor.top + 1 == pytest.approx(scale.at(min(first for first, _ in days)), abs=NEAR)
        latest = scale.at(max(first for first, _ in days)), scale.at(max(end for _, end in days))
        assert latest[0] - NEAR <= cursor.bottom - 1 <= latest[1] + NEAR
    assert found
