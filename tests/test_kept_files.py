"""Nothing of the user's is lost: what Temario did not write, or what was changed since, stays."""

import json
import os
import shutil
from pathlib import Path

import pytest

from builders.cli import main
from builders.commands import locations
from tests.conftest import ROOT


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small outline, whose deck is built."""
    (tmp_path / "outline").mkdir()
    shutil.copy(ROOT / "tests" / "outlines" / "one-language.yaml", tmp_path / "outline" / "ash.yaml")
    monkeypatch.setattr(locations, "find_home", lambda: tmp_path)
    assert main(["build", "deck"]) == 0
    return tmp_path


def deck(home: Path) -> Path:
    return home / "output" / "ash" / "en" / "deck.pptx"


def test_clean_takes_what_was_built_and_leaves_what_strangers_wrote(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    thesis = home / "output" / "thesis" / "chapter.docx"
    beside = deck(home).with_name("notes.txt")
    for path in (thesis, beside):
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", encoding="utf-8")
    assert main(["clean"]) == 0
    assert not deck(home).exists()
    assert thesis.read_text(encoding="utf-8") == beside.read_text(encoding="utf-8") == "mine"
    beside.unlink()
    assert main(["build", "deck"]) == 0
    assert main(["clean", "--outline", str(home / "outline" / "ash.yaml")]) == 0
    assert not (home / "output" / "ash").exists()
    assert "deleted 1 document" in capsys.readouterr().out


def test_clean_leaves_a_document_that_was_edited(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck(home).write_bytes(deck(home).read_bytes() + b"edited")
    assert main(["clean"]) == 0
    assert deck(home).read_bytes().endswith(b"edited")
    assert f"kept {deck(home)}" in capsys.readouterr().out


def test_a_deck_that_was_edited_is_kept_beside_the_new_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = deck(home).read_bytes()
    for number, name in ((1, "deck (edited).pptx"), (2, "deck (edited 2).pptx")):
        deck(home).write_bytes(built + b"edited" * number)
        assert main(["build", "deck"]) == 0
        assert f"warning: the file was changed by hand, and is kept as '{name}'" in capsys.readouterr().err
        assert deck(home).read_bytes() == built
        assert deck(home).with_name(name).read_bytes() == built + b"edited" * number
    assert main(["build", "deck"]) == 0
    assert "changed by hand" not in capsys.readouterr().err
    deck(home).write_bytes(b"edited")
    assert main(["build", "deck", "--force"]) == 0
    assert len([*deck(home).parent.glob("deck*")]) == 3


def test_a_new_outline_replaces_what_an_older_one_built(home: Path) -> None:
    outline = home / "outline" / "ash.yaml"
    outline.write_text(
        outline.read_text(encoding="utf-8").replace("jet engines", "engines"), encoding="utf-8"
    )
    assert main(["build", "deck"]) == 0
    assert [path.name for path in deck(home).parent.iterdir()] == ["deck.pptx"]


@pytest.mark.parametrize(
    "record",
    [
        "[" * 100_000,
        "[]",
        '{"a": [{"name": "../../outline/ash.yaml", "lang": "en"}]}',
        '{"a": [{"name": "ash.yaml", "lang": "../outline"}]}',
        '{"a": [{"name": "ash.yaml", "lang": "..\\\\outline"}]}',
        '{"a": {"name": 1}, "b": [1, null]}',
        '{"a": [{"name": "deck.pptx", "lang": "en", "outline": ["x"]}]}',
        '{"a": [{"name": "deck.pptx", "lang": "en", "outline": "/dev/zero"}]}',
        '{"a": [{"name": "deck.pptx", "lang": "en", "outline": "a\\u0000b"}]}',
        '{"a": [{"name": "con.pptx", "lang": "..."}]}',
    ],
    ids=[
        *("deep", "a list", "a path", "a folder", "a folder on Windows", "other types", "no outline"),
        *("a device", "a null character", "dots"),
    ],
)
def test_a_record_that_means_harm_does_none(home: Path, record: str) -> None:
    outline = home / "outline" / "ash.yaml"
    (home / "output" / "ash" / ".built.json").write_text(_with_hash(record, outline), encoding="utf-8")
    assert main(["clean"]) == 0
    assert outline.exists()
    assert main(["build", "deck"]) == 0


def _with_hash(record: str, file: Path) -> str:
    """Return a record whose rows say all that rows say, with the hash of a file that is not Temario's."""
    from hashlib import sha256

    try:
        values = json.loads(record)
    except RecursionError:
        return record
    rows = values.get("a", []) if isinstance(values, dict) else []
    for row in rows if isinstance(rows, list) else []:
        row |= {"sha256": sha256(file.read_bytes()).hexdigest(), "count": 1, "unit": "pages", "warnings": []}
    return json.dumps(values)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_documents_mode_follows_the_umask(home: Path) -> None:
    deck(home).unlink()
    before = os.umask(0o027)
    try:
        assert main(["build", "deck"]) == 0
    finally:
        os.umask(before)
    assert deck(home).stat().st_mode & 0o777 == 0o640


