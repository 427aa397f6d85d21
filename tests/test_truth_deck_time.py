"""Where the deck draws a date is where it was: timelines, the ruler, the title slide and the agenda."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from tests.deck_reading import Fill, Shape, Slide, Template, read, single, titled
from tests.deck_words import AGENDA, TIMELINE
from tests.outline_facts import day_number, ends, facts, span, text
from tests.test_deck_template import odd, plain

NEAR = 0.8  # pt: the file counts whole EMU, the eye does not see less
# of the shipped theme: hue and pattern of the sections, in their order
LOOKS = [("8A671A", "dots"), ("16305F", "solid"), ("2B6A38", "diagonal"), ("632A5A", "vertical")]
PRESETS = {  # names of patterns in ECMA-376, 20.1.10.33, that look like the theme's
    "dots": {"pct5", "pct10", "pct20", "pct25", "dotGrid", "dotDmnd"},
    "diagonal": {"upDiag", "ltUpDiag", "dkUpDiag", "wdUpDiag"},
    "vertical": {"vert", "ltVert", "dkVert", "narVert"},
}
MONTHS = {
    "en": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
}
OWN = [
    ("athens", "en", "16:9"),
    ("athens", "es", "4:3"),
    ("longitude", "es", "16:9"),
    ("longitude", "en", "4:3"),
]
each_own_deck = pytest.mark.parametrize(("name", "lang", "ratio"), OWN, ids=["-".join(deck) for deck in OWN])
ALL: list[tuple[str, str, str, Template | None]] = [
    *((*deck, None) for deck in OWN),
    ("longitude", "en", "16:9", plain),
    ("athens", "en", "16:9", odd),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "ratio", "template"),
    ALL,
    ids=[f"{n}-{lang}-{t.__name__ if t else r}" for n, lang, r, t in ALL],
)


@dataclass(frozen=True)
class Axis:
    """A scale that three or more printed dates give: days to points."""

    line: Shape
    zero: float
    day: float  # points a day

    def at(self, day: float) -> float:
        return self.zero + day * self.day

    def date(self, x: float) -> float:
        return (x - self.zero) / self.day


def scale_through(line: Shape, known: Sequence[tuple[int, float]]) -> Axis:
    """Return the scale through the first and the last of known dates; all others must lie on it."""
    assert len(known) >= 3, "three known dates give the scale"
    (first, left), (last, right) = min(known), max(known)
    day = (right - left) / (last - first)
    made = Axis(line, left - first * day, day)
    assert day > 0, "time runs to the right"
    for date, x in known:
        assert x == pytest.approx(made.at(date), abs=NEAR)
    return made


def year_of(label: str) -> int | None:
    """Return the year that a label prints, 1 BC as 0; None if it prints none."""
    found = re.fullmatch(r"(\d+)( BC| a\. C\.)?", label)
    if not found:
        return None
    return 1 - int(found[1]) if found[2] else int(found[1])


def upright(shapes: Sequence[Shape]) -> list[Shape]:
    return [shape for shape in shapes if shape.kind == "line" and shape.w < 0.01 < shape.h]


def ticks_of(label: Shape, ticks: list[float], line: Shape) -> list[float]:
    """Return the ticks that a label is centred below, or above it if it was moved off an end of its axis."""
    centred = [tick for tick in ticks if abs(label.middle - tick) < NEAR]
    moved = abs(label.x - line.x) < NEAR or abs(label.right - line.right) < NEAR
    return centred or [tick for tick in ticks if moved and label.x <= tick <= label.right]


def axis_of(shapes: Sequence[Shape], lang: str) -> Axis:
    """Return the axis among shapes: the longest level line, with the scale that its printed dates give."""
    line = max((s for s in shapes if s.kind == "line" and s.h < 0.01), key=lambda s: s.w)
    marks = [mark for mark in upright(shapes) if abs(mark.y - line.y) < NEAR]
    ticks = [mark.x for mark in marks if mark.h > 0.9 * max(mark.h for mark in marks)]
    labels = [s for s in shapes if s.kind == "text" and not s.holder and s.y > line.y and s.text]
    known = [
        (day_number(year), tick)
        for label in labels
        if (year := year_of(label.text)) is not None
        for tick in ticks_of(label, ticks, line)
    ]
    months = [(label, label.text[:3].casefold()) for label in labels]
    months = [(label, name) for label, name in months if name in MONTHS[lang]]
    if months:
        (year,) = {year for label in labels if (year := year_of(label.text)) is not None}
        ticks.sort()
        known = []
        for label, name in months:
            left = max(tick for tick in ticks if tick < label.middle)
            right = min(tick for tick in ticks if tick > label.middle)
            assert label.middle == pytest.approx((left + right) / 2, abs=NEAR)
            known.append((day_number(year, MONTHS[lang].index(name) + 1), left))
    return scale_through(line, known)


def events(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, section in enumerate(facts(name)["sections"]):
        yield from ((index, event) for event in section["events"])


@cache
def timelines(
    name: str, lang: str, ratio: str, template: Template | None
) -> list[tuple[Slide, list[Shape], Axis, list[dict[str, Any]]]]:
    """Return each section's timeline: its slide, the drawing, its axis, and the section's events."""
    out = []
    slides = read(name, lang, template, ratio=ratio)
    for section in facts(name)["sections"]:
        slide = single_slide(titled(slides, TIMELINE[lang].format(text(section["title"], lang))))
        group = max(slide.of("group"), key=lambda shape: shape.w * shape.h)
        inside = [
            s
            for s in slide.shapes
            if s is not group and group.y - 1 <= s.y and s.bottom <= group.bottom + 1 and s.kind != "group"
        ]
        out.append((slide, inside, axis_of(inside, lang), section["events"]))
    return out


def single_slide(slides: list[Slide]) -> Slide:
    assert len(slides) == 1, [slide.title for slide in slides]
    return slides[0]


def drawn_marks(shapes: list[Shape], axis: Axis) -> tuple[list[Shape], list[Shape]]:
    """Return the bars that stand on an axis, and the marks that sit upon it."""
    y = axis.line.y
    solid = [s for s in shapes if s.kind in ("rect", "ellipse")]
    bars = [s for s in solid if s.bottom <= y + NEAR]
    points = [s for s in solid if abs(s.y + s.h / 2 - y) < NEAR]
    assert len(bars) + len(points) == len(solid)
    return bars, points + [s for s in upright(shapes) if s.y < y - 1 and s.bottom > y + 1]


def where(event: dict[str, Any], axis: Axis) -> float:
    """Return where an event's mark is pointed at: the middle of what its date, or its start, can mean."""
    interval = ends(event["date"])
    first, after = span(event["date"])
    if interval and axis.at(after) - axis.at(first) > 9:
        first, after = interval[0]
    return axis.at((first + after) / 2)


