"""`soak`: hostile outlines checked and built, builds killed, a full disk; seeded and resumable."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from builders.commands import locations
from builders.core import files
from builders.core.diagnostics import EXIT_FAILED, UsageError
from tests.programs import run_program
from tests.soak.drawn import tell_drawn_faults
from tests.soak.runs import Finding, Interrupted, build, check, strings

SMALL_DISK = "400k"
SAVE_EVERY = 50  # runs

Run = Callable[[int], Iterator[Finding]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the program's options."""
    locations.add_outline_option(parser)
    add = parser.add_argument
    add("--checks", type=int, default=10_000, help="mutants to check (default: 10000)")
    add("--builds", type=int, default=300, help="mutants to build (default: 300)")
    add("--drawn", type=int, default=300, help="outlines drawn from the schema to build (default: 300)")
    add("--kills", type=int, default=200, help="builds to kill (default: 200)")
    add("--full", type=int, default=4, help="builds on a full disk; needs root (default: 4)")
    add("--seed", type=int, default=1, help="the first mutant's number (default: 1)")
    add("--strings", type=Path, metavar="FILE", help="more hostile strings: a JSON list, or one a line")
    add("--again", action="store_true", help="start from the beginning, not where the last run ended")


def run(options: argparse.Namespace) -> int:
    """Do the runs that have not been done; return 3 where one found something."""
    if os.name == "nt":
        raise UsageError("soak needs signals and limits that Windows has not; run it on Linux or macOS")
    state_file = locations.find_home() / ".cache" / f"soak-{options.seed}.json"
    state: dict[str, Any] = {} if options.again else _read(state_file)
    naughty = [*strings(), *_more(options.strings)]
    paths = locations.list_outlines(options)
    found = [Finding(**row) for row in state.get("findings", [])]

    def do(kind: str, count: int, once: Run) -> None:
        for number in range(state.get(kind, 0), count):
            for finding in once(options.seed + number):
                found.append(finding)
                print(f"{finding.kind} {finding.seed}: {finding.what}", flush=True)
            state[kind] = number + 1
            if state[kind] % SAVE_EVERY == 0 or state[kind] == count:
                state["findings"] = [asdict(finding) for finding in found]
                files.write_file(state_file, json.dumps(state, indent=1).encode())
                print(f"{kind}: {state[kind]} of {count}", file=sys.stderr, flush=True)

    def draw(seed: int) -> Iterator[Finding]:
        yield from (Finding("draw", seed, told) for told in tell_drawn_faults(seed))

    do("check", options.checks, lambda seed: check(paths[seed % len(paths)], seed, naughty))
    do("build", options.builds, lambda seed: build(paths[seed % len(paths)], seed, naughty))
    do(
        "drawn",
        options.drawn,
        lambda seed: (Finding("draw", seed, told) for told in tell_drawn_faults(seed)),
    )
    if state.get("kill", 0) < options.kills or state.get("full", 0) < options.full:
        with tempfile.TemporaryDirectory() as name:
            builds = Interrupted(paths[0], Path(name))
            do("kill", options.kills, builds.kill)
            with _small_disk(Path(name) / "disk") as disk:
                if disk:
                    do("full", options.full, lambda seed: builds.full(disk, seed))
    total = ", ".join(f"{state.get(kind, 0)} {kind}s" for kind in ("check", "build", "draw", "kill", "full"))
    print(f"{total}; {len(found)} findings")
    return EXIT_FAILED if found else 0


def _read(path: Path) -> dict[str, Any]:
    try:
        state = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _more(path: Path | None) -> list[str]:
    """Return the strings of a file that the user named, such as the big list of naughty strings."""
    if path is None:
        return []
    text = path.read_text("utf-8", errors="replace")
    if path.suffix == ".json":
        return [str(item) for item in json.loads(text)]
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """Give a folder on a file system that fills up; None where the machine does not let us make one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        print("full: skipped, only root may mount a small file system", file=sys.stderr)
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    return run_program(
        "soak", "Check and build hostile outlines for a long time; resumable.", configure, run, arguments
    )


if __name__ == "__main__":
    sys.exit(main())
