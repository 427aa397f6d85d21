"""Timelines, charts and answers on slides: dates drawn as far as they are known, sources printed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from builders.deck.line_breaking import break_lines, measure_height, measure_widest_word
from builders.deck.metrics import LINE_HEIGHT
from builders.deck.model import (
    Deck,
    ShapeGroup,
    Slide,
    SlideChart,
    SlideShape,
    TextBox,
)
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.language import dates
from builders.outline.load import load_outline
from builders.outline.model import Outline

OUTLINES = Path(__file__).parent / "outlines"
SHIPPED = Path(__file__).parents[1] / "outline" / "revolucion-rusa.yaml"
PATHS = [OUTLINES / "athens.yaml", SHIPPED]
RATIOS = ["16:9", "4:3"]


@cache
def deck(path: Path, ratio: str) -> Deck:
    return plan_deck(load_outline(path).outline, DeckOptions(lang="en", ratio=ratio, root=path.parent))


def timeline(outline: Outline, period: str, *given: str) -> ShapeGroup:
    """Return the first section's timeline, with a period and as many events as dates are given."""
    section = outline.sections[0]
    events = [
        event.model_copy(update={"date": dates.parse_date(date), "old_style": None})
        for event, date in zip(section.events, given, strict=False)
    ]
    changed = section.model_copy(update={"events": tuple(events), "period": dates.parse_date(period)})
    outline = outline.model_copy(update={"sections": (changed, *outline.sections[1:])})
    slides = plan_deck(outline, DeckOptions(lang="en", root=OUTLINES)).slides
    items = [item for slide in slides if slide.layout == "timeline" for item in slide.items]
    return next(item for item in items if isinstance(item, ShapeGroup) and item.alt)


def bars(outline: Outline, date: str) -> list[SlideShape]:
    """Return the bars of a timeline on which one event has a date and another's day is known."""
    items = timeline(outline, "-0507/-0430", date, "-0440-05-01").items
    return [one for one in items if isinstance(one, SlideShape) and one.kind == "rect" and one.frame.h < 9]


def test_an_event_of_which_only_the_year_is_known_is_a_hollow_bar_over_that_year() -> None:
    outline = load_outline(PATHS[0]).outline
    (year,) = bars(outline, "-0447")
    (decade,) = bars(outline, "-044X")
    assert year.fill == decade.fill == "white"
    assert decade.frame.w == pytest.approx(10 * year.frame.w, rel=0.02)
    assert not bars(outline, "-0447-03-02"), "a day is a point"


def test_what_lasted_is_solid_as_far_as_it_is_certain() -> None:
    outline = load_outline(PATHS[0]).outline
    (known,) = bars(outline, "-0449-01-01/-0445-12-31")
    assert known.fill == "hue"
    whole, certain = bars(outline, "-0449/-0445")
    assert (whole.fill, certain.fill) == ("white", "hue")
    assert whole.frame.w == pytest.approx(known.frame.w, abs=0.5)
    assert certain.frame.w == pytest.approx(known.frame.w * 3 / 5, rel=0.02)
    (guessed,) = bars(outline, "-0449~/-0445")
    assert guessed.fill == "white"
    assert guessed.dash


def test_a_timeline_spans_its_sections_period() -> None:
    outline = load_outline(PATHS[0]).outline
    short = timeline(outline, "-0449/-0440", "-0447-03-02", "-0440-05-01")
    long = timeline(outline, "-0699/-0440", "-0447-03-02", "-0440-05-01")
    assert "700\u00a0BC" in long.alt
    assert "700\u00a0BC" not in short.alt


def labels(path: Path, ratio: str) -> list[TextBox]:
    """Return the labels of all timelines, each a date and what happened."""
    slides = [slide for slide in deck(path, ratio).slides if slide.layout == "timeline"]
    groups = [item for slide in slides for item in slide.items if isinstance(item, ShapeGroup)]
    return [box for group in groups for box in group.items if isinstance(box, TextBox) and box.name]


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_label_is_no_wider_than_its_lines_ask_for(path: Path, ratio: str) -> None:
    assert labels(path, ratio)
    for box in labels(path, ratio):
        word = max(measure_widest_word(paragraph, box.size) for paragraph in box.paragraphs)
        high, narrow = box.frame.h, box.frame.w - 3
        assert narrow < word or measure_height(box.paragraphs, box.size, narrow) > high + 1, box.name


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_label_breaks_its_dates_only_between_two(ratio: str) -> None:
    before = [
        box.paragraphs[0].text[: line.start]
        for box in labels(SHIPPED, ratio)
        for line in break_lines(box.paragraphs[0], box.size, box.frame.w)[1:]
    ]
    assert before
    assert all(text.endswith("– ") for text in before), before


def charts(path: Path, ratio: str) -> Iterator[tuple[Slide, SlideChart]]:
    for slide in deck(path, ratio).slides:
        yield from ((slide, item) for item in slide.items if isinstance(item, SlideChart))


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_chart_prints_its_source(path: Path, ratio: str) -> None:
    blocks = [
        block.chart
        for section in load_outline(path).outline.sections
        for block in section.blocks
        if block.chart
    ]
    sourced = {block.title["en"] for block in blocks if block.source}
    assert sourced
    assert sourced <= {chart.name for _, chart in charts(path, ratio)}
    for slide, chart in charts(path, ratio):
        if chart.name in sourced:
            texts = [p.text for item in slide.items if isinstance(item, TextBox) for p in item.paragraphs]
            assert any("Source: " in text for text in texts), slide.name


@pytest.mark.parametrize("ratio", RATIOS)
def test_labels_of_several_series_are_no_higher_than_their_bars(ratio: str) -> None:
    grouped = [c for _, c in charts(SHIPPED, ratio) if c.kind == "bar" and len(c.series) > 1]
    assert grouped
    for chart in grouped:
        bar = chart.frame.h / (len(chart.heads) * (len(chart.series) + 0.45))
        assert chart.size * LINE_HEIGHT <= bar, chart.name


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_answer_shows_all_options_on_one_slide(path: Path, ratio: str) -> None:
    questions = [
        q for section in load_outline(path).outline.sections for q in section.questions if q.kind == "choice"
    ]
    slides = {slide.key: slide for slide in deck(path, ratio).slides}
    assert questions
    for question in questions:
        slide = slides[f"{question.id}/answer"]
        texts = {p.text for item in slide.items if isinstance(item, TextBox) for p in item.paragraphs}
        assert {option.text["en"] for option in question.options} <= texts
