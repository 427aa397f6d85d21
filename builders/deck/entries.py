"""Lists at the end of a section or of the deck: people, key terms, recap, sources; and the agenda at its
start."""

from collections.abc import Sequence
from dataclasses import replace

from builders import writing
from builders.deck.course import WORDS, Course, cites_in, links
from builders.deck.cutting import sentences, tied
from builders.deck.notes import Speech, notes, speech
from builders.deck.points import bullets, term_paragraphs
from builders.deck.sheets import Topic, columns, flow
from builders.deck.slides import Box, Paragraph, Run, Slide
from builders.fields import Text
from builders.outline import Person, Section, Source, Term

NUMBER_TAB = 30.0  # pt: where the text of a numbered source begins


def people_slides(topic: Topic, people: Sequence[Person]) -> list[Slide]:
    """Return the slides of people: name, original, years, role."""
    if not people:
        return []
    course = topic.course
    spoken = Speech(
        tuple(_spoken_person(course, person) for person in people), minutes=max(1, len(people) // 2)
    )
    paragraphs = [paragraph for person in people for paragraph in _person(course, person)]
    return columns(
        replace(topic, layout=course.page.layouts["entries"], spoken=spoken), ("body", "body2"), paragraphs
    )


def term_slides(topic: Topic, terms: Sequence[Term]) -> list[Slide]:
    """Return the slides of key terms: term, original, definition."""
    if not terms:
        return []
    course = topic.course
    said = [course.locale.label(course.words(term.name), course.words(term.definition)) for term in terms]
    spoken = speech(course, extra=said)
    paragraphs = [paragraph for term in terms for paragraph in term_paragraphs(course, term)]
    return columns(
        replace(topic, layout=course.page.layouts["entries"], spoken=spoken), ("body", "body2"), paragraphs
    )


def recap_slides(topic: Topic) -> list[Slide]:
    """Return the recap: each section's title and what its summary says first."""
    course = topic.course
    items = []
    for _, section in course.sections():
        said = [s for runs in course.prose(section.summary) for s in sentences(Paragraph(runs))]
        head = tuple(replace(run, bold=True) for run in course.line(section.title))
        first = (replace(run, bold=False) for one in said[:1] for run in one.runs)
        items.append((*head, Run(". "), *first))
    summaries = [section.summary for _, section in course.sections()]
    questions = [section.question for _, section in course.sections()]
    return flow(replace(topic, spoken=speech(course, summaries, questions)), "body", bullets(items))


def source_slides(topic: Topic) -> list[Slide]:
    """Return the list of sources, in the order of authors and titles, in two columns.

    A slide says who, what and when; its notes have the whole entries.
    """
    course = topic.course
    cited = set(cited_sources(course)) if course.options.section else set(course.sources)
    sources = sorted((s for s in course.outline.sources if s.id in cited), key=_order)
    if not sources:
        return []
    paragraphs = [
        Paragraph(
            (Run(f"{number}\t", bold=True), *short_source(source, course.lang)), tab=NUMBER_TAB, after=0.4
        )
        for number, source in enumerate(sources, 1)
    ]
    made = columns(
        replace(topic, layout=course.page.layouts["sources"], spoken=Speech(minutes=1)),
        ("body", "body2"),
        paragraphs,
    )
    return [_with_whole_entries(course, slide, sources) for slide in made]


def _with_whole_entries(course: Course, slide: Slide, sources: Sequence[Source]) -> Slide:
    """Return a slide of sources whose notes have the entries whole."""
    texts = [p.runs[0].text for item in slide.items if isinstance(item, Box) for p in item.paragraphs]
    numbers = [int(text.strip()) for text in texts if text.endswith("\t")]
    said = tuple((Run(f"{n}. "), *source_runs(course, sources[n - 1])) for n in numbers)
    return replace(slide, notes=notes(course, Speech(said, minutes=1)))


def short_source(source: Source, lang: str) -> tuple[Run, ...]:
    """Return a source in short: author, title, year; a web page leads to its address."""
    link = source.url if source.url and source.url.startswith("https://") else None
    italic = source.kind == "book" or not source.container
    words = WORDS.findall(source.title) if link else [source.title]
    own = [Run(word, italic=italic, link=link) for word in words]
    year = Run(f", {source.year[lang]}." if source.year else ".")
    return (Run(f"{source.author}, "), *own, year) if source.author else (*own, year)


def source_runs(course: Course, source: Source) -> tuple[Run, ...]:
    """Return a source as an entry: author, title, where it is, publisher, place, year, remark."""
    own = Run(source.title, italic=source.kind == "book" or not source.container)
    out = [Run(f"{source.author}, ")] if source.author else []
    out.append(own)
    if source.container:
        out += [Run(", "), Run(source.container, italic=True)]
    year = source.year[course.lang] if source.year else None
    rest = ", ".join(part for part in (source.publisher, source.place, year) if part)
    out.append(Run(f", {rest}." if rest else "."))
    if source.url and source.url.startswith("https://"):
        out += [Run(" "), Run(source.url.split("/")[2].removeprefix("www."), link=source.url)]
    return (*out, Run(" "), *course.line(source.note)) if source.note else tuple(out)


def mentioned(course: Course, section: Section) -> list[str]:
    """Return the ids that a section links to, in order."""
    return links(_texts(section), course.lang)


def cited_sources(course: Course) -> list[str]:
    """Return the ids of the sources that the deck's sections cite."""
    from builders import inline

    found: dict[str, None] = {}
    for _, section in course.sections():
        found.update(dict.fromkeys(cite.source for cite in cites_in(_texts(section), course.lang)))
        for block in section.blocks:
            for part in (block.compare, block.table, block.chart, block.quote, block.debate):
                if part is not None and part.source:
                    found.update(dict.fromkeys(cite.source for cite in inline.cites(part.source)))
    return list(found)


def _texts(section: Section) -> list[Text]:
    from builders.walk import texts

    found: dict[tuple[object, ...], dict[str, str]] = {}
    for path, language, text in texts(section):
        found.setdefault(path[:-1], {})[language] = text
    return list(found.values())


def _person(course: Course, person: Person) -> list[Paragraph]:
    head = tuple(replace(run, bold=True) for run in course.line(person.name))
    years = life(course, person)
    second = [course.original(person.original)] if person.original else []
    if years:
        second.append(Run(f"{', ' if second else ''}{years}", colour="ink2"))
    out = [Paragraph(head, after=0.0 if second else 0.1, keep=True)]
    if second:
        out.append(Paragraph(tuple(second), step=-2, after=0.1, keep=True))
    return [*out, Paragraph(tied(course.line(person.role)), after=0.7)]


def life(course: Course, person: Person) -> str:
    """Return the years of a life: '1879–1940', or an empty string."""
    ends = [
        writing.point(
            replace(date.known, month=None, day=None, precision="year")
            if date.precision in ("day", "month")
            else date.known,
            course.locale,
        )
        if date
        else ""
        for date in (person.born, person.died)
    ]
    if all(ends):
        return "–".join(ends)
    if ends[0]:
        return course.say("born", year=ends[0])
    return course.say("died", year=ends[1]) if ends[1] else ""


def _spoken_person(course: Course, person: Person) -> tuple[Run, ...]:
    return (Run(course.words(person.name), bold=True), Run(". "), *course.line(person.role, cites=True))


def _order(source: Source) -> tuple[str, str]:
    return (source.author or source.title).casefold(), source.title.casefold()
