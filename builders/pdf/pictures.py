"""Pictures as PDF objects: JPEG files as they are, all others as pixels (ISO 32000-1, 8.9.5)."""

import zlib
from functools import lru_cache
from io import BytesIO

from builders.pdf.file import Stretch

_SPACES = {"RGB": "/DeviceRGB", "L": "/DeviceGray"}


def write_picture(stretch: Stretch, content: bytes, grey: bool) -> int:
    """Write the picture in a PNG or JPEG file's bytes and return its number.

    Colours other than RGB and grey become RGB, or all become `grey`; what is transparent becomes white.
    """
    stream, entries = _stream(content, grey)
    return stretch.stream(stream, entries, pack=False)


@lru_cache(maxsize=32)  # an editor's loop builds with the same pictures again and again
def _stream(content: bytes, grey: bool) -> tuple[bytes, str]:
    """Return a picture's stream, compressed, and what its dictionary says."""
    from PIL import Image

    image: Image.Image = Image.open(BytesIO(content))
    entries = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}/BitsPerComponent 8"
    if image.format == "JPEG" and image.mode in (("L",) if grey else ("RGB", "L")):
        return content, f"/Filter/DCTDecode{entries}/ColorSpace{_SPACES[image.mode]}"
    flat = Image.new("RGB", image.size, "white")
    image = image.convert("RGBA")
    flat.paste(image, mask=image.getchannel("A"))
    flat = flat.convert("L") if grey else flat
    return zlib.compress(flat.tobytes()), f"/Filter/FlateDecode{entries}/ColorSpace{_SPACES[flat.mode]}"
