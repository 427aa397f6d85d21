"""The outline as one typed, frozen model: what an outline file may say, field by field.

What a section is made of, its blocks, stands in `blocks.py`; how a single value is read, in `fields.py`.
The JSON Schema for editors is generated from this model (`schema.py`) and from `examples.yaml`: the
descriptions here and the examples there are what an editor sees on hover.
"""

from functools import cache
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field

from builders.outline.blocks import Block
from builders.outline.fields import (
    MOST_ITEMS,
    AnyLineText,
    CalendarField,
    Degree,
    EdtfDate,
    Flag,
    Identifier,
    Interval,
    JulianDate,
    Language,
    LineText,
    Marks,
    Model,
    PlainText,
    ProseText,
    QuestionKindField,
    SourceKindField,
    describe_field,
)
from builders.outline.map_blocks import Place


class Lane(Model):
    """A theme that events belong to: a line of the poster."""

    id: Identifier = describe_field("Name for references: small letters, digits and hyphens.")
    name: LineText = describe_field("The lane's name, as printed.")


class Source(Model):
    """An entry of the list of sources, cited as `[@id, p. 45]`."""

    id: Identifier = describe_field("Name for citations, usually author and year.")
    kind: SourceKindField = describe_field("What it is.", "book")
    author: PlainText | None = describe_field("As it is printed, surname first.", None)
    title: PlainText = describe_field("The work's own title, in its own language.")
    container: PlainText | None = describe_field("The book, journal or archive that it is part of.", None)
    publisher: PlainText | None = describe_field("Who published it.", None)
    place: PlainText | None = describe_field("Where it was published.", None)
    year: AnyLineText | None = describe_field(
        "When it was published, as readers write it: 1917, 1964–1965, 27 BC.", None
    )
    url: PlainText | None = describe_field("Only where the work lives there; starts with https://.", None)
    note: LineText | None = describe_field("A remark printed after the entry.", None)


class Person(Model):
    """Someone who is named; linked as `[words](#id)`."""

    id: Identifier = describe_field("Name for links: small letters, digits and hyphens.")
    name: LineText = describe_field("As each language writes it.")
    filed: LineText | None = describe_field(
        "As lists file the name, where that is not by its last word: `Lesseps, Ferdinand de`, `Mao Zedong`.",
        None,
    )
    original: PlainText | None = describe_field("In the script of `original_language`.", None)
    born: EdtfDate | None = describe_field("EDTF date; `~` where it is approximate.", None)
    died: EdtfDate | None = describe_field("EDTF date; left out for the living.", None)
    role: LineText = describe_field("Who they were, in a sentence.")


class Term(Model):
    """An entry of the glossary; linked as `[words](#id)`."""

    id: Identifier = describe_field("Name for links: small letters, digits and hyphens.")
    name: LineText = describe_field("The term, as the glossary prints it.")
    original: PlainText | None = describe_field("In the script of `original_language`.", None)
    definition: LineText = describe_field("What it means, in a sentence or two.")


class Event(Model):
    """Something that happened on a date; it stands on the timelines and in the chronology."""

    id: Identifier = describe_field("Name for links: small letters, digits and hyphens.")
    date: EdtfDate = describe_field(
        "EDTF, in the course's `calendar`: a day, month or year, or an interval as `1789-05-05/1789-06-17`."
    )
    old_style: JulianDate | None = describe_field(
        "The same date in the Julian calendar, before `calendar_reform`.", None
    )
    lane: Identifier = describe_field("The id of one of `lanes`.")
    place: Identifier | None = describe_field("The id of one of `places`: where it happened.", None)
    importance: Degree = describe_field("3 decisive, 2 important, 1 for context.", 2)
    label: LineText = describe_field("A few words for timelines.")
    text: ProseText | None = describe_field("A sentence or two for the chronology.", None)


class Option(Model):
    """An answer to choose from."""

    text: LineText = describe_field("The answer.")
    correct: Flag = describe_field("`true` for a right answer.", False)


class Criterion(Model):
    """A line of a rubric."""

    criterion: LineText = describe_field("What earns the points.")
    points: Marks = describe_field("How many, 1 to 100.")


class Question(Model):
    """A question for the students, with what the teacher needs to mark it."""

    id: Identifier = describe_field("Name for links: small letters, digits and hyphens.")
    kind: QuestionKindField = describe_field(
        "`choice` (options), `short` (a model answer), `essay` (a rubric) or `source` (about a quotation)."
    )
    level: Degree = describe_field("Difficulty, 1 to 3.", 1)
    prompt: LineText = describe_field("The question itself.")
    options: tuple[Option, ...] = describe_field(
        "For `choice`: the answers to choose from.", (), max_length=8
    )
    why: ProseText | None = describe_field("For `choice`: why the answer is right.", None)
    answer: ProseText | None = describe_field("A model answer, for `short` and `source`.", None)
    rubric: tuple[Criterion, ...] = describe_field(
        "For `essay`: what is marked, with points.", (), max_length=12
    )
    quote: Identifier | None = describe_field("For `source`: the id of a quote block.", None)


class Section(Model):
    """A part of the course, with its place on the time axis."""

    id: Identifier = describe_field("Name for links and for `--section`.")
    title: LineText = describe_field("The section's title.")
    period: Interval = describe_field("An interval with a start and an end (EDTF).")
    question: LineText = describe_field("What the section answers.")
    summary: ProseText = describe_field("The section in a few sentences.")
    goals: tuple[LineText, ...] = describe_field("What students will be able to do.", (), max_length=12)
    notes: ProseText | None = describe_field("For the teacher, on the section's first slide.", None)
    blocks: tuple[Block, ...] = describe_field(
        "The section's matter, in the order in which it is taught.", (), max_length=MOST_ITEMS
    )
    events: tuple[Event, ...] = describe_field(
        "What happened, for timelines and chronology.", (), max_length=MOST_ITEMS
    )
    questions: tuple[Question, ...] = describe_field(
        "For the students, with their answers.", (), max_length=MOST_ITEMS
    )


class Outline(Model):
    """A whole course."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=20)] = describe_field(
        "Codes such as `es`; the first is the default. Every text must exist in each."
    )
    title: LineText = describe_field("The course's title.")
    subtitle: LineText | None = describe_field("Below the title.", None)
    credit: LineText | None = describe_field("Who made the course, and its licence.", None)
    original_language: Language | None = describe_field("The language of every `original`.", None)
    calendar: CalendarField = describe_field(
        "The calendar of every date, as written and as printed: `julian` suits ancient courses.", "gregorian"
    )
    calendar_reform: EdtfDate | None = describe_field(
        "First day of the new calendar; `old_style` dates stand only before it.", None
    )
    lanes: Annotated[tuple[Lane, ...], Field(min_length=1, max_length=6)] = describe_field(
        "The themes of the events, one to six: lines of the poster."
    )
    sources: tuple[Source, ...] = describe_field("What is cited.", (), max_length=MOST_ITEMS)
    people: tuple[Person, ...] = describe_field("Who is named.", (), max_length=MOST_ITEMS)
    terms: tuple[Term, ...] = describe_field("The glossary.", (), max_length=MOST_ITEMS)
    places: tuple[Place, ...] = describe_field("Where it happened.", (), max_length=MOST_ITEMS)
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_ITEMS)] = describe_field(
        "The parts of the course, in the order in which they are taught."
    )

    @property
    def julian(self) -> bool:
        """Whether its dates are those of the Julian calendar."""
        return self.calendar == "julian"


@cache
def list_field_names() -> frozenset[str]:
    """Return the names of all fields of the outline and all groups within it, such as `title` and `lane`."""
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
