"""Finds on a drawn poster what a reader of it finds: axes, lanes, eras, insets, labels and their markers.

Nothing here knows the product's plan: all is found by how it looks and by the words of the outline. A place
`along` the axis is counted from the left, on an upright poster from the top; `across` it, the other way.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tests.course_facts import Event, count_days, name_months
from tests.poster_reading import MM, Drawn, Point, Run, Shape

NEAR = 0.1  # mm: what the product promises
_BESIDE = 0.31  # em: from a leader to its own words; the next label's is nearer or further off
_YEAR = re.compile(r"(?:AD )?(\d+)( BC| a\. C\.)?(?: d\. C\.)?")


@dataclass(frozen=True)
class Scale:
    """A line in the drawing that tells when: a day's place on it, and where it lies across."""

    day: int  # a known one
    at: float  # its place, in mm
    per_day: float
    across: float
    start: float
    end: float

    def place(self, day: float) -> float:
        """Return where a day begins, in mm."""
        return self.at + (day - self.day) * self.per_day

    @property
    def per_year(self) -> float:
        """Return the length of a mean Gregorian year, in mm."""
        return self.per_day * 365.2425


@dataclass(frozen=True)
class Label:
    """An event's label: its date, the lines of its words, its leader's end at the line, its number."""

    date: Run
    lines: tuple[Run, ...]
    leader: Shape
    foot: Point

    @property
    def size(self) -> float:
        """The size of its words, in points."""
        return self.lines[0].size


@dataclass(frozen=True)
class Lane:
    """A lane: its name's first line, its sign, its line's place across and its dashes."""

    name: Run
    sign: tuple[Shape, ...]
    across: float
    dash: tuple[float, ...]


