"""Documents of the test outlines, each built once a session and shared by all tests that open it."""

from functools import cache
from pathlib import Path

from builders.build.builder import Artifact
from builders.build.registry import load_builder
from builders.outline import load
from builders.outline.model import Outline

OUTLINES = Path(__file__).parent / "outlines"


def made_by(name: str) -> str:
    """Return the builder that a file's name begins with: 'guide' of 'en/guide-teacher.pdf'."""
    return name.rpartition("/")[2].partition(".")[0].partition("-")[0]


@cache
def outline_named(name: str) -> Outline:
    """Return the test outline `name` ('athens')."""
    return load.load_outline(OUTLINES / f"{name}.yaml").outline


@cache
def artifacts_of(name: str, document: str, **options: object) -> tuple[Artifact, ...]:
    """Return what the builder `document` makes of the test outline `name`; in English by default."""
    builder = load_builder(document)
    asked = builder.options(**{"lang": "en", "root": OUTLINES, **options})  # type: ignore[arg-type]
    return builder.build(outline_named(name), asked)
