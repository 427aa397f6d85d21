"""`bench`: how long Temario takes, and how long other programs take for the same. Figures, no verdict."""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from builders.commands import locations
from builders.core.diagnostics import UsageError
from tests.bench import loop, trials
from tests.bench.budget import budget, checked_out
from tests.bench.peers import DECKS, GUIDES
from tests.bench.trials import Bench
from tests.programs import run_program

TRIALS = ("budget", "guide", "deck", "poster", "editing")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the program's options."""
    add = parser.add_argument
    add("what", nargs="*", metavar="WHAT", help=f"{', '.join(TRIALS)} (default: budget)")
    locations.add_outline_option(parser)
    guides, decks = [5, 50, 500, 2_000], [200, 2_000, 8_000]
    add("--sections", nargs="+", type=_positive, default=guides, metavar="N", help="sizes of the guide")
    add("--slides", nargs="+", type=_positive, default=decks, metavar="N", help="sizes of the deck")
    add(
        "--against",
        metavar="REVISION",
        help="an earlier version, as git names it, for the budget",
    )
    names = [peer.name for peer in (*GUIDES, *DECKS)]
    add("--peers", nargs="*", default=names, choices=names, help="what to compare with (default: all)")
    add("--runs", default=3, type=_positive, metavar="N", help="of each process; medians are shown")


def run(options: argparse.Namespace) -> int:
    """Print the figures of each trial as it ends."""
    if unknown := [name for name in options.what if name not in TRIALS]:
        raise UsageError(f"there is no '{unknown[0]}'; bench {', '.join(TRIALS)}")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.runs, frozenset(options.peers), _tell)
        for name in options.what or TRIALS[:1]:
            _show(_trial(name, bench, options))
    return 0


def _trial(name: str, bench: Bench, options: argparse.Namespace) -> Iterator[str]:
    if name == "budget":
        with checked_out(options.against) if options.against else nullcontext() as before:
            yield from budget(bench, locations.list_outlines(options)[0], before)
    elif name == "guide":
        yield from trials.guide(bench, options.sections)
    elif name == "deck":
        yield from trials.deck(bench, options.slides)
    elif name == "poster":
        yield from trials.poster(bench)
    else:
        for outline in locations.list_outlines(options):
            yield from loop.editing(bench, outline)


def _show(words: Iterable[str]) -> None:
    for text in words:
        _tell("")
        print(text, flush=True)
    print()


def _tell(words: str) -> None:
    """Tell how far it is, on a terminal; what ends a line stays, and is told anywhere."""
    if sys.stderr.isatty():
        print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)
    elif words.endswith("\n"):
        print(words, end="", file=sys.stderr, flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    return run_program(
        "bench", "Time the builders, and other programs that make the same.", configure, run, arguments
    )


if __name__ == "__main__":
    sys.exit(main())
