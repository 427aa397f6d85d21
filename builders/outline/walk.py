"""Walks over the model: every text with its path, every thing that has an id."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from builders.core.diagnostics import Path
from builders.outline.model import Outline

# Fields that hold one text for all languages, and that documents print.
_PRINTED_IN_ANY_LANGUAGE = frozenset(
    ("author", "container", "original", "place", "publisher", "source", "title", "url")
)

PlacedText = tuple[Path, str, str]  # where it stands, its language, and the text itself


def list_texts(part: BaseModel, path: Path = ()) -> list[PlacedText]:
    """Return path, language and text of each text below `part`, which is the outline or a group of it.

    They come in the model's order; only texts that stand under languages count. `path` is the path of `part`
    itself; a text's path ends with its language.
    """
    found: list[PlacedText] = []
    _collect_texts(part, path, found)
    return found


def _collect_texts(part: Any, path: Path, found: list[PlacedText]) -> None:
    """Add to `found` what `part` holds: a model, or a tuple. A text is the only mapping in a model."""
    for step, value in enumerate(part) if type(part) is tuple else part.__dict__.items():
        if type(value) is dict:
            here = (*path, step)
            found += [((*here, language), language, text) for language, text in value.items()]
        elif type(value) is tuple or isinstance(value, BaseModel):
            _collect_texts(value, (*path, step), found)


def list_plain_texts(part: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield path and text of each printed text below `part` that stands under no language."""
    for step, value in enumerate(part) if type(part) is tuple else part.__dict__.items():
        if type(value) is str and step in _PRINTED_IN_ANY_LANGUAGE:
            yield (*path, step), value
        elif type(value) is tuple or isinstance(value, BaseModel):
            yield from list_plain_texts(value, (*path, step))


def list_identified(outline: Outline) -> Iterator[tuple[Path, Any]]:
    """Yield path and value of everything that has an id and can be linked to by it: not of sources."""
    for group in ("lanes", "people", "terms", "places", "sections"):
        for i, item in enumerate(getattr(outline, group)):
            yield (group, i), item
    for i, section in enumerate(outline.sections):
        for group in ("blocks", "events", "questions"):
            for j, item in enumerate(getattr(section, group)):
                if item.id is not None:
                    yield ("sections", i, group, j), item
