"""What the guide may be asked for."""

from dataclasses import dataclass

from builders.build.builder import (
    Options,
    grey_option,
    option,
    paper_option,
    section_option,
)
from builders.guide.editions import DEFAULT_EDITIONS, EDITIONS, USUAL_EDITION


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideOptions(Options):
    """One guide of one language."""

    edition: str = option(
        USUAL_EDITION,
        "--edition",
        f"of the guide; may be repeated (default: {' and '.join(DEFAULT_EDITIONS)})",
        choices=tuple(EDITIONS),
        many=True,
        in_preview=True,
    )
    paper: str = paper_option()
    section: str | None = section_option()
    grey: bool = grey_option()
    booklet: bool = option(False, "--booklet", "guide imposed for folding")
