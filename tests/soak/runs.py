"""The long runs: mutants checked and built, builds killed, a full disk. Each run is numbered by its seed."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import FrameType

from builders.build.registry import BUILDERS
from builders.core.diagnostics import Fault, OutlineFaults
from builders.core.text_files import decode_text
from builders.outline.checks.printing import find_missing_glyphs
from builders.outline.load import read_outline
from builders.yaml_source import source
from tests.soak.mutations import mutated, reworded

MOST_SECONDS = 10  # that a check may take
BUILD_SECONDS = 40  # that the build of a document in all languages may take, on a busy machine
MOST_MEMORY = 1 << 30  # bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong in a run: the mutant can be made again from its kind and seed."""

    kind: str  # "check", "build", "draw", "kill", "full"
    seed: int
    what: str


class TooSlow(Exception):
    """A run took longer than it may."""


def strings() -> list[str]:
    """Return the hostile strings, one a line of JSON."""
    path = Path(__file__).parent / "strings.txt"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    """Raise TooSlow where the body takes longer. POSIX alone."""

    def ring(_: int, __: FrameType | None) -> None:
        raise TooSlow(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check(path: Path, seed: int, naughty: Sequence[str]) -> Iterator[Finding]:
    """Check one rough mutant of the outline at `path`; yield what is wrong with the checking."""
    content = mutated(path.read_text("utf-8"), seed, naughty)
    before = _peak()  # what the process had taken for other things
    try:
        with _within(MOST_SECONDS):
            parsed = source.parse_source(decode_text(content), path.name)
            loaded = read_outline(parsed, path.parent)
            faults = parsed.place_faults([*loaded.warnings, *find_missing_glyphs(loaded.outline)])
    except OutlineFaults as error:
        faults = list(error.faults)
    except Exception as error:
        yield Finding("check", seed, _where(error))
        return
    for fault in faults:
        if problem := _unfit(fault):
            yield Finding("check", seed, problem)
    if (peak := _peak()) > max(before, MOST_MEMORY):
        yield Finding("check", seed, f"{peak >> 20} MB of memory")


def _peak(of_children: bool = False) -> int:
    """Return the most memory that this process, or a child that ended, has held, in bytes. POSIX alone."""
    import resource

    whose = resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF
    return resource.getrusage(whose).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _unfit(fault: Fault) -> str:
    """Return what is wrong with a fault as an answer to an editor; '' where it is good."""
    if not fault.line or not fault.column:
        return f"a fault without a place: {fault.text!r}"
    if not fault.message or "\n" in fault.text:
        return f"a fault that is not one line: {fault.text!r}"
    return ""


def _where(error: Exception) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "builders" in frame.filename]
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {at}: {str(error)[:200]}"


def build(path: Path, seed: int, naughty: Sequence[str]) -> Iterator[Finding]:
    """Build a gentle mutant of the outline at `path` in a process of its own, and open what it made."""
    text = reworded(path.read_text("utf-8"), seed, naughty)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outline = folder / "in" / "mutant.yaml"
        outline.parent.mkdir()
        outline.write_text(text, "utf-8", errors="surrogatepass")
        for image in (path.parent / "images").glob("*"):
            (folder / "in" / "images").mkdir(exist_ok=True)
            (folder / "in" / "images" / image.name).write_bytes(image.read_bytes())
        before = _tree(folder)
        what = BUILDERS[seed % len(BUILDERS)]
        yield from (Finding("build", seed, f"{what}: {problem}") for problem in _built(folder, outline, what))
        strange = [name for name in _tree(folder) - before if not name.startswith("out/mutant/")]
        if strange:
            yield Finding("build", seed, f"files outside the output folder: {strange}")


