"""What differs between two versions of an outline: plain values paired by id and likeness, change by change.

Plain values, not the model: an earlier version may have faults, and still be compared.
"""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from builders.core.diagnostics import Fault, Path

_WORD = re.compile(r"\w+")
LEAST_LIKENESS = 0.3  # of words that two items share, to be one item that changed


@dataclass(frozen=True, slots=True)
class Change:
    """One field, text or item that differs. `old` is None where it was added, `new` where it was removed.

    `path` leads to it in the new values, `old_path` in the old ones; a `moved` item is otherwise the same.
    A text in languages is one change, with both its mappings.
    """

    path: Path
    old_path: Path
    old: Any
    new: Any
    moved: bool = False

    def split_languages(self) -> tuple[list[str], list[str]]:
        """Return the languages whose text changed and those whose text did not, of a text under languages."""
        tags = [*self.new, *(tag for tag in self.old if tag not in self.new)]
        same = [tag for tag in tags if _join_lines(self.old.get(tag)) == _join_lines(self.new.get(tag))]
        return [tag for tag in tags if tag not in same], same


def compare_outlines(old: Any, new: Any) -> list[Change]:
    """Return what differs between two outlines' plain values, in the order of the new one."""
    languages = {tag for values in (old, new) for tag in _find_languages(values)}
    return list(_compare_values(old, new, (), (), languages))


def _find_languages(values: Any) -> list[str]:
    found = values.get("languages") if isinstance(values, dict) else None
    return [tag for tag in found if isinstance(tag, str)] if isinstance(found, list) else []


def is_text(value: Any, languages: Collection[str]) -> bool:
    """Whether a plain value is a text in languages."""
    return isinstance(value, dict) and bool(value) and all(tag in languages for tag in value)


def _compare_values(old: Any, new: Any, old_path: Path, path: Path, languages: set[str]) -> Iterator[Change]:
    if is_text(old, languages) and is_text(new, languages):
        if any(_join_lines(old.get(tag)) != _join_lines(new.get(tag)) for tag in {*old, *new}):
            yield Change(path, old_path, old, new)
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _compare_values(old.get(key), new.get(key), (*old_path, key), (*path, key), languages)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _compare_lists(old, new, old_path, path, languages)
    elif isinstance(old, list | dict) or isinstance(new, list | dict) or _join_lines(old) != _join_lines(new):
        yield Change(path, old_path, old, new)


def _join_lines(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else text


def _compare_lists(
    old: list[Any], new: list[Any], old_path: Path, path: Path, tags: set[str]
) -> Iterator[Change]:
    pairs = _pair_items(old, new)
    furthest = -1
    for i, j in pairs:
        if i is None and j is not None:
            yield Change((*path, j), (*old_path, j), None, new[j])
        elif i is not None and j is not None:
            if i < furthest and isinstance(new[j], dict | list):
                yield Change((*path, j), (*old_path, i), old[i], new[j], moved=True)
            furthest = max(furthest, i)
            yield from _compare_values(old[i], new[j], (*old_path, i), (*path, j), tags)
    for i, j in pairs:
        if i is not None and j is None:
            yield Change((*path, i), (*old_path, i), old[i], None)


def _pair_items(old: list[Any], new: list[Any]) -> list[tuple[int | None, int | None]]:
    """Return which item of `old` is which of `new` (in its order), and at the end those that are gone."""
    by_id = {name: i for i, item in enumerate(old) if (name := _get_id(item))}
    found: dict[int, int] = {}  # index in new -> index in old
    for j, item in enumerate(new):
        if (name := _get_id(item)) in by_id and name:
            found.setdefault(j, by_id.pop(name))
    named = set(found.values())
    rest_old = [i for i in range(len(old)) if i not in named]
    rest_new = [j for j in range(len(new)) if j not in found]
    found.update(_pair_items_without_ids(old, new, rest_old, rest_new))
    taken = set(found.values())
    gone = [(i, None) for i in range(len(old)) if i not in taken]
    return [*((found.get(j), j) for j in range(len(new))), *gone]


def _get_id(item: Any) -> str | None:
    return item["id"] if isinstance(item, dict) and isinstance(item.get("id"), str) else None


def _pair_items_without_ids(
    old: list[Any], new: list[Any], rest_old: Sequence[int], rest_new: Sequence[int]
) -> dict[int, int]:
    """Pair items without ids: the same ones in order, then those of one kind between them."""
    one = [json.dumps(old[i], sort_keys=True) for i in rest_old]
    two = [json.dumps(new[j], sort_keys=True) for j in rest_new]
    found = {}
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found.update({rest_new[c + n]: rest_old[a + n] for n in range(b - a)})
        elif tag == "replace":
            least = 0.0 if b - a == d - c == 1 else LEAST_LIKENESS
            free = list(rest_old[a:b])
            for j in rest_new[c:d]:
                likeness = {i: _measure_likeness(old[i], new[j]) for i in free if _are_akin(old[i], new[j])}
                best = max(likeness, key=lambda i: likeness[i], default=None)
                if best is not None and likeness[best] >= least:
                    found[j] = best
                    free.remove(best)
    return found


def _are_akin(one: Any, other: Any) -> bool:
    """Whether two items may be one that changed: a text and a picture, without a field in common, are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return not one.keys().isdisjoint(other)
    return type(one) is type(other)


def _measure_likeness(one: Any, other: Any) -> float:
    """Return 0 to 1: the share of words that two items have in common."""
    first, second = (set(_WORD.findall(json.dumps(item, ensure_ascii=False))) for item in (one, other))
    return len(first & second) / max(len(first | second), 1)


def find_stale_texts(old: Any, new: Any, languages: Sequence[str], since: str) -> list[Fault]:
    """Return a warning for each translation that may be stale: not changed, while another language's was."""
    faults = []
    for change in compare_outlines(old, new):
        if not (is_text(change.old, languages) and is_text(change.new, languages)) or change.moved:
            continue
        moved_on, same = change.split_languages()
        telling = [
            tag for tag in moved_on if _list_words(change.old.get(tag)) != _list_words(change.new.get(tag))
        ]
        if not telling:
            continue
        for tag in same:
            message = f"the text in {tag} is as it was in {since}, but {' and '.join(telling)} changed"
            advice = f"bring {tag} up to date"
            faults.append(Fault(message, advice, (*change.path, tag), severity="warning"))
    return faults


def _list_words(text: Any) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)] if isinstance(text, str) else []
