"""The outline as one typed, frozen model: what an outline file may say, field by field.

The JSON Schema for editors is generated from this model (`schema.py`), so descriptions and examples here are
what an editor sees on hover.
"""

from typing import Annotated, Any

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

MOST_ITEMS = 10_000


def _field(says: str, example: Any, default: Any = ..., **limits: Any) -> Any:
    """Return a field that tells editors what it is and shows an example; without a default it is due."""
    return Field(default, description=says, examples=[example], **limits)


def _words(es: str, en: str) -> dict[str, str]:
    """Return an example of a text in languages."""
    return {"es": es, "en": en}


class Model(BaseModel):
    """Frozen, and strict about names: an unknown field is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lane(Model):
    """A theme that events belong to: a line of the poster."""

    id: Identifier = _field("Name for references: small letters, digits and hyphens.", "politics")
    name: Line = _field("The lane's name, as printed.", _words("Política", "Politics"))


class Source(Model):
    """An entry of the list of sources, cited as `[@id, p. 45]`."""

    id: Identifier = _field("Name for citations, usually author and year.", "tackett2015")
    kind: SourceKind = _field("What it is.", "book", "book")
    author: Plain | None = _field("As it is printed, surname first.", "Tackett, Timothy", None)
    title: Plain = _field(
        "The work's own title, in its own language.", "The Coming of the Terror in the French Revolution"
    )
    container: Plain | None = _field(
        "The book, journal or archive that it is part of.", "The American Historical Review", None
    )
    publisher: Plain | None = _field("Who published it.", "Harvard University Press", None)
    place: Plain | None = _field("Where it was published.", "Cambridge, Mass.", None)
    year: Plain | None = _field("When it was published.", 2015, None)
    url: Plain | None = _field(
        "Only where the work lives there; starts with https://.", "https://example.org/letters/12", None
    )
    note: Line | None = _field(
        "A remark printed after the entry.", _words("Edición bilingüe.", "A bilingual edition."), None
    )


class Person(Model):
    """Someone who is named; linked as `[words](#id)`."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.", "condorcet")
    name: Line = _field("As each language writes it.", _words("Marqués de Condorcet", "Marquis de Condorcet"))
    original: Plain | None = _field("In the script of `original_language`.", "Περικλῆς", None)
    born: EdtfDate | None = _field("EDTF date; `~` where it is approximate.", "1743-09-17", None)
    died: EdtfDate | None = _field("EDTF date; left out for the living.", "1794-03", None)
    role: Line = _field(
        "Who they were, in a sentence.",
        _words("Matemático que pidió el voto para las mujeres.", "Mathematician who asked for women’s vote."),
    )


class Term(Model):
    """An entry of the glossary; linked as `[words](#id)`."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.", "third-estate")
    name: Line = _field("The term, as the glossary prints it.", _words("tercer estado", "Third Estate"))
    original: Plain | None = _field("In the script of `original_language`.", "ἐκκλησία", None)
    definition: Line = _field(
        "What it means, in a sentence or two.",
        _words("Quienes no eran nobles ni clérigos.", "All who were neither nobles nor clergy."),
    )


class Event(Model):
    """Something that happened on a date; it stands on the timelines and in the chronology."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.", "bastille")
    date: EdtfDate = _field(
        "EDTF, Gregorian: a day, month or year, or an interval as `1789-05-05/1789-06-17`.", "1789-07-14"
    )
    old_style: EdtfDate | None = _field(
        "The same date in the Julian calendar, before `calendar_reform`.", "1752-09-02", None
    )
    lane: Identifier = _field("The id of one of `lanes`.", "politics")
    importance: Degree = _field("3 decisive, 2 important, 1 for context.", 3, 2)
    label: Line = _field(
        "A few words for timelines.", _words("Toma de la Bastilla", "Storming of the Bastille")
    )
    text: Prose | None = _field(
        "A sentence or two for the chronology.",
        _words("París se arma y cae la fortaleza.", "Paris takes up arms and the fortress falls."),
        None,
    )


