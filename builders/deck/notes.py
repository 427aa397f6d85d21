"""The speaker's notes of a slide: what to say, what to ask, how long it takes, and the sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builders import inline
from builders.deck.course import Course, cites_in
from builders.deck.slides import Paragraph, Run
from builders.fields import Text

WORDS_A_MINUTE = 130  # an unhurried lecture
MINUTES_A_QUESTION = 2

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """What notes are made of: paragraphs to say, questions to ask, citations beside those within the
    texts."""

    say: tuple[Runs, ...] = ()
    ask: tuple[Runs, ...] = ()
    cites: tuple[inline.Cite, ...] = ()
    minutes: int | None = None  # None: from the words


def speech(
    course: Course,
    say: Iterable[Text | None] = (),
    ask: Iterable[Text | None] = (),
    source: str | None = None,
    extra: Iterable[str] = (),
) -> Speech:
    """Return the speech on texts: their paragraphs with citations written out, then `extra` lines."""
    texts = [text for text in say if text]
    asked = [text for text in ask if text]
    cites = cites_in([*texts, *asked], course.lang)
    cites += [cite for cite in inline.cites(source) if cite not in cites] if source else []
    return Speech(
        tuple(runs for text in texts for runs in course.prose(text, cites=True))
        + tuple((Run(line),) for line in extra),
        tuple(runs for text in asked for runs in course.prose(text, cites=True)),
        tuple(cites),
    )


def notes(course: Course, spoken: Speech) -> tuple[Paragraph, ...]:
    """Return the notes as paragraphs under their headings."""
    out: list[Paragraph] = []
    if spoken.say:
        out += [_heading(course.say("notes_say")), *map(Paragraph, spoken.say)]
    if spoken.ask:
        out += [_heading(course.say("notes_ask")), *map(Paragraph, spoken.ask)]
    out += [_heading(course.say("notes_time")), Paragraph((Run(course.say("minutes", n=minutes(spoken))),))]
    if spoken.cites:
        out += [_heading(course.say("notes_sources"))]
        out += [Paragraph((Run(course.cite(cite)),)) for cite in spoken.cites]
    return tuple(out)


def minutes(spoken: Speech) -> int:
    """Return the estimate in whole minutes, at least one."""
    if spoken.minutes is not None:
        return spoken.minutes
    return max(1, round(_words(spoken.say) / WORDS_A_MINUTE + MINUTES_A_QUESTION * len(spoken.ask)))


def _words(paragraphs: Sequence[Runs]) -> int:
    return sum(len("".join(run.text for run in runs).split()) for runs in paragraphs)


def _heading(text: str) -> Paragraph:
    return Paragraph((Run(text, bold=True),))
