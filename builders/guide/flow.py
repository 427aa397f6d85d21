"""The composer: blocks into pages, column by column, once.

A block knows its height and how to be cut; the flow knows the pages. The main column keeps the baseline grid:
after a block that has left it, the next begins on a line of the grid again. Notes of the margin stand on the
line
that they belong to, and give way downwards, then to the next page.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import replace

from builders.guide.cross_references import LayoutRecord
from builders.guide.flow_blocks import FixedBlock, FlowBlock, TextBlock, WritingLinesBlock
from builders.guide.geometry import PageGeometry
from builders.guide.margin_layout import NOTE_DISTANCE, MarginNote, place_notes
from builders.guide.page_items import GuidePage, PageDestination
from builders.typesetting.paragraph import Paragraph, Run

_TOLERANCE = 1e-6
LEAST_GUTTER = 14.0  # between the columns of notes that stand below the text
SPACE_ABOVE, SPACE_BELOW = 14.5, 14.5  # around these notes
SPACE_SHARES = (0.75, 0.6)  # of the spaces in a group that misses its page by little
MOST_BLANK = 0.15  # of a page's depth: to leave more of it blank is worse than closer blocks


class Flow:
    """Pages being filled, behind `before` others. `furnish` draws what runs on every page."""

    def __init__(
        self,
        geometry: PageGeometry,
        furnish: Callable[[GuidePage], None],
        record: LayoutRecord,
        number: Callable[[int], str] = str,
        pages: list[GuidePage] | None = None,
        before: int = 0,
    ) -> None:
        self.geometry, self.furnish, self.record, self.number = geometry, furnish, record, number
        self.pages: list[GuidePage] = pages if pages is not None else []
        self.before = before
        self.notes: list[tuple[float, MarginNote]] = []
        self.walls: list[tuple[float, float]] = []  # what stands in the margin column: top, bottom
        self.ruled: tuple[WritingLinesBlock, float, float] | None = (
            None  # the last block's lines, and where they stand
        )
        self.y = geometry.bottom
        self.gap = 0.0  # space that the last block asked for below it
        self.at_top = True

    @property
    def page(self) -> GuidePage:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """How much of the page is left, in points."""
        return self.geometry.bottom - self.y

    def begin_page(self) -> GuidePage:
        """Finish the page and begin the next."""
        self.finish_page()
        count = self.before + len(self.pages) + 1
        page = GuidePage(self.number(count), count % 2 == 1)
        self.pages.append(page)
        page.items.append(PageDestination(f"page:{page.folio}", 0, 0))
        self.furnish(page)
        self.y, self.gap, self.at_top = self.geometry.top, 0.0, True
        return page

    def finish_page(self) -> None:
        """Set the notes of the page; what has no room waits for the next.

        Lines to write on that end the page's text take what is left of it.
        """
        if self.ruled:
            lines, x, y = self.ruled
            fitting = int((self.geometry.bottom - y - 6) / lines.pitch)
            self.ruled = replace(lines, count=max(lines.count, min(fitting, lines.most))), x, y
            self._draw_waiting_lines()
        if self.pages and self.notes:
            self._place_margin_notes()
        self.walls = []

    def set_waiting_notes(self) -> None:
        """Set every note that waits: in this page's margin, or else below the text."""
        if not self.notes:
            return
        self._draw_waiting_lines()
        self._place_margin_notes()
        if self.notes:
            left, self.notes = [note for _, note in self.notes], []
            self.y = max(self.y, self.walls[-1][1])  # below what has been set
            self.place_blocks(make_note_rows(left, self.geometry))

    def _place_margin_notes(self) -> None:
        """Set notes in the margin; where they stand, nothing else can."""
        page, geometry = self.page, self.geometry
        left = geometry.find_margin_left(page.recto)
        lowest = geometry.top

        def put(note: MarginNote, y: float) -> None:
            nonlocal lowest
            note.place_on_page(page, left, y)
            lowest = max(lowest, y - note.drop + note.height + NOTE_DISTANCE)

        waiting = place_notes(self.notes, self.walls, geometry, put)
        self.notes = [(geometry.top, note) for note in waiting]
        self.walls.append((geometry.top, lowest))

    def place_blocks(self, blocks: Iterable[FlowBlock], *, closer: bool = True) -> None:
        """Place blocks, each with those that must follow on the same page.

        They are set `closer` than they ask for where that saves a good part of a page.
        """
        held: list[FlowBlock] = []
        for block in blocks:
            held.append(block)
            if not block.keep:
                self._place_group(held, closer)
                held = []
        if held:
            self._place_group(held, closer)

    def _place_group(self, group: Sequence[FlowBlock], may_be_closer: bool) -> None:
        """Place blocks of which all but the last keep with their next."""
        if self.pages and not self.at_top and not self.has_room_for(group):
            closer = self._reduce_spaces(group) if may_be_closer else None
            parts = None if closer else self._split_first_block(group[0])
            if parts:
                self._place_block(parts[0])
                group = [parts[1], *group[1:]]
            if closer:
                group = closer
            else:
                self.begin_page()
        elif not self.pages:
            self.begin_page()
        for block in group:
            self._place_block(block)

    def has_room_for(self, group: Sequence[FlowBlock]) -> bool:
        """Return whether the group, and the least part of its last block, has room on this page."""
        y, gap = self.y, self.gap
        for block in group[:-1]:
            y, gap = self._find_top_below(y, gap, block) + block.height, block.after
        last = group[-1]
        room = self.geometry.bottom - self._find_top_below(y, gap, last)
        if isinstance(last, WritingLinesBlock):
            return last.least_height <= room + _TOLERANCE
        return last.height <= room + _TOLERANCE or (
            last.least_height <= room + _TOLERANCE and last.split_at_height(room) is not None
        )

    def _reduce_spaces(self, group: Sequence[FlowBlock]) -> Sequence[FlowBlock] | None:
        """Return the blocks with less space between them, if that saves a good part of the page.

        What is wide leaves the grid: nothing stands beside it.
        """
        if self.room < MOST_BLANK * self.geometry.depth:
            return None
        for share in SPACE_SHARES:
            closer = [copy(block) for block in group]
            for block in closer:
                block.before, block.snap = block.before * share, block.snap and not block.wide
            for block in closer[:-1]:
                block.after *= share
            if self.has_room_for(closer):
                return closer
        return None

    def _split_first_block(self, block: FlowBlock) -> tuple[FlowBlock, FlowBlock] | None:
        """Return the parts of a block that fills a good part of what is left of the page with the first.

        A table that would stand here whole, but not the note below it, gives its last rows to the note.
        """
        room = self.geometry.bottom - self.find_top(block)
        good = 0.3 if self.geometry.margin else 0.2  # one column of large print has fewer rows to a page
        quoted = isinstance(block, TextBlock) and block.side and not self.geometry.margin
        if not (block.wide or quoted) or room <= good * self.geometry.depth:
            return None
        return block.split_at_height(min(room, block.height - 1))

    def find_top(self, block: FlowBlock) -> float:
        """Return where a block would begin."""
        return self.y if self.at_top else self._find_top_below(self.y, self.gap, block)

    def _find_top_below(self, y: float, gap: float, block: FlowBlock) -> float:
        """Return where a block begins below y, after a space, on the grid if it keeps to it."""
        y += max(block.before, gap)
        if not block.snap:
            return y
        grid, top = self.geometry.leading, self.geometry.top
        return top + math.ceil((y - top) / grid - _TOLERANCE) * grid

    def _place_block(self, block: FlowBlock) -> None:
        rest: FlowBlock | None = block
        while rest is not None:
            y = self.find_top(rest)
            if isinstance(rest, WritingLinesBlock):
                rest = rest.fit_lines(self.geometry.bottom - y)
            if y + rest.height <= self.geometry.bottom + _TOLERANCE:
                self._set_block(rest, y)
                return
            parts = rest.split_at_height(self.geometry.bottom - y)
            if parts:
                self._set_block(parts[0], y)
                rest = parts[1]
            elif self.at_top:  # higher than a page: let it stand, whole
                self._set_block(rest, y)
                return
            self.begin_page()

    def _set_block(self, block: FlowBlock, y: float) -> None:
        recto, geometry = self.page.recto, self.geometry
        x = geometry.find_full_left(recto) if block.wide else geometry.find_text_left(recto)
        self._draw_waiting_lines()
        if isinstance(block, WritingLinesBlock):
            self.ruled = block, x, y
        else:
            self._draw_block(block, x, y)
        self.y, self.gap, self.at_top = y + block.height, block.after, False

    def _draw_waiting_lines(self) -> None:
        """Draw the lines to write on that have waited to know what follows them."""
        if self.ruled:
            lines, self.ruled = self.ruled, None
            self._draw_block(*lines)

    def _draw_block(self, block: FlowBlock, x: float, y: float) -> None:
        block.place_on_page(self, self.page, x, y)
        if block.wide and self.geometry.margin:
            self.walls.append((y - 9, y + block.height + 9))

    def add_destination(self, mark: PageDestination, x: float, y: float) -> None:
        """Note where a place is and mark it on the page."""
        self.record.record_place(mark.key, self.page.folio)
        self.page.items.append(PageDestination(mark.key, x, y, mark.title, mark.level))

    def record_mentions(self, paragraph: Paragraph, first: int, last: int) -> None:
        """Note the links of a paragraph's lines."""
        for _, run in find_linked_runs(paragraph, first, last):
            key = (run.link or "")[1:]
            if key not in self.record.mentions:
                self.add_destination(PageDestination(f"first:{key}", 0, 0), 0, self.geometry.top)
            self.record.record_link(run, self.page.folio)


