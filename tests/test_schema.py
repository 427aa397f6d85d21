"""The JSON Schema that editors complete from: current, and right about what is an outline."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from builders.outline.schema import write_schema

ROOT = Path(__file__).parent.parent
BODY: dict[str, Any] = json.loads(write_schema())
OUTLINES = [*sorted((ROOT / "outline").glob("*.yaml")), *sorted((ROOT / "tests" / "outlines").glob("*.yaml"))]


class Core(yaml.CSafeLoader):
    """YAML 1.2's core schema (10.3.2), as editors read a file: 1917 is a number, 1917-11-07 a text."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), [*"~nN", ""])
Core.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), None
)
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), None)
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    None,
)
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(str(node.value)))


def as_editors_read(text: str) -> Any:
    return yaml.load(text, Loader=Core)


def test_the_schema_file_is_current() -> None:
    assert (ROOT / "outline" / "outline.schema.json").read_text(encoding="utf-8") == write_schema()


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.name)
def test_outlines_are_valid_by_an_independent_validator(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(BODY)
    validator = jsonschema.Draft202012Validator(BODY)
    assert [error.message for error in validator.iter_errors(as_editors_read(path.read_text("utf-8")))] == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("period: -0507/-0430", "perriod: -0507/-0430"),
        ("kind: bar", "kind: pie"),
        ("importance: 3", "importance: 4"),
        ("correct: true", "correct: maybe"),
        ("cells: [180]", "cells: [[180]]"),
    ],
)
def test_an_editor_underlines_what_the_program_refuses(good: str, bad: str) -> None:
    text = (ROOT / "tests" / "outlines" / "athens.yaml").read_text("utf-8")
    assert good in text
    broken = as_editors_read(text.replace(good, bad, 1))
    assert list(jsonschema.Draft202012Validator(BODY).iter_errors(broken))


def test_the_shipped_outline_names_its_schema_in_its_first_line() -> None:
    for path in (ROOT / "outline").glob("*.yaml"):
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=outline.schema.json\n")


def fields() -> list[tuple[str, dict[str, Any]]]:
    """Return each field of the schema as (Model.field, its schema)."""
    body = BODY
    models = {"Outline": body, **body["$defs"]}
    return [(f"{name}.{key}", part) for name, m in models.items() for key, part in m["properties"].items()]


@pytest.mark.parametrize(("name", "part"), fields(), ids=[name for name, _ in fields()])
def test_every_field_says_what_it_is_and_shows_an_example_that_is_valid(
    name: str, part: dict[str, Any]
) -> None:
    assert part["description"].endswith((".", "].", "`."))
    validator = jsonschema.Draft202012Validator({"$defs": BODY["$defs"], **part})
    for example in part["examples"]:
        assert [error.message for error in validator.iter_errors(example)] == []


def test_defaults_are_those_that_the_program_takes() -> None:
    told = {name: part["default"] for name, part in fields() if part.get("default", []) != []}
    assert told == {
        "Outline.calendar": "gregorian",
        "Source.kind": "book",
        "Event.importance": 2,
        "ChartRow.emphasis": False,
        "Map.modern_borders": False,
        "MapLine.kind": "border",
        "MapLine.approximate": False,
        "MapPlace.kind": "city",
        "Territory.emphasis": False,
        "Territory.approximate": False,
        "Option.correct": False,
        "Question.level": 1,
    }
