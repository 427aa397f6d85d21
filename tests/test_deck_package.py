"""Presentations that python-pptx opens and saves for the deck: our own template, names of parts, private
names."""

import io
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, _Relationships
from pptx.opc.packuri import PackURI
from pptx.oxml.presentation import CT_SlideIdList

from builders.core.files import EARLIEST
from builders.deck import build
from builders.deck.accessibility import check_file
from builders.deck.layouts import make_slide_page
from builders.deck.master import make_own_template
from builders.deck.options import DeckOptions
from builders.deck.package import add_slides, open_presentation, pack_presentation
from builders.language import locales
from builders.outline.load import load_outline
from builders.theme.theme import load_shipped_theme

OUTLINES = Path(__file__).parent / "outlines"
SHEETS = ("16:9", "4:3")


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def test_the_private_names_of_python_pptx_that_we_use_are_there() -> None:
    assert version("python-pptx") == "1.0.2", (
        "look at builders/deck/package.py before another version is used"
    )
    assert callable(_Relationships._add_relationship)
    assert isinstance(vars(CT_SlideIdList)["_next_id"], property)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("ratio", SHEETS)
def test_our_own_template_is_one_that_a_school_might_bring(ratio: str, lang: str) -> None:
    presentation = opened(make_own_template(load_shipped_theme(), ratio, lang))
    words = locales.load_locale(lang).words["deck"]
    names = [words[f"layout_{key}"] for key in make_slide_page(load_shipped_theme().deck, ratio).layouts]
    assert [layout.name for layout in presentation.slide_layouts] == names
    assert len(presentation.slides) == 0
    outline = load_outline(OUTLINES / "athens.yaml").outline
    template = make_own_template(load_shipped_theme(), ratio, lang)
    (artifact,) = build(outline, DeckOptions(lang=lang, root=OUTLINES, template=template))
    assert not any("layout" in warning for warning in artifact.warnings)
    used = {slide.slide_layout.name for slide in opened(artifact.data).slides}
    assert {words[f"layout_{key}"] for key in ("front", "section", "points", "quote", "debate")} <= used


@pytest.mark.parametrize("ratio", SHEETS)
def test_the_schema_has_nothing_against_our_own_template(ratio: str, tmp_path: Path) -> None:
    from openxml_audit import validate_pptx

    path = tmp_path / "template.pptx"
    path.write_bytes(make_own_template(load_shipped_theme(), ratio, "en"))
    assert not list(validate_pptx(path).errors)


def test_slides_have_names_and_ids_of_their_own_in_their_order() -> None:
    presentation = open_presentation(make_own_template(load_shipped_theme(), "16:9", "en"))
    layouts = [*presentation.slide_layouts, *presentation.slide_layouts]
    slides = add_slides(presentation, layouts)
    names = [slide.part.partname for slide in slides]
    assert names == [f"/ppt/slides/slide{number}.xml" for number in range(1, len(layouts) + 1)]
    assert [slide.slide_id for slide in slides] == list(range(256, 256 + len(layouts)))
    for slide, layout in zip(slides, layouts, strict=True):
        own = [holder.placeholder_format.idx for holder in slide.placeholders]
        theirs = sorted(holder.placeholder_format.idx for holder in layout.iter_cloneable_placeholders())
        assert own == theirs


def test_two_parts_of_one_name_are_packed_under_two() -> None:
    presentation = open_presentation(make_own_template(load_shipped_theme(), "16:9", "en"))
    package = presentation.part.package
    odd = Part.load(PackURI("/docProps/Core.xml"), CT.XML, package, b"<a/>")
    package.relate_to(odd, RT.CUSTOM_XML)
    presentation.core_properties.title = "Athens"
    with zipfile.ZipFile(io.BytesIO(pack_presentation(presentation, EARLIEST))) as archive:
        names = [name.lower() for name in archive.namelist()]
    assert len(set(names)) == len(names)


def test_a_template_whose_notes_master_has_no_place_for_text_still_gets_its_notes() -> None:
    presentation = Presentation()
    for holder in list(presentation.notes_master.placeholders):
        holder.element.getparent().remove(holder.element)
    outline = load_outline(OUTLINES / "athens.yaml").outline
    (artifact,) = build(outline, DeckOptions(lang="en", root=OUTLINES, template=saved(presentation)))
    for slide in opened(artifact.data).slides:
        assert "Time" in slide.notes_slide.notes_text_frame.text


def test_a_deck_that_says_nothing_of_itself_has_no_title() -> None:
    presentation = Presentation()
    presentation.core_properties.title = "Athens"
    package = presentation.part.package
    (name,) = [rel.rId for rel in package.iter_rels() if rel.reltype == RT.CORE_PROPERTIES]
    package.drop_rel(name)
    rules = {finding.rule for finding in check_file(saved(presentation))}
    assert {"document-title", "document-language"} <= rules
