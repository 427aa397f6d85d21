"""The labels of the openers' timelines: each is led to its own event, in a magnified time too."""

from itertools import pairwise
from typing import Any

import pytest

from tests.drawn_guides import Guide, Leaf, read_guide
from tests.drawn_time import Scale, day_of, days_of, marked_day
from tests.drawn_timelines import NEAR, OPENERS, is_main, marks_on, opener_scale, reach, upright
from tests.pdf_shapes import Point, Shape


@pytest.fixture(params=OPENERS)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*OPENERS[request.param])


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


def leaders(page: Leaf, shapes: list[Shape], hue: str) -> list[tuple[Point, Point]]:
    """Return where each label's leader starts, at the label, and where it ends."""
    return [
        (s.points[0], s.points[-1]) for s in shapes if len(s.points) == 4 and not s.closed and s.stroke == hue
    ]


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


def windows(shapes: list[Shape]) -> list[Shape]:
    """Return the second axes, on which a crowded time is drawn larger."""
    return upright(shapes)[1:]


@pytest.mark.parametrize("name", ["study", "teacher, letter", "grey"])
def test_a_crowded_year_is_drawn_larger_with_every_event_of_it(name: str) -> None:
    guide = read_guide(*OPENERS[name])
    girdle = next(i for i, section in enumerate(guide.sections) if section["id"] == "girdle")
    assert sorted(crowded(guide, girdle)) == [f"join-{n}" for n in range(1, 9)]
    others = [i for i in range(len(guide.sections)) if i != girdle]
    assert not any(windows(guide.timeline(i)[1]) for i in others)


@pytest.mark.parametrize("name", ["study", "teacher, letter", "grey"])
def test_a_labels_date_is_its_events(name: str) -> None:
    guide = read_guide(*OPENERS[name])
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
