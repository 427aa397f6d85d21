"""The deck's layouts: which placeholders each has, and where they stand.

The numbers are the design's, in inches on a page of 13.333 x 7.5 (or 10 x 7.5).
"""

from dataclasses import replace
from functools import cache

from builders.deck.geometry import (
    INCH,
    PAGE_HEIGHT,
    TITLE_LEADING,
    LayoutGround,
    Placeholder,
    SlideLayout,
    SlidePage,
)
from builders.deck.metrics import UNKNOWN_RELATIVE_WIDTH, find_relative_width
from builders.deck.model import SlideFrame
from builders.theme.theme import DeckLook


@cache
def make_slide_page(look: DeckLook, ratio: str = "16:9") -> SlidePage:
    """Return the page and its layouts. `ratio` is "16:9" or "4:3"."""
    wide = ratio == "16:9"
    width, margin = (960.0, 43.2) if wide else (720.0, 36.0)
    scale = find_relative_width(look.face) or UNKNOWN_RELATIVE_WIDTH
    return add_layouts(SlidePage(width, PAGE_HEIGHT, margin, width - margin, wide, {}, look, scale=scale))


def add_layouts(bare: SlidePage) -> SlidePage:
    """Return a page with the layouts that its measures give."""
    made = [
        _make_front_layout(bare),
        _make_agenda_layout(bare),
        _make_section_layout(bare),
        *_make_text_layouts(bare),
        *_make_object_layouts(bare),
    ]
    made += [
        _make_quote_layout(bare),
        _make_debate_layout(bare, 2),
        _make_debate_layout(bare, 3),
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


def _make_layout(
    key: str, kind: str, places: list[Placeholder], ground: LayoutGround = "white", ruler: bool = True
) -> SlideLayout:
    return SlideLayout(key, kind, {place.key: place for place in places}, ground, ruler)


def _make_title(p: SlidePage) -> Placeholder:
    frame = SlideFrame(p.left, 0.58 * INCH, p.full, INCH)
    return Placeholder(
        "title", "title", 0, frame, p.look.title, p.look.title_min, bold=True, leading=TITLE_LEADING
    )


def _make_body(p: SlidePage, frame: SlideFrame, key: str = "body", index: int = 1) -> Placeholder:
    most = p.look.most_bullets
    return Placeholder(key, "obj", index, frame, p.look.body, p.look.body_min, bullet=True, most_items=most)


def _make_plain_text(p: SlidePage, key: str, index: int, frame: SlideFrame) -> Placeholder:
    """A placeholder for plain text of the second size."""
    return Placeholder(key, "body", index, frame, p.look.body_min, p.look.small_min)


def _make_aside_frames(p: SlidePage, top: float, foot: float) -> tuple[SlideFrame, SlideFrame]:
    """Return the frames of body and aside: side by side on 16:9, one above the other on 4:3."""
    if p.wide:
        return (
            p.make_frame(p.left, top, 7.9 * p.inch, foot - top),
            p.make_frame(p.left + 8.65 * p.inch, top, 3.48 * p.inch, foot - top),
        )
    share = (foot - top) * 0.66
    return p.make_frame(p.left, top, p.full, share), p.make_frame(
        p.left, top + share + 0.2, p.full, foot - top - share - 0.2
    )


def _make_columns(p: SlidePage, top: float, high: float, columns: int = 2) -> list[SlideFrame]:
    gap = (0.53 if columns == 2 else 0.4) * INCH * (1 if p.wide else 0.74)
    width = (p.full - gap * (columns - 1)) / columns
    return [p.make_frame(p.left + (width + gap) * i, top, width, high) for i in range(columns)]


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
    return _make_layout("front", "title", [title, subtitle], "paper", ruler=False)


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
        for i in range(7)
    ]
    return _make_layout("agenda", "obj", [_make_title(p), *rows[:5]], ruler=False)


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
    return _make_layout("section", "secHead", [title, question], "hue")


def _make_text_layouts(p: SlidePage) -> list[SlideLayout]:
    main, aside = _make_aside_frames(p, 1.75, 6.3)
    left, right = _make_columns(p, 1.75, 4.55)
    wide_body = _make_body(p, p.make_frame(p.left, 1.75, min(p.full, 10.4 * p.inch), 4.55))
    return [
        _make_layout("points", "obj", [_make_title(p), wide_body]),
        _make_layout(
            "aside", "objTx", [_make_title(p), _make_body(p, main), _make_plain_text(p, "aside", 13, aside)]
        ),
        _make_layout(
            "columns", "twoObj", [_make_title(p), _make_body(p, left), _make_body(p, right, "body2", 2)]
        ),
        _make_layout(
            "entries",
            "twoObj",
            [_make_title(p), _make_plain_text(p, "body", 1, left), _make_plain_text(p, "body2", 2, right)],
        ),
    ]


