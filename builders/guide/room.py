"""How many objects of the file a part comes to at most, so that the next one's numbers are known early."""

from collections.abc import Iterable, Iterator
from typing import cast

from builders.guide.page import (
    ROWS,
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
    nodes,
    rows,
)
from builders.text.paragraph import Paragraph, Run, Word
from builders.text.tree import Node

_ROUND = 256  # parts begin at multiples of this, so that few changes of one move the others
_GATHERED = 128  # of small objects: fewer than a stream of them takes


class Room:
    """The numbers of a part's objects, from `first` on, counted as its pages come."""

    def __init__(self, first: int) -> None:
        self.first, self._most = first, 0
        self._waiting: set[Node | None] = set()  # elements that give page numbers
        self._rows: set[Node] = set()  # of tables and lists: these are taken apart as soon as they are drawn

    def counted(self, pages: Iterable[Part]) -> Iterator[Part]:
        """Yield the pages as they come."""
        for part in pages:
            self._waiting.update(node for page in part.pages for node in _waiting(page.items))
            for page in part.pages:
                self._most += sum(map(self._below, rows(page)))
            self._most += sum(map(self._below, part.nodes))
            self._most += sum(2 + _on(page, self._waiting) for page in part.pages)
            yield part

    def _below(self, node: Node) -> int:
        """Return how many elements there are from a node downwards, but for rows counted before."""
        if node in self._rows:
            return 0
        if node.tag in ROWS:
            self._rows.add(node)
        return 1 + sum(map(self._below, node.kids))

    @property
    def end(self) -> int:
        """Where the next part's numbers begin."""
        return behind(self.first, self._most)


def behind(first: int, objects: int) -> int:
    """Return where a part's numbers begin, behind so many objects and the streams that hold them."""
    return -(-(first + objects + objects // _GATHERED + 2) // _ROUND) * _ROUND


def _on(page: Page, waiting: set[Node | None]) -> int:
    """Return how many objects a page comes to; what may wait for a page number needs two streams more."""
    waits = sum(2 for item in page.items if waiting and waiting.intersection(nodes(item)))
    return waits + _all(page.items)


def _all(items: Iterable[Item]) -> int:
    return sum(_one(item) for item in items)


def _one(item: Item) -> int:
    """Return the objects of an item: elements within its lines, links, forms, pictures."""
    if isinstance(item, Lines):
        paragraph = item.paragraph
        if paragraph.glue is None:
            return 0
        runs = sum(1 for run in _runs(paragraph) if run.link or run.lang or run.tag or run.blank)
        return 3 * runs + len(paragraph.lines) if runs else 0  # two elements and a link, which lines may part
    if isinstance(item, Figure | Sign):
        return 1 + _all(item.items)
    if isinstance(item, Jump):
        return 2
    return 1 if isinstance(item, Group | Picture) else 0


def _waiting(items: Iterable[Item]) -> Iterator[Node | None]:
    """Yield the elements of what gives a page number."""
    for item in items:
        if isinstance(item, Figure | Sign):
            yield from _waiting(item.items)
        elif (isinstance(item, Lines) and item.paragraph.references) or (
            isinstance(item, Words) and item.page_of
        ):
            yield item.node


def _runs(paragraph: Paragraph) -> set[Run]:
    return {bit[0] for word in paragraph.words for bit in cast(Word, word)}
