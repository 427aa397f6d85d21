"""The study guide: a course as a printed book, in every edition that a class needs.

plan.py lays it out, once, as pages of placed items (page_items.py); page_drawer.py draws the pages; write.py
makes the document. content.py is the outline in one language, editions.py what tells the editions apart,
cross_references.py what is noted on the way; flow.py fills pages with blocks; the other modules make the
blocks.
"""

from builders.build.builder import Artifact, Builder, pause_collector
from builders.core.diagnostics import Fault
from builders.guide.editions import DEFAULT_EDITIONS, USUAL_EDITION
from builders.guide.options import GuideOptions
from builders.outline.model import Outline


def build(outline: Outline, options: GuideOptions) -> tuple[Artifact, ...]:
    """Return the guide that the options ask for. Raises OutlineFaults."""
    from builders.guide.plan import plan_guide
    from builders.guide.write import write_booklet, write_guide

    with pause_collector():
        planned = plan_guide(outline, options)
        if options.booklet:
            data, count = write_booklet(planned)
            return (Artifact(_name_guide_file(options), data, count, "sides"),)
        count = len(planned.pages)
        return (Artifact(_name_guide_file(options), write_guide(planned), count, "pages"),)


def _name_guide_file(options: GuideOptions) -> str:
    """Return 'guide-worksheet-grey-letter.pdf': what is not the default, in this order."""
    parts = ["guide"]
    parts += [options.edition] if options.edition != USUAL_EDITION else []
    parts += [options.section] if options.section else []
    parts += ["grey"] if options.grey else []
    parts += ["letter"] if options.paper == "letter" else []
    parts += ["booklet"] if options.booklet else []
    return "-".join(parts) + ".pdf"


def find_faults(outline: Outline, options: GuideOptions) -> tuple[Fault, ...]:
    """Return why the outline cannot be laid out: names that have no room on their map."""
    if not any(block.map for section in outline.sections for block in section.blocks):
        return ()
    from builders.guide.maps import find_map_faults

    return find_map_faults(outline, options)


BUILDER = Builder(
    name="guide",
    title="Guide",
    leaf="page",
    options=GuideOptions,
    build=build,
    find_faults=find_faults,
    variants=tuple({"edition": name} for name in DEFAULT_EDITIONS),
)
