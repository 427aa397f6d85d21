"""YAML's traps in plain words: what a syntax error means to someone who writes prose."""

import re

import yaml

from builders.faults import Fault

_BLOCK = "put the text on a line of its own under `es: |`, or in 'single quotes'"

_STARTERS = tuple(
    "*&!%@`"
)  # what YAML takes for an alias, an anchor, a tag, a directive, or keeps for itself

_FIELD = re.compile(r"^(\s*(?:- +)*)([\w-]+): *(\S?)")

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
    if field := _FIELD.match(lines[row]):
        advice = advice.replace("`es: |`", f"`{field[2]}: |`")
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
    row = _with_content(lines, row)
    if "expected '-' indicator" in wording:
        return "an item of a list has no hyphen", "start each item with `- `, all aligned", row
    if "mapping values" in wording and _stands_too_deep(lines, row, error):
        advice = "align it with that line; an item of a list starts with `- `"
        return "the line stands deeper than the field before it", advice, row
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
    if "expected key" in wording:
        advice = "align it with the field or the item that it belongs to"
        return "the indentation fits none of the lines above", advice, row
    return (
        "the structure breaks here",
        "check the indentation (spaces, aligned) and the `:` after each name",
        row,
    )


def _with_content(lines: list[str], row: int) -> int:
    """Return the next row that is neither blank nor a remark: the parser may point to those before it."""
    for at in range(row, len(lines)):
        if lines[at].strip() and not lines[at].lstrip().startswith("#"):
            return at
    return row


def _stands_too_deep(lines: list[str], row: int, error: yaml.MarkedYAMLError) -> bool:
    """Whether the parser stumbles over the name of a field that is indented below one with a value."""
    field, mark = _FIELD.match(lines[row]), error.problem_mark
    before = next((at for at in range(row - 1, -1, -1) if lines[at].strip()), None)
    if not field or before is None or not mark or mark.column != field.end(2):
        return False
    above = _FIELD.match(lines[before])
    texts = above is not None and above[2] != "id" and len(above[2]) == 2  # a language: prose goes on
    return above is not None and bool(above[3]) and len(field[1]) > len(above[1]) and not texts


def _in_line(line: str) -> tuple[str, str] | None:
    if line.lstrip().startswith("#"):
        return None
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
