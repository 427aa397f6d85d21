"""SVG pictures as vectors: shapes, paths and plain text (SVG 1.1, chapters 8, 9 and 10) to PDF operators.

What has no place on paper or in this subset (scripts, filters, gradients, embedded pictures) is a fault that
names it, never left out in silence. Pure: gives operators and texts; the writer draws them.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builders.images import ImageFault

Matrix = tuple[float, float, float, float, float, float]
_ONE: Matrix = (1, 0, 0, 1, 0, 0)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
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
_KAPPA = 0.5523


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
    left, top, width, height = (float(n) for n in _NUMBER.findall(root.get("viewBox", "")))
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
            yield _text(child, own, place)
        elif (path := _path(child, name)) is not None:
            yield _painted(path, own, place, file)
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


def _numbers(text: str) -> list[float]:
    return [float(n) for n in _NUMBER.findall(text)]


def _number(child: Any, key: str) -> float:
    found = _numbers(child.get(key, "0"))
    return found[0] if found else 0.0


def _transform(text: str) -> Matrix:
    out = _ONE
    for name, arguments in _TRANSFORM.findall(text):
        n = _numbers(arguments)
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


def _painted(path: str, look: Mapping[str, str], matrix: Matrix, file: str) -> str:
    fill, stroke = _colour(look["fill"], file), _colour(look["stroke"], file)
    width = (_numbers(look["stroke-width"]) or [1.0])[0]
    out = [f"q {' '.join(f'{_real(v)}' for v in matrix)} cm"]
    if fill:
        out.append(f"{_rgb(fill)} rg")
    if stroke:
        out.append(f"{_rgb(stroke)} RG {_real(width)} w")
        if dashes := _numbers(look.get("stroke-dasharray", "")):
            out.append(f"[{' '.join(f'{_real(d)}' for d in dashes)}] 0 d")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get((bool(fill), bool(stroke)), "n")
    return " ".join((*out, path, paint, "Q"))


def _real(value: float) -> str:
    """Return a number as PDF writes it: never with an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _rgb(colour: str) -> str:
    return " ".join(f"{_real(int(colour[i : i + 2], 16) / 255)}" for i in (1, 3, 5))


def _text(child: Any, look: Mapping[str, str], matrix: Matrix) -> SvgText:
    x, y = _number(child, "x"), _number(child, "y")
    a, b, c, d, e, f = matrix
    size = (_numbers(look.get("font-size", "16")) or [16.0])[0] * math.sqrt(abs(a * d - b * c))
    words = " ".join("".join(child.itertext()).split())
    bold = look.get("font-weight", "400") in ("bold", "600", "700", "800", "900")
    colour = _colour(look["fill"], "") or "#000000"
    return SvgText(
        a * x + c * y + e, b * x + d * y + f, size, words, look.get("text-anchor", "start"), colour, bold
    )


def _path(child: Any, name: str) -> str | None:
    """Return a shape as path operators; None for what is no shape."""
    if name == "rect":
        sides = [_number(child, key) for key in ("x", "y", "width", "height")]
        return " ".join(f"{_real(v)}" for v in sides) + " re"
    if name in ("circle", "ellipse"):
        rx = _number(child, "r") or _number(child, "rx")
        return _ellipse(
            _number(child, "cx"), _number(child, "cy"), rx, _number(child, "r") or _number(child, "ry")
        )
    if name == "line":
        x1, y1, x2, y2 = (_number(child, key) for key in ("x1", "y1", "x2", "y2"))
        return f"{_real(x1)} {_real(y1)} m {_real(x2)} {_real(y2)} l"
    if name in ("polyline", "polygon"):
        n = _numbers(child.get("points", ""))
        points = [f"{_real(x)} {_real(y)}" for x, y in zip(n[::2], n[1::2], strict=False)]
        close = " h" if name == "polygon" else ""
        return points[0] + " m " + " ".join(f"{p} l" for p in points[1:]) + close if points else ""
    return " ".join(_steps(child.get("d", ""))) if name == "path" else None


def _ellipse(x: float, y: float, rx: float, ry: float) -> str:
    kx, ky = rx * _KAPPA, ry * _KAPPA
    curves = (
        (x + rx, y + ky, x + kx, y + ry, x, y + ry),
        (x - kx, y + ry, x - rx, y + ky, x - rx, y),
        (x - rx, y - ky, x - kx, y - ry, x, y - ry),
        (x + kx, y - ry, x + rx, y - ky, x + rx, y),
    )
    return (
        f"{_real(x + rx)} {_real(y)} m "
        + " ".join(" ".join(f"{_real(v)}" for v in c) + " c" for c in curves)
        + " h"
    )


