"""The deck's layouts: which placeholders each has, and where they stand.

The numbers are the design's, in inches on a page of 13.333 x 7.5 (or 10 x 7.5).
"""

from dataclasses import replace
from functools import cache

from builders.deck.geometry import INCH, PAGE_HEIGHT, TITLE_LEADING, Ground, Layout, Page, Place
from builders.deck.metrics import UNKNOWN_FACE, run
from builders.deck.slides import Frame
from builders.theme import DeckLook


@cache
def page(look: DeckLook, ratio: str = "16:9") -> Page:
    """Return the page and its layouts. `ratio` is "16:9" or "4:3"."""
    wide = ratio == "16:9"
    width, margin = (960.0, 43.2) if wide else (720.0, 36.0)
    scale = run(look.face) or UNKNOWN_FACE
    return with_layouts(Page(width, PAGE_HEIGHT, margin, width - margin, wide, {}, look, scale=scale))


def with_layouts(bare: Page) -> Page:
    """Return a page with the layouts that its measures give."""
    made = [_front(bare), _agenda(bare), _section(bare), *_text_layouts(bare), *_object_layouts(bare)]
    made += [_quote(bare), _debate(bare, 2), _debate(bare, 3), _question(bare), _answer(bare)]
    return replace(bare, layouts={layout.key: _scaled(layout, bare.scale) for layout in made})


def _scaled(layout: Layout, scale: float) -> Layout:
    """Return a layout whose sizes are planned for a face that runs `scale` times as wide as Carlito."""
    places = {
        key: replace(place, size=place.size * scale, least=place.least * scale)
        for key, place in layout.places.items()
    }
    return replace(layout, places=places)


def _layout(key: str, kind: str, places: list[Place], ground: Ground = "white", ruler: bool = True) -> Layout:
    return Layout(key, kind, {place.key: place for place in places}, ground, ruler)


def _title(p: Page) -> Place:
    frame = Frame(p.left, 0.58 * INCH, p.full, INCH)
    return Place("title", "title", 0, frame, p.look.title, p.look.title_min, bold=True, leading=TITLE_LEADING)


def _body(p: Page, frame: Frame, key: str = "body", index: int = 1) -> Place:
    most = p.look.most_bullets
    return Place(key, "obj", index, frame, p.look.body, p.look.body_min, bullet=True, most_items=most)


def _text(p: Page, key: str, index: int, frame: Frame) -> Place:
    """A placeholder for plain text of the second size."""
    return Place(key, "body", index, frame, p.look.body_min, p.look.small_min)


def _aside_frames(p: Page, top: float, foot: float) -> tuple[Frame, Frame]:
    """Return the frames of body and aside: side by side on 16:9, one above the other on 4:3."""
    if p.wide:
        return (
            p.frame(p.left, top, 7.9 * p.inch, foot - top),
            p.frame(p.left + 8.65 * p.inch, top, 3.48 * p.inch, foot - top),
        )
    share = (foot - top) * 0.66
    return p.frame(p.left, top, p.full, share), p.frame(
        p.left, top + share + 0.2, p.full, foot - top - share - 0.2
    )


def _columns(p: Page, top: float, high: float, columns: int = 2) -> list[Frame]:
    gap = (0.53 if columns == 2 else 0.4) * INCH * (1 if p.wide else 0.74)
    width = (p.full - gap * (columns - 1)) / columns
    return [p.frame(p.left + (width + gap) * i, top, width, high) for i in range(columns)]


def _front(p: Page) -> Layout:
    title = Place(
        "title",
        "ctrTitle",
        0,
        Frame(p.left, 1.62 * INCH, p.full * 0.985, 1.6 * INCH),
        54,
        36,
        bold=True,
        leading=TITLE_LEADING,
    )
    subtitle = Place(
        "subtitle", "subTitle", 1, Frame(p.left, 3.28 * INCH, p.full, 0.75 * INCH), 24, 18, colour="ink2"
    )
    return _layout("front", "title", [title, subtitle], "paper", ruler=False)


def _agenda(p: Page) -> Layout:
    width = (5.7 if p.wide else 5.0) * p.inch
    rows = [
        Place(
            f"row{i + 1}",
            "body",
            21 + i,
            p.frame(p.left + 0.7 * INCH, 1.7 + 0.93 * i, width, 0.85),
            p.look.body,
            18,
        )
        for i in range(7)
    ]
    return _layout("agenda", "obj", [_title(p), *rows[:5]], ruler=False)


def _section(p: Page) -> Layout:
    left = (2.5 if p.wide else 2.2) * INCH
    title = Place(
        "title",
        "title",
        0,
        Frame(left, 0.5 * INCH, p.right - left, 2 * INCH),
        44,
        32,
        bold=True,
        colour="white",
        leading=TITLE_LEADING,
    )
    question = Place(
        "question",
        "body",
        1,
        Frame(left, 2.95 * INCH, p.right - left - 0.6 * INCH, 3.3 * INCH),
        36,
        24,
        colour="white",
    )
    return _layout("section", "secHead", [title, question], "hue")


