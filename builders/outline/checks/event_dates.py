"""Dates agree: both calendars, births and deaths, events and the periods of their sections."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from builders.core.diagnostics import Fault, OutlineFaults, Path
from builders.language import (
    dates,
    formatting,
    locales,
    markup,
)
from builders.outline.model import Event, Outline, Person, Section

_FOR_MACHINES = re.compile(  # EDTF that readers do not write so: -0026, 0079, 191X, 1917~, 1917-11, 1917/..
    r"-\d{1,4}(?:/.+)?|0\d{3}|\d\d(?:\dX|XX)|\d{4}[~%]|\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?|\d{4}/\.\."
)
FEWEST_IN_ORDER = 5  # events, of which one that is out of order tells something
FAR_OUT_OF_ORDER = 0.2  # of the time that the section's events take
LONGEST_LIFE = 123  # years; the longest that is proven is 122 (Jeanne Calment)


def check_dates(outline: Outline) -> Iterator[Fault]:
    """Yield a fault or a warning for each date that contradicts another: of a life, a section, a calendar."""
    yield from _check_lives(outline)
    yield from _check_source_years(outline)
    if outline.julian and outline.calendar_reform:
        advice = "remove `calendar_reform`, or `calendar: julian`"
        yield Fault("a course in the Julian calendar has no reform", advice, ("calendar_reform",))
    people = {person.id: person for person in outline.people}
    for i, section in enumerate(outline.sections):
        for j, event in enumerate(section.events):
            path = ("sections", i, "events", j)
            yield from _check_event(event, path, outline)
            yield from _check_period(event, section, path)
            yield from _check_births(event, people, path)
        yield from _check_orders(section, ("sections", i, "events"))
        for j, block in enumerate(section.blocks):
            if block.quote is not None:
                here = ("sections", i, "blocks", j, "quote", "old_style")
                yield from _check_old_style(block.quote.date, block.quote.old_style, here, outline)


def _check_lives(outline: Outline) -> Iterator[Fault]:
    for i, person in enumerate(outline.people):
        for field in ("born", "died"):
            date = getattr(person, field)
            if date is not None and date.interval:
                year = f"{date.known.year:0{4 if date.known.year >= 0 else 5}d}"
                advice = f"write one date, as exactly as it is known: {year}~ for about"
                yield Fault(f"a life has one day as `{field}`", advice, ("people", i, field))
        if not person.born or not person.died:
            continue
        path = ("people", i, "died")
        if person.died.last < person.born.first:
            yield Fault("the death stands before the birth", "correct one of the dates", path)
        elif (years := (person.died.first - person.born.last) // 366) > LONGEST_LIFE:
            message = f"a life of {years} years"
            yield Fault(message, "correct the birth or the death", path, severity="warning")


def _check_source_years(outline: Outline) -> Iterator[Fault]:
    """Yield a fault for each work's year in figures for machines: it is printed as it stands."""
    for i, source in enumerate(outline.sources):
        alone = len({*(source.year or {}).values()}) == 1
        for language, year in (source.year or {}).items():
            if _FOR_MACHINES.fullmatch(year):
                message = f"'{year}' is not how readers write a year, and it is printed as it stands"
                path = ("sources", i, "year") if alone else ("sources", i, "year", language)
                yield Fault(message, _advise_on_year(year, outline.languages), path)
                break


def _advise_on_year(year: str, languages: Sequence[str]) -> str:
    """Return advice on a work's year: EDTF, or a minus sign and the year before Christ."""
    try:
        before_christ = re.fullmatch(r"-0*(\d{1,3})", year) if len(year) < 5 else None
        date = dates.parse_date(f"{1 - int(before_christ[1]):05d}" if before_christ else year)
        printed = formatting.write_date(date, locales.load_locale(languages[0]))
    except (dates.DateFault, OutlineFaults):
        return "write it as it is to be printed, such as 1917 or 1917–1921"
    if date.known.month:
        first, last = date.known.year, date.known.month
        span = f" or {first}–{last:02d}" if date.precision == "month" and last > first % 100 else ""
        return f"write the year alone, {first}{span}"
    if len(languages) > 1 and re.search(r"[^\W\d_]", printed):
        return f"write it under each language as that does, in {languages[0]} {printed}"
    return f"write {printed}"


