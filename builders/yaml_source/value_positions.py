"""Where the values of a YAML text stand in it: walked over only when there is a fault to place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from builders.core.diagnostics import Path

# Escapes in double quotes (YAML 1.1, 5.7): how many digits follow, and which stand for white space.
_DIGITS = {"x": 2, "u": 4, "U": 8}
_SPACES = frozenset("tnvfr NLP_\t\n\r")

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ValuePosition(NamedTuple):
    """Where a key or an item stands, and where the text begins that is its value."""

    line: int
    column: int
    start: int | None = None  # index into the file's text
    style: str = ""  # of the text: "" plain, ' or " quoted, | or > a block


def locate_event(event: yaml.Event) -> tuple[int, int]:
    """Return line and column (1-based) where an event starts."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def walk_positions(text: str) -> Iterator[tuple[Path, ValuePosition]]:
    """Yield the path of each value in a YAML `text`, and where its key stands, or itself in a list.

    Raises yaml.YAMLError where the text is not valid YAML.
    """
    stack: list[list[Any]] = []  # [path, is mapping, key or None, next index, place of the key]
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        place = ValuePosition(*locate_event(event))
        path: Path = ()
        if stack:
            top = stack[-1]
            if top[1] and top[2] is None and isinstance(event, yaml.ScalarEvent):
                top[2], top[4] = event.value, place
                continue
            path = (*top[0], top[2] if top[1] else top[3])
            place = top[4] if top[1] and top[4] else place
            top[2], top[3], top[4] = None, top[3] + 1, None
        if isinstance(event, yaml.ScalarEvent) and event.start_mark:
            place = place._replace(start=event.start_mark.index, style=event.style or "")
        yield path, place
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append([path, isinstance(event, yaml.MappingStartEvent), None, 0, None])


def plain_starts(text: str) -> frozenset[int]:
    """Return the indices into a YAML `text` where scalars without quotes start, names of fields too."""
    events = yaml.parse(text, Loader=LOADER)
    scalars = (event for event in events if isinstance(event, yaml.ScalarEvent) and not event.style)
    return frozenset(event.start_mark.index for event in scalars if event.start_mark)


def find_index(text: str, place: ValuePosition, value: str, offset: int) -> int:
    """Return the index into the file's `text` of what stands `offset` characters into the text at `place`.

    Both are walked by what is not white space: the file's lines are indented and folded.
    """
    index = place.start or 0
    if place.style in ("|", ">"):
        index = text.find("\n", index)
    elif place.style:
        index += 1
    for character in value[:offset]:
        if not character.isspace():
            index = _find_character(text, index, place.style)[1]
    if value[offset : offset + 1].isspace() and not value[offset - 1 : offset].isspace():
        return index
    return _find_character(text, index, place.style)[0]


def _find_character(text: str, index: int, style: str) -> tuple[int, int]:
    """Return where the next character that is not white space starts and ends, escapes being one."""
    while index < len(text):
        end = index + 1
        if style == "'" and text.startswith("''", index):
            return index, index + 2
        if style == '"' and text[index] == "\\":
            kind = text[index + 1 : index + 2]
            end = index + 2 + _DIGITS.get(kind, 0)
            if not (chr(int(text[index + 2 : end], 16)).isspace() if kind in _DIGITS else kind in _SPACES):
                return index, end
        elif not text[index].isspace():
            return index, end
        index = end
    return index, index
