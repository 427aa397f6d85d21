"""What the builders may be asked for, on the command line: added to a parser, held against WHAT, and read."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from builders.build.builder import Asked, Options, list_asked
from builders.build.registry import BUILDERS, load_builder
from builders.commands import locations
from builders.core.diagnostics import UsageError, suggest_nearest


def add_to(parser: argparse.ArgumentParser, *, in_preview: bool = False) -> None:
    """Add the options of all builders, each once; with `in_preview` those that the preview shows."""
    added = set()
    for name in BUILDERS:
        for field, default, asked in list_asked(load_builder(name).options):
            if field not in added and (asked.in_preview or not in_preview):
                added.add(field)
                able = [one for one in BUILDERS if field in _fields(one)]
                said = asked.help if len(able) == 1 else f"{asked.help}: {_listed(able)}"
                _add(parser, field, default, replace(asked, help=said), single=in_preview)


def _add(parser: argparse.ArgumentParser, field: str, default: Any, asked: Asked, *, single: bool) -> None:
    more: dict[str, Any] = {"dest": field, "help": asked.help}
    if default is False:
        parser.add_argument(asked.flag, action="store_true", **more)
        return
    if asked.choices:
        more |= {"choices": asked.choices, "type": str.lower}
    if asked.many and not single:
        more["action"] = "append"
    if asked.read:
        more["type"] = Path
    parser.add_argument(asked.flag, metavar=asked.metavar, **more)


def check(options: argparse.Namespace) -> None:
    """Raise UsageError where a document is unknown, or an option is for none of those that were asked for.

    Outlines that are named among the documents are taken for --outline.
    """
    files = [word for word in options.what if Path(word).suffix in (".yaml", ".yml")]
    options.what = [word for word in options.what if word not in files]
    if files and options.outline:
        raise UsageError("name the outlines once: build FILE …")
    options.outlines = [Path(file) for file in files]
    for name in options.what:
        if name not in BUILDERS:
            advice = suggest_nearest(name, list(BUILDERS), 1)
            if Path(f"{name}.yaml").is_file():
                advice = f"did you mean {name}.yaml?"
            raise UsageError(f"there is no '{name}'; {advice or 'build ' + ', '.join(BUILDERS)}")
    if options.section and (whole := [name for name in options.what if "section" not in _fields(name)]):
        able = [name for name in BUILDERS if "section" in _fields(name)]
        raise UsageError(f"the {whole[0]} shows the whole course; --section is for {_listed(able)}")
    for field, flag in _given(options):
        able = [name for name in BUILDERS if field in _fields(name)]
        if options.what and not {*options.what} & {*able}:
            raise UsageError(f"{flag} is for {_listed(able)}, not for {_listed(options.what)}")


def read(options: argparse.Namespace, **common: Any) -> dict[str, list[Options]]:
    """Return by builder the options of each document that was asked for, without its language.

    A builder that knows no sections makes nothing where one is asked for. Raises UsageError where a file that
    an option names cannot be read.
    """
    found: dict[str, list[Options]] = {}
    for name in options.what or BUILDERS:
        builder, own = load_builder(name), _fields(name)
        if options.section and "section" not in own:
            found[name] = []
            continue
        values = {field: given for field in own if (given := getattr(options, field)) not in (None, False)}
        for field, asked in own.items():
            if asked.read and field in values:
                with locations.raise_as_usage(values[field]):
                    values[field] = asked.read(values[field])
        many = next((field for field, asked in own.items() if asked.many), None)
        variants: Sequence[Mapping[str, Any]] = builder.variants
        if many and many in values:
            variants = [{many: value} for value in dict.fromkeys(values.pop(many))]
        plain = builder.options(lang="", **common, **values)
        found[name] = [replace(plain, **variant) for variant in variants]
    return found


def read_for_preview(options: argparse.Namespace, **common: Any) -> dict[str, Options]:
    """Return by builder the options of the document that the preview shows, without its language."""
    found = {}
    for name in BUILDERS:
        shown = [field for field, asked in _fields(name).items() if asked.in_preview]
        values = {field: given for field in shown if (given := getattr(options, field)) is not None}
        found[name] = load_builder(name).options(lang="", **common, **values)
    return found


def list_files(options: argparse.Namespace) -> list[Path]:
    """Return the files that options of builders name."""
    asked = {field: one for name in BUILDERS for field, one in _fields(name).items() if one.read}
    return [file for field in asked if (file := getattr(options, field))]


def _given(options: argparse.Namespace) -> list[tuple[str, str]]:
    """Return field and flag of each option of a builder that was given."""
    asked = {field: one.flag for name in BUILDERS for field, one in _fields(name).items()}
    return [(field, flag) for field, flag in asked.items() if getattr(options, field, None)]


def _fields(name: str) -> dict[str, Asked]:
    return {field: asked for field, _, asked in list_asked(load_builder(name).options)}


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
