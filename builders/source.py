"""YAML text to plain values, built from parser events; and positions in the text for faults.

Scalars stay the text that the editor typed: the field's type decides what they mean. A plain empty value
is an absent one. Values come from events with a stack of our own, since libyaml's node graph is recursive
and a hundred thousand brackets crash it; limits make every file a bounded amount of work.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

import yaml

from builders import marks
from builders.faults import Fault, OutlineFaults, Path
from builders.marks import LOADER, place_of
from builders.traps import explain

MOST_BYTES = 32 * 1024 * 1024
MOST_DEPTH = 64
MOST_NODES = 1_000_000
MOST_BRACKETS = 300_000  # each may start a link, which takes a look at what follows
MOST_FAULTS = 500  # that are told at once

# What YAML 1.2 (5.1) calls non-printable, and the noncharacters.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*[^#\s]")
_COMMENT = re.compile(r"[ \t]+#")


class Cut(str):
    """A plain text that ` #` may have cut off: a fault where prose is due, a comment elsewhere."""

    __slots__ = ()


class Parted(str):
    """A text with a blank line in it that YAML takes for the end of a line: it makes no paragraph."""

    __slots__ = ()


@dataclass(frozen=True)
class Source:
    """A YAML file's text and the plain values in it: str, list, dict, or None for an empty item."""

    file: str
    text: str = field(repr=False)
    values: Any = field(repr=False)
    starts: tuple[tuple[str, int], ...] = field(default=(), repr=False, compare=False)
    """Of each field of the root its name, of each group in a list below one '', and the index in the text."""
    nodes: int = field(default=0, repr=False, compare=False)
    parted: bool = field(default=False, repr=False, compare=False)  # whether a text in it may be

    @cached_property
    def _places(self) -> dict[Path, marks.Place]:
        return dict(marks.walk(self.text))

    def position(self, path: Path, offset: int | None = None) -> tuple[int, int]:
        """Return line and column (1-based) of what `path` leads to, or of its nearest parent that exists.

        With `offset` those of the character so far into the text there.
        """
        while path and path not in self._places:
            path = path[:-1]
        place = self._places.get(path)
        if place is None:
            return 1, 1
        value = self._value(path)
        if offset is not None and place.start is not None and isinstance(value, str):
            index = marks.index_in(self.text, place, value.strip(), offset)
            return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)
        return place.line, place.column

    def _value(self, path: Path) -> Any:
        value = self.values
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def placed(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults with line and column, in the order of the text, each once."""
        found = [f if f.line else _at(f, *self.position(f.path, f.offset)) for f in faults]
        return sorted(dict.fromkeys(found), key=lambda f: (f.line or 0, f.column or 0, f.severity, f.text))


def _at(fault: Fault, line: int, column: int) -> Fault:
    return replace(fault, line=line, column=column)


def read(path: FilePath) -> Source:
    """Return the values of the YAML file at `path`. Raises OutlineFaults."""
    return parse(text_of(path), str(path))


def text_of(path: FilePath) -> str:
    """Return the text of the file at `path`. Raises OutlineFaults where it cannot be read as text."""
    return decode(content_of(path))


def content_of(path: FilePath, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of the file at `path`, `most` at the most. Raises OutlineFaults."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OutlineFaults([Fault("is not a file but a device or a pipe", "save it as a file")])
        if path.stat().st_size > most:
            raise OutlineFaults(
                [Fault(f"the file is larger than {most >> 20} MB", "split it, or make it smaller")]
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise OutlineFaults([Fault("there is no such file", "check the name and the folder")]) from None
    except IsADirectoryError:
        raise OutlineFaults([Fault("is a folder", "name the file in it")]) from None
    except OSError as error:
        advice = "check the file's permissions"
        raise OutlineFaults([Fault(f"cannot be read ({error.strerror})", advice)]) from None


def decode(content: bytes) -> str:
    """Return the text of a file's bytes. Raises OutlineFaults where they are not UTF-8 or not text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise OutlineFaults([Fault("the file is saved as UTF-16", "save it as UTF-8", (), 1, 1)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = (
            "the file is not text" if b"\0" in content else f"byte {content[error.start]:#04x} is not UTF-8"
        )
        raise OutlineFaults([Fault(what, "save the outline as UTF-8 text", (), line, column)]) from None
    faults = [_unprintable(text, match) for match in islice(_UNPRINTABLE.finditer(text), 20)]
    if faults:
        raise OutlineFaults(faults)
    return text


def _unprintable(text: str, match: re.Match[str]) -> Fault:
    line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
    return Fault(f"control character U+{ord(match[0]):04X}", "delete it", (), line, column)


def parse(text: str, file: str = "outline") -> Source:
    """Return the values in YAML `text`. Raises OutlineFaults: one fault of syntax, else all of structure."""
    if text.count("[") > MOST_BRACKETS:
        raise OutlineFaults(
            [Fault(f"more than {MOST_BRACKETS} opening brackets", "split the course", (), 1, 1)]
        )
    try:
        builder = _Builder(text)
        builder.take_all()
    except yaml.MarkedYAMLError as error:
        raise OutlineFaults([explain(error, text)]) from None
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        advice = "write the character itself instead of an escape"
        raise OutlineFaults([Fault(f"a character cannot be read ({error})", advice, (), 1, 1)]) from None
    if builder.faults:
        raise OutlineFaults(Source(file, text, None).placed(builder.faults))
    if builder.root is None:
        raise OutlineFaults([Fault("the file is empty", "start one with the command `new FILE`", (), 1, 1)])
    return Source(file, text, builder.root, tuple(builder.starts), builder.nodes, builder.parted)


