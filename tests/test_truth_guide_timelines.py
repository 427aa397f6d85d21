"""The guide's timelines: marks, spans and labels stand at their events' dates, in large print too."""

from itertools import pairwise
from typing import Any

import pytest

from tests.drawn_guides import Guide, Leaf, read_guide
from tests.drawn_time import Scale, day_of, days_of, marked_day, year_written
from tests.pdf_shapes import Point, Shape

NEAR = 0.2  # points: how exactly a date is drawn
LEAST_SPAN = 15.0  # points: what is drawn shorter is a mark alone
OPENERS = {
    "study": ("cables", "en", "study", False, "a4"),
    "teacher, letter": ("cables", "en", "teacher", False, "letter"),
    "grey": ("cables", "en", "study", True, "a4"),
    "before Christ": ("athens", "es", "study", False, "a4"),
}
STRIPS = {
    "large print": ("cables", "en", "large-print", False, "a4"),
    "large print before Christ": ("athens", "es", "large-print", False, "letter"),
}


@pytest.fixture(params=OPENERS)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*OPENERS[request.param])


@pytest.fixture(params=STRIPS)
def large(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*STRIPS[request.param])


def upright(shapes: list[Shape]) -> list[Shape]:
    """Return the solid upright lines: axes, the longest first."""
    lines = [s for s in shapes if s.is_upright and not s.dash and s.high > 60]
    return sorted(lines, key=lambda line: -line.high)


def marks_on(shapes: list[Shape], x: float) -> list[tuple[float, bool]]:
    """Return where the marks of an upright axis stand, and whether each is a square, else a disc."""
    out = []
    for shape in shapes:
        if abs(shape.middle[0] - x) < NEAR and abs(shape.wide - shape.high) < 0.1 and shape.wide < 9:
            assert shape.is_circle != shape.is_rectangle
            out.append((shape.middle[1], shape.is_rectangle))
    return sorted(out)


def is_main(event: dict[str, str]) -> bool:
    return event.get("importance") == "3"


def opener_scale(page: Leaf, shapes: list[Shape], period: tuple[int, int]) -> tuple[Shape, Scale]:
    """Return an opener's axis and its scale, as its labelled ticks give it."""
    axis = upright(shapes)[0]
    known: list[tuple[float, float]] = []
    for shape in shapes:
        if not shape.is_level or min(abs(shape.left - axis.left), abs(shape.right - axis.left)) > NEAR:
            continue
        if shape.stroke != axis.stroke or shape.wide > 9:
            continue
        outer = shape.right if page.recto else shape.left
        for words in page.words:
            year = year_written(words.text)
            gap = words.left - outer if page.recto else outer - words.right
            if year is not None and 0 < gap < 6 and abs(words.baseline - 3.2 - shape.top) < 1:
                known.append((day_of(year), shape.top))
    if len(known) < 3:  # a short axis: it begins and ends with the section's time
        known += [(period[0], axis.top), (period[1], axis.bottom)]
    scale = Scale.through(known, NEAR)
    assert scale.points > 0, "time runs down the page"
    return axis, scale


def reach(section: dict[str, Any]) -> tuple[int, int]:
    """Return the first day of a section and its events, and the day after their last."""
    dates = [section["period"], *(event["date"] for event in section["events"])]
    return min(days_of(date)[0] for date in dates), max(days_of(date)[1] for date in dates)


