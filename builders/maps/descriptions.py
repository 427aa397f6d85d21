"""What a map says in words: for those who cannot see it, and in its legend."""

from collections.abc import Iterator
from typing import Literal

import shapely

from builders.language import formatting, markup
from builders.language.locales import Locale
from builders.maps.labels import MapPoint
from builders.maps.model import MapPlan, MapTerritory, NumberedEvent
from builders.outline.map_blocks import LineKind, Map, MarkerKind

Sign = MarkerKind | LineKind | Literal["approximate", "modern_borders"]


def list_signs(plan: MapPlan) -> list[Sign]:
    """Return the signs that a map's legend explains: kinds that differ, and what is no exact limit."""
    markers = list(dict.fromkeys(marker.kind for marker in plan.markers))
    kinds = list(dict.fromkeys(line.kind for line in plan.lines if line.parts))
    signs: list[Sign] = list(markers) if markers not in ([], ["city"], ["site"]) else []
    if len(kinds) > 1 or any(not line.name for line in plan.lines):
        signs += kinds
    if any(area.approximate for area in plan.territories) or any(line.approximate for line in plan.lines):
        signs.append("approximate")
    if plan.modern_borders:
        signs.append("modern_borders")
    return signs


def write_event(numbered: NumberedEvent, lang: str, locale: Locale) -> tuple[str, str]:
    """Return the date and the words of an event that a map tells."""
    date = formatting.write_date(numbered.event.date, locale, short=True)
    return date, " ".join(markup.strip_markup(numbered.event.label[lang]).split())


def write_alt_text(chosen: Map, plan: MapPlan, lang: str, locale: Locale) -> str:
    """Return what is said instead of a map: the author's words, or what it shows and where that is."""
    if chosen.alt:
        return " ".join(markup.strip_markup(chosen.alt[lang]).split())
    return describe_map(" ".join(markup.strip_markup(chosen.title[lang]).split()), plan, lang, locale)


def write_blank_alt_text(title: str, plan: MapPlan, locale: Locale) -> str:
    """Return what is said instead of a map to fill in, which names nothing."""
    words = locale.words["maps"]
    return f"{locale.write_label(words['map'], title.rstrip('.'))}. {words['blank'].format(n=len(plan.key))}"


def describe_map(title: str, plan: MapPlan, lang: str, locale: Locale) -> str:
    """Return a map in words: its title, what it shows, and in which part of it that is."""
    head = locale.write_label(locale.words["maps"]["map"], title.rstrip("."))
    return " ".join([f"{head}.", *_write_sentences(plan, lang, locale)])


def _write_sentences(plan: MapPlan, lang: str, locale: Locale) -> Iterator[str]:
    words = locale.words["maps"]
    if plan.territories:
        names = [
            f"{one.name} ({_write_sector(plan, _find_middle(one), locale)})"
            for one in plan.territories
            if one.polygons
        ]
        yield words["territories"].format(names="; ".join(names))
    named = [f"{words[line.kind]} {line.name}".strip() for line in plan.lines if line.parts]
    if named:
        yield words["lines"].format(names="; ".join(named))
    if plan.markers:
        places = [f"{one.name} ({_write_sector(plan, one.at, locale)})" for one in plan.markers]
        yield words["places"].format(names="; ".join(places))
    if plan.events:
        told = []
        for one in plan.events:
            date, label = write_event(one, lang, locale)
            told.append(f"{one.number}, {date}, {label} ({one.place})")
        yield words["events"].format(events="; ".join(told))
    if plan.modern_borders:
        yield words["borders_drawn"]


def _find_middle(territory: MapTerritory) -> MapPoint:
    """Return the centre of gravity of all that a map shows of a territory."""
    shown = shapely.MultiPolygon([(rings[0], rings[1:]) for rings in territory.polygons])
    return shown.centroid.x, shown.centroid.y


def _write_sector(plan: MapPlan, at: MapPoint, locale: Locale) -> str:
    """Return in which ninth of the map a point lies: 'in the north-west'."""
    across = ("west", "", "east")[min(int(at[0] * 3 / plan.width), 2)]
    down = ("north", "", "south")[min(int(at[1] * 3 / plan.height), 2)]
    return locale.words["maps"]["_".join(part for part in (down, across) if part) or "middle"]
