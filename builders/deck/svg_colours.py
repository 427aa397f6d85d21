"""Colour names of the deck's plan as colours and patterns of SVG."""

from colorsys import hls_to_rgb, rgb_to_hls

from builders.theme.theme import Theme

_TINT = (0.4, 0.6)  # of the hue: lightness times, plus; as in the deck
_TURNS = {"diagonal": 45, "backslash": -45, "vertical": 0, "horizontal": 90}
_TILES = {
    "dots": '<circle cx="1.5" cy="1.5" r="0.9" fill="{hue}"/>',
    "grid": '<path d="M0 0.5H5M0.5 0V5" stroke="{hue}"/>',
    "checks": '<path d="M0 0H2.5V5H5V2.5H0Z" fill="{hue}"/>',
}


class SvgColours:
    """The colours of one slide, and the patterns that it has used."""

    def __init__(self, theme: Theme, section: int | None) -> None:
        self._theme, self._section = theme, section
        self._patterns: dict[str, str] = {}

    def __call__(self, name: str | None) -> str:
        """Return the colour of a name; None is none."""
        if name is None:
            return "none"
        if name == "tint":
            return _lighten_colour(self("hue"))
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


def _lighten_colour(colour: str) -> str:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    hue, light, saturation = rgb_to_hls(*parts)
    mixed = hls_to_rgb(hue, light * _TINT[0] + _TINT[1], saturation)
    return "#" + "".join(f"{round(part * 255):02X}" for part in mixed)
