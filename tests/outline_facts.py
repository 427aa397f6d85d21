"""What an outline says, read from its YAML alone: the oracle that finished documents are held against."""

import calendar
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

OUTLINES = Path(__file__).parent / "outlines"
ERA = 10_000  # years added before counting days: a multiple of 400, the Gregorian cycle


@cache
def read_facts(name: str) -> Any:
    """Return an outline of tests/outlines as plain lists, dicts and texts."""
    return yaml.load((OUTLINES / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)


def plain_text(value: Any, lang: str) -> str:
    """Return a text in a language as readers see it: no markup, no citations, one space between words."""
    said = value.get(lang, "") if isinstance(value, dict) else value
    said = re.sub(r"\s*\[@[^\]]*\]", "", said)
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
    return squeeze(said.replace("*", ""))


def split_paragraphs(value: Any, lang: str) -> list[str]:
    """Return a prose's paragraphs as readers see them."""
    return [plain_text(part, lang) for part in value.get(lang, "").split("\n\n") if part.strip()]


def squeeze(said: str) -> str:
    """Return a text with one plain space wherever it has any white space."""
    return " ".join(said.replace("\u200b", "").replace("\u00ad", "").split())


def find_blocks(name: str, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the blocks of a kind with the index of their section."""
    for index, section in enumerate(read_facts(name)["sections"]):
        yield from ((index, block) for block in section.get("blocks", ()) if kind in block)


def find_questions(name: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield each question with its number in the course, from 1, and the index of its section."""
    number = 0
    for index, section in enumerate(read_facts(name)["sections"]):
        for question in section.get("questions", ()):
            number += 1
            yield number, index, question


def count_days(year: int, month: int = 1, day: int = 1) -> int:
    """Return the count of days of a date in the proleptic Gregorian calendar; year 0 is 1 BC."""
    past = year + ERA - 1
    leap = calendar.isleap(year + ERA)
    months = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return past * 365 + past // 4 - past // 100 + past // 400 + sum(months[: month - 1]) + day - 1


def find_span(edtf: str) -> tuple[int, int]:
    """Return the first day that an EDTF date can mean, and the day after its last one."""
    start, _, end = edtf.partition("/")
    return _point(start)[0], _point(end or start)[1]


def split_interval(edtf: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the spans of an interval's start and end, or None if the date is no interval."""
    start, slash, end = edtf.partition("/")
    return (_point(start), _point(end)) if slash else None


def _point(edtf: str) -> tuple[int, int]:
    sign = -1 if edtf.startswith("-") else 1
    year, *rest = edtf.removeprefix("-").rstrip("~?%").split("-")
    if "X" in year:
        low, high = sorted(sign * int(year.replace("X", digit)) for digit in "09")
        return count_days(low), count_days(high + 1)
    count = sign * int(year)
    if not rest:
        return count_days(count), count_days(count + 1)
    month = int(rest[0])
    if len(rest) == 1:
        after = (count + 1, 1) if month == 12 else (count, month + 1)
        return count_days(count, month), count_days(*after)
    first = count_days(count, month, int(rest[1]))
    return first, first + 1