def _check_event(event: Event, path: Path, outline: Outline) -> Iterator[Fault]:
    if event.old_style is None:
        return
    reform = None if outline.julian else outline.calendar_reform
    if reform is not None and event.date.first > reform.first:
        advice = "remove `old_style`, or correct the date"
        yield Fault(f"the new calendar was in force since {reform.edtf}", advice, (*path, "old_style"))
    yield from _check_old_style(event.date, event.old_style, (*path, "old_style"), outline)


def _check_old_style(
    date: dates.Date | None, old: dates.Date | None, path: Path, outline: Outline
) -> Iterator[Fault]:
    if old is None:
        return
    if outline.julian:
        advice = "write it as `date` and remove `old_style`; or remove `calendar: julian` for Gregorian dates"
        yield Fault("all dates of this course are Julian already", advice, path)
    elif date is None:
        yield Fault("the Gregorian date is missing", "add `date`", path)
    elif not dates.is_same_in_old_style(date, old):
        right = dates.convert_to_old_style(date)
        advice = f"in the Julian calendar it is {right}" if right else "give both as exactly"
        yield Fault(f"{old.edtf} (Julian) is not {date.edtf} (Gregorian)", advice, path)


def _check_period(event: Event, section: Section, path: Path) -> Iterator[Fault]:
    """Warn of an event that lies wholly outside its section's period."""
    period, date = section.period, event.date
    before = date.last < period.first and not (date.open and date.end is None)
    after = date.first > period.last and not (date.open and date.start is None)
    if before or after:
        where = "before" if before else "after"
        message = f"'{event.id}' lies {where} its section's period, {period.edtf}"
        advice = "correct the date, widen the period, or move the event to another section"
        yield Fault(message, advice, (*path, "date"), severity="warning")


def _check_orders(section: Section, path: Path) -> Iterator[Fault]:
    """Check the order of a section's events: within each lane if one lane's stand behind another's."""
    lanes = [(lane, [*run]) for lane, run in groupby(enumerate(section.events), lambda item: item[1].lane)]
    if len({lane for lane, _ in lanes}) < len(lanes):
        lanes = [("", [*enumerate(section.events)])]
    for _, run in lanes:
        yield from _check_order([event for _, event in run], run[0][0], path)


def _check_order(events: Sequence[Event], start: int, path: Path) -> Iterator[Fault]:
    """Warn of the one event that stands far out of an order which all others keep: its date may be a slip.

    The first of the `events` is that of index `start` in the section.
    """
    days = [event.date.first for event in events]
    breaks = [j for j in range(1, len(days)) if days[j] < days[j - 1]]
    if len(days) < FEWEST_IN_ORDER or len(breaks) != 1:
        return
    (j,) = breaks
    span = max(max(days) - min(days), 1)
    for odd in (j, j - 1):
        rest = days[:odd] + days[odd + 1 :]
        around = [days[k] for k in (odd - 1, odd + 1) if 0 <= k < len(days)]
        if rest == sorted(rest) and min(abs(days[odd] - day) for day in around) > span * FAR_OUT_OF_ORDER:
            event = events[odd]
            message = f"'{event.id}' ({event.date.edtf}) stands far from its time in the order of the events"
            advice = "correct the date, or move the event"
            yield Fault(message, advice, (*path, start + odd, "date"), severity="warning")
            return


def _check_births(event: Event, people: Mapping[str, Person], path: Path) -> Iterator[Fault]:
    """Warn of an event that names someone who was not yet born."""
    texts = [text for field in (event.label, event.text) if field for text in field.values()]
    for name in sorted({run.link[1:] for text in texts for run in _find_links(text) if run.link}):
        person = people.get(name)
        if person is not None and person.born is not None and event.date.last < person.born.first:
            message = f"'{event.id}' names '{name}', born later ({person.born.edtf})"
            yield Fault(message, "correct one of the dates", (*path, "date"), severity="warning")


def _find_links(text: str) -> list[markup.InlineRun]:
    try:
        return [run for run in markup.parse_line(text) if run.link]
    except markup.CiteFault:
        return []
