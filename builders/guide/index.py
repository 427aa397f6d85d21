"""The index of people, places and terms, in balanced columns."""

from collections.abc import Sequence

from builders.guide.back_matter import find_initial, write_sort_name
from builders.guide.content import GuideContent
from builders.guide.cross_references import LayoutRecord
from builders.guide.flow import Flow
from builders.guide.flow_blocks import TextBlock
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageLines,
    PageText,
)
from builders.guide.prose import make_chapter_title
from builders.guide.typography import make_sort_key
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    set_ragged,
    varied,
)

TURNOVER_INDENT = 12.0  # indent of an entry's further lines


def set_index(course: GuideContent, flow: Flow, root: Node, record: LayoutRecord) -> None:
    """Set the index of people, places and terms in balanced columns; bold is where an entry is explained."""
    look, geometry = course.type, course.page
    sect = root.add("Sect")
    word = write_index_title(course)
    entries = [(write_sort_name(course, p), p.id) for p in course.outline.people]
    entries += [(course.get_plain_text(t.name), t.id) for t in course.outline.terms]
    entries += [(course.get_plain_text(p.name), p.id) for p in course.outline.places]
    entries.sort(key=lambda e: (make_sort_key(e[0]), e[1]))
    count = course.edition.print.index_columns
    letters = len({find_initial(name) for name, _ in entries})
    title = look.h1.leading + look.body.leading * 5
    needed = title + (len(entries) + 2 * letters) / count * look.index.leading
    if flow.room < needed <= geometry.depth:
        flow.begin_page()  # rather than part what one page holds
    flow.place_blocks(
        [make_chapter_title(course, word, sect.add("H1"), PageDestination("index", 0, 0, word, 0), wide=True)]
    )
    note = set_ragged(course.get_fixed_words("index_note"), look.small_quiet, geometry.full_width)
    flow.place_blocks([TextBlock(note, sect.add("P"), after=look.body.leading, wide=True)])
    width = (geometry.full_width - (count - 1) * 20) / count
    lines = _make_index_lines(course, sect.add("Index"), entries, record, width)
    _set_columns(course, flow, lines, count, width)


def write_index_title(course: GuideContent) -> str:
    """Return the index's title, which tells what stands in it."""
    return course.get_fixed_words("index_with_places" if course.outline.places else "index")


IndexLine = tuple[Paragraph | str, Node | None]  # a letter, or an entry


def _make_index_lines(
    course: GuideContent, node: Node, entries: Sequence[tuple[str, str]], record: LayoutRecord, width: float
) -> list[IndexLine]:
    look = course.type
    out: list[IndexLine] = []
    letter = ""
    for name, key in entries:
        folios = [f for f in record.mentions.get(key, []) if f != record.folios.get(key)]
        explained = record.folios.get(key)
        runs = [Run(name, look.index.face)]
        numbers = sorted({*folios, *([explained] if explained else [])}, key=_make_folio_key)
        for i, folio in enumerate(numbers):
            bold = folio == explained
            face = look.choose_face("sans", "bold" if bold else "regular")
            target = f"#{key}" if bold else f"#page:{folio}"
            runs.append(Run(" " if i == 0 else ", ", look.index.face))
            runs.append(Run(folio, face, look.colours.blue, link=target))
        if find_initial(name) != letter:
            letter = find_initial(name)
            out.append((letter, None))
        style = varied(look.index, indent=-TURNOVER_INDENT)
        out.append((Paragraph(runs, style, width - TURNOVER_INDENT), node.add("P")))
    return out


def _make_folio_key(folio: str) -> tuple[int, str]:
    return (int(folio), "") if folio.isdigit() else (0, folio)


def _set_columns(
    course: GuideContent, flow: Flow, lines: Sequence[IndexLine], count: int, width: float
) -> None:
    """Fill pages with columns from the grid; on the last page all columns are of one height."""
    leading = course.type.index.leading
    heights = [2 if isinstance(item, str) else len(item.lines) for item, _ in lines]
    start = 0
    while start < len(lines):
        room = max(int((flow.room - flow.gap) / leading + 1e-6), 4)
        depth = next(
            (
                d
                for d in range(3, room + 1)
                if _fill_columns(lines, heights, start, d, count)[-1] == len(lines)
            ),
            room,
        )
        ends = _fill_columns(lines, heights, start, depth, count)
        left = course.page.find_full_left(flow.page.recto)
        top = flow.y + flow.gap
        for column, end in enumerate(ends):
            _place_column(
                course, flow.page, lines[start:end], heights[start:end], left + column * (width + 20), top
            )
            start = end
        flow.y, flow.gap = top + depth * leading, 0.0
        flow.at_top = False
        if start < len(lines):
            flow.begin_page()


def _fill_columns(
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


def _place_column(
    course: GuideContent,
    page: GuidePage,
    lines: Sequence[IndexLine],
    heights: Sequence[int],
    x: float,
    y: float,
) -> None:
    look = course.type
    leading = look.index.leading
    for i, ((item, node), height) in enumerate(zip(lines, heights, strict=True)):
        if isinstance(item, str):
            rows = 1 if i == 0 else height
            baseline = y + (rows - 1) * leading + look.index.drop
            page.items.append(
                PageText(item, x, baseline, look.h1.face, 13.5 * look.scale**0.7, look.colours.ink)
            )
            y += rows * leading
        else:
            page.items.append(PageLines(item, x + TURNOVER_INDENT, y + look.index.drop, node))
            y += height * leading
