"""The poster's head: title, years, the names of the eras, and their bars on the axis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builders.poster.content import Era, PosterContent
from builders.poster.label_text import balance_lines, measure_width, split_long_words, wrap_text
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterPatch,
    PosterShape,
    PosterWords,
    list_corners,
)
from builders.poster.style import PosterColours, SheetSize
from builders.theme.theme import Theme
from builders.timeline import UM_PER_POINT, Scale, Span, alternate_tracks, space_in_order

LEAST_WALL_TITLE = 72.0  # points: the least on a wall, or it takes two lines
_LEAST_TITLE = 0.72  # ... in the hand, of the theme's size
_ERA_SIZES = (1.0, 0.88, 0.76, 0.66, 0.56, 0.48)
LEAST_LISTED_SIZE = 9.5  # points: the number beside such a name is the smallest that can be read
_LISTED_NUMBER = 20.0  # points on A2: of a name whose number stands at the bars of a list
_NUMBERS_HEIGHT = 8.0  # mm on A2: what a row of such numbers takes
SUBTITLE_SIZE, SUBTITLE_LEADING = 18.0, 1.35  # points on A2, and from line to line of its size
TITLE_DESCENT = 0.2  # of the size: how far letters reach below the line
_CAP_HEIGHT = 0.66  # of the size: the height of a capital
SQUARE_SIDE = 0.867  # of the size: the side of the square with an era's number


@dataclass(frozen=True, slots=True)
class EraName:
    """An era's name in its place: `left` is that of its numbered square, `up` how far its first line stands
    above the last one of all names.
    """

    era: Era
    lines: tuple[str, ...]
    left: int
    width: int
    size: float
    up: int


@dataclass(frozen=True, slots=True)
class PosterHead:
    """The head's measures, in µm from the top: the title's lines, the eras, and where the axis stands."""

    title: tuple[str, ...]
    title_size: float
    subtitle: tuple[str, ...]  # its lines below the title; none where it stands over the years
    names: tuple[EraName, ...]
    listed: (
        bool  # whether the names, too many for a row, are a list, and only their numbers stand at the bars
    )
    era_rows: dict[int, int]  # of each era's bar: 0 is the one next to the axis
    first_base: int  # of the title
    names_base: int  # last baseline of the eras' names
    axis: int  # where the first axis lies: from the top, or from the left
    end: int  # of the head; upright, what is under it is the lanes'


def make_head(course: PosterContent, size: SheetSize, theme: Theme, axis: Scale) -> PosterHead:
    """Return the head: the title as large as fits, and the names of the eras over their bars."""
    look = theme.poster
    left, right = size.convert_mm(33), size.width - size.convert_mm(12)
    years = measure_width(course.years, "regular", look.years * size.unit)
    room = right - left - years - size.convert_mm(10)
    lines, points = set_title(course.title, look.title * size.unit, room, size.wall)
    base = size.convert_mm(30.8)
    subtitle = set_subtitle(course.subtitle, size, left + measure_width(lines[0], "black", points))
    below = place_subtitle(base, lines, points, len(subtitle), size)
    largest = look.era * size.unit
    names = _set_names(course.eras, size, largest, axis, size.convert_mm(12), right)
    listed = not names
    if listed:
        least = max(largest * _ERA_SIZES[-1], LEAST_LISTED_SIZE)
        names = list_era_names(course.eras, least, size.convert_mm(12), right, size.convert_mm(4))
    names_base = below + size.convert_mm(10.4) + max(name.up for name in names)
    names_base += round(names[0].size * _CAP_HEIGHT * UM_PER_POINT)
    rows = assign_era_rows(course.eras)
    numbers = size.convert_mm(_NUMBERS_HEIGHT) if listed else 0
    axis_at = names_base + numbers + size.convert_mm(13.6 + 4.8 * max(rows.values(), default=0))
    return PosterHead(lines, points, subtitle, names, listed, rows, base, names_base, axis_at, axis_at)


def set_title(title: str, size: float, room: int, wall: bool) -> tuple[tuple[str, ...], float]:
    """Return the title's lines and their size: one line, where it can be as large as is read from afar.

    Of two lines or more, none is smaller than half of `size`.
    """
    wide = measure_width(title, "black", size)
    if wide <= room or wide * (LEAST_WALL_TITLE / size if wall else _LEAST_TITLE) <= room:
        return (title,), size * min(1.0, room / wide)
    least = size / 2
    text = split_long_words(title, room, "black", least)
    count = max(2, -(-measure_width(text, "black", least) // room))
    lines = balance_lines(text, count, "black", size)
    points = size * min(1.0, room / max(measure_width(line, "black", size) for line in lines))
    return (lines, points) if points >= least else (wrap_text(text, room, "black", least), least)


def set_subtitle(subtitle: str, size: SheetSize, title_end: int) -> tuple[str, ...]:
    """Return the subtitle's lines below the title; none where it has room beside the title, over the years.

    The title's first line ends at `title_end`.
    """
    left, right, points = size.convert_mm(33), size.width - size.convert_mm(12), SUBTITLE_SIZE * size.unit
    if measure_width(subtitle, "semibold", points) <= right - title_end - size.convert_mm(6):
        return ()
    words = split_long_words(subtitle, right - left, "semibold", points)
    return wrap_text(words, right - left, "semibold", points)


def place_subtitle(base: int, title: Sequence[str], points: float, lines: int, size: SheetSize) -> int:
    """Return the last baseline of a title in `points`, which begins at `base`, with `lines` of subtitle."""
    below = base + round((len(title) - 1) * points * 1.04 * UM_PER_POINT)
    gap = points * TITLE_DESCENT if lines else 0.0
    return below + round((gap + lines * SUBTITLE_SIZE * size.unit * SUBTITLE_LEADING) * UM_PER_POINT)


def _set_names(
    eras: Sequence[Era], size: SheetSize, largest: float, axis: Scale, low: int, high: int
) -> tuple[EraName, ...]:
    """Set the names side by side, as large as they fit, each as near to its bar's start as can be.

    Nothing where they do not fit.
    """
    gap, eras = size.convert_mm(6), sorted(eras, key=lambda era: era.first)
    for factor in _ERA_SIZES:
        points = largest * factor
        for count, short in ((2, 110), (2, 70), (2, 0), (3, 0)):
            sets = [break_era_name(era.title, count, points, size.convert_mm(short)) for era in eras]
            square = round(points * 1.24 * UM_PER_POINT)
            widths = [square + max(measure_width(line, "black", points) for line in lines) for lines in sets]
            if sum(widths) + gap * (len(eras) - 1) <= high - low:
                gaps = [wide + gap for wide in widths[:-1]]
                wanted = [axis.place_day(era.first) for era in eras]
                lefts = space_in_order(wanted, gaps, low, high - (widths[-1] if widths else 0))
                return tuple(
                    EraName(e, lines, left, wide, points, (len(lines) - 1) * round(points * UM_PER_POINT))
                    for e, lines, left, wide in zip(eras, sets, lefts, widths, strict=True)
                )
    return ()


def list_era_names(
    eras: Sequence[Era], points: float, low: int, high: int, gap: int, below: int = 0, least: int = 0
) -> tuple[EraName, ...]:
    """Return the names in rows of columns of one width, as many as leave each name no more than two lines.

    Columns are a `gap` apart, and have `least` µm for words; rows have room for half a line, and `below` µm,
    between them.
    """
    step, square = round(points * 1.04 * UM_PER_POINT), round(points * 1.24 * UM_PER_POINT)
    widths = [(count, (high - low + gap) // count - gap) for count in range(len(eras), 0, -1)]
    wide_enough = [(n, w) for n, w in widths if w - square >= least]
    fits = ((n, w) for n, w in wide_enough if all(_has_room(era.title, w - square, points) for era in eras))
    count, wide = next(fits, widths[-1])
    titles = [split_long_words(era.title, wide - square, "black", points) for era in eras]
    sets = [wrap_text(title, wide - square, "black", points) for title in titles]
    rows = [sets[i : i + count] for i in range(0, len(sets), count)]
    high_of = [max(map(len, row)) * step for row in rows]
    ups = [sum(high_of[i:]) - step + (len(rows) - 1 - i) * (step // 2 + below) for i in range(len(rows))]
    return tuple(
        EraName(era, lines, low + i % count * (wide + gap), wide, points, ups[i // count])
        for i, (era, lines) in enumerate(zip(eras, sets, strict=True))
    )


def _has_room(title: str, room: int, points: float) -> bool:
    """Whether a name takes no more than two lines of such a width, and none of its words is wider."""
    lines = wrap_text(title, room, "black", points)
    return len(lines) <= 2 and all(measure_width(line, "black", points) <= room for line in lines)


def break_era_name(title: str, count: int, points: float, room: int) -> tuple[str, ...]:
    """Set a name in one line where it is short, else in `count`."""
    return (
        (title,)
        if measure_width(title, "black", points) <= room
        else balance_lines(title, count, "black", points)
    )


def assign_era_rows(eras: Sequence[Era]) -> dict[int, int]:
    """Return the row of each era's bar: alternating where that keeps them apart, else as few as can be."""
    rows = alternate_tracks([Span(str(era.index), era.first, era.last + 1) for era in eras])
    return {era.index: row for era, row in zip(eras, rows, strict=True)}


