"""Questions at the end of a section, room to answer them, and the answers: at the back, in place, or
nowhere.
"""

from collections.abc import Iterator, Sequence
from typing import assert_never

from builders.guide.answers import OPTION_LETTERS, make_answer_texts
from builders.guide.content import GuideContent
from builders.guide.flow import Flow
from builders.guide.flow_blocks import (
    DrawAt,
    FlowBlock,
    TextBlock,
    WritingLinesBlock,
)
from builders.guide.margin_layout import MarginNote, NoteParagraph
from builders.guide.margin_notes import make_page_link
from builders.guide.page_items import (
    GuidePage,
    PageDestination,
    PageRectangle,
    PageText,
)
from builders.guide.prose import make_writing_lines_drawing
from builders.guide.question_pages import balance_last_pages, share_writing_lines
from builders.guide.typography import find_missing_stop
from builders.outline.model import Question, Section
from builders.typesetting.fonts import Face
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import Paragraph, Run, varied

BOX = 9.4
LINES_OF_WHOLE_PAGE = 60
SHORT_PARAGRAPH = 4  # lines of an answer's paragraph that stays with the next


def set_questions(course: GuideContent, flow: Flow, parent: Node, title: FlowBlock, section: Section) -> None:
    """Set a section's questions under their title; lines to write on take what the foot of a page leaves."""
    items = parent.add("L", attributes={"List": "/ListNumbering/Decimal"})
    asked = section.questions
    groups = [list(_make_question(course, items.add("LI"), question, i)) for i, question in enumerate(asked)]
    groups[0].insert(0, title)
    last = groups[-1][-1]
    if isinstance(last, WritingLinesBlock) and asked[-1].kind == "essay":
        last.most = LINES_OF_WHOLE_PAGE
    if any(isinstance(group[-1], WritingLinesBlock) for group in groups):
        begins = share_writing_lines(groups, (flow.y, flow.gap, flow.at_top), flow.geometry)
    else:
        begins = balance_last_pages(groups, _measure_room(flow, title), flow.geometry.depth)
    for i, group in enumerate(groups):
        if i in begins:
            flow.begin_page()
        flow.place_blocks(group, closer=False)  # their pages have been planned


def _measure_room(flow: Flow, title: FlowBlock) -> float:
    """Return what the page has left for a title that begins on the grid, with the space above it."""
    return flow.room if flow.at_top else flow.geometry.bottom - flow.find_top(title) + title.before


def _make_question(course: GuideContent, item: Node, question: Question, index: int) -> Iterator[FlowBlock]:
    look, edition = course.type, course.edition
    in_place = edition.answers == "in place"
    hang = edition.print.question_hang
    width = course.page.text - hang
    number = item.add("Lbl")
    body = item.add("LBody")
    prompt = Paragraph(course.make_runs_or_text(question.prompt, look.prompt), look.prompt, width)
    words = body.add("P")  # read before what stands beside it
    aside = _make_aside(course, body, question)
    first = TextBlock(
        prompt,
        words,
        0 if index == 0 else look.body.leading * (0.75 if in_place else 1),
        2 if in_place else 0,
        keep=True,
        indent=hang,
        mark=PageDestination(question.id, 0, 0),
        lead=_make_number_drawing(course, index + 1, number),
        orphans=9,
        snap=edition.print.keeps_grid and not in_place,
    )
    if course.page.margin:
        first.notes = [(0, _make_note(aside))]
        yield first
    else:
        yield first
        yield from (TextBlock(p, n, 0, 0, keep=True, indent=hang, snap=False) for p, n in aside)
    if question.options:
        yield from _make_options(course, body, question)
    if in_place:
        yield from _make_answer_in_place(course, body, question)
        return
    if edition.writing is None:
        return
    more = edition.writing.more_for_answers
    match question.kind:
        case "choice":
            pass
        case "short":
            yield _make_writing_lines(course, 3, 4, more)
        case "source":
            yield _make_writing_lines(course, 3, 5, more)
        case "essay":
            yield _make_writing_lines(course, 6, 10, more)
        case _:
            assert_never(question.kind)


def _make_writing_lines(course: GuideContent, fewest: int, usual: int, more: int) -> WritingLinesBlock:
    """Return lines to write an answer on: `fewest` where a page is full, else `usual` and `more`."""
    look, hang = course.type, course.edition.print.question_hang
    count = usual + more
    most = LINES_OF_WHOLE_PAGE if course.edition.print.parts_blocks else count + usual

    def lines(fitting: int) -> DrawAt:
        return make_writing_lines_drawing(course, fitting, left=hang)

    return WritingLinesBlock(count, fewest, most, look.ruling, lines, look.body.leading)


def _make_aside(course: GuideContent, parent: Node, question: Question) -> list[tuple[Paragraph, Node]]:
    """Return what stands beside a question: its level, the document, and where the answer is."""
    look = course.type
    width = course.page.margin or course.page.text - course.edition.print.question_hang
    style = look.small
    texts: list[list[Run]] = [[Run(course.get_fixed_words(f"level_{question.level}"), style.face)]]
    points = sum(c.points for c in question.rubric)
    if points:
        texts[0].append(Run(". " + course.get_fixed_words("points", n=points), style.face))
    if question.quote and question.quote in course.reachable_ids:
        link = f"#{question.quote}"
        text = _bind_page_number(course.get_fixed_words("document_on", n="{n}"))
        texts.append([Run(text, style.face, look.colours.blue, link=link, page_of=question.quote)])
    if course.edition.answers == "at the back":
        key = f"answer:{question.id}"
        texts.append(
            [
                Run(
                    _bind_page_number(course.get_fixed_words("answer_on", n="{n}")),
                    style.face,
                    look.colours.blue,
                    link=f"#{key}",
                    page_of=key,
                )
            ]
        )
    if not course.page.margin:  # a line of its own for each would take too much of the page
        texts = [_join_sentences(texts, style.face)]
    return [(Paragraph(runs, style, width), parent.add("P")) for runs in texts]


