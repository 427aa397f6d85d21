"""The study guide's part of a theme: faces, sizes and the page, within what can be set and read."""

from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from builders.theme.papers import OFFICE_PAPERS, PAPER_SIZES, POINTS_PER_MM

LEAST_TEXT, LEAST_LARGE_TEXT = 80.0, 100.0  # mm: narrower, no line of text is comfortable to read
FEWEST_LINES = 15
SMALLEST, SMALLEST_LARGE = (
    7.5,
    16.0,
)  # points; large print's is that of the American Printing House's guidelines


def limit_number(low: float, high: float, unit: str) -> AfterValidator:
    """Return a check that a number is from `low` to `high`."""

    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(f"{value:g} {unit} cannot be set; give {low:g} to {high:g} {unit}")
        return value

    return AfterValidator(check)


def limit_points(low: float, high: float) -> AfterValidator:
    """Return a check of a size in points."""
    return limit_number(low, high, "points")


class ThemePart(BaseModel):
    """A group of a theme's fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TypeSize(ThemePart):
    """A role's size and the distance of its lines, in points."""

    size: Annotated[float, limit_points(SMALLEST, 96)]
    leading: Annotated[float, limit_points(SMALLEST, 140)]

    @model_validator(mode="after")
    def _check_leading(self) -> Self:
        if not self.size * 0.95 <= self.leading <= self.size * 2.5:
            raise ValueError(
                f"lines {self.leading:g} points apart do not suit a size of {self.size:g}; "
                f"give a leading of {self.size:g} to {self.size * 2.5:g}"
            )
        return self


def _make_least_size_check(least: float, what: str) -> Callable[[TypeSize], TypeSize]:
    def check(role: TypeSize) -> TypeSize:
        if role.size < least:
            raise ValueError(f"{role.size:g} points are too small for {what}; give at least {least:g}")
        return role

    return check


BodySize = Annotated[TypeSize, AfterValidator(_make_least_size_check(8.5, "text to read"))]
LargeSize = Annotated[TypeSize, AfterValidator(_make_least_size_check(SMALLEST_LARGE, "large print"))]


class GuideSizes(ThemePart):
    """The guide's roles of type."""

    course: TypeSize  # the course's title
    section: TypeSize  # a section's title on its opener
    title: TypeSize  # of a chapter
    heading: TypeSize
    subheading: TypeSize  # of tables, charts and answers
    key: TypeSize  # the key question
    quotation: TypeSize
    original: TypeSize
    body: BodySize  # its leading is the baseline grid of every page
    table: TypeSize
    small: TypeSize  # margin, captions, sources
    label: TypeSize  # on the openers' timelines
    index: TypeSize
    contents: TypeSize


class LargePrintSizes(ThemePart):
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


class GuideFaces(ThemePart):
    """Which family is for reading, and which for headings, tables, the margin and labels."""

    text: Literal["serif", "sans"]
    display: Literal["serif", "sans"]


class SideMargins(ThemePart):
    """A paper's margins at the spine and at the fore-edge, where the ruler runs, in mm."""

    inner: Annotated[float, limit_number(10, 50, "mm")]
    outer: Annotated[float, limit_number(22, 60, "mm")]


class PageLook(ThemePart):
    """The page, in mm: what margins and columns leave is the text's."""

    a4: SideMargins
    letter: SideMargins
    top: Annotated[float, limit_number(18, 60, "mm")]
    bottom: Annotated[float, limit_number(15, 60, "mm")]
    gutter: Annotated[float, limit_number(3, 15, "mm")]
    margin: Annotated[float, limit_number(32, 70, "mm")]

    def measure_text_width(self, paper: str) -> float:
        """Return the width of the text on a paper, in mm."""
        sides: SideMargins = getattr(self, paper)
        return PAPER_SIZES[paper].short_mm - sides.inner - sides.outer - self.gutter - self.margin

    @model_validator(mode="after")
    def _check_text_width(self) -> Self:
        _check_widths(
            {paper: self.measure_text_width(paper) for paper in OFFICE_PAPERS},
            LEAST_TEXT,
            "inner, outer, gutter or margin",
        )
        return self


class LargePrintPage(ThemePart):
    """Large print's page, in mm: one column, the same margins on every paper."""

    inner: Annotated[float, limit_number(10, 50, "mm")]
    outer: Annotated[float, limit_number(28, 60, "mm")]
    top: Annotated[float, limit_number(20, 60, "mm")]
    bottom: Annotated[float, limit_number(15, 60, "mm")]

    @model_validator(mode="after")
    def _check_text_width(self) -> Self:
        widths = {paper: PAPER_SIZES[paper].short_mm - self.inner - self.outer for paper in OFFICE_PAPERS}
        _check_widths(widths, LEAST_LARGE_TEXT, "inner or outer")
        return self


def _check_widths(widths: dict[str, float], least: float, names: str) -> None:
    for paper, width in widths.items():
        full = PAPER_SIZES[paper].short_mm
        if width < least:
            raise ValueError(
                f"margins and columns leave {width:g} of {full:g} mm for the text ({paper}); "
                f"make {names} narrower: at least {least:g} mm are needed"
            )


class Spacing(ThemePart):
    """Distances in the text."""

    indent: Annotated[float, limit_points(0, 40)]  # of a paragraph that follows another
    above_heading: Annotated[float, limit_number(0.5, 4, "lines")]
    between_notes: Annotated[float, limit_points(4, 30)]  # of the margin


class GuideLook(ThemePart):
    """The study guide's settings."""

    align: Literal["left", "justify"]
    hyphenate: bool
    faces: GuideFaces
    sizes: GuideSizes
    page: PageLook
    spacing: Spacing
    large_sizes: LargePrintSizes
    large_page: LargePrintPage

    @model_validator(mode="after")
    def _check_line_count(self) -> Self:
        for sizes, page in ((self.sizes, self.page), (self.large_sizes, self.large_page)):
            for paper in OFFICE_PAPERS:
                if count_lines(paper, page, sizes.body.leading) < FEWEST_LINES:
                    raise ValueError(
                        f"top and bottom leave less than {FEWEST_LINES} lines ({paper}); make them lower"
                    )
        return self


def count_lines(paper: str, page: PageLook | LargePrintPage, leading: float) -> int:
    """Return how many lines of the grid a page has."""
    return int((PAPER_SIZES[paper].long_mm - page.top - page.bottom) * POINTS_PER_MM / leading + 1e-6)
