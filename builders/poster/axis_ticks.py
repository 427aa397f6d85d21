"""Where the poster's axis begins and ends, and its ticks with their words: years, months or days."""

from collections.abc import Sequence
from dataclasses import dataclass

from builders.language import formatting
from builders.language.dates import Point as Moment
from builders.language.dates import compute_civil_date, compute_day_number, count_days_in_month
from builders.language.locales import Locale
from builders.poster.content import PosterContent
from builders.timeline import Scale, make_month_ticks, make_year_ticks, round_years

MOST_DAYS = 62  # days: up to here the axis has a tick a day
_MOST_DAYS_OF_MONTHS = 800  # days: up to here it has a tick a month
_DAY_STEPS = (1, 2, 5, 10, 20)
_MONTH_STEPS = (1, 2, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A tick of the axis, in µm along it; those of rank 0 are the longest and carry a text."""

    at: int
    rank: int
    text: str


def choose_axis_days(course: PosterContent) -> tuple[int, int]:
    """Return the axis's days: those around all eras and events, with room for a marker at both ends.

    A course of days begins and ends with a day, one of months with a month, any other with a round year.
    """
    first = min([era.first for era in course.eras] + [e.first for e in course.entries])
    last = max([era.last for era in course.eras] + [e.last for e in course.entries])
    margin = (last - first) // 150 + 1
    first, last = first - margin, last + margin
    if counts_days(first, last):
        return first, last
    if last - first >= _MOST_DAYS_OF_MONTHS:
        return round_years(first, last, julian=course.julian)
    year, month, _ = compute_civil_date(first, julian=course.julian)
    end_year, end_month, _ = compute_civil_date(last, julian=course.julian)
    days = count_days_in_month(end_year, end_month, julian=course.julian)
    return (
        compute_day_number(year, month, 1, julian=course.julian),
        compute_day_number(end_year, end_month, days, julian=course.julian),
    )


def counts_days(first: int, last: int) -> bool:
    """Whether an axis over these days has a tick for each."""
    return last - first < MOST_DAYS


def list_axis_words(first: int, last: int, course: PosterContent) -> list[str]:
    """Return the words that the axis of these days could have, or the longest of them."""
    if last - first >= _MOST_DAYS_OF_MONTHS:
        ends = (compute_civil_date(day, julian=course.julian) for day in (first, last))
        return [formatting.write_year(year, course.locale) for year, _, _ in ends]
    kind = "day" if counts_days(first, last) else "month"
    days = range(first, last + 1, 1 if kind == "day" else 28)
    return [_write_tick(day, kind, course.locale, course.julian) for day in days]


def make_axis_ticks(axis: Scale, locale: Locale, words: int, least: int) -> tuple[AxisTick, ...]:
    """Return the ticks: `words` is the room that a text needs, `least` the smallest gap of years, in µm."""
    if axis.last - axis.first >= _MOST_DAYS_OF_MONTHS:
        ticks = make_year_ticks(axis, words, least)
        return tuple(AxisTick(t.at, t.rank, formatting.write_year(t.year, locale)) for t in ticks)
    if counts_days(axis.first, axis.last):
        days = range(axis.first, axis.last + 1)
        step = _choose_step(_DAY_STEPS, axis, words, 1)
        return tuple(
            AxisTick(axis.place_day(day), min(number % step, 1), _write_tick(day, "day", locale, axis.julian))
            for number, day in enumerate(days)
        )
    step = _choose_step(_MONTH_STEPS, axis, words, 31)
    return tuple(
        AxisTick(t.at, min((t.month - 1) % step, 1), _write_tick(t.day, "month", locale, axis.julian))
        for t in make_month_ticks(axis)
    )


def _choose_step(steps: Sequence[int], axis: Scale, words: int, days: int) -> int:
    """Return of how many days or months one has room for its words."""
    pitch = days * axis.length / (axis.last + 1 - axis.first)
    return next((step for step in steps if step * pitch >= words), steps[-1])


def _write_tick(day: int, kind: str, locale: Locale, julian: bool) -> str:
    year, month, number = compute_civil_date(day, julian=julian)
    if kind == "day":
        return formatting.write_point(Moment(year, month, number, "day"), locale, short=True)
    return formatting.write_point(Moment(year, month, None, "month"), locale, short=True)
