"""What README and CONTRIBUTING say is so: their commands work, the example builds, links lead somewhere."""

import json
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from builders import cli
from tests import a11y, basemap, gallery
from tests.bench import __main__ as bench
from tests.conftest import ROOT
from tests.soak import __main__ as soak

README, CONTRIBUTING = ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md"
TEXT = README.read_text(encoding="utf-8")
TOKENS = MarkdownIt("commonmark").enable("table").parse(TEXT)
BOTH = [*TOKENS, *MarkdownIt("commonmark").enable("table").parse(CONTRIBUTING.read_text(encoding="utf-8"))]
OWN_TASKS = {"test", "lint", "lock", "mutants"}  # tasks.py does these itself
# for developers
PROGRAMS = {"a11y": a11y, "basemap": basemap, "bench": bench, "gallery": gallery, "soak": soak}


def inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from inline(token.children or [])


def code(language: str) -> list[str]:
    return [token.content for token in BOTH if token.type == "fence" and token.info == language]


def targets() -> list[str]:
    found = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in inline(TOKENS)]
    return sorted({target for target in found if target and "://" not in target})


def anchors() -> set[str]:
    """Headings as GitHub turns them into anchors."""
    titles = [TOKENS[i + 1].content for i, token in enumerate(TOKENS) if token.type == "heading_open"]
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def commands() -> list[str]:
    lines = [line for block in code("") for line in block.splitlines()]
    words = [token.content for token in inline(BOTH) if token.type == "code_inline"]
    found = [re.match(r"(?:python3|py) tasks\.py ([^#]*)", line) for line in [*lines, *words]]
    return sorted({match[1].strip() for match in found if match})


@pytest.mark.parametrize("target", targets())
def test_a_link_or_picture_leads_somewhere(target: str) -> None:
    path, _, anchor = target.partition("#")
    if path:
        assert (ROOT / path).exists()
    else:
        assert anchor in anchors()


@pytest.mark.parametrize("command", commands())
def test_a_command_is_understood(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, *_ = arguments = shlex.split(command)
    if name in PROGRAMS:
        monkeypatch.setattr(PROGRAMS[name], "run", lambda _: 0)
        assert PROGRAMS[name].main(arguments[1:]) == 0
    elif name not in OWN_TASKS:
        monkeypatch.setattr(import_module(f"builders.commands.{name}"), "run", lambda _: 0)
        assert cli.main(arguments) == 0


def test_every_command_is_told() -> None:
    told = {command.split()[0] for command in commands()}
    assert told >= set(cli.COMMANDS) | OWN_TASKS | set(PROGRAMS)


def test_every_option_of_build_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["build", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert {option for option in options if option not in TEXT} == set()


def test_every_field_of_the_format_is_told() -> None:
    schema = json.loads((ROOT / "outline" / "outline.schema.json").read_text(encoding="utf-8"))
    parts = [schema, *schema.get("$defs", {}).values()]
    fields = {name for part in parts for name in part.get("properties", {})}
    assert fields
    assert {name for name in fields if not re.search(rf"\b{name}\b", TEXT)} == set()


@pytest.mark.parametrize("example", [text for text in code("yaml") if "languages:" in text])
def test_an_example_is_an_outline_without_faults(
    example: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    code = cli.main(["check", "--outline", str(file)])
    assert (code, capsys.readouterr().out) == (0, f"{file}: no faults\n")


def test_the_places_that_developers_are_told_of_are_there() -> None:
    told = {
        token.content
        for token in inline(BOTH)
        if token.type == "code_inline" and re.fullmatch(r"(?:builders|tests|outline)/[\w./-]*", token.content)
    }
    assert told
    made = {"builders/cards/"}  # by the walk through adding a builder
    assert {place for place in told - made if not (ROOT / place).exists()} == set()


def test_nothing_is_left_to_do() -> None:
    assert not re.search(r"\b(TODO|TBD|FIXME|XXX)\b", TEXT)
