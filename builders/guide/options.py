"""What the guide may be asked for."""

from dataclasses import dataclass

from builders.build.builder import (
    Options,
    grey_option,
    option,
    paper_option,
    section_option,
)

EDITIONS = ("study", "worksheet", "teacher", "large-print")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideOptions(Options):
    """One guide of one language."""

    edition: str = option(
        "study",
        "--edition",
        "of the guide; may be repeated (default: study and teacher)",
        choices=EDITIONS,
        many=True,
        in_preview=True,
    )
    paper: str = paper_option()
    section: str | None = section_option()
    grey: bool = grey_option()
    booklet: bool = option(False, "--booklet", "guide imposed for folding")
