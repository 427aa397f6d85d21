"""The index of people and terms, in balanced columns."""

from collections.abc import Sequence

from builders.guide.back import initial, sort_name
from builders.guide.blocks import Text
from builders.guide.course import Course
from builders.guide.flow import Flow
from builders.guide.page import Lines, Mark, Page, Words
from builders.guide.prose import chapter
from builders.guide.record import Record
from builders.guide.sentences import writing_key
from builders.text.paragraph import Paragraph, Run, set_ragged, varied
from builders.text.tree import Node

TURN = 12.0  # indent of an entry's further lines


def index(course: Course, flow: Flow, root: Node, record: Record) -> None:
    """Set the index of people and terms in balanced columns; bold is where an entry is explained."""
    look, geometry = course.type, course.page
    sect = root.add("Sect")
    word = course.word("index")
    entries = [(sort_name(course, p), p.id) for p in course.outline.people]
    entries += [(course.say(t.name), t.id) for t in course.outline.terms]
    entries.sort(key=lambda e: (writing_key(e[0]), e[1]))
    count = 1 if course.large else 3
    letters = len({initial(name) for name, _ in entries})
    title = look.h1.leading + look.body.leading * 5
    needed = title + (len(entries) + 2 * letters) / count * look.index.leading
    if flow.room < needed <= geometry.depth:
        flow.new_page()  # rather than part what one page holds
    flow.take([chapter(course, word, sect.add("H1"), Mark("index", 0, 0, word, 0), wide=True)])
    note = set_ragged(course.word("index_note"), look.small_quiet, geometry.full)
    flow.take([Text(note, sect.add("P"), after=look.body.leading, wide=True)])
    width = (geometry.full - (count - 1) * 20) / count
    lines = _index_lines(course, sect.add("Index"), entries, record, width)
    _columns(course, flow, lines, count, width)


IndexLine = tuple[Paragraph | str, Node | None]  # a letter, or an entry


def _index_lines(
    course: Course, node: Node, entries: Sequence[tuple[str, str]], record: Record, width: float
) -> list[IndexLine]:
    look = course.type
    out: list[IndexLine] = []
    letter = ""
    for name, key in entries:
        folios = [f for f in record.mentions.get(key, []) if f != record.folios.get(key)]
        explained = record.folios.get(key)
        runs = [Run(name, look.index.face)]
        numbers = sorted({*folios, *([explained] if explained else [])}, key=_folio_order)
        for i, folio in enumerate(numbers):
            bold = folio == explained
            face = look.face("sans", "bold" if bold else "regular")
            target = f"#{key}" if bold else f"#page:{folio}"
            runs.append(Run(" " if i == 0 else ", ", look.index.face))
            runs.append(Run(folio, face, look.colours.blue, link=target))
        if initial(name) != letter:
            letter = initial(name)
            out.append((letter, None))
        style = varied(look.index, indent=-TURN)
        out.append((Paragraph(runs, style, width - TURN), node.add("P")))
    return out


def _folio_order(folio: str) -> tuple[int, str]:
    return (int(folio), "") if folio.isdigit() else (0, folio)


def _columns(course: Course, flow: Flow, lines: Sequence[IndexLine], count: int, width: float) -> None:
    """Fill pages with columns from the grid; on the last page all columns are of one height."""
    leading = course.type.index.leading
    heights = [2 if isinstance(item, str) else len(item.lines) for item, _ in lines]
    start = 0
    while start < len(lines):
        room = max(int((flow.room - flow.gap) / leading + 1e-6), 4)
        depth = next(
            (d for d in range(3, room + 1) if _filled(lines, heights, start, d, count)[-1] == len(lines)),
            room,
        )
        ends = _filled(lines, heights, start, depth, count)
        left = course.page.full_left(flow.page.recto)
        top = flow.y + flow.gap
        for column, end in enumerate(ends):
            _column(
                course, flow.page, lines[start:end], heights[start:end], left + column * (width + 20), top
            )
            start = end
        flow.y, flow.gap = top + depth * leading, 0.0
        flow.at_top = False
        if start < len(lines):
            flow.new_page()


def _filled(
    lines: Sequence[IndexLine], heights: Sequence[int], start: int, depth: int, count: int
) -> list[int]:
    """Return where each column ends; a letter never stands last, and takes one line at a column's top."""
    ends, at = [], start
    for _ in range(count):
        used = 0
        while at < len(lines):
            height = heights[at] - (1 if used == 0 and isinstance(lines[at][0], str) else 0)
            following = heights[at + 1] if isinstance(lines[at][0], str) and at + 1 < len(lines) else 0
            if used + height + following > depth and used:
                break
            used += height
            at += 1
        ends.append(at)
    return ends


def _column(
    course: Course, page: Page, lines: Sequence[IndexLine], heights: Sequence[int], x: float, y: float
) -> None:
    look = course.type
    leading = look.index.leading
    for i, ((item, node), height) in enumerate(zip(lines, heights, strict=True)):
        if isinstance(item, str):
            rows = 1 if i == 0 else height
            baseline = y + (rows - 1) * leading + look.index.drop
            page.items.append(
                Words(item, x, baseline, look.h1.face, 13.5 * look.scale**0.7, look.colours.ink)
            )
            y += rows * leading
        else:
            page.items.append(Lines(item, x + TURN, y + look.index.drop, node))
            y += height * leading
