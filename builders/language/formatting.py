"""Numbers, dates and quotation marks as each language's readers write them."""

from decimal import Decimal

from builders.language import locales
from builders.language.dates import Date, Point
from builders.language.locales import Locale

_ANGLED, _LOW = ("«", "»"), ("„", "“")
_QUOTATION_MARKS = {
    "ca": _ANGLED,
    "de": _LOW,
    "el": _ANGLED,
    "en": ("“", "”"),
    "es": _ANGLED,
    "fr": ("«\u00a0", "\u00a0»"),
    "it": _ANGLED,
    "pt": _ANGLED,
    "ru": _ANGLED,
    "uk": _ANGLED,
}
_FIRST_PLAIN_YEAR = 100  # years with fewer digits are told with their era
_ROMAN = {
    "M": 1000,
    "CM": 900,
    "D": 500,
    "CD": 400,
    "C": 100,
    "XC": 90,
    "L": 50,
    "XL": 40,
    "X": 10,
    "IX": 9,
    "V": 5,
    "IV": 4,
    "I": 1,
}


def write_number(value: Decimal | int, locale: Locale) -> str:
    """Return a number with all decimals that it was given: '51,1', '700 000'; its minus sign is U+2212."""
    sign, digits = ("\u2212" if value < 0 else "", f"{Decimal(value).copy_abs():f}")
    whole, _, decimals = digits.partition(".")
    numbers = locale.numbers
    if len(whole) >= numbers.group_from:
        head = len(whole) % 3
        groups = [whole[:head]] * bool(head) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
        whole = numbers.group.join(groups)
    return sign + whole + (numbers.decimal + decimals if decimals else "")


def write_quantity(value: Decimal | tuple[Decimal, Decimal], unit: str, locale: Locale) -> str:
    """Return a number, or a range (low, high), with its unit: '51,1 %', '5–7 Mt', '−20 to −5 °C'.

    With an empty unit the number stands alone; a range of two equal ends is one number.
    """
    numbers = locale.numbers
    if isinstance(value, tuple) and value[0] != value[1]:
        pattern = numbers.range_signed if min(value) < 0 else numbers.range
        text = pattern.format(low=write_number(value[0], locale), high=write_number(value[1], locale))
    else:
        text = write_number(value[0] if isinstance(value, tuple) else value, locale)
    if not unit:
        return text
    pattern = numbers.percent if unit == "%" else numbers.unit
    return pattern.format(n=text, unit=unit)


def write_date(value: Date, locale: Locale, *, short: bool = False, year: bool = True) -> str:
    """Return a date in words: '7 November 1917', '18–20 June 1815', 'since 1918'.

    `short` abbreviates the months; `year=False` leaves out the year, where a heading says it.
    """
    start, end, words = value.start, value.end, locale.dates
    if start is None and end is not None:
        until = words.until_day if end.precision == "day" and words.until_day else words.until
        return until.format(date=write_point(end, locale, short=short))
    if end is None and start is not None:
        since = words.since_day if start.precision == "day" and words.since_day else words.since
        return since.format(date=write_point(start, locale, short=short))
    assert start  # parse_date() refuses an interval that is open on both sides
    assert end
    if not value.interval or start == end:
        return write_point(start, locale, short=short, year=year)
    return _write_interval(start, end, locale, short, year)


def write_point(value: Point, locale: Locale, *, short: bool = False, year: bool = True) -> str:
    """Return a point in time in words, as `write_date` does: '7 de noviembre de 1917', 'c. 1932', '44 BC'."""
    return _mark_uncertainty(_write_exact_point(value, locale, short, year), value, locale)


def _mark_uncertainty(text: str, value: Point, locale: Locale) -> str:
    """Return the text of a point in time with what says that it is approximate or uncertain."""
    words = locale.dates
    if value.approximate:
        text = words.approximate.format(date=text)
    if value.uncertain:
        text = words.uncertain.format(date=text)
    return text


def write_year(value: int, locale: Locale) -> str:
    """Return an astronomical year in words: '1917', '44 a. C.' for -43."""
    return str(value) if value > 0 else locale.dates.before.format(year=1 - value)


