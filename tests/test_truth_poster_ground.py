"""Axes, eras, legend and insets of the poster say what the outline says: read from the finished PDF."""

import itertools

import pytest

from tests.course_facts import count_days, write_year
from tests.poster_building import poster_of
from tests.poster_comparing import (
    CASES,
    IMPORTANCE,
    INSETS,
    LOOKS,
    THEME,
    Key,
    importance_of,
    reading,
)
from tests.poster_finding import NEAR
from tests.poster_parts import find_era, find_sample, measure_bar, read_month, tell_pattern


@pytest.mark.parametrize("key", CASES)
def test_years_or_days_stand_on_one_scale_on_both_axes(key: Key) -> None:
    r = reading(key)
    axes = r.poster.axes()
    assert len(axes) == 2
    for rule in axes:
        days = r.poster.days(rule)
        assert len(days) > 1
        for day, place in days:
            assert place == pytest.approx(r.axis.place(day), abs=NEAR), day
    ticks = [r.poster.reach(tick)[0] for tick in r.poster.ticks(axes[0])]
    assert [r.poster.reach(tick)[0] for tick in r.poster.ticks(axes[1])] == pytest.approx(ticks, abs=0.01)
    if key[0] == "days":
        lengths = [later - tick for tick, later in itertools.pairwise(ticks)]
        assert lengths == pytest.approx([r.axis.per_day] * len(lengths), abs=NEAR), "a tick a day"
        return
    first = r.poster.days(axes[0])[0][0]
    years = {year: count_days(year) for year in range(-2000, 2100)}
    (start,) = (year for year, day in years.items() if day == first)
    low, high = (round((at - r.axis.at) / r.axis.per_year) for at in (r.axis.start, r.axis.end))
    new_years = [r.axis.place(count_days(start + n)) for n in range(low - 1, high + 2)]
    for tick in ticks:
        assert min(abs(tick - place) for place in new_years) < NEAR, "a tick stands at the start of a year"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_legend_names_a_square_decisive_a_ring_important_a_tick_context(lang: str) -> None:
    poster = poster_of("lighthouses", lang, portrait=lang == "es")
    for importance, words in IMPORTANCE[lang].items():
        shapes = [s for s in find_sample(poster, words) if s.fill != "#FFFFFF" or s.stroke]
        assert [importance_of(shape) for shape in shapes] == [importance]


@pytest.mark.parametrize("portrait", [False, True])
def test_the_legend_shows_bars_and_brackets_as_they_are_drawn(portrait: bool) -> None:
    poster = poster_of("lighthouses", portrait=portrait)
    ((bar,), (unsure,), (known,), (about,)) = (
        find_sample(poster, words)
        for words in ("period", "uncertain limits", "month or year known, not the day", "about that date")
    )
    assert bar.fill and not bar.dash and len(bar.paths[0]) == 4
    assert not unsure.fill and unsure.dash and unsure.closed
    for bracket in (known, about):
        assert not bracket.closed and not bracket.fill and len(bracket.paths[0]) == 4
    assert about.dash and not known.dash
    drawn = [s for s in poster.drawn.shapes if s.stroke in {hue for hue, _ in LOOKS}]
    for sample in (unsure, about):
        assert any(s.dash == sample.dash and s.closed == sample.closed for s in drawn)


@pytest.mark.parametrize(
    ("course", "words", "told"),
    [
        ("lighthouses", "about that date", True),
        ("athens", "about that date", False),
        ("athens", "month or year known, not the day", True),
        ("days", "month or year known, not the day", False),
        ("athens", "uncertain limits", True),
        ("days", "period", False),
        ("lighthouses", "(in brackets) Julian calendar", True),
        ("athens", "(in brackets) Julian calendar", False),
    ],
)
def test_the_legend_explains_what_is_drawn_and_nothing_else(course: str, words: str, told: bool) -> None:
    assert bool(poster_of(course).drawn.find(words)) == told


