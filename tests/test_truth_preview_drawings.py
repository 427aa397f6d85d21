"""The preview's slides: charts and timelines as they are seen stand for the outline's values and dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan2, pi
from typing import Any

import pytest
import yaml

from builders.load import load
from builders.memory import Job
from builders.options import Options
from builders.preview.documents import make
from tests.drawn_guides import OUTLINES, theme_sections
from tests.drawn_time import Scale, day_of, days_of, year_written
from tests.svg_reading import Mark, Text, read_svg

NEAR = 0.25  # points: the drawing is written to a tenth
COURSES = {"cables": "en", "athens": "es"}
CHART = (118.0, 460.0)  # points from the slide's top: below the title, above the ruler
LEAST_BAR = 9.0  # points: what lasts less is a mark
Row = dict[str, Any]


@dataclass(frozen=True)
class Slides:
    """The slides of a course as the preview shows them, and the outline's file read without the builders."""

    source: dict[str, Any]
    lang: str
    slides: list[tuple[list[Mark], list[Text]]]

    def say(self, text: Any) -> str:
        return str(text[self.lang] if isinstance(text, dict) else text)

    def charts(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any], list[Mark], list[Text]]]:
        """Yield the charts: hue of the section, chart, and what is drawn of it."""
        for number, section in enumerate(self.source["sections"]):
            for block in section["blocks"]:
                if "chart" in block and block["chart"]["kind"] in kinds:
                    marks, texts = self._titled(self.say(block["chart"]["title"]))
                    yield theme_sections()[number]["hue"], block["chart"], marks, texts

    def timeline(self, number: int) -> tuple[list[Mark], list[Text]]:
        """Return what is drawn on a section's timeline slide."""
        title = self.say(self.source["sections"][number]["title"])
        word = {"en": "Timeline", "es": "Cronología"}[self.lang]
        return self._titled(f"{word}. {title}", f"{word}. {title} (1/2)")

    def _titled(self, *titles: str) -> tuple[list[Mark], list[Text]]:
        for marks, texts in self.slides:
            if any(text.words in titles and text.baseline < 110 for text in texts):
                return (
                    [m for m in marks if CHART[0] < m.middle[1] < CHART[1] and m.wide < 900],
                    [t for t in texts if CHART[0] - 10 < t.baseline < CHART[1]],
                )
        raise AssertionError(f"no slide {titles}")


@cache
def read_slides(name: str) -> Slides:
    path, lang = OUTLINES / f"{name}.yaml", COURSES[name]
    document = make(load(path).outline, Job("deck", Options(lang=lang, root=OUTLINES)))
    slides = [read_svg(str(leaf.svg)) for leaf in document.leaves]
    return Slides(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader), lang, slides)


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest) -> Slides:
    return read_slides(request.param)


def written(value: Any, unit: str, lang: str) -> str:
    """Return a value as the slides write it."""
    values = value if isinstance(value, list) else [value]
    texts = [f"{float(v):,.10g}".replace("-", "−") for v in values]
    if lang == "es":
        texts = [text.replace(",", "" if len(text) < 6 else "\u00a0").replace(".", ",") for text in texts]
    return "–".join(texts) + (f"\u00a0{unit}" if unit else "")


# -- charts --------------------------------------------------------------------------------------------------


def axis_of(marks: Sequence[Mark]) -> Mark:
    return max((m for m in marks if m.is_upright), key=lambda m: m.bottom - m.top)


def head_of(course: Slides, axis: Mark, texts: Sequence[Text], row: Row) -> Text:
    """Return the head of a row: of one that is folded, its first line."""
    head = course.say(row["head"])
    (found,) = [
        t for t in texts if t.anchor == "end" and head.startswith(t.words) and t.x < axis.left and not t.bold
    ]
    return found


def rows_drawn(
    course: Slides, hue: str, chart: dict[str, Any], marks: Sequence[Mark], texts: Sequence[Text]
) -> list[tuple[Row, Text, list[Mark]]]:
    """Return the rows of a chart with their heads and the bars at the head's height."""
    axis = axis_of(marks)
    heads = [head_of(course, axis, texts, row) for row in chart["rows"]]
    edges = [axis.top, *((a.middle + b.middle) / 2 for a, b in pairwise(heads)), axis.bottom]
    bars = sorted((m for m in marks if m.kind == "rect" and m.stroke == hue and m.wide), key=lambda m: m.top)
    rows = [
        (row, head, [bar for bar in bars if top < bar.middle[1] < bottom])
        for row, head, top, bottom in zip(chart["rows"], heads, edges, edges[1:], strict=False)
    ]
    assert sum(len(own) for _, _, own in rows) == len(bars), "each bar belongs to one row"
    return rows


def bar_charts(course: Slides) -> Iterator[tuple[str, dict[str, Any], list[Mark], list[Text]]]:
    """Yield the charts that are drawn as bars: shares too, where they are many."""
    for hue, chart, marks, texts in course.charts("bar", "share"):
        if not any(mark.kind == "path" for mark in marks):
            yield hue, chart, marks, texts


