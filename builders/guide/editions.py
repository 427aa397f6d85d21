"""The guide's editions as values: what each asks, tells and leaves out, and the print that it is set in.

A new edition is one entry of `EDITIONS`, and its title (`edition_…`) in each locale.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceSizes:
    """Where things stand on the title page, and how large they are, in points from the page's left."""

    axis: float
    bars: tuple[float, float]  # lefts of the bars in the first and the second of two columns
    bar: float  # their width
    lines: float  # where the events' lines begin
    stroke: float  # how long these are, against the title page's own lengths
    thick: float  # how thick
    years: float  # size of the axis' years
    number: float
    name: float
    hang: float  # of a name, behind its number
    most: float  # width of a name
    bend: float  # of the leaders


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintStyle:
    """How an edition is set, where the theme does not say it; sizes and distances are in points."""

    # type
    large_sizes: bool = False  # the theme's sizes for large print: too large for a margin column
    sans_alone: bool = False  # no serif anywhere
    ragged: bool = False  # without words broken or indented first lines, whatever the theme says
    quiet_ink: bool = True  # what is less important is grey
    emphasis: Literal["semibold", "bold"] = "semibold"  # of questions and small heads
    rules: float = 1  # thickness of lines, against that of the usual print
    smaller_size: float | None = None  # of what is a little smaller than body text; None: 0.9 of it
    folio: float = 10.5
    running_head: float = 8.5
    # the page
    one_column: bool = False  # no margin column: its notes follow the text
    parts_blocks: bool = False  # pages have few lines: what else stays together may end on the next
    keeps_grid: bool = True  # questions and debates begin on the baseline grid
    timelines: Literal["column", "strip"] = "column"  # down the opener's margin; across the text, with a list
    raised_signs: bool = True  # numbers of sources and letters of blanks are raised, else in brackets
    page_word: Literal["page_short", "page"] = "page_short"  # the fixed words before a page's number
    # distances
    between_paragraphs: float = 0  # lines, above and below each
    below_quoted: float = 2.0  # below each text of a quotation
    below_position: float = 0  # below each text of a debate's position
    above_debate: float = 1.5  # lines
    above_first_position: float = 0.5  # lines
    below_goals_title: float = 1
    # the ruler at the fore-edge, and the title page
    ruler_years: bool = True
    tab: tuple[float, float] = (12.0, 14.5)  # width and height
    tab_number: float = 11.0
    glance: GlanceSizes
    # questions
    question_hang: float = 36.0
    question_number: float = 14.0
    # the chronology and the index
    dates_in_columns: bool = True  # else they stand in the event's own
    below_chronology_title: float = 2
    lane_names: tuple[float, float] | None = (9, 12)  # size and leading; None: those of small text
    section_number: float | None = None  # in the chronology; None: in proportion to its square
    index_columns: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingSpace:
    """Ruled lines for the student, in numbers of lines."""

    more_for_answers: int = 0  # than the kind of question asks for
    below_debates: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionStyle:
    """What tells an edition from the others."""

    blanks: Literal["none", "filled", "open"] = "none"  # where key words stand
    answers: Literal["at the back", "in place", "none"] = "at the back"
    teacher_notes: bool = False  # what the outline says to the teacher
    writing: WritingSpace | None = WritingSpace()  # None: no lines to write on
    print: PrintStyle
    by_default: bool = False  # built where no edition is asked for


USUAL_PRINT = PrintStyle(
    glance=GlanceSizes(
        axis=344.6,
        bars=(329.7, 316.8),
        bar=11,
        lines=379.0,
        stroke=1,
        thick=1,
        years=8.5,
        number=28,
        name=13.5,
        hang=26,
        most=178,
        bend=287,
    )
)
# after the American Printing House's guidelines: at least 16 points, in sans, ragged, and nothing is grey
LARGE_PRINT = PrintStyle(
    large_sizes=True,
    sans_alone=True,
    ragged=True,
    quiet_ink=False,
    emphasis="bold",
    rules=2,
    smaller_size=16,
    folio=17,
    running_head=16,
    one_column=True,
    parts_blocks=True,
    keeps_grid=False,
    timelines="strip",
    raised_signs=False,
    page_word="page",
    between_paragraphs=0.5,
    below_quoted=6.0,
    below_position=6,
    above_debate=2,
    above_first_position=1,
    below_goals_title=0,
    ruler_years=False,
    tab=(20.0, 22.0),
    tab_number=16.0,
    glance=GlanceSizes(
        axis=392,
        bars=(372, 353),
        bar=16,
        lines=453,
        stroke=0.38,
        thick=2,
        years=16,
        number=36,
        name=20,
        hang=36,
        most=232,
        bend=334,
    ),
    question_hang=44.0,
    question_number=20.0,
    dates_in_columns=False,
    below_chronology_title=10,
    lane_names=None,
    section_number=16.0,
    index_columns=1,
)

EDITIONS = {
    "study": EditionStyle(print=USUAL_PRINT, by_default=True),
    "worksheet": EditionStyle(
        print=USUAL_PRINT,
        blanks="open",
        answers="none",
        writing=WritingSpace(more_for_answers=2, below_debates=4),
    ),
    "teacher": EditionStyle(
        print=USUAL_PRINT,
        blanks="filled",
        answers="in place",
        teacher_notes=True,
        writing=None,
        by_default=True,
    ),
    "large-print": EditionStyle(print=LARGE_PRINT),
}
USUAL_EDITION = "study"  # its files are named after the guide alone
DEFAULT_EDITIONS = tuple(name for name, edition in EDITIONS.items() if edition.by_default)