@each_deck
def test_each_event_is_marked_at_its_date_by_its_importance_and_precision(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    for slide, shapes, axis, happened in timelines(name, lang, ratio, template):
        bars, points = drawn_marks(shapes, axis)
        for event in happened:
            first, after = span(event["date"])
            left, right = axis.at(first), axis.at(after)
            mine = [bar for bar in bars if abs(bar.x - left) < NEAR and abs(bar.right - right) < NEAR]
            day = re.fullmatch(r"-?\d{4}-\d\d-\d\d", event["date"])
            if mine and not day:
                parts = check_bar(event, axis, bars, mine)
                bars = [bar for bar in bars if bar not in parts]
                assert right - left > 6, slide.title
                continue
            assert day or right - left < 10, f"{event['id']} lasts, and is drawn as a moment"
            here = [p for p in points if abs(p.middle - (left + right) / 2) < NEAR]
            mark = single(here)
            points.remove(mark)
            check_mark(event, mark)
        assert not bars, "no bar but an event's"
        assert not points, "no mark but an event's"


def check_bar(event: dict[str, Any], axis: Axis, bars: list[Shape], mine: list[Shape]) -> list[Shape]:
    """Hold a bar against a date: solid as far as it lasted for certain, hollow where it may have."""
    interval = ends(event["date"])
    about = "~" in event["date"] or "?" in event["date"]
    solid = [bar for bar in mine if not is_hollow(bar)]
    hollow = [bar for bar in mine if is_hollow(bar)]
    if not interval or about:
        assert not solid, event["id"]
        assert [bar.dash for bar in hollow] == [about]
        return hollow
    certain = axis.at(interval[0][1] - 1), axis.at(interval[1][0] + 1)
    core = [bar for bar in bars if abs(bar.x - certain[0]) < NEAR and abs(bar.right - certain[1]) < NEAR]
    core = [bar for bar in core if not is_hollow(bar)]
    assert core, event["id"]
    exact = abs(certain[0] - mine[0].x) < NEAR and abs(certain[1] - mine[0].right) < NEAR
    assert bool(hollow) != exact, "a hollow part where a day is not known"
    return core + hollow


def is_hollow(shape: Shape) -> bool:
    return shape.fill is None or shape.fill.colour == "FFFFFF"


def check_mark(event: dict[str, Any], mark: Shape) -> None:
    """Hold a mark against an importance: decisive a full square, important a ring, context a stroke."""
    importance = event.get("importance", "2")
    kind, hollow = {"3": ("rect", False), "2": ("ellipse", True), "1": ("line", None)}[importance]
    assert mark.kind == kind, event["id"]
    if hollow is not None:
        assert is_hollow(mark) == hollow, event["id"]


@each_deck
def test_each_label_is_led_to_its_events_date(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    for _, shapes, axis, happened in timelines(name, lang, ratio, template):
        labels = [s for s in shapes if s.kind == "text" and s.y < axis.line.y]
        found = 0
        for event in happened:
            words = text(event["label"], lang)
            own = [s for s in labels if squeezed_end(s, words)]
            if not own and len(happened) > 3 and template:
                continue  # where a template has no room the less important go without
            found += 1
            label = single(own)
            assert end_of_leader(label, shapes, axis) == pytest.approx(where(event, axis), abs=NEAR)
        assert found == len(labels)


def squeezed_end(shape: Shape, words: str) -> bool:
    return shape.text.endswith(words) and shape.text != words


def end_of_leader(label: Shape, shapes: list[Shape], axis: Axis) -> float:
    """Return where the leader that runs along a label meets the axis."""
    beside = [
        line
        for line in upright(shapes)
        if abs(line.y - label.y) < NEAR and min(abs(line.x - label.x), abs(line.x - label.right)) < 8
    ]
    stem = single(beside)
    if abs(stem.bottom - axis.line.y) < NEAR:
        return stem.x
    bends = [
        line
        for line in shapes
        if line.kind == "line" and line.w > 0.01 and line.h > 0.01 and abs(line.y - stem.bottom) < NEAR
    ]
    tops = [(line.right, line.x) if line.flipped else (line.x, line.right) for line in bends]
    (foot,) = {round(bottom, 2) for top, bottom in tops if abs(top - stem.x) < NEAR}
    return foot


@each_deck
def test_a_timeline_has_room_for_its_sections_period(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    for section, (_, _, axis, _) in zip(
        facts(name)["sections"], timelines(name, lang, ratio, template), strict=True
    ):
        first, after = span(section["period"])
        assert axis.line.x <= axis.at(first) + NEAR
        assert axis.line.right >= axis.at(after) - NEAR


DATES = {  # in the notes and in the alt text: both calendars, whatever the precision
    ("longitude", "en"): [
        "2 November 1707 (22 October, Old Style): Wreck off Scilly",
        "10 June 1710: First pamphlet",
        "20 October 1714 (9 October, Old Style): Longitude Act",
        "1735: First clock",
        "19 May 1736 – 24 June 1738: Voyage to Lisbon",
        "c. 1741: Second clock",
        "1745–1750: Third clock",
        "July 1753: New brass",
        "1760s: Copies",
        "27 December 1831: The Beagle sails",
    ],
    ("longitude", "es"): [
        "2 de noviembre de 1707 (22 de octubre del calendario juliano): Naufragio de Sorlingas",
        "10 de junio de 1710: Primer panfleto",
        "20 de octubre de 1714 (9 de octubre del calendario juliano): Ley de la Longitud",
        "1735: Primer reloj",
        "19 de mayo de 1736 – 24 de junio de 1738: Viaje a Lisboa",
        "hacia 1741: Segundo reloj",
        "1745–1750: Tercer reloj",
        "julio de 1753: Bronce nuevo",
        "años 1760: Copias",
        "27 de diciembre de 1831: Zarpa el Beagle",
    ],
    ("athens", "en"): [
        "508 BC: Reforms of Cleisthenes",
        "September 490 BC: Battle of Marathon",
        "447–438 BC: The Parthenon is built",
        "March 431 BC: The war begins",
    ],
    ("athens", "es"): [
        "508 a. C.: Reformas de Clístenes",
        "septiembre de 490 a. C.: Batalla de Maratón",
        "447–438 a. C.: Se construye el Partenón",
        "marzo de 431 a. C.: Empieza la guerra",
    ],
}
SHORT = {  # on the labels
    ("longitude", "en"): {
        "Wreck off Scilly": "2 Nov 1707",
        "Longitude Act": "20 Oct",
        "First clock": "1735",
        "Second clock": "c. 1741",
        "New brass": "Jul 1753",
        "Voyage to Lisbon": "19 May 1736 – 24 Jun 1738",
        "Copies": "1760s",
    },
    ("athens", "es"): {
        "Batalla de Maratón": "sep 490 a. C.",
        "Se construye el Partenón": "447–438 a. C.",
    },
}


@pytest.mark.parametrize(("name", "lang"), DATES)
def test_dates_stand_in_both_calendars_in_notes_and_alt_text(name: str, lang: str) -> None:
    slides = [slide for slide, *_ in timelines(name, lang, "16:9", None)]
    notes = [line for slide in slides for line in slide.notes]
    alts = " ".join(shape.alt for slide in slides for shape in slide.of("group"))
    for due in DATES[name, lang]:
        assert any(line.startswith(due) for line in notes), due
        assert due in alts, due
    for _, event in events(name):
        assert text(event["label"], lang) in alts


@pytest.mark.parametrize(("name", "lang"), SHORT)
def test_a_label_tells_its_events_own_date(name: str, lang: str) -> None:
    shapes = [shape for _, inside, *_ in timelines(name, lang, "16:9", None) for shape in inside]
    for label, date in SHORT[name, lang].items():
        assert single([s for s in shapes if squeezed_end(s, label)]).text == f"{date} {label}"


def ruler_of(slide: Slide) -> tuple[Axis, list[Shape]]:
    """Return the ruler at a slide's foot, by its sections' ends, and its sections' bars."""
    sections = facts_of(slide)
    line = max((s for s in slide.furniture if s.kind == "line" and s.h < 0.01), key=lambda s: s.w)
    bars = [s for s in slide.furniture if s.kind == "rect" and s.bottom <= line.y + 1 and s.h < 12]
    bars = [bar for bar in bars if line.y - bar.bottom < 14]
    assert len(bars) == len(sections)
    known = [
        (day, x)
        for section, bar in zip(sections, bars, strict=True)
        for day, x in zip(span(section["period"]), (bar.x, bar.right), strict=True)
    ]
    return scale_through(line, known), bars


def facts_of(slide: Slide) -> list[dict[str, Any]]:
    name = "athens" if "Aten" in slide.words or "Athens" in slide.words else "longitude"
    return list(facts(name)["sections"])


@each_own_deck
def test_the_ruler_at_the_foot_is_true_to_scale(name: str, lang: str, ratio: str) -> None:
    for slide in read(name, lang, ratio=ratio)[2:]:
        axis, bars = ruler_of(slide)
        ticks = sorted(t.x for t in upright(slide.furniture) if abs(t.y - axis.line.y) < NEAR)
        years = [axis.date(x) / 365.2425 for x in ticks]
        step = round(years[1] - years[0])
        start = day_number(0) / 365.2425
        assert step >= 5
        for tick in ticks:
            year = round(axis.date(tick) / 365.2425 - start)
            assert tick == pytest.approx(axis.at(day_number(year)), abs=NEAR)
            assert (year if year > 0 else year - 1) % step == 0, "marks stand at round years"
        title = next(shape for shape in slide.shapes if shape.holder == "TITLE")
        if slide.layout not in ("Section", "Sección"):
            assert axis.line.x == pytest.approx(title.x, abs=NEAR), "from margin to margin"
        for one, other in combinations(bars, 2):
            apart = one.right <= other.x or other.right <= one.x
            assert apart or one.bottom <= other.y or other.bottom <= one.y, "no bar lies over another"


@each_own_deck
def test_the_title_slides_axis_is_that_of_every_slide(name: str, lang: str, ratio: str) -> None:
    front, _, *rest = read(name, lang, ratio=ratio)
    own = axis_of(front.shapes, lang)
    for slide in rest:
        axis, _ = ruler_of(slide)
        assert axis.at(day_number(1)) == pytest.approx(own.at(day_number(1)), abs=4 * NEAR)
        assert axis.day == pytest.approx(own.day, rel=0.01)
        assert axis.line.x == pytest.approx(own.line.x, abs=NEAR)


@each_own_deck
def test_the_ruler_marks_the_slides_own_section_and_no_other(name: str, lang: str, ratio: str) -> None:
    titles = [text(section["title"], lang) for section in facts(name)["sections"]]
    seen = set()
    for slide in read(name, lang, ratio=ratio)[2:]:
        _, bars = ruler_of(slide)
        band = min(bar.y for bar in bars) - 1, max(bar.bottom for bar in bars) + 1
        marks = [s for s in slide.of("rect") if band[0] <= s.y and s.bottom <= band[1]]
        if slide.section not in titles:
            assert not marks, slide.title
            continue
        index = titles.index(slide.section)
        seen.add(index)
        mark, bar = single(marks), bars[index]
        assert (mark.x, mark.right, mark.y) == pytest.approx((bar.x, bar.right, bar.y), abs=NEAR)
        if slide.title == slide.section:
            assert slide.ground == LOOKS[index][0], "a section's first slide is its hue"
            assert mark.fill == Fill("FFFFFF")
        else:
            check_look(mark.fill, index)
    assert len(seen) == len(titles)


def check_look(fill: Fill | None, index: int) -> None:
    """Hold a fill against the hue and the pattern of a section."""
    hue, pattern = LOOKS[index]
    assert fill is not None
    assert fill.colour == hue
    if pattern == "solid":
        assert not fill.pattern
    else:
        assert fill.pattern in PRESETS[pattern]


@each_own_deck
def test_each_slide_bears_its_sections_number_in_its_hue(name: str, lang: str, ratio: str) -> None:
    titles = [text(section["title"], lang) for section in facts(name)["sections"]]
    for slide in read(name, lang, ratio=ratio)[1:]:
        hanging = [s for s in slide.of("rect") if s.y == 0]
        tab = single(hanging)
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
    front = read(name, lang, ratio=ratio)[0]
    axis = axis_of(front.shapes, lang)
    bars = [s for s in front.of("rect") if s.bottom <= axis.line.y and s.h < 14]
    sections = facts(name)["sections"]
    assert len(bars) == len(sections)
    for index, (bar, section) in enumerate(zip(bars, sections, strict=True)):
        first, after = span(section["period"])
        assert bar.x == pytest.approx(axis.at(first), abs=NEAR)
        assert bar.right == pytest.approx(max(axis.at(after), bar.x + 3), abs=NEAR)
        check_look(bar.fill, index)
    lines = [s for s in upright(front.shapes) if s.bottom < min(bar.y for bar in bars)]
    heights: dict[str, set[float]] = {"1": set(), "2": set(), "3": set()}
    foot = max(line.bottom for line in lines)
    for index, event in events(name):
        first, after = span(event["date"])
        mine = [s for s in lines if abs(s.x - axis.at(first)) < NEAR and abs(s.bottom - foot) < NEAR]
        mine = [s for s in mine if s.line and s.line.colour == LOOKS[index][0]]
        assert mine, event["id"]
        flags = [
            s for s in front.of("line") if s.h < 0.01 and abs(s.x - axis.at(first)) < NEAR and s.y < foot - 20
        ]
        if event.get("importance") == "3" and after - first > 366:
            assert single(flags).right == pytest.approx(axis.at(after), abs=NEAR)
        elif len(mine) == 1:
            heights[event.get("importance", "2")].add(round(mine[0].h, 1))
    one, two, three = (heights[level] for level in "123")
    assert max(one) < min(two) <= max(two) < min(three)
    assert len(lines) == len(list(events(name)))


@pytest.mark.parametrize(("name", "lang"), [("athens", "es"), ("longitude", "en")])
def test_the_agenda_draws_each_section_beside_its_row(name: str, lang: str) -> None:
    slide = read(name, lang)[1]
    assert slide.title == AGENDA[lang]
    titles = [text(section["title"], lang) for section in facts(name)["sections"]]
    rows = [shape for shape in slide.shapes if any(shape.text.startswith(title) for title in titles)]
    assert [row.text.startswith(title) for row, title in zip(rows, titles, strict=True)] == [True] * len(rows)
    assert [row.y for row in rows] == sorted(row.y for row in rows)
    group = single(slide.of("group"))
    inside = [s for s in slide.shapes if s.x >= group.x and s.y >= group.y and s.bottom <= group.bottom]
    marks = upright(inside)
    known = [
        (day_number(year), mark.x)
        for label in inside
        if label.kind == "text" and (year := year_of(label.text)) is not None
        for mark in marks
        if abs(label.middle - mark.x) < NEAR
    ]
    axis = scale_through(marks[0], known)
    for index, (row, section) in enumerate(zip(rows, facts(name)["sections"], strict=True)):
        tile = single([s for s in slide.of("rect") if s.text == str(index + 1)])
        assert row.y <= tile.y + tile.h / 2 <= row.bottom
        assert tile.fill == Fill(LOOKS[index][0])
        bar = single([s for s in slide.of("rect") if s.x > row.x and row.y <= s.y + s.h / 2 <= row.bottom])
        first, after = span(section["period"])
        assert bar.x == pytest.approx(axis.at(first), abs=NEAR)
        assert bar.right == pytest.approx(max(axis.at(after), bar.x + 3), abs=NEAR)
        check_look(bar.fill, index)
