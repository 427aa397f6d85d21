"""Questions at the end of a section, room to answer them, and the answers: at the back, in place, or
nowhere.
"""

from collections.abc import Iterator, Sequence

from builders.fonts import Face
from builders.guide.answers import LETTERS, answer_texts
from builders.guide.balance import balance, share
from builders.guide.blocks import Block, Lead, Ruled, Text
from builders.guide.course import Course
from builders.guide.flow import Flow
from builders.guide.margin import Note, Piece
from builders.guide.notes import page_run
from builders.guide.page import Area, Mark, Page, Words
from builders.guide.prose import note_lines
from builders.guide.sentences import stop
from builders.outline import Question, Section
from builders.text.paragraph import Paragraph, Run, varied
from builders.text.tree import Node

HANG, BOX = 36.0, 9.4
FEWEST = {"short": 3, "source": 3, "essay": 6}
LINES = {"short": 4, "source": 5, "essay": 10}
WHOLE_PAGE = 60
SHORT = 4  # lines of an answer's paragraph that stays with the next


def set_questions(course: Course, flow: Flow, parent: Node, title: Block, section: Section) -> None:
    """Set a section's questions under their title; lines to write on take what the foot of a page leaves."""
    items = parent.add("L", attributes={"List": "/ListNumbering/Decimal"})
    asked = section.questions
    groups = [list(_question(course, items.add("LI"), question, i)) for i, question in enumerate(asked)]
    groups[0].insert(0, title)
    last = groups[-1][-1]
    if isinstance(last, Ruled) and asked[-1].kind == "essay":
        last.most = WHOLE_PAGE
    if any(isinstance(group[-1], Ruled) for group in groups):
        begins = share(groups, (flow.y, flow.gap, flow.at_top), flow.geometry)
    else:
        begins = balance(groups, _room(flow, title), flow.geometry.depth)
    for i, group in enumerate(groups):
        if i in begins:
            flow.new_page()
        flow.take(group, closer=False)  # their pages have been planned


def _room(flow: Flow, title: Block) -> float:
    """Return what the page has left for a title that begins on the grid, with the space above it."""
    return flow.room if flow.at_top else flow.geometry.bottom - flow.top(title) + title.before


def _question(course: Course, item: Node, question: Question, index: int) -> Iterator[Block]:
    look = course.type
    hang, width = _hang(course), course.page.text - _hang(course)
    number = item.add("Lbl")
    body = item.add("LBody")
    prompt = Paragraph(course.runs(question.prompt, look.prompt), look.prompt, width)
    words = body.add("P")  # read before what stands beside it
    aside = _aside(course, body, question)
    first = Text(
        prompt,
        words,
        0 if index == 0 else look.body.leading * (0.75 if course.teacher else 1),
        2 if course.teacher else 0,
        keep=True,
        indent=hang,
        mark=Mark(question.id, 0, 0),
        lead=_number(course, index + 1, number),
        orphans=9,
        snap=not (course.teacher or course.large),
    )
    if course.page.margin:
        first.notes = [(0, _as_note(aside))]
        yield first
    else:
        yield first
        yield from (Text(p, n, 0, 0, keep=True, indent=hang, snap=False) for p, n in aside)
    if question.options:
        yield from _options(course, body, question)
    if course.teacher:
        yield from _in_place(course, body, question)
    elif not question.options:
        count = LINES[question.kind] + (2 if course.worksheet else 0)
        most = WHOLE_PAGE if course.large else count + LINES[question.kind]

        def lines(fitting: int) -> Lead:
            return note_lines(course, fitting, left=hang)

        yield Ruled(count, FEWEST[question.kind], most, look.ruling, lines, look.body.leading)


def _hang(course: Course) -> float:
    return HANG if not course.large else 44.0


def _aside(course: Course, parent: Node, question: Question) -> list[tuple[Paragraph, Node]]:
    """Return what stands beside a question: its level, the document, and where the answer is."""
    look = course.type
    width = course.page.margin or course.page.text - _hang(course)
    style = look.small
    texts: list[list[Run]] = [[Run(course.word(f"level_{question.level}"), style.face)]]
    points = sum(c.points for c in question.rubric)
    if points:
        texts[0].append(Run(". " + course.word("points", n=points), style.face))
    if question.quote and question.quote in course.reachable:
        link = f"#{question.quote}"
        text = _unbroken(course.word("document_on", n="{n}"))
        texts.append([Run(text, style.face, look.colours.blue, link=link, page_of=question.quote)])
    if course.answers_at_back:
        key = f"answer:{question.id}"
        texts.append(
            [
                Run(
                    _unbroken(course.word("answer_on", n="{n}")),
                    style.face,
                    look.colours.blue,
                    link=f"#{key}",
                    page_of=key,
                )
            ]
        )
    if course.large:  # a line of its own for each would take too much of the page
        texts = [_in_one(texts, style.face)]
    return [(Paragraph(runs, style, width), parent.add("P")) for runs in texts]


