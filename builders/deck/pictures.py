"""Image blocks: the picture as large as its place lets it be, its caption and credit beside it."""

from dataclasses import replace
from typing import Literal

from builders.core.diagnostics import Fault, OutlineFaults, Path
from builders.deck.bullets import make_aside_items
from builders.deck.content import DeckContent
from builders.deck.model import (
    Slide,
    SlideFrame,
    SlideItem,
    SlideParagraph,
    SlidePicture,
    SlideRun,
)
from builders.deck.notes import make_speech
from builders.deck.splitting import (
    join_paragraphs,
    split_sentences,
    tie_last_words,
)
from builders.deck.text_slides import Topic, make_slides
from builders.outline.blocks import Block, Image
from builders.pictures import pictures

LONGEST_IMAGE_TITLE = 90  # characters


def make_image_slides(topic: Topic, block: Block, image: Image) -> list[Slide]:
    """Return the slide of an image, with caption and credit beside it."""
    assert topic.section is not None
    course = topic.course
    number = course.outline.sections[topic.section].blocks.index(block)
    place = ("sections", topic.section, "blocks", number, "image", "file")
    found = read_block_picture(course, image, place)
    topic = replace(
        topic.with_layout("image"),
        spoken=make_speech(course, [image.caption, image.alt, image.credit, block.notes], [block.cue]),
    )
    caption = (
        split_sentences(SlideParagraph(tie_last_words(course.make_line_runs(image.caption))))
        if image.caption
        else []
    )
    first = caption[0].text.removesuffix(".") if caption else ""
    # a caption's first sentence is the slide's title, if it says anything
    if any(map(str.isalnum, first)) and len(first) <= LONGEST_IMAGE_TITLE:
        topic, caption = replace(topic, title=(SlideRun(first),)), caption[1:]
    beside = [replace(join_paragraphs(caption), after=0.6, carried=False)] if caption else []
    beside.append(
        SlideParagraph(
            tuple(replace(run, colour="ink2") for run in course.make_line_runs(image.credit)), step=-2
        )
    )
    kind: Literal["png", "jpeg"] = "jpeg" if found.format == "JPEG" else "png"

    def items(lowered: float) -> list[SlideItem]:
        frame = _fit_picture_frame(
            topic.layout.places["image"].frame.lower_top(lowered), found.width, found.height
        )
        alt = course.write_plain_text(image.alt)
        return [
            SlidePicture(frame, found.content, kind, alt, alt, "image"),
            *make_aside_items(topic, beside, lowered),
        ]

    return make_slides(topic, [items])


def _fit_picture_frame(frame: SlideFrame, width: float, high: float) -> SlideFrame:
    """Return the largest frame of the picture's proportions within a frame, at its top left."""
    scale = min(frame.w / width, frame.h / high)
    return SlideFrame(frame.x, frame.y, width * scale, high * scale)


def read_block_picture(course: DeckContent, image: Image, place: Path) -> pictures.Picture:
    """Return a picture as every presentation program can show it. Raises OutlineFaults, told at `place`."""
    try:
        return pictures.read_picture(course.options.root, image.file)
    except pictures.ImageFault as fault:
        raise OutlineFaults([Fault(str(fault), path=place)]) from None
