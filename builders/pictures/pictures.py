"""Pictures of an outline: read from inside its folder only, within limits."""

import io
import unicodedata
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from builders.core.diagnostics import TemarioError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
MOST_DRAWN = 2600  # pixels of the longer side: 300 an inch across a slide's picture, 400 across A4's text
JPEG_QUALITY = 92  # of what is reduced or turned
_DEEP = ("I", "I;16")  # modes of 16 bits of grey


class ImageFault(TemarioError):
    """A picture that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG as documents hold it, upright and reduced to MOST_DRAWN, and the file's size in pixels.

    Of an SVG: it drawn as a PNG, and its size in its own units.
    """

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
        name = _find_true_name(root, file)
        if name != unicodedata.normalize("NFC", file) and name is not None:
            raise ImageFault(f"there is no picture '{file}'; did you mean '{name}'? Capitals count")
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
    except RuntimeError:  # of Python below 3.13
        raise ImageFault(f"'{file[:80]}' is a link that leads to itself; put the picture there") from None


def _find_true_name(root: Path, file: str) -> str | None:
    """Return the name of a file below `root` as its folders have it, but for capitals; None without one.

    Some systems tell a.PNG from a.png and others do not: an outline is to be the same on all of them.
    """
    folder, names = root, []
    for part in unicodedata.normalize("NFC", file).split("/"):
        if part in ("", ".", "..") or not folder.is_dir():
            return None
        entries = {unicodedata.normalize("NFC", entry.name): entry for entry in folder.iterdir()}
        alike = [name for name in sorted(entries) if name.casefold() == part.casefold()]
        if not alike:
            return None
        names.append(part if part in alike else alike[0])
        folder = entries[names[-1]]
    return "/".join(names)


@lru_cache(maxsize=64)
def _open_picture(content: bytes, format_: str, file: str) -> Picture:
    if format_ == "SVG":
        return _draw_svg(content, file)
    return _read_raster(content, format_, file)


def _draw_svg(content: bytes, file: str) -> Picture:
    """Return an SVG as a picture with a clear ground."""
    from builders.pictures.svg import UnfitDrawing, pixels, read_drawing
    from builders.pictures.svg_rasterizer import NotDrawn, draw_png

    try:
        drawing = read_drawing(content)
        png = draw_png(drawing.text, *pixels(drawing.width, drawing.height, MOST_DRAWN))
    except UnfitDrawing as unfit:
        raise ImageFault(f"'{file}' {unfit}") from None
    except NotDrawn:
        raise ImageFault(f"'{file}' is too much to draw; export it as PNG") from None
    return Picture(png, "PNG", drawing.width, drawing.height)


def _read_raster(content: bytes, format_: str, file: str) -> Picture:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[format_]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _make_too_large_fault(file)
                return _fit_raster(image, content, format_)
    except ImageFault:
        raise
    except Image.DecompressionBombError:
        raise _make_too_large_fault(file) from None
    except Exception:  # Pillow raises whatever its decoders do
        raise ImageFault(f"'{file}' is broken or not a {format_}; export it again") from None


def _fit_raster(image: "ImageFile", content: bytes, format_: str) -> Picture:
    """Return an image as documents can show it: upright, with 8 bits a channel, no larger than is printed.

    `content` are the file's bytes: they stay as they are where they do already.
    """
    from PIL import ExifTags, Image, ImageOps

    width, height = image.size
    share = min(1, MOST_DRAWN / max(width, height))
    image.draft(None, (round(width * share), round(height * share)))
    image.load()  # of a JPEG, what the draft asks for: no more is decoded
    orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    if share == 1 and orientation not in range(2, 9) and image.mode not in _DEEP:
        return Picture(content, format_, width, height)
    fitted: Image.Image = image
    if image.mode in ("1", "P", "PA"):  # which can only be reduced dot by dot
        fitted = image.convert("RGBA" if image.has_transparency_data else "RGB")
    fitted.thumbnail((MOST_DRAWN, MOST_DRAWN), Image.Resampling.LANCZOS)
    ImageOps.exif_transpose(fitted, in_place=True)
    if fitted.mode in _DEEP:
        fitted.info.pop("transparency", None)  # a grey of 16 bits
        fitted = fitted.convert("I").point(lambda grey: grey * (255 / 65535)).convert("L")
    profile = None if fitted.mode == "CMYK" else image.info.get("icc_profile")
    if fitted.mode == "CMYK":
        fitted = fitted.convert("RGB")
    out = io.BytesIO()
    fitted.save(out, format_, quality=JPEG_QUALITY, icc_profile=profile, exif=b"")
    upright = (height, width) if orientation in range(5, 9) else (width, height)
    return Picture(out.getvalue(), format_, *upright)


def _make_too_large_fault(file: str) -> ImageFault:
    return ImageFault(f"'{file}' has more than {MOST_PIXELS // 10**6} million pixels; make it smaller")
