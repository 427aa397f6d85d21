"""Slides from text: a title that makes room for itself, and text that goes on to further slides where it
must."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from builders.deck.content import DeckContent
from builders.deck.fitting import (
    FittedText,
    avoid_short_last_lines,
    find_largest_size,
    fit_text,
    space_bullets,
)
from builders.deck.geometry import Placeholder, SlideLayout
from builders.deck.line_breaking import break_lines, measure_height
from builders.deck.model import (
    Slide,
    SlideItem,
    SlideParagraph,
    SlideRun,
    TextBox,
)
from builders.deck.notes import Speech, make_notes
from builders.deck.splitting import shorten_paragraph

MOST_TITLE_LINES = 3

Runs = tuple[SlideRun, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What all slides of one part of the outline share."""

    course: DeckContent
    key: str
    layout: SlideLayout
    title: Runs
    spoken: Speech
    section: int | None = None

    def with_layout(self, key: str) -> "Topic":
        """Return the topic on another layout."""
        return replace(self, layout=self.course.page.layouts[key])

    @property
    def lowered(self) -> float:
        """By how many points the title pushes the rest down: 0 unless it needs a third line."""
        return make_title_box(self.layout, self.title)[1]


def make_title_box(layout: SlideLayout, runs: Runs, number: str = "") -> tuple[TextBox, float]:
    """Return the title in its placeholder, and by how many points it is higher than that.

    `number` ("(2/3)") follows the title where a topic goes on over several slides. A title of more than three
    lines is cut; the notes have it whole.
    """
    place = layout.title
    end = (SlideRun(f" {number}"),) if number else ()
    paragraphs = (SlideParagraph((*runs, *end)),)
    size = avoid_short_last_lines(
        paragraphs, place.get_text_area(), find_largest_size(paragraphs, place.get_text_area()) or place.least
    )
    lines = break_lines(paragraphs[0], size, place.frame.w, place.bold)
    if len(lines) > MOST_TITLE_LINES:
        keep = lines[MOST_TITLE_LINES - 1].end - 2 * len(number)
        paragraphs = (SlideParagraph((*shorten_paragraph(SlideParagraph(runs), keep).runs, *end)),)
    high = measure_height(paragraphs, size, place.frame.w, place.bold, place.leading)
    extra = max(0.0, high - place.frame.h)
    frame = replace(place.frame, h=place.frame.h + extra)
    box = TextBox(
        frame, paragraphs, size, "title", place.bold, place.colour, place.align, place.anchor, place.leading
    )
    return box, extra


def measure_title_foot(layout: SlideLayout, runs: Runs, number: str = "") -> float:
    """Return the y (points) at which a title's text ends; its box's foot if it is not anchored at the top."""
    box, _ = make_title_box(layout, runs, number)
    if box.anchor != "t":
        return box.frame.y + box.frame.h
    return box.frame.y + measure_height(box.paragraphs, box.size, box.frame.w, box.bold, box.leading)


def make_placeholder_box(
    place: Placeholder, paragraphs: Sequence[SlideParagraph], size: float, lowered: float = 0.0
) -> TextBox:
    """Return paragraphs in a placeholder, its top moved down by `lowered` points."""
    return TextBox(
        place.frame.lower_top(lowered),
        tuple(paragraphs),
        size,
        place.key,
        place.bold,
        place.colour,
        place.align,
        place.anchor,
        place.leading,
    )


def make_fitted_box(place: Placeholder, paragraphs: Sequence[SlideParagraph]) -> TextBox | None:
    """Return paragraphs in a placeholder at the largest size that fits, or None."""
    size = find_largest_size(paragraphs, place.get_text_area())
    return None if size is None else make_placeholder_box(place, paragraphs, size)


def _add_nothing(_index: int, _lowered: float) -> Sequence[SlideItem]:
    return ()


def make_slides(topic: Topic, parts: Sequence[Callable[[float], Sequence[SlideItem]]]) -> list[Slide]:
    """Return one slide for each of `parts`, numbered in the title where there are several.

    A part is called with the points by which the title pushes the rest down, and returns the slide's items.
    Only the first slide has all the notes.
    """
    made = []
    for number, part in enumerate(parts, 1):
        counted = f"({number}/{len(parts)})" if len(parts) > 1 else ""
        box, lowered = make_title_box(topic.layout, topic.title, counted)
        spoken = topic.spoken if number == 1 else Speech(cites=topic.spoken.cites, minutes=1)
        items = tuple(part(lowered))
        said = make_notes(topic.course, spoken if number == 1 else _continue_speech(topic, spoken, items))
        if "…" in box.paragraphs[0].text and number == 1:  # a title that was cut stands whole in the notes
            said = (SlideParagraph(topic.title), *said)
        key = topic.key if number == 1 else f"{topic.key}/{number}"
        made.append(Slide(key, topic.layout.key, box, items, said, topic.section))
    return made


def make_flowing_slides(
    topic: Topic,
    place: str,
    paragraphs: Sequence[SlideParagraph],
    beside: Callable[[int, float], Sequence[SlideItem]] = _add_nothing,
) -> list[Slide]:
    """Return as many slides as paragraphs need in the layout's `place`; `beside` adds items to each."""
    at = topic.layout.places[place]
    fitted = fit_below_title(topic, at, paragraphs)
    if len(fitted.parts) == 1:
        fitted = replace(
            fitted, parts=(space_bullets(fitted.parts[0], at.get_text_area(topic.lowered), fitted.size),)
        )

    def part(index: int) -> Callable[[float], Sequence[SlideItem]]:
        return lambda lowered: (
            make_placeholder_box(at, fitted.parts[index], fitted.size, lowered),
            *beside(index, lowered),
        )

    return make_slides(topic, [part(index) for index in range(len(fitted.parts))])


def make_column_slides(
    topic: Topic, places: Sequence[str], paragraphs: Sequence[SlideParagraph]
) -> list[Slide]:
    """Return slides on which paragraphs run through the layout's `places` as columns, one after another."""
    ats = [topic.layout.places[place] for place in places]
    per = len(ats)
    fitted = fit_below_title(topic, ats[0], paragraphs, per)
    groups = [fitted.parts[i : i + per] for i in range(0, len(fitted.parts), per)]

    def part(group: Sequence[tuple[SlideParagraph, ...]]) -> Callable[[float], Sequence[SlideItem]]:
        return lambda lowered: [
            make_placeholder_box(at, column, fitted.size, lowered)
            for at, column in zip(ats, group, strict=False)
        ]

    return make_slides(topic, [part(group) for group in groups])


def fit_below_title(
    topic: Topic, place: Placeholder, paragraphs: Sequence[SlideParagraph], abreast: int = 1
) -> FittedText:
    """Return paragraphs fitted into a place below the title, cut into parts where they must be.

    `abreast` parts stand on one slide. Where several slides are needed, the number in the title ("(2/3)") may
    cost it another line.
    """
    fitted = fit_text(paragraphs, place.get_text_area(topic.lowered), abreast)
    if len(fitted.parts) <= abreast:
        return fitted
    _, lowered = make_title_box(topic.layout, topic.title, "(88/88)")
    return fit_text(paragraphs, place.get_text_area(lowered), abreast)


def _continue_speech(topic: Topic, spoken: Speech, items: Sequence[SlideItem]) -> Speech:
    """Return the speech of a further slide: its own words, after a line that says where the whole is."""
    own = tuple(p.runs for item in items if isinstance(item, TextBox) for p in item.paragraphs)
    whole = SlideRun(
        topic.course.write_phrase("notes_continued", title="".join(run.text for run in topic.title))
    )
    return replace(spoken, say=((whole,), *own))
