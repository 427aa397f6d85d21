"""The insets: dense stretches of the axis, magnified under a lens."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from builders import writing
from builders.dates import Point as Moment
from builders.dates import civil
from builders.poster import strokes
from builders.poster.entries import Course
from builders.poster.inks import Inks
from builders.poster.layout import Inset
from builders.poster.marks import Line, Mark, Shape, Words
from builders.poster.setting import width, wrapped
from builders.poster.sizes import Size
from builders.poster.turn import Turn
from builders.timeline import POINT, Scale, month_ticks, year_ticks

_CAPTION = (24.0, 21.0, 18.0, 16.0)
_CAPTION_UPRIGHT = 18.0
_NOTE = 14.0
_MONTH = 13.0
_ABOVE = 21.8  # mm on A2: from the axis to the first row, lying
_BELOW = 9.4  # ... from the inset's line to its end
_BESIDE = 27.0  # mm on A2, upright: from the axis to the inset's line
_HEAD = 40.0  # ... along the axis: the caption's room


def frame_depth(size: Size, turn: Turn) -> int:
    """Return an inset's depth without its rows."""
    return size.mm(_BESIDE + 1) if turn.upright else size.mm(_ABOVE + _BELOW)


def head_room(size: Size, turn: Turn) -> int:
    """Return what an inset's caption takes along the axis: it stands over the rows, lying."""
    return size.mm(_HEAD) if turn.upright else 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the insets are drawn with: `lower` is where their axis lies, `end` where their frames end."""

    course: Course
    size: Size
    inks: Inks
    turn: Turn
    axis: Scale
    lower: int
    end: int

    def draw(self, inset: Inset) -> Iterator[Mark]:
        """Draw one inset."""
        mm, strip, turn = self.size.mm, inset.strip, self.turn
        line = self.lower + mm(_BESIDE) + strip.below
        if not turn.upright:
            line = self.end - mm(_BELOW) - strip.below
        yield from self._lens(inset)
        yield from self._caption(inset)
        ends = (turn.at(strip.scale.start, line), turn.at(strip.scale.end, line))
        yield Line(ends, self.inks.ink, round(1.4 * POINT * self.size.unit))
        yield from self._ticks(inset, line - turn.away * strip.below)
        yield from strokes.draw(strip, strokes.Pen(line, self.size.unit, self.inks, turn, glyphs=True))

    def _lens(self, inset: Inset) -> Iterator[Mark]:
        mm, turn, top = self.size.mm, self.turn, self.lower
        start, end = self.axis.at(inset.first), self.axis.at(inset.last + 1)
        half, neck, body = mm(1), top + mm(4), top + mm(13)
        outline = (
            (start, top + half), (end, top + half), (end, neck), (inset.end, body),
            (inset.end, self.end), (inset.start, self.end), (inset.start, body), (start, neck),
        )  # fmt: skip
        yield Shape(tuple(turn.at(*point) for point in outline), self.inks.band)
        thick = round(1.2 * POINT * self.size.unit)
        for near, far in ((start, inset.start), (end, inset.end)):
            line = ((near, top + half), (near, neck), (far, body), (far, self.end))
            yield Line(tuple(turn.at(*point) for point in line), self.inks.red, thick)
        yield Shape(turn.box(start, end, top - half, top + half), self.inks.red)

    def _caption(self, inset: Inset) -> Iterator[Mark]:
        words, unit, mm = self.course.locale.words["poster"], self.size.unit, self.size.mm
        factor = inset.strip.scale.year / self.axis.year
        times = Decimal(round(factor)) if factor >= 10 else Decimal(round(factor * 10)) / 10
        first, last = (self._moment(day, inset) for day in (inset.first, inset.last))
        text = words["inset"].format(first=first, last=last, n=writing.number(times, self.course.locale))
        note = words["inset_note"].format(events=self.course.locale.count("events", len(inset.strip.items)))
        if self.turn.upright:
            yield from self._caption_lines(inset, text, note)
            return
        room = inset.end - inset.start - mm(8)
        size = next((s for s in _CAPTION if width(text, "black", s * unit) <= room), _CAPTION[-1]) * unit
        x, base = inset.start + mm(4), self.lower + mm(20.4)
        yield Words(x, base, text, "black", size, self.inks.red, owner=f"inset:{inset.first}")
        x += width(text, "black", size) + mm(5)
        if x + width(note, "regular", _NOTE * unit) < inset.end - mm(2):
            owner = f"inset:{inset.first}:note"
            yield Words(x, base, note, "regular", _NOTE * unit, self.inks.ink, owner=owner)

    def _caption_lines(self, inset: Inset, text: str, note: str) -> Iterator[Mark]:
        unit, mm = self.size.unit, self.size.mm
        x, y = self.lower + mm(15.5), inset.start + mm(2)
        room, most = self.end - x - mm(3), inset.start + mm(_HEAD - 4)
        lines = [
            (line, "black", _CAPTION_UPRIGHT, self.inks.red, "")
            for line in wrapped(text, room, "black", _CAPTION_UPRIGHT * unit)
        ]
        lines += [
            (line, "regular", _NOTE, self.inks.ink, ":note")
            for line in wrapped(note, room, "regular", _NOTE * unit)
        ]
        for line, weight, size, ink, kind in lines:
            y += round(size * unit * 1.14 * POINT)
            if y > most:
                return
            yield Words(x, y, line, weight, size * unit, ink, owner=f"inset:{inset.first}{kind}")
            if kind == "" and line == lines[-1][0]:
                y += mm(2)

    def _moment(self, day: int, inset: Inset) -> str:
        year, month, _ = civil(day)
        if _long(inset):
            return writing.year(year, self.course.locale)
        return writing.point(Moment(year, month, None, "month"), self.course.locale)

    def _ticks(self, inset: Inset, line: int) -> Iterator[Mark]:
        mm, unit, scale = self.size.mm, self.size.unit, inset.strip.scale
        out = -self.turn.away
        ticks = year_ticks(scale, mm(30), mm(1.5)) if _long(inset) else month_ticks(scale)
        lengths = (4.6, 3, 2) if _long(inset) else (4.6, 3)
        for tick in ticks:
            ends = (self.turn.at(tick.at, line), self.turn.at(tick.at, line + out * mm(lengths[tick.rank])))
            yield Line(ends, self.inks.ink, round((1.2, 0.8, 0.6)[tick.rank] * POINT * unit))
        yield from self._years(scale, line) if _long(inset) else self._months(scale, line)

    def _years(self, scale: Scale, line: int) -> Iterator[Mark]:
        mm, points = self.size.mm, _MONTH * self.size.unit
        for tick in (t for t in year_ticks(scale, mm(30), mm(1.5)) if t.rank == 0):
            text = writing.year(tick.year, self.course.locale)
            if self.turn.upright:
                yield Words(line - mm(1), tick.at + mm(4.4), text, "semibold", points, self.inks.ink, "right")
            else:
                yield Words(tick.at + mm(1), line + mm(7), text, "semibold", points, self.inks.ink)

    def _months(self, scale: Scale, line: int) -> Iterator[Mark]:
        """Name the months between their ticks; with the first one and each January, the year."""
        mm, unit, dates = self.size.mm, self.size.unit, self.course.locale.dates
        ticks = month_ticks(scale)
        for i, tick in enumerate(ticks):
            if tick.at >= scale.end - mm(2):
                continue
            following = ticks[i + 1].at if i + 1 < len(ticks) else scale.end
            middle, told = (tick.at + following) // 2, i == 0 or tick.month == 1
            name, year = dates.short_months[tick.month - 1], writing.year(tick.year, self.course.locale)
            colour = self.inks.ink if tick.month == 1 else self.inks.ink2
            if self.turn.upright:
                texts = (name, year) if told else (name,)
                if told and following - tick.at < mm(10):
                    texts = (year,)
                base = middle + mm(1.5) - mm(2.4) * (len(texts) - 1)
                for k, text in enumerate(texts):
                    yield Words(
                        line - mm(2.8), base + k * mm(4.8), text, "semibold", _MONTH * unit, colour, "right"
                    )
                continue
            whole = dates.months[tick.month - 1]
            if width(whole, "semibold", _MONTH * unit) <= following - tick.at - mm(2):
                name = whole
            name += f" {year}" if told else ""
            yield Words(middle, line + mm(6.8), name, "semibold", _MONTH * unit, colour, "center")


def _long(inset: Inset) -> bool:
    return inset.last - inset.first > 3 * 366
