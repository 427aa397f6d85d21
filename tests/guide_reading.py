"""Finished guides of the tests' outlines, each built once a session, and the parts that readers look for.

What is due is taken from the outlines' YAML as it is typed, and from words that stand here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders import guide
from builders.guide.options import GuideOptions
from builders.outline import load
from tests.pdf_elements import Element, Place, read_tree
from tests.pdf_geometry import PageGeometry, read_pages

OUTLINES = Path(__file__).parent / "outlines"
LETTERS = "ABCDEFGH"
ABOVE = 16.0  # points: so far above its target does a link lead

# the guide's fixed words, by language
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "contents": "Contents",
        "check": "Check what you know",
        "chronology": "Chronology",
        "people": "People",
        "glossary": "Glossary",
        "answers": "Answers",
        "sources": "Sources",
        "index": "Index of people and terms",
        "page": "page",
        "answer": "Answer",
        "document": "Document",
        "level": "Level",
        "right": "correct",
        "points": "pts",
        "cited": "Cited on p.",
        "source": "Source:",
        "missing": "no data",
    },
    "es": {
        "contents": "Contenido",
        "check": "Comprueba lo que sabes",
        "chronology": "Cronología",
        "people": "Personas",
        "glossary": "Glosario",
        "answers": "Respuestas",
        "sources": "Fuentes",
        "index": "Índice de personas y términos",
        "page": "página",
        "answer": "Respuesta",
        "document": "Documento",
        "level": "Nivel",
        "right": "correcta",
        "points": "p.",
        "cited": "Citado en p.",
        "source": "Fuente:",
        "missing": "sin datos",
    },
}


@cache
def read_outline(name: str) -> dict[str, Any]:
    """Return an outline of the tests as it is typed: every scalar is a string."""
    text = (OUTLINES / f"{name}.yaml").read_text(encoding="utf-8")
    outline: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return outline


@cache
def _loaded(name: str) -> Any:
    return load.load_outline(OUTLINES / f"{name}.yaml").outline


class Guide:
    """A finished guide: of an outline of the tests, in a language and an edition."""

    def __init__(self, name: str, lang: str, edition: str, **values: Any) -> None:
        self.name, self.lang, self.edition = name, lang, edition
        asked = GuideOptions(lang=lang, root=OUTLINES, edition=edition, **values)
        (artifact,) = guide.build(_loaded(name), asked)
        self.document = artifact.data
        self.outline = read_outline(name)
        only = values.get("section")
        self.sections = [s for s in self.outline["sections"] if only in (None, s["id"])]

    def __repr__(self) -> str:
        return f"{self.name}, {self.lang}, {self.edition}"

    @property
    def pages(self) -> tuple[PageGeometry, ...]:
        return read_pages(self.document)

    @property
    def tree(self) -> Element:
        return read_tree(self.document)

    def say(self, text: dict[str, str] | str) -> str:
        """Return a text of the outline in the guide's language, without markup."""
        return plain(text if isinstance(text, str) else text[self.lang])

    def word(self, key: str) -> str:
        """Return a fixed word of guides in the guide's language."""
        return WORDS[self.lang][key]

    def folio(self, place: Place) -> str:
        """Return the number printed on the page where a place is."""
        return self.pages[place.page].folio

    def chapter(self, key: str) -> Element:
        """Return a chapter by its fixed word: 'answers', 'sources', …"""
        return self._part(self.word(key))

    def section(self, index: int) -> Element:
        """Return a section of the course, by its place in the outline from 0."""
        number = self.outline["sections"].index(self.sections[index]) + 1
        return self._part(f"{number} {self.say(self.sections[index]['title'])}")

    def has_chapter(self, key: str) -> bool:
        """Return whether the guide has a chapter."""
        return any(part.kids and part.kids[0].words == self.word(key) for part in self.tree.kids)

    def _part(self, title: str) -> Element:
        found = [p for p in self.tree.kids if p.kids and p.kids[0].tag == "H1" and p.kids[0].words == title]
        assert len(found) == 1, f"{title!r} heads {len(found)} parts"
        return found[0]

    def asked(self, index: int) -> list[Element]:
        """Return the questions under a section, as list items."""
        (part,) = [s for s in self.section(index).all("Sect") if s.kids[0].words == self.word("check")]
        return part.kids[1].all_direct("LI")

    def keyed(self, index: int) -> list[Element]:
        """Return the answers to a section's questions in the chapter of answers, as list items."""
        parts = [p for p in self.chapter("answers").kids if p.tag == "Sect"]
        number = self.outline["sections"].index(self.sections[index]) + 1
        title = f"{number} {self.say(self.sections[index]['title'])}"
        (part,) = [p for p in parts if p.kids[0].words == title]
        return part.kids[1].all_direct("LI")

    @cached_property
    def entries(self) -> dict[str, Element]:
        """Return the entries of people and terms at the back, by their id."""
        listed = {
            label.words: item
            for key in ("people", "glossary")
            for item in self.chapter(key).all("LI")
            for label in item.all("Lbl")
        }
        out = {}
        for entry in [*self.outline.get("people", []), *self.outline.get("terms", [])]:
            name = filed(self.say(entry["name"])) if "role" in entry else self.say(entry["name"])
            label = f"{name} {entry['original']}" if "original" in entry else name
            out[entry["id"]] = listed[label]
        return out

    def is_at(self, place: Place, element: Element, reach: float = 40.0) -> bool:
        """Return whether a place is that of an element: its page, at most `reach` points above its top."""
        if place.page not in element.places or place.page != element.page:
            return False
        return -4 <= element.box.top - place.y <= reach


