"""The deck's plan to the bytes of a .pptx: python-pptx fills a template, our own or a school's."""

from typing import Any

from builders.core import files
from builders.core.diagnostics import TemarioError
from builders.deck import accessibility
from builders.deck.colours import ThemeColours
from builders.deck.model import Deck, ShapeGroup
from builders.deck.ooxml.markup import SlideMarkup, number_shapes, parse_markup
from builders.deck.ooxml.presentation import add_sections, set_properties
from builders.deck.package import add_slides, pack_presentation
from builders.deck.ruler import recolour_group
from builders.deck.slide_writer import WritingContext, write_slide
from builders.deck.template import Template
from builders.language.locales import Locale
from builders.theme.theme import Theme


class InaccessibleDeck(TemarioError):
    """A deck that breaks the rules of accessibility: the builder is at fault, not the outline."""


def write_deck(
    template: Template, deck: Deck, theme: Theme, locale: Locale
) -> tuple[bytes, list[accessibility.AccessibilityFinding]]:
    """Return the bytes of the .pptx, and the findings about a school's template's colours and sizes.

    `template` is filled and cannot be used again; `theme` gives the colours, `locale` the fixed words.
    Findings of TEMPLATE_RULES are a school's own affair and are returned; any other breach of the rules in
    accessibility.py is the builder's fault: InaccessibleDeck is raised, and nothing is written.
    """
    presentation, page, moment = template.presentation, template.page, files.read_document_time()
    if page.own:
        _add_rulers(template, deck, theme)
    added = add_slides(presentation, [template.layouts[planned.layout] for planned in deck.slides])
    slides = {planned.key: slide for planned, slide in zip(deck.slides, added, strict=True)}
    writing = WritingContext(page, theme, deck.lang, locale, template.shades, moment, slides)
    for number, planned in enumerate(deck.slides, 1):
        write_slide(writing, planned, number)
    add_sections(presentation, deck)
    set_properties(presentation, deck, moment)
    findings = accessibility.check_presentation(presentation)
    allowed = () if page.own else accessibility.TEMPLATE_RULES
    if ours := [finding for finding in findings if finding.rule not in allowed]:
        raise InaccessibleDeck("\n".join(map(str, ours[:20])))
    return pack_presentation(presentation, moment), findings


def _add_rulers(template: Template, deck: Deck, theme: Theme) -> None:
    """Draw the course's ruler on the master, and in white on layouts whose ground is a section's hue."""
    _add_ruler(template.presentation.slide_master, deck.ruler, deck.lang, theme)
    for key, layout in template.page.layouts.items():
        if layout.ground == "hue":
            _add_ruler(template.layouts[key], recolour_group(deck.ruler, "white"), deck.lang, theme)


def _add_ruler(owner: Any, ruler: ShapeGroup, lang: str, theme: Theme) -> None:
    owner.element.cSld.spTree.extend(parse_markup(SlideMarkup(ThemeColours(theme), lang).write_item(ruler)))
    number_shapes(owner)
