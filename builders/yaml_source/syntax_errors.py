"""Errors of YAML's syntax in plain words: what each means to someone who writes prose."""

import re

import yaml

from builders.core.diagnostics import Fault
from builders.yaml_source import indentation_errors, pasted_lines, quotation_errors
from builders.yaml_source.indentation_errors import Meaning
from builders.yaml_source.quotation_errors import BLOCK, name_field_in_advice

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


def explain_syntax_error(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Return as a fault, with place and advice, what libyaml's `error` in the YAML `text` means."""
    if found := quotation_errors.explain_quotes(error, text):
        return found
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    row = min(mark.line, len(lines) - 1) if mark else 0
    wording = f"{error.context or ''} {error.problem or ''}"
    message, advice, row = _explain_problem(wording, lines, row, error)
    column = mark.column + 1 if mark and row == mark.line else indentation_errors.find_first_text(lines[row])
    return Fault(message, name_field_in_advice(advice, lines[row]), (), row + 1, column)


def _explain_problem(wording: str, lines: list[str], row: int, error: yaml.MarkedYAMLError) -> Meaning:
    if found := indentation_errors.explain_tabs(lines, row):
        return found
    row = indentation_errors.find_row_with_content(lines, row)
    if found := pasted_lines.explain_prose_left_of_field(
        lines, row
    ) or indentation_errors.explain_indentation(wording, lines, row, error):
        return found
    if found := pasted_lines.explain_run_in_field(lines, row):
        return found
    for part, message, advice in _BY_PROBLEM:
        if part in wording:
            return message, advice, row
    if clash := _explain_in_flow(error, lines):
        return *clash, row
    for at in (row, row - 1):  # the parser notices a trap in the line itself or in the next one
        if at >= 0 and (trap := _explain_in_line(lines[at])):
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


def _explain_in_flow(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, str] | None:
    """Explain a sign that ends a text between { } or [ ] too soon, as a link does, or a lost comma."""
    start, mark = error.context_mark, error.problem_mark
    if not start or not mark or "flow" not in (error.context or ""):
        return None
    if start.line != mark.line or mark.line >= len(lines):
        return None
    before, sign = lines[mark.line][: mark.column].rstrip(), lines[mark.line][mark.column :][:1]
    if sign in ("[", "{") and before.endswith(("]", "}")):
        return f"a comma is missing before {sign}", "add it"
    if sign not in ("[", "{", ":", "?") or not before or before[-1] in "[]{},:'\"":
        return None
    return f"a text between brackets holds {sign}", "put the whole text in 'single quotes'"


def _explain_in_line(line: str) -> tuple[str, str] | None:
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
