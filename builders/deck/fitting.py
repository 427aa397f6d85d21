"""Text that fits: the largest size at which it stands on one slide, or an even spread over several.

Sizes lie between the box's normal and its least size. What does not fit at the least size goes on to further
slides, parted between items, then between sentences, then between words; all parts have one size, and the
parts are as even as they can be (the linear partition problem, solved by searching the least possible height
of the fullest part).
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builders.deck.line_breaking import break_lines, measure_height, measure_last_line
from builders.deck.model import SlideParagraph
from builders.deck.splitting import (
    cut_paragraph,
    find_cuts_between_lines,
    join_paragraphs,
    shorten_paragraph,
    split_sentences,
)

SHORTEST_LAST_LINE = 0.3  # of the width: a last line that is shorter looks lost
MOST_SIZE_GIVEN_WAY = 6.0  # pt that a size gives way for that
MEASURE_TOLERANCE = 2.0  # pt: how near a measure is to the least that a text needs
AIRED, MOST_AIR = 0.75, 0.6  # of the room's height, and ems between bullets
MOST_CHUNKS_SPREAD = 400  # chunks: beyond, slides are filled one after another


@dataclass(frozen=True, slots=True)
class TextArea:
    """The place that text must fit: points, the normal and least size, and how many bullets and lines at
    most."""

    w: float
    h: float
    size: float
    least: float
    bold: bool = False
    leading: float = 1.0
    most_items: int = 1000


@dataclass(frozen=True, slots=True)
class FittedText:
    """Text at one size on one or more slides."""

    size: float
    parts: tuple[tuple[SlideParagraph, ...], ...]


def list_sizes(normal: float, least: float) -> Iterator[float]:
    """Return the sizes that may be used, the largest first, in whole points."""
    size = normal
    while size > least:
        yield size
        size -= 1
    yield least


def fits_area(paragraphs: Sequence[SlideParagraph], room: TextArea, size: float) -> bool:
    """Tell whether paragraphs stand in a room at a size."""
    if sum(p.bullet == "square" for p in paragraphs) > room.most_items:
        return False
    return measure_height(paragraphs, size, room.w, room.bold, room.leading) <= room.h + 0.01


def find_largest_size(paragraphs: Sequence[SlideParagraph], room: TextArea) -> float | None:
    """Return the largest size at which paragraphs stand in a room, or None."""
    return next(
        (size for size in list_sizes(room.size, room.least) if fits_area(paragraphs, room, size)), None
    )


def avoid_short_last_lines(paragraphs: Sequence[SlideParagraph], room: TextArea, size: float) -> float:
    """Return `size`, or one a little smaller at which no paragraph ends in a line of a word or so."""
    for smaller in list_sizes(size, max(room.least, size - MOST_SIZE_GIVEN_WAY)):
        if not any(_ends_in_short_line(paragraph, room, smaller) for paragraph in paragraphs):
            return smaller
    return size


def choose_even_measure(paragraphs: Sequence[SlideParagraph], room: TextArea, size: float) -> float:
    """Return the room's width, or where a paragraph would end in a line of a word or so, the least that needs
    no more lines."""
    if any(_ends_in_short_line(paragraph, room, size) for paragraph in paragraphs):
        return narrow_measure(paragraphs, size, room.w / 2, room.w)
    return room.w


def narrow_measure(paragraphs: Sequence[SlideParagraph], size: float, least: float, width: float) -> float:
    """Return the least measure, to a point or two, in which as many lines stand as in `width`, now even."""
    high = measure_height(paragraphs, size, width)
    while width - least > MEASURE_TOLERANCE:
        middle = (least + width) / 2
        if measure_height(paragraphs, size, middle) > high:
            least = middle
        else:
            width = middle
    return width


def _ends_in_short_line(paragraph: SlideParagraph, room: TextArea, size: float) -> bool:
    last = measure_last_line(paragraph, paragraph.compute_size(size), room.w, room.bold)
    return last is not None and last < SHORTEST_LAST_LINE * room.w


def space_bullets(
    paragraphs: Sequence[SlideParagraph], room: TextArea, size: float
) -> tuple[SlideParagraph, ...]:
    """Return few bullets further apart, so that they do not huddle in the upper half of their room."""
    if len(paragraphs) < 2 or any(paragraph.bullet != "square" for paragraph in paragraphs):
        return tuple(paragraphs)
    spare = AIRED * room.h - measure_height(paragraphs, size, room.w, room.bold, room.leading)
    more = min(MOST_AIR, spare / (size * (len(paragraphs) - 1)))
    return tuple(replace(p, after=p.after + more) for p in paragraphs) if more > 0 else tuple(paragraphs)


def fit_text(paragraphs: Sequence[SlideParagraph], room: TextArea, abreast: int = 1) -> FittedText:
    """Fit paragraphs into a room, and on into as many like it as they take.

    `abreast` rooms make a slide, and all of them are used. The size is the largest that needs as few slides
    as the least size does.
    """
    if (size := find_largest_size(paragraphs, room)) is not None:
        if abreast == 1:
            return FittedText(size, (tuple(paragraphs),))
        return FittedText(size, _spread_chunks(_make_chunks(paragraphs, room, size), room, size, abreast))
    found = []
    for size in list_sizes(room.size, room.least):
        chunks = _make_chunks(paragraphs, room, size)
        count = len(_pack_chunks(chunks, room, size))
        found.append((-(-count // abreast), -size, chunks, count))
    slides, minus, chunks, count = min(found, key=lambda entry: entry[:2])
    return FittedText(-minus, _spread_chunks(chunks, room, -minus, slides * abreast if slides > 1 else count))


def fit_or_shorten(
    paragraphs: Sequence[SlideParagraph], room: TextArea
) -> tuple[tuple[SlideParagraph, ...], float]:
    """Return paragraphs and the size at which they stand in a room; what no size fits ends in an ellipsis.

    For labels and titles, of which the notes have the whole.
    """
    if (size := find_largest_size(paragraphs, room)) is not None:
        return tuple(paragraphs), size
    kept: list[SlideParagraph] = []
    for paragraph in paragraphs:
        if fits_area([*kept, paragraph], room, room.least):
            kept.append(paragraph)
            continue
        ends = [
            line.end for line in break_lines(paragraph, paragraph.compute_size(room.least), room.w, room.bold)
        ]
        shorter = (shorten_paragraph(paragraph, end) for end in reversed(ends[:-1]))
        kept += [
            next(
                (one for one in shorter if fits_area([*kept, one], room, room.least)),
                shorten_paragraph(paragraph, 1),
            )
        ]
        break
    return tuple(kept), room.least


ParagraphChunk = tuple[SlideParagraph, ...]  # paragraphs that must stay together


def _make_chunks(paragraphs: Sequence[SlideParagraph], room: TextArea, size: float) -> list[ParagraphChunk]:
    """Group what must stay together; cut what is higher than a slide."""
    chunks: list[ParagraphChunk] = []
    held: list[SlideParagraph] = []
    for paragraph in paragraphs:
        held.append(paragraph)
        if not paragraph.keep:
            chunks += _cut_to_fit(tuple(held), room, size)
            held = []
    return chunks + (_cut_to_fit(tuple(held), room, size) if held else [])


def _cut_to_fit(chunk: ParagraphChunk, room: TextArea, size: float) -> list[ParagraphChunk]:
    if fits_area(chunk, room, size):
        return [chunk]
    if len(chunk) > 1:  # what was to stay together is higher than a slide: let the last go on alone
        return [*_cut_to_fit(chunk[:-1], room, size), *_cut_to_fit(chunk[-1:], room, size)]
    parts = split_sentences(chunk[0])
    if len(parts) > 1:
        return [piece for part in parts for piece in _cut_to_fit((part,), room, size)]
    lines = break_lines(chunk[0], chunk[0].compute_size(size), room.w, room.bold)
    most = max(1, _count_lines_that_fit(chunk[0], room, size, len(lines)))
    cuts = find_cuts_between_lines(chunk[0].text, [line.start for line in lines], most)
    return [(part,) for part in cut_paragraph(chunk[0], cuts)]


def _count_lines_that_fit(paragraph: SlideParagraph, room: TextArea, size: float, most: int) -> int:
    one = measure_height((paragraph,), size, room.w, room.bold, room.leading) / most
    return int(room.h / one)


def _spread_chunks(
    chunks: list[ParagraphChunk], room: TextArea, size: float, count: int
) -> tuple[tuple[SlideParagraph, ...], ...]:
    """Part chunks into at most `count` rooms, as even in height as they can be."""
    parts = _find_even_partition(chunks, room, size, count) if len(chunks) <= MOST_CHUNKS_SPREAD else None
    return tuple(_rejoin_cut_paragraphs(part) for part in parts or _pack_chunks(chunks, room, size))


def _find_even_partition(
    chunks: list[ParagraphChunk], room: TextArea, size: float, count: int
) -> list[list[ParagraphChunk]] | None:
    """Return the partition into at most `count` rooms whose heights have the least sum of squares, or None.

    Dynamic programming over the number of rooms and of chunks (the linear partition problem).
    """
    highs = [measure_height(chunk, size, room.w, room.bold, room.leading) for chunk in chunks]
    gaps = [chunk[-1].after * chunk[-1].compute_size(size) for chunk in chunks]
    marks = [sum(paragraph.bullet == "square" for paragraph in chunk) for chunk in chunks]
    best: list[tuple[float, tuple[int, ...]] | None] = [(0.0, ()), *([None] * len(chunks))]
    for _ in range(min(count, len(chunks))):
        after: list[tuple[float, tuple[int, ...]] | None] = [best[0], *([None] * len(chunks))]
        for start, reached in enumerate(best[:-1]):
            if reached is None:
                continue
            used, bullets = 0.0, 0
            for end in range(start + 1, len(chunks) + 1):
                used += highs[end - 1] + (gaps[end - 2] if end - 1 > start else 0.0)
                bullets += marks[end - 1]
                alone = end == start + 1
                if not alone and (used > room.h + 0.01 or bullets > room.most_items):
                    break
                cost = reached[0] + used * used
                held = after[end]
                if held is None or cost <= held[0] * (
                    1 + 1e-9
                ):  # of equals, that with the emptiest room last
                    after[end] = (cost, (*reached[1], start))
        best = [after[0], *(new or old for new, old in zip(after[1:], best[1:], strict=True))]
        best[0] = (0.0, ())
    found = best[-1]
    if found is None:
        return None
    bounds = [*found[1], len(chunks)]
    return [chunks[start:end] for start, end in itertools.pairwise(bounds)]


def _pack_chunks(chunks: list[ParagraphChunk], room: TextArea, size: float) -> list[list[ParagraphChunk]]:
    """Fill rooms one after another; a chunk that is higher than a room has one to itself."""
    rooms: list[list[ParagraphChunk]] = []
    used = gap = 0.0
    marks = 0
    for chunk in chunks:
        own = measure_height(chunk, size, room.w, room.bold, room.leading)
        bullets = sum(paragraph.bullet == "square" for paragraph in chunk)
        if not rooms or used + gap + own > room.h + 0.01 or marks + bullets > room.most_items:
            rooms.append([chunk])
            used, marks = own, bullets
        else:
            rooms[-1].append(chunk)
            used, marks = used + gap + own, marks + bullets
        gap = chunk[-1].after * chunk[-1].compute_size(size)
    return rooms


def _rejoin_cut_paragraphs(part: list[ParagraphChunk]) -> tuple[SlideParagraph, ...]:
    """Join what was cut for the count and landed on one slide after all."""
    out: list[SlideParagraph] = []
    for chunk in part:
        for paragraph in chunk:
            if out and paragraph.carried:
                out[-1] = replace(join_paragraphs([out[-1], paragraph]), keep=paragraph.keep)
            else:
                out.append(paragraph)
    return tuple(out)
