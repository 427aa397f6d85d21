"""Characters that no face of the PDFs can draw: a fault that names the character, never a box."""

import unicodedata
from collections.abc import Collection, Iterator

from builders.core.diagnostics import Fault
from builders.outline import walk
from builders.outline.model import Outline
from builders.typesetting.fonts import missing

MOST_IN_A_TEXT = 5
ADVICE = "write it in other letters, leave it out, or show it in an `image`"


def find_missing_glyphs(outline: Outline, languages: Collection[str] | None = None) -> list[Fault]:
    """Return a fault for each character, in the languages asked for, that cannot be printed."""
    return list(_check_characters(outline, languages))


def _check_characters(outline: Outline, languages: Collection[str] | None) -> Iterator[Fault]:
    for path, language, text in walk.list_texts(outline):
        if languages is None or language in languages:
            for character in missing(text)[:MOST_IN_A_TEXT]:
                name = unicodedata.name(character, "a character without a name")
                what = f"'{character}' (U+{ord(character):04X}, {name})"
                message = f"{what} cannot be printed: no typeface of the documents has it"
                at = text.find(character)
                yield Fault(message, ADVICE, path, offset=None if at < 0 else at)
