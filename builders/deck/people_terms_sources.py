"""Lists at the end of a section or of the deck: people, key terms, recap, sources; and the agenda at its
start."""

from collections.abc import Sequence
from dataclasses import replace

from builders.deck.bullets import make_bullets, make_term_paragraphs
from builders.deck.content import (
    LINK_WORDS,
    DeckContent,
    list_cites,
    list_links,
)
from builders.deck.model import (
    Slide,
    SlideParagraph,
    SlideRun,
    TextBox,
)
from builders.deck.notes import Speech, make_notes, make_speech
from builders.deck.splitting import split_sentences, tie_last_words
from builders.deck.text_slides import Topic, make_column_slides, make_flowing_slides
from builders.language import formatting
from builders.outline.fields import Text
from builders.outline.model import Person, Section, Source, Term

NUMBER_TAB = 30.0  # pt: where the text of a numbered source begins


def make_people_slides(topic: Topic, people: Sequence[Person]) -> list[Slide]:
    """Return the slides of people: name, original, years, role."""
    if not people:
        return []
    course = topic.course
    spoken = Speech(
        tuple(_make_spoken_person(course, person) for person in people), minutes=max(1, len(people) // 2)
    )
    paragraphs = [paragraph for person in people for paragraph in _make_person_paragraphs(course, person)]
    return make_column_slides(
        replace(topic, layout=course.page.layouts["entries"], spoken=spoken), ("body", "body2"), paragraphs
    )


def make_term_slides(topic: Topic, terms: Sequence[Term]) -> list[Slide]:
    """Return the slides of key terms: term, original, definition."""
    if not terms:
        return []
    course = topic.course
    said = [
        course.locale.write_label(
            course.write_plain_text(term.name), course.write_plain_text(term.definition)
        )
        for term in terms
    ]
    spoken = make_speech(course, extra=said)
    paragraphs = [paragraph for term in terms for paragraph in make_term_paragraphs(course, term)]
    return make_column_slides(
        replace(topic, layout=course.page.layouts["entries"], spoken=spoken), ("body", "body2"), paragraphs
    )


def make_recap_slides(topic: Topic) -> list[Slide]:
    """Return the recap: each section's title and what its summary says first."""
    course = topic.course
    items = []
    for _, section in course.list_sections():
        said = [
            s
            for runs in course.make_paragraph_runs(section.summary)
            for s in split_sentences(SlideParagraph(runs))
        ]
        head = tuple(replace(run, bold=True) for run in course.make_line_runs(section.title))
        first = (replace(run, bold=False) for one in said[:1] for run in one.runs)
        items.append((*head, SlideRun(". "), *first))
    summaries = [section.summary for _, section in course.list_sections()]
    questions = [section.question for _, section in course.list_sections()]
    return make_flowing_slides(
        replace(topic, spoken=make_speech(course, summaries, questions)), "body", make_bullets(items)
    )


def make_source_slides(topic: Topic) -> list[Slide]:
    """Return the list of sources, in the order of authors and titles, in two columns.

    A slide says who, what and when; its notes have the whole entries.
    """
    course = topic.course
    cited = set(list_cited_sources(course)) if course.options.section else set(course.sources)
    sources = sorted((s for s in course.outline.sources if s.id in cited), key=_make_sort_key)
    if not sources:
        return []
    paragraphs = [
        SlideParagraph(
            (SlideRun(f"{number}\t", bold=True), *make_short_source(source, course.lang)),
            tab=NUMBER_TAB,
            after=0.4,
        )
        for number, source in enumerate(sources, 1)
    ]
    made = make_column_slides(
        replace(topic, layout=course.page.layouts["sources"], spoken=Speech(minutes=1)),
        ("body", "body2"),
        paragraphs,
    )
    return [_add_whole_entries(course, slide, sources) for slide in made]


def _add_whole_entries(course: DeckContent, slide: Slide, sources: Sequence[Source]) -> Slide:
    """Return a slide of sources whose notes have the entries whole."""
    texts = [p.runs[0].text for item in slide.items if isinstance(item, TextBox) for p in item.paragraphs]
    numbers = [int(text.strip()) for text in texts if text.endswith("\t")]
    said = tuple((SlideRun(f"{n}. "), *make_source_runs(course, sources[n - 1])) for n in numbers)
    return replace(slide, notes=make_notes(course, Speech(said, minutes=1)))


def make_short_source(source: Source, lang: str) -> tuple[SlideRun, ...]:
    """Return a source in short: author, title, year; a web page leads to its address."""
    link = source.url if source.url and source.url.startswith("https://") else None
    italic = source.kind == "book" or not source.container
    words = LINK_WORDS.findall(source.title) if link else [source.title]
    own = [SlideRun(word, italic=italic, link=link) for word in words]
    year = SlideRun(f", {source.year[lang]}." if source.year else ".")
    return (SlideRun(f"{source.author}, "), *own, year) if source.author else (*own, year)


def make_source_runs(course: DeckContent, source: Source) -> tuple[SlideRun, ...]:
    """Return a source as an entry: author, title, where it is, publisher, place, year, remark."""
    own = SlideRun(source.title, italic=source.kind == "book" or not source.container)
    out = [SlideRun(f"{source.author}, ")] if source.author else []
    out.append(own)
    if source.container:
        out += [SlideRun(", "), SlideRun(source.container, italic=True)]
    year = source.year[course.lang] if source.year else None
    rest = ", ".join(part for part in (source.publisher, source.place, year) if part)
    out.append(SlideRun(f", {rest}." if rest else "."))
    if source.url and source.url.startswith("https://"):
        out += [SlideRun(" "), SlideRun(source.url.split("/")[2].removeprefix("www."), link=source.url)]
    return (*out, SlideRun(" "), *course.make_line_runs(source.note)) if source.note else tuple(out)


def list_mentioned(course: DeckContent, section: Section) -> list[str]:
    """Return the ids that a section links to, in order."""
    return list_links(_list_section_texts(section), course.lang)


def list_cited_sources(course: DeckContent) -> list[str]:
    """Return the ids of the sources that the deck's sections cite."""
    from builders.language import markup

    found: dict[str, None] = {}
    for _, section in course.list_sections():
        found.update(
            dict.fromkeys(cite.source for cite in list_cites(_list_section_texts(section), course.lang))
        )
        for block in section.blocks:
            for _, source in block.list_citations():
                found.update(dict.fromkeys(cite.source for cite in markup.parse_cites(source)))
    return list(found)


def _list_section_texts(section: Section) -> list[Text]:
    from builders.outline.walk import list_texts

    found: dict[tuple[object, ...], dict[str, str]] = {}
    for path, language, text in list_texts(section):
        found.setdefault(path[:-1], {})[language] = text
    return list(found.values())


def _make_person_paragraphs(course: DeckContent, person: Person) -> list[SlideParagraph]:
    head = tuple(replace(run, bold=True) for run in course.make_line_runs(person.name))
    years = write_life_years(course, person)
    original = course.find_original(person.original, person.name)
    second = [course.make_original_run(original)] if original else []
    if years:
        second.append(SlideRun(f"{', ' if second else ''}{years}", colour="ink2"))
    out = [SlideParagraph(head, after=0.0 if second else 0.1, keep=True)]
    if second:
        out.append(SlideParagraph(tuple(second), step=-2, after=0.1, keep=True))
    return [*out, SlideParagraph(tie_last_words(course.make_line_runs(person.role)), after=0.7)]


def write_life_years(course: DeckContent, person: Person) -> str:
    """Return the years of a life: '1879–1940', or an empty string."""
    ends = [
        formatting.write_point(
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
        return course.write_phrase("born", year=ends[0])
    return course.write_phrase("died", year=ends[1]) if ends[1] else ""


def _make_spoken_person(course: DeckContent, person: Person) -> tuple[SlideRun, ...]:
    return (
        SlideRun(course.write_plain_text(person.name), bold=True),
        SlideRun(". "),
        *course.make_line_runs(person.role, cites=True),
    )


def _make_sort_key(source: Source) -> tuple[str, str]:
    return (source.author or source.title).casefold(), source.title.casefold()
