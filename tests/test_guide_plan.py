"""The study guide as it is planned: nothing meets, nothing is lost, the grid is kept."""

from itertools import pairwise

import pypdfium2
import pytest

from builders import guide
from builders.guide.cross_references import LayoutRecord
from builders.guide.flow import Flow
from builders.guide.flow_blocks import FixedBlock, FlowBlock, TextBlock
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageFigure,
    PageForm,
    PageLines,
    PageLink,
    PagePolyline,
    PageRectangle,
    PageText,
)
from builders.guide.plan import plan_guide
from builders.guide.prose import make_heading
from builders.language import dates
from builders.theme.theme import Theme, load_shipped_theme
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph
from tests.guide_building import (
    EDITIONS,
    assert_sound,
    athens,
    boxes,
    failures,
    options,
    planned,
    same,
    words_of,
)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_paragraph_meets_another_or_leaves_its_page(edition: str, paper: str) -> None:
    for lang in ("es", "en"):
        guide_plan = planned(lang, edition, paper)
        for page in guide_plan.pages:
            assert_sound(guide_plan, page)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_line_is_overfull(edition: str) -> None:
    for page in planned("es", edition).pages:
        for _, item in boxes(list(page.items)):
            p = item.paragraph
            assert all(p.line_width(line) <= p.measure + 0.1 or line.first == line.last for line in p.lines)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_heading_stands_alone_at_the_foot_of_a_page(edition: str) -> None:
    guide_plan = planned("en", edition)
    look = guide_plan.course.type
    titles = {look.h1, look.h2, look.h3}
    for page in guide_plan.pages[guide_plan.front :]:
        text = [(box, item) for box, item in boxes(list(page.items)) if item.node is not None]
        if text:
            _, lowest = max(text, key=lambda pair: pair[0][3])
            assert lowest.paragraph.style not in titles, (page.folio, lowest.paragraph.words)


def test_body_text_keeps_the_baseline_grid() -> None:
    guide_plan = planned()
    geometry, look = guide_plan.course.page, guide_plan.course.type
    for page in guide_plan.pages[guide_plan.front :]:
        if any(isinstance(i, PageLines) and i.paragraph.style.size == look.section.size for i in page.items):
            continue  # an opener has a measure of its own
        for item in page.items:
            if not isinstance(item, PageLines) or item.node is None or item.node.tag != "P":
                continue
            if item.paragraph.style in (look.body, look.more):
                steps = (item.y - look.body.drop - geometry.top) / geometry.leading
                assert abs(steps - round(steps)) < 0.01, (page.folio, item.paragraph.words)


def test_the_outline_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from builders.guide import opener

    made: list[int] = []
    put = opener.SectionOpener.lay_out_page

    def counted(self: opener.SectionOpener, page: GuidePage) -> tuple[list[FlowBlock], float]:
        made.append(self.number)
        return put(self, page)

    monkeypatch.setattr(opener.SectionOpener, "lay_out_page", counted)
    guide.build(athens().model_copy(update={"title": same("A course that was not built yet")}), options())
    assert made == [0, 1]


def justified() -> Theme:
    theme = load_shipped_theme()
    return theme.model_copy(update={"guide": theme.guide.model_copy(update={"align": "justify"})})


HARBOUR = (
    "Cuando soplaba el viento del norte, los barcos cargados de grano esperaban semanas enteras junto al "
    "promontorio, y los *mercaderes* discutían el precio con quienes tenían [más prisa](https://example.org)."
)


def test_justified_lines_end_at_the_margin() -> None:
    outline = athens()
    section = outline.sections[0]
    text = next(b for b in section.blocks if b.text)
    long = text.model_copy(update={"text": same("\n\n".join(" ".join([HARBOUR] * n) for n in range(1, 8)))})
    blocks = tuple(long if b is text else b for b in section.blocks)
    sections = (section.model_copy(update={"blocks": blocks}), *outline.sections[1:])
    course, own = outline.model_copy(update={"sections": sections}), options("es", theme=justified())
    guide_plan, data = plan_guide(course, own), guide.build(course, own)[0].data
    assert failures(data, "ua1") == []
    styles = (guide_plan.course.type.body, guide_plan.course.type.more)
    apart = []  # how far each line's last letter ends from the margin
    for page, printed in zip(guide_plan.pages, pypdfium2.PdfDocument(data), strict=True):
        textpage = printed.get_textpage()
        letters = [
            textpage.get_charbox(i)
            for i in range(textpage.count_chars())
            if not textpage.get_text_range(i, 1).isspace()
        ]
        for item in page.items:
            if not isinstance(item, PageLines) or item.paragraph.style not in styles:
                continue
            p, margin = item.paragraph, item.x + item.paragraph.measure
            for k, line in enumerate(p.lines[item.first : item.last]):
                baseline = guide_plan.course.page.height - item.y - k * p.style.leading
                if line is not p.lines[-1]:
                    ends = [
                        right
                        for left, bottom, right, top in letters
                        if item.x - 1 < left < margin + 10 and -1 < (bottom + top) / 2 - baseline < 9
                    ]
                    apart.append(abs(margin - max(ends)))
    assert len(apart) > 60
    assert max(apart) < 2


