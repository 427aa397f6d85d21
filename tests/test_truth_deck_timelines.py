"""Where a timeline of the deck draws a date is where it was, by its importance and its precision."""

import re
from functools import cache
from typing import Any

import pytest

from tests.deck_reading import Shape, Slide, Template, find_slides, read_deck, take_single
from tests.deck_time import NEAR, Axis, find_events, find_upright_lines, read_axis
from tests.deck_words import TIMELINE
from tests.outline_facts import find_span, plain_text, read_facts, split_interval
from tests.test_deck_template import odd, plain

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


@cache
def read_timelines(
    name: str, lang: str, ratio: str, template: Template | None
) -> list[tuple[Slide, list[Shape], Axis, list[dict[str, Any]]]]:
    """Return each section's timeline: its slide, the drawing, its axis, and the section's events."""
    out = []
    slides = read_deck(name, lang, template, ratio=ratio)
    for section in read_facts(name)["sections"]:
        slide = take_single(find_slides(slides, TIMELINE[lang].format(plain_text(section["title"], lang))))
        group = max(slide.of("group"), key=lambda shape: shape.w * shape.h)
        inside = [
            s
            for s in slide.shapes
            if s is not group and group.y - 1 <= s.y and s.bottom <= group.bottom + 1 and s.kind != "group"
        ]
        out.append((slide, inside, read_axis(inside, lang), section["events"]))
    return out


def find_drawn_marks(shapes: list[Shape], axis: Axis) -> tuple[list[Shape], list[Shape]]:
    """Return the bars that stand on an axis, and the marks that sit upon it."""
    y = axis.line.y
    solid = [s for s in shapes if s.kind in ("rect", "ellipse")]
    bars = [s for s in solid if s.bottom <= y + NEAR]
    points = [s for s in solid if abs(s.y + s.h / 2 - y) < NEAR]
    assert len(bars) + len(points) == len(solid)
    return bars, points + [s for s in find_upright_lines(shapes) if s.y < y - 1 and s.bottom > y + 1]


def find_place(event: dict[str, Any], axis: Axis) -> float:
    """Return where an event's mark is pointed at: the middle of what its date, or its start, can mean."""
    interval = split_interval(event["date"])
    first, after = find_span(event["date"])
    if interval and axis.at(after) - axis.at(first) > 9:
        first, after = interval[0]
    return axis.at((first + after) / 2)


@each_deck
def test_each_event_is_marked_at_its_date_by_its_importance_and_precision(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    for slide, shapes, axis, happened in read_timelines(name, lang, ratio, template):
        bars, points = find_drawn_marks(shapes, axis)
        for event in happened:
            first, after = find_span(event["date"])
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
            mark = take_single(here)
            points.remove(mark)
            check_mark(event, mark)
        assert not bars, "no bar but an event's"
        assert not points, "no mark but an event's"


def check_bar(event: dict[str, Any], axis: Axis, bars: list[Shape], mine: list[Shape]) -> list[Shape]:
    """Hold a bar against a date: solid as far as it lasted for certain, hollow where it may have."""
    interval = split_interval(event["date"])
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
    for _, shapes, axis, happened in read_timelines(name, lang, ratio, template):
        labels = [s for s in shapes if s.kind == "text" and s.y < axis.line.y]
        found = 0
        for event in happened:
            words = plain_text(event["label"], lang)
            own = [s for s in labels if ends_with_label(s, words)]
            if not own and len(happened) > 3 and template:
                continue  # where a template has no room the less important go without
            found += 1
            label = take_single(own)
            assert follow_leader(label, shapes, axis) == pytest.approx(find_place(event, axis), abs=NEAR)
        assert found == len(labels)


def ends_with_label(shape: Shape, words: str) -> bool:
    return shape.text.endswith(words) and shape.text != words


def follow_leader(label: Shape, shapes: list[Shape], axis: Axis) -> float:
    """Return where the leader that runs along a label meets the axis."""
    beside = [
        line
        for line in find_upright_lines(shapes)
        if abs(line.y - label.y) < NEAR and min(abs(line.x - label.x), abs(line.x - label.right)) < 8
    ]
    stem = take_single(beside)
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
        read_facts(name)["sections"], read_timelines(name, lang, ratio, template), strict=True
    ):
        first, after = find_span(section["period"])
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
    slides = [slide for slide, *_ in read_timelines(name, lang, "16:9", None)]
    notes = [line for slide in slides for line in slide.notes]
    alts = " ".join(shape.alt for slide in slides for shape in slide.of("group"))
    for due in DATES[name, lang]:
        assert any(line.startswith(due) for line in notes), due
        assert due in alts, due
    for _, event in find_events(name):
        assert plain_text(event["label"], lang) in alts


@pytest.mark.parametrize(("name", "lang"), SHORT)
def test_a_label_tells_its_events_own_date(name: str, lang: str) -> None:
    shapes = [shape for _, inside, *_ in read_timelines(name, lang, "16:9", None) for shape in inside]
    for label, date in SHORT[name, lang].items():
        assert take_single([s for s in shapes if ends_with_label(s, label)]).text == f"{date} {label}"
