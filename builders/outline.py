"""The outline as one typed, frozen model: what an outline file may say, field by field.

The JSON Schema for editors is generated from this model (`schema.py`), so descriptions and examples here are
what an editor sees on hover.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from builders.fields import (
    Cell,
    ChartKind,
    Cites,
    Degree,
    EdtfDate,
    Flag,
    Identifier,
    Interval,
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

MOST_ITEMS = 100_000


class Model(BaseModel):
    """Frozen, and strict about names: an unknown field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lane(Model):
    """A theme that events belong to: a line of the poster."""

    id: Identifier = Field(description="Name for references, e.g. `politics`.")
    name: Line = Field(description="The lane's name, as printed.")


class Source(Model):
    """An entry of the list of sources, cited as `[@id, p. 45]`."""

    id: Identifier
    kind: SourceKind = Field("book", description="What it is.")
    author: Plain | None = Field(None, description="As it is printed, e.g. `Suny, Ronald Grigor`.")
    title: Plain = Field(description="The work's own title, in its own language.")
    container: Plain | None = Field(None, description="The book, journal or archive that it is part of.")
    publisher: Plain | None = None
    place: Plain | None = None
    year: Plain | None = Field(None, description="Of publication, e.g. `2017`.")
    url: Plain | None = Field(None, description="Only where the work lives there; starts with https://.")
    note: Line | None = Field(None, description="A remark printed after the entry.")


class Person(Model):
    """Someone who is named; linked as `[words](#id)`."""

    id: Identifier
    name: Line = Field(description="As each language writes it.")
    original: Plain | None = Field(None, description="In the script of `original_language`.")
    born: EdtfDate | None = Field(None, description="EDTF date, e.g. `1879-11-07` or `1879~`.")
    died: EdtfDate | None = None
    role: Line = Field(description="Who they were, in a sentence.")


class Term(Model):
    """An entry of the glossary; linked as `[words](#id)`."""

    id: Identifier
    name: Line
    original: Plain | None = None
    definition: Line


class Event(Model):
    """Something that happened on a date; it stands on the timelines and in the chronology."""

    id: Identifier
    date: EdtfDate = Field(
        description="EDTF, Gregorian: `1917-11-07`, `1917-11`, `1917`, `1917-11-07/1917-11-08`."
    )
    old_style: EdtfDate | None = Field(None, description="The same date in the Julian calendar.")
    lane: Identifier = Field(description="The id of one of `lanes`.")
    importance: Degree = Field(2, description="3 decisive, 2 important, 1 for context.")
    label: Line = Field(description="A few words for timelines.")
    text: Prose | None = Field(None, description="A sentence or two for the chronology.")


class Points(Model):
    """Bullets for the slides."""

    title: Line | None = Field(None, description="The slide's title; by default the heading above.")
    items: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_ITEMS)]


class TableRow(Model):
    """A row: its head and one cell a column."""

    head: Label
    cells: tuple[Cell, ...]


class Table(Model):
    """Rows and columns, each row with a head. `compare` sets things side by side, `table` shows figures."""

    title: Line
    corner: Line | None = Field(None, description="Head of the first column.")
    columns: Annotated[tuple[Label, ...], Field(min_length=1, max_length=12)]
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    source: Cites | None = None
    note: Line | None = None


class ChartRow(Model):
    """A category and its values, one a series."""

    head: Label = Field(description="The category; in a line chart an EDTF date.")
    cells: tuple[Value, ...] = Field(
        description="Numbers; `[low, high]` in a range chart; empty where unknown."
    )
    emphasis: Flag = Field(False, description="`true` for the one that the title speaks of.")


class Chart(Model):
    """Numbers as a picture: bars, a line over time, shares of a whole, or ranges."""

    kind: ChartKind
    title: Line = Field(description="States the finding.")
    measure: Line = Field(description="What is measured, and in which unit.")
    unit: Label | None = Field(None, description="Printed behind each number, e.g. `%`.")
    columns: tuple[Label, ...] = Field(
        (), max_length=6, description="Names of the series, where there are several."
    )
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=400)]
    source: Cites | None = None
    note: Line | None = None
    alt: Line | None = Field(
        None, description="Said instead of the picture; written from the numbers by default."
    )


class Quote(Model):
    """A quotation from a document, with its original."""

    text: Prose = Field(description="The translation, without quotation marks.")
    original: Plain | None = Field(None, description="In `original_language`, without quotation marks.")
    by: Line | None = Field(None, description="Who says it, unless the document tells.")
    document: Line
    date: EdtfDate | None = None
    old_style: EdtfDate | None = None
    source: Cites | None = None