@pytest.mark.parametrize("lines", range(38, 49))
def test_a_heading_goes_with_two_lines_of_its_text_wherever_the_page_ends(lines: int) -> None:
    course = planned().course
    look, width = course.type, course.page.text
    flow = Flow(course.page, lambda _: None, LayoutRecord())
    filling = Paragraph("a", look.body, width)
    text = Paragraph("remarkably extraordinary circumstances " * 12, look.body, width)
    flow.place_blocks([TextBlock(filling, None) for _ in range(lines)])
    flow.place_blocks([make_heading(course, "A heading", Node("H2")), TextBlock(text, Node("P"))])
    for page in flow.pages:
        items = [item for item in page.items if isinstance(item, PageLines)]
        own = [item for item in items if item.paragraph is text]
        if any(item.paragraph.style.size == look.h2.size for item in items):
            assert sum(len(text.lines[i.first : i.last]) for i in own) >= 2
        for item in own:
            assert len(text.lines[item.first : item.last]) >= 2, "neither widow nor orphan"


def test_the_labels_of_a_crowded_year_lead_to_marks_close_by_in_their_order() -> None:
    """Eleven events of one year in a section of eight: their stretch of the axis is drawn larger."""
    outline = athens()
    section = outline.sections[1]
    event = section.events[0].model_copy(update={"importance": 3, "old_style": None})
    days = [dates.parse_date(f"1504-{month:02}-09") for month in range(2, 13)] + [
        dates.parse_date("1511-06-01")
    ]
    events = tuple(event.model_copy(update={"id": f"e{i}", "date": day}) for i, day in enumerate(days))
    changed = section.model_copy(update={"events": events, "period": dates.parse_date("1504/1511")})
    course = outline.model_copy(update={"sections": (changed, outline.sections[0])})
    planned = plan_guide(course, options())
    (figure,) = [i for i in planned.pages[planned.front].items if isinstance(i, PageFigure)]
    hue = planned.course.type.colours.get_section_look(0).hue
    leaders = [
        i for i in figure.items if isinstance(i, PagePolyline) and len(i.points) == 4 and i.colour == hue
    ]
    assert len(leaders) == len(events)
    marks = [leader.points[3][1] for leader in leaders]
    assert marks == sorted(marks)
    assert max(abs(leader.points[0][1] - leader.points[3][1]) for leader in leaders) < 60


@pytest.mark.parametrize("edition", ["study", "large-print"])
@pytest.mark.parametrize("count", [2, 9, 14, 60])
def test_the_sections_named_on_the_title_page_stand_on_it(edition: str, count: int) -> None:
    outline = athens()
    title = {"es": "Una ciudad y las demás ciudades", "en": "A city, its allies and all the other cities"}
    sections = tuple(
        outline.sections[i % 2].model_copy(
            update={"id": f"part-{i}", "title": title, "blocks": (), "events": ()}
        )
        for i in range(count)
    )
    events = outline.sections[0].events
    sections = (sections[0].model_copy(update={"events": events}), *sections[1:])
    planned = plan_guide(outline.model_copy(update={"sections": sections}), options(edition=edition))
    assert_sound(planned, planned.pages[0])
    assert planned.pages[0].items


@pytest.mark.parametrize("edition", ["study", "worksheet", "large-print"])
def test_lines_to_write_on_fill_the_page_that_a_section_s_last_question_ends(edition: str) -> None:
    guide_plan = planned("en", edition)
    pitch, bottom = guide_plan.course.type.ruling, guide_plan.course.page.bottom
    essay = next(q for s in athens().sections for q in s.questions if q.kind == "essay")
    (page,) = [
        p
        for p in guide_plan.pages
        if any(isinstance(i, PageDestination) and i.key == essay.id for i in p.items)
    ]
    (mark,) = [i for i in page.items if isinstance(i, PageDestination) and i.key == essay.id]
    lines = [i.y for i in page.items if isinstance(i, PageRectangle) and i.height == 0.5 and i.y > mark.y]
    assert len(lines) >= 6
    assert bottom - max(lines) < 2 * pitch


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("outer", [22, 25, 32])
def test_the_years_beside_the_ruler_keep_clear_of_the_text(paper: str, outer: int) -> None:
    theme = load_shipped_theme()
    own = theme.guide.page
    sides = getattr(own, paper).model_copy(update={"outer": outer})
    look = theme.guide.model_copy(update={"page": own.model_copy(update={paper: sides})})
    chosen = options("es", paper=paper, theme=theme.model_copy(update={"guide": look}))
    planned = plan_guide(athens(), chosen)
    geometry, said = planned.course.page, set()
    for page in planned.pages[planned.front :]:
        groups = [group for group in page.items if isinstance(group, PageForm) and group.key.count("-") == 2]
        for word in (i for group in groups for i in group.items if isinstance(i, PageText) and i.size < 8):
            width = word.face.width(word.text) * word.size / 1000
            left, right = (word.x - width, word.x) if page.recto else (word.x, word.x + width)
            edge = geometry.find_full_left(page.recto)
            assert left > edge + geometry.full_width + 2 if page.recto else right < edge - 2
            said.add(word.text.replace("\u00a0", " "))
    years = {"508", "432", "431", "399"}
    eras = {f"{year} a. C." for year in years}
    assert said == {22: set(), 25: years, 32: eras}[outer]


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_a_section_s_number_stands_in_the_middle_of_its_square_in_the_chronology(edition: str) -> None:
    outline = athens()
    one = outline.sections[0]
    sections = tuple(
        one.model_copy(
            update={
                "id": f"part-{i}",
                "blocks": (),
                "questions": (),
                "events": (one.events[0].model_copy(update={"id": f"e{i}"}),),
            }
        )
        for i in range(12)
    )
    planned = plan_guide(outline.model_copy(update={"sections": sections}), options(edition=edition))
    rows = [
        page for page in planned.pages[planned.front :] if any(isinstance(i, PageLink) for i in page.items)
    ]
    numbers = []
    for items in (page.items for page in rows):
        for square, number in pairwise(items):
            if not (
                isinstance(square, PageRectangle) and isinstance(number, PageText) and number.text.isdigit()
            ):
                continue
            numbers.append(int(number.text))
            width = number.face.width(number.text) * number.size / 1000
            assert abs(number.x - square.x - square.width / 2) < 0.1
            assert width < square.width - 2
            assert abs(number.y - number.size * 0.33 - square.y - square.height / 2) < 0.6
    assert sorted(numbers) == list(range(1, 13))


