"""What layouts are made of, as values in points: the page, its layouts, their placeholders.

The constants are the design's, for a page 7.5 inches high. Placeholders have no insets. The functions make
the placeholders and frames that several layouts share (see layouts.py and block_layouts.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from builders.deck.fitting import TextArea
from builders.deck.model import Align, Anchor, SlideFrame
from builders.theme.theme import DeckLook

INCH = 72.0
PAGE_HEIGHT = 7.5 * INCH
TITLE_LEADING = 0.9
RULER_AXIS = 6.70 * INCH
RULER_BAR, RULER_PITCH = 0.10 * INCH, 0.12 * INCH  # bars in two rows: height, and from one to the next
RULER_NEAR = 0.02 * INCH  # from the axis to the bars
CONTENT_TOP = 1.5 * INCH
CONTENT_FOOT = 6.3 * INCH
FOOTER_TOP = 6.93 * INCH
FOOTER_HEIGHT = 0.3 * INCH

LayoutGround = Literal["white", "paper", "hue"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder: its type and index (ECMA-376, 19.3.1.36), frame, and normal and least size."""

    key: str
    kind: str
    index: int
    frame: SlideFrame
    size: float
    least: float
    bold: bool = False
    colour: str = "ink"
    bullet: bool = False
    anchor: Anchor = "t"
    align: Align = "l"
    leading: float = 1.0
    most_items: int = 1000

    def get_text_area(self, lowered: float = 0.0) -> TextArea:
        """Return the area and sizes that a text must fit, its top moved down by `lowered` points."""
        return TextArea(
            self.frame.w,
            self.frame.h - lowered,
            self.size,
            self.least,
            self.bold,
            self.leading,
            self.most_items,
        )


@dataclass(frozen=True, slots=True)
class SlideLayout:
    """A slide layout: what stands where, on which ground, with the course's ruler or without.

    `kind` is its type in the file (ECMA-376-1, 19.7.15), `key` names it in the plan and in the locale files.
    """

    key: str
    kind: str
    places: Mapping[str, Placeholder]
    ground: LayoutGround = "white"
    ruler: bool = True

    @property
    def title(self) -> Placeholder:
        """The title's placeholder."""
        return self.places["title"]


@dataclass(frozen=True, slots=True)
class SlidePage:
    """The slide's size and margins, and its layouts."""

    w: float
    h: float
    left: float
    right: float
    wide: bool
    layouts: Mapping[str, SlideLayout]
    look: DeckLook
    top: float = CONTENT_TOP
    foot: float = CONTENT_FOOT
    own: bool = True  # our own master, with tab and ruler; else a school's template
    zoom: float = (
        1.0  # a point of the plan in points of the file: a template's slides may be smaller or larger
    )
    scale: float = (
        1.0  # a size of the plan in points of the file: a template's face may be wider than Carlito
    )

    @property
    def full(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    @property
    def inch(self) -> float:
        """An inch of the design's width, in points of this page."""
        return INCH * self.full / ((960.0 - 2 * 43.2) if self.wide else (720.0 - 2 * 36.0))

    def scale_height(self, inches: float) -> float:
        """Return a height of the design, within the content's area, in points of this page."""
        return self.top + (inches * INCH - CONTENT_TOP) * (self.foot - self.top) / (
            CONTENT_FOOT - CONTENT_TOP
        )

    def make_frame(self, left: float, top: float, width: float, high: float) -> SlideFrame:
        """Return a frame within the content's area: `left` and `width` in points, `top` and `high` in
        inches."""
        return SlideFrame(
            left, self.scale_height(top), width, self.scale_height(top + high) - self.scale_height(top)
        )


def make_layout(
    key: str, kind: str, places: list[Placeholder], ground: LayoutGround = "white", ruler: bool = True
) -> SlideLayout:
    """Return a layout called `key`, with `kind` as its type in the file and its places by their keys."""
    return SlideLayout(key, kind, {place.key: place for place in places}, ground, ruler)


def make_title_placeholder(p: SlidePage) -> Placeholder:
    """Return the title's placeholder, across the whole width of the page."""
    frame = SlideFrame(p.left, 0.58 * INCH, p.full, INCH)
    return Placeholder(
        "title", "title", 0, frame, p.look.title, p.look.title_min, bold=True, leading=TITLE_LEADING
    )


def make_body_placeholder(p: SlidePage, frame: SlideFrame, key: str = "body", index: int = 1) -> Placeholder:
    """Return a placeholder for bulleted text of the theme's body size; `index` is its `idx` in the file."""
    most = p.look.most_bullets
    return Placeholder(key, "obj", index, frame, p.look.body, p.look.body_min, bullet=True, most_items=most)


def make_plain_text_placeholder(p: SlidePage, key: str, index: int, frame: SlideFrame) -> Placeholder:
    """Return a placeholder for text without bullets, of the theme's second size."""
    return Placeholder(key, "body", index, frame, p.look.body_min, p.look.small_min)


def make_aside_frames(p: SlidePage, top: float, foot: float) -> tuple[SlideFrame, SlideFrame]:
    """Return the frames of body and aside, between `top` and `foot` (inches of the design).

    They stand side by side on 16:9, one above the other on 4:3.
    """
    if p.wide:
        return (
            p.make_frame(p.left, top, 7.9 * p.inch, foot - top),
            p.make_frame(p.left + 8.65 * p.inch, top, 3.48 * p.inch, foot - top),
        )
    share = (foot - top) * 0.66
    return p.make_frame(p.left, top, p.full, share), p.make_frame(
        p.left, top + share + 0.2, p.full, foot - top - share - 0.2
    )


def make_column_frames(p: SlidePage, top: float, high: float, columns: int = 2) -> list[SlideFrame]:
    """Return the frames of 2 or 3 equal columns; `top` and `high` are in inches of the design."""
    gap = (0.53 if columns == 2 else 0.4) * INCH * (1 if p.wide else 0.74)
    width = (p.full - gap * (columns - 1)) / columns
    return [p.make_frame(p.left + (width + gap) * i, top, width, high) for i in range(columns)]