def test_an_openers_axis_runs_from_the_sections_first_day_to_its_last(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        page, shapes = guide.timeline(number)
        axis, scale = opener_scale(page, shapes, reach(section))
        first, end = reach(section)
        assert axis.top == pytest.approx(scale.at(first), abs=NEAR)
        assert axis.bottom == pytest.approx(scale.at(end), abs=NEAR)


def test_an_opener_marks_every_event_at_its_date_the_decisive_ones_with_a_square(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        page, shapes = guide.timeline(number)
        axis, scale = opener_scale(page, shapes, reach(section))
        due = sorted((scale.at(marked_day(e["date"])), is_main(e)) for e in section["events"])
        drawn = marks_on(shapes, axis.left)
        assert [square for _, square in drawn] == [main for _, main in due]
        assert [place for place, _ in drawn] == pytest.approx([place for place, _ in due], abs=NEAR)
        marks = [s for s in shapes if s.is_circle or (s.is_rectangle and s.wide < 9)]
        assert {mark.fill if mark.is_rectangle else mark.stroke for mark in marks} == {guide.hue(number)}


def test_ticks_stand_on_the_first_days_of_years_or_months(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        page, shapes = guide.timeline(number)
        axis, scale = opener_scale(page, shapes, reach(section))
        ticks = [
            shape
            for shape in shapes
            if shape.is_level and shape.stroke == axis.stroke and shape.wide < 9
            and min(abs(shape.left - axis.left), abs(shape.right - axis.left)) < NEAR
        ]  # fmt: skip
        first, end = reach(section)
        monthly = end - first <= 12 * 366
        year = 2000 + (first - day_of(2000)) // 365 - 30
        firsts = [day_of(y, m) for y in range(year, year + 200) for m in (range(1, 13) if monthly else (1,))]
        due = [scale.at(day) for day in firsts if first <= day <= end]
        assert sorted(tick.top for tick in ticks) == pytest.approx(due, abs=NEAR)


def test_what_lasts_is_a_dashed_line_from_its_first_day_to_its_last(guide: Guide) -> None:
    found = 0
    for number, section in enumerate(guide.sections):
        page, shapes = guide.timeline(number)
        _, scale = opener_scale(page, shapes, reach(section))
        spans = [scaled(scale, e) for e in section["events"] if is_main(e)]
        due = sorted(span for span in spans if span[1] - span[0] > LEAST_SPAN)
        drawn = sorted((s.top, s.bottom) for s in shapes if s.is_upright and s.dash)
        assert len(drawn) == len(due)
        for one, other in zip(drawn, due, strict=True):
            assert one == pytest.approx(other, abs=NEAR)
        found += len(due)
    assert found


def scaled(scale: Scale, event: dict[str, str]) -> tuple[float, float]:
    first, end = days_of(event["date"])
    return scale.at(first), scale.at(end)


def test_two_lines_lead_from_an_openers_axis_to_the_sections_bar_on_the_ruler(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        page, shapes = guide.timeline(number)
        axis, _ = opener_scale(page, shapes, reach(section))
        ends = []
        for shape in shapes:
            start, end = shape.points[0], shape.points[-1]
            if len(shape.points) == 3 and not shape.closed and page.beyond(end[0]) < page.beyond(axis.left):
                ends.append((start[1], end))
        (top, upper), (bottom, lower) = sorted(ends)
        assert (top, bottom) == pytest.approx((axis.top, axis.bottom), abs=NEAR)
        own = [
            bar
            for bar in page.ruler_bars
            if abs(bar.top - upper[1]) < 0.3 and abs(bar.bottom - lower[1]) < 0.3
        ]
        assert len({round(bar.left) for bar in own}) == 1
        inner = max(page.beyond(side) for bar in own for side in (bar.left, bar.right))
        assert page.beyond(upper[0]) == pytest.approx(inner, abs=0.5)
        ((told, tab),) = page.ruler_tabs
        assert told == number + 1
        assert tab.middle[1] == pytest.approx((upper[1] + lower[1]) / 2, abs=0.5)


# -- labels --------------------------------------------------------------------------------------------------


def windows(shapes: list[Shape]) -> list[Shape]:
    """Return the second axes, on which a crowded time is drawn larger."""
    return upright(shapes)[1:]


def leaders(page: Leaf, shapes: list[Shape], hue: str) -> list[tuple[Point, Point]]:
    """Return where each label's leader starts, at the label, and where it ends."""
    return [
        (s.points[0], s.points[-1]) for s in shapes if len(s.points) == 4 and not s.closed and s.stroke == hue
    ]


def label_of(guide: Guide, page: Leaf, event: dict[str, Any]) -> tuple[float, float, str]:
    """Return an event's label: its first baseline, its left, and the date that stands above it."""
    words = guide.say(event["label"]).split()
    for start in page.words:
        if words[: len(start.text.split())] == start.text.split() and start.size < 12:
            above = [w for w in page.words if w.bold and abs(start.baseline - 12.5 - w.baseline) < 0.5]
            near = [w for w in above if abs(w.left - start.left) < 1]
            if near:
                return start.baseline, start.left, near[0].text
    raise AssertionError(f"no label of {event['id']}")


def test_every_decisive_event_is_labelled_and_its_leader_ends_at_its_own_mark(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        page, shapes = guide.timeline(number)
        axis, scale = opener_scale(page, shapes, reach(section))
        crowd = crowded(guide, number) if windows(shapes) else {}
        for event in filter(is_main, section["events"]):
            baseline, _, _ = label_of(guide, page, event)
            (end,) = [
                e for s, e in leaders(page, shapes, guide.hue(number)) if abs(s[1] - baseline + 15.5) < 0.5
            ]
            line = windows(shapes)[0] if event["id"] in crowd else axis
            assert 0 <= abs(end[0] - line.left) < 3
            where = crowd.get(event["id"], scale.at(marked_day(event["date"])))
            assert end[1] == pytest.approx(where, abs=NEAR), event["id"]


def crowded(guide: Guide, number: int) -> dict[str, float]:
    """Return the events on an opener's magnified axis with their places on its own scale."""
    page, shapes = guide.timeline(number)
    section = guide.sections[number]
    axis, scale = opener_scale(page, shapes, reach(section))
    (window,) = windows(shapes)
    ties = [
        shape.points
        for shape in shapes
        if len(shape.points) == 3 and not shape.closed and abs(shape.points[0][0] - window.left) < NEAR
    ]
    assert [tie[-1][0] for tie in ties] == pytest.approx([axis.left, axis.left], abs=NEAR)
    (top, first), (bottom, last) = sorted((tie[0][1], tie[-1][1]) for tie in ties)
    assert (top, bottom) == pytest.approx((window.top, window.bottom), abs=NEAR)
    inside = [e for e in section["events"] if first < scale.at(marked_day(e["date"])) < last]
    drawn = marks_on(shapes, window.left)
    order = sorted(inside, key=lambda e: marked_day(e["date"]))
    assert [square for _, square in drawn] == [is_main(event) for event in order]
    known = [(marked_day(e["date"]), place) for e, (place, _) in zip(order, drawn, strict=True)]
    own = Scale.through(known, NEAR)
    assert own.points > scale.points * 2, "drawn larger, and in the same direction"
    assert own.day(top) == pytest.approx(scale.day(first), abs=0.1 / scale.points)
    assert own.day(bottom) == pytest.approx(scale.day(last), abs=0.1 / scale.points)
    assert_months(shapes, window, own)
    return {event["id"]: place for event, (place, _) in zip(order, drawn, strict=True) if is_main(event)}


def assert_months(shapes: list[Shape], window: Shape, own: Scale) -> None:
    """Assert that a magnified axis has a tick at the first of each of its months."""
    ticks = sorted(
        s.top for s in shapes if s.is_level and s.stroke == window.stroke
        and min(abs(s.left - window.left), abs(s.right - window.left)) < NEAR
    )  # fmt: skip
    months = [day_of(year, month) for year in range(1885, 1889) for month in range(1, 13)]
    due = [own.at(day) for day in months if window.top + 0.1 < own.at(day) < window.bottom - 0.1]
    assert ticks == pytest.approx(due, abs=NEAR)


@pytest.mark.parametrize("name", ["study", "teacher, letter", "grey"])
def test_a_crowded_year_is_drawn_larger_with_every_event_of_it(name: str) -> None:
    guide = read_guide(*OPENERS[name])
    girdle = next(i for i, section in enumerate(guide.sections) if section["id"] == "girdle")
    assert sorted(crowded(guide, girdle)) == [f"join-{n}" for n in range(1, 9)]
    others = [i for i in range(len(guide.sections)) if i != girdle]
    assert not any(windows(guide.timeline(i)[1]) for i in others)


def test_a_labels_date_is_its_events(guide: Guide) -> None:
    if guide.lang != "en":
        pytest.skip("dates are written out here in English")
    told = {
        event["id"]: label_of(guide, guide.timeline(number)[0], event)[2]
        for number, section in enumerate(guide.sections)
        for event in filter(is_main, section["events"])
    }
    assert told == {
        "first-core": "14 May 1838",
        "channel": "Aug 1850 – Nov 1851",
        "levant": "Apr 1855",
        "survey": "Jul 1854 – Feb 1856",
        "greeting": "16 Aug 1858",
        "held": "27 Jul 1866",
        "bombay": "Jun 1870",
        "join-1": "8 Jan 1886",
        "join-2": "20 Feb 1886",
        "join-3": "5 Mar 1886",
        "join-4": "Apr 1886",
        "join-5": "30 Jun 1886",
        "join-6": "15 Aug 1886",
        "join-7": "1 Sep 1886",
        "join-8": "24 Nov 1886",
        "pacific": "31 Oct 1902",
        "spark": "2 Jun 1896",
        "war-watch": "Aug 1914 – Nov 1918",
        "speech": "25 Sep 1956",
        "light": "14 Dec 1988",
    }


def test_the_labels_of_an_opener_stand_in_the_order_of_their_dates(guide: Guide) -> None:
    for number, section in enumerate(guide.sections):
        page, _ = guide.timeline(number)
        order = sorted(filter(is_main, section["events"]), key=lambda e: days_of(e["date"]))
        places = [label_of(guide, page, event)[0] for event in order]
        assert all(above < below for above, below in pairwise(places))


# -- large print ---------------------------------------------------------------------------------------------


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


def test_a_strip_is_followed_by_the_decisive_events_in_order_with_their_dates(large: Guide) -> None:
    if large.lang != "en":
        pytest.skip("dates are written out here in English")
    page, shapes = large.timeline(0)
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
