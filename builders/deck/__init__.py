"""The lecture deck: an outline to a .pptx whose text fits and whose objects stay editable."""

from builders import locales
from builders.options import Artifact, Options
from builders.outline import Outline


def build(outline: Outline, options: Options) -> tuple[Artifact, ...]:
    """Return the deck of one language. Raises OutlineFaults where a picture cannot be used."""
    from builders.deck.geometry import page
    from builders.deck.plan import plan
    from builders.deck.write import written

    frame = page(options.theme.deck, options.ratio)
    deck = plan(outline, options, frame)
    content = written(deck, frame, options.theme, locales.load(options.lang))
    return (Artifact("deck.pptx", content, len(deck.slides), "slides", deck.warnings),)
