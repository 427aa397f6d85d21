"""Characters that no face of the PDFs can draw: a fault that names the character, never a box."""

import unicodedata
from collections.abc import Collection, Iterator

from builders import walk
from builders.faults import Fault
from builders.fonts import missing
from builders.outline import Outline


def missing_glyphs(outline: Outline, languages: Collection[str] | None = None) -> list[Fault]:
    """Return a fault for each text, in the languages asked for, with a character that no face has."""
    return list(_missing(outline, languages))


def _missing(outline: Outline, languages: Collection[str] | None) -> Iterator[Fault]:
    for path, language, text in walk.texts(outline):
        if (languages is None or language in languages) and (characters := missing(text)):
            character = characters[0]
            name = unicodedata.name(character, "no name")
            advice = "write it another way, or leave it out"
            yield Fault(f"no face has '{character}' (U+{ord(character):04X}, {name})", advice, path)
