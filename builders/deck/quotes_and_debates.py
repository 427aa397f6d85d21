"""Quotations with their originals, and debates: two or three positions side by side."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from builders.deck.bullets import make_bullets
from builders.deck.content import DeckContent
from builders.deck.fitting import (
    TextArea,
    avoid_short_last_lines,
    fit_or_shorten,
    fit_text,
)
from builders.deck.line_breaking import measure_height
from builders.deck.model import (
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlideRun,
    SlideShape,
    TextBox,
)
from builders.deck.notes import make_speech
from builders.deck.splitting import (
    NARROW_TIE,
    split_sentences,
)
from builders.deck.text_slides import Topic, make_placeholder_box, make_slides
from builders.language.formatting import find_quotation_marks
from builders.outline.blocks import (
    Block,
    Debate,
    Position,
    Quote,
)

MOST_CLAIM_OVERHANG = 28.0  # pt that claims may have over their placeholder
MOST_SOURCE_HEIGHT = 60.0  # pt: the height of who said it and where
QUOTE_GAP = 16.0  # pt between translation, original and source
POSITION_LETTERS = "ABCD"


def make_quote_slides(topic: Topic, block: Block, quote: Quote) -> list[Slide]:
    """Return the slides of a quotation: translation, original, who and where; long ones go on."""
    course = topic.course
    original = course.find_original(quote.original, quote.text)
    main, source, by = make_quote_paragraphs(course, quote)
    told = [*([original] if original else []), by[0].text]
    spoken = make_speech(course, [quote.text, block.notes], [block.cue], quote.source, told)
    title = (SlideRun(course.write_phrase("document_title", title=course.write_plain_text(quote.document))),)
    topic = replace(topic, layout=course.page.layouts["quote"], spoken=spoken, title=title)
    first, second, foot = (topic.layout.places[key] for key in ("quote", "original", "by"))
    room = foot.frame.y + foot.frame.h - first.frame.y - topic.lowered
    last = min(measure_height(by, foot.size, foot.frame.w, True), MOST_SOURCE_HEIGHT) + QUOTE_GAP
    for size in range(int(first.size), int(first.least) - 1, -1):
        small = max(second.least, min(second.size, size - 8))
        own = measure_height(main, size, first.frame.w)
        other = measure_height(source, small, second.frame.w) + QUOTE_GAP if source else 0
        if own + other + last <= room:
            best = avoid_short_last_lines(main, first.get_text_area(), size)
            return make_slides(topic, [partial(_make_quote_items, topic, main, source, by, best, small)])
    return _make_long_quote_slides(topic, main, source, by, room - last)


def make_quote_paragraphs(
    course: DeckContent, quote: Quote
) -> tuple[list[SlideParagraph], list[SlideParagraph], list[SlideParagraph]]:
    """Return the translation, the original and the attribution."""
    main = _add_quotation_marks(course.make_paragraph_runs(quote.text), find_quotation_marks(course.lang))
    original = []
    if other := course.find_original(quote.original, quote.text):
        of_original = find_quotation_marks(course.original_tag or "", course.lang)
        original = _add_quotation_marks([(course.make_original_run(other),)], of_original)
    by: list[SlideRun] = [*course.make_line_runs(quote.by), SlideRun(", ")] if quote.by else []
    by += [replace(run, italic=True) for run in course.make_line_runs(quote.document)]
    if quote.date:
        by.append(SlideRun(", " + course.write_date(quote.date, quote.old_style)))
    return main, original, [SlideParagraph(tuple(by))]


def _add_quotation_marks(
    prose: Sequence[tuple[SlideRun, ...]], pair: tuple[str, str]
) -> list[SlideParagraph]:
    """Return paragraphs between an opening and a closing quotation mark."""
    out = [list(runs) for runs in prose] or [[SlideRun("")]]
    out[0][0] = replace(out[0][0], text=pair[0] + out[0][0].text)
    out[-1][-1] = replace(out[-1][-1], text=out[-1][-1].text + pair[1])
    return [SlideParagraph(tuple(runs)) for runs in out]


def make_debate_slides(topic: Topic, block: Block, debate: Debate) -> list[Slide]:
    """Return the slides of a debate, two or three positions side by side (four: two and two)."""
    course = topic.course
    said = [
        f"{POSITION_LETTERS[i]}. {course.write_plain_text(p.claim)} ({course.write_plain_text(p.holders)})"
        for i, p in enumerate(debate.positions)
    ]
    texts = [position.text for position in debate.positions]
    spoken = make_speech(
        course, [*texts, block.notes], [debate.question, debate.closing, block.cue], debate.source, said
    )
    title = (
        SlideRun(course.write_phrase("debate_title", question=course.write_plain_text(debate.question))),
    )
    topic = replace(topic, title=title, spoken=spoken)
    if len(debate.positions) == 3:  # side by side if all of it fits, else two and one
        parts = _make_debate_parts(topic.with_layout("debate3"), debate, debate.positions, 0, last=True)
        if len(parts) == 1:
            return make_slides(topic.with_layout("debate3"), parts)
    topic, parts = topic.with_layout("debate"), []
    for start in range(0, len(debate.positions), 2):
        group = debate.positions[start : start + 2]
        parts += _make_debate_parts(topic, debate, group, start, last=start + 2 >= len(debate.positions))
    return make_slides(topic, parts)


def _make_quote_items(
    topic: Topic,
    main: Sequence[SlideParagraph],
    original: Sequence[SlideParagraph],
    by: Sequence[SlideParagraph],
    size: float,
    small: float,
    lowered: float,
) -> list[SlideItem]:
    first, second, foot = (topic.layout.places[key] for key in ("quote", "original", "by"))
    y = first.frame.y + lowered
    boxes: list[SlideItem] = []
    source, last = fit_or_shorten(by, TextArea(foot.frame.w, MOST_SOURCE_HEIGHT, foot.size, foot.least, True))
    for place, paragraphs, points in ((first, main, size), (second, original, small), (foot, source, last)):
        if not paragraphs:
            continue
        high = measure_height(paragraphs, points, place.frame.w, place.bold)
        boxes.append(
            TextBox(
                replace(place.frame, y=y, h=high),
                tuple(paragraphs),
                points,
                place.key,
                place.bold,
                place.colour,
            )
        )
        y += high + QUOTE_GAP
    bar = SlideFrame(
        topic.course.page.left, first.frame.y + lowered + 5, 9, y - QUOTE_GAP - first.frame.y - lowered - 5
    )
    return [SlideShape(bar, fill="hue", name="Bar"), *boxes]


def _make_long_quote_slides(
    topic: Topic,
    main: list[SlideParagraph],
    original: list[SlideParagraph],
    by: list[SlideParagraph],
    room: float,
) -> list[Slide]:
    """Return a quotation on several slides: the translation first, then the original."""
    first, second = (topic.layout.places[key] for key in ("quote", "original"))
    parts: list[Callable[[float], Sequence[SlideItem]]] = []
    fitted = fit_text(main, TextArea(first.frame.w, room, first.size, first.least))
    for part in fitted.parts:
        parts.append(partial(_make_quote_items, topic, part, [], by, fitted.size, 0))
    if original:
        small = fit_text(original, TextArea(second.frame.w, room, second.size, second.least))
        for part in small.parts:
            parts.append(partial(_make_quote_items, topic, [], part, by, 0, small.size))
    return make_slides(topic, parts)


def _make_debate_parts(
    topic: Topic, debate: Debate, group: Sequence[Position], start: int, last: bool
) -> list[Callable[[float], Sequence[SlideItem]]]:
    course, places = topic.course, topic.layout.places
    claims = [
        [
            SlideParagraph(
                tuple(replace(run, bold=True) for run in course.make_line_runs(p.claim)), after=0.05
            ),
            SlideParagraph(
                tuple(replace(run, colour="ink2") for run in course.make_line_runs(p.holders)), step=-4
            ),
        ]
        for p in group
    ]
    closing = None
    if debate.closing and last:
        text, closing_size = fit_or_shorten(
            [SlideParagraph(course.make_line_runs(debate.closing))], places["closing"].get_text_area()
        )
        closing = make_placeholder_box(places["closing"], text, closing_size)
    head_place = places["claim1"]
    room = replace(head_place.get_text_area(), h=head_place.frame.h + MOST_CLAIM_OVERHANG)
    cut = [fit_or_shorten(claim, room) for claim in claims]
    claim_size = min(size for _, size in cut)
    claims_high = max(measure_height(claim, claim_size, head_place.frame.w) for claim, _ in cut)
    side = places["side1"]
    top = head_place.frame.y + claims_high + 16 + topic.lowered
    foot = (closing.frame.y - 10) if closing else side.frame.y + side.frame.h + (0 if last else 50)
    room = replace(side.get_text_area(), h=foot - top)
    texts = [
        make_bullets(
            (
                s.runs
                for runs in course.make_paragraph_runs(p.text)
                for s in split_sentences(SlideParagraph(runs))
            ),
            NARROW_TIE,
        )
        for p in group
    ]
    fitted = [fit_text(text, room) for text in texts]
    size = min(f.size for f in fitted)
    fitted = [fit_text(text, replace(room, size=size, least=size)) for text in texts]

    def part(index: int) -> Callable[[float], Sequence[SlideItem]]:
        def items(lowered: float) -> list[SlideItem]:
            shift = lowered - topic.lowered
            out: list[SlideItem] = []
            for i, (claim, _) in enumerate(cut):
                text = fitted[i].parts[index] if index < len(fitted[i].parts) else ()
                out += _make_position_items(
                    topic, i, start + i, claim, claim_size, text, size, top + shift, foot
                )
            out += _make_dividers(topic, len(cut), foot, lowered)
            return [*out, closing] if closing else out

        return items

    return [part(index) for index in range(max(len(f.parts) for f in fitted))]


def _make_position_items(
    topic: Topic,
    column: int,
    letter: int,
    claim: Sequence[SlideParagraph],
    claim_size: float,
    text: Sequence[SlideParagraph],
    size: float,
    top: float,
    foot: float,
) -> list[SlideItem]:
    places = topic.layout.places
    head, side = places[f"claim{column + 1}"], places[f"side{column + 1}"]
    y = head.frame.y + topic.lowered
    rule = SlideShape(SlideFrame(side.frame.x, y - 11, side.frame.w, 4.5), fill="ink", name="Rule")
    mark = TextBox(
        SlideFrame(side.frame.x, y - 5, head.frame.x - side.frame.x, 46),
        (SlideParagraph((SlideRun(POSITION_LETTERS[letter]),)),),
        36,
        bold=True,
        name=POSITION_LETTERS[letter],
    )
    words = TextBox(replace(head.frame, y=y, h=top - y), tuple(claim), claim_size, head.key)
    out: list[SlideItem] = [rule, mark, words]
    if text:
        out.append(TextBox(replace(side.frame, y=top, h=foot - top), tuple(text), size, side.key))
    return out


def _make_dividers(topic: Topic, sides: int, foot: float, lowered: float) -> list[SlideItem]:
    """Return the dotted lines between the sides."""
    places = topic.layout.places
    out: list[SlideItem] = []
    for i in range(1, sides):
        left, right = places[f"side{i}"].frame, places[f"side{i + 1}"].frame
        x = (left.x + left.w + right.x) / 2
        y = places["claim1"].frame.y - 11 + lowered
        out.append(
            SlideShape(
                SlideFrame(x, y, 0, foot - y), "line", line="ink2", weight=1, dash=True, name="Divider"
            )
        )
    return out
