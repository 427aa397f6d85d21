"""SVG pictures as vectors: painted shapes and plain text (SVG 1.1, chapters 7, 10 and 11) to PDF operators.

What has no place on paper or in this subset (scripts, filters, gradients, embedded pictures) is a fault that
names it, never left out in silence. Pure: gives operators and texts; the writer draws them.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builders.guide.svg_paths import number, numbers, path, real
from builders.images import ImageFault

Matrix = tuple[float, float, float, float, float, float]
_ONE: Matrix = (1, 0, 0, 1, 0, 0)
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_NAMES = {
    "black": "#000000",
    "white": "#FFFFFF",
    "red": "#FF0000",
    "gray": "#808080",
    "grey": "#808080",
    "blue": "#0000FF",
    "green": "#008000",
    "none": "none",
    "currentColor": "#000000",
}
_SILENT = {"title", "desc", "metadata", "defs", "style"}
_INHERITED = ("fill", "stroke", "stroke-width", "font-size", "font-weight", "text-anchor")


@dataclass(frozen=True, slots=True)
class SvgText:
    """A line of text: where it stands in the picture's units, its size, words, anchor, colour and weight."""

    x: float
    y: float
    size: float
    words: str
    anchor: str
    colour: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Vectors:
    """A picture as PDF operators in its own units (y downwards) and its texts; `box` is its viewBox."""

    box: tuple[float, float, float, float]
    operators: str
    texts: tuple[SvgText, ...]


def vectors(content: bytes, file: str) -> Vectors:
    """Return an SVG as vectors. Raises ImageFault for what it cannot draw."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    left, top, width, height = numbers(root.get("viewBox", ""))
    drawn, texts = [], []
    for item in _items(root, {"fill": "#000000", "stroke": "none", "stroke-width": "1"}, _ONE, file):
        if isinstance(item, SvgText):
            texts.append(item)
        else:
            drawn.append(item)
    return Vectors((left, top, width, height), " ".join(drawn), tuple(texts))


def _items(node: Any, look: Mapping[str, str], matrix: Matrix, file: str) -> Iterator[str | SvgText]:
    from lxml import etree

    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = etree.QName(child).localname
        if name in _SILENT:
            continue
        own = _look(child, look)
        place = _times(matrix, _transform(child.get("transform", "")))
        if name in ("g", "svg", "a"):
            yield from _items(child, own, place, file)
        elif name == "text":
            yield _text(child, own, place, file)
        elif (shape := path(child, name)) is not None:
            yield _painted(shape, own, place, file)
        else:
            raise ImageFault(f"'{file}' holds <{name}>, which cannot be drawn here; export it as PNG")


def _look(child: Any, look: Mapping[str, str]) -> dict[str, str]:
    out = dict(look)
    declared = dict(p.split(":", 1) for p in child.get("style", "").split(";") if ":" in p)
    declared = {key.strip(): value.strip() for key, value in declared.items()}
    for key in (*_INHERITED, "stroke-dasharray"):
        value = declared.get(key, child.get(key))
        if value is not None:
            out[key] = value
    return out


def _transform(text: str) -> Matrix:
    out = _ONE
    for name, arguments in _TRANSFORM.findall(text):
        n = numbers(arguments)
        if name == "matrix":
            out = _times(out, (n[0], n[1], n[2], n[3], n[4], n[5]))
        elif name == "translate":
            out = _times(out, (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0))
        elif name == "scale":
            out = _times(out, (n[0], 0, 0, n[-1], 0, 0))
        else:
            cos, sin = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
            x, y = (n[1], n[2]) if len(n) > 2 else (0.0, 0.0)
            turned = _times(_times((1, 0, 0, 1, x, y), (cos, sin, -sin, cos, 0, 0)), (1, 0, 0, 1, -x, -y))
            out = _times(out, turned)
    return out


def _times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that does n first, then m."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * o + e, b * k + d * o + f)


def _colour(text: str, file: str) -> str | None:
    text = _NAMES.get(text, text)
    if text == "none":
        return None
    if re.fullmatch(r"#[0-9a-fA-F]{3}", text):
        text = "#" + "".join(c * 2 for c in text[1:])
    if match := re.fullmatch(r"rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)", text):
        text = "#" + "".join(f"{int(v):02X}" for v in match.groups())
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ImageFault(
            f"'{file}' uses the paint '{text[:30]}', which cannot be drawn here; export it as PNG"
        )
    return text


def _painted(shape: str, look: Mapping[str, str], matrix: Matrix, file: str) -> str:
    fill, stroke = _colour(look["fill"], file), _colour(look["stroke"], file)
    width = (numbers(look["stroke-width"]) or [1.0])[0]
    out = [f"q {' '.join(map(real, matrix))} cm"]
    if fill:
        out.append(f"{_rgb(fill)} rg")
    if stroke:
        out.append(f"{_rgb(stroke)} RG {real(width)} w")
        if dashes := numbers(look.get("stroke-dasharray", "")):
            out.append(f"[{' '.join(map(real, dashes))}] 0 d")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get((bool(fill), bool(stroke)), "n")
    return " ".join((*out, shape, paint, "Q"))


def _rgb(colour: str) -> str:
    return " ".join(real(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))


def _text(child: Any, look: Mapping[str, str], matrix: Matrix, file: str) -> SvgText:
    x, y = number(child, "x"), number(child, "y")
    a, b, c, d, e, f = matrix
    size = (numbers(look.get("font-size", "16")) or [16.0])[0] * math.sqrt(abs(a * d - b * c))
    words = " ".join("".join(child.itertext()).split())
    bold = look.get("font-weight", "400") in ("bold", "600", "700", "800", "900")
    colour = _colour(look["fill"], file) or "#000000"
    return SvgText(
        a * x + c * y + e, b * x + d * y + f, size, words, look.get("text-anchor", "start"), colour, bold
    )
