"""Blocks are of one kind, questions are whole, pictures can be read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import assert_never

from builders.core.diagnostics import (
    Fault,
    OutlineFaults,
    Path,
    suggest_nearest,
)
from builders.language import locales
from builders.outline.blocks import BLOCK_KINDS, Block, Image
from builders.outline.checks.tables_and_charts import check_chart, check_repeats, check_table
from builders.outline.model import Outline, Question
from builders.pictures import pictures


def check_shape(outline: Outline, root: FilePath) -> Iterator[Fault]:
    """Yield a fault for each block that is not of one kind, or whose table or chart is wrong; for each event
    in no lane, each question that lacks what its kind needs, each picture below the folder `root` that cannot
    be read, and each language without fixed words.
    """
    quotes = {
        block.id for section in outline.sections for block in section.blocks if block.quote and block.id
    }
    lanes = [lane.id for lane in outline.lanes]
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            yield from _check_block(block, ("sections", i, "blocks", j), root, outline.julian)
        for j, event in enumerate(section.events):
            if event.lane not in lanes:
                advice = suggest_nearest(event.lane, lanes) or "use one of " + ", ".join(lanes)
                yield Fault(f"there is no lane '{event.lane}'", advice, ("sections", i, "events", j, "lane"))
        for j, question in enumerate(section.questions):
            yield from _check_question(question, ("sections", i, "questions", j), quotes)
    yield from _check_languages(outline)


def _check_block(block: Block, path: Path, root: FilePath, julian: bool) -> Iterator[Fault]:
    kinds = [kind for kind, _ in block.list_contents()]
    if not kinds:
        yield Fault("the block is of no kind", "add one of " + ", ".join(BLOCK_KINDS), path)
    elif len(kinds) > 1:
        message = f"{' and '.join(kinds)} stand in one block"
        yield Fault(message, "start each block with its own `- `", (*path, kinds[1]))
    for content in block.list_contents():
        here = (*path, content[0])
        match content:
            case ("compare", table):
                yield from check_table(table, here, whole=False)
            case ("table", table):
                yield from check_table(table, here, whole=True)
            case ("chart", chart):
                yield from check_chart(chart, here, julian=julian)
            case ("image", image):
                yield from _check_image(image, root, here)
            case ("heading" | "text" | "points" | "quote" | "debate" | "map", _):
                pass  # whole as soon as their fields are, or checked in places_and_maps.py
            case _:
                assert_never(content)


def _check_question(question: Question, path: Path, quotes: set[str]) -> Iterator[Fault]:
    kind = question.kind
    yield from check_repeats(
        [option.text for option in question.options], path, "options", "text", "the option"
    )
    if question.options and kind != "choice":
        yield Fault(f"a question of kind {kind} has no options", "use `kind: choice`", (*path, "options"))
    match kind:
        case "choice":
            if len(question.options) < 2:
                yield Fault("a choice needs two options or more", "add them under `options`", path)
            elif not any(option.correct for option in question.options):
                yield Fault("no option is right", "mark one with `correct: true`", (*path, "options"))
        case "essay":
            if not question.rubric:
                yield Fault("an essay needs a rubric", "list its criteria and points under `rubric`", path)
        case "short" | "source":
            if question.answer is None:
                yield Fault("the model answer is missing", "write it under `answer`", path)
            if kind == "source" and question.quote is None:
                yield Fault("the document is missing", "give the id of a quote block under `quote`", path)
        case _:
            assert_never(kind)
    if question.quote is not None and question.quote not in quotes:
        known = sorted(quotes)
        advice = suggest_nearest(question.quote, known) or "give the quote block an `id`"
        yield Fault(f"there is no quotation '{question.quote}'", advice, (*path, "quote"))


def _check_languages(outline: Outline) -> Iterator[Fault]:
    """Yield a fault for each language that there are no fixed words for: nothing could be built in it."""
    for i, language in enumerate(outline.languages):
        try:
            locales.load_locale(language)
        except OutlineFaults as error:
            yield from (f if f.file else replace(f, path=("languages", i)) for f in error.faults)


def _check_image(image: Image, root: FilePath, path: Path) -> Iterator[Fault]:
    try:
        pictures.read_picture(root, image.file)
    except pictures.ImageFault as fault:
        message, _, advice = str(fault).partition("; ")
        yield Fault(message, advice, (*path, "file"))
