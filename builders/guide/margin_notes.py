"""What stands in the margin: terms, people and dates where they are first met, and the questions of the text.

Where the page has one column, as in large print, the same notes follow their paragraph as blocks.
"""

from collections.abc import Iterator, Sequence

from builders.guide.content import GuideContent
from builders.guide.cross_references import LayoutRecord
from builders.guide.flow_blocks import (
    DrawAt,
    FixedBlock,
    FlowBlock,
    TextBlock,
)
from builders.guide.margin_layout import (
    LIST_DISTANCE,
    MarginNote,
    NoteDrawing,
    NoteParagraph,
)
from builders.guide.page_items import (
    GuidePage,
    PageActualText,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.language import formatting
from builders.outline.map_blocks import Place
from builders.outline.model import Person, Term
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run

CUE_SQUARE = 8.5
LIFE_ROOM = 25.0  # beside a life line, for its years
LEAST_LINE = 8.0  # before or after a life: a shorter line would read as a minus before the year
NOTE_INSET = 23.0  # of a note below its paragraph, from the rule's left
BLOCK_DISTANCE = 12.5  # between such notes
MOST_BESIDE = 0.45  # of the page's depth: a longer note stands below its paragraph


class MarginNotes:
    """Makes the notes of one document, each person, term and date once."""

    def __init__(self, course: GuideContent, record: LayoutRecord) -> None:
        self.course, self.record = course, record
        births = [p.born.first for p in course.outline.people if p.born]
        deaths = [p.died.last for p in course.outline.people if p.died]
        periods = [s.period for s in course.outline.sections]
        self.first = min([*births, *(p.first for p in periods)])
        self.last = max([*deaths, *(p.last for p in periods)])

    def make_first_note(self, key: str, section: int, parent: Node) -> MarginNote | None:
        """Return the note for a link's target where it has not been met yet."""
        course = self.course
        known = any(key in group for group in (course.terms, course.people, course.places, course.events))
        if not known or not self.record.record_first_mention(key):
            return None
        if key in course.terms:
            return self._make_term_note(course.terms[key], parent)
        if key in course.people:
            return self._make_person_note(course.people[key], section, parent)
        if key in course.places:
            return self._make_place_note(course.places[key], parent)
        return self._make_date_note(key, parent)

    def make_cue(self, text: str, parent: Node) -> MarginNote:
        """Return a question of the margin."""
        look = self.course.type
        size = CUE_SQUARE * look.scale**0.5
        width = self._choose_width([Run(text, look.small_bold.face)])
        paragraph = Paragraph(text, look.small_bold, width - size - 5.5)

        def square(page: GuidePage, x: float, y: float) -> None:
            side = size - 0.8
            page.items.append(
                PageRectangle(x + 0.4, y - size + 1, side, side, stroke=look.colours.red, line=0.8)
            )

        note = self._make_note([NoteParagraph(paragraph, parent.add("P"), size + 5.5, square)], width)
        note.pinned = True
        return note

    def make_blocks(self, note: MarginNote) -> Iterator[FlowBlock]:
        """Yield a note as blocks beside a rule, for where there is no margin or a note is too long for it."""
        look = self.course.type
        thick = 1.5 * look.rules
        side = (look.colours.ink, thick)
        first, last = note.pieces[0], note.pieces[-1]
        for piece in note.pieces:
            before = (
                0.0
                if piece is not first
                else BLOCK_DISTANCE
                if note.apart > LIST_DISTANCE
                else BLOCK_DISTANCE / 2
            )
            after = BLOCK_DISTANCE if piece is last else 0.0
            if isinstance(piece, NoteDrawing):
                yield FixedBlock(
                    piece.height,
                    self._make_drawing_beside_rule(piece, thick),
                    before,
                    after,
                    keep=piece is not last,
                )
                continue
            yield TextBlock(
                piece.paragraph,
                piece.node,
                before,
                after,
                keep=piece is not last,
                indent=NOTE_INSET + piece.indent,
                lead=_shift_drawing(piece.lead, NOTE_INSET) if piece.lead else None,
                snap=False,
                side=side,
            )

    def _make_drawing_beside_rule(self, piece: NoteDrawing, thick: float) -> DrawAt:
        def draw(page: GuidePage, x: float, y: float) -> None:
            line = ((x + thick / 2, y), (x + thick / 2, y + piece.height))
            page.items.append(PagePolyline(line, self.course.type.colours.ink, thick))
            piece.place_on_page(page, x + NOTE_INSET, y + piece.drop)

        return draw

    def _choose_width(self, runs: Sequence[Run]) -> float:
        """Return the width of a note: the margin's, or the text's where it would be too long."""
        course = self.course
        if course.page.margin:
            beside = Paragraph(runs, course.type.small, course.page.margin)
            if beside.height <= MOST_BESIDE * course.page.depth:
                return course.page.margin
        return course.page.text - NOTE_INSET

    def _make_note(self, pieces: Sequence[NoteParagraph | NoteDrawing], width: float) -> MarginNote:
        apart = self.course.options.theme.guide.spacing.between_notes
        return MarginNote(pieces, apart, beside=width == self.course.page.margin)

    def _set_head(self, entry: Person | Term | Place, width: float) -> Paragraph:
        course, look = self.course, self.course.type
        runs = [Run(course.get_plain_text(entry.name), look.small_bold.face)]
        if original := course.find_original(entry.original, entry.name):
            lang = course.find_original_language(original)
            runs += [
                Run(" ", look.small.face),
                Run(original, look.small.face, look.colours.ink2, lang=lang),
            ]
        return Paragraph(runs, look.small, width)

    def _add_page_link(self, runs: Sequence[Run], key: str) -> list[Run]:
        """Return a note's text with the page of its entry at the back."""
        return [*runs, Run("\u00a0", self.course.type.small.face), make_page_link(self.course, key)]

    def _make_place_note(self, place: Place, parent: Node) -> MarginNote | None:
        """Return the note of a place that the outline says something about."""
        if place.note is None:
            return None
        course, style = self.course, self.course.type.small
        node = parent.add("Note", id=f"note-{place.id}")
        runs = self._add_page_link(course.make_runs(place.note, style), place.id)
        width = self._choose_width(runs)
        head = self._set_head(place, width)
        pieces = [
            NoteParagraph(head, node.add("P")),
            NoteParagraph(Paragraph(runs, style, width), node.add("P")),
        ]
        return self._make_note(pieces, width)

    def _make_term_note(self, term: Term, parent: Node) -> MarginNote:
        course, style = self.course, self.course.type.small
        node = parent.add("Note", id=f"note-{term.id}")
        runs = self._add_page_link(course.make_runs(term.definition, style), term.id)
        width = self._choose_width(runs)
        head = self._set_head(term, width)
        return self._make_note(
            [NoteParagraph(head, node), NoteParagraph(Paragraph(runs, style, width), node)], width
        )

    def _make_person_note(self, person: Person, section: int, parent: Node) -> MarginNote:
        course, style = self.course, self.course.type.small
        node = parent.add("Note", id=f"note-{person.id}")
        runs = self._add_page_link(course.make_runs(person.role, style), person.id)
        width = self._choose_width(runs)
        pieces: list[NoteParagraph | NoteDrawing] = [
            NoteParagraph(self._set_head(person, width), node),
            NoteParagraph(Paragraph(runs, style, width), node),
        ]
        if person.born and person.died:

            def life(page: GuidePage, x: float, y: float) -> None:
                self._place_life(page, person, section, x, y, width, node)

            pieces.insert(1, NoteDrawing(style.leading, style.drop, life))
        return self._make_note(pieces, width)

    def _place_life(
        self, page: GuidePage, person: Person, section: int, x: float, y: float, width: float, node: Node
    ) -> None:
        """Draw a life to scale: a bar with its years, the section's time marked on it."""
        assert person.born is not None
        assert person.died is not None
        course, look = self.course, self.course.type
        size, face = look.small.size, look.small.face
        room = LIFE_ROOM * look.scale
        left, right = x + room, x + width - room

        def at(day: int) -> float:
            return left + (day - self.first) * (right - left) / (self.last - self.first)

        born, died = at(person.born.first), at(person.died.last)
        middle = y - size * 0.33
        words = [formatting.write_year(date.known.year, course.locale) for date in (person.born, person.died)]
        before = born - 3 - face.width(words[0]) * size / 1000
        after = died + 3 + face.width(words[1]) * size / 1000
        ink = look.colours
        for a, b in ((x, before - 3), (after + 3, x + width)):
            if b - a > LEAST_LINE:
                page.items.append(PagePolyline(((a, middle), (b, middle)), ink.rule, 0.5))
        page.items.append(PageRectangle(born, middle - 1.5, max(died - born, 1), 3, fill=ink.ink))
        period = course.outline.sections[section].period
        start, end = max(at(period.first), born), min(at(period.last), died)
        if end > start:
            hue = ink.get_section_look(section).hue
            page.items.append(PageRectangle(start, middle - 3, max(end - start, 1), 6, fill=hue))
        years = Node("Span", actual=f"{words[0]}–{words[1]}. ")
        left_year = PageText(words[0], born - 3, y, face, size, ink.ink2, align="right")
        right_year = PageText(words[1], died + 3, y, face, size, ink.ink2)
        page.items.append(PageActualText(years, [left_year, right_year], node))

    def _make_date_note(self, key: str, parent: Node) -> MarginNote:
        """Return a date with what happened then."""
        course, look = self.course, self.course.type
        placed = course.events[key]
        event = placed.event
        node = parent.add("P")
        hue = look.colours.get_section_look(placed.section).hue
        when = [Run(course.write_date(event.date, short=True), look.small_bold.face, hue, link=f"#{key}")]
        if event.old_style:
            old = formatting.write_old_style(event.date, event.old_style, course.locale, short=True)
            when.append(Run(f" ({old})", look.small.face, look.colours.ink2))
        label = course.make_runs(event.label, look.small)
        width = self._choose_width(label)
        return self._make_note(
            [NoteParagraph(Paragraph(runs, look.small, width), node) for runs in (when, label)], width
        )


def _shift_drawing(lead: DrawAt, by: float) -> DrawAt:
    return lambda page, x, y: lead(page, x + by, y)


def make_page_link(course: GuideContent, key: str) -> Run:
    """Return 'p. 64' as a link to a place."""
    look = course.type
    text = course.get_fixed_words(course.edition.print.page_word, n="{n}").replace(" ", "\u00a0")
    text = text if "{n}" in text else f"{text}\u00a0{{n}}"
    return Run(text, look.choose_face("sans", "semibold"), look.colours.blue, link=f"#{key}", page_of=key)
