"""The look as a value: palette, section hues and patterns, faces and sizes, read from a theme file."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ValidationError

from builders.core.diagnostics import Fault, OutlineFaults, Path
from builders.core.text_files import read_text
from builders.theme.guide_theme import (
    GuideLook,
    ThemePart,
    limit_number,
    limit_points,
)
from builders.yaml_source.field_errors import explain_field_error
from builders.yaml_source.source import parse_source, read_source

AA_TEXT = 4.5  # WCAG 2.1, 1.4.3
AA_GRAPHICS = 3.0  # WCAG 2.1, 1.4.11

_BARE_COLOUR = re.compile(r"\w:\s+(#[0-9A-Fa-f]{6})\b")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_CONTENT = re.compile(r"^\s*[^#\s]", re.MULTILINE)


def _check_colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError(f"'{value[:20]}' is not a colour; write it like '#1D1A16', in quotes")
    return value.upper()


Colour = Annotated[str, AfterValidator(_check_colour)]
Pattern = Literal["dots", "solid", "diagonal", "vertical", "horizontal", "backslash", "grid", "checks"]


class Palette(ThemePart):
    """The named colours."""

    ink: Colour
    ink2: Colour
    rule: Colour
    hair: Colour
    paper: Colour
    band: Colour
    red: Colour
    blue: Colour
    white: Colour


class SectionLook(ThemePart):
    """How a section is told from its neighbours: by hue and by pattern."""

    hue: Colour
    pattern: Pattern


class DeckLook(ThemePart):
    """The lecture deck's face and sizes, in points."""

    face: str
    body: Annotated[float, limit_points(10, 60)]
    body_min: Annotated[float, limit_points(10, 60)]
    title: Annotated[float, limit_points(12, 96)]
    title_min: Annotated[float, limit_points(12, 96)]
    small_min: Annotated[float, limit_points(10, 60)]
    footer: Annotated[float, limit_points(8, 30)]
    most_bullets: Annotated[int, limit_number(2, 20, "lines")]


class PosterLook(ThemePart):
    """The poster's sizes on A2, in points."""

    title: Annotated[float, limit_points(24, 240)]
    years: Annotated[float, limit_points(12, 120)]
    era: Annotated[float, limit_points(12, 120)]
    label_min: Annotated[float, limit_points(8, 40)]


class Theme(ThemePart):
    """Everything that a theme file says."""

    palette: Palette
    sections: tuple[SectionLook, ...]
    guide: GuideLook
    deck: DeckLook
    poster: PosterLook

    def get_section_look(self, index: int) -> SectionLook:
        """Return the look of the section at `index` (0-based); the list is reused when it runs out."""
        return self.sections[index % len(self.sections)]


def compute_luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.1) of '#RRGGBB', 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def compute_contrast(one: str, other: str) -> float:
    """Return the contrast ratio (WCAG 2.1) of two colours, 1 to 21."""
    light, dark = sorted((compute_luminance(one), compute_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def load_shipped_theme() -> Theme:
    """Return the theme that comes with Temario."""
    return Theme.model_validate(_read_shipped_values())


def load_theme(path: FilePath) -> Theme:
    """Return the shipped theme with what the file at `path` overrides. Raises OutlineFaults."""
    text = read_text(path)
    if bare := list(_check_bare_colours(text)):
        raise OutlineFaults(bare)
    if not _CONTENT.search(text):
        advice = "write what differs from the shipped theme, as `palette:` and below it `  red: '#8A1538'`"
        raise OutlineFaults([Fault("the theme's file is empty", advice, (), 1, 1)])
    source = parse_source(text, str(path))
    values = _overlay_values(_read_shipped_values(), source.values or {})
    try:
        theme = Theme.model_validate(values)
    except ValidationError as error:
        faults = [
            fault for details in error.errors() if (fault := explain_field_error(details, Theme, values))
        ]
        raise OutlineFaults(source.place_faults(faults)) from None
    if weak := list(_check_contrasts(theme)):
        raise OutlineFaults(source.place_faults(weak))
    return theme


def _check_bare_colours(text: str) -> Iterator[Fault]:
    """Yield a fault for each colour without quotation marks: for YAML, # starts a remark there."""
    for row, line in enumerate(text.split("\n"), 1):
        found = _BARE_COLOUR.search(line)
        if found and "#" not in _QUOTED.sub("", line[: found.start(1)]):
            yield Fault("a colour has no quotation marks", f"write '{found[1]}'", (), row, found.start(1) + 1)


def _read_shipped_values() -> dict[str, Any]:
    values: dict[str, Any] = read_source(FilePath(__file__).with_name("theme.yaml")).values
    return values


def _overlay_values(base: Any, over: Any) -> Any:
    """Lay one mapping over another, key by key; anything else replaces what it covers."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return {**base, **{key: _overlay_values(base.get(key), value) for key, value in over.items()}}
    return over


def _check_contrasts(theme: Theme) -> list[Fault]:
    """Return a fault for each pair of text and ground, or line and ground, that is too faint."""
    p = theme.palette
    pairs: list[tuple[Path, str, str, float]] = [
        (("palette", name), getattr(p, name), ground, AA_TEXT)
        for name in ("ink", "ink2", "red", "blue")
        for ground in (p.white, p.paper, p.band)
    ]
    pairs += [(("palette", "rule"), p.rule, p.white, AA_GRAPHICS)]
    pairs += [(("sections", i, "hue"), s.hue, p.white, AA_TEXT) for i, s in enumerate(theme.sections)]
    pairs += [(("sections", i, "hue"), s.hue, p.band, AA_TEXT) for i, s in enumerate(theme.sections)]
    return [
        Fault(
            f"{colour} on {ground} has a contrast of {compute_contrast(colour, ground):.1f}",
            f"choose a darker colour: at least {least:g} is needed",
            path,
        )
        for path, colour, ground, least in pairs
        if compute_contrast(colour, ground) < least
    ]


def lighten_colour(colour: str, share: float) -> str:
    """Return a colour ('#RRGGBB') mixed with a share of white, 0 to 1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02X}" for part in parts)