def _unbroken(text: str) -> str:
    """Return words whose page number stays beside the word before it."""
    return text.replace(" {n}", "\u00a0{n}")


def _in_one(texts: Sequence[Sequence[Run]], face: Face) -> list[Run]:
    """Return texts as the sentences of one."""
    out = list(texts[0])
    for runs in texts[1:]:
        out += [Run(f"{stop(out[-1].text)} ", face), *runs]
    return out


def _as_note(parts: Sequence[tuple[Paragraph, Node]]) -> Note:
    return Note([Piece(paragraph, node) for paragraph, node in parts], pinned=True)


def _options(course: Course, body: Node, question: Question) -> Iterator[Block]:
    look = course.type
    hang, box = _hang(course), BOX * look.scale**0.5
    items = body.add("L", attributes={"List": "/ListNumbering/UpperAlpha"})
    inset = 36.0 * look.scale**0.5
    style = varied(look.body, align="left")
    last = len(question.options) - 1
    for k, option in enumerate(question.options):
        li = items.add("LI")
        letter = li.add("Lbl")
        shown = course.teacher and option.correct
        own = varied(style, face=look.prompt.face) if shown else style
        runs = course.as_runs(option.text, own)
        if shown:
            runs.append(Run(f"\u2002({course.word('right')})", look.strong.face, look.colours.red))
        paragraph = Paragraph(runs, own, course.page.text - hang - inset)

        def lead(
            page: Page, x: float, y: float, letter: Node = letter, k: int = k, shown: bool = shown
        ) -> None:
            left = x + hang
            fill = look.colours.red if shown else None
            page.items.append(
                Area(
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
                Words(LETTERS[k], left + box + 8.5, y, face, look.body.size * 0.95, look.colours.ink, letter)
            )

        space = 3.5 if k == 0 else 0
        yield Text(
            paragraph,
            li.add("LBody"),
            space,
            look.body.leading * (0.2 if course.teacher else 0.5) if k == last else 0,
            keep=k < last or (course.teacher and bool(question.why)),
            indent=hang + inset,
            lead=lead,
            snap=False,
            orphans=9,
        )


def _in_place(course: Course, body: Node, question: Question) -> Iterator[Block]:
    """Yield the answer below its question, for the teacher, beside a red rule."""
    look = course.type
    blocks = list(answer_texts(course, body, question, _hang(course) + 10))
    for i, block in enumerate(blocks):
        block.side = (look.colours.red, 1.5)
        block.side_at = _hang(course)
        block.keep = block.joined = i < len(blocks) - 1
        block.snap = False
        block.after = look.body.leading / 2 if i == len(blocks) - 1 else 0
        yield block


def answers(course: Course, parent: Node, section: Section) -> Iterator[Block]:
    """Yield a section's answers, each under its question's number."""
    look = course.type
    items = parent.add("L", attributes={"List": "/ListNumbering/Decimal"})
    for i, question in enumerate(section.questions):
        item = items.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        page = page_run(course, question.id)
        texts = list(answer_texts(course, body, question, _hang(course), page if course.large else None))
        if course.page.margin:
            back = Paragraph([page], look.small, course.page.margin)
            texts[0].notes = [(0, _as_note([(back, body.add("P"))]))]
        texts[0].mark = Mark(f"answer:{question.id}", 0, 0)
        texts[0].lead = _together(_number(course, i + 1, label), texts[0].lead)
        texts[0].before = look.body.leading / 2 if i else 0
        for text in texts:
            text.keep = text is not texts[-1] and len(text.paragraph.lines) <= SHORT
            yield text


def _together(first: Lead, second: Lead | None) -> Lead:
    """Return what draws both."""

    def lead(page: Page, x: float, y: float) -> None:
        for draw in (first, second):
            if draw:
                draw(page, x, y)

    return lead


def _number(course: Course, number: int, node: Node) -> Lead:
    """Return what draws a question's number in the hang."""
    look = course.type
    face, size = look.face("sans", "black"), 20.0 if course.large else 14.0

    def lead(page: Page, x: float, y: float) -> None:
        page.items.append(Words(str(number), x, y, face, size, look.colours.red, node))

    return lead
