"""What every slide's plan needs to know: the outline in one language, its fixed words, the page, the
theme."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from builders.deck.geometry import SlidePage
from builders.deck.model import SlideRun
from builders.deck.options import DeckOptions
from builders.language import (
    dates,
    formatting,
    locales,
    markup,
)
from builders.outline.blocks import Block
from builders.outline.fields import Text
from builders.outline.model import (
    Outline,
    Person,
    Section,
    Source,
    Term,
)
from builders.timeline import round_short_time, round_years

LINK_WORDS = re.compile(r"\S+\s*|\s+")  # a link a word: LibreOffice breaks no line within a link


@dataclass(frozen=True, slots=True)
class DeckContent:
    """An outline as one deck shows it, in one language: `make_deck_content` makes it.

    Its methods turn the outline's texts, dates and citations into runs and plain text of that language.
    """

    outline: Outline
    options: DeckOptions
    locale: locales.Locale
    page: SlidePage
    people: Mapping[str, Person]
    terms: Mapping[str, Term]
    sources: Mapping[str, Source]
    blocks: Mapping[str, Block]
    span: tuple[int, int]  # the ruler's first and last day

    @property
    def lang(self) -> str:
        """The outline's code of the language, for picking texts."""
        return self.options.lang

    def list_sections(self) -> Iterator[tuple[int, Section]]:
        """Return the sections of this deck with their indices: all, or the one that was asked for."""
        for index, section in enumerate(self.outline.sections):
            if self.options.section in (None, section.id):
                yield index, section

    def write_phrase(self, key: str, **words: object) -> str:
        """Return a fixed word or sentence of the deck's language."""
        return self.locale.words["deck"][key].format(**words)

    def write_plain_text(self, text: Text) -> str:
        """Return a text without markup, on one line."""
        return " ".join(markup.strip_markup(text[self.lang]).split())

    def make_line_runs(self, text: Text, *, cites: bool = False) -> tuple[SlideRun, ...]:
        """Return a line as runs; citations are dropped, or with `cites` written out in brackets."""
        return self._convert_runs(markup.parse_line(text[self.lang]), cites)

    def make_paragraph_runs(self, text: Text, *, cites: bool = False) -> list[tuple[SlideRun, ...]]:
        """Return the paragraphs of a text as runs, without those that hold but citations that are dropped."""
        found = (
            self._convert_runs(paragraph, cites) for paragraph in markup.parse_paragraphs(text[self.lang])
        )
        return [runs for runs in found if runs]

    def find_original(self, original: str | None, text: Text) -> str | None:
        """Return an original to print beside a text: none where this language says the same words."""
        return markup.drop_same_words(original, text[self.lang])

    def make_original_run(self, text: str) -> SlideRun:
        """Return a text in the outline's original language."""
        return SlideRun(" ".join(text.split()), colour="ink2", lang=self.original_tag)

    @property
    def original_tag(self) -> str | None:
        """The language tag, with its region, of originals."""
        language = self.outline.original_language
        return find_language_tag(language) if language else None

    def parse_date(self, text: Text) -> dates.Date:
        """Return the date that a text of the outline is, such as a row's head in a line chart."""
        return dates.parse_date(self.write_plain_text(text), julian=self.outline.julian)

    def write_date(self, date: dates.Date, old_style: dates.Date | None = None) -> str:
        """Return a date as readers of the language write it, with its old style date where there is one."""
        return formatting.write_with_old_style(date, old_style, self.locale)

    def write_period(self, date: dates.Date) -> str:
        """Return a period: '1917–1922'; a short one as exactly as it is known."""
        return formatting.write_period(date, self.locale)

    def write_cite(self, cite: markup.Cite) -> str:
        """Return a citation in short: author, year and place."""
        source = self.sources.get(cite.source)
        if source is None:
            return cite.source
        name = (source.author or source.title).split(",")[0]
        work = f"{name} {source.year[self.lang]}" if source.year else name
        return f"{work}, {cite.locator}" if cite.locator else work

    def write_cites(self, text: str | None) -> str:
        """Return a `source` field in short, or an empty string."""
        return "; ".join(self.write_cite(cite) for cite in markup.parse_cites(text)) if text else ""

    def _convert_runs(self, paragraph: markup.InlineParagraph, cites: bool) -> tuple[SlideRun, ...]:
        out: list[SlideRun] = []
        for run in paragraph:
            if run.cites:
                if cites:
                    out.append(SlideRun(f"({'; '.join(self.write_cite(cite) for cite in run.cites)})"))
                elif out:
                    out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
                continue
            link = run.link if run.link and not run.link.startswith("#") else None
            words = LINK_WORDS.findall(run.text) if link else [run.text]
            out += [SlideRun(text, bold=run.strong, italic=run.italic, link=link) for text in words]
        return tuple(run for run in out if run.text)


def make_deck_content(outline: Outline, options: DeckOptions, page: SlidePage) -> DeckContent:
    """Return the course with its people, terms, sources and blocks by id."""
    found = [section.period for section in outline.sections]
    found += [event.date for section in outline.sections for event in section.events]
    blocks = {block.id: block for section in outline.sections for block in section.blocks if block.id}
    return DeckContent(
        outline,
        options,
        locales.load_locale(options.lang),
        page,
        {person.id: person for person in outline.people},
        {term.id: term for term in outline.terms},
        {source.id: source for source in outline.sources},
        blocks,
        _round_span(min(date.first for date in found), max(date.last for date in found), outline.julian),
    )


def _round_span(first: int, last: int, julian: bool) -> tuple[int, int]:
    """Return the first and the last day of the course's axis: of round years, or of a short time's ends."""
    if ends := round_short_time(first, last, julian=julian):
        return ends[0].first, ends[1].last
    return round_years(first, last, julian=julian)


def find_language_tag(language: str) -> str:
    """Return the language tag with a region that office programs ask for: 'ru' is 'ru-RU' (CLDR likely
    subtags)."""
    from babel.core import get_global

    if language.count("-") and len(language.rsplit("-", maxsplit=1)[-1]) == 2:
        return language
    likely = get_global("likely_subtags").get(language.split("-", maxsplit=1)[0])
    return f"{language.split('-', maxsplit=1)[0]}-{likely.split('_')[-1]}" if likely else language


def list_links(texts: Iterable[Text], lang: str) -> list[str]:
    """Return the ids that texts link to, each once, in order."""
    found: dict[str, None] = {}
    for text in texts:
        for paragraph in markup.parse_paragraphs(text[lang]):
            for run in paragraph:
                if run.link and run.link.startswith("#"):
                    found[run.link[1:]] = None
    return list(found)


def list_cites(texts: Iterable[Text], lang: str) -> list[markup.Cite]:
    """Return the citations in texts, each once, in order."""
    found: dict[markup.Cite, None] = {}
    for text in texts:
        for paragraph in markup.parse_paragraphs(text[lang]):
            for run in paragraph:
                found.update(dict.fromkeys(run.cites))
    return list(found)
