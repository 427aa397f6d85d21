"""Pictures on slides: an SVG becomes a PNG that any program shows, its words kept."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from builders.core.diagnostics import OutlineFaults
from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.blocks import Block
from builders.outline.load import load_outline
from builders.outline.model import Outline

OUTLINES = Path(__file__).parent / "outlines"
HARBOUR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">'
    '<rect width="300" height="200" fill="#1F5C94"/>'
    '<text x="20" y="100" font-family="Arial" font-size="40">Πειραιεύς</text>{more}</svg>'
)


def with_drawing(folder: Path, more: str = "") -> Outline:
    """Return the course on Athens with its picture drawn as an SVG, which is put into `folder`."""
    (folder / "harbour.svg").write_text(HARBOUR.format(more=more), encoding="utf-8")
    outline = load_outline(OUTLINES / "athens.yaml").outline
    sections = []
    for section in outline.sections:
        blocks = [drawn(block) for block in section.blocks]
        sections.append(section.model_copy(update={"blocks": tuple(blocks)}))
    return outline.model_copy(update={"sections": tuple(sections)})


def drawn(block: Block) -> Block:
    if block.image is None:
        return block
    return block.model_copy(update={"image": block.image.model_copy(update={"file": "harbour.svg"})})


def picture_slide(content: bytes) -> Any:
    presentation = Presentation(io.BytesIO(content))
    for slide in presentation.slides:
        for shape in slide.shapes:
            if shape.shape_type == MSO_SHAPE_TYPE.PICTURE or hasattr(shape, "image"):
                return slide, shape
    raise AssertionError("no picture")


def test_an_svg_becomes_a_png_with_its_alt_text_and_credit(tmp_path: Path) -> None:
    outline = with_drawing(tmp_path)
    image = next(block.image for section in outline.sections for block in section.blocks if block.image)
    slide, shape = picture_slide(build(outline, DeckOptions(lang="en", root=tmp_path))[0].data)
    with Image.open(io.BytesIO(shape.image.blob)) as shown:
        assert shown.format == "PNG"
        assert shown.width / shown.height == pytest.approx(1.5, rel=0.01)
        colours = [
            colour for _, colour in sorted(shown.convert("RGB").getcolors(1 << 20) or [], reverse=True)
        ]
    assert colours[0] == (0x1F, 0x5C, 0x94)
    assert colours[1] == (0, 0, 0), "its words are drawn"
    assert shape._element.nvPicPr.cNvPr.get("descr") == image.alt["en"]
    assert image.credit["en"] in {shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ('<image href="/etc/motd.png" width="9" height="9"/>', "brings in '/etc/motd.png'"),
        (
            '<use xlink:href="other.svg#a" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
            "brings in 'other.svg#a'",
        ),
    ],
)
def test_an_svg_that_brings_in_other_files_is_a_fault_at_its_line(
    more: str, reason: str, tmp_path: Path
) -> None:
    outline = with_drawing(tmp_path, more)
    with pytest.raises(OutlineFaults, match=reason) as raised:
        build(outline, DeckOptions(lang="en", root=tmp_path))
    assert raised.value.faults[0].path[-2:] == ("image", "file")
