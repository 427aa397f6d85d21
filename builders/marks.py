"""Where the values of a YAML text stand in it: walked over only when there is a fault to place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from builders.faults import Path

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Place(NamedTuple):
    """Where a key or an item stands, and where the text begins that is its value."""

    line: int
    column: int
    start: int | None = None  # index into the file's text
    style: str = ""  # of the text: "" plain, ' or " quoted, | or > a block


def place_of(event: yaml.Event) -> tuple[int, int]:
    """Return line and column (1-based) where an event starts."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def walk(text: str) -> Iterator[tuple[Path, Place]]:
    """Yield each path of the values with its place: that of the key, or of a list's item."""
    stack: list[list[Any]] = []  # [path, is mapping, key or None, next index, place of the key]
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        place = Place(*place_of(event))
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


def index_in(text: str, place: Place, value: str, offset: int) -> int | None:
    """Return the index into the file's `text` of what stands `offset` characters into the text at `place`.

    Both are walked by what is not white space: the file's lines are indented and folded.
    """
    if place.style == '"' and "\\" in value + text[place.start : (place.start or 0) + 2 * offset]:
        return None  # escapes: the two do not run side by side
    index = place.start or 0
    if place.style in ("|", ">"):
        index = text.find("\n", index)
    elif place.style:
        index += 1
    for character in value[:offset]:
        if not character.isspace():
            index = _skip_space(text, index) + 1
            if character == place.style == "'":
                index += 1  # a quotation mark inside 'quotes' stands twice
    spaces = offset and value[offset - 1].isspace() and not value[offset : offset + 1].isspace()
    return _skip_space(text, index) if spaces or not offset else index


def _skip_space(text: str, index: int) -> int:
    while index < len(text) and text[index].isspace():
        index += 1
    return index
