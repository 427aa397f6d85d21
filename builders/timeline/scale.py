"""The axis: day numbers to micrometres, and the ticks that stand on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from builders.language.dates import compute_civil_date, compute_day_number

YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
# what divides a step into equal parts that a reader can count
_HALVES = {1: (), 2: (1,), 5: (1,), 10: (5, 1), 20: (10, 5, 1), 50: (10, 5, 1), 100: (50, 10, 5)}


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale: the days `first` to `last` (Julian day numbers) on `length` µm from `start`."""

    first: int
    last: int
    start: int
    length: int
    julian: bool = False  # whether its years and months are those of the Julian calendar

    def place_day(self, day: int) -> int:
        """Return where `day` begins, in µm, rounded to the nearest."""
        days = self.last + 1 - self.first
        return self.start + (2 * (day - self.first) * self.length + days) // (2 * days)

    def place_middle(self, first: int, last: int) -> int:
        """Return the middle of the days `first` to `last`, in µm: noon, for a single day."""
        days = 2 * (self.last + 1 - self.first)
        return self.start + (2 * (first + last + 1 - 2 * self.first) * self.length + days) // (2 * days)

    @property
    def end(self) -> int:
        """Where the scale ends, in µm."""
        return self.start + self.length

    @property
    def year(self) -> float:
        """Return the length of a mean Gregorian year, in µm."""
        return 365.2425 * self.length / (self.last + 1 - self.first)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at the beginning of a year or month; rank 0 is the longest and carries words."""

    day: int
    at: int  # µm
    rank: int
    year: int  # astronomical: 0 is 1 BC
    month: int = 1


def round_years(first: int, last: int, *, julian: bool = False) -> tuple[int, int]:
    """Return the days `first` and `last` moved out to round years: to about a fiftieth of what they span.

    Years are round as they are read: 500 BC is, the astronomical year -500 is not.
    """
    low, high = (compute_civil_date(day, julian=julian)[0] for day in (first, last))
    step = next((s for s in reversed(YEAR_STEPS) if s * 50 <= high - low + 1), 1)
    while _number_year(low) % step:
        low -= 1
    while _number_year(high + 1) % step:
        high += 1
    return (
        compute_day_number(low, 1, 1, julian=julian),
        compute_day_number(high + 1, 1, 1, julian=julian) - 1,
    )


def _number_year(year: int) -> int:
    """Return the number that readers give an astronomical year: 0 is 1 (BC), -499 is 500 (BC)."""
    return year if year > 0 else 1 - year


def make_year_ticks(scale: Scale, words: int, least: int) -> tuple[Tick, ...]:
    """Return ticks at round years.

    `words` is the room that a tick's words need, `least` the smallest gap between two ticks, both in µm.
    Years before 1 are counted as they are read, so that ticks stand at 500 BC and 400 BC; where the scale
    crosses to AD 1, that year has a tick.
    """
    step = next((s for s in YEAR_STEPS if s * scale.year >= words), YEAR_STEPS[-1])
    finer = [s for s in _HALVES.get(step, (step // 2, step // 10)) if s and s * scale.year >= least][:2]
    ticks = []
    for year in _list_round_years(scale, finer[-1] if finer else step):
        read = _number_year(year)
        rank = (
            0
            if read % step == 0 or (year == 1 and step > 1)
            else 1
            if not finer or read % finer[0] == 0
            else 2
        )
        day = compute_day_number(year, 1, 1, julian=scale.julian)
        ticks.append(Tick(day, scale.place_day(day), rank, year))
    return tuple(_demote_words(ticks, words))


def _demote_words(ticks: list[Tick], words: int) -> Iterator[Tick]:
    """Demote the words beside year 1 that would run into it."""
    era = next((t for t in ticks if t.year == 1 and t.rank == 0), None)
    for tick in ticks:
        near = era is not None and tick is not era and abs(tick.at - era.at) < words
        yield replace(tick, rank=1) if near and tick.rank == 0 else tick


def _list_round_years(scale: Scale, step: int) -> Iterator[int]:
    ends = (scale.first, scale.last + 1)
    low, high = (compute_civil_date(day, julian=scale.julian)[0] for day in ends)
    for year in range(low, high + 1):
        if _number_year(year) % step == 0 or year == 1:
            day = compute_day_number(year, 1, 1, julian=scale.julian)
            if scale.first <= day <= scale.last + 1:
                yield year


def make_month_ticks(scale: Scale) -> tuple[Tick, ...]:
    """Return a tick at the beginning of each month, rank 0 in January."""
    year, month, day = compute_civil_date(scale.first, julian=scale.julian)
    if day > 1:
        year, month = _find_next_month(year, month)
    ticks = []
    while (number := compute_day_number(year, month, 1, julian=scale.julian)) <= scale.last + 1:
        ticks.append(Tick(number, scale.place_day(number), 0 if month == 1 else 1, year, month))
        year, month = _find_next_month(year, month)
    return tuple(ticks)


def _find_next_month(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < 12 else (year + 1, 1)
