"""Drawing set paragraphs: lines to text operators, tagged word for word, links where they stand."""

from collections.abc import Callable, Sequence

from builders.pdf.canvas import TaggedCanvas
from builders.pdf.drawing import fill_colour
from builders.pdf.fonts import Encoder
from builders.typesetting.fonts import NO_BREAK_SPACE
from builders.typesetting.line_breaking import Line
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    bound_spaces,
)
from builders.typesetting.words import BLANK_WIDTHS, Word

Folio = Callable[[str], str]  # a place's key to the page number printed there


class Setter:
    """Draws the paragraphs of one document on its canvas; `folio` answers references to pages.

    A run's inline element is made at its first word, which is its place in the reading order, and serves all
    parts of a paragraph that is split over pages.
    """

    def __init__(
        self, canvas: TaggedCanvas, folio: Folio = lambda _: "?", underline_links: bool = False
    ) -> None:
        self.canvas, self.folio, self.underline = canvas, folio, underline_links
        self._inline: dict[tuple[Paragraph, Run], Node] = {}

    def draw(
        self,
        paragraph: Paragraph,
        x: float,
        y: float,
        node: Node | None,
        first: int = 0,
        last: int | None = None,
    ) -> None:
        """Draw lines `first` to `last` (exclusive; None: all), the first on the baseline at (x, y)."""
        lines = paragraph.lines[first:last]
        if not lines:
            return
        if paragraph.glue is None:
            self._plain(paragraph, lines, x, y, node)
        else:
            _Mixed(self, paragraph, node).draw(lines, x, y)

    def _plain(self, p: Paragraph, lines: Sequence[Line], x: float, y: float, node: Node | None) -> None:
        style = p.style
        encoder = self.canvas.encoder(style.face, style.size)
        look = f"BT {encoder.font} {fill_colour(style.colour)}"
        words: list[str]
        if len(p.lines) == 1 and style.align == "left":
            words = p.words  # type: ignore[assignment]
            array = encoder.array(words, end=True)
            self.canvas.content(node, f"{look} 1 0 0 1 {x + p.indent:.2f} {y:.2f} Tm {array}TJ ET")
            return
        out = [f"{look} {style.leading:g} TL 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        at = 0.0
        for line in lines:
            words = p.part(line)  # type: ignore[assignment]
            shift, stretch = _fit(p, line, words)
            if abs(shift - at) > 0.004:
                out.append(f"{shift - at:.2f} 0 Td")
                at = shift
            # the space keeps words apart for who reads or copies
            out.append(f"{encoder.array(words, stretch, end=not line.hyphen)}TJ T*")
        out.append("ET")
        self.canvas.content(node, " ".join(out))

    def inline(self, paragraph: Paragraph, run: Run, node: Node) -> Node:
        """Return the element of a run within the paragraph's: Link, Reference, Span, or the paragraph's
        own.
        """
        if not (run.link or run.lang or run.tag or run.blank):
            return node
        key = (paragraph, run)
        found = self._inline.get(key)
        if found is None:
            found = node
            tags = [tag for tag in (run.tag, "Link" if run.link else None) if tag]
            for tag in tags or ["Span"]:
                child = Node(tag, lang=run.lang)
                self.canvas.adopt(child, found)
                found = child
            if run.blank == "open":
                found.actual = "_____"
            elif run.tag and run.rise:  # a raised number or letter: apart from the word that it follows
                found.actual = f" [{run.text}]"
            self._inline[key] = found
        return found


def _fit(p: Paragraph, line: Line, words: Sequence[str] | Sequence[Word]) -> tuple[float, float]:
    """Return how far a line is shifted and each of its spaces stretched, in points."""
    style = p.style
    indent = p.indent if not line.first and not line.start else 0.0
    if style.align == "left":
        return indent, 0.0
    slack = p.measure - p.line_width(line)
    if style.align == "justify":
        gaps = line.last - line.first + (bound_spaces(words) if p.has_bound else 0)
        ends = line is p.lines[-1]
        return indent, round(slack / gaps, 3) if gaps and (not ends or slack < 0) else 0.0
    return indent + (slack if style.align == "right" else slack / 2), 0.0


class _Mixed:
    """One paragraph of several looks being drawn."""

    encoder: Encoder  # of the look

    def __init__(self, setter: Setter, paragraph: Paragraph, node: Node | None) -> None:
        self.setter, self.canvas, self.paragraph = setter, setter.canvas, paragraph
        self.tags = node is not None and setter.canvas.tags
        self.node = node
        self.out: list[str] = []
        self.here: Node | None = None
        self.look: Run | None = None
        self.links: list[tuple[Node | None, Run, float, float, float]] = []
        self.marks: list[tuple[float, float, float, str]] = []  # lines under blanks and links

    def draw(self, lines: Sequence[Line], x: float, y: float) -> None:
        style = self.paragraph.style
        self.out.append("BT")
        for row, line in enumerate(lines):
            self._line(line, x, y - row * style.leading)
        if lines[-1] is self.paragraph.lines[-1]:
            # keeps its last word apart from what follows, for who reads or copies
            self.out.append(f"{self.encoder.array((), end=True)}TJ")
        self.out.append("0 Ts ET")
        if self.tags:
            self.out.append("EMC")
            self.canvas.raw(" ".join(self.out))
        else:
            self.canvas.put(" ".join(self.out))
        for xa, xb, yy, colour in self.marks:
            self.canvas.line(xa, yy, xb, yy, colour, 0.75 if style.size < 14 else 1)
        size = style.size
        for node, run, xa, xb, yy in self.links:
            target = run.link or ""
            self.canvas.link(
                node,
                target,
                (xa, yy - 0.25 * size, xb, yy + 0.8 * size),
                self._shown(run, run.text),
            )

    def _line(self, line: Line, x: float, y: float) -> None:
        p = self.paragraph
        words: Sequence[Word] = p.part(line)  # type: ignore[assignment]
        shift, stretch = _fit(p, line, words)
        per_unit = p.style.size / 1000
        at = x + shift
        self.out.append(f"1 0 0 1 {at:.2f} {y:.2f} Tm")
        assert p.glue is not None
        segments = _segments(words, p.glue, line)
        placed = any(run.link or run.blank for run, _ in segments)  # where what stands must be known
        for run, text in segments:
            self._select(run)
            shown = self._shown(run, text)
            if not placed:
                self._show(shown, stretch)
                continue
            solid = shown.rstrip(" ")
            trail = len(shown) - len(solid)
            gap = trail * (run.face.space * run.scale * per_unit + stretch)
            if run.blank:
                width = self._blank(run, solid, trail, at, y, stretch)
            else:
                width = run.face.width(solid) * run.scale * per_unit + stretch * _stretched(solid)
                self._show(shown, stretch)
            if run.link:
                self.links.append((self.here, run, at, at + width, y))
                if self.setter.underline:
                    self.marks.append((at, at + width, y - 0.14 * p.style.size, p.style.colour))
            at += width + gap

    def _blank(self, run: Run, word: str, trail: int, x: float, y: float, stretch: float) -> float:
        """Draw a word's blank, filled or open, and the spaces behind it; return its width."""
        size = self.paragraph.style.size
        per_point = 1000 / (size * run.scale)
        own = run.face.width(word) / per_point
        room = own * BLANK_WIDTHS[run.blank]
        self.marks.append((x, x + room, y - 0.2 * size, self.paragraph.style.colour))
        if run.blank == "filled":
            before = after = (room - own) / 2
        else:
            word, before, after = " ", 0.0, room - run.face.space / per_point
        array = self.encoder.array(word.split(" "))
        spaces = self.encoder.array([""] * (trail + 1), stretch) if trail else "[]"
        self.out.append(
            f"[{-before * per_point:.0f} {array[1:-1]} {-after * per_point:.0f} {spaces[1:-1]}]TJ"
        )
        return room

    def _show(self, text: str, stretch: float) -> None:
        self.out.append(f"{self.encoder.array(text.split(' '), stretch)}TJ")

    def _shown(self, run: Run, text: str) -> str:
        return text.replace("{n}", self.setter.folio(run.page_of)) if run.page_of else text

    def _select(self, run: Run) -> None:
        """Turn to a run's look and element."""
        if run is self.look:
            return
        style = self.paragraph.style
        if self.tags:
            assert self.node is not None
            want = self.setter.inline(self.paragraph, run, self.node)
            if want is not self.here:
                if self.here is not None:
                    self.out.append("EMC")
                self.out.append(self.canvas.opener(want))
                self.here = want
        self.encoder = self.canvas.encoder(run.face, round(style.size * run.scale, 3))
        colour = fill_colour(run.colour or style.colour)
        self.out.append(f"{self.encoder.font} {run.rise * style.size:g} Ts {colour}")
        self.look = run


def _stretched(text: str) -> int:
    """Return how many characters of `text` word spacing widens."""
    return text.count(" ") + text.count(NO_BREAK_SPACE)


def _segments(words: Sequence[Word], glue: Sequence[Run], line: Line) -> list[tuple[Run, str]]:
    """Return a line's text by run, the spaces after words among it."""
    out: list[tuple[Run, list[str]]] = []
    here: Run | None = None
    final = len(words) - 1
    for k, word in enumerate(words):
        bits = [(run, text) for run, text, _ in word]
        number = line.first + k
        if number < len(glue) and (k < final or line.end is None):
            bits.append((glue[number], " "))
        for run, text in bits:
            if run is here:
                out[-1][1].append(text)
            else:
                out.append((run, [text]))
                here = run
    return [(run, "".join(texts)) for run, texts in out]
