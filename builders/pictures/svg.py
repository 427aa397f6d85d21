"""SVG pictures: read safely, and held against what resvg draws as a browser does.

What it does not (scripts, filters, embedded pictures, style sheets beyond simple ones) is a fault that names
it, never left out in silence. What was checked is written out anew, and that alone is drawn.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from builders.core.diagnostics import TemarioError
from builders.typesetting.fonts import missing

MOST = 1e7  # units: no drawing is larger
MOST_SHEET = 20_000  # characters of a style sheet
MOST_PAINT = 1000  # characters of a colour, or of what an element refers to
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
# fmt: off
_ELEMENTS = frozenset((
    "svg", "g", "defs", "symbol", "use", "a", "switch", "view", "style", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern", "marker",
))
_MEASURES = frozenset((
    "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy", "width", "height",
    "points", "stroke-width", "font-size", "viewBox",
))
# fmt: on
_SILENT = frozenset(("title", "desc", "metadata"))
_PAINTS = frozenset(("fill", "stroke", "color", "stop-color"))
_PAINT_WORDS = frozenset(("none", "currentcolor", "inherit", "transparent", "context-fill", "context-stroke"))
_REFERENCES = frozenset(("clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end"))
_TRANSFORMS = frozenset(("transform", "gradientTransform", "patternTransform"))
_GEOMETRY = frozenset(("x", "y", "cx", "cy", "r", "rx", "ry", "d"))  # properties in CSS alone
_COLOUR_FUNCTIONS = ("rgb", "rgba", "hsl", "hsla")

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_BLANK = ", \t\n\r\f"  # between numbers
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)[\s,]*")
_TRANSFORM_SIZES = {
    "matrix": (6,), "translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "skewX": (1,), "skewY": (1,)
}  # fmt: skip
_STEP = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_STEP_SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLAG = re.compile("[01]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"(?:[\w\s.#,>*-]|:first-child|\[[^\]]*\])+")  # those that resvg knows
_FUNCTION = re.compile(r"([A-Za-z-]+)\(")
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")
_LENGTH = re.compile(rf"\s*({_NUMBER})(?:px)?\s*")


class UnfitDrawing(TemarioError):
    """An SVG that cannot be drawn right; the message goes on from the file's name, and says what to do."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that can be drawn: its text, and the width and height of its viewBox in its own units."""

    text: str = field(repr=False)
    width: float
    height: float


def read_drawing(content: bytes) -> Drawing:
    """Return the drawing in an SVG file's bytes. Raises UnfitDrawing."""
    from lxml import etree

    root = _parse(content)
    width, height = _fit_to_view(root)
    _drop_what_is_not_drawn(root)
    names = {name for node in root.iter() if (name := node.get("id"))}
    for node in root.iter():
        name = etree.QName(node).localname
        _check_link(node, name, names)
        if name not in _ELEMENTS:
            raise UnfitDrawing(f"holds <{name}>{_line(node)}, which cannot be drawn; export it as PNG")
        for key, value in _declarations(node, name):
            _check_value(node, key, value, names)
    if lacking := [c for text in root.iter(f"{_SVG}text") for c in missing("".join(text.itertext()))]:
        raise UnfitDrawing(
            f"holds the character '{lacking[0]}', which no typeface of the documents has; export it as PNG"
        )
    return Drawing(etree.tostring(root, encoding="unicode"), width, height)


def _parse(content: bytes) -> Any:
    """Return the root of an SVG; its own entities are resolved, nothing else is fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or root.tag != f"{_SVG}svg":
        raise UnfitDrawing("is broken or not an SVG; export it again")
    return root


def _fit_to_view(root: Any) -> tuple[float, float]:
    """Make the viewBox the drawing's size, whatever size a page was to give it; return width and height."""
    text = root.get("viewBox")
    if text is None:
        sides = [match[1] for key in ("width", "height") if (match := _LENGTH.fullmatch(root.get(key, "")))]
        text = " ".join(["0", "0", *sides])
    box = [float(number) for number in _NUMBERS.findall(text)]
    if len(box) != 4 or not all(abs(side) <= MOST for side in box) or not min(box[2:]) > 0:
        raise UnfitDrawing("has no viewBox that tells its size; export it with one")
    root.set("viewBox", " ".join(map(str, box)))
    for key in ("width", "height", "x", "y", "preserveAspectRatio"):
        root.attrib.pop(key, None)
    return box[2], box[3]


def _drop_what_is_not_drawn(root: Any) -> None:
    """Take out comments, descriptions and other programs' own elements, which no renderer draws."""
    from lxml import etree

    for node in [*root.iter()]:
        silent = not isinstance(node.tag, str) or etree.QName(node).localname in _SILENT
        if (silent or not node.tag.startswith(_SVG)) and node.getparent() is not None:
            etree.strip_elements(node.getparent(), node.tag, with_tail=False)


def _line(node: Any) -> str:
    return f" (line {node.sourceline})" if node.sourceline else ""


def _check_link(node: Any, name: str, names: set[str]) -> None:
    """Hold what an element refers to against what the drawing holds: nothing comes from outside it."""
    target = node.get("href") or node.get(_XLINK)
    if target is None or name == "a":
        return
    if not target.startswith(("#", "data:")):
        raise UnfitDrawing(f"brings in '{target[:60]}'{_line(node)}; export it with its pictures inside")
    if name in _ELEMENTS and target[1:] not in names:
        raise UnfitDrawing(f"refers to '{target[:60]}'{_line(node)}, which it does not hold; export it again")


