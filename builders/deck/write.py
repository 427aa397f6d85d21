"""The deck's plan to the bytes of a .pptx: python-pptx fills a template, our own or a school's."""

from typing import Any

from builders import files
from builders.deck import accessibility
from builders.deck.inks import Inks
from builders.deck.ooxml.markup import Markup, number_shapes, parse
from builders.deck.ooxml.presentation import add_sections, describe
from builders.deck.package import add_slides, pack
from builders.deck.ruler import recoloured
from builders.deck.slide_writer import Writing, write_slide
from builders.deck.slides import Deck, Group
from builders.deck.template import Template
from builders.locales import Locale
from builders.theme import Theme


class InaccessibleDeck(AssertionError):
    """A deck that breaks the rules of accessibility: the builder is at fault, not the outline."""


def write_deck(
    template: Template, deck: Deck, theme: Theme, locale: Locale
) -> tuple[bytes, list[accessibility.Finding]]:
    """Return the deck as a .pptx, and what is wrong with a school's colours and sizes.

    The template is used up. Raises InaccessibleDeck if anything else breaks a rule of accessibility.py.
    """
    presentation, page, moment = template.presentation, template.page, files.stamp()
    if page.own:
        _add_rulers(template, deck, theme)
    added = add_slides(presentation, [template.layouts[planned.layout] for planned in deck.slides])
    slides = {planned.key: slide for planned, slide in zip(deck.slides, added, strict=True)}
    writing = Writing(page, theme, deck.lang, locale, template.shades, moment, slides)
    for number, planned in enumerate(deck.slides, 1):
        write_slide(writing, planned, number)
    add_sections(presentation, deck)
    describe(presentation, deck, moment)
    findings = accessibility.check(presentation)
    allowed = () if page.own else accessibility.OF_THE_TEMPLATE
    if ours := [finding for finding in findings if finding.rule not in allowed]:
        raise InaccessibleDeck("\n".join(map(str, ours[:20])))
    return pack(presentation, moment), findings


def _add_rulers(template: Template, deck: Deck, theme: Theme) -> None:
    """Draw the course's ruler on the master, and in white on layouts whose ground is a section's hue."""
    _add_ruler(template.presentation.slide_master, deck.ruler, deck.lang, theme)
    for key, layout in template.page.layouts.items():
        if layout.ground == "hue":
            _add_ruler(template.layouts[key], recoloured(deck.ruler, "white"), deck.lang, theme)


def _add_ruler(owner: Any, ruler: Group, lang: str, theme: Theme) -> None:
    owner.element.cSld.spTree.extend(parse(Markup(Inks(theme), lang).item(ruler)))
    number_shapes(owner)
