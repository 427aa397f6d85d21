"""A synthetic course as Markdown for pandoc's slides: slide for slide what the deck has, notes too."""

from collections.abc import Iterable, Iterator

from tests.bench.matter import CREDIT, SUBTITLE, TITLE, Section

SLIDES = 14  # a section's


def slides(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the slides' Markdown in pieces."""
    yield f"---\ntitle: {TITLE}\nsubtitle: {SUBTITLE}\nauthor: {CREDIT}\nlang: en\n---\n"
    for section in sections:
        yield "\n".join(_section(section))


def _section(section: Section) -> Iterator[str]:
    first, second = section.paragraphs[:2], section.paragraphs[2:]
    yield f"\n# {section.title}\n\n{section.question}\n" + _notes(section.summary)
    yield f"## Goals. {section.title}\n\n" + _list(section.goals) + _notes(*section.goals)
    told = [f"{event.day.day} {event.day:%b %Y}: {event.label}" for event in section.events]
    yield (
        f"## Timeline. {section.title}\n\n" + _list(told) + _notes(*(event.text for event in section.events))
    )
    openings = [paragraph.partition(". ")[0] + "." for paragraph in first]
    yield f"## {section.headings[0]}\n\n" + _list(openings) + _notes(*first)
    yield f"## {section.points}\n\n" + _list(section.items) + _notes(*second)
    yield from _table(section)
    for question in section.questions:
        yield f"## {question.prompt}\n\n" + _list(question.options) + _notes(question.prompt)
        right = _list(question.options[:1])
        yield f"## Answer: {question.prompt}\n\n{right}\n{question.answer}\n" + _notes(question.answer)


def _table(section: Section) -> Iterator[str]:
    table = section.table
    yield f"## {table.title}\n\n| |" + "".join(f" {column} |" for column in table.columns)
    yield "|---|" + "---:|" * len(table.columns)
    for head, cells in table.rows:
        yield f"| {head} |" + "".join(f" {cell} |" for cell in cells)
    yield _notes(table.title)


def _list(items: Iterable[str]) -> str:
    return "".join(f"- {item}\n" for item in items)


def _notes(*texts: str) -> str:
    return "\n::: notes\n" + "\n\n".join(texts) + "\n:::\n"