class _Open:
    """A list or mapping whose end has not come yet: one of `items` and `fields` is None."""

    __slots__ = ("fields", "flow", "items", "key", "keys", "merged")

    def __init__(self, items: list[Any] | None, fields: dict[str, Any] | None, flow: bool) -> None:
        self.items, self.fields, self.flow = items, fields, flow
        self.key: str | None = None
        self.keys: dict[str, yaml.Event] = {}  # where each key stood first
        self.merged = False  # with another one, for want of a hyphen


class _Builder:
    """Takes events one by one and builds plain values; collects faults of structure."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.faults: list[Fault] = []
        self.starts: list[tuple[str, int]] = []  # fields of the root, items in them: name, index in the text
        self.nodes = 0
        self.parted = False
        self._remarks = "#" in text
        self._open: list[_Open] = []
        self._top: _Open | None = None  # the last of those open
        self._documents = 0

    def take_all(self) -> None:
        """Take the text's events, first to last. Raises OutlineFaults and yaml.YAMLError."""
        loader = LOADER(self.text)
        try:
            event = loader.get_event()
            while type(event) is not yaml.StreamEndEvent:
                self.take(event)
                event = loader.get_event()
        finally:
            loader.dispose()

    def take(self, event: Any) -> None:
        """Take the next event. Raises OutlineFaults where a limit is passed."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._start(event, _Open(None, {}, event.flow_style))
        elif kind is yaml.SequenceStartEvent:
            self._start(event, _Open([], None, event.flow_style))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._open.pop()
            self._top = self._open[-1] if self._open else None
        elif kind is yaml.AliasEvent:
            self._fault(event, f"*{event.anchor} is a YAML alias", "write the text out, or put it in quotes")
            self._place(None)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "a second document starts here", "remove the line `---`")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._count(event)
        value: str | None = event.value
        style, top = event.style, self._top
        if not style:  # plain
            if not value:
                value = None
            elif self._remarks and self._comment_follows(event):
                value = Cut(value)
        elif style == '"' and (hidden := _UNPRINTABLE.search(event.value)):
            self._fault(event, f"an escape stands for control character U+{ord(hidden[0]):04X}", "delete it")
        if value and style != "|" and "\n" in value and type(value) is str and self._is_parted(event):
            value, self.parted = Parted(value), True
        if top is None or top.fields is None:
            self._place(value)
        elif top.key is None:
            self._key(top, value, event)
        else:
            if value is not None:
                top.fields[top.key] = value
            elif top.flow:
                self._cut_at_comma(top, event)
            top.key = None

    def _comment_follows(self, event: yaml.ScalarEvent) -> bool:
        return bool(event.end_mark and _COMMENT.match(self.text, event.end_mark.index))

    def _is_parted(self, event: yaml.ScalarEvent) -> bool:
        start, end = event.start_mark, event.end_mark
        return bool(start and end and _BLANK_LINE.search(self.text, start.index, end.index))

    def _key(self, top: _Open, key: str | None, event: Any) -> None:
        if key is None:
            self._fault(event, "a key is missing before `:`", "write the field's name")
            key = ""
        elif key in top.keys:
            self._twice(top, key, event)
        top.key = str(key)
        top.keys.setdefault(top.key, event)
        if len(self._open) == 1:
            self.starts.append((top.key, event.start_mark.index))

    def _twice(self, top: _Open, key: str, event: Any) -> None:
        """Tell of a field that is there already: in an item of a list once, as more of it may follow."""
        if top.merged:
            return
        first, _ = place_of(top.keys[key])
        message, advice = f"'{key}' stands twice (first in line {first})", "keep one of the two"
        above = self._open[-2] if len(self._open) > 1 else None
        if above is not None and above.items is not None and key == next(iter(top.keys)):
            advice = f"a hyphen is missing before it, `- {key}:`; or {advice}"
            top.merged = True
        self._fault(event, message, advice)

    def _cut_at_comma(self, holder: _Open, event: yaml.ScalarEvent) -> None:
        advice = "put the text in quotes, or on a line of its own under `es: |`"
        self._fault(event, f"a comma cut a text off before '{holder.key}'", advice)

    def _start(self, event: Any, opened: _Open) -> None:
        self._count(event)
        if len(self._open) >= MOST_DEPTH:
            self._stop(
                event, f"nested more than {MOST_DEPTH} levels deep", "remove the surplus brackets or spaces"
            )
        top = self._top
        if top is not None and top.fields is not None and top.key is None:
            self._stop(event, "a key is a list or a mapping", "put a text that starts with [ or { in quotes")
        if len(self._open) == 2 and top is not None and top.items is not None:
            self.starts.append(("", event.start_mark.index))
        self._place(opened.fields if opened.items is None else opened.items)
        self._open.append(opened)
        self._top = opened

    def _place(self, value: Any) -> None:
        top = self._top
        if top is None:
            self.root = value
        elif top.items is not None:
            top.items.append(value)
        elif top.fields is not None:
            if value is not None and top.key is not None:
                top.fields[top.key] = value
            top.key = None

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop(event, f"more than {MOST_NODES} values", "split the course")
        if event.tag is not None and not event.tag.startswith("tag:yaml.org,2002:str"):
            self._fault(event, f"{event.tag} is a YAML tag", "put a text that starts with ! in quotes")
        if event.anchor is not None:
            self._fault(event, f"&{event.anchor} is a YAML anchor", "remove it, or put the text in quotes")

    def _fault(self, event: Any, message: str, advice: str) -> None:
        self.faults.append(Fault(message, advice, (), *place_of(event)))
        if len(self.faults) >= MOST_FAULTS:
            raise OutlineFaults(self.faults)

    def _stop(self, event: Any, message: str, advice: str) -> None:
        self._fault(event, message, advice)
        raise OutlineFaults(self.faults)
