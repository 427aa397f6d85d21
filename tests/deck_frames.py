"""Where texts stand on the slides of a deck's plan: none meets another, none leaves its slide."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from builders.deck.line_breaking import measure_height
from builders.deck.model import Deck, SlideChart, SlideFrame, SlidePicture, SlideTable, TextBox


def find_inked_frame(item: object) -> SlideFrame | None:
    """Return the room that an item takes: of a text, its lines."""
    if isinstance(item, TextBox):
        high = measure_height(item.paragraphs, item.size, item.frame.w, item.bold, item.leading)
        top = item.frame.y + (item.frame.h - high) * {"t": 0, "ctr": 0.5, "b": 1}[item.anchor]
        return replace(item.frame, y=top, h=high)
    if isinstance(item, SlideTable | SlideChart | SlidePicture):
        return item.frame
    return None


def tell_misplaced_frames(deck: Deck, width: float) -> Iterator[str]:
    """Tell what stands outside its slide or meets something else on it; `width` is the slide's, in points."""
    for slide in deck.slides:
        frames = [frame for item in (slide.title, *slide.items) if (frame := find_inked_frame(item))]
        for frame in frames:
            if frame.x < 0 or frame.x + frame.w > width + 0.5 or frame.y + frame.h > 540:
                yield f"{slide.name}: {frame} leaves the slide"
        for one, other in combinations(frames, 2):
            if _meet(one, other):
                yield f"{slide.name}: {one} meets {other}"


def _meet(one: SlideFrame, other: SlideFrame) -> bool:
    return (
        one.x + 1 < other.x + other.w
        and other.x + 1 < one.x + one.w
        and one.y + 1 < other.y + other.h
        and other.y + 1 < one.y + one.h
    )
