"""The outline as one typed, frozen model: what an outline file may say, field by field.

The JSON Schema for editors is generated from this model (`schema.py`) and from `examples.yaml`: the
descriptions here and the examples there are what an editor sees on hover.
"""

from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field

from builders.fields import (
    AnyLine,
    Cell,
    ChartKind,
    Cites,
    Degree,
    EdtfDate,
    Flag,
    Identifier,
    Interval,
    JulianDate,
    Label,
    Language,
    Line,
    Marks,
    Plain,
    Prose,
    QuestionKind,
    SourceKind,
    Value,
)

MOST_ITEMS = 10_000


def _field(says: str, default: Any = ..., **limits: Any) -> Any:
    """Return a field that tells editors what it is; without a default it is due."""
    return Field(default, description=says, **limits)


class Model(BaseModel):
    """Frozen, and strict about names: an unknown field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lane(Model):
    """A theme that events belong to: a line of the poster."""

    id: Identifier = _field("Name for references: small letters, digits and hyphens.")
    name: Line = _field("The lane's name, as printed.")


class Source(Model):
    """An entry of the list of sources, cited as `[@id, p. 45]`."""

    id: Identifier = _field("Name for citations, usually author and year.")
    kind: SourceKind = _field("What it is.", "book")
    author: Plain | None = _field("As it is printed, surname first.", None)
    title: Plain = _field("The work's own title, in its own language.")
    container: Plain | None = _field("The book, journal or archive that it is part of.", None)
    publisher: Plain | None = _field("Who published it.", None)
    place: Plain | None = _field("Where it was published.", None)
    year: AnyLine | None = _field("When it was published, as readers write it: 1917, 1964–1965, 27 BC.", None)
    url: Plain | None = _field("Only where the work lives there; starts with https://.", None)
    note: Line | None = _field("A remark printed after the entry.", None)


class Person(Model):
    """Someone who is named; linked as `[words](#id)`."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.")
    name: Line = _field("As each language writes it.")
    filed: Line | None = _field(
        "As lists file the name, where that is not by its last word: `Lesseps, Ferdinand de`, `Mao Zedong`.",
        None,
    )
    original: Plain | None = _field("In the script of `original_language`.", None)
    born: EdtfDate | None = _field("EDTF date; `~` where it is approximate.", None)
    died: EdtfDate | None = _field("EDTF date; left out for the living.", None)
    role: Line = _field("Who they were, in a sentence.")


class Term(Model):
    """An entry of the glossary; linked as `[words](#id)`."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.")
    name: Line = _field("The term, as the glossary prints it.")
    original: Plain | None = _field("In the script of `original_language`.", None)
    definition: Line = _field("What it means, in a sentence or two.")


class Event(Model):
    """Something that happened on a date; it stands on the timelines and in the chronology."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.")
    date: EdtfDate = _field(
        "EDTF, Gregorian: a day, month or year, or an interval as `1789-05-05/1789-06-17`."
    )
    old_style: JulianDate | None = _field(
        "The same date in the Julian calendar, before `calendar_reform`.", None
    )
    lane: Identifier = _field("The id of one of `lanes`.")
    importance: Degree = _field("3 decisive, 2 important, 1 for context.", 2)
    label: Line = _field("A few words for timelines.")
    text: Prose | None = _field("A sentence or two for the chronology.", None)


class Points(Model):
    """Bullets for the slides."""

    title: Line | None = _field("The slide's title; by default the heading above.", None)
    items: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _field(
        "One idea each, short and parallel."
    )


class TableRow(Model):
    """A row: its head and one cell a column."""

    head: Label = _field("What the row is about.")
    cells: tuple[Cell, ...] = _field("One a column: a number or a text; `''` where there is none.")


