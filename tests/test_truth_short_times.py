"""Timelines of few, many, short and long times: scales of days, and labels that stand evenly in time."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from builders import timeline
from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.model import Outline
from tests.deck_reading import Slide, read_slides
from tests.test_any_outline import outline_of
from tests.test_guide_fit import en

Given = tuple[str, int, str]  # an event's date, importance and label


def course_of(period: str, events: Sequence[Given], **more: Any) -> Outline:
    """Return a course of one section."""
    return outline_of(
        {
            "languages": ["en"],
            "title": en("The lighthouse"),
            "lanes": [{"id": "l", "name": en("Coast")}],
            "sections": [
                {
                    "id": "s",
                    "title": en("The keepers"),
                    "period": period,
                    "question": en("Who keeps the lamp?"),
                    "summary": en("A keeper does."),
                    "events": [
                        {
                            "id": f"e{i}",
                            "date": date,
                            "lane": "l",
                            "importance": str(importance),
                            "label": en(label),
                        }
                        for i, (date, importance, label) in enumerate(events)
                    ],
                }
            ],
        }
        | more
    )


def read_timeline(outline: Outline) -> Slide:
    (artifact,) = build(outline, DeckOptions(lang="en", root=Path()))
    (found,) = [slide for slide in read_slides(artifact.data) if slide.title.startswith("Timeline.")]
    return found


def write(text: str) -> str:
    return text.replace("\u00a0", " ")


STORM = [(f"1862-10-{day}", 2 + (day in (22, 28)), f"Night {day} of the storm") for day in range(16, 29, 2)]


def test_a_section_of_days_has_a_scale_of_days_on_its_slide() -> None:
    slide = read_timeline(course_of("1862-10-16/1862-10-28", STORM))
    texts = {write(shape.text): shape for shape in slide.of("text")}
    ticks = [texts[f"{day} Oct"] for day in range(16, 29)]
    steps = {round(b.middle - a.middle) for a, b in pairwise(ticks[1:-1])}
    assert len(steps) == 1, "days are as long as each other"
    assert max(ticks[-1].right, ticks[0].w) > 800, "and fill the slide"
    assert "1862" in texts


@pytest.mark.parametrize(
    ("period", "ticks"),
    [
        ("1862-10-16/1862-10-28", ["17 Oct", "22 Oct", "28 Oct"]),
        ("1862-12-20/1863-01-20", ["30 Dec", "4 Jan", "9 Jan"]),
        ("1862-02/1862-06", ["Mar 1862", "Jun 1862"]),
        ("1862/1863", ["Jul 1862", "Jan 1863", "Jul 1863"]),
        ("1862/1864", ["1863", "1864"]),
    ],
)
def test_a_short_course_has_days_or_months_on_its_title_slide(period: str, ticks: list[str]) -> None:
    events = [(period.split("/", maxsplit=1)[0], 2, "Lamp lit")]
    (artifact,) = build(course_of(period, events), DeckOptions(lang="en", root=Path()))
    title = read_slides(artifact.data)[0]
    texts = [write(shape.text) for shape in title.of("text")]
    assert [text for text in texts if text in ticks] == ticks


EVEN = [(str(1802 + 3 * i), 2, f"The lamp of quay {i} is lit") for i in range(30)]
LATE = [(str(1890 + i // 4), 2, f"The lamp of quay {i} is lit") for i in range(24)] + [
    ("1801", 2, "The first")
]


@pytest.mark.parametrize("importance", [1, 2, 3])
def test_of_many_events_those_are_labelled_that_stand_evenly_in_time(importance: int) -> None:
    slide = read_timeline(course_of("1800/1899", [(date, importance, label) for date, _, label in EVEN]))
    years = [
        int(text.split()[0]) for text in (write(shape.text) for shape in slide.of("text")) if "lamp" in text
    ]
    assert len(years) == 9
    assert max(b - a for a, b in pairwise(sorted(years))) <= 15
    assert {min(years), max(years)} == {1802, 1889}


def test_an_event_alone_in_its_time_is_labelled_among_many_of_another() -> None:
    slide = read_timeline(course_of("1800/1899", LATE))
    assert any("The first" in shape.text for shape in slide.of("text"))


@pytest.mark.parametrize(
    ("places", "importances", "ranked"),
    [
        ([0, 10, 20, 30, 40], [2, 2, 2, 2, 2], [0, 4, 2, 1, 3]),
        ([0, 1, 2, 3, 100], [2, 2, 2, 2, 1], [0, 3, 1, 2, 4]),
        ([5, 5, 5], [1, 3, 2], [1, 2, 0]),
        ([40, 0, 20], [2, 2, 2], [1, 0, 2]),
        ([], [], []),
    ],
)
def test_events_are_ranked_by_importance_then_evenly(
    places: list[int], importances: list[int], ranked: list[int]
) -> None:
    assert timeline.rank_evenly(places, importances, 9) == ranked
    assert timeline.rank_evenly(places, importances, 2) == ranked[:2]
