"""What the poster draws is true: read back from the finished PDF and held against the outline."""

import itertools
from functools import cache, cached_property
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.course_facts import Event, count_days, write_year
from tests.poster_building import built, facts_of, poster_of, unit_of
from tests.poster_finding import NEAR, Label, Scale, same_form
from tests.poster_parts import (
    Inset,
    find_era,
    find_in_key,
    find_insets,
    find_sample,
    measure_bar,
    read_month,
    tell_pattern,
)
from tests.poster_reading import Shape

THEME = yaml.safe_load((ROOT / "builders" / "theme.yaml").read_text("utf-8"))
RED = THEME["palette"]["red"].upper()
LOOKS = [(look["hue"].upper(), look["pattern"]) for look in THEME["sections"]]
BLACK = "#000000"
LEAST_SPAN, MARKER, TRACK = 3.0, 1.7, 3.0  # mm on A2: the shortest bar, half a marker, from a bar to the next
SHRUNK = 0.86  # of all that is drawn on a crowded sheet
IMPORTANCE = {"en": {3: "decisive", 2: "important", 1: "for context"},
              "es": {3: "decisivo", 2: "importante", 1: "de contexto"}}  # fmt: skip

Key = tuple[str, str, tuple[tuple[str, Any], ...]]


def case(course: str, lang: str = "en", **options: Any) -> Any:
    name = "-".join([course, lang, *(str(k if v is True else v) for k, v in options.items())])
    return pytest.param((course, lang, tuple(options.items())), id=name)


CASES = [
    case("athens"),
    case("athens", "es", portrait=True),
    case("lighthouses"),
    case("lighthouses", "es", portrait=True),
    case("lighthouses", poster_size="a0"),
    case("lighthouses", poster_size="a1", portrait=True),
    case("lighthouses", poster_size="a3"),
    case("lighthouses", poster_size="tabloid", portrait=True),
    case("closed-bay"),
    case("days"),
    case("days", portrait=True),
    case("ages"),
    case("reigns"),
    case("crowd"),
    case("crowd", portrait=True),
    case("shipped", "es"),
    case("shipped", "en", portrait=True),
    case("throng"),
    case("throng", portrait=True),
]
INSETS = [case("days"), case("reigns"), case("crowd"), case("shipped", "es"), case("shipped", "en", portrait=True),
          case("throng"), case("throng", portrait=True)]  # fmt: skip


@cache
def reading(key: Key) -> "Reading":
    return Reading(key)