def test_bars_are_as_long_as_their_values_and_start_from_the_axis(course: Slides) -> None:
    for hue, chart, marks, texts in bar_charts(course):
        zero = axis_of(marks).left
        known = [(0.0, zero)]
        for row, _, bars in rows_drawn(course, hue, chart, marks, texts):
            values = [float(value) for value in row["cells"] if value not in ("", "0")]
            assert len(bars) == len(values)
            for value, bar in zip(values, bars, strict=True):
                start, end = (bar.left, bar.right) if value > 0 else (bar.right, bar.left)
                assert start == pytest.approx(zero, abs=NEAR)
                known.append((value, end))
        assert Scale.through(known, NEAR).points > 0


def test_ranges_reach_from_their_low_to_their_high_value(course: Slides) -> None:
    for hue, chart, marks, texts in course.charts("range"):
        known = [(0.0, axis_of(marks).left)]
        for row, _, (bar,) in rows_drawn(course, hue, chart, marks, texts):
            known += zip(map(float, row["cells"][0]), (bar.left, bar.right), strict=True)
        assert Scale.through(known, NEAR).points > 0


def test_each_value_is_written_at_the_end_of_its_own_bar(course: Slides) -> None:
    for hue, chart, marks, texts in [*bar_charts(course), *course.charts("range")]:
        unit, names = course.say(chart.get("unit", "")), chart.get("columns", [])
        told = set()
        for row, _, bars in rows_drawn(course, hue, chart, marks, texts):
            values = [(i, value) for i, value in enumerate(row["cells"]) if value not in ("", "0")]
            for (series, value), bar in zip(values, bars, strict=True):
                below = not isinstance(value, list) and float(value) < 0
                (words,) = [
                    t for t in texts
                    if t.bold and abs(t.middle - bar.middle[1]) < 1 and (t.anchor == "end") == below
                    and 0 < (bar.left - t.x if below else t.x - bar.right) < 8
                ]  # fmt: skip
                due = written(value, unit, course.lang)
                if len(names) > 1 and series not in told:  # a series is named where it first stands
                    due = f"{names[series]}: {due}"
                told.add(series)
                assert words.words == due


def test_no_bar_or_value_runs_into_the_rows_heads(course: Slides) -> None:
    for hue, chart, marks, texts in [*bar_charts(course), *course.charts("range")]:
        for _, head, bars in rows_drawn(course, hue, chart, marks, texts):
            assert all(bar.left > head.x for bar in bars)
            ends = [t for t in texts if t.bold and t.anchor == "end" and abs(t.middle - head.middle) < 60]
            assert all(t.x - len(t.words) * t.size * 0.4 > head.x for t in ends)


def test_the_emphasised_row_alone_is_filled(course: Slides) -> None:
    found = 0
    for hue, chart, marks, texts in [*bar_charts(course), *course.charts("range")]:
        if len(chart.get("columns", ())) > 1:
            continue
        rows = rows_drawn(course, hue, chart, marks, texts)
        some = any(row.get("emphasis") == "true" for row, _, _ in rows)
        for row, _, bars in rows:
            emphasised = row.get("emphasis") == "true" or not some
            found += row.get("emphasis") == "true"
            assert {bar.fill for bar in bars} <= {hue if emphasised else "#FFFFFF"}
    assert found


def test_series_are_told_apart_by_their_fill() -> None:
    course = read_slides("cables")
    ((hue, chart, marks, texts),) = [c for c in bar_charts(course) if len(c[1].get("columns", ())) > 1]
    fills: dict[int, set[str]] = {}
    for row, _, bars in rows_drawn(course, hue, chart, marks, texts):
        series = [i for i, value in enumerate(row["cells"]) if value != ""]
        for i, bar in zip(series, bars, strict=True):
            fills.setdefault(i, set()).add(bar.fill)
    assert [len(found) for found in fills.values()] == [1, 1, 1]
    assert len(set.union(*fills.values())) == 3


def test_slices_are_as_large_as_their_shares_clockwise_from_the_top(course: Slides) -> None:
    found = 0
    for hue, chart, marks, texts in course.charts("share"):
        slices = [mark for mark in marks if mark.kind == "path"]
        if not slices:
            continue
        found += 1
        centre = slices[0].points[0]
        values = [float(row["cells"][0]) for row in chart["rows"]]
        turn = 0.0
        for row, value, part in zip(chart["rows"], values, slices, strict=True):
            after = turn + 2 * pi * value / sum(values)
            assert part.points[0] == centre
            start, end = (clockwise(centre, point) for point in part.points[1:3])
            assert start == pytest.approx(turn % (2 * pi), abs=0.005)
            assert (
                end == pytest.approx(after % (2 * pi), abs=0.005)
                or 2 * pi - after < 0.001 > min(end, 2 * pi - end) - 0.005
            )
            assert (part.fill == hue) == (row.get("emphasis") == "true")
            label = next(t for t in texts if course.say(row["head"]).startswith(t.words))
            below = [t for t in texts if abs(t.x - label.x) < 0.1 and 0 < t.baseline - label.baseline < 60]
            unit = course.say(chart.get("unit", ""))
            assert written(row["cells"][0], unit, course.lang) in below[-1].words
            away = clockwise(centre, (label.x, (label.middle + below[-1].middle) / 2))
            assert turn < away < after
            turn = after
    assert found


