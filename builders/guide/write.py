"""The guide's plan to a PDF's bytes."""

from builders.guide.booklet import imposed
from builders.guide.course import Course
from builders.guide.draw import Drawer
from builders.guide.plan import Plan, plan
from builders.options import Options
from builders.outline import Outline
from builders.pdf import About, TaggedCanvas


def write(outline: Outline, options: Options) -> tuple[bytes, int]:
    """Return the PDF of a guide and the number of its pages. Raises OutlineFaults."""
    planned = plan(outline, options)
    page = planned.course.page
    canvas = TaggedCanvas(planned.root, about(planned.course, accessible=True))
    drawer = Drawer(canvas, planned.course, planned.folios)
    for content in planned.pages:
        with canvas.sheet(page.width, page.height):
            drawer.page(content)
        content.items.clear()
    canvas.label_pages(0, "ROMAN_LOWER")
    canvas.label_pages(planned.front, "ARABIC")
    return canvas.save(), len(planned.pages)


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