def _text_layouts(p: Page) -> list[Layout]:
    main, aside = _aside_frames(p, 1.75, 6.3)
    left, right = _columns(p, 1.75, 4.55)
    wide_body = _body(p, p.frame(p.left, 1.75, min(p.full, 10.4 * p.inch), 4.55))
    return [
        _layout("points", "obj", [_title(p), wide_body]),
        _layout("aside", "objTx", [_title(p), _body(p, main), _text(p, "aside", 13, aside)]),
        _layout("columns", "twoObj", [_title(p), _body(p, left), _body(p, right, "body2", 2)]),
        _layout("entries", "twoObj", [_title(p), _text(p, "body", 1, left), _text(p, "body2", 2, right)]),
    ]


def _object_layouts(p: Page) -> list[Layout]:
    chart, aside = _aside_frames(p, 1.75, 6.3)
    measure = Place("measure", "body", 19, p.frame(p.left, 1.32, p.full, 0.36), 18, 16, colour="ink2")
    chart = replace(chart, w=8.2 * p.inch if p.wide else p.full)
    below = Place("below", "body", 18, p.frame(p.left, 5.86, p.full, 0.5), 18, 16, colour="ink2")
    return [
        _layout(
            "table",
            "tbl",
            [_title(p), Place("table", "tbl", 14, p.frame(p.left, 1.7, p.full, 4.6), 20, 14), below],
        ),
        _layout(
            "chart",
            "chart",
            [_title(p), measure, Place("chart", "chart", 15, chart, 20, 16), _text(p, "aside", 13, aside)],
        ),
        _layout(
            "image",
            "picTx",
            [_title(p), Place("image", "pic", 16, chart, 20, 16), _text(p, "aside", 13, aside)],
        ),
        _layout("timeline", "titleOnly", [_title(p)]),
        _layout("sources", "twoTxTwoObj", _sources(p)),
    ]


def _sources(p: Page) -> list[Place]:
    left, right = _columns(p, 1.75, 4.55)
    places = [
        Place(key, "body", index, frame, 18, 18)
        for key, index, frame in (("body", 1, left), ("body2", 2, right))
    ]
    return [_title(p), *places]


def _quote(p: Page) -> Layout:
    left = p.left + 0.5 * INCH
    width = min(p.right - left, 11.2 * p.inch)
    places = [
        Place("quote", "body", 1, p.frame(left, 1.72, width, 2.4), 32, 24),
        Place("original", "body", 17, p.frame(left, 4.2, width, 1.3), 20, 18, colour="ink2"),
        Place("by", "body", 18, p.frame(left, 5.6, width, 0.6), 18, 16, bold=True),
    ]
    return _layout("quote", "obj", [_title(p), *places])


def _debate(p: Page, sides: int) -> Layout:
    places = [_title(p)]
    for i, column in enumerate(_columns(p, 1.95, 1.1, sides)):
        letter = 0.62 * INCH
        places.append(
            Place(
                f"claim{i + 1}",
                "body",
                31 + i,
                replace(column, x=column.x + letter, w=column.w - letter),
                p.look.body if sides == 2 else p.look.body_min,
                18,
            )
        )
        body = replace(
            _body(p, replace(column, y=p.y(3.1), h=p.y(5.5) - p.y(3.1)), f"side{i + 1}", 1 + i), least=18
        )
        places.append(body)
    places.append(
        Place("closing", "body", 34, p.frame(p.left, 5.6, p.full, 0.75), 24, 18, bold=True, colour="red")
    )
    return _layout("debate" if sides == 2 else f"debate{sides}", "twoTxTwoObj", places)


def _question(p: Page) -> Layout:
    prompt = Place("prompt", "body", 1, p.frame(p.left, 1.5, min(p.full, 11.2 * p.inch), 1.2), 32, 24)
    return _layout("question", "obj", [_title(p), prompt, *_options(p, p.right - p.left - 0.8 * INCH, 4)])


def _options(p: Page, width: float, number: int) -> list[Place]:
    return [
        Place(
            f"option{i + 1}",
            "body",
            21 + i,
            p.frame(p.left + 0.8 * INCH, 2.87 + 0.86 * i, width, 0.62),
            24,
            18,
            anchor="ctr",
        )
        for i in range(number)
    ]


def _answer(p: Page) -> Layout:
    prompt = Place("prompt", "body", 1, p.frame(p.left, 1.5, min(p.full, 11.2 * p.inch), 1.2), 32, 24)
    main, aside = _aside_frames(p, 2.9, 6.3)
    body = replace(
        _body(p, p.frame(p.left, 2.9, min(p.full, 10.4 * p.inch), 3.4)), key="answer", index=2, least=18
    )
    return _layout(
        "answer",
        "objTx",
        [_title(p), prompt, *_options(p, main.w - 0.8 * INCH, 4), body, _text(p, "aside", 13, aside)],
    )
