"""What an outline says of time, worked out from its YAML without the product: days, and dates in words.

Days are counted in the proleptic Gregorian calendar, with the astronomical year 0 for 1 BC.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_BEFORE = {"en": "{} BC", "es": "{} a. C."}
_AFTER = {"en": "AD {}", "es": "{} d. C."}
_DAY = {"en": "{} {} {}", "es": "{} de {} de {}"}
_MONTH = {"en": "{} {}", "es": "{} de {}"}
_DECADE = {"en": "{}s", "es": "años {}"}
_ABOUT = {"en": "c. {}", "es": "hacia {}"}
_PERHAPS = {"en": "{}?", "es": "¿{}?"}
_DAY_ALONE = {"en": "{} {}", "es": "{} de {}"}
_JULIAN = {"en": "{}, Old Style", "es": "{} del calendario juliano"}
_SINCE = {"en": "since {}", "es": "desde {}"}
_UNTIL = {"en": "until {}", "es": "hasta {}"}


def count_days(year: int, month: int = 1, day: int = 1) -> int:
    """Return the days from 1 March of the astronomical year 0 (H. Hinnant, days_from_civil)."""
    year -= month <= 2
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return 365 * year + year // 4 - year // 100 + year // 400 + of_year


def name_months(lang: str, short: bool = False) -> list[str]:
    """Return the names of the months."""
    names = _MONTHS[lang].split()
    return [name[:3] for name in names] if short else names


def write_year(year: int, lang: str) -> str:
    """Return an astronomical year as it is read: 44 BC for -43."""
    return str(year) if year > 0 else _BEFORE[lang].format(1 - year)


def write_year_with_era(year: int, lang: str) -> str:
    """Return an astronomical year with its era, as AD 14."""
    return _AFTER[lang].format(year) if year > 0 else write_year(year, lang)


def write_dated_year(year: int, lang: str) -> str:
    """Return an astronomical year as it stands in a date: of fewer than three digits, with its era."""
    return write_year_with_era(year, lang) if year < 100 else write_year(year, lang)


def write_years(first: int, last: int, lang: str) -> str:
    """Return two astronomical years as they are read, with a dash; one, where they are the same.

    They share the word for their era, which years after Christ have only where the first is below 100.
    """
    if first == last:
        return write_dated_year(first, lang)
    if first <= 0 < last:
        return f"{write_year(first, lang)} – {write_year_with_era(last, lang)}"
    if first <= 0:
        return _BEFORE[lang].format(f"{1 - first}–{1 - last}")
    return f"{first}–{last}" if first >= 100 else _AFTER[lang].format(f"{first}–{last}")


@dataclass(frozen=True)
class Moment:
    """A decade, a year, a month of it or a day of that; `~` about then, `?` not for certain."""

    year: int
    month: int | None
    day: int | None
    doubt: str = ""
    decade: bool = False

    @property
    def first(self) -> int:
        """Its first day."""
        return count_days(self.year, self.month or 1, self.day or 1)

    @property
    def end(self) -> int:
        """The day after its last one."""
        if self.day:
            return self.first + 1
        if self.month:
            return count_days(self.year + self.month // 12, self.month % 12 + 1)
        return count_days(self.year + (10 if self.decade else 1))

    def write(self, lang: str, short: bool, year: bool = True) -> str:
        """Return it in words."""
        told = write_year(self.year, lang) if self.decade else write_dated_year(self.year, lang)
        if self.month:
            month = name_months(lang, short)[self.month - 1]
            if self.day:
                pattern = "{} {} {}" if short else _DAY[lang]
                alone = "{} {}" if short else _DAY_ALONE[lang]
                told = pattern.format(self.day, month, told) if year else alone.format(self.day, month)
            else:
                told = ("{} {}" if short else _MONTH[lang]).format(month, told) if year else month
        if self.decade:
            told = _DECADE[lang].format(told)
        return {"~": _ABOUT, "?": _PERHAPS}[self.doubt][lang].format(told) if self.doubt else told


@dataclass(frozen=True)
class Span:
    """A date: one moment, or from one to another; an end that is open is None."""

    start: Moment | None
    stop: Moment | None
    interval: bool

    @property
    def first(self) -> int:
        """The first day that it may mean."""
        moment = self.start or self.stop
        assert moment
        return moment.first

    @property
    def end(self) -> int:
        """The day after the last one that it may mean."""
        moment = self.stop or self.start
        assert moment
        return moment.end

    @property
    def about(self) -> bool:
        """Whether it is only about then, or not for certain."""
        return any(moment is not None and moment.doubt for moment in (self.start, self.stop))

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return not self.interval and self.start is not None and self.start.day is not None

    @property
    def certain(self) -> tuple[int, int] | None:
        """The days of an interval that are beyond doubt: from one, up to another."""
        if self.about or not self.start or not self.stop:
            return None
        first = self.start.first if self.start.day else self.start.end
        end = self.stop.end if self.stop.day else self.stop.first
        return (first, end) if first < end else None

    def write(self, lang: str, short: bool = True, year: bool = True) -> str:
        """Return it in words, as `3–5 Mar 1701` or `447–438 BC`."""
        one, other = self.start, self.stop
        if one is None or other is None:
            moment = one or other
            assert moment
            return (_UNTIL if one is None else _SINCE)[lang].format(moment.write(lang, short))
        if not self.interval:
            return one.write(lang, short, year)
        if one.year < other.year and not (one.month or other.month or self.about):
            return write_years(one.year, other.year, lang)
        if one.day and other.day and (one.year, one.month) == (other.year, other.month) and not self.about:
            return other.write(lang, short, year).replace(str(other.day), f"{one.day}–{other.day}", 1)
        shared = one.year == other.year and one.month and other.month and not self.about
        first = one.write(lang, short, year and not shared)
        last = other.write(lang, short, year)
        dash = "–" if " " not in first + last or (short and shared) else " – "
        return first + dash + last

    def write_period(self, lang: str) -> str:
        """Return a section's period: by its years; of two at most, by the months or days that are known."""
        one, other = self.start or self.stop, self.stop or self.start
        assert one and other
        if one.month and other.month and other.year - one.year <= 1:
            return self.write(lang)
        return write_years(one.year, other.year, lang)


