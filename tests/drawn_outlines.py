"""Outlines drawn at random from the schema: of all kinds of everything, up to each limit and beyond.

`draw_shape` says what a course is like; `write_outline` fills the shape with words, dates and numbers.
"""

import io
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import convertdate
from PIL import Image

from builders.outline.blocks import BLOCK_KINDS
from builders.outline.fields import CHART_KINDS, QUESTION_KINDS, SOURCE_KINDS
from builders.outline.text_fields import MOST_CHARACTERS
from tests.drawn_shapes import (
    MOST_COLUMNS,
    MOST_CRITERIA,
    MOST_GOALS,
    MOST_OPTIONS,
    MOST_POSITIONS,
    MOST_SERIES,
    Shape,
)

Values = dict[str, Any]

SYLLABLES = tuple("ba ce di fo gu la me ni po ru sa te vi tra ble cri ñan üz œu ß ey çon".split(" "))  # noqa: SIM905
# what people paste: long words, what holds together, other alphabets, marks, digits
ODD_WORDS = (
    *("Donaudampfschifffahrtsgesellschaftskapitän", "https://example.org/a-very/long?address=1", "1783–84"),
    *("10\u00a0000\u00a0km", "Ωκεανός", "Владимир", "—", "…", "(sic)", "¿qué?", "3,5 %", "co\u00adoperative"),
    *("and/or/nor/both", "“quoted”", "X" * 60, "e\u0301te\u0301", "½", "No. 7", "α/β", "l’été"),
)


def write_outline(shape: Shape) -> Values:
    """Return the plain values of the outline that has a shape."""
    return _Author(shape).write_course()


def write_pictures(folder: Path) -> None:
    """Put the pictures that drawn outlines name into a folder: wide, tall, and a drawing."""
    for name, size, form in (("wide.png", (600, 90), "PNG"), ("tall.jpg", (90, 700), "JPEG")):
        content = io.BytesIO()
        Image.linear_gradient("L").resize(size).convert("RGB").save(content, form)
        (folder / name).write_bytes(content.getvalue())
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="20" height="9"/></svg>'
    (folder / "drawing.svg").write_text(svg, encoding="utf-8")