def _tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _built(folder: Path, outline: Path, what: str) -> Iterator[str]:
    command = build_command(outline, folder / "out", what)
    before = max(_peak(), _peak(of_children=True))  # a child begins as a copy of this process
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=BUILD_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        yield f"longer than {BUILD_SECONDS} s"
        return
    if (peak := _peak(of_children=True)) > max(before, MOST_MEMORY):
        yield f"{peak >> 20} MB of memory"
    told = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 1) or "Traceback" in told:
        yield f"exit code {done.returncode}: {told.strip()[-400:]}"
    elif done.returncode == 1 and ":" not in told:
        yield f"no fault is told: {told[:200]!r}"
    for path in (folder / "out").rglob("*"):
        if problem := unopenable(path):
            yield problem


def build_command(outline: Path, output: Path, what: str = "") -> list[str]:
    """Return the command that builds an outline, in a process of its own."""
    words = [sys.executable, "-X", "utf8", "-m", "builders", "build", *([what] if what else [])]
    return [*words, "--outline", str(outline), "--output", str(output)]


def unopenable(path: Path) -> str:
    """Return why a document cannot be opened by an independent reader; '' where it can, or is none."""
    try:
        if path.suffix == ".pdf":
            import pypdfium2

            document = pypdfium2.PdfDocument(path)
            for page in document:
                page.get_textpage().get_text_bounded()
            document.close()
        elif path.suffix == ".pptx":
            from pptx import Presentation

            if not len(Presentation(str(path)).slides):
                return f"{path.name} has no slides"
    except Exception as error:
        return f"{path.name} cannot be opened: {_where(error)}"
    return ""


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each document below `folder`."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".pdf", ".pptx")
    }


class Interrupted:
    """Builds of two versions of one outline over each other, stopped on the way."""

    def __init__(self, path: Path, folder: Path, what: str = "") -> None:
        """Build both versions of the outline at `path` below `folder`: all documents, or `what` alone."""
        self.what = what
        self.output = folder / "out"
        text = path.read_text("utf-8")
        self.versions = [text.replace("importance: 2", f"importance: {i + 2}") for i in range(2)]
        self.outline = folder / "course.yaml"
        for image in (path.parent / "images").glob("*"):
            (folder / "images").mkdir(exist_ok=True)
            (folder / "images" / image.name).write_bytes(image.read_bytes())
        self.whole: list[dict[str, str]] = []
        self.seconds = 0.0
        for number in range(2):
            command = self._command(number, self.output)
            start = time.monotonic()
            subprocess.run(command, check=True, capture_output=True)
            self.seconds = max(self.seconds, time.monotonic() - start)
            self.whole.append(hashes(self.output))

    def _command(self, seed: int, output: Path) -> list[str]:
        """Return what builds the outline, which becomes the first or the second version of itself."""
        self.outline.write_text(self.versions[seed % 2], "utf-8")
        return build_command(self.outline, output, self.what)

    def kill(self, seed: int) -> Iterator[Finding]:
        """Kill a build at a moment given by `seed`; yield each output that is neither the old nor the new."""
        chance = random.Random(seed)
        running = subprocess.Popen(
            self._command(seed, self.output),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            running.wait(chance.uniform(0, self.seconds * 1.1))
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        yield from self._torn("kill", seed)

    def full(self, disk: Path, seed: int) -> Iterator[Finding]:
        """Build onto the small file system at `disk` until it is full; yield what is not whole."""
        output = disk / "out"
        done = subprocess.run(
            self._command(seed, output),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in (0, 3) or "Traceback" in done.stderr:
            yield Finding("full", seed, f"exit code {done.returncode}: {done.stderr[-300:]}")
        if done.returncode == 3 and "cannot be written" not in done.stderr:
            yield Finding("full", seed, f"not told: {done.stderr[-300:]}")
        yield from self._torn("full", seed, output)

    def _torn(self, kind: str, seed: int, output: Path | None = None) -> Iterator[Finding]:
        for name, digest in hashes(output or self.output).items():
            if digest not in (self.whole[0].get(name), self.whole[1].get(name)):
                yield Finding(kind, seed, f"{name} is neither the old one nor the new one")
