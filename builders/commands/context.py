"""Faults for people to read: grouped by place, each with its line of the file and a caret."""

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from builders import content, naming, source
from builders.commands.report import repeated
from builders.faults import Fault, OutlineFaults, few_of_a_kind

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_COLOURS = {"error": "31", "warning": "33", "place": "1", "faint": "2"}

Paint = Callable[[str, str], str]


def coloured(stream: TextIO) -> bool:
    """Whether `stream` is to get colours: a terminal; NO_COLOR (no-color.org) and FORCE_COLOR overrule."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


def told(path: Path, faults: Iterable[Fault], stream: TextIO | None = None) -> Iterator[str]:
    """Yield the lines that tell the faults of the outline at `path`; the colours suit `stream`.

    Each fault starts with `file:line:column: what; what to do`; a heading names the place where it changes.
    """
    paint = _paint if coloured(stream or sys.stdout) else _leave
    text, values = _contents(path)
    width = min(max(shutil.get_terminal_size((110, 24)).columns, 60), 160)
    lines = text.split("\n")
    last = ""
    few, more = few_of_a_kind(faults)
    for fault in few:
        place = "" if fault.file else naming.place(values, fault.path)
        if place and place != last:
            yield paint(f"{place}:", "place")
        last = place
        yield _first_line(path, fault, paint)
        if fault.line and not fault.file and fault.line <= len(lines) and lines[fault.line - 1].strip():
            yield from _excerpt(lines[fault.line - 1], fault, width, paint)
    for fault, count in more:
        yield printable(repeated(path, fault, count))


def _contents(path: Path) -> tuple[str, object]:
    """Return the file's text and plain values, as far as they can be had."""
    try:
        if not path.is_file() or path.stat().st_size > content.MOST_BYTES:
            return "", None
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return "", None
    try:
        return text, source.parse(text).values
    except OutlineFaults:
        return text, None


def _leave(words: str, _: str) -> str:
    return words


def _paint(words: str, colour: str) -> str:
    return f"\033[{_COLOURS[colour]}m{words}\033[0m"


def _first_line(path: Path, fault: Fault, paint: Paint) -> str:
    line = printable(fault.at(str(path)))
    where, found, what = line.partition(f": {printable(fault.text)}")
    label = "warning" if fault.severity == "warning" else "error"
    return where + paint(found + what, label) if found else line


def printable(text: str) -> str:
    """Return `text` without what would steer a terminal: tabs become →, other control characters U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\t", "→"))


def _excerpt(line: str, fault: Fault, width: int, paint: Paint) -> Iterator[str]:
    """Yield the line of the file, cut to `width` around the column, and a caret below."""
    head = f"{fault.line:>6} | "
    room = width - len(head)
    line = printable(line.rstrip())
    column = min((fault.column or 1) - 1, len(line))
    start = max(0, min(column - room // 2, len(line) - room)) if len(line) > room else 0
    cut = line[start : start + room]
    if start:
        cut = "…" + cut[1:]
    if start + room < len(line):
        cut = cut[:-1] + "…"
    before = sum(_columns(character) for character in cut[: column - start])
    yield paint(head, "faint") + cut
    yield paint(" " * (len(head) - 2) + "| ", "faint") + " " * before + paint("^", fault.severity)


def _columns(character: str) -> int:
    """Return how many columns of a terminal a character takes (UAX 11)."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
