"""Decks on schools' templates: their placeholders and sizes are used, what they lack falls back."""

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches

from builders.core.diagnostics import OutlineFaults
from builders.deck import build
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.deck.template import open_school_template
from builders.language import locales
from builders.outline.load import load_outline
from builders.theme.theme import load_shipped_theme
from tests.deck_frames import tell_misplaced_frames

OUTLINES = Path(__file__).parent / "outlines"
SHIPPED = Path(__file__).parents[1] / "outline" / "revolucion-rusa.yaml"
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
    outline = load_outline(OUTLINES / "athens.yaml").outline
    (artifact,) = build(outline, DeckOptions(lang="en", root=OUTLINES, template=template()))
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
    assert "Explain how the assembly worked." in body.text_frame.text.replace("\u00a0", " ")


def test_what_a_template_lacks_falls_back_with_a_warning() -> None:
    _, warnings = built(odd)
    assert any("no layout for “Section”" in warning for warning in warnings)


@cache
def pale() -> bytes:
    """The plain look with titles in light grey."""
    presentation = Presentation(io.BytesIO(plain()))
    style = presentation.slide_master.element.find(f"{P}txStyles/{P}titleStyle")
    for colour in style.iter(f"{A}schemeClr"):
        colour.set("val", "bg1")
        etree.SubElement(colour, f"{A}lumMod", val="85000")
    return saved(presentation)


def test_a_templates_poor_contrast_is_a_warning_told_once() -> None:
    _, warnings = built(pale)
    told = [warning for warning in warnings if "contrast" in warning]
    assert len(told) == 1
    assert re.search(r"#D9D9D9 on #FFFFFF .* \(slide 1 and \d+ more\)", told[0])


def test_a_templates_colours_are_used_in_a_shade_that_can_be_read() -> None:
    presentation, warnings = built(plain)
    assert not any("contrast" in warning for warning in warnings), "its orange alone has 2.2 to white"
    answer = next(s for s in presentation.slides if s.shapes.title.text == "Question 1: answer")
    assert "accent6" in {node.get("val") for node in answer.element.iter(f"{A}schemeClr")}


def test_columns_of_a_template_hang_alike() -> None:
    places = (
        open_school_template(plain(), load_shipped_theme().deck, locales.load_locale("en"))
        .page.layouts["entries"]
        .places
    )
    assert places["body"].frame.y == places["body2"].frame.y
    assert places["body"].anchor == places["body2"].anchor == "t"


def test_a_small_body_keeps_its_size_and_a_wide_face_has_more_room() -> None:
    theirs = open_school_template(odd(), load_shipped_theme().deck, locales.load_locale("en"))
    body = theirs.page.layouts["points"].places["body"]
    assert body.size * theirs.page.zoom / theirs.page.scale == pytest.approx(11)
    assert theirs.page.scale == pytest.approx(1.36)


def member(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one member changed, or added where there was none."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for known in old.namelist():
            if known != name:
                new.writestr(known, old.read(known))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return out.getvalue()


def without_titles() -> bytes:
    presentation = Presentation(io.BytesIO(plain()))
    for layout in presentation.slide_layouts:
        for holder in list(layout.placeholders):
            if holder.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
                holder._element.getparent().remove(holder._element)
    return saved(presentation)


def as_kind(kind: str) -> bytes:
    """Return the plain template under another content type."""
    own = b"vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return member(plain(), "[Content_Types].xml", lambda old: old.replace(own, kind.encode()))


def bomb() -> bytes:
    return member(plain(), "ppt/media/image1.bin", lambda _: bytes(600 * 1024 * 1024))


def with_entities(part: bytes) -> bytes:
    """Return a part that declares entities and holds them between its elements."""
    return re.sub(rb"(<a:\w+ [^>]*>)", rb"DTD\1&c;&d;", part, count=1).replace(b"DTD", ENTITIES)


DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
MASTER = "ppt/slideMasters/slideMaster1.xml"
THEME = "ppt/theme/theme1.xml"
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/hosts">]>'
HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("text", lambda: b"hello", "not a whole zip"),
    ("nothing", lambda: b"", "not a whole zip"),
    ("cut short", lambda: plain()[:-200], "not a whole zip"),
    ("a text document", lambda: as_kind(DOCX), r"not a \.pptx"),
    ("macros", lambda: as_kind(WITH_MACROS), "macros"),
    ("a bomb", bomb, "unpacks to more"),
    ("a way out", lambda: member(plain(), "../../evil.xml", lambda _: b"<a/>"), "leads outside"),
    ("no titles", without_titles, "no layout with a title"),
    ("no master", lambda: member(plain(), MASTER, lambda _: b"<a/>"), "fit together"),
    ("broken XML", lambda: member(plain(), MASTER, lambda old: old[:-40]), "fit together"),
    ("entities", lambda: member(plain(), THEME, with_entities), "document type declaration"),
]


