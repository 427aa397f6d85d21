"""Pictures of an outline: read from inside its folder only, within limits."""

import io
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from builders.core.diagnostics import TemarioError

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
DRAWN_PIXELS = 2600  # pixels of an SVG's longer side: 400 an inch across the text of a page of A4


class ImageFault(TemarioError):
    """A picture that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG and its size in pixels. Of an SVG: it drawn as a PNG, and its size in its own units."""

    content: bytes = field(repr=False)
    format: str
    width: float
    height: float


def read_picture(root: Path, file: str) -> Picture:
    """Return the picture `file` below the folder `root`. Raises ImageFault if a document cannot show it."""
    try:
        path = (root / file).resolve()
        if "\\" in file or Path(file).is_absolute() or not path.is_relative_to(root.resolve()):
            raise ImageFault(f"'{file}' is outside the outline's folder; put the picture inside it")
        if path.suffix.lower() not in FORMATS:
            raise ImageFault(f"'{file}' is not a PNG, JPEG or SVG; convert it")
        if not path.is_file():
            raise ImageFault(
                f"there is no picture '{file}'; check the name, which counts from the outline's folder"
            )
        if path.stat().st_size > MOST_BYTES:
            raise ImageFault(f"'{file}' is larger than {MOST_BYTES >> 20} MB; make it smaller")
        return _open_picture(path.read_bytes(), FORMATS[path.suffix.lower()], file)
    except OSError as error:
        what = f"'{file[:80]}' cannot be read ({error.strerror or 'broken'})"
        raise ImageFault(f"{what}; check its name, or export it again") from None


@lru_cache(maxsize=64)
def _open_picture(content: bytes, format_: str, file: str) -> Picture:
    if format_ == "SVG":
        return _draw_svg(content, file)
    return Picture(content, format_, *_read_raster_size(content, format_, file))


def _draw_svg(content: bytes, file: str) -> Picture:
    """Return an SVG as a picture with a clear ground."""
    from builders.pictures.svg import UnfitDrawing, pixels, read_drawing
    from builders.pictures.svg_rasterizer import NotDrawn, draw_png

    try:
        drawing = read_drawing(content)
        png = draw_png(drawing.text, *pixels(drawing.width, drawing.height, DRAWN_PIXELS))
    except UnfitDrawing as unfit:
        raise ImageFault(f"'{file}' {unfit}") from None
    except NotDrawn:
        raise ImageFault(f"'{file}' is too much to draw; export it as PNG") from None
    return Picture(png, "PNG", drawing.width, drawing.height)


def _read_raster_size(content: bytes, format_: str, file: str) -> tuple[float, float]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[format_]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _make_too_large_fault(file)
                image.load()
                return float(image.width), float(image.height)
    except ImageFault:
        raise
    except Image.DecompressionBombError:
        raise _make_too_large_fault(file) from None
    except Exception:  # Pillow raises whatever its decoders do
        raise ImageFault(f"'{file}' is broken or not a {format_}; export it again") from None


def _make_too_large_fault(file: str) -> ImageFault:
    return ImageFault(f"'{file}' has more than {MOST_PIXELS // 10**6} million pixels; make it smaller")
