"""How faults and finished files are told: for people lines and excerpts of the file, for programs JSON."""

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from builders.core import item_names, text_files
from builders.core.diagnostics import Fault, OutlineFaults, limit_each_kind, make_printable, write_count
from builders.yaml_source import source

_COLOURS = {"error": "31", "warning": "33", "place": "1", "faint": "2"}

Painter = Callable[[str, str], str]


def write_fault_lines(path: Path, faults: Iterable[Fault]) -> list[str]:
    """Return one line a fault, `file:line:column: what; what to do`, and one for each kind that goes on."""
    few, more = limit_each_kind(faults)
    return [
        *(fault.format_in_file(str(path)) for fault in few),
        *(write_repeat_line(path, fault, count) for fault, count in more),
    ]


def write_repeat_line(path: Path, fault: Fault, count: int) -> str:
    """Return the line that says how often a fault comes again, and where last."""
    label = "warning: " if fault.severity == "warning" else ""
    often = f"{write_count(count, 'more time')}, last in line {fault.line}"
    return f"{fault.file or path}: {label}{often}: {fault.text}"


def make_json_faults(path: Path, faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return the faults as values for JSON."""
    return [
        {
            "file": str(fault.file or path),
            "line": fault.line,
            "column": fault.column,
            "severity": fault.severity,
            "message": fault.message,
            "advice": fault.advice,
            "path": list(fault.path),
        }
        for fault in faults
    ]


def write_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as columns, the first to the left and the others to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    )


def is_terminal(stream: TextIO) -> bool:
    """Whether `stream` is a terminal that can go back in a line."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def has_colours(stream: TextIO) -> bool:
    """Whether `stream` is to get colours: a terminal; NO_COLOR (no-color.org) and FORCE_COLOR overrule."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (is_terminal(stream) and _understands_escapes(stream))


def _understands_escapes(stream: TextIO) -> bool:
    """Whether a terminal takes escape codes: a console of Windows once told to, unless it is an old one."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        console, mode = msvcrt.get_osfhandle(stream.fileno()), ctypes.c_uint()
        kernel = ctypes.windll.kernel32
        taken = kernel.GetConsoleMode(console, ctypes.byref(mode))
        return bool(taken and kernel.SetConsoleMode(console, mode.value | 4))  # VIRTUAL_TERMINAL_PROCESSING
    return True


def write_faults(path: Path, faults: Iterable[Fault], stream: TextIO | None = None) -> Iterator[str]:
    """Yield the lines that tell the faults of the outline at `path`; the colours suit `stream`.

    Each fault starts with `file:line:column: what; what to do`; a heading names the place where it changes.
    """
    faults = list(faults)
    if not faults:
        return
    paint = _paint_words if has_colours(stream or sys.stdout) else _leave_plain
    text, values = _read_contents(path)
    width = min(max(shutil.get_terminal_size((110, 24)).columns, 60), 160)
    lines = text.split("\n")
    last = ""
    few, more = limit_each_kind(faults)
    for fault in few:
        place = "" if fault.file else item_names.name_place(values, fault.path)
        if place and place != last:
            yield paint(f"{place}:", "place")
        last = place
        yield _write_first_line(path, fault, paint)
        if fault.line and not fault.file and fault.line <= len(lines) and lines[fault.line - 1].strip():
            yield from _write_excerpt(lines[fault.line - 1], fault, width, paint)
    for fault, count in more:
        yield make_printable(write_repeat_line(path, fault, count))


def _read_contents(path: Path) -> tuple[str, object]:
    """Return the file's text and plain values, as far as they can be had."""
    try:
        if not path.is_file() or path.stat().st_size > text_files.MOST_BYTES:
            return "", None
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return "", None
    try:
        return text, source.parse_source(text).values
    except OutlineFaults:
        return text, None


def _leave_plain(words: str, _: str) -> str:
    return words


def _paint_words(words: str, colour: str) -> str:
    return f"\033[{_COLOURS[colour]}m{words}\033[0m"


def _write_first_line(path: Path, fault: Fault, paint: Painter) -> str:
    line = make_printable(fault.format_in_file(str(path)))
    where, found, what = line.partition(f": {make_printable(fault.text)}")
    label = "warning" if fault.severity == "warning" else "error"
    return where + paint(found + what, label) if found else line


def _write_excerpt(line: str, fault: Fault, width: int, paint: Painter) -> Iterator[str]:
    """Yield the line of the file, cut to `width` around the column, and a caret below."""
    head = f"{fault.line:>6} | "
    room = width - len(head)
    line = make_printable(line.rstrip())
    column = min((fault.column or 1) - 1, len(line))
    start = max(0, min(column - room // 2, len(line) - room)) if len(line) > room else 0
    cut = line[start : start + room]
    if start:
        cut = "…" + cut[1:]
    if start + room < len(line):
        cut = cut[:-1] + "…"
    before = sum(_count_columns(character) for character in cut[: column - start])
    yield paint(head, "faint") + cut
    yield paint(" " * (len(head) - 2) + "| ", "faint") + " " * before + paint("^", fault.severity)


def _count_columns(character: str) -> int:
    """Return how many columns of a terminal a character takes (UAX 11)."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