class _Author:
    """Writes one course."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.chance = shape, random.Random(shape.seed)
        self.excess = shape.excess
        self.lanes = [f"lane-{i}" for i in range(shape.lanes + 7 * (self.excess == "lane"))]
        self.people, self.terms, self.sources = (
            [f"{kind}-{i}" for i in range(shape.entries)] for kind in ("person", "term", "source")
        )
        self.events = [f"event-{i}-{k}" for i in range(shape.sections) for k in range(shape.events)]
        self.places = [f"place-{i}" for i in range(min(shape.entries, 12))]
        self.targets = [*self.people, *self.terms, *self.places, *self.events]
        self.quotes: list[str] = []

    def write_course(self) -> Values:
        shape = self.shape
        first, last = shape.era
        steps = [first + (last - first) * i // shape.sections for i in range(shape.sections + 1)]
        periods = pairwise(steps)
        course = {
            "languages": [*shape.languages, *(["xx"] if self.excess == "language" else [])],
            "title": self.line(6),
            **self.some(subtitle=lambda: self.line(8), credit=lambda: self.line(12)),
            "original_language": "el",
            **({"calendar_reform": "1918-02-14"} if last > 1800 else {}),
            "lanes": [{"id": lane, "name": self.line(2)} for lane in self.lanes],
            "sources": [self.source(name) for name in self.sources],
            "people": [self.person(name) for name in self.people],
            "terms": [self.term(name) for name in self.terms],
            "places": [
                {"id": name, "name": self.line(2), "at": self.point(), **self.some(note=lambda: self.line(8))}
                for name in self.places
            ],
            "sections": [self.section(i, *period) for i, period in enumerate(periods)],
        }
        if self.excess == "key":
            course["sectoins"] = []
        return {key: value for key, value in course.items() if value != []}

    # words

    def words(self, most: int) -> str:
        count = max(1, round(self.chance.triangular(1, most, most / 2) * self.shape.reach))
        return " ".join(self.word() for _ in range(count))

    def word(self) -> str:
        if self.chance.random() < self.shape.odd:
            return self.chance.choice(ODD_WORDS)
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.choice((1, 2, 2, 3, 4))))

    def line(self, most: int) -> Values:
        """Return a line in each language; the one that is beyond a limit, where that is due."""
        line = {language: self.words(most) for language in self.shape.languages}
        if self.excess in ("characters", "glyph", "empty") and self.chance.random() < 0.1:
            beyond = {"characters": "xy " * (MOST_CHARACTERS // 3 + 1), "glyph": "漢字", "empty": " "}
            line[self.shape.languages[0]] = beyond[self.excess]
            self.excess = None
        return line

    def prose(self, most: int) -> Values:
        """Return paragraphs in each language, with emphasis, key words, links and citations."""
        links = [self.link() for _ in range(self.chance.choice((0, 0, 1, 3)))]
        count = self.chance.choice((1, 1, 2, 5))
        text = {}
        for language in self.shape.languages:
            paragraphs = [self.words(max(most // count, 1)) for _ in range(count)]
            paragraphs[0] = " ".join([paragraphs[0], *links])
            text[language] = "\n\n".join(f"{paragraph}." for paragraph in paragraphs)
        return text

    def link(self) -> str:
        choices = [f"**{self.word()}**", f"*{self.word()}*", "[page](https://example.org/page)"]
        if self.targets:
            choices.append(f"[{self.word()}](#{self.chance.choice(self.targets)})")
        if self.sources:
            choices.append(f"[@{self.chance.choice(self.sources)}, p. {self.chance.randint(1, 900)}]")
        if self.excess == "link":
            self.excess = None
            return "[lost](#nobody)"
        return self.chance.choice(choices)

    def some(self, **fields: Callable[[], Any]) -> Values:
        """Return those of the fields that are not left out."""
        return {name: write() for name, write in fields.items() if self.chance.random() < self.shape.optional}

    # dates

    def year(self, year: int) -> str:
        return f"{year:05d}" if year < 0 else f"{year:04d}"

    def day(self, first: int, last: int) -> str:
        year = self.chance.randint(first, last)
        return f"{self.year(year)}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def date(self, first: int, last: int) -> str:
        """Return a date of any form within some years."""
        if self.excess == "date" and self.chance.random() < 0.1:
            self.excess = None
            return self.chance.choice(["1917-02-30", "July 1917", "1914/1912", ""])
        year = self.chance.randint(first, last)
        written, day = self.year(year), self.day(first, last)
        forms = [day, day, day[:-3], written, f"{written}~", f"{written}?", f"{day[:-3]}~"]
        forms.append(f"{written}/{self.year(max(year, last))}")
        forms.append(f"{day[:-3]}-03/{day[:-3]}-{self.chance.randint(4, 28):02d}")
        if year > 100:
            forms += [f"{written[:3]}X", f"{written}/.."]
        return self.chance.choice(forms)

    # what a course has

    def source(self, name: str) -> Values:
        some = self.some(
            author=lambda: self.words(4), publisher=lambda: self.words(2), place=lambda: self.words(2),
            container=lambda: self.words(6), year=lambda: "1964–1965", note=lambda: self.line(12),
            url=lambda: "https://example.org/" + self.chance.choice(("", "long/" * 20)),
        )  # fmt: skip
        return {"id": name, "kind": self.chance.choice(SOURCE_KINDS), "title": self.words(8), **some}

    def person(self, name: str) -> Values:
        first, last = self.shape.era
        lived = {"born": self.year(first - 40), "died": self.year(last)} if first - last > -50 else {}
        some = self.some(filed=lambda: self.line(3), original=lambda: "Ἀλέξανδρος")
        return {"id": name, "name": self.line(3), "role": self.line(10), **lived, **some}

    def term(self, name: str) -> Values:
        some = self.some(original=lambda: "πόλις")
        return {"id": name, "name": self.line(2), "definition": self.line(20), **some}

    def section(self, number: int, first: int, last: int) -> Values:
        shape = self.shape
        goals = 13 if self.excess == "goal" else self.chance.choice((0, 3, MOST_GOALS))
        return {
            "id": f"section-{number}" if self.excess != "id" else "Sección 1",
            "title": self.line(5),
            "period": f"{self.year(first)}/{self.year(max(first, last))}",
            "question": self.line(10),
            "summary": self.prose(40),
            "goals": [self.line(8) for _ in range(goals)],
            **self.some(notes=lambda: self.prose(30)),
            "blocks": [self.block(number, i) for i in range(shape.blocks)],
            "events": [self.event(number, i, first, max(first, last)) for i in range(shape.events)],
            "questions": [self.question(number, i) for i in range(shape.questions)],
        }

    def event(self, section: int, number: int, first: int, last: int) -> Values:
        event = {
            "id": f"event-{section}-{number}",
            "date": self.date(first, last),
            "lane": self.chance.choice(self.lanes),
            "importance": self.chance.choice("123"),
            "label": self.line(6),
            **({"place": self.chance.choice(self.places)} if self.places else {}),
            **self.some(text=lambda: self.prose(25)),
        }
        if 1755 <= first <= last <= 1912 and self.chance.random() < 0.3:
            day = self.day(first, last)
            julian = convertdate.julian.from_gregorian(*map(int, day.split("-")))
            event |= {"date": day, "old_style": "{:04d}-{:02d}-{:02d}".format(*julian)}
        return event

    def block(self, section: int, number: int) -> Values:
        kind = self.chance.choice(BLOCK_KINDS)
        block = {
            "id": f"block-{section}-{number}",
            kind: getattr(self, kind)(),
            **self.some(cue=lambda: self.line(8)),
            **self.some(notes=lambda: self.prose(40)),
        }
        if kind == "quote":
            self.quotes.append(block["id"])
        return block

    def heading(self) -> Values:
        return self.line(5)

    def text(self) -> Values:
        return self.prose(120)

    def points(self) -> Values:
        return {
            "items": [self.line(9) for _ in range(self.shape.rows)],
            **self.some(title=lambda: self.line(5)),
        }

    def compare(self) -> Values:
        return self.table()

    def table(self) -> Values:
        columns = 13 if self.excess == "column" else self.chance.choice((1, 2, 3, 5, MOST_COLUMNS))
        rows = [
            {"head": self.line(3), "cells": [self.cell() for _ in range(columns)]}
            for _ in range(self.shape.rows)
        ]
        if self.excess == "cell":
            rows[0]["cells"] = [self.cell() for _ in range(columns + 1)]
        return {
            "title": self.line(6),
            "columns": [self.line(2) for _ in range(columns)],
            "rows": rows,
            **self.some(corner=lambda: self.line(2), note=lambda: self.line(12), **self.cited()),
        }

    def cell(self) -> Any:
        return self.chance.choice((self.number(), self.number(), "", self.line(4)))

    def cited(self) -> dict[str, Callable[[], str]]:
        return {"source": lambda: f"@{self.chance.choice(self.sources)}, p. 3"} if self.sources else {}

    def number(self) -> str:
        return self.chance.choice(("0", "0.000001", "3", "51.1", "-7.25", "700000", "999999999999999"))

    def chart(self) -> Values:
        kind = self.chance.choice(CHART_KINDS)
        series = 1 if kind == "share" else self.chance.choice((1, 2, MOST_SERIES))
        series += 7 * (self.excess == "series")
        years = sorted(self.chance.sample(range(1000, 2000), self.shape.rows))
        # a chart has one order of size
        most = self.chance.choice((1, 100, 10**6, 10**14))
        least = 0 if kind == "share" else self.chance.choice((0, 0, -most))

        def value() -> Any:
            one, other = sorted(f"{self.chance.uniform(least, most):.2f}" for _ in "12")
            low, high = sorted((one, other), key=float)
            return [low, high] if kind == "range" else one

        rows = [
            {
                "head": str(year) if kind == "line" else self.line(3),
                "cells": [self.chance.choice((value(), value(), value(), "")) for _ in range(series)],
            }
            for year in years
        ]
        rows[0]["cells"] = [value() for _ in range(series)]
        rows[-1]["emphasis"] = "true"
        return {
            "kind": kind,
            "title": self.line(8),
            "measure": self.line(4),
            "rows": rows,
            **({"columns": [self.line(2) for _ in range(series)]} if series > 1 else {}),
            **self.some(unit=lambda: self.line(1), note=lambda: self.line(12), **self.cited()),
        }

    def point(self) -> str:
        return f"{self.chance.uniform(30, 65):.2f}, {self.chance.uniform(-10, 60):.2f}"

    def map(self) -> Values:
        count = min(self.shape.rows, 6)
        codes = self.chance.sample(("ES", "FR", "PL", "UA", "TR", "EG", "NO", "IT"), count)
        kinds = self.chance.choices(("border", "front", "route"), k=count)
        shown = self.chance.sample(self.places, min(len(self.places), 6))
        more = {"events": "section"} if self.places and self.chance.random() < 0.5 else {}
        return {
            "title": self.line(8),
            "extent": [-15, 28, 65, 68],
            "territories": [{"label": self.line(2), "countries": [code]} for code in codes],
            "lines": [
                {"kind": kind, "label": self.line(2), "points": [self.point() for _ in range(3)]}
                for kind in kinds
            ],
            "places": [{"place": name} for name in shown],
            "modern_borders": self.chance.choice(("true", "false")),
            **more,
            **self.some(note=lambda: self.line(12), **self.cited()),
        }

    def quote(self) -> Values:
        some = self.some(
            by=lambda: self.line(3), original=lambda: "Γνῶθι σεαυτόν. " * self.shape.reach,
            date=lambda: self.date(*self.shape.era), **self.cited(),
        )  # fmt: skip
        return {"text": self.prose(60), "document": self.line(6), **some}

    def debate(self) -> Values:
        count = 5 if self.excess == "position" else self.chance.randint(2, MOST_POSITIONS)
        positions = [
            {"claim": self.line(8), "holders": self.line(4), "text": self.prose(50)} for _ in range(count)
        ]
        some = self.some(closing=lambda: self.line(10), **self.cited())
        return {"question": self.line(10), "positions": positions, **some}

    def image(self) -> Values:
        file = self.chance.choice(("wide.png", "tall.jpg", "drawing.svg"))
        return {
            "file": "absent.png" if self.excess == "picture" else file,
            "alt": self.line(12),
            "credit": self.line(5),
            **self.some(caption=lambda: self.line(9)),
        }

    def question(self, section: int, number: int) -> Values:
        kind = self.chance.choice(QUESTION_KINDS if self.quotes else QUESTION_KINDS[:3])
        rest: Values = {"answer": self.prose(40)}
        if kind == "choice":
            count = 9 if self.excess == "option" else self.chance.randint(2, MOST_OPTIONS)
            options = [
                {"text": self.line(8), **({"correct": "true"} if i % 3 == 0 else {})} for i in range(count)
            ]
            rest = {"options": options, **self.some(why=lambda: self.prose(20))}
        elif kind == "essay":
            count = 13 if self.excess == "criterion" else self.chance.randint(1, MOST_CRITERIA)
            rest = {"rubric": [{"criterion": self.line(8), "points": "4"} for _ in range(count)]}
        elif kind == "source":
            rest["quote"] = self.chance.choice(self.quotes)
        level = self.chance.choice("123")
        return {
            "id": f"question-{section}-{number}",
            "kind": kind,
            "level": level,
            "prompt": self.line(15),
            **rest,
        }
