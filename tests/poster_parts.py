"""Finds a drawn poster's insets, eras, legend and key: what is told around and under the lanes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PIL import Image, ImageChops

from tests.course_facts import count_days, name_months
from tests.poster_finding import Poster, Scale, read_year
from tests.poster_reading import MM, Box, Point, Shape, render_part

_CAPTION = {
    "en": re.compile(r"From (.+) to (.+), magnified ([\d.,]+) times"),
    "es": re.compile(r"De (.+) a (.+), ampliado ([\d.,]+) veces"),
}
_COUNT = {"en": re.compile(r"(\d+) events\. .*"), "es": re.compile(r"(\d+) acontecimientos\. .*")}
_DPI = 600


@dataclass(frozen=True)
class Inset:
    """A magnified stretch: what its caption says, its bracket on the axis, its frame, and its own scale."""

    first: str
    last: str
    times: float
    count: int | None  # of events; where there is no room for the note, nothing is said
    bracket: tuple[float, float]
    frame: tuple[float, float]
    scale: Scale
    ticks: tuple[tuple[int, float], ...]  # days and places


def read_month(text: str, lang: str) -> tuple[int, int]:
    """Return the year and month of 'March 1728', or the year and January of '1728'."""
    words = text.replace(" de ", " ").split(" ", 1)
    for names in (name_months(lang), name_months(lang, short=True)):
        if words[0] in names:
            year = read_year(words[1])
            assert year is not None, text
            return year, names.index(words[0]) + 1
    year = read_year(text)
    assert year is not None, text
    return year, 1


def find_insets(poster: Poster, lang: str, red: str) -> list[Inset]:
    """Return the insets, in the order of their brackets on the axis."""
    foot = poster.lies(poster.axes()[-1])[0]
    brackets = [
        shape
        for shape in poster.drawn.shapes
        if shape.fill == red and not shape.stroke and abs(sum(poster.lies(shape)) / 2 - foot) < 0.02
    ]
    found = []
    for bracket in sorted(brackets, key=poster.reach):
        start, end = poster.reach(bracket)
        (low, _), (high, deep) = _frame_of(poster, start, red, 0), _frame_of(poster, end, red, 1)
        found.append(_inset(poster, lang, red, (start, end), (low, high), (foot, deep)))
    return found


def _frame_of(poster: Poster, edge: float, red: str, side: int) -> tuple[float, float]:
    """Return where the line that leaves an edge of a bracket ends: along and across."""
    lines = [
        s.paths[0] for s in poster.drawn.shapes if s.stroke == red and not s.fill and len(s.paths[0]) == 4
    ]
    ends = [line[-1] for line in lines if abs(poster.along(line[0]) - edge) < 0.02]
    end = sorted(ends, key=poster.along)[-side]
    return poster.along(end), poster.across(end)


def _inset(
    poster: Poster, lang: str, red: str, bracket: tuple[float, float], frame: tuple[float, float],
    depth: tuple[float, float],
) -> Inset:  # fmt: skip
    foot = depth[0]
    inside = [r for r in poster.drawn.runs if _within((r.left, r.base), poster, frame, depth)]
    told = [r.text for r in inside if r.colour == red and r.face == "black"]
    caption = _CAPTION[lang].fullmatch(" ".join(told))
    assert caption, told
    noted = [r for r in inside if r.face == "regular" and _COUNT[lang].match(r.text + ". ")]
    note = _COUNT[lang].match(noted[0].text + ". ") if noted else None
    line = next(
        rule
        for rule in sorted(poster.rules((frame[1] - frame[0]) * 0.5), key=poster.lies)
        if poster.lies(rule)[0] > foot + 1
        and frame[0] <= poster.reach(rule)[0]
        and poster.reach(rule)[1] <= frame[1]
    )
    ticks = _ticks(poster, line, foot)
    days = _days_of(poster, ticks, caption[1], line, lang)
    (low, first), (high, last) = days[0], days[-1]
    start, end = poster.reach(line)
    scale = Scale(low, first, (last - first) / (high - low), poster.lies(line)[0], start, end)
    times = float(caption[3].replace(",", "") if lang == "en" else caption[3].replace(",", "."))
    return Inset(caption[1], caption[2], times, int(note[1]) if note else None, bracket, frame, scale, days)


def _within(point: Point, poster: Poster, frame: tuple[float, float], depth: tuple[float, float]) -> bool:
    along, across = poster.along(point), poster.across(point)
    return frame[0] <= along <= frame[1] and depth[0] < across < depth[1]


def _ticks(poster: Poster, line: Shape, foot: float) -> list[Shape]:
    """Return the ticks of an inset: next to its line, or beyond what lasts and lies behind the line."""
    start, end = poster.reach(line)
    away = -1 if poster.upright else 1
    found: dict[float, list[Shape]] = {}
    for shape in poster.drawn.shapes:
        ends = shape.segment
        if ends and abs(poster.along(ends[0]) - poster.along(ends[1])) < 0.01 and shape.stroke == line.stroke:
            along, near = poster.along(ends[0]), poster.across(ends[0])
            behind = (near - poster.lies(line)[0]) * away
            if start - 0.05 <= along <= end + 0.05 and -0.02 <= behind < 25 and near > foot + 0.5:
                found.setdefault(round(near, 1), []).append(shape)
    most = max(found.values(), key=len)
    return sorted(most, key=poster.reach)


def _days_of(
    poster: Poster, ticks: Sequence[Shape], first: str, line: Shape, lang: str
) -> tuple[tuple[int, float], ...]:
    """Return the days at which an inset's ticks stand, by the months between them or the years beside."""
    away, across = (-1 if poster.upright else 1), poster.across(ticks[0].segment[0])  # type: ignore[index]
    start, end = poster.reach(line)
    near = []
    for run in poster.drawn.runs:
        along = (run.base - 0.33 * run.size / MM) if poster.upright else (run.left + run.right) / 2
        off = ((run.right if poster.upright else run.base) - across) * away
        if start - 2 < along < end + 12 and 0 < off < 10 and run.face == "semibold":
            near.append((along, run))
    places = [poster.reach(tick)[0] for tick in ticks]
    months = name_months(lang) + name_months(lang, short=True)
    named = [(along, run) for along, run in near if run.text.split(" ")[0] in months]
    if not named:
        written = [(read_year(run.text), run) for _, run in near]
        long = [
            p
            for p, t in zip(places, ticks, strict=True)
            if _length(poster, t) > 0.9 * max(_length(poster, t) for t in ticks)
        ]
        return tuple(
            (count_days(year), max(p for p in long if p <= (run.base if poster.upright else run.left)))
            for year, run in sorted(written, key=lambda w: w[0] or 0)
            if year is not None
        )
    year, month = read_month(first, lang)
    days = [count_days(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1) for i in range(len(ticks))]
    for along, run in named:  # each name stands in its own month
        i = max(k for k, place in enumerate(places) if place <= along)
        assert months.index(run.text.split(" ")[0]) % 12 == (month - 1 + i) % 12, run
        told = read_year(run.text.split(" ", 1)[1]) if " " in run.text else None
        assert told in (None, year + (month - 1 + i) // 12), run
    return tuple(zip(days, places, strict=True))


def _length(poster: Poster, tick: Shape) -> float:
    near, far = poster.lies(tick)
    return far - near


# -- eras ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Era:
    """An era's name in the head: its number, the square around that, and the one that a line leaves."""

    number: str
    square: Shape
    signpost: (
        Shape  # the square that the line to the bar leaves: lying the same one, upright one beside the bar
    )
    feet: tuple[Point, ...]  # of each line that leaves a square with this number


def find_era(poster: Poster, title: str) -> Era:
    """Return the era of a title."""
    found = []
    for chain in poster.chains(title):
        em = chain[0].size / MM
        squares = [
            s for s in poster.shapes_between(chain[0].left - 1.4 * em, chain[0].left, chain[0]) if s.fill
        ]
        squares = [s for s in squares if 0.6 * em < s.box[2] - s.box[0] < em]
        if chain[0].face == "black" and squares:
            found.append(squares[0])
    (square,) = found
    number = _number_in(poster, square)
    others = [
        s for s in poster.drawn.shapes if s.fill == square.fill and len(s.paths[0]) == 4 and s != square
    ]
    alike = [square, *(s for s in others if _number_in(poster, s) == number)]
    feet = [(foot, one) for one in alike for foot in _feet(poster, one)]
    return Era(number, square, feet[0][1] if feet else square, tuple(foot for foot, _ in feet))


def _number_in(poster: Poster, square: Shape) -> str:
    left, top, right, bottom = square.box
    inside = [r for r in poster.drawn.runs if left < r.left and r.right < right and top < r.base < bottom]
    return inside[0].text if inside else ""


def _feet(poster: Poster, square: Shape) -> list[Point]:
    left, top, right, bottom = square.box
    found = []
    for shape in poster.drawn.shapes:
        if shape.stroke != square.fill or shape.fill or len(shape.paths[0]) != 4 or shape.closed:
            continue
        x, y = shape.paths[0][0]
        if left - 0.02 <= x <= right + 0.02 and top - 0.02 <= y <= bottom + 0.02:
            found.append(shape.paths[0][-1])
    return found


def measure_bar(data: bytes, poster: Poster, foot: Point, hue: str, unit: float) -> tuple[float, float]:
    """Return where the bar that a leader ends on begins and ends along the axis, as PDFium paints it.

    Where no bar lies there, both are the leader's own place.
    """
    image, _ = _bar_image(data, poster, foot, hue, unit, 0.0, None)
    columns = image.getprojection()[1 if poster.upright else 0]
    runs, at = [], 0
    for inked, group in groupby(columns):
        length = len(list(group))
        if inked:
            runs.append((at / _DPI * 25.4, (at + length) / _DPI * 25.4))
        at += length
    along = poster.along(foot)
    return next(((start, end) for start, end in runs if start - 0.1 <= along <= end + 0.1), (along, along))


def _bar_image(
    data: bytes, poster: Poster, foot: Point, hue: str, unit: float, inner: float,
    reach: tuple[float, float] | None,
) -> tuple[Image.Image, Box]:  # fmt: skip
    """Return what is painted in a hue where a bar lies: white where it is, black elsewhere."""
    near, far = poster.across(foot) + inner, poster.across(foot) + 3.4 * 0.86 * unit - inner
    start, end = reach or (0.0, poster.drawn.height if poster.upright else poster.drawn.width)
    box = (near, start, far, end) if poster.upright else (start, near, end, far)
    image = render_part(data, 0, box, _DPI)
    ink = tuple(int(hue[i : i + 2], 16) for i in (1, 3, 5))
    off = ImageChops.difference(image, Image.new("RGB", image.size, ink))
    red, green, blue = off.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda v: 255 if v < 90 else 0), box