class Reading:
    """A poster, what its outline says, and where each event was found."""

    def __init__(self, key: Key) -> None:
        course, lang, options = key
        self.lang, self.options = lang, dict(options)
        self.facts = facts_of(course, lang)
        self.poster = poster_of(course, lang, **self.options)
        self.data = next(d for n, d in built(course, lang, **self.options).items() if "sheets" not in n)
        self.unit = unit_of(self.options.get("poster_size", "a2"))
        self.axis = self.poster.scale(self.poster.axes()[0])
        self.insets = find_insets(self.poster, lang, RED)
        self.lanes = [self.poster.lane(name) for name in self.facts.lanes]
        self.told = {event.key: self._label(event) for event in self.facts.events}

    def hue(self, event: Event) -> str:
        plain = self.options.get("grey") or self.options.get("proof")
        return BLACK if plain else LOOKS[event.section % len(LOOKS)][0]

    def _label(self, event: Event) -> tuple[Label, Inset | None] | None:
        """Return an event's label, and the inset that it stands in; None where the key tells it."""
        whole, alone = (event.date.write(self.lang, year=year) for year in (True, False))
        labels = self.poster.labels(event, (whole, alone), self.hue(event))
        if not labels:
            return None
        (label,) = labels
        inset = next((i for i in self.insets if self._in(label.foot, i)), None)
        years = len({w.year for w in (event.date.start, event.date.stop) if w})
        assert label.date.text == whole or (inset and label.date.text == alone and years == 1), label
        return label, inset

    def _in(self, foot: tuple[float, float], inset: Inset) -> bool:
        across = self.poster.across(foot)
        beyond = across > self.poster.lies(self.poster.axes()[-1])[0] + 1
        return beyond and inset.frame[0] <= self.poster.along(foot) <= inset.frame[1]

    def numbered(self) -> list[tuple[Event, str]]:
        """Return the events that are told in the key, and their numbers there."""
        hidden = [event for event in self.facts.events if self.told[event.key] is None]
        return [(e, find_in_key(self.poster, e.date.write(self.lang), e.label)) for e in hidden]

    def number_label(self, event: Event, number: str) -> tuple[Label, Inset | None]:
        """Return the label that is no more than a number."""
        found = []
        for run in self.poster.drawn.find(number, "semibold"):
            leader = self.poster.leader_at(run, run.left, run.right, self.hue(event))
            if leader:
                label = Label(run, (run,), *leader)
                found.append((label, next((i for i in self.insets if self._in(label.foot, i)), None)))
        (one,) = found
        return one

    @cached_property
    def placed(self) -> list[tuple[Event, Label, Inset | None]]:
        """Return every event with its label or number."""
        numbers = {event.key: self.number_label(event, number) for event, number in self.numbered()}
        return [(e, *(self.told[e.key] or numbers[e.key])) for e in self.facts.events]

    def scale(self, inset: Inset | None) -> Scale:
        return inset.scale if inset else self.axis

    def reach(self, event: Event, scale: Scale) -> tuple[float, float]:
        """Return where an event's date begins and ends on a scale; open ends, at the scale's."""
        date = event.date
        start = scale.place(date.first) if date.start else scale.start
        return start, scale.place(date.end) if date.stop else scale.end

    def bars(self, event: Event, label: Label, scale: Scale) -> list[Shape]:
        """Return the bars in an event's hue at its label's end, that begin and end on its days."""
        found = []
        for shape in self.poster.drawn.shapes:
            if not shape.closed or self.hue(event) not in (shape.stroke, shape.fill) or not shape.stroke:
                continue
            near, far = self.poster.lies(shape)
            level = near - 0.3 <= self.poster.across(label.foot) <= far + 0.3
            if shape.curved or far - near > 2.6 * self.unit or not (level or self._at_line(label, near, far)):
                continue
            start, end = self.poster.reach(shape)
            low, high = self.reach(event, scale)
            if low - NEAR <= start and end <= high + NEAR:
                found.append(shape)
        return found

    def _at_line(self, label: Label, near: float, far: float) -> bool:
        return abs((near + far) / 2 - self.poster.across(label.foot)) < 1.3 * self.unit


@pytest.mark.parametrize("key", CASES)
def test_years_stand_on_one_scale_on_both_axes(key: Key) -> None:
    r = reading(key)
    axes = r.poster.axes()
    assert len(axes) == 2
    for rule in axes:
        years = r.poster.years(rule)
        assert years
        for year, place in years:
            assert place == pytest.approx(r.axis.place(count_days(year)), abs=NEAR), year
    ticks = [r.poster.reach(tick)[0] for tick in r.poster.ticks(axes[0])]
    assert [r.poster.reach(tick)[0] for tick in r.poster.ticks(axes[1])] == pytest.approx(ticks, abs=0.01)
    low, high = (round((at - r.axis.at) / r.axis.per_year) for at in (r.axis.start, r.axis.end))
    first = r.poster.years(axes[0])[0][0]
    new_years = [r.axis.place(count_days(first + n)) for n in range(low - 1, high + 2)]
    for tick in ticks:
        assert min(abs(tick - place) for place in new_years) < NEAR, "a tick stands at the start of a year"


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
        assert len(r.poster.labels(event, (event.date.write(r.lang), event.date.write(r.lang, year=False)), r.hue(event))) == 1
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
        assert all(a == pytest.approx(b, abs=NEAR) for a, b in itertools.zip_longest(solid, due, fillvalue=())), event.key
        due = [] if exact else [(low, high)]
        assert all(a == pytest.approx(b, abs=NEAR) for a, b in itertools.zip_longest(dashed, due, fillvalue=())), event.key


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
            assert any(h == hue and reach == pytest.approx((low, high), abs=NEAR) for h, low, high in vague), reach


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
        sample = [s for s in find_sample(r.poster, IMPORTANCE[r.lang][event.importance]) if s.fill != "#FFFFFF" or s.stroke]
        assert any(same_form([m], sample) or same_form([m], sample, turned=True) for m in own), event.key


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_legend_names_a_square_decisive_a_ring_important_a_tick_context(lang: str) -> None:
    poster = poster_of("lighthouses", lang, portrait=lang == "es")
    for importance, words in IMPORTANCE[lang].items():
        shapes = [s for s in find_sample(poster, words) if s.fill != "#FFFFFF" or s.stroke]
        assert [importance_of(shape) for shape in shapes] == [importance]