def draw_head(
    h: PosterHead, course: PosterContent, size: SheetSize, theme: Theme, inks: PosterColours, axis: Scale
) -> Iterator[PosterMark]:
    """Draw the head."""
    yield from draw_title(h, course, size, theme, inks)
    for name in h.names:
        yield from _draw_bar(name.era, h, size, inks, axis)
    for name in h.names:
        yield from _draw_name(name, h, size, inks, axis)
    if h.listed:
        yield from _draw_numbers(h, course.eras, size, inks, axis)


def _draw_numbers(
    h: PosterHead, eras: Sequence[Era], size: SheetSize, inks: PosterColours, axis: Scale
) -> Iterator[PosterMark]:
    """Draw the eras' numbers in a row under the list of their names, each with a leader to its bar."""
    mm, points = size.convert_mm, _LISTED_NUMBER * size.unit
    square, top = round(points * SQUARE_SIDE * UM_PER_POINT), h.names_base + mm(5)
    eras = sorted(eras, key=lambda era: era.first)
    wanted = [axis.place_day(era.first) for era in eras]
    lefts = space_in_order(wanted, [square + mm(1.2)] * (len(eras) - 1), mm(12), size.width - mm(12) - square)
    for era, left in zip(eras, lefts, strict=True):
        bend, middle = top + square + mm(1.5), left + square // 2
        foot, bar = place_leader_end(era, h, size, axis), place_bar(era.index, h, size)
        line = ((middle, top + square), (middle, bend), (foot, bend + mm(2.2)), (foot, bar))
        yield PosterLine(line, inks.get_hue(era.index), round(1.4 * UM_PER_POINT * size.unit))
        yield from draw_numbered_square(era, left, top, points, inks)