def tell_pattern(
    data: bytes, poster: Poster, foot: Point, hue: str, unit: float, reach: tuple[float, float]
) -> str:
    """Return which pattern a bar is filled with, by what shifts leave as it is.

    Lines lie on themselves when they are shifted along: level ones to the right, upright ones down.
    """
    middle, half = sum(reach) / 2, min(15.0, (reach[1] - reach[0]) / 2 - 0.6)
    image, _ = _bar_image(data, poster, foot, hue, unit, 0.45 * unit, (middle - half, middle + half))
    share = image.histogram()[255] / (image.width * image.height)
    if share > 0.97:
        return "solid"
    level, upright = _kept(image, 9, 0), _kept(image, 0, 9)
    rising, falling = _kept(image, 9, -9), _kept(image, 9, 9)
    best = max(level, upright, rising, falling)
    if best > 0.93:
        names = {"horizontal": level, "vertical": upright, "diagonal": rising, "backslash": falling}
        return max(names, key=lambda name: names[name])
    rows = image.resize((1, image.height), Image.Resampling.BOX)
    if any(rows.histogram()[240:]):  # a line that goes all the way
        return "grid"
    return "checks" if share > 0.4 else "dots"


def _kept(image: Image.Image, right: int, down: int) -> float:
    """Return how much of an image is the same when it is shifted."""
    wide, high = image.width - abs(right), image.height - abs(down)
    up = max(0, -down)
    one = image.crop((0, up, wide, up + high))
    other = image.crop((right, up + down, right + wide, up + down + high))
    return ImageChops.difference(one, other).histogram()[0] / (wide * high)


# -- legend and key ------------------------------------------------------------------------------------------


def find_sample(poster: Poster, words: str) -> tuple[Shape, ...]:
    """Return what is drawn in the legend before some words."""
    run = max(poster.drawn.find(words), key=lambda r: r.base)
    before = [r.right for r in poster.drawn.runs if abs(r.base - run.base) < 0.05 and r.right < run.left]
    return poster.shapes_between(max(before, default=0.0), run.left, run)


def find_in_key(poster: Poster, date: str, label: str) -> str:
    """Return the number that an event has in the key."""
    found = []
    for run in poster.drawn.find(label, "regular"):
        line = sorted((r for r in poster.drawn.runs if abs(r.base - run.base) < 0.02), key=lambda r: r.left)
        i = line.index(run)
        if i >= 2 and line[i - 1].text == date and line[i - 2].text.isdigit():
            found.append(line[i - 2].text)
    (number,) = found
    return number
