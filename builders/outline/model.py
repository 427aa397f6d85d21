"""The outline as one typed, frozen model: what an outline file may say, field by field.

The JSON Schema for editors is generated from this model (`schema.py`) and from `examples.yaml`: the
descriptions here and the examples there are what an editor sees on hover.
"""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field

from builders.outline.fields import (
    AnyLineText,
    CellValue,
    ChartKindField,
    ChartValue,
    Cites,
    Degree,
    EdtfDate,
    Flag,
    Identifier,
    Interval,
    JulianDate,
    LabelText,
    Language,
    LineText,
    Marks,
    PlainText,
    ProseText,
    QuestionKindField,
    SourceKindField,
    Text,
)

MOST_ITEMS = 10_000


def _describe_field(says: str, default: Any = ..., **limits: Any) -> Any:
    """Return a field that tells editors what it is; without a default it is due."""
    return Field(default, description=says, **limits)


class Model(BaseModel):
    """Frozen, and strict about names: an unknown field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lane(Model):
    """A theme that events belong to: a line of the poster."""

    id: Identifier = _describe_field("Name for references: small letters, digits and hyphens.")
    name: LineText = _describe_field("The lane's name, as printed.")


class Source(Model):
    """An entry of the list of sources, cited as `[@id, p. 45]`."""

    id: Identifier = _describe_field("Name for citations, usually author and year.")
    kind: SourceKindField = _describe_field("What it is.", "book")
    author: PlainText | None = _describe_field("As it is printed, surname first.", None)
    title: PlainText = _describe_field("The work's own title, in its own language.")
    container: PlainText | None = _describe_field("The book, journal or archive that it is part of.", None)
    publisher: PlainText | None = _describe_field("Who published it.", None)
    place: PlainText | None = _describe_field("Where it was published.", None)
    year: AnyLineText | None = _describe_field(
        "When it was published, as readers write it: 1917, 1964–1965, 27 BC.", None
    )
    url: PlainText | None = _describe_field("Only where the work lives there; starts with https://.", None)
    note: LineText | None = _describe_field("A remark printed after the entry.", None)


class Person(Model):
    """Someone who is named; linked as `[words](#id)`."""

    id: Identifier = _describe_field("Name for links: small letters, digits and hyphens.")
    name: LineText = _describe_field("As each language writes it.")
    filed: LineText | None = _describe_field(
        "As lists file the name, where that is not by its last word: `Lesseps, Ferdinand de`, `Mao Zedong`.",
        None,
    )
    original: PlainText | None = _describe_field("In the script of `original_language`.", None)
    born: EdtfDate | None = _describe_field("EDTF date; `~` where it is approximate.", None)
    died: EdtfDate | None = _describe_field("EDTF date; left out for the living.", None)
    role: LineText = _describe_field("Who they were, in a sentence.")


class Term(Model):
    """An entry of the glossary; linked as `[words](#id)`."""

    id: Identifier = _describe_field("Name for links: small letters, digits and hyphens.")
    name: LineText = _describe_field("The term, as the glossary prints it.")
    original: PlainText | None = _describe_field("In the script of `original_language`.", None)
    definition: LineText = _describe_field("What it means, in a sentence or two.")


class Event(Model):
    """Something that happened on a date; it stands on the timelines and in the chronology."""

    id: Identifier = _describe_field("Name for links: small letters, digits and hyphens.")
    date: EdtfDate = _describe_field(
        "EDTF, Gregorian: a day, month or year, or an interval as `1789-05-05/1789-06-17`."
    )
    old_style: JulianDate | None = _describe_field(
        "The same date in the Julian calendar, before `calendar_reform`.", None
    )
    lane: Identifier = _describe_field("The id of one of `lanes`.")
    importance: Degree = _describe_field("3 decisive, 2 important, 1 for context.", 2)
    label: LineText = _describe_field("A few words for timelines.")
    text: ProseText | None = _describe_field("A sentence or two for the chronology.", None)


class Points(Model):
    """Bullets for the slides."""

    title: LineText | None = _describe_field("The slide's title; by default the heading above.", None)
    items: Annotated[tuple[LineText, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _describe_field(
        "One idea each, short and parallel."
    )


class TableRow(Model):
    """A row: its head and one cell a column."""

    head: LabelText = _describe_field("What the row is about.")
    cells: tuple[CellValue, ...] = _describe_field(
        "One a column: a number or a text; `''` where there is none."
    )


class Table(Model):
    """Rows and columns, each row with a head. `compare` sets things side by side, `table` shows figures."""

    title: LineText = _describe_field("What the table shows.")
    corner: LineText | None = _describe_field("Head of the first column.", None)
    columns: Annotated[tuple[LabelText, ...], Field(min_length=1, max_length=12)] = _describe_field(
        "Heads of the columns after the first."
    )
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _describe_field(
        "From top to bottom."
    )
    source: Cites | None = _describe_field("Where it is from, in quotation marks.", None)
    note: LineText | None = _describe_field("Printed small below.", None)


class ChartRow(Model):
    """A category and its values, one a series."""

    head: LabelText = _describe_field("The category; in a line chart an EDTF date.")
    cells: tuple[ChartValue, ...] = _describe_field(
        "Numbers, one a series; `[low, high]` in a range chart; `''` where unknown."
    )
    emphasis: Flag = _describe_field("`true` for the one that the title speaks of.", False)


class Chart(Model):
    """Numbers as a picture: bars, a line over time, shares of a whole, or ranges."""

    kind: ChartKindField = _describe_field("`bar`, `line` (over time), `share` (of a whole) or `range`.")
    title: LineText = _describe_field("States the finding.")
    measure: LineText = _describe_field("What is measured, and in which unit.")
    unit: LabelText | None = _describe_field("Printed behind each number.", None)
    columns: tuple[LabelText, ...] = _describe_field(
        "Names of the series, where there are several.", (), max_length=6
    )
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=400)] = _describe_field(
        "In the order of the picture."
    )
    source: Cites | None = _describe_field("Where it is from, in quotation marks.", None)
    note: LineText | None = _describe_field("Printed small below.", None)
    alt: LineText | None = _describe_field(
        "Said instead of the picture; written from the numbers by default.", None
    )


class Quote(Model):
    """A quotation from a document, with its original."""

    text: ProseText = _describe_field("The translation, without quotation marks.")
    original: PlainText | None = _describe_field("In `original_language`, without quotation marks.", None)
    by: LineText | None = _describe_field("Who says it, unless the document tells.", None)
    document: LineText = _describe_field("What it is quoted from.")
    date: EdtfDate | None = _describe_field("When it was said or written (EDTF).", None)
    old_style: JulianDate | None = _describe_field("The same date in the Julian calendar.", None)
    source: Cites | None = _describe_field("Where it is printed, in quotation marks.", None)


class Position(Model):
    """One side of a debate."""

    claim: LineText = _describe_field("What it holds, in a sentence.")
    holders: LineText = _describe_field("Who holds it.")
    text: ProseText = _describe_field("Its reasons.")


class Debate(Model):
    """What historians dispute: a question and the positions, each with those who hold it."""

    question: LineText = _describe_field("What is in dispute.")
    positions: Annotated[tuple[Position, ...], Field(min_length=2, max_length=4)] = _describe_field(
        "Two to four, each told fairly."
    )
    closing: LineText | None = _describe_field("A question for the class.", None)
    source: Cites | None = _describe_field("Where it is told, in quotation marks.", None)


class Image(Model):
    """A picture from the outline's folder: PNG, JPEG or SVG."""

    file: PlainText = _describe_field("Path below the outline's folder.")
    alt: LineText = _describe_field("What the picture shows, for those who cannot see it.")
    caption: LineText | None = _describe_field("Printed below it.", None)
    credit: LineText = _describe_field("Who made it, and the licence.")