@pytest.mark.parametrize(("content", "reason"), [c[1:] for c in HOSTILE], ids=[c[0] for c in HOSTILE])
def test_a_template_that_cannot_be_used_is_one_fault(content: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(OutlineFaults, match=reason) as raised:
        open_school_template(content(), load_shipped_theme().deck, locales.load_locale("en"))
    assert len(raised.value.faults) == 1
    assert "\n" not in str(raised.value.faults[0].message)


def ampersands() -> bytes:
    """Return the plain template with an `&` in a part's name and type, and in its relationship's id and
    type."""
    rels = "ppt/_rels/presentation.xml.rels"
    old = b'Id="rId2" Type="[^"]*" Target="printerSettings/printerSettings1.bin"'
    new = b'Id="r&amp;2" Type="https://school.example/?a&amp;b" Target="a&amp;b.bin"'
    content = member(plain(), "ppt/a&b.bin", lambda _: b"ours")
    content = member(content, rels, lambda text: re.sub(old, new, text))
    kind = b'Extension="bin" ContentType="'
    return member(content, "[Content_Types].xml", lambda text: text.replace(kind, kind + b"a&amp;b"))


def test_a_template_with_ampersands_in_the_names_of_its_parts_is_used() -> None:
    presentation, _ = built(ampersands)
    kept = presentation.part.rels["r&2"]
    assert kept.reltype == "https://school.example/?a&b"
    assert (kept.target_part.partname, kept.target_part.blob) == ("/ppt/a&b.bin", b"ours")
    assert kept.target_part.content_type.startswith("a&b")


def test_a_template_in_powerpoints_template_format_is_used() -> None:
    potx = as_kind("vnd.openxmlformats-officedocument.presentationml.template.main+xml")
    assert open_school_template(potx, load_shipped_theme().deck, locales.load_locale("en")).layouts


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoilt_template_is_used_or_refused(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(plain())) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        name = data.draw(st.sampled_from(names))
        old = archive.read(name)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, min(len(old), start + 200)))
    put = data.draw(st.sampled_from([b"", b"\xff", b"<a/>", b'"', b"-1", b"999999999999"]))
    spoilt = member(plain(), name, lambda _: old[:start] + put + old[end:])
    with suppress(OutlineFaults):
        assert open_school_template(spoilt, load_shipped_theme().deck, locales.load_locale("en")).layouts


def test_a_shape_asked_for_beside_a_template_is_told_to_be_left_aside() -> None:
    outline = load_outline(OUTLINES / "athens.yaml").outline
    options = DeckOptions(lang="en", root=OUTLINES, template=odd(), ratio="4:3")
    assert any("--ratio 4:3 is left aside" in warning for warning in build(outline, options)[0].warnings)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("path", [OUTLINES / "athens.yaml", SHIPPED], ids=lambda path: path.stem)
def test_no_text_meets_another_or_leaves_the_slide(
    path: Path, template: Callable[[], bytes], lang: str
) -> None:
    frame = open_school_template(template(), load_shipped_theme().deck, locales.load_locale(lang)).page
    outline = load_outline(path).outline
    deck = plan_deck(outline, DeckOptions(lang=lang, root=path.parent, template=template()), frame)
    assert list(tell_misplaced_frames(deck, frame.w)) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_nothing_leaves_the_slide(template: Callable[[], bytes]) -> None:
    presentation, _ = built(template)
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width + 9525, slide.shapes.title.text
            assert shape.top + shape.height <= presentation.slide_height + 9525, slide.shapes.title.text
