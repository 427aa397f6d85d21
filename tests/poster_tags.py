"""Reads a tagged PDF's elements in the order of reading: tags, words, alternatives."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from tests.pdf_reading import tree


@dataclass(frozen=True)
class Tagged:
    """A structure element: its depth in the tree, its tag, its words or what is read for them, its Alt."""

    depth: int
    tag: str
    text: str
    alt: str


def read_elements(data: bytes) -> list[Tagged]:
    """Return the structure elements in the order of reading."""
    return list(_walk(data))


def _walk(data: bytes) -> Iterator[Tagged]:
    with pikepdf.open(io.BytesIO(data)):
        stack = [(0, tree(data))]
        while stack:
            depth, element = stack.pop()
            if element.dictionary is None:
                continue
            actual = str(element.dictionary.get("/ActualText", ""))
            text = (actual or element.words).replace("\u00a0", " ")
            yield Tagged(depth, element.tag, text, str(element.dictionary.get("/Alt", "")))
            stack += [(depth + 1, kid) for kid in reversed(element.kids)]