class Table(Model):
    """Rows and columns, each row with a head. `compare` sets things side by side, `table` shows figures."""

    title: Line = _field("What the table shows.")
    corner: Line | None = _field("Head of the first column.", None)
    columns: Annotated[tuple[Label, ...], Field(min_length=1, max_length=12)] = _field(
        "Heads of the columns after the first."
    )
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _field(
        "From top to bottom."
    )
    source: Cites | None = _field("Where it is from, in quotation marks.", None)
    note: Line | None = _field("Printed small below.", None)


class ChartRow(Model):
    """A category and its values, one a series."""

    head: Label = _field("The category; in a line chart an EDTF date.")
    cells: tuple[Value, ...] = _field(
        "Numbers, one a series; `[low, high]` in a range chart; `''` where unknown."
    )
    emphasis: Flag = _field("`true` for the one that the title speaks of.", False)


class Chart(Model):
    """Numbers as a picture: bars, a line over time, shares of a whole, or ranges."""

    kind: ChartKind = _field("`bar`, `line` (over time), `share` (of a whole) or `range`.")
    title: Line = _field("States the finding.")
    measure: Line = _field("What is measured, and in which unit.")
    unit: Label | None = _field("Printed behind each number.", None)
    columns: tuple[Label, ...] = _field("Names of the series, where there are several.", (), max_length=6)
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=400)] = _field(
        "In the order of the picture."
    )
    source: Cites | None = _field("Where it is from, in quotation marks.", None)
    note: Line | None = _field("Printed small below.", None)
    alt: Line | None = _field("Said instead of the picture; written from the numbers by default.", None)


class Quote(Model):
    """A quotation from a document, with its original."""

    text: Prose = _field("The translation, without quotation marks.")
    original: Plain | None = _field("In `original_language`, without quotation marks.", None)
    by: Line | None = _field("Who says it, unless the document tells.", None)
    document: Line = _field("What it is quoted from.")
    date: EdtfDate | None = _field("When it was said or written (EDTF).", None)
    old_style: JulianDate | None = _field("The same date in the Julian calendar.", None)
    source: Cites | None = _field("Where it is printed, in quotation marks.", None)


class Position(Model):
    """One side of a debate."""

    claim: Line = _field("What it holds, in a sentence.")
    holders: Line = _field("Who holds it.")
    text: Prose = _field("Its reasons.")


class Debate(Model):
    """What historians dispute: a question and the positions, each with those who hold it."""

    question: Line = _field("What is in dispute.")
    positions: Annotated[tuple[Position, ...], Field(min_length=2, max_length=4)] = _field(
        "Two to four, each told fairly."
    )
    closing: Line | None = _field("A question for the class.", None)
    source: Cites | None = _field("Where it is told, in quotation marks.", None)


class Image(Model):
    """A picture from the outline's folder: PNG, JPEG or SVG."""

    file: Plain = _field("Path below the outline's folder.")
    alt: Line = _field("What the picture shows, for those who cannot see it.")
    caption: Line | None = _field("Printed below it.", None)
    credit: Line = _field("Who made it, and the licence.")


BLOCK_KINDS = ("heading", "text", "points", "compare", "table", "chart", "quote", "debate", "image")


class Block(Model):
    """A part of a section: exactly one of the kinds, and what may go with it."""

    id: Identifier | None = _field("For links and for questions about a quotation.", None)
    heading: Line | None = _field("A heading; what follows belongs to it.", None)
    text: Prose | None = _field(
        "Paragraphs: one sentence a line, a blank line between paragraphs. Markup: `*emphasis*`, "
        "`**key word**`, `[words](#id)`, `[@source, p. 45]`.",
        None,
    )
    points: Points | None = _field("Bullets for the slides.", None)
    compare: Table | None = _field("Things side by side, in words.", None)
    table: Table | None = _field("Figures in rows and columns.", None)
    chart: Chart | None = _field("Numbers as a picture, with a table behind it.", None)
    quote: Quote | None = _field("A quotation from a document.", None)
    debate: Debate | None = _field("What historians dispute, position by position.", None)
    image: Image | None = _field("A picture from the outline's folder.", None)
    cue: Line | None = _field("A question in the guide's margin.", None)
    notes: Prose | None = _field("For the teacher to say; in the deck's notes.", None)

    @property
    def kind(self) -> str:
        """The block's kind: one of BLOCK_KINDS."""
        return next(kind for kind in BLOCK_KINDS if getattr(self, kind) is not None)


