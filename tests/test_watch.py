"""`watch` follows each save: what changed is built again, a fault shows, and Ctrl-C leaves nothing behind."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from builders import live, source
from builders.load import from_source, load
from builders.memory import Job, Memory
from builders.options import Options
from builders.poster.plan import plan
from builders.workers import WorkerGone, Workers

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
        if one.process.poll() is None:
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


def test_a_change_is_seen_once_the_file_keeps_still(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("1", "utf-8")
    seen = live.changes(lambda: [path])
    next(seen)
    threading.Timer(0.15, path.write_text, ["22", "utf-8"]).start()
    next(seen)
    assert path.read_text("utf-8") == "22"


def keys(text: str) -> dict[str, str]:
    """Return the memory's key of each builder for an outline's text."""
    memory = Memory(Path(), source.parse(text).values, ("es", "en"), {})
    return {name: memory.key(Job(name, Options(lang="es"))) for name in ("guide", "deck", "poster")}


def test_an_edit_touches_only_the_documents_that_read_it() -> None:
    text = ATHENS.read_text("utf-8")
    before = keys(text)
    other_language = keys(text.replace("en: Death of Socrates", "en: The end of Socrates"))
    assert other_language == before
    prose = keys(text.replace("mató quizá a un cuarto", "mató a un cuarto"))
    assert [name for name in before if before[name] != prose[name]] == ["guide", "deck"]
    label = keys(text.replace("es: Muere Sócrates", "es: Muerte de Sócrates"))
    assert [name for name in before if before[name] != label[name]] == ["guide", "deck", "poster"]


def test_the_poster_does_not_read_what_the_memory_says_it_does_not() -> None:
    """Everything that is called unread is taken away or replaced: the plan stays the same."""
    outline = load(ATHENS).outline
    sections = tuple(
        section.model_copy(
            update={
                "question": {"es": "?", "en": "?"},
                "summary": {"es": "?", "en": "?"},
                "goals": (),
                "notes": None,
                "blocks": (),
                "questions": (),
            }
        )
        for section in outline.sections
    )
    bare = outline.model_copy(update={"sections": sections, "people": (), "terms": ()})
    for language in outline.languages:
        options = Options(lang=language, root=ATHENS.parent)
        assert plan(bare, options) == plan(outline, options)


def test_faults_of_a_builder_come_back_from_another_process() -> None:
    workers = Workers(1)
    with closing(workers):
        with pytest.raises(Exception, match="empty") as caught:
            workers.submit("one", source.parse, "").result(PATIENCE)
        assert [fault.line for fault in caught.value.faults] == [1]  # type: ignore[attr-defined]
        parsed = workers.submit("one", source.parse, SMALL.read_text("utf-8")).result(PATIENCE)
        assert from_source(parsed, HERE).outline.languages == ("en",)


def test_a_document_goes_to_the_process_that_made_it_before() -> None:
    with closing(Workers(2)) as workers:
        names = ["guide", "deck", "guide", "poster", "deck"]
        at = [workers.submit(name, os.getpid).result(PATIENCE) for name in names]
        assert at[0] == at[2] and at[1] == at[4]
        assert len({*at}) == 2 and os.getpid() not in at


def test_a_process_that_is_killed_is_told_of_and_replaced() -> None:
    with closing(Workers(1)) as workers:
        first = workers.submit("deck", os.getpid).result(PATIENCE)
        with pytest.raises(WorkerGone, match="save again"):
            workers.submit("deck", os.kill, first, signal.SIGKILL).result(PATIENCE)
        assert workers.submit("deck", os.getpid).result(PATIENCE) != first


def test_workers_end_at_once_though_they_are_busy() -> None:
    workers = Workers(2)
    pids = [workers.submit(n, os.getpid).result(PATIENCE) for n in range(2)]
    busy = [workers.submit(n, time.sleep, PATIENCE) for n in range(4)]
    time.sleep(0.2)
    start = time.monotonic()
    workers.close()
    assert time.monotonic() - start < PATIENCE / 4
    assert all(one.cancelled() or isinstance(one.exception(), WorkerGone) for one in busy)
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_file_that_is_emptied_before_it_is_written_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("1", "utf-8")
    seen = live.changes(lambda: [path])
    next(seen)
    path.write_text("", "utf-8")
    threading.Timer(0.2, path.write_text, ["22", "utf-8"]).start()
    next(seen)
    assert path.read_text("utf-8") == "22"
