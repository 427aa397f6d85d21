"""A place in an outline in words: 'section war, event plague' instead of a path of keys and indices."""

from typing import Any

from builders.core.diagnostics import Path

_SINGULAR = {
    "blocks": "block",
    "events": "event",
    "lanes": "lane",
    "people": "person",
    "places": "place",
    "questions": "question",
    "sections": "section",
    "sources": "source",
    "terms": "term",
}


def name_place(values: Any, path: Path, depth: int = 4) -> str:
    """Return in words what `path` leads through in an outline's plain `values`: 'section war, event plague'.

    At most `depth` steps of the path are followed; a path that leads through no list gives its first field,
    an empty one ''.
    """
    words = []
    for i, step in enumerate(path[:depth]):
        values = _get_below(values, step)
        group = path[i - 1] if i else None
        if isinstance(step, int) and group in _SINGULAR:
            words.append(f"{_SINGULAR[str(group)]} {name_item(values, step)}")
    return ", ".join(words) or (str(path[0]) if path else "")


def name_item(item: Any, index: int) -> str:
    """Return what an item of a list is called: its id, else its number and what it holds."""
    if isinstance(item, dict):
        if isinstance(item.get("id"), str):
            return str(item["id"])
        kind = next((key for key in item if key not in ("cue", "notes")), None)
        return f"{index + 1} ({kind})" if kind else str(index + 1)
    return str(index + 1)


def _get_below(values: Any, step: str | int) -> Any:
    try:
        return values[step]
    except (KeyError, IndexError, TypeError):
        return None
