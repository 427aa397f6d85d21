"""Font programs to embed: the glyphs that a document uses alone, and a letter with its marks as one glyph.

Readers of PDFs take the way back from a mark to the next letter for a space; so what HarfBuzz sets of several
glyphs becomes a glyph of its own, made of them (OpenType, table glyf: composite glyphs). HarfBuzz cuts the
programs.
"""

import struct
from collections.abc import Mapping, Sequence

import uharfbuzz as hb

from builders.typesetting.glyph_clusters import Composite, ink_box

# Layout is done, and codes lead to glyphs without a table of characters.
_DROPPED_TABLES = b"BASE DSIG GDEF GPOS GSUB JSTF OS/2 STAT VORG cmap hdmx kern name post vhea vmtx".split()
# Flags of a composite's part: its offsets are words; they are offsets; more parts follow.
_WORDS, _OFFSETS, _MORE = 0x1, 0x2, 0x20


def cut_font_program(file: hb.Face, glyphs: Sequence[int | Composite]) -> tuple[bytes, list[int]]:
    """Return a TrueType program of these glyphs alone, and where in it each of them stands."""
    composites = list(dict.fromkeys(glyph for glyph in glyphs if not isinstance(glyph, int)))
    added = {glyph: file.glyph_count + place for place, glyph in enumerate(composites)}
    numbers = [glyph if isinstance(glyph, int) else added[glyph] for glyph in glyphs]
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(set(numbers))
    wanted.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in _DROPPED_TABLES})
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(_with_composites(file, composites) if composites else file, wanted)
    places = plan.old_to_new_glyph_mapping
    return bytes(plan.execute().blob.data), [places[number] for number in numbers]


def _with_composites(file: hb.Face, composites: Sequence[Composite]) -> hb.Face:
    """Return a font file with composites behind its own glyphs."""
    tables = {tag: bytearray(file.reference_table(tag).data) for tag in file.table_tags}
    font, count = hb.Font(file), file.glyph_count
    glyphs, metrics = tables["glyf"], tables["hmtx"]
    (long,) = struct.unpack_from(">h", tables["head"], 50)
    places = list(struct.unpack_from(f">{count + 1}{'IH'[not long]}", tables["loca"]))
    places = places if long else [2 * place for place in places]
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)  # glyphs with an advance: the others have the last
    last = metrics[4 * full - 4 : 4 * full - 2]
    metrics[4 * full :] = b"".join(last + metrics[at : at + 2] for at in range(4 * full, len(metrics), 2))
    for composite in composites:
        record, left = _composite_record(font, composite)
        advance = sum(font.get_glyph_h_advance(number) for number, _, _ in composite)
        glyphs += record
        places.append(len(glyphs))
        metrics += struct.pack(">Hh", advance, left)
    total = count + len(composites)
    tables["loca"] = bytearray(struct.pack(f">{total + 1}I", *places))
    struct.pack_into(">h", tables["head"], 50, 1)
    struct.pack_into(">H", tables["hhea"], 34, total)
    struct.pack_into(">H", tables["maxp"], 4, total)
    _raise_limits(tables["maxp"], max(map(len, composites)))
    return hb.Face(hb.Blob(_font_file(tables)))


def _raise_limits(maxp: bytearray, parts: int) -> None:
    """Raise a font's limits (OpenType, table maxp) to composites of so many parts, themselves composite."""
    points, contours, composite_points, composite_contours = struct.unpack_from(">4H", maxp, 6)
    elements, depth = struct.unpack_from(">2H", maxp, 28)
    most = (max(points, composite_points) * parts, max(contours, composite_contours) * parts)
    struct.pack_into(">2H", maxp, 10, *(min(limit, 0xFFFF) for limit in most))
    struct.pack_into(">2H", maxp, 28, max(elements, parts), depth + 1)


def _font_file(tables: Mapping[str, bytes | bytearray]) -> bytes:
    """Return a font file of tables (OpenType, table directory), without the sums that nobody checks here."""
    at = 12 + 16 * len(tables)
    parts = [struct.pack(">I4H", 0x10000, len(tables), 0, 0, 0)]
    for tag, table in sorted(tables.items()):
        parts.append(struct.pack(">4s3I", tag.encode("ascii"), 0, at, len(table)))
        at += -(-len(table) // 4) * 4
    parts += (bytes(table) + bytes(-len(table) % 4) for _, table in sorted(tables.items()))
    return b"".join(parts)


def _composite_record(font: hb.Font, composite: Composite) -> tuple[bytes, int]:
    """Return a composite's record in the table glyf, and its left side."""
    boxes = [box for part in composite if (box := ink_box(font, *part))[0] < box[2]]
    lefts, bottoms, rights, tops = zip(*boxes or [(0, 0, 0, 0)], strict=True)
    parts = [struct.pack(">5h", -1, min(lefts), min(bottoms), max(rights), max(tops))]
    for place, (number, x, y) in enumerate(composite):
        flags = _WORDS | _OFFSETS | (_MORE if place < len(composite) - 1 else 0)
        parts.append(struct.pack(">HHhh", flags, number, x, y))
    record = b"".join(parts)
    return record + bytes(-len(record) % 4), min(lefts)
