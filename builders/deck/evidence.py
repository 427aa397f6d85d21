"""Quotations with their originals, debates side by side, and images."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from builders import images
from builders.deck.course import Course
from builders.deck.cutting import NARROW_TIE, joined, sentences, tied
from builders.deck.fit import Room, fit, settled, within
from builders.deck.lines import height
from builders.deck.notes import speech
from builders.deck.points import aside_items, bullets
from builders.deck.sheets import Topic, in_place, slides
from builders.deck.slides import Box, Frame, Item, Paragraph, Picture, Run, Shape, Slide
from builders.faults import Fault, OutlineFaults
from builders.outline import Block, Debate, Position, Quote
from builders.quotes import marks

TALLER_CLAIM = 28.0  # pt that claims may have over their placeholder
MOST_SOURCE = 60.0  # pt: the height of who said it and where
QUOTE_GAP = 16.0  # pt between translation, original and source
LETTERS = "ABCD"
LONGEST_TITLE = 90  # characters


def quote_slides(topic: Topic, block: Block) -> list[Slide]:
    """Return the slides of a quotation: translation, original, who and where; long ones go on."""
    assert block.quote is not None
    course, quote = topic.course, block.quote
    original = [" ".join(quote.original.split())] if quote.original else []
    main, source, by = quote_paragraphs(course, quote)
    told = [*original, by[0].text]
    spoken = speech(course, [quote.text, block.notes], [block.cue], quote.source, told)
    title = (Run(course.say("document_title", title=course.words(quote.document))),)
    topic = replace(topic, layout=course.page.layouts["quote"], spoken=spoken, title=title)
    first, second, foot = (topic.layout.places[key] for key in ("quote", "original", "by"))
    room = foot.frame.y + foot.frame.h - first.frame.y - topic.lowered
    last = min(height(by, foot.size, foot.frame.w, True), MOST_SOURCE) + QUOTE_GAP
    for size in range(int(first.size), int(first.least) - 1, -1):
        small = max(second.least, min(second.size, size - 8))
        own = height(main, size, first.frame.w)
        other = height(source, small, second.frame.w) + QUOTE_GAP if source else 0
        if own + other + last <= room:
            best = settled(main, first.room(), size)
            return slides(topic, [partial(_quote_items, topic, main, source, by, best, small)])
    return _long_quote(topic, main, source, by, room - last)


def quote_paragraphs(
    course: Course, quote: Quote
) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
    """Return the translation, the original and the attribution."""
    main = _quoted(course.prose(quote.text), marks(course.lang))
    original = []
    if quote.original:
        of_original = marks(course.original_tag or "", course.lang)
        original = _quoted([(course.original(quote.original),)], of_original)
    by: list[Run] = [*course.line(quote.by), Run(", ")] if quote.by else []
    by += [replace(run, italic=True) for run in course.line(quote.document)]
    if quote.date:
        by.append(Run(", " + course.date(quote.date, quote.old_style)))
    return main, original, [Paragraph(tuple(by))]


def _quoted(prose: Sequence[tuple[Run, ...]], pair: tuple[str, str]) -> list[Paragraph]:
    """Return paragraphs between an opening and a closing quotation mark."""
    out = [list(runs) for runs in prose] or [[Run("")]]
    out[0][0] = replace(out[0][0], text=pair[0] + out[0][0].text)
    out[-1][-1] = replace(out[-1][-1], text=out[-1][-1].text + pair[1])
    return [Paragraph(tuple(runs)) for runs in out]


def debate_slides(topic: Topic, block: Block) -> list[Slide]:
    """Return the slides of a debate, two or three positions side by side (four: two and two)."""
    assert block.debate is not None
    course, debate = topic.course, block.debate
    said = [
        f"{LETTERS[i]}. {course.words(p.claim)} ({course.words(p.holders)})"
        for i, p in enumerate(debate.positions)
    ]
    texts = [position.text for position in debate.positions]
    spoken = speech(
        course, [*texts, block.notes], [debate.question, debate.closing, block.cue], debate.source, said
    )
    title = (Run(course.say("debate_title", question=course.words(debate.question))),)
    topic = replace(topic, title=title, spoken=spoken)
    if len(debate.positions) == 3:  # side by side if all of it fits, else two and one
        parts = _debate_parts(topic.with_layout("debate3"), debate, debate.positions, 0, last=True)
        if len(parts) == 1:
            return slides(topic.with_layout("debate3"), parts)
    topic, parts = topic.with_layout("debate"), []
    for start in range(0, len(debate.positions), 2):
        group = debate.positions[start : start + 2]
        parts += _debate_parts(topic, debate, group, start, last=start + 2 >= len(debate.positions))
    return slides(topic, parts)


def image_slides(topic: Topic, block: Block) -> list[Slide]:
    """Return the slide of an image, with caption and credit beside it."""
    assert block.image is not None
    assert topic.section is not None
    course, image = topic.course, block.image
    found = picture(course, topic.section, block)
    topic = replace(
        topic.with_layout("image"),
        spoken=speech(course, [image.caption, image.alt, image.credit, block.notes], [block.cue]),
    )
    caption = sentences(Paragraph(tied(course.line(image.caption)))) if image.caption else []
    first = caption[0].text.removesuffix(".") if caption else ""
    if caption and len(first) <= LONGEST_TITLE:  # a caption's first sentence is the slide's title
        topic, caption = replace(topic, title=(Run(first),)), caption[1:]
    beside = [replace(joined(caption), after=0.6, carried=False)] if caption else []
    beside.append(Paragraph(tuple(replace(run, colour="ink2") for run in course.line(image.credit)), step=-2))
    kind: Literal["png", "jpeg"] = "jpeg" if found.format == "JPEG" else "png"

    def items(lowered: float) -> list[Item]:
        frame = _contained(topic.layout.places["image"].frame.lowered(lowered), found.width, found.height)
        alt = course.words(image.alt)
        return [
            Picture(frame, found.content, kind, alt, alt, "image"),
            *aside_items(topic, beside, lowered),
        ]

    return slides(topic, [items])


def _quote_items(
    topic: Topic,
    main: Sequence[Paragraph],
    original: Sequence[Paragraph],
    by: Sequence[Paragraph],
    size: float,
    small: float,
    lowered: float,
) -> list[Item]:
    first, second, foot = (topic.layout.places[key] for key in ("quote", "original", "by"))
    y = first.frame.y + lowered
    boxes: list[Item] = []
    source, last = within(by, Room(foot.frame.w, MOST_SOURCE, foot.size, foot.least, True))
    for place, paragraphs, points in ((first, main, size), (second, original, small), (foot, source, last)):
        if not paragraphs:
            continue
        high = height(paragraphs, points, place.frame.w, place.bold)
        boxes.append(
            Box(
                replace(place.frame, y=y, h=high),
                tuple(paragraphs),
                points,
                place.key,
                place.bold,
                place.colour,
            )
        )
        y += high + QUOTE_GAP
    bar = Frame(
        topic.course.page.left, first.frame.y + lowered + 5, 9, y - QUOTE_GAP - first.frame.y - lowered - 5
    )
    return [Shape(bar, fill="hue", name="Bar"), *boxes]


def _long_quote(
    topic: Topic, main: list[Paragraph], original: list[Paragraph], by: list[Paragraph], room: float
) -> list[Slide]:
    """Return a quotation on several slides: the translation first, then the original."""
    first, second = (topic.layout.places[key] for key in ("quote", "original"))
    parts: list[Callable[[float], Sequence[Item]]] = []
    fitted = fit(main, Room(first.frame.w, room, first.size, first.least))
    for part in fitted.parts:
        parts.append(partial(_quote_items, topic, part, [], by, fitted.size, 0))
    if original:
        small = fit(original, Room(second.frame.w, room, second.size, second.least))
        for part in small.parts:
            parts.append(partial(_quote_items, topic, [], part, by, 0, small.size))
    return slides(topic, parts)


def _debate_parts(
    topic: Topic, debate: Debate, group: Sequence[Position], start: int, last: bool
) -> list[Callable[[float], Sequence[Item]]]:
    course, places = topic.course, topic.layout.places
    claims = [
        [
            Paragraph(tuple(replace(run, bold=True) for run in course.line(p.claim)), after=0.05),
            Paragraph(tuple(replace(run, colour="ink2") for run in course.line(p.holders)), step=-4),
        ]
        for p in group
    ]
    closing = None
    if debate.closing and last:
        text, closing_size = within([Paragraph(course.line(debate.closing))], places["closing"].room())
        closing = in_place(places["closing"], text, closing_size)
    head_place = places["claim1"]
    room = replace(head_place.room(), h=head_place.frame.h + TALLER_CLAIM)
    cut = [within(claim, room) for claim in claims]
    claim_size = min(size for _, size in cut)
    claims_high = max(height(claim, claim_size, head_place.frame.w) for claim, _ in cut)
    side = places["side1"]
    top = head_place.frame.y + claims_high + 16 + topic.lowered
    foot = (closing.frame.y - 10) if closing else side.frame.y + side.frame.h + (0 if last else 50)
    room = replace(side.room(), h=foot - top)
    texts = [
        bullets((s.runs for runs in course.prose(p.text) for s in sentences(Paragraph(runs))), NARROW_TIE)
        for p in group
    ]
    fitted = [fit(text, room) for text in texts]
    size = min(f.size for f in fitted)
    fitted = [fit(text, replace(room, size=size, least=size)) for text in texts]

    def part(index: int) -> Callable[[float], Sequence[Item]]:
        def items(lowered: float) -> list[Item]:
            shift = lowered - topic.lowered
            out: list[Item] = []
            for i, (claim, _) in enumerate(cut):
                text = fitted[i].parts[index] if index < len(fitted[i].parts) else ()
                out += _side(topic, i, start + i, claim, claim_size, text, size, top + shift, foot)
            out += _dividers(topic, len(cut), foot, lowered)
            return [*out, closing] if closing else out

        return items

    return [part(index) for index in range(max(len(f.parts) for f in fitted))]


def _side(
    topic: Topic,
    column: int,
    letter: int,
    claim: Sequence[Paragraph],
    claim_size: float,
    text: Sequence[Paragraph],
    size: float,
    top: float,
    foot: float,
) -> list[Item]:
    places = topic.layout.places
    head, side = places[f"claim{column + 1}"], places[f"side{column + 1}"]
    y = head.frame.y + topic.lowered
    rule = Shape(Frame(side.frame.x, y - 11, side.frame.w, 4.5), fill="ink", name="Rule")
    mark = Box(
        Frame(side.frame.x, y - 5, head.frame.x - side.frame.x, 46),
        (Paragraph((Run(LETTERS[letter]),)),),
        36,
        bold=True,
        name=LETTERS[letter],
    )
    words = Box(replace(head.frame, y=y, h=top - y), tuple(claim), claim_size, head.key)
    out: list[Item] = [rule, mark, words]
    if text:
        out.append(Box(replace(side.frame, y=top, h=foot - top), tuple(text), size, side.key))
    return out


def _dividers(topic: Topic, sides: int, foot: float, lowered: float) -> list[Item]:
    """Return the dotted lines between the sides."""
    places = topic.layout.places
    out: list[Item] = []
    for i in range(1, sides):
        left, right = places[f"side{i}"].frame, places[f"side{i + 1}"].frame
        x = (left.x + left.w + right.x) / 2
        y = places["claim1"].frame.y - 11 + lowered
        out.append(Shape(Frame(x, y, 0, foot - y), "line", line="ink2", weight=1, dash=True, name="Divider"))
    return out


def _contained(frame: Frame, width: float, high: float) -> Frame:
    """Return the largest frame of the picture's proportions within a frame, at its top left."""
    scale = min(frame.w / width, frame.h / high)
    return Frame(frame.x, frame.y, width * scale, high * scale)


def picture(course: Course, section: int, block: Block) -> images.Picture:
    """Return a block's picture as every presentation program can show it. Raises OutlineFaults."""
    assert block.image is not None
    blocks = course.outline.sections[section].blocks
    place = ("sections", section, "blocks", blocks.index(block), "image", "file")
    try:
        return images.read(course.options.root, block.image.file)
    except images.ImageFault as fault:
        raise OutlineFaults([Fault(str(fault), path=place)]) from None
