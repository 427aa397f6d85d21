"""`watch` follows each save: what changed is built again, a fault shows, and Ctrl-C leaves nothing behind."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from builders.build import file_watch
from builders.build.build_record import BuildMemory, Job
from builders.build.jobs import WorkerGone, WorkerPool, wait_for_result
from builders.build.registry import BUILDERS, load_builder
from builders.core.diagnostics import OutlineFaults
from builders.guide.options import GuideOptions
from builders.outline.load import read_outline
from builders.typesetting.fonts import MissingGlyph
from builders.yaml_source import source

HERE = Path(__file__).parent
ROOT = HERE.parent
SMALL = HERE / "outlines" / "one-language.yaml"
ATHENS = HERE / "outlines" / "athens.yaml"
PATIENCE = 60  # seconds: machines may be busy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs signals that Windows has not")


class Watching:
    """A `watch` in a process of its own, with what it has said so far."""

    def __init__(self, outline: Path, output: Path) -> None:
        command = [sys.executable, "-m", "builders", "watch", "deck", "--outline", str(outline)]
        self.process = subprocess.Popen(
            [*command, "--output", str(output)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, words: str, times: int = 1) -> None:
        end = time.monotonic() + PATIENCE
        while self.said.count(words) < times:
            assert time.monotonic() < end, self.said
            assert self.process.poll() is None, self.said
            time.sleep(0.05)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[[Path], Watching]]:
    started: list[Watching] = []

    def watch(outline: Path) -> Watching:
        started.append(Watching(outline, tmp_path / "out"))
        return started[-1]

    yield watch
    for one in started:
        if alive(one.process.pid):
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()


def alive(group: int) -> bool:
    """Return whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_watch_follows_saves_shows_faults_and_ends_cleanly(
    end: signal.Signals, tmp_path: Path, watching: Callable[[Path], Watching]
) -> None:
    outline = tmp_path / "ash.yaml"
    text = SMALL.read_text("utf-8")
    outline.write_text(text, "utf-8")
    deck = tmp_path / "out" / "ash" / "en" / "deck.pptx"
    run = watching(outline)
    run.wait_for("1 document built")
    run.wait_for("watching", 1)
    first = deck.read_bytes()
    outline.write_text(text.replace("id: lava", "id: Lava"), "utf-8")
    run.wait_for("the last good documents stay")
    run.wait_for("watching", 2)
    assert f"{outline}:" in run.said
    assert deck.read_bytes() == first
    outline.write_text(text.replace("Lava", "Magma"), "utf-8")
    run.wait_for("1 document built", 2)
    assert deck.read_bytes() != first
    run.wait_for("watching", 3)
    os.kill(run.process.pid, end)
    assert run.process.wait(PATIENCE) == 0
    assert "Traceback" not in run.said
    assert re.search(r"^\S+ash\.yaml: 1 document built in \d+\.\d s$", run.said, re.MULTILINE)
    until = time.monotonic() + PATIENCE
    while alive(run.process.pid):
        assert time.monotonic() < until, "a process is left"
        time.sleep(0.1)


def test_processes_end_with_a_watch_that_is_killed(
    tmp_path: Path, watching: Callable[[Path], Watching]
) -> None:
    outline = tmp_path / "ash.yaml"
    outline.write_text(SMALL.read_text("utf-8"), "utf-8")
    run = watching(outline)
    run.wait_for("watching", 1)
    os.kill(run.process.pid, signal.SIGKILL)
    run.process.wait()
    until = time.monotonic() + PATIENCE
    while alive(run.process.pid):
        assert time.monotonic() < until, "a process is left"
        time.sleep(0.1)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """An outline in a folder of its own."""
    path = tmp_path / "course" / "a.yaml"
    path.parent.mkdir()
    path.write_text("1", "utf-8")
    return path


def is_seen(changes: Iterator[None], seconds: float = PATIENCE) -> bool:
    """Return whether the next change is seen in time."""
    found = threading.Event()

    def wait() -> None:
        next(changes)
        found.set()

    threading.Thread(target=wait, daemon=True).start()
    return found.wait(seconds)


def test_a_change_is_seen_once_the_file_keeps_still(course: Path) -> None:
    changes = file_watch.watch_saves([course])
    assert is_seen(changes)
    threading.Timer(0.15, course.write_text, ["22", "utf-8"]).start()
    assert is_seen(changes)
    assert course.read_text("utf-8") == "22"


def test_a_change_while_nobody_looked_is_seen(course: Path) -> None:
    changes = file_watch.watch_saves([course])
    assert is_seen(changes)
    course.write_text("22", "utf-8")
    time.sleep(1)
    assert is_seen(changes)


def test_a_file_that_takes_the_place_of_another_is_seen(course: Path) -> None:
    changes = file_watch.watch_saves([course])
    assert is_seen(changes)
    (course.parent / "new").write_text("1", "utf-8")
    (course.parent / "new").replace(course)
    assert is_seen(changes)


def test_pictures_in_new_folders_and_a_theme_elsewhere_are_seen_and_nothing_else_is(
    course: Path, tmp_path: Path
) -> None:
    theme = tmp_path / "theme.yaml"
    theme.write_text("1", "utf-8")
    changes = file_watch.watch_saves([course], [theme])
    assert is_seen(changes)
    (course.parent / "in").mkdir()
    time.sleep(0.5)
    (course.parent / "in" / "a.PNG").write_bytes(b"1")
    assert is_seen(changes)
    theme.write_text("22", "utf-8")
    assert is_seen(changes)
    (course.parent / "in" / "a.pdf").write_bytes(b"1")
    (course.parent / "notes.txt").write_text("1", "utf-8")
    assert not is_seen(changes, 1.5)


