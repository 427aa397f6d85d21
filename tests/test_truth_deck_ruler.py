"""The course's ruler is true to scale on every slide, and a section is its number, hue, pattern and place."""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.load import load_outline
from tests.deck_reading import Fill, Shape, Slide, read_deck, read_slides, take_single
from tests.deck_time import (
    LOOKS,
    NEAR,
    Axis,
    check_look,
    find_events,
    find_upright_lines,
    fit_scale,
    read_axis,
    read_year,
)
from tests.deck_words import AGENDA
from tests.outline_facts import OUTLINES, count_days, find_span, plain_text, read_facts

OWN = [
    ("athens", "en", "16:9"),
    ("athens", "es", "4:3"),
    ("longitude", "es", "16:9"),
    ("longitude", "en", "4:3"),
]
each_own_deck = pytest.mark.parametrize(("name", "lang", "ratio"), OWN, ids=["-".join(deck) for deck in OWN])


def read_ruler(slide: Slide, sections: Sequence[dict[str, Any]] = ()) -> tuple[Axis, list[Shape]]:
    """Return the ruler at a slide's foot, by its sections' ends, and its sections' bars."""
    sections = sections or find_sections(slide)
    line = max((s for s in slide.furniture if s.kind == "line" and s.h < 0.01), key=lambda s: s.w)
    bars = [s for s in slide.furniture if s.kind == "rect" and s.bottom <= line.y + 1 and s.h < 12]
    bars = [bar for bar in bars if line.y - bar.bottom < 14]
    assert len(bars) == len(sections)
    known = [
        (day, x)
        for section, bar in zip(sections, bars, strict=True)
        for day, x in zip(find_span(section["period"]), (bar.x, bar.right), strict=True)
    ]
    return fit_scale(line, known), bars


def find_sections(slide: Slide) -> list[dict[str, Any]]:
    name = "athens" if "Aten" in slide.words or "Athens" in slide.words else "longitude"
    return list(read_facts(name)["sections"])


@each_own_deck
def test_the_ruler_at_the_foot_is_true_to_scale(name: str, lang: str, ratio: str) -> None:
    for slide in read_deck(name, lang, ratio=ratio)[2:]:
        axis, bars = read_ruler(slide)
        ticks = sorted(t.x for t in find_upright_lines(slide.furniture) if abs(t.y - axis.line.y) < NEAR)
        years = [axis.date(x) / 365.2425 for x in ticks]
        step = round(years[1] - years[0])
        start = count_days(0) / 365.2425
        assert step >= 5
        for tick in ticks:
            year = round(axis.date(tick) / 365.2425 - start)
            assert tick == pytest.approx(axis.at(count_days(year)), abs=NEAR)
            assert (year if year > 0 else year - 1) % step == 0, "marks stand at round years"
        title = next(shape for shape in slide.shapes if shape.holder == "TITLE")
        if slide.layout not in ("Section", "Sección"):
            assert axis.line.x == pytest.approx(title.x, abs=NEAR), "from margin to margin"
        assert_apart(bars)


def assert_apart(bars: Sequence[Shape]) -> None:
    for one, other in combinations(bars, 2):
        apart = one.right <= other.x or other.right <= one.x
        assert apart or one.bottom <= other.y + 0.01 or other.bottom <= one.y + 0.01, "one over another"


def test_sections_of_one_time_stand_above_each_other_on_every_ruler(tmp_path: Path) -> None:
    text = (OUTLINES / "cables.yaml").read_text(encoding="utf-8")
    assert "period: 1870/1902-10-31" in text
    text = text.replace("period: 1870/1902-10-31", "period: 1850/1902-10-31")  # the third from 1854 to 1858
    path = tmp_path / "cables.yaml"
    path.write_text(text, encoding="utf-8")
    sections = yaml.load(text, yaml.CBaseLoader)["sections"]
    (artifact,) = build(load_outline(path).outline, DeckOptions(lang="en", root=OUTLINES))
    front, _, *slides = read_slides(artifact.data)
    axis = read_axis(front.shapes, "en")
    on_front = [s for s in front.of("rect") if s.bottom <= axis.line.y and s.h < 14]
    assert len(on_front) == len(sections)
    for bar, section in zip(on_front, sections, strict=True):
        first, after = find_span(section["period"])
        assert (bar.x, bar.right) == pytest.approx((axis.at(first), axis.at(after)), abs=NEAR)
    assert_apart(on_front)
    titles = [plain_text(section["title"], "en") for section in sections]
    for slide in slides:
        at_foot, bars = read_ruler(slide, sections)
        assert_apart(bars)
        assert all(bar.bottom < at_foot.line.y for bar in bars)
        if slide.section in titles:
            own = bars[titles.index(slide.section)]
            place = (own.x, own.y, own.right, own.bottom)
            marks = [s for s in slide.of("rect") if (s.x, s.y, s.right, s.bottom) == pytest.approx(place)]
            take_single(marks)


@each_own_deck
def test_the_title_slides_axis_is_that_of_every_slide(name: str, lang: str, ratio: str) -> None:
    front, _, *rest = read_deck(name, lang, ratio=ratio)
    own = read_axis(front.shapes, lang)
    for slide in rest:
        axis, _ = read_ruler(slide)
        assert axis.at(count_days(1)) == pytest.approx(own.at(count_days(1)), abs=4 * NEAR)
        assert axis.day == pytest.approx(own.day, rel=0.01)
        assert axis.line.x == pytest.approx(own.line.x, abs=NEAR)


