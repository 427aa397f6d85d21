"""What the programs for developers share: how they are called, and their exit codes."""

import argparse
import sys
from collections.abc import Callable, Sequence

from builders.core.diagnostics import EXIT_USAGE, UsageError


def run_program(
    name: str,
    summary: str,
    configure: Callable[[argparse.ArgumentParser], None],
    run: Callable[[argparse.Namespace], int],
    arguments: Sequence[str] | None = None,
) -> int:
    """Parse the arguments (default: the process's own), run the program and return its exit code.

    Wrong usage is 2 and told in a line; Ctrl-C is 130.
    """
    parser = argparse.ArgumentParser(prog=f"python3 tasks.py {name}", description=summary)
    configure(parser)
    options = parser.parse_args(arguments)
    try:
        return run(options)
    except UsageError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return 130