def _make_object_layouts(p: SlidePage) -> list[SlideLayout]:
    chart, aside = _make_aside_frames(p, 1.75, 6.3)
    measure = Placeholder(
        "measure", "body", 19, p.make_frame(p.left, 1.32, p.full, 0.36), 18, 16, colour="ink2"
    )
    chart = replace(chart, w=8.2 * p.inch if p.wide else p.full)
    below = Placeholder("below", "body", 18, p.make_frame(p.left, 5.86, p.full, 0.5), 18, 16, colour="ink2")
    return [
        _make_layout(
            "table",
            "tbl",
            [
                _make_title(p),
                Placeholder("table", "tbl", 14, p.make_frame(p.left, 1.7, p.full, 4.6), 20, 14),
                below,
            ],
        ),
        _make_layout(
            "chart",
            "chart",
            [
                _make_title(p),
                measure,
                Placeholder("chart", "chart", 15, chart, 20, 16),
                _make_plain_text(p, "aside", 13, aside),
            ],
        ),
        _make_layout(
            "image",
            "picTx",
            [
                _make_title(p),
                Placeholder("image", "pic", 16, chart, 20, 16),
                _make_plain_text(p, "aside", 13, aside),
            ],
        ),
        _make_layout("timeline", "titleOnly", [_make_title(p)]),
        _make_layout("sources", "twoTxTwoObj", _make_source_placeholders(p)),
    ]


def _make_source_placeholders(p: SlidePage) -> list[Placeholder]:
    left, right = _make_columns(p, 1.75, 4.55)
    places = [
        Placeholder(key, "body", index, frame, 18, 18)
        for key, index, frame in (("body", 1, left), ("body2", 2, right))
    ]
    return [_make_title(p), *places]


def _make_quote_layout(p: SlidePage) -> SlideLayout:
    left = p.left + 0.5 * INCH
    width = min(p.right - left, 11.2 * p.inch)
    places = [
        Placeholder("quote", "body", 1, p.make_frame(left, 1.72, width, 2.4), 32, 24),
        Placeholder("original", "body", 17, p.make_frame(left, 4.2, width, 1.3), 20, 18, colour="ink2"),
        Placeholder("by", "body", 18, p.make_frame(left, 5.6, width, 0.6), 18, 16, bold=True),
    ]
    return _make_layout("quote", "obj", [_make_title(p), *places])


def _make_debate_layout(p: SlidePage, sides: int) -> SlideLayout:
    places = [_make_title(p)]
    for i, column in enumerate(_make_columns(p, 1.95, 1.1, sides)):
        letter = 0.62 * INCH
        places.append(
            Placeholder(
                f"claim{i + 1}",
                "body",
                31 + i,
                replace(column, x=column.x + letter, w=column.w - letter),
                p.look.body if sides == 2 else p.look.body_min,
                18,
            )
        )
        body = replace(
            _make_body(
                p,
                replace(column, y=p.scale_height(3.1), h=p.scale_height(5.5) - p.scale_height(3.1)),
                f"side{i + 1}",
                1 + i,
            ),
            least=18,
        )
        places.append(body)
    places.append(
        Placeholder(
            "closing", "body", 34, p.make_frame(p.left, 5.6, p.full, 0.75), 24, 18, bold=True, colour="red"
        )
    )
    return _make_layout("debate" if sides == 2 else f"debate{sides}", "twoTxTwoObj", places)


def _make_question_layout(p: SlidePage) -> SlideLayout:
    prompt = Placeholder(
        "prompt", "body", 1, p.make_frame(p.left, 1.5, min(p.full, 11.2 * p.inch), 1.2), 32, 24
    )
    return _make_layout(
        "question",
        "obj",
        [_make_title(p), prompt, *_make_option_placeholders(p, p.right - p.left - 0.8 * INCH, 4)],
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
    main, aside = _make_aside_frames(p, 2.9, 6.3)
    body = replace(
        _make_body(p, p.make_frame(p.left, 2.9, min(p.full, 10.4 * p.inch), 3.4)),
        key="answer",
        index=2,
        least=18,
    )
    return _make_layout(
        "answer",
        "objTx",
        [
            _make_title(p),
            prompt,
            *_make_option_placeholders(p, main.w - 0.8 * INCH, 4),
            body,
            _make_plain_text(p, "aside", 13, aside),
        ],
    )
