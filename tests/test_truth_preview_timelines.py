"""The preview's timelines and ruler as they are seen stand for the outline's dates."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest

from tests.drawn_guides import theme_sections
from tests.drawn_patterns import pattern_of
from tests.drawn_slides import COURSES, DOTS, NEAR, Slides, read_slides, year_scale
from tests.drawn_time import Scale, day_of, days_of
from tests.svg_reading import Mark

LEAST_BAR = 9.0  # points: what lasts less is a mark


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest) -> Slides:
    return read_slides(request.param)


def test_a_timeline_marks_each_event_at_its_date_by_its_importance_and_as_long_as_it_lasts(
    course: Slides,
) -> None:
    for number, section in enumerate(course.source["sections"]):
        hue = theme_sections()[number]["hue"]
        marks, texts = course.timeline(number)
        scale = year_scale(marks, texts)
        assert scale.points > 0
        for event in section["events"]:
            first, end = (scale.at(day) for day in days_of(event["date"]))
            long = end - first > LEAST_BAR and not exact(event["date"])
            found = (
                list(bars_at(marks, hue, first, end)) if long else [*signs_at(marks, hue, (first + end) / 2)]
            )
            wanted = (
                "bar" if long else {"1": "tick", "2": "ring", "3": "square"}[event.get("importance", "2")]
            )
            assert wanted in found, (event["id"], wanted, found)
        due = sum(not long_enough(scale, event) for event in section["events"])
        signs = [m for m in marks if kind_of(m, hue)]
        assert len(signs) == due, "no mark without an event"


def exact(date: str) -> bool:
    """Whether a date is one day."""
    return "/" not in date and len(date.strip("-~?%").split("-")) == 3


def long_enough(scale: Scale, event: dict[str, str]) -> bool:
    first, end = (scale.at(day) for day in days_of(event["date"]))
    return end - first > LEAST_BAR and not exact(event["date"])


def kind_of(mark: Mark, hue: str) -> str:
    """Return what a mark tells of an event's importance: square, ring, tick, or nothing."""
    if mark.stroke != hue:
        return ""
    if mark.kind == "rect" and abs(mark.wide - 11) < 0.2 and mark.fill == hue:
        return "square"
    if mark.kind == "ellipse":
        return "ring"
    return "tick" if mark.is_upright and abs(mark.bottom - mark.top - 12) < 0.2 else ""


def signs_at(marks: Sequence[Mark], hue: str, x: float) -> Iterator[str]:
    for mark in marks:
        if kind_of(mark, hue) and abs(mark.middle[0] - x) < NEAR:
            yield kind_of(mark, hue)


def bars_at(marks: Sequence[Mark], hue: str, first: float, end: float) -> Iterator[str]:
    for mark in marks:
        near = abs(mark.left - first) < NEAR and abs(mark.right - end) < NEAR
        if near and mark.kind == "rect" and hue in (mark.stroke, mark.fill):
            yield "bar"


def test_a_bar_is_solid_only_where_something_lasted_for_certain() -> None:
    course = read_slides("cables")
    marks, texts = course.timeline(0)
    scale = year_scale(marks, texts)
    hue = theme_sections()[0]["hue"]
    solid = [(m.left, m.right) for m in marks if m.kind == "rect" and m.fill == hue and m.bottom - m.top < 8]
    due = [(scale.at(day_of(1850, 8, 31)), scale.at(day_of(1851, 11, 2)))]  # from August to November
    assert [end for bar in solid for end in bar] == pytest.approx(
        [end for bar in due for end in bar], abs=NEAR
    )
    dashed = [(m.left, m.right) for m in marks if m.kind == "rect" and m.dash]
    assert len(dashed) == 1
    assert dashed[0] == pytest.approx([scale.at(day) for day in days_of("1845~")], abs=NEAR)


def test_each_label_of_a_timeline_is_led_to_its_own_event(course: Slides) -> None:
    found = 0
    for number, section in enumerate(course.source["sections"]):
        hue = theme_sections()[number]["hue"]
        marks, texts = course.timeline(number)
        scale = year_scale(marks, texts)
        dates = [text for text in texts if text.colour == hue]
        leaders = [m for m in marks if m.kind == "line" and m.stroke == hue and abs(m.weight - 1.25) < 0.01]
        slants = [m for m in leaders if not m.is_upright]
        for event in section["events"]:
            label = course.say(event["label"])
            starts = [
                text
                for text in texts
                if label.startswith(text.words) and text.colour != hue
                and any(d.x == text.x and 0 < text.baseline - d.baseline < 30 for d in dates)
            ]  # fmt: skip
            for start in starts:
                found += 1
                side = 6.0 if start.anchor == "start" else -6.0
                (leader,) = [m for m in leaders if m.is_upright and abs(start.x - side - m.left) < NEAR]
                assert leader.top < start.baseline < leader.bottom
                ends = [slant_end(slant) for slant in slants if abs(slant_start(slant) - leader.left) < NEAR]
                foot = ends[0] if ends else leader.left
                assert foot == pytest.approx(pointed_at(scale, event), abs=0.6), event["id"]
    assert found > 5