class Points(Model):
    """Bullets for the slides."""

    title: Line | None = _field(
        "The slide's title; by default the heading above.", _words("Tres causas", "Three causes"), None
    )
    items: Annotated[tuple[Line, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _field(
        "One idea each, short and parallel.",
        [_words("El pan escasea.", "Bread is short."), _words("El tesoro quiebra.", "The treasury fails.")],
    )


class TableRow(Model):
    """A row: its head and one cell a column."""

    head: Label = _field("What the row is about.", _words("Nobleza", "Nobility"))
    cells: tuple[Cell, ...] = _field("One a column: a number or a text, or empty.", [120, 1.5])


class Table(Model):
    """Rows and columns, each row with a head. `compare` sets things side by side, `table` shows figures."""

    title: Line = _field(
        "What the table shows.", _words("Los tres estados en 1789", "The three estates in 1789")
    )
    corner: Line | None = _field("Head of the first column.", _words("Estado", "Estate"), None)
    columns: Annotated[tuple[Label, ...], Field(min_length=1, max_length=12)] = _field(
        "Heads of the columns after the first.", [_words("Personas, miles", "People, thousands"), 1789]
    )
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _field(
        "From top to bottom.", [{"head": _words("Nobleza", "Nobility"), "cells": [120, 1.5]}]
    )
    source: Cites | None = _field("Where it is from, in quotation marks.", "@tackett2015, p. 45", None)
    note: Line | None = _field(
        "Printed small below.", _words("Cifras redondeadas.", "Rounded figures."), None
    )


class ChartRow(Model):
    """A category and its values, one a series."""

    head: Label = _field("The category; in a line chart an EDTF date.", _words("Trigo", "Wheat"))
    cells: tuple[Value, ...] = _field(
        "Numbers, one a series; `[low, high]` in a range chart; empty where unknown.", [51.1]
    )
    emphasis: Flag = _field("`true` for the one that the title speaks of.", True, False)


class Chart(Model):
    """Numbers as a picture: bars, a line over time, shares of a whole, or ranges."""

    kind: ChartKind = _field("`bar`, `line` (over time), `share` (of a whole) or `range`.", "bar")
    title: Line = _field("States the finding.", _words("El pan dobló su precio", "Bread doubled its price"))
    measure: Line = _field(
        "What is measured, and in which unit.", _words("Sueldos por hogaza, París", "Sous a loaf, Paris")
    )
    unit: Label | None = _field("Printed behind each number.", "%", None)
    columns: tuple[Label, ...] = _field(
        "Names of the series, where there are several.", [1788, 1789], (), max_length=6
    )
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=400)] = _field(
        "In the order of the picture.",
        [{"head": 1788, "cells": [8]}, {"head": 1789, "cells": [14.5], "emphasis": True}],
    )
    source: Cites | None = _field("Where it is from, in quotation marks.", "@tackett2015, p. 45", None)
    note: Line | None = _field("Printed small below.", _words("Precios de julio.", "Prices of July."), None)
    alt: Line | None = _field(
        "Said instead of the picture; written from the numbers by default.",
        _words("Dos barras: 8 y 14,5 sueldos.", "Two bars: 8 and 14.5 sous."),
        None,
    )


class Quote(Model):
    """A quotation from a document, with its original."""

    text: Prose = _field(
        "The translation, without quotation marks.",
        _words("Los hombres nacen libres e iguales.", "Men are born free and equal."),
    )
    original: Plain | None = _field(
        "In `original_language`, without quotation marks.", "Les hommes naissent libres et égaux.", None
    )
    by: Line | None = _field(
        "Who says it, unless the document tells.", _words("Un diputado", "A deputy"), None
    )
    document: Line = _field(
        "What it is quoted from.",
        _words("Declaración de los derechos, artículo 1", "Declaration of rights, article 1"),
    )
    date: EdtfDate | None = _field("When it was said or written (EDTF).", "1789-08-26", None)
    old_style: EdtfDate | None = _field("The same date in the Julian calendar.", "1752-09-02", None)
    source: Cites | None = _field("Where it is printed, in quotation marks.", "@tackett2015, p. 61", None)


class Position(Model):
    """One side of a debate."""

    claim: Line = _field("What it holds, in a sentence.", _words("Fue por el pan", "It was about bread"))
    holders: Line = _field("Who holds it.", _words("Historiadores sociales", "Social historians"))
    text: Prose = _field(
        "Its reasons.", _words("Los motines siguen a los precios.", "The riots follow the prices.")
    )


class Debate(Model):
    """What historians dispute: a question and the positions, each with those who hold it."""

    question: Line = _field(
        "What is in dispute.", _words("¿Por qué cayó la monarquía?", "Why did the monarchy fall?")
    )
    positions: Annotated[tuple[Position, ...], Field(min_length=2, max_length=4)] = _field(
        "Two to four, each told fairly.",
        [
            {"claim": _words("Por el pan", "Bread"), "holders": _words("Unos", "Some"), "text": "…"},
            {"claim": _words("Por las ideas", "Ideas"), "holders": _words("Otros", "Others"), "text": "…"},
        ],
    )
    closing: Line | None = _field(
        "A question for the class.", _words("¿Qué prueba falta?", "Which evidence is missing?"), None
    )
    source: Cites | None = _field("Where it is told, in quotation marks.", "@tackett2015, p. 12", None)


