"""Dates mean what EDTF and the calendars say; dates and numbers are written as readers write them."""

from decimal import Decimal
from pathlib import Path

import edtf
import pytest
from convertdate import gregorian, julian
from hypothesis import given
from hypothesis import strategies as st

from builders.language import dates, formatting, locales

CASES = Path(__file__).parent / "cases"
DAYS = st.integers(min_value=200_000, max_value=2_600_000)  # about 4166 BC to AD 2406
WRITTEN = [line.split(" | ") for line in (CASES / "dates" / "written.txt").read_text("utf-8").splitlines()]
NUMBERS = [line.split(" | ") for line in (CASES / "numbers" / "written.txt").read_text("utf-8").splitlines()]


@given(DAYS)
def test_days_agree_with_the_calendars_of_convertdate(day: int) -> None:
    year, month, number = dates.compute_civil_date(day)
    assert dates.compute_day_number(year, month, number) == day
    assert gregorian.to_jd(year, month, number) == day - 0.5
    old = dates.compute_civil_date(day, julian=True)
    assert dates.compute_day_number(*old, julian=True) == day
    assert julian.to_jd(*old) == day - 0.5


@pytest.mark.parametrize(
    "text",
    ["1917", "1917-11", "1917-11-07", "191X", "19XX", "1917~", "1917?", "1917-11%", "1917-11-07/1917-11-09",
     "1918/1922", "-0043", "-0043-03-15", "2000-02-29", "1900/191X"],
)  # fmt: skip
def test_dates_cover_the_days_that_the_edtf_library_gives(text: str) -> None:
    ours, theirs = dates.parse_date(text), edtf.parse_edtf(text)
    first, last = theirs.lower_strict(), theirs.upper_strict()
    assert dates.compute_civil_date(ours.first) == tuple(first[:3])
    assert dates.compute_civil_date(ours.last) == tuple(last[:3])


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("7/11/1917", "write the year first"),
        ("02/08/-0215", "write the year first"),
        ("216 BC", "write -0215: years before 1 count from 0"),
        ("216 a. C.", "write -0215"),
        ("1 BCE", "write 0000"),
        ("-216", "216 BC is -0215"),
        ("1917-11-31", "has no day 31"),
        ("1900-02-29", "the month has 28 days"),
        ("1917-13", "has no month 13"),
        ("1922/1918", "exchange its two dates"),
        ("../..", "open on both sides"),
        ("476", "write the year with four digits: 0476"),
        ("-44-03-15", "-0043-03-15 is in 44 BC, -0044-03-15 in 45 BC"),
        ("476-9-4", "write 0476-09-04"),
        ("1917.11", "write 1917-11"),
        ("1917/18", "write 1917/1918"),
        ("1905/6", "write 1905/1906"),
        ("1917/1", "write 1917-01"),
        ("1914\u201318", "write 1914/1918"),
        ("1917\u201311", "write 1917-11, with hyphens"),
        ("1917-11-07/08", "write 1917-11-07/1917-11-08"),
        ("1914-06-28 to 1914-08-04", "write 1914-06-28/1914-08-04"),
        ("1549?-1550?", r"write 1549\?/1550\?"),
        ("c1914", "write 1914~"),
        ("1549 c.", "write 1549~"),
        ("the 1850's", "write 185X"),
        ("1500s", r"write 150X \(the decade\) or 15XX \(the century\)"),
        ("before 1917", r"write \.\./1917"),
        ("after 1917", r"write 1917/\.\."),
        ("1917-1-2", "write 1917-01-02"),
        ("1882/9/13", "write 1882-09-13"),
        ("1854 / 1888", "write 1854/1888"),
        ("1918-1922", "write 1918/1922"),
        ("191X-05", "unknown year"),
        ("1/2/3/4", "more than one"),
        ("spring 1917", "is not a date"),
        ("٢٠٢٠", "is not a date"),
    ],
)
def test_what_is_no_date_is_answered_with_advice(text: str, advice: str) -> None:
    with pytest.raises(dates.DateFault, match=advice):
        dates.parse_date(text)