def clockwise(centre: tuple[float, float], point: tuple[float, float]) -> float:
    """Return the angle of a point, clockwise from the top."""
    return atan2(point[0] - centre[0], centre[1] - point[1]) % (2 * pi)


def line_scales(marks: Sequence[Mark], texts: Sequence[Text]) -> tuple[Scale, Scale]:
    """Return the scales of a line chart, as the years below its axis and the numbers beside it give them."""
    years, values = [], []
    for text in texts:
        if text.anchor == "middle" and not text.bold and (year := year_written(text.words)) is not None:
            ticks = [
                m for m in marks if m.is_upright and abs(m.left - text.x) < NEAR and m.bottom < text.baseline
            ]
            years += [(year, tick.left) for tick in ticks]
        elif text.anchor == "end" and not text.bold:
            (rule,) = {m.top for m in marks if m.is_level and abs(m.top - text.middle) < 1}
            values.append((float(text.words), rule))
    return Scale.through(years, 0.5), Scale.through(values, NEAR)


def test_lines_stand_at_their_dates_and_as_high_as_their_values(course: Slides) -> None:
    for _, chart, marks, texts in course.charts("line"):
        across, up = line_scales(marks, texts)
        assert across.points > 0 > up.points
        drawn = [m for m in marks if m.kind in ("rect", "circle") and m.wide < 12]
        drawn += [m for m in marks if m.kind == "path"]
        due = []
        for series in range(max(len(row["cells"]) for row in chart["rows"])):
            for row in chart["rows"]:
                if row["cells"][series] != "":
                    middle = sum(days_of(row["head"])) / 2
                    due.append((across.at(as_year(middle)), up.at(float(row["cells"][series]))))
        assert len(drawn) == len(due)
        places = [mark.middle for mark in drawn]
        for place in due:
            near = min(places, key=lambda p: abs(p[0] - place[0]) + abs(p[1] - place[1]))
            assert near == pytest.approx(place, abs=0.6)
        corners = {point for m in marks if m.kind == "polyline" for point in m.points}
        assert all(min(abs(x - a) + abs(y - b) for a, b in due) < 1.2 for x, y in corners)


def as_year(day: float) -> float:
    """Return a day as a year and its part, as on an axis whose years are alike."""
    year = next(y for y in range(-3000, 3000) if day_of(y) <= day < day_of(y + 1))
    return year + (day - day_of(year)) / (day_of(year + 1) - day_of(year))


def test_each_value_of_a_line_stands_at_its_own_mark(course: Slides) -> None:
    for _, chart, marks, texts in course.charts("line"):
        if len(chart.get("columns", ())) > 1:
            continue
        drawn = sorted((m for m in marks if m.kind == "rect" and m.wide < 12), key=lambda m: m.left)
        for row, mark in zip(chart["rows"], drawn, strict=True):
            words = written(row["cells"][0], course.say(chart.get("unit", "")), course.lang)
            (told,) = [t for t in texts if t.words == words and t.bold]
            shift = {"start": 30, "end": -30, "middle": 0}[told.anchor]
            nearest = min(
                drawn, key=lambda m: abs(m.middle[0] - told.x - shift / 3) + abs(m.middle[1] - told.middle)
            )
            assert nearest is mark


# -- time ----------------------------------------------------------------------------------------------------


def year_scale(marks: Sequence[Mark], texts: Sequence[Text]) -> Scale:
    """Return a time axis's scale, as its years and the ticks above them give it."""
    known: list[tuple[float, float]] = []
    for text in texts:
        if text.anchor == "middle" and (year := year_written(text.words)) is not None:
            ticks = [m for m in marks if m.is_upright and 0 < text.baseline - m.bottom < 30]
            known += {(day_of(year), tick.left) for tick in ticks if abs(tick.left - text.x) < NEAR}
    return Scale.through(known, NEAR)


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
        leaders = [m for m in marks if m.kind == "line" and m.stroke == hue and abs(m.weight - 1.25) < 0.01]
        slants = [m for m in leaders if not m.is_upright]
        for event in section["events"]:
            label = course.say(event["label"])
            starts = [
                text
                for text in texts
                if label.startswith(text.words) and text.colour != hue
                and any((t.x, t.colour) == (text.x, hue) and 0 < text.baseline - t.baseline < 30 for t in texts)
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
