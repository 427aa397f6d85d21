"""A new editor's first minute: `new FILE` leaves an outline without a fault that builds."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from builders.cli import main
from builders.commands.new import write_starter
from builders.outline.load import load_outline


@pytest.mark.parametrize("languages", ["es", "en", "es,en", "en es", "es-MX,en-GB"])
def test_the_starter_has_no_fault_in_any_choice_of_languages(
    languages: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "course" / "trains.yaml"
    title = "L'été: «a» # \\1 [b] *c*"
    asked = [part for language in languages.split() for part in ("--lang", language)]
    assert main(["new", str(outline.with_suffix("")), *asked, "--title", title]) == 0
    capsys.readouterr()
    assert main(["check", "--outline", str(outline)]) == 0
    assert capsys.readouterr().out == f"{outline}: no faults\n"
    loaded = load_outline(outline).outline
    assert list(loaded.languages) == languages.replace(",", " ").split()
    assert set(loaded.title.values()) == {title.replace("'", "’")}
    first = languages[:2]
    assert ("Indentation" if first == "en" else "sangría") in outline.read_text("utf-8")
    assert ("sangría" if first == "en" else "Indentation") not in outline.read_text("utf-8")
    assert (outline.parent / "outline.schema.json").is_file()


def test_the_starter_shows_a_table_a_chart_and_a_question() -> None:
    text = write_starter(["en"], "", Path("x.yaml"))
    assert all(part in text for part in ("compare:", "chart:", "questions:", "kind: choice", "points:"))


def test_new_overwrites_nothing_and_asks_nothing_in_a_pipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "a.yaml"
    outline.write_text("mine", "utf-8")
    assert main(["new", str(outline)]) == 2
    assert main(["new", str(tmp_path / "b.txt")]) == 2
    assert main(["new", str(tmp_path / "b"), "--lang", "tlh"]) == 2
    assert main(["new", str(tmp_path / "b"), "--lang", "es,es"]) == 2
    assert capsys.readouterr().err.count("\n") == 4
    assert outline.read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_on_a_terminal_it_asks_for_languages_and_title(tmp_path: Path) -> None:
    import pty

    outline = tmp_path / "a.yaml"
    ours, theirs = pty.openpty()
    try:
        running = subprocess.Popen(
            [sys.executable, "-m", "builders", "new", str(outline)],
            cwd=Path(__file__).parent.parent,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.write(ours, b"es\nCaminos de hierro\n")
        assert running.wait(60) == 0
        told = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "Languages [en, es]: " in told
    assert "Title of the course" in told
    assert "languages: [es]\ntitle:\n  es: 'Caminos de hierro'\n" in outline.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="runs the line in a POSIX shell's manner")
def test_the_next_step_that_is_told_can_be_typed_as_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "mi curso's" / "a b.yaml"
    assert main(["new", str(outline), "--lang", "en"]) == 0
    told = capsys.readouterr().out.partition("Next: ")[2]
    python, tasks, _, *arguments = shlex.split(told)
    assert (python, tasks, arguments) == ("python3", "tasks.py", ["--outline", str(outline)])
    check = re.search(r"^# +python3 tasks\.py (check .*?)  ", outline.read_text("utf-8"), re.MULTILINE)
    assert check and main(shlex.split(check[1])) == 0


def test_its_help_says_which_languages_a_plain_run_makes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    assert "en, es (without this option: all)" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("languages", [["en"], ["es", "en"]])
def test_its_examples_are_without_a_fault_once_they_are_no_remarks(
    languages: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "a.yaml"
    text = re.sub(
        r"^( +)# ( *)(?=(- )?[a-z]+:)", r"\1\2", write_starter(languages, "", outline), flags=re.MULTILINE
    )
    outline.write_text(text, "utf-8")
    (tmp_path / "images").mkdir()
    picture = Path(__file__).parent / "outlines" / "images" / "trireme.png"
    (tmp_path / "images" / "map.png").write_bytes(picture.read_bytes())
    assert main(["check", str(outline)]) == 0, capsys.readouterr().out
    assert capsys.readouterr().out == f"{outline}: no faults\n"
    (section,) = load_outline(outline).outline.sections
    assert {"quote", "debate", "table", "image"} <= {
        kind for block in section.blocks for kind in block.model_fields_set
    }
    assert {"source", "essay"} <= {question.kind for question in section.questions}
