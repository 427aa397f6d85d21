"""Texts that cannot be printed: too long for their place, or with a character that no face has."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from builders.core.diagnostics import Fault, Path
from builders.language import markup
from builders.outline.model import Outline
from builders.outline.walk import PlacedText, list_plain_texts, list_texts

MOST_CHARACTERS_NAMED = 5  # of one text
_GLYPH_ADVICE = "write it in other letters, leave it out, or show it in an `image`"
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


def find_missing_glyphs(outline: Outline, languages: Collection[str] | None = None) -> list[Fault]:
    """Return a fault for each character that no face of the PDFs can draw, which would be printed as a box.

    Of texts under languages only those in `languages` are looked at; None means all of them. Names of works
    and originals, which stand under none, are looked at always.
    """
    return list(_check_glyphs(outline, languages))


def _check_glyphs(outline: Outline, languages: Collection[str] | None) -> Iterator[Fault]:
    from builders.typesetting.fonts import missing  # HarfBuzz, which reading an outline does without

    printed = [
        (path, text)
        for path, language, text in list_texts(outline)
        if languages is None or language in languages
    ]
    for path, text in (*printed, *list_plain_texts(outline)):
        for character in missing(text)[:MOST_CHARACTERS_NAMED]:
            name = unicodedata.name(character, "a character without a name")
            what = f"'{character}' (U+{ord(character):04X}, {name})"
            message = f"{what} cannot be printed: no typeface of the documents has it"
            at = text.find(character)
            yield Fault(message, _GLYPH_ADVICE, path, offset=None if at < 0 else at)
