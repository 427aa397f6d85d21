"""What a builder is asked for, and what it gives back."""

from dataclasses import dataclass, field
from pathlib import Path

from builders.theme import Theme, shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One build of one language. `root` is the outline's folder: images are read from inside it only."""

    lang: str
    theme: Theme = field(default_factory=shipped)
    root: Path = Path()
    paper: str = "a4"  # or "letter": the guide's pages and the poster's sheets
    edition: str = "study"  # study, worksheet, teacher, large-print (guide)
    grey: bool = False
    booklet: bool = False  # guide: imposed 2-up for folding
    section: str | None = None  # that section alone
    ratio: str = "16:9"  # or "4:3" (deck)
    no_questions: bool = False  # deck: without questions and their answers
    template: bytes | None = None  # a school's .pptx (deck)
    poster_size: str = "a2"  # a0, a1, a2, a3, tabloid
    portrait: bool = False  # poster
    bleed: bool = False  # poster: bleed and crop marks for a print shop
    proof: bool = False  # poster: pure black and white


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished document: its file name, bytes, and length in pages, slides or sheets."""

    name: str
    data: bytes
    count: int
    unit: str  # "pages", "slides", "sheets"
    warnings: tuple[str, ...] = ()
