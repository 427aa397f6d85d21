"""A finished poster beside what its outline says: where each event was found, and where it is due."""

from functools import cache, cached_property
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT
from tests.course_facts import Event
from tests.poster_building import built, facts_of, poster_of, unit_of
from tests.poster_finding import NEAR, Label, Scale
from tests.poster_parts import (
    Inset,
    find_in_key,
    find_insets,
)
from tests.poster_reading import Shape

THEME = yaml.safe_load((ROOT / "builders" / "theme" / "theme.yaml").read_text("utf-8"))
RED = THEME["palette"]["red"].upper()
LOOKS = [(look["hue"].upper(), look["pattern"]) for look in THEME["sections"]]
BLACK = "#000000"
LEAST_SPAN, MARKER = 3.0, 1.7  # mm on A2: the shortest bar, half a marker
SHRUNK = 0.86  # of all that is drawn on a crowded sheet
IMPORTANCE = {"en": {3: "decisive", 2: "important", 1: "for context"},
              "es": {3: "decisivo", 2: "importante", 1: "de contexto"}}  # fmt: skip

Key = tuple[str, str, tuple[tuple[str, Any], ...]]


def case(course: str, lang: str = "en", **options: Any) -> Any:
    name = "-".join([course, lang, *(str(k if v is True else v) for k, v in options.items())])
    return pytest.param((course, lang, tuple(options.items())), id=name)


CASES = [
    case("athens"),
    case("athens", "es", portrait=True),
    case("lighthouses"),
    case("lighthouses", "es", portrait=True),
    case("lighthouses", poster_size="a0"),
    case("lighthouses", poster_size="a1", portrait=True),
    case("lighthouses", poster_size="a3"),
    case("lighthouses", poster_size="tabloid", portrait=True),
    case("closed-bay"),
    case("days"),
    case("days", portrait=True),
    case("ages"),
    case("reigns"),
    case("crowd"),
    case("crowd", portrait=True),
    case("shipped", "es"),
    case("shipped", "en", portrait=True),
    case("throng"),
    case("throng", portrait=True),
]
INSETS = [
    case("reigns"),
    case("crowd"),
    case("shipped", "es"),
    case("shipped", "en", portrait=True),
    case("throng"),
    case("throng", portrait=True),
]


@cache
def reading(key: Key) -> "Reading":
    return Reading(key)


class Reading:
    """A poster, what its outline says, and where each event was found."""

    def __init__(self, key: Key) -> None:
        course, lang, options = key
        self.lang, self.options = lang, dict(options)
        self.facts = facts_of(course, lang)
        self.poster = poster_of(course, lang, **self.options)
        self.data = next(d for n, d in built(course, lang, **self.options).items() if "sheets" not in n)
        self.unit = unit_of(self.options.get("poster_size", "a2"))
        self.axis = self.poster.scale(self.poster.axes()[0])
        self.insets = find_insets(self.poster, lang, RED)
        self.lanes = [self.poster.lane(name) for name in self.facts.lanes]
        self.told = {event.key: self._label(event) for event in self.facts.events}

    def hue(self, event: Event) -> str:
        plain = self.options.get("grey") or self.options.get("proof")
        return BLACK if plain else LOOKS[event.section % len(LOOKS)][0]

    def _label(self, event: Event) -> tuple[Label, Inset | None] | None:
        """Return an event's label, and the inset that it stands in; None where the key tells it."""
        whole, alone = (event.date.write(self.lang, year=year) for year in (True, False))
        labels = self.poster.labels(event, (whole, alone), self.hue(event))
        if not labels:
            return None
        (label,) = labels
        inset = next((i for i in self.insets if self._in(label.foot, i)), None)
        years = len({w.year for w in (event.date.start, event.date.stop) if w})
        assert label.date.text == whole or (inset and label.date.text == alone and years == 1), label
        return label, inset

    def _in(self, foot: tuple[float, float], inset: Inset) -> bool:
        across = self.poster.across(foot)
        beyond = across > self.poster.lies(self.poster.axes()[-1])[0] + 1
        return beyond and inset.frame[0] <= self.poster.along(foot) <= inset.frame[1]

    def numbered(self) -> list[tuple[Event, str]]:
        """Return the events that are told in the key, and their numbers there."""
        hidden = [event for event in self.facts.events if self.told[event.key] is None]
        return [(e, find_in_key(self.poster, e.date.write(self.lang), e.label)) for e in hidden]

    def number_label(self, event: Event, number: str) -> tuple[Label, Inset | None]:
        """Return the label that is no more than a number."""
        found = []
        for run in self.poster.drawn.find(number, "semibold"):
            leader = self.poster.leader_at(run, run.left, run.right, self.hue(event))
            if leader:
                label = Label(run, (run,), *leader)
                found.append((label, next((i for i in self.insets if self._in(label.foot, i)), None)))
        (one,) = found
        return one

    @cached_property
    def placed(self) -> list[tuple[Event, Label, Inset | None]]:
        """Return every event with its label or number."""
        numbers = {event.key: self.number_label(event, number) for event, number in self.numbered()}
        return [(e, *(self.told[e.key] or numbers[e.key])) for e in self.facts.events]

    def scale(self, inset: Inset | None) -> Scale:
        return inset.scale if inset else self.axis

    def reach(self, event: Event, scale: Scale) -> tuple[float, float]:
        """Return where an event's date begins and ends on a scale; open ends, at the scale's."""
        date = event.date
        start = scale.place(date.first) if date.start else scale.start
        return start, scale.place(date.end) if date.stop else scale.end

    def bars(self, event: Event, label: Label, scale: Scale) -> list[Shape]:
        """Return the bars in an event's hue at its label's end, that begin and end on its days."""
        found = []
        for shape in self.poster.drawn.shapes:
            if not shape.closed or self.hue(event) not in (shape.stroke, shape.fill) or not shape.stroke:
                continue
            near, far = self.poster.lies(shape)
            level = near - 0.3 <= self.poster.across(label.foot) <= far + 0.3
            if shape.curved or far - near > 2.6 * self.unit or not (level or self._at_line(label, near, far)):
                continue
            start, end = self.poster.reach(shape)
            low, high = self.reach(event, scale)
            if low - NEAR <= start and end <= high + NEAR:
                found.append(shape)
        return found

    def _at_line(self, label: Label, near: float, far: float) -> bool:
        return abs((near + far) / 2 - self.poster.across(label.foot)) < 1.3 * self.unit


def importance_of(marker: Shape) -> int:
    """Return what a marker's form says: a square for 3, a ring for 2, a tick for 1."""
    left, top, right, bottom = marker.box
    if marker.curved:
        return 2
    narrow = min(right - left, bottom - top) / max(right - left, bottom - top)
    return 3 if narrow > 0.95 else 1
