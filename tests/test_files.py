"""Files are whole or not there; the time that documents carry comes from the environment alone."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from builders.core import files
from tests.conftest import ROOT

SMALL = ROOT / "tests" / "outlines" / "one-language.yaml"


def test_a_file_is_replaced_whole_and_an_equal_one_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.pdf"
    assert files.write_file(target, b"one")
    before = target.stat().st_mtime_ns
    assert not files.write_file(target, b"one")
    assert target.stat().st_mtime_ns == before
    assert files.write_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["a.pdf"]


def test_what_cannot_be_written_keeps_the_earlier_file_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"earlier")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(files.UnwritableFile, match="No space left on device"):
        files.write_file(target, b"later")
    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(
    ("epoch", "moment"),
    [
        (None, datetime(1980, 1, 1, tzinfo=UTC)),
        ("1500000000", datetime(2017, 7, 14, 2, 40, tzinfo=UTC)),
        ("0", datetime(1980, 1, 1, tzinfo=UTC)),
        ("99999999999", files.LATEST),
        ("yesterday", datetime(1980, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_time_of_documents_is_the_source_date_epoch(
    epoch: str | None, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    if epoch is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert files.read_document_time() == moment


@pytest.mark.parametrize("links", [True, False])
def test_a_kept_file_replaces_none_and_leaves_nothing_where_writing_fails(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(f"{path} is not to become {target}")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    target, kept, other = tmp_path / "a.pdf", tmp_path / "a (edited).pdf", tmp_path / "b.pdf"
    target.write_bytes(b"mine")
    assert files.write_file(target, b"one", kept)
    assert (target.read_bytes(), kept.read_bytes()) == (b"one", b"mine")
    with pytest.raises(files.UnwritableFile):  # another build has taken the name meanwhile
        files.write_file(target, b"two", kept)
    assert (target.read_bytes(), kept.read_bytes()) == (b"one", b"mine")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(files.UnwritableFile):
        files.write_file(target, b"two", other)
    assert {path.name for path in tmp_path.iterdir()} == {target.name, kept.name}


def test_as_many_edited_files_are_kept_as_the_message_says(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    for _ in range(files.MOST_KEPT):
        files.name_edited_file(target).touch()
    with pytest.raises(files.UnwritableFile, match=f"{files.MOST_KEPT} such are kept"):
        files.name_edited_file(target)


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 251 + ".pdf")
    files.write_file(path, b"content")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "ascii"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["check", "Ωδή.yaml"], 1),
        (["Ωδή"], 2),
        (["build", "--Ωδή"], 2),
        (["build", "Ωδή.yaml"], 1),
    ],
)
def test_a_console_of_any_encoding_is_told_everything(encoding: str, words: list[str], code: int) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": f"{encoding}:strict", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "builders", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    told = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == code, told
    assert "Traceback" not in told and "Unicode" not in told
    assert words[0] == "--help" or "Ωδή" in told


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
@pytest.mark.parametrize("settings", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_a_terminal_that_wants_no_escape_codes_gets_none(settings: dict[str, str], tmp_path: Path) -> None:
    import pty

    outline = tmp_path / "bad.yaml"
    outline.write_text("languages: [en]\n", encoding="utf-8")
    for command in (["check", str(outline)], ["build", "deck", str(SMALL), "--output", str(tmp_path)]):
        main, other = pty.openpty()
        started = subprocess.Popen(
            [sys.executable, "-m", "builders", *command],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=other,
            stderr=other,
        )
        os.close(other)
        said = b""
        try:
            while part := os.read(main, 4096):
                said += part
        except OSError:  # the other end is closed
            pass
        os.close(main)
        started.wait()
        assert said and b"\033" not in said
