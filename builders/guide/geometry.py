"""The guide's page in points: columns, baseline grid and ruler, for both papers, both sides, all editions."""

from dataclasses import dataclass

from builders.guide.editions import PrintStyle
from builders.theme.guide_theme import (
    GuideLook,
    GuideSizes,
    LargePrintSizes,
    count_lines,
)
from builders.theme.papers import PAPER_SIZES, POINTS_PER_MM

HEAD_DISTANCE = 33.0  # points from the running head's baseline to the text's top


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """One edition's page. Horizontal places are given for a recto and mirrored for a verso.

    `width`, `height` of the trim; `top` of the text; `leading` of the grid and its number of `lines`;
    `inner` and
    `outer` margins; `text` column, `gutter`, `margin` column (0: none); `axis` of the ruler from the outer
    trim.
    """

    width: float
    height: float
    leading: float
    lines: int
    inner: float
    outer: float
    text: float
    gutter: float
    margin: float
    top: float
    head: float  # baseline of the running head, from the top
    axis: float = 11 * POINTS_PER_MM

    @property
    def full_width(self) -> float:
        """The width of text, gutter and margin column together."""
        return self.text + self.gutter + self.margin

    @property
    def depth(self) -> float:
        """The height of the text."""
        return self.leading * self.lines

    @property
    def bottom(self) -> float:
        """Where the text ends, from the top."""
        return self.top + self.depth

    def find_text_left(self, recto: bool) -> float:
        """Return the left edge of the text column."""
        return self.inner if recto else self.width - self.inner - self.text

    def find_full_left(self, recto: bool) -> float:
        """Return the left edge of what takes the full width."""
        return self.inner if recto else self.width - self.inner - self.full_width

    def find_margin_left(self, recto: bool) -> float:
        """Return the left edge of the margin column."""
        return self.inner + self.text + self.gutter if recto else self.outer

    def mirror_left(self, x: float, width: float, recto: bool) -> float:
        """Return the left edge of what stands at x on a recto, `width` wide."""
        return x if recto else self.width - x - width

    def find_axis(self, recto: bool) -> float:
        """Return where the ruler's axis runs."""
        return self.width - self.axis if recto else self.axis


def choose_sizes(own: PrintStyle, look: GuideLook) -> GuideSizes | LargePrintSizes:
    """Return the sizes of type of a theme that an edition's print takes."""
    return look.large_sizes if own.large_sizes else look.sizes


def compute_geometry(paper: str, own: PrintStyle, look: GuideLook) -> PageGeometry:
    """Return the page of a paper ('a4' or 'letter') for an edition's print in a theme's look."""
    size = PAPER_SIZES[paper]
    width, height = size.short_mm * POINTS_PER_MM, size.long_mm * POINTS_PER_MM
    leading = choose_sizes(own, look).body.leading
    if own.one_column:
        one = look.large_page
        count = count_lines(paper, one, leading)
        inner, outer, top = one.inner * POINTS_PER_MM, one.outer * POINTS_PER_MM, one.top * POINTS_PER_MM
        text = width - inner - outer
        return PageGeometry(width, height, leading, count, inner, outer, text, 0, 0, top, top - HEAD_DISTANCE)
    page = look.page
    sides = page.a4 if paper == "a4" else page.letter
    return PageGeometry(
        width,
        height,
        leading,
        count_lines(paper, page, leading),
        sides.inner * POINTS_PER_MM,
        sides.outer * POINTS_PER_MM,
        page.measure_text_width(paper) * POINTS_PER_MM,
        page.gutter * POINTS_PER_MM,
        page.margin * POINTS_PER_MM,
        page.top * POINTS_PER_MM,
        page.top * POINTS_PER_MM - HEAD_DISTANCE,
    )
