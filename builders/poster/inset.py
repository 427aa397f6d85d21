"""The insets: dense stretches of the axis, magnified under a lens."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from builders.language import formatting
from builders.language.dates import Point as Moment
from builders.language.dates import compute_civil_date
from builders.poster import symbols
from builders.poster.content import PosterContent
from builders.poster.label_text import LEAST_SIZE, measure_width, wrap_text
from builders.poster.layout import Inset
from builders.poster.shapes import (
    PosterLine,
    PosterMark,
    PosterShape,
    PosterWords,
    TimeDirection,
)
from builders.poster.style import PosterColours, SheetSize
from builders.timeline import UM_PER_POINT, Scale, Tick, make_month_ticks, make_year_ticks

_CAPTION_SIZES = (24.0, 21.0, 18.0, 16.0)
_UPRIGHT_CAPTION_SIZE = 18.0
_NOTE_SIZE = 14.0
_MONTH_SIZE = 13.0
_GAP_ABOVE_ROWS = 21.8  # mm on A2: from the axis to the first row, lying
_GAP_BELOW_LINE = 9.4  # ... from the inset's line to its end
_GAP_BESIDE_LINE = 27.0  # mm on A2, upright: from the axis to the inset's line
_CAPTION_ROOM = 40.0  # ... along the axis: the caption's room


def measure_frame_depth(size: SheetSize, turn: TimeDirection) -> int:
    """Return an inset's depth without its rows."""
    return (
        size.convert_mm(_GAP_BESIDE_LINE + 1)
        if turn.upright
        else size.convert_mm(_GAP_ABOVE_ROWS + _GAP_BELOW_LINE)
    )


def measure_caption_room(size: SheetSize, turn: TimeDirection) -> int:
    """Return what an inset's caption takes along the axis: it stands over the rows, lying."""
    return size.convert_mm(_CAPTION_ROOM) if turn.upright else 0