def test_a_folder_that_goes_and_comes_back_is_followed_on(course: Path) -> None:
    """As when another version is checked out, or a shared drive is unplugged."""
    changes = file_watch.watch_saves([course])
    assert is_seen(changes)
    course.parent.rename(course.parent.with_name("away"))
    assert is_seen(changes)
    shutil.copytree(course.parent.with_name("away"), course.parent)
    assert is_seen(changes)
    time.sleep(1)
    (course.parent / "a.svg").write_text("<svg/>", "utf-8")
    assert is_seen(changes)


def keys(text: str) -> dict[str, str]:
    """Return the memory's key of each builder for an outline's text."""
    memory = BuildMemory(Path(), source.parse_source(text).values, ("es", "en"), {})
    return {name: memory.hash_job(Job(name, load_builder(name).options(lang="es"))) for name in BUILDERS}


def test_an_edit_touches_only_the_documents_of_its_language() -> None:
    text = ATHENS.read_text("utf-8")
    before = keys(text)
    assert keys(text.replace("en: Death of Socrates", "en: The end of Socrates")) == before
    assert keys(f"# a remark\n{text}") == before
    label = keys(text.replace("es: Muere Sócrates", "es: Muerte de Sócrates"))
    assert not set(label.values()) & set(before.values())


def test_a_picture_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    values = source.parse_source(ATHENS.read_text("utf-8")).values
    picture = tmp_path / "images" / "trireme.png"
    picture.parent.mkdir()
    found = []
    for content in (b"1", b"2", b"1"):
        picture.write_bytes(content)
        job = Job("guide", GuideOptions(lang="es", root=tmp_path))
        found.append(BuildMemory(Path(), values, ("es", "en"), {}).hash_job(job))
    assert found[0] == found[2] != found[1]


class Odd(Exception):
    """An error that cannot be made again from its arguments, as some libraries have."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def fail(glyph: bool) -> None:
    raise MissingGlyph("\u6f22", "a word") if glyph else Odd(1, 2)


def test_what_a_builder_raises_comes_back_from_another_process() -> None:
    with closing(WorkerPool(1)) as pool:
        with pytest.raises(OutlineFaults, match="empty") as faults:
            wait_for_result(pool.submit(source.parse_source, ""))
        assert [fault.line for fault in faults.value.faults] == [1]
        with pytest.raises(MissingGlyph, match=r"no face has a glyph for .*, in 'a word'") as missing:
            wait_for_result(pool.submit(fail, True))
        assert (missing.value.character, missing.value.word) == ("\u6f22", "a word")
        with pytest.raises(RuntimeError, match="Odd: 1 and 2"):
            wait_for_result(pool.submit(fail, False))
        parsed = wait_for_result(pool.submit(source.parse_source, SMALL.read_text("utf-8")))
        assert read_outline(parsed, HERE).outline.languages == ("en",)


def test_a_process_that_is_killed_is_told_of_and_replaced() -> None:
    with closing(WorkerPool(1, kept=True)) as pool:
        first = wait_for_result(pool.submit(os.getpid))
        assert wait_for_result(pool.submit(os.getpid)) == first != os.getpid()
        with pytest.raises(WorkerGone, match="build again"):
            wait_for_result(pool.submit(os.kill, first, signal.SIGKILL))
        assert wait_for_result(pool.submit(os.getpid)) != first


@pytest.mark.parametrize("kept", [True, False])
def test_processes_end_at_once_though_they_are_busy(kept: bool) -> None:
    pool = WorkerPool(2, kept=kept)
    pids = {wait_for_result(pool.submit(os.getpid)) for _ in range(8)}
    busy = [pool.submit(time.sleep, PATIENCE) for _ in range(4)]
    time.sleep(0.2)
    start = time.monotonic()
    pool.close()
    assert time.monotonic() - start < PATIENCE / 4
    assert all(one.cancelled() or one.exception() for one in busy)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


BUSY = """
import os, signal, sys, time
signal.signal(signal.SIGQUIT, signal.SIG_DFL)  # a shell's background job ignores it
from contextlib import closing
from builders.build.jobs import WorkerPool
with closing(WorkerPool(2, kept=sys.argv[1] == "kept")) as pool:
    [begun.result() for begun in [pool.submit(os.getpid) for _ in range(4)]]
    busy = [pool.submit(time.sleep, 600) for _ in range(4)]
    print("busy", flush=True)
    busy[0].result()
"""


@pytest.mark.parametrize("end", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL"])
@pytest.mark.parametrize("kept", ["kept", "for one build"])
def test_busy_processes_end_with_their_parent_whatever_ends_it(kept: str, end: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", BUSY, kept],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert parent.stdout
    with parent.stdout as said:
        while said.readline() != b"busy\n":
            assert parent.poll() is None
        os.kill(parent.pid, signal.Signals[end])
        assert parent.wait(PATIENCE) != 0
        until = time.monotonic() + PATIENCE
        while alive(parent.pid):
            assert time.monotonic() < until, "a process is left"
            time.sleep(0.05)


def test_a_file_that_is_emptied_before_it_is_written_is_waited_for(course: Path) -> None:
    changes = file_watch.watch_saves([course])
    assert is_seen(changes)
    course.write_text("", "utf-8")
    threading.Timer(0.2, course.write_text, ["22", "utf-8"]).start()
    assert is_seen(changes)
    assert course.read_text("utf-8") == "22"
