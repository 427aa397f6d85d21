"""`a11y`: what the validators say of the PDFs that were built."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from builders.commands import locations
from builders.commands.report import write_table
from builders.core.diagnostics import UsageError
from tests.programs import run_program
from tests.validators import NoValidator, Verdict, second_opinion, verapdf

BROKEN, FAILED = 1, 3
Checker = Callable[[Sequence[Path], str], tuple[Verdict, ...]]
DOCUMENT = ("ua1", "2a")
PRINT_FORM = ("2b",)  # pages imposed for folding have no reading order


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the program's options."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="PDFs (default: all in output/)")
    parser.add_argument("--json", action="store_true", help="print the verdicts as JSON")


def run(options: argparse.Namespace) -> int:
    """Check each file; return 1 where a rule is broken, 3 where a checker cannot run."""
    files = options.files or sorted((locations.find_home() / "output").rglob("*.pdf"))
    if not files:
        raise UsageError("output/ holds no PDF; run `build` first, or name files")
    for file in files:
        if not file.is_file():
            raise UsageError(f"{file}: there is no such file")
    if sys.stderr.isatty():
        print(f"asking about {len(files)} files; a guide takes some ten seconds", file=sys.stderr)
    verdicts, absent = verdicts_on(files)
    if options.json:
        print(json.dumps([_row(verdict) for verdict in verdicts], indent=2, ensure_ascii=False))
    else:
        print(_summary(verdicts))
    for words in absent:
        print(f"a11y: {words}", file=sys.stderr)
    if absent:
        return FAILED
    return BROKEN if any(verdict.broken for verdict in verdicts) else 0


def verdicts_on(files: list[Path]) -> tuple[list[Verdict], list[str]]:
    """Return all verdicts, in the flavours that each file is made for, and why a checker is absent."""
    cache = locations.find_home() / ".cache" / "verapdf"
    checkers: tuple[Checker, ...] = (lambda these, flavour: verapdf(these, flavour, cache), second_opinion)
    wanted = dict.fromkeys(flavour for file in files for flavour in flavours(file))

    def ask(question: tuple[Checker, str]) -> tuple[Verdict, ...] | str:
        checker, flavour = question
        try:
            return checker([file for file in files if flavour in flavours(file)], flavour)
        except NoValidator as error:
            return str(error)

    with ThreadPoolExecutor() as pool:  # veraPDF is a process of its own
        answers = list(pool.map(ask, [(checker, flavour) for checker in checkers for flavour in wanted]))
    absent = dict.fromkeys(answer for answer in answers if isinstance(answer, str))
    return [verdict for answer in answers if not isinstance(answer, str) for verdict in answer], list(absent)


def flavours(file: Path) -> tuple[str, ...]:
    """Return the standards that a file is made for: a booklet is a form to print, the others are to read."""
    return PRINT_FORM if "booklet" in file.stem else DOCUMENT


def _summary(verdicts: list[Verdict]) -> str:
    """One row a file, one column a checker and flavour: how many rules are broken; then these rules."""
    columns = list(dict.fromkeys((verdict.checker, verdict.flavour) for verdict in verdicts))
    counts = {(v.file, v.checker, v.flavour): str(len(v.broken)) for v in verdicts}
    files = list(dict.fromkeys(verdict.file for verdict in verdicts))
    rows = [[_short(file), *(counts.get((file, *column), "–") for column in columns)] for file in files]
    lines = [write_table(["rules broken", *(f"{checker} {flavour}" for checker, flavour in columns)], rows)]
    for verdict in verdicts:
        if verdict.broken:
            lines.append(f"\n{_short(verdict.file)}, {verdict.checker} {verdict.flavour}:")
            lines += [f"  {rule.times}× {rule.clause}: {rule.demand}" for rule in verdict.broken]
    return "\n".join(lines)


def _row(verdict: Verdict) -> dict[str, object]:
    rules = [{"clause": rule.clause, "demand": rule.demand, "times": rule.times} for rule in verdict.broken]
    return {
        "file": str(verdict.file),
        "checker": verdict.checker,
        "flavour": verdict.flavour,
        "failed_rules": len(rules),
        "rules": rules,
    }


def _short(file: Path) -> str:
    home = locations.find_home() / "output"
    return str(file.relative_to(home) if file.is_relative_to(home) else file)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    return run_program(
        "a11y", "Ask independent validators whether the built PDFs are accessible.", configure, run, arguments
    )


if __name__ == "__main__":
    sys.exit(main())
