"""Pictures of an outline in a PDF."""

from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader

from builders.guide.page import Picture
from builders.pdf import TaggedCanvas


def draw_picture(canvas: TaggedCanvas, picture: Picture, page_height: float, grey: bool) -> None:
    """Draw a PNG or JPEG in its rectangle; other colours become RGB, or all become `grey`."""
    y = page_height - picture.y - picture.height
    image: Image.Image = Image.open(BytesIO(picture.content))
    if image.format == "JPEG" and image.mode in (("L",) if grey else ("RGB", "L")):
        reader = ImageReader(BytesIO(picture.content))
    else:
        flat = Image.new("RGB", image.size, "white")
        image = image.convert("RGBA")
        flat.paste(image, mask=image.getchannel("A"))
        reader = ImageReader(flat.convert("L") if grey else flat)
    canvas.image(reader, picture.x, y, picture.width, picture.height)
