"""How many objects of the file a part comes to at most, so that the next one's numbers are known early."""

from collections.abc import Iterable, Iterator
from typing import cast

from builders.guide.page import (
    Figure,
    Group,
    Item,
    Jump,
    Lines,
    Page,
    Part,
    Picture,
    Sign,
    Words,
)
from builders.text.paragraph import Paragraph, Run, Word
from builders.text.tree import Node

_ROUND = 256  # parts begin at multiples of this, so that few changes of one move the others
_COUNTED = {Lines, Figure, Sign, Jump, Group, Picture}
_GATHERED = 128  # of small objects: fewer than a stream of them takes


class Room:
    """The numbers of a part's objects, from `first` on, counted as its pages come."""

    def __init__(self, first: int) -> None:
        self.first, self._most = first, 0
        self._waiting: set[Node | None] = set()  # elements that give page numbers
        self._ended: set[Node] = set()  # elements that are taken apart before the part ends

    def counted(self, pages: Iterable[Part]) -> Iterator[Part]:
        """Yield the pages as they come."""
        for part in pages:
            for node in (*part.ended, *part.nodes):
                self._most += self._below(node)
            self._ended.update(part.ended)
            for page in part.pages:
                self._waiting.update(_waiting(page.items))
            self._most += sum(2 + self._on(page) for page in part.pages)
            yield part

    @property
    def end(self) -> int:
        """Where the next part's numbers begin."""
        return behind(self.first, self._most)

    def _below(self, node: Node) -> int:
        """Return how many elements there are from a node downwards, but for those counted before."""
        return 0 if node in self._ended else 1 + sum([self._below(kid) for kid in node.kids])

    def _on(self, page: Page) -> int:
        """Return how many objects a page comes to; what waits for a page number needs two streams more."""
        waits = sum(2 for item in page.items if _waits(item, self._waiting)) if self._waiting else 0
        return waits + _all(page.items)


def behind(first: int, objects: int) -> int:
    """Return where a part's numbers begin, behind so many objects and the streams that hold them."""
    return -(-(first + objects + objects // _GATHERED + 2) // _ROUND) * _ROUND


def _all(items: Iterable[Item]) -> int:
    return sum([_one(item) for item in items if type(item) in _COUNTED])


def _one(item: Item) -> int:
    """Return the objects of an item: elements within its lines, links, forms, pictures."""
    if isinstance(item, Lines):
        paragraph = item.paragraph
        if paragraph.glue is None:
            return 0
        runs = sum([1 for run in _runs(paragraph) if run.link or run.lang or run.tag or run.blank])
        return 3 * runs + len(paragraph.lines) if runs else 0  # two elements and a link, which lines may part
    if isinstance(item, Figure | Sign):
        return 1 + _all(item.items)
    return 2 if isinstance(item, Jump) else 1


def _waiting(items: Iterable[Item]) -> Iterator[Node | None]:
    """Yield the elements of what gives a page number."""
    for item in items:
        if isinstance(item, Lines):
            if item.paragraph.references:
                yield item.node
        elif isinstance(item, Words):
            if item.page_of:
                yield item.node
        elif isinstance(item, Figure | Sign):
            yield from _waiting(item.items)


def _waits(item: Item, waiting: set[Node | None]) -> bool:
    if isinstance(item, Figure | Sign):
        return any(_waits(inner, waiting) for inner in item.items)
    return isinstance(item, Lines | Words | Jump) and item.node in waiting


def _runs(paragraph: Paragraph) -> set[Run]:
    return {bit[0] for word in paragraph.words for bit in cast(Word, word)}
