"""Where the blocks of an outline stand in its deck, and decks to look at."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.deck_reading import Slide, Template
from tests.deck_words import (
    DEBATE,
    DOCUMENT,
)
from tests.outline_facts import plain_text, read_facts
from tests.test_deck_template import odd, plain

DECKS: list[tuple[str, str, str, Template | None]] = [
    ("athens", "en", "16:9", None),
    ("athens", "es", "4:3", None),
    ("longitude", "en", "16:9", None),
    ("longitude", "es", "16:9", None),
    ("longitude", "en", "4:3", None),
    ("closed-bay", "en", "16:9", None),
    ("longitude", "es", "16:9", plain),
    ("athens", "en", "16:9", odd),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "ratio", "template"),
    DECKS,
    ids=[f"{n}-{lang}-{t.__name__ if t else r}" for n, lang, r, t in DECKS],
)
COUNTED = re.compile(r"(.*) \((\d+)/(\d+)\)")


def strip_number(slide: Slide) -> str:
    """Return a slide's title without the number that tells it from others of that title."""
    return re.sub(r" \(\d+(/\d+)?\)$", "", slide.title)


def find_titled_blocks(name: str, lang: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield the title under which each block stands in the deck, with its section and the block."""
    for index, section in enumerate(read_facts(name)["sections"]):
        heading = plain_text(section["title"], lang)
        for block in section.get("blocks", ()):
            if "heading" in block:
                heading = plain_text(block["heading"], lang)
            elif "quote" in block:
                yield index, DOCUMENT[lang].format(plain_text(block["quote"]["document"], lang)), block
            elif "debate" in block:
                yield index, DEBATE[lang].format(plain_text(block["debate"]["question"], lang)), block
            else:
                kind = next(k for k in ("chart", "compare", "table", "points", "image", "text") if k in block)
                own = block[kind].get("title") if kind != "text" else None
                yield index, plain_text(own, lang) if own else heading, block