def importance_of(marker: Shape) -> int:
    """Return what a marker's form says: a square for 3, a ring for 2, a tick for 1."""
    left, top, right, bottom = marker.box
    if marker.curved:
        return 2
    narrow = min(right - left, bottom - top) / max(right - left, bottom - top)
    return 3 if narrow > 0.95 else 1


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
def test_each_event_stands_on_its_own_lanes_line(key: Key) -> None:
    r = reading(key)
    ends = sorted(lane.across for lane in r.lanes)
    for event, label, inset in r.placed:
        if inset:
            continue
        lane, at = r.lanes[event.lane], r.poster.across(label.foot)
        way = -1 if r.poster.upright else 1  # away from the labels, where bars lie that others are in the way of
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
        em = label.date.size / 72 * 25.4
        beside = (
            r.poster.shapes_between(label.date.left - 1.15 * em, label.date.left, label.date)
            or r.poster.shapes_between(label.date.right, label.date.right + 1.15 * em, label.date)
        )  # fmt: skip
        if inset and r.told[event.key]:
            assert same_form(sign_of(r, event, label), r.lanes[event.lane].sign), (event.key, beside)


def sign_of(r: Reading, event: Event, label: Label) -> tuple[Shape, ...]:
    """Return the shapes that stand beside a date, before it or, where that is the leader's side, behind it."""
    em, date = label.date.size / 72 * 25.4, label.date
    old = [x for x in r.poster.drawn.runs if x.base == date.base and 0 < x.left - date.right < 0.5 * em]
    right = max([date.right, *(x.right for x in old)])
    found = (
        *r.poster.shapes_between(date.left - 1.15 * em, date.left, date),
        *r.poster.shapes_between(right, right + 1.15 * em, date),
    )
    ink = {shape.stroke or shape.fill for lane in r.lanes for shape in lane.sign}
    return tuple(s for s in found if (s.stroke or s.fill) in ink and s.closed)


@pytest.mark.parametrize("key", CASES)
def test_eras_carry_their_number_hue_and_pattern_and_their_bars_are_their_periods(key: Key) -> None:
    r = reading(key)
    for index, section in enumerate(r.facts.sections):
        hue, pattern = LOOKS[index % len(LOOKS)]
        era = find_era(r.poster, section.title)
        assert era.number == str(index + 1)
        assert era.square.fill == hue
        assert era.feet, "a line leads from the number to the bar"
        due = r.axis.place(section.period.first), r.axis.place(section.period.end)
        for foot in era.feet:
            reach = measure_bar(r.data, r.poster, foot, hue, r.unit)
            assert reach == pytest.approx(due, abs=0.12), section.title
        if due[1] - due[0] > 6 * r.unit:
            assert tell_pattern(r.data, r.poster, era.feet[0], hue, r.unit, reach) == pattern, section.title


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
        assert ends == pytest.approx([inset.scale.place(day) for day in days], abs=0.6 * inset.times * 0.01 + NEAR)


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
        beside = [x for x in r.poster.drawn.find(text) if abs(x.base - date.base) < 0.02 and x.left > date.right]
        assert beside and beside[0].left - date.right < date.size / 72 * 25.4, event.key
