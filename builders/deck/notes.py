"""The speaker's notes of a slide: what to say, what to ask, how long it takes, and the sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from builders.deck.content import DeckContent, list_cites
from builders.deck.line_breaking import measure_height
from builders.deck.model import SlideFrame, SlideParagraph, SlideRun
from builders.language import markup
from builders.outline.fields import Text
from builders.theme.papers import PAPER_SIZES, POINTS_PER_MM

WORDS_A_MINUTE = 130  # an unhurried lecture
MINUTES_A_QUESTION = 2

_A4 = PAPER_SIZES["a4"]  # so that notes print as handouts
NOTES_PAGE_SIZE = round(_A4.short_mm * POINTS_PER_MM, 1), round(_A4.long_mm * POINTS_PER_MM, 1)  # pt
NOTES_MARGIN = 56.7  # pt
PICTURE_TOP = 62.0
TEXT_FOOT = 790.0
NUMBER_TOP = 800.0
SMALL_PICTURE = 0.5  # of the text's width, where the notes are long
NOTES_SIZES = (11.0, 10.0, 9.0, 8.0)  # pt

Runs = tuple[SlideRun, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """How a slide's notes are printed: the slide's picture, the text below it, and the text's size."""

    picture: SlideFrame
    text: SlideFrame
    size: float


@dataclass(frozen=True, slots=True)
class Speech:
    """What a slide's notes are made of: paragraphs to say, questions to ask, and citations.

    `cites` are citations beside those that stand within the texts; `minutes` overrides the estimate.
    """

    say: tuple[Runs, ...] = ()
    ask: tuple[Runs, ...] = ()
    cites: tuple[markup.Cite, ...] = ()
    minutes: int | None = None  # None: from the words


def make_speech(
    course: DeckContent,
    say: Iterable[Text | None] = (),
    ask: Iterable[Text | None] = (),
    source: str | None = None,
    extra: Iterable[str] = (),
) -> Speech:
    """Return the speech of a slide: paragraphs of `say` with citations written out, then `extra` lines.

    Of the texts, None is left out. `ask` are the questions for the class, `source` is a block's field of
    citations.
    """
    texts = [text for text in say if text]
    asked = [text for text in ask if text]
    cites = list_cites([*texts, *asked], course.lang)
    cites += [cite for cite in markup.parse_cites(source) if cite not in cites] if source else []
    return Speech(
        tuple(runs for text in texts for runs in course.make_paragraph_runs(text, cites=True))
        + tuple((SlideRun(line),) for line in extra),
        tuple(runs for text in asked for runs in course.make_paragraph_runs(text, cites=True)),
        tuple(cites),
    )


def make_notes(course: DeckContent, spoken: Speech) -> tuple[SlideParagraph, ...]:
    """Return the notes as paragraphs under their headings."""
    out: list[SlideParagraph] = []
    if spoken.say:
        out += [_make_heading(course.write_phrase("notes_say")), *map(SlideParagraph, spoken.say)]
    if spoken.ask:
        out += [_make_heading(course.write_phrase("notes_ask")), *map(SlideParagraph, spoken.ask)]
    out += [
        _make_heading(course.write_phrase("notes_time")),
        SlideParagraph((SlideRun(course.write_phrase("minutes", n=estimate_minutes(spoken))),)),
    ]
    if spoken.cites:
        out += [_make_heading(course.write_phrase("notes_sources"))]
        out += [SlideParagraph((SlideRun(course.write_cite(cite)),)) for cite in spoken.cites]
    return tuple(out)


def estimate_minutes(spoken: Speech) -> int:
    """Return the estimate in whole minutes, at least one."""
    if spoken.minutes is not None:
        return spoken.minutes
    return max(1, round(_count_words(spoken.say) / WORDS_A_MINUTE + MINUTES_A_QUESTION * len(spoken.ask)))


def _count_words(paragraphs: Sequence[Runs]) -> int:
    return sum(len("".join(run.text for run in runs).split()) for runs in paragraphs)


def _make_heading(text: str) -> SlideParagraph:
    return SlideParagraph((SlideRun(text, bold=True),))


def choose_notes_page(paragraphs: Sequence[SlideParagraph], ratio: float) -> NotesPage:
    """Return the notes page on which paragraphs fit: a smaller picture, then smaller text, make room.

    `ratio` is the slide's width by its height.
    """
    pages = _list_notes_pages(ratio)
    fitting = (page for page in pages if measure_height(paragraphs, page.size, page.text.w) <= page.text.h)
    return next(fitting, pages[-1])


@lru_cache(maxsize=8)
def _list_notes_pages(ratio: float) -> tuple[NotesPage, ...]:
    choices = [(1.0, NOTES_SIZES[0]), (1.0, NOTES_SIZES[1]), *((SMALL_PICTURE, size) for size in NOTES_SIZES)]
    return tuple(_make_notes_page(ratio, share, size) for share, size in choices)


def _make_notes_page(ratio: float, share: float, size: float) -> NotesPage:
    full = NOTES_PAGE_SIZE[0] - 2 * NOTES_MARGIN
    picture = SlideFrame(NOTES_MARGIN, PICTURE_TOP, full * share, full * share / ratio)
    top = picture.y + picture.h + 18
    return NotesPage(picture, SlideFrame(NOTES_MARGIN, top, full, TEXT_FOOT - top), size)
