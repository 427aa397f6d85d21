"""The time axis: scale, ticks, spans in tracks, labels in rows, dense windows."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.language.dates import compute_day_number
from builders.timeline import (
    DRAFT,
    FULL,
    EventMark,
    LabelArea,
    LabelBox,
    LabelRows,
    NoRoomForLabels,
    Scale,
    SearchEffort,
    Span,
    TimelineLabel,
    assign_tracks,
    find_dense_windows,
    find_flaws,
    make_month_ticks,
    make_side_boxes,
    make_year_ticks,
    place_labels,
    round_years,
    space_in_order,
)

ROOM = LabelArea(low=0, high=570_000, rows=7, reach=34_000, gap=1600, leader_gap=2000, foot=6000)
SEEDS = [*range(2), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 20))]


def crowded(count: int, seed: int, numbered: bool = False, length: int = 540_000) -> list[TimelineLabel]:
    """Return labels of which a quarter stand within a fiftieth of the axis, as history has it."""
    chance = random.Random(seed)
    burst = chance.randrange(length // 5, length * 4 // 5)
    labels = []
    for i in range(count):
        at = burst + chance.randrange(length // 50) if chance.random() < 0.25 else chance.randrange(length)
        whole = chance.randrange(20_000, 90_000)
        boxes: tuple[LabelBox, ...] = make_side_boxes(whole, 12_000, other=1500)
        if whole > 40_000:
            boxes += make_side_boxes(whole // 2 + 4000, 18_000, cost=2000, other=1500)
        if numbered:
            boxes += make_side_boxes(8000, 6000, last=True)
        labels.append(TimelineLabel(f"label-{i:03}", at, boxes, rank=chance.choice((1, 2, 3))))
    return labels


def test_a_day_stands_where_its_share_of_the_scale_says() -> None:
    scale = Scale(compute_day_number(1700, 1, 1), compute_day_number(1799, 12, 31), 50_000, 500_000)
    assert scale.place_day(scale.first) == 50_000
    assert scale.place_day(scale.last + 1) == scale.end == 550_000
    days = scale.last + 1 - scale.first
    for day in range(scale.first, scale.last, 997):
        assert abs(scale.place_day(day) - (50_000 + (day - scale.first) * 500_000 / days)) <= 0.5


def test_the_middle_of_a_year_is_as_far_from_both_its_ends() -> None:
    scale = Scale(compute_day_number(-100, 1, 1), compute_day_number(100, 12, 31), 0, 800_000)
    first, last = compute_day_number(44, 1, 1), compute_day_number(44, 12, 31)
    assert abs(2 * scale.place_middle(first, last) - scale.place_day(first) - scale.place_day(last + 1)) <= 2


def test_ticks_stand_at_years_that_readers_call_round() -> None:
    scale = Scale(compute_day_number(-520, 1, 1), compute_day_number(-380, 12, 31), 0, 530_000)
    worded = [1 - tick.year for tick in make_year_ticks(scale, 28_000, 1200) if tick.rank == 0]
    assert worded == [520, 510, 500, 490, 480, 470, 460, 450, 440, 430, 420, 410, 400, 390, 380]


def test_across_the_eras_the_first_year_has_a_tick_and_its_neighbours_words_keep_clear() -> None:
    scale = Scale(compute_day_number(-299, 1, 1), compute_day_number(300, 12, 31), 0, 530_000)
    ticks = make_year_ticks(scale, 28_000, 1200)
    assert next(t for t in ticks if t.year == 1).rank == 0
    places = [t.at for t in ticks if t.rank == 0]
    assert all(b - a >= 28_000 for a, b in itertools.pairwise(places))


def test_a_scale_ends_at_round_years_around_what_it_holds() -> None:
    first, last = round_years(compute_day_number(-506, 3, 1), compute_day_number(-403, 9, 30))
    assert (first, last) == (compute_day_number(-507, 1, 1), compute_day_number(-402, 12, 31))


def test_months_have_ticks_of_their_true_length() -> None:
    scale = Scale(compute_day_number(1848, 2, 1), compute_day_number(1848, 4, 30), 0, 90_000)
    at = [tick.at for tick in make_month_ticks(scale)]
    assert at == [0, 29_000, 60_000, 90_000]


def test_spans_that_overlap_lie_in_different_tracks_and_no_track_is_wasted() -> None:
    spans = [Span("b", 0, 10), Span("a", 0, 30), Span("c", 10, 20), Span("d", 12, 15)]
    assert assign_tracks(spans) == {"a": 0, "b": 1, "c": 1, "d": 2}


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 40)), max_size=30))
def test_tracks_are_as_many_as_the_most_spans_at_one_time(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(f"s{i}", start, start + length) for i, (start, length) in enumerate(pairs)]
    found = assign_tracks(spans)
    for one, other in itertools.combinations(spans, 2):
        if one.start < other.end and other.start < one.end:
            assert found[one.key] != found[other.key]
    most = max((sum(s.start <= t < s.end for s in spans) for t in range(141)), default=0)
    assert max(found.values(), default=-1) + 1 == most


@given(st.lists(st.integers(0, 900), min_size=1, max_size=8), st.integers(0, 90))
@settings(deadline=None)
def test_isotonic_regression_keeps_order_and_cannot_be_bettered_by_moving_one(
    wanted: list[int], gap: int
) -> None:
    wanted.sort()
    gaps = [gap] * (len(wanted) - 1)
    found = space_in_order(wanted, gaps, 0, 1000)
    assert all(b - a >= gap for a, b in itertools.pairwise(found))
    cost = sum((p - w) ** 2 for p, w in zip(found, wanted, strict=True))
    for first in range(len(found)):
        for last in range(first, len(found)):
            for step in (-2, 2):
                moved = [p + step * (first <= i <= last) for i, p in enumerate(found)]
                fits = (
                    all(b - a >= gap for a, b in itertools.pairwise(moved))
                    and 0 <= moved[0] <= moved[-1] <= 1000
                )
                slack = 2 * len(found)  # positions are whole numbers
                assert (
                    not fits or sum((p - w) ** 2 for p, w in zip(moved, wanted, strict=True)) >= cost - slack
                )


def proven(rows: LabelRows, labels: list[TimelineLabel], room: LabelArea) -> None:
    """Check, by brute force and not by the sweep, that nothing meets; and that the sweep agrees."""
    assert find_flaws(rows, room, 1700) == ()
    assert [p.key for p in rows.labels] == [x.key for x in sorted(labels, key=lambda x: (x.at, x.key))]
    for one, other in itertools.combinations(rows.labels, 2):
        assert one.leader < other.leader
        beside = one.high <= other.low or other.high <= one.low
        above = one.bottom >= other.top or other.bottom >= one.top
        assert beside or above
        for label, foreign in ((one, other), (other, one)):
            assert not (label.low <= foreign.leader <= label.high and foreign.top > label.bottom)
    for p in rows.labels:
        assert room.low <= p.low <= p.leader <= p.high <= room.high
        assert p.bottom >= room.foot
        assert p.top <= rows.depth
        assert p.leader in (p.low, p.high)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("count", [5, 25, 50])
@pytest.mark.parametrize("effort", [DRAFT, FULL], ids=["draft", "full"])
def test_labels_meet_nothing_and_keep_their_order(count: int, seed: int, effort: SearchEffort) -> None:
    labels = crowded(count, seed, numbered=True)
    proven(place_labels(labels, ROOM, effort), labels, ROOM)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_there_is_no_room_the_least_important_give_way(seed: int) -> None:
    labels = crowded(120, seed, numbered=True)
    rows = place_labels(labels, ROOM, DRAFT)
    proven(rows, labels, ROOM)
    by_key = {label.key: label for label in labels}
    numbered = [by_key[p.key].rank for p in rows.labels if by_key[p.key].boxes[p.box].last]
    worded = [by_key[p.key].rank for p in rows.labels if not by_key[p.key].boxes[p.box].last]
    assert numbered
    assert sum(numbered) / len(numbered) < sum(worded) / len(worded)


def test_labels_with_room_stand_at_their_dates_in_one_row() -> None:
    labels = [TimelineLabel(f"l{i}", i * 60_000, make_side_boxes(40_000, 12_000)) for i in range(9)]
    rows = place_labels(labels, ROOM)
    assert len(rows.heights) == 1
    assert all(p.leader == p.at for p in rows.labels)


def test_two_labels_of_one_day_turn_their_backs_on_each_other() -> None:
    labels = [TimelineLabel(key, 200_000, make_side_boxes(60_000, 12_000, other=1500)) for key in ("a", "b")]
    a, b = place_labels(labels, ROOM).labels
    assert (a.row, b.row) == (0, 0)
    assert a.high == a.leader < b.leader == b.low


def test_a_label_stands_no_further_from_its_date_than_it_may() -> None:
    for seed in range(5):
        labels = crowded(30, seed)
        try:
            rows = place_labels(labels, ROOM)
        except NoRoomForLabels:
            continue
        for p in rows.labels:
            assert abs(p.leader - p.at) <= min(ROOM.reach, 1.5 * (p.high - p.low) + 1)


def test_too_many_labels_for_any_rows_are_named() -> None:
    labels = [TimelineLabel(f"l{i:02}", 300_000, make_side_boxes(60_000, 12_000)) for i in range(60)]
    with pytest.raises(NoRoomForLabels) as full:
        place_labels(labels, ROOM)
    assert set(full.value.keys) <= {label.key for label in labels}
    assert full.value.keys


def test_the_order_of_the_labels_given_does_not_matter() -> None:
    labels = crowded(40, 7, numbered=True)
    shuffled = random.Random(1).sample(labels, len(labels))
    assert place_labels(labels, ROOM) == place_labels(shuffled, ROOM)


def test_the_proof_finds_what_it_should() -> None:
    labels = crowded(12, 3, numbered=True)
    rows = place_labels(labels, ROOM)
    first, second, *rest = rows.labels
    swapped = LabelRows((second, first, *rest), rows.heights, rows.depth)
    assert any("cross" in flaw for flaw in find_flaws(swapped, ROOM))
    from dataclasses import replace

    onto = replace(second, low=first.low, high=first.high, bottom=first.bottom, top=first.top)
    assert any(
        "meets" in flaw
        for flaw in find_flaws(LabelRows((first, onto, *rest), rows.heights, rows.depth), ROOM)
    )
    off = replace(first, low=ROOM.low - 1)
    assert any(
        "runs out" in flaw
        for flaw in find_flaws(LabelRows((off, second, *rest), rows.heights, rows.depth), ROOM)
    )


def test_a_dense_year_asks_for_an_inset_and_an_even_century_does_not() -> None:
    scale = Scale(compute_day_number(1700, 1, 1), compute_day_number(1799, 12, 31), 0, 530_000)
    even = [
        EventMark(f"e{y}", compute_day_number(y, 5, 5), compute_day_number(y, 5, 5), str(y % 3), 45_000)
        for y in range(1700, 1800, 3)
    ]
    assert find_dense_windows(even, scale, 34_000) == ()
    days = [compute_day_number(1789, m, d) for m in (5, 6, 7, 8) for d in (4, 14, 24)]
    burst = [EventMark(f"b{day}", day, day, "0", 45_000) for day in days]
    (window,) = find_dense_windows([*even, *burst], scale, 34_000)
    assert {mark.key for mark in burst} <= set(window.keys)
    assert window.first >= compute_day_number(1789, 1, 1)
    assert window.last <= compute_day_number(1790, 6, 30)


def test_labels_of_one_place_keep_the_order_they_are_given_in() -> None:
    labels = [TimelineLabel(key, 100_000, make_side_boxes(20_000, 5_000)) for key in "zyxw"]
    room = LabelArea(0, 200_000, rows=3, reach=34_000, gap=800, leader_gap=2_000, foot=6_000)
    placed = place_labels(labels, room).labels
    assert [label.key for label in sorted(placed, key=lambda label: label.leader)] == list("zyxw")
