"""A synthetic course as an outline file."""

from collections.abc import Iterable, Iterator

from tests.bench.matter import CREDIT, LANES, SUBTITLE, TITLE, Question, Section, Table

LANGUAGE = "en"


def outline(sections: Iterable[Section]) -> Iterator[str]:
    """Yield the outline's text in pieces."""
    yield f"languages: [{LANGUAGE}]\n"
    yield from (
        _text(key, text, "") for key, text in (("title", TITLE), ("subtitle", SUBTITLE), ("credit", CREDIT))
    )
    yield "lanes:\n"
    for lane, name in LANES:
        yield f"  - id: {lane}\n" + _text("name", name, "    ")
    yield "sections:\n"
    for section in sections:
        yield "".join(_section(section))


def _text(key: str, text: str, indent: str) -> str:
    """Return a field with a text; `indent` may end in the dash of a list."""
    return f"{indent}{key}:\n{_below(indent)}{LANGUAGE}: {text}\n"


def _prose(key: str, paragraphs: Iterable[str], indent: str) -> str:
    below = _below(indent)
    body = f"\n\n{below}  ".join(paragraphs)
    return f"{indent}{key}:\n{below}{LANGUAGE}: |\n{below}  {body}\n"


def _below(indent: str) -> str:
    return " " * (len(indent) + 2)


def _section(section: Section) -> Iterator[str]:
    yield f"  - id: {section.id}\n    period: {section.first}/{section.last}\n"
    yield _text("title", section.title, "    ") + _text("question", section.question, "    ")
    yield _prose("summary", [section.summary], "    ")
    yield "    goals:\n" + "".join(f"      - {LANGUAGE}: {goal}\n" for goal in section.goals)
    yield "    blocks:\n"
    for i, heading in enumerate(section.headings):
        yield _text("heading", heading, "      - ")
        yield _prose("text", section.paragraphs[2 * i : 2 * i + 2], "      - ")
    yield "      - points:\n" + _text("title", section.points, "          ") + "          items:\n"
    yield from (f"            - {LANGUAGE}: {item}\n" for item in section.items)
    yield from _table(section.table)
    yield "    events:\n"
    for event in section.events:
        yield f"      - id: {event.id}\n        date: {event.day}\n        lane: {event.lane}\n"
        yield f"        importance: {event.importance}\n" + _text("label", event.label, "        ")
        yield _prose("text", [event.text], "        ")
    yield "    questions:\n"
    for question in section.questions:
        yield from _question(question)


def _table(table: Table) -> Iterator[str]:
    yield "      - table:\n" + _text("title", table.title, "          ") + "          columns:\n"
    yield from (f"            - {LANGUAGE}: {column}\n" for column in table.columns)
    yield "          rows:\n"
    for head, cells in table.rows:
        yield f"            - head:\n                {LANGUAGE}: {head}\n"
        yield f"              cells: [{', '.join(map(str, cells))}]\n"


def _question(question: Question) -> Iterator[str]:
    kind = "choice" if question.options else "short"
    yield f"      - id: {question.id}\n        kind: {kind}\n" + _text("prompt", question.prompt, "        ")
    if not question.options:
        yield _prose("answer", [question.answer], "        ")
        return
    yield "        options:\n"
    for i, option in enumerate(question.options):
        right = "            correct: true\n" if i == 0 else ""
        yield f"          - text:\n              {LANGUAGE}: {option}\n{right}"
    yield _prose("why", [question.answer], "        ")
