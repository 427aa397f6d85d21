"""The budget: what may take how long, beside an earlier version of the project and beside other programs."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from builders.commands.report import write_table
from builders.core.diagnostics import UsageError
from tests.bench.as_markdown import SLIDES
from tests.bench.figures import NONE, growth
from tests.bench.loop import watched
from tests.bench.peers import DECKS, GUIDES, Peer, absent
from tests.bench.processes import NotDone, Run
from tests.bench.trials import OWN, Bench, command

ROOT = Path(__file__).parents[2]
GUIDE_SECTIONS = 500
DECK_SLIDES = (200, 2_000)

BEFORE = "before"
WALL, PROCESSOR, PEAK = "wall", "cpu", "peak"
Row = tuple[str, float | None, float | None, str]  # what, ours, theirs (None: not known), the budget


def budget(bench: Bench, outline: Path, before: Path | None) -> Iterator[str]:
    """Yield the budget's table; `before` is a checkout of an earlier version."""
    rows = [*_shipped(bench, outline, before), *_guide(bench), *_deck(bench), *_edit(bench, outline, before)]
    cells = [
        [what, *(f"{value:.2f}" if value else NONE for value in (ours, theirs)), _ratio(ours, theirs), limit]
        for what, ours, theirs, limit in rows
    ]
    yield write_table(["budget", "now", "other", "ratio", "at most"], cells)
    for peer in (GUIDES[0], DECKS[0]):
        if peer.name in bench.peers and (reason := absent(peer)):
            yield reason


def _ratio(ours: float | None, theirs: float | None) -> str:
    return f"{ours / theirs:.3f}" if ours and theirs else NONE


def _value(runs: Mapping[str, Run], name: str, measure: str) -> float | None:
    """Return what was measured of a program; of memory in MB."""
    if name not in runs:
        return None
    return float(getattr(runs[name], measure)) / (1e6 if measure == PEAK else 1)


def _shipped(bench: Bench, outline: Path, before: Path | None) -> Iterator[Row]:
    """Yield the rows on the shipped course; what is said of a single document is of one language."""
    lang = ("--lang", "en")
    for what, words, measure, limit in (
        ("all documents, s", (), WALL, "1.3 before"),
        ("guide, processor s", ("guide", "--edition", "study", *lang), PROCESSOR, "1.1 before"),
        ("deck, processor s", ("deck", *lang), PROCESSOR, "2.5 before"),
    ):
        commands = {OWN: partial(bench.build, *words, outline=outline, themed=False)}
        if before is not None:
            commands[BEFORE] = partial(commands[OWN], checkout=before)
        runs = bench.turns(f"{outline.stem}: {what}", commands)
        yield f"{outline.stem}: {what}", _value(runs, OWN, measure), _value(runs, BEFORE, measure), limit


def _guide(bench: Bench) -> Iterator[Row]:
    """Yield the rows on a long guide beside typst's PDF."""
    count, peer = GUIDE_SECTIONS, GUIDES[0]
    build = partial(bench.build, "guide", "--edition", "study", outline=bench.source("outline", count))
    runs = bench.turns(f"guide, {count}", {OWN: build, **_peer(bench, peer, count, "out.pdf")})
    ours, theirs = (_value(runs, name, PROCESSOR) for name in (OWN, peer.name))
    yield f"guide of {count} sections, processor s, by {peer.name}", ours, theirs, "0.85"
    ours, theirs = (_value(runs, name, PEAK) for name in (OWN, peer.name))
    yield f"guide of {count} sections, MB, by {peer.name}", ours, theirs, "0.333"


def _deck(bench: Bench) -> Iterator[Row]:
    """Yield the rows on a long deck beside pandoc's."""
    peer, grown, runs = DECKS[0], dict[int, float | None](), dict[str, Run]()
    for slides in DECK_SLIDES:
        count = max(1, round(slides / SLIDES))
        build = partial(bench.build, "deck", outline=bench.source("outline", count))
        runs = bench.turns(f"deck, {slides:,}", {OWN: build, **_peer(bench, peer, count, "out.pptx")})
        grown[slides] = _value(runs, OWN, PROCESSOR)
    ours, theirs = (_value(runs, name, PROCESSOR) for name in (OWN, peer.name))
    yield f"deck of {DECK_SLIDES[-1]:,} slides, processor s, by {peer.name}", ours, theirs, "0.167"
    known = {slides: value for slides, value in grown.items() if value}
    yield "deck, how it grows", growth(known), None, "1.1"


def _peer(bench: Bench, peer: Peer, count: int, out: str) -> dict[str, Callable[[], list[str]]]:
    if peer.name not in bench.peers or absent(peer):
        return {}
    return {peer.name: partial(peer.command, bench.source(peer.source, count), bench.folder / out)}


def _edit(bench: Bench, outline: Path, before: Path | None) -> Iterator[Row]:
    """Yield the row on `watch`: seconds from a save until the documents of its language are written."""
    found: list[float | None] = []
    for checkout in (ROOT, before):
        bench.tell(f"editing {outline.name}: watch")
        try:
            found.append(median(watched(bench, outline, command(checkout))[1:]) if checkout else None)
        except (NotDone, OSError) as error:
            bench.tell(f"watch failed: {error}\n")
            found.append(None)
    yield f"{outline.stem}: watch, a word changed, s", found[0], found[1], "1.2 s"


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """Give the files of an earlier version in a folder, which goes at the end. Raises Usage without one."""
    done = subprocess.run(["git", "-C", str(ROOT), "archive", revision], capture_output=True, check=False)
    if done.returncode:
        raise UsageError(f"git cannot give '{revision}': {done.stderr.decode('utf-8', 'replace').strip()}")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
        yield Path(folder)