def write_years(first: int, last: int, locale: Locale) -> str:
    """Return astronomical years with a dash, or one where both are the same: '1917–1922', 'AD 14–37'."""
    if first == last:
        return _write_year_in_date(first, locale)
    if last <= 0:
        return f"{1 - first}–{write_year(last, locale)}"
    if first >= _FIRST_PLAIN_YEAR:
        return f"{first}–{last}"
    if first > 0:
        return locale.dates.after.format(year=f"{first}–{last}")
    return " – ".join(year_ends(first, last, locale))


def year_ends(first: int, last: int, locale: Locale) -> tuple[str, str]:
    """Return the years that a period begins and ends with, each by itself: '27 BC' and 'AD 14'."""
    end = _write_year_with_era(last, locale) if first <= 0 else _write_year_in_date(last, locale)
    return _write_year_in_date(first, locale), end


def write_period(value: Date, locale: Locale, *, short: bool = True) -> str:
    """Return a period by its years: '1917–1922'.

    Where its ends are known to the month and lie in one year or in two that follow, it is written exactly:
    'Mar–Nov 1917', with months abbreviated if `short`.
    """
    start, end = value.start or value.known, value.end or value.known
    exact = start.month is not None and end.month is not None
    if exact and end.year - start.year <= 1:
        return write_date(value, locale, short=short)
    return write_years(start.year, end.year, locale)


def _write_year_with_era(value: int, locale: Locale) -> str:
    """Return a year that could be taken for another number, or for one before Christ, with its era."""
    return locale.dates.after.format(year=value) if value > 0 else write_year(value, locale)


def _write_year_in_date(value: int, locale: Locale) -> str:
    """Return a year as it stands in a date: with its era, where it has but one or two digits."""
    return _write_year_with_era(value, locale) if 0 < value < _FIRST_PLAIN_YEAR else write_year(value, locale)


def write_with_old_style(value: Date, old: Date | None, locale: Locale) -> str:
    """Return a date, with its Julian one behind: '7 November 1917 (25 October, Old Style)'."""
    text = write_date(value, locale)
    return f"{text} ({write_old_style(value, old, locale)})" if old is not None else text


def write_old_style(value: Date, old: Date, locale: Locale, *, short: bool = False) -> str:
    """Return `old`, the Julian date of `value`, named as such."""
    pattern = locale.dates.short_old_style if short else locale.dates.old_style
    return pattern.format(date=write_julian_date(value, old, locale, short=short))


def write_julian_date(value: Date, old: Date, locale: Locale, *, short: bool = False) -> str:
    """Return `old`, the Julian date of `value`; its year only where the two differ in it."""
    same = all(
        a is None or b is None or a.year == b.year
        for a, b in ((value.start, old.start), (value.end, old.end))
    )
    return write_date(old, locale, short=short, year=not same)


def _write_exact_point(value: Point, locale: Locale, short: bool, with_year: bool) -> str:
    words = locale.dates
    if value.precision == "century":
        return _write_century(value, locale)
    if value.precision == "decade":
        if value.year <= 0:  # no language has a word for the ten years of EDTF before Christ
            return write_years(value.year, value.year + 9, locale)
        return words.decade.format(year=value.year)
    if value.month is None:
        return _write_year_in_date(value.year, locale)
    months = words.short_months if short else words.months
    name = months[value.month - 1]
    if value.day is None:
        pattern = words.short_month if short else words.month
        return pattern.format(month=name, year=_write_year_in_date(value.year, locale)) if with_year else name
    return _write_on_day(_write_day(value.day, locale), value, locale, short, with_year)


def _write_day(day: int, locale: Locale) -> str:
    """Return a day of the month as a language numbers it: '7', '1er', '7.'."""
    first = locale.dates.first_day
    return first if day == 1 and first else locale.dates.day_number.format(day=day)


