"""Slides from text: a title that makes room for itself, and text that goes on to further slides where it
must."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from builders.deck.course import Course
from builders.deck.cutting import shortened
from builders.deck.fit import Fitted, aired, fit, largest, settled
from builders.deck.geometry import Layout, Place
from builders.deck.lines import broken, height
from builders.deck.notes import Speech, notes
from builders.deck.slides import Box, Item, Paragraph, Run, Slide

MOST_TITLE_LINES = 3

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What all slides of one part of the outline share."""

    course: Course
    key: str
    layout: Layout
    title: Runs
    spoken: Speech
    section: int | None = None

    def with_layout(self, key: str) -> "Topic":
        """Return the topic on another layout."""
        return replace(self, layout=self.course.page.layouts[key])

    @property
    def lowered(self) -> float:
        """By how many points the title pushes the rest down: 0 unless it needs a third line."""
        return title_box(self.layout, self.title)[1]


def title_box(layout: Layout, runs: Runs, number: str = "") -> tuple[Box, float]:
    """Return the title in its placeholder, and by how many points it is higher than that.

    `number` ("(2/3)") follows it. A title of more than three lines is cut.
    """
    place = layout.title
    end = (Run(f" {number}"),) if number else ()
    paragraphs = (Paragraph((*runs, *end)),)
    size = settled(paragraphs, place.room(), largest(paragraphs, place.room()) or place.least)
    lines = broken(paragraphs[0], size, place.frame.w, place.bold)
    if len(lines) > MOST_TITLE_LINES:
        keep = lines[MOST_TITLE_LINES - 1].end - 2 * len(number)
        paragraphs = (Paragraph((*shortened(Paragraph(runs), keep).runs, *end)),)
    high = height(paragraphs, size, place.frame.w, place.bold, place.leading)
    extra = max(0.0, high - place.frame.h)
    frame = replace(place.frame, h=place.frame.h + extra)
    box = Box(
        frame, paragraphs, size, "title", place.bold, place.colour, place.align, place.anchor, place.leading
    )
    return box, extra


def title_foot(layout: Layout, runs: Runs, number: str = "") -> float:
    """Return where a title's last line ends, or its box if the title does not hang from the top."""
    box, _ = title_box(layout, runs, number)
    if box.anchor != "t":
        return box.frame.y + box.frame.h
    return box.frame.y + height(box.paragraphs, box.size, box.frame.w, box.bold, box.leading)


def in_place(place: Place, paragraphs: Sequence[Paragraph], size: float, lowered: float = 0.0) -> Box:
    """Return paragraphs in a placeholder, its top moved down by `lowered` points."""
    return Box(
        place.frame.lowered(lowered),
        tuple(paragraphs),
        size,
        place.key,
        place.bold,
        place.colour,
        place.align,
        place.anchor,
        place.leading,
    )


def fitted_box(place: Place, paragraphs: Sequence[Paragraph]) -> Box | None:
    """Return paragraphs in a placeholder at the largest size that fits, or None."""
    size = largest(paragraphs, place.room())
    return None if size is None else in_place(place, paragraphs, size)


def _nothing(_index: int, _lowered: float) -> Sequence[Item]:
    return ()


def slides(topic: Topic, parts: Sequence[Callable[[float], Sequence[Item]]]) -> list[Slide]:
    """Return one slide a part, numbered in the title where there are several.

    A part is called with the points by which the title pushes it down. Only the first slide has all the
    notes.
    """
    made = []
    for number, part in enumerate(parts, 1):
        counted = f"({number}/{len(parts)})" if len(parts) > 1 else ""
        box, lowered = title_box(topic.layout, topic.title, counted)
        spoken = topic.spoken if number == 1 else Speech(cites=topic.spoken.cites, minutes=1)
        items = tuple(part(lowered))
        said = notes(topic.course, spoken if number == 1 else _carried_on(topic, spoken, items))
        if "…" in box.paragraphs[0].text and number == 1:  # a title that was cut stands whole in the notes
            said = (Paragraph(topic.title), *said)
        key = topic.key if number == 1 else f"{topic.key}/{number}"
        made.append(Slide(key, topic.layout.key, box, items, said, topic.section))
    return made


def flow(
    topic: Topic,
    place: str,
    paragraphs: Sequence[Paragraph],
    beside: Callable[[int, float], Sequence[Item]] = _nothing,
) -> list[Slide]:
    """Return as many slides as paragraphs need in the layout's `place`; `beside` adds items to each."""
    at = topic.layout.places[place]
    fitted = fit_below_title(topic, at, paragraphs)
    if len(fitted.parts) == 1:
        fitted = replace(fitted, parts=(aired(fitted.parts[0], at.room(topic.lowered), fitted.size),))

    def part(index: int) -> Callable[[float], Sequence[Item]]:
        return lambda lowered: (
            in_place(at, fitted.parts[index], fitted.size, lowered),
            *beside(index, lowered),
        )

    return slides(topic, [part(index) for index in range(len(fitted.parts))])


def columns(topic: Topic, places: Sequence[str], paragraphs: Sequence[Paragraph]) -> list[Slide]:
    """Return slides on which paragraphs run through several columns."""
    ats = [topic.layout.places[place] for place in places]
    per = len(ats)
    fitted = fit_below_title(topic, ats[0], paragraphs, per)
    groups = [fitted.parts[i : i + per] for i in range(0, len(fitted.parts), per)]

    def part(group: Sequence[tuple[Paragraph, ...]]) -> Callable[[float], Sequence[Item]]:
        return lambda lowered: [
            in_place(at, column, fitted.size, lowered) for at, column in zip(ats, group, strict=False)
        ]

    return slides(topic, [part(group) for group in groups])


def fit_below_title(topic: Topic, place: Place, paragraphs: Sequence[Paragraph], abreast: int = 1) -> Fitted:
    """Fit paragraphs below a title, whose number ("(2/3)") may cost it another line."""
    fitted = fit(paragraphs, place.room(topic.lowered), abreast)
    if len(fitted.parts) <= abreast:
        return fitted
    _, lowered = title_box(topic.layout, topic.title, "(88/88)")
    return fit(paragraphs, place.room(lowered), abreast)


def _carried_on(topic: Topic, spoken: Speech, items: Sequence[Item]) -> Speech:
    """Return the speech of a further slide: its own words, after a line that says where the whole is."""
    own = tuple(p.runs for item in items if isinstance(item, Box) for p in item.paragraphs)
    whole = Run(topic.course.say("notes_continued", title="".join(run.text for run in topic.title)))
    return replace(spoken, say=((whole,), *own))
