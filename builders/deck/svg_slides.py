"""Slides as SVG, drawn from the deck's plan: the same boxes, lines and sizes that the .pptx will have."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from builders.deck import metrics
from builders.deck import svg_charts as charts
from builders.deck.colours import SvgColours
from builders.deck.geometry import FOOTER_HEIGHT, FOOTER_TOP, SlidePage
from builders.deck.line_breaking import break_lines, get_indent, measure_height
from builders.deck.model import (
    Deck,
    ShapeGroup,
    Slide,
    SlideChart,
    SlideFrame,
    SlideFreeform,
    SlideItem,
    SlideParagraph,
    SlidePicture,
    SlideRun,
    SlideShape,
    SlideTable,
    TextBox,
)
from builders.deck.table_fitting import CELL_GUTTER
from builders.theme.theme import Theme

ASCENT = 0.952  # em from a line's top to its baseline: ascender 1536 and half the line gap, of 2048
BULLET = 0.42  # em: the side of a bullet's square
_ANCHORS = {"l": "start", "ctr": "middle", "r": "end"}


class SlideDrawing:
    """Draws the slides of one deck."""

    def __init__(self, deck: Deck, page: SlidePage, theme: Theme, before: str) -> None:
        """Take a deck's plan and page, and how its language writes a year BC: '{year} BC'."""
        self._deck, self._page, self._theme, self._before = deck, page, theme, before

    def draw_slide(self, number: int) -> str:
        """Return slide `number` (from 0) as an SVG document."""
        slide, page = self._deck.slides[number], self._page
        pen = _SlidePen(SvgColours(self._theme, slide.section), self._before)
        layout = page.layouts[slide.layout]
        ground = {"white": "white", "paper": "paper", "hue": "hue"}[layout.ground]
        parts = [f'<rect width="{page.w:g}" height="{page.h:g}" fill="{pen.ink(ground)}"/>']
        if layout.ruler:
            parts += pen.draw_item(self._deck.ruler)
        parts += pen.draw_item(slide.title)
        for item in slide.items:
            parts += pen.draw_item(item)
        parts += self._draw_footer(slide, number, pen, layout.ground == "hue")
        size = f'viewBox="0 0 {page.w:g} {page.h:g}" width="{page.w:g}" height="{page.h:g}"'
        face = f"Calibri, Carlito, {self._theme.deck.face}, sans-serif"
        body = "".join([pen.ink.write_patterns(), *parts])
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{escape(face)}">{body}</svg>'

    def _draw_footer(self, slide: Slide, number: int, pen: "_SlidePen", inverse: bool) -> Iterator[str]:
        page, colour = self._page, "white" if inverse else "ink2"
        frame = SlideFrame(page.left, FOOTER_TOP, page.full, FOOTER_HEIGHT)
        course, section = (*slide.footer, "", "")[:2]
        for align, text in (("l", course), ("ctr", section), ("r", str(number + 1))):
            if text:
                yield pen.draw_line(text, frame, page.look.footer, colour, align)


def write_slide_words(slide: Slide) -> str:
    """Return the words of a slide in reading order, for those who hear it."""
    return " ".join(" ".join(_list_words(item)) for item in (slide.title, *slide.items)).strip()


def _list_words(item: SlideItem) -> Iterator[str]:
    match item:
        case TextBox():
            yield from (paragraph.text for paragraph in item.paragraphs)
        case ShapeGroup():
            yield item.alt or " ".join(text for inner in item.items for text in _list_words(inner))
        case SlideTable():
            yield from (p.text for row in item.rows for cell in row for p in cell.paragraphs)
        case SlideChart() | SlidePicture():
            yield item.alt
        case SlideFreeform():
            pass
        case SlideShape():
            if item.text and not item.decorative:
                yield item.text
        case _:
            assert_never(item)