@pytest.mark.parametrize("key", CASES)
def test_eras_carry_their_number_hue_and_pattern_and_their_bars_are_their_periods(key: Key) -> None:
    r = reading(key)
    eras = [find_era(r.poster, section.title) for section in r.facts.sections]
    places = [r.poster.reach(era.signpost)[0] for era in eras]
    assert places == sorted(places), "numbers stand in the order of their periods"
    for index, (section, era) in enumerate(zip(r.facts.sections, eras, strict=True)):
        hue, pattern = LOOKS[index % len(LOOKS)]
        assert era.number == str(index + 1)
        assert era.square.fill == hue
        assert era.feet, "a line leads from the number to the bar"
        due = r.axis.place(section.period.first), r.axis.place(section.period.end)
        for foot in era.feet:
            reach = measure_bar(r.data, r.poster, foot, hue, r.unit)
            assert reach == pytest.approx(due, abs=0.12), section.title
        if due[1] - due[0] > 6 * r.unit:
            assert tell_pattern(r.data, r.poster, era.feet[0], hue, r.unit, due) == pattern, section.title


@pytest.mark.parametrize("key", [key for key in CASES if "portrait" in key.id])
def test_an_upright_posters_eras_have_their_years_under_their_names(key: Key) -> None:
    r = reading(key)
    for section in r.facts.sections:
        years = section.period.write_period(r.lang)
        names = [chain for chain in r.poster.chains(section.title) if chain[0].face == "black"]
        under = [
            run
            for chain in names
            for run in r.poster.drawn.find(years, "regular")
            if abs(run.left - chain[0].left) < 0.1 and 0 < run.base - chain[-1].base < 9 * r.unit
        ]
        assert under, section.title


@pytest.mark.parametrize("key", CASES)
def test_every_second_era_has_a_tinted_band_of_its_period_and_each_a_line_at_its_start(key: Key) -> None:
    r = reading(key)
    axes = [r.poster.lies(axis)[0] for axis in r.poster.axes()]
    band, hair = THEME["palette"]["band"].upper(), THEME["palette"]["hair"].upper()
    drawn = [s for s in r.poster.drawn.shapes if s.fill == band and len(s.paths[0]) == 4]
    due = [(r.axis.place(s.period.first), r.axis.place(s.period.end)) for s in r.facts.sections]
    assert len(drawn) == len(due[1::2])
    for shape, reach in zip(sorted(drawn, key=r.poster.reach), sorted(due[1::2]), strict=True):
        assert r.poster.reach(shape) == pytest.approx(reach, abs=NEAR)
        assert r.poster.lies(shape) == pytest.approx(axes, abs=NEAR)
    starts = [
        r.poster.reach(s)[0]
        for s in r.poster.drawn.shapes
        if s.stroke == hair and s.segment and r.poster.reach(s)[1] - r.poster.reach(s)[0] < 0.01
        and r.poster.lies(s)[1] - r.poster.lies(s)[0] > 0.9 * (axes[1] - axes[0])
    ]  # fmt: skip
    assert sorted(starts) == pytest.approx(sorted(start for start, _ in due), abs=NEAR)


@pytest.mark.parametrize("key", [CASES[0], CASES[1], CASES[2], CASES[3]])
def test_the_time_that_two_eras_share_is_hatched(key: Key) -> None:
    r = reading(key)
    hair = THEME["palette"]["hair"].upper()
    slanted = [
        r.poster.reach(s)
        for s in r.poster.drawn.shapes
        if s.stroke == hair and s.segment and r.poster.reach(s)[1] - r.poster.reach(s)[0] > 0.05
    ]
    shared = []
    for one, other in itertools.pairwise(r.facts.sections):
        if other.period.first < one.period.end:
            end = min(one.period.end, other.period.end)
            shared.append((r.axis.place(other.period.first), r.axis.place(end)))
    assert shared
    for low, high in shared:
        inside = [reach for reach in slanted if low - NEAR <= reach[0] and reach[1] <= high + NEAR]
        assert min(start for start, _ in inside) == pytest.approx(low, abs=NEAR)
        assert max(end for _, end in inside) == pytest.approx(high, abs=NEAR)
        slanted = [reach for reach in slanted if reach not in inside]
    assert not slanted


