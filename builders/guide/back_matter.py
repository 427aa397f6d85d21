"""What stands after the last section: people, glossary, answers, sources and the index."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from builders.guide.content import GuideContent
from builders.guide.cross_references import LayoutRecord
from builders.guide.flow_blocks import DrawAt, FlowBlock, TextBlock
from builders.guide.margin_notes import make_page_link
from builders.guide.page_items import GuidePage, PageDestination, PageText
from builders.guide.prose import make_chapter_title, make_heading
from builders.guide.questions import make_answers
from builders.guide.typography import end_with_stop, find_missing_stop, make_sort_key
from builders.language import formatting
from builders.outline.map_blocks import Place
from builders.outline.model import Person, Source, Term
from builders.typesetting.fonts import Face
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run, Style, varied

ENTRY_HANG = 29.0


def find_initial(text: str) -> str:
    """Return the letter that an entry stands under."""
    key = make_sort_key(text)
    letter = next((c for c in key if c.isalnum()), "·")
    return "Ñ" if key.startswith("n\U0010ffff") else letter.upper()


def make_people_chapter(course: GuideContent, root: Node, record: LayoutRecord) -> Iterator[FlowBlock]:
    """Yield the chapter of people, by name as it is sorted."""
    sect = root.add("Sect")
    yield make_chapter_title(
        course,
        course.get_fixed_words("people"),
        sect.add("H1"),
        PageDestination("people", 0, 0, course.get_fixed_words("people"), 0),
    )
    listed = sorted(course.outline.people, key=lambda p: (make_sort_key(write_sort_name(course, p)), p.id))
    yield from _make_entries(course, sect, record, [(write_sort_name(course, p), p) for p in listed])


def make_glossary_chapter(course: GuideContent, root: Node, record: LayoutRecord) -> Iterator[FlowBlock]:
    """Yield the glossary: terms and places."""
    sect = root.add("Sect")
    word = course.get_fixed_words("glossary")
    yield make_chapter_title(course, word, sect.add("H1"), PageDestination("glossary", 0, 0, word, 0))
    entries: list[Term | Place] = [*course.outline.terms, *course.outline.places]
    listed = sorted(entries, key=lambda t: (make_sort_key(course.get_plain_text(t.name)), t.id))
    yield from _make_entries(course, sect, record, [(course.get_plain_text(t.name), t) for t in listed])


def write_sort_name(course: GuideContent, person: Person) -> str:
    """Return a person's name as lists give it: 'Curie, Marie'.

    Where the outline does not say how, a name whose last word is a numeral, or that has a particle in it
    ('Aspasia de Mileto'), stays as it is.
    """
    if person.filed:
        return course.get_plain_text(person.filed)
    name = course.get_plain_text(person.name)
    words = name.split(" ")
    plain = (
        len(words) > 1 and all(w[:1].isupper() for w in words) and not re.fullmatch(r"[IVXLC]+", words[-1])
    )
    return f"{words[-1]}, {' '.join(words[:-1])}" if plain else name


def _make_entries(
    course: GuideContent,
    sect: Node,
    record: LayoutRecord,
    entries: Sequence[tuple[str, Person | Term | Place]],
) -> Iterator[FlowBlock]:
    """Yield entries under their letters; each tells where it is first spoken of."""
    look = course.type
    letter = ""
    items = sect.add("L", attributes={"List": "/ListNumbering/None"})
    hang = ENTRY_HANG * look.scale**0.5
    width = course.page.text - hang
    for i, (name, entry) in enumerate(entries):
        item = items.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        runs = [Run(name, look.strong.face)]
        if original := course.find_original(entry.original, entry.name):
            runs += [
                Run(" ", look.table.face),
                Run(
                    original,
                    look.table.face,
                    look.colours.ink2,
                    scale=course.type.smaller_scale,
                    lang=course.find_original_language(original),
                ),
            ]
        head = Paragraph(runs, look.strong, width)
        new = find_initial(name) != letter
        letter = find_initial(name)
        lead = _make_letter_drawing(course, letter) if new else None
        before = look.body.leading / 2 if i else 0.0
        yield TextBlock(
            head,
            label,
            before,
            0,
            True,
            indent=hang,
            mark=PageDestination(entry.id, 0, 0),
            lead=lead,
            snap=False,
        )
        own = varied(look.body, align="left")
        text = list(_write_entry(course, entry, own))
        if entry.id in record.mentions:
            text += [Run("\u00a0", own.face), _link_first_mention(course, entry.id)]
        yield TextBlock(Paragraph(text, own, width), body, 0, 0, indent=hang, orphans=3, snap=False)


def _write_entry(course: GuideContent, entry: Person | Term | Place, style: Style) -> Iterator[Run]:
    """Yield what an entry says: a life's dates and role, a definition, a place's note and coordinates."""
    look = course.type
    match entry:
        case Person():
            if dates := write_lifetime(course, entry):
                words = f"{end_with_stop(dates)} "
                yield Run(words, look.table.face, look.colours.ink2, scale=look.smaller_scale)
            yield from course.make_runs(entry.role, style)
        case Term():
            yield from course.make_runs(entry.definition, style)
        case Place():
            if entry.note:
                yield from course.make_runs(entry.note, style)
                yield Run(" ", style.face)
            words = formatting.write_coordinates(entry.at, course.locale)
            yield Run(f"{words}.", look.table.face, look.colours.ink2, scale=look.smaller_scale)


def _link_first_mention(course: GuideContent, key: str) -> Run:
    """Return the link to where an entry is first spoken of: 'p. 16'."""
    run = make_page_link(course, key)
    return replace(
        run,
        link=f"#first:{key}",
        page_of=f"first:{key}",
        scale=course.type.smaller_scale,
        face=course.type.table.face,
    )


def _make_letter_drawing(course: GuideContent, letter: str) -> DrawAt:
    look = course.type

    def lead(page: GuidePage, x: float, y: float) -> None:
        page.items.append(PageText(letter, x, y, look.h1.face, 13.5 * look.scale**0.7, look.colours.ink))

    return lead


def write_lifetime(course: GuideContent, person: Person) -> str:
    """Return '1870–1924', '† 1924' or nothing."""
    if person.born and person.died:
        both = [course.write_date(d, short=True) for d in (person.born, person.died)]
        return " – ".join(both) if any(" " in b for b in both) else "–".join(both)
    if person.died:
        return "† " + course.write_date(person.died, short=True)
    return (
        course.get_fixed_words("born", date=course.write_date(person.born, short=True)) if person.born else ""
    )


def make_answers_chapter(course: GuideContent, root: Node) -> Iterator[FlowBlock]:
    """Yield the answers, section by section."""
    sect = root.add("Sect")
    word = course.get_fixed_words("answers")
    yield make_chapter_title(course, word, sect.add("H1"), PageDestination("answers", 0, 0, word, 0))
    for number, section in course.sections:
        if not section.questions:
            continue
        part = sect.add("Sect")
        yield make_heading(
            course,
            f"{number + 1} {course.get_plain_text(section.title)}",
            part.add("H2"),
            None,
            course.type.h3,
        )
        yield from make_answers(course, part, section)


def make_map_keys_chapter(course: GuideContent, root: Node) -> Iterator[FlowBlock]:
    """Yield what the numbers of blank maps stand for, map by map."""
    look = course.type
    sect = root.add("Sect")
    word = course.get_fixed_words("answers")
    yield make_chapter_title(course, word, sect.add("H1"), PageDestination("answers", 0, 0, word, 0))
    for title, key in course.map_keys:
        yield make_heading(course, title, sect.add("H2"), None, look.h3)
        runs = [
            run
            for number, name in key
            for run in (Run(number, look.strong.face), Run(f"\u00a0{name}   ", look.body.face))
        ]
        yield TextBlock(Paragraph(runs, varied(look.body, align="left"), course.page.text), sect.add("P"))


def make_sources_chapter(course: GuideContent, root: Node, record: LayoutRecord) -> Iterator[FlowBlock]:
    """Yield the numbered list of sources with where each is cited."""
    look = course.type
    sect = root.add("Sect")
    word = course.get_fixed_words("sources")
    yield make_chapter_title(course, word, sect.add("H1"), PageDestination("sources", 0, 0, word, 0))
    items = sect.add("L", attributes={"List": "/ListNumbering/Decimal"})
    # without hyphens: an entry is in the language of its work
    hang, style = ENTRY_HANG * look.scale**0.5, varied(look.body, align="left", lang=None)
    for key, (number, source) in course.numbered_sources.items():
        if course.options.section and key not in course.cited:
            continue
        item = items.add("LI")
        runs = list(_write_source(course, source)) + _write_citations(course, record, f"source:{key}")
        text = Paragraph(runs, style, course.page.text - hang)
        lead = _make_number_drawing(course, number, item.add("Lbl"))
        yield TextBlock(
            text,
            item.add("LBody"),
            0,
            look.body.leading / 2,
            indent=hang,
            mark=PageDestination(f"source:{key}", 0, 0),
            lead=lead,
            snap=False,
            orphans=3,
        )


def _make_number_drawing(course: GuideContent, number: int, node: Node) -> DrawAt:
    look = course.type

    def lead(page: GuidePage, x: float, y: float) -> None:
        page.items.append(
            PageText(str(number), x, y, look.strong.face, look.body.size, look.colours.ink, node)
        )

    return lead


def _write_source(course: GuideContent, source: Source) -> Iterator[Run]:
    """Yield an entry: author, title, where it appeared, address, remark."""
    look = course.type
    serif = look.body.face
    if source.author:
        yield Run(
            f"{end_with_stop(source.author)} ", serif, lang=course.find_original_language(source.author)
        )
    title = source.title.rstrip(".")
    whole = source.kind in ("book", "document")
    shown = title if whole else course.get_fixed_words("quoted", text=title)
    yield Run(
        shown,
        _choose_title_face(course, shown) if whole else serif,
        lang=course.find_original_language(title),
    )
    if source.container:
        yield Run(", ", serif)
        face = serif if whole else _choose_title_face(course, source.container)
        yield Run(source.container, face, lang=course.find_original_language(source.container))
    if source.place and source.publisher:
        place = course.locale.write_label(source.place, source.publisher)
    else:
        place = source.place or source.publisher or ""
    tail = ", ".join(part for part in (place, course.write_source_year(source)) if part)
    last = source.container or shown
    if tail:
        lang = course.find_original_language(place) if place else None
        yield Run(f"{find_missing_stop(last)} {tail}" if place else f", {tail}", serif, lang=lang)
        last = tail
    yield Run(find_missing_stop(last), serif)
    if source.url:
        yield Run(" ", serif)
        yield Run(
            source.url, look.table.face, look.colours.blue, scale=course.type.smaller_scale, link=source.url
        )
    if source.note:
        yield Run(" ", serif)
        yield from course.make_runs(source.note, look.body)


def _choose_title_face(course: GuideContent, title: str) -> Face:
    """Return the italic; the upright for a title that it lacks letters of: not a part of it in each."""
    italic = course.type.choose_face("serif", "italic")
    return italic if italic.covers.issuperset(title) else course.type.body.face


def _write_citations(course: GuideContent, record: LayoutRecord, key: str) -> list[Run]:
    """Return 'Cited: 16 (p. 45), 22' for a source."""
    look = course.type
    found: dict[str, list[str]] = {folio: [] for folio in record.mentions.get(key, [])}
    for locator, folio in record.citations.get(key, []):
        if locator and locator not in found.setdefault(folio, []):
            found[folio].append(locator)
    if not found:
        return []
    parts = [f"{folio} ({'; '.join(where)})" if where else folio for folio, where in found.items()]
    text = f" {course.get_fixed_words('cited_on')}\u00a0{', '.join(parts)}."
    return [Run(text, look.table.face, look.colours.ink2, scale=course.type.smaller_scale)]
