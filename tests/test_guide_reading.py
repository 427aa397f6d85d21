"""The guide as it is read aloud: its tree says what the outline says, in reading order."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

import pytest

from builders.guide import build
from builders.guide.back_matter import write_sort_name
from builders.guide.content import GuideContent
from builders.guide.typography import make_sort_key
from builders.language import locales, markup
from builders.outline.blocks import Block
from builders.outline.model import Event, Question, Section
from tests.guide_building import EDITIONS, athens, built, options, same
from tests.pdf_reading import Element, tree

Text = Mapping[str, str]


def plain(text: Text, lang: str) -> Iterator[str]:
    """Yield a text's paragraphs without markup, citations and what stands for blanks left to the reader."""
    yield from markup.strip_markup(text[lang]).split("\n\n")


def by_date(event: Event) -> tuple[int, int]:
    return event.date.first, event.date.last


class Script:
    """What a guide says, piece by piece, in reading order."""

    def __init__(self, lang: str, edition: str) -> None:
        self.lang, self.edition = lang, edition
        self.course = GuideContent(athens(), options(lang, edition=edition))
        self.met: set[str] = set()

    def all(self) -> Iterator[str]:
        outline, teacher = athens(), self.edition == "teacher"
        for section in outline.sections:
            yield from self.say(section.title, section.question, section.summary, *section.goals)
            if teacher and section.notes:
                yield from self.say(section.notes)
            if self.edition == "large-print":
                main = [e for e in section.events if e.importance == 3]
                yield from self.say(*(e.label for e in sorted(main, key=by_date)))
            for block in section.blocks:
                yield from self.block(block)
                if teacher and block.notes:
                    yield from self.say(block.notes)
            for question in section.questions:
                yield from self.question(question)
        yield from self.back(outline.sections)

    def say(self, *texts: Text) -> Iterator[str]:
        for text in texts:
            yield from plain(text, self.lang)

    def notes(self, text: str) -> Iterator[str]:
        """Yield the notes of what a paragraph speaks of for the first time."""
        events = self.course.events
        keys = [k for k in re.findall(r"\]\(#([\w-]+)\)", text) if k not in self.met]
        for key in keys:
            self.met.add(key)
            entry = self.course.terms.get(key) or self.course.people.get(key)
            if entry:
                role = entry.definition if key in self.course.terms else entry.role  # type: ignore[union-attr]
                yield from self.say(entry.name, role)
            elif key in events:
                yield from self.say(events[key].event.label)

    def block(self, block: Block) -> Iterator[str]:
        cue = list(self.say(block.cue)) if block.cue else []
        if block.heading:
            yield from self.say(block.heading)
        elif block.text:
            for text in block.text[self.lang].split("\n\n"):
                yield markup.strip_markup(text).strip()
                yield from cue
                cue = []
                yield from self.notes(text)
        elif block.points:
            yield from self.say(block.points.title) if block.points.title else ()
            for item in block.points.items:
                yield from self.say(item)
                yield from cue
                cue = []
                yield from self.notes(item[self.lang])
        elif block.quote:
            yield from self.say(block.quote.text)
            yield block.quote.original or ""
            yield from self.say(*filter(None, [block.quote.by, block.quote.document]))
        else:
            yield from self.display(block)
        yield from cue

    def display(self, block: Block) -> Iterator[str]:
        content = block.compare or block.table
        if content:
            yield from self.say(content.title, *filter(None, [content.corner]), *content.columns)
            for row in content.rows:
                yield from self.say(row.head, *(c for c in row.cells if isinstance(c, Mapping)))
            yield from self.say(content.note) if content.note else ()
        elif block.chart:
            yield from self.say(block.chart.title, block.chart.measure)
            if block.chart.kind != "line":
                yield from self.say(*(row.head for row in block.chart.rows))
            yield from self.say(block.chart.note) if block.chart.note else ()
        elif block.debate:
            yield from self.say(block.debate.question)
            for position in block.debate.positions:
                yield from self.say(position.claim, position.holders, position.text)
            yield from self.say(block.debate.closing) if block.debate.closing else ()
        elif block.image:
            yield from self.say(*filter(None, [block.image.caption, block.image.credit]))

    def question(self, question: Question) -> Iterator[str]:
        yield from self.say(question.prompt, *(o.text for o in question.options))
        if self.edition == "teacher":
            yield from self.answer(question)

    def answer(self, question: Question) -> Iterator[str]:
        yield from self.say(*filter(None, [question.why, question.answer]))
        yield from self.say(*(c.criterion for c in question.rubric))

    def back(self, sections: tuple[Section, ...]) -> Iterator[str]:
        outline = athens()
        for event in sorted((e for s in sections for e in s.events), key=by_date):
            yield next(n for lane in outline.lanes if lane.id == event.lane for n in self.say(lane.name))
            yield from self.say(event.label, *filter(None, [event.text]))
        for person in sorted(outline.people, key=lambda p: make_sort_key(write_sort_name(self.course, p))):
            yield write_sort_name(self.course, person)
            yield from self.say(person.role)
        for term in sorted(outline.terms, key=lambda t: make_sort_key(t.name[self.lang])):
            yield from self.say(term.name, term.definition)
        if self.edition in ("study", "large-print"):
            for section in sections:
                for question in section.questions:
                    yield from self.answer(question)


