"""The outline in one language and edition, as the guide's pages ask for it: words, runs, references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from builders.core.diagnostics import Fault, OutlineFaults
from builders.guide.geometry import PageGeometry, compute_geometry
from builders.guide.options import GuideOptions
from builders.guide.type_styles import GuideStyles, make_styles
from builders.guide.typography import (
    bind_spaces,
    compile_date_spaces,
    find_missing_stop,
    make_sort_key,
    write_letters,
)
from builders.language import formatting, locales, markup
from builders.language.dates import Date
from builders.outline.model import (
    Event,
    Outline,
    Person,
    Section,
    Source,
    Term,
)
from builders.typesetting import fonts
from builders.typesetting.fonts import Face, Family, Weight
from builders.typesetting.paragraph import Run, Style

TextByLanguage = Mapping[str, str]
CITE_SCALE, CITE_RISE = 0.68, 0.33
_CLOSING_PUNCTUATION = ".,;:?!)\u00bb\u201d\u2019"


@dataclass(frozen=True, slots=True)
class SectionEvent:
    """An event with the number of its section (0-based)."""

    event: Event
    section: int


class GuideContent:
    """An outline read in `options.lang` for `options.edition`. Pure; makes nothing but runs and answers."""

    def __init__(self, outline: Outline, options: GuideOptions) -> None:
        self.outline, self.options = outline, options
        self.locale = locales.load_locale(options.lang)
        self._in_dates = compile_date_spaces(self.locale.dates)
        self.type: GuideStyles = make_styles(options, self.locale.tag)
        self.page: PageGeometry = compute_geometry(options.paper, self.is_large_print, options.theme.guide)
        self.sections: Sequence[tuple[int, Section]] = [
            (i, s) for i, s in enumerate(outline.sections) if options.section in (None, s.id)
        ]
        if not self.sections:
            known = ", ".join(s.id for s in outline.sections[:12])
            raise OutlineFaults([Fault(f"there is no section '{options.section}'", f"there are {known}")])
        self.people: dict[str, Person] = {p.id: p for p in outline.people}
        self.terms: dict[str, Term] = {t.id: t for t in outline.terms}
        self.events: dict[str, SectionEvent] = {
            e.id: SectionEvent(e, i) for i, s in enumerate(outline.sections) for e in s.events
        }
        self.blanks = 0  # letters given in the section that is being set
        self.cited: set[str] = set()
        self.locators: dict[Run, str] = {}

    def begin_section(self) -> None:
        """Forget the letters of the section before, and where in its sources it looked."""
        self.blanks = 0
        self.locators.clear()

    # -- what is asked for ------------------------------------------------------------------------------

    @property
    def is_large_print(self) -> bool:
        """Whether this is the large-print edition."""
        return self.options.edition == "large-print"

    @property
    def is_worksheet(self) -> bool:
        """Whether key words are blanks and answers are left out."""
        return self.options.edition == "worksheet"

    @property
    def is_teacher_edition(self) -> bool:
        """Whether answers, rubrics and notes stand in place."""
        return self.options.edition == "teacher"

    @property
    def has_answers_at_back(self) -> bool:
        """Whether the answers have a chapter of their own."""
        return not self.is_worksheet and not self.is_teacher_edition

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
        if len(paragraph) == 1 and not _is_marked_up(paragraph[0]):
            return self.bind_spaces(paragraph[0].text)
        out: list[Run] = []
        for run in _place_cites(paragraph, self.get_fixed_words("cite_place") == "after"):
            if run.cites:
                lettered = out and out[-1].rise and not out[-1].link  # 'e, 20', or they would read as one
                out += self._make_separator() if lettered else []
                out += self._make_reference_marks(run.cites)
            elif run.strong and blanks and (self.is_worksheet or self.is_teacher_edition):
                out += self._make_blank(run, style)
            else:
                out.append(
                    Run(
                        self.bind_spaces(run.text),
                        self._choose_face(run, style),
                        link=self._find_link_target(run.link),
                        colour=self._choose_colour(run),
                    )
                )
        return out

    def _choose_face(self, run: markup.InlineRun, style: Style) -> Face:
        face = style.face
        if not run.italic and not run.strong:
            return face
        family: Family = "serif" if face.name.startswith("serif") else "sans"
        weight: Weight = "bold-italic" if run.italic and run.strong else "bold" if run.strong else "italic"
        return fonts.face(family, weight)

    def _make_blank(self, run: markup.InlineRun, style: Style) -> list[Run]:
        letter = write_letters(self.blanks)
        self.blanks += 1
        bold = self.type.choose_face("serif", "bold")
        if self.is_worksheet:  # no link, no note in the margin: they would tell the word
            word = Run(run.text, bold, blank="open")
        else:
            word = Run(run.text, bold, blank="filled", link=self._find_link_target(run.link))
        mark = Run(
            letter,
            self.type.choose_face("sans", "semibold"),
            self.type.colours.blue,
            *self._superscript,
            tag="Span",
        )
        return [word, replace(mark, text=f" ({letter})", scale=1, rise=0) if self.is_large_print else mark]

    @property
    def _superscript(self) -> tuple[float, float]:
        return (CITE_SCALE, CITE_RISE)

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
        out = set(self.people) | set(self.terms)
        for _, section in self.sections:
            out.add(section.id)
            out.update(e.id for e in section.events)
            out.update(q.id for q in section.questions)
            out.update(b.id for b in section.blocks if b.id)
        return frozenset(out)

    def _make_reference_marks(self, cites: Sequence[markup.Cite]) -> list[Run]:
        colour = self.type.colours.blue
        face = self.type.choose_face("sans", "semibold")
        out: list[Run] = []
        for cite in cites:
            if cite.source not in self.numbered_sources:
                continue
            self.cited.add(cite.source)
            number = str(self.numbered_sources[cite.source][0])
            if self.is_large_print:
                text = f"[{number}, {cite.locator}]" if cite.locator else f"[{number}]"
                out.append(Run("\u00a0", face))
                out.append(
                    Run(
                        text.replace(" ", "\u00a0"),
                        self.type.choose_face("sans"),
                        link=f"#source:{cite.source}",
                        tag="Reference",
                    )
                )
                continue
            out += self._make_separator() if out else []
            mark = Run(
                number, face, colour, *self._superscript, link=f"#source:{cite.source}", tag="Reference"
            )
            self.locators[mark] = cite.locator
            out.append(mark)
        return out

    def _make_separator(self) -> list[Run]:
        """Return what stands between raised signs."""
        look = self.type
        return [Run(",\u2009", look.choose_face("sans", "semibold"), look.colours.blue, *self._superscript)]

    def find_original_language(self, text: str) -> str | None:
        """Return the language of a text from the outline where it is in another script than this one's."""
        lang = self.outline.original_language
        return (
            lang if lang and any(c.isalpha() for c in text) and not any(_is_latin(c) for c in text) else None
        )


