"""Timelines of few, many, short and long times: scales of days, and labels that stand evenly in time."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from builders import timeline
from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.model import Outline
from tests.deck_reading import Slide, read_slides
from tests.pdf_reading import open_pdf
from tests.pdf_shapes import page_shapes
from tests.test_any_outline import outline_of
from tests.test_guide_fit import build_guide, check_pages, en, read_letters

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


EVERY_EDITION = pytest.mark.parametrize("edition", ["study", "large-print"])


def read_page(data: bytes, number: int) -> str:
    """Return a page's words, line by line."""
    text: str = pypdfium2.PdfDocument(data)[number].get_textpage().get_text_bounded()
    return text.replace("\u00a0", " ").replace("\r\n", "\n")


@EVERY_EDITION
def test_a_guide_of_days_has_scales_of_days_and_no_span_of_years(edition: str) -> None:
    data = build_guide(course_of("1862-10-16/1862-10-28", STORM), edition)
    check_pages(data, edition, beside="Oct")
    cover, contents, opener = (read_page(data, number) for number in range(3))
    assert "1860" not in cover + contents + opener
    assert "1865" not in cover + contents + opener
    assert "from 16 October 1862 to 28 October 1862" in " ".join(contents.split())
    days = [f"{day} Oct" for day in range(16, 29)]
    assert [day for day in days if day in cover] == days
    shown = [day for day in days if day in opener]
    assert shown == (days if edition == "study" else days[::2])


def read_labels(data: bytes) -> list[str]:
    """Return what the labels of the first opener say, from top to bottom."""
    return re.findall(r"quay \d+", read_page(data, 2))


def test_where_no_event_is_a_main_one_an_opener_labels_those_that_stand_evenly() -> None:
    events = [(date, 2, f"Lit: quay {i}") for i, (date, _, _) in enumerate(EVEN)]
    data = build_guide(course_of("1800/1899", events), "study")
    check_pages(data, "study")
    shown = [int(label.split()[1]) for label in read_labels(data)]
    assert len(shown) > 9
    assert max(b - a for a, b in pairwise(shown)) <= 2
    assert (shown[0], shown[-1]) == (0, 29)


def test_a_main_event_alone_is_labelled_and_the_others_are_not() -> None:
    events = [(date, 3 if i == 7 else 2, f"Lit: quay {i}") for i, (date, _, _) in enumerate(EVEN)]
    assert read_labels(build_guide(course_of("1800/1899", events), "study")) == ["quay 7"]


def test_labels_stand_in_the_order_of_their_marks() -> None:
    events = [("18XX", 3, "In this century: quay 1"), ("1835", 3, "Before its middle: quay 2")]
    data = build_guide(course_of("1800/1899", events), "study")
    assert read_labels(data) == ["quay 2", "quay 1"]


@pytest.mark.parametrize("period", ["1850/1900", "-0429/1796", "1700/1720", "1788/1791"])
def test_no_line_strikes_an_opener_s_years_through_and_its_ticks_stand_apart(period: str) -> None:
    start = period.rpartition("/")[2]
    data = build_guide(course_of(period, [(start, 3, "Lit: quay 1")]), "study")
    height = pypdfium2.PdfDocument(data)[2].get_height()
    words = [box for letter, box in list(read_letters(data))[2] if letter.isdigit()]
    lines = [line for shape in page_shapes(open_pdf(data))[2] for line in pairwise(shape.points)]
    level = [(*sorted((a[0], b[0])), height - a[1]) for a, b in lines if abs(a[1] - b[1]) < 0.1]
    for left, bottom, right, top in words:
        assert not [y for x0, x1, y in level if x0 < left < right < x1 and bottom + 0.3 < y < top - 0.3]
    level = [one for one in level if one[1] - one[0] < 8]
    axis, _ = Counter(round(x0) for x0, *_ in level).most_common(1)[0]
    ticks = sorted(y for x0, _, y in level if round(x0) == axis)
    assert len(ticks) > 10
    assert min(b - a for a, b in pairwise(ticks)) > 4
    if period.startswith("-"):
        assert {"200 BC", "1", "200"} <= set(map(str.strip, read_page(data, 2).splitlines()))


@EVERY_EDITION
@pytest.mark.parametrize("count", [9, 10, 12, 15, 18, 25])
def test_the_cover_names_the_sections_of_a_course_of_many_weeks(edition: str, count: int) -> None:
    outline = course_of("1785/1788", [("1786", 3, "Lit")])
    section = outline.sections[0]
    sections = [
        section.model_copy(update={"id": f"s{i}", "title": en(f"Lamp {i}"), "events": ()})
        for i in range(count)
    ]
    data = build_guide(outline.model_copy(update={"sections": tuple(sections)}), edition)
    check_pages(data, edition)
    named = re.findall(r"Lamp \d+", read_page(data, 0))
    if edition == "study" or count < 25:  # 25 names in large print have no room
        assert named == [f"Lamp {i}" for i in range(count)]


@EVERY_EDITION
def test_a_long_period_ends_before_the_bars_of_the_cover(edition: str) -> None:
    data = build_guide(course_of("1783-09-28/1784-02-28", [("1784-01-03", 2, "Lit")]), edition)
    shown = [text for text in read_page(data, 0).splitlines() if "28" in text]
    long = "28 September 1783 – 28 February 1784"
    assert [text.strip() for text in shown] == [long if edition == "study" else "28 Sep 1783 – 28 Feb 1784"]
