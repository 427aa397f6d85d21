"""What the editor typed and YAML took for something else, told by the file where the model cannot tell."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from builders.core.diagnostics import Fault, Path, suggest_nearest
from builders.outline.model import list_field_names
from builders.yaml_source import value_positions
from builders.yaml_source.parser import PartedText
from builders.yaml_source.source import YamlSource


def check_typing(source: YamlSource, languages: Sequence[str]) -> Iterator[Fault]:
    """Yield a warning for each text that is hardly meant as it is read."""
    if source.parted:
        yield from _check_parted_texts(source)
    yield from _check_bars(source)
    yield from _check_empty_fields(source)
    if len(languages) == 1:  # where there are more, a text under none of them is a fault
        yield from _check_bare_codes(source, languages[0])


_LIKE_A_BAR = re.compile(r"^( *)(?:- +)*([\w-]+): +[Il1¦!]\s*\n(?: *\n)*( *)[^\s#]", re.MULTILINE)
_EMPTY = re.compile(
    r"^( *(?:- +)*)([A-Za-z_-]+):[ \t]*(?:#[^\n]*)?\n(?=(?:[ \t]*(?:#[^\n]*)?\n)*( *)(\S?))", re.MULTILINE
)


def _check_bars(source: YamlSource) -> Iterator[Fault]:
    """Warn of a letter or a sign that stands where `|` is meant, above a text."""
    for match in _outside_texts(_LIKE_A_BAR, source):
        if len(match[3]) > len(match[1]):
            line = source.text.count("\n", 0, match.start(2)) + 1
            message = f"`{match[2]}:` has a letter where the bar `|` is due, and it is printed"
            column = len(match[0].split("\n")[0].rstrip())
            yield Fault(message, f"write `{match[2]}: |`", (), line, column, severity="warning")


def _check_empty_fields(source: YamlSource) -> Iterator[Fault]:
    """Warn of a field that is empty and that Temario does not know: it would be passed over in silence."""
    known = list_field_names()
    for match in _outside_texts(_EMPTY, source):
        name, depth = match[2], len(match[1])
        deeper = len(match[3]) > depth or (match[4] == "-" and len(match[3]) >= depth)
        if name in known or deeper or len(name) <= 3:
            continue
        line, column = source.text.count("\n", 0, match.start(2)) + 1, depth + 1
        advice = suggest_nearest(name, sorted(known), 1) or "remove it"
        yield Fault(f"'{name}' is not a field here, and empty", advice, (), line, column, severity="warning")


def _outside_texts(pattern: re.Pattern[str], source: YamlSource) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern whose second group is a field's name, and not a line of a text."""
    matches = [*pattern.finditer(source.text)]
    if matches:
        starts = value_positions.plain_starts(source.text)
        yield from (match for match in matches if match.start(2) in starts)


def advise_on_swallowed_text(source: YamlSource, path: Path, language: str) -> str:
    """Return advice on a text missing in `language` below `path`, if the text above may hold it; or ''."""
    line, column = source.find_position(path)
    code = re.compile(rf" *{language}[: ] *\S")
    for number, typed in enumerate(source.text.split("\n")[line:], line + 1):
        if typed.strip() and len(typed) - len(typed.lstrip(" ")) < column:
            break
        if code.match(typed):
            words = " ".join(typed.split()[1:4])
            return (
                f"if line {number} is it, write `{language}: {words}…` there, aligned with the other language"
            )
    return ""


def _check_parted_texts(source: YamlSource) -> Iterator[Fault]:
    """Warn of each text with a blank line that is no paragraph's end."""
    for path, value in _walk_texts(source.values):
        if isinstance(value, PartedText):
            name = f"{path[-1]}: |" if isinstance(path[-1], str) else "- |"
            message = "a blank line makes no paragraph without `|`"
            advice = f"write `{name}` and the text below it, or delete the blank line"
            yield Fault(message, advice, path, severity="warning")


def _check_bare_codes(source: YamlSource, language: str) -> Iterator[Fault]:
    """Warn of each text that starts on a line of its own with a language's code that has no colon.

    The code may be a word: of an item of a list it is doubtful unless other texts stand under the code.
    """
    starts = re.compile(rf"^ *(?P<item>- +)?{language} +(?=[^\W\d_])", re.MULTILINE)
    if not starts.search(source.text):
        return
    named = re.search(rf"^ *(?:- +)*{language}: ", source.text, re.MULTILINE)
    for path, value in _walk_texts(source.values):
        if path[-1] == language or not value.startswith(f"{language} ") or source.find_style(path):
            continue
        line, column = source.find_position(path, 0)
        typed = starts.match(source.text.split("\n")[line - 1])
        if typed and (named or not typed["item"]):
            words = " ".join(value.split()[1:4])
            message = f"'{language}' at the start of the text is printed"
            advice = f"write `{language}: {words}…` if it is the language’s code"
            yield Fault(message, advice, path, line, column, severity="warning")


def _walk_texts(values: Any) -> Iterator[tuple[Path, str]]:
    """Yield each text among plain values with its path."""
    open_values: list[tuple[Path, Any]] = [((), values)]
    for path, value in open_values:
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict | list):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            open_values += [((*path, step), inner) for step, inner in items]
