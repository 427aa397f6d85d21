"""The plan's colour names as colours of the file: of the presentation's own theme in the .pptx, so that the
Design tab restyles the whole deck, and of SVG in the preview.
"""

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, field

from builders.theme.papers import EMU_PER_POINT
from builders.theme.theme import Theme

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
    "rule": ("tx2", 65000, 27000),
    "hair": ("tx2", 50000, 62000),
    "sea": ("hlink", 14000, 86000),
}  # shades of a colour: luminance times, plus

_TINTS = {"tint": (40, 60), "wash": (20, 80)}  # of the hue: times and plus, in per cent

Shades = Mapping[str, tuple[int, int]]  # of a template's colours: luminance times and plus, in per cent
_TURNS = {"diagonal": 45, "backslash": -45, "vertical": 0, "horizontal": 90}
_TILES = {
    "dots": '<circle cx="1.5" cy="1.5" r="0.9" fill="{hue}"/>',
    "grid": '<path d="M0 0.5H5M0.5 0V5" stroke="{hue}"/>',
    "checks": '<path d="M0 0H2.5V5H5V2.5H0Z" fill="{hue}"/>',
}


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
            colour, times, plus = _MIXED_COLOURS[name]
            return (
                f'<a:schemeClr val="{colour}"><a:lumMod val="{times}"/><a:lumOff val="{plus}"/></a:schemeClr>'
            )
        index = int(name.removeprefix("section")) if name.startswith("section") else self.section
        hue = "" if index is None else self.theme.get_section_look(index).hue
        hues = list_accents(self.theme)
        tag, value = ("schemeClr", "tx1") if not hue else ("srgbClr", hue[1:])
        if hue in hues:
            tag, value = "schemeClr", f"accent{hues.index(hue) + 1}"
        return self._write_colour(tag, value, _TINTS.get(name))

    def _write_colour(self, tag: str, value: str, tint: tuple[int, int] | None = None) -> str:
        """Return a colour; of a template's, the shade that can be read."""
        times, plus = tint or self.shades.get(value, (100, 0))
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

    def write_outline(
        self, name: str | None, weight: float = 0.75, dash: bool = False, arrow: bool = False
    ) -> str:
        """Return the XML of an outline; None is no outline."""
        if name is None:
            return "<a:ln><a:noFill/></a:ln>"
        dots = '<a:prstDash val="sysDot"/>' if dash else ""
        end = '<a:miter lim="800000"/>' + ('<a:tailEnd type="triangle"/>' if arrow else "")
        return f'<a:ln w="{convert_to_emu(weight)}">{self.write_fill(name)}{dots}{end}</a:ln>'


def list_accents(theme: Theme) -> list[str]:
    """Return the hues that the presentation's theme has places for: the first five that differ."""
    return list(dict.fromkeys(section.hue for section in theme.sections))[:5]


class SvgColours:
    """The colours of one slide, and the patterns that it has used."""

    def __init__(self, theme: Theme, section: int | None) -> None:
        self._theme, self._section = theme, section
        self._patterns: dict[str, str] = {}

    def __call__(self, name: str | None) -> str:
        """Return the colour of a name; None is none."""
        if name is None:
            return "none"
        if name in _TINTS:
            return _lighten_colour(self("hue"), *_TINTS[name])
        if name == "sea":
            _, times, plus = _MIXED_COLOURS[name]
            return _lighten_colour(self("blue"), times // 1000, plus // 1000)
        if name == "hue" or name.startswith("section"):
            index = self._section if name == "hue" else int(name.removeprefix("section"))
            return self._theme.palette.ink if index is None else self._theme.get_section_look(index).hue
        return str(getattr(self._theme.palette, name, self._theme.palette.ink))

    def write_fill(self, name: str | None, pattern: str | None = None) -> str:
        """Return a fill: the colour, or a pattern of it on white."""
        hue = self(name)
        if pattern is None or pattern == "solid" or hue == "none":
            return hue
        key = f"{pattern}-{hue.lstrip('#')}"
        self._patterns[key] = _write_pattern(key, pattern, hue, self("white"))
        return f"url(#{key})"

    def write_patterns(self) -> str:
        """Return the patterns that fills refer to."""
        return f"<defs>{''.join(self._patterns.values())}</defs>" if self._patterns else ""


def _write_pattern(key: str, pattern: str, hue: str, ground: str) -> str:
    stripe = '<path d="M1 0V5" stroke="{hue}" stroke-width="1.6"/>'
    tile = _TILES.get(pattern, stripe).replace("{hue}", hue)
    size = 'width="5" height="5" patternUnits="userSpaceOnUse"'
    turn = f' patternTransform="rotate({_TURNS[pattern]})"' if pattern in _TURNS else ""
    return f'<pattern id="{key}" {size}{turn}><rect width="5" height="5" fill="{ground}"/>{tile}</pattern>'


def _lighten_colour(colour: str, times: int, plus: int) -> str:
    """Return a colour of another lightness: that `times` so many per cent, and `plus` so many."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    hue, light, saturation = rgb_to_hls(*parts)
    mixed = hls_to_rgb(hue, light * times / 100 + plus / 100, saturation)
    return "#" + "".join(f"{round(part * 255):02X}" for part in mixed)
