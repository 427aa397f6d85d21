"""A deck against Microsoft's and WCAG's rules, whoever made it: what a screen reader needs, and what eyes
need.

Checked: the document's title and language; on every slide a title of its own, in the title placeholder and
first in the reading order; alt text on pictures, charts, tables and groups that is not a file name, unless
they are marked decorative; a flagged header row in tables; a language on every run; link text that says where
it leads; contrast of text against what lies behind it; text that is not too small; sections in long decks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from builders.deck.effective_colours import (
    A,
    LayoutColours,
    P,
    RunStyle,
    get_contrast_ratio,
    read_layout_colours,
)
from builders.deck.package import UnusablePackage, open_presentation
from builders.theme.theme import AA_TEXT

AA_LARGE = 3.0  # WCAG 2.1, 1.4.3: from 18 pt, or 14 pt bold
LARGE, LARGE_BOLD = 18.0, 14.0
LEAST_TEXT_SIZE = 12.0  # pt, on a slide 7.5 inches high
TEMPLATE_RULES = {"contrast", "small-print"}  # what a school's own template may bring about
SLIDE_HEIGHT = 6858000  # EMU
LEAST_SLIDES_WITH_SECTIONS = 20  # slides
_SHAPE, _FRAME, _PARAGRAPH, _RUN = f"{P}sp", f"{P}graphicFrame", f"{A}p", f"{A}r"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sectionLst"
_FILE_NAME = re.compile(r"[^\s/\\]+\.(png|jpe?g|gif|svg|emf|wmf|tiff?|bmp)", re.IGNORECASE)
_EMPTY_LINKS = {"here", "click here", "link", "more", "aquí", "pulse aquí", "enlace", "más", "url"}
_FOOTER_TYPES = {"dt", "ftr", "sldNum"}
_TITLE_TYPES = {"title", "ctrTitle"}
_TREE_PROPERTIES = {"nvGrpSpPr", "grpSpPr", "extLst"}


@dataclass(frozen=True, slots=True)
class AccessibilityFinding:
    """A rule that is broken. `slide` counts from 1; 0 is the document."""

    slide: int
    rule: str
    message: str
    about: str = ""  # the same without the words that it is found at: what a template does on many slides

    def __str__(self) -> str:
        place = f"slide {self.slide}" if self.slide else "document"
        return f"{place}: {self.message}"


def check_file(content: bytes) -> list[AccessibilityFinding]:
    """Return what is wrong with a .pptx. Raises ValueError if it is none."""
    try:
        return check_presentation(open_presentation(content, macros=True))
    except UnusablePackage as error:
        raise ValueError(f"this is not a .pptx presentation: {error}") from None
    except (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError) as error:
        raise ValueError("this is not a .pptx presentation: its parts do not fit together") from error


def check_presentation(presentation: Any) -> list[AccessibilityFinding]:
    """Return what is wrong with one of python-pptx's presentations, slide by slide."""
    out = list(_check_document(presentation))
    least = LEAST_TEXT_SIZE * min(1.0, (presentation.slide_height or SLIDE_HEIGHT) / SLIDE_HEIGHT)
    titles: dict[str, int] = {}
    colours: dict[Any, LayoutColours] = {}
    for number, slide in enumerate(presentation.slides, 1):
        layout = slide.slide_layout
        if layout.part not in colours:
            colours[layout.part] = read_layout_colours(layout)
        out += (
            replace(finding, slide=number) for finding in _check_slide(slide, colours[layout.part], least)
        )
        out += _check_title(slide, number, titles)
    return out


def _check_slide(slide: Any, colours: LayoutColours, least: float) -> Iterator[AccessibilityFinding]:
    yield from _check_objects(_list_shapes(slide))
    yield from _check_texts(slide.element, slide.element.cSld.spTree, colours, least)


def _list_shapes(slide: Any) -> list[Any]:
    tree = slide.element.cSld.spTree
    return [
        child for child in tree if isinstance(child.tag, str) and child.tag[len(P) :] not in _TREE_PROPERTIES
    ]


def _check_document(presentation: Any) -> Iterator[AccessibilityFinding]:
    rels = presentation.part.package.iter_rels()
    properties = next((rel.target_part for rel in rels if rel.reltype == RT.CORE_PROPERTIES), None)
    if properties is None or not properties.title.strip():
        yield AccessibilityFinding(0, "document-title", "it has no title in its properties")
    if properties is None or not properties.language.strip():
        yield AccessibilityFinding(0, "document-language", "it has no language in its properties")
    if (
        len(presentation.slides) >= LEAST_SLIDES_WITH_SECTIONS
        and next(presentation.element.iter(_SECTIONS), None) is None
    ):
        yield AccessibilityFinding(0, "sections", "it is long and has no sections")


