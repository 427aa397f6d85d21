"""Changes of an outline in words: for each the section, the thing in it, and what went and what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from builders.core import item_names
from builders.core.diagnostics import Path
from builders.diff.compare import Change, compare_outlines, is_text

AROUND = 4  # words that are shown on either side of a change in a text
SHORT = 6  # words: shorter texts are shown whole
_TOKENS = re.compile(r"\s+|\w+(?:[’'-]\w+)*|[^\w\s]")
_DATES = (("date",), ("old_style",), ("period",), ("born",), ("died",))  # that a text may tell, too
_SINGULARS = {
    "people": "person",
    "criteria": "criterion",
    "countries": "country",
    "territories": "territory",
}
_NESTED = ("blocks", "events", "questions")


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A stretch of a line: `same` words, or those that are `gone` and those that have `come`."""

    same: str = ""
    gone: str = ""
    come: str = ""


@dataclass(frozen=True, slots=True)
class DescribedChange:
    """A change in words: in which part of the outline, in what there, and the line that says it."""

    part: str
    item: str
    line: tuple[DiffSegment, ...]


def describe_changes(old: Any, new: Any) -> list[DescribedChange]:
    """Return in words what differs between the plain values of an earlier and a later outline."""
    changes = compare_outlines(old, new)
    texts = {_find_thing(change.path) for change in changes if isinstance(change.new, dict)}
    return [told for change in changes for told in _describe_change(change, old, new, texts)]


def _find_thing(path: Path) -> Path:
    """Return the path of the thing that a change is in: a person, a section, an event, …"""
    return path[: 4 if len(path) > 3 and path[0] == "sections" and path[2] in _NESTED else 2]


def _describe_change(change: Change, old: Any, new: Any, texts: set[Path]) -> Iterator[DescribedChange]:
    values, path = (old, change.old_path) if change.new is None else (new, change.path)
    steps = len(_find_thing(path))
    part = item_names.name_place(values, path, 2) if path[0] == "sections" else str(path[0])
    item = "" if len(path) < 2 or (path[0] == "sections" and steps == 2) else _name_item(values, path, steps)
    for line in _write_lines(change, _name_field(path[steps:]), [*(values.get("languages") or [])]):
        alone = path[steps:] in _DATES and _find_thing(change.path) not in texts
        yield DescribedChange(part, item, (*line, DiffSegment("; texts unchanged")) if alone else line)


def _name_item(values: Any, path: Path, steps: int) -> str:
    words = item_names.name_place(values, path, steps)
    return words.rpartition(", ")[2]


def _name_field(inner: Path) -> str:
    """Return the way from the thing to the field, in words: 'row 3, cell 2'."""
    words: list[str] = []
    for step in inner:
        if isinstance(step, int):
            words[-1:] = [f"{_write_singular(words[-1])} {step + 1}" if words else str(step + 1)]
        else:
            words.append("moved" if step == "at" else step)
    return ", ".join(words)


def _write_singular(plural: str) -> str:
    return _SINGULARS.get(plural, plural.removesuffix("s"))


def _write_lines(change: Change, name: str, languages: list[str]) -> Iterator[tuple[DiffSegment, ...]]:
    head = DiffSegment(f"{name} " if name else "")
    if change.moved:
        yield head, DiffSegment("moved to another place")
    elif is_text(change.old, languages) and is_text(change.new, languages):
        moved_on, same = change.split_languages()
        for tag in moved_on:
            note = f"; {' and '.join(same)} unchanged" if same and tag == moved_on[-1] else ""
            pieces = _compare_words(change.old.get(tag), change.new.get(tag))
            yield DiffSegment(f"{name} {tag}: ".lstrip()), *pieces, DiffSegment(note)
    elif change.old is None:
        yield head, DiffSegment("new: "), DiffSegment(come=_write_value(change.new, languages))
    elif change.new is None:
        yield head, DiffSegment("removed: "), DiffSegment(gone=_write_value(change.old, languages))
    else:
        yield (
            head,
            DiffSegment(gone=_write_value(change.old, languages), come=_write_value(change.new, languages)),
        )


def _write_value(value: Any, languages: list[str]) -> str:
    """Return a value in short: a text, or of a thing what names it."""
    if is_text(value, languages):
        return _write_value(next(iter(value.values())), languages)
    if isinstance(value, dict):
        for key in ("title", "label", "name", "prompt", "text", "heading", "question", "definition"):
            if key in value:
                return _write_value(value[key], languages)
        rest = (item for key, item in value.items() if key not in ("id", "cue", "notes"))
        return _write_value(next(rest, ""), languages)
    if isinstance(value, list):
        return ", ".join(_write_value(item, languages) for item in value[:5]) + (
            ", …" if len(value) > 5 else ""
        )
    words = str(value or "").split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def _compare_words(old: str | None, new: str | None) -> Iterator[DiffSegment]:
    """Yield the words that went and came in a text, each with a few around it."""
    one, two = (_TOKENS.findall(" ".join((text or "").split())) for text in (old, new))
    if max(len(one), len(two)) <= 2 * SHORT:
        yield DiffSegment(gone="".join(one), come="".join(two))
        return
    codes = _join_close_changes([*SequenceMatcher(None, one, two, autojunk=False).get_opcodes()], one)
    for n, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            yield DiffSegment(_crop_tokens(one[a:b], n > 0, n < len(codes) - 1))
        else:
            yield from _trim_spaces("".join(one[a:b]), "".join(two[c:d]))


def _trim_spaces(gone: str, come: str) -> Iterator[DiffSegment]:
    """Yield what went and came, with the spaces around the one of them that there is left outside."""
    either = come or gone
    if (gone and come) or not either.strip():
        yield DiffSegment(gone=gone, come=come)
        return
    yield DiffSegment(either[: len(either) - len(either.lstrip())])
    yield DiffSegment(gone=gone.strip(), come=come.strip())
    yield DiffSegment(either[len(either.rstrip()) :])


Opcode = tuple[str, int, int, int, int]


def _join_close_changes(codes: Sequence[Opcode], old: list[str]) -> list[Opcode]:
    """Join changes that only a space or a mark parts: they are one change to a reader."""
    joined: list[Opcode] = []
    for code in codes:
        small = code[0] == "equal" and not re.search(r"\w", "".join(old[code[1] : code[2]]))
        if joined and (small or code[0] != "equal") and joined[-1][0] != "equal":
            last = joined[-1]
            joined[-1] = ("replace", last[1], code[2], last[3], code[4])
        else:
            joined.append(code)
    return joined


def _crop_tokens(tokens: list[str], after: bool, before: bool) -> str:
    """Return the tokens between two changes: whole, or the few next to each."""
    keep = 2 * AROUND  # a token is a word or a space
    if len(tokens) <= keep * (after + before):
        return "".join(tokens)
    head = "".join(tokens[:keep]).rstrip() + " " if after else ""
    tail = " " + "".join(tokens[-keep:]).lstrip() if before else ""
    return f"{head}…{tail}"
