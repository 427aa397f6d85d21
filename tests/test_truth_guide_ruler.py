"""The guide's ruler, cover and life lines: what they draw stands at its date, in its section's look."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.drawn_guides import WHITE, Guide, Leaf, read_guide, theme_sections, within
from tests.drawn_patterns import inks_of, pattern_of
from tests.drawn_time import Scale, day_of, days_of, year_written
from tests.pdf_shapes import Box, Shape, rectangles

NEAR = 0.2  # points: how exactly a date is drawn
GUIDES = {
    "study": ("cables", "en", "study", False, "a4"),
    "large print": ("cables", "en", "large-print", False, "a4"),
    "grey": ("cables", "en", "study", True, "a4"),
    "before Christ": ("athens", "es", "study", False, "letter"),
}


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*GUIDES[request.param])


def marked(guide: Guide, number: int, page: Leaf) -> Shape:
    """Return the one bar of a page's ruler that is marked; it is in the section's colour."""
    drawn = Counter(placed(bar) for bar in page.ruler_bars)
    (place,) = [place for place, count in drawn.items() if count > 1]
    bar = [bar for bar in page.ruler_bars if placed(bar) == place][-1]
    assert bar.colour == guide.hue(number)
    return bar


def placed(shape: Shape) -> tuple[int, ...]:
    """Return where a shape is, to tell whether another is drawn over the same place."""
    return tuple(round(side) for side in shape.box)


def scale_of(guide: Guide) -> Scale:
    """Return the ruler's scale as the starts and ends of the sections' own bars give it."""
    known = []
    for number, section in enumerate(guide.sections):
        bar = marked(guide, number, guide.opener(number))
        known += list(zip(days_of(section["period"]), (bar.top, bar.bottom), strict=True))
    return Scale.through(known, NEAR)


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


def assert_apart(boxes: list[Box]) -> None:
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            beside = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
            assert beside or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1, (one, other)


def counted(year: int) -> int:
    """Return a year as people count it: 510 BC is 510."""
    return year if year > 0 else 1 - year


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


def ticks_of(shapes: list[Shape], axis: Shape) -> list[Shape]:
    """Return the short level lines that begin or end on an upright axis."""
    return [
        shape
        for shape in shapes
        if shape.is_level
        and shape.stroke == axis.stroke
        and shape.wide < 20
        and min(abs(shape.left - axis.left), abs(shape.right - axis.left)) < NEAR
        and axis.top - NEAR <= shape.top <= axis.bottom + NEAR
    ]


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


def year_of(day: float) -> int:
    """Return the year that a day lies in."""
    year = int((day - day_of(2000)) // 365.2425) + 2000
    return next(y for y in (year - 1, year, year + 1) if day_of(y) <= day < day_of(y + 1))


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


def test_the_chronology_marks_on_the_ruler_which_years_stand_on_the_page(guide: Guide) -> None:
    if guide.edition == "large-print":
        pytest.skip("large print has no cursor")
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


# -- a section's number, hue and pattern ---------------------------------------------------------------------


def shown_bars(guide: Guide, number: int) -> Iterator[tuple[str, Leaf, Box]]:
    """Yield where a section's bar shows its pattern: on its opener, the contents and the cover."""
    for name, page in (("opener", guide.opener(number)), ("contents", guide.pages[1])):
        own = marked(guide, number, guide.opener(number))
        bars = [bar for bar in page.ruler_bars if bar.colour == guide.hue(number)]
        yield name, page, next(bar.box for bar in bars if abs(bar.top - own.top) < 0.5)
    yield "cover", guide.pages[0], cover_bar(guide, number).box


def cover_bar(guide: Guide, number: int) -> Shape:
    """Return a section's bar on the cover: of those in its colour the one that its name leads to."""
    cover = guide.pages[0]
    bars = [
        bar
        for bar in rectangles([s for s in cover.shapes if s.figure], guide.hue(number))
        if bar.wide > 8 and bar.left < cover_axis(guide).left
    ]
    if guide.grey:  # sections of one grey: by their order
        bars = sorted(cover_bars(guide), key=lambda bar: bar.top)[number : number + 1]
    (bar,) = bars
    return bar


def cover_axis(guide: Guide) -> Shape:
    return max((s for s in guide.pages[0].shapes if s.figure and s.is_upright), key=lambda s: s.high)


def cover_bars(guide: Guide) -> list[Shape]:
    axis = cover_axis(guide)
    found = {
        placed(bar): bar
        for bar in rectangles([s for s in guide.pages[0].shapes if s.figure])
        if bar.wide > 2 and axis.left - 60 < bar.left < axis.left
    }
    return list(found.values())


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


# -- the cover ---------------------------------------------------------------------------------------------


def cover_scale(guide: Guide) -> Scale:
    """Return the scale of the cover's axis, as its years and their ticks give it."""
    cover, axis = guide.pages[0], cover_axis(guide)
    ticks = ticks_of([s for s in cover.shapes if s.figure], axis)
    known = []
    for tick in ticks:
        (year,) = [
            year
            for words in cover.words
            if axis.left < words.left < axis.left + 30
            and abs(words.baseline - words.size * 0.34 - tick.top) < 2
            and (year := year_written(words.text)) is not None
        ]
        known.append((day_of(year), tick.top))
    return Scale.through(known, NEAR)


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


# -- lives ---------------------------------------------------------------------------------------------------


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
