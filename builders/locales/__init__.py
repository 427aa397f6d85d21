"""The fixed words of each language, and its patterns for dates and numbers: one file a language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from builders.faults import Fault, OutlineFaults
from builders.source import read

_FOLDER = Path(__file__).parent

Words = Mapping[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Numbers(_Part):
    """How numbers are written."""

    decimal: str
    group: str
    group_from: int  # digits before the point from which thousands are parted
    percent: str
    unit: str
    range: str


class Dates(_Part):
    """How dates are written; the patterns' names say what they hold."""

    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    day_alone: str
    month: str
    short_day: str
    short_day_alone: str
    short_month: str
    decade: str
    century: str
    before: str
    approximate: str
    uncertain: str
    since: str
    until: str
    old_style: str
    short_old_style: str


class Locale(_Part):
    """One language's words. `tag` is what documents say their language is (BCP 47)."""

    tag: str
    name: str
    numbers: Numbers
    dates: Dates
    common: Words
    guide: Words
    deck: Words
    poster: Words


def known() -> tuple[str, ...]:
    """Return the languages that there are words for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def has(language: str) -> bool:
    """Whether there are words for `language`, or for what it is a kind of."""
    return bool({language, language.partition("-")[0]} & {*known()})


@cache
def load(language: str) -> Locale:
    """Return the words of `language` ('es'; of 'es-MX' those of 'es'). Raises OutlineFaults."""
    for name in (language, language.partition("-")[0]):
        path = _FOLDER / f"{name}.yaml"
        if path.is_file():
            return Locale.model_validate(read(path).values)
    advice = f"there are {', '.join(known())}; add builders/locales/{language}.yaml"
    raise OutlineFaults(
        [Fault(f"there are no fixed words for the language '{language}'", advice, ("languages",))]
    )