def read_date(text: str) -> Span:
    """Return what a date of the outline means."""
    ends = text.split("/")
    moments = [None if end == ".." else _moment(end) for end in ends]
    return Span(moments[0], moments[-1], len(ends) == 2)


def _moment(text: str) -> Moment:
    found = re.fullmatch(r"(-?\d{3})(\d|X)(?:-(\d\d))?(?:-(\d\d))?([~?]?)", text)
    assert found, text
    decade, year, month, day, doubt = found.groups()
    if year == "X":
        return Moment(int(decade + "0"), None, None, doubt, decade=True)
    return Moment(int(decade + year), int(month) if month else None, int(day) if day else None, doubt)


@dataclass(frozen=True)
class Event:
    """An event of an outline in one language."""

    key: str
    date: Span
    old_style: Span | None
    lane: int
    section: int
    importance: int
    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """A section of an outline in one language."""

    title: str
    period: Span


@dataclass(frozen=True)
class Facts:
    """What an outline says of time in one language; events in the order of their dates."""

    lang: str
    title: str
    lanes: tuple[str, ...]
    sections: tuple[Section, ...]
    events: tuple[Event, ...]

    def write_in_full(self, event: Event) -> str:
        """Return an event's date in full, in both calendars where it has both."""
        told = event.date.write(self.lang, short=False)
        if event.old_style is None:
            return told
        pairs = ((event.date.start, event.old_style.start), (event.date.stop, event.old_style.stop))
        same = all(a is None or b is None or a.year == b.year for a, b in pairs)
        old = event.old_style.write(self.lang, short=False, year=not same)
        return f"{told} ({_JULIAN[self.lang].format(old)})"


def gather_facts(values: dict[str, Any], lang: str) -> Facts:
    """Return what an outline's values, as YAML has them, say in a language."""
    lanes = [lane["id"] for lane in values["lanes"]]
    events = [
        Event(
            event["id"],
            read_date(str(event["date"])),
            read_date(str(event["old_style"])) if event.get("old_style") else None,
            lanes.index(event["lane"]),
            index,
            int(event.get("importance", 2)),
            _plain(event["label"], lang),
            _plain(event.get("text", ""), lang),
        )
        for index, section in enumerate(values["sections"])
        for event in section.get("events", ())
    ]
    return Facts(
        lang,
        _plain(values["title"], lang),
        tuple(_plain(lane["name"], lang) for lane in values["lanes"]),
        tuple(Section(_plain(s["title"], lang), read_date(str(s["period"]))) for s in values["sections"]),
        tuple(sorted(events, key=lambda e: (e.date.first, e.date.end, e.key))),
    )


def _plain(text: Any, lang: str) -> str:
    """Return a text in a language, without markup."""
    words = text if isinstance(text, str) else text[lang]
    words = re.sub(r"\[([^\]@]+)\]\([^)]*\)", r"\1", re.sub(r"\s*\[@[^\]]*\]", "", words))
    return " ".join(re.sub(r"\*+", "", words).split())


@cache
def read_outline(path: Path) -> dict[str, Any]:
    """Return an outline's values, every scalar as the text that stands in the file."""
    values: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)
    return values