BlockKind = Literal["heading", "text", "points", "compare", "table", "chart", "quote", "debate", "image"]
DisplayContent = (
    tuple[Literal["points"], Points]
    | tuple[Literal["compare"], Table]
    | tuple[Literal["table"], Table]
    | tuple[Literal["chart"], Chart]
    | tuple[Literal["quote"], Quote]
    | tuple[Literal["debate"], Debate]
    | tuple[Literal["image"], Image]
)
# What a block says, behind its kind. Kinds are told apart by `match block.content: case ("quote", quote): …`
# with `case _: assert_never(…)` at the end, so that mypy names every place that a new kind still needs.
BlockContent = tuple[Literal["heading"], Text] | tuple[Literal["text"], Text] | DisplayContent
BLOCK_KINDS: tuple[BlockKind, ...] = tuple(get_args(get_args(one)[0])[0] for one in get_args(BlockContent))


class Block(Model):
    """A part of a section: exactly one of the kinds, and what may go with it."""

    id: Identifier | None = _describe_field("For links and for questions about a quotation.", None)
    heading: LineText | None = _describe_field("A heading; what follows belongs to it.", None)
    text: ProseText | None = _describe_field(
        "Paragraphs: one sentence a line, a blank line between paragraphs. Markup: `*emphasis*`, "
        "`**key word**`, `[words](#id)`, `[@source, p. 45]`.",
        None,
    )
    points: Points | None = _describe_field("Bullets for the slides.", None)
    compare: Table | None = _describe_field("Things side by side, in words.", None)
    table: Table | None = _describe_field("Figures in rows and columns.", None)
    chart: Chart | None = _describe_field("Numbers as a picture, with a table behind it.", None)
    quote: Quote | None = _describe_field("A quotation from a document.", None)
    debate: Debate | None = _describe_field("What historians dispute, position by position.", None)
    image: Image | None = _describe_field("A picture from the outline's folder.", None)
    cue: LineText | None = _describe_field("A question in the guide's margin.", None)
    notes: ProseText | None = _describe_field("For the teacher to say; in the deck's notes.", None)

    @property
    def kind(self) -> BlockKind:
        """The block's kind. A block that `check` accepts has exactly one."""
        return self.content[0]

    @property
    def content(self) -> BlockContent:
        """The block's kind, and what stands under it."""
        return next(self.list_contents())

    def list_contents(self) -> Iterator[BlockContent]:
        """Yield each kind of the block with what stands under it: in a faulty block none, or several."""
        for kind in BLOCK_KINDS:
            content = getattr(self, kind)
            if content is not None:
                yield cast(BlockContent, (kind, content))

    def list_citations(self) -> Iterator[tuple[BlockKind, str]]:
        """Yield the `source` field of the block's content, of whichever kind, behind the kind."""
        for kind, content in self.list_contents():
            source: str | None = getattr(content, "source", None)
            if source is not None:
                yield kind, source


