"""What is tried: guide, deck and poster at growing sizes, and the programs to compare them with."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from builders.commands.report import write_table
from tests.bench.as_markdown import SLIDES
from tests.bench.figures import NONE, Series, tables
from tests.bench.peers import DECKS, GUIDES, Peer, absent
from tests.bench.processes import NotDone, Run, middle, timed

OWN = "temario"
PATIENCE = 30.0  # seconds: what takes longer is run once
CROWDS = ((50, "a1"), (100, "a1"), (200, "a1"), (1_000, "a0"))  # events, sheet


@dataclass(frozen=True, slots=True)
class Bench:
    """Where it happens, how often each process is run, beside which peers, and whom to tell of progress."""

    folder: Path
    runs: int
    peers: frozenset[str]  # names
    tell: Callable[[str], None] = field(repr=False)

    def source(self, kind: str, count: int) -> Path:
        """Return a source, written now if it was not before."""
        path = self.folder / f"{kind}-{count}"
        if not path.exists():
            timed([sys.executable, "-m", "tests.bench.sources", kind, str(count), str(path)])
        return path

    def build(
        self,
        *words: str,
        outline: Path,
        again: bool = False,
        themed: bool = True,
        checkout: Path | None = None,
    ) -> list[str]:
        """Return the command that builds; from nothing, unless `again`.

        It sets the guide as the peers do theirs if `themed`, by the code of `checkout` (default: this one).
        """
        out = self.folder / "output"
        if not again:
            shutil.rmtree(out, ignore_errors=True)
        theme = ["--theme", str(self.source("theme", 0))] if themed else []
        own = [*command(checkout), "build", *words, "--json", *theme]
        return [*own, "--outline", str(outline), "--output", str(out)]

    def turns(self, what: str, commands: Mapping[str, Callable[[], Sequence[str]]]) -> dict[str, Run]:
        """Run commands in turns, so that a machine that slows down slows all of them; return the medians."""
        done: dict[str, list[Run]] = {name: [] for name in commands}
        for turn in range(self.runs):
            for name, command in commands.items():
                if turn and (not done[name] or done[name][0].wall > PATIENCE):
                    continue
                self.tell(f"{what}: {name}, {turn + 1} of {self.runs}")
                try:
                    done[name].append(timed(command()))
                except NotDone as error:
                    self.tell(f"{what}: {name} failed: {error}\n")
        return {name: middle(runs) for name, runs in done.items() if runs}


_PROGRAM = "import sys; sys.path.insert(0, sys.argv.pop(1)); from builders.cli import main; sys.exit(main())"


def command(checkout: Path | None = None) -> list[str]:
    """Return how the program of a checkout is called, with the packages of this one."""
    if checkout is None:
        return [sys.executable, "-P", "-X", "utf8", "-m", "builders"]
    return [sys.executable, "-P", "-X", "utf8", "-c", _PROGRAM, str(checkout)]


def compared(
    bench: Bench, what: str, sizes: Sequence[int], peers: Sequence[Peer], per: int = 1
) -> tuple[list[Series], list[str]]:
    """Return the runs of Temario and of its peers by size, and why peers are left out.

    A size is a number of sections times `per`.
    """
    peers = [peer for peer in peers if peer.name in bench.peers]
    reasons = {peer.name: reason for peer in peers if (reason := absent(peer))}
    found: dict[str, dict[int, Run]] = {OWN: {}, **{p.name: {} for p in peers if p.name not in reasons}}
    for size in sizes:
        count = max(1, round(size / per))
        edition = ["--edition", "study"] if what == "guide" else []
        commands = {OWN: partial(bench.build, what, *edition, outline=bench.source("outline", count))}
        for peer in peers:
            if peer.name not in reasons and size <= peer.most:
                out = bench.folder / f"out.{_KINDS[what]}"
                commands[peer.name] = partial(peer.command, bench.source(peer.source, count), out)
        for name, run in bench.turns(f"{what}, {size:,}", commands).items():
            found[name][size] = run
    return [Series(name, runs) for name, runs in found.items()], list(reasons.values())


_KINDS = {"guide": "pdf", "deck": "pptx"}


def guide(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """Yield how long the guide alone takes: justified, hyphenated, kerned, tagged, in one language."""
    series, reasons = compared(bench, "guide", sizes, GUIDES)
    yield tables("guide, by sections", series)
    yield from reasons
    yield _lengths(series[0])


def deck(bench: Bench, sizes: Sequence[int]) -> Iterator[str]:
    """Yield how long the deck alone takes, by slides, notes and all."""
    series, reasons = compared(bench, "deck", sizes, DECKS, SLIDES)
    yield tables("deck, by slides", series)
    yield from reasons
    yield _lengths(series[0])


def poster(bench: Bench) -> Iterator[str]:
    """Yield how long posters take, the layout alone and all, with a quarter of the events in one year."""
    rows = []
    for events, size in CROWDS:
        outline = bench.source("crowd", events)
        alone = partial(_layout, outline, size)
        whole = partial(bench.build, "poster", "--size", size, outline=outline)
        runs = bench.turns(f"poster, {events:,}", {"layout": alone, "whole": whole})
        rows.append([f"{events:,} events, {size.upper()}", *_poster_cells(runs)])
    yield write_table(["poster", "layout, s", "processor, s", "build, s", "MB"], rows)


def _layout(outline: Path, size: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.layout", str(outline), size]


def _poster_cells(runs: Mapping[str, Run]) -> list[str]:
    layout, whole = runs.get("layout"), runs.get("whole")
    return [
        *([f"{float(number):.2f}" for number in layout.said.split()] if layout else [NONE, NONE]),
        f"{whole.wall:.2f}" if whole else NONE,
        f"{whole.peak / 1e6:.0f}" if whole else NONE,
    ]


def _lengths(own: Series) -> str:
    """Say how long the documents are."""
    counts = []
    for size, run in sorted(own.runs.items()):
        files = json.loads(run.said)["files"]
        counts.append(f"{size:,}: {files[0]['count']:,} {files[0]['unit']}")
    return "; ".join(counts)
