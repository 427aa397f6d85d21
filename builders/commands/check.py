"""`check`: every fault and warning of an outline, without building anything."""

import argparse
import json
from pathlib import Path

from builders.cli import FAULTS
from builders.commands import places
from builders.commands.report import as_json, lines
from builders.faults import Fault, OutlineFaults
from builders.glyphs import missing_glyphs
from builders.load import load


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    places.add_outline(parser)
    parser.add_argument(
        "--allow-missing", action="store_true", help="let texts fall back to another language"
    )
    parser.add_argument("--json", action="store_true", help="print the faults as JSON")


def run(options: argparse.Namespace) -> int:
    """Check each outline; return 1 where there is an error."""
    found = [(path, faults_of(path, options.allow_missing)) for path in places.outlines(options)]
    if options.json:
        print(
            json.dumps({"faults": [row for path, faults in found for row in as_json(path, faults)]}, indent=2)
        )
    else:
        for path, faults in found:
            for line in lines(path, faults):
                print(line)
            if not faults:
                print(f"{path}: no faults")
    return FAULTS if any(fault.severity == "error" for _, faults in found for fault in faults) else 0


def faults_of(path: Path, allow_missing: bool = False) -> list[Fault]:
    """Return all faults and warnings of the outline at `path`, in the order of its text."""
    try:
        loaded = load(path, allow_missing=allow_missing)
    except OutlineFaults as error:
        return list(error.faults)
    return loaded.source.placed([*loaded.warnings, *missing_glyphs(loaded.outline)])
