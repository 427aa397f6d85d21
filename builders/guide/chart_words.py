"""What charts say in words: values with their units, rows' heads, and what stands for the picture."""

from builders.guide.content import GuideContent, TextByLanguage
from builders.guide.share_bars import ValueOrRange, get_high_end, get_low_end
from builders.language import formatting, markup
from builders.outline.blocks import Chart


def write_quantity(course: GuideContent, content: Chart, value: ValueOrRange) -> str:
    """Return a value with its unit."""
    if value is None:
        return course.get_fixed_words("unknown")
    unit = markup.strip_markup(content.unit[course.options.lang]) if content.unit else ""
    return formatting.write_quantity(value, unit, course.locale)


def write_alt_text(course: GuideContent, content: Chart) -> str:
    """Return what is said instead of the picture: the finding, the measure, and from where to where it
    goes.
    """
    if content.alt:
        return course.get_plain_text(content.alt)
    known = [(row, v) for row in content.rows for v in row.cells if v is not None]
    low = min(known, key=lambda pair: get_low_end(pair[1]), default=None)
    high = max(known, key=lambda pair: get_high_end(pair[1]), default=None)
    range_ = ""
    if low and high:
        range_ = course.get_fixed_words(
            "chart_extent",
            low=write_quantity(course, content, low[1]),
            low_head=write_row_head(course, content, low[0].head),
            high=write_quantity(course, content, high[1]),
            high_head=write_row_head(course, content, high[0].head),
        )
    kind = course.get_fixed_words(f"chart_{content.kind}")
    title = course.locale.write_label(kind, course.get_plain_text(content.title))
    return f"{title}. {course.get_plain_text(content.measure)}. {range_}".strip()


def write_row_head(course: GuideContent, content: Chart, head: TextByLanguage) -> str:
    """Return a row's head in words; in a line chart it is a date."""
    if content.kind != "line":
        return course.get_plain_text(head)
    return course.write_date(course.parse_date(head), short=True)
