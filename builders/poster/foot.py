"""The poster's foot: the key of numbered events, the legend, the scale in words, and the credit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from builders import writing
from builders.poster.entries import Course
from builders.poster.inks import Inks
from builders.poster.layout import Layout
from builders.poster.marks import Line, Mark, Shape, Words, box
from builders.poster.setting import width
from builders.poster.sizes import Size, distance
from builders.poster.strips import Item, Strip, bracketed, lasts
from builders.poster.strokes import Pen, marker
from builders.timeline import MM, POINT, Scale

LEGEND = 14.0  # points on A2
CREDIT = 11.0
LINE = 7.0  # mm on A2, from one line of the legend to the next
_GAP = 9.0  # mm on A2, between items


@dataclass(frozen=True, slots=True)
class Sign:
    """One item of the legend: what is drawn, how wide that is (mm on A2), and its words."""

    kind: str
    room: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend's items by line, and the credit that ends the last one."""

    lines: tuple[tuple[Sign, ...], ...]
    credit: str
    size: float
    credit_size: float


def legend(course: Course, size: Size, scale: Scale, layout: Layout | None, least: float) -> Legend:
    """Return the legend of what the layout uses; without one, of all that it could use."""
    words = course.locale.words["poster"]
    strips = _strips(layout)
    signs = [Sign(f"marker:{n}", 3.4, words[f"importance_{n}"]) for n in (3, 2, 1) if _important(course, n)]
    if not strips or any(lasts(i.entry, s.scale, s.metrics) for s in strips for i in s.items):
        signs.append(Sign("span", 13, words["span"]))
        if not strips or any(_uncertain(i, s) for s in strips for i in s.items):
            signs.append(Sign("uncertain", 13, words["uncertain"]))
    for kind, about in (("bracket", False), ("bracket_about", True)):
        if not strips or any(_bracketed(i, s, about) for s in strips for i in s.items):
            signs.append(Sign(kind, 9, words[kind]))
    if any(e.old_style for e in course.entries):
        signs.append(Sign("", 0, words["old_style"]))
    signs.append(Sign("", 0, scale_in_words(course, scale), bold=True))
    signs.append(Sign("", 0, _distance(course, layout.scale if layout else least)))
    points, credit_size = size.grown(LEGEND), size.grown(CREDIT)
    ending = "" if course.credit.endswith((".", "!", "?")) else "."
    parts = (course.credit and course.credit + ending, course.sourced and words["sources"], words["made"])
    credit = " ".join(part for part in parts if part)
    room = size.width - 2 * size.mm(12)
    return Legend(
        _lines(signs, size, points, room, width(credit, "regular", credit_size)), credit, points, credit_size
    )


def _strips(layout: Layout | None) -> list[Strip]:
    if layout is None:
        return []
    return list(layout.strips)


def _important(course: Course, importance: int) -> bool:
    return any(entry.importance == importance for entry in course.entries)


def _uncertain(item: Item, strip: Strip) -> bool:
    date = item.entry.date
    exact = date.start and date.end and date.start.precision == date.end.precision == "day"
    return lasts(item.entry, strip.scale, strip.metrics) and (not exact or date.approximate)


def _bracketed(item: Item, strip: Strip, about: bool) -> bool:
    return item.entry.date.approximate == about and bracketed(item.entry, strip.scale, strip.metrics)


def scale_in_words(course: Course, scale: Scale) -> str:
    """Return '1 year = 5.32 mm', or as many years as make a few millimetres."""
    years = next((n for n in (1, 10, 100, 1000) if n * scale.year >= 2 * MM), 1000)
    length = Decimal(round(years * scale.year / 10)) / 100
    words = course.locale.words["poster"]
    pattern = words["scale"] if years == 1 else words["scale_years"]
    return pattern.format(mm=writing.number(length.normalize(), course.locale), n=years)


def _distance(course: Course, scale: float) -> str:
    metres = Decimal(round(distance(14 * scale) * 10)) / 10
    return course.locale.words["poster"]["distance"].format(m=writing.number(metres, course.locale))


def _lines(
    signs: Sequence[Sign], size: Size, points: float, room: int, credit: int
) -> tuple[tuple[Sign, ...], ...]:
    lines: list[list[Sign]] = [[]]
    used = 0
    for sign in signs:
        wide = size.mm(_room(sign)) + width(sign.text, "bold", points) + size.mm(_GAP)
        if lines[-1] and used + wide > room:
            lines.append([])
            used = 0
        lines[-1].append(sign)
        used += wide
    if used + credit > room:
        lines.append([])
    return tuple(tuple(line) for line in lines)


def _room(sign: Sign) -> float:
    return sign.room + 2.2 if sign.room else 0


def height(legend: Legend, size: Size) -> int:
    """Return the height of the legend from its first baseline to the sheet's end, in µm."""
    return size.mm(LINE) * (len(legend.lines) - 1) + max(size.mm(6.4), 6500)


def draw(legend: Legend, size: Size, inks: Inks) -> Iterator[Mark]:
    """Draw the legend at the foot of the sheet."""
    base = size.height - height(legend, size)
    for line in legend.lines:
        x = size.mm(12)
        for sign in line:
            yield from _sign(sign, x, base, size, inks)
            x += size.mm(_room(sign))
            weight = "bold" if sign.bold else "regular"
            yield Words(x, base, sign.text, weight, legend.size, inks.ink, owner=f"legend:{sign.text}")
            x += width(sign.text, weight, legend.size) + size.mm(_GAP)
        base += size.mm(LINE)
    right = size.width - size.mm(12)
    credit = base - size.mm(LINE)
    yield Words(right, credit, legend.credit, "regular", legend.credit_size, inks.ink2, "right", "credit")


def _sign(sign: Sign, x: int, base: int, size: Size, inks: Inks) -> Iterator[Mark]:
    middle = base - round(size.grown(LEGEND) * 0.33 * POINT)
    wide, half = size.mm(sign.room), size.mm(1.05)
    kind, _, number = sign.kind.partition(":")
    if kind == "marker":
        yield from marker(int(number), x + wide // 2, middle, Pen(middle, size.unit, inks), inks.ink)
    elif kind == "span":
        yield Shape(box(x, middle - half, wide, 2 * half), inks.ink)
    elif kind == "uncertain":
        dash = (size.mm(0.85), size.mm(0.55))
        yield Shape(
            box(x, middle - half, wide, 2 * half), None, inks.ink, round(1.1 * POINT * size.unit), dash
        )
    elif kind.startswith("bracket"):
        tall = size.mm(1.9)
        points = (
            (x, middle - tall),
            (x, middle + tall),
            (x + wide, middle + tall),
            (x + wide, middle - tall),
        )
        broken = (size.mm(1.0), size.mm(0.8)) if kind == "bracket_about" else ()
        yield Line(points, inks.ink, round(1.3 * POINT * size.unit), broken)
