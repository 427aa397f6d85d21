"""YAML's traps in plain words: what a syntax error means to someone who writes prose."""

import re

import yaml

from builders.faults import Fault

_BLOCK = "put the text on a line of its own under `es: |`, or in 'single quotes'"

_STARTERS = tuple(
    "*&!%@`"
)  # what YAML takes for an alias, an anchor, a tag, a directive, or keeps for itself

_BY_PROBLEM = (
    ("mapping values are not allowed", "a text holds `: ` (colon and space)", _BLOCK),
    ("escape", 'a backslash stands in "double quotes"', "use 'single quotes' or `|`"),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return the fault that tells an editor what libyaml's `error` in `text` means."""
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    row = min(mark.line, len(lines) - 1) if mark else 0
    wording = f"{error.context or ''} {error.problem or ''}"
    message, advice, row = _meaning(wording, lines, row, error)
    column = mark.column + 1 if mark and row == mark.line else _first_text(lines[row])
    return Fault(message, advice, (), row + 1, column)


def _first_text(line: str) -> int:
    return len(line) - len(line.lstrip()) + 1


def _meaning(wording: str, lines: list[str], row: int, error: yaml.MarkedYAMLError) -> tuple[str, str, int]:
    if "\t" in re.match(r"\s*", lines[row])[0]:  # type: ignore[index]  # \s* always matches
        return "a tab stands in the indentation", "use spaces", row
    if "unexpected end of stream" in wording and "quoted" in wording:
        start = error.context_mark.line if error.context_mark else row
        return "a quotation mark is opened and never closed", "close it, or use `|`", start
    for part, message, advice in _BY_PROBLEM:
        if part in wording:
            return message, advice, row
    for at in (row, row - 1):  # the parser notices a trap in the line itself or in the next one
        if at >= 0 and (found := _in_line(lines[at])):
            return *found, at
    if lines[row][:1].strip() == "%":
        return "a line starts with %", _BLOCK, row
    if "flow" in wording:
        return (
            "a bracket is opened and not closed, or a comma is missing",
            "close it; put prose in quotes",
            row,
        )
    return (
        "the structure breaks here",
        "check the indentation (spaces, aligned) and the `:` after each name",
        row,
    )


def _in_line(line: str) -> tuple[str, str] | None:
    value = re.sub(r"^\s*(?:- +)*(?:[\w-]+: +)?", "", line).rstrip()
    if value and value[0] in _STARTERS:
        return f"a text starts with {value[0]}", _BLOCK
    if re.match(r"- \S", value) and not line.lstrip().startswith("-"):
        return "a text starts with a hyphen and a space", _BLOCK
    if re.match(r"\"[^\"]*\".+", value) or re.match(r"'(?:[^']|'')*'[^'].*", value):
        return "a text starts with a quotation mark that closes before its end", _BLOCK
    if re.match(r"[\[{].*[\]}]\s*[^\s\]},].*", value):
        return f"a text starts with {value[0]}", _BLOCK
    if value[:1] in ("[", "{"):
        return None
    if re.search(r"\S: \S", value):
        return "a text holds `: ` (colon and space)", _BLOCK
    return None