@given(DAYS)
def test_old_style_agrees_with_its_own_day_alone(day: int) -> None:
    def written(number: int, julian: bool) -> dates.Date:
        year, month, of_month = dates.compute_civil_date(number, julian=julian)
        text = f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{of_month:02d}"
        return dates.parse_date(text, julian=julian)

    date = written(day, julian=False)
    assert dates.is_same_in_old_style(date, written(day, julian=True))
    assert not dates.is_same_in_old_style(date, written(day + 1, julian=True))
    assert dates.convert_to_old_style(date) == written(day, julian=True).edtf


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_date_is_written_as_its_readers_write_it(row: list[str]) -> None:
    language, text, long, short, yearless = row
    locale, date = locales.load_locale(language), dates.parse_date(text)
    assert formatting.write_date(date, locale) == long
    assert formatting.write_date(date, locale, short=True) == short
    if yearless != "—":  # no place asks for these months without their years
        assert formatting.write_date(date, locale, short=True, year=False) == yearless


def test_both_calendars_stand_side_by_side_with_the_year_once() -> None:
    date, old = dates.parse_date("1752-09-14"), dates.parse_date("1752-09-03")
    es, en = locales.load_locale("es"), locales.load_locale("en")
    assert formatting.write_with_old_style(date, old, es) == (
        "14 de septiembre de 1752 (3 de septiembre del calendario juliano)"
    )
    assert formatting.write_with_old_style(date, old, en) == "14 September 1752 (3 September, Old Style)"
    assert formatting.write_old_style(date, old, en, short=True) == "3 Sep Old Style"
    assert formatting.write_old_style(date, old, es, short=True) == "3 sep juliano"
    assert formatting.write_with_old_style(date, None, en) == "14 September 1752"
    late, turned = dates.parse_date("1752-01-03"), dates.parse_date("1751-12-23")
    assert formatting.write_old_style(late, turned, en) == "23 December 1751, Old Style"
    winter, before = dates.parse_date("1917-12-20/1918-01-10"), dates.parse_date("1917-12-07/1917-12-28")
    assert formatting.write_julian_date(winter, before, en, short=True) == "7–28 Dec 1917"
    assert formatting.write_julian_date(date, old, en, short=True) == "3 Sep"


def test_month_names_are_those_of_babel() -> None:
    babel = pytest.importorskip("babel.dates")
    for language, tag in (("es", "es"), ("en", "en_GB")):
        names = babel.get_month_names("wide", "format", tag)
        assert locales.load_locale(language).dates.months == tuple(names[i] for i in range(1, 13))


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: "-".join(row[:3]))
def test_a_number_is_written_as_its_readers_write_it(row: list[str]) -> None:
    language, text, unit, written = row
    low, *high = map(Decimal, text.split("/"))
    locale = locales.load_locale(language)
    assert formatting.write_quantity((low, high[0]) if high else low, unit, locale) == written
    if not unit and not high:
        assert formatting.write_number(low, locale) == written


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("1804/1815", "1804–1815", "1804–1815"),
        ("1804", "1804", "1804"),
        ("1815-03-20/1815-06-22", "20 Mar–22 Jun 1815", "20 March – 22 June 1815"),
        ("1812-10/1813-04", "Oct 1812 – Apr 1813", "October 1812 – April 1813"),
        ("1812-10/1814-04", "1812–1814", "1812–1814"),
        ("1812/1813-04", "1812–1813", "1812–1813"),
        ("-0430/-0403", "431–404 BC", "431–404 BC"),
        ("-0026/0014", "27 BC – AD 14", "27 BC – AD 14"),
        ("-1499/1500", "1500 BC – AD 1500", "1500 BC – AD 1500"),
        ("0014/0037", "AD 14–37", "AD 14–37"),
        ("0064/0117", "AD 64–117", "AD 64–117"),
        ("0069", "AD 69", "AD 69"),
        ("0100/0117", "100–117", "100–117"),
    ],
)
def test_a_period_is_written_by_years_or_where_it_is_short_as_exactly_as_it_is_known(
    text: str, short: str, long: str
) -> None:
    period, english = dates.parse_date(text), locales.load_locale("en")
    assert formatting.write_period(period, english).replace("\u00a0", " ") == short
    assert formatting.write_period(period, english, short=False).replace("\u00a0", " ") == long


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        (1804, 1815, ("1804", "1815")),
        (-430, -403, ("431 BC", "404 BC")),
        (-26, 14, ("27 BC", "AD 14")),
        (-1499, 1500, ("1500 BC", "AD 1500")),
        (14, 37, ("AD 14", "AD 37")),
        (64, 117, ("AD 64", "117")),
    ],
)
def test_a_periods_ends_have_their_eras_where_a_year_could_be_taken_for_another(
    first: int, last: int, ends: tuple[str, str]
) -> None:
    found = formatting.year_ends(first, last, locales.load_locale("en"))
    assert tuple(year.replace("\u00a0", " ") for year in found) == ends
