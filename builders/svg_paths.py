"""SVG shapes and path data as PDF path operators (SVG 1.1, chapters 8 and 9)."""

import math
import re
from collections.abc import Iterator
from typing import Any

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_KAPPA = 0.5523
_ARC = re.compile(
    r"[\s,]*".join([f"({_NUMBER.pattern})"] * 3 + ["([01])"] * 2 + [f"({_NUMBER.pattern})"] * 2)
)

MOST = 1e7  # units: no drawing is larger


def numbers(text: str) -> list[float]:
    """Return the numbers in an attribute's text."""
    return [float(n) for n in _NUMBER.findall(text)]


def number(child: Any, key: str) -> float:
    """Return the first number of an element's attribute, 0 where there is none."""
    found = numbers(child.get(key, "0"))
    return found[0] if found else 0.0


def real(value: float) -> str:
    """Return a number as PDF writes it, never with an exponent. Raises ValueError where it is too large."""
    if not abs(value) <= MOST:
        raise ValueError(value)
    return f"{value:.6f}".rstrip("0").rstrip(".")


def path(child: Any, name: str) -> str | None:
    """Return a shape as path operators; None for what is no shape."""
    if name == "rect":
        sides = [number(child, key) for key in ("x", "y", "width", "height")]
        return " ".join(map(real, sides)) + " re"
    if name in ("circle", "ellipse"):
        rx = number(child, "r") or number(child, "rx")
        return _ellipse(
            number(child, "cx"), number(child, "cy"), rx, number(child, "r") or number(child, "ry")
        )
    if name == "line":
        x1, y1, x2, y2 = (number(child, key) for key in ("x1", "y1", "x2", "y2"))
        return f"{real(x1)} {real(y1)} m {real(x2)} {real(y2)} l"
    if name in ("polyline", "polygon"):
        n = numbers(child.get("points", ""))
        points = [f"{real(x)} {real(y)}" for x, y in zip(n[::2], n[1::2], strict=False)]
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
    return f"{real(x + rx)} {real(y)} m " + " ".join(" ".join(map(real, c)) + " c" for c in curves) + " h"


def _steps(data: str) -> Iterator[str]:
    """Yield path data as PDF operators, everything absolute, quadratics and arcs as cubics.

    Raises ValueError for data that does not start with a move, or breaks off within a step.
    """
    if data.strip() and data.strip()[0] not in "Mm":
        raise ValueError(data)
    x = y = start_x = start_y = 0.0
    handle: tuple[float, float] | None = None  # the last curve's, for smooth ones
    for letter, arguments in _STEP.findall(data):
        kind, relative = letter.upper(), letter.islower()
        if kind == "Z":
            yield "h"
            x, y, handle = start_x, start_y, None
            continue
        n, size = _arguments(kind, arguments), _ARGUMENTS[kind]
        if not n or len(n) % size:
            raise ValueError(arguments)
        for at in range(0, len(n) - size + 1, size):
            step = n[at : at + size]
            dx, dy = (x, y) if relative else (0.0, 0.0)
            if kind == "M" and at == 0:
                x, y = step[0] + dx, step[1] + dy
                start_x, start_y, handle = x, y, None
                yield f"{real(x)} {real(y)} m"
                continue
            end_x = step[0] + dx if kind == "H" else x if kind == "V" else step[-2] + dx
            end_y = step[0] + dy if kind == "V" else y if kind == "H" else step[-1] + dy
            if kind in "CSQT":
                one, two, handle = _handles(kind, step, (x, y), (end_x, end_y), (dx, dy), handle)
                yield " ".join(map(real, (*one, *two, end_x, end_y))) + " c"
            elif kind == "A":
                yield from _arc(x, y, step, end_x, end_y)
                handle = None
            else:
                yield f"{real(end_x)} {real(end_y)} l"
                handle = None
            x, y = end_x, end_y


def _arguments(kind: str, text: str) -> list[float]:
    """Return a step's numbers; the flags of an arc, its fourth and fifth, need no space behind them."""
    if kind == "A":
        return [float(n) for arc in _ARC.findall(text) for n in arc]
    return numbers(text)


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
        yield f"{real(x2)} {real(y2)} l"
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
        return f"{real(cx + cos * rx * u - sin * ry * v)} {real(cy + sin * rx * u + cos * ry * v)}"

    for i in range(parts):
        a, b = begin + span * i / parts, begin + span * (i + 1) / parts
        one = spot(math.cos(a) - k * math.sin(a), math.sin(a) + k * math.cos(a))
        two = spot(math.cos(b) + k * math.sin(b), math.sin(b) - k * math.cos(b))
        yield f"{one} {two} {spot(math.cos(b), math.sin(b))} c"
