"""Dates: a subset of EDTF (ISO 8601-2), day numbers, and the Julian calendar.

The subset: years, months and days; `~`, `?` and `%` after the whole; `X` for unknown last digits of a year;
intervals, with open ends (`1918/..`); years before 1 with a minus sign (`-0043` is 44 BC). Days are counted
as Julian day numbers, whatever the calendar; years, months and days are those of the proleptic Gregorian
calendar where nothing says `julian`.
"""

import re
from calendar import isleap
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from builders.core.diagnostics import TemarioError
from builders.language.date_advice import find_date_advice

Precision = Literal["day", "month", "year", "decade", "century"]

_POINT = re.compile(r"(-?\d{2}(?:\d\d|\dX|XX))(?:-(\d\d)(?:-(\d\d))?)?([~?%])?", re.ASCII)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_SLASHED = re.compile(r"\d\d?/\d\d?/-?\d{3,4}|\d{4}/\d\d?/\d\d?")  # a day, not an interval


class DateFault(TemarioError):
    """A date that cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment as exactly as it is known: to the day, month, year, decade or century (`precision`).

    Years are astronomical: 0 is 1 BC. `approximate` is EDTF's ~, `uncertain` its ?, both its %. With `julian`
    its year, month and day are those of the Julian calendar.
    """

    year: int  # the first year, where digits are unknown
    month: int | None
    day: int | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False
    julian: bool = False

    @property
    def first(self) -> int:
        """The first day that this can mean, as a Julian day number."""
        return compute_day_number(self.year, self.month or 1, self.day or 1, julian=self.julian)

    @property
    def last_year(self) -> int:
        """The last year that this can mean."""
        return self.year + {"decade": 9, "century": 99}.get(self.precision, 0)

    @property
    def last(self) -> int:
        """The last day that this can mean, as a Julian day number."""
        if self.precision == "day":
            return self.first
        year, month = self.last_year, self.month or 12
        days = count_days_in_month(year, month, julian=self.julian)
        return compute_day_number(year, month, days, julian=self.julian)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as EDTF writes it: one point (`start` and `end` are the same) or an interval.

    An open end of an interval is None, at one side at most.
    """

    edtf: str
    start: Point | None
    end: Point | None
    interval: bool = False

    @property
    def known(self) -> Point:
        """The start; of an interval with an open start the end."""
        point = self.start or self.end
        assert point is not None  # parse_date() refuses an interval open on both sides
        return point

    @property
    def first(self) -> int:
        """The first day (Julian day number); of an open start, that of the end."""
        return self.known.first

    @property
    def last(self) -> int:
        """The last day (Julian day number); of an open end, that of the start."""
        return (self.end or self.known).last

    @property
    def within_year(self) -> bool:
        """Whether it begins and ends in one and the same year."""
        return self.known.year == (self.end or self.known).last_year

    @property
    def precision(self) -> Precision:
        """How exactly the start is known."""
        return self.known.precision

    @property
    def open(self) -> bool:
        """Whether an end is open."""
        return self.interval and (self.start is None or self.end is None)

    @property
    def approximate(self) -> bool:
        """Whether any part is approximate or uncertain."""
        return any(p is not None and (p.approximate or p.uncertain) for p in (self.start, self.end))


@lru_cache(maxsize=65536)
def parse_date(text: str, *, julian: bool = False) -> Date:
    """Return the date that `text` writes in EDTF. Raises DateFault, which says what to write instead.

    With `julian` the date is one of the Julian calendar, where every fourth year has a 29 February.
    """
    if "/" not in text or _SLASHED.fullmatch(text):
        point = _parse_point(text, julian)
        return Date(text, point, point)
    first, *rest = text.split("/")
    if (closed := re.sub(r"\s*/\s*", "/", text)) != text:
        raise DateFault(f"'{text}' has spaces around the '/'; write {closed}")
    if len(rest) != 1:
        raise DateFault(f"'{text}' has more than one '/'; write an interval as 1917-11-07/1917-11-08")
    meant = f"{first or '..'}/{rest[0] or '..'}"
    if meant not in (text, "../.."):
        raise DateFault(f"'{text}' lacks one of its ends; write {meant}, if that end is open")
    if short := re.fullmatch(r"(\d{4})/(\d\d?)", text):
        year, cut = short[1], -len(short[2])
        if int(short[2]) > int(year[cut:]):
            raise DateFault(f"'{text}' has a shortened year; write {year}/{year[:cut]}{short[2]}")
        if 1 <= int(short[2]) <= 12:
            raise DateFault(f"'{text}' has a slash before its month; write {year}-{short[2]:0>2}")
    if (day := re.fullmatch(r"(-?\d{4}-\d\d-)\d\d", first)) and re.fullmatch(r"\d\d", rest[0]):
        raise DateFault(f"'{text}' has a day alone behind its '/'; write {first}/{day[1]}{rest[0]}")
    start = None if first in ("", "..") else _parse_point(first, julian)
    end = None if rest[0] in ("", "..") else _parse_point(rest[0], julian)
    if start is None and end is None:
        raise DateFault(f"'{text}' is open on both sides; give at least one of its ends")
    if start and end and (end.first < start.first or end.last < start.last):
        raise DateFault(f"'{text}' ends before it begins; exchange its two dates")
    return Date(text, start, end, interval=True)


def _parse_point(text: str, julian: bool) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise DateFault(f"'{text}' is not a date; {find_date_advice(text)}")
    digits, month, day, mark = match.groups()
    precision: Precision = (
        "century" if digits.endswith("XX") else "decade" if digits.endswith("X") else "year"
    )
    if precision != "year" and month:
        raise DateFault(f"'{text}' has a month in an unknown year; write 191X alone")
    year = _find_first_year(digits)
    if month:
        precision = "day" if day else "month"
        if not day and 12 < int(month) > year % 100:
            raise DateFault(
                f"'{text}' has no month {int(month)}; write an interval as {digits}/{digits[:-2]}{month}"
            )
        if not 1 <= int(month) <= 12:
            raise DateFault(f"'{text}' has no month {int(month)}; write the date as year-month-day")
        days = count_days_in_month(year, int(month), julian=julian)
        if day and not 1 <= int(day) <= days:
            advice = f"the month has {days} days"
            if not julian and int(day) == count_days_in_month(year, int(month), julian=True):
                advice += "; a course in the Julian calendar says `calendar: julian` at its top"
            raise DateFault(f"'{text}' has no day {int(day)}; {advice}")
    return Point(
        year,
        int(month) if month else None,
        int(day) if day else None,
        precision,
        approximate=mark in ("~", "%") if mark else False,
        uncertain=mark in ("?", "%") if mark else False,
        julian=julian,
    )


def _find_first_year(digits: str) -> int:
    """Return the first year of '1917', '191X', '-04XX': before year 0, unknown digits run away from it."""
    filler = "9" if digits.startswith("-") else "0"
    return int(digits.replace("X", filler))


def count_days_in_month(year: int, month: int, *, julian: bool = False) -> int:
    """Return the number of days of a month (1 to 12) in the Gregorian calendar, or, with `julian`, the
    Julian.
    """
    leap = year % 4 == 0 if julian else isleap(year)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def compute_day_number(year: int, month: int, day: int, *, julian: bool = False) -> int:
    """Return the Julian day number of a proleptic Gregorian date, or, with `julian`, of one of the Julian
    calendar (Fliegel and Van Flandern 1968, floored).
    """
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    shift = 32083 if julian else y // 100 - y // 400 + 32045
    return day + (153 * m + 2) // 5 + 365 * y + y // 4 - shift


def compute_civil_date(number: int, *, julian: bool = False) -> tuple[int, int, int]:
    """Return year, month and day (proleptic Gregorian, or Julian) of a Julian day number (Richards 2013)."""
    if julian:
        return _count_from_march(number + 32082, 0)
    a = number + 32044
    b = (4 * a + 3) // 146097
    return _count_from_march(a - 146097 * b // 4, 100 * b)


def _count_from_march(days: int, centuries: int) -> tuple[int, int, int]:
    """Return the civil date of a day counted from 1 March of year -4800."""
    d = (4 * days + 3) // 1461
    e = days - 1461 * d // 4
    m = (5 * e + 2) // 153
    return centuries + d - 4800 + m // 10, m + 3 - 12 * (m // 10), e - (153 * m + 2) // 5 + 1


def is_same_in_old_style(date: Date, old: Date) -> bool:
    """Whether `old`, a date of the Julian calendar, means the same days as `date`, one of the Gregorian.

    A month or a year, whose bounds differ between the calendars, is the same when it is at most 31 days off.
    """
    for new_point, old_point in ((date.start, old.start), (date.end, old.end)):
        if (new_point is None) != (old_point is None):
            return False
        if new_point and old_point and not _is_same_point(new_point, old_point):
            return False
    return date.interval == old.interval


def _is_same_point(new: Point, old: Point) -> bool:
    if new.precision != old.precision:
        return False
    if new.precision != "day":
        return abs(new.first - old.first) <= 31  # a month or a year is the same but for the calendars' shift
    return new.first == old.first


def convert_to_old_style(date: Date) -> str | None:
    """Return a Gregorian date in the Julian calendar, as EDTF; None where it is not known to the day."""
    points = [date.start, date.end] if date.interval else [date.start]
    if any(point is None or point.precision != "day" for point in points):
        return None
    texts = []
    for point in points:
        assert point is not None
        year, month, day = compute_civil_date(point.first, julian=True)
        texts.append(
            f"{year:04d}-{month:02d}-{day:02d}" if year >= 0 else f"-{-year:04d}-{month:02d}-{day:02d}"
        )
    return "/".join(texts)
