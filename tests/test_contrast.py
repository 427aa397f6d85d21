"""Contrast of text as it is really drawn: the colour of each text object against the pixels around it."""

from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_float, c_uint

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL.Image import Image

from builders import poster
from builders.poster.options import PosterOptions
from builders.theme.theme import compute_contrast, load_shipped_theme
from tests.guide_building import athens, built

SCALE = 2.0  # pixels a point
LARGE, LARGE_BOLD = 18.0, 14.0  # points, WCAG 2.1, 1.4.3


Box = tuple[float, float, float, float]


def colour_of(red: int, green: int, blue: int) -> str:
    return f"#{red:02X}{green:02X}{blue:02X}"


def texts(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, Box]]:
    """Yield colour, the least contrast that WCAG asks, and box of each text object of a page."""
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4):
        channels = [c_uint() for _ in range(4)]
        pdfium.FPDFPageObj_GetFillColor(item, *map(byref, channels))
        size = c_float()
        pdfium.FPDFTextObj_GetFontSize(item, byref(size))
        heavy = pdfium.FPDFFont_GetWeight(pdfium.FPDFTextObj_GetFont(item)) >= 700
        large = size.value >= LARGE or (heavy and size.value >= LARGE_BOLD)
        left, bottom, right, top = item.get_bounds()
        if right - left > 0.5 and top - bottom > 0.5:
            colour = colour_of(*(channel.value for channel in channels[:3]))
            yield colour, 3.0 if large else 4.5, (left, bottom, right, top)


def ground_of(picture: Image, box: Box, colour: str) -> str:
    """Return the commonest colour of the pixels in and around a text, other than its own."""
    left, bottom, right, top = (round(edge * SCALE) for edge in box)
    part = picture.crop((left - 2, picture.height - top - 2, right + 2, picture.height - bottom + 2))
    pixels = part.tobytes()
    counts = Counter(zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True))
    return next(found for pixel, _ in counts.most_common() if (found := colour_of(*pixel)) != colour)


def faint(data: bytes) -> list[str]:
    """Return the texts whose contrast with their ground is under WCAG's AA."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
        for colour, least, box in texts(page):
            ground = ground_of(picture, box, colour)
            if compute_contrast(colour, ground) < least:
                found.append(f"page {number}: {colour} on {ground} at {box}")
    return found


@pytest.mark.parametrize("edition", ["study", "teacher", "large-print"])
def test_the_guides_text_stands_out_from_what_lies_behind_it(edition: str) -> None:
    assert faint(built("en", edition)) == []


def test_the_posters_text_stands_out_from_what_lies_behind_it() -> None:
    whole = poster.build(athens(), PosterOptions(lang="en"))[0]
    assert faint(whole.data) == []


def test_the_check_sees_what_is_too_faint() -> None:
    theme = load_shipped_theme()
    palette = theme.palette.model_copy(
        update={"ink2": "#AAAAAA"}
    )  # past the check that a theme file goes through
    assert faint(built("en", theme=theme.model_copy(update={"palette": palette})))
