"""Faults: what is wrong with an outline, where, and what to do about it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

# A fault may quote what an editor typed: what would break the line or steer a terminal becomes a space.
_NOT_ONE_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

EXIT_FAULTS, EXIT_USAGE, EXIT_FAILED = 1, 2, 3  # 0: done
# What would steer a terminal or cannot be seen in one.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
MOST_FAULTS = 500  # that are told at once
MOST_ALIKE = 5  # of the same words, that are told each with its place
LIKENESS = 0.65  # of two words, 0 to 1 (difflib): from there on one may be a slip for the other

Path = tuple[str | int, ...]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `message` says what, `advice` what to do.

    `path` leads through the outline's keys and indices to the place; `offset`, where it is known, counts the
    characters into the text there; `line` and `column` (1-based) are known once the source has been asked.
    """

    message: str
    advice: str = ""
    path: Path = ()
    line: int | None = None
    column: int | None = None
    severity: Severity = "error"
    offset: int | None = None
    file: str | None = None  # where it is not the outline itself: a locale's

    @property
    def text(self) -> str:
        """What is wrong and what to do, in one line."""
        text = f"{self.message}; {self.advice}" if self.advice else self.message
        return _NOT_ONE_LINE.sub(" ", text)

    def format_in_file(self, file: str) -> str:
        """Return `file:line:column: what; what to do`, leaving out what is not known."""
        place = ":".join(
            str(part) for part in (self.file or file, self.line, self.column) if part is not None
        )
        label = "warning: " if self.severity == "warning" else ""
        return f"{place}: {label}{self.text}"


class TemarioError(Exception):
    """What is wrong with what was given to Temario, or with the machine, told in words: the base of all."""


class UsageError(TemarioError):
    """A wrong use of the command line; the message says what is right."""


class OutlineFaults(TemarioError):
    """The outline has faults; all that were found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(fault.text for fault in self.faults))

    def __reduce__(self) -> tuple[type["OutlineFaults"], tuple[tuple[Fault, ...]]]:
        """Return what makes it again on the other side of a pipe: a builder may run in another process."""
        return type(self), (self.faults,)


class TemplateFaults(OutlineFaults):
    """Faults of a school's template, not of the outline."""


def sort_faults(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults sorted by line and column, equal ones once: texts in two languages may share a fault."""
    once: dict[tuple[int, int, str, str], Fault] = {}
    for fault in faults:
        once.setdefault((fault.line or 0, fault.column or 0, fault.severity, fault.text), fault)
    return [once[key] for key in sorted(once)]


def limit_each_kind(faults: Iterable[Fault]) -> tuple[list[Fault], list[tuple[Fault, int]]]:
    """Return the faults to tell, and for each kind of which there are more the last one and how many more.

    A kind is what has the same words; the first MOST_ALIKE of it are told.
    """
    told: list[Fault] = []
    times: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        kind = (fault.severity, fault.text)
        times[kind] += 1
        last[kind] = fault
        if times[kind] <= MOST_ALIKE:
            told.append(fault)
    return told, [(last[kind], count - MOST_ALIKE) for kind, count in times.items() if count > MOST_ALIKE]


def write_count(number: int, name: str) -> str:
    """Return a count of things in English: '1 cell', '2 cells'; `name` is the singular."""
    return f"{number} {name}{'s' * (number != 1)}"


def suggest_nearest(word: str, known: Sequence[str], most: int = 3) -> str:
    """Return 'did you mean title?' with at most `most` of the `known` words; '' where none is like `word`."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=most, cutoff=LIKENESS)
    return f"did you mean {' or '.join(near)}?" if near else ""


def make_printable(text: str) -> str:
    """Return `text` without what would steer a terminal: tabs become →, other control characters U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\t", "→"))
