"""What spans fields: each check yields faults and warnings about an outline whose fields are valid."""

from pathlib import Path as FilePath

from builders import walk
from builders.checks import brackets, calendar, lengths, pasted_markup, prose, references, shape, translations
from builders.faults import Fault
from builders.outline import Outline


def check(outline: Outline, root: FilePath) -> list[Fault]:
    """Return every fault and warning of an outline whose fields are valid; images lie below `root`."""
    texts = walk.texts(outline)
    return [
        *references.check(outline, texts),
        *shape.check(outline, root),
        *calendar.check(outline),
        *brackets.check(outline, texts),
        *prose.check(texts),
        *pasted_markup.check(texts),
        *translations.check(texts),
        *lengths.check(texts),
    ]
