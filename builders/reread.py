"""An outline read again at each save: what an edit left alone is neither parsed nor validated again.

The result equals that of `load`, faults and all. What is the same as before is the same object, so that
others can tell at a glance what has changed.
"""

import re
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from builders.content import text_of
from builders.faults import OutlineFaults
from builders.languages import Languages
from builders.load import Loaded, checked, from_source
from builders.outline import Lane, Outline, Person, Section, Term
from builders.outline import Source as Work
from builders.source import Source, parse
from builders.values import MOST_BRACKETS, MOST_NODES, same

GROUPS: dict[str, type[BaseModel]] = {
    "lanes": Lane,
    "sources": Work,
    "people": Person,
    "terms": Term,
    "sections": Section,
}
_BEFORE_ITEM = re.compile(r" *- +")
_DOCUMENT_MARK = re.compile(r"^(?:---|\.\.\.)", re.MULTILINE)


class Reader:
    """Loads outlines; of each it remembers the last that was valid."""

    def __init__(self) -> None:
        self._last: dict[FilePath, Loaded] = {}

    def load(self, path: FilePath, *, allow_missing: bool = False) -> Loaded:
        """Return the outline in the file at `path`, as load.load does. Raises OutlineFaults."""
        text, last = text_of(path), self._last.get(path)
        source = (last and _patched(last.source, text)) or parse(text, str(path))
        if allow_missing:  # then some texts are stand-ins for others: the plain values do not tell
            return from_source(source, path.parent, allow_missing=True)
        outline = _revalidated(last, source.values) if last else None
        if outline is None:
            loaded = from_source(source, path.parent)
            outline = _shared(loaded.outline, source.values, last) if last else loaded.outline
            loaded = replace(loaded, outline=outline)
        else:
            loaded = checked(outline, source, path.parent)
        self._last[path] = loaded
        return loaded


class _Stretch(NamedTuple):
    """Lines of a text that hold whole items of a list: those from `first` to before `last`."""

    name: str  # of the list
    first: int
    last: int
    start: int  # indices into the text
    end: int


def _patched(old: Source, text: str) -> Source | None:
    """Return what parsing `text` gives, if it differs from the old within some items of one list; or None."""
    if text == old.text:
        return old
    stretch = _changed(old, text)
    if stretch is None or text.count("[") > MOST_BRACKETS:
        return None
    shift = len(text) - len(old.text)
    lines = text[stretch.start : stretch.end + shift]
    if _DOCUMENT_MARK.search(lines) or not lines.endswith("\n"):
        return None
    head = f"{stretch.name}:\n"
    try:
        part = parse(head + lines)
    except OutlineFaults:
        return None
    items = part.values.get(stretch.name)
    if len(part.values) != 1 or not isinstance(items, list) or len(items) != stretch.last - stretch.first:
        return None
    if old.nodes + part.nodes > MOST_NODES:
        return None
    group = [*old.values[stretch.name]]
    group[stretch.first : stretch.last] = items
    starts = (
        *(start for start in old.starts if start[1] < stretch.start),
        *((name, index + stretch.start - len(head)) for name, index in part.starts[1:]),
        *((name, index + shift) for name, index in old.starts if index >= stretch.end),
    )
    values = {**old.values, stretch.name: group}
    return Source(old.file, text, values, starts, old.nodes + part.nodes, old.parted or part.parted)


def _changed(old: Source, text: str) -> _Stretch | None:
    """Return the items of the old text outside which the new one is the same; None if there are no such."""
    shift = len(text) - len(old.text)
    for name, starts in _items(old).items():
        if not text.startswith(old.text[: starts[0]]):
            return None  # the change stands before this list, and not within the one before
        if not text.endswith(old.text[starts[-1] :]):
            continue  # it stands behind

        def same(item: int, by: int, starts: list[int] = starts) -> bool:
            return text.startswith(old.text[starts[item] : starts[item + 1]], starts[item] + by)

        first, last = 0, len(starts) - 1
        while first < last - 1 and same(first, 0):
            first += 1
        while last > first + 1 and starts[last - 1] + shift >= starts[first] and same(last - 1, shift):
            last -= 1
        whole = starts[last] + shift >= starts[first]
        return _Stretch(name, first, last, starts[first], starts[last]) if whole else None
    return None


def _items(source: Source) -> dict[str, list[int]]:
    """Return for each list whose items start on lines of their own where they do, and where the last ends."""
    found: dict[str, list[int]] = {}
    name, clean = "", False
    for key, index in (*source.starts, ("end", len(source.text))):
        line = source.text.rfind("\n", 0, index) + 1
        if key:
            if name in found:
                found[name].append(line if index < len(source.text) else index)
                if not clean or len(found[name]) - 1 != len(source.values[name]):
                    del found[name]
            name, clean = key, True
        elif name in GROUPS:
            clean = clean and bool(_BEFORE_ITEM.fullmatch(source.text, line, index))
            found.setdefault(name, []).append(line)
    return found


def _revalidated(last: Loaded, values: Any) -> Outline | None:
    """Return the outline of plain values that differ from the last in some items of its lists; or None."""
    old = last.source.values
    if not isinstance(values, dict) or values.keys() != old.keys():
        return None
    changed: dict[str, tuple[BaseModel, ...]] = {}
    languages = Languages(last.outline.languages)
    for name, value in values.items():
        if value is old[name]:
            continue
        if name not in GROUPS or not isinstance(value, list) or len(value) != len(old[name]):
            if same(value, old[name]):
                continue
            return None
        before = getattr(last.outline, name)
        try:
            changed[name] = tuple(
                model
                if item is was or same(item, was)
                else GROUPS[name].model_validate(item, context=languages)
                for model, was, item in zip(before, old[name], value, strict=True)
            )
        except ValidationError:
            return None
    return last.outline.model_copy(update=changed)


def _shared(outline: Outline, values: Any, last: Loaded) -> Outline:
    """Return the outline with the last one's items in place of those that are the same."""
    if outline.languages != last.outline.languages:
        return outline
    kept: dict[str, tuple[BaseModel, ...]] = {}
    for name in GROUPS:
        before = getattr(last.outline, name)
        known = {model.id: n for n, model in enumerate(before)}
        were = last.source.values.get(name)
        kept[name] = tuple(
            before[n] if (n := known.get(model.id)) is not None and were[n] == item else model
            for model, item in zip(getattr(outline, name), values.get(name) or (), strict=True)
        )
    return outline.model_copy(update=kept)
