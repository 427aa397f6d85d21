"""Synthetic courses: any number of sections on the glass makers of a coast that never was.

Each section has four paragraphs of about 70 words, six bullets, a table of 3 × 4 figures, six events and four
questions, all its own; each brings new names, so that the vocabulary grows with the text as a real one does.
The same numbers give the same words on every machine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import yaml

LANES = (("trade", "Trade"), ("craft", "Craft"), ("towns", "Towns"), ("rule", "Rule"))
TITLE = "Glass and harbours"
SUBTITLE = "Six centuries of a coast"
CREDIT = "A synthetic course, for measuring"
EVENTS = 6  # a section

_FIRST, _LAST = date(1200, 1, 1).toordinal(), date(1799, 12, 31).toordinal()


@cache
def _lists() -> dict[str, list[str]]:
    """Return the lists of words and of sentences."""
    lists = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return {key: value.split() if isinstance(value, str) else value for key, value in lists.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day."""

    id: str
    day: date
    lane: str
    importance: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer; with `options` one to choose from, the right one first."""

    id: str
    prompt: str
    options: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Table:
    """Figures: three columns, four rows with a head each."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section, with all that stands in it."""

    id: str
    number: int
    title: str
    first: date
    last: date
    question: str
    summary: str
    goals: tuple[str, ...]
    headings: tuple[str, str]
    paragraphs: tuple[str, ...]
    points: str
    items: tuple[str, ...]
    table: Table
    events: tuple[Event, ...]
    questions: tuple[Question, ...]


class Words:
    """Sentences out of a seed; the names are those of one section."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.places = [self._name(3) for _ in range(8)]
        self.people = [f"{self._name(2)} {self._name(3)}" for _ in range(6)]
        self.own = [
            self._name(2).lower() + ending for ending in ("age", "ment", "ery", "ation", "iary", "ance")
        ]

    def pick(self, values: Sequence[str]) -> str:
        """Return one of `values`."""
        return values[self.number(len(values))]

    def word(self, which: str) -> str:
        """Return one of the words, or sentences, of a list."""
        return self.pick(_lists()[which])

    def number(self, below: int) -> int:
        """Return a number from 0."""
        return int(self._random.random() * below)  # the same in every Python, unlike randrange

    def fill(self, pattern: str) -> str:
        """Return `pattern` with words in it, from a capital on."""
        text = pattern.format(
            place=self.pick(self.places), place2=self.pick(self.places),
            person=self.pick(self.people), person2=self.pick(self.people),
            noun=self._noun(), noun2=self._noun(), noun3=self._noun(),
            kind=self.word("kinds"), kind2=self.word("kinds"), deed=self.word("deeds"),
            year=1200 + self.number(600), count=20 + self.number(900),
        )  # fmt: skip
        return text[0].upper() + text[1:]

    def prose(self, words: int) -> str:
        """Return sentences of about so many words."""
        out: list[str] = []
        while sum(len(sentence.split()) for sentence in out) < words - 7:
            out.append(self.fill(self.word("sentences")))
        return " ".join(out)

    def _noun(self) -> str:
        """Return a noun: a common one, a compound, or a word of this section's own."""
        kind = self.number(10)
        if kind < 6:
            return self.word("nouns")
        return self.pick(self.own) if kind == 9 else self.word("of_what") + self.word("in_all")

    def _name(self, syllables: int) -> str:
        return "".join(self.word("syllables") for _ in range(syllables)).capitalize()


def sections(count: int) -> Iterator[Section]:
    """Yield the sections of a course, one after the other in time."""
    length = (_LAST - _FIRST) / count
    for index in range(count):
        first, last = _FIRST + int(index * length), _FIRST + int((index + 1) * length) - 1
        days = [first + (last - first) * i // EVENTS for i in range(EVENTS)]
        yield section(index, first, last, days)


def crowded(events: int) -> Iterator[Section]:
    """Yield five sections of a century with so many events, a quarter of them in one year."""
    words = Words(events)
    start = date(1500, 1, 1).toordinal()
    year = start + 48 * 365
    days = sorted(
        year + words.number(365) if i % 4 == 0 else start + words.number(36_500) for i in range(events)
    )
    for index in range(5):
        first = start + index * 7_300
        own = [day for day in days if min((day - start) // 7_300, 4) == index]
        yield section(index, first, first + 7_299, own)


def section(index: int, first: int, last: int, days: Sequence[int]) -> Section:
    """Return the section at `index` (0-based) from day `first` to day `last`, with events on `days`."""
    words, name = Words(index), f"s{index + 1}"
    return Section(
        id=name,
        number=index + 1,
        title=words.fill("The {noun} of {place}"),
        first=date.fromordinal(first),
        last=date.fromordinal(last),
        question=words.fill("Why did the {noun} of {place} become {kind}?"),
        summary=words.prose(40),
        goals=(words.fill("Explain the {kind} {noun}."), words.fill("Compare the {noun} with the {noun2}.")),
        headings=(words.fill("The {kind} {noun}"), words.fill("{place} and its {noun}")),
        paragraphs=tuple(words.prose(70) for _ in range(4)),
        points=words.fill("What changed in {place}"),
        items=tuple(words.fill("The {kind} {noun} {deed} the {noun2}") for _ in range(6)),
        table=_table(words),
        events=tuple(_event(words, f"{name}-e{i + 1}", day) for i, day in enumerate(days)),
        questions=tuple(
            _question(words, f"{name}-q{i + 1}", pattern) for i, pattern in enumerate(_lists()["questions"])
        ),
    )


def _table(words: Words) -> Table:
    columns = tuple(f"In {1200 + words.number(200) + 200 * i}" for i in range(3))
    rows = tuple((words.fill("{noun}s"), tuple(words.number(900) for _ in columns)) for _ in range(4))
    return Table(words.fill("Crates sold in {place}"), columns, rows)


def _event(words: Words, name: str, day: int) -> Event:
    lane = words.pick([lane for lane, _ in LANES])
    importance = (2, 1, 3, 2, 1)[words.number(5)]
    label = words.fill(words.word("labels"))
    return Event(name, date.fromordinal(day), lane, importance, label, words.prose(16))


def _question(words: Words, name: str, pattern: str) -> Question:
    choice = name.endswith(("1", "3"))
    options = tuple(words.fill("The {kind} {noun} of {place}") for _ in range(3)) if choice else ()
    return Question(name, words.fill(pattern), options, words.prose(24))
