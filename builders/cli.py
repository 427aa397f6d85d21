"""The command line: which command, its options, and exit codes.

0 done, 1 the outline has faults, 2 wrong usage, 3 a builder or the machine failed.
"""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module

from builders.core.diagnostics import EXIT_FAILED, EXIT_USAGE, UsageError, suggest_nearest

COMMANDS = {
    "build": "build the documents: all of them, or those that are named",
    "check": "say what is wrong with an outline, without building",
    "preview": "show the documents in a browser, following each save",
    "watch": "build again at each save what the change touches",
    "new": "start an outline",
    "diff": "say in words what changed between two versions of an outline",
    "clean": "delete what was built",
    "schema": "write the JSON Schema that editors complete from",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a fault may quote any script, whatever the terminal's encoding
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given[0] if given and given[0] in COMMANDS else None
    parser, command = _make_parsers(name)
    if name is None and given and not given[0].startswith("-"):
        advice = suggest_nearest(given[0], list(COMMANDS), 1) or "--help lists them"
        print(f"temario: there is no command '{given[0]}'; {advice}", file=sys.stderr)
        return EXIT_USAGE
    options, unknown = parser.parse_known_args(given)
    if unknown:
        usage = command.format_usage()
        advice = suggest_nearest(unknown[0].partition("=")[0], re.findall(r"--[a-z-]+", usage), 1)
        if unknown[0].endswith((".yaml", ".yml")) and "--outline" in usage:
            advice = f"write --outline {unknown[0]}"
        command.error(f"'{unknown[0]}' is not known here; {advice or 'see --help'}")
    if name is None:
        parser.print_help()
        return 0
    try:
        code: int = _import_command(name).run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"temario {name}: {error}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _report_failure(name, error)
    return code


def _import_command(name: str):  # type: ignore[no-untyped-def]  # a module with `configure` and `run`
    return import_module(f"builders.commands.{name}")


def _make_parsers(name: str | None) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Return the parser of everything and that of the command, if there is one."""
    parser = argparse.ArgumentParser(
        prog="temario", description="One YAML outline of a history course, every handout."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    chosen = parser
    for known, summary in COMMANDS.items():
        sub = commands.add_parser(known, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if known == name:
            _import_command(known).configure(sub)
            chosen = sub
    return parser, chosen


def _report_failure(name: str, error: Exception) -> int:
    """Say in one line that the program failed; the traceback is for those who ask for it."""
    from builders.core.files import UnwritableFile

    if os.environ.get("TEMARIO_DEBUG"):
        raise error
    if isinstance(error, UnwritableFile):
        print(f"temario {name}: {error}", file=sys.stderr)
        return EXIT_FAILED
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    print(
        f"temario {name}: failed ({what}); earlier files are kept. TEMARIO_DEBUG=1 shows where",
        file=sys.stderr,
    )
    return EXIT_FAILED
