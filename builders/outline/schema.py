"""The JSON Schema of an outline, for completion and hover in editors."""

import json
from pathlib import Path as FilePath
from typing import Any

import yaml

from builders.outline.model import Outline

FILE_NAME = "outline.schema.json"


def write_schema() -> str:
    """Return the schema file's text: JSON Schema 2020-12, keys in the model's order."""
    body = _simplify_part(Outline.model_json_schema())
    for name, model in {"Outline": body, **body["$defs"]}.items():
        for field, example in _read_examples()[name].items():
            model["properties"][field]["examples"] = [example]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Temario outline"}
    return json.dumps({**head, **body}, ensure_ascii=False, indent=2) + "\n"


def _read_examples() -> dict[str, dict[str, Any]]:
    """Return an example of every field, by model and field."""
    path = FilePath(__file__).parent / "examples.yaml"
    examples: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return examples


def _simplify_part(part: Any, named: bool = False) -> Any:
    """Return a part of the schema without what would mislead an editor.

    Titles that repeat the field's name go; so does a default of null, which editors would type out: a field
    that is left out has no value. `named` says that the part's keys are names of fields.
    """
    if isinstance(part, list):
        return [_simplify_part(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {}
    for key, value in part.items():
        if not named and (key == "title" or (key == "default" and value is None)):
            continue
        if not named and key in ("default", "examples", "enum"):
            kept[key] = value
        else:
            kept[key] = _simplify_part(value, named=not named and key in ("properties", "$defs"))
    return kept
