"""What spans fields: unique ids, references, dates that agree, blocks and questions that are whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from builders import dates, images, inline, walk
from builders.faults import Fault, Path, nearest
from builders.outline import BLOCK_KINDS, Block, Chart, Event, Outline, Question, Table


def check(outline: Outline, root: FilePath) -> list[Fault]:
    """Return every fault and warning of an outline whose fields are valid; images lie below `root`."""
    return [
        *_ids(outline),
        *_references(outline),
        *_people(outline),
        *_sections(outline),
        *_images(outline, root),
    ]


def _ids(outline: Outline) -> Iterator[Fault]:
    for names in (
        [(path, item.id) for path, item in walk.identified(outline)],
        [(("sources", i), source.id) for i, source in enumerate(outline.sources)],
        [(("languages", i), language) for i, language in enumerate(outline.languages)],
    ):
        first: dict[str, Path] = {}
        for path, name in names:
            if name in first:
                kind = str(first[name][-2])
                at = path if path[0] == "languages" else (*path, "id")
                yield Fault(f"'{name}' is taken already (in {kind})", "give each its own", at)
            first.setdefault(name, path)


@dataclass(frozen=True, slots=True)
class _Names:
    """What can be referred to, and what has been."""

    targets: frozenset[str]
    sources: frozenset[str]
    linked: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)


def _references(outline: Outline) -> Iterator[Fault]:
    """Check links and citations in every text, and that people, terms and sources are used."""
    targets = frozenset(item.id for _, item in walk.identified(outline))
    names = _Names(targets, frozenset(source.id for source in outline.sources))
    for path, _, text in walk.texts(outline):
        if "[" in text:
            yield from _in_text(text, path, names)
    for path, cites in _cites_fields(outline):
        yield from _cited(inline.cites(cites), path, names)
    for group in ("people", "terms"):
        for i, item in enumerate(getattr(outline, group)):
            if item.id not in names.linked:
                advice = f"link it from a text, [words](#{item.id}), or remove it"
                yield Fault(f"'{item.id}' is never linked", advice, (group, i, "id"), severity="warning")
    for i, source in enumerate(outline.sources):
        if source.id not in names.cited:
            advice = f"cite it, [@{source.id}], or remove it"
            yield Fault(
                f"source '{source.id}' is never cited", advice, ("sources", i, "id"), severity="warning"
            )


def _in_text(text: str, path: Path, names: _Names) -> Iterator[Fault]:
    try:
        paragraphs = inline.parse(text)
    except inline.CiteFault as fault:
        message, _, advice = str(fault).partition("; ")
        yield Fault(message, advice, path)
        return
    for run in (run for paragraph in paragraphs for run in paragraph):
        yield from _cited(run.cites, path, names)
        if run.link is not None:
            names.linked.add(run.link[1:])
            yield from _link(run.link, names.targets, path)


def _cited(cites: Sequence[inline.Cite], path: Path, names: _Names) -> Iterator[Fault]:
    for cite in cites:
        names.cited.add(cite.source)
        yield from _known(cite.source, names.sources, path, "source")


def _link(link: str, targets: frozenset[str], path: Path) -> Iterator[Fault]:
    if link.startswith("#"):
        yield from _known(link[1:], targets, path, "id")
    elif not link.startswith(("https://", "http://", "mailto:")):
        advice = "write #id for something in the outline, or an address that starts with https://"
        yield Fault(f"the link leads nowhere: '{link[:60]}'", advice, path)


def _known(name: str, known: frozenset[str], path: Path, what: str) -> Iterator[Fault]:
    if name not in known:
        advice = nearest(name, sorted(known)) or f"add the {what}, or correct the reference"
        yield Fault(f"there is no {what} '{name}'", advice, path)


def _cites_fields(outline: Outline) -> Iterator[tuple[Path, str]]:
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            for kind in ("compare", "table", "chart", "quote", "debate"):
                content = getattr(block, kind)
                if content is not None and content.source is not None:
                    yield ("sections", i, "blocks", j, kind, "source"), content.source


def _people(outline: Outline) -> Iterator[Fault]:
    for i, person in enumerate(outline.people):
        if person.born and person.died and person.died.last < person.born.first:
            yield Fault(
                "the death stands before the birth", "correct one of the dates", ("people", i, "died")
            )


def _sections(outline: Outline) -> Iterator[Fault]:
    quotes = {
        block.id for section in outline.sections for block in section.blocks if block.quote and block.id
    }
    lanes = [lane.id for lane in outline.lanes]
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            yield from _block(block, ("sections", i, "blocks", j))
        for j, event in enumerate(section.events):
            yield from _event(event, ("sections", i, "events", j), lanes, outline.calendar_reform)
        for j, question in enumerate(section.questions):
            yield from _question(question, ("sections", i, "questions", j), quotes)


def _block(block: Block, path: Path) -> Iterator[Fault]:
    kinds = [kind for kind in BLOCK_KINDS if getattr(block, kind) is not None]
    if not kinds:
        yield Fault("the block is of no kind", "add one of " + ", ".join(BLOCK_KINDS), path)
    elif len(kinds) > 1:
        message = f"{' and '.join(kinds)} stand in one block"
        yield Fault(message, "start each block with its own `- `", (*path, kinds[1]))
    for kind in ("compare", "table"):
        table: Table | None = getattr(block, kind)
        if table is not None:
            yield from _row_lengths([row.cells for row in table.rows], len(table.columns), (*path, kind))
    if block.chart is not None:
        chart, here = block.chart, (*path, "chart")
        yield from _row_lengths([row.cells for row in chart.rows], max(len(chart.columns), 1), here)
        yield from _chart(chart, here)
    if block.quote is not None:
        yield from _old_style(block.quote.date, block.quote.old_style, (*path, "quote", "old_style"))


def _row_lengths(rows: Sequence[tuple[object, ...]], columns: int, path: Path) -> Iterator[Fault]:
    for i, cells in enumerate(rows):
        if len(cells) != columns:
            message = f"the row has {len(cells)} cells, and there are {columns} columns"
            yield Fault(message, "give one cell to each column", (*path, "rows", i, "cells"))


def _chart(chart: Chart, path: Path) -> Iterator[Fault]:
    for i, row in enumerate(chart.rows):
        for j, cell in enumerate(row.cells):
            here = (*path, "rows", i, "cells", j)
            if cell is None:
                continue
            if isinstance(cell, tuple) and chart.kind != "range":
                yield Fault(
                    f"a {chart.kind} chart has one number here", "write a number, or use `kind: range`", here
                )
            elif not isinstance(cell, tuple) and chart.kind == "range":
                yield Fault("a range chart has two numbers here", "write [low, high]", here)
            elif not isinstance(cell, tuple) and chart.kind == "share" and cell < 0:
                yield Fault("a share is less than nothing", "write a number of 0 or more", here)
        if chart.kind == "line":
            yield from _moment(row.head, (*path, "rows", i, "head"))
    if chart.kind == "share" and len(chart.columns) > 1:
        yield Fault("a share chart has one series", "use `kind: bar`", (*path, "columns"))


def _moment(head: object, path: Path) -> Iterator[Fault]:
    text = next(iter(head.values())) if isinstance(head, dict) else ""
    try:
        dates.parse(text)
    except dates.DateFault as fault:
        yield Fault("a line chart runs over time", str(fault).partition("; ")[2], path)


def _event(event: Event, path: Path, lanes: list[str], reform: dates.Date | None) -> Iterator[Fault]:
    if event.lane not in lanes:
        advice = nearest(event.lane, lanes) or "use one of " + ", ".join(lanes)
        yield Fault(f"there is no lane '{event.lane}'", advice, (*path, "lane"))
    if event.old_style is None:
        return
    if reform is not None and event.date.first > reform.first:
        advice = "remove `old_style`, or correct the date"
        yield Fault(f"the new calendar was in force since {reform.edtf}", advice, (*path, "old_style"))
    yield from _old_style(event.date, event.old_style, (*path, "old_style"))


def _old_style(date: dates.Date | None, old: dates.Date | None, path: Path) -> Iterator[Fault]:
    if old is None:
        return
    if date is None:
        yield Fault("the Gregorian date is missing", "add `date`", path)
    elif not dates.old_style_agrees(date, old):
        right = dates.old_style_of(date)
        advice = f"in the Julian calendar it is {right}" if right else "give both as exactly"
        yield Fault(f"{old.edtf} (Julian) is not {date.edtf} (Gregorian)", advice, path)


def _question(question: Question, path: Path, quotes: set[str]) -> Iterator[Fault]:
    kind = question.kind
    if kind == "choice":
        if len(question.options) < 2:
            yield Fault("a choice needs two options or more", "add them under `options`", path)
        elif not any(option.correct for option in question.options):
            yield Fault("no option is right", "mark one with `correct: true`", (*path, "options"))
    elif question.options:
        yield Fault(f"a question of kind {kind} has no options", "use `kind: choice`", (*path, "options"))
    if kind == "essay" and not question.rubric:
        yield Fault("an essay needs a rubric", "list its criteria and points under `rubric`", path)
    if kind in ("short", "source") and question.answer is None:
        yield Fault("the model answer is missing", "write it under `answer`", path)
    if kind == "source" and question.quote is None:
        yield Fault("the document is missing", "give the id of a quote block under `quote`", path)
    elif question.quote is not None and question.quote not in quotes:
        known = sorted(quotes)
        advice = nearest(question.quote, known) or "give the quote block an `id`"
        yield Fault(f"there is no quotation '{question.quote}'", advice, (*path, "quote"))


def _images(outline: Outline, root: FilePath) -> Iterator[Fault]:
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            if block.image is not None:
                try:
                    images.read(root, block.image.file)
                except images.ImageFault as fault:
                    message, _, advice = str(fault).partition("; ")
                    yield Fault(message, advice, ("sections", i, "blocks", j, "image", "file"))
