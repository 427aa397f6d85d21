"""The timeline poster: to scale, on A0 to A3 and Tabloid, and the same cut into A4 or Letter sheets."""

from builders.build.builder import Artifact, Builder
from builders.core.diagnostics import Fault
from builders.outline.model import Outline
from builders.poster.options import PosterOptions


def build(outline: Outline, options: PosterOptions) -> tuple[Artifact, ...]:
    """Return the poster and, unless it goes to a print shop, its sheets. Raises OutlineFaults if too full."""
    from builders.poster.documents import write_poster, write_sheets
    from builders.poster.plan import plan_poster

    planned = plan_poster(outline, options)
    if options.bleed:
        return (write_poster(planned, options),)
    return write_poster(planned, options), write_sheets(planned, options)


def find_faults(outline: Outline, options: PosterOptions) -> tuple[Fault, ...]:
    """Return why the outline has no room on the poster; nothing where it has."""
    from builders.poster.plan import find_poster_faults

    return find_poster_faults(outline, options)


BUILDER = Builder(
    name="poster",
    title="Poster",
    leaf="poster",
    options=PosterOptions,
    build=build,
    find_faults=find_faults,
)
