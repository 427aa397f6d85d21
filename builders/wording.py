"""Changes of an outline in words: for each the section, the thing in it, and what went and what came."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from builders import naming
from builders.changes import Change, compare, is_text
from builders.faults import Path

AROUND = 4  # words that are shown on either side of a change in a text
SHORT = 6  # words: shorter texts are shown whole
_TOKENS = re.compile(r"\s+|\w+(?:[’'-]\w+)*|[^\w\s]")
_DATES = (("date",), ("old_style",), ("period",), ("born",), ("died",))  # that a text may tell, too
_NESTED = ("blocks", "events", "questions")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: `same` words, or those that are `gone` and those that have `come`."""

    same: str = ""
    gone: str = ""
    come: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A change in words: in which part of the outline, in what there, and the line that says it."""

    part: str
    item: str
    line: tuple[Piece, ...]


def tell(old: Any, new: Any) -> list[Told]:
    """Return in words what differs between two outlines' plain values."""
    changes = compare(old, new)
    texts = {_thing(change.path) for change in changes if isinstance(change.new, dict)}
    return [told for change in changes for told in _tell(change, old, new, texts)]


def _thing(path: Path) -> Path:
    """Return the path of the thing that a change is in: a person, a section, an event, …"""
    return path[: 4 if len(path) > 3 and path[0] == "sections" and path[2] in _NESTED else 2]


def _tell(change: Change, old: Any, new: Any, texts: set[Path]) -> Iterator[Told]:
    values, path = (old, change.old_path) if change.new is None else (new, change.path)
    steps = len(_thing(path))
    part = naming.place(values, path, 2) if path[0] == "sections" else str(path[0])
    item = "" if len(path) < 2 or (path[0] == "sections" and steps == 2) else _item(values, path, steps)
    for line in _lines(change, _field(path[steps:]), [*(values.get("languages") or [])]):
        alone = path[steps:] in _DATES and _thing(change.path) not in texts
        yield Told(part, item, (*line, Piece("; texts unchanged")) if alone else line)


def _item(values: Any, path: Path, steps: int) -> str:
    words = naming.place(values, path, steps)
    return words.rpartition(", ")[2]


def _field(inner: Path) -> str:
    """Return the way from the thing to the field, in words: 'row 3, cell 2'."""
    words: list[str] = []
    for step in inner:
        if isinstance(step, int):
            words[-1:] = [f"{_one_of(words[-1])} {step + 1}" if words else str(step + 1)]
        else:
            words.append(step)
    return ", ".join(words)


def _one_of(plural: str) -> str:
    return {"people": "person", "criteria": "criterion"}.get(plural, plural.removesuffix("s"))


def _lines(change: Change, name: str, languages: list[str]) -> Iterator[tuple[Piece, ...]]:
    head = Piece(f"{name} " if name else "")
    if change.moved:
        yield head, Piece("moved to another place")
    elif is_text(change.old, languages) and is_text(change.new, languages):
        moved_on, same = change.languages()
        for tag in moved_on:
            note = f"; {' and '.join(same)} unchanged" if same and tag == moved_on[-1] else ""
            pieces = _between(change.old.get(tag), change.new.get(tag))
            yield Piece(f"{name} {tag}: ".lstrip()), *pieces, Piece(note)
    elif change.old is None:
        yield head, Piece("new: "), Piece(come=_shown(change.new, languages))
    elif change.new is None:
        yield head, Piece("removed: "), Piece(gone=_shown(change.old, languages))
    else:
        yield head, Piece(gone=_shown(change.old, languages), come=_shown(change.new, languages))


def _shown(value: Any, languages: list[str]) -> str:
    """Return a value in short: a text, or of a thing what names it."""
    if is_text(value, languages):
        return _shown(next(iter(value.values())), languages)
    if isinstance(value, dict):
        for key in ("title", "label", "name", "prompt", "text", "heading", "question", "definition"):
            if key in value:
                return _shown(value[key], languages)
        rest = (item for key, item in value.items() if key not in ("id", "cue", "notes"))
        return _shown(next(rest, ""), languages)
    if isinstance(value, list):
        return ", ".join(_shown(item, languages) for item in value[:5]) + (", …" if len(value) > 5 else "")
    words = str(value or "").split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def _between(old: str | None, new: str | None) -> Iterator[Piece]:
    """Yield the words that went and came in a text, each with a few around it."""
    one, two = (_TOKENS.findall(" ".join((text or "").split())) for text in (old, new))
    if max(len(one), len(two)) <= 2 * SHORT:
        yield Piece(gone="".join(one), come="".join(two))
        return
    codes = _whole_words([*SequenceMatcher(None, one, two, autojunk=False).get_opcodes()], one)
    for n, (tag, a, b, c, d) in enumerate(codes):
        if tag == "equal":
            yield Piece(_cropped(one[a:b], n > 0, n < len(codes) - 1))
        else:
            yield from _trimmed("".join(one[a:b]), "".join(two[c:d]))


def _trimmed(gone: str, come: str) -> Iterator[Piece]:
    """Yield what went and came, with the spaces around the one of them that there is left outside."""
    either = come or gone
    if (gone and come) or not either.strip():
        yield Piece(gone=gone, come=come)
        return
    yield Piece(either[: len(either) - len(either.lstrip())])
    yield Piece(gone=gone.strip(), come=come.strip())
    yield Piece(either[len(either.rstrip()) :])


Code = tuple[str, int, int, int, int]


def _whole_words(codes: Sequence[Code], old: list[str]) -> list[Code]:
    """Join changes that only a space or a mark parts: they are one change to a reader."""
    joined: list[Code] = []
    for code in codes:
        small = code[0] == "equal" and not re.search(r"\w", "".join(old[code[1] : code[2]]))
        if joined and (small or code[0] != "equal") and joined[-1][0] != "equal":
            last = joined[-1]
            joined[-1] = ("replace", last[1], code[2], last[3], code[4])
        else:
            joined.append(code)
    return joined


def _cropped(tokens: list[str], after: bool, before: bool) -> str:
    """Return the tokens between two changes: whole, or the few next to each."""
    keep = 2 * AROUND  # a token is a word or a space
    if len(tokens) <= keep * (after + before):
        return "".join(tokens)
    head = "".join(tokens[:keep]).rstrip() + " " if after else ""
    tail = " " + "".join(tokens[-keep:]).lstrip() if before else ""
    return f"{head}…{tail}"
