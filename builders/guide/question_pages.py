"""How questions share pages, so that a section does not end on one that is nearly empty."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from builders.guide.flow_blocks import FlowBlock, TextBlock, WritingLinesBlock
from builders.guide.geometry import PageGeometry

LEAST_LAST_PAGE = 0.35  # of a page's depth: less on the last one looks forgotten
SPACE_SHARES = (0.8, 0.6, 0.45)  # of the space between questions: as much is kept as saves a page
_TOLERANCE = 1e-6
MOST_KEPT_TOGETHER = 0.5  # of a page's depth: a question with an answer of no more stays on one page

GroupsByPage = list[list[int]]
FlowPosition = tuple[float, float, bool]  # y, the space that is due there, whether it is the page's top


def share_writing_lines(
    groups: Sequence[Sequence[FlowBlock]], place: FlowPosition, geometry: PageGeometry
) -> set[int]:
    """Share what each page has left among the lines to write on; return which groups begin a page.

    A group is a question's blocks, its lines to write on last; their number is changed in place. The first
    group is due at `place`. A group stays on the page of those before it where these have all the lines that
    they want, and it has its fewest.
    """
    begins = set()
    page: list[Sequence[FlowBlock]] = []
    for i, group in enumerate(groups):
        last = group[-1]
        least = replace(last, count=last.fewest) if isinstance(last, WritingLinesBlock) else last
        here = [*(block for before in page for block in before), *group[:-1], least]
        if (page or not place[2]) and _find_end(here, place, geometry) > geometry.bottom + _TOLERANCE:
            _share_lines_of_page(page, place, geometry)
            begins.add(i)
            page, place = [], (geometry.top, 0.0, True)
        page.append(group)
    _share_lines_of_page(page, place, geometry)
    return begins


def _share_lines_of_page(
    page: Sequence[Sequence[FlowBlock]], place: FlowPosition, geometry: PageGeometry
) -> None:
    """Give the lines of one page's groups as many as there is room for, by what each wants."""
    blocks = [block for group in page for block in group]
    growing = [block for block in blocks if isinstance(block, WritingLinesBlock)]
    shares = [(lines, lines.count) for lines in growing]
    for lines in growing:
        lines.count = lines.fewest
    spare = geometry.bottom - _find_end(blocks, place, geometry)
    sure = spare - geometry.leading * len(growing)  # whatever the grid takes
    level = math.inf  # once one has no room for more, the others draw level with it
    while shares and min(lines.count / want for lines, want in shares) <= level:
        lines, want = min(shares, key=lambda pair: pair[0].count / pair[1])
        lines.count += 1
        sure -= lines.pitch
        full = sure < 0 and _find_end(blocks, place, geometry) > geometry.bottom + _TOLERANCE
        if full or lines.count > lines.most:
            lines.count -= 1
            shares = [other for other in shares if other[0] is not lines]
        if full:
            level = min(level, lines.count / want)


def _find_end(blocks: Sequence[FlowBlock], place: FlowPosition, geometry: PageGeometry) -> float:
    """Return where blocks end, from the page's top."""
    y, gap, at_top = place
    for block in blocks:
        if not at_top:
            y += max(block.before, gap)
            if block.snap:
                lines = math.ceil((y - geometry.top) / geometry.leading - _TOLERANCE)
                y = geometry.top + lines * geometry.leading
        y, gap, at_top = y + block.height, block.after, False
    return y


def balance_last_pages(groups: Sequence[Sequence[FlowBlock]], room: float, depth: float) -> set[int]:
    """Return the groups (an index, or none) that have to begin a page, lest the last page hold too little.

    A group is a question's blocks. The first page has `room` points left, the others `depth`. Where closer
    questions save the last page, the space between them is taken; else the last two pages share what they
    hold.
    """
    heights = [_measure_group(group) for group in groups]
    for group, height in zip(groups, heights, strict=True):
        if height <= MOST_KEPT_TOGETHER * depth and isinstance(group[-1], TextBlock):
            group[-1].orphans = len(group[-1].paragraph.lines)
    if groups[0][0].before + heights[0] > room:
        room = depth  # the first begins a page
    gaps = [groups[0][0].before if room < depth else 0.0]
    gaps += [max(above[-1].after, below[0].before) for above, below in pairwise(groups)]
    pages = _fill_pages(heights, gaps, room, depth)
    if len(pages) < 2 or _measure_page(pages[-1], heights, gaps) >= LEAST_LAST_PAGE * depth:
        return set()
    for share in SPACE_SHARES:
        closer = [gaps[0], *(gap * share for gap in gaps[1:])]
        if len(_fill_pages(heights, closer, room, depth)) < len(pages):
            for (above, below), gap in zip(pairwise(groups), closer[1:], strict=True):
                above[-1].after, below[0].before = min(above[-1].after, gap), gap
            return set()
    used = depth - room if len(pages) == 2 else 0.0
    both = pages[-2] + pages[-1]

    def uneven(begin: int) -> float:
        here = [i for i in both if i < begin]
        there = [i for i in both if i >= begin]
        return abs(used + _measure_page(here, heights, gaps) - _measure_page(there, heights, gaps))

    return {min(both[1 : len(pages[-2]) + 1], key=uneven)}


def _measure_group(group: Sequence[FlowBlock]) -> float:
    """Return the height of a group, without the space above it."""
    height, after = 0.0, 0.0
    for i, block in enumerate(group):
        height += block.height + (max(block.before, after) if i else 0.0)
        after = block.after
    return height


def _measure_page(page: Sequence[int], heights: Sequence[float], gaps: Sequence[float]) -> float:
    return sum(heights[i] + (gaps[i] if i != page[0] else 0.0) for i in page)


def _fill_pages(heights: Sequence[float], gaps: Sequence[float], room: float, depth: float) -> GroupsByPage:
    """Return which groups stand on which page when each is filled before the next."""
    pages: GroupsByPage = [[]]
    left = room
    for i, (height, gap) in enumerate(zip(heights, gaps, strict=True)):
        needed = height + (gap if pages[-1] or i == 0 else 0.0)
        if needed > left and (pages[-1] or left < depth):
            pages.append([])
            left, needed = depth, height
        pages[-1].append(i)
        left -= needed
    return [page for page in pages if page]