def _check_title(slide: Any, number: int, titles: dict[str, int]) -> Iterator[AccessibilityFinding]:
    """Check that a slide has a title, that it is its own, and that it comes first."""
    shapes = _list_shapes(slide)
    title = next((shape for shape in shapes if _get_placeholder_type(shape) in _TITLE_TYPES), None)
    text = "" if title is None else "".join(node.text or "" for node in title.iter(f"{A}t")).strip()
    if not text:
        yield AccessibilityFinding(number, "title-missing", "it has no title in a title placeholder")
        return
    if text in titles:
        yield AccessibilityFinding(
            number, "title-repeated", f"its title '{text}' is that of slide {titles[text]} too"
        )
    titles.setdefault(text, number)
    if shapes[0] is not title:
        yield AccessibilityFinding(
            number, "title-not-first", "its title is not the first in the reading order"
        )


def _check_objects(shapes: Sequence[Any]) -> Iterator[AccessibilityFinding]:
    """Check pictures, graphic frames and groups; what is inside a group is told by the group."""
    for shape in shapes:
        kind = shape.tag.removeprefix(P)
        if kind not in ("pic", "graphicFrame", "grpSp"):
            continue
        named = next(shape.iter(f"{P}cNvPr"), None)
        if named is None or next(named.iter(_DECORATIVE), None) is not None:
            continue
        alt = (named.get("descr") or "").strip()
        if not alt:
            yield AccessibilityFinding(0, "alt-missing", f"'{named.get('name')}' has no alt text")
        elif _FILE_NAME.fullmatch(alt):
            yield AccessibilityFinding(
                0, "alt-file-name", f"the alt text of '{named.get('name')}' is a file name"
            )
        for table in shape.iter(f"{A}tblPr"):
            if table.get("firstRow") not in ("1", "true"):
                yield AccessibilityFinding(
                    0, "header-row", f"the table '{named.get('name')}' has no header row flagged"
                )


def _check_texts(
    root: Any, tree: Any, colours: LayoutColours, small: float
) -> Iterator[AccessibilityFinding]:
    """Check each run of a slide's shapes: language, links, size and contrast."""
    ground = colours.find_slide_ground(root)
    for shape in tree.iter(_SHAPE, _FRAME):
        voice, behind, in_foot = None, None, False
        for paragraph in shape.iter(_PARAGRAPH):
            for run in paragraph.iterchildren(_RUN):
                if voice is None:
                    voice, behind = colours.get_shape_styles(shape), colours.find_ground_behind(shape, ground)
                    in_foot = voice.key[0] in _FOOTER_TYPES
                look = voice.make_look_key(paragraph, run)
                if look is not None and (look, behind, small) in colours.fine:
                    continue
                text = run.findtext(f"{A}t") or ""
                if not text or text.isspace():
                    continue
                style = voice.find_style(paragraph, run)
                found = [*_check_run(style, text, 0.0 if in_foot else small, behind)]
                yield from found
                if look is not None and not found and not style.linked:
                    colours.fine.add((look, behind, small))


def _check_run(
    style: RunStyle, text: str, small: float, behind: str | None
) -> Iterator[AccessibilityFinding]:
    if not style.lang:
        yield AccessibilityFinding(0, "run-language", f"'{_shorten_text(text)}' has no language")
    if style.linked and text.strip().lower() in _EMPTY_LINKS:
        yield AccessibilityFinding(
            0, "link-text", f"the link '{_shorten_text(text)}' does not say where it leads"
        )
    if style.size is not None and style.size < small:
        due = f"has {style.size:g} pt; {small:g} are due"
        yield AccessibilityFinding(0, "small-print", f"'{_shorten_text(text)}' {due}", f"text {due}")
    if behind is not None and style.colour is not None:
        yield from _check_contrast(style, behind, text)


def _check_contrast(style: RunStyle, behind: str, text: str) -> Iterator[AccessibilityFinding]:
    """Check a text's colour against what lies behind it."""
    assert style.colour is not None
    large = style.size is not None and (style.size >= LARGE or (style.bold and style.size >= LARGE_BOLD))
    least = AA_LARGE if large else AA_TEXT
    if (ratio := get_contrast_ratio(style.colour, behind)) < least - 0.05:
        due = f"has a contrast of {ratio:.1f} to its ground"
        message = f"'{_shorten_text(text)}' {due}; {least:g} are due"
        yield AccessibilityFinding(
            0, "contrast", message, f"text in {style.colour} on {behind} {due}; {least:g} are due"
        )


def _get_placeholder_type(shape: Any) -> str | None:
    found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return None if found is None else found.get("type", "obj")


def _shorten_text(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
