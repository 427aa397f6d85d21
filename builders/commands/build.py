"""`build`: outlines to documents, whole or not at all, with a closing table."""

import argparse
import io
import json
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from builders import collector, files, theme
from builders.cli import FAULTS, Usage
from builders.commands import places, wishes
from builders.commands.report import as_json, lines, table
from builders.content import content_of
from builders.faults import Fault, OutlineFaults, TemplateFaults
from builders.glyphs import missing_glyphs
from builders.jobs import Pool, make
from builders.load import Loaded, load
from builders.memory import Job, Made, Memory
from builders.options import Options
from builders.registry import BUILDERS

MOST_TEMPLATE = 100 * 1024 * 1024  # bytes
EDITIONS = ("study", "worksheet", "teacher", "large-print")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("what", nargs="*", metavar="WHAT", help=f"{', '.join(BUILDERS)} (default: all)")
    places.add_outline(parser)
    add("--lang", action="append", metavar="LANG", help="only this language; may be repeated")
    add("--edition", choices=EDITIONS, help="of the guide (default: study and teacher)")
    add(
        "--paper",
        type=str.lower,
        choices=("a4", "letter"),
        help="guide's pages and poster's sheets (default: a4)",
    )
    add("--section", metavar="ID", help="guide and deck of that section alone")
    add("--grey", action="store_true", help="for black-and-white printers")
    add("--booklet", action="store_true", help="guide imposed for folding")
    add("--ratio", choices=("16:9", "4:3"), help="of the slides (default: 16:9)")
    add("--no-questions", action="store_true", help="deck without questions and answers")
    add("--template", metavar="FILE", type=Path, help="a school's own .pptx")
    add("--theme", metavar="FILE", type=Path, help="a school's own colours and sizes")
    sizes = ("a0", "a1", "a2", "a3", "tabloid")
    add("--size", type=str.lower, choices=sizes, help="of the poster (default: a2)")
    add("--portrait", action="store_true", help="poster upright")
    add("--bleed", action="store_true", help="poster with bleed and crop marks for a print shop")
    add("--proof", action="store_true", help="poster in pure black and white")
    add("--output", metavar="FOLDER", type=Path, help="default: output/")
    add("--allow-missing", action="store_true", help="let texts fall back to another language")
    add("--json", action="store_true", help="print the closing table as JSON")


@dataclass(frozen=True, slots=True)
class Result:
    """What building one outline gave: the files, or the faults that stopped it."""

    path: Path
    made: tuple[tuple[Path, Made], ...]
    faults: tuple[Fault, ...]

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(fault.severity == "error" for fault in self.faults)


def run(options: argparse.Namespace) -> int:
    """Build each outline; return 1 where one has faults."""
    wishes.hold(options)
    with collector.paused():
        results = _results(options)
    tell(results, options)
    return FAULTS if any(result.failed for result in results) else 0


class Unfit(Usage):
    """An outline that lacks the language or the section that was asked for."""


def _results(options: argparse.Namespace) -> list[Result]:
    """Build each outline that has what was asked for; where none has, that is wrong usage."""
    results, unfit = [], []
    for path in places.outlines(options):
        try:
            results.append(build(path, options))
        except Unfit as error:
            unfit.append(error)
    if unfit and not results:
        raise unfit[0]
    return results


def build(path: Path, options: argparse.Namespace, pool: Pool | None = None) -> Result:
    """Build the outline at `path`, on a pool that is kept if there is one, and write what was made."""
    try:
        loaded = load(path, allow_missing=options.allow_missing)
    except OutlineFaults as error:
        return Result(path, (), error.faults)
    jobs = _jobs(path, loaded, options)
    if any(job.builder != "deck" for job in jobs):
        missing = missing_glyphs(loaded.outline, {job.options.lang for job in jobs if job.builder != "deck"})
        if missing:
            return Result(path, (), tuple(loaded.source.placed([*missing, *loaded.warnings])))
    folder = (options.output or places.home() / "output") / places.name(path)
    memory = Memory.read(folder, loaded.source.values, loaded.outline.languages)
    try:
        made = make(loaded.outline, jobs, memory, pool, _progress if sys.stderr.isatty() else None)
    except TemplateFaults as error:
        raise Usage("\n".join(lines(options.template, error.faults))) from None
    except OutlineFaults as error:
        return Result(path, (), tuple(loaded.source.placed(error.faults)))
    placed = [(folder / one.job.options.lang / one.artifact.name, one) for one in made]
    for target, one in placed:
        files.write_whole(target, one.artifact.data)
    memory.write(made)
    return Result(path, tuple(placed), loaded.warnings)