@pytest.mark.parametrize("lines", range(20, 48))
def test_what_misses_its_page_by_little_is_set_closer(lines: int) -> None:
    course = planned().course
    flow, look = Flow(course.page, lambda _: None, LayoutRecord()), course.type
    drawn: list[GuidePage] = []
    title = TextBlock(Paragraph("a", look.h2, course.page.full_width), None, 40, 10, keep=True, wide=True)
    figure = FixedBlock(200, lambda page, _, __: drawn.append(page), 20, 0, wide=True)
    flow.place_blocks([TextBlock(Paragraph("a", look.body, course.page.text), None) for _ in range(lines)])
    room = flow.room
    flow.place_blocks([title, figure])
    least = look.h2.leading + 200 + 0.6 * (40 + 20)
    assert (drawn[0] is flow.pages[0]) == (room >= least), (room, least)
    assert flow.y <= course.page.bottom


@pytest.mark.parametrize("edition", ["study", "worksheet", "large-print"])
def test_lines_below_a_debate_take_what_the_page_has_left(edition: str) -> None:
    outline = athens()
    debate = next(b for s in outline.sections for b in s.blocks if b.debate)
    assert debate.debate and debate.debate.closing
    text = next(b for b in outline.sections[0].blocks if b.text)
    found = set()
    for above in range(0, 40, 2):
        words = same("Amphora. " * 9 * above)
        filled = text.model_copy(update={"text": words, "cue": None, "id": None})
        first = outline.sections[0].model_copy(
            update={"blocks": (filled, debate), "questions": (), "events": (), "goals": ()}
        )
        course = outline.model_copy(update={"sections": (first,), "people": (), "terms": ()})
        guide_plan = plan_guide(course, options(edition=edition))
        geometry, pitch = guide_plan.course.page, guide_plan.course.type.ruling
        for page in guide_plan.pages[guide_plan.front + 1 :]:
            rules = [
                i.y
                for i in page.items
                if isinstance(i, PageRectangle) and i.height == 0.5 and i.width > geometry.full_width - 1
            ]
            if rules:
                found.add(len(rules))
                assert len(rules) == 8 or geometry.bottom - max(rules) < pitch + 6
    assert min(found) >= 2
    assert max(found) == 8


def test_a_teacher_s_note_stands_close_below_its_list_on_the_same_page() -> None:
    outline = athens()
    section = next(s for s in outline.sections if any(b.points and b.notes for b in s.blocks))
    listed = next(b for b in section.blocks if b.points and b.notes)
    text = next(b for b in outline.sections[0].blocks if b.text)
    assert listed.points and listed.notes
    ends, begins = listed.points.items[-1]["en"], listed.notes["en"].split(".")[0]
    pages = set()
    for above in range(20, 60):
        filled = text.model_copy(update={"text": same("Amphora. " * 9 * above), "cue": None, "id": None})
        first = section.model_copy(update={"blocks": (filled, listed), "questions": (), "events": ()})
        course = outline.model_copy(update={"sections": (first,), "people": (), "terms": ()})
        said = plan_guide(course, options(edition="teacher"))
        for page in said.pages[said.front :]:
            lines = [item for item in page.items if isinstance(item, PageLines)]
            last = [i for i in lines if words_of(i.paragraph).startswith(ends)]
            note = [i for i in lines if words_of(i.paragraph).startswith(begins)]
            assert len(last) == len(note), (above, page.folio)
            if last:
                pages.add(page.folio)
                apart = note[0].y - last[0].y - last[0].paragraph.height
                assert apart < last[0].paragraph.style.leading
    assert len(pages) == 2  # it has gone to the next page with its list
