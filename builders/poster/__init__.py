"""The timeline poster: to scale, on A0 to A3 and Tabloid, and the same cut into A4 or Letter sheets."""

from builders.options import Artifact, Options
from builders.outline import Outline


def build(outline: Outline, options: Options) -> tuple[Artifact, ...]:
    """Return the poster and, unless it goes to a print shop, its sheets. Raises OutlineFaults if too full."""
    from builders.poster.book import poster, sheets
    from builders.poster.plan import plan

    planned = plan(outline, options)
    if options.bleed:
        return (poster(planned, options),)
    return poster(planned, options), sheets(planned, options)