def _declarations(node: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield names and values of what an element says of looks and places: attributes, style, style sheet."""
    for key, value in node.attrib.items():
        if key == "style":
            yield from _properties(node, value)
        else:
            yield key, value
    if name != "style":
        return
    sheet = "".join(node.itertext())
    *rules, rest = _COMMENT.sub(" ", sheet[:MOST_SHEET]).split("}")
    if "@" in sheet or rest.strip() or len(sheet) > MOST_SHEET or any(r.count("{") != 1 for r in rules):
        raise UnfitDrawing(f"has a style sheet{_line(node)} that cannot be followed; export it as PNG")
    for rule in rules:
        selector, _, block = rule.partition("{")
        if not _SELECTOR.fullmatch(selector):
            what = " ".join(selector.split())[:30]
            what = f"has the selector '{what}'{_line(node)}, which is not known"
            raise UnfitDrawing(f"{what}; export it as PNG")
        if selector.strip() != "svg":  # whose size is that of the viewBox
            yield from _properties(node, block)


def _properties(node: Any, block: str) -> Iterator[tuple[str, str]]:
    """Yield the properties in a block of CSS. Those that SVG 1.1 has as attributes alone are faults."""
    for part in block.split(";"):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.replace("!important", "").strip()
        if key in _GEOMETRY:
            raise UnfitDrawing(f"sets '{key}' in a style{_line(node)}, which is not known; export it as PNG")
        if key:
            yield key, value


def _check_value(node: Any, key: str, value: str, names: set[str]) -> None:
    """Raise UnfitDrawing for a value that would be drawn otherwise than a browser draws it."""
    strange = (key == "filter" and value != "none") or value == "non-scaling-stroke"
    if strange or "var(" in value or "calc(" in value:
        raise UnfitDrawing(f"uses {key} '{value[:30]}'{_line(node)}, which cannot be drawn; export it as PNG")
    if not _is_readable(key, value):
        what = f"has a path, a transform or a number that cannot be read in '{key}'{_line(node)}"
        raise UnfitDrawing(f"{what}; export it again, or as PNG")
    if key in _PAINTS and not _is_paint(value):
        raise UnfitDrawing(
            f"uses the paint '{value[:30]}'{_line(node)}, which cannot be drawn; export it as PNG"
        )
    if key in _PAINTS or key in _REFERENCES:
        for _, target in _URL.findall(value):
            if not target.startswith("#") or target[1:] not in names:
                what = f"refers to '{target[:60]}'{_line(node)}, which it does not hold"
                raise UnfitDrawing(f"{what}; export it again")


def _is_readable(key: str, value: str) -> bool:
    """Whether a value that tells a place, a size or a shape can be read."""
    if key in _REFERENCES:
        return value in ("none", "inherit") or (len(value) <= MOST_PAINT and bool(_URL.fullmatch(value)))
    if (key in _TRANSFORMS and value != "none" and not _is_transform(value)) or (
        key == "d" and not _is_path(value)
    ):
        return False
    if key in _MEASURES or key in _TRANSFORMS or key == "d":
        return all(abs(float(number)) <= MOST for number in _NUMBERS.findall(value))
    return True


def _is_paint(value: str) -> bool:
    """Whether a value is a colour, or refers to a gradient or a pattern, as resvg reads them."""
    from PIL.ImageColor import colormap

    if len(value) > MOST_PAINT:
        return False
    paint = _URL.sub("", value).strip().lower() or "none"
    function = _FUNCTION.match(paint)
    return bool(
        paint in _PAINT_WORDS
        or paint in colormap
        or re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", paint)
        or (function and function[1] in _COLOUR_FUNCTIONS and paint.endswith(")"))
    )


def _is_transform(text: str) -> bool:
    """Whether a list of transforms can be read (SVG 1.1, 7.6)."""
    return not _TRANSFORM.sub("", text).strip(_BLANK) and all(
        _count_arguments(arguments) in _TRANSFORM_SIZES[name] for name, arguments in _TRANSFORM.findall(text)
    )


def _is_path(data: str) -> bool:
    """Whether path data can be read to its end (SVG 1.1, 8.3)."""
    if data.strip() in ("", "none"):
        return True
    if data.strip()[0] not in "Mm" or _STEP.sub("", data).strip():
        return False
    for letter, arguments in _STEP.findall(data):
        size = _STEP_SIZES[letter.upper()]
        count = _count_arguments(arguments, arc=letter in "Aa")
        if count is None or (count % size or not count if size else count):
            return False
    return True


def _count_arguments(text: str, arc: bool = False) -> int | None:
    """Return how many numbers a text holds, with blanks and commas between them; None if there is more.

    Of an arc each fourth and fifth is a flag, behind which no blank is due.
    """
    count, place, text = 0, 0, text.strip(_BLANK)
    while place < len(text):
        match = (_FLAG if arc and count % 7 in (3, 4) else _NUMBERS).match(text, place)
        if match is None:
            return None
        count, place = count + 1, match.end()
        while place < len(text) and text[place] in _BLANK:
            place += 1
    return count


def pixels(width: float, height: float, longest: int) -> tuple[int, int]:
    """Return width and height in pixels of a drawing whose longer side is `longest` pixels."""
    scale = longest / max(width, height)
    return max(1, math.ceil(width * scale)), max(1, math.ceil(height * scale))
