"""The lecture deck: an outline to a .pptx whose text fits and whose objects stay editable."""

from typing import TYPE_CHECKING

from builders.build.builder import Artifact, Builder, Leaf, pause_collector
from builders.core.diagnostics import Fault
from builders.deck.options import DeckOptions
from builders.language import locales
from builders.outline.model import Outline

if TYPE_CHECKING:
    from builders.deck.accessibility import AccessibilityFinding


def build(outline: Outline, options: DeckOptions) -> tuple[Artifact, ...]:
    """Return the deck of one language, on our own master or on the template that the options bring.

    Raises OutlineFaults where a picture or the template cannot be used.
    """
    with pause_collector():
        return _build_artifacts(outline, options)


def _build_artifacts(outline: Outline, options: DeckOptions) -> tuple[Artifact, ...]:
    from builders.deck.plan import plan_deck
    from builders.deck.template import open_template
    from builders.deck.write import write_deck

    locale = locales.load_locale(options.lang)
    template = open_template(options, locale)
    page = template.page
    deck = plan_deck(outline, options, page)
    content, findings = write_deck(template, deck, options.theme, locale)
    shape = [] if page.own else _warn_of_shape(options.ratio, page.w / page.h)
    warnings = (*deck.warnings, *template.warnings, *shape, *_group_findings(findings))
    return (Artifact(_name_file(options), content, len(deck.slides), "slides", warnings),)


def _name_file(options: DeckOptions) -> str:
    """Return the file's name: what is not the whole course in the usual ratio does not take its place."""
    parts = [
        "deck",
        options.section,
        "no-questions" if options.no_questions else None,
        "4x3" if options.ratio == "4:3" and not options.template else None,
    ]
    return "-".join(part for part in parts if part) + ".pptx"


def _warn_of_shape(ratio: str, theirs: float) -> list[str]:
    """Return a warning if a template's slides have another shape than was asked for beside it."""
    if ratio == "16:9" or abs(theirs - 4 / 3) < 0.01:  # 16:9 is what is asked for when nothing is
        return []
    return [f"the slides have the template's shape, {theirs * 9:.3g}:9; --ratio {ratio} is left aside"]


def _group_findings(findings: "list[AccessibilityFinding]") -> list[str]:
    """Return a template's findings, each kind once with the slides that it is found on."""
    slides: dict[str, dict[int, None]] = {}
    for finding in findings:
        slides.setdefault(finding.about, {})[finding.slide] = None
    out = []
    for about, numbers in slides.items():
        first, *more = numbers
        many = f" and {len(more)} more" if more else ""
        out.append(f"the template: {about} (slide {first}{many})")
    return out


def preview_slides(outline: Outline, options: DeckOptions) -> tuple[tuple[Leaf, ...], tuple[str, ...]]:
    """Return the slides as the preview shows them, drawn from the plan, and the plan's warnings."""
    from builders.deck.layouts import make_slide_page
    from builders.deck.plan import plan_deck
    from builders.deck.svg_slides import SlideDrawing, write_slide_words

    frame = make_slide_page(options.theme.deck, options.ratio)
    deck = plan_deck(outline, options, frame)
    drawing = SlideDrawing(deck, frame, options.theme, locales.load_locale(options.lang).dates.before)
    leaves = (
        Leaf(frame.w, frame.h, write_slide_words(slide), drawing.draw_slide(number))
        for number, slide in enumerate(deck.slides)
    )
    return tuple(leaves), deck.warnings


def find_faults(outline: Outline, options: DeckOptions) -> tuple[Fault, ...]:
    """Return why the outline cannot be laid out: names that have no room on their map."""
    if not any(block.map for section in outline.sections for block in section.blocks):
        return ()
    from builders.deck.maps import find_map_faults

    return find_map_faults(outline, options)


BUILDER = Builder(
    name="deck",
    title="Slides",
    leaf="slide",
    options=DeckOptions,
    build=build,
    find_faults=find_faults,
    preview=preview_slides,
    embeds_faces=False,
)