def draw_title(
    h: PosterHead, course: PosterContent, size: SheetSize, theme: Theme, inks: PosterColours
) -> Iterator[PosterMark]:
    """Draw the title, the course's years and its subtitle."""
    mm = size.convert_mm
    yield PosterShape(list_corners(mm(12), 0, mm(14.2), mm(34.5)), fill=inks.red)
    for i, line in enumerate(h.title):
        y = h.first_base + round(i * h.title_size * 1.04 * UM_PER_POINT)
        yield PosterWords(
            mm(33), y, line, "black", h.title_size, inks.ink, owner="title", tracking=-h.title_size / 60
        )
    right = size.width - mm(12)
    yield PosterWords(
        right, mm(30.8), course.years, "regular", theme.poster.years * size.unit, inks.ink2, "right", "years"
    )
    points = SUBTITLE_SIZE * size.unit
    for i, line in enumerate(h.subtitle, 1):
        y = place_subtitle(h.first_base, h.title, h.title_size, i, size)
        yield PosterWords(mm(33), y, line, "semibold", points, inks.ink, owner="subtitle")
    if course.subtitle and not h.subtitle:
        yield PosterWords(right, mm(14.5), course.subtitle, "semibold", points, inks.ink, "right", "subtitle")


def place_bar(era: int, h: PosterHead, size: SheetSize) -> int:
    """Return where an era's bar begins across the axis: its upper or left edge."""
    return h.axis - size.convert_mm(6.4 + 4.8 * h.era_rows[era])


