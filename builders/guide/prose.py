"""Headings, paragraphs, points and quotations as blocks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from builders.guide.content import GuideContent, make_date_key
from builders.guide.flow import find_linked_runs
from builders.guide.flow_blocks import DrawAt, FlowBlock, TextBlock
from builders.guide.margin_layout import LIST_DISTANCE, MarginNote
from builders.guide.margin_notes import MarginNotes
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageRectangle,
    PageText,
)
from builders.guide.typography import find_missing_stop
from builders.language import formatting
from builders.language.formatting import find_quotation_marks
from builders.outline.blocks import Block as OutlineBlock
from builders.outline.blocks import Quote
from builders.outline.fields import Text
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
    set_balanced,
    set_ragged,
    varied,
)

BULLET_INDENT = 14.5
CUE_RISE = 29.0  # points: so far above the text a cue stands beside the heading


def make_heading(
    course: GuideContent,
    text: str,
    node: Node,
    mark: PageDestination | None = None,
    style: Style | None = None,
) -> TextBlock:
    """Return a heading in the text; two lines of what follows stay with it."""
    look = course.type
    style = style or look.h2
    paragraph = set_balanced(text, style, course.page.text, look.lang)
    before = look.body.leading * course.options.theme.guide.spacing.above_heading
    return TextBlock(paragraph, node, before, 1, keep=True, mark=mark)


def make_chapter_title(
    course: GuideContent, text: str, node: Node, mark: PageDestination | None, wide: bool = False
) -> TextBlock:
    """Return a title that opens a page."""
    look = course.type
    paragraph = set_balanced(text, look.h1, course.page.full_width if wide else course.page.text, look.lang)
    return TextBlock(
        paragraph, node, look.body.leading * 2, look.body.leading, keep=True, wide=wide, mark=mark
    )


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text that speaks of people, terms and dates, and its cue. Its notes are made when it is placed, since
    they depend on what the sections before have spoken of.
    """

    text: TextBlock
    cue: str | None = None
    rise: float = 0.0  # how far the cue may stand above its line


