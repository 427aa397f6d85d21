"""The speaker's notes of a slide: what to say, what to ask, how long it takes, and the sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from builders import inline
from builders.deck.course import Course, cites_in
from builders.deck.lines import height
from builders.deck.slides import Frame, Paragraph, Run
from builders.fields import Text

WORDS_A_MINUTE = 130  # an unhurried lecture
MINUTES_A_QUESTION = 2

PAGE = (595.3, 841.9)  # pt: A4, so that notes print as handouts
MARGIN = 56.7  # pt
PICTURE_TOP = 62.0
TEXT_FOOT = 790.0
NUMBER_TOP = 800.0
SMALL_PICTURE = 0.5  # of the text's width, where the notes are long
SIZES = (11.0, 10.0, 9.0, 8.0)  # pt

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """How a slide's notes are printed: the slide's picture, the text below it, and the text's size."""

    picture: Frame
    text: Frame
    size: float


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


def notes_page(paragraphs: Sequence[Paragraph], ratio: float) -> NotesPage:
    """Return the notes page on which paragraphs fit: a smaller picture, then smaller text, make room.

    `ratio` is the slide's width by its height.
    """
    pages = _pages(ratio)
    fitting = (page for page in pages if height(paragraphs, page.size, page.text.w) <= page.text.h)
    return next(fitting, pages[-1])


@lru_cache(maxsize=8)
def _pages(ratio: float) -> tuple[NotesPage, ...]:
    choices = [(1.0, SIZES[0]), (1.0, SIZES[1]), *((SMALL_PICTURE, size) for size in SIZES)]
    return tuple(_notes_page(ratio, share, size) for share, size in choices)


def _notes_page(ratio: float, share: float, size: float) -> NotesPage:
    full = PAGE[0] - 2 * MARGIN
    picture = Frame(MARGIN, PICTURE_TOP, full * share, full * share / ratio)
    top = picture.y + picture.h + 18
    return NotesPage(picture, Frame(MARGIN, top, full, TEXT_FOOT - top), size)
