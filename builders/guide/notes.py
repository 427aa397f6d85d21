"""What stands in the margin: terms, people and dates where they are first met, and the questions of the text.

In large print, which has one column, the same notes follow their paragraph as blocks.
"""

from collections.abc import Iterator, Sequence

from builders import writing
from builders.dates import civil
from builders.guide.blocks import Block, Fixed, Lead, Text
from builders.guide.course import Course
from builders.guide.margin import CLOSE, Drawn, Note, Piece
from builders.guide.page import Area, Page, Rule, Sign, Words
from builders.guide.record import Record
from builders.outline import Person, Term
from builders.text.paragraph import Paragraph, Run
from builders.text.tree import Node

SQUARE = 8.5
LIFE_ROOM = 25.0  # beside a life line, for its years
LEAST_LINE = 8.0  # before or after a life: a shorter line would read as a minus before the year
INSET = 23.0  # of a note below its paragraph, from the rule's left
BLOCK_APART = 12.5  # between such notes
MOST_BESIDE = 0.45  # of the page's depth: a longer note stands below its paragraph


class Margin:
    """Makes the notes of one document, each person, term and date once."""

    def __init__(self, course: Course, record: Record) -> None:
        self.course, self.record = course, record
        births = [p.born.first for p in course.outline.people if p.born]
        deaths = [p.died.last for p in course.outline.people if p.died]
        periods = [s.period for s in course.outline.sections]
        self.first = min([*births, *(p.first for p in periods)])
        self.last = max([*deaths, *(p.last for p in periods)])

    def first_met(self, key: str, section: int, parent: Node) -> Note | None:
        """Return the note for a link's target where it has not been met yet."""
        course = self.course
        known = key in course.terms or key in course.people or key in course.events
        if not known or not self.record.meet(key):
            return None
        if key in course.terms:
            return self._term(course.terms[key], parent)
        if key in course.people:
            return self._person(course.people[key], section, parent)
        return self._date(key, parent)

    def cue(self, text: str, parent: Node) -> Note:
        """Return a question of the margin."""
        look = self.course.type
        size = SQUARE * look.scale**0.5
        width = self._width([Run(text, look.small_bold.face)])
        paragraph = Paragraph(text, look.small_bold, width - size - 5.5)

        def square(page: Page, x: float, y: float) -> None:
            side = size - 0.8
            page.items.append(Area(x + 0.4, y - size + 1, side, side, stroke=look.colours.red, line=0.8))

        note = self._note([Piece(paragraph, parent.add("P"), size + 5.5, square)], width)
        note.pinned = True
        return note

    def as_blocks(self, note: Note) -> Iterator[Block]:
        """Yield a note as blocks beside a rule, for where there is no margin or a note is too long for it."""
        look = self.course.type
        thick = 1.5 * look.rules
        side = (look.colours.ink, thick)
        first, last = note.pieces[0], note.pieces[-1]
        for piece in note.pieces:
            before = 0.0 if piece is not first else BLOCK_APART if note.apart > CLOSE else BLOCK_APART / 2
            after = BLOCK_APART if piece is last else 0.0
            if isinstance(piece, Drawn):
                yield Fixed(
                    piece.height, self._beside_rule(piece, thick), before, after, keep=piece is not last
                )
                continue
            yield Text(
                piece.paragraph,
                piece.node,
                before,
                after,
                keep=piece is not last,
                indent=INSET + piece.indent,
                lead=_shifted(piece.lead, INSET) if piece.lead else None,
                snap=False,
                side=side,
            )

    def _beside_rule(self, piece: Drawn, thick: float) -> Lead:
        def draw(page: Page, x: float, y: float) -> None:
            line = ((x + thick / 2, y), (x + thick / 2, y + piece.height))
            page.items.append(Rule(line, self.course.type.colours.ink, thick))
            piece.put(page, x + INSET, y + piece.drop)

        return draw

    def _width(self, runs: Sequence[Run]) -> float:
        """Return the width of a note: the margin's, or the text's where it would be too long."""
        course = self.course
        if course.page.margin:
            beside = Paragraph(runs, course.type.small, course.page.margin)
            if beside.height <= MOST_BESIDE * course.page.depth:
                return course.page.margin
        return course.page.text - INSET

    def _note(self, pieces: Sequence[Piece | Drawn], width: float) -> Note:
        apart = self.course.options.theme.guide.spacing.between_notes
        return Note(pieces, apart, beside=width == self.course.page.margin)

    def _head(self, name: str, original: str | None, width: float) -> Paragraph:
        course, look = self.course, self.course.type
        runs = [Run(name, look.small_bold.face)]
        if original:
            runs += [
                Run(" ", look.small.face),
                Run(original, look.small.face, look.colours.ink2, lang=course.original(original)),
            ]
        return Paragraph(runs, look.small, width)

    def _text(self, runs: Sequence[Run], key: str) -> list[Run]:
        """Return a note's text with the page of its entry at the back."""
        return [*runs, Run("\u00a0", self.course.type.small.face), page_run(self.course, key)]

    def _term(self, term: Term, parent: Node) -> Note:
        course, style = self.course, self.course.type.small
        node = parent.add("Note", id=f"note-{term.id}")
        runs = self._text(course.as_runs(term.definition, style), term.id)
        width = self._width(runs)
        head = self._head(course.say(term.name), term.original, width)
        return self._note([Piece(head, node), Piece(Paragraph(runs, style, width), node)], width)

    def _person(self, person: Person, section: int, parent: Node) -> Note:
        course, style = self.course, self.course.type.small
        node = parent.add("Note", id=f"note-{person.id}")
        runs = self._text(course.as_runs(person.role, style), person.id)
        width = self._width(runs)
        pieces: list[Piece | Drawn] = [
            Piece(self._head(course.say(person.name), person.original, width), node),
            Piece(Paragraph(runs, style, width), node),
        ]
        if person.born and person.died:

            def life(page: Page, x: float, y: float) -> None:
                self._life(page, person, section, x, y, width, node)

            pieces.insert(1, Drawn(style.leading, style.drop, life))
        return self._note(pieces, width)

    def _life(
        self, page: Page, person: Person, section: int, x: float, y: float, width: float, node: Node
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
        words = [writing.year(civil(d)[0], course.locale) for d in (person.born.first, person.died.first)]
        before = born - 3 - face.width(words[0]) * size / 1000
        after = died + 3 + face.width(words[1]) * size / 1000
        ink = look.colours
        for a, b in ((x, before - 3), (after + 3, x + width)):
            if b - a > LEAST_LINE:
                page.items.append(Rule(((a, middle), (b, middle)), ink.rule, 0.5))
        page.items.append(Area(born, middle - 1.5, max(died - born, 1), 3, fill=ink.ink))
        period = course.outline.sections[section].period
        start, end = max(at(period.first), born), min(at(period.last), died)
        if end > start:
            hue = ink.section(section).hue
            page.items.append(Area(start, middle - 3, max(end - start, 1), 6, fill=hue))
        years = Node("Span", actual=f"{words[0]}–{words[1]}. ")
        left_year = Words(words[0], born - 3, y, face, size, ink.ink2, align="right")
        right_year = Words(words[1], died + 3, y, face, size, ink.ink2)
        page.items.append(Sign(years, [left_year, right_year], node))

    def _date(self, key: str, parent: Node) -> Note:
        """Return a date with what happened then."""
        course, look = self.course, self.course.type
        placed = course.events[key]
        event = placed.event
        node = parent.add("P")
        hue = look.colours.section(placed.section).hue
        when = [Run(course.date(event.date, short=True), look.small_bold.face, hue, link=f"#{key}")]
        if event.old_style:
            old = writing.old_style(event.date, event.old_style, course.locale, short=True)
            when.append(Run(f" ({old})", look.small.face, look.colours.ink2))
        label = course.as_runs(event.label, look.small)
        width = self._width(label)
        return self._note([Piece(Paragraph(runs, look.small, width), node) for runs in (when, label)], width)


def _shifted(lead: Lead, by: float) -> Lead:
    return lambda page, x, y: lead(page, x + by, y)


def page_run(course: Course, key: str) -> Run:
    """Return 'p. 64' as a link to a place."""
    look = course.type
    text = course.word("page" if look.large else "page_short", n="{n}").replace(" ", "\u00a0")
    text = text if "{n}" in text else f"{text}\u00a0{{n}}"
    return Run(text, look.face("sans", "semibold"), look.colours.blue, link=f"#{key}", page_of=key)