class Image(Model):
    """A picture from the outline's folder: PNG, JPEG or SVG."""

    file: Plain = _field("Path below the outline's folder.", "images/map.svg")
    alt: Line = _field(
        "What the picture shows, for those who cannot see it.",
        _words("Mapa de París con la fortaleza al este", "Map of Paris with the fortress in the east"),
    )
    caption: Line | None = _field("Printed below it.", _words("París en 1789", "Paris in 1789"), None)
    credit: Line = _field(
        "Who made it, and the licence.", _words("Dibujo propio, CC BY 4.0", "Own drawing, CC BY 4.0")
    )


BLOCK_KINDS = ("heading", "text", "points", "compare", "table", "chart", "quote", "debate", "image")

_TABLE = {
    "title": _words("Los tres estados", "The three estates"),
    "columns": [_words("Personas, miles", "People, thousands")],
    "rows": [{"head": _words("Nobleza", "Nobility"), "cells": [120]}],
}


class Block(Model):
    """A part of a section: exactly one of the kinds, and what may go with it."""

    id: Identifier | None = _field("For links and for questions about a quotation.", "declaration-1789", None)
    heading: Line | None = _field(
        "A heading; what follows belongs to it.", _words("El verano de 1789", "The summer of 1789"), None
    )
    text: Prose | None = _field(
        "Paragraphs: one sentence a line, a blank line between paragraphs. Markup: `*emphasis*`, "
        "`**key word**`, `[words](#id)`, `[@source, p. 45]`.",
        _words(
            "El [pan](#bread) era **caro** [@tackett2015].", "[Bread](#bread) was **dear** [@tackett2015]."
        ),
        None,
    )
    points: Points | None = _field(
        "Bullets for the slides.", {"items": [_words("El pan escasea.", "Bread is short.")]}, None
    )
    compare: Table | None = _field("Things side by side, in words.", _TABLE, None)
    table: Table | None = _field("Figures in rows and columns.", _TABLE, None)
    chart: Chart | None = _field(
        "Numbers as a picture, with a table behind it.",
        {
            "kind": "bar",
            "title": _words("El pan dobló su precio", "Bread doubled its price"),
            "measure": _words("Sueldos por hogaza", "Sous a loaf"),
            "rows": [{"head": 1788, "cells": [8]}, {"head": 1789, "cells": [14.5]}],
        },
        None,
    )
    quote: Quote | None = _field(
        "A quotation from a document.",
        {
            "text": _words("Los hombres nacen libres.", "Men are born free."),
            "document": _words("Declaración de los derechos", "Declaration of rights"),
        },
        None,
    )
    debate: Debate | None = _field(
        "What historians dispute, position by position.",
        {
            "question": _words("¿Por qué cayó la monarquía?", "Why did the monarchy fall?"),
            "positions": [
                {"claim": _words("Por el pan", "Bread"), "holders": _words("Unos", "Some"), "text": "…"},
                {
                    "claim": _words("Por las ideas", "Ideas"),
                    "holders": _words("Otros", "Others"),
                    "text": "…",
                },
            ],
        },
        None,
    )
    image: Image | None = _field(
        "A picture from the outline's folder.",
        {
            "file": "images/map.svg",
            "alt": _words("Mapa de París", "Map of Paris"),
            "credit": _words("Dibujo propio", "Own drawing"),
        },
        None,
    )
    cue: Line | None = _field(
        "A question in the guide's margin.", _words("¿Quién pagaba?", "Who paid?"), None
    )
    notes: Prose | None = _field(
        "For the teacher to say; in the deck's notes.",
        _words("Pida ejemplos de hoy.", "Ask for examples of today."),
        None,
    )

    @property
    def kind(self) -> str:
        """The block's kind: one of BLOCK_KINDS."""
        return next(kind for kind in BLOCK_KINDS if getattr(self, kind) is not None)


class Option(Model):
    """An answer to choose from."""

    text: Line = _field("The answer.", _words("El tercer estado", "The Third Estate"))
    correct: Flag = _field("`true` for a right answer.", True, False)


class Criterion(Model):
    """A line of a rubric."""

    criterion: Line = _field(
        "What earns the points.", _words("Presenta las dos posturas", "Sets out both positions")
    )
    points: Marks = _field("How many, 1 to 100.", 4)


class Question(Model):
    """A question for the students, with what the teacher needs to mark it."""

    id: Identifier = _field("Name for links: small letters, digits and hyphens.", "q-who-paid")
    kind: QuestionKind = _field(
        "`choice` (options), `short` (a model answer), `essay` (a rubric) or `source` (about a quotation).",
        "choice",
    )
    level: Degree = _field("Difficulty, 1 to 3.", 2, 1)
    prompt: Line = _field("The question itself.", _words("¿Quién pagaba?", "Who paid?"))
    options: tuple[Option, ...] = _field(
        "For `choice`: the answers to choose from.",
        [
            {"text": _words("La nobleza", "The nobility")},
            {"text": _words("El tercer estado", "The Third Estate"), "correct": True},
        ],
        (),
        max_length=8,
    )
    why: Prose | None = _field(
        "For `choice`: why the answer is right.",
        _words("Los otros dos estaban exentos.", "The other two were exempt."),
        None,
    )
    answer: Prose | None = _field(
        "A model answer, for `short` and `source`.",
        _words("Quienes no tenían privilegios.", "Those without privileges."),
        None,
    )
    rubric: tuple[Criterion, ...] = _field(
        "For `essay`: what is marked, with points.",
        [{"criterion": _words("Usa dos fuentes", "Uses two sources"), "points": 4}],
        (),
        max_length=12,
    )
    quote: Identifier | None = _field("For `source`: the id of a quote block.", "declaration-1789", None)


