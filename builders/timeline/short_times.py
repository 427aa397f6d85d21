"""The scale of a short time: of days or months, where years would say nothing."""

from builders.language.dates import Point, compute_civil_date

MOST_DAYS = 62  # a longer time has a scale of months
MOST_MONTHS = 30  # and a longer one of years
DAY_STEPS, MONTH_STEPS = (1, 2, 5, 10), (1, 2, 3, 6)


def is_of_days(first: int, last: int) -> bool:
    """Return whether the time from one day to another (Julian day numbers) has a scale of days."""
    return last - first < MOST_DAYS


def round_short_time(first: int, last: int, *, julian: bool = False) -> tuple[Point, Point] | None:
    """Return the first and the last day or month of a short time; None for one that has a scale of years."""
    days = is_of_days(first, last)
    low, high = (_make_point(*compute_civil_date(day, julian=julian), days, julian) for day in (first, last))
    return (low, high) if days or _count_months(low, high) <= MOST_MONTHS else None


def list_short_ticks(low: Point, high: Point, most: int) -> list[Point]:
    """Return at most about `most` days or months from `low` to `high`, evenly apart, the first among them."""
    if low.day:
        count = high.first - low.first + 1
        step = next((s for s in DAY_STEPS if count <= s * most), DAY_STEPS[-1])
        days = range(low.first, high.last + 1, step)
        found = [compute_civil_date(day, julian=low.julian) for day in days]
    else:
        count = _count_months(low, high)
        step = next((s for s in MONTH_STEPS if count <= s * most), MONTH_STEPS[-1])
        first = low.year * 12 + (low.month or 1) - 1
        found = [(month // 12, month % 12 + 1, 1) for month in range(first, first + count, step)]
    return [_make_point(*date, bool(low.day), low.julian) for date in found]


def _make_point(year: int, month: int, day: int, days: bool, julian: bool) -> Point:
    return Point(year, month, day if days else None, "day" if days else "month", julian=julian)


def _count_months(low: Point, high: Point) -> int:
    return (high.year - low.year) * 12 + (high.month or 1) - (low.month or 1) + 1
