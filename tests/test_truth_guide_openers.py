"""The openers' timelines: axis, ticks, marks and spans stand at their dates."""

import pytest

from tests.drawn_guides import Guide, read_guide
from tests.drawn_time import day_of, marked_day
from tests.drawn_timelines import NEAR, OPENERS, is_main, marks_on, opener_scale, reach, scaled

LEAST_SPAN = 15.0  # points: what is drawn shorter is a mark alone


@pytest.fixture(params=OPENERS)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read_guide(*OPENERS[request.param])


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
