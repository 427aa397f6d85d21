"""Tables: columns fitted to their words, rows that break between pages under a repeated head."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from builders.guide.flow import Flow
from builders.guide.page import Lines, Mark, Page, Rule
from builders.text.paragraph import Paragraph, Run, Style, varied
from builders.text.tree import Node

PAD_Y, PAD_X = 4.0, 8.0


@dataclass(slots=True)
class Cell:
    """What stands in a cell: paragraphs below each other, and what `draw` adds at its top left baseline."""

    node: Node | None
    paragraphs: Sequence[tuple[Paragraph, Node | None]]
    draw: Callable[[Page, float, float], None] | None = None
    drop: float = 0.0  # baseline of the first line below the cell's text top, if not the paragraph's own

    @property
    def height(self) -> float:
        """The height of the text, without padding."""
        return sum(p.height for p, _ in self.paragraphs)


@dataclass(slots=True)
class Row:
    """A row: its cells by column (None: empty), and the rule above it: colour, width, from which x."""

    cells: Sequence[Cell | None]
    rule: tuple[str, float, float] | None = None
    mark: Mark | None = None
    span: object = None  # what the page is told of the rows on it
    pad: float = PAD_Y
    opening: Paragraph | None = None  # stands in the first cell where the row opens a page, as an artifact

    drop: float = field(init=False)  # the common baseline of the cells' first lines, below the row's top
    height: float = field(init=False)

    def __post_init__(self) -> None:
        filled = [c for c in self.cells if c and c.paragraphs]
        self.drop = self.pad + max([c.paragraphs[0][0].style.drop for c in filled], default=0.0)
        depths = [c.height - c.paragraphs[0][0].style.drop for c in filled]
        self.height = self.drop + max(depths, default=0.0) + self.pad


@dataclass(slots=True)
class Grid:
    """A table in the flow: `lefts` of its columns, head rows (repeated), rows, and the rule at its foot."""

    lefts: Sequence[float]
    width: float
    head: Sequence[Row]
    rows: Sequence[Row]
    foot: tuple[str, float]
    top_rule: tuple[str, float]
    title: Paragraph | None = None
    caption: Node | None = None
    before: float = 21.75
    after: float = 14.5
    wide: bool = True
    keep: bool = False
    snap: bool = False
    mark: Mark | None = None
    repeated: bool = False
    seen: Callable[[Page, Sequence[Row]], None] | None = None
    height: float = field(init=False)

    def __post_init__(self) -> None:
        self.height = self._above + sum([row.height for row in self.rows])

    @property
    def _above(self) -> float:
        title = self.title.height + 4 if self.title else 0.0
        return title + sum(row.height for row in self.head)

    @property
    def least(self) -> float:
        return self._above + sum(row.height for row in self.rows[:2])

    def cut(self, room: float) -> "tuple[Grid, Grid] | None":
        used, count = self._above, 0
        while count < len(self.rows) and used + self.rows[count].height <= room + 1e-6:
            used += self.rows[count].height
            count += 1
        if len(self.rows) - count == 1:
            count -= 1  # no last row alone
        if count < min(2, len(self.rows) - 1) or count == 0:
            return None
        head = replace(self, rows=self.rows[:count], after=0.0)
        tail = replace(self, rows=self.rows[count:], title=None, mark=None, repeated=True)
        return head, tail

    def put(self, flow: Flow, page: Page, x: float, y: float) -> None:
        if self.mark:
            flow.mark(self.mark, x, y)
        if self.title:
            page.items.append(Lines(self.title, x, y + self.title.style.drop, self.caption))
            flow.mention(self.title, 0, len(self.title.lines))
            y += self.title.height + 4
        right = x + self.width
        page.items.append(Rule(((x, y), (right, y)), *self.top_rule))
        for row in self.head:
            self._row(flow, page, row, x, y, self.repeated)
            y += row.height
        for i, row in enumerate(self.rows):
            if row.rule and (i or self.head):
                colour, width, left = row.rule
                if i == 0 and self.head:
                    left = 0.0
                page.items.append(Rule(((x + left, y), (right, y)), colour, width))
            self._row(flow, page, row, x, y, False)
            if i == 0 and self.repeated and row.opening:
                page.items.append(Lines(row.opening, x + self.lefts[0], y + row.drop, None))
            y += row.height
        page.items.append(Rule(((x, y), (right, y)), *self.foot))
        if self.seen:
            self.seen(page, self.rows)

    def _row(self, flow: Flow, page: Page, row: Row, x: float, y: float, artifact: bool) -> None:
        if row.mark:
            flow.mark(row.mark, x, y)
        baseline = y + row.drop
        for left, cell in zip(self.lefts, row.cells, strict=True):
            if cell is None:
                continue
            at = baseline
            for paragraph, node in cell.paragraphs:
                page.items.append(Lines(paragraph, x + left, at, None if artifact else node or cell.node))
                flow.mention(paragraph, 0, len(paragraph.lines))
                at += paragraph.height
            if cell.draw:
                cell.draw(page, x + left, baseline)


def fitted(
    contents: Sequence[Sequence[str | Sequence[Run]]], styles: Sequence[Style], most: float, least: float
) -> list[float]:
    """Return widths for columns of texts, padding included: natural if they fit, else shared out.

    `most` is the width there is; where the columns need less than `least`, they are spread over it.
    """
    naturals, minima = [], []
    for column, style in zip(contents, styles, strict=True):
        naturals.append(max((_natural(text, style) for text in column), default=0.0) + PAD_X + 2)
        minima.append(max((_longest(text, style) for text in column), default=0.0) + PAD_X + 2)
    total = sum(naturals)
    if total <= most:
        spread = max(least - total, 0.0) / max(len(naturals) - 1, 1)
        return [w + (spread if i else 0.0) for i, w in enumerate(naturals)] if len(naturals) > 1 else [least]
    tight = sum(minima)
    if tight >= most:
        return [w * most / tight for w in minima]
    return _shared(naturals, minima, most)


def _shared(naturals: list[float], minima: list[float], most: float) -> list[float]:
    """Give each column its least, then what is left to those that want more, by how much they want."""
    wants = [min(n, 260.0) - m if n > m else 0.0 for n, m in zip(naturals, minima, strict=True)]
    total = sum(wants) or 1.0
    rest = most - sum(minima)
    return [m + rest * w / total for m, w in zip(minima, wants, strict=True)]


def _natural(text: str | Sequence[Run], style: Style) -> float:
    return Paragraph(text, varied(style, lang=None), 10_000).widest


def _longest(text: str | Sequence[Run], style: Style) -> float:
    widths = Paragraph(text, varied(style, lang=None), 10_000).widths
    return max(widths, default=0.0) * style.size / 1000
