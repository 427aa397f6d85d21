"""Headings, paragraphs, points and quotations as blocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builders import writing
from builders.guide.blocks import Block, Lead, Text
from builders.guide.course import Course, date_order
from builders.guide.flow import linked
from builders.guide.margin import CLOSE, Note
from builders.guide.notes import Margin
from builders.guide.page import Area, Mark, Page, Words
from builders.guide.sentences import stop
from builders.outline import Block as OutlineBlock
from builders.outline import Points, Quote
from builders.quotes import marks
from builders.text.paragraph import Paragraph, Run, Style, set_balanced, set_ragged, varied
from builders.text.tree import Node

BULLET = 14.5
RISE = 29.0  # points: so far above the text a cue stands beside the heading


def heading(
    course: Course, text: str, node: Node, mark: Mark | None = None, style: Style | None = None
) -> Text:
    """Return a heading in the text; two lines of what follows stay with it."""
    look = course.type
    style = style or look.h2
    paragraph = set_balanced(text, style, course.page.text)
    before = look.body.leading * course.options.theme.guide.spacing.above_heading
    return Text(paragraph, node, before, 1, keep=True, mark=mark)


def chapter(course: Course, text: str, node: Node, mark: Mark | None, wide: bool = False) -> Text:
    """Return a title that opens a page."""
    look = course.type
    paragraph = set_balanced(text, look.h1, course.page.full if wide else course.page.text)
    return Text(paragraph, node, look.body.leading * 2, look.body.leading, keep=True, wide=wide, mark=mark)


@dataclass(frozen=True, slots=True)
class Speaking:
    """A text that speaks of people, terms and dates, and its cue. Its notes are made when it is placed, since
    they depend on what the sections before have spoken of.
    """

    text: Text
    cue: str | None = None
    rise: float = 0.0  # how far the cue may stand above its line


class Prose:
    """Makes the blocks of running text of one section, with their notes for the margin."""

    def __init__(self, course: Course, margin: Margin, section: int, parent: Node) -> None:
        self.course, self.margin, self.section, self.parent = course, margin, section, parent

    def text(self, block: OutlineBlock, first: bool, headed: bool) -> Iterator[Speaking]:
        """Yield a text block's paragraphs; `first`: the first is not indented; `headed`: it has a heading."""
        course, look = self.course, self.course.type
        assert block.text is not None
        for i, runs in enumerate(course.paragraphs(block.text, look.body, blanks=True)):
            style = look.body if (first and i == 0) or look.large else look.more
            node = self.parent.add("P")
            paragraph = Paragraph(runs, style, course.page.text)
            cue = course.say(block.cue) if block.cue and i == 0 else None
            mark = Mark(block.id, 0, 0) if block.id and i == 0 else None
            space = look.body.leading / 2 if look.large else 0.0
            rise = RISE if headed else 0.0
            yield Speaking(Text(paragraph, node, space, space, mark=mark), cue, rise)

    def with_notes(self, speaking: Speaking) -> Iterator[Block]:
        """Yield a block of text with the notes of what it first speaks of, in the margin or after it."""
        text = speaking.text
        notes = self._notes(speaking)
        text.notes = [(line, note) for line, note in notes if note.beside]
        yield text
        for _, note in notes:
            if not note.beside:
                yield from self.margin.as_blocks(note)

    def _notes(self, speaking: Speaking) -> list[tuple[int, Note]]:
        """Return the notes that belong to a paragraph, with their lines."""
        notes: list[tuple[int, Note]] = []
        if speaking.cue:
            cue = self.margin.cue(speaking.cue, self.parent)
            cue.rise = speaking.rise
            notes.append((0, cue))
        met = [(line, (run.link or "")[1:]) for line, run in linked(speaking.text.paragraph)]
        dated = False
        for line, key in self._by_date(met):
            note = self.margin.first_met(key, self.section, self.parent)
            if note:
                if dated and key in self.course.events:
                    note.apart = CLOSE
                notes.append((line, note))
                dated = key in self.course.events
        return notes

    def _by_date(self, met: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Return what a paragraph speaks of, with its lines; its events in the order of their dates."""
        events = self.course.events
        dates = iter(
            sorted((key for _, key in met if key in events), key=lambda k: date_order(events[k].event))
        )
        return [(line, next(dates) if key in events else key) for line, key in met]

    def points(self, points: Points, cue: str | None) -> Iterator[Block | Speaking]:
        """Yield a list; each item hangs from a square in the section's hue."""
        course, look = self.course, self.course.type
        if points.title:
            node = self.parent.add("P")
            paragraph = set_ragged(course.say(points.title), look.strong, course.page.text)
            yield Text(paragraph, node, look.body.leading, keep=True)
        items = self.parent.add("L", attributes={"List": "/ListNumbering/Square"})
        hue = look.colours.section(self.section).hue
        indent = BULLET * look.scale
        last = len(points.items) - 1
        ends = {0, last - 1} - {last}  # the first two and the last two stay together
        for i, item in enumerate(points.items):
            li = items.add("LI")
            lead = square(li.add("Lbl", actual="•"), hue, look.body)
            paragraph = Paragraph(
                course.runs(item, look.body), varied(look.body, align="left"), course.page.text - indent
            )
            before = look.body.leading / 2 if i == 0 and not points.title else 0
            after = look.body.leading / 2 if i == last else 0
            block = Text(paragraph, li.add("LBody"), before, after, i in ends, indent=indent, lead=lead)
            yield Speaking(block, cue if i == 0 else None)

    def quote(self, quote: Quote, mark: Mark | None, cue: str | None) -> Iterator[Speaking]:
        """Yield a quotation: translation, original, and where it stands."""
        course, look = self.course, self.course.type
        box = self.parent.add("BlockQuote")
        texts = course.paragraphs(quote.text, look.quotation)
        blocks = [self._quoted(p, i, len(texts), box) for i, p in enumerate(texts)]
        if quote.original:
            opening, closing = marks(course.outline.original_language or "", course.options.lang)
            runs = [Run(f"{opening}{quote.original}{closing}", look.original.face)]
            node = box.add("P", lang=course.original(quote.original))
            blocks.append(Text(self._hung(runs, look.original), node))
        blocks.append(Text(self._hung(self._caption(quote), look.small_quiet), box.add("P")))
        side = (look.colours.ink, 1.5 * look.rules)
        for i, text in enumerate(blocks):
            text.snap, text.indent, text.side = False, BULLET * look.scale, side
            text.before = look.body.leading if i == 0 else 0
            text.after = look.body.leading if i == len(blocks) - 1 else 2.0 if not look.large else 6.0
            # large print would lose much of a page: it parts the original from the translation
            text.keep = i == len(blocks) - 2 if look.large else i < len(blocks) - 1
            text.joined = i < len(blocks) - 1
        blocks[0].mark = mark
        for i, text in enumerate(blocks):
            yield Speaking(text, cue if i == 0 else None)

    def _hung(self, runs: list[Run] | str, style: Style) -> Paragraph:
        return Paragraph(
            runs, varied(style, align="left"), self.course.page.text - BULLET * self.course.type.scale
        )

    def _quoted(self, runs: list[Run] | str, index: int, count: int, box: Node) -> Text:
        """Return a paragraph of a quotation, marks before the first and after the last."""
        style = self.course.type.quotation
        opened, closed = self.course.word("quoted", text="\0").split("\0")
        if isinstance(runs, str):
            runs = [Run(runs, style.face)]
        if index == 0:
            runs = [replace(runs[0], text=opened + runs[0].text), *runs[1:]]
        if index == count - 1:
            runs = [*runs[:-1], replace(runs[-1], text=runs[-1].text + closed)]
        only = runs[0].text if len(runs) == 1 and runs[0].face is style.face and not runs[0].link else runs
        return Text(self._hung(only, style), box.add("P"))

    def _caption(self, quote: Quote) -> list[Run]:
        course, style = self.course, self.course.type.small_quiet
        runs: list[Run] = []
        if quote.by:
            runs += course.as_runs(quote.by, style)
            runs.append(Run(f"{stop(runs[-1].text)} ", style.face))
        runs += course.as_runs(quote.document, style)
        if quote.date:
            when = course.bound(writing.with_old_style(quote.date, quote.old_style, course.locale))
            runs.append(Run(f"{stop(runs[-1].text)} {when}", style.face))
        runs.append(Run(stop(runs[-1].text), style.face))
        return [*runs, *course.cite(quote.source)]


def square(node: Node, hue: str, style: Style) -> Lead:
    """Return what draws a list's square, which reads as a bullet."""

    size = style.size * 0.75 if style.size < 16 else style.size

    def lead(page: Page, x: float, y: float) -> None:
        page.items.append(Words("\u25a0", x, y, style.face, size, hue, node))

    return lead


def teacher_notes(course: Course, notes: Mapping[str, str], node: Node, width: float) -> list[Text]:
    """Return the teacher's notes, beside a red rule."""
    look = course.type
    texts = course.paragraphs(notes, look.small)
    last = len(texts) - 1
    half = look.body.leading / 2
    return [
        Text(
            Paragraph(runs, look.small, width - BULLET),
            node.add("P"),
            half if i == 0 else 0,
            half if i == last else 0,
            keep=i < last,
            indent=BULLET,
            snap=False,
            side=(look.colours.red, 1.5),
            joined=i < last,
        )
        for i, runs in enumerate(texts)
    ]


def note_lines(course: Course, count: int, wide: bool = False, left: float = 0) -> Lead:
    """Return what draws `count` lines to write on, the first a line below the top."""
    width = (course.page.full if wide else course.page.text) - left
    pitch = course.type.ruling

    def draw(page: Page, x: float, y: float) -> None:
        for i in range(1, count + 1):
            page.items.append(Area(x + left, y + i * pitch - 0.25, width, 0.5, fill=course.type.colours.rule))

    return draw