class _SlidePen:
    """Draws the items of one slide, in the colours of its section."""

    def __init__(self, ink: SvgColours, before: str) -> None:
        self.ink, self._before = ink, before

    def draw_line(self, text: str, frame: SlideFrame, size: float, colour: str, align: str) -> str:
        """Return the element of one line of text."""
        paragraph = SlideParagraph((SlideRun(text),))
        return "".join(self._draw_paragraphs((paragraph,), frame, size, False, align, colour))

    def draw_item(self, item: SlideItem) -> list[str]:
        """Return the SVG elements of an item."""
        match item:
            case TextBox():
                return list(self._draw_box(item))
            case SlideShape():
                return list(self._draw_shape(item))
            case SlideFreeform():
                return list(self._draw_freeform(item))
            case ShapeGroup():
                return [part for inner in item.items for part in self.draw_item(inner)]
            case SlideTable():
                return list(self._draw_table(item))
            case SlideChart():
                return list(charts.ChartDrawing(item, self.ink, self._before).draw_parts())
            case SlidePicture():
                return [self._draw_picture(item)]
            case _:
                assert_never(item)

    def _draw_box(self, box: TextBox) -> Iterator[str]:
        frame = box.frame
        used = measure_height(box.paragraphs, box.size, frame.w, box.bold, box.leading)
        spare = max(frame.h - used, 0) * {"t": 0.0, "ctr": 0.5, "b": 1.0}[box.anchor]
        look = (box.size, box.bold, box.align, box.colour, box.leading)
        if box.fill:
            yield self._write_rectangle(frame, f'fill="{self.ink(box.fill)}"')
        yield from self._draw_paragraphs(
            box.paragraphs, SlideFrame(frame.x, frame.y + spare, frame.w, frame.h), *look
        )

    def _draw_paragraphs(
        self,
        paragraphs: Sequence[SlideParagraph],
        frame: SlideFrame,
        size: float,
        bold: bool,
        align: str,
        colour: str,
        leading: float = 1.0,
    ) -> Iterator[str]:
        top = frame.y
        for paragraph in paragraphs:
            own = paragraph.compute_size(size)
            left = frame.x + (get_indent(paragraph) if paragraph.tab is None else 0)
            if paragraph.bullet == "square":
                side = own * BULLET
                at = top + own * (ASCENT - 0.32) - side / 2
                yield self._write_rectangle(SlideFrame(frame.x, at, side, side), f'fill="{self.ink("hue")}"')
            x = {"l": left, "ctr": frame.x + frame.w / 2, "r": frame.x + frame.w}[align]
            for number, line in enumerate(break_lines(paragraph, own, frame.w, bold)):
                em = (metrics.FALLBACK_LINE_HEIGHT if line.tall else metrics.LINE_HEIGHT) * leading
                base = top + own * (ASCENT + em - metrics.LINE_HEIGHT)
                runs = "".join(self._write_runs(paragraph.runs, line.start, line.end))
                if runs.strip():
                    dx = (paragraph.tab or 0) if number else 0
                    look = f'font-size="{own:g}" text-anchor="{_ANCHORS[align]}" fill="{self.ink(colour)}"'
                    look += ' xml:space="preserve"' + (' font-weight="700"' if bold else "")
                    yield f'<text x="{x + dx:.1f}" y="{base:.1f}" {look}>{runs}</text>'
                top += own * em
            top += paragraph.after * own

    def _write_runs(self, runs: Sequence[SlideRun], start: int, end: int) -> Iterator[str]:
        """Yield the runs' characters from `start` to `end` as spans."""
        at = 0
        for run in runs:
            text = run.text[max(start - at, 0) : max(end - at, 0)]
            at += len(run.text)
            if not text:
                continue
            text = _drop_unprintable(text.replace("\t", "  "))
            look = (' font-weight="700"' if run.bold else "") + (' font-style="italic"' if run.italic else "")
            if run.colour or run.link:
                look += (
                    f' fill="{self.ink(run.colour or "blue")}"'
                    if run.colour
                    else ' text-decoration="underline"'
                )
            yield f"<tspan{look}>{escape(text)}</tspan>" if look else escape(text)

    def _draw_shape(self, shape: SlideShape) -> Iterator[str]:
        f = shape.frame
        stroke = shape.line if shape.line or shape.kind != "line" else "rule"
        fill = self.ink.write_fill(shape.fill, shape.pattern)
        look = f'fill="{fill}" stroke="{self.ink(stroke)}" stroke-width="{shape.weight:g}"'
        if shape.dash:
            look += ' stroke-dasharray="2 2"'
        if shape.kind == "line":
            y1, y2 = (f.y + f.h, f.y) if shape.flip else (f.y, f.y + f.h)
            yield f'<line x1="{f.x:.1f}" y1="{y1:.1f}" x2="{f.x + f.w:.1f}" y2="{y2:.1f}" {look}/>'
        elif shape.kind == "diamond":
            middle = f"{f.x + f.w / 2:.1f} {f.y:.1f} {f.x + f.w:.1f} {f.y + f.h / 2:.1f}"
            foot = f"{f.x + f.w / 2:.1f} {f.y + f.h:.1f} {f.x:.1f} {f.y + f.h / 2:.1f}"
            yield f'<polygon points="{middle} {foot}" {look}/>'
        elif shape.kind == "ellipse":
            rx, ry = f.w / 2, f.h / 2
            yield f'<ellipse cx="{f.x + rx:.1f}" cy="{f.y + ry:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" {look}/>'
        else:
            yield self._write_rectangle(f, look)
        if shape.text:
            colour, paragraph = shape.text_colour, SlideParagraph((SlideRun(shape.text),), after=0)
            yield from self._draw_box(TextBox(f, (paragraph,), shape.size, None, True, colour, "ctr", "ctr"))

    def _draw_freeform(self, shape: SlideFreeform) -> Iterator[str]:
        steps = [" L".join(f"{x:.1f} {y:.1f}" for x, y in path) for path in shape.paths]
        end = "Z" if shape.closed else ""
        fill = self.ink.write_fill(shape.fill, shape.pattern) if shape.closed else "none"
        look = f'fill="{fill}" fill-rule="evenodd" stroke="{self.ink(shape.line)}"'
        look += f' stroke-width="{shape.weight:g}"'
        dash = ' stroke-dasharray="2 2"' if shape.dash else ""
        yield f'<path d="{"".join(f"M{step}{end}" for step in steps)}" {look}{dash}/>'
        if shape.arrow:
            from builders.maps.map_plan import make_arrow_head

            for path in shape.paths:
                head = " ".join(f"{x:.1f},{y:.1f}" for x, y in make_arrow_head(path, 4 * shape.weight))
                yield f'<polygon points="{head}" fill="{self.ink(shape.line)}"/>'

    def _draw_table(self, table: SlideTable) -> Iterator[str]:
        top = table.frame.y
        right = table.frame.x + sum(table.columns)
        for number, (row, high) in enumerate(zip(table.rows, table.heights, strict=True)):
            yield self._draw_rule(
                table.frame.x, right, top, 2.25 if not number else 1 if number == 1 else 0.75
            )
            left = table.frame.x
            for cell, width in zip(row, table.columns, strict=False):
                frame = SlideFrame(left, top + table.padding, width - CELL_GUTTER, high)
                yield from self._draw_paragraphs(
                    cell.paragraphs, frame, table.size, cell.bold, cell.align, "ink"
                )
                left += width
            top += high
        yield self._draw_rule(table.frame.x, right, top, 1)

    def _draw_rule(self, left: float, right: float, y: float, weight: float) -> str:
        look = f'stroke="{self.ink("ink")}" stroke-width="{weight}"'
        return f'<line x1="{left:.1f}" y1="{y:.1f}" x2="{right:.1f}" y2="{y:.1f}" {look}/>'

    def _write_rectangle(self, f: SlideFrame, look: str) -> str:
        return f'<rect x="{f.x:.1f}" y="{f.y:.1f}" width="{f.w:.1f}" height="{f.h:.1f}" {look}/>'

    def _draw_picture(self, picture: SlidePicture) -> str:
        f = picture.frame
        content = f"data:image/{picture.format};base64,{b64encode(picture.content).decode()}"
        place = f'x="{f.x:.1f}" y="{f.y:.1f}" width="{f.w:.1f}" height="{f.h:.1f}"'
        return f"<image {place} href={quoteattr(content)}/>"


def _drop_unprintable(text: str) -> str:
    """Return `text` without the characters that XML cannot hold (XML 1.0, 2.2)."""
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
