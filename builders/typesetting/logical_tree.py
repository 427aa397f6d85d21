"""The logical tree of a document: what the tagged PDF says of headings, paragraphs, lists, tables and
figures.

A plan builds it; the canvas (builders/pdf) ties what it draws to its leaves. Tags are the standard structure
types of ISO 32000-1, 14.8.4.
"""

from collections.abc import Iterator


class Node:
    """One structure element. Identity counts, not value: two equal paragraphs are two elements.

    `attributes` holds PDF syntax by owner ("Table" → "/Scope/Column"), `lang` a BCP 47 tag where it differs
    from the parent's, `alt` the words for what is drawn, `actual` the text that what is drawn stands for,
    `id` a name that is unique in the document (each Note needs one; a TH may be named by Headers).
    """

    __slots__ = ("actual", "alt", "attributes", "id", "kids", "lang", "parent", "tag", "title")

    def __init__(
        self,
        tag: str,
        *,
        alt: str | None = None,
        actual: str | None = None,
        lang: str | None = None,
        id: str | None = None,
        attributes: dict[str, str] | None = None,
    ) -> None:
        self.tag = tag
        self.kids: list[Node] = []
        self.alt, self.actual, self.lang, self.id = alt, actual, lang, id
        self.attributes = attributes

    @property
    def says_more(self) -> bool:
        """Whether there is more to it than its tag and what it holds."""
        return bool(self.alt or self.actual or self.lang or self.id or self.attributes)

    def __repr__(self) -> str:
        return f"Node({self.tag}, {len(self.kids)} kids)"

    def add(
        self,
        tag: str,
        *,
        alt: str | None = None,
        actual: str | None = None,
        lang: str | None = None,
        id: str | None = None,
        attributes: dict[str, str] | None = None,
    ) -> "Node":
        """Return a new last child."""
        node = Node(tag, alt=alt, actual=actual, lang=lang, id=id, attributes=attributes)
        return self.take(node)

    def take(self, node: "Node") -> "Node":
        """Make `node` the last child and return it."""
        self.kids.append(node)
        return node

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.kids))