def test_what_a_killed_build_left_half_written_is_cleared(home: Path) -> None:
    old, new = (deck(home).with_name(f".deck.pptx.{name}.part") for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert main(["build", "deck"]) == 0
    assert not old.exists()
    assert new.exists()  # another build may be writing it
    assert main(["clean"]) == 0
    assert not new.exists()


def test_json_names_the_document_that_was_kept(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck(home).write_bytes(b"edited")
    capsys.readouterr()
    assert main(["build", "deck", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (fault,) = [one for one in said["faults"] if "changed by hand" in one["message"]]
    assert fault["file"].endswith("deck.pptx")


def test_the_schema_is_written_over_no_outline(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outline = home / "outline" / "ash.yaml"
    before = outline.read_bytes()
    assert main(["schema", str(outline)]) == 2
    assert outline.read_bytes() == before
    assert "ends in .json" in capsys.readouterr().err
    assert main(["schema", str(home / "outline.json")]) == 0


def test_the_record_forgets_the_oldest_builds_and_none_that_was_just_recalled(home: Path) -> None:
    record = home / "output" / "ash" / ".built.json"
    (first,) = json.loads(record.read_text(encoding="utf-8"))
    rows = json.loads(record.read_text(encoding="utf-8"))
    rows |= {f"{number}": rows[first] for number in range(199)}
    record.write_text(json.dumps(rows), encoding="utf-8")
    assert main(["build", "deck"]) == 0  # recalled: now it is the newest
    assert main(["build", "guide"]) == 0
    left = list(json.loads(record.read_text(encoding="utf-8")))
    assert first in left
    assert "0" not in left


def other_outline(home: Path, name: str = "ash.yaml") -> Path:
    """Return an outline of the same name as that in `home`, in another folder, about something else."""
    other = home / "elsewhere" / name
    other.parent.mkdir()
    text = (home / "outline" / "ash.yaml").read_text(encoding="utf-8")
    other.write_text(text.replace("jet engines", "windows"), encoding="utf-8")
    return other


@pytest.mark.parametrize("name", ["ash.yaml", "ash.yml", "Ash.yaml"])
def test_outlines_of_one_name_are_not_built_into_one_folder_at_once(
    name: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built = deck(home).read_bytes()
    ours, other = home / "outline" / "ash.yaml", other_outline(home, name)
    assert main(["build", "deck", str(ours), str(other)]) == 2
    assert f"{ours} and {other} have one name" in capsys.readouterr().err
    assert deck(home).read_bytes() == built
    assert not (home / "output" / "Ash").exists()


def test_an_outline_of_the_same_name_replaces_no_documents_of_another_unless_it_is_forced(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built, ours, other = deck(home).read_bytes(), home / "outline" / "ash.yaml", other_outline(home)
    for arguments in (["build", "deck"], ["build", "guide"]):
        assert main([*arguments, "--outline", str(other)]) == 2
        assert f"holds the documents of {ours}; rename one of the two" in capsys.readouterr().err
    assert [path.name for path in deck(home).parent.iterdir()] == ["deck.pptx"]
    assert deck(home).read_bytes() == built
    assert main(["build", "deck", "--outline", str(other), "--output", str(home / "new")]) == 0
    assert main(["build", "deck", "--outline", str(other), "--force"]) == 0
    assert deck(home).read_bytes() != built
    assert main(["build", "deck", "--outline", str(other)]) == 0
    assert main(["build", "deck"]) == 2
    assert f"holds the documents of {other}" in capsys.readouterr().err


def test_an_outline_that_was_moved_goes_on_with_its_documents(home: Path) -> None:
    moved = home / "moved" / "ash.yaml"
    moved.parent.mkdir()
    (home / "outline" / "ash.yaml").rename(moved)
    assert main(["build", "deck", "--outline", str(moved)]) == 0
    assert [path.name for path in deck(home).parent.iterdir()] == ["deck.pptx"]


def test_a_document_that_another_program_locks_is_told_of_and_stops_only_itself(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows neither replaces nor deletes what a program has open."""
    assert main(["build", "guide"]) == 0
    outline, guide = home / "outline" / "ash.yaml", deck(home).with_name("guide.pdf")
    outline.write_text(outline.read_text(encoding="utf-8").replace("jet engines", "cars"), encoding="utf-8")
    before, other = deck(home).read_bytes(), guide.read_bytes()
    replace, unlink = Path.replace, Path.unlink

    def refuse(target: Path) -> None:
        if target == deck(home):
            raise PermissionError(13, "The process cannot access the file")

    def replace_unless_locked(self: Path, target: Path) -> Path:
        refuse(target)
        return replace(self, target)

    def unlink_unless_locked(self: Path, missing_ok: bool = False) -> None:
        refuse(self)
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", replace_unless_locked)
    monkeypatch.setattr(Path, "unlink", unlink_unless_locked)
    assert main(["build"]) == 3
    assert "deck.pptx: cannot be written; close it in the program that shows it" in capsys.readouterr().err
    assert deck(home).read_bytes() == before
    assert guide.read_bytes() != other
    assert main(["clean"]) == 3
    assert "deck.pptx: cannot be deleted" in capsys.readouterr().err
    assert [path.name for path in deck(home).parent.iterdir()] == ["deck.pptx"]
    monkeypatch.undo()
    monkeypatch.setattr(locations, "find_home", lambda: home)
    assert main(["clean"]) == 0
    assert not (home / "output" / "ash").exists()
