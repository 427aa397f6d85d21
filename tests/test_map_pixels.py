"""LibreOffice draws a map's shapes where the plan has them: sea, land and territories, dot by dot."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from builders import deck
from builders.deck.layouts import make_slide_page
from builders.deck.model import ShapeGroup, SlideFreeform, TextBox
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.outline.load import load_outline

OUTLINES = Path(__file__).parent / "outlines"
DOTS = 2  # of the pictures that are compared, for a point
SEA, LAND, TERRITORY, UNSURE = 0, 1, 2, 3
TOUCH = 9  # dots around an edge, a name or a line: they are not compared


def draw_plan(group: ShapeGroup, size: tuple[int, int]) -> Image.Image:
    """Return what each dot of a slide should be; outside the map, and near lines and names, UNSURE."""
    picture = Image.new("L", size, UNSURE)
    pen = ImageDraw.Draw(picture)
    edges = Image.new("L", size, 0)
    marks = ImageDraw.Draw(edges)
    for item in group.items:
        box = [DOTS * item.frame.x, DOTS * item.frame.y]
        box += [box[0] + DOTS * item.frame.w, box[1] + DOTS * item.frame.h]
        if isinstance(item, SlideFreeform):
            for path in item.paths:
                points = [(DOTS * x, DOTS * y) for x, y in path]
                if item.closed:
                    pen.polygon(points, fill=LAND if item.name == "Land" else TERRITORY)
                marks.line(points, fill=255, width=TOUCH)
        elif item.name == "Sea":
            pen.rectangle(box, fill=SEA)
            marks.rectangle(box, outline=255, width=TOUCH)
        elif isinstance(item, TextBox) or item.name != "Sea":
            marks.rectangle([box[0] - TOUCH, box[1] - TOUCH, box[2] + TOUCH, box[3] + TOUCH], fill=255)
    picture.paste(UNSURE, mask=edges)
    return picture


@pytest.mark.parametrize(("name", "title"), [("aegean", "ringed the Aegean"), ("voyages", "five islands")])
def test_a_map_looks_in_libreoffice_as_it_was_planned(
    name: str, title: str, tmp_path: Path, need_program: Callable[[str], str]
) -> None:
    outline, options = load_outline(OUTLINES / f"{name}.yaml").outline, DeckOptions(lang="en", root=OUTLINES)
    planned = plan_deck(outline, options, make_slide_page(options.theme.deck, options.ratio))
    number, slide = next((n, one) for n, one in enumerate(planned.slides) if title in one.name)
    (group,) = (item for item in slide.items if isinstance(item, ShapeGroup) and title in item.name)
    (artifact,) = deck.build(outline, options)
    (tmp_path / "deck.pptx").write_bytes(artifact.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, tmp_path, tmp_path / "deck.pptx"], check=True, capture_output=True)
    drawn = pypdfium2.PdfDocument(io.BytesIO((tmp_path / "deck.pdf").read_bytes()))[number]
    picture = drawn.render(scale=DOTS).to_pil().convert("RGB").filter(ImageFilter.MinFilter(5))
    due = np.array(draw_plan(group, picture.size))
    red, _, blue = np.moveaxis(np.array(picture).astype(int), 2, 0)
    found = np.full(due.shape, TERRITORY)
    found[(red > 250) & (blue > 250)] = LAND
    corner = group.items[0].frame
    sea = np.array(picture)[int(DOTS * (corner.y + 6)), int(DOTS * (corner.x + 6))]
    found[(abs(np.array(picture).astype(int) - sea) < 4).all(axis=2)] = SEA
    judged = due != UNSURE
    assert judged.mean() > 0.05
    assert {*np.unique(due[judged])} == {SEA, LAND, TERRITORY}
    assert (found == due)[judged].mean() > 0.97
