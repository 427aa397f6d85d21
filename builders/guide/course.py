"""The outline in one language and edition, as the guide's pages ask for it: words, runs, references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from builders import fonts, inline, locales, writing
from builders.dates import Date
from builders.faults import Fault, OutlineFaults
from builders.fonts import Face, Family, Weight
from builders.guide.geometry import Geometry, geometry
from builders.guide.options import GuideOptions
from builders.guide.sentences import bound, letters, spaces, stop, writing_key
from builders.guide.styles import Type, styles
from builders.outline import Event, Outline, Person, Section, Source, Term
from builders.text.paragraph import Run, Style

Text = Mapping[str, str]
CITE_SCALE, CITE_RISE = 0.68, 0.33
_CLOSING = ".,;:?!)\u00bb\u201d\u2019"


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with the number of its section (0-based)."""

    event: Event
    section: int


class Course:
    """An outline read in `options.lang` for `options.edition`. Pure; makes nothing but runs and answers."""

    def __init__(self, outline: Outline, options: GuideOptions) -> None:
        self.outline, self.options = outline, options
        self.locale = locales.load_locale(options.lang)
        self._in_dates = spaces(self.locale.dates)
        self.type: Type = styles(options, self.locale.tag)
        self.page: Geometry = geometry(options.paper, self.large, options.theme.guide)
        self.sections: Sequence[tuple[int, Section]] = [
            (i, s) for i, s in enumerate(outline.sections) if options.section in (None, s.id)
        ]
        if not self.sections:
            known = ", ".join(s.id for s in outline.sections[:12])
            raise OutlineFaults([Fault(f"there is no section '{options.section}'", f"there are {known}")])
        self.people: dict[str, Person] = {p.id: p for p in outline.people}
        self.terms: dict[str, Term] = {t.id: t for t in outline.terms}
        self.events: dict[str, Placed] = {
            e.id: Placed(e, i) for i, s in enumerate(outline.sections) for e in s.events
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
    def large(self) -> bool:
        """Whether this is the large-print edition."""
        return self.options.edition == "large-print"

    @property
    def worksheet(self) -> bool:
        """Whether key words are blanks and answers are left out."""
        return self.options.edition == "worksheet"

    @property
    def teacher(self) -> bool:
        """Whether answers, rubrics and notes stand in place."""
        return self.options.edition == "teacher"

    @property
    def answers_at_back(self) -> bool:
        """Whether the answers have a chapter of their own."""
        return not self.worksheet and not self.teacher

    @cached_property
    def numbered(self) -> dict[str, tuple[int, Source]]:
        """The sources with their numbers, in order of author or title."""
        ordered = sorted(
            self.outline.sources,
            key=lambda s: (writing_key(s.author or s.title), self.year_of(s) or "", s.id),
        )
        return {source.id: (number, source) for number, source in enumerate(ordered, 1)}

    # -- words ------------------------------------------------------------------------------------------

    def say(self, text: Text) -> str:
        """Return a text's words in this language, without markup."""
        return inline.plain(text[self.options.lang])

    def word(self, key: str, **values: object) -> str:
        """Return a fixed word of the guide."""
        words = self.locale.words["guide"]
        text = words[key] if key in words else self.locale.common[key]
        return text.format(**values) if values else text

    def bound(self, text: str) -> str:
        """Return a text whose lines do not end where a reader would stumble."""
        return bound(text, self._in_dates)

    def year_of(self, source: Source) -> str | None:
        """Return when a work was published, as this language writes it."""
        return source.year[self.options.lang] if source.year else None

    def date(self, date: Date, *, short: bool = False, year: bool = True) -> str:
        """Return a date as this language writes it, kept on one line where it is short."""
        return writing.date(date, self.locale, short=short, year=year)

    def period(self, date: Date) -> str:
        """Return a section's period: '1917 a 1922'; a short one as exactly as it is known."""
        start, end = date.start or date.known, date.end or date.known
        text = writing.period(date, self.locale, short=False)
        if text != writing.years(start.year, end.year, self.locale) or start.year == end.year:
            return text
        first, last = writing.year_ends(start.year, end.year, self.locale)
        return self.word("period", first=first, last=last)

    # -- runs -------------------------------------------------------------------------------------------

    def paragraphs(self, text: Text, style: Style, *, blanks: bool = False) -> list[list[Run] | str]:
        """Return a prose text's paragraphs as runs, or as a string where it has but one look."""
        return [self._runs(p, style, blanks) for p in inline.parse(text[self.options.lang])]

    def runs(self, text: Text, style: Style) -> list[Run] | str:
        """Return a line's runs, or a string where it has but one look."""
        return self._runs(inline.line(text[self.options.lang]), style, False)

    def as_runs(self, text: Text, style: Style) -> list[Run]:
        """Return a line's runs, to be joined with others."""
        runs = self.runs(text, style)
        return [Run(runs, style.face)] if isinstance(runs, str) else runs

    def cite(self, cites: str | None) -> list[Run]:
        """Return the references of a block's `source`."""
        return self._references(inline.cites(cites)) if cites else []

    def named_cites(self, cites: str, style: Style) -> list[Run]:
        """Return a block's sources by name: 'Kagan, 2003, p. 12; …', each a link to its entry."""
        out: list[Run] = []
        for cite in inline.cites(cites):
            _, source = self.numbered[cite.source]
            self.cited.add(cite.source)
            name = (source.author or source.title).split(",")[0].rstrip(".")
            words = ", ".join(part for part in (name, self.year_of(source), cite.locator) if part)
            lang = self.original(name)
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
        return [*out, Run(stop(out[-1].text), style.face)]

    def _runs(self, paragraph: inline.Paragraph, style: Style, blanks: bool) -> list[Run] | str:
        if len(paragraph) == 1 and not _marked(paragraph[0]):
            return self.bound(paragraph[0].text)
        out: list[Run] = []
        for run in _cites_placed(paragraph, self.word("cite_place") == "after"):
            if run.cites:
                lettered = out and out[-1].rise and not out[-1].link  # 'e, 20', or they would read as one
                out += self._apart() if lettered else []
                out += self._references(run.cites)
            elif run.strong and blanks and (self.worksheet or self.teacher):
                out += self._blank(run, style)
            else:
                out.append(
                    Run(
                        self.bound(run.text),
                        self._face(run, style),
                        link=self._target(run.link),
                        colour=self._ink(run),
                    )
                )
        return out

    def _face(self, run: inline.Run, style: Style) -> Face:
        face = style.face
        if not run.italic and not run.strong:
            return face
        family: Family = "serif" if face.name.startswith("serif") else "sans"
        weight: Weight = "bold-italic" if run.italic and run.strong else "bold" if run.strong else "italic"
        return fonts.face(family, weight)

    def _blank(self, run: inline.Run, style: Style) -> list[Run]:
        letter = letters(self.blanks)
        self.blanks += 1
        bold = self.type.face("serif", "bold")
        if self.worksheet:  # no link, no note in the margin: they would tell the word
            word = Run(run.text, bold, blank="open")
        else:
            word = Run(run.text, bold, blank="filled", link=self._target(run.link))
        mark = Run(
            letter, self.type.face("sans", "semibold"), self.type.colours.blue, *self._raised, tag="Span"
        )
        return [word, replace(mark, text=f" ({letter})", scale=1, rise=0) if self.large else mark]

    @property
    def _raised(self) -> tuple[float, float]:
        return (CITE_SCALE, CITE_RISE)

    def _ink(self, run: inline.Run) -> str | None:
        return self.type.colours.blue if run.link and not run.link.startswith("#") else None

    def _target(self, link: str | None) -> str | None:
        """Return where a link leads in this document; None for what this edition or section leaves out."""
        if link is None or not link.startswith("#"):
            return link
        return link if link[1:] in self.reachable else None

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The ids that have a place in this document."""
        out = set(self.people) | set(self.terms)
        for _, section in self.sections:
            out.add(section.id)
            out.update(e.id for e in section.events)
            out.update(q.id for q in section.questions)
            out.update(b.id for b in section.blocks if b.id)
        return frozenset(out)

    def _references(self, cites: Sequence[inline.Cite]) -> list[Run]:
        colour = self.type.colours.blue
        face = self.type.face("sans", "semibold")
        out: list[Run] = []
        for cite in cites:
            if cite.source not in self.numbered:
                continue
            self.cited.add(cite.source)
            number = str(self.numbered[cite.source][0])
            if self.large:
                text = f"[{number}, {cite.locator}]" if cite.locator else f"[{number}]"
                out.append(Run("\u00a0", face))
                out.append(
                    Run(
                        text.replace(" ", "\u00a0"),
                        self.type.face("sans"),
                        link=f"#source:{cite.source}",
                        tag="Reference",
                    )
                )
                continue
            out += self._apart() if out else []
            mark = Run(number, face, colour, *self._raised, link=f"#source:{cite.source}", tag="Reference")
            self.locators[mark] = cite.locator
            out.append(mark)
        return out

    def _apart(self) -> list[Run]:
        """Return what stands between raised signs."""
        look = self.type
        return [Run(",\u2009", look.face("sans", "semibold"), look.colours.blue, *self._raised)]

    def original(self, text: str) -> str | None:
        """Return the language of a text from the outline where it is in another script than this one's."""
        lang = self.outline.original_language
        return lang if lang and any(c.isalpha() for c in text) and not any(_latin(c) for c in text) else None


def _latin(character: str) -> bool:
    return character.isalpha() and ord(character) < 0x250


def _marked(run: inline.Run) -> bool:
    return bool(run.cites or run.italic or run.strong or run.link)


def _cites_placed(paragraph: inline.Paragraph, after: bool) -> list[inline.Run]:
    """Set citations close to the word before them; `after` moves them past the punctuation that follows."""
    out: list[inline.Run] = []
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
        if following and following.text[:1] and following.text[0] in _CLOSING:
            moved = following.text[: len(following.text) - len(following.text.lstrip(_CLOSING))]
            out.append(replace(following, text=moved))
            runs[i + 1] = replace(following, text=following.text[len(moved) :])
        out.append(run)
    return out


def mark_day(date: Date) -> float:
    """Return the day that an event's mark stands on: the middle of what is dated roughly, the first day of
    what lasts.
    """
    return date.first + 0.5 if date.interval else (date.first + date.last + 1) / 2


def date_order(event: Event) -> tuple[int, int, str]:
    """Return a key that sorts events by their time."""
    return event.date.first, event.date.last, event.id