def _write_on_day(day: str, value: Point, locale: Locale, short: bool, with_year: bool) -> str:
    """Return a date with its day as it is given: '18–20 de junio de 1815'."""
    words = locale.dates
    name = (words.short_months if short else words.months)[(value.month or 1) - 1]
    if not with_year:
        return (words.short_day_alone if short else words.day_alone).format(day=day, month=name)
    pattern = words.short_day if short else words.day
    return pattern.format(day=day, month=name, year=_write_year_in_date(value.year, locale))


def _write_century(value: Point, locale: Locale) -> str:
    count = value.year // 100 + 1 if value.year >= 0 else (99 - value.year) // 100
    endings = locale.dates.endings
    category = locales.load_ordinal_rule(locale.tag)(count) if endings else ""
    ending = endings.get(category, endings.get("other", ""))
    text = locale.dates.century.format(number=count, roman=write_roman(count), ending=ending)
    return text if value.year >= 0 else locale.dates.before.format(year=text)


def _write_interval(start: Point, end: Point, locale: Locale, short: bool, with_year: bool) -> str:
    """Return two points with a dash: what they share is said once."""
    if start.precision == end.precision == "year" and start.year < _FIRST_PLAIN_YEAR:
        return _write_early_years(start, end, locale)
    exact = not (start.approximate or start.uncertain or end.approximate or end.uncertain)
    days = start.precision == end.precision == "day"
    if exact and days and (start.year, start.month) == (end.year, end.month):
        first_day, last_day = (_write_day(point.day or 1, locale) for point in (start, end))
        return _write_on_day(f"{first_day}–{last_day}", end, locale, short, with_year)
    share_year = exact and start.year == end.year and start.month is not None and end.month is not None
    first = write_point(start, locale, short=short, year=with_year and not share_year)
    last = write_point(end, locale, short=short, year=with_year)
    return f"{first}{'–' if short and share_year else _find_dash(first + last)}{last}"


def _write_early_years(start: Point, end: Point, locale: Locale) -> str:
    """Return two years with their eras, one where they share it: '27–14 BC', 'AD 64–117', '27 BC – AD 14'."""
    if start.year <= 0 < end.year:
        first = _mark_uncertainty(write_year(start.year, locale), start, locale)
        return f"{first} – {_mark_uncertainty(_write_year_with_era(end.year, locale), end, locale)}"
    pattern = locale.dates.after if start.year > 0 else locale.dates.before
    first, last = (
        _mark_uncertainty(str(point.year if point.year > 0 else 1 - point.year), point, locale)
        for point in (start, end)
    )
    return pattern.format(year=f"{first}{_find_dash(first + last)}{last}")


def _find_dash(ends: str) -> str:
    """Return the dash between two dates, which has spaces where they have."""
    return " – " if " " in ends else "–"


def write_roman(count: int) -> str:
    """Return a number of 1 or more in Roman numerals."""
    out = ""
    for letters, worth in _ROMAN.items():
        repeat, count = divmod(count, worth)
        out += letters * repeat
    return out


def find_quotation_marks(*languages: str) -> tuple[str, str]:
    """Return the opening and the closing quotation mark of the first of the languages (BCP 47) that is known.

    Where none is, those of English. A quotation's original may be in a language that has no locale file.
    """
    codes = [language.partition("-")[0] for language in languages]
    return next(_QUOTATION_MARKS[code] for code in [*codes, "en"] if code in _QUOTATION_MARKS)


def write_letters(index: int) -> str:
    """Return a, b … z, aa, ab … for 0, 1 …"""
    head, tail = divmod(index, 26)
    return (write_letters(head - 1) if head else "") + chr(ord("a") + tail)


def write_coordinates(at: tuple[float, float], locale: Locale) -> str:
    """Return latitude and longitude, to a tenth of a degree, in words: '59.9° N, 30.3° E'."""
    words, (latitude, longitude) = locale.words["maps"], at
    north = words["latitude_south" if latitude < 0 else "latitude_north"]
    east = words["longitude_west" if longitude < 0 else "longitude_east"]
    numbers = (write_number(Decimal(f"{abs(value):.1f}"), locale) for value in at)
    return ", ".join(phrase.format(n=number) for phrase, number in zip((north, east), numbers, strict=True))
