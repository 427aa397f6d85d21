"""Dates: a subset of EDTF (ISO 8601-2), day numbers, and the Julian calendar.

The subset: years, months and days; `~`, `?` and `%` after the whole; `X` for unknown last digits of a year;
intervals, with open ends (`1918/..`); years before 1 with a minus sign (`-0043` is 44 BC). Days are counted
as Julian day numbers of the proleptic Gregorian calendar, so years before 1 need no special care.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from builders.core.diagnostics import TemarioError

Precision = Literal["day", "month", "year", "decade", "century"]

_POINT = re.compile(r"(-?\d{2}(?:\d\d|\dX|XX))(?:-(\d\d)(?:-(\d\d))?)?([~?%])?", re.ASCII)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_SLASHED = re.compile(r"\d\d?/\d\d?/-?\d{3,4}|\d{4}/\d\d?/\d\d?")  # a day, not an interval

_ABOUT = re.compile(r"(?:~|(?:c|ca|circa|about|around|hacia|h)\b\.?)\s*(\d{3,4})", re.IGNORECASE)
_IN_WORDS = re.compile(  # 3 May 1789, 3 de mayo de 1789, May 3rd, 1789, mayo de 1789
    r"(?:\d{1,2}\.?(?:st|nd|rd|th|º)?\s+(?:de\s+)?)?[^\W\d_]{3,}\.?,?\s+(?:del?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{3,4}",
    re.IGNORECASE,
)
_BEFORE_YEAR_1 = re.compile(  # in the languages that outlines are written in most
    r"0*([1-9]\d{0,3})\s*(?:b\.? ?c\.?(?: ?e\.?)?|a\. ?(?:de )?c\.|av\. j\.-c\.|v\. chr\.)", re.IGNORECASE
)


class DateFault(TemarioError):
    """A date that cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Point:
    """A moment as it is known: to the day, month, year, decade or century."""

    year: int  # the first year, where digits are unknown
    month: int | None
    day: int | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @property
    def first(self) -> int:
        """The first day that this can mean (Julian day number)."""
        return compute_day_number(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> int:
        """The last day that this can mean."""
        if self.precision == "day":
            return self.first
        year = self.year + {"decade": 9, "century": 99}.get(self.precision, 0)
        month = self.month or 12
        return compute_day_number(year, month, count_days_in_month(year, month))


@dataclass(frozen=True, slots=True)
class Date:
    """A point or an interval; an interval's open end is None."""

    edtf: str
    start: Point | None
    end: Point | None
    interval: bool = False

    @property
    def known(self) -> Point:
        """The start, or the end where the start is open."""
        point = self.start or self.end
        assert point is not None  # parse() refuses an interval open on both sides
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
    """Return the date that EDTF `text` writes; `julian`: in that calendar, whose every fourth year has a
    29 February. Raises DateFault."""
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
    if (short := re.fullmatch(r"(\d{4})/(\d\d)", text)) and int(short[2]) > int(short[1][2:]):
        raise DateFault(f"'{text}' has a year of two digits; write {short[1]}/{short[1][:2]}{short[2]}")
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
        raise DateFault(f"'{text}' is not a date; {_find_advice(text)}")
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
            raise DateFault(f"'{text}' has no day {int(day)}; the month has {days} days")
    return Point(
        year,
        int(month) if month else None,
        int(day) if day else None,
        precision,
        approximate=mark in ("~", "%") if mark else False,
        uncertain=mark in ("?", "%") if mark else False,
    )


def _find_first_year(digits: str) -> int:
    """Return the first year of '1917', '191X', '-04XX': before year 0, unknown digits run away from it."""
    filler = "9" if digits.startswith("-") else "0"
    return int(digits.replace("X", filler))


def _find_advice(text: str) -> str:
    """Return what to write for a text that is no date, by the first of _ADVICE that it looks like."""
    for pattern, advise in _ADVICE:
        if match := pattern.fullmatch(text):
            return advise(match)
    return "write 1917-11-07, 1917-11, 1917, 1917~ (about), 191X, or an interval 1917-11-07/1917-11-08"


def _advise_on_plural(match: re.Match[str]) -> str:
    """Return what to write for '1540s', which is a decade, and '1500s', which may be a century."""
    century = f" or {match[1][:-1]}XX (the century)" if match[1].endswith("0") else ""
    return f"write {match[1]}X (the decade){century}"


def _advise_on_year_before_christ(match: re.Match[str]) -> str:
    year = int(match[1])
    return f"write four digits: {year} BC is {_write_astronomical_year(year)}, as years before 1 count from 0"


_ADVICE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"\d{1,2}[./-]\d{1,2}[./-]-?\d{3,4}"),
        lambda _: "write the year first, then month and day: 1917-11-07",
    ),
    (
        re.compile(r"\d{4}([./-])(?:0?[1-9]|1[0-2])\1\d{1,2}|\d{4}-\d"),
        lambda match: f"write {'-'.join(f'{part:0>2}' for part in re.split('[./-]', match[0]))}",
    ),
    (_ABOUT, lambda match: f"write {match[1]:0>4}~"),
    (
        re.compile(_ABOUT.pattern + r"\s*[-\u2013]\s*(\d{3,4})", re.IGNORECASE),
        lambda match: f"write {match[1]:0>4}~/{match[2]:0>4}~",
    ),
    (re.compile(r"(\d\d\d)0s"), _advise_on_plural),
    (
        re.compile(
            r"a\.?d\.? ?(\d{1,4})|(\d{1,4}) ?(?:a\.?d\.?|c\.?e\.?|d\. ?c\.|n\. ?chr\.)", re.IGNORECASE
        ),
        lambda match: f"write {match[1] or match[2]:0>4}",
    ),
    (_IN_WORDS, lambda _: "write it in figures, the year first: 1917-11-07"),
    (
        _BEFORE_YEAR_1,
        lambda match: f"write {_write_astronomical_year(int(match[1]))}: years before 1 count from 0",
    ),
    (re.compile(r"-0*([1-9]\d{0,2})"), _advise_on_year_before_christ),
    (
        re.compile(r"(\d{1,3})(-\d\d(?:-\d\d)?)"),
        lambda match: f"write the year with four digits: {match[1]:0>4}{match[2]}",
    ),
    (re.compile(r"-?\d{1,3}"), lambda _: "write the year with four digits: 0476, -0043"),
    (re.compile(r"\d{4}\s*[-\u2013]\s*\d{4}"), lambda _: "write an interval with a slash: 1918/1922"),
)


