"""Check questions, and on the next slide their answers: options with lettered tiles, texts, rubrics."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from builders.deck.course import Course
from builders.deck.cutting import sentences, tied
from builders.deck.evidence import quote_paragraphs
from builders.deck.fit import Room, evened, fit, largest, settled
from builders.deck.geometry import Place
from builders.deck.lines import height
from builders.deck.notes import Speech, speech
from builders.deck.points import aside_items, bullets, low_aside
from builders.deck.sheets import Runs, Topic, flow, slides, title_box
from builders.deck.slides import Box, Frame, Item, Paragraph, Run, Shape, Slide
from builders.deck.tables import rubric_slides
from builders.outline import Question

LETTERS = "ABCDEFGH"
TILE = 40.3  # pt (0.56 inch)
GAP = 21.6  # pt between options (pitch 0.86 inch)
LEAST_GAP = 12.0
LEAST_SOURCE = 24.0  # pt: the height of who said a quotation and where, in one line


def question_slides(topic: Topic, question: Question, number: int) -> list[Slide]:
    """Return the question's slides and its answer's. `number` counts the course's questions from 1."""
    course = topic.course
    ask = replace(
        topic,
        title=(Run(course.say("question_title", n=number)),),
        layout=course.page.layouts["question"],
        spoken=replace(speech(course, ask=[question.prompt]), minutes=2 if question.kind == "choice" else 5),
    )
    tell = replace(ask, key=f"{topic.key}/answer", title=(Run(course.say("answer_title", n=number)),))
    if question.kind == "choice":
        return _choice(ask, question) + _choice_answer(tell, question, ask.title)
    return _open(ask, question) + _open_answer(tell, question, ask.title)


def _choice(topic: Topic, question: Question) -> list[Slide]:
    return slides(topic, _option_parts(topic, question, answered=False, beside=[]))


def _choice_answer(topic: Topic, question: Question, asked: Runs) -> list[Slide]:
    course = topic.course
    right = [LETTERS[i] for i, option in enumerate(question.options) if option.correct]
    verdict = course.say("answer_is", letters=", ".join(right))
    topic = replace(
        topic, layout=course.page.layouts["answer"], spoken=speech(course, [question.why], extra=[verdict])
    )
    why = [Paragraph(tied(runs)) for runs in course.prose(question.why)] if question.why else []
    beside = [Paragraph((Run(verdict, bold=True, colour="red"),), after=0.2), *why]
    whole = next(text for text in (beside, beside[:1], []) if _stands(topic, question, text))
    made = slides(topic, _option_parts(topic, question, answered=True, beside=whole))
    if len(whole) < len(beside) and why:  # the reasons are too long for the aside: a slide of their own
        reasons = replace(
            topic,
            key=f"{topic.key}/why",
            layout=course.page.layouts["points"],
            title=(*asked, Run(course.locale.label("", course.say("reasons")))),
        )
        made += flow(reasons, "body", bullets(s.runs for p in why for s in sentences(p)))
    return made


def _stands(topic: Topic, question: Question, beside: Sequence[Paragraph]) -> bool:
    """Tell whether an aside has room: beside the options, or on 4:3 below all of them."""
    if not beside:
        return True
    if topic.course.page.wide:
        room = topic.layout.places["aside"].room(_aside_push(topic, question, topic.lowered))
        return largest(beside, room) is not None
    return len(_option_parts(topic, question, answered=True, beside=beside)) == 1


def _option_parts(
    topic: Topic, question: Question, answered: bool, beside: Sequence[Paragraph]
) -> list[Callable[[float], Sequence[Item]]]:
    """Return one part, or several if the options need more room than a slide has."""
    _, _, top = _prompt(topic, question, topic.lowered)
    place = topic.layout.places["option1"]
    least = max(place.least, 18)
    foot = topic.course.page.foot
    if beside and not topic.course.page.wide:
        foot -= low_aside(topic, beside)[0]
    for points in range(int(place.size), int(least) - 1, -1):
        highs = _option_heights(topic.course, question, place, points)
        for gap in (GAP, LEAST_GAP):
            if top + sum(highs) + gap * (len(highs) - 1) <= foot:
                rows = list(range(len(highs)))
                return [partial(_options, topic, question, rows, points, gap, answered, beside)]
    highs = _option_heights(topic.course, question, place, least)
    groups: list[list[int]] = [[]]
    used = 0.0
    for i, own in enumerate(highs):
        if groups[-1] and top + used + own > foot:
            groups.append([])
            used = 0.0
        groups[-1].append(i)
        used += own + LEAST_GAP
    return [partial(_options, topic, question, rows, least, LEAST_GAP, answered, beside) for rows in groups]


