"""Colour names to colours of the presentation's own theme, so that the Design tab restyles the whole deck."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from builders.theme.theme import Theme

EMU_PER_POINT = 12700  # a point
PRESET_PATTERNS = {
    "dots": "pct20", "diagonal": "wdUpDiag", "vertical": "ltVert", "horizontal": "ltHorz",
    "backslash": "wdDnDiag", "grid": "smGrid", "checks": "smCheck",
}  # fmt: skip
_SCHEME_COLOURS = {
    "ink": "tx1",
    "white": "bg1",
    "ink2": "tx2",
    "paper": "bg2",
    "red": "accent6",
    "blue": "hlink",
}
_MIXED_COLOURS = {
    "rule": (65000, 27000),
    "hair": (50000, 62000),
}  # shades of the second ink: luminance times, plus

_TINT = (40, 60)  # of the hue: times and plus, in per cent

Shades = Mapping[str, tuple[int, int]]  # of a template's colours: luminance times and plus, in per cent


def convert_to_emu(points: float) -> int:
    """Return points as English metric units."""
    return round(points * EMU_PER_POINT)


@dataclass(frozen=True, slots=True)
class ThemeColours:
    """Colour names to colours of the presentation's own theme, for the slides of one section."""

    theme: Theme
    section: int | None = None
    shades: Shades = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """Return the XML of a colour."""
        if name in _SCHEME_COLOURS:
            return self._write_colour("schemeClr", _SCHEME_COLOURS[name])
        if name in _MIXED_COLOURS:
            times, plus = _MIXED_COLOURS[name]
            return f'<a:schemeClr val="tx2"><a:lumMod val="{times}"/><a:lumOff val="{plus}"/></a:schemeClr>'
        index = int(name.removeprefix("section")) if name.startswith("section") else self.section
        hue = "" if index is None else self.theme.get_section_look(index).hue
        hues = list_accents(self.theme)
        tag, value = ("schemeClr", "tx1") if not hue else ("srgbClr", hue[1:])
        if hue in hues:
            tag, value = "schemeClr", f"accent{hues.index(hue) + 1}"
        return self._write_colour(tag, value, name == "tint")

    def _write_colour(self, tag: str, value: str, tint: bool = False) -> str:
        """Return a colour; of a template's, the shade that can be read."""
        times, plus = _TINT if tint else self.shades.get(value, (100, 0))
        if (times, plus) == (100, 0):
            return f'<a:{tag} val="{value}"/>'
        more = f'<a:lumOff val="{plus * 1000}"/>' if plus else ""
        return f'<a:{tag} val="{value}"><a:lumMod val="{times * 1000}"/>{more}</a:{tag}>'

    def write_fill(self, name: str | None, pattern: str | None = None) -> str:
        """Return the XML of a fill; None is no fill."""
        if name is None:
            return "<a:noFill/>"
        if pattern is None:
            return f"<a:solidFill>{self(name)}</a:solidFill>"
        return (
            f'<a:pattFill prst="{PRESET_PATTERNS[pattern]}"><a:fgClr>{self(name)}</a:fgClr>'
            f'<a:bgClr><a:schemeClr val="bg1"/></a:bgClr></a:pattFill>'
        )

    def write_outline(self, name: str | None, weight: float = 0.75, dash: bool = False) -> str:
        """Return the XML of an outline; None is no outline."""
        if name is None:
            return "<a:ln><a:noFill/></a:ln>"
        dots = '<a:prstDash val="sysDot"/>' if dash else ""
        return (
            f'<a:ln w="{convert_to_emu(weight)}">{self.write_fill(name)}{dots}<a:miter lim="800000"/></a:ln>'
        )


def list_accents(theme: Theme) -> list[str]:
    """Return the hues that the presentation's theme has places for: the first five that differ."""
    return list(dict.fromkeys(section.hue for section in theme.sections))[:5]
