"""Charts: the outline's numbers as native charts, with the words that stand for them: labels, alt text, a
table read out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal, cast

from builders import dates, writing
from builders.deck.course import Course
from builders.deck.cutting import tied
from builders.deck.fit import largest, sizes
from builders.deck.lines import height
from builders.deck.notes import speech
from builders.deck.points import aside_items, low_aside
from builders.deck.sheets import Topic, fitted_box, slides, title_foot
from builders.deck.slides import Chart, Frame, Item, Paragraph, Run, Series, Slide
from builders.outline import Block, ChartRow
from builders.outline import Chart as ChartBlock

Kind = Literal["bar", "line", "share", "range"]
LEAST_PIE = 220.0  # pt: in a lower place, shares are bars
MOST_BARS = 12  # a slide, all series counted
WIDEST_HEADS = 0.42  # of the chart's width
MOST_SLICES = 4  # more shares than this are bars
LEAST_BAR = 22.0  # pt a bar of several series, its share of the gap included
LEAST_LABEL = 14.0  # pt
LEAST_CHART = 190.0  # pt: lower, and a note below the chart gives way
DAYS_A_YEAR = 365.2425


def chart_slides(topic: Topic, block: Block) -> list[Slide]:
    """Return the slides of a chart block; many bars go on to further slides."""
    assert block.chart is not None
    course, chart = topic.course, block.chart
    spoken = speech(course, [block.notes, chart.note], [block.cue], chart.source, table_lines(course, chart))
    topic = replace(topic, layout=course.page.layouts["chart"], spoken=spoken, title=course.line(chart.title))
    aside = _aside(course, chart)
    parts = _rows_by_slide(topic, chart)

    def part(rows: Sequence[ChartRow]) -> Callable[[float], Sequence[Item]]:
        return lambda lowered: _items(topic, chart, rows, aside, lowered)

    return slides(topic, [part(rows) for rows in parts])


def alt_text(course: Course, chart: ChartBlock) -> str:
    """Return what is said instead of the picture: the finding, the measure, the range, and all values."""
    if chart.alt:
        return course.words(chart.alt)
    kind = course.say(f"chart_{chart.kind}")
    parts = [f"{kind}. {_sentence(course.words(chart.title))} {_sentence(course.words(chart.measure))}"]
    known = [(low(value), row, value) for row in chart.rows for value in row.cells if value is not None]
    if len(known) > 2:
        least, most = min(known, key=lambda entry: entry[0]), max(known, key=lambda entry: high(entry[2]))
        parts.append(
            course.say(
                "chart_extent",
                low=_label(course, chart, least[2]),
                low_at=head(course, chart, least[1]),
                high=_label(course, chart, most[2]),
                high_at=head(course, chart, most[1]),
            )
        )
    return " ".join([*parts, *(_sentence(line) for line in table_lines(course, chart))])


def table_lines(course: Course, chart: ChartBlock) -> list[str]:
    """Return the chart's table, a line a row."""
    lines = []
    for row in chart.rows:
        labels = [_label(course, chart, value) for value in row.cells]
        names = [course.words(label) for label in chart.columns]
        told = (
            [f"{name} {label}" for name, label in zip(names, labels, strict=True)]
            if len(names) > 1
            else labels
        )
        lines.append(course.locale.label(head(course, chart, row), "; ".join(told)))
    return lines


def head(course: Course, chart: ChartBlock, row: ChartRow) -> str:
    """Return a row's head: in a line chart a date in words."""
    if chart.kind != "line":
        return course.words(row.head)
    return writing.date(dates.parse(course.words(row.head)), course.locale, short=True)


def low(value: Decimal | tuple[Decimal, Decimal]) -> Decimal:
    """Return a number, or the lower end of a range."""
    return value[0] if isinstance(value, tuple) else value


def high(value: Decimal | tuple[Decimal, Decimal]) -> Decimal:
    """Return a number, or the upper end of a range."""
    return value[1] if isinstance(value, tuple) else value


def position(date: dates.Date) -> float:
    """Return a date as a year with its fraction, at the middle of what it can mean."""
    middle = (date.first + date.last + 1) / 2
    year = date.known.year
    start = dates.day_number(year, 1, 1)
    days = dates.day_number(year + 1, 1, 1) - start
    return year + (middle - start) / (days if middle - start <= days else DAYS_A_YEAR)


def _items(
    topic: Topic, chart: ChartBlock, rows: Sequence[ChartRow], aside: Sequence[Paragraph], lowered: float
) -> list[Item]:
    """Return the measure, the chart and the aside. A source without a note stands behind the measure."""
    course, places = topic.course, topic.layout.places
    measure = [Paragraph(course.line(chart.measure))]
    under = title_foot(topic.layout, topic.title, "(88/88)") + 3
    push = max(lowered, under - places["measure"].frame.y)
    besides = list(aside)
    box = None
    if aside and not chart.note:
        wide = Paragraph((*course.line(chart.measure), Run(". "), *aside[-1].runs))
        box = fitted_box(places["measure"], [wide])
        besides = [] if box else besides
    box = box or fitted_box(places["measure"], measure)
    items: list[Item] = []
    if box:
        items.append(replace(box, frame=replace(box.frame, y=box.frame.y + push)))
    else:
        besides = [*measure, *besides]
    frame, beside = _shared_out(topic, besides, max(lowered, push - 5))
    count = max(map(len, _rows_by_slide(topic, chart)))
    items.append(_placed(course, chart, rows, frame, count))
    return [*items, *beside]