@dataclass(frozen=True, slots=True)
class InsetDrawing:
    """What the insets are drawn with: `lower` is where their axis lies, `end` where their frames end."""

    course: PosterContent
    size: SheetSize
    inks: PosterColours
    turn: TimeDirection
    axis: Scale
    lower: int
    end: int

    def draw_inset(self, inset: Inset) -> Iterator[PosterMark]:
        """Draw one inset."""
        mm, strip, turn = self.size.convert_mm, inset.strip, self.turn
        line = self.lower + mm(_GAP_BESIDE_LINE) + strip.below
        if not turn.upright:
            line = self.end - mm(_GAP_BELOW_LINE) - strip.below
        yield from self._draw_lens(inset)
        yield from self._draw_caption(inset)
        ends = (turn.place_point(strip.scale.start, line), turn.place_point(strip.scale.end, line))
        yield PosterLine(ends, self.inks.ink, round(1.4 * UM_PER_POINT * self.size.unit))
        yield from self._draw_ticks(inset, line - turn.away * strip.below)
        yield from symbols.draw_strip(
            strip, symbols.StripPen(line, self.size.unit, self.inks, turn, glyphs=True)
        )

    def _draw_lens(self, inset: Inset) -> Iterator[PosterMark]:
        mm, turn, top = self.size.convert_mm, self.turn, self.lower
        start, end = self.axis.place_day(inset.first), self.axis.place_day(inset.last + 1)
        half, neck, body = mm(1), top + mm(4), top + mm(13)
        outline = (
            (start, top + half), (end, top + half), (end, neck), (inset.end, body),
            (inset.end, self.end), (inset.start, self.end), (inset.start, body), (start, neck),
        )  # fmt: skip
        yield PosterShape(tuple(turn.place_point(*point) for point in outline), self.inks.band)
        thick = round(1.2 * UM_PER_POINT * self.size.unit)
        for near, far in ((start, inset.start), (end, inset.end)):
            line = ((near, top + half), (near, neck), (far, body), (far, self.end))
            yield PosterLine(tuple(turn.place_point(*point) for point in line), self.inks.red, thick)
        yield PosterShape(turn.list_corners(start, end, top - half, top + half), self.inks.red)

    def _draw_caption(self, inset: Inset) -> Iterator[PosterMark]:
        words, unit, mm = self.course.locale.words["poster"], self.size.unit, self.size.convert_mm
        factor = inset.strip.scale.year / self.axis.year
        times = Decimal(round(factor)) if factor >= 10 else Decimal(round(factor * 10)) / 10
        first, last = (self._write_day(day, inset) for day in (inset.first, inset.last))
        text = words["inset"].format(
            first=first, last=last, n=formatting.write_number(times, self.course.locale)
        )
        note = words["inset_note"].format(
            events=self.course.locale.write_count("events", len(inset.strip.items))
        )
        if self.turn.upright:
            yield from self._draw_caption_lines(inset, text, note)
            return
        room = inset.end - inset.start - mm(8)
        size = (
            next(
                (s for s in _CAPTION_SIZES if measure_width(text, "black", s * unit) <= room),
                _CAPTION_SIZES[-1],
            )
            * unit
        )
        x, base = inset.start + mm(4), self.lower + mm(20.4)
        yield PosterWords(x, base, text, "black", size, self.inks.red, owner=f"inset:{inset.first}")
        x += measure_width(text, "black", size) + mm(5)
        if x + measure_width(note, "regular", _NOTE_SIZE * unit) < inset.end - mm(2):
            owner = f"inset:{inset.first}:note"
            yield PosterWords(x, base, note, "regular", _NOTE_SIZE * unit, self.inks.ink, owner=owner)

    def _draw_caption_lines(self, inset: Inset, text: str, note: str) -> Iterator[PosterMark]:
        unit, mm = self.size.unit, self.size.convert_mm
        x, y = self.lower + mm(15.5), inset.start + mm(2)
        room, most = self.end - x - mm(3), inset.start + mm(_CAPTION_ROOM - 4)
        lines = [
            (line, "black", _UPRIGHT_CAPTION_SIZE, self.inks.red, "")
            for line in wrap_text(text, room, "black", _UPRIGHT_CAPTION_SIZE * unit)
        ]
        lines += [
            (line, "regular", _NOTE_SIZE, self.inks.ink, ":note")
            for line in wrap_text(note, room, "regular", _NOTE_SIZE * unit)
        ]
        for line, weight, size, ink, kind in lines:
            y += round(size * unit * 1.14 * UM_PER_POINT)
            if y > most:
                return
            yield PosterWords(x, y, line, weight, size * unit, ink, owner=f"inset:{inset.first}{kind}")
            if kind == "" and line == lines[-1][0]:
                y += mm(2)

    def _write_day(self, day: int, inset: Inset) -> str:
        year, month, _ = compute_civil_date(day, julian=self.course.julian)
        if _has_year_ticks(inset):
            return formatting.write_year(year, self.course.locale)
        return formatting.write_point(Moment(year, month, None, "month"), self.course.locale)

    def _draw_ticks(self, inset: Inset, line: int) -> Iterator[PosterMark]:
        mm, unit, scale = self.size.convert_mm, self.size.unit, inset.strip.scale
        out = -self.turn.away
        ticks = make_year_ticks(scale, mm(30), mm(1.5)) if _has_year_ticks(inset) else make_month_ticks(scale)
        lengths = (4.6, 3, 2) if _has_year_ticks(inset) else (4.6, 3)
        for tick in ticks:
            ends = (
                self.turn.place_point(tick.at, line),
                self.turn.place_point(tick.at, line + out * mm(lengths[tick.rank])),
            )
            yield PosterLine(ends, self.inks.ink, round((1.2, 0.8, 0.6)[tick.rank] * UM_PER_POINT * unit))
        yield from self._draw_years(scale, line) if _has_year_ticks(inset) else self._draw_months(scale, line)

    def _draw_years(self, scale: Scale, line: int) -> Iterator[PosterMark]:
        mm, points = self.size.convert_mm, max(LEAST_SIZE, _MONTH_SIZE * self.size.unit)
        for tick in (t for t in make_year_ticks(scale, mm(30), mm(1.5)) if t.rank == 0):
            text = formatting.write_year(tick.year, self.course.locale)
            if self.turn.upright:
                yield PosterWords(
                    line - mm(1), tick.at + mm(4.4), text, "semibold", points, self.inks.ink, "right"
                )
            else:
                yield PosterWords(tick.at + mm(1), line + mm(7), text, "semibold", points, self.inks.ink)

    def _draw_months(self, scale: Scale, line: int) -> Iterator[PosterMark]:
        """Name the months, or as many as there is room for; with the first one and each January, the year."""
        ticks = [tick for tick in make_month_ticks(scale) if tick.at < scale.end - self.size.convert_mm(2)]
        every = self._choose_step(scale, len(ticks))
        ends = [*(tick.at for tick in ticks[1:]), scale.end]
        named = [pair for pair in zip(ticks, ends, strict=True) if (pair[0].month - 1) % every == 0]
        for tick, end in named:
            told = tick is named[0][0] or tick.month == 1
            yield from self._draw_month(tick, end, line, told, every)

    def _choose_step(self, scale: Scale, months: int) -> int:
        """Return 1 where each month has room for its short name, else of how many one is named."""
        names = self.course.locale.dates.short_months
        widest = max(
            measure_width(name, "semibold", max(LEAST_SIZE, _MONTH_SIZE * self.size.unit)) for name in names
        )
        needed = self.size.convert_mm(4.8) if self.turn.upright else widest + self.size.convert_mm(1)
        return next((n for n in (1, 2, 3, 6) if needed <= n * scale.length / max(months, 1)), 12)

    def _draw_month(self, tick: Tick, end: int, line: int, told: bool, every: int) -> Iterator[PosterMark]:
        """Name one month, between its ticks where each is named, else behind its tick; `told` with its year.

        Where name and year have no room beside each other, the year stands alone.
        """
        mm, points, dates = (
            self.size.convert_mm,
            max(LEAST_SIZE, _MONTH_SIZE * self.size.unit),
            self.course.locale.dates,
        )
        colour = self.inks.ink if tick.month == 1 else self.inks.ink2
        year = formatting.write_year(tick.year, self.course.locale)
        name, whole = dates.short_months[tick.month - 1], dates.months[tick.month - 1]
        middle = (tick.at + end) // 2
        if self.turn.upright:
            lines = [name, year] if told else [name]
            if told and end - tick.at < mm(10):
                lines = [year]
            base = middle + mm(1.5) - mm(2.4) * (len(lines) - 1)
            for k, text in enumerate(lines):
                at = base + k * mm(4.8)
                yield PosterWords(line - mm(2.8), at, text, "semibold", points, colour, "right")
            return
        texts = [f"{whole} {year}", f"{name} {year}", year] if told else [whole, name]
        room = (end - tick.at) * every - mm(2)
        fits = (text for text in texts if measure_width(text, "semibold", points) <= room)
        place, align = (middle, "center") if every == 1 else (tick.at + mm(1), "left")
        yield PosterWords(place, line + mm(6.8), next(fits, texts[-1]), "semibold", points, colour, align)


def _has_year_ticks(inset: Inset) -> bool:
    return inset.last - inset.first > 3 * 366