class Section(Model):
    """A part of the course, with its place on the time axis."""

    id: Identifier = _field("Name for links and for `--section`.", "causes")
    title: Line = _field("The section's title.", _words("Las causas", "The causes"))
    period: Interval = _field("An interval with a start and an end (EDTF).", "1774-05/1789-05")
    question: Line = _field("What the section answers.", _words("¿Por qué en 1789?", "Why in 1789?"))
    summary: Prose = _field(
        "The section in a few sentences.",
        _words("Deudas, malas cosechas e ideas nuevas.", "Debts, bad harvests and new ideas."),
    )
    goals: tuple[Line, ...] = _field(
        "What students will be able to do.",
        [_words("Explicar tres causas.", "Explain three causes.")],
        (),
        max_length=12,
    )
    notes: Prose | None = _field(
        "For the teacher, on the section's first slide.",
        _words("Empiece por el precio del pan.", "Start with the price of bread."),
        None,
    )
    blocks: tuple[Block, ...] = _field(
        "The section's matter, in the order in which it is taught.",
        [{"heading": _words("El verano de 1789", "The summer of 1789")}],
        (),
        max_length=MOST_ITEMS,
    )
    events: tuple[Event, ...] = _field(
        "What happened, for timelines and chronology.",
        [
            {
                "id": "bastille",
                "date": "1789-07-14",
                "lane": "politics",
                "label": _words("Toma de la Bastilla", "Storming of the Bastille"),
            }
        ],
        (),
        max_length=MOST_ITEMS,
    )
    questions: tuple[Question, ...] = _field(
        "For the students, with their answers.",
        [
            {
                "id": "q-who-paid",
                "kind": "short",
                "prompt": _words("¿Quién pagaba?", "Who paid?"),
                "answer": _words("El tercer estado.", "The Third Estate."),
            }
        ],
        (),
        max_length=MOST_ITEMS,
    )


class Outline(Model):
    """A whole course."""

    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=20)] = _field(
        "Codes such as `es`; the first is the default. Every text must exist in each.", ["es", "en"]
    )
    title: Line = _field("The course's title.", _words("La Revolución francesa", "The French Revolution"))
    subtitle: Line | None = _field("Below the title.", _words("De 1774 a 1799", "1774 to 1799"), None)
    credit: Line | None = _field(
        "Who made the course, and its licence.", _words("Ana Ruiz, CC BY 4.0", "Ana Ruiz, CC BY 4.0"), None
    )
    original_language: Language | None = _field("The language of every `original`.", "fr", None)
    calendar_reform: EdtfDate | None = _field(
        "First day of the new calendar; `old_style` dates stand only before it.", "1752-09-14", None
    )
    lanes: Annotated[tuple[Lane, ...], Field(min_length=1, max_length=6)] = _field(
        "The themes of the events, one to six: lines of the poster.",
        [{"id": "politics", "name": _words("Política", "Politics")}],
    )
    sources: tuple[Source, ...] = _field(
        "What is cited.",
        [{"id": "tackett2015", "title": "The Coming of the Terror", "year": 2015}],
        (),
        max_length=MOST_ITEMS,
    )
    people: tuple[Person, ...] = _field(
        "Who is named.",
        [
            {
                "id": "condorcet",
                "name": _words("Condorcet", "Condorcet"),
                "role": _words("Matemático.", "Mathematician."),
            }
        ],
        (),
        max_length=MOST_ITEMS,
    )
    terms: tuple[Term, ...] = _field(
        "The glossary.",
        [
            {
                "id": "third-estate",
                "name": _words("tercer estado", "Third Estate"),
                "definition": _words("El pueblo llano.", "The commoners."),
            }
        ],
        (),
        max_length=MOST_ITEMS,
    )
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=MOST_ITEMS)] = _field(
        "The parts of the course, in the order in which they are taught.",
        [
            {
                "id": "causes",
                "title": _words("Las causas", "The causes"),
                "period": "1774-05/1789-05",
                "question": _words("¿Por qué en 1789?", "Why in 1789?"),
                "summary": _words("Deudas y malas cosechas.", "Debts and bad harvests."),
            }
        ],
    )
