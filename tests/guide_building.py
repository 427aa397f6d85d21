"""The sample guide, built and planned once for all tests that read it, and what they measure on it."""

from functools import cache
from pathlib import Path

from builders import guide
from builders.guide.options import GuideOptions
from builders.guide.page_items import GuidePage, PageFigure, PageLines
from builders.guide.plan import GuidePlan, plan_guide
from builders.outline import load
from builders.outline.model import Outline
from builders.typesetting.paragraph import Paragraph
from tests.validators import conformance_failures

ATHENS = Path(__file__).parent / "outlines" / "athens.yaml"
EDITIONS = ("study", "worksheet", "teacher", "large-print")
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<title>A harbour</title>
<rect x="10" y="10" width="180" height="80" fill="none" stroke="#1F5C94" stroke-width="2"/>
<g transform="translate(50 50)"><circle r="20" style="fill:#C2231A"/>
<path d="M30 0 q10 -20 20 0 t20 0 A10 10 0 0 1 90 0 Z"/></g>
<text x="100" y="95" text-anchor="middle" font-size="8">Piraeus</text></svg>"""


@cache
def athens() -> Outline:
    return load.load_outline(ATHENS).outline


def options(lang: str = "en", **values: object) -> GuideOptions:
    return GuideOptions(lang=lang, root=ATHENS.parent, **values)  # type: ignore[arg-type]


@cache
def built(lang: str = "en", edition: str = "study", **values: object) -> bytes:
    (artifact,) = guide.build(athens(), options(lang, edition=edition, **values))
    return artifact.data


@cache
def planned(lang: str = "en", edition: str = "study", paper: str = "a4") -> GuidePlan:
    return plan_guide(athens(), options(lang, edition=edition, paper=paper))


def failures(data: bytes, profile: str) -> list[str]:
    return [f"{f.rule_id}: {f.message}" for f in conformance_failures(data, profile)]


def same(text: str) -> dict[str, str]:
    """Return a text that says the same in both of the sample's languages."""
    return {"es": text, "en": text}


def with_table(columns: list[str], rows: list[list[object]]) -> Outline:
    """Return the sample with its first table's columns and rows replaced; a row's first cell is its head."""
    outline = athens()
    sections = list(outline.sections)
    for i, section in enumerate(sections):
        for k, block in enumerate(section.blocks):
            content = block.compare or block.table
            if content is None:
                continue
            row = content.rows[0]
            made = tuple(
                row.model_copy(
                    update={
                        "head": same(str(cells[0])),
                        "cells": tuple(same(c) if isinstance(c, str) else c for c in cells[1:]),
                    }
                )
                for cells in rows
            )
            table = content.model_copy(update={"columns": tuple(map(same, columns)), "rows": made})
            changed = block.model_copy(update={"compare": table, "table": None})
            blocks = (*section.blocks[:k], changed, *section.blocks[k + 1 :])
            sections[i] = section.model_copy(update={"blocks": blocks})
            return outline.model_copy(update={"sections": tuple(sections)})
    raise AssertionError("the sample has no table")


def with_image(root: Path, file: str, *, grey: bool = False) -> tuple[Outline, GuideOptions]:
    """Return the sample with `file` as its picture, and options that look for it in `root`."""
    outline = athens()
    section = outline.sections[1]
    blocks = tuple(
        b.model_copy(update={"image": b.image.model_copy(update={"file": file})}) if b.image else b
        for b in section.blocks
    )
    changed = section.model_copy(update={"blocks": blocks})
    return outline.model_copy(update={"sections": (outline.sections[0], changed)}), GuideOptions(
        lang="en", root=root, grey=grey
    )


def words_of(paragraph: Paragraph) -> str:
    """Return a paragraph's words as they are read, with plain spaces."""
    words = (w if isinstance(w, str) else "".join(bit[1] for bit in w) for w in paragraph.words)
    return " ".join(words).replace("\u00a0", " ")


Rectangle = tuple[float, float, float, float]


def boxes(items: list[object]) -> list[tuple[Rectangle, PageLines]]:
    """Return the boxes of the paragraphs on a page: left, top, right, bottom of their letters."""
    out = []
    for item in items:
        if isinstance(item, PageFigure):
            out += boxes(list(item.items))
        if isinstance(item, PageLines):
            p = item.paragraph
            lines = p.lines[item.first : item.last]
            width = max((p.line_width(line) for line in lines), default=0.0)
            top = item.y - 0.6 * p.style.size
            bottom = item.y + (len(lines) - 1) * p.style.leading + 0.1 * p.style.size
            out.append(((item.x, top, item.x + width, bottom), item))
    return out


def assert_sound(planned: GuidePlan, page: GuidePage) -> None:
    """Assert that no paragraph on a page meets another or leaves the page."""
    geometry = planned.course.page
    placed = boxes(list(page.items))
    for i, (a, item) in enumerate(placed):
        assert a[0] > 20, item
        assert a[2] < geometry.width - 20, item
        assert a[3] < geometry.bottom + 40, item
        for b, other in placed[i + 1 :]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (page.folio, item.paragraph.words, other.paragraph.words)
