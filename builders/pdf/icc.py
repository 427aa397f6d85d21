"""The sRGB colour profile for a PDF's output intent, made here so that no file of the system is needed.

A matrix and curve profile of version 2.1 (ICC.1:2001-04; primaries of IEC 61966-2-1 adapted to D50).
"""

import struct
from functools import cache

_PRIMARIES = {  # XYZ under D50
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
_WHITE = (0.9642, 1.0, 0.8249)
_STEPS = 1024  # of the tone curve


@cache
def srgb() -> bytes:
    """Return the profile's bytes."""
    curve = b"curv" + bytes(4) + struct.pack(">I", _STEPS) + b"".join(map(_curve_step, range(_STEPS)))
    tags = [
        (b"desc", _description("sRGB IEC61966-2.1")),
        (b"cprt", b"text" + bytes(4) + b"Public domain\0"),
        (b"wtpt", _xyz(_WHITE)),
        *((name, _xyz(value)) for name, value in _PRIMARIES.items()),
    ]
    offset = 128 + 4 + 12 * (len(tags) + 3)
    table, body = [], b""
    for name, value in tags:
        table.append(struct.pack(">4sII", name, offset + len(body), len(value)))
        body += value + bytes(-len(value) % 4)
    for name in (b"rTRC", b"gTRC", b"bTRC"):  # three names for one curve
        table.append(struct.pack(">4sII", name, offset + len(body), len(curve)))
    body += curve + bytes(-len(curve) % 4)
    return _header(offset + len(body)) + struct.pack(">I", len(table)) + b"".join(table) + body


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += date + b"acsp" + bytes(4) + bytes(4) + bytes(4) + bytes(4) + bytes(8) + bytes(4)
    head += b"".join(map(_fixed, _WHITE))
    return head + bytes(128 - len(head))


def _curve_step(step: int) -> bytes:
    value = step / (_STEPS - 1)
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return struct.pack(">H", round(linear * 65535))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, value))


def _description(text: str) -> bytes:
    ascii_part = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(ascii_part)) + ascii_part + bytes(4 + 4 + 2 + 1 + 67)
