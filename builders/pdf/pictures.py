"""Pictures as ReportLab takes them."""

from functools import lru_cache
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader


@lru_cache(maxsize=32)  # an editor's loop builds with the same pictures again and again
def flatten_picture(content: bytes, grey: bool) -> ImageReader:
    """Return the picture in a PNG or JPEG file's bytes: what is transparent becomes white, or all `grey`."""
    image: Image.Image = Image.open(BytesIO(content))
    if image.format == "JPEG" and image.mode in (("L",) if grey else ("RGB", "L")):
        return ImageReader(BytesIO(content))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        below = Image.new("RGB", image.size, "white")
        below.paste(image, mask=image.getchannel("A"))
        image = below
    return ImageReader(image.convert("L" if grey else "RGB"))
