"""`check`: every fault and warning of an outline, without building anything."""

import argparse
import json
import sys
from pathlib import Path

from builders.build.registry import BUILDERS, load_builder
from builders.commands import locations
from builders.commands.report import make_json_faults, write_faults
from builders.core.diagnostics import (
    EXIT_FAULTS,
    MOST_FAULTS,
    Fault,
    OutlineFaults,
    UsageError,
    make_printable,
    write_count,
)
from builders.core.text_files import read_content
from builders.outline.checks.printing import find_missing_glyphs
from builders.outline.load import LoadedOutline, load_outline
from builders.outline.model import Outline

MOST_DECK = 1 << 30  # bytes


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("file", nargs="?", metavar="FILE", type=Path, help="the outline, as with --outline")
    locations.add_outline_option(parser)
    add("--allow-missing", action="store_true", help="let texts fall back to another language")
    add("--since", metavar="REV", help="also name translations that are stale since that git revision")
    add("--json", action="store_true", help="print the faults as JSON")
    add("--deck", metavar="FILE", type=Path, help="instead of an outline, a .pptx: is it accessible?")
    add("--format", choices=("text", "json", "github"), default="text", help="github: annotations for CI")


def run(options: argparse.Namespace) -> int:
    """Check each outline, or a deck; return 1 where there is an error."""
    if options.deck:
        return _check_deck(options.deck)
    if options.file and options.outline:
        raise UsageError("name the outline once: check FILE")
    paths = [options.file] if options.file else locations.list_outlines(options)
    found = [(path, find_faults(path, options.allow_missing, options.since)) for path in paths]
    form = "json" if options.json else options.format
    if form == "json":
        rows = [row for path, faults in found for row in make_json_faults(path, faults)]
        print(json.dumps({"faults": rows}, indent=2))
    elif form == "github":
        for path, faults in found:
            for fault in faults:
                print(write_annotation(path, fault))
    else:
        for path, faults in found:
            for line in write_faults(path, faults):
                print(line)
            print(
                make_printable(_write_closing_line(path, faults)), file=sys.stderr if faults else sys.stdout
            )
    return EXIT_FAULTS if any(fault.severity == "error" for _, faults in found for fault in faults) else 0


def _check_deck(path: Path) -> int:
    """Say what keeps a .pptx, whoever made it, from being accessible."""
    from builders.deck.accessibility import check_file

    try:
        with locations.raise_as_usage(path):
            findings = check_file(read_content(path, MOST_DECK))
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from None
    for finding in findings:
        print(f"{path}: {make_printable(str(finding))}")
    if not findings:
        print(f"{path}: accessible")
    return EXIT_FAULTS if findings else 0


def find_faults(path: Path, allow_missing: bool = False, since: str | None = None) -> list[Fault]:
    """Return all faults and warnings of the outline at `path`, in the order of its text."""
    try:
        loaded = load_outline(path, allow_missing=allow_missing)
    except OutlineFaults as error:
        return list(error.faults)
    stale = _find_stale_texts(path, loaded, since) if since else []
    unfit = find_missing_glyphs(loaded.outline) or _find_builders_faults(loaded.outline, path.parent)
    return loaded.source.place_faults([*loaded.warnings, *unfit, *stale])


def _find_builders_faults(outline: Outline, root: Path) -> list[Fault]:
    """Return what keeps builders from laying the outline out with their usual options, in any language."""
    return [
        fault
        for builder in map(load_builder, BUILDERS)
        if builder.find_faults
        for language in outline.languages
        for fault in builder.find_faults(outline, builder.options(lang=language, root=root))
    ]


def _find_stale_texts(path: Path, loaded: LoadedOutline, since: str) -> list[Fault]:
    from builders.diff import compare, revisions

    try:
        earlier = revisions.read_revision(path, since)
    except revisions.AbsentOutline:  # a new outline has nothing that could be stale
        return []
    return compare.find_stale_texts(earlier.values, loaded.source.values, loaded.outline.languages, since)


def _write_closing_line(path: Path, faults: list[Fault]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    counts = [(errors, "fault"), (len(faults) - errors, "warning")]
    words = " and ".join(write_count(number, name) for number, name in counts if number)
    if len(faults) >= MOST_FAULTS:
        words += ", and perhaps more"
    return f"{path}: {words or 'no faults'}"


def write_annotation(path: Path, fault: Fault) -> str:
    """Return a fault as a GitHub workflow command (docs.github.com: Workflow commands, annotations)."""
    where = {"file": fault.file or str(path), "line": fault.line, "col": fault.column, "title": "Outline"}
    words = ",".join(f"{key}={_escape_annotation(str(value), True)}" for key, value in where.items() if value)
    return f"::{fault.severity} {words}::{_escape_annotation(make_printable(fault.text))}"


def _escape_annotation(text: str, of_property: bool = False) -> str:
    for character in "%\r\n" + (":," if of_property else ""):
        text = text.replace(character, f"%{ord(character):02X}")
    return text
