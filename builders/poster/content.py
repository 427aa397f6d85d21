"""What the poster says: the outline's lanes, eras and events in one language, without markup."""

from dataclasses import dataclass

from builders.language import formatting, locales, markup
from builders.language.dates import Date
from builders.language.locales import Locale
from builders.outline.model import Event, Outline


@dataclass(frozen=True, slots=True)
class Era:
    """A section's place on the axis."""

    index: int  # 0-based
    title: str
    first: int
    last: int
    years: str


@dataclass(frozen=True, slots=True)
class PosterEvent:
    """An event: what is said of it, and where in the outline it stands."""

    key: str
    path: tuple[str | int, ...]
    date: Date
    first: int
    last: int
    section: int
    lane: int
    importance: int
    label: str
    description: str
    day: str  # the date in words, short
    day_alone: str  # the same without its year
    old_style: str  # in the Julian calendar, or nothing
    day_long: str  # both, in full
    emphasis: tuple[markup.InlineRun, ...] = ()  # the label's runs, where some are in italics or strong

    def __hash__(self) -> int:
        """Hash what tells events apart: what was placed before is looked up by them, often."""
        return hash((self.key, self.first, self.last, self.label))


def _find_emphasis(label: str) -> tuple[markup.InlineRun, ...]:
    """Return the runs of a label; nothing where all of it is set in one face."""
    runs = tuple(run for run in markup.parse_line(label) if run.text)
    kept = "".join(run.text for run in runs) == markup.strip_markup(label)
    return runs if kept and any(run.italic or run.strong for run in runs) else ()


@dataclass(frozen=True, slots=True)
class PosterContent:
    """All that the poster says of a course, in one language.

    Entries are in the order of their dates; those of equal dates, in the outline's.
    """

    title: str
    subtitle: str
    credit: str
    sourced: bool  # whether the outline names its sources: the guide lists them
    years: str
    lanes: tuple[str, ...]
    eras: tuple[Era, ...]
    entries: tuple[PosterEvent, ...]
    locale: Locale
    julian: bool  # whether its dates are those of the Julian calendar


def make_poster_content(outline: Outline, lang: str) -> PosterContent:
    """Return what `outline` says in `lang`."""
    locale = locales.load_locale(lang)
    lanes = {lane.id: i for i, lane in enumerate(outline.lanes)}
    entries = [
        _make_event(event, ("sections", i, "events", j), i, lanes[event.lane], lang, locale)
        for i, section in enumerate(outline.sections)
        for j, event in enumerate(section.events)
    ]
    entries.sort(key=lambda e: (e.first, e.last))
    eras = tuple(
        Era(
            i,
            markup.strip_markup(s.title[lang]),
            s.period.first,
            s.period.last,
            formatting.write_period(s.period, locale),
        )
        for i, s in enumerate(outline.sections)
    )
    first = min(s.period.known.year for s in outline.sections)
    last = max((s.period.end or s.period.known).year for s in outline.sections)
    return PosterContent(
        markup.strip_markup(outline.title[lang]),
        markup.strip_markup(outline.subtitle[lang]) if outline.subtitle else "",
        markup.strip_markup(outline.credit[lang]) if outline.credit else "",
        bool(outline.sources),
        formatting.write_years(first, last, locale),
        tuple(markup.strip_markup(lane.name[lang]) for lane in outline.lanes),
        eras,
        tuple(entries),
        locale,
        outline.julian,
    )


def _make_event(
    event: Event, path: tuple[str | int, ...], section: int, lane: int, lang: str, locale: Locale
) -> PosterEvent:
    date, old = event.date, event.old_style
    return PosterEvent(
        key=event.id,
        path=path,
        date=date,
        first=date.first,
        last=date.last,
        section=section,
        lane=lane,
        importance=event.importance,
        label=markup.strip_markup(event.label[lang]),
        emphasis=_find_emphasis(event.label[lang]),
        description=" ".join(markup.strip_markup(event.text[lang]).split()) if event.text else "",
        day=formatting.write_date(date, locale, short=True),
        day_alone=formatting.write_date(date, locale, short=True, year=False),
        old_style=formatting.write_julian_date(date, old, locale, short=True) if old else "",
        day_long=formatting.write_with_old_style(date, old, locale),
    )
