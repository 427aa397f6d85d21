"""The study guide's part of a theme: faces, sizes and the page, within what can be set and read."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

MM = 72 / 25.4  # points
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # mm
LEAST_TEXT, LEAST_LARGE_TEXT = 80.0, 100.0  # mm: narrower, no line of text is comfortable to read
FEWEST_LINES = 15
SMALLEST, SMALLEST_LARGE = (
    7.5,
    16.0,
)  # points; large print's is that of the American Printing House's guidelines


def within(low: float, high: float, unit: str) -> AfterValidator:
    """Return a check that a number is from `low` to `high`."""

    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(f"{value:g} {unit} cannot be set; give {low:g} to {high:g} {unit}")
        return value

    return AfterValidator(check)


def points(low: float, high: float) -> AfterValidator:
    """Return a check of a size in points."""
    return within(low, high, "points")


class Part(BaseModel):
    """A group of a theme's fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(Part):
    """A role's size and the distance of its lines, in points."""

    size: Annotated[float, points(SMALLEST, 96)]
    leading: Annotated[float, points(SMALLEST, 140)]

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if not self.size * 0.95 <= self.leading <= self.size * 2.5:
            raise ValueError(
                f"lines {self.leading:g} points apart do not suit a size of {self.size:g}; "
                f"give a leading of {self.size:g} to {self.size * 2.5:g}"
            )
        return self


def _at_least(least: float, what: str) -> Callable[[Size], Size]:
    def check(role: Size) -> Size:
        if role.size < least:
            raise ValueError(f"{role.size:g} points are too small for {what}; give at least {least:g}")
        return role

    return check


BodySize = Annotated[Size, AfterValidator(_at_least(8.5, "text to read"))]
LargeSize = Annotated[Size, AfterValidator(_at_least(SMALLEST_LARGE, "large print"))]


class Sizes(Part):
    """The guide's roles of type."""

    course: Size  # the course's title
    section: Size  # a section's title on its opener
    title: Size  # of a chapter
    heading: Size
    subheading: Size  # of tables, charts and answers
    key: Size  # the key question
    quotation: Size
    original: Size
    body: BodySize  # its leading is the baseline grid of every page
    table: Size
    small: Size  # margin, captions, sources
    label: Size  # on the openers' timelines
    index: Size
    contents: Size


class LargeSizes(Part):
    """The roles of type in large print."""

    course: LargeSize
    section: LargeSize
    title: LargeSize
    heading: LargeSize
    subheading: LargeSize
    key: LargeSize
    quotation: LargeSize
    original: LargeSize
    body: LargeSize
    table: LargeSize
    small: LargeSize
    label: LargeSize
    index: LargeSize
    contents: LargeSize


class Faces(Part):
    """Which family is for reading, and which for headings, tables, the margin and labels."""

    text: Literal["serif", "sans"]
    display: Literal["serif", "sans"]


class Sides(Part):
    """A paper's margins at the spine and at the fore-edge, where the ruler runs, in mm."""

    inner: Annotated[float, within(10, 50, "mm")]
    outer: Annotated[float, within(22, 60, "mm")]


class PageLook(Part):
    """The page, in mm: what margins and columns leave is the text's."""

    a4: Sides
    letter: Sides
    top: Annotated[float, within(18, 60, "mm")]
    bottom: Annotated[float, within(15, 60, "mm")]
    gutter: Annotated[float, within(3, 15, "mm")]
    margin: Annotated[float, within(32, 70, "mm")]

    def text(self, paper: str) -> float:
        """Return the width of the text on a paper, in mm."""
        sides: Sides = getattr(self, paper)
        return PAPERS[paper][0] - sides.inner - sides.outer - self.gutter - self.margin

    @model_validator(mode="after")
    def _leave_room(self) -> Self:
        _check_widths(
            {paper: self.text(paper) for paper in PAPERS}, LEAST_TEXT, "inner, outer, gutter or margin"
        )
        return self


class LargePage(Part):
    """Large print's page, in mm: one column, the same margins on every paper."""

    inner: Annotated[float, within(10, 50, "mm")]
    outer: Annotated[float, within(28, 60, "mm")]
    top: Annotated[float, within(20, 60, "mm")]
    bottom: Annotated[float, within(15, 60, "mm")]

    @model_validator(mode="after")
    def _leave_room(self) -> Self:
        widths = {paper: width - self.inner - self.outer for paper, (width, _) in PAPERS.items()}
        _check_widths(widths, LEAST_LARGE_TEXT, "inner or outer")
        return self


def _check_widths(widths: dict[str, float], least: float, names: str) -> None:
    for paper, width in widths.items():
        if width < least:
            raise ValueError(
                f"margins and columns leave {width:g} of {PAPERS[paper][0]:g} mm for the text ({paper}); "
                f"make {names} narrower: at least {least:g} mm are needed"
            )


class Spacing(Part):
    """Distances in the text."""

    indent: Annotated[float, points(0, 40)]  # of a paragraph that follows another
    above_heading: Annotated[float, within(0.5, 4, "lines")]
    between_notes: Annotated[float, points(4, 30)]  # of the margin


class GuideLook(Part):
    """The study guide's settings."""

    align: Literal["left", "justify"]
    hyphenate: bool
    faces: Faces
    sizes: Sizes
    page: PageLook
    spacing: Spacing
    large_sizes: LargeSizes
    large_page: LargePage

    @model_validator(mode="after")
    def _hold_lines(self) -> Self:
        for sizes, page in ((self.sizes, self.page), (self.large_sizes, self.large_page)):
            for paper in PAPERS:
                if lines(paper, page, sizes.body.leading) < FEWEST_LINES:
                    raise ValueError(
                        f"top and bottom leave less than {FEWEST_LINES} lines ({paper}); make them lower"
                    )
        return self


def lines(paper: str, page: PageLook | LargePage, leading: float) -> int:
    """Return how many lines of the grid a page has."""
    return int((PAPERS[paper][1] - page.top - page.bottom) * MM / leading + 1e-6)