class ProseBlocks:
    """Makes the blocks of running text of one section, with their notes for the margin."""

    def __init__(self, course: GuideContent, margin: MarginNotes, section: int, parent: Node) -> None:
        self.course, self.margin, self.section, self.parent = course, margin, section, parent

    def make_paragraphs(self, block: OutlineBlock, first: bool, headed: bool) -> Iterator[AnnotatedText]:
        """Yield a text block's paragraphs; `first`: the first is not indented; `headed`: it has a heading."""
        course, look = self.course, self.course.type
        assert block.text is not None
        for i, runs in enumerate(course.make_paragraphs(block.text, look.body, blanks=True)):
            style = look.body if first and i == 0 else look.more
            node = self.parent.add("P")
            paragraph = Paragraph(runs, style, course.page.text)
            cue = course.get_plain_text(block.cue) if block.cue and i == 0 else None
            mark = PageDestination(block.id, 0, 0) if block.id and i == 0 else None
            space = look.body.leading * course.edition.print.between_paragraphs
            rise = CUE_RISE if headed else 0.0
            yield AnnotatedText(TextBlock(paragraph, node, space, space, mark=mark), cue, rise)

    def add_notes(self, speaking: AnnotatedText) -> Iterator[FlowBlock]:
        """Yield a block of text with the notes of what it first speaks of, in the margin or after it."""
        text = speaking.text
        notes = self._make_notes(speaking)
        text.notes = [(line, note) for line, note in notes if note.beside]
        yield text
        for _, note in notes:
            if not note.beside:
                yield from self.margin.make_blocks(note)

    def _make_notes(self, speaking: AnnotatedText) -> list[tuple[int, MarginNote]]:
        """Return the notes that belong to a paragraph, with their lines."""
        notes: list[tuple[int, MarginNote]] = []
        if speaking.cue:
            cue = self.margin.make_cue(speaking.cue, self.parent)
            cue.rise = speaking.rise
            notes.append((0, cue))
        met = [(line, (run.link or "")[1:]) for line, run in find_linked_runs(speaking.text.paragraph)]
        dated = False
        for line, key in self._sort_events_by_date(met):
            note = self.margin.make_first_note(key, self.section, self.parent)
            if note:
                if dated and key in self.course.events:
                    note.apart = LIST_DISTANCE
                notes.append((line, note))
                dated = key in self.course.events
        return notes

    def _sort_events_by_date(self, met: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Return what a paragraph speaks of, with its lines; its events in the order of their dates."""
        events = self.course.events
        dates = iter(sorted((key for _, key in met if key in events), key=lambda k: make_date_key(events[k])))
        return [(line, next(dates) if key in events else key) for line, key in met]

    def make_list(
        self, title: Text | None, texts: Sequence[Text], cue: str | None
    ) -> Iterator[FlowBlock | AnnotatedText]:
        """Yield a list under its title; each item hangs from a square in the section's hue."""
        course, look = self.course, self.course.type
        if title:
            node = self.parent.add("P")
            paragraph = set_ragged(course.get_plain_text(title), look.strong, course.page.text)
            yield TextBlock(paragraph, node, look.body.leading, keep=True)
        items = self.parent.add("L", attributes={"List": "/ListNumbering/Square"})
        hue = look.colours.get_section_look(self.section).hue
        indent = BULLET_INDENT * look.scale
        last = len(texts) - 1
        ends = {0, last - 1} - {last}  # the first two and the last two stay together
        for i, item in enumerate(texts):
            li = items.add("LI")
            lead = make_bullet_drawing(li.add("Lbl", actual="•"), hue, look.body)
            paragraph = Paragraph(
                course.make_runs_or_text(item, look.body),
                varied(look.body, align="left"),
                course.page.text - indent,
            )
            before = look.body.leading / 2 if i == 0 and not title else 0
            after = look.body.leading / 2 if i == last else 0
            block = TextBlock(paragraph, li.add("LBody"), before, after, i in ends, indent=indent, lead=lead)
            yield AnnotatedText(block, cue if i == 0 else None)

    def make_quotation(
        self, quote: Quote, mark: PageDestination | None, cue: str | None
    ) -> Iterator[AnnotatedText]:
        """Yield a quotation: translation, original, and where it stands."""
        course, look, own = self.course, self.course.type, self.course.edition.print
        box = self.parent.add("BlockQuote")
        texts = course.make_paragraphs(quote.text, look.quotation)
        blocks = [self._make_quoted_paragraph(p, i, len(texts), box) for i, p in enumerate(texts)]
        if original := course.find_original(quote.original, quote.text):
            opening, closing = find_quotation_marks(
                course.outline.original_language or "", course.options.lang
            )
            runs = [Run(f"{opening}{original}{closing}", look.original.face)]
            node = box.add("P", lang=course.outline.original_language)
            blocks.append(TextBlock(self._set_indented(runs, look.original), node))
        blocks.append(
            TextBlock(self._set_indented(self._write_attribution(quote), look.small_quiet), box.add("P"))
        )
        side = (look.colours.ink, 1.5 * look.rules)
        for i, text in enumerate(blocks):
            text.snap, text.indent, text.side = False, BULLET_INDENT * look.scale, side
            text.before = look.body.leading if i == 0 else 0
            text.after = look.body.leading if i == len(blocks) - 1 else own.below_quoted
            # a page of few lines would lose much of them: it parts the original from the translation
            text.keep = i == len(blocks) - 2 if own.parts_blocks else i < len(blocks) - 1
            text.joined = i < len(blocks) - 1
        blocks[0].mark = mark
        for i, text in enumerate(blocks):
            yield AnnotatedText(text, cue if i == 0 else None)

    def _set_indented(self, runs: list[Run] | str, style: Style) -> Paragraph:
        return Paragraph(
            runs, varied(style, align="left"), self.course.page.text - BULLET_INDENT * self.course.type.scale
        )

    def _make_quoted_paragraph(self, runs: list[Run] | str, index: int, count: int, box: Node) -> TextBlock:
        """Return a paragraph of a quotation, marks before the first and after the last."""
        style = self.course.type.quotation
        opened, closed = self.course.get_fixed_words("quoted", text="\0").split("\0")
        if isinstance(runs, str):
            runs = [Run(runs, style.face)]
        if index == 0:
            runs = [replace(runs[0], text=opened + runs[0].text), *runs[1:]]
        if index == count - 1:
            runs = [*runs[:-1], replace(runs[-1], text=runs[-1].text + closed)]
        only = runs[0].text if len(runs) == 1 and runs[0].face is style.face and not runs[0].link else runs
        return TextBlock(self._set_indented(only, style), box.add("P"))

    def _write_attribution(self, quote: Quote) -> list[Run]:
        course, style = self.course, self.course.type.small_quiet
        runs: list[Run] = []
        if quote.by:
            runs += course.make_runs(quote.by, style)
            runs.append(Run(f"{find_missing_stop(runs[-1].text)} ", style.face))
        runs += course.make_runs(quote.document, style)
        if quote.date:
            when = course.bind_spaces(
                formatting.write_with_old_style(quote.date, quote.old_style, course.locale)
            )
            runs.append(Run(f"{find_missing_stop(runs[-1].text)} {when}", style.face))
        runs.append(Run(find_missing_stop(runs[-1].text), style.face))
        return [*runs, *course.make_references(quote.source)]


def make_bullet_drawing(node: Node, hue: str, style: Style) -> DrawAt:
    """Return what draws a list's square, which reads as a bullet."""

    size = style.size * 0.75 if style.size < 16 else style.size

    def lead(page: GuidePage, x: float, y: float) -> None:
        page.items.append(PageText("\u25a0", x, y, style.face, size, hue, node))

    return lead


def make_teacher_notes(
    course: GuideContent, notes: Mapping[str, str], node: Node, width: float
) -> list[TextBlock]:
    """Return the teacher's notes, beside a red rule."""
    look = course.type
    texts = course.make_paragraphs(notes, look.small)
    last = len(texts) - 1
    half = look.body.leading / 2
    return [
        TextBlock(
            Paragraph(runs, look.small, width - BULLET_INDENT),
            node.add("P"),
            half if i == 0 else 0,
            half if i == last else 0,
            keep=i < last,
            indent=BULLET_INDENT,
            snap=False,
            side=(look.colours.red, 1.5),
            joined=i < last,
        )
        for i, runs in enumerate(texts)
    ]


def make_writing_lines_drawing(
    course: GuideContent, count: int, wide: bool = False, left: float = 0
) -> DrawAt:
    """Return what draws `count` lines to write on, the first a line below the top."""
    width = (course.page.full_width if wide else course.page.text) - left
    pitch = course.type.ruling

    def draw(page: GuidePage, x: float, y: float) -> None:
        for i in range(1, count + 1):
            page.items.append(
                PageRectangle(x + left, y + i * pitch - 0.25, width, 0.5, fill=course.type.colours.rule)
            )

    return draw
