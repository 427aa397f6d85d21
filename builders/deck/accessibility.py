"""A deck against Microsoft's and WCAG's rules, whoever made it: what a screen reader needs, and what eyes
need.

Checked: the document's title and language; on every slide a title of its own, in the title placeholder and
first in the reading order; alt text on pictures, charts, tables and groups that is not a file name, unless
they are marked decorative; a flagged header row in tables; a language on every run; link text that says where
it leads; contrast of text against what lies behind it; text that is not too small; sections in long decks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builders.deck.colours import Colours, colours_of, contrast
from builders.theme import AA_TEXT

AA_LARGE = 3.0  # WCAG 2.1, 1.4.3: from 18 pt, or 14 pt bold
LARGE, LARGE_BOLD = 18.0, 14.0
LEAST_SIZE = 12.0  # pt, on a slide 7.5 inches high
OF_THE_TEMPLATE = {"contrast", "small-print"}  # what a school's own template may bring about
SLIDE_HEIGHT = 6858000  # EMU
SECTIONS_FROM = 20  # slides
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sectionLst"
_FILE_NAME = re.compile(r"[^\s/\\]+\.(png|jpe?g|gif|svg|emf|wmf|tiff?|bmp)", re.IGNORECASE)
_EMPTY_LINKS = {"here", "click here", "link", "more", "aquí", "pulse aquí", "enlace", "más", "url"}
_FEET = {"dt", "ftr", "sldNum"}
_TITLES = {"title", "ctrTitle"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken. `slide` counts from 1; 0 is the document."""

    slide: int
    rule: str
    message: str

    def __str__(self) -> str:
        place = f"slide {self.slide}" if self.slide else "document"
        return f"{place}: {self.message}"


def check_file(content: bytes) -> list[Finding]:
    """Return what is wrong with a .pptx. Raises ValueError if it is none."""
    import io
    import zipfile

    from pptx import Presentation
    from pptx.exc import PackageNotFoundError

    try:
        return check(Presentation(io.BytesIO(content)))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError) as error:
        raise ValueError("this is not a .pptx presentation") from error


def check(presentation: Any) -> list[Finding]:
    """Return what is wrong with a python-pptx presentation, slide by slide."""
    out = list(_document(presentation))
    seen: dict[str, int] = {}
    palettes: dict[str, Colours] = {}
    least = LEAST_SIZE * min(1.0, presentation.slide_height / SLIDE_HEIGHT)
    for number, slide in enumerate(presentation.slides, 1):
        out += _titles(slide, number, seen)
        out += _objects(slide, number)
        layout = slide.slide_layout
        name = str(layout.part.partname)
        if name not in palettes:
            palettes[name] = colours_of(layout)
        out += _texts(slide, number, palettes[name], least)
    return out


def _document(presentation: Any) -> Iterator[Finding]:
    properties = presentation.core_properties
    if not (properties.title or "").strip():
        yield Finding(0, "document-title", "it has no title in its properties")
    if not (properties.language or "").strip():
        yield Finding(0, "document-language", "it has no language in its properties")
    if len(presentation.slides) >= SECTIONS_FROM and next(presentation.element.iter(_SECTIONS), None) is None:
        yield Finding(0, "sections", "it is long and has no sections")


def _titles(slide: Any, number: int, seen: dict[str, int]) -> Iterator[Finding]:
    shapes = [
        child for child in _tree(slide) if child.tag.startswith(_P) and child.tag[len(_P) :] not in _HEADS
    ]
    titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
    text = "".join(node.text or "" for node in titles[0].iter(f"{_A}t")).strip() if titles else ""
    if not text:
        yield Finding(number, "title-missing", "it has no title in a title placeholder")
        return
    if text in seen:
        yield Finding(number, "title-repeated", f"its title '{text}' is that of slide {seen[text]} too")
    seen.setdefault(text, number)
    if shapes[0] is not titles[0]:
        yield Finding(number, "title-not-first", "its title is not the first in the reading order")


_HEADS = {"nvGrpSpPr", "grpSpPr", "extLst"}


def _objects(slide: Any, number: int) -> Iterator[Finding]:
    """Check pictures, graphic frames and groups; what is inside a group is told by the group."""
    for shape in _tree(slide):
        kind = shape.tag.removeprefix(_P)
        if kind not in ("pic", "graphicFrame", "grpSp"):
            continue
        named = next(shape.iter(f"{_P}cNvPr"))
        alt = (named.get("descr") or "").strip()
        if next(named.iter(_DECORATIVE), None) is not None:
            continue
        if not alt:
            yield Finding(number, "alt-missing", f"'{named.get('name')}' has no alt text")
        elif _FILE_NAME.fullmatch(alt):
            yield Finding(number, "alt-file-name", f"the alt text of '{named.get('name')}' is a file name")
        for table in shape.iter(f"{_A}tblPr"):
            if table.get("firstRow") not in ("1", "true"):
                yield Finding(
                    number, "header-row", f"the table '{named.get('name')}' has no header row flagged"
                )


def _texts(slide: Any, number: int, colours: Colours, small: float) -> Iterator[Finding]:
    """Check each run of a slide's shapes: language, links, size and contrast."""
    ground = colours.slide_ground(slide.element)
    for shape in _tree(slide).iter(f"{_P}sp", f"{_P}graphicFrame"):
        runs = list(shape.iter(f"{_A}r"))
        if not runs:
            continue
        place = _placeholder(shape)
        behind = colours.behind(shape, ground)
        for run in runs:
            text = "".join(node.text or "" for node in run.iter(f"{_A}t"))
            if not text.strip():
                continue
            look = run.find(f"{_A}rPr")
            if look is None or not look.get("lang"):
                yield Finding(number, "run-language", f"'{_short(text)}' has no language")
            if (
                look is not None
                and look.find(f"{_A}hlinkClick") is not None
                and text.strip().lower() in _EMPTY_LINKS
            ):
                yield Finding(number, "link-text", f"the link '{_short(text)}' does not say where it leads")
            style = colours.style(shape, run)
            if style.size is not None and style.size < small and place not in _FEET:
                yield Finding(
                    number, "small-print", f"'{_short(text)}' has {style.size:g} pt; {small:g} are due"
                )
            if behind is None or style.colour is None:
                continue
            large = style.size is not None and (
                style.size >= LARGE or (style.bold and style.size >= LARGE_BOLD)
            )
            least = AA_LARGE if large else AA_TEXT
            if (ratio := contrast(style.colour, behind)) < least - 0.05:
                message = f"'{_short(text)}' has a contrast of {ratio:.1f} to its ground; {least:g} are due"
                yield Finding(number, "contrast", message)


def _tree(slide: Any) -> Any:
    return slide.element.find(f"{_P}cSld/{_P}spTree")


def _placeholder(shape: Any) -> str | None:
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return None if found is None else found.get("type", "obj")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