def _write_astronomical_year(year_bc: int) -> str:
    """Return the EDTF year of one before Christ: 1 BC is 0000."""
    return f"-{year_bc - 1:04d}" if year_bc > 1 else "0000"


def is_leap(year: int) -> bool:
    """Whether a Gregorian year (astronomical: 0 is 1 BC) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def count_days_in_month(year: int, month: int, *, julian: bool = False) -> int:
    """Return the number of days of a Gregorian month, or of a Julian one."""
    leap = year % 4 == 0 if julian else is_leap(year)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def compute_day_number(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a proleptic Gregorian date (Fliegel and Van Flandern 1968, floored)."""
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    return day + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045


def compute_civil_date(number: int) -> tuple[int, int, int]:
    """Return year, month and day (proleptic Gregorian) of a Julian day number (Richards 2013)."""
    a = number + 32044
    b = (4 * a + 3) // 146097
    return _count_from_march(a - 146097 * b // 4, 100 * b)


def compute_day_number_julian(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a date in the Julian calendar."""
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    return day + (153 * m + 2) // 5 + 365 * y + y // 4 - 32083


def compute_civil_date_julian(number: int) -> tuple[int, int, int]:
    """Return year, month and day in the Julian calendar of a Julian day number."""
    return _count_from_march(number + 32082, 0)


def _count_from_march(days: int, centuries: int) -> tuple[int, int, int]:
    """Return the civil date of a day counted from 1 March of year -4800."""
    d = (4 * days + 3) // 1461
    e = days - 1461 * d // 4
    m = (5 * e + 2) // 153
    return centuries + d - 4800 + m // 10, m + 3 - 12 * (m // 10), e - (153 * m + 2) // 5 + 1


def is_same_in_old_style(date: Date, old: Date) -> bool:
    """Whether `old`, read in the Julian calendar, means the same days as `date` does in the Gregorian."""
    for new_point, old_point in ((date.start, old.start), (date.end, old.end)):
        if (new_point is None) != (old_point is None):
            return False
        if new_point and old_point and not _is_same_point(new_point, old_point):
            return False
    return date.interval == old.interval


def _is_same_point(new: Point, old: Point) -> bool:
    if new.precision != old.precision:
        return False
    if new.precision != "day" or old.month is None or old.day is None:
        return abs(new.first - old.first) <= 31  # a month or a year is the same but for the calendars' shift
    return new.first == compute_day_number_julian(old.year, old.month, old.day)


def convert_to_old_style(date: Date) -> str | None:
    """Return the EDTF text, in the Julian calendar, of Gregorian days; None where a day is not known."""
    points = [date.start, date.end] if date.interval else [date.start]
    if any(point is None or point.precision != "day" for point in points):
        return None
    texts = []
    for point in points:
        assert point is not None
        year, month, day = compute_civil_date_julian(point.first)
        texts.append(
            f"{year:04d}-{month:02d}-{day:02d}" if year >= 0 else f"-{-year:04d}-{month:02d}-{day:02d}"
        )
    return "/".join(texts)