class Option(Model):
    """An answer to choose from."""

    text: LineText = _describe_field("The answer.")
    correct: Flag = _describe_field("`true` for a right answer.", False)


class Criterion(Model):
    """A line of a rubric."""

    criterion: LineText = _describe_field("What earns the points.")
    points: Marks = _describe_field("How many, 1 to 100.")


class Question(Model):
    """A question for the students, with what the teacher needs to mark it."""

    id: Identifier = _describe_field("Name for links: small letters, digits and hyphens.")
    kind: QuestionKindField = _describe_field(
        "`choice` (options), `short` (a model answer), `essay` (a rubric) or `source` (about a quotation)."
    )
    level: Degree = _describe_field("Difficulty, 1 to 3.", 1)
    prompt: LineText = _describe_field("The question itself.")
    options: tuple[Option, ...] = _describe_field(
        "For `choice`: the answers to choose from.", (), max_length=8
    )
    why: ProseText | None = _describe_field("For `choice`: why the answer is right.", None)
    answer: ProseText | None = _describe_field("A model answer, for `short` and `source`.", None)
    rubric: tuple[Criterion, ...] = _describe_field(
        "For `essay`: what is marked, with points.", (), max_length=12
    )
    quote: Identifier | None = _describe_field("For `source`: the id of a quote block.", None)


class Section(Model):
    """A part of the course, with its place on the time axis."""

    id: Identifier = _describe_field("Name for links and for `--section`.")
    title: LineText = _describe_field("The section's title.")
    period: Interval = _describe_field("An interval with a start and an end (EDTF).")
    question: LineText = _describe_field("What the section answers.")
    summary: ProseText = _describe_field("The section in a few sentences.")
    goals: tuple[LineText, ...] = _describe_field("What students will be able to do.", (), max_length=12)
    notes: ProseText | None = _describe_field("For the teacher, on the section's first slide.", None)
    blocks: tuple[Block, ...] = _describe_field(
        "The section's matter, in the order in which it is taught.", (), max_length=MOST_ITEMS
    )
    events: tuple[Event, ...] = _describe_field(
        "What happened, for timelines and chronology.", (), max_length=MOST_ITEMS
    )
    questions: tuple[Question, ...] = _describe_field(
        "For the students, with their answers.", (), max_length=MOST_ITEMS
    )


class Outline(Model):
    """A whole course."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=20)] = _describe_field(
        "Codes such as `es`; the first is the default. Every text must exist in each."
    )
    title: LineText = _describe_field("The course's title.")
    subtitle: LineText | None = _describe_field("Below the title.", None)
    credit: LineText | None = _describe_field("Who made the course, and its licence.", None)
    original_language: Language | None = _describe_field("The language of every `original`.", None)
    calendar_reform: EdtfDate | None = _describe_field(
        "First day of the new calendar; `old_style` dates stand only before it.", None
    )
    lanes: Annotated[tuple[Lane, ...], Field(min_length=1, max_length=6)] = _describe_field(
        "The themes of the events, one to six: lines of the poster."
    )
    sources: tuple[Source, ...] = _describe_field("What is cited.", (), max_length=MOST_ITEMS)
    people: tuple[Person, ...] = _describe_field("Who is named.", (), max_length=MOST_ITEMS)
    terms: tuple[Term, ...] = _describe_field("The glossary.", (), max_length=MOST_ITEMS)
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _describe_field(
        "The parts of the course, in the order in which they are taught."
    )


@cache
def list_field_names() -> frozenset[str]:
    """Return the names of all fields that an outline may hold, of whichever group."""
    models: list[type[BaseModel]] = [Outline]
    for model in models:
        for field in model.model_fields.values():
            models += [found for found in _find_models(field.annotation) if found not in models]
    return frozenset(name for model in models for name in model.model_fields)


def _find_models(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that an annotation such as `tuple[Model, ...] | None` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in get_args(annotation) for found in _find_models(part)]
