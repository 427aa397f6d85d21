"""Texts that are too long for the place that they stand in: a label, a bullet, a cell of a table."""

from collections.abc import Iterable, Iterator
from functools import cache

from builders.core.diagnostics import Fault, Path
from builders.language import markup
from builders.outline.walk import PlacedText

_SPLIT = "split it, or move the rest into a `text` block"

# where (the path without indices) -> the most that reads well there, of what, and what to do
_CHARACTERS = {
    "lanes.name": (45, "shorten the lane's name: it stands beside a line of the poster"),
    "people.name": (60, "shorten the name; the rest belongs in `role`"),
    "terms.name": (60, "shorten the term; the rest belongs in `definition`"),
    "sections.title": (90, "shorten the title; `question` and `summary` can say more"),
    "sections.events.label": (80, "shorten the label, which would wrap to four lines; `text` can say more"),
    "sections.blocks.heading": (90, "shorten the heading"),
    "sections.blocks.points.title": (110, "shorten the title of the slide"),
    "sections.blocks.compare.title": (110, "shorten the title of the slide"),
    "sections.blocks.table.title": (110, "shorten the title of the slide"),
    "sections.blocks.chart.title": (110, "shorten the title of the slide; `note` can say more"),
    "sections.blocks.chart.unit": (20, "shorten the unit; `measure` can say more"),
    "sections.blocks.chart.columns": (50, "shorten the series' name"),
    "sections.blocks.compare.columns": (60, "shorten the column's head"),
    "sections.blocks.table.columns": (60, "shorten the column's head"),
    "sections.blocks.image.alt": (400, "say what matters in one or two sentences"),
}
_WORDS = {
    "sections.question": (40, "ask it in one sentence"),
    "sections.goals": (40, "say it in one sentence"),
    "sections.blocks.cue": (30, "ask it in one short sentence: the margin is narrow"),
    "sections.blocks.points.items": (39, _SPLIT),
    "sections.blocks.compare.rows.cells": (45, _SPLIT),
    "sections.blocks.table.rows.cells": (45, _SPLIT),
    "sections.blocks.debate.question": (40, "ask it in one sentence"),
    "sections.blocks.debate.positions.claim": (30, "state it in one sentence; `text` can say more"),
    "sections.questions.options.text": (45, "shorten the option; `why` can say more"),
}


def check_lengths(texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Yield a warning for each text that is too long for its place."""
    for path, _, text in texts:
        place = _join_fields(tuple([step for step in path[:-1] if isinstance(step, str)]))
        if place in _CHARACTERS:
            yield from _check_length(text, path, *_CHARACTERS[place], unit="characters")
        elif place in _WORDS:
            yield from _check_length(text, path, *_WORDS[place], unit="words")


@cache  # by fields' names alone: there are but a few
def _join_fields(fields: tuple[str, ...]) -> str:
    return ".".join(fields)


def _check_length(text: str, path: Path, most: int, advice: str, unit: str) -> Iterator[Fault]:
    if len(text) <= most:  # as many words there cannot be
        return
    try:
        plain = markup.strip_markup(text)
    except markup.CiteFault:
        return
    length = len(plain) if unit == "characters" else len(plain.split())
    if length > most:
        yield Fault(f"{length} {unit}, where {most} have room", advice, path, severity="warning")