def _jobs(path: Path, loaded: Loaded, options: argparse.Namespace) -> list[Job]:
    """Return the builds that were asked for: each language, each builder, the guide in each edition."""
    outline = loaded.outline
    for language in options.lang or ():
        if language not in outline.languages:
            raise Unfit(f"{path} is not in '{language}'; it is in {', '.join(outline.languages)}")
    if options.section and options.section not in [section.id for section in outline.sections]:
        known = ", ".join(section.id for section in outline.sections)
        raise Unfit(f"{path} has no section '{options.section}'; it has {known}")
    common = _options(path, options)
    jobs = []
    for language in options.lang or outline.languages:
        for name in options.what or BUILDERS:
            if name == "poster" and options.section:
                continue
            editions = [options.edition] if options.edition else ["study", "teacher"]
            for edition in editions if name == "guide" else ["study"]:
                jobs.append(Job(name, replace(common, lang=language, edition=edition)))
    return jobs


def look(file: Path | None) -> theme.Theme:
    """Return the theme of a file, or the shipped one. Raises Usage where the file has faults."""
    if file is None:
        return theme.shipped()
    with places.asked_for(file):
        return theme.load(file)


def _options(path: Path, options: argparse.Namespace) -> Options:
    return Options(
        lang="",
        theme=look(options.theme),
        root=path.parent.resolve(),
        paper=options.paper or "a4",
        grey=options.grey,
        booklet=options.booklet,
        section=options.section,
        ratio=options.ratio or "16:9",
        no_questions=options.no_questions,
        template=_template(options.template) if options.template else None,
        poster_size=options.size or "a2",
        portrait=options.portrait,
        bleed=options.bleed,
        proof=options.proof,
    )


def _template(file: Path) -> bytes:
    with places.asked_for(file):
        content = content_of(file, MOST_TEMPLATE)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise Usage(f"{file} is not a .pptx; save the template as a PowerPoint presentation")
    return content


def _progress(done: int, total: int, what: str) -> None:
    end = "\n" if done == total else ""
    print(f"\r\033[K{done} of {total} built: {what}", end=end, file=sys.stderr, flush=True)


def tell(results: list[Result], options: argparse.Namespace) -> None:
    """Print the faults and the closing table, or both as JSON."""
    if options.json:
        print(json.dumps(_as_json(results), indent=2))
        return
    for result in results:
        for line in lines(result.path, result.faults):
            print(line, file=sys.stderr)
        for target, made in result.made:
            for warning in made.artifact.warnings:
                print(f"{target}: warning: {warning}", file=sys.stderr)
    rows = [row for result in results for row in _rows(result)]
    if rows:
        print(table(("file", "length", "size", "seconds", "warnings"), rows))


def _rows(result: Result) -> list[tuple[str, ...]]:
    """Return a row for each file that was made; before them one for the outline, if it is warned of."""
    rows = [_row(target, made) for target, made in result.made]
    if rows and result.faults:
        rows.insert(0, (shown(result.path.resolve()), "outline", "", "", str(len(result.faults))))
    return rows


def _row(target: Path, made: Made) -> tuple[str, ...]:
    artifact = made.artifact
    return (
        shown(target),
        f"{artifact.count} {artifact.unit}",
        f"{len(artifact.data) / 1000:,.0f} kB",
        "unchanged" if made.seconds is None else f"{made.seconds:.2f}",
        str(len(artifact.warnings)),
    )


def shown(target: Path) -> str:
    """Return a file as a reader would name it: from here, where it lies below."""
    here = Path.cwd()
    return str(target.relative_to(here) if target.is_relative_to(here) else target)


def _as_json(results: list[Result]) -> dict[str, object]:
    return {
        "files": [
            {
                "path": str(target),
                "count": made.artifact.count,
                "unit": made.artifact.unit,
                "bytes": len(made.artifact.data),
                "seconds": made.seconds,
                "warnings": list(made.artifact.warnings),
            }
            for result in results
            for target, made in result.made
        ],
        "faults": [row for result in results for row in as_json(result.path, result.faults)],
    }
