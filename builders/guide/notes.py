"""What stands in the margin: terms, people and dates where they are first met, and the questions of the text.

In large print, which has one column, the same notes follow their paragraph as blocks.
"""

from collections.abc import Sequence

from builders import writing
from builders.dates import civil
from builders.guide.blocks import Fixed
from builders.guide.course import Course
from builders.guide.margin import Note
from builders.guide.page import Area, Lines, Page, Rule, Words
from builders.outline import Person, Term
from builders.text.paragraph import Paragraph, Run
from builders.text.tree import Node

SQUARE = 8.5
LIFE_ROOM = 25.0  # beside a life line, for its years


class Margin:
    """Makes the notes of one document, each person, term and date once."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.met: set[str] = set()
        births = [p.born.first for p in course.outline.people if p.born]
        deaths = [p.died.last for p in course.outline.people if p.died]
        periods = [s.period for s in course.outline.sections]
        self.first = min([*births, *(p.first for p in periods)])
        self.last = max([*deaths, *(p.last for p in periods)])

    def first_met(self, key: str, section: int, parent: Node) -> Note | None:
        """Return the note for a link's target where it has not been met yet."""
        course = self.course
        if key in self.met:
            return None
        if key in course.terms:
            self.met.add(key)
            return self._term(course.terms[key], parent)
        if key in course.people:
            self.met.add(key)
            return self._person(course.people[key], section, parent)
        if key in course.events:
            self.met.add(key)
            return self._date(key, parent)
        return None

    def cue(self, text: str, parent: Node) -> Note:
        """Return a question of the margin."""
        look, width = self.course.type, self._width
        paragraph = Paragraph(text, look.small_bold, width - SQUARE - 5.5)
        node = parent.add("P")
        size = SQUARE * look.scale**0.5

        def put(page: Page, x: float, y: float) -> None:
            page.items.append(
                Area(x + 0.4, y - size + 1, size - 0.8, size - 0.8, stroke=look.colours.red, line=0.8)
            )
            page.items.append(Lines(paragraph, x + size + 5.5, y, node))

        return Note(paragraph.height, paragraph.style.drop, put)

    def as_block(self, note: Note) -> Fixed:
        """Return a note as a block with a rule beside it."""
        look = self.course.type

        def draw(page: Page, x: float, y: float) -> None:
            page.items.append(Rule(((x + 1.5, y), (x + 1.5, y + note.height)), look.colours.ink, 3))
            note.put(page, x + 23, y + note.drop)

        return Fixed(note.height, draw, before=12.5, after=12.5)

    @property
    def _width(self) -> float:
        page = self.course.page
        return page.margin or page.text - 23

    def _head(self, name: str, original: str | None) -> Paragraph:
        course, look = self.course, self.course.type
        runs = [Run(name, look.small_bold.face)]
        if original:
            runs += [
                Run(" ", look.small.face),
                Run(original, look.small.face, look.colours.ink2, lang=course.original(original)),
            ]
        return Paragraph(runs, look.small, self._width)

    def _text(self, runs: Sequence[Run], key: str) -> Paragraph:
        """Return a note's text with the page of its entry at the back."""
        look = self.course.type
        return Paragraph(
            [*runs, Run(" ", look.small.face), page_run(self.course, key)], look.small, self._width
        )

    def _term(self, term: Term, parent: Node) -> Note:
        course = self.course
        node = parent.add("Note", id=f"note-{term.id}")
        head = self._head(course.say(term.name), term.original)
        text = self._text(course.as_runs(term.definition, course.type.small), term.id)
        return _stacked(node, [head, text], [0, 0])

    def _person(self, person: Person, section: int, parent: Node) -> Note:
        course = self.course
        node = parent.add("Note", id=f"note-{person.id}")
        head = self._head(course.say(person.name), person.original)
        text = self._text(course.as_runs(person.role, course.type.small), person.id)
        if person.born is None or person.died is None:
            return _stacked(node, [head, text], [0, 0])
        line = head.style.leading
        note = _stacked(node, [head, text], [0, line])
        put = note.put

        def with_life(page: Page, x: float, y: float) -> None:
            put(page, x, y)
            self._life(page, person, section, x, y + head.height, node)

        return Note(note.height, note.drop, with_life)

    def _life(self, page: Page, person: Person, section: int, x: float, y: float, node: Node) -> None:
        """Draw a life to scale: a bar with its years, the section's time marked on it."""
        assert person.born is not None
        assert person.died is not None
        course, look = self.course, self.course.type
        size, face = look.small.size, look.small.face
        room = LIFE_ROOM * look.scale
        left, right = x + room, x + self._width - room

        def at(day: int) -> float:
            return left + (day - self.first) * (right - left) / (self.last - self.first)

        born, died = at(person.born.first), at(person.died.last)
        middle = y - size * 0.33
        words = [writing.year(civil(d)[0], course.locale) for d in (person.born.first, person.died.first)]
        before = born - 3 - face.width(words[0]) * size / 1000
        after = died + 3 + face.width(words[1]) * size / 1000
        ink = look.colours
        for a, b in ((x, before - 3), (after + 3, x + self._width)):
            if b - a > 2:
                page.items.append(Rule(((a, middle), (b, middle)), ink.rule, 0.5))
        page.items.append(Area(born, middle - 1.5, max(died - born, 1), 3, fill=ink.ink))
        period = course.outline.sections[section].period
        start, end = max(at(period.first), born), min(at(period.last), died)
        if end > start:
            hue = ink.section(section).hue
            page.items.append(Area(start, middle - 3, max(end - start, 1), 6, fill=hue))
        page.items.append(Words(words[0], born - 3, y, face, size, ink.ink2, node, align="right"))
        page.items.append(Words(words[1], died + 3, y, face, size, ink.ink2, node))

    def _date(self, key: str, parent: Node) -> Note:
        course, look = self.course, self.course.type
        placed = course.events[key]
        event = placed.event
        node = parent.add("P")
        hue = look.colours.section(placed.section).hue
        date = Run(course.date(event.date, short=True), look.small_bold.face, hue, link=f"#{key}")
        head = Paragraph([date], look.small, self._width)
        parts = [head]
        if event.old_style:
            old = writing.old_style(event.date, event.old_style, course.locale, short=True)
            parts.append(Paragraph(old, look.small_quiet, self._width))
        return _stacked(node, parts, [0] * len(parts))


def _stacked(node: Node, paragraphs: Sequence[Paragraph], spaces: Sequence[float]) -> Note:
    """Return a note of paragraphs below each other, each after a space."""

    def put(page: Page, x: float, y: float) -> None:
        for paragraph, space in zip(paragraphs, spaces, strict=True):
            page.items.append(Lines(paragraph, x, y + space, node))
            y += space + paragraph.height

    height = sum(p.height for p in paragraphs) + sum(spaces)
    return Note(height, paragraphs[0].style.drop, put)


def page_run(course: Course, key: str) -> Run:
    """Return 'p. 64' as a link to a place."""
    look = course.type
    text = course.word("page" if look.large else "page_short", n="{n}").replace(" ", "\u00a0")
    text = text if "{n}" in text else f"{text}\u00a0{{n}}"
    return Run(text, look.face("sans", "semibold"), look.colours.blue, link=f"#{key}", page_of=key)
