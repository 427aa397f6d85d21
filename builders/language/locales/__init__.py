"""The fixed words of each language, and its patterns for dates and numbers: one file a language.

Each file is held against the English one: a phrase that is missing, surplus, or has other gaps (`{n}`) than
the English phrase is a fault with file, line and column. A phrase that changes with a number may have a form
for each plural category of its language (CLDR), which its gap `n` decides:

    sheets: {one: '{n} sheet', other: '{n} sheets'}
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path as FilePath
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, SkipValidation, ValidationError

from builders.core.diagnostics import (
    Fault,
    OutlineFaults,
    Path,
    suggest_nearest,
)
from builders.yaml_source.field_errors import explain_field_error
from builders.yaml_source.source import YamlSource, read_source

_FOLDER = FilePath(__file__).parent
REFERENCE = "en"  # the language whose file says which phrases there are, and their gaps
_PATTERNS = ("numbers", "dates")  # groups that are no words

# Phrases that are no words but one of these.
_ONE_OF = {("guide", "cite_place"): ("before", "after")}
# Gaps that a pattern may choose from, where languages differ in what they need.
_CHOICES = {("dates", "century"): {"number", "roman", "ending"}}


class PluralPhrase(str):
    """A phrase with a form for each plural category. As text it is the form `other`."""

    __slots__ = ("forms", "language")

    forms: Mapping[str, str]
    language: str

    def __new__(cls, forms: Mapping[str, str], language: str) -> "PluralPhrase":
        """Return the phrase of `forms` (plural category to text) in `language` (BCP 47)."""
        phrase = super().__new__(cls, forms["other"])
        phrase.forms, phrase.language = forms, language
        return phrase

    def format(self, *args: object, **gaps: object) -> str:
        """Return the form for the number in the gap `n`, with its gaps filled."""
        category = load_plural_rule(self.language)(gaps["n"])
        return self.forms.get(category, str(self)).format(*args, **gaps)


Words = Mapping[str, str]


class _LocalePart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberPatterns(_LocalePart):
    """How numbers are written."""

    decimal: str
    group: str
    group_from: int  # digits before the point from which thousands are parted
    percent: str
    unit: str
    range: str
    range_signed: str  # with an end below zero: a dash would be read as a sign


class DatePatterns(_LocalePart):
    """How dates are written; the patterns' names say what they hold.

    {day} in a pattern is the day as `day_number` writes it, or `first_day`; `endings` are those of ordinals,
    by category (CLDR): 1st, 2nd; {ending} in `century` is one of them.
    """

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day_number: str = "{day}"
    first_day: str | None = None
    day: str
    day_alone: str
    month: str
    short_day: str
    short_day_alone: str
    short_month: str
    decade: str
    century: str
    endings: Mapping[str, str] = {}
    before: str
    after: str  # a year of the common era that could be taken for something else
    approximate: str
    uncertain: str
    since: str
    since_day: str | None = None  # in front of a day, where that is written otherwise
    until: str
    until_day: str | None = None
    old_style: str
    short_old_style: str


class Locale(_LocalePart):
    """One language's words. `tag` is what documents say their language is (BCP 47)."""

    tag: str
    name: str
    common_words: tuple[str, ...]  # that tell this language from others
    numbers: NumberPatterns
    dates: DatePatterns
    common: Annotated[Words, SkipValidation]
    words: Annotated[Mapping[str, Words], SkipValidation]  # by the name of the builder that prints them

    def write_count(self, things: str, number: int) -> str:
        """Return a number of things in words, such as '3 sheets'; `things` is a phrase of `common`."""
        return self.common[things].format(n=number)

    def write_label(self, label: str, text: str) -> str:
        """Return a text behind its label, such as 'Source: …', with the colon as this language sets it."""
        return self.common["label"].format(label=label, text=text)


def list_languages() -> tuple[str, ...]:
    """Return the languages that there are words for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def has_words(language: str) -> bool:
    """Whether there are words for `language`, or for what it is a kind of."""
    return bool({language, language.partition("-")[0]} & {*list_languages()})


@cache
def load_locale(language: str) -> Locale:
    """Return the words of `language` ('es'; of 'es-MX' those of 'es'). Raises OutlineFaults."""
    for name in (language, language.partition("-")[0]):
        path = _FOLDER / f"{name}.yaml"
        if path.is_file():
            return read_locale(path)
    advice = f"there are {', '.join(list_languages())}; add builders/language/locales/{language}.yaml"
    raise OutlineFaults(
        [Fault(f"there are no fixed words for the language '{language}'", advice, ("languages",))]
    )


def read_locale(path: FilePath) -> Locale:
    """Return the words in a locale file. Raises OutlineFaults with every fault, placed in that file."""
    source = read_source(path)
    values = source.values if isinstance(source.values, dict) else {}
    faults = [] if path.stem == REFERENCE else [*_compare_with_reference(values)]
    faults += [
        fault
        for group in _word_groups(values)
        for key, phrase in values[group].items()
        for fault in _check_phrase((group, key), phrase, path.stem)
    ]
    try:
        locale = Locale.model_validate(_read_plurals(values, path.stem))
    except ValidationError as error:
        told = {fault.path for fault in faults}
        found = (explain_field_error(details, Locale, values) for details in error.errors())
        faults += [fault for fault in found if fault and fault.path not in told]
        raise OutlineFaults(_place_faults(faults, source)) from None
    if faults:
        raise OutlineFaults(_place_faults(faults, source))
    return locale


def _place_faults(faults: list[Fault], source: YamlSource) -> list[Fault]:
    return [replace(fault, file=source.file) for fault in source.place_faults(faults)]


def _read_plurals(values: dict[str, Any], language: str) -> dict[str, Any]:
    """Return plain values in which phrases with plural forms are PluralPhrases."""
    groups = {
        group: {
            key: PluralPhrase(phrase, language) if isinstance(phrase, dict) and "other" in phrase else phrase
            for key, phrase in values[group].items()
        }
        for group in _word_groups(values)
    }
    own = {key: value for key, value in values.items() if key not in groups}
    return {**own, "common": groups.pop("common", {}), "words": groups}


def _word_groups(values: dict[str, Any]) -> list[str]:
    """Return the names of the groups of phrases: what all builders share, and each builder's own."""
    return [name for name, group in values.items() if isinstance(group, dict) and name not in _PATTERNS]


