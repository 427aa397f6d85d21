"""SVG pictures as vectors: painted shapes and plain text (SVG 1.1, chapters 7, 10 and 11) to PDF operators.

What has no place on paper or in this subset (scripts, filters, gradients, embedded pictures) is a fault that
names it, never left out in silence. Pure: gives operators and texts; the writer draws them.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builders.fonts import missing
from builders.images import ImageFault
from builders.svg_paths import MOST, number, numbers, path, real

Matrix = tuple[float, float, float, float, float, float]
_ONE: Matrix = (1, 0, 0, 1, 0, 0)
_XLINK = "{http://www.w3.org/1999/xlink}href"
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
    """Return an SVG as vectors. Raises ImageFault for what some document cannot draw."""
    root = _root(content, file)
    _hold_alone(root, file)
    try:
        items = [*_items(root, {"fill": "#000000", "stroke": "none", "stroke-width": "1"}, _ONE, file)]
    except ImageFault:
        raise
    except (ValueError, IndexError, OverflowError, ZeroDivisionError):
        what = f"'{file}' has a path, a transform or a number that cannot be read"
        raise ImageFault(f"{what}; export it again, or as PNG") from None
    texts = tuple(item for item in items if isinstance(item, SvgText))
    for text in texts:
        if lacking := missing(text.words):
            what = f"'{file}' holds the character '{lacking[0]}', which no typeface of the documents has"
            raise ImageFault(f"{what}; export it as PNG")
    return Vectors(_box(root, file), " ".join(item for item in items if isinstance(item, str)), texts)


def _root(content: bytes, file: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        content.decode("utf-8")  # the slides' drawer reads nothing else
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or etree.QName(root).localname != "svg":
        raise ImageFault(f"'{file}' is broken or not an SVG; export it again, in UTF-8")
    return root


def _box(root: Any, file: str) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the picture in its own units."""
    box = numbers(root.get("viewBox", ""))
    if len(box) != 4 or not all(abs(side) <= MOST for side in box) or not min(box[2:]) > 0:
        raise ImageFault(f"'{file}' has no viewBox; export it with one")
    return box[0], box[1], box[2], box[3]


def _hold_alone(root: Any, file: str) -> None:
    """Raise ImageFault for a drawing that refers to anything outside itself."""
    from lxml import etree

    for node in root.iter():
        if isinstance(node.tag, str) and etree.QName(node).localname != "a":
            target = node.get("href") or node.get(_XLINK) or "#"
            if not target.startswith(("#", "data:")):
                raise ImageFault(f"'{file}' brings in '{target[:60]}'; export it with its pictures inside")


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
    """Return a list of transforms as one. Raises ValueError and IndexError where it cannot be read."""
    if _TRANSFORM.sub("", text).strip(" ,\t\n"):
        raise ValueError(text)
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


def _colour(paint: str, file: str) -> str | None:
    text = _NAMES.get(paint, paint)
    if text == "none":
        return None
    if re.fullmatch(r"#[0-9a-fA-F]{3}", text):
        text = "#" + "".join(c * 2 for c in text[1:])
    if match := re.fullmatch(r"rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)", text):
        text = "#" + "".join(f"{int(v):02X}" for v in match.groups())
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ImageFault(
            f"'{file}' uses the paint '{paint[:30]}', which cannot be drawn here; export it as PNG"
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
    x, y, size = (float(real(value)) for value in (a * x + c * y + e, b * x + d * y + f, size))
    return SvgText(x, y, size, words, look.get("text-anchor", "start"), colour, bold)
