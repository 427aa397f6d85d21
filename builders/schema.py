"""The JSON Schema of an outline, for completion and hover in editors; and the names of fields at a place."""

import json
import typing
from typing import Any

from pydantic import BaseModel

from builders.faults import Path
from builders.outline import Outline

FILE_NAME = "outline.schema.json"


def schema() -> str:
    """Return the schema file's text: JSON Schema 2020-12, keys in the model's order."""
    body = Outline.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Temario outline"}
    return (
        json.dumps({**head, **{k: v for k, v in body.items() if k != "title"}}, ensure_ascii=False, indent=2)
        + "\n"
    )


def fields_at(path: Path) -> list[str]:
    """Return the names of the model's fields where `path` (keys and indices) leads."""
    model: type[BaseModel] | None = Outline
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        info = model.model_fields.get(step)
        model = _model_in(info.annotation) if info else None
    return list(model.model_fields) if model else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as `tuple[Model, ...] | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)
