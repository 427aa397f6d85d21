"""The poster's colours: as the theme has them, or black alone for laser printers and the 1-bit proof."""

from dataclasses import dataclass

from builders.poster.options import PosterOptions
from builders.theme.theme import Theme

_BLACK, _WHITE, _PALE = "#000000", "#FFFFFF", "#9A9A9A"


@dataclass(frozen=True, slots=True)
class PosterColours:
    """The colours by their jobs."""

    ink: str
    ink2: str
    hair: str
    red: str
    band: str
    ground: str
    hues: tuple[str, ...]
    patterns: tuple[str, ...]

    def get_hue(self, section: int) -> str:
        """Return the hue of a section (0-based)."""
        return self.hues[section % len(self.hues)]

    def get_pattern(self, section: int) -> str:
        """Return the pattern of a section (0-based)."""
        return self.patterns[section % len(self.patterns)]


def choose_colours(theme: Theme, options: PosterOptions) -> PosterColours:
    """Return the inks: `grey` is black with grey hairlines, `proof` nothing but black and white."""
    patterns = tuple(section.pattern for section in theme.sections)
    if options.grey or options.proof:
        hair = _BLACK if options.proof else _PALE
        return PosterColours(
            _BLACK, _BLACK, hair, _BLACK, _WHITE, _WHITE, (_BLACK,) * len(patterns), patterns
        )
    p = theme.palette
    hues = tuple(section.hue for section in theme.sections)
    return PosterColours(p.ink, p.ink2, p.hair, p.red, p.band, p.white, hues, patterns)