class Option(Model):
    """An answer to choose from."""

    text: Line = _field("The answer.")
    correct: Flag = _field("`true` for a right answer.", False)


class Criterion(Model):
    """A line of a rubric."""

    criterion: Line = _field("What earns the points.")
    points: Marks = _field("How many, 1 to 100.")


class Question(Model):
    """A question for the students, with what the teacher needs to mark it."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.")
    kind: QuestionKind = _field(
        "`choice` (options), `short` (a model answer), `essay` (a rubric) or `source` (about a quotation)."
    )
    level: Degree = _field("Difficulty, 1 to 3.", 1)
    prompt: Line = _field("The question itself.")
    options: tuple[Option, ...] = _field("For `choice`: the answers to choose from.", (), max_length=8)
    why: Prose | None = _field("For `choice`: why the answer is right.", None)
    answer: Prose | None = _field("A model answer, for `short` and `source`.", None)
    rubric: tuple[Criterion, ...] = _field("For `essay`: what is marked, with points.", (), max_length=12)
    quote: Identifier | None = _field("For `source`: the id of a quote block.", None)


class Section(Model):
    """A part of the course, with its place on the time axis."""

    id: Identifier = _field("Name for links and for `--section`.")
    title: Line = _field("The section's title.")
    period: Interval = _field("An interval with a start and an end (EDTF).")
    question: Line = _field("What the section answers.")
    summary: Prose = _field("The section in a few sentences.")
    goals: tuple[Line, ...] = _field("What students will be able to do.", (), max_length=12)
    notes: Prose | None = _field("For the teacher, on the section's first slide.", None)
    blocks: tuple[Block, ...] = _field(
        "The section's matter, in the order in which it is taught.", (), max_length=MOST_ITEMS
    )
    events: tuple[Event, ...] = _field(
        "What happened, for timelines and chronology.", (), max_length=MOST_ITEMS
    )
    questions: tuple[Question, ...] = _field(
        "For the students, with their answers.", (), max_length=MOST_ITEMS
    )


class Outline(Model):
    """A whole course."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=20)] = _field(
        "Codes such as `es`; the first is the default. Every text must exist in each."
    )
    title: Line = _field("The course's title.")
    subtitle: Line | None = _field("Below the title.", None)
    credit: Line | None = _field("Who made the course, and its licence.", None)
    original_language: Language | None = _field("The language of every `original`.", None)
    calendar_reform: EdtfDate | None = _field(
        "First day of the new calendar; `old_style` dates stand only before it.", None
    )
    lanes: Annotated[tuple[Lane, ...], Field(min_length=1, max_length=6)] = _field(
        "The themes of the events, one to six: lines of the poster."
    )
    sources: tuple[Source, ...] = _field("What is cited.", (), max_length=MOST_ITEMS)
    people: tuple[Person, ...] = _field("Who is named.", (), max_length=MOST_ITEMS)
    terms: tuple[Term, ...] = _field("The glossary.", (), max_length=MOST_ITEMS)
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _field(
        "The parts of the course, in the order in which they are taught."
    )


@cache
def field_names() -> frozenset[str]:
    """Return the names of all fields that an outline may hold, of whichever group."""
    models: list[type[BaseModel]] = [Outline]
    for model in models:
        for field in model.model_fields.values():
            models += [found for found in _models_in(field.annotation) if found not in models]
    return frozenset(name for model in models for name in model.model_fields)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that an annotation such as `tuple[Model, ...] | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _models_in(part)]