def find_linked_runs(paragraph: Paragraph, first: int = 0, last: int | None = None) -> list[tuple[int, Run]]:
    """Return the runs with links in lines `first` to `last`, each once, with the line where it begins."""
    if paragraph.glue is None or not paragraph.has_links:
        return []
    found: dict[Run, int] = {}
    for number, line in enumerate(paragraph.lines[first:last], first):
        for word in paragraph.words[line.first : line.last + 1]:
            for bit in word:
                run = bit[0]
                if isinstance(run, Run) and run.link and run not in found:
                    found[run] = number
    return [(number, run) for run, number in found.items()]


def make_note_rows(notes: Sequence[MarginNote], geometry: PageGeometry) -> list[FixedBlock]:
    """Return rows of notes that found no room in the margin, as many side by side as the full width holds."""
    count = max(int((geometry.full_width + LEAST_GUTTER) / (geometry.margin + LEAST_GUTTER)), 1)
    pitch = (geometry.full_width - geometry.margin) / max(count - 1, 1)
    rows = [notes[i : i + count] for i in range(0, len(notes), count)]
    blocks = [_make_row(row, pitch) for row in rows]
    blocks[0].before, blocks[-1].after = SPACE_ABOVE, SPACE_BELOW
    return blocks


def _make_row(notes: Sequence[MarginNote], pitch: float) -> FixedBlock:
    def draw(page: GuidePage, x: float, y: float) -> None:
        for i, note in enumerate(notes):
            note.place_on_page(page, x + i * pitch, y + note.drop)

    return FixedBlock(max(note.height for note in notes), draw, NOTE_DISTANCE, wide=True)
