"""Each event on the finished poster stands at its date, on its lane, with its own marker."""

import itertools

import pytest

from tests.poster_comparing import (
    CASES,
    IMPORTANCE,
    LEAST_SPAN,
    LOOKS,
    MARKER,
    SHRUNK,
    Key,
    Reading,
    importance_of,
    reading,
)
from tests.poster_finding import NEAR, Label, same_form
from tests.poster_parts import find_sample
from tests.poster_reading import Shape


@pytest.mark.parametrize("key", CASES)
def test_each_marker_lies_on_its_date(key: Key) -> None:
    r = reading(key)
    for event, label, inset in r.placed:
        scale, date = r.scale(inset), event.date
        low, high = r.reach(event, scale)
        place = (low + high) / 2
        if date.interval and r.bars(event, label, scale):
            exact = date.start and date.start.day
            place = scale.place(date.first + 0.5) if exact else low if date.start else high
        assert r.poster.along(label.foot) == pytest.approx(place, abs=NEAR), (event.key, label.date.text)
        (marker, *_) = r.poster.markers(label.foot, r.hue(event), 1.9 * r.unit)
        start, end = r.poster.reach(marker)
        assert (start + end) / 2 == pytest.approx(place, abs=NEAR), event.key


@pytest.mark.parametrize("key", CASES)
def test_each_event_is_drawn_once_in_words_or_by_its_number_in_the_key(key: Key) -> None:
    r = reading(key)
    numbers = [int(number) for _, number in r.numbered()]
    assert numbers == list(range(1, len(numbers) + 1)), "numbers follow the dates"
    words = [event for event in r.facts.events if r.told[event.key]]
    for event in words:
        assert (
            len(
                r.poster.labels(
                    event, (event.date.write(r.lang), event.date.write(r.lang, year=False)), r.hue(event)
                )
            )
            == 1
        )
    if key[0] == "throng":
        assert len(numbers) > 50
    else:
        assert not numbers


@pytest.mark.parametrize("key", CASES)
def test_what_lasts_is_a_bar_from_its_first_day_to_its_last(key: Key) -> None:
    r = reading(key)
    for event, label, inset in r.placed:
        if not event.date.interval:
            continue
        scale = r.scale(inset)
        low, high = r.reach(event, scale)
        bars = r.bars(event, label, scale)
        if high - low < LEAST_SPAN * SHRUNK * r.unit - NEAR:
            continue
        if not bars:
            assert high - low < LEAST_SPAN * r.unit + NEAR, event.key
            continue
        solid = [r.poster.reach(bar) for bar in bars if bar.fill == r.hue(event)]
        dashed = [r.poster.reach(bar) for bar in bars if bar.dash]
        certain = event.date.certain
        due = [(scale.place(certain[0]), scale.place(certain[1]))] if certain else []
        exact = certain == (event.date.first, event.date.end)
        assert all(
            a == pytest.approx(b, abs=NEAR) for a, b in itertools.zip_longest(solid, due, fillvalue=())
        ), event.key
        due = [] if exact else [(low, high)]
        assert all(
            a == pytest.approx(b, abs=NEAR) for a, b in itertools.zip_longest(dashed, due, fillvalue=())
        ), event.key


@pytest.mark.parametrize("key", CASES)
def test_a_bracket_is_as_long_as_what_is_known_of_the_date_and_a_day_has_none(key: Key) -> None:
    r = reading(key)
    for event, label, inset in r.placed:
        scale = r.scale(inset)
        low, high = r.reach(event, scale)
        found = []
        for shape in brackets(r, r.hue(event)):
            near, far = r.poster.lies(shape)
            level = near - 1.3 * r.unit <= r.poster.across(label.foot) <= far + 1.3 * r.unit
            start, end = r.poster.reach(shape)
            if level and start == pytest.approx(low, abs=NEAR) and end == pytest.approx(high, abs=NEAR):
                found.append(shape)
        long = high - low
        if event.date.exact and not event.date.about:
            assert not found, event.key
        elif not event.date.interval and long > 2 * MARKER * r.unit + NEAR:
            assert {bool(shape.dash) for shape in found} == {event.date.about}, event.key
        elif event.date.interval or long < 2 * MARKER * SHRUNK * r.unit - NEAR:
            assert not found, event.key


@pytest.mark.parametrize("key", CASES)
def test_every_bracket_belongs_to_a_date_that_is_not_known_to_the_day(key: Key) -> None:
    r = reading(key)
    vague = [(r.hue(e), *r.reach(e, r.scale(i))) for e, _, i in r.placed if not e.date.exact or e.date.about]
    for hue in {hue for hue, _ in LOOKS}:
        for shape in brackets(r, hue):
            reach = r.poster.reach(shape)
            assert any(
                h == hue and reach == pytest.approx((low, high), abs=NEAR) for h, low, high in vague
            ), reach


def brackets(r: Reading, hue: str) -> list[Shape]:
    """Return the open shapes of four corners in a hue, whose two ends lie at the same height."""
    found = []
    for shape in r.poster.drawn.shapes:
        if shape.fill or shape.closed or shape.stroke != hue or len(shape.paths[0]) != 4:
            continue
        points = shape.paths[0]
        alongs, acrosses = [r.poster.along(p) for p in points], [r.poster.across(p) for p in points]
        if alongs[0] == alongs[1] and alongs[2] == alongs[3] and acrosses[0] == acrosses[3]:
            found.append(shape)
    return found


