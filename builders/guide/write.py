"""The guide's plan to a PDF's bytes: page by page, or imposed as a booklet.

A booklet's pages stand two up on landscape sheets, in the order of folding. The sheets are printed on both
sides, turned over along their short edge, folded in the middle and stapled. Such a print form is PDF/A-2b
alone: its reading order is the printer's, not the reader's.
"""

from dataclasses import dataclass

from builders.guide.content import GuideContent
from builders.guide.page_drawer import PageDrawer
from builders.guide.plan import GuidePlan
from builders.pdf import About, TaggedCanvas

PAGES_PER_SHEET = 4  # pages on a folded sheet


@dataclass(frozen=True, slots=True)
class BookletSide:
    """One side of a sheet: which pages (0-based) stand left and right; None leaves a half empty."""

    left: int | None
    right: int | None


def impose_pages(count: int) -> list[BookletSide]:
    """Return the sides for `count` pages, front and back of each sheet in turn, the outermost sheet first."""
    total = -(-count // PAGES_PER_SHEET) * PAGES_PER_SHEET

    def page(number: int) -> int | None:
        return number if number < count else None

    sides = []
    for sheet in range(total // PAGES_PER_SHEET):
        outer, inner = total - 1 - 2 * sheet, 2 * sheet
        sides += [BookletSide(page(outer), page(inner)), BookletSide(page(inner + 1), page(outer - 1))]
    return sides


def write_guide(plan: GuidePlan) -> bytes:
    """Return the PDF of a plan; its pages are emptied one by one as they are drawn, to save memory."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, describe_guide(plan.course, accessible=True))
    drawer = PageDrawer(canvas, plan.course, plan.folios)
    for content in plan.pages:
        with canvas.sheet(page.width, page.height):
            drawer.draw_page(content)
        content.items.clear()
    canvas.label_pages(0, "ROMAN_LOWER")
    canvas.label_pages(plan.front, "ARABIC")
    return canvas.save()


def describe_guide(course: GuideContent, accessible: bool) -> About:
    """Return what a guide says of itself."""
    edition = course.get_fixed_words(f"edition_{course.options.edition}")
    return About(
        title=f"{course.get_plain_text(course.outline.title)}. {edition}",
        lang=course.locale.tag,
        author=course.get_plain_text(course.outline.credit) if course.outline.credit else "",
        subject=course.get_plain_text(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )


def write_booklet(plan: GuidePlan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, describe_guide(plan.course, accessible=False))
    drawer = PageDrawer(canvas, plan.course, plan.folios)
    for i, content in enumerate(plan.pages):
        with canvas.form(f"page-{i}", page.width, page.height):
            drawer.draw_page(content)
    # two pages side by side fill the same paper on its side at 1/√2, centred where its sides are not √2
    scale = min(page.height / (2 * page.width), page.width / page.height)
    left = page.height / 2 - page.width * scale
    bottom = (page.width - page.height * scale) / 2
    sides = impose_pages(len(plan.pages))
    for side in sides:
        with canvas.sheet(page.height, page.width):
            for number, x in ((side.left, left), (side.right, page.height / 2)):
                if number is not None:
                    canvas.place(f"page-{number}", x, bottom, scale)
    return canvas.save(), len(sides)