def _steps(data: str) -> Iterator[str]:
    """Yield path data as PDF operators, everything absolute, quadratics and arcs as cubics."""
    x = y = start_x = start_y = 0.0
    handle: tuple[float, float] | None = None  # the last curve's, for smooth ones
    for letter, arguments in _STEP.findall(data):
        kind, relative = letter.upper(), letter.islower()
        if kind == "Z":
            yield "h"
            x, y, handle = start_x, start_y, None
            continue
        n, size = _numbers(arguments), _ARGUMENTS[kind]
        for at in range(0, len(n) - size + 1, size):
            step = n[at : at + size]
            dx, dy = (x, y) if relative else (0.0, 0.0)
            if kind == "M" and at == 0:
                x, y = step[0] + dx, step[1] + dy
                start_x, start_y, handle = x, y, None
                yield f"{_real(x)} {_real(y)} m"
                continue
            end_x = step[0] + dx if kind == "H" else x if kind == "V" else step[-2] + dx
            end_y = step[0] + dy if kind == "V" else y if kind == "H" else step[-1] + dy
            if kind in "CSQT":
                one, two, handle = _handles(kind, step, (x, y), (end_x, end_y), (dx, dy), handle)
                yield " ".join(f"{_real(v)}" for v in (*one, *two, end_x, end_y)) + " c"
            elif kind == "A":
                yield from _arc(x, y, step, end_x, end_y)
                handle = None
            else:
                yield f"{_real(end_x)} {_real(end_y)} l"
                handle = None
            x, y = end_x, end_y


Spot = tuple[float, float]


def _handles(
    kind: str, step: list[float], start: Spot, end: Spot, offset: Spot, last: Spot | None
) -> tuple[Spot, Spot, Spot]:
    """Return a cubic's two handles, and the one that a smooth curve after it mirrors."""
    mirrored = (2 * start[0] - last[0], 2 * start[1] - last[1]) if last else start
    if kind == "C":
        one, two = (step[0] + offset[0], step[1] + offset[1]), (step[2] + offset[0], step[3] + offset[1])
        return one, two, two
    if kind == "S":
        two = (step[0] + offset[0], step[1] + offset[1])
        return mirrored, two, two
    middle = (step[0] + offset[0], step[1] + offset[1]) if kind == "Q" else mirrored
    one = (start[0] + 2 / 3 * (middle[0] - start[0]), start[1] + 2 / 3 * (middle[1] - start[1]))
    two = (end[0] + 2 / 3 * (middle[0] - end[0]), end[1] + 2 / 3 * (middle[1] - end[1]))
    return one, two, middle


def _arc(x1: float, y1: float, step: list[float], x2: float, y2: float) -> Iterator[str]:
    """Yield an elliptical arc as cubics of at most a quarter turn (SVG 1.1, F.6)."""
    rx, ry, turn, large, sweep = abs(step[0]), abs(step[1]), math.radians(step[2]), step[3], step[4]
    if not rx or not ry or (x1, y1) == (x2, y2):
        yield f"{_real(x2)} {_real(y2)} l"
        return
    cos, sin = math.cos(turn), math.sin(turn)
    px, py = cos * (x1 - x2) / 2 + sin * (y1 - y2) / 2, -sin * (x1 - x2) / 2 + cos * (y1 - y2) / 2
    grow = math.sqrt(max(1.0, (px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    under = (rx * py) ** 2 + (ry * px) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 / under - 1)) * (-1 if bool(large) == bool(sweep) else 1)
    qx, qy = root * rx * py / ry, -root * ry * px / rx
    cx, cy = cos * qx - sin * qy + (x1 + x2) / 2, sin * qx + cos * qy + (y1 + y2) / 2
    begin = math.atan2((py - qy) / ry, (px - qx) / rx)
    span = math.atan2((-py - qy) / ry, (-px - qx) / rx) - begin
    if sweep and span < 0:
        span += 2 * math.pi
    elif not sweep and span > 0:
        span -= 2 * math.pi
    parts = max(math.ceil(abs(span) / (math.pi / 2) - 1e-9), 1)
    k = 4 / 3 * math.tan(span / parts / 4)

    def spot(u: float, v: float) -> str:
        return f"{_real(cx + cos * rx * u - sin * ry * v)} {_real(cy + sin * rx * u + cos * ry * v)}"

    for i in range(parts):
        a, b = begin + span * i / parts, begin + span * (i + 1) / parts
        one = spot(math.cos(a) - k * math.sin(a), math.sin(a) + k * math.cos(a))
        two = spot(math.cos(b) + k * math.sin(b), math.sin(b) - k * math.cos(b))
        yield f"{one} {two} {spot(math.cos(b), math.sin(b))} c"