def spoken(element: Element) -> str:
    """Return an element's words as a screen reader says them: the ActualText of what has one; no figures."""
    actual = element.dictionary.get("/ActualText") if element.dictionary is not None else None
    if actual is not None:
        return f" {actual} "
    if element.tag == "Figure":
        return " "
    if not element.kids:
        return element.text
    words = "".join(map(spoken, element.kids))
    return words if element.tag in ("Link", "Span", "Reference", "Words") else f" {words} "


def loose(text: str) -> str:
    """Return a text's words alone: no signs, references, letters of blanks, or spaces between."""
    text = re.sub(r"\[[\d, .c§]+\]", "", text.replace("\u00ad", ""))
    return re.sub(r"[\W_]+", "", text)


@cache
def heard(lang: str, edition: str) -> str:
    return loose(spoken(tree(built(lang, edition))))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_guide_is_read_in_the_outline_s_order(lang: str, edition: str) -> None:
    words, at = heard(lang, edition), 0
    at = words.index(loose(athens().sections[0].summary[lang])[:20])  # past title page and contents
    at = words.rindex(loose(athens().sections[0].title[lang]), 0, at)
    for piece in Script(lang, edition).all():
        wanted = loose(piece)
        found = _find(words, wanted, at, edition)
        assert found >= 0, (piece, words[at : at + 200])
        at = found
    assert at <= len(words)


def _find(words: str, wanted: str, at: int, edition: str) -> int:
    """Return where a piece ends, not far from where the last did; -1 if it is not there."""
    reach = at + len(wanted) + 2000
    place = words.find(wanted, at, reach)
    if place >= 0:
        return place + len(wanted)
    # references in large print, letters of blanks, and in a worksheet the blanks themselves stand between
    gap = r"(?:.{0,14}?)" if edition in ("worksheet", "teacher", "large-print") else r"(?:[\d]{0,4})"
    pieces = [re.escape(wanted[i : i + 6]) for i in range(0, len(wanted), 6)]
    if edition == "worksheet":
        pieces = pieces[: len(pieces) // 3] or pieces  # the first third, before most blanks
    match = re.compile(gap.join(pieces)).search(words, at, reach)
    return match.end() if match else -1


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_said_that_is_not_in_the_outline_or_a_fixed_word(edition: str) -> None:
    outline, locale = athens(), locales.load_locale("en")
    told = str(outline.model_dump(warnings=False))
    known = " ".join([*locale.words["guide"].values(), *locale.common.values(), told]).casefold()
    known += " bc ad ii iii iv march september"
    said = re.findall(r"[^\W\d_]+", spoken(tree(built("en", edition))).replace("\u00ad", "").casefold())
    strange = {w for w in said if w not in known and len(w) > 1}
    assert strange == set()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_levels_of_headings_never_skip(lang: str, edition: str) -> None:
    levels = [int(e.tag[1]) for e in tree(built(lang, edition)).walk() if re.fullmatch(r"H\d", e.tag)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_data_cell_is_reached_by_its_heads(edition: str) -> None:
    """In each table a TD has a TH with column scope above it and a row's TH beside it, spans counted."""
    for table in (e for e in tree(built("en", edition)).walk() if e.tag == "Table"):
        columns: set[int] = set()
        spanning: dict[int, int] = {}  # columns of row heads that reach down, and how many rows more
        for row in (e for e in table.walk() if e.tag == "TR"):
            taken, place, headed = set(spanning), 0, bool(spanning)
            spanning = {column: rows - 1 for column, rows in spanning.items() if rows > 1}
            for cell in row.kids:
                while place in taken:
                    place += 1
                attributes = dict(cell.dictionary.get("/A", [{}])[0])
                if str(attributes.get("/Scope")) == "/Column":
                    columns.add(place)
                elif str(attributes.get("/Scope")) == "/Row":
                    headed = True
                    if int(attributes.get("/RowSpan", 1)) > 1:
                        spanning[place] = int(attributes["/RowSpan"]) - 1
                else:
                    assert headed, (table.words[:60], row.words)
                    assert place in columns or not columns, (table.words[:60], row.words)
                place += 1


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_chronology_says_each_event_s_lane(lang: str, edition: str) -> None:
    names = {lane.id: lane.name[lang] for lane in athens().lanes}
    labels = {e.label[lang]: names[e.lane] for s in athens().sections for e in s.events}
    cells = [e for e in tree(built(lang, edition)).walk() if e.tag == "TD"]
    for label, lane in labels.items():
        (cell,) = [c for c in cells if any(k.words == label for k in c.kids)]
        assert lane in spoken(cell)


def test_a_name_is_filed_as_the_outline_says() -> None:
    outline = athens()
    people = [
        person.model_copy(update={"filed": same("Miletus, Aspasia of")}) if person.id == "aspasia" else person
        for person in outline.people
    ]
    (artifact,) = build(outline.model_copy(update={"people": tuple(people)}), options())
    filed = tree(artifact.data).words
    assert filed.count("Miletus, Aspasia of") == tree(built()).words.count("Aspasia of Miletus") - 1 == 2
    assert filed.count("Aspasia of Miletus") == 1  # in the margin, where she is first met
