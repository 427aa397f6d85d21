"""The deck's page and its layouts, and those of title slide, agenda, section and question in full.

The numbers are the design's, in inches on a page of 13.333 x 7.5 (or 10 x 7.5).
"""

from dataclasses import replace
from functools import cache

from builders.deck.block_layouts import (
    make_debate_layout,
    make_object_layouts,
    make_quote_layout,
    make_text_layouts,
)
from builders.deck.geometry import (
    INCH,
    PAGE_HEIGHT,
    TITLE_LEADING,
    Placeholder,
    SlideLayout,
    SlidePage,
    make_aside_frames,
    make_body_placeholder,
    make_layout,
    make_plain_text_placeholder,
    make_title_placeholder,
)
from builders.deck.metrics import UNKNOWN_RELATIVE_WIDTH, find_relative_width
from builders.deck.model import SlideFrame
from builders.theme.theme import DeckLook


@cache
def make_slide_page(look: DeckLook, ratio: str = "16:9") -> SlidePage:
    """Return the page of our own master with all of its layouts, in points.

    `ratio` is "16:9" (960 x 540 points) or "4:3" (720 x 540). Sizes of type are enlarged in the plan where
    the theme's face runs wider than Carlito, whose widths texts are measured with.
    """
    wide = ratio == "16:9"
    width, margin = (960.0, 43.2) if wide else (720.0, 36.0)
    scale = find_relative_width(look.face) or UNKNOWN_RELATIVE_WIDTH
    return add_layouts(SlidePage(width, PAGE_HEIGHT, margin, width - margin, wide, {}, look, scale=scale))


def add_layouts(bare: SlidePage) -> SlidePage:
    """Return a page with all layouts, placed between its margins and within its content's area."""
    made = [
        _make_front_layout(bare),
        _make_agenda_layout(bare),
        _make_section_layout(bare),
        *make_text_layouts(bare),
        *make_object_layouts(bare),
    ]
    made += [
        make_quote_layout(bare),
        make_debate_layout(bare, 2),
        make_debate_layout(bare, 3),
        _make_question_layout(bare),
        _make_answer_layout(bare),
    ]
    return replace(bare, layouts={layout.key: _scale_layout(layout, bare.scale) for layout in made})


def _scale_layout(layout: SlideLayout, scale: float) -> SlideLayout:
    """Return a layout whose sizes are planned for a face that runs `scale` times as wide as Carlito."""
    places = {
        key: replace(place, size=place.size * scale, least=place.least * scale)
        for key, place in layout.places.items()
    }
    return replace(layout, places=places)


def _make_front_layout(p: SlidePage) -> SlideLayout:
    title = Placeholder(
        "title",
        "ctrTitle",
        0,
        SlideFrame(p.left, 1.62 * INCH, p.full * 0.985, 1.6 * INCH),
        54,
        36,
        bold=True,
        leading=TITLE_LEADING,
    )
    subtitle = Placeholder(
        "subtitle", "subTitle", 1, SlideFrame(p.left, 3.28 * INCH, p.full, 0.75 * INCH), 24, 18, colour="ink2"
    )
    return make_layout("front", "title", [title, subtitle], "paper", ruler=False)


def _make_agenda_layout(p: SlidePage) -> SlideLayout:
    width = (5.7 if p.wide else 5.0) * p.inch
    rows = [
        Placeholder(
            f"row{i + 1}",
            "body",
            21 + i,
            p.make_frame(p.left + 0.7 * INCH, 1.7 + 0.93 * i, width, 0.85),
            p.look.body,
            18,
        )
        for i in range(5)
    ]
    return make_layout("agenda", "obj", [make_title_placeholder(p), *rows], ruler=False)


def _make_section_layout(p: SlidePage) -> SlideLayout:
    left = (2.5 if p.wide else 2.2) * INCH
    title = Placeholder(
        "title",
        "title",
        0,
        SlideFrame(left, 0.5 * INCH, p.right - left, 2 * INCH),
        44,
        32,
        bold=True,
        colour="white",
        leading=TITLE_LEADING,
    )
    question = Placeholder(
        "question",
        "body",
        1,
        SlideFrame(left, 2.95 * INCH, p.right - left - 0.6 * INCH, 3.3 * INCH),
        36,
        24,
        colour="white",
    )
    return make_layout("section", "secHead", [title, question], "hue")


def _make_question_layout(p: SlidePage) -> SlideLayout:
    prompt = Placeholder(
        "prompt", "body", 1, p.make_frame(p.left, 1.5, min(p.full, 11.2 * p.inch), 1.2), 32, 24
    )
    return make_layout(
        "question",
        "obj",
        [make_title_placeholder(p), prompt, *_make_option_placeholders(p, p.right - p.left - 0.8 * INCH, 4)],
    )


def _make_option_placeholders(p: SlidePage, width: float, number: int) -> list[Placeholder]:
    return [
        Placeholder(
            f"option{i + 1}",
            "body",
            21 + i,
            p.make_frame(p.left + 0.8 * INCH, 2.87 + 0.86 * i, width, 0.62),
            24,
            18,
            anchor="ctr",
        )
        for i in range(number)
    ]


def _make_answer_layout(p: SlidePage) -> SlideLayout:
    prompt = Placeholder(
        "prompt", "body", 1, p.make_frame(p.left, 1.5, min(p.full, 11.2 * p.inch), 1.2), 32, 24
    )
    main, aside = make_aside_frames(p, 2.9, 6.3)
    body = replace(
        make_body_placeholder(p, p.make_frame(p.left, 2.9, min(p.full, 10.4 * p.inch), 3.4)),
        key="answer",
        index=2,
        least=18,
    )
    return make_layout(
        "answer",
        "objTx",
        [
            make_title_placeholder(p),
            prompt,
            *_make_option_placeholders(p, main.w - 0.8 * INCH, 4),
            body,
            make_plain_text_placeholder(p, "aside", 13, aside),
        ],
    )
