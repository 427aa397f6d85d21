"""The .pptx as other programs read it: placeholders, native objects, notes, sections, links; equal bytes."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER

from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.load import load_outline
from builders.outline.model import Outline

OUTLINES = Path(__file__).parent / "outlines"
ROOT = Path(__file__).parents[1]
ATHENS = OUTLINES / "athens.yaml"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def outline() -> Outline:
    return load_outline(ATHENS).outline


@cache
def deck(lang: str = "en", ratio: str = "16:9", section: str | None = None) -> bytes:
    options = DeckOptions(lang=lang, ratio=ratio, section=section, root=OUTLINES)
    return build(outline(), options)[0].data


@pytest.fixture
def presentation() -> Any:
    return Presentation(io.BytesIO(deck()))


def test_each_title_stands_first_in_a_title_placeholder(presentation: Any) -> None:
    titles = []
    for slide in presentation.slides:
        first = slide.shapes[0]
        assert first.is_placeholder
        assert first.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
        titles.append(first.text_frame.text)
    assert len(set(titles)) == len(titles)


def test_every_placeholder_is_one_of_its_layout(presentation: Any) -> None:
    for slide in presentation.slides:
        known = {p.placeholder_format.idx: p.placeholder_format.type for p in slide.slide_layout.placeholders}
        for shape in slide.placeholders:
            assert shape.placeholder_format.idx in known, slide.shapes.title.text


def test_footer_and_number_are_placeholders_and_the_date_can_be_switched_on(presentation: Any) -> None:
    kinds = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    for slide in presentation.slides:
        assert kinds <= {shape.placeholder_format.type for shape in slide.placeholders}
    for layout in presentation.slide_layouts:
        assert PP_PLACEHOLDER.DATE in {p.placeholder_format.type for p in layout.placeholders}


def test_no_slide_is_a_picture(presentation: Any) -> None:
    size = presentation.slide_width * presentation.slide_height
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.shape_type != MSO_SHAPE_TYPE.PICTURE or shape.width * shape.height < size / 2


def test_colours_and_faces_come_from_the_theme(presentation: Any) -> None:
    for slide in presentation.slides:
        xml = etree.tostring(slide.element).decode()
        assert "srgbClr" not in xml, slide.shapes.title.text
        assert "latin typeface" not in xml.replace('latin typeface="+mn-lt"', "")


def test_originals_are_marked_as_their_language(presentation: Any) -> None:
    langs = {
        run.get("lang")
        for slide in presentation.slides
        for run in slide.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr")
    }
    assert "en-GB" in langs
    assert langs - {"en-GB"}, "the outline has originals"


def test_the_two_ratios_have_their_sizes() -> None:
    wide, square = (Presentation(io.BytesIO(deck(ratio=ratio))) for ratio in ("16:9", "4:3"))
    assert (wide.slide_width, wide.slide_height) == (12192000, 6858000)
    assert (square.slide_width, square.slide_height) == (9144000, 6858000)


def test_two_time_zones_give_the_same_bytes() -> None:
    program = (
        "import hashlib, pathlib\n"
        "from builders.deck import build\n"
        "from builders.outline.load import load_outline\n"
        "from builders.deck.options import DeckOptions\n"
        f"path = pathlib.Path({str(ATHENS)!r})\n"
        "options = DeckOptions(lang='en', root=path.parent)\n"
        "print(hashlib.sha256(build(load_outline(path).outline, options)[0].data).hexdigest())"
    )
    hashes = {hashlib.sha256(deck()).hexdigest()}
    for zone, seed in (("Asia/Tokyo", "1"), ("America/Lima", "2")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        hashes.add(done.stdout.strip())
    assert len(hashes) == 1


def test_dates_in_the_file_are_the_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    options = DeckOptions(lang="en", root=OUTLINES)
    content = build(outline(), options)[0].data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2023, 11, 14)}
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        for name in books:
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                properties = etree.fromstring(book.read("docProps/core.xml"))
                dates = [node.text for node in properties if "dcterms:W3CDTF" in node.values()]
                assert dates == ["2023-11-14T22:13:20Z"] * 2, "made and changed"
    assert Presentation(io.BytesIO(content)).core_properties.created.year == 2023
