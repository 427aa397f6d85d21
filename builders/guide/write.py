"""The guide's plan to a PDF's bytes."""

from builders.guide.booklet import imposed
from builders.guide.course import Course
from builders.guide.draw import Drawer
from builders.guide.plan import Plan
from builders.pdf import About, TaggedCanvas


def write_guide(plan: Plan) -> bytes:
    """Return the PDF of a plan; its pages are emptied one by one as they are drawn, to save memory."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, about(plan.course, accessible=True))
    drawer = Drawer(canvas, plan.course, plan.folios)
    for content in plan.pages:
        with canvas.sheet(page.width, page.height):
            drawer.page(content)
        content.items.clear()
    canvas.label_pages(0, "ROMAN_LOWER")
    canvas.label_pages(plan.front, "ARABIC")
    return canvas.save()


def about(course: Course, accessible: bool) -> About:
    """Return what a guide says of itself."""
    return About(
        title=f"{course.say(course.outline.title)}. {course.word('edition_' + course.options.edition)}",
        lang=course.locale.tag,
        author=course.say(course.outline.credit) if course.outline.credit else "",
        subject=course.say(course.outline.subtitle) if course.outline.subtitle else "",
        accessible=accessible,
    )


def write_booklet(plan: Plan) -> tuple[bytes, int]:
    """Return the PDF of a plan's pages imposed for folding, and the number of its sides."""
    page = plan.course.page
    canvas = TaggedCanvas(plan.root, about(plan.course, accessible=False))
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