def _shared_out(topic: Topic, besides: Sequence[Paragraph], low: float) -> tuple[Frame, list[Item]]:
    """Return the chart's frame and the aside; where room is short the note gives way (it is in the notes),
    the source never."""
    page, places = topic.course.page, topic.layout.places
    frame, aside = places["chart"].frame.lowered(low), places["aside"]
    foot = aside.frame.y + aside.frame.h
    whole = replace(frame, w=page.full, h=foot - frame.y)
    for kept in (besides, besides[-1:]):
        if not kept:
            break
        if page.wide:
            if largest(kept, aside.room(low)) is not None:
                return frame, aside_items(topic, kept, low)
            continue
        high, items = low_aside(topic, kept)
        if whole.h - high >= LEAST_CHART or kept is not besides:
            return replace(whole, h=whole.h - high), items
    return whole, []


def label_size(chart: ChartBlock, rows: int, high: float) -> float:
    """Return the size of labels on a chart `high` points high: less than 20 where rows are many or thin."""
    size = 20.0 if rows <= 6 else 18.0 if rows <= 8 else 16.0
    bars = max(len(row.cells) for row in chart.rows)
    if bars == 1 or chart.kind == "line":
        return size
    return max(LEAST_LABEL, min(size, float(int(high / (rows * (bars + 0.45)) * 0.76))))


def _for_heads(heads: Sequence[Paragraph], size: float, least: float, frame: Frame, count: int) -> float:
    """Return the largest size at which each head stands in its row, one of `count` on a slide: programs hide
    heads that touch."""
    band, wide = frame.h * 0.95 / max(1, count), frame.w * WIDEST_HEADS - 10
    fitting = (one for one in sizes(size, least) if all(height([head], one, wide) <= band for head in heads))
    return next(fitting, least)


def _placed(course: Course, chart: ChartBlock, rows: Sequence[ChartRow], frame: Frame, count: int) -> Chart:
    """Return the chart of some rows, in the size and on the scale of them all; no slide has more than
    `count`."""
    heads = [Paragraph((Run(head(course, chart, row)),)) for row in chart.rows]
    size = label_size(chart, count, frame.h) * course.page.scale
    if chart.kind != "line":
        size = _for_heads(heads, size, LEAST_LABEL * course.page.scale, frame, count)
    made = _of_rows(course, chart, rows, frame, size)
    if len(rows) == len(chart.rows):
        return made
    return replace(made, whole=_of_rows(course, chart, chart.rows, frame, size))


def _of_rows(course: Course, chart: ChartBlock, rows: Sequence[ChartRow], frame: Frame, size: float) -> Chart:
    kind = cast(
        Kind,
        "bar" if chart.kind == "share" and (len(rows) > MOST_SLICES or frame.h < LEAST_PIE) else chart.kind,
    )
    ranges = kind == "range"
    count = max((len(row.cells) for row in rows), default=1)
    names = [course.words(label) for label in chart.columns] or [course.words(chart.measure)] * count
    if ranges:
        series = [
            Series(
                course.say(word),
                tuple(_number(end, row.cells[0]) for row in rows),
                _labels(course, chart, rows, 0),
            )
            for word, end in (("low", low), ("high", high))
        ]
    else:
        series = [
            Series(
                names[i], tuple(_number(high, row.cells[i]) for row in rows), _labels(course, chart, rows, i)
            )
            for i in range(count)
        ]
    at = tuple(position(dates.parse(course.words(row.head))) for row in rows) if kind == "line" else ()
    return Chart(
        frame,
        kind,
        tuple(head(course, chart, row) for row in rows),
        tuple(series),
        size,
        alt_text(course, chart),
        course.words(chart.title),
        course.words(chart.unit) if chart.unit else "",
        course.words(chart.measure),
        at,
        tuple(i for i, row in enumerate(rows) if row.emphasis),
        "chart",
    )


def _number(end: Callable[[Decimal | tuple[Decimal, Decimal]], Decimal], value: object) -> float | None:
    return None if value is None else float(end(value))  # type: ignore[arg-type]


def _labels(course: Course, chart: ChartBlock, rows: Sequence[ChartRow], column: int) -> tuple[str, ...]:
    return tuple(_label(course, chart, row.cells[column]) for row in rows)


def _label(course: Course, chart: ChartBlock, value: Decimal | tuple[Decimal, Decimal] | None) -> str:
    if value is None:
        return course.say("unknown")
    unit = course.words(chart.unit) if chart.unit else ""
    return writing.quantity(value, unit, course.locale)


def _rows_by_slide(topic: Topic, chart: ChartBlock) -> list[Sequence[ChartRow]]:
    """Part the rows of a bar or range chart evenly; a line or a whole of shares stays together."""
    rows = chart.rows
    if chart.kind == "line" or (chart.kind == "share" and len(rows) <= MOST_SLICES):
        return [rows]
    bars = max(1, len(rows[0].cells))
    most = MOST_BARS if bars == 1 else min(MOST_BARS, int(topic.layout.places["chart"].frame.h / LEAST_BAR))
    per_slide = max(1, most // bars)
    parts = -(-len(rows) // per_slide)
    even = -(-len(rows) // parts)
    return [rows[i : i + even] for i in range(0, len(rows), even)]


def _aside(course: Course, chart: ChartBlock) -> list[Paragraph]:
    out = [Paragraph(tied(course.line(chart.note)), after=0.6)] if chart.note else []
    if chart.source:
        source = course.locale.label(course.say("source"), course.cites(chart.source))
        out.append(Paragraph((Run(source, colour="ink2"),), step=-2))
    return out


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