def _is_latin(character: str) -> bool:
    return character.isalpha() and ord(character) < 0x250


def _is_marked_up(run: markup.InlineRun) -> bool:
    return bool(run.cites or run.italic or run.strong or run.link)


def _place_cites(paragraph: markup.InlineParagraph, after: bool) -> list[markup.InlineRun]:
    """Set citations close to the word before them; `after` moves them past the punctuation that follows."""
    out: list[markup.InlineRun] = []
    runs = list(paragraph)
    for i, run in enumerate(runs):
        if not run.cites:
            if run.text:
                out.append(run)
            continue
        if out and out[-1].text.endswith(" "):
            before = out.pop()
            if words := before.text.rstrip(" "):
                out.append(replace(before, text=words))
        following = runs[i + 1] if after and i + 1 < len(runs) else None
        if following and following.text[:1] and following.text[0] in _CLOSING_PUNCTUATION:
            moved = following.text[: len(following.text) - len(following.text.lstrip(_CLOSING_PUNCTUATION))]
            out.append(replace(following, text=moved))
            runs[i + 1] = replace(following, text=following.text[len(moved) :])
        out.append(run)
    return out


def compute_mark_day(date: Date) -> float:
    """Return the day that an event's mark stands on: the middle of what is dated roughly, the first day of
    what lasts.
    """
    return date.first + 0.5 if date.interval else (date.first + date.last + 1) / 2


def make_date_key(event: Event) -> tuple[int, int, str]:
    """Return a key that sorts events by their time."""
    return event.date.first, event.date.last, event.id
