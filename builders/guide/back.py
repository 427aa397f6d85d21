"""What stands after the last section: people, glossary, answers, sources and the index."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.fonts import Face
from builders.guide.blocks import Block, Lead, Text
from builders.guide.course import Course
from builders.guide.notes import page_run
from builders.guide.page import Mark, Page, Words
from builders.guide.prose import chapter, heading
from builders.guide.questions import answers
from builders.guide.record import Record
from builders.guide.sentences import ended, stop, writing_key
from builders.outline import Person, Source, Term
from builders.text.paragraph import Paragraph, Run, varied
from builders.text.tree import Node

HANG = 29.0


def initial(text: str) -> str:
    """Return the letter that an entry stands under."""
    key = writing_key(text)
    letter = next((c for c in key if c.isalnum()), "·")
    return "Ñ" if key.startswith("n\U0010ffff") else letter.upper()


def people(course: Course, root: Node, record: Record) -> Iterator[Block]:
    """Yield the chapter of people, by name as it is sorted."""
    sect = root.add("Sect")
    yield chapter(
        course, course.word("people"), sect.add("H1"), Mark("people", 0, 0, course.word("people"), 0)
    )
    listed = sorted(course.outline.people, key=lambda p: (writing_key(sort_name(course, p)), p.id))
    yield from _entries(course, sect, record, [(sort_name(course, p), p) for p in listed])


def glossary(course: Course, root: Node, record: Record) -> Iterator[Block]:
    """Yield the glossary."""
    sect = root.add("Sect")
    word = course.word("glossary")
    yield chapter(course, word, sect.add("H1"), Mark("glossary", 0, 0, word, 0))
    listed = sorted(course.outline.terms, key=lambda t: (writing_key(course.say(t.name)), t.id))
    yield from _entries(course, sect, record, [(course.say(t.name), t) for t in listed])


def sort_name(course: Course, person: Person) -> str:
    """Return a person's name as lists give it: 'Curie, Marie'.

    Where the outline does not say how, a name whose last word is a numeral, or that has a particle in it
    ('Aspasia de Mileto'), stays as it is.
    """
    if person.filed:
        return course.say(person.filed)
    name = course.say(person.name)
    words = name.split(" ")
    plain = (
        len(words) > 1 and all(w[:1].isupper() for w in words) and not re.fullmatch(r"[IVXLC]+", words[-1])
    )
    return f"{words[-1]}, {' '.join(words[:-1])}" if plain else name


def _entries(
    course: Course, sect: Node, record: Record, entries: Sequence[tuple[str, Person | Term]]
) -> Iterator[Block]:
    """Yield entries under their letters; each tells where it is first spoken of."""
    look = course.type
    letter = ""
    items = sect.add("L", attributes={"List": "/ListNumbering/None"})
    hang = HANG * look.scale**0.5
    width = course.page.text - hang
    for i, (name, entry) in enumerate(entries):
        item = items.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        runs = [Run(name, look.strong.face)]
        if entry.original:
            runs += [
                Run(" ", look.table.face),
                Run(
                    entry.original,
                    look.table.face,
                    look.colours.ink2,
                    scale=course.type.less,
                    lang=course.original(entry.original),
                ),
            ]
        head = Paragraph(runs, look.strong, width)
        new = initial(name) != letter
        letter = initial(name)
        lead = _letter(course, letter) if new else None
        before = look.body.leading / 2 if i else 0.0
        yield Text(
            head, label, before, 0, True, indent=hang, mark=Mark(entry.id, 0, 0), lead=lead, snap=False
        )
        own = varied(look.body, align="left")
        text = course.as_runs(entry.definition if isinstance(entry, Term) else entry.role, own)
        if isinstance(entry, Person) and (dates := lifetime(course, entry)):
            text = [
                Run(f"{ended(dates)} ", look.table.face, look.colours.ink2, scale=course.type.less),
                *text,
            ]
        if entry.id in record.mentions:
            text += [Run("\u00a0", own.face), _first_page(course, entry.id)]
        yield Text(Paragraph(text, own, width), body, 0, 0, indent=hang, orphans=3, snap=False)


def _first_page(course: Course, key: str) -> Run:
    """Return the link to where an entry is first spoken of: 'p. 16'."""
    run = page_run(course, key)
    return replace(
        run, link=f"#first:{key}", page_of=f"first:{key}", scale=course.type.less, face=course.type.table.face
    )


def _letter(course: Course, letter: str) -> Lead:
    look = course.type

    def lead(page: Page, x: float, y: float) -> None:
        page.items.append(Words(letter, x, y, look.h1.face, 13.5 * look.scale**0.7, look.colours.ink))

    return lead


def lifetime(course: Course, person: Person) -> str:
    """Return '1870–1924', '† 1924' or nothing."""
    if person.born and person.died:
        both = [course.date(d, short=True) for d in (person.born, person.died)]
        return " – ".join(both) if any(" " in b for b in both) else "–".join(both)
    if person.died:
        return "† " + course.date(person.died, short=True)
    return course.word("born", date=course.date(person.born, short=True)) if person.born else ""


def answer_chapter(course: Course, root: Node) -> Iterator[Block]:
    """Yield the answers, section by section."""
    sect = root.add("Sect")
    word = course.word("answers")
    yield chapter(course, word, sect.add("H1"), Mark("answers", 0, 0, word, 0))
    for number, section in course.sections:
        if not section.questions:
            continue
        part = sect.add("Sect")
        yield heading(
            course, f"{number + 1} {course.say(section.title)}", part.add("H2"), None, course.type.h3
        )
        yield from answers(course, part, section)


def sources(course: Course, root: Node, record: Record) -> Iterator[Block]:
    """Yield the numbered list of sources with where each is cited."""
    look = course.type
    sect = root.add("Sect")
    word = course.word("sources")
    yield chapter(course, word, sect.add("H1"), Mark("sources", 0, 0, word, 0))
    items = sect.add("L", attributes={"List": "/ListNumbering/Decimal"})
    # without hyphens: an entry is in the language of its work
    hang, style = HANG * look.scale**0.5, varied(look.body, align="left", lang=None)
    for key, (number, source) in course.numbered.items():
        if course.options.section and key not in course.cited:
            continue
        item = items.add("LI")
        runs = list(_source(course, source)) + _cited(course, record, f"source:{key}")
        text = Paragraph(runs, style, course.page.text - hang)
        lead = _source_number(course, number, item.add("Lbl"))
        yield Text(
            text,
            item.add("LBody"),
            0,
            look.body.leading / 2,
            indent=hang,
            mark=Mark(f"source:{key}", 0, 0),
            lead=lead,
            snap=False,
            orphans=3,
        )


def _source_number(course: Course, number: int, node: Node) -> Lead:
    look = course.type

    def lead(page: Page, x: float, y: float) -> None:
        page.items.append(Words(str(number), x, y, look.strong.face, look.body.size, look.colours.ink, node))

    return lead


def _source(course: Course, source: Source) -> Iterator[Run]:
    """Yield an entry: author, title, where it appeared, address, remark."""
    look = course.type
    serif = look.body.face
    if source.author:
        yield Run(f"{ended(source.author)} ", serif, lang=course.original(source.author))
    title = source.title.rstrip(".")
    whole = source.kind in ("book", "document")
    shown = title if whole else course.word("quoted", text=title)
    yield Run(shown, _slanted(course, shown) if whole else serif, lang=course.original(title))
    if source.container:
        yield Run(", ", serif)
        face = serif if whole else _slanted(course, source.container)
        yield Run(source.container, face, lang=course.original(source.container))
    if source.place and source.publisher:
        place = course.locale.label(source.place, source.publisher)
    else:
        place = source.place or source.publisher or ""
    tail = ", ".join(part for part in (place, course.year_of(source)) if part)
    last = source.container or shown
    if tail:
        lang = course.original(place) if place else None
        yield Run(f"{stop(last)} {tail}" if place else f", {tail}", serif, lang=lang)
        last = tail
    yield Run(stop(last), serif)
    if source.url:
        yield Run(" ", serif)
        yield Run(source.url, look.table.face, look.colours.blue, scale=course.type.less, link=source.url)
    if source.note:
        yield Run(" ", serif)
        yield from course.as_runs(source.note, look.body)


def _slanted(course: Course, title: str) -> Face:
    """Return the italic; the upright for a title that it lacks letters of: not a part of it in each."""
    italic = course.type.face("serif", "italic")
    return italic if italic.covers.issuperset(title) else course.type.body.face


def _cited(course: Course, record: Record, key: str) -> list[Run]:
    """Return 'Cited: 16 (p. 45), 22' for a source."""
    look = course.type
    found: dict[str, list[str]] = {folio: [] for folio in record.mentions.get(key, [])}
    for locator, folio in record.citations.get(key, []):
        if locator and locator not in found.setdefault(folio, []):
            found[folio].append(locator)
    if not found:
        return []
    parts = [f"{folio} ({'; '.join(where)})" if where else folio for folio, where in found.items()]
    text = f" {course.word('cited_on')}\u00a0{', '.join(parts)}."
    return [Run(text, look.table.face, look.colours.ink2, scale=course.type.less)]
