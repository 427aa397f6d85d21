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

from builders import inline
from builders.deck import build
from builders.load import load
from builders.options import Options
from builders.outline import Chart, Outline

OUTLINES = Path(__file__).parent / "outlines"
ROOT = Path(__file__).parents[1]
ATHENS = OUTLINES / "athens.yaml"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@cache
def outline() -> Outline:
    return load(ATHENS).outline


@cache
def deck(lang: str = "en", ratio: str = "16:9", section: str | None = None) -> bytes:
    options = Options(lang=lang, ratio=ratio, section=section, root=OUTLINES)
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


def test_each_slide_has_notes_to_speak_from(presentation: Any) -> None:
    for slide in presentation.slides:
        assert slide.has_notes_slide
        text = slide.notes_slide.notes_text_frame.text
        assert "Time" in text
        assert " min" in text


def test_prose_stands_whole_in_the_notes(presentation: Any) -> None:
    notes = " ".join(
        " ".join(slide.notes_slide.notes_text_frame.text.split()) for slide in presentation.slides
    )
    prose = [block.text["en"] for section in outline().sections for block in section.blocks if block.text]
    assert prose
    for text in prose:
        for paragraph in inline.plain(text).split("\n\n"):
            for part in paragraph.split(". "):
                assert part.rstrip(". ") in notes


def test_powerpoint_sections_are_the_outlines(presentation: Any) -> None:
    sections = list(presentation.element.iter(f"{P14}section"))
    names = [section.get("name") for section in sections]
    assert names[1:-1] == [section.title["en"] for section in outline().sections]
    ids = [slide.get("id") for section in sections for slide in section.iter(f"{P14}sldId")]
    assert ids == [str(slide.slide_id) for slide in presentation.slides]


def test_the_agenda_leads_to_the_sections(presentation: Any) -> None:
    agenda = presentation.slides[1]
    goals = [
        rel.target_part.slide.shapes.title.text
        for rel in agenda.part.rels.values()
        if rel.reltype.endswith("/slide")
    ]
    assert goals == [section.title["en"] for section in outline().sections]


def test_charts_are_native_and_their_workbooks_hold_the_outlines_numbers(presentation: Any) -> None:
    given = [block.chart for section in outline().sections for block in section.blocks if block.chart]
    charts = [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == len(given)
    for chart, block in zip(charts, given, strict=True):
        rows = read_workbook(chart.part.chart_workbook.xlsx_part.blob)
        assert [row[0] for row in rows[1:]] == heads_of(block, rows)
        assert numbers(rows, block) == due(block)


def heads_of(block: Chart, rows: list[list[Any]]) -> list[str]:
    return [row.head["en"] for row in block.rows] if block.kind != "line" else [row[0] for row in rows[1:]]


def numbers(rows: list[list[Any]], block: Chart) -> list[list[float]]:
    first = 2 if block.kind == "line" else 1
    width = 2 if block.kind == "range" else len(block.rows[0].cells)
    return [[float(value) for value in row[first : first + width]] for row in rows[1:]]


def due(block: Chart) -> list[list[float]]:
    out = []
    for row in block.rows:
        cells: list[float] = []
        for cell in row.cells:
            assert cell is not None
            cells += [float(end) for end in cell] if isinstance(cell, tuple) else [float(cell)]
        out.append(cells)
    return out


def read_workbook(content: bytes) -> list[list[Any]]:
    """Read a sheet's cells with nothing but a zip reader and an XML parser."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = [
            "".join(node.text or "" for node in item.iter(f"{SHEET}t"))
            for item in etree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [
        [
            strings[int(cell.findtext(f"{SHEET}v"))]
            if cell.get("t") == "s"
            else float(cell.findtext(f"{SHEET}v"))
            for cell in row.iter(f"{SHEET}c")
        ]
        for row in sheet.iter(f"{SHEET}row")
    ]


def test_tables_are_native_with_a_header_row(presentation: Any) -> None:
    tables = [shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table]
    assert tables
    assert all(table.first_row for table in tables)
    given = next(block.compare for section in outline().sections for block in section.blocks if block.compare)
    assert [cell.text for cell in tables[0].rows[0].cells][1:] == [column["en"] for column in given.columns]


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


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_the_schema_has_nothing_against_it(ratio: str, tmp_path: Path) -> None:
    from openxml_audit import validate_pptx

    path = tmp_path / "deck.pptx"
    path.write_bytes(deck("es", ratio))
    result = validate_pptx(path)
    assert not list(result.errors)


def test_two_time_zones_give_the_same_bytes() -> None:
    program = (
        "import hashlib, pathlib\n"
        "from builders.deck import build\n"
        "from builders.load import load\n"
        "from builders.options import Options\n"
        f"path = pathlib.Path({str(ATHENS)!r})\n"
        "options = Options(lang='en', root=path.parent)\n"
        "print(hashlib.sha256(build(load(path).outline, options)[0].data).hexdigest())"
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
    options = Options(lang="en", root=OUTLINES)
    content = build(outline(), options)[0].data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2023, 11, 14)}
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        for name in books:
            with zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
                assert {entry.date_time[:3] for entry in book.infolist()} == {(2023, 11, 14)}
    assert Presentation(io.BytesIO(content)).core_properties.created.year == 2023