def _bind_page_number(text: str) -> str:
    """Return words whose page number stays beside the word before it."""
    return text.replace(" {n}", "\u00a0{n}")


def _join_sentences(texts: Sequence[Sequence[Run]], face: Face) -> list[Run]:
    """Return texts as the sentences of one."""
    out = list(texts[0])
    for runs in texts[1:]:
        out += [Run(f"{find_missing_stop(out[-1].text)} ", face), *runs]
    return out


def _make_note(parts: Sequence[tuple[Paragraph, Node]]) -> MarginNote:
    return MarginNote([NoteParagraph(paragraph, node) for paragraph, node in parts], pinned=True)


def _make_options(course: GuideContent, body: Node, question: Question) -> Iterator[FlowBlock]:
    look = course.type
    in_place, hang = course.edition.answers == "in place", course.edition.print.question_hang
    box = BOX * look.scale**0.5
    items = body.add("L", attributes={"List": "/ListNumbering/UpperAlpha"})
    inset = 36.0 * look.scale**0.5
    style = varied(look.body, align="left")
    last = len(question.options) - 1
    for k, option in enumerate(question.options):
        li = items.add("LI")
        letter = li.add("Lbl")
        shown = in_place and option.correct
        own = varied(style, face=look.prompt.face) if shown else style
        runs = course.make_runs(option.text, own)
        if shown:
            runs.append(Run(f"\u2002({course.get_fixed_words('right')})", look.strong.face, look.colours.red))
        paragraph = Paragraph(runs, own, course.page.text - hang - inset)

        def lead(
            page: GuidePage, x: float, y: float, letter: Node = letter, k: int = k, shown: bool = shown
        ) -> None:
            left = x + hang
            fill = look.colours.red if shown else None
            page.items.append(
                PageRectangle(
                    left + 0.4,
                    y - box + 1.2,
                    box - 0.8,
                    box - 0.8,
                    fill=fill,
                    stroke=look.colours.ink,
                    line=0.7,
                )
            )
            face = look.strong.face
            page.items.append(
                PageText(
                    OPTION_LETTERS[k],
                    left + box + 8.5,
                    y,
                    face,
                    look.body.size * 0.95,
                    look.colours.ink,
                    letter,
                )
            )

        space = 3.5 if k == 0 else 0
        yield TextBlock(
            paragraph,
            li.add("LBody"),
            space,
            look.body.leading * (0.2 if in_place else 0.5) if k == last else 0,
            keep=k < last or (in_place and bool(question.why)),
            indent=hang + inset,
            lead=lead,
            snap=False,
            orphans=9,
        )


def _make_answer_in_place(course: GuideContent, body: Node, question: Question) -> Iterator[FlowBlock]:
    """Yield the answer below its question, for the teacher, beside a red rule."""
    look, hang = course.type, course.edition.print.question_hang
    blocks = list(make_answer_texts(course, body, question, hang + 10))
    for i, block in enumerate(blocks):
        block.side = (look.colours.red, 1.5)
        block.side_at = hang
        block.keep = block.joined = i < len(blocks) - 1
        block.snap = False
        block.after = look.body.leading / 2 if i == len(blocks) - 1 else 0
        yield block


def make_answers(course: GuideContent, parent: Node, section: Section) -> Iterator[FlowBlock]:
    """Yield a section's answers, each under its question's number."""
    look, hang = course.type, course.edition.print.question_hang
    items = parent.add("L", attributes={"List": "/ListNumbering/Decimal"})
    for i, question in enumerate(section.questions):
        item = items.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        page = make_page_link(course, question.id)
        texts = list(make_answer_texts(course, body, question, hang, None if course.page.margin else page))
        if course.page.margin:
            back = Paragraph([page], look.small, course.page.margin)
            texts[0].notes = [(0, _make_note([(back, body.add("P"))]))]
        texts[0].mark = PageDestination(f"answer:{question.id}", 0, 0)
        texts[0].lead = _join_drawings(_make_number_drawing(course, i + 1, label), texts[0].lead)
        texts[0].before = look.body.leading / 2 if i else 0
        for text in texts:
            text.keep = text is not texts[-1] and len(text.paragraph.lines) <= SHORT_PARAGRAPH
            yield text


def _join_drawings(first: DrawAt, second: DrawAt | None) -> DrawAt:
    """Return what draws both."""

    def lead(page: GuidePage, x: float, y: float) -> None:
        for draw in (first, second):
            if draw:
                draw(page, x, y)

    return lead


def _make_number_drawing(course: GuideContent, number: int, node: Node) -> DrawAt:
    """Return what draws a question's number in the hang."""
    look = course.type
    face, size = look.choose_face("sans", "black"), course.edition.print.question_number

    def lead(page: GuidePage, x: float, y: float) -> None:
        page.items.append(PageText(str(number), x, y, face, size, look.colours.red, node))

    return lead
