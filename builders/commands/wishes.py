"""What was asked of `build` and `watch`, held against what there is before anything is read."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from builders.cli import Usage
from builders.faults import nearest
from builders.registry import BUILDERS

FOR = {  # the documents that an option is for
    "edition": ("guide",),
    "booklet": ("guide",),
    "ratio": ("deck",),
    "no_questions": ("deck",),
    "template": ("deck",),
    "size": ("poster",),
    "portrait": ("poster",),
    "bleed": ("poster",),
    "proof": ("poster",),
    "paper": ("guide", "poster"),
    "grey": ("guide", "poster"),
}


def hold(options: argparse.Namespace) -> None:
    """Raise Usage where a document is unknown, or an option is for none of those that were asked for."""
    for name in options.what:
        if name not in BUILDERS:
            raise Usage(_unknown(name))
    if options.section and "poster" in options.what:
        raise Usage("the poster shows the whole course; --section is for guide and deck")
    for option, documents in FOR.items():
        if getattr(options, option) and options.what and not {*options.what} & {*documents}:
            raise Usage(_idle(option, documents, options.what))


def _unknown(name: str) -> str:
    if Path(name).suffix in (".yaml", ".yml"):
        return f"an outline is named with --outline {name}"
    advice = nearest(name, list(BUILDERS), 1)
    return f"there is no '{name}'; {advice or 'build ' + ', '.join(BUILDERS)}"


def _idle(option: str, documents: Sequence[str], asked: Sequence[str]) -> str:
    return f"--{option.replace('_', '-')} is for {' and '.join(documents)}, not for {' and '.join(asked)}"