@dataclass(frozen=True)
class Poster:
    """A drawn poster and how its time runs: to the right, or `upright` downwards."""

    drawn: Drawn
    upright: bool = False

    def along(self, point: Point) -> float:
        """Return a point's place along the axis."""
        return point[1] if self.upright else point[0]

    def across(self, point: Point) -> float:
        """Return a point's place across the axis."""
        return point[0] if self.upright else point[1]

    def reach(self, shape: Shape) -> tuple[float, float]:
        """Return where a shape begins and ends along the axis."""
        left, top, right, bottom = shape.box
        return (top, bottom) if self.upright else (left, right)

    def lies(self, shape: Shape) -> tuple[float, float]:
        """Return where a shape begins and ends across the axis."""
        left, top, right, bottom = shape.box
        return (left, right) if self.upright else (top, bottom)

    # -- lines and ticks

    def rules(self, least: float) -> list[Shape]:
        """Return the straight lines along the axis that are at least so long."""
        found = []
        for shape in self.drawn.shapes:
            if shape.segment and abs(self.lies(shape)[1] - self.lies(shape)[0]) < 0.01:
                start, end = self.reach(shape)
                if end - start >= least:
                    found.append(shape)
        return found

    def ticks(self, rule: Shape) -> list[Shape]:
        """Return the straight lines that stand on a rule and go across it, in order."""
        at, (start, end) = self.lies(rule)[0], self.reach(rule)
        found = []
        for shape in self.drawn.shapes:
            if shape.segment is None or abs(self.reach(shape)[1] - self.reach(shape)[0]) > 0.01:
                continue
            stands = abs(self.across(shape.segment[0]) - at) < 0.02
            inside = start - 0.05 <= self.reach(shape)[0] <= end + 0.05
            if stands and inside and self.lies(shape)[1] - self.lies(shape)[0] < 20:
                found.append(shape)
        return sorted(found, key=self.reach)

    def axes(self) -> list[Shape]:
        """Return the two axes of the years, the one beside the head first."""
        return self._axes

    @cached_property
    def _axes(self) -> list[Shape]:
        whole = self.drawn.height if self.upright else self.drawn.width
        ruled = sorted((rule for rule in self.rules(whole * 0.3) if self._days_on(rule)), key=self.lies)
        return [rule for rule in ruled if self.reach(rule) == self.reach(ruled[0])]

    def days(self, rule: Shape) -> list[tuple[int, float]]:
        """Return the first days of the years, or the days, that stand at a rule's ticks, and their places."""
        return [(day, self.reach(tick)[0]) for day, tick in self._days_on(rule)]

    def _days_on(self, rule: Shape) -> list[tuple[int, Shape]]:
        ticks = self.ticks(rule)
        if not ticks:
            return []
        longest = max(self.lies(t)[1] - self.lies(t)[0] for t in ticks)
        long = [t for t in ticks if self.lies(t)[1] - self.lies(t)[0] > longest * 0.9]
        found = []
        for run in self.drawn.runs:
            day = read_day(run.text)
            near = min(
                abs(x - self.lies(rule)[0]) for x in ((run.left, run.right) if self.upright else (run.base,))
            )
            if day is None or near > 9 * run.size / 13 or run.face not in ("bold", "semibold"):
                continue
            at = run.base if self.upright else run.left
            before = [
                t for t in long if -0.01 <= at - self.reach(t)[0] < (0.6 if self.upright else 0.3) * run.size
            ]
            if before:
                found.append((day, before[-1]))
        return sorted(found, key=lambda f: self.reach(f[1]))

    def scale(self, rule: Shape) -> Scale:
        """Return the scale that the first and the last year at a rule's ticks give."""
        (first, low), *_, (last, high) = self.days(rule)
        start, end = self.reach(rule)
        return Scale(first, low, (high - low) / (last - first), self.lies(rule)[0], start, end)

    # -- words

    def chains(self, text: str, *, size: float | None = None) -> Iterator[tuple[Run, ...]]:
        """Yield each place where a text stands, in one line or in lines under one another."""
        for run in self.drawn.runs:
            if not run.turned and text.startswith(run.text) and size in (None, run.size):
                yield from self._grown((run,), text)

    def _grown(self, chain: tuple[Run, ...], text: str) -> Iterator[tuple[Run, ...]]:
        said = " ".join(run.text for run in chain)
        if said == text:
            yield chain
            return
        last, em = chain[-1], chain[-1].size / MM
        for run in self.drawn.runs:
            below = 0.9 * em < run.base - last.base < 1.25 * em
            flush = abs(run.left - last.left) < 0.06 * em or abs(run.right - last.right) < 0.06 * em
            alike = (run.face, run.colour) == (last.face, last.colour) and abs(run.size - last.size) < 0.01
            if below and flush and alike and text.startswith(f"{said} {run.text}"):
                yield from self._grown((*chain, run), text)

    # -- lanes and labels

    def lane(self, name: str) -> Lane:
        """Return the lane of a name: its sign stands before the name, its line beside or under it."""
        (chain,) = [c for c in self.chains(name) if c[0].face == "black" and self._sign(c[-1])]
        sign = self._sign(chain[-1])
        whole = self.drawn.height if self.upright else self.drawn.width
        ends = [self.lies(axis)[0] for axis in self.axes()]
        lines = [r for r in self.rules(whole * 0.3) if min(abs(self.lies(r)[0] - e) for e in ends) > 0.02]
        at = chain[0].left if self.upright else chain[-1].base
        way = -1 if self.upright else 1
        line = min(
            (r for r in lines if (self.lies(r)[0] - at) * way > 0), key=lambda r: abs(self.lies(r)[0] - at)
        )
        return Lane(chain[0], sign, self.lies(line)[0], line.dash)

    def _sign(self, name: Run) -> tuple[Shape, ...]:
        """Return the shapes that stand just before a lane's name, or before a date in an inset."""
        return self.shapes_between(name.left - 1.35 * _em(name), name.left, name)

    def shapes_between(self, left: float, right: float, run: Run) -> tuple[Shape, ...]:
        """Return the small shapes that lie between two places on the line of a run."""
        em = _em(run, run.size)
        return tuple(
            s
            for s in self.drawn.shapes
            if left <= s.box[0] and s.box[2] <= right + 0.05
            and run.base - 1.4 * em <= s.box[1] and s.box[3] <= run.base + 0.6 * em
            and s.box[2] - s.box[0] > 0.01
        )  # fmt: skip

    def labels(self, event: Event, dates: Sequence[str], hue: str) -> list[Label]:
        """Return where an event's label stands under one of these dates, with a leader in this hue."""
        found = []
        for chain in self.chains(event.label):
            for date in self.drawn.runs:
                if date.text not in dates or date.colour != hue:
                    continue
                up = chain[0].base - date.base
                close = 0.5 * _em(date) < up < 2.6 * _em(date) and self._flush(date, chain)
                if close and (leader := self._leader(date, chain, hue)):
                    found.append(Label(date, chain, *leader))
        return found

    def _flush(self, date: Run, chain: Sequence[Run]) -> bool:
        """Whether a date stands over these lines: flush left or right, but for a sign or a second date."""
        em = _em(date)
        left = min(abs(date.left - run.left) for run in chain)
        right = min(abs(date.right - run.right) for run in chain)
        behind = [r for r in self.drawn.runs if r.base == date.base and 0 < r.left - date.right < 0.6 * em]
        right = min([right, *(abs(b.right - run.right) for b in behind for run in chain)])
        return left < 1.4 * em or right < 1.4 * em

    def _leader(self, date: Run, chain: Sequence[Run], hue: str) -> tuple[Shape, Point] | None:
        """Return the leader that begins at a label's side, and the point where it ends."""
        left = min(run.left for run in chain)
        right = max(run.right for run in chain)
        return self.leader_at(date, left, right, hue)

    def leader_at(self, date: Run, left: float, right: float, hue: str) -> tuple[Shape, Point] | None:
        """Return the leader that begins beside a box at the height of a run, and the point where it ends."""
        em = _em(date)
        found = []
        for shape in self._leaders(hue):
            for points in (shape.paths[0], shape.paths[0][::-1]):
                x, y = points[0]
                off = left - x if self.upright else max(left - x, x - right)
                if 0 < off < 0.5 * em and date.base - 1.1 * em < y < date.base + 0.1 * em:
                    found.append((abs(off / em - _BESIDE), shape.order, shape, points[-1]))
        return min(found)[2:] if found else None

    def _leaders(self, hue: str) -> list[Shape]:
        """Return the open lines in a hue that may bend."""
        return [s for s in self._open_lines if s.stroke == hue]

    @cached_property
    def _open_lines(self) -> list[Shape]:
        return [
            s for s in self.drawn.shapes if not (s.fill or s.closed or s.dash) and len(s.paths[0]) in (3, 4)
        ]

    def markers(self, foot: Point, hue: str, reach: float) -> tuple[Shape, ...]:
        """Return the marker's shapes in this hue that lie around the end of a leader."""
        found = []
        for shape in self.drawn.shapes:
            if not shape.closed or hue not in (shape.fill, shape.stroke) or shape.dash:
                continue
            (start, end), (near, far) = self.reach(shape), self.lies(shape)
            middle = abs((start + end) / 2 - self.along(foot)) < 0.02 and end - start < 2.2 * reach
            if middle and near - reach <= self.across(foot) <= far + reach and far - near < 2.2 * reach:
                found.append(shape)
        return tuple(found)


