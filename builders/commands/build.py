"""`build`: outlines to documents, whole or not at all, with a closing table."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from builders.build.build_record import BuildMemory, Job, MadeDocument
from builders.build.builder import pause_collector
from builders.build.jobs import WorkerPool, run_jobs
from builders.build.registry import BUILDERS, load_builder
from builders.commands import builder_options, locations
from builders.commands.report import is_terminal, make_json_faults, write_fault_lines, write_table
from builders.core import files
from builders.core.diagnostics import (
    EXIT_FAULTS,
    Fault,
    OutlineFaults,
    TemplateFaults,
    UsageError,
    sort_faults,
)
from builders.outline.checks.printing import find_missing_glyphs
from builders.outline.load import LoadedOutline, load_outline
from builders.theme import theme


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options, and those that the builders ask for."""
    add = parser.add_argument
    add("what", nargs="*", metavar="WHAT", help=f"{', '.join(BUILDERS)} (default: all), or outline files")
    locations.add_outline_option(parser)
    add("--lang", action="append", metavar="LANG", help="only this language; may be repeated")
    builder_options.add_to(parser)
    add("--theme", metavar="FILE", type=Path, help="a school's own colours and sizes")
    add("--output", metavar="FOLDER", type=Path, help="default: output/")
    add("--force", action="store_true", help="replace documents that were edited by hand, too")
    add("--allow-missing", action="store_true", help="let texts fall back to another language")
    add("--json", action="store_true", help="print the closing table as JSON")


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What building one outline gave: the files, or the faults that stopped it."""

    path: Path
    made: tuple[tuple[Path, MadeDocument], ...]
    faults: tuple[Fault, ...]

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(fault.severity == "error" for fault in self.faults)


def run(options: argparse.Namespace) -> int:
    """Build each outline; return 1 where one has faults."""
    builder_options.check(options)
    with pause_collector():
        results = _build_all(options)
    print_results(results, options)
    return EXIT_FAULTS if any(result.failed for result in results) else 0


class UnfitOutline(UsageError):
    """An outline that lacks the language or the section that was asked for."""


def _build_all(options: argparse.Namespace) -> list[BuildResult]:
    """Build each outline that has what was asked for; where none has, that is wrong usage."""
    results, unfit = [], []
    paths = locations.list_outlines(options)
    locations.check_folder_names(paths)
    for path in paths:
        try:
            results.append(build_outline(path, options))
        except UnfitOutline as error:
            unfit.append(error)
    if unfit and not results:
        raise unfit[0]
    return results


def build_outline(path: Path, options: argparse.Namespace, pool: WorkerPool | None = None) -> BuildResult:
    """Build the outline at `path`, on a pool that is kept if there is one, and write what was made."""
    try:
        loaded = load_outline(path, allow_missing=options.allow_missing, only=options.lang or ())
    except OutlineFaults as error:
        return BuildResult(path, (), error.faults)
    jobs = _list_jobs(path, loaded, options)
    embedding = {job.options.lang for job in jobs if load_builder(job.builder).embeds_faces}
    if missing := find_missing_glyphs(loaded.outline, embedding):
        return BuildResult(path, (), tuple(loaded.source.place_faults([*missing, *loaded.warnings])))
    folder = (options.output or locations.find_home() / "output") / locations.name_output_folder(path)
    memory = BuildMemory.read_folder(folder, loaded.source.values, loaded.outline.languages)
    if (other := memory.find_other_outline(path)) and not options.force:
        advice = f"{locations.ADVICE_ON_NAMES}; --force replaces them"
        raise UsageError(f"{path}: {folder} holds the documents of {other}; {advice}")
    made, failed = run_jobs(
        loaded.outline, jobs, memory, pool, _print_progress if is_terminal(sys.stderr) else None
    )
    if template := next((error for error in failed if isinstance(error, TemplateFaults)), None):
        raise UsageError("\n".join(write_fault_lines(options.template, template.faults)))
    found = [fault for error in failed for fault in error.faults]
    placed = [(folder / one.job.options.lang / one.artifact.name, one) for one in made]
    for below in {target.parent for target, _ in placed}:
        files.remove_unfinished_files(below)
    kept = _write_documents(path, placed, memory, force=options.force)
    faults = sort_faults([*loaded.source.place_faults(found), *loaded.warnings]) if found else loaded.warnings
    return BuildResult(path, tuple(placed), (*faults, *kept))


def _write_documents(
    path: Path, placed: Sequence[tuple[Path, MadeDocument]], memory: BuildMemory, *, force: bool
) -> list[Fault]:
    """Write each document; return a warning for each file that was kept beside it, changed by hand.

    One that cannot be written stops no other. Raises UnwritableFile at the end, of all that could not.
    """
    warnings, written, failed = [], [], []
    for target, one in placed:
        try:
            content = one.artifact.data
            edited = target.is_file() and target.read_bytes() != content and not memory.has_written(target)
            kept = files.name_edited_file(target) if edited and not force else None
            files.write_file(target, content, kept)
        except files.UnwritableFile as error:
            failed.append(str(error))
        except OSError as error:
            failed.append(f"{target}: cannot be read ({error.strerror}); check its permissions")
        else:
            written.append(one)
            if kept:
                message = f"the file was changed by hand, and is kept as '{kept.name}'"
                file = str(locations.shorten_path(target))
                warnings.append(Fault(message, "--force replaces it", file=file, severity="warning"))
    memory.write_hashes(written, path)
    if failed:
        said = [fault.format_in_file("") for fault in warnings]
        raise files.UnwritableFile("\n".join([*said, *failed]))
    return warnings


def _list_jobs(path: Path, loaded: LoadedOutline, options: argparse.Namespace) -> list[Job]:
    """Return the builds that were asked for: each language, each builder, the guide in each edition."""
    outline = loaded.outline
    for language in options.lang or ():
        if language not in outline.languages:
            advice = f"it is in {', '.join(outline.languages)}"
            if "," in language:
                each = " ".join(f"--lang {tag}" for tag in language.split(","))
                advice = f"repeat the option for each: {each}"
            raise UnfitOutline(f"{path} is not in '{language}'; {advice}")
    if options.section and options.section not in [section.id for section in outline.sections]:
        known = ", ".join(section.id for section in outline.sections)
        raise UnfitOutline(f"{path} has no section '{options.section}'; it has {known}")
    asked = builder_options.read(options, theme=read_theme(options.theme), root=path.parent.resolve())
    return [
        Job(name, replace(variant, lang=language))
        for language in options.lang or outline.languages
        for name in options.what or BUILDERS
        for variant in asked[name]
    ]


def read_theme(file: Path | None) -> theme.Theme:
    """Return the theme of a file, or the shipped one. Raises UsageError where the file has faults."""
    if file is None:
        return theme.load_shipped_theme()
    with locations.raise_as_usage(file):
        return theme.load_theme(file)


def _print_progress(done: int, total: int, what: str) -> None:
    end = "\n" if done == total else ""
    line = f"{done} of {total} built: {what}"
    print(f"\r{line:<40}", end=end, file=sys.stderr, flush=True)  # over the last one, without escape codes


def print_results(results: list[BuildResult], options: argparse.Namespace) -> None:
    """Print the faults and the closing table, or both as JSON."""
    if options.json:
        print(json.dumps(_make_json_values(results), indent=2))
        return
    for result in results:
        for line in write_fault_lines(result.path, result.faults):
            print(line, file=sys.stderr)
        for target, made in result.made:
            for warning in made.artifact.warnings:
                print(f"{target}: warning: {warning}", file=sys.stderr)
    rows = [row for result in results for row in _list_rows(result)]
    if rows:
        print(write_table(("file", "length", "size", "seconds", "warnings"), rows))


def _list_rows(result: BuildResult) -> list[tuple[str, ...]]:
    """Return a row for each file that was made; before them one for the outline, if it is warned of."""
    rows = [_make_row(target, made) for target, made in result.made]
    if rows and result.faults:
        rows.insert(
            0,
            (str(locations.shorten_path(result.path.resolve())), "outline", "", "", str(len(result.faults))),
        )
    return rows


def _make_row(target: Path, made: MadeDocument) -> tuple[str, ...]:
    artifact = made.artifact
    return (
        str(locations.shorten_path(target)),
        f"{artifact.count} {artifact.unit}",
        f"{len(artifact.data) / 1000:,.0f} kB",
        "unchanged" if made.seconds is None else f"{made.seconds:.2f}",
        str(len(artifact.warnings)),
    )


def _make_json_values(results: list[BuildResult]) -> dict[str, object]:
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
        "faults": [row for result in results for row in make_json_faults(result.path, result.faults)],
    }
