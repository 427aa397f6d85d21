"""The guide's plan to a PDF's bytes."""

from builders.guide.booklet import imposed
from builders.guide.course import Course
from builders.guide.draw import Drawer
from builders.guide.parts import Parts
from builders.guide.plan import Layout, Plan
from builders.pdf import About, TaggedCanvas, put_together


def write(layout: Layout) -> tuple[bytes, int]:
    """Return the PDF of a guide that is being laid out, and the number of its pages.

    What is finished is drawn and dropped, so that a long guide is never in memory as a whole.
    """
    course = layout.course
    parts = Parts(layout, _about(course, accessible=True))
    pieces, first = [], parts.first
    for name in parts.names:
        pieces.append(parts.piece(name, first))
        first = pieces[-1].end
    front = parts.piece("front", first)
    pieces.insert(0, front)
    if stale := [piece for piece in pieces if not piece.finish(layout.record.folios)]:
        for piece in stale:  # places behind it that it gives the page numbers of have moved
            parts.forget(piece)
        return write(Layout(course.outline, course.options))
    parts.shared.canvas.label_pages(0, "ROMAN_LOWER")
    parts.shared.canvas.label_pages(front.told.pages, "ARABIC")
    drawn = [parts.shared.finished(), *(piece.drawn for piece in pieces if piece.drawn)]
    return put_together(drawn, parts.about, course.alphabet), sum(piece.told.pages for piece in pieces)


def write_booklet(plan: Plan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, _about(plan.course, accessible=False), plan.course.alphabet)
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


def _about(course: Course, accessible: bool) -> About:
    return About(
        title=f"{course.say(course.outline.title)}. {course.word('edition_' + course.options.edition)}",
        lang=course.locale.tag,
        author=course.say(course.outline.credit) if course.outline.credit else "",
        subject=course.say(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )
