"""What to write instead of a text that is not an EDTF date, by what its editor seems to have meant."""

import re
from collections.abc import Callable

_ABOUT = re.compile(r"(?:~|(?:c|ca|circa|about|around|hacia|h)(?![^\W\d])\.?)\s*(\d{3,4})", re.IGNORECASE)
_IN_WORDS = re.compile(  # 3 May 1789, 3 de mayo de 1789, May 3rd, 1789, mayo de 1789
    r"(?:\d{1,2}\.?(?:st|nd|rd|th|º)?\s+(?:de\s+)?)?[^\W\d_]{3,}\.?,?\s+(?:del?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{3,4}",
    re.IGNORECASE,
)
_TO = r"(?:[-\u2010-\u2015\u2212]|to|until|a|hasta)"
_END = r"\d{4}(?:-\d\d){0,2}[~?%]?"
_BEFORE_YEAR_1 = re.compile(  # in the languages that outlines are written in most
    r"0*([1-9]\d{0,3})\s*(?:b\.? ?c\.?(?: ?e\.?)?|a\. ?(?:de )?c\.|av\. j\.-c\.|v\. chr\.)", re.IGNORECASE
)


def _advise_on_plural(match: re.Match[str]) -> str:
    """Return what to write for '1540s', which is a decade, and '1500s', which may be a century."""
    century = f" or {match[1][:-1]}XX (the century)" if match[1].endswith("0") else ""
    return f"write {match[1]}X (the decade){century}"


def _advise_on_year_before_christ(match: re.Match[str]) -> str:
    year = int(match[1])
    return f"write four digits: {year} BC is {_write_astronomical_year(year)}, as years before 1 count from 0"


def _advise_on_day_before_christ(match: re.Match[str]) -> str:
    year = int(match[1])
    own, before = f"-{year:04d}{match[2]}", f"{_write_astronomical_year(year)}{match[2]}"
    return f"write four digits: {before} is in {year} BC, {own} in {year + 1} BC"


def _write_astronomical_year(year_bc: int) -> str:
    """Return the EDTF year of one before Christ: 1 BC is 0000."""
    return f"-{year_bc - 1:04d}" if year_bc > 1 else "0000"


_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212", "------")

_ADVICE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"\d{1,2}[./-]\d{1,2}[./-]-?\d{3,4}"),
        lambda _: "write the year first, then month and day: 1917-11-07",
    ),
    (
        re.compile(r"(\d{3,4})([./-])(0?[1-9]|1[0-2])(?:\2(\d{1,2}))?"),
        lambda match: f"write {'-'.join([f'{match[1]:0>4}', *(f'{p:0>2}' for p in match.group(3, 4) if p)])}",
    ),
    (_ABOUT, lambda match: f"write {match[1]:0>4}~"),
    (
        re.compile(_ABOUT.pattern + rf"\s*{_TO}\s*(\d{{3,4}})", re.IGNORECASE),
        lambda match: f"write {match[1]:0>4}~/{match[2]:0>4}~",
    ),
    (re.compile(r"(\d{3,4})\s*(?:c|ca)\b\.?", re.IGNORECASE), lambda match: f"write {match[1]:0>4}~"),
    (re.compile(r"(?:the )?(\d\d\d)0['\u2019]?s", re.IGNORECASE), _advise_on_plural),
    (re.compile(rf"({_END})\s*{_TO}\s*({_END})"), lambda match: f"write {match[1]}/{match[2]}"),
    (
        re.compile(r"((\d\d)\d\d)[-\u2010-\u2015\u2212/](1[3-9]|[2-9]\d)"),
        lambda match: f"write {match[1]}/{match[2]}{match[3]}",
    ),
    (re.compile(r"(?:before|until|antes de|hasta) (\d{4})"), lambda match: f"write ../{match[1]}"),
    (re.compile(r"(?:after|since|después de|desde) (\d{4})"), lambda match: f"write {match[1]}/.."),
    (
        re.compile(
            r"a\.?d\.? ?(\d{1,4})|(\d{1,4}) ?(?:a\.?d\.?|c\.?e\.?|d\. ?c\.|n\. ?chr\.)", re.IGNORECASE
        ),
        lambda match: f"write {match[1] or match[2]:0>4}",
    ),
    (
        re.compile(r"(\d{1,2})(?:st|nd|rd|th)? (?:century|siglo|siècle)|siglo (\d{1,2})", re.IGNORECASE),
        lambda match: f"write {int(match[1] or match[2]) - 1:02d}XX",
    ),
    (
        re.compile(r"\d{4}[\u2010-\u2014\u2212]\d\d(?:[\u2010-\u2014\u2212]\d\d)?"),
        lambda match: f"write {match[0].translate(_DASHES)}, with hyphens",
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
    (re.compile(r"-(\d{1,3})((?:-\d\d){1,2})"), _advise_on_day_before_christ),
    (re.compile(r"\d{1,3}"), lambda match: f"write the year with four digits: {match[0]:0>4}"),
)


def find_date_advice(text: str) -> str:
    """Return what to write instead of `text`, which is no EDTF date: 'write 1917-11-07'.

    The first pattern of _ADVICE that the whole text matches decides; where none does, the forms are listed.
    """
    for pattern, advise in _ADVICE:
        if match := pattern.fullmatch(text):
            return advise(match)
    return "write 1917-11-07, 1917-11, 1917, 1917~ (about), 191X, or an interval 1917-11-07/1917-11-08"
