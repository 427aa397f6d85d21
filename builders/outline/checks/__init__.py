"""The checks of what spans fields, a module a topic: faults and warnings about what the model accepts."""

from pathlib import Path as FilePath

from builders.core.diagnostics import Fault
from builders.outline import walk
from builders.outline.checks import (
    brackets,
    event_dates,
    kinds,
    pasted_markup,
    places_and_maps,
    printing,
    prose,
    references,
    translations,
)
from builders.outline.model import Outline


def check_outline(outline: Outline, root: FilePath) -> list[Fault]:
    """Return every fault and warning of an outline whose fields are valid, none of them placed yet.

    The files of its images are looked for below the folder `root`.
    """
    texts = walk.list_texts(outline)
    return [
        *references.check_references_and_ids(outline, texts),
        *kinds.check_shape(outline, root),
        *places_and_maps.check_maps(outline, root),
        *event_dates.check_dates(outline),
        *brackets.check_brackets(outline, texts),
        *prose.check_prose(texts),
        *pasted_markup.check_pasted_markup(texts),
        *translations.check_translations(texts),
        *printing.check_lengths(texts),
    ]
