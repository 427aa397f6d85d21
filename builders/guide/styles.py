"""The guide's type and colours: roles of the look as styles, for each edition, in colour or grey."""

from dataclasses import dataclass

from builders.fonts import Face, Family, Weight, face
from builders.options import Options
from builders.text.paragraph import Style
from builders.theme import SectionLook

BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class Colours:
    """The palette as this edition prints it."""

    ink: str
    ink2: str
    rule: str
    hair: str
    red: str
    blue: str
    white: str
    sections: tuple[SectionLook, ...]

    def section(self, index: int) -> SectionLook:
        """Return the look of the section at `index` (0-based)."""
        return self.sections[index % len(self.sections)]


@dataclass(frozen=True, slots=True)
class Type:
    """The styles of one edition. `scale` enlarges what has no style of its own; `rules` thickens lines."""

    colours: Colours
    scale: float
    rules: float
    lang: str
    course: Style
    section: Style
    h1: Style
    h2: Style
    h3: Style
    key: Style
    quotation: Style
    original: Style
    body: Style
    more: Style  # body that follows body: indented
    strong: Style
    prompt: Style
    table: Style
    table_head: Style
    small: Style
    small_bold: Style
    small_quiet: Style
    label: Style
    index: Style
    toc: Style
    toc_bold: Style

    def face(self, family: Family, weight: Weight = "regular") -> Face:
        """Return a face; large print has sans alone."""
        return face("sans" if self.large else family, weight)

    @property
    def less(self) -> float:
        """The scale of what is a little smaller beside body text; large print stays at 16 points."""
        return 16 / self.body.size if self.large else 0.9

    @property
    def large(self) -> bool:
        """Whether this is large print."""
        return self.scale > 1


def colours(options: Options) -> Colours:
    """Return the theme's palette, or black on white where `options.grey`."""
    palette, sections = options.theme.palette, options.theme.sections
    if options.grey:
        looks = tuple(SectionLook(hue=BLACK, pattern=look.pattern) for look in sections)
        return Colours(BLACK, BLACK, BLACK, "#767676", BLACK, BLACK, "#FFFFFF", looks)
    p = palette
    return Colours(p.ink, p.ink2, p.rule, p.hair, p.red, p.blue, p.white, sections)


def styles(options: Options, lang: str) -> Type:
    """Return the styles of the edition for a text in `lang` (BCP 47)."""
    ink = colours(options)
    hyphens = lang if options.theme.guide.hyphenate else None
    if options.edition == "large-print":
        return _large(ink, lang)
    align = options.theme.guide.align
    serif, sans = face("serif"), face("sans")
    bold, black, semibold = face("sans", "bold"), face("sans", "black"), face("sans", "semibold")
    body = Style(serif, 10.5, 14.5, ink.ink, align, 0, hyphens)
    small = Style(sans, 8.5, 10.9, ink.ink, "left", 0, hyphens)
    return Type(
        colours=ink,
        scale=1,
        rules=1,
        lang=lang,
        course=Style(black, 45, 46, ink.ink),
        section=Style(black, 34, 34, ink.ink),
        h1=Style(black, 25, 29, ink.ink),
        h2=Style(black, 15.5, 18, ink.ink),
        h3=Style(bold, 12.5, 14.5, ink.ink),
        key=Style(serif, 17, 21.75, ink.ink),
        quotation=Style(serif, 12.5, 18.125, ink.ink, "left", 0, hyphens),
        original=Style(serif, 9.5, 14.5, ink.ink2, "left", 0, None),
        body=body,
        more=Style(serif, 10.5, 14.5, ink.ink, align, 14.5, hyphens),
        strong=Style(bold, 10.5, 14.5, ink.ink),
        prompt=Style(face("serif", "semibold"), 10.5, 14.5, ink.ink),
        table=Style(sans, 9.5, 12, ink.ink),
        table_head=Style(bold, 9.5, 12, ink.ink),
        small=small,
        small_bold=Style(semibold, 8.5, 10.9, ink.ink),
        small_quiet=Style(sans, 8.5, 10.9, ink.ink2, "left", 0, hyphens),
        label=Style(sans, 9.5, 11.5, ink.ink),
        index=Style(sans, 9.5, 14.5, ink.ink),
        toc=Style(sans, 10.5, 14.5, ink.ink),
        toc_bold=Style(bold, 10.5, 14.5, ink.ink),
    )


def _large(ink: Colours, lang: str) -> Type:
    """Return large print: sans, ragged, at least 16 points, no words broken."""
    sans, bold, black = face("sans"), face("sans", "bold"), face("sans", "black")
    body = Style(sans, 17, 25, ink.ink)
    quiet = Style(sans, 16, 25, ink.ink)
    strong = Style(bold, 17, 25, ink.ink)
    return Type(
        colours=ink,
        scale=1.62,
        rules=2,
        lang=lang,
        course=Style(black, 45, 50, ink.ink),
        section=Style(black, 38, 50, ink.ink),
        h1=Style(black, 32, 37.5, ink.ink),
        h2=Style(black, 25, 30, ink.ink),
        h3=Style(bold, 20, 25, ink.ink),
        key=Style(sans, 23, 31.25, ink.ink),
        quotation=Style(sans, 19, 25, ink.ink),
        original=quiet,
        body=body,
        more=body,
        strong=strong,
        prompt=strong,
        table=Style(sans, 16, 20, ink.ink),
        table_head=Style(bold, 16, 20, ink.ink),
        small=quiet,
        small_bold=Style(bold, 16, 25, ink.ink),
        small_quiet=quiet,
        label=quiet,
        index=quiet,
        toc=body,
        toc_bold=strong,
    )
