"""Texts in quotation marks that end elsewhere than their author thinks."""

import re
from contextlib import suppress

import yaml

from builders.core.diagnostics import Fault
from builders.yaml_source.value_positions import LOADER

MARKS = ("'", '"')
BLOCK = "put the text on a line of its own under `es: |`, or in 'single quotes'"
FIELD = re.compile(r"^(\s*(?:- +)*)([\w-]+): *(\S?)")
_LIST = re.compile(r"[\[{]")
_FIELD_OR_ITEM = re.compile(r" *(?:- |[\w-]+:(?:\s|$))")


def name_field_in_advice(advice: str, line: str) -> str:
    """Return advice to write a text under `es: |` with the field or the hyphen that the line starts with."""
    if field := FIELD.match(line):
        return advice.replace("`es: |`", f"`{field[2]}: |`")
    return advice.replace("`es: |`", "`- |`") if line.lstrip().startswith("- ") else advice


def explain_swallowing(text: str, start: int, end: int) -> Fault | None:
    """Return the fault of a text in quotation marks, from `start` to `end`, that holds the fields behind it.

    YAML 1.2 (6.1) wants its lines deeper than its field, libyaml takes any: where one stands no deeper and
    looks like a field or an item, a mark that was meant for another text has closed this one.
    """
    depth = _measure_depth(text[text.rfind("\n", 0, start) + 1 : start])
    for line in text[start:end].split("\n")[1:]:
        if _FIELD_OR_ITEM.match(line) and len(line) - len(line.lstrip(" ")) <= depth:
            return _explain_unclosed(text, start)
    return None


def _measure_depth(before: str) -> int:
    """Return the column (0-based) of the field or item whose value stands behind `before` in its line."""
    if field := FIELD.match(before):
        return len(field[1])
    return before.rfind("-") if "-" in before else len(before) - 1


def _explain_unclosed(text: str, start: int) -> Fault:
    first = text.rfind("\n", 0, start) + 1
    before, line = text[first:start], text.count("\n", 0, start) + 1
    advice = "close it"
    if not _LIST.search(before):
        advice += name_field_in_advice(", or put the text on a line of its own under `es: |`", before)
    return Fault("a quotation mark is opened and never closed", advice, (), line, len(before) + 1)


def explain_quotes(error: yaml.MarkedYAMLError, text: str) -> Fault | None:
    """Return the fault, if that is one of quotation marks, that libyaml's `error` in `text` comes from."""
    mark, last = error.problem_mark, None
    if not mark:
        return None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=LOADER):
            if token.start_mark.index >= mark.index:
                break
            last = token if isinstance(token, yaml.ScalarToken) and token.style in MARKS else None
            if last and (fault := explain_swallowing(text, last.start_mark.index, last.end_mark.index)):
                return fault
    if error.context_mark and "quoted scalar" in (error.context or ""):
        start = error.context_mark.index
        never = "end of stream" in (error.problem or "")
        return _explain_unclosed(text, start) if never else explain_swallowing(text, start, mark.index)
    return _explain_early_end(text, last, mark) if last else None


def _explain_early_end(text: str, quoted: yaml.ScalarToken, mark: yaml.Mark) -> Fault | None:
    """Return the fault of a text in quotation marks that ends just before `mark`, in the midst of a line."""
    end = quoted.end_mark.index
    if text[end : mark.index].strip(" "):
        return None
    first = text.rfind("\n", 0, end) + 1
    line = mark.line + 1
    if quoted.style == "'" and text[end - 2].isalpha() and text[end : end + 1].isalpha():
        advice = name_field_in_advice(
            "write ’, or put the text on a line of its own under `es: |`", text[first:end]
        )
        return Fault("an apostrophe ends a text in 'single quotes'", advice, (), line, end - first)
    message = "a text starts with a quotation mark that closes before its end"
    return Fault(message, name_field_in_advice(BLOCK, text[first:end]), (), line, mark.column + 1)