def key_at(place: Place | None, elements: Mapping[str, Element], reach: float = 20.0) -> str | None:
    """Return the key of the element that a place is at: a link leads to a line above its top, or nearly."""
    if place is None:
        return None
    distances = [
        (abs(element.box.top - place.y - ABOVE), key)
        for key, element in elements.items()
        if element.page == place.page
    ]
    return next((key for distance, key in sorted(distances)[:1] if distance < reach), None)


@cache
def build_guide(name: str, lang: str, edition: str = "study", **values: Any) -> Guide:
    """Return the guide of an outline of the tests, built once."""
    return Guide(name, lang, edition, **values)


def plain(text: str) -> str:
    """Return a text of an outline without its markup and citations, spaces made one."""
    text = re.sub(r" ?\[@[^]]*\]", "", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*+([^*]+)\*+", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def filed(name: str) -> str:
    """Return a person's name as lists file it: by its last word, or as it stands if a particle is in it."""
    words = name.split()
    whole = len(words) == 1 or any(word[0].islower() for word in words)
    return name if whole else f"{words[-1]}, {' '.join(words[:-1])}"


def linked_words(text: str) -> list[tuple[str, str]]:
    """Return the words and ids of a text's `[words](#id)`, in their order."""
    return re.findall(r"\[([^]@]+)\]\(#([\w-]+)\)", text)


def cited(text: str) -> list[tuple[str, str]]:
    """Return the ids and locators ('' for none) of a text's `[@id, p. 3; @other]`, in their order."""
    return [cite for group in re.findall(r"\[(@[^]]*)\]", text) for cite in cites(group)]


def cites(group: str) -> list[tuple[str, str]]:
    """Return the ids and locators of '@id, p. 3; @other'."""
    parts = (part.strip().removeprefix("@").partition(",") for part in group.split(";"))
    return [(key, locator.strip()) for key, _, locator in parts]


def key_words(text: str) -> list[str]:
    """Return a text's `**key words**`, in their order."""
    return [plain(word) for word in re.findall(r"\*\*(.+?)\*\*", text)]


def every_guide(*editions: str) -> pytest.MarkDecorator:
    """Run a test on the guide of each outline and language, in some editions."""
    guides = [(name, lang, e) for name in ("london", "athens") for lang in ("en", "es") for e in editions]
    return pytest.mark.parametrize(("name", "lang", "edition"), guides)


def questions_of(course: Guide) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield every question with its section's and its own place, from 0."""
    for i, section in enumerate(course.sections):
        for k, question in enumerate(section.get("questions", [])):
            yield i, k, question
