"""Lines, shapes, section patterns and pictures as PDF operators (ISO 32000-1, 8.5). Points, y upwards."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader

Point = tuple[float, float]
_KAPPA = 0.5523  # of a radius: where the handles of a quarter circle stand


@lru_cache(maxsize=256)
def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))


def fill_colour(colour: str) -> str:
    """Return the operator that fills with '#RRGGBB'."""
    return f"{_rgb(colour)} rg"


def number(value: float) -> str:
    """Return a length as PDF writes it, to a hundredth of a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _path(points: Sequence[Point]) -> str:
    first, *rest = points
    return f"{first[0]:.2f} {first[1]:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in rest)


class ShapeCanvas:
    """A canvas's shapes: each method writes operators; a subclass's `put` and `raw` take them."""

    def put(self, operators: str) -> None:
        """Take operators that paint; the canvas sees to whose content they are."""
        raise NotImplementedError

    def raw(self, operators: str) -> None:
        """Take operators that paint nothing."""
        raise NotImplementedError

    def polyline(
        self,
        points: Sequence[Point],
        colour: str,
        width: float = 0.5,
        dash: Sequence[float] = (),
        round_caps: bool = False,
    ) -> None:
        """Stroke a line through `points`."""
        self.put(f"q {self._stroke(colour, width, dash, round_caps)} {_path(points)} S Q")

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: str,
        width: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Stroke a straight line."""
        self.polyline(((x1, y1), (x2, y2)), colour, width, dash)

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a rectangle from its lower left corner."""
        self._shape(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re", fill, stroke, line, dash)

    def polygon(
        self,
        points: Sequence[Point],
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 0.5,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a closed shape."""
        self._shape(f"{_path(points)} h", fill, stroke, line, dash)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 0.5,
    ) -> None:
        """Draw a circle around (x, y)."""
        self._shape(_circle(x, y, radius), fill, stroke, line, ())

    def area(
        self,
        rings: Sequence[Sequence[Point]],
        fill: str | None = None,
        stroke: str | None = None,
        line: float = 0.5,
        dash: Sequence[float] = (),
        pattern: str = "solid",
        scale: float = 1,
    ) -> None:
        """Draw a shape of several rings; what lies within an even number of them is outside (8.5.3.3.3).

        With a pattern but 'solid', `fill` is the colour of its strokes.
        """
        path = " ".join(f"{_path(ring)} h" for ring in rings)
        if fill and pattern != "solid":
            across, up = zip(*(point for ring in rings for point in ring), strict=True)
            left, low, wide, high = min(across), min(up), max(across) - min(across), max(up) - min(up)
            self.put(f"q {path} W* n {_PATTERNS[pattern](left, low, wide, high, fill, scale)} Q")
        elif fill:
            self.put(f"q {fill_colour(fill)} {path} f* Q")
        if stroke:
            self.put(f"q {self._stroke(stroke, line, dash, True)} {path} S Q")

    @contextmanager
    def clip(self, points: Sequence[Point]) -> Iterator[None]:
        """Draw within a closed shape only."""
        self.raw(f"q {_path(points)} h W n")
        yield
        self.raw("Q")

    def pattern(
        self,
        name: str,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        scale: float = 1,
        frame: float = 0.75,
    ) -> None:
        """Fill a rectangle with a section's pattern (named in theme.yaml), framed `frame` points wide.

        At scale 1 the strokes suit bars of 6 to 11 points.
        """
        if name == "solid":
            self.rect(x, y, width, height, fill=colour)
            return
        box = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
        self.put(f"q {box} W n {_PATTERNS[name](x, y, width, height, colour, scale)} Q")
        if frame:
            inset = frame / 2
            self.rect(x + inset, y + inset, width - frame, height - frame, stroke=colour, line=frame)

    def _shape(
        self, path: str, fill: str | None, stroke: str | None, line: float, dash: Sequence[float]
    ) -> None:
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (bool(fill), bool(stroke)), "n"
        )
        look = [fill_colour(fill)] if fill else []
        if stroke:
            look.append(self._stroke(stroke, line, dash))
        self.put(f"q {' '.join(look)} {path} {paint} Q")

    @staticmethod
    def _stroke(colour: str, width: float, dash: Sequence[float] = (), round_caps: bool = False) -> str:
        out = f"{_rgb(colour)} RG {number(width)} w"
        if dash:
            out += f" [{' '.join(map(number, dash))}] 0 d"
        return out + " 1 J 1 j" if round_caps else out


def _circle(x: float, y: float, r: float) -> str:
    k = r * _KAPPA
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{v:.2f}" for v in c) + " c" for c in curves) + " h"


# -- patterns: (x, y, width, height, colour, scale) to operators, clipped by the caller ----------------------


def _dots(x: float, y: float, w: float, h: float, colour: str, scale: float) -> str:
    """Rows of round caps without a dash between them."""
    pitch, r = 2.6 * scale, 0.62 * scale
    out = [f"{_rgb(colour)} RG {number(2 * r)} w 1 J [0 {number(pitch)}] 0 d"]
    row, at = 0, y + h - pitch / 2
    while at > y - r:
        start = x + (0 if row % 2 else pitch / 2)
        out.append(f"{start:.2f} {at:.2f} m {x + w + pitch:.2f} {at:.2f} l")
        at -= pitch * math.sqrt(3) / 2
        row += 1
    return " ".join((*out, "S"))


def _strokes(colour: str, width: float, lines: Iterator[tuple[float, float, float, float]]) -> str:
    path = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines)
    return f"{_rgb(colour)} RG {number(width)} w {path} S"


def _diagonal(x: float, y: float, w: float, h: float, colour: str, scale: float) -> str:
    pitch = 2.8 * scale * math.sqrt(2)
    count = math.ceil((w + h) / pitch) + 1
    return _strokes(colour, scale, ((x - h + i * pitch, y, x + i * pitch, y + h) for i in range(count)))


def _backslash(x: float, y: float, w: float, h: float, colour: str, scale: float) -> str:
    pitch = 2.8 * scale * math.sqrt(2)
    count = math.ceil((w + h) / pitch) + 1
    return _strokes(colour, scale, ((x + i * pitch, y, x - h + i * pitch, y + h) for i in range(count)))


def _vertical(x: float, y: float, w: float, h: float, colour: str, scale: float) -> str:
    pitch = 2.4 * scale
    count = max(round(w / pitch), 1)
    step = w / count
    return _strokes(
        colour, 1.15 * scale, ((x + (i + 0.5) * step, y, x + (i + 0.5) * step, y + h) for i in range(count))
    )


def _horizontal(x: float, y: float, w: float, h: float, colour: str, scale: float, pitch: float = 3.2) -> str:
    count = max(round(h / (pitch * scale)), 1)
    step = h / count
    return _strokes(
        colour, 0.85 * scale, ((x, y + (i + 0.5) * step, x + w, y + (i + 0.5) * step) for i in range(count))
    )


def _grid(x: float, y: float, w: float, h: float, colour: str, scale: float) -> str:
    pitch = 3.0 * scale
    columns, rows = max(round(w / pitch), 1), max(round(h / pitch), 1)
    across = [(x, y + (i + 0.5) * h / rows, x + w, y + (i + 0.5) * h / rows) for i in range(rows)]
    down = [(x + (i + 0.5) * w / columns, y, x + (i + 0.5) * w / columns, y + h) for i in range(columns)]
    return _strokes(colour, 0.7 * scale, iter(across + down))


def _checks(x: float, y: float, w: float, h: float, colour: str, scale: float) -> str:
    columns = max(round(w / (2.2 * scale)), 2)
    step = w / columns
    boxes = (
        f"{x + i * step:.2f} {y + j * step:.2f} {step:.2f} {step:.2f} re"
        for i in range(columns)
        for j in range(math.ceil(h / step))
        if (i + j) % 2 == 0
    )
    return " ".join((fill_colour(colour), *boxes, "f"))


_PATTERNS = {
    "dots": _dots,
    "diagonal": _diagonal,
    "backslash": _backslash,
    "vertical": _vertical,
    "horizontal": _horizontal,
    "grid": _grid,
    "checks": _checks,
}


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
