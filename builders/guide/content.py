"""The outline in one language and edition, as the guide's pages ask for it: words, runs, references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builders.core.diagnostics import Fault, OutlineFaults
from builders.guide.editions import EDITIONS
from builders.guide.geometry import PageGeometry, compute_geometry
from builders.guide.options import GuideOptions
from builders.guide.runs import (
    choose_inline_face,
    is_latin_letter,
    is_marked_up,
    make_blank,
    make_bracketed_reference,
    make_raised_reference,
    make_separator,
    place_cites,
)
from builders.guide.type_styles import GuideStyles, make_styles
from builders.guide.typography import (
    bind_spaces,
    compile_date_spaces,
    find_missing_stop,
    make_sort_key,
)
from builders.language import formatting, locales, markup
from builders.language.dates import Date, Point, compute_civil_date, compute_day_number, parse_date
from builders.outline.map_blocks import Place
from builders.outline.model import (
    Event,
    Outline,
    Person,
    Section,
    Source,
    Term,
)
from builders.typesetting.paragraph import Run, Style

TextByLanguage = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SectionEvent:
    """An event with the number of its section and its own among all events (0-based)."""

    event: Event
    section: int
    number: int


class GuideContent:
    """An outline read in `options.lang` for `options.edition`. Pure; makes nothing but runs and answers."""

    def __init__(self, outline: Outline, options: GuideOptions) -> None:
        self.outline, self.options = outline, options
        self.edition = EDITIONS[options.edition]
        self.locale = locales.load_locale(options.lang)
        self._in_dates = compile_date_spaces(self.locale.dates)
        self.type: GuideStyles = make_styles(options, self.locale.tag)
        self.page: PageGeometry = compute_geometry(options.paper, self.edition.print, options.theme.guide)
        self.sections: Sequence[tuple[int, Section]] = [
            (i, s) for i, s in enumerate(outline.sections) if options.section in (None, s.id)
        ]
        if not self.sections:
            known = ", ".join(s.id for s in outline.sections[:12])
            raise OutlineFaults([Fault(f"there is no section '{options.section}'", f"there are {known}")])
        self.people: dict[str, Person] = {p.id: p for p in outline.people}
        self.terms: dict[str, Term] = {t.id: t for t in outline.terms}
        placed = ((e, i) for i, s in enumerate(outline.sections) for e in s.events)
        self.places: dict[str, Place] = {p.id: p for p in outline.places}
        self.events: dict[str, SectionEvent] = {
            e.id: SectionEvent(e, i, number) for number, (e, i) in enumerate(placed)
        }
        self.blanks = 0  # letters given in the section that is being set
        self.cited: set[str] = set()
        self.locators: dict[Run, str] = {}
        self.map_keys: list[tuple[str, Sequence[tuple[str, str]]]] = []  # of blank maps, behind their titles

    def parse_date(self, text: TextByLanguage) -> Date:
        """Return the date that a text of the outline is, such as a row's head in a line chart."""
        return parse_date(self.get_plain_text(text), julian=self.outline.julian)

    def compute_day_number(self, year: int, month: int = 1) -> int:
        """Return the first day of a year or month (Julian day number) in the outline's calendar."""
        return compute_day_number(year, month, 1, julian=self.outline.julian)

    def find_year(self, day: int) -> int:
        """Return the astronomical year in which a day lies (Julian day number) in the outline's calendar."""
        return compute_civil_date(day, julian=self.outline.julian)[0]

    def write_short_day(self, day: int, month: bool = False) -> str:
        """Return a day (Julian day number) without its year, or with `month` its month and year alone."""
        year, number, date = compute_civil_date(day, julian=self.outline.julian)
        point = Point(year, number, None if month else date, "month" if month else "day")
        return formatting.write_point(point, self.locale, short=True, year=month)

    def begin_section(self) -> None:
        """Forget the letters of the section before, and where in its sources it looked."""
        self.blanks = 0
        self.locators.clear()

    # -- what is asked for ------------------------------------------------------------------------------

    @cached_property
    def numbered_sources(self) -> dict[str, tuple[int, Source]]:
        """The sources with their numbers, in order of author or title."""
        ordered = sorted(
            self.outline.sources,
            key=lambda s: (make_sort_key(s.author or s.title), self.write_source_year(s) or "", s.id),
        )
        return {source.id: (number, source) for number, source in enumerate(ordered, 1)}

    # -- words ------------------------------------------------------------------------------------------

    def get_plain_text(self, text: TextByLanguage) -> str:
        """Return a text's words in this language, without markup."""
        return markup.strip_markup(text[self.options.lang])

    def find_original(self, original: str | None, text: TextByLanguage) -> str | None:
        """Return an original to print beside a text: none where this language says the same words."""
        return markup.drop_same_words(original, text[self.options.lang])

    def get_fixed_words(self, key: str, **values: object) -> str:
        """Return a fixed word of the guide."""
        words = self.locale.words["guide"]
        text = words[key] if key in words else self.locale.common[key]
        return text.format(**values) if values else text

    def bind_spaces(self, text: str) -> str:
        """Return a text whose lines do not end where a reader would stumble."""
        return bind_spaces(text, self._in_dates)

    def write_source_year(self, source: Source) -> str | None:
        """Return when a work was published, as this language writes it."""
        return source.year[self.options.lang] if source.year else None

    def write_date(self, date: Date, *, short: bool = False, year: bool = True) -> str:
        """Return a date as this language writes it, kept on one line where it is short."""
        return formatting.write_date(date, self.locale, short=short, year=year)

    def write_period(self, date: Date) -> str:
        """Return a section's period: '1917 a 1922'; a short one as exactly as it is known."""
        start, end = date.start or date.known, date.end or date.known
        text = formatting.write_period(date, self.locale, short=False)
        if text != formatting.write_years(start.year, end.year, self.locale) or start.year == end.year:
            return text
        first, last = formatting.year_ends(start.year, end.year, self.locale)
        return self.get_fixed_words("period", first=first, last=last)

    # -- runs -------------------------------------------------------------------------------------------

    def make_paragraphs(
        self, text: TextByLanguage, style: Style, *, blanks: bool = False
    ) -> list[list[Run] | str]:
        """Return a prose text's paragraphs as runs, or as a string where it has but one look."""
        return [
            self._make_paragraph_runs(p, style, blanks)
            for p in markup.parse_paragraphs(text[self.options.lang])
        ]

    def make_runs_or_text(self, text: TextByLanguage, style: Style) -> list[Run] | str:
        """Return a line's runs, or a string where it has but one look."""
        return self._make_paragraph_runs(markup.parse_line(text[self.options.lang]), style, False)

    def make_runs(self, text: TextByLanguage, style: Style) -> list[Run]:
        """Return a line's runs, to be joined with others."""
        runs = self.make_runs_or_text(text, style)
        return [Run(runs, style.face)] if isinstance(runs, str) else runs

    def make_references(self, cites: str | None) -> list[Run]:
        """Return the references of a block's `source`."""
        return self._make_reference_marks(markup.parse_cites(cites)) if cites else []

    def make_named_references(self, cites: str, style: Style) -> list[Run]:
        """Return a block's sources by name: 'Kagan, 2003, p. 12; …', each a link to its entry."""
        out: list[Run] = []
        for cite in markup.parse_cites(cites):
            _, source = self.numbered_sources[cite.source]
            self.cited.add(cite.source)
            name = (source.author or source.title).split(",")[0].rstrip(".")
            words = ", ".join(part for part in (name, self.write_source_year(source), cite.locator) if part)
            lang = self.find_original_language(name)
            run = Run(
                words,
                style.face,
                self.type.colours.blue,
                link=f"#source:{cite.source}",
                tag="Reference",
                lang=lang,
            )
            self.locators[run] = cite.locator
            out += [Run("; ", style.face), run] if out else [run]
        return [*out, Run(find_missing_stop(out[-1].text), style.face)]

    def _make_paragraph_runs(
        self, paragraph: markup.InlineParagraph, style: Style, blanks: bool
    ) -> list[Run] | str:
        if len(paragraph) == 1 and not is_marked_up(paragraph[0]):
            return self.bind_spaces(paragraph[0].text)
        out: list[Run] = []
        for run in place_cites(paragraph, self.get_fixed_words("cite_place") == "after"):
            if run.cites:
                lettered = out and out[-1].rise and not out[-1].link  # 'e, 20', or they would read as one
                out += [make_separator(self.type)] if lettered else []
                out += self._make_reference_marks(run.cites)
            elif run.strong and blanks and self.edition.blanks != "none":
                out += self._make_blank(run)
            else:
                out.append(
                    Run(
                        self.bind_spaces(run.text),
                        choose_inline_face(run, style.face),
                        link=self._find_link_target(run.link),
                        colour=self._choose_colour(run),
                    )
                )
        return out

    def _make_blank(self, run: markup.InlineRun) -> list[Run]:
        letter = formatting.write_letters(self.blanks)
        self.blanks += 1
        return make_blank(run.text, letter, self._find_link_target(run.link), self.edition, self.type)

    def _choose_colour(self, run: markup.InlineRun) -> str | None:
        return self.type.colours.blue if run.link and not run.link.startswith("#") else None

    def _find_link_target(self, link: str | None) -> str | None:
        """Return where a link leads in this document; None for what this edition or section leaves out."""
        if link is None or not link.startswith("#"):
            return link
        return link if link[1:] in self.reachable_ids else None

    @cached_property
    def reachable_ids(self) -> frozenset[str]:
        """The ids that have a place in this document."""
        out = {*self.people, *self.terms, *self.places}
        for _, section in self.sections:
            out.add(section.id)
            out.update(e.id for e in section.events)
            out.update(q.id for q in section.questions)
            out.update(b.id for b in section.blocks if b.id)
        return frozenset(out)

    def _make_reference_marks(self, cites: Sequence[markup.Cite]) -> list[Run]:
        out: list[Run] = []
        for cite in cites:
            if cite.source not in self.numbered_sources:
                continue
            self.cited.add(cite.source)
            number = self.numbered_sources[cite.source][0]
            if not self.edition.print.raised_signs:
                out += make_bracketed_reference(number, cite, self.type)
                continue
            mark = make_raised_reference(number, cite.source, self.type)
            self.locators[mark] = cite.locator
            out += [make_separator(self.type), mark] if out else [mark]
        return out

    def find_original_language(self, text: str) -> str | None:
        """Return the language of a text from the outline where it is in another script than this one's."""
        lang = self.outline.original_language
        return (
            lang if lang and any(c.isalpha() for c in text) and not any(map(is_latin_letter, text)) else None
        )


def find_main_importance(events: Sequence[Event]) -> int:
    """Return the importance of the events that a timeline labels: the greatest that there is."""
    return max((event.importance for event in events), default=3)


def compute_mark_day(date: Date) -> float:
    """Return the day that an event's mark stands on: the middle of what is dated roughly, the first day of
    what lasts.
    """
    return date.first + 0.5 if date.interval else (date.first + date.last + 1) / 2


def make_date_key(placed: SectionEvent) -> tuple[int, int, int]:
    """Return a key that sorts events by their time; those of equal dates, in the outline's order."""
    return placed.event.date.first, placed.event.date.last, placed.number
