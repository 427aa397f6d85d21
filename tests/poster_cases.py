"""Outlines for the poster's tests: seeded events, crowded as history is, on subjects that never were."""

import random
from functools import cache
from pathlib import Path
from typing import Any

from builders.outline.model import Outline
from builders.outline.text_fields import Languages
from builders.yaml_source.source import read_source

_SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "la",
    "me",
    "ni",
    "po",
    "ru",
    "sa",
    "te",
    "vi",
    "tra",
    "ble",
    "cri",
)
_MONTH_DAYS = 28


@cache
def seeded(events: int, seed: int, first: int = 1700, years: int = 98) -> Outline:
    """Return an outline of `events` events over `years` years, a quarter of them within one year."""
    return Outline.model_validate(written(events, seed, first, years), context=Languages(("es", "en")))


def written(events: int, seed: int, first: int = 1700, years: int = 98) -> dict[str, object]:
    """Return the same as it is written in a file."""
    chance = random.Random(seed * 1000 + events)
    crowded = first + chance.randrange(years // 5, years * 4 // 5)
    periods = [(first + years * i // 5, first + years * (i + 1) // 5 - 1) for i in range(5)]
    listed: list[list[dict[str, object]]] = [[] for _ in periods]
    for i in range(events):
        year = crowded if chance.random() < 0.25 else first + chance.randrange(years)
        section = next(k for k, (_, last) in enumerate(periods) if year <= last)
        listed[section].append(_event(i, year, chance))
    return {
        "languages": ["es", "en"],
        "title": {"es": "Historia de Trablecri", "en": "History of Trablecri"},
        "lanes": [{"id": f"lane-{i}", "name": _text(chance, 2)} for i in range(5)],
        "sections": [
            {
                "id": f"section-{i}",
                "title": _text(chance, 3),
                "period": f"{_year(first_)}/{_year(last)}",
                "question": _text(chance, 5),
                "summary": _text(chance, 9),
                "events": own,
            }
            for i, ((first_, last), own) in enumerate(zip(periods, listed, strict=True))
        ],
    }


def _year(year: int) -> str:
    """Return an astronomical year as EDTF has it: 44 BC is -0043."""
    return f"{year:05d}" if year < 0 else f"{year:04d}"


def _event(i: int, year: int, chance: random.Random) -> dict[str, object]:
    month, day = chance.randrange(1, 13), chance.randrange(1, _MONTH_DAYS + 1)
    kind = chance.random()
    if kind < 0.7:
        date = f"{_year(year)}-{month:02d}-{day:02d}"
    elif kind < 0.8:
        date = f"{_year(year)}-{month:02d}"
    elif kind < 0.85:
        date = f"{_year(year)}~"
    elif kind < 0.95:
        date = f"{_year(year)}-{month:02d}-{day:02d}/{_year(year)}-12-31"
    else:
        date = f"{_year(year)}/{_year(year + 3)}"
    return {
        "id": f"event-{i}",
        "date": date,
        "lane": f"lane-{chance.randrange(5)}",
        "importance": str(chance.choice((1, 2, 2, 3))),
        "label": _text(chance, chance.randrange(2, 6)),
        "text": _text(chance, chance.randrange(8, 16)),
    }


def _text(chance: random.Random, words: int) -> dict[str, str]:
    """Return words in both languages, the English ones up to half as many again."""

    def say(count: int) -> str:
        return " ".join(
            "".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3, 4))))
            for _ in range(count)
        ).capitalize()

    return {"es": say(words), "en": say(words + chance.randrange(words // 2 + 1))}


@cache
def sample(name: str) -> Outline:
    """Return an outline of tests/outlines."""
    return _outline(Path(__file__).parent / "outlines" / name)


@cache
def shipped() -> Outline:
    """Return the outline that the project ships."""
    (path,) = (Path(__file__).parent.parent / "outline").glob("*.yaml")
    return _outline(path)


def _outline(path: Path) -> Outline:
    return outline_of(read_source(path).values)


def outline_of(values: dict[str, Any]) -> Outline:
    """Return the outline that a file's values make."""
    return Outline.model_validate(values, context=Languages(tuple(values["languages"])))
