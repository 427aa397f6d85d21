"""The builders by name. A new output is one new folder and one line here."""

from importlib import import_module

from builders.build.builder import Builder

BUILDERS = ("guide", "deck", "poster")


def load_builder(name: str) -> Builder:
    """Return the builder of that name. Its folder is imported now: a command loads only what it needs."""
    builder: Builder = import_module(f"builders.{name}").BUILDER
    return builder
