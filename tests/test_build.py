"""The whole way from an outline to documents: what is built, the same twice, and what a change changes."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from builders.build.registry import BUILDERS
from builders.cli import main
from tests.built_documents import made_by

ROOT = Path(__file__).parent.parent
ATHENS = ROOT / "tests" / "outlines" / "athens.yaml"


def build(outline: Path, output: Path, *arguments: str, **environment: str) -> None:
    """Build in a process of its own, as a user does."""
    command = [
        sys.executable,
        "-m",
        "builders",
        "build",
        "--outline",
        str(outline),
        "--output",
        str(output),
        *arguments,
    ]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".pdf", ".pptx"}
    }


def pdf_words(path: Path) -> list[str]:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]
    return "\n".join(pages).replace("\ufffe", "").split()


def deck_words(path: Path) -> list[str]:
    """Return the words of all shapes, groups, tables and notes."""
    texts = []
    for slide in Presentation(str(path)).slides:
        for part in (slide, slide.notes_slide):
            texts += [node.text or "" for node in part.element.iter() if str(node.tag).endswith("}t")]
    return " ".join(texts).split()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(ATHENS, folder)
    return folder / "athens"


def test_plain_build_makes_every_document_in_every_language(built: Path) -> None:
    names = ["deck.pptx", "guide-teacher.pdf", "guide.pdf", "poster-sheets-a4.pdf", "poster.pdf"]
    made = sorted(name for name in hashes(built) if made_by(name) in ("deck", "guide", "poster"))
    assert made == [f"{language}/{name}" for language in ("en", "es") for name in names]
    assert {made_by(name) for name in hashes(built)} <= {*BUILDERS}


def test_two_builds_in_two_time_zones_are_equal_to_the_byte(built: Path, tmp_path: Path) -> None:
    build(ATHENS, tmp_path, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7")
    assert hashes(tmp_path / "athens") == hashes(built)


def test_the_source_date_epoch_is_in_the_documents(built: Path, tmp_path: Path) -> None:
    build(ATHENS, tmp_path, "--lang", "es", SOURCE_DATE_EPOCH="1500000000")
    again = tmp_path / "athens" / "es"
    assert Presentation(str(again / "deck.pptx")).core_properties.modified.year == 2017
    for name in ("guide.pdf", "poster.pdf"):
        assert pypdfium2.PdfDocument(again / name).get_metadata_dict()["CreationDate"].startswith("D:2017071")
        assert (again / name).read_bytes() != (built / "es" / name).read_bytes()


def test_one_changed_date_changes_that_event_alone(built: Path, tmp_path: Path) -> None:
    """The battle of Marathon a year later: only words of its date may come or go."""
    changed = tmp_path / "athens.yaml"
    changed.write_text(ATHENS.read_text("utf-8").replace("date: -0489-09", "date: -0488-09"), "utf-8")
    images = tmp_path / "images"
    images.mkdir()
    (images / "trireme.png").write_bytes((ATHENS.parent / "images" / "trireme.png").read_bytes())
    build(changed, tmp_path, "--lang", "en")
    for name, words in (("guide.pdf", pdf_words), ("deck.pptx", deck_words), ("poster.pdf", pdf_words)):
        before, after = Counter(words(built / "en" / name)), Counter(words(tmp_path / "athens" / "en" / name))
        gone, come = before - after, after - before
        assert gone, name
        assert {re.sub(r"\D", "", word) for word in gone} <= {"490", ""}, (name, gone)
        assert {re.sub(r"\D", "", word) for word in come} <= {"489", ""}, (name, come)


def test_an_unchanged_outline_is_not_built_again_and_a_changed_language_alone_is(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "ash.yaml"
    text = (ROOT / "tests" / "outlines" / "one-language.yaml").read_text("utf-8")
    outline.write_text(text, "utf-8")
    arguments = ["build", "deck", "--outline", str(outline), "--output", str(tmp_path), "--json"]

    def seconds() -> list[float | None]:
        assert main(arguments) == 0
        return [file["seconds"] for file in json.loads(capsys.readouterr().out)["files"]]

    assert seconds() != [None]
    assert seconds() == [None]
    outline.write_text(text.replace("Lava", "Magma"), "utf-8")
    assert seconds() != [None]
    (tmp_path / "ash" / "en" / "deck.pptx").write_bytes(b"spoilt")
    assert seconds() != [None]


def test_wrong_usage_is_exit_code_2_with_advice(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, advice in (
        (["build", "leaflet"], "build " + ", ".join(BUILDERS)),
        (["build", "--outline", str(ATHENS), "--lang", "fr"], "it is in es, en"),
        (["build", "--outline", str(ATHENS), "--section", "fall"], "it has rise, war-and-fall"),
        (["build", "--outline", str(ATHENS), "--template", "none.pptx"], "none.pptx: there is no such file"),
    ):
        assert main(arguments) == 2
        told = capsys.readouterr().err
        assert advice in told
        assert told.count("\n") == 1


def test_a_file_that_cannot_be_replaced_is_told_with_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "athens" / "es" / "deck.pptx").mkdir(parents=True)  # nothing can be put where a folder stands
    code = main(["build", "deck", "--lang", "es", "--outline", str(ATHENS), "--output", str(tmp_path)])
    assert code == 3
    assert "cannot be written" in capsys.readouterr().err


def test_check_tells_whether_any_deck_is_accessible(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deck = built / "en" / "deck.pptx"
    assert main(["check", "--deck", str(deck)]) == 0
    assert capsys.readouterr().out == f"{deck}: accessible\n"
    untitled = Presentation()
    untitled.slides.add_slide(untitled.slide_layouts[1])
    other = tmp_path / "other.pptx"
    untitled.save(str(other))
    assert main(["check", "--deck", str(other)]) == 1
    assert f"{other}: slide 1: " in capsys.readouterr().out
    assert main(["check", "--deck", str(ATHENS)]) == 2
