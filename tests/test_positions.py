"""A fault deep in a text is told at its line and column in the file, however the text is written there."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builders.yaml_source import source

LETTERS = st.text(alphabet="aé\u00a0\"'\\ \n火[]#:-", min_size=1, max_size=40).filter(str.strip)
STYLES = ["|", ">", '"', "'"]


def written(value: str, style: str) -> str:
    """Return a small outline file with the text in a style of YAML."""
    if style == "json":  # with escapes for all that is not ASCII
        return f"a:\n  - x: 1\n  - text: {json.dumps(value)}\n"
    scalar = yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)
    item = yaml.MappingNode(
        "tag:yaml.org,2002:map", [(yaml.ScalarNode("tag:yaml.org,2002:str", "text"), scalar)]
    )
    root = yaml.SequenceNode("tag:yaml.org,2002:seq", [item])
    return "- y: 1\n" + str(yaml.serialize(root, allow_unicode=True, width=20))


@pytest.mark.parametrize("style", [*STYLES, "json"])
@given(value=LETTERS)
def test_a_character_is_found_where_it_stands_in_the_file(style: str, value: str) -> None:
    text = written(value, style)
    parsed = source.parse_source(text)
    path = ("a", 1, "text") if style == "json" else (1, "text")
    stripped = parsed._find_value(path).strip()
    lines = text.split("\n")
    style = "json" if style == "json" else text.partition("text: ")[2][0]  # what the text allowed
    for offset, character in enumerate(stripped):
        line, column = parsed.find_position(path, offset)
        found = lines[line - 1][column - 1 :]
        if character.isspace():
            continue
        expected = {
            "json": json.dumps(character)[1:-1],
            '"': yaml.dump(character, default_style='"', allow_unicode=True).strip()[1:-1],
            "'": character.replace("'", "''"),
        }.get(style, character)
        assert found.startswith(expected), (offset, character)


def test_a_text_for_all_languages_is_looked_into_too() -> None:
    parsed = source.parse_source("head: 1928 [@nix]\n")
    assert parsed.find_position(("head", "es"), 6) == (1, 13)
