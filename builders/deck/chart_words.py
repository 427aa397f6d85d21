"""A chart in words: the labels at its marks, its alt text, and its table line by line for the notes."""

from collections.abc import Sequence
from decimal import Decimal

from builders.deck.content import DeckContent
from builders.language import formatting
from builders.outline.blocks import Chart as ChartBlock
from builders.outline.blocks import ChartRow


def write_alt_text(course: DeckContent, chart: ChartBlock) -> str:
    """Return a chart's alternative text: the outline's own, or else one made from its numbers.

    That tells the kind of chart, title and measure, the least and the greatest value, and then every row.
    """
    if chart.alt:
        return course.write_plain_text(chart.alt)
    kind = course.write_phrase(f"chart_{chart.kind}")
    title, measure = (_end_sentence(course.write_plain_text(text)) for text in (chart.title, chart.measure))
    parts = [f"{kind}. {title} {measure}"]
    known = [
        (get_low_end(value), row, value) for row in chart.rows for value in row.cells if value is not None
    ]
    if len(known) > 2:
        least, most = (
            min(known, key=lambda entry: entry[0]),
            max(known, key=lambda entry: get_high_end(entry[2])),
        )
        parts.append(
            course.write_phrase(
                "chart_extent",
                low=_write_label(course, chart, least[2]),
                low_at=write_row_head(course, chart, least[1]),
                high=_write_label(course, chart, most[2]),
                high_at=write_row_head(course, chart, most[1]),
            )
        )
    return " ".join([*parts, *(_end_sentence(line) for line in write_table_lines(course, chart))])


def write_table_lines(course: DeckContent, chart: ChartBlock) -> list[str]:
    """Return a chart's numbers as lines of text, one a row: "head: label; label"."""
    lines = []
    for row in chart.rows:
        labels = [_write_label(course, chart, value) for value in row.cells]
        names = [course.write_plain_text(label) for label in chart.columns]
        told = (
            [f"{name} {label}" for name, label in zip(names, labels, strict=True)]
            if len(names) > 1
            else labels
        )
        lines.append(course.locale.write_label(write_row_head(course, chart, row), "; ".join(told)))
    return lines


def write_row_head(course: DeckContent, chart: ChartBlock, row: ChartRow) -> str:
    """Return a row's head as it is printed; in a line chart a date is written out, abbreviated."""
    if chart.kind != "line":
        return course.write_plain_text(row.head)
    return formatting.write_date(course.parse_date(row.head), course.locale, short=True)


def get_low_end(value: Decimal | tuple[Decimal, Decimal]) -> Decimal:
    """Return a number, or the lower end of a range."""
    return value[0] if isinstance(value, tuple) else value


def get_high_end(value: Decimal | tuple[Decimal, Decimal]) -> Decimal:
    """Return a number, or the upper end of a range."""
    return value[1] if isinstance(value, tuple) else value


def write_column_labels(
    course: DeckContent, chart: ChartBlock, rows: Sequence[ChartRow], column: int
) -> tuple[str, ...]:
    """Return the labels of one column (0-based): each value with its unit, or the word for unknown."""
    return tuple(_write_label(course, chart, row.cells[column]) for row in rows)


def _write_label(
    course: DeckContent, chart: ChartBlock, value: Decimal | tuple[Decimal, Decimal] | None
) -> str:
    if value is None:
        return course.write_phrase("unknown")
    unit = course.write_plain_text(chart.unit) if chart.unit else ""
    return formatting.write_quantity(value, unit, course.locale)


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