def _em(run: Run, size: float | None = None) -> float:
    """Return the size of a run's type, or so many millimetres where it were `size` points."""
    return (size or run.size) / MM


def read_year(text: str) -> int | None:
    """Return the astronomical year that a text says, if it says no more."""
    found = _YEAR.fullmatch(text)
    return None if not found else 1 - int(found[1]) if found[2] else int(found[1])


def read_day(text: str) -> int | None:
    """Return the day that '16 Feb 1953' names, or the first one of the year '1953'."""
    head, _, year = text.rpartition(" ")
    number, _, month = head.partition(" ")
    names = name_months("en", short=True)
    if number.isdigit() and month in names:
        return count_days(int(year), names.index(month) + 1, int(number))
    told = read_year(text)
    return None if told is None else count_days(told)


def same_form(one: Sequence[Shape], other: Sequence[Shape], turned: bool = False) -> bool:
    """Whether two drawings are alike but for place, size and colour; `turned`: the other lies on its side."""
    return len(one) == len(other) and all(
        (a.curved, bool(a.fill), bool(a.stroke), len(a.paths[0]))
        == (b.curved, bool(b.fill), bool(b.stroke), len(b.paths[0]))
        and _alike(outline(a, one), outline(b, other, turned))
        for a, b in zip(one, other, strict=True)
    )


def outline(shape: Shape, drawing: Sequence[Shape], turned: bool = False) -> list[Point]:
    """Return a shape's corners around the middle of its drawing, in units of the drawing's larger side."""
    left, top = min(s.box[0] for s in drawing), min(s.box[1] for s in drawing)
    right, bottom = max(s.box[2] for s in drawing), max(s.box[3] for s in drawing)
    side = max(right - left, bottom - top)
    points = [
        ((x - (left + right) / 2) / side, (y - (top + bottom) / 2) / side)
        for path in shape.paths
        for x, y in path
    ]
    return sorted((y, x) if turned else (x, y) for x, y in points)


def _alike(one: Sequence[Point], other: Sequence[Point]) -> bool:
    if len(one) != len(other):
        return False
    return all(min(abs(x - u) + abs(y - v) for u, v in other) < 0.1 for x, y in one)
