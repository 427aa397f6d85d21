"""The guide's type and colours: roles of the look as styles, for each edition, in colour or grey."""

from dataclasses import dataclass

from builders.guide.editions import EDITIONS
from builders.guide.geometry import choose_sizes
from builders.guide.options import GuideOptions
from builders.theme.guide_theme import GuideFaces, TypeSize
from builders.theme.theme import SectionLook, lighten_colour
from builders.typesetting.fonts import (
    Face,
    Family,
    Weight,
    face,
)
from builders.typesetting.paragraph import Align, Style

BLACK = "#000000"
SEA_TINT = 0.88  # share of white in the sea of maps
NORMAL_BODY_SIZE = 10.5  # points: the body size that distances in the guide's modules are given for


@dataclass(frozen=True, slots=True)
class GuideColours:
    """The palette as this edition prints it."""

    ink: str
    ink2: str
    rule: str
    hair: str
    red: str
    blue: str
    white: str
    sea: str
    sections: tuple[SectionLook, ...]

    def get_section_look(self, index: int) -> SectionLook:
        """Return the look of the section at `index` (0-based)."""
        return self.sections[index % len(self.sections)]


@dataclass(frozen=True, slots=True)
class GuideStyles:
    """The styles of one edition. `scale` enlarges what has no style of its own; `rules` thickens lines."""

    colours: GuideColours
    faces: GuideFaces
    scale: float
    smaller_scale: float  # of what is a little smaller beside body text
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

    def choose_face(self, family: Family, weight: Weight = "regular") -> Face:
        """Return the face that stands for a family: 'serif' for what is read, 'sans' for the rest."""
        return face(self.faces.text if family == "serif" else self.faces.display, weight)

    @property
    def ruling(self) -> float:
        """The distance between lines to write on, in points."""
        return 1.5 * self.body.leading


def choose_colours(options: GuideOptions) -> GuideColours:
    """Return the theme's palette, or black on white where `options.grey`."""
    palette, sections = options.theme.palette, options.theme.sections
    if options.grey:
        looks = tuple(SectionLook(hue=BLACK, pattern=look.pattern) for look in sections)
        return GuideColours(BLACK, BLACK, BLACK, "#767676", BLACK, BLACK, "#FFFFFF", "#F0F0F0", looks)
    p = palette
    return GuideColours(
        p.ink, p.ink2, p.rule, p.hair, p.red, p.blue, p.white, lighten_colour(p.blue, SEA_TINT), sections
    )


def make_styles(options: GuideOptions, lang: str) -> GuideStyles:
    """Return the styles of the edition for a text in `lang` (BCP 47)."""
    ink, look, own = choose_colours(options), options.theme.guide, EDITIONS[options.edition].print
    sizes, half = choose_sizes(own, look), own.emphasis
    faces = GuideFaces(text="sans", display="sans") if own.sans_alone else look.faces
    hyphens = lang if look.hyphenate and not own.ragged else None
    align: Align = "left" if own.ragged else look.align
    indent = 0 if own.ragged else look.spacing.indent
    quiet = ink.ink2 if own.quiet_ink else ink.ink
    serif, sans = face(faces.text), face(faces.display)
    bold, black = face(faces.display, "bold"), face(faces.display, "black")
    return GuideStyles(
        colours=ink,
        faces=faces,
        scale=sizes.body.size / NORMAL_BODY_SIZE,
        smaller_scale=own.smaller_size / sizes.body.size if own.smaller_size else 0.9,
        rules=own.rules,
        lang=lang,
        course=_make_style(black, sizes.course, ink.ink),
        section=_make_style(black, sizes.section, ink.ink),
        h1=_make_style(black, sizes.title, ink.ink),
        h2=_make_style(black, sizes.heading, ink.ink),
        h3=_make_style(bold, sizes.subheading, ink.ink),
        key=_make_style(serif, sizes.key, ink.ink),
        quotation=_make_style(serif, sizes.quotation, ink.ink, lang=hyphens),
        original=_make_style(serif, sizes.original, quiet),
        body=_make_style(serif, sizes.body, ink.ink, align, lang=hyphens),
        more=_make_style(serif, sizes.body, ink.ink, align, indent, hyphens),
        strong=_make_style(bold, sizes.body, ink.ink),
        prompt=_make_style(face(faces.text, half), sizes.body, ink.ink),
        table=_make_style(sans, sizes.table, ink.ink),
        table_head=_make_style(bold, sizes.table, ink.ink),
        small=_make_style(sans, sizes.small, ink.ink, lang=hyphens),
        small_bold=_make_style(face(faces.display, half), sizes.small, ink.ink),
        small_quiet=_make_style(sans, sizes.small, quiet, lang=hyphens),
        label=_make_style(sans, sizes.label, ink.ink),
        index=_make_style(sans, sizes.index, ink.ink),
        toc=_make_style(sans, sizes.contents, ink.ink),
        toc_bold=_make_style(bold, sizes.contents, ink.ink),
    )


def _make_style(
    face: Face, role: TypeSize, colour: str, align: Align = "left", indent: float = 0, lang: str | None = None
) -> Style:
    return Style(face, role.size, role.leading, colour, align, indent, lang)
