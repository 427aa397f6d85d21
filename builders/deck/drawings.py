"""SVG pictures for slides: a PNG made from the drawing by resvg, with our own faces, the same everywhere."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from builders.images import ImageFault, Picture

WIDEST = 2000  # pixels: sharp on a slide of 13 inches
_FACE = "Source Sans Pro"


@lru_cache(maxsize=16)
def as_png(picture: Picture, file: str) -> Picture:
    """Return an SVG as a PNG with a clear ground. Raises ImageFault for one that cannot be drawn."""
    import resvg_py

    scale = WIDEST / max(picture.width, picture.height)
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    try:
        content = resvg_py.svg_to_bytes(
            svg_string=picture.content.decode("utf-8-sig"),
            width=width,
            height=height,
            skip_system_fonts=True,
            font_dirs=[str(_faces())],
            font_family=_FACE,
            serif_family=_FACE,
            sans_serif_family=_FACE,
            monospace_family=_FACE,
        )
    except ValueError:  # not UTF-8, or not a drawing
        raise ImageFault(f"'{file}' cannot be drawn; export it as PNG") from None
    return Picture(content, "PNG", width, height)


def _faces() -> Path:
    spec = find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files"
