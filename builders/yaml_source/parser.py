"""YAML text to plain values, built from parser events: str, list, dict, or None for an empty item.

Scalars stay the text that the editor typed: the field's type decides what they mean. A plain empty value
is an absent one. Values come from events with a stack of our own, since libyaml's node graph is recursive
and a hundred thousand brackets crash it; limits make every file a bounded amount of work.
"""

import re
from typing import Any, NamedTuple

import yaml

from builders.core.diagnostics import (
    MOST_FAULTS,
    Fault,
    OutlineFaults,
    sort_faults,
)
from builders.core.text_files import UNPRINTABLE
from builders.yaml_source import quotation_errors
from builders.yaml_source.syntax_errors import explain_syntax_error
from builders.yaml_source.value_positions import LOADER, locate_event

MOST_DEPTH = 64
MOST_NODES = 1_000_000
MOST_BRACKETS = 300_000  # each may start a link, which takes a look at what follows

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*[^#\s]")
_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")  # which makes no paragraph, as two would
_COMMENT = re.compile(r"[ \t]+#")
_HEAD = re.compile(r"-?[0-9]{1,15}")
_TAIL = re.compile(r"[0-9]{1,3}")


class CutText(str):
    """A plain text that ` #` may have cut off: a fault where prose is due, a comment elsewhere."""

    __slots__ = ()


class PartedText(str):
    """A text with a blank line in it that YAML takes for the end of a line: it makes no paragraph."""

    __slots__ = ()


class DecimalTail(str):
    """Digits close behind a comma in a list, `063` in `[4,063]`: YAML takes the number for two."""

    __slots__ = ("head",)
    head: str  # the digits before the comma


class ParsedValues(NamedTuple):
    """The plain values of a YAML text: str, list, dict, or None for an empty item."""

    root: Any
    parted: bool  # whether there may be a PartedText in it


def build_values(text: str) -> ParsedValues:
    """Return the plain values in YAML `text`.

    Raises OutlineFaults, placed: the first fault of syntax, or else all of structure (second keys, aliases,
    tags, a limit that is passed).
    """
    if text.count("[") > MOST_BRACKETS:
        raise OutlineFaults(
            [Fault(f"more than {MOST_BRACKETS} opening brackets", "split the course", (), 1, 1)]
        )
    try:
        builder = _ValueBuilder(text)
        builder.take_events()
    except yaml.MarkedYAMLError as error:
        raise OutlineFaults([explain_syntax_error(error, text)]) from None
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        advice = "write the character itself instead of an escape"
        raise OutlineFaults([Fault(f"a character cannot be read ({error})", advice, (), 1, 1)]) from None
    if builder.faults:
        raise OutlineFaults(sort_faults(builder.faults))
    if builder.root is None:
        raise OutlineFaults([Fault("the file is empty", "start one with the command `new FILE`", (), 1, 1)])
    return ParsedValues(builder.root, builder.parted)


class _OpenCollection:
    """A list or mapping whose end has not come yet: one of `items` and `fields` is None."""

    __slots__ = ("fields", "flow", "items", "key", "keys", "merged")

    def __init__(self, items: list[Any] | None, fields: dict[str, Any] | None, flow: bool) -> None:
        self.items, self.fields, self.flow = items, fields, flow
        self.key: str | None = None
        self.keys: dict[str, yaml.Event] = {}  # where each key stood first
        self.merged = False  # with another one, for want of a hyphen


class _ValueBuilder:
    """Takes events one by one and builds plain values; collects faults of structure."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.faults: list[Fault] = []
        self.nodes = 0
        self.parted = False
        self._remarks = "#" in text
        self._open: list[_OpenCollection] = []
        self._top: _OpenCollection | None = None  # the last of those open
        self._documents = 0

    def take_events(self) -> None:
        """Take the text's events, first to last. Raises OutlineFaults and yaml.YAMLError."""
        loader = LOADER(self.text)
        try:
            event = loader.get_event()
            while type(event) is not yaml.StreamEndEvent:
                self.take_event(event)
                event = loader.get_event()
        finally:
            loader.dispose()

    def take_event(self, event: Any) -> None:
        """Take the next event. Raises OutlineFaults where a limit is passed."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._take_scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._open_collection(event, _OpenCollection(None, {}, event.flow_style))
        elif kind is yaml.SequenceStartEvent:
            self._open_collection(event, _OpenCollection([], None, event.flow_style))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._open.pop()
            self._top = self._open[-1] if self._open else None
        elif kind is yaml.AliasEvent:
            self._add_fault(
                event, f"*{event.anchor} is a YAML alias", "write the text out, or put it in quotes"
            )
            self._place_value(None)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._raise_fault(event, "a second document starts here", "remove the line `---`")

    def _take_scalar(self, event: yaml.ScalarEvent) -> None:
        self._count_node(event)
        value: str | None = event.value
        style, top = event.style, self._top
        if not style:  # plain
            if not value:
                value = None
            elif self._remarks and self._comment_follows(event):
                value = CutText(value)
            elif top is not None and top.flow and top.items and self._is_tail(event, top.items[-1]):
                value = DecimalTail(value)
                value.head = top.items[-1]
        elif style == '"' and (hidden := UNPRINTABLE.search(event.value)):
            self._add_fault(
                event, f"an escape stands for control character U+{ord(hidden[0]):04X}", "delete it"
            )
        if style in quotation_errors.MARKS:
            self._check_quoted(event)
        if value and style != "|" and "\n" in value and type(value) is str and self._is_parted(event, value):
            value, self.parted = PartedText(value), True
        if top is None or top.fields is None:
            self._place_value(value)
        elif top.key is None:
            self._take_key(top, value, event)
        else:
            if value is not None:
                top.fields[top.key] = value
            elif top.flow:
                self._cut_at_comma(top, event)
            top.key = None

    def _check_quoted(self, event: yaml.ScalarEvent) -> None:
        start, end = event.start_mark, event.end_mark
        if start and end and end.line > start.line:
            fault = quotation_errors.explain_swallowing(self.text, start.index, end.index)
            if fault:
                raise OutlineFaults([fault])

    def _comment_follows(self, event: yaml.ScalarEvent) -> bool:
        return bool(event.end_mark and _COMMENT.match(self.text, event.end_mark.index))

    def _is_tail(self, event: yaml.ScalarEvent, before: Any) -> bool:
        """Whether an item of a list is digits with a comma before it, and no space, that follow a number."""
        start = event.start_mark
        return bool(
            start
            and self.text[start.index - 1] == ","
            and _TAIL.fullmatch(event.value)
            and type(before) is str
            and _HEAD.fullmatch(before)
        )

    def _is_parted(self, event: yaml.ScalarEvent, value: str) -> bool:
        if not _LONE_BREAK.search(value.strip()):
            return False
        start, end = event.start_mark, event.end_mark
        return bool(start and end and _BLANK_LINE.search(self.text, start.index, end.index))

    def _take_key(self, top: _OpenCollection, key: str | None, event: Any) -> None:
        if key is None:
            self._add_fault(event, "a key is missing before `:`", "write the field's name")
            key = ""
        elif key in top.keys:
            self._refuse_second_key(top, key, event)
        top.key = str(key)
        top.keys.setdefault(top.key, event)

    def _refuse_second_key(self, top: _OpenCollection, key: str, event: Any) -> None:
        """Report a field that is there already: in an item of a list once, as more of it may follow."""
        if top.merged:
            return
        first, _ = locate_event(top.keys[key])
        message, advice = f"'{key}' stands twice (first in line {first})", "keep one of the two"
        above = self._open[-2] if len(self._open) > 1 else None
        if above is not None and above.items is not None and key == next(iter(top.keys)):
            advice = f"a hyphen is missing before it, `- {key}:`; or {advice}"
            top.merged = True
        self._add_fault(event, message, advice)

    def _cut_at_comma(self, holder: _OpenCollection, event: yaml.ScalarEvent) -> None:
        advice = "put the text in quotes, or on a line of its own under `es: |`"
        self._add_fault(event, f"a comma cut a text off before '{holder.key}'", advice)

    def _open_collection(self, event: Any, opened: _OpenCollection) -> None:
        self._count_node(event)
        if len(self._open) >= MOST_DEPTH:
            self._raise_fault(
                event, f"nested more than {MOST_DEPTH} levels deep", "remove the surplus brackets or spaces"
            )
        top = self._top
        if top is not None and top.fields is not None and top.key is None:
            self._raise_fault(
                event, "a key is a list or a mapping", "put a text that starts with [ or { in quotes"
            )
        self._place_value(opened.fields if opened.items is None else opened.items)
        self._open.append(opened)
        self._top = opened

    def _place_value(self, value: Any) -> None:
        top = self._top
        if top is None:
            self.root = value
        elif top.items is not None:
            top.items.append(value)
        elif top.fields is not None:
            if value is not None and top.key is not None:
                top.fields[top.key] = value
            top.key = None

    def _count_node(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._raise_fault(event, f"more than {MOST_NODES} values", "split the course")
        if event.tag is not None and not event.tag.startswith("tag:yaml.org,2002:str"):
            self._add_fault(event, f"{event.tag} is a YAML tag", "put a text that starts with ! in quotes")
        if event.anchor is not None:
            self._add_fault(
                event, f"&{event.anchor} is a YAML anchor", "remove it, or put the text in quotes"
            )

    def _add_fault(self, event: Any, message: str, advice: str) -> None:
        self.faults.append(Fault(message, advice, (), *locate_event(event)))
        if len(self.faults) >= MOST_FAULTS:
            raise OutlineFaults(self.faults)

    def _raise_fault(self, event: Any, message: str, advice: str) -> None:
        self._add_fault(event, message, advice)
        raise OutlineFaults(self.faults)
