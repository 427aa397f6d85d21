"""The builders by name. A new output is one new folder and one line here."""

from collections.abc import Callable
from importlib import import_module

from builders.options import Artifact, Options
from builders.outline import Outline

Build = Callable[[Outline, Options], tuple[Artifact, ...]]

BUILDERS = ("guide", "deck", "poster")


def builder(name: str) -> Build:
    """Return the builder's `build`, imported now: a command loads only what it needs."""
    build: Build = import_module(f"builders.{name}").build
    return build
