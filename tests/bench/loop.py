"""The editor's loop on an outline: checking, building, building again, a word changed under `watch`."""

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from builders.commands.report import write_table
from tests.bench.figures import NONE
from tests.bench.processes import NotDone
from tests.bench.trials import Bench, command

EDITS = 5
FULL = "build, from nothing"
BUILT = re.compile(r"documents? built in \d")  # what `watch` says at the end of a build
STAY = "good documents stay"


def editing(bench: Bench, outline: Path) -> Iterator[str]:
    """Yield what an editor waits for, on the outline at `outline`."""
    check = [*command(), "check", "--outline", str(outline)]
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
        first, *later = watched(bench, outline, command())
        waits |= {"watch, first build": first, "watch, one word changed": median(later)}
    except (NotDone, OSError) as error:
        bench.tell(f"watch failed: {error}\n")
    full = waits.get(FULL)
    rows = [[name, f"{s:.2f}", f"{s / full:.3f}" if full else NONE] for name, s in waits.items()]
    yield write_table([f"editing {outline.name}", "s", "/ build"], rows)


def watched(bench: Bench, outline: Path, program: Sequence[str]) -> list[float]:
    """Return the seconds of the first build under `watch`, then of those after a word was changed.

    Each is until all documents that it touches are written. Raises NotDone where `watch` ends, or at a fault.
    """
    folder, output = bench.folder / "edited", bench.folder / "output-watched"
    for old in (folder, output):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(outline.parent, folder)
    copy = folder / outline.name
    words = ["watch", "--outline", str(copy), "--output", str(output)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    try:
        _wait_until_built(process)
        times = [time.perf_counter() - start]
        for number in range(EDITS):
            time.sleep(0.5)  # as an editor pauses
            text = edited(copy.read_text(encoding="utf-8"), number)
            start = time.perf_counter()
            copy.write_text(text, encoding="utf-8", newline="\n")
            _wait_until_built(process)
            times.append(time.perf_counter() - start)
    finally:
        _end(process)
    return times


def _wait_until_built(process: "subprocess.Popen[str]") -> None:
    """Wait until `watch` says that it has built."""
    assert process.stdout is not None
    said = ""
    for said in process.stdout:
        if BUILT.search(said):
            return
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
