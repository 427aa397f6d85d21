"""What the poster may be asked for."""

from dataclasses import dataclass

from builders.build.builder import (
    Options,
    grey_option,
    option,
    paper_option,
)
from builders.theme.papers import POSTER_PAPERS


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterOptions(Options):
    """One poster of one language, and its sheets."""

    paper: str = paper_option()
    grey: bool = grey_option()
    poster_size: str = option("a2", "--size", "of the poster (default: a2)", choices=POSTER_PAPERS)
    portrait: bool = option(False, "--portrait", "poster upright")
    bleed: bool = option(False, "--bleed", "poster with bleed and crop marks for a print shop")
    proof: bool = option(False, "--proof", "poster in pure black and white")