def _options(
    topic: Topic,
    question: Question,
    rows: Sequence[int],
    size: float,
    gap: float,
    answered: bool,
    beside: Sequence[Paragraph],
    lowered: float,
) -> list[Item]:
    course = topic.course
    prompt, _, y = _prompt(topic, question, lowered)
    place = topic.layout.places["option1"]
    out: list[Item] = [prompt]
    highs = _option_heights(course, question, place, size)
    for seat, i in enumerate(rows):
        option, own = question.options[i], highs[i]
        right = answered and option.correct
        colour = "ink" if right or not answered else "ink2"
        tile = Shape(
            Frame(course.page.left, y + (own - TILE) / 2, TILE, TILE),
            fill="red" if right else "white",
            line="red" if right else "rule" if answered else "ink",
            weight=1.5,
            text=LETTERS[i],
            size=20,
            text_colour="white" if right else colour,
            name=LETTERS[i],
            decorative=False,
        )
        runs = (
            tuple(replace(run, bold=True) for run in course.line(option.text))
            if right
            else course.line(option.text)
        )
        key = f"option{seat + 1}" if seat < 4 else None
        frame = Frame(place.frame.x, y, place.frame.w, own)
        out += [tile, Box(frame, (Paragraph(runs),), size, key, colour=colour, anchor="ctr", name=LETTERS[i])]
        y += own + gap
    if not beside:
        return out
    if not course.page.wide:
        return [*out, *low_aside(topic, beside)[1]]
    return [*out, *aside_items(topic, beside, _aside_push(topic, question, lowered))]


def _aside_push(topic: Topic, question: Question, lowered: float) -> float:
    """Return by how much title and prompt push down an aside that stands beside the options."""
    _, _, top = _prompt(topic, question, lowered)
    return max(lowered, top - topic.layout.places["aside"].frame.y)


def _option_heights(course: Course, question: Question, place: Place, size: float) -> list[float]:
    """Return each option's height, measured bold so that question and answer slides agree."""
    return [
        max(TILE, height([Paragraph(course.line(option.text))], size, place.frame.w, bold=True))
        for option in question.options
    ]


def _prompt(topic: Topic, question: Question, lowered: float) -> tuple[Box, float, float]:
    """Return the prompt's box, its size, and where what follows may begin."""
    place = topic.layout.places["prompt"]
    paragraphs = (Paragraph(topic.course.line(question.prompt)),)
    size, wide = largest(paragraphs, place.room()) or place.least, place.frame.w
    if topic.course.page.wide:
        wide = evened(paragraphs, place.room(), size)
    else:  # 4:3 has no height to spare
        size = settled(paragraphs, place.room(), size)
    high = height(paragraphs, size, wide)
    y = place.frame.y + lowered
    own = max(high, place.frame.h) if topic.course.page.wide else high
    return (
        Box(replace(place.frame, y=y, w=wide, h=own), paragraphs, size, "prompt"),
        size,
        y + max(own + 12, high + 24),
    )


def _open(topic: Topic, question: Question) -> list[Slide]:
    """Return the slide of a question without options; one about a document shows the document."""
    course = topic.course
    block = course.blocks.get(question.quote or "")
    quote = block.quote if block else None
    if quote is None:
        return slides(topic, [lambda lowered: [_prompt(topic, question, lowered)[0]]])
    _, _, top = _prompt(topic, question, topic.lowered)
    main, _, by = quote_paragraphs(course, quote)
    left, width = course.page.left + 36, course.page.full - 72
    one_line = Room(width, LEAST_SOURCE, 18, 16, bold=True)
    foot = largest(by, one_line) or largest(by, replace(one_line, h=2 * LEAST_SOURCE))
    by_high = max(LEAST_SOURCE, height(by, foot, width, True)) if foot else 0.0
    size = largest(main, Room(width, course.page.foot - top - 10 - by_high, 24, 18))

    def items(lowered: float) -> list[Item]:
        box, _, y = _prompt(topic, question, lowered)
        if size is None or foot is None:
            return [box]
        high = height(main, size, width)
        return [
            box,
            Shape(Frame(course.page.left, y + 4, 6, high + 2 + by_high), fill="hue", name="Bar"),
            Box(Frame(left, y, width, high), tuple(main), size, name=course.words(quote.document)),
            Box(
                Frame(left, y + high + 8, width, by_high),
                tuple(by),
                foot,
                bold=True,
                colour="ink2",
                name=course.say("source"),
            ),
        ]

    return slides(topic, [items])


def _below_prompt(topic: Topic, question: Question, paragraphs: Sequence[Paragraph]) -> list[Slide]:
    """Return slides that repeat the prompt above an answer."""
    place = topic.layout.places["answer"]
    _, _, top = _prompt(topic, question, title_box(topic.layout, topic.title, "(8/8)")[1])
    fitted = fit(paragraphs, replace(place.room(), h=topic.course.page.foot - top))

    def part(text: tuple[Paragraph, ...]) -> Callable[[float], Sequence[Item]]:
        def items(lowered: float) -> list[Item]:
            box, _, y = _prompt(topic, question, lowered)
            return [
                box,
                Box(replace(place.frame, y=y, h=topic.course.page.foot - y), text, fitted.size, place.key),
            ]

        return items

    return slides(topic, [part(text) for text in fitted.parts])


def _open_answer(topic: Topic, question: Question, asked: Runs) -> list[Slide]:
    """Return the model answer's slides, then the rubric's."""
    course = topic.course
    out: list[Slide] = []
    if question.answer:
        spoken = speech(course, [question.answer])
        topic = replace(topic, spoken=spoken, layout=course.page.layouts["answer"])
        runs = course.prose(question.answer)
        out += _below_prompt(topic, question, bullets(s.runs for r in runs for s in sentences(Paragraph(r))))
    if question.rubric:
        title = (*asked, Run(course.locale.label("", course.say("rubric")))) if out else topic.title
        spoken = Speech(
            tuple(
                (Run(course.locale.label(course.words(line.criterion), str(line.points))),)
                for line in question.rubric
            )
        )
        out += rubric_slides(replace(topic, key=f"{topic.key}/rubric", title=title, spoken=spoken), question)
    return out
