"""The guide's plan to a PDF's bytes."""

from contextlib import suppress

from builders.guide import turns
from builders.guide.booklet import imposed
from builders.guide.draw import Drawer
from builders.guide.parts import Parts, Piece, about
from builders.guide.plan import Layout, Plan
from builders.options import Options
from builders.outline import Outline
from builders.pdf import TaggedCanvas, put_together


def write(outline: Outline, options: Options) -> tuple[bytes, int]:
    """Return the PDF of a guide and the number of its pages. Raises OutlineFaults.

    What is finished is drawn and dropped, so that a long guide is never in memory as a whole.
    """
    parts, pieces = _in_turns(outline, options) or _alone(outline, options)
    if stale := [piece for piece in pieces if not piece.finish(parts.layout.record.folios)]:
        for piece in stale:  # places behind it that it gives the page numbers of have moved
            parts.forget(piece)
        return write(outline, options)
    parts.shared.canvas.label_pages(0, "ROMAN_LOWER")
    parts.shared.canvas.label_pages(pieces[0].told.pages, "ARABIC")
    drawn = [parts.shared.finished(), *(piece.drawn for piece in pieces if piece.drawn)]
    return put_together(drawn, parts.about, parts.course.alphabet), sum(piece.told.pages for piece in pieces)


def _alone(outline: Outline, options: Options) -> tuple[Parts, list[Piece]]:
    """Return all parts of a guide, the front first, as they read."""
    parts = Parts(Layout(outline, options))
    pieces, first = [], parts.first
    for name in parts.names:
        pieces.append(parts.piece(name, first))
        first = pieces[-1].end
    return parts, [parts.piece("front", first), *pieces]


def _in_turns(outline: Outline, options: Options) -> tuple[Parts, list[Piece]] | None:
    """Return the same, made with the help of another process; None where that is no help."""
    if not turns.worthwhile(outline, options):
        return None
    parts = Parts(Layout(outline, options))
    with suppress(turns.PartnerGone):
        return parts, turns.pieces(parts)
    return None


def write_booklet(plan: Plan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, about(plan.course, accessible=False), plan.course.alphabet)
    drawer = Drawer(canvas, plan.course, plan.folios)
    for i, content in enumerate(plan.pages):
        with canvas.form(f"page-{i}", page.width, page.height):
            drawer.page(content)
    # two pages side by side fill the same paper on its side at 1/√2, centred where its sides are not √2
    scale = min(page.height / (2 * page.width), page.width / page.height)
    left = page.height / 2 - page.width * scale
    bottom = (page.width - page.height * scale) / 2
    sides = imposed(len(plan.pages))
    for side in sides:
        with canvas.sheet(page.height, page.width):
            for number, x in ((side.left, left), (side.right, page.height / 2)):
                if number is not None:
                    canvas.place(f"page-{number}", x, bottom, scale)
    return canvas.save(), len(sides)
