"""Tables: columns fitted to their words, rows that break between pages under a repeated head."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from builders.guide.flow_blocks import (
    PageRecorder,
)
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageLines,
    PagePolyline,
)
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    varied,
)

PAD_Y, PAD_X = 4.0, 8.0  # in normal print
MOST_WIDTHS = (
    260.0,
    400.0,
    600.0,
    1000.0,
)  # points that a column may ask for: the first that makes fewest lines
LEAST_BROKEN = 6.0  # em: a column whose words are broken is no narrower for it
LINE_SLACK = 1.05  # lines are not filled to their ends
LONG_ROW = 200.0  # points: a row higher than this may be parted between pages
ROWS_AHEAD = 200  # rows that are made before they are placed: more than a page holds


@dataclass(slots=True)
class TableBlockCell:
    """What stands in a cell: paragraphs below each other, and what `draw` adds at its top left baseline.

    `first` and `last` (exclusive) count lines through all paragraphs: a long row has parts on several pages.
    """

    node: Node | None
    paragraphs: Sequence[tuple[Paragraph, Node | None]]
    draw: Callable[[GuidePage, float, float], None] | None = None
    first: int = 0
    last: int = 1_000_000

    def list_parts(self) -> Iterator[tuple[Paragraph, Node | None, int, int]]:
        """Yield the paragraphs with which lines of them stand here."""
        at = 0
        for paragraph, node in self.paragraphs:
            count = len(paragraph.lines)
            first, last = max(self.first - at, 0), min(self.last - at, count)
            if first < last:
                yield paragraph, node, first, last
            at += count

    @property
    def drop(self) -> float:
        """The first baseline below the text's top."""
        return next((paragraph.style.drop for paragraph, *_ in self.list_parts()), 0.0)

    @property
    def height(self) -> float:
        """The height of the text, without padding."""
        return sum((last - first) * p.style.leading for p, _, first, last in self.list_parts())

    def split_at_height(self, room: float) -> "tuple[TableBlockCell, TableBlockCell]":
        """Return what of the text fits into `room`, and the rest; neither is a single line of several."""
        leadings = [p.style.leading for p, _, first, last in self.list_parts() for _ in range(first, last)]
        fits = 0
        while fits < len(leadings) and leadings[fits] <= room + 1e-6:
            room -= leadings[fits]
            fits += 1
        if len(leadings) - fits == 1 and len(leadings) > 1:
            fits -= 1
        if fits == 1 and len(leadings) > 1:
            fits = 0
        middle = self.first + fits
        return replace(self, last=middle), replace(self, first=middle, draw=None)


@dataclass(slots=True)
class TableBlockRow:
    """A row: its cells by column (None: empty), and the rule above it: colour, width, from which x."""

    cells: Sequence[TableBlockCell | None]
    rule: tuple[str, float, float] | None = None
    mark: PageDestination | None = None
    span: object = None  # what the page is told of the rows on it
    pad: float = PAD_Y
    opening: Paragraph | None = None  # stands in the first cell where the row opens a page, as an artifact

    drop: float = field(init=False)  # the common baseline of the cells' first lines, below the row's top
    height: float = field(init=False)

    def __post_init__(self) -> None:
        filled = [c for c in self.cells if c]
        self.drop = self.pad + max([c.drop for c in filled], default=0.0)
        depths = [c.height - c.drop for c in filled]
        self.height = self.drop + max(depths, default=0.0) + self.pad

    @property
    def least_height(self) -> float:
        """The height of the least part that may stand before a break."""
        return min(self.height, LONG_ROW)

    def split_at_height(self, room: float) -> "tuple[TableBlockRow, TableBlockRow] | None":
        """Return what of a long row fits into `room` and the rest; None for a row that stays together."""
        if self.height <= LONG_ROW or room < LONG_ROW / 2:
            return None
        parts = [c.split_at_height(room - self.drop - self.pad + c.drop) if c else None for c in self.cells]
        head = replace(self, cells=[p[0] if p else None for p in parts])
        tail = replace(self, cells=[p[1] if p else None for p in parts], mark=None)
        return (head, tail) if any(c and c.height for c in head.cells) else None