def _draw_bar(
    era: Era, h: PosterHead, size: SheetSize, inks: PosterColours, axis: Scale
) -> Iterator[PosterMark]:
    start, end = axis.place_day(era.first), axis.place_day(era.last + 1)
    hue, pattern = inks.get_hue(era.index), inks.get_pattern(era.index)
    y = place_bar(era.index, h, size)
    yield PosterPatch(start, y, end - start, size.convert_mm(3.6), pattern, hue, 1.05 * size.unit)


def _draw_name(
    name: EraName, h: PosterHead, size: SheetSize, inks: PosterColours, axis: Scale
) -> Iterator[PosterMark]:
    mm, points, hue = size.convert_mm, name.size, inks.get_hue(name.era.index)
    step = round(points * UM_PER_POINT)
    first = h.names_base - name.up
    square = round(points * SQUARE_SIDE * UM_PER_POINT)
    top = first - round(points * _CAP_HEIGHT * UM_PER_POINT / 2) - square // 2
    middle = name.left + square // 2
    foot = place_leader_end(name.era, h, size, axis)
    bend = h.names_base + mm(3.6)
    bar = place_bar(name.era.index, h, size)
    if not h.listed:
        leader = ((middle, top + square), (middle, bend), (foot, bend + mm(2.2)), (foot, bar))
        yield PosterLine(leader, hue, round(1.4 * UM_PER_POINT * size.unit))
    yield from draw_numbered_square(name.era, name.left, top, points, inks, owner=True)
    left = name.left + round(points * 1.06 * UM_PER_POINT)
    for i, line in enumerate(name.lines):
        yield PosterWords(
            left, first + i * step, line, "black", points, inks.ink, owner=f"era:{name.era.index}"
        )


def draw_numbered_square(
    era: Era, x: int, y: int, points: float, inks: PosterColours, owner: bool = False
) -> Iterator[PosterMark]:
    """Draw an era's number on a square of its hue, for a name of so many points; `owner`: as part of it."""
    square = round(points * SQUARE_SIDE * UM_PER_POINT)
    base = y + square // 2 + round(points * _CAP_HEIGHT * UM_PER_POINT / 2)
    own = f"era:{era.index}:number" if owner else ""
    yield PosterShape(list_corners(x, y, square, square), fill=inks.get_hue(era.index))
    yield PosterWords(
        x + square // 2, base, str(era.index + 1), "black", points * 0.79, inks.ground, "center", own
    )


def place_leader_end(era: Era, h: PosterHead, size: SheetSize, axis: Scale) -> int:
    """Return where an era's leader meets its bar: as near its start as no bar further out is in the way."""
    start, end = axis.place_day(era.first), axis.place_day(era.last + 1)
    foot = min(start + size.convert_mm(2.2), (start + end) // 2)
    above = [n.era for n in h.names if h.era_rows[n.era.index] > h.era_rows[era.index]]
    for other in sorted(above, key=lambda e: e.first):
        low, high = (
            axis.place_day(other.first) - size.convert_mm(1),
            axis.place_day(other.last + 1) + size.convert_mm(1),
        )
        if low < foot < high < end:
            foot = high
    return foot
