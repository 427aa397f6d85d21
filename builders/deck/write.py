"""The deck's plan to the bytes of a .pptx."""

import uuid
from collections.abc import Mapping, Sequence
from functools import partial

from builders import files
from builders.deck import accessibility, master, presentation
from builders.deck.desk import Desk, Embedded, Sheet, Target
from builders.deck.geometry import Page
from builders.deck.notes_markup import notes_master_xml
from builders.deck.package import OFFICE, Package, Part, parsed
from builders.deck.slides import Deck
from builders.deck.template import School
from builders.deck.xml import P
from builders.kept import Kept
from builders.locales import Locale
from builders.theme import Theme

_NAMES = uuid.UUID("a6f0b9a2-1c8e-5f5e-9a63-2f4f0f8f7d11")  # namespace of section ids (RFC 4122, version 5)
_PLACEHOLDER = f"{P}ph"
_DESKS: Kept[Desk] = Kept(8)
_SHEETS: Kept[Sheet] = Kept(1024)


class InaccessibleDeck(AssertionError):
    """A deck that breaks the rules of accessibility: the builder is at fault, not the outline."""


def written(deck: Deck, page: Page, theme: Theme, locale: Locale) -> bytes:
    """Return the deck as a .pptx. Raises InaccessibleDeck if it breaks a rule of accessibility.py."""
    package = presentation.begun(page, master.other_style(deck.lang))
    slide_master, layouts = _own_master(package, deck, page, theme, locale.deck)
    desk = Desk(page, theme, deck.lang, locale, _feet(layouts), files.stamp(), {})
    _filled(package, deck, desk, layouts, [slide_master])
    if findings := accessibility.check(package):
        raise InaccessibleDeck("\n".join(map(str, findings[:20])))
    return package.packed(desk.moment)


def written_on(
    school: School, deck: Deck, theme: Theme, locale: Locale
) -> tuple[bytes, list[accessibility.Finding]]:
    """Return the deck on a school's template, and what is wrong with that template's colours and sizes.

    Raises InaccessibleDeck if anything else breaks a rule.
    """
    feet = _feet(school.layouts)
    desk = Desk(school.page, theme, deck.lang, locale, feet, files.stamp(), school.shades)
    _filled(school.package, deck, desk, school.layouts, [])
    findings = accessibility.check(school.package)
    if ours := [finding for finding in findings if finding.rule not in accessibility.OF_THE_TEMPLATE]:
        raise InaccessibleDeck("\n".join(map(str, ours[:20])))
    return school.package.packed(desk.moment), findings


def _filled(
    package: Package, deck: Deck, desk: Desk, layouts: Mapping[str, Part], masters: list[Part]
) -> None:
    """Write slides and notes into a package that has its master."""
    page = desk.page
    notes_master = package.document.related(f"{OFFICE}notesMaster")
    if notes_master is None:
        notes_master = package.add("notes master", notes_master_xml(deck.lang, desk.page.w / desk.page.h))
        notes_master.relate(f"{OFFICE}theme", package.add("theme", master.theme_xml(desk.theme)))
        masters = [*masters, notes_master]
    kept = _DESKS.get((deck.lang, page.w), desk, lambda: desk)  # one that equals it: compared once
    parts = {slide.key: package.add("slide", b"") for slide in deck.slides}
    for number, slide in enumerate(deck.slides, 1):
        place = (deck.lang, page.w, slide.key)
        sheet = _SHEETS.get(place, (slide, number, kept), partial(kept.sheet, slide, number))
        part, notes = parts[slide.key], package.add("notes", sheet.notes)
        part.content = sheet.slide
        part.relate(f"{OFFICE}slideLayout", layouts[slide.layout])
        part.relate(f"{OFFICE}notesSlide", notes)
        notes.relate(f"{OFFICE}notesMaster", notes_master)
        notes.relate(f"{OFFICE}slide", part)
        for target in sheet.targets:
            _bind(package, part, target, parts)
    bounds = [section.first for section in deck.sections] + [len(deck.slides)]
    sections = [
        (section.name, f"{{{str(uuid.uuid5(_NAMES, section.key)).upper()}}}", range(start, end))
        for section, start, end in zip(deck.sections, bounds, bounds[1:], strict=False)
    ]
    presentation.listed(package, masters, list(parts.values()), sections)
    presentation.described(package, deck, desk.moment)


def _bind(package: Package, slide: Part, target: Target, others: Mapping[str, Part]) -> None:
    """Relate a slide to a target; the ids come out in the targets' order."""
    if isinstance(target, Embedded):
        part = package.add(target.kind, target.content)
        slide.relate(f"{OFFICE}{'chart' if target.workbook else 'image'}", part)
        if target.workbook:
            part.relate(f"{OFFICE}package", package.add("workbook", target.workbook))
    elif target.startswith("#"):
        slide.relate(f"{OFFICE}slide", others[target[1:]])
    else:
        slide.relate(f"{OFFICE}hyperlink", target)


def _feet(layouts: Mapping[str, Part]) -> Mapping[str, Sequence[tuple[str, int]]]:
    return {key: _foot_places(part) for key, part in layouts.items()}


def _foot_places(layout: Part) -> list[tuple[str, int]]:
    """Return a layout's placeholders for footer and slide number, with their indices."""
    holders = parsed(layout).iter(_PLACEHOLDER)
    return [
        (ph.get("type"), int(ph.get("idx", "0"))) for ph in holders if ph.get("type") in ("ftr", "sldNum")
    ]


def _own_master(
    package: Package, deck: Deck, page: Page, theme: Theme, names: Mapping[str, str]
) -> tuple[Part, dict[str, Part]]:
    """Add our own theme, master and layouts; return the master and the layouts."""
    slide_master = package.add("master", master.master_xml(page, theme, deck.ruler, names, deck.lang))
    layouts = {}
    for key, layout in page.layouts.items():
        part = package.add("layout", master.layout_xml(page, layout, theme, deck.ruler, names, deck.lang))
        slide_master.relate(f"{OFFICE}slideLayout", part)
        part.relate(f"{OFFICE}slideMaster", slide_master)
        layouts[key] = part
    look = package.add("theme", master.theme_xml(theme))
    slide_master.relate(f"{OFFICE}theme", look)
    package.document.relate(f"{OFFICE}theme", look)
    return slide_master, layouts