@pytest.mark.parametrize("key", CASES)
def test_a_marker_tells_its_events_importance_and_the_legend_says_the_same(key: Key) -> None:
    r = reading(key)
    for event, label, _ in r.placed:
        markers = r.poster.markers(label.foot, r.hue(event), 1.9 * r.unit)
        own = [m for m in markers if importance_of(m) == event.importance]
        assert own, (event.key, event.importance, [importance_of(m) for m in markers])
        sample = [
            s
            for s in find_sample(r.poster, IMPORTANCE[r.lang][event.importance])
            if s.fill != "#FFFFFF" or s.stroke
        ]
        assert any(same_form([m], sample) or same_form([m], sample, turned=True) for m in own), event.key


@pytest.mark.parametrize("key", CASES)
def test_the_more_important_an_event_the_heavier_its_label(key: Key) -> None:
    r = reading(key)
    for event, label, _ in r.placed:
        if r.told[event.key]:
            due = {3: "bold", 2: "semibold", 1: "regular"}[event.importance]
            assert {line.face for line in label.lines} == {due}, event.key
    sizes: dict[int, set[float]] = {importance: set() for importance in (1, 2, 3)}
    for event, label, _ in r.placed:
        if r.told[event.key]:
            sizes[event.importance].add(round(label.size, 1))
    assert all(len(own) <= 1 for own in sizes.values())
    assert min(sizes[3], default=99.0) > max(sizes[2] | sizes[1], default=0.0)


@pytest.mark.parametrize("key", CASES)
def test_each_event_stands_on_its_own_lanes_line(key: Key) -> None:
    r = reading(key)
    ends = sorted(lane.across for lane in r.lanes)
    for event, label, inset in r.placed:
        if inset:
            continue
        lane, at = r.lanes[event.lane], r.poster.across(label.foot)
        way = -1 if r.poster.upright else 1  # away from the labels: where bars give way to others
        off = (at - lane.across) * way
        assert off > -1.3 * r.unit, event.key
        if not event.date.interval:
            assert off < 0.01, event.key
        following = [(end - lane.across) * way for end in ends if (end - lane.across) * way > 0.01]
        assert off < min(following, default=30 * r.unit), event.key


@pytest.mark.parametrize("key", CASES)
def test_lanes_differ_by_sign_and_by_line_and_an_insets_dates_have_their_lanes_signs(key: Key) -> None:
    r = reading(key)
    assert len({lane.dash for lane in r.lanes}) == len(r.lanes)
    for one, other in itertools.combinations(r.lanes, 2):
        assert not same_form(one.sign, other.sign)
    assert [lane.across for lane in r.lanes] == sorted(lane.across for lane in r.lanes)
    for event, label, inset in r.placed:
        if inset and r.told[event.key]:
            assert same_form(sign_of(r, label), r.lanes[event.lane].sign), event.key


def sign_of(r: Reading, label: Label) -> tuple[Shape, ...]:
    """Return the shapes beside a date: before it or, where that is the leader's side, behind it."""
    em, date = label.date.size / 72 * 25.4, label.date
    old = [x for x in r.poster.drawn.runs if x.base == date.base and 0 < x.left - date.right < 0.5 * em]
    right = max([date.right, *(x.right for x in old)])
    found = (
        *r.poster.shapes_between(date.left - 1.15 * em, date.left, date),
        *r.poster.shapes_between(right, right + 1.15 * em, date),
    )
    ink = {shape.stroke or shape.fill for lane in r.lanes for shape in lane.sign}
    return tuple(s for s in found if (s.stroke or s.fill) in ink and s.closed)


@pytest.mark.parametrize("course", ["lighthouses", "shipped"])
def test_a_date_before_the_reform_stands_in_both_calendars(course: str) -> None:
    r = reading((course, "en", ()))
    old = [event for event in r.facts.events if event.old_style]
    assert old
    for event in old:
        assert event.old_style
        told = r.told[event.key]
        assert told
        moments = (event.date.start, event.old_style.start)
        same = all(m is not None for m in moments) and len({m.year for m in moments if m}) == 1
        text = f"({event.old_style.write('en', year=not same)})"
        date = told[0].date
        beside = [
            x for x in r.poster.drawn.find(text) if abs(x.base - date.base) < 0.02 and x.left > date.right
        ]
        assert beside and beside[0].left - date.right < date.size / 72 * 25.4, event.key


@pytest.mark.parametrize("key", CASES)
def test_a_description_stands_under_its_own_events_label(key: Key) -> None:
    r = reading(key)
    described = 0
    for event, label, _ in r.placed:
        for chain in r.poster.chains(event.text) if event.text else ():
            described += 1
            em = chain[0].size / 72 * 25.4
            assert 0.7 * em < chain[0].base - label.lines[-1].base < 1.8 * em, event.key
            sides = (chain[0].left - label.lines[-1].left, chain[0].right - label.lines[-1].right)
            assert min(abs(side) for side in sides) < 0.1 * em, event.key
    if key[0] in ("athens", "lighthouses"):
        assert described >= 1
