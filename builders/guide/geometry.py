"""The guide's page in points: columns, baseline grid and ruler, for both papers, both sides, all editions."""

from dataclasses import dataclass

MM = 72 / 25.4
PAPERS = {"a4": (210 * MM, 297 * MM), "letter": (612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Geometry:
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
    top: float = 72.0
    head: float = 39.0  # baseline of the running head, from the top
    axis: float = 11 * MM

    @property
    def full(self) -> float:
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

    def text_left(self, recto: bool) -> float:
        """Return the left edge of the text column."""
        return self.inner if recto else self.width - self.inner - self.text

    def full_left(self, recto: bool) -> float:
        """Return the left edge of what takes the full width."""
        return self.inner if recto else self.width - self.inner - self.full

    def margin_left(self, recto: bool) -> float:
        """Return the left edge of the margin column."""
        return self.inner + self.text + self.gutter if recto else self.outer

    def mirrored(self, x: float, width: float, recto: bool) -> float:
        """Return the left edge of what stands at x on a recto, `width` wide."""
        return x if recto else self.width - x - width

    def axis_at(self, recto: bool) -> float:
        """Return where the ruler's axis runs."""
        return self.width - self.axis if recto else self.axis


def geometry(paper: str, large: bool) -> Geometry:
    """Return the page of a paper ('a4' or 'letter'); `large` is the large-print edition's."""
    width, height = PAPERS[paper]
    a4 = paper == "a4"
    if large:
        inner, outer = 62.4, 85.0
        text = width - inner - outer
        return Geometry(width, height, 25.0, 27 if a4 else 25, inner, outer, text, 0, 0, top=80.0, head=47.0)
    inner, outer = (62.4, 70.9) if a4 else (24 * MM, 28.9 * MM)
    return Geometry(width, height, 14.5, 48 if a4 else 44, inner, outer, 317.5, 19.8, 124.7)
