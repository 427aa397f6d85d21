"""Dates of an outline as days, worked out apart from the builders, and the scales of drawings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Known = tuple[float, float]  # a day or a value, and where it stands


def day_of(year: int, month: int = 1, day: int = 1) -> int:
    """Return the number of a day of the Gregorian calendar, reckoned backwards too; year 0 is 1 BC.

    After the Julian day number's formula (Richards 2013, Explanatory Supplement to the Astronomical Almanac,
    15.11), for years of any sign.
    """
    shifted = year - (14 - month) // 12
    return (
        day
        + (153 * (month + 12 * ((14 - month) // 12) - 3) + 2) // 5
        + 365 * shifted
        + shifted // 4
        - shifted // 100
        + shifted // 400
    )


def days_of(edtf: str) -> tuple[int, int]:
    """Return the first day of what a date or an interval means, and the day after its last."""
    parts = edtf.split("/")
    first, end = _one(parts[0]), _one(parts[-1])
    return first[0], end[1]


def _one(date: str) -> tuple[int, int]:
    found = re.fullmatch(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", date)
    assert found, date
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if month is None:
        return day_of(year), day_of(year + 1)
    if day is None:
        return day_of(year, month), day_of(year + month // 12, month % 12 + 1)
    return day_of(year, month, day), day_of(year, month, day) + 1


def marked_day(edtf: str) -> float:
    """Return the day that an event's mark stands on: the start of what lasts, the middle of a rough date."""
    first, end = days_of(edtf)
    return first + 0.5 if "/" in edtf else (first + end) / 2


def year_written(text: str) -> int | None:
    """Return the year that is written, as astronomers count: '508 BC' is -507; None if it is no year."""
    found = re.fullmatch(r"(\d{1,4})( BC| a\. C\.)?", " ".join(text.split()))
    if not found:
        return None
    return 1 - int(found[1]) if found[2] else int(found[1])


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight relation between days or values and places."""

    start: float
    place: float
    points: float  # for one day, or one unit

    @classmethod
    def through(cls, known: Sequence[Known], tolerance: float) -> "Scale":
        """Return the scale of the outermost of three or more known things; the others must lie on it."""
        assert len(known) >= 3, known
        first, last = min(known), max(known)
        scale = cls(first[0], first[1], (last[1] - first[1]) / (last[0] - first[0]))
        assert scale.points, known
        for what, place in known:
            assert abs(scale.at(what) - place) <= tolerance, (what, place, scale.at(what))
        return scale

    def at(self, what: float) -> float:
        """Return where a day or value stands."""
        return self.place + (what - self.start) * self.points

    def day(self, place: float) -> float:
        """Return what stands at a place."""
        return self.start + (place - self.place) / self.points
