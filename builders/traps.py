"""YAML's traps in plain words: what a syntax error means to someone who writes prose."""

import re

import yaml

from builders import indentation, pasted, quoted
from builders.faults import Fault
from builders.indentation import Meaning
from builders.quoted import BLOCK, named

# What YAML takes for an alias, an anchor, a tag, a directive, or keeps for itself.
_STARTERS = tuple("*&!%@`")
_WHOLE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")  # a text in quotation marks

_BY_PROBLEM = (
    ("mapping values are not allowed", "a text holds `: ` (colon and space)", BLOCK),
    (
        "expected comment or line break",
        "a text stands in the line of its `|`",
        "begin the text on the next line, indented",
    ),
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
    column = mark.column + 1 if mark and row == mark.line else indentation.first_text(lines[row])
    return Fault(message, named(advice, lines[row]), (), row + 1, column)


def _meaning(wording: str, lines: list[str], row: int, error: yaml.MarkedYAMLError) -> Meaning:
    if found := indentation.tabs(lines, row):
        return found
    row = indentation.with_content(lines, row)
    if found := pasted.left_of_its_text(lines, row) or indentation.meaning(wording, lines, row, error):
        return found
    if found := pasted.in_one_line(lines, row):
        return found
    for part, message, advice in _BY_PROBLEM:
        if part in wording:
            return message, advice, row
    for at in (row, row - 1):  # the parser notices a trap in the line itself or in the next one
        if at >= 0 and (trap := _in_line(lines[at])):
            return *trap, at
    if "flow" in wording:
        if re.search(r"[\[,]\s*,", lines[row]):
            return "nothing stands between two commas", "write '' for an empty cell", row
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
    if value[:1] in ("[", "{") or _WHOLE.fullmatch(value):
        return None
    if re.search(r"\S: \S", value):
        return "a text holds `: ` (colon and space)", BLOCK
    return None
