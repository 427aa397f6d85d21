"""The sample guide, built and planned once for all tests that read it, and what they measure on it."""

import re
from functools import cache
from pathlib import Path

import page as validator

from builders import guide, load
from builders.guide.page import Figure, Lines, Page
from builders.guide.plan import Plan, plan
from builders.options import Options
from builders.outline import Outline

ATHENS = Path(__file__).parent / "outlines" / "athens.yaml"
EDITIONS = ("study", "worksheet", "teacher", "large-print")
NUMBER = re.compile(r"[ivxlc]+|\d+")


@cache
def athens() -> Outline:
    return load.load(ATHENS).outline


def options(lang: str = "en", **values: object) -> Options:
    return Options(lang=lang, root=ATHENS.parent, **values)  # type: ignore[arg-type]


@cache
def built(lang: str = "en", edition: str = "study", **values: object) -> bytes:
    (artifact,) = guide.build(athens(), options(lang, edition=edition, **values))
    return artifact.data


@cache
def planned(lang: str = "en", edition: str = "study", paper: str = "a4") -> Plan:
    return plan(athens(), options(lang, edition=edition, paper=paper))


def failures(data: bytes, profile: str) -> list[str]:
    return [f"{f.rule_id}: {f.message}" for f in validator.validate_pdf_bytes(data, profile=profile).failures]


Rectangle = tuple[float, float, float, float]


def boxes(items: list[object]) -> list[tuple[Rectangle, Lines]]:
    """Return the boxes of the paragraphs on a page: left, top, right, bottom of their letters."""
    out = []
    for item in items:
        if isinstance(item, Figure):
            out += boxes(list(item.items))
        if isinstance(item, Lines):
            p = item.paragraph
            lines = p.lines[item.first : item.last]
            width = max((p.line_width(line) for line in lines), default=0.0)
            top = item.y - 0.6 * p.style.size
            bottom = item.y + (len(lines) - 1) * p.style.leading + 0.1 * p.style.size
            out.append(((item.x, top, item.x + width, bottom), item))
    return out


def assert_sound(planned: Plan, page: Page) -> None:
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
