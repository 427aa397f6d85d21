"""The guide's plan to a PDF's bytes."""

from builders.guide.booklet import impose_pages
from builders.guide.content import GuideContent
from builders.guide.page_drawer import PageDrawer
from builders.guide.plan import GuidePlan
from builders.pdf import About, TaggedCanvas


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
