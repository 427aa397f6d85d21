"""What the deck may be asked for."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from builders.build.builder import Options, option, section_option
from builders.core.diagnostics import Fault, OutlineFaults
from builders.core.text_files import read_content

MOST_TEMPLATE = 100 * 1024 * 1024  # bytes


def read_template(file: Path) -> bytes:
    """Return the bytes of a school's template. Raises OutlineFaults where it is no .pptx."""
    content = read_content(file, MOST_TEMPLATE)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise OutlineFaults([Fault("is not a .pptx", "save the template as a PowerPoint presentation")])
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckOptions(Options):
    """One deck of one language."""

    section: str | None = section_option()
    ratio: str = option(
        "16:9", "--ratio", "of the slides (default: 16:9)", choices=("16:9", "4:3"), in_preview=True
    )
    no_questions: bool = option(False, "--no-questions", "deck without questions and answers")
    template: bytes | None = option(
        None, "--template", "a school's own .pptx", metavar="FILE", read=read_template
    )
