"""The languages of a text agree: the same paragraphs, links and citations, each in its own language."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from builders.core.diagnostics import (
    Fault,
    OutlineFaults,
    Path,
    write_count,
)
from builders.language import locales, markup
from builders.outline.walk import PlacedText

FEWEST_WORDS = 6  # of a text whose language is guessed
LEAST_LEAD = 3  # common words of another language that a text has more than of its own

_QUOTED = re.compile("«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]")
_WORD = re.compile(r"[^\W\d_]+")


def check_translations(texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Yield a warning for each text that differs from the same text in the first language."""
    here: Path = ()
    group: dict[str, str] = {}
    for path, language, text in texts:
        if path[:-1] != here:
            yield from _compare_languages(here, group)
            here, group = path[:-1], {}
        group[language] = text
    yield from _compare_languages(here, group)


def _compare_languages(path: Path, texts: Mapping[str, str]) -> Iterator[Fault]:
    if len(texts) < 2 or len({*texts.values()}) == 1:
        return
    (first, text), *others = texts.items()
    for language, other in others:
        if "\n" in text or "\n" in other or "[" in text or "[" in other:
            yield from _compare_parts((*path, language), first, text, language, other)
    for language, other in texts.items():
        if strange := _guess_other_language(other, language, tuple(texts)):
            message = f"the text in {language} reads like {strange}"
            yield Fault(message, "exchange the texts, or translate it", (*path, language), severity="warning")


def _compare_parts(path: Path, first: str, text: str, language: str, other: str) -> Iterator[Fault]:
    """Warn of what one of two texts has and the other lacks."""
    one, two = _count_parts(text), _count_parts(other)
    if one is None or two is None:
        return
    if one[0] != two[0]:
        message = f"the text has {write_count(two[0], 'paragraph')} in {language} and {one[0]} in {first}"
        yield Fault(message, "part them alike", path, severity="warning")
    for kind, mark, mine, theirs in (("link", "#", one[1], two[1]), ("citation", "@", one[2], two[2])):
        for name in sorted((mine - theirs) | (theirs - mine)):
            lacking, having = (language, first) if mine[name] > theirs[name] else (first, language)
            message = f"the {kind} {mark}{name} stands in {having} and not in {lacking}"
            yield Fault(message, "add it, or take it out of both", path, severity="warning")


@lru_cache(maxsize=65536)  # an editor's loop checks the same texts again at each save
def _count_parts(text: str) -> tuple[int, Counter[str], Counter[str]] | None:
    """Return how many paragraphs a text has, which ids it links to, and which sources it cites."""
    try:
        paragraphs = markup.parse_paragraphs(text)
    except markup.CiteFault:
        return None
    runs = [run for paragraph in paragraphs for run in paragraph]
    links = Counter({run.link[1:] for run in runs if run.link and run.link.startswith("#")})
    return len(paragraphs), links, Counter({cite.source for run in runs for cite in run.cites})


@lru_cache(maxsize=65536)
def _guess_other_language(text: str, language: str, languages: tuple[str, ...]) -> str | None:
    """Return the language, of those given, that a text is in by its common words, if it is not `language`."""
    words = [word.lower() for word in _WORD.findall(_own_words(text))]
    if len(words) < FEWEST_WORDS:
        return None
    counts = {tag: sum(word in _load_common_words(tag) for word in words) for tag in languages}
    best = max(languages, key=lambda tag: counts[tag])
    return (
        best
        if counts[best] >= counts[language] + LEAST_LEAD and counts[best] > 2 * counts[language]
        else None
    )


def _own_words(text: str) -> str:
    """Return a text without what is emphasised or in quotation marks.

    A title or a motto may well be in another language.
    """
    try:
        runs = [run for paragraph in markup.parse_paragraphs(text) for run in paragraph]
    except markup.CiteFault:
        return text
    return _QUOTED.sub(" ", "".join(" " if run.italic else run.text for run in runs))


@cache
def _load_common_words(language: str) -> frozenset[str]:
    try:
        return frozenset(locales.load_locale(language).common_words)
    except OutlineFaults:
        return frozenset()