@cache
def _read_reference() -> dict[str, Any]:
    values: dict[str, Any] = read_source(_FOLDER / f"{REFERENCE}.yaml").values
    return values


def _compare_with_reference(values: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each phrase that is missing, surplus or has other gaps than in English."""
    for group, due in _read_reference().items():
        found = values.get(group)
        if isinstance(due, dict) and found is None and group not in _PATTERNS:
            yield Fault(f"the phrases of `{group}` are missing", f"add `{group}:` as the English file has it")
        if not isinstance(due, dict) or not isinstance(found, dict):
            continue
        if group not in _PATTERNS:
            for key in due.keys() - found.keys():
                said = due[key] if isinstance(due[key], str) else due[key]["other"]
                advice = f"add it; in English it is '{said}'"
                yield Fault(f"the phrase `{key}` is missing", advice, (group, key))
            for key in found.keys() - due.keys():
                advice = suggest_nearest(str(key), list(due)) or "remove it"
                yield Fault(f"there is no phrase `{key}`", advice, (group, key))
        for key in due.keys() & found.keys():
            yield from _compare_gaps((group, key), due[key], found[key])


def _compare_gaps(path: Path, due: Any, found: Any) -> Iterator[Fault]:
    """Yield a fault if a pattern's gaps are not those of the English one."""
    wanted, there = _find_gaps(due), _find_gaps(found)
    if there is None or wanted is None:
        return
    allowed = _CHOICES.get((str(path[0]), str(path[1])), wanted)
    missing = set() if allowed is not wanted else wanted - there
    for gap in sorted(there - allowed):
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed))
        yield Fault(f"nothing fills the gap {{{gap}}}", f"use {known}" if known else "write it without", path)
    for gap in sorted(missing):
        yield Fault(f"the gap {{{gap}}} is missing", "write it where that belongs in the phrase", path)


def _check_phrase(path: Path, phrase: Any, language: str) -> Iterator[Fault]:
    """Yield what is wrong with one phrase by itself: its shape, its braces, its plural forms."""
    if isinstance(phrase, str):
        choice = _ONE_OF.get((str(path[0]), str(path[1])))
        if choice and phrase not in choice:
            yield Fault(f"'{phrase}' is not known here", f"use {' or '.join(choice)}", path)
        if _find_gaps(phrase) is None:
            yield Fault("a brace { has no partner }", "close it, or write {{ for a brace", path)
        return
    if not isinstance(phrase, dict) or not all(isinstance(form, str) for form in phrase.values()):
        yield Fault("a phrase is due here", "write a text, or its plural forms, one a category", path)
        return
    due = {*list_plural_categories(language), "other"}
    for category in sorted(phrase.keys() - due):
        advice = f"use {', '.join(sorted(due))}"
        yield Fault(f"'{category}' is no plural category of '{language}'", advice, (*path, category))
    if "other" not in phrase:
        yield Fault("the plural form `other` is missing", "add it", path)
    for category, form in phrase.items():
        if _find_gaps(form) is None:
            yield Fault("a brace { has no partner }", "close it, or write {{ for a brace", (*path, category))


def _find_gaps(phrase: Any) -> set[str] | None:
    """Return the names of a phrase's gaps, of all its plural forms; None if it cannot be read."""
    forms = phrase.values() if isinstance(phrase, dict) else [phrase]
    try:
        parsed = [part for form in forms if isinstance(form, str) for part in string.Formatter().parse(form)]
    except ValueError:
        return None
    return {name for _, name, _, _ in parsed if name is not None}


@cache
def load_plural_rule(language: str) -> Any:
    """Return the CLDR plural rule of a language: it takes a number and gives its category, such as 'one'."""
    return _load_cldr(language).plural_form


@cache
def load_ordinal_rule(language: str) -> Any:
    """Return the CLDR rule for ordinals (1st, 2nd): it takes a number and gives its category."""
    return _load_cldr(language).ordinal_form


def list_plural_categories(language: str) -> frozenset[str]:
    """Return the plural categories that a language has, without `other`."""
    return frozenset(load_plural_rule(language).tags)


def _load_cldr(language: str) -> Any:
    """Return Babel's locale of a language, English where Babel does not know it."""
    from babel.core import Locale as CldrLocale
    from babel.core import UnknownLocaleError

    try:
        return CldrLocale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return CldrLocale("en")
