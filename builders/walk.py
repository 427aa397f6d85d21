"""Walks over the model: every text with its path, every thing that has an id."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from builders.faults import Path
from builders.outline import Outline


def texts(part: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Yield path, language and text of every text in languages below `part`, in the model's order."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, dict | tuple | BaseModel):
                yield from texts(value, (*path, name))
    elif isinstance(part, dict):
        for language, text in part.items():
            yield (*path, language), language, text
    elif isinstance(part, tuple):
        for i, item in enumerate(part):
            if isinstance(item, dict | tuple | BaseModel):
                yield from texts(item, (*path, i))


def identified(outline: Outline) -> Iterator[tuple[Path, Any]]:
    """Yield path and value of everything that has an id and can be linked to, sources left out."""
    for group in ("lanes", "people", "terms", "sections"):
        for i, item in enumerate(getattr(outline, group)):
            yield (group, i), item
    for i, section in enumerate(outline.sections):
        for group in ("blocks", "events", "questions"):
            for j, item in enumerate(getattr(section, group)):
                if item.id is not None:
                    yield ("sections", i, group, j), item
