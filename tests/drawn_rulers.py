"""The ruler of a finished guide and the axis of its cover: their bars, ticks and scales."""

from collections import Counter

from tests.drawn_guides import Guide, Leaf
from tests.drawn_time import Scale, day_of, days_of, year_written
from tests.pdf_shapes import Box, Shape, rectangles

NEAR = 0.2  # points: how exactly a date is drawn
GUIDES = {
    "study": ("cables", "en", "study", False, "a4"),
    "large print": ("cables", "en", "large-print", False, "a4"),
    "grey": ("cables", "en", "study", True, "a4"),
    "before Christ": ("athens", "es", "study", False, "letter"),
}


def marked(guide: Guide, number: int, page: Leaf) -> Shape:
    """Return the one bar of a page's ruler that is marked; it is in the section's colour."""
    drawn = Counter(placed(bar) for bar in page.ruler_bars)
    (place,) = [place for place, count in drawn.items() if count > 1]
    bar = [bar for bar in page.ruler_bars if placed(bar) == place][-1]
    assert bar.colour == guide.hue(number)
    return bar


def placed(shape: Shape) -> tuple[int, ...]:
    """Return where a shape is, to tell whether another is drawn over the same place."""
    return tuple(round(side) for side in shape.box)


def scale_of(guide: Guide) -> Scale:
    """Return the ruler's scale as the starts and ends of the sections' own bars give it."""
    known = []
    for number, section in enumerate(guide.sections):
        bar = marked(guide, number, guide.opener(number))
        known += list(zip(days_of(section["period"]), (bar.top, bar.bottom), strict=True))
    return Scale.through(known, NEAR)


def ticks_of(shapes: list[Shape], axis: Shape) -> list[Shape]:
    """Return the short level lines that begin or end on an upright axis."""
    return [
        shape
        for shape in shapes
        if shape.is_level
        and shape.stroke == axis.stroke
        and shape.wide < 20
        and min(abs(shape.left - axis.left), abs(shape.right - axis.left)) < NEAR
        and axis.top - NEAR <= shape.top <= axis.bottom + NEAR
    ]


def assert_apart(boxes: list[Box]) -> None:
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            beside = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
            assert beside or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1, (one, other)


def counted(year: int) -> int:
    """Return a year as people count it: 510 BC is 510."""
    return year if year > 0 else 1 - year


def year_of(day: float) -> int:
    """Return the year that a day lies in."""
    year = int((day - day_of(2000)) // 365.2425) + 2000
    return next(y for y in (year - 1, year, year + 1) if day_of(y) <= day < day_of(y + 1))


def cover_axis(guide: Guide) -> Shape:
    return max((s for s in guide.pages[0].shapes if s.figure and s.is_upright), key=lambda s: s.high)


def cover_bars(guide: Guide) -> list[Shape]:
    axis = cover_axis(guide)
    found = {
        placed(bar): bar
        for bar in rectangles([s for s in guide.pages[0].shapes if s.figure])
        if bar.wide > 2 and axis.left - 60 < bar.left < axis.left
    }
    return list(found.values())


def cover_bar(guide: Guide, number: int) -> Shape:
    """Return a section's bar on the cover: of those in its colour the one that its name leads to."""
    cover = guide.pages[0]
    bars = [
        bar
        for bar in rectangles([s for s in cover.shapes if s.figure], guide.hue(number))
        if bar.wide > 8 and bar.left < cover_axis(guide).left
    ]
    if guide.grey:  # sections of one grey: by their order
        bars = sorted(cover_bars(guide), key=lambda bar: bar.top)[number : number + 1]
    (bar,) = bars
    return bar


def cover_scale(guide: Guide) -> Scale:
    """Return the scale of the cover's axis, as its years and their ticks give it."""
    cover, axis = guide.pages[0], cover_axis(guide)
    ticks = ticks_of([s for s in cover.shapes if s.figure], axis)
    known = []
    for tick in ticks:
        (year,) = [
            year
            for words in cover.words
            if axis.left < words.left < axis.left + 30
            and abs(words.baseline - words.size * 0.34 - tick.top) < 2
            and (year := year_written(words.text)) is not None
        ]
        known.append((day_of(year), tick.top))
    return Scale.through(known, NEAR)