class Position(Model):
    """One side of a debate."""

    claim: Line
    holders: Line = Field(description="Who holds it.")
    text: Prose


class Debate(Model):
    """What historians dispute: a question and the positions, each with those who hold it."""

    question: Line
    positions: Annotated[tuple[Position, ...], Field(min_length=2, max_length=4)]
    closing: Line | None = Field(None, description="A question for the class.")
    source: Cites | None = None


class Image(Model):
    """A picture from the outline's folder: PNG, JPEG or SVG."""

    file: Plain = Field(description="Path below the outline's folder, e.g. `images/map.svg`.")
    alt: Line = Field(description="What the picture shows, for those who cannot see it.")
    caption: Line | None = None
    credit: Line = Field(description="Who made it, and the licence.")


BLOCK_KINDS = ("heading", "text", "points", "compare", "table", "chart", "quote", "debate", "image")


class Block(Model):
    """A part of a section: exactly one of the kinds, and what may go with it."""

    id: Identifier | None = Field(None, description="For links and for questions about a quotation.")
    heading: Line | None = Field(None, description="A heading; what follows belongs to it.")
    text: Prose | None = Field(
        None, description="Paragraphs: one sentence a line, a blank line between paragraphs."
    )
    points: Points | None = None
    compare: Table | None = Field(None, description="Things side by side, in words.")
    table: Table | None = Field(None, description="Figures in rows and columns.")
    chart: Chart | None = None
    quote: Quote | None = None
    debate: Debate | None = None
    image: Image | None = None
    cue: Line | None = Field(None, description="A question in the guide's margin.")
    notes: Prose | None = Field(None, description="For the teacher to say; in the deck's notes.")

    @property
    def kind(self) -> str:
        """The block's kind: one of BLOCK_KINDS."""
        return next(kind for kind in BLOCK_KINDS if getattr(self, kind) is not None)


class Option(Model):
    """An answer to choose from."""

    text: Line
    correct: Flag = False


class Criterion(Model):
    """A line of a rubric."""

    criterion: Line
    points: Marks


class Question(Model):
    """A question for the students, with what the teacher needs to mark it."""

    id: Identifier
    kind: QuestionKind
    level: Degree = Field(1, description="Difficulty, 1 to 3.")
    prompt: Line
    options: tuple[Option, ...] = Field((), max_length=8, description="For `choice`.")
    why: Prose | None = Field(None, description="For `choice`: why the answer is right.")
    answer: Prose | None = Field(None, description="A model answer, for `short` and `source`.")
    rubric: tuple[Criterion, ...] = Field((), max_length=12, description="For `essay`.")
    quote: Identifier | None = Field(None, description="For `source`: the id of a quote block.")


class Section(Model):
    """A part of the course, with its place on the time axis."""

    id: Identifier
    title: Line
    period: Interval = Field(description="EDTF interval, e.g. `1917-03/1922-12`.")
    question: Line = Field(description="What the section answers.")
    summary: Prose
    goals: tuple[Line, ...] = Field((), max_length=12, description="What students will be able to do.")
    notes: Prose | None = Field(None, description="For the teacher, on the section's first slide.")
    blocks: tuple[Block, ...] = Field((), max_length=MOST_ITEMS)
    events: tuple[Event, ...] = Field((), max_length=MOST_ITEMS)
    questions: tuple[Question, ...] = Field((), max_length=MOST_ITEMS)


class Outline(Model):
    """A whole course."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=20)] = Field(
        description="The first is the default; every text must exist in each."
    )
    title: Line
    subtitle: Line | None = None
    credit: Line | None = Field(None, description="Who made the course, and its licence.")
    original_language: Language | None = Field(
        None, description="The language of every `original`, e.g. `ru`."
    )
    calendar_reform: EdtfDate | None = Field(
        None, description="First day of the new calendar, e.g. `1918-02-14`."
    )
    lanes: Annotated[tuple[Lane, ...], Field(min_length=1, max_length=6)]
    sources: tuple[Source, ...] = Field((), max_length=MOST_ITEMS)
    people: tuple[Person, ...] = Field((), max_length=MOST_ITEMS)
    terms: tuple[Term, ...] = Field((), max_length=MOST_ITEMS)
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_ITEMS)]
