"""Decks on schools' templates: their placeholders and sizes are used, what they lack falls back."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches

from builders import locales
from builders.deck import build
from builders.deck.template import school
from builders.faults import OutlineFaults
from builders.load import load
from builders.options import Options
from builders.theme import shipped

OUTLINES = Path(__file__).parent / "outlines"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


@cache
def plain() -> bytes:
    """PowerPoint's own look of old, in 4:3, with a slide of the school's."""
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Last year's lesson"
    return saved(presentation)


@cache
def odd() -> bytes:
    """A small page, a narrow body of 11 pt, Verdana, and no layouts for sections, columns or titles alone."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(10), Inches(5.625)
    master = presentation.slide_master
    for part in (master, *presentation.slide_layouts):
        for node in part.element.iter(f"{A}off", f"{A}ext"):
            for name in ("y", "cy"):
                if name in node.attrib:
                    node.set(name, str(int(int(node.get(name)) * 0.75)))
    body = next(p for p in master.placeholders if p.placeholder_format.type == 2)
    body.left, body.top, body.width, body.height = Inches(1.7), Inches(1.9), Inches(5.1), Inches(2.9)
    for look in master.element.find(f"{P}txStyles/{P}bodyStyle").iter(f"{A}defRPr"):
        look.set("sz", "1100")
    theme = master.part.part_related_by(RT.THEME)
    theme.blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="Verdana"')
    for layout in list(master.slide_layouts):
        if layout.name in ("Two Content", "Comparison", "Title Only", "Section Header"):
            master.slide_layouts.remove(layout)
    return saved(presentation)


def saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


TEMPLATES = [plain, odd]


@cache
def built(template: Callable[[], bytes]) -> tuple[Any, tuple[str, ...]]:
    outline = load(OUTLINES / "athens.yaml").outline
    (artifact,) = build(outline, Options(lang="en", root=OUTLINES, template=template()))
    return Presentation(io.BytesIO(artifact.data)), artifact.warnings


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_schools_slides_are_dropped_and_its_master_is_kept(template: Callable[[], bytes]) -> None:
    presentation, _ = built(template)
    before = Presentation(io.BytesIO(template()))
    assert "Last year's lesson" not in {slide.shapes.title.text for slide in presentation.slides}
    assert [layout.name for layout in presentation.slide_layouts] == [
        layout.name for layout in before.slide_layouts
    ]
    assert presentation.slide_width == before.slide_width


def test_layouts_are_matched_by_name_and_texts_stand_in_their_placeholders() -> None:
    presentation, _ = built(plain)
    used = {slide.shapes.title.text: slide for slide in presentation.slides}
    assert used["The rise"].slide_layout.name == "Section Header"
    assert used["Goals. The rise"].slide_layout.name == "Title and Content"
    body = used["Goals. The rise"].placeholders[1]
    assert "Explain how the assembly worked." in body.text_frame.text


def test_what_a_template_lacks_falls_back_with_a_warning() -> None:
    _, warnings = built(odd)
    assert any("no layout for “Section”" in warning for warning in warnings)


def test_a_templates_poor_contrast_is_a_warning() -> None:
    _, warnings = built(plain)
    assert any("contrast" in warning for warning in warnings)


def test_a_small_body_keeps_its_size_and_a_wide_face_has_more_room() -> None:
    theirs = school(odd(), shipped().deck, locales.load("en"))
    body = theirs.page.layouts["points"].places["body"]
    assert body.size * theirs.page.zoom / theirs.page.scale == pytest.approx(11)
    assert theirs.page.scale == pytest.approx(1.36)


def test_a_file_that_is_no_template_is_a_fault() -> None:
    outline = load(OUTLINES / "athens.yaml").outline
    with pytest.raises(OutlineFaults, match="cannot be used"):
        build(outline, Options(lang="en", root=OUTLINES, template=b"hello"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_leaves_the_slide(template: Callable[[], bytes]) -> None:
    presentation, _ = built(template)
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width + 9525, slide.shapes.title.text
            assert shape.top + shape.height <= presentation.slide_height + 9525, slide.shapes.title.text
