"""Text that fits: the largest size at which it stands on one slide, or an even spread over several.

Sizes lie between the box's normal and its least size. What does not fit at the least size goes on to further
slides, parted between items, then between sentences, then between words; all parts have one size, and the
parts are as even as they can be (the linear partition problem, solved by searching the least possible height
of the fullest part).
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from builders.deck.lines import broken, height
from builders.deck.slides import Paragraph, Run

MOST_EVENED = 400  # chunks: beyond, slides are filled one after another
_SENTENCE_END = re.compile(r"[.!?…]+[»”\"'’)\]]*\s+(?=[¿¡«“\"'‘(\[—–]*[^\W\d_a-z])")
_ABBREVIATION = re.compile(r"(?:^|[\s(«“])(?:\w|\w\w|\w\.\w|\w{1,4}\.\w{1,3})\.\s+$")
_ABBREVIATION_WORDS = re.compile(
    r"(?:^|[\s(«“])(?:Sres?|Sras?|Dres?|Dras?|Mrs|Mss?|núm|vol|págs?|cap|art|etc|trad)\.\s+$"
)


@dataclass(frozen=True, slots=True)
class Room:
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
class Fitted:
    """Text at one size on one or more slides."""

    size: float
    parts: tuple[tuple[Paragraph, ...], ...]


def sizes(normal: float, least: float) -> Iterator[float]:
    """Return the sizes that may be used, the largest first, in whole points."""
    size = normal
    while size > least:
        yield size
        size -= 1
    yield least


def fits(paragraphs: Sequence[Paragraph], room: Room, size: float) -> bool:
    """Tell whether paragraphs stand in a room at a size."""
    if sum(p.bullet == "square" for p in paragraphs) > room.most_items:
        return False
    return height(paragraphs, size, room.w, room.bold, room.leading) <= room.h + 0.01


def largest(paragraphs: Sequence[Paragraph], room: Room) -> float | None:
    """Return the largest size at which paragraphs stand in a room, or None."""
    return next((size for size in sizes(room.size, room.least) if fits(paragraphs, room, size)), None)


def fit(paragraphs: Sequence[Paragraph], room: Room, abreast: int = 1) -> Fitted:
    """Fit paragraphs into a room, and on into as many like it as they take.

    `abreast` rooms make a slide: beyond one slide, all columns are used. The size is the largest that needs
    as few rooms as the least size does.
    """
    if (size := largest(paragraphs, room)) is not None:
        return Fitted(size, (tuple(paragraphs),))
    found = []
    for size in sizes(room.size, room.least):
        chunks = _chunks(paragraphs, room, size)
        count = len(_packed(chunks, room, size))
        found.append((-(-count // abreast), -size, chunks, count))
    slides, minus, chunks, count = min(found, key=lambda entry: entry[:2])
    return Fitted(-minus, _spread(chunks, room, -minus, slides * abreast if slides > 1 else count))


def within(paragraphs: Sequence[Paragraph], room: Room) -> tuple[tuple[Paragraph, ...], float]:
    """Return paragraphs and the size at which they stand in a room; what no size fits ends in an ellipsis.

    For labels and titles, of which the notes have the whole.
    """
    if (size := largest(paragraphs, room)) is not None:
        return tuple(paragraphs), size
    kept: list[Paragraph] = []
    for paragraph in paragraphs:
        if fits([*kept, paragraph], room, room.least):
            kept.append(paragraph)
            continue
        ends = [line.end for line in broken(paragraph, paragraph.points(room.least), room.w, room.bold)]
        shorter = (shortened(paragraph, end) for end in reversed(ends[:-1]))
        kept += [
            next((one for one in shorter if fits([*kept, one], room, room.least)), shortened(paragraph, 1))
        ]
        break
    return tuple(kept), room.least


def shortened(paragraph: Paragraph, end: int) -> Paragraph:
    """Return a paragraph's first `end` characters, less its last word, and an ellipsis."""
    head = paragraph.text[:end].rstrip()
    cut = head.rfind(" ")
    runs = tuple(_slice(paragraph.runs, 0, cut if cut > end // 2 else max(1, end - 2)))
    return replace(paragraph, runs=(*runs, Run("…"))) if runs else paragraph


def sentences(paragraph: Paragraph) -> list[Paragraph]:
    """Return the sentences of a paragraph, each a paragraph; abbreviations end none."""
    cuts = [
        match.end()
        for match in _SENTENCE_END.finditer(paragraph.text)
        if not _is_abbreviation(paragraph.text, match.end())
    ]
    return split(paragraph, cuts)


def split(paragraph: Paragraph, cuts: Sequence[int]) -> list[Paragraph]:
    """Cut a paragraph before the characters `cuts`; later parts keep the indent and drop the bullet."""
    out: list[Paragraph] = []
    for start, end in zip([0, *cuts], [*cuts, len(paragraph.text)], strict=True):
        runs = tuple(_slice(paragraph.runs, start, end))
        if not runs:
            continue
        mark = "hang" if out and paragraph.bullet else paragraph.bullet
        out.append(
            replace(paragraph, runs=runs, bullet=mark, keep=False, carried=bool(out) or paragraph.carried)
        )
    if out:
        out[-1] = replace(out[-1], keep=paragraph.keep)
    return out or [paragraph]


def joined(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """Set paragraphs as one, with a space between."""
    runs = [run for p in paragraphs for run in (*p.runs, Run(" "))][:-1]
    return replace(paragraphs[0], runs=tuple(runs))


def _is_abbreviation(text: str, end: int) -> bool:
    head = text[max(0, end - 12) : end]
    return bool(_ABBREVIATION.search(head) or _ABBREVIATION_WORDS.search(head))


def _slice(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """Return the runs between two characters, without the spaces at the end."""
    pieces, at = [], 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            pieces.append(replace(run, text=text))
    while pieces and not (text := pieces[-1].text.rstrip()):
        pieces.pop()
    if pieces:
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
    yield from pieces


Chunk = tuple[Paragraph, ...]  # paragraphs that must stay together


def _chunks(paragraphs: Sequence[Paragraph], room: Room, size: float) -> list[Chunk]:
    """Group what must stay together; cut what is higher than a slide."""
    chunks: list[Chunk] = []
    held: list[Paragraph] = []
    for paragraph in paragraphs:
        held.append(paragraph)
        if not paragraph.keep:
            chunks += _cut_to_fit(tuple(held), room, size)
            held = []
    return chunks + (_cut_to_fit(tuple(held), room, size) if held else [])


def _cut_to_fit(chunk: Chunk, room: Room, size: float) -> list[Chunk]:
    if fits(chunk, room, size):
        return [chunk]
    if len(chunk) > 1:  # what was to stay together is higher than a slide: let the last go on alone
        return [*_cut_to_fit(chunk[:-1], room, size), *_cut_to_fit(chunk[-1:], room, size)]
    parts = sentences(chunk[0])
    if len(parts) > 1:
        return [piece for part in parts for piece in _cut_to_fit((part,), room, size)]
    lines = broken(chunk[0], chunk[0].points(size), room.w, room.bold)
    per_slide = max(1, _lines_that_fit(chunk[0], room, size, len(lines)))
    slides = -(-len(lines) // per_slide)
    even = -(-len(lines) // slides)
    cuts = [line.start for line in lines[even::even]]
    return [
        (part,) for part in split(chunk[0], [cut for cut in cuts if chunk[0].text[cut - 1].isspace()] or cuts)
    ]


def _lines_that_fit(paragraph: Paragraph, room: Room, size: float, most: int) -> int:
    one = height((paragraph,), size, room.w, room.bold, room.leading) / most
    return int(room.h / one)


def _spread(chunks: list[Chunk], room: Room, size: float, count: int) -> tuple[tuple[Paragraph, ...], ...]:
    """Part chunks into at most `count` rooms, as even in height as they can be."""
    parts = _evenly(chunks, room, size, count) if len(chunks) <= MOST_EVENED else None
    return tuple(_mended(part) for part in parts or _packed(chunks, room, size))


def _evenly(chunks: list[Chunk], room: Room, size: float, count: int) -> list[list[Chunk]] | None:
    """Return the partition into at most `count` rooms whose heights have the least sum of squares, or None.

    Dynamic programming over the number of rooms and of chunks (the linear partition problem).
    """
    highs = [height(chunk, size, room.w, room.bold, room.leading) for chunk in chunks]
    gaps = [chunk[-1].after * chunk[-1].points(size) for chunk in chunks]
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


def _packed(chunks: list[Chunk], room: Room, size: float) -> list[list[Chunk]]:
    """Fill rooms one after another; a chunk that is higher than a room has one to itself."""
    rooms: list[list[Chunk]] = []
    used = gap = 0.0
    marks = 0
    for chunk in chunks:
        own = height(chunk, size, room.w, room.bold, room.leading)
        bullets = sum(paragraph.bullet == "square" for paragraph in chunk)
        if not rooms or used + gap + own > room.h + 0.01 or marks + bullets > room.most_items:
            rooms.append([chunk])
            used, marks = own, bullets
        else:
            rooms[-1].append(chunk)
            used, marks = used + gap + own, marks + bullets
        gap = chunk[-1].after * chunk[-1].points(size)
    return rooms


def _mended(part: list[Chunk]) -> tuple[Paragraph, ...]:
    """Join what was cut for the count and landed on one slide after all."""
    out: list[Paragraph] = []
    for chunk in part:
        for paragraph in chunk:
            if out and paragraph.carried:
                out[-1] = replace(joined([out[-1], paragraph]), keep=paragraph.keep)
            else:
                out.append(paragraph)
    return tuple(out)
