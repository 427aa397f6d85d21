"""Pictures as PDF objects: JPEG files as they are, all others as pixels (ISO 32000-1, 8.9.5)."""

from io import BytesIO

from PIL import Image

from builders.pdf.file import File

_SPACES = {"RGB": "/DeviceRGB", "L": "/DeviceGray"}


def write_picture(file: File, content: bytes, grey: bool) -> int:
    """Write the picture in a PNG or JPEG file's bytes and return its number.

    Colours other than RGB and grey become RGB, or all become `grey`; what is transparent becomes white.
    """
    image: Image.Image = Image.open(BytesIO(content))
    entries = f"/Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}/BitsPerComponent 8"
    if image.format == "JPEG" and image.mode in (("L",) if grey else ("RGB", "L")):
        entries += f"/Filter/DCTDecode/ColorSpace{_SPACES[image.mode]}"
        return file.stream(content, entries, pack=False)
    flat = Image.new("RGB", image.size, "white")
    image = image.convert("RGBA")
    flat.paste(image, mask=image.getchannel("A"))
    flat = flat.convert("L") if grey else flat
    return file.stream(flat.tobytes(), f"{entries}/ColorSpace{_SPACES[flat.mode]}")
