"""What spans fields: each check yields faults and warnings about an outline whose fields are valid."""

from pathlib import Path as FilePath

from builders import walk
from builders.checks import brackets, calendar, lengths, pasted_markup, prose, references, shape, translations
from builders.faults import Fault
from builders.outline import Outline


def check_outline(outline: Outline, root: FilePath) -> list[Fault]:
    """Return every fault and warning of an outline whose fields are valid; images lie below `root`."""
    texts = walk.list_texts(outline)
    return [
        *references.check_references_and_ids(outline, texts),
        *shape.check_shape(outline, root),
        *calendar.check_dates(outline),
        *brackets.check_brackets(outline, texts),
        *prose.check_prose(texts),
        *pasted_markup.check_pasted_markup(texts),
        *translations.check_translations(texts),
        *lengths.check_lengths(texts),
    ]
