"""The editor's loop on an outline: checking, building, building again, a word changed under `watch`."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from builders.commands.report import table
from builders.commands.watch import PHASES
from tests.bench.figures import NONE
from tests.bench.peers import GUIDES, absent
from tests.bench.processes import NotDone
from tests.bench.trials import Bench

EDITS = 5
FULL = "build, from nothing"
BUILT = re.compile(r"documents? built in \d")  # what `watch` says at the end of a build
STAY = "good documents stay"

_PHASE = re.compile(r"[(,] ?(\w+) (\d+\.\d+)(?=[,)])")


def everything(bench: Bench, count: int) -> Iterator[str]:
    """Yield guide, deck and poster of a synthetic course in one build, beside typst's PDF alone."""
    outline, typst = bench.source("outline", count), GUIDES[0]
    commands = {"all": lambda: bench.build("--edition", "study", "--size", "a0", outline=outline)}
    commands["guide and deck"] = lambda: bench.build("guide", "deck", "--edition", "study", outline=outline)
    if typst.name in bench.peers and not absent(typst):
        source, out = bench.source(typst.source, count), bench.folder / "out.pdf"
        commands["typst"] = lambda: typst.command(source, out)
    runs = bench.turns(f"all, {count:,} sections", commands)
    other = runs.get("typst")
    rows = [
        [name, f"{run.wall:.2f}", f"{run.peak / 1e6:.0f}", f"{run.wall / other.wall:.3f}" if other else NONE]
        for name, run in runs.items()
    ]
    yield table([f"in one build, {count:,} sections", "s", "MB", "/ typst"], rows)


def editing(bench: Bench, outline: Path) -> Iterator[str]:
    """Yield what an editor waits for, on the outline at `outline`."""
    check = [sys.executable, "-m", "builders", "check", "--outline", str(outline)]
    runs = bench.turns(
        f"editing {outline.name}",
        {
            "check": lambda: check,
            FULL: lambda: bench.build(outline=outline),
            "build, nothing changed": lambda: bench.build(outline=outline, again=True),
        },
    )
    waits = {name: run.wall for name, run in runs.items()}
    bench.tell(f"editing {outline.name}: watch")
    try:
        first, *later = watched(bench, outline)
        waits |= {"watch, first build": first.seconds}
        waits["watch, one word changed"] = median(build.seconds for build in later)
        for name in later[0].phases:
            waits[f"… of it: {name}"] = median(build.phases.get(name, 0.0) for build in later)
    except (NotDone, OSError) as error:
        bench.tell(f"watch failed: {error}\n")
    full = waits.get(FULL)
    rows = [[name, f"{s:.2f}", f"{s / full:.3f}" if full else NONE] for name, s in waits.items()]
    yield table([f"editing {outline.name}", "s", "/ build"], rows)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build under `watch` took, from the save on, and its parts as `watch` tells them: seconds."""

    seconds: float
    phases: dict[str, float]


def watched(bench: Bench, outline: Path) -> list[Built]:
    """Return the first build under `watch`, then those after a word was changed.

    Raises NotDone where `watch` ends or stops at a fault.
    """
    folder = bench.folder / "edited"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(outline.parent, folder)
    copy = folder / outline.name
    command = [sys.executable, "-m", "builders", "watch", "--outline", str(copy)]
    command += ["--output", str(bench.folder / "output-watched")]
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, PHASES: "1"},
    )
    try:
        times = [_until_built(process, start)]
        for number in range(EDITS):
            time.sleep(0.3)  # as an editor pauses
            text = edited(copy.read_text(encoding="utf-8"), number)
            start = time.perf_counter()
            copy.write_text(text, encoding="utf-8", newline="\n")
            times.append(_until_built(process, start))
    finally:
        _end(process)
    return times


def _until_built(process: "subprocess.Popen[str]", start: float) -> Built:
    """Wait until `watch` says that it has built."""
    assert process.stdout is not None
    said = ""
    for said in process.stdout:
        if BUILT.search(said):
            seconds = time.perf_counter() - start
            return Built(seconds, {name: float(part) for name, part in _PHASE.findall(said)})
        if STAY in said:
            break
    raise NotDone(said.strip() or "watch ended")


def _end(process: "subprocess.Popen[str]") -> None:
    """End `watch` as its user does, with Ctrl-C: it ends its own processes."""
    process.send_signal(getattr(signal, "CTRL_C_EVENT", signal.SIGINT))
    try:
        process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def edited(text: str, number: int) -> str:
    """Return an outline's text with one word changed, in the longest line: another word for each number."""
    lines = text.split("\n")
    longest = max(range(len(lines)), key=lambda i: len(lines[i]))
    words = lines[longest].split(" ")
    place = next(i for i in range(len(words) - 2, 0, -1) if words[i].isalpha() and len(words[i]) > 3)
    words[place] = "stone" if number % 2 else "house"
    lines[longest] = " ".join(words)
    return "\n".join(lines)
