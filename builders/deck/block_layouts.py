"""The layouts of an outline's blocks: points, tables, charts, images, timelines, quotations and debates.

The numbers are the design's, in inches on a page of 13.333 x 7.5 (or 10 x 7.5).
"""

from dataclasses import replace

from builders.deck.geometry import (
    INCH,
    Placeholder,
    SlideLayout,
    SlidePage,
    make_aside_frames,
    make_body_placeholder,
    make_column_frames,
    make_layout,
    make_plain_text_placeholder,
    make_title_placeholder,
)


def make_text_layouts(p: SlidePage) -> list[SlideLayout]:
    """Return the layouts for points: alone, with an aside, in two columns, and people or terms in columns."""
    main, aside = make_aside_frames(p, 1.75, 6.3)
    left, right = make_column_frames(p, 1.75, 4.55)
    wide_body = make_body_placeholder(p, p.make_frame(p.left, 1.75, min(p.full, 10.4 * p.inch), 4.55))
    return [
        make_layout("points", "obj", [make_title_placeholder(p), wide_body]),
        make_layout(
            "aside",
            "objTx",
            [
                make_title_placeholder(p),
                make_body_placeholder(p, main),
                make_plain_text_placeholder(p, "aside", 13, aside),
            ],
        ),
        make_layout(
            "columns",
            "twoObj",
            [
                make_title_placeholder(p),
                make_body_placeholder(p, left),
                make_body_placeholder(p, right, "body2", 2),
            ],
        ),
        make_layout(
            "entries",
            "twoObj",
            [
                make_title_placeholder(p),
                make_plain_text_placeholder(p, "body", 1, left),
                make_plain_text_placeholder(p, "body2", 2, right),
            ],
        ),
    ]


def make_object_layouts(p: SlidePage) -> list[SlideLayout]:
    """Return the layouts for a table, a chart, an image, a timeline, and the list of sources."""
    chart, aside = make_aside_frames(p, 1.75, 6.3)
    measure = Placeholder(
        "measure", "body", 19, p.make_frame(p.left, 1.32, p.full, 0.36), 18, 16, colour="ink2"
    )
    chart = replace(chart, w=8.2 * p.inch if p.wide else p.full)
    below = Placeholder("below", "body", 18, p.make_frame(p.left, 5.86, p.full, 0.5), 18, 16, colour="ink2")
    return [
        make_layout(
            "table",
            "tbl",
            [
                make_title_placeholder(p),
                Placeholder("table", "tbl", 14, p.make_frame(p.left, 1.7, p.full, 4.6), 20, 14),
                below,
            ],
        ),
        make_layout(
            "chart",
            "chart",
            [
                make_title_placeholder(p),
                measure,
                Placeholder("chart", "chart", 15, chart, 20, 16),
                make_plain_text_placeholder(p, "aside", 13, aside),
            ],
        ),
        make_layout(
            "image",
            "picTx",
            [
                make_title_placeholder(p),
                Placeholder("image", "pic", 16, chart, 20, 16),
                make_plain_text_placeholder(p, "aside", 13, aside),
            ],
        ),
        make_layout("timeline", "titleOnly", [make_title_placeholder(p)]),
        make_layout("sources", "twoTxTwoObj", _make_source_placeholders(p)),
    ]


def _make_source_placeholders(p: SlidePage) -> list[Placeholder]:
    left, right = make_column_frames(p, 1.75, 4.55)
    places = [
        Placeholder(key, "body", index, frame, 18, 18)
        for key, index, frame in (("body", 1, left), ("body2", 2, right))
    ]
    return [make_title_placeholder(p), *places]


def make_quote_layout(p: SlidePage) -> SlideLayout:
    """Return the layout for a quotation: the translation, the original, and who said it where."""
    left = p.left + 0.5 * INCH
    width = min(p.right - left, 11.2 * p.inch)
    places = [
        Placeholder("quote", "body", 1, p.make_frame(left, 1.72, width, 2.4), 32, 24),
        Placeholder("original", "body", 17, p.make_frame(left, 4.2, width, 1.3), 20, 18, colour="ink2"),
        Placeholder("by", "body", 18, p.make_frame(left, 5.6, width, 0.6), 18, 16, bold=True),
    ]
    return make_layout("quote", "obj", [make_title_placeholder(p), *places])


def make_debate_layout(p: SlidePage, sides: int) -> SlideLayout:
    """Return the layout for a debate with 2 or 3 `sides`: claims, arguments, and a closing line."""
    places = [make_title_placeholder(p)]
    for i, column in enumerate(make_column_frames(p, 1.95, 1.1, sides)):
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
            make_body_placeholder(
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
    return make_layout("debate" if sides == 2 else f"debate{sides}", "twoTxTwoObj", places)
