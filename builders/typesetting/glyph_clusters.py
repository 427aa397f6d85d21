"""Glyphs in clusters: what HarfBuzz makes of a word, with its marks set where the font says no place.

A cluster is what cannot be parted: a letter with its marks, letters joined into one. All lengths are in the
units of the font file.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

import uharfbuzz as hb

SOFT_HYPHEN = "\u00ad"
_BYTE_ORDER_MARK = "\ufeff"  # not seen, and not to be named in a PDF (ISO 14289-1, 7.21.7)
MARK_APART = 0.05  # of the size: between a letter and a mark that the font says no place for

Composite = tuple[tuple[int, int, int], ...]  # glyphs of a font file, x and y of each in its units


def find_plain_advances(word: str, buffer: hb.Buffer) -> list[int] | None:
    """Return the advances of a shaped word, where each character has one glyph and that stands on the pen.

    None for any other: its clusters have to be joined.
    """
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    in_order = [info.cluster for info in infos] == list(range(len(word)))
    placed = [position.x_offset or position.y_offset for position in positions]
    if not in_order or any(placed):
        return None
    return [position.x_advance for position in positions]


def join_clusters(font: hb.Font, word: str, buffer: hb.Buffer) -> Iterator[tuple[int | Composite, str, int]]:
    """Yield the clusters of a word that `font` shaped into `buffer`, from left to right.

    Of each its glyph, or several that stand off the pen, its characters, and how far the pen moves on.
    """
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(pairwise([*starts, len(word)]))
    for start, cluster in groupby(zip(infos, positions, strict=True), lambda pair: pair[0].cluster):
        pen = 0
        parts: list[tuple[int, int, int]] = []
        loose: list[int] = []
        for info, position in cluster:
            if parts and not (position.x_advance or position.x_offset or position.y_offset):
                loose.append(len(parts))
            parts.append((info.codepoint, pen + position.x_offset, position.y_offset))
            pen += position.x_advance
        plain = len(parts) == 1 and parts[0][1:] == (0, 0)
        yield parts[0][0] if plain else place_marks(font, parts, loose), word[start : ends[start]], pen


def place_marks(font: hb.Font, parts: Sequence[tuple[int, int, int]], loose: Collection[int]) -> Composite:
    """Return a letter and its marks with those that are `loose` set over it, or under: the font says no place
    for them, and they would stand beside it.

    HarfBuzz does so by itself only where a font says no place for any mark.
    """
    slant = font.get_style_value(hb.StyleTag.SLANT_RATIO)
    apart = font.face.upem * MARK_APART
    out: list[tuple[int, int, int]] = []
    letter = ink_box(font, *parts[0])
    for place, (number, x, y) in enumerate(parts):
        left, bottom, right, top = ink_box(font, number, x, y)
        shift = rise = 0
        if place in loose and right > left:
            if bottom + top > letter[1] + letter[3]:
                rise = round(max(letter[3] + apart - bottom, 0))
            else:
                rise = round(min(letter[1] - apart - top, 0))
            lean = slant * ((bottom + top - letter[1] - letter[3]) / 2 + rise)
            shift = round((letter[0] + letter[2] - left - right) / 2 + lean)
        out.append((number, x + shift, y + rise))
        if right > left:
            letter = (letter[0], min(letter[1], bottom + rise), letter[2], max(letter[3], top + rise))
    return tuple(out)


def ink_box(font: hb.Font, number: int, x: int, y: int) -> tuple[int, int, int, int]:
    """Return the extent of a glyph that stands at a point: left, bottom, right, top."""
    ink = font.get_glyph_extents(number)
    left, top = x + ink.x_bearing, y + ink.y_bearing
    return left, top + ink.height, left + ink.width, top


def normalize_word(word: str) -> str:
    """Return a word's characters as they are shaped: composed, no soft hyphen but at its end."""
    if word.isascii():
        return word
    word = unicodedata.normalize("NFC", word).replace(_BYTE_ORDER_MARK, "")
    return word[:-1].replace(SOFT_HYPHEN, "") + word[-1:] if SOFT_HYPHEN in word else word


def split_into_letters(word: str) -> Iterator[str]:
    """Yield a word's letters, each with the marks that belong to it."""
    start = 0
    for end, character in enumerate(word):
        if end and not unicodedata.combining(character):
            yield word[start:end]
            start = end
    yield word[start:]
