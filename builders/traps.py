"""YAML's traps in plain words: what a syntax error means to someone who writes prose."""

import re

import yaml

from builders import quoted
from builders.faults import Fault
from builders.quoted import BLOCK, FIELD, named

_Meaning = tuple[str, str, int]  # what is wrong, what to do, and in which line (0-based)

_STARTERS = tuple(
    "*&!%@`"
)  # what YAML takes for an alias, an anchor, a tag, a directive, or keeps for itself

_BARE_CODE = re.compile(r"^(\s*(?:- +)?)([a-z]{2,3})(?:$|(?::| +)(?=[^\s:]))")
NO_BREAK_SPACE = "a no-break space stands in the indentation"

_BY_PROBLEM = (
    ("mapping values are not allowed", "a text holds `: ` (colon and space)", BLOCK),
    ("escape", 'a backslash stands in "double quotes"', "use 'single quotes' or `|`"),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return the fault that tells an editor what libyaml's `error` in `text` means."""
    if found := quoted.fault_of(error, text):
        return found
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    row = min(mark.line, len(lines) - 1) if mark else 0
    wording = f"{error.context or ''} {error.problem or ''}"
    message, advice, row = _meaning(wording, lines, row, error)
    column = mark.column + 1 if mark and row == mark.line else _first_text(lines[row])
    return Fault(message, named(advice, lines[row]), (), row + 1, column)


def _first_text(line: str) -> int:
    return len(line) - len(line.lstrip()) + 1


def _meaning(wording: str, lines: list[str], row: int, error: yaml.MarkedYAMLError) -> _Meaning:
    if found := _indented(lines, row):
        return found
    row = _with_content(lines, row)
    if found := _without_colon(lines, row) or _misplaced(wording, lines, row, error):
        return found
    for part, message, advice in _BY_PROBLEM:
        if part in wording:
            return message, advice, row
    for at in (row, row - 1):  # the parser notices a trap in the line itself or in the next one
        if at >= 0 and (trap := _in_line(lines[at])):
            return *trap, at
    if lines[row][:1].strip() == "%":
        return "a line starts with %", BLOCK, row
    if "flow" in wording:
        return (
            "a bracket is opened and not closed, or a comma is missing",
            "close it; put prose in quotes",
            row,
        )
    if "expected key" in wording:
        advice = "align it with the field or the item that it belongs to"
        return "the indentation fits none of the lines above", advice, row
    return (
        "the structure breaks here",
        "check the indentation (spaces, aligned) and the `:` after each name",
        row,
    )


def _indented(lines: list[str], row: int) -> _Meaning | None:
    """Tell of an indentation that is not of spaces alone."""
    if "\t" in re.match(r"\s*", lines[row])[0]:  # type: ignore[index]  # \s* always matches
        return "a tab stands in the indentation", "use spaces", row
    for at in (row, row - 1):
        if at >= 0 and re.match(r"\s*\xa0\s*\S", lines[at]):
            return NO_BREAK_SPACE, "use spaces", at
    return None


def _misplaced(wording: str, lines: list[str], row: int, error: yaml.MarkedYAMLError) -> _Meaning | None:
    """Tell of a line that lacks a hyphen, or stands too deep."""
    if "expected '-' indicator" in wording:
        return "an item of a list has no hyphen", "start each item with `- `, all aligned", row
    if "mapping values" in wording and _stands_too_deep(lines, row, error):
        advice = "align it with that line; an item of a list starts with `- `"
        return "the line stands deeper than the field before it", advice, row
    return None


def _without_colon(lines: list[str], row: int) -> _Meaning | None:
    """Tell of a line at `row`, or just before it, that starts with a language's code without its colon.

    It is one if another language stands before or behind it, and the code elsewhere as it should.
    """
    for at in range(row, max(row - 3, 0), -1):
        if not (bare := _BARE_CODE.match(lines[at])):
            continue
        beside = [FIELD.match(line) for line in (_above(lines, at), *lines[at + 1 : at + 2])]
        named = re.compile(rf"^\s*(?:- +)?{bare[2]}: ")
        if any(f and f.end(1) == bare.end(1) and len(f[2]) <= 3 for f in beside) and any(
            map(named.match, lines)
        ):
            words = " ".join(lines[at][bare.end() :].split()[:3])
            return f"'{bare[2]}' has no colon and space behind it", f"write `{bare[2]}: {words}…`", at
    return None


def _above(lines: list[str], row: int) -> str:
    """Return the line that the one at `row` follows, without the deeper ones of a text in between."""
    depth = _first_text(lines[row])
    return next((line for line in lines[:row][::-1] if line.strip() and _first_text(line) <= depth), "")


def _with_content(lines: list[str], row: int) -> int:
    """Return the next row that is neither blank nor a remark: the parser may point to those before it."""
    for at in range(row, len(lines)):
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            return at
    return row


def _stands_too_deep(lines: list[str], row: int, error: yaml.MarkedYAMLError) -> bool:
    """Whether the parser stumbles over the name of a field that is indented below one with a value."""
    field, mark = FIELD.match(lines[row]), error.problem_mark
    before = next((at for at in range(row - 1, -1, -1) if lines[at].strip()), None)
    if not field or before is None or not mark or mark.column != field.end(2):
        return False
    above = FIELD.match(lines[before])
    texts = above is not None and above[2] != "id" and len(above[2]) == 2  # a language: prose goes on
    return above is not None and bool(above[3]) and len(field[1]) > len(above[1]) and not texts


def _in_line(line: str) -> tuple[str, str] | None:
    if line.lstrip().startswith("#"):
        return None
    value = re.sub(r"^\s*(?:- +)*(?:[\w-]+: +)?", "", line).rstrip()
    if value and value[0] in _STARTERS:
        return f"a text starts with {value[0]}", BLOCK
    if re.match(r"- \S", value) and not line.lstrip().startswith("-"):
        return "a text starts with a hyphen and a space", BLOCK
    if re.match(r"[\[{].*[\]}]\s*[^\s\]},].*", value):
        return f"a text starts with {value[0]}", BLOCK
    if value[:1] in ("[", "{"):
        return None
    if re.search(r"\S: \S", value):
        return "a text holds `: ` (colon and space)", BLOCK
    return None
