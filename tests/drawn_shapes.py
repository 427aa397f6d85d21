"""Shapes of courses drawn at random: few and many of everything, texts from short to far too long.

A number gives a shape; `drawn_outlines` writes the outline that has it.
"""

import random
from dataclasses import dataclass

from builders.language.locales import list_languages

MOST_LANES, MOST_GOALS, MOST_OPTIONS, MOST_CRITERIA = 6, 12, 8, 12
MOST_COLUMNS, MOST_SERIES, MOST_POSITIONS = 12, 6, 4
# first and last year, astronomical; the last of them has days alone
ERAS = ((-2999, -199), (-60, 70), (470, 1500), (1, 1), (1755, 1912), (1900, 2024), (1953, 1953))
MOST_MATTER = 1_500  # lines that all sections together have, about: a build is a matter of seconds
# one thing that is beyond a limit, or that no outline may have
EXCESSES = (
    *("lane", "goal", "option", "criterion", "column", "series", "position", "characters", "glyph"),
    *("date", "cell", "id", "link", "picture", "language", "empty", "key"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a course is like: all that an outline is written from."""

    seed: int
    languages: tuple[str, ...]
    era: tuple[int, int]
    reach: int  # how long texts are: 1 as they should be, 40 far too long
    odd: float  # share of words that are odd
    sections: int
    blocks: int  # of a section, as of the next two
    events: int
    questions: int
    entries: int  # of people, terms and sources each
    lanes: int
    rows: int  # of a table or chart; items of a list
    optional: float  # share of the fields that may be left out and are not
    excess: str | None


def draw_shape(number: int) -> Shape:
    """Return the shape of a number, from 0: the same each time, and unlike its neighbours'."""
    chance = random.Random(number)

    def few_or_many(few: int, many: int) -> int:
        return chance.randint(0, few) if chance.random() < 0.7 else chance.randint(few, many)

    while True:
        shape = Shape(
            seed=number,
            languages=tuple(chance.sample(list_languages(), chance.choice((1, 1, 2, 3)))),
            era=chance.choice(ERAS),
            reach=chance.choice((1, 1, 1, 1, 2, 4, 12, 40)),
            odd=chance.choice((0.0, 0.02, 0.3)),
            sections=max(few_or_many(4, 25), 1),
            blocks=few_or_many(5, 20),
            events=few_or_many(6, 40),
            questions=few_or_many(3, 15),
            entries=few_or_many(5, 60),
            lanes=chance.randint(1, MOST_LANES),
            rows=max(few_or_many(6, 30), 1),
            optional=chance.choice((0.0, 0.5, 1.0)),
            excess=chance.choice(EXCESSES) if chance.random() < 0.2 else None,
        )
        if shape.sections * (shape.blocks * shape.rows + shape.events) * shape.reach < MOST_MATTER:
            return shape