def slant_start(slant: Mark) -> float:
    """Return where a slanting line's upper end is."""
    return min(slant.points, key=lambda point: point[1])[0]


def slant_end(slant: Mark) -> float:
    """Return where a slanting line's lower end is."""
    return max(slant.points, key=lambda point: point[1])[0]


def pointed_at(scale: Scale, event: dict[str, str]) -> float:
    """Return where an event's leader must end: the middle of its date, or of the start of what lasts."""
    date = event["date"]
    part = date.split("/")[0] if long_enough(scale, event) else date
    return sum(scale.at(day) for day in days_of(part)) / 2


def test_the_ruler_shows_every_section_at_its_time_on_each_slide(course: Slides) -> None:
    (cover, words), *others = course.slides
    scale = year_scale(cover, words)
    due = sorted(tuple(scale.at(day) for day in days_of(s["period"])) for s in course.source["sections"])
    assert scale.points > 0
    hues = [theme_sections()[i]["hue"] for i in range(len(due))]
    drawn = sorted((m.left, m.right) for m in cover if m.kind == "rect" and m.stroke in hues)
    assert [x for bar in drawn for x in bar] == pytest.approx([x for bar in due for x in bar], abs=NEAR)
    for marks, texts in others:
        bare = sorted(
            (m.left, m.right) for m in marks if m.kind == "rect" and m.top > 460 and m.fill == "none"
        )
        if not bare:
            continue  # a layout without a ruler
        assert [x for bar in bare for x in bar] == pytest.approx([x for bar in due for x in bar], abs=NEAR)
        numbers = [t for t in texts if t.colour == "#FFFFFF" and t.baseline < 40]
        own = [m for m in marks if m.kind == "rect" and m.top > 460 and m.stroke in hues]
        for number in numbers:
            section = int(number.words) - 1
            (bar,) = own
            first, end = (scale.at(day) for day in days_of(course.source["sections"][section]["period"]))
            assert (bar.left, bar.right) == pytest.approx((first, end), abs=NEAR)
            assert bar.stroke == hues[section]


def test_each_event_is_a_line_on_the_cover_at_its_first_day_as_high_as_it_is_important(
    course: Slides,
) -> None:
    marks, words = course.slides[0]
    scale = year_scale(marks, words)
    hues = [theme_sections()[i]["hue"] for i in range(len(course.source["sections"]))]
    lines = [m for m in marks if m.is_upright and m.stroke in hues]
    due = [
        (scale.at(days_of(event["date"])[0]), hues[number], int(event.get("importance", "2")))
        for number, section in enumerate(course.source["sections"])
        for event in section["events"]
    ]
    assert len(lines) == len(due)
    heights: dict[int, set[int]] = {}
    left = list(lines)
    for x, hue, importance in due:
        own = min(left, key=lambda m: abs(m.left - x) + 100 * (m.stroke != hue))
        assert own.left == pytest.approx(x, abs=NEAR)
        assert own.stroke == hue
        left.remove(own)
        heights.setdefault(importance, set()).add(round(own.bottom - own.top))
    assert all(max(heights[a]) < min(heights[b]) for a, b in pairwise(sorted(heights)))


def test_each_sections_bar_on_the_cover_is_in_its_own_hue_and_pattern(course: Slides) -> None:
    marks, words = course.slides[0]
    scale, cover = year_scale(marks, words), course.picture(0)
    for number, section in enumerate(course.source["sections"]):
        first, end = (scale.at(day) for day in days_of(section["period"]))
        hue, pattern = theme_sections()[number]["hue"], theme_sections()[number]["pattern"]
        (bar,) = [m for m in marks if m.kind == "rect" and m.stroke == hue]
        assert (bar.left, bar.right) == pytest.approx((first, end), abs=NEAR)
        middle, half = bar.middle[0], min(bar.wide / 2 - 1, 24)
        box = (middle - half, bar.top + 0.8, middle + half, bar.bottom - 0.8)
        left, top, right, bottom = (round(side * DOTS) for side in box)
        assert pattern_of(cover.crop((left, top, right, bottom))) == pattern