@pytest.mark.parametrize("key", CASES)
def test_the_printed_scale_is_the_measured_one(key: Key) -> None:
    r = reading(key)
    start = "1 año = " if r.lang == "es" else "1 year = "
    run = next(run for run in r.poster.drawn.runs if " = " in run.text and run.text.endswith(" mm"))
    head, _, length = run.text.removesuffix(" mm").partition(" = ")
    if key[0] == "days":
        assert head == "1 day"
        assert float(length) == pytest.approx(r.axis.per_day, abs=0.006)
        return
    years = int("".join(c for c in head.split()[0] if c.isdigit()))
    assert years > 1 or run.text.startswith(start)
    told = float(length.replace(",", ".") if r.lang == "es" else length.replace(",", ""))
    assert told == pytest.approx(years * r.axis.per_year, abs=0.006 + 0.0005 * told)


@pytest.mark.parametrize("key", CASES)
def test_the_reading_distance_is_that_of_the_smallest_label(key: Key) -> None:
    """Type of 14 points is read at one metre (README of the poster's sizes), and in proportion."""
    r = reading(key)
    sizes = [told[0].size for told in r.told.values() if told]
    lead = "Se lee a " if r.lang == "es" else "Readable from "
    run = next(run for run in r.poster.drawn.runs if run.text.startswith(lead))
    told = float(run.text.removeprefix(lead).removesuffix(" m").replace(",", "."))
    assert told == pytest.approx(min(sizes) / 14, abs=0.051)


@pytest.mark.parametrize("key", INSETS)
def test_an_insets_ticks_stand_on_one_scale(key: Key) -> None:
    r = reading(key)
    assert r.insets
    for inset in r.insets:
        for day, place in inset.ticks:
            assert place == pytest.approx(inset.scale.place(day), abs=NEAR)


@pytest.mark.parametrize("key", INSETS)
def test_an_insets_bracket_on_the_axis_and_its_caption_are_its_dates(key: Key) -> None:
    r = reading(key)
    for inset in r.insets:
        (year, month), (last_year, last_month) = (read_month(t, r.lang) for t in (inset.first, inset.last))
        first = count_days(year, month)
        if "1" in {inset.last[0], inset.last[-1]} and inset.last.replace(" BC", "").isdigit():
            end = count_days(last_year + 1)
        else:
            end = count_days(last_year + last_month // 12, last_month % 12 + 1)
        by_year = inset.first == write_year(year, r.lang)
        for place, day in zip(inset.bracket, (first, end), strict=True):
            if by_year:  # the caption names years, the bracket may begin within them
                assert abs(place - r.axis.place(day)) < r.axis.per_year
            else:
                assert place == pytest.approx(r.axis.place(day), abs=NEAR)
        days = [(place - r.axis.at) / r.axis.per_day + r.axis.day for place in inset.bracket]
        ends = [inset.scale.start, inset.scale.end]
        assert ends == pytest.approx(
            [inset.scale.place(day) for day in days], abs=0.6 * inset.times * 0.01 + NEAR
        )


@pytest.mark.parametrize("key", INSETS)
def test_an_inset_is_magnified_as_it_says_and_holds_as_many_events(key: Key) -> None:
    r = reading(key)
    for inset in r.insets:
        factor = inset.scale.per_day / r.axis.per_day
        assert inset.times == pytest.approx(factor, abs=(0.51 if factor >= 10 else 0.051) + 0.002 * factor)
        within = [event for event, _, where in r.placed if where is inset]
        assert within
        assert inset.count in (len(within), None)
        for event in within:
            low, high = r.reach(event, r.axis)
            assert inset.bracket[0] - NEAR <= low and high <= inset.bracket[1] + NEAR
