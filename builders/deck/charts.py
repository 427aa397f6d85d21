"""Chart blocks: which rows stand on which slide, and the plan of each slide's native chart."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from builders.deck.bullets import make_aside_items, make_low_aside
from builders.deck.chart_scales import WIDEST_HEADS
from builders.deck.chart_words import (
    get_high_end,
    get_low_end,
    write_alt_text,
    write_column_labels,
    write_row_head,
    write_table_lines,
)
from builders.deck.content import DeckContent
from builders.deck.fitting import find_largest_size, list_sizes
from builders.deck.line_breaking import measure_height
from builders.deck.model import (
    ChartSeries,
    Slide,
    SlideChart,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
)
from builders.deck.notes import make_speech
from builders.deck.splitting import tie_last_words
from builders.deck.text_slides import (
    Topic,
    make_fitted_box,
    make_slides,
    measure_title_foot,
)
from builders.language import dates
from builders.outline.blocks import Block, ChartRow
from builders.outline.blocks import Chart as ChartBlock
from builders.outline.fields import ChartKind

LEAST_PIE_HEIGHT = 220.0  # pt: in a lower place, shares are bars
MOST_BARS = 12  # a slide, all series counted
MOST_SLICES = 4  # more shares than this are bars
LEAST_BAR_PITCH = 22.0  # pt a bar of several series, its share of the gap included
LEAST_LABEL_SIZE = 14.0  # pt
LEAST_CHART_HEIGHT = 190.0  # pt: lower, and a note below the chart gives way
DAYS_A_YEAR = 365.2425


def make_chart_slides(topic: Topic, block: Block, chart: ChartBlock) -> list[Slide]:
    """Return the slides of a chart block; many bars go on to further slides."""
    course = topic.course
    spoken = make_speech(
        course, [block.notes, chart.note], [block.cue], chart.source, write_table_lines(course, chart)
    )
    topic = replace(
        topic, layout=course.page.layouts["chart"], spoken=spoken, title=course.make_line_runs(chart.title)
    )
    aside = _make_aside(course, chart)
    parts = _divide_rows(topic, chart)

    count = max(map(len, parts))

    def part(rows: Sequence[ChartRow]) -> Callable[[float], Sequence[SlideItem]]:
        return lambda lowered: _make_chart_items(topic, chart, rows, count, aside, lowered)

    return make_slides(topic, [part(rows) for rows in parts])


def compute_year_fraction(date: dates.Date) -> float:
    """Return a date as a year with a fraction (1917.85), at the middle of the days that it can mean."""
    middle = (date.first + date.last + 1) / 2
    year, julian = date.known.year, date.known.julian
    start = dates.compute_day_number(year, 1, 1, julian=julian)
    days = dates.compute_day_number(year + 1, 1, 1, julian=julian) - start
    return year + (middle - start) / (days if middle - start <= days else DAYS_A_YEAR)


def _make_chart_items(
    topic: Topic,
    chart: ChartBlock,
    rows: Sequence[ChartRow],
    count: int,
    aside: Sequence[SlideParagraph],
    lowered: float,
) -> list[SlideItem]:
    """Return the items of one slide: the chart of `rows` (`count` is the most on a slide), measure and aside.

    A source without a note stands behind the measure, so that the chart gets the aside's room.
    """
    course, places = topic.course, topic.layout.places
    measure = [SlideParagraph(course.make_line_runs(chart.measure))]
    under = measure_title_foot(topic.layout, topic.title, "(88/88)") + 3
    push = max(lowered, under - places["measure"].frame.y)
    besides = list(aside)
    box = None
    if aside and not chart.note:
        wide = SlideParagraph((*course.make_line_runs(chart.measure), SlideRun(". "), *aside[-1].runs))
        box = make_fitted_box(places["measure"], [wide])
        besides = [] if box else besides
    box = box or make_fitted_box(places["measure"], measure)
    items: list[SlideItem] = []
    if box:
        items.append(replace(box, frame=replace(box.frame, y=box.frame.y + push)))
    else:
        besides = [*measure, *besides]
    frame, beside = _divide_slide(topic, besides, max(lowered, push - 5))
    items.append(_make_partial_chart(course, chart, rows, frame, count))
    return [*items, *beside]


def _divide_slide(
    topic: Topic, besides: Sequence[SlideParagraph], low: float
) -> tuple[SlideFrame, list[SlideItem]]:
    """Return the chart's frame and the items of the aside; `low` is by how many points both are pushed down.

    Where room is short, the note gives way (it stands in the speaker's notes), the source never.
    """
    page, places = topic.course.page, topic.layout.places
    frame, aside = places["chart"].frame.lower_top(low), places["aside"]
    foot = aside.frame.y + aside.frame.h
    whole = replace(frame, w=page.full, h=foot - frame.y)
    for kept in (besides, besides[-1:]):
        if not kept:
            break
        if page.wide:
            if find_largest_size(kept, aside.get_text_area(low)) is not None:
                return frame, make_aside_items(topic, kept, low)
            continue
        high, items = make_low_aside(topic, kept)
        if whole.h - high >= LEAST_CHART_HEIGHT or kept is not besides:
            return replace(whole, h=whole.h - high), items
    return whole, []


def choose_label_size(chart: ChartBlock, rows: int, high: float) -> float:
    """Return the size of labels on a chart `high` points high: less than 20 where rows are many or thin."""
    size = 20.0 if rows <= 6 else 18.0 if rows <= 8 else 16.0
    bars = max(len(row.cells) for row in chart.rows)
    if bars == 1 or chart.kind == "line":
        return size
    return max(LEAST_LABEL_SIZE, min(size, float(int(high / (rows * (bars + 0.45)) * 0.76))))


def _choose_head_size(
    heads: Sequence[SlideParagraph], size: float, least: float, frame: SlideFrame, count: int
) -> float:
    """Return the largest size at which each head stands in its row, with `count` rows on a slide.

    Programs that show charts hide heads that touch.
    """
    band, wide = frame.h * 0.95 / max(1, count), frame.w * WIDEST_HEADS - 10
    fitting = (
        one
        for one in list_sizes(size, least)
        if all(measure_height([head], one, wide) <= band for head in heads)
    )
    return next(fitting, least)


def _make_partial_chart(
    course: DeckContent, chart: ChartBlock, rows: Sequence[ChartRow], frame: SlideFrame, count: int
) -> SlideChart:
    """Return the chart of some of its rows, in the size and on the scale of all of them.

    `count` is the most rows that any of its slides has.
    """
    heads = [SlideParagraph((SlideRun(write_row_head(course, chart, row)),)) for row in chart.rows]
    size = choose_label_size(chart, count, frame.h) * course.page.scale
    if chart.kind != "line":
        size = _choose_head_size(heads, size, LEAST_LABEL_SIZE * course.page.scale, frame, count)
    made = _make_chart_of_rows(course, chart, rows, frame, size)
    if len(rows) == len(chart.rows):
        return made
    return replace(made, whole=_make_chart_of_rows(course, chart, chart.rows, frame, size))


def _make_chart_of_rows(
    course: DeckContent, chart: ChartBlock, rows: Sequence[ChartRow], frame: SlideFrame, size: float
) -> SlideChart:
    kind: ChartKind = chart.kind
    if kind == "share" and (len(rows) > MOST_SLICES or frame.h < LEAST_PIE_HEIGHT):
        kind = "bar"
    count = max((len(row.cells) for row in rows), default=1)
    names = [course.write_plain_text(label) for label in chart.columns] or [
        course.write_plain_text(chart.measure)
    ] * count
    match kind:
        case "range":
            series = [
                ChartSeries(
                    course.write_phrase(word),
                    tuple(_read_number(end, row.cells[0]) for row in rows),
                    write_column_labels(course, chart, rows, 0),
                )
                for word, end in (("low", get_low_end), ("high", get_high_end))
            ]
        case "bar" | "line" | "share":
            series = [
                ChartSeries(
                    names[i],
                    tuple(_read_number(get_high_end, row.cells[i]) for row in rows),
                    write_column_labels(course, chart, rows, i),
                )
                for i in range(count)
            ]
        case _:
            assert_never(kind)
    at = tuple(compute_year_fraction(course.parse_date(row.head)) for row in rows) if kind == "line" else ()
    return SlideChart(
        frame,
        kind,
        tuple(write_row_head(course, chart, row) for row in rows),
        tuple(series),
        size,
        write_alt_text(course, chart),
        course.write_plain_text(chart.title),
        course.write_plain_text(chart.unit) if chart.unit else "",
        course.write_plain_text(chart.measure),
        at,
        tuple(i for i, row in enumerate(rows) if row.emphasis),
        "chart",
    )


def _read_number(end: Callable[[Decimal | tuple[Decimal, Decimal]], Decimal], value: object) -> float | None:
    return None if value is None else float(end(value))  # type: ignore[arg-type]


def _divide_rows(topic: Topic, chart: ChartBlock) -> list[Sequence[ChartRow]]:
    """Part the rows of a bar or range chart evenly; a line or a whole of shares stays together."""
    rows = chart.rows
    match chart.kind:
        case "line":
            return [rows]
        case "share" if len(rows) <= MOST_SLICES:
            return [rows]
        case "bar" | "range" | "share":
            return _divide_bars(topic, rows)
        case _:
            assert_never(chart.kind)


def _divide_bars(topic: Topic, rows: Sequence[ChartRow]) -> list[Sequence[ChartRow]]:
    """Part rows evenly into as few slides as their bars need."""
    bars = max(1, len(rows[0].cells))
    most = (
        MOST_BARS
        if bars == 1
        else min(MOST_BARS, int(topic.layout.places["chart"].frame.h / LEAST_BAR_PITCH))
    )
    per_slide = max(1, most // bars)
    parts = -(-len(rows) // per_slide)
    even = -(-len(rows) // parts)
    return [rows[i : i + even] for i in range(0, len(rows), even)]


def _make_aside(course: DeckContent, chart: ChartBlock) -> list[SlideParagraph]:
    out = [SlideParagraph(tie_last_words(course.make_line_runs(chart.note)), after=0.6)] if chart.note else []
    if chart.source:
        source = course.locale.write_label(course.write_phrase("source"), course.write_cites(chart.source))
        out.append(SlideParagraph((SlideRun(source, colour="ink2"),), step=-2))
    return out
