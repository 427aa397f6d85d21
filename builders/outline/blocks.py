"""The blocks of a section: bullets, tables, charts, quotations, debates and pictures, field by field."""

from collections.abc import Iterator
from typing import Annotated, Literal, cast, get_args

from pydantic import Field

from builders.outline.fields import (
    MOST_ITEMS,
    CellValue,
    ChartKindField,
    ChartValue,
    Cites,
    EdtfDate,
    Flag,
    Identifier,
    JulianDate,
    LabelText,
    LineText,
    Model,
    PlainText,
    ProseText,
    Text,
    describe_field,
)
from builders.outline.map_blocks import Map


class Points(Model):
    """Bullets for the slides."""

    title: LineText | None = describe_field("The slide's title; by default the heading above.", None)
    items: Annotated[tuple[LineText, ...], Field(min_length=1, max_length=MOST_ITEMS)] = describe_field(
        "One idea each, short and parallel."
    )


class TableRow(Model):
    """A row: its head and one cell a column."""

    head: LabelText = describe_field("What the row is about.")
    cells: tuple[CellValue, ...] = describe_field(
        "One a column: a number or a text; `''` where there is none."
    )


class Table(Model):
    """Rows and columns, each row with a head. `compare` sets things side by side, `table` shows figures."""

    title: LineText = describe_field("What the table shows.")
    corner: LineText | None = describe_field("Head of the first column.", None)
    columns: Annotated[tuple[LabelText, ...], Field(min_length=1, max_length=12)] = describe_field(
        "Heads of the columns after the first."
    )
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1, max_length=MOST_ITEMS)] = describe_field(
        "From top to bottom."
    )
    source: Cites | None = describe_field("Where it is from, in quotation marks.", None)
    note: LineText | None = describe_field("Printed small below.", None)


class ChartRow(Model):
    """A category and its values, one a series."""

    head: LabelText = describe_field("The category; in a line chart an EDTF date.")
    cells: tuple[ChartValue, ...] = describe_field(
        "Numbers, one a series; `[low, high]` in a range chart; `''` where unknown."
    )
    emphasis: Flag = describe_field("`true` for the one that the title speaks of.", False)


class Chart(Model):
    """Numbers as a picture: bars, a line over time, shares of a whole, or ranges."""

    kind: ChartKindField = describe_field("`bar`, `line` (over time), `share` (of a whole) or `range`.")
    title: LineText = describe_field("States the finding.")
    measure: LineText = describe_field("What is measured, and in which unit.")
    unit: LabelText | None = describe_field("Printed behind each number.", None)
    columns: tuple[LabelText, ...] = describe_field(
        "Names of the series, where there are several.", (), max_length=6
    )
    rows: Annotated[tuple[ChartRow, ...], Field(min_length=1, max_length=400)] = describe_field(
        "In the order of the picture."
    )
    source: Cites | None = describe_field("Where it is from, in quotation marks.", None)
    note: LineText | None = describe_field("Printed small below.", None)
    alt: LineText | None = describe_field(
        "Said instead of the picture; written from the numbers by default.", None
    )


class Quote(Model):
    """A quotation from a document, with its original."""

    text: ProseText = describe_field("The translation, without quotation marks.")
    original: PlainText | None = describe_field("In `original_language`, without quotation marks.", None)
    by: LineText | None = describe_field("Who says it, unless the document tells.", None)
    document: LineText = describe_field("What it is quoted from.")
    date: EdtfDate | None = describe_field("When it was said or written (EDTF).", None)
    old_style: JulianDate | None = describe_field("The same date in the Julian calendar.", None)
    source: Cites | None = describe_field("Where it is printed, in quotation marks.", None)


class Position(Model):
    """One side of a debate."""

    claim: LineText = describe_field("What it holds, in a sentence.")
    holders: LineText = describe_field("Who holds it.")
    text: ProseText = describe_field("Its reasons.")


class Debate(Model):
    """What historians dispute: a question and the positions, each with those who hold it."""

    question: LineText = describe_field("What is in dispute.")
    positions: Annotated[tuple[Position, ...], Field(min_length=2, max_length=4)] = describe_field(
        "Two to four, each told fairly."
    )
    closing: LineText | None = describe_field("A question for the class.", None)
    source: Cites | None = describe_field("Where it is told, in quotation marks.", None)


class Image(Model):
    """A picture from the outline's folder: PNG, JPEG or SVG."""

    file: PlainText = describe_field("Path below the outline's folder.")
    alt: LineText = describe_field("What the picture shows, for those who cannot see it.")
    caption: LineText | None = describe_field("Printed below it.", None)
    credit: LineText = describe_field("Who made it, and the licence.")


BlockKind = Literal[
    "heading", "text", "points", "compare", "table", "chart", "map", "quote", "debate", "image"
]
DisplayContent = (
    tuple[Literal["points"], Points]
    | tuple[Literal["compare"], Table]
    | tuple[Literal["table"], Table]
    | tuple[Literal["chart"], Chart]
    | tuple[Literal["map"], Map]
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

    id: Identifier | None = describe_field("For links and for questions about a quotation.", None)
    heading: LineText | None = describe_field("A heading; what follows belongs to it.", None)
    text: ProseText | None = describe_field(
        "Paragraphs: one sentence a line, a blank line between paragraphs. Markup: `*emphasis*`, "
        "`**key word**`, `[words](#id)`, `[@source, p. 45]`.",
        None,
    )
    points: Points | None = describe_field("Bullets for the slides.", None)
    compare: Table | None = describe_field("Things side by side, in words.", None)
    table: Table | None = describe_field("Figures in rows and columns.", None)
    chart: Chart | None = describe_field("Numbers as a picture, with a table behind it.", None)
    map: Map | None = describe_field("Where it happened, to scale.", None)
    quote: Quote | None = describe_field("A quotation from a document.", None)
    debate: Debate | None = describe_field("What historians dispute, position by position.", None)
    image: Image | None = describe_field("A picture from the outline's folder.", None)
    cue: LineText | None = describe_field("A question in the guide's margin.", None)
    notes: ProseText | None = describe_field("For the teacher to say; in the deck's notes.", None)

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
