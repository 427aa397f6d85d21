"""Small rules of writing: what stays on a line, how a sentence ends, how entries are lettered and sorted."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from builders.language.locales import DatePatterns

# the space before %, within 12 000, after p., No. or n.º before a number, and after an initial
_BOUND_SPACE = re.compile(
    r" (?=[%‰°\dA-ZÀ-Þ])(?:(?<=\d )(?=[%‰°]|\d{3}\b)|(?<=\b[pc]\. )(?=\d)|(?<=\bpp\. )(?=\d)"
    r"|(?<=\bNo\. )(?=\d)|(?<=n\.º )(?=\d)|(?<=\b[A-ZÀ-Þ]\. )(?=[A-ZÀ-Þ]))"
)


@lru_cache(maxsize=8192)
def bind_spaces(text: str, in_dates: re.Pattern[str]) -> str:
    """Return a text with no line's end between a number and what belongs to it, between initials, or where
    a date's `spaces` are.
    """
    return in_dates.sub("\u00a0", _BOUND_SPACE.sub("\u00a0", text)) if " " in text else text


def compile_date_spaces(dates: DatePatterns) -> re.Pattern[str]:
    """Return what finds a language's spaces between day and month, and between a year and its preposition."""
    day_month = dates.day_alone.removeprefix("{day}").partition("{month}")[0]
    days = [r"\d" + re.escape(dates.day_number.partition("{day}")[2])]
    days += [re.escape(dates.first_day)] if dates.first_day else []
    month_year = dates.month.removeprefix("{month}").partition("{year}")[0]
    month = f"(?:{'|'.join(map(re.escape, dates.months))})\\b"
    spots = [
        rf"(?<={day}{re.escape(day_month[: i + 1])})(?={re.escape(day_month[i + 1 :])}{month})"
        for day in days
        for i, character in enumerate(day_month)
        if character == " "
    ]
    spots += [rf"(?<={re.escape(month_year)})(?=\d)"] if month_year.strip() else []
    return re.compile(f" (?:{'|'.join(spots)})")


def break_after_dash(date: str, fits: Callable[[str], bool]) -> str:
    """Return a date that breaks after its dash alone, where the parts are narrow enough for that."""
    text = date.replace(" ", "\u00a0").replace("\u00a0–\u00a0", "\u00a0– ")
    return text if all(map(fits, text.split(" "))) else date


def end_with_stop(text: str) -> str:
    """Return a sentence with one full stop at its end."""
    return text + find_missing_stop(text)


def find_missing_stop(text: str) -> str:
    """Return the full stop that a text lacks at its end: none after one, or after another sign of an end."""
    return "" if text.endswith((".", "!", "?", "…")) else "."


def make_sort_key(text: str) -> str:
    """Return a key that sorts texts as readers look for them: accents and case aside, n before ñ."""
    spread = text.casefold().replace("ñ", "n\U0010ffff")
    return "".join(c for c in unicodedata.normalize("NFD", spread) if not unicodedata.combining(c))