@each_own_deck
def test_the_ruler_marks_the_slides_own_section_and_no_other(name: str, lang: str, ratio: str) -> None:
    titles = [plain_text(section["title"], lang) for section in read_facts(name)["sections"]]
    seen = set()
    for slide in read_deck(name, lang, ratio=ratio)[2:]:
        _, bars = read_ruler(slide)
        band = min(bar.y for bar in bars) - 1, max(bar.bottom for bar in bars) + 1
        marks = [s for s in slide.of("rect") if band[0] <= s.y and s.bottom <= band[1]]
        if slide.section not in titles:
            assert not marks, slide.title
            continue
        index = titles.index(slide.section)
        seen.add(index)
        mark, bar = take_single(marks), bars[index]
        assert (mark.x, mark.right, mark.y) == pytest.approx((bar.x, bar.right, bar.y), abs=NEAR)
        if slide.title == slide.section:
            assert slide.ground == LOOKS[index][0], "a section's first slide is its hue"
            assert mark.fill == Fill("FFFFFF")
        else:
            check_look(mark.fill, index)
    assert len(seen) == len(titles)


@each_own_deck
def test_each_slide_bears_its_sections_number_in_its_hue(name: str, lang: str, ratio: str) -> None:
    titles = [plain_text(section["title"], lang) for section in read_facts(name)["sections"]]
    for slide in read_deck(name, lang, ratio=ratio)[1:]:
        hanging = [s for s in slide.of("rect") if s.y == 0]
        tab = take_single(hanging)
        if slide.section not in titles:
            assert tab.text == ""
            continue
        index = titles.index(slide.section)
        assert tab.text == str(index + 1)
        opener = slide.title == slide.section
        assert tab.fill == Fill("FFFFFF" if opener else LOOKS[index][0])
        footer = next(shape for shape in slide.shapes if shape.holder == "FOOTER")
        assert f"{index + 1}. {slide.section}" in footer.text


@each_own_deck
def test_the_title_slide_draws_sections_and_events_to_scale(name: str, lang: str, ratio: str) -> None:
    front = read_deck(name, lang, ratio=ratio)[0]
    axis = read_axis(front.shapes, lang)
    bars = [s for s in front.of("rect") if s.bottom <= axis.line.y and s.h < 14]
    sections = read_facts(name)["sections"]
    assert len(bars) == len(sections)
    for index, (bar, section) in enumerate(zip(bars, sections, strict=True)):
        first, after = find_span(section["period"])
        assert bar.x == pytest.approx(axis.at(first), abs=NEAR)
        assert bar.right == pytest.approx(max(axis.at(after), bar.x + 3), abs=NEAR)
        check_look(bar.fill, index)
    lines = [s for s in find_upright_lines(front.shapes) if s.bottom < min(bar.y for bar in bars)]
    heights: dict[str, set[float]] = {"1": set(), "2": set(), "3": set()}
    foot = max(line.bottom for line in lines)
    for index, event in find_events(name):
        first, after = find_span(event["date"])
        mine = [s for s in lines if abs(s.x - axis.at(first)) < NEAR and abs(s.bottom - foot) < NEAR]
        mine = [s for s in mine if s.line and s.line.colour == LOOKS[index][0]]
        assert mine, event["id"]
        flags = [
            s for s in front.of("line") if s.h < 0.01 and abs(s.x - axis.at(first)) < NEAR and s.y < foot - 20
        ]
        if event.get("importance") == "3" and after - first > 366:
            assert take_single(flags).right == pytest.approx(axis.at(after), abs=NEAR)
        elif len(mine) == 1:
            heights[event.get("importance", "2")].add(round(mine[0].h, 1))
    one, two, three = (heights[level] for level in "123")
    assert max(one) < min(two) <= max(two) < min(three)
    assert len(lines) == len(list(find_events(name)))


@pytest.mark.parametrize(("name", "lang"), [("athens", "es"), ("longitude", "en")])
def test_the_agenda_draws_each_section_beside_its_row(name: str, lang: str) -> None:
    slide = read_deck(name, lang)[1]
    assert slide.title == AGENDA[lang]
    titles = [plain_text(section["title"], lang) for section in read_facts(name)["sections"]]
    rows = [shape for shape in slide.shapes if any(shape.text.startswith(title) for title in titles)]
    assert [row.text.startswith(title) for row, title in zip(rows, titles, strict=True)] == [True] * len(rows)
    assert [row.y for row in rows] == sorted(row.y for row in rows)
    group = take_single(slide.of("group"))
    inside = [s for s in slide.shapes if s.x >= group.x and s.y >= group.y and s.bottom <= group.bottom]
    marks = find_upright_lines(inside)
    known = [
        (count_days(year), mark.x)
        for label in inside
        if label.kind == "text" and (year := read_year(label.text)) is not None
        for mark in marks
        if abs(label.middle - mark.x) < NEAR
    ]
    axis = fit_scale(marks[0], known)
    for index, (row, section) in enumerate(zip(rows, read_facts(name)["sections"], strict=True)):
        tile = take_single([s for s in slide.of("rect") if s.text == str(index + 1)])
        assert row.y <= tile.y + tile.h / 2 <= row.bottom
        assert tile.fill == Fill(LOOKS[index][0])
        bar = take_single(
            [s for s in slide.of("rect") if s.x > row.x and row.y <= s.y + s.h / 2 <= row.bottom]
        )
        first, after = find_span(section["period"])
        assert bar.x == pytest.approx(axis.at(first), abs=NEAR)
        assert bar.right == pytest.approx(max(axis.at(after), bar.x + 3), abs=NEAR)
        check_look(bar.fill, index)