@dataclass(slots=True)
class TableBlock:
    """A table in the flow: `lefts` of its columns, head rows (repeated), rows, and the rule at its foot.

    Of a long table the rows from `more` on are made when a page needs them.
    """

    lefts: Sequence[float]
    width: float
    head: Sequence[TableBlockRow]
    rows: Sequence[TableBlockRow]
    foot: tuple[str, float]
    top_rule: tuple[str, float]
    title: Paragraph | None = None
    caption: Node | None = None
    before: float = 21.75
    after: float = 14.5
    wide: bool = True
    keep: bool = False
    snap: bool = False
    mark: PageDestination | None = None
    repeated: bool = False
    seen: Callable[[GuidePage, Sequence[TableBlockRow]], None] | None = None
    more: Iterator[TableBlockRow] = field(default_factory=lambda: iter(()))
    height: float = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [*self.rows, *islice(self.more, max(ROWS_AHEAD - len(self.rows), 0))]
        self.height = self._head_height + sum([row.height for row in self.rows])

    @property
    def _head_height(self) -> float:
        title = self.title.height + 4 if self.title else 0.0
        return title + sum(row.height for row in self.head)

    @property
    def least_height(self) -> float:
        first = self.rows[:1] if self.rows and self.rows[0].height > LONG_ROW else self.rows[:2]
        return self._head_height + sum(row.least_height for row in first)

    def split_at_height(self, room: float) -> "tuple[TableBlock, TableBlock] | None":
        used, count = self._head_height, 0
        while count < len(self.rows) and used + self.rows[count].height <= room + 1e-6:
            used += self.rows[count].height
            count += 1
        above, below = list(self.rows[:count]), list(self.rows[count:])
        if not below:
            return None
        if parts := below[0].split_at_height(room - used):
            above.append(parts[0])
            below[0] = parts[1]
        else:
            if len(below) == 1 and below[0].height <= LONG_ROW and above:
                below.insert(0, above.pop())  # no last row alone
            if len(above) < (1 if below[0].height > LONG_ROW else min(2, len(self.rows) - 1)) or not above:
                return None
        head = replace(self, rows=above, more=iter(()), after=0.0)
        tail = replace(self, rows=below, title=None, mark=None, repeated=True)
        return head, tail

    def place_on_page(self, flow: PageRecorder, page: GuidePage, x: float, y: float) -> None:
        if self.mark:
            flow.add_destination(self.mark, x, y)
        if self.title:
            page.items.append(PageLines(self.title, x, y + self.title.style.drop, self.caption))
            flow.record_mentions(self.title, 0, len(self.title.lines))
            y += self.title.height + 4
        right = x + self.width
        page.items.append(PagePolyline(((x, y), (right, y)), *self.top_rule))
        for row in self.head:
            self._place_row(flow, page, row, x, y, self.repeated)
            y += row.height
        for i, row in enumerate(self.rows):
            if row.rule and (i or self.head):
                colour, width, left = row.rule
                if i == 0 and self.head:
                    left = 0.0
                page.items.append(PagePolyline(((x + left, y), (right, y)), colour, width))
            self._place_row(flow, page, row, x, y, False)
            if i == 0 and self.repeated and row.opening:
                page.items.append(PageLines(row.opening, x + self.lefts[0], y + row.drop, None))
            y += row.height
        page.items.append(PagePolyline(((x, y), (right, y)), *self.foot))
        if self.seen:
            self.seen(page, self.rows)

    def _place_row(
        self, flow: PageRecorder, page: GuidePage, row: TableBlockRow, x: float, y: float, artifact: bool
    ) -> None:
        if row.mark:
            flow.add_destination(row.mark, x, y)
        baseline = y + row.drop
        for left, cell in zip(self.lefts, row.cells, strict=True):
            if cell is None:
                continue
            at = baseline
            for paragraph, node, first, last in cell.list_parts():
                place = None if artifact else node or cell.node
                page.items.append(PageLines(paragraph, x + left, at, place, first, last))
                flow.record_mentions(paragraph, first, last)
                at += (last - first) * paragraph.style.leading
            if cell.draw:
                cell.draw(page, x + left, baseline)


def fit_columns(
    contents: Sequence[Sequence[str | Sequence[Run]]],
    styles: Sequence[Style],
    most: float,
    pad: float = PAD_X,
    lang: str | None = None,
) -> list[float] | None:
    """Return widths for columns of texts, padding included: natural if `most` is enough, else shared out.

    With a `lang` words may be broken, but no column becomes narrow by it. None where `most` is too little.
    """
    columns, minima = [], []
    for column, style in zip(contents, styles, strict=True):
        unset = [Paragraph(text, varied(style, lang=lang), 10_000) for text in column]
        columns.append([p.widest + pad + 2 for p in unset])
        longest = max((p.longest for p in unset), default=0.0)
        if lang:
            piece = max((p.widest_piece for p in unset), default=0.0)
            longest = max(piece, min(longest, LEAST_BROKEN * style.size))
        minima.append(longest + pad + 2)
    naturals = [max(column, default=pad + 2) for column in columns]
    total = sum(naturals)
    if total <= most:
        return naturals
    if sum(minima) > most:
        return None
    shares = [_share_width(naturals, minima, most, cap) for cap in MOST_WIDTHS]
    return min(shares, key=lambda widths: _count_lines(columns, widths, pad))


def _share_width(naturals: list[float], minima: list[float], most: float, cap: float) -> list[float]:
    """Give each column its least, then what is left to those that want more, by how much they want."""
    wants = [max(min(n, cap) - m, 0.0) for n, m in zip(naturals, minima, strict=True)]
    total = sum(wants) or 1.0
    rest = most - sum(minima)
    return [m + rest * w / total for m, w in zip(minima, wants, strict=True)]


def _count_lines(columns: Sequence[Sequence[float]], widths: Sequence[float], pad: float) -> int:
    """Return about how many lines a table's rows take, its cells' texts this wide on one line."""
    rows = zip(*columns, strict=True)
    return sum(
        max(math.ceil(LINE_SLACK * (n - pad) / (w - pad)) for n, w in zip(row, widths, strict=True))
        for row in rows
    )
