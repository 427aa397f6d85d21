"""What a model refuses, in plain words: pydantic's errors as faults."""

import re
import typing
import unicodedata
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from builders.core.diagnostics import Fault, Path, suggest_nearest
from builders.yaml_source.indentation_errors import NO_BREAK_SPACE

MISSING = "is missing"
SURPLUS = "is not a field here"


def explain_field_error(details: ErrorDetails, model: type[BaseModel], values: Any) -> Fault | None:
    """Return, as a fault, one of pydantic's errors of validating plain `values` against `model`.

    None where the error only repeats one of a value further in: a list is "too short" when its items failed.
    """
    kind, path = details["type"], tuple(details["loc"])
    context = details.get("ctx", {})
    if kind in ("field", "value_error"):
        message, _, advice = details["msg"].removeprefix("Value error, ").partition("; ")
        place = (*path, context["tag"]) if "tag" in context else path
        return Fault(message, advice, place, offset=context.get("offset"))
    if kind == "missing":
        return Fault(f"'{path[-1]}' {MISSING}", f"add `{path[-1]}:` here", path)
    if kind == "extra_forbidden":
        if str(path[-1]).startswith("\xa0"):
            return Fault(NO_BREAK_SPACE, "use spaces", path)
        advice = _advise_on_field(path, model, values)
        if odd := _describe_odd_letter(str(path[-1])):
            advice = f"{advice}; the name holds {odd}"
        return Fault(f"'{path[-1]}' {SURPLUS}", advice, path)
    if kind == "too_short":
        if isinstance(details["input"], list) and len(details["input"]) >= context["min_length"]:
            return None
        return Fault(f"at least {context['min_length']} are needed here", "add to the list", path)
    if kind == "too_long":
        return Fault(f"more than {context['max_length']} stand here", "shorten the list", path)
    return _explain_shape(kind, details, path, model)


def _describe_odd_letter(name: str) -> str:
    """Return in words the first character of a name that only looks like a letter, or like nothing."""
    for character in name:
        if not character.isascii():
            return f"U+{ord(character):04X}, {unicodedata.name(character, 'a character without a name')}"
    return ""


def _explain_shape(kind: str, details: ErrorDetails, path: Path, model: type[BaseModel]) -> Fault:
    found = details["input"]
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        if isinstance(found, list) and (name := _find_list_name(found, path, model)):
            return Fault(f"the list stands under no `{name}:`", f"write the list under `{name}:`", path)
        advice = (
            "remove the `- ` in front"
            if isinstance(found, list)
            else "write `name: value` on the lines below"
        )
        return Fault("a group of fields is due here, each with its name", advice, path)
    if kind in ("tuple_type", "list_type"):
        if path == ("languages",) and isinstance(found, str):
            return Fault("a list is due here", f"write `[{found}]`", path)
        if path[-1] == "cells" and isinstance(found, str):
            return Fault("a list is due here", f"write `[{', '.join(re.split('[,;] *', found))}]`", path)
        if isinstance(found, dict) and (close := [key for key in found if re.match(r"-\w", key)]):
            advice = f"write `- {close[0][1:]}:`"
            return Fault("a hyphen has no space behind it", advice, (*path, close[0]))
        return Fault("a list is due here", "start each item on its own line with `- `", path)
    if kind in ("float_parsing", "int_parsing", "bool_parsing", "float_type", "int_type", "bool_type"):
        due = {"f": "a number", "i": "a whole number", "b": "true or false"}[kind[0]]
        unit = re.fullmatch(r"([0-9.]+) ?(pt|mm)", found) if isinstance(found, str) else None
        advice = f"write {unit[1]}, without {unit[2]}" if unit else "correct it"
        return Fault(f"{due} is due here", advice, path)
    if kind == "literal_error":
        return Fault(f"'{found}' is not known here", f"use {details['ctx']['expected']}", path)
    return Fault(details["msg"].lower(), "", path)


def _advise_on_field(path: Path, model: type[BaseModel], values: Any) -> str:
    """Return advice on a field that is not known where it stands: another place, or another name."""
    *way, name = path
    holder = values
    for step in way:
        holder = holder[step]
    known = _list_fields(tuple(way), model)
    for beside in known if isinstance(holder, dict) else ():
        if isinstance(holder.get(beside), dict) and name in _list_fields((*way, beside), model):
            return f"write it under `{beside}`, not beside it"
    above = max((i for i, step in enumerate(way) if isinstance(step, str)), default=None)
    if above is not None and name in _list_fields(path[:above], model):
        return f"write it beside `{way[above]}`, not under it"
    if advice := suggest_nearest(str(name), known):
        return advice
    inner = [f"`{field}`" for field in known if name in _list_fields((*way, field), model)]
    return f"write it under {' or '.join(inner)}" if inner else "known here: " + ", ".join(known)


def _find_list_name(found: list[Any], path: Path, root: type[BaseModel]) -> str | None:
    """Return the field that the items of a list are due under, where the group is held to have one such."""
    model = _find_model(path, root)
    fields = model.model_fields if model else {}
    lists = [
        name
        for name, info in fields.items()
        if info.is_required() and typing.get_origin(info.annotation) is tuple
    ]
    named = any(isinstance(item, dict) and not fields.keys().isdisjoint(item) for item in found)
    return lists[0] if len(lists) == 1 and not named else None


def _list_fields(path: Path, root: type[BaseModel]) -> list[str]:
    """Return the names of the fields of `root` where `path` (keys and indices) leads."""
    model = _find_model(path, root)
    return list(model.model_fields) if model else []


def _find_model(path: Path, root: type[BaseModel]) -> type[BaseModel] | None:
    """Return the model that `path` leads to from `root`."""
    model: type[BaseModel] | None = root
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        info = model.model_fields.get(step)
        model = _unwrap_model(info.annotation) if info else None
    return model


def _unwrap_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as `tuple[Model, ...] | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _unwrap_model(part))), None)
