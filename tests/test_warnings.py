"""What a copy-editor would mark is a warning with its exact place; good prose gets none."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from pptx import Presentation

from builders.cli import main

ROOT = Path(__file__).parent.parent
SLIPS = Path(__file__).parent / "cases" / "warnings"
FINISHED = [
    *sorted((ROOT / "outline").glob("*.yaml")),
    *(ROOT / "tests" / "outlines" / name for name in ("athens.yaml", "one-language.yaml")),
    ROOT / "builders" / "commands" / "starter.yaml",
]


@pytest.mark.parametrize("path", FINISHED, ids=lambda path: path.stem)
def test_finished_courses_have_no_warning(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--outline", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: no faults\n"


def test_github_gets_an_annotation_a_fault_and_no_commands_from_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "a,b.yaml"
    text = (SLIPS / "prose.yaml").read_text("utf-8")
    outline.write_text(text.replace("lane: lava", "lane: 100%"), "utf-8")
    main(["check", "--outline", str(outline), "--format", "github"])
    told = capsys.readouterr().out.splitlines()
    assert len(told) > 5
    assert all(re.match(r"::(error|warning) file=[^:]*a%2Cb\.yaml,line=\d+,col=\d+,", line) for line in told)
    assert any("'100%25' is not an id" in line for line in told)


def test_json_holds_every_fault_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    case = SLIPS / "dates.yaml"
    assert main(["check", "--outline", str(case), "--json"]) == 0
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert {(f["line"], f["severity"]) for f in faults} >= {(8, "warning"), (20, "warning")}


def test_a_slip_that_comes_again_and_again_is_told_with_a_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "a.yaml"
    text = (SLIPS / "silent.yaml").read_text("utf-8")
    goals = "".join(f"      - {{en: 'Tell  {i}', es: 'Decir {i}'}}\n" for i in range(12))
    assert "    goals:" not in text
    outline.write_text(text.replace("    summary:", f"    goals:\n{goals}    summary:", 1), "utf-8")
    assert main(["check", "--outline", str(outline)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "two spaces in a row" in line]
    assert len(told) == 6, told
    assert "7 more times, last in line" in told[-1]
    assert main(["check", "--outline", str(outline), "--json"]) == 0
    assert capsys.readouterr().out.count("two spaces in a row") == 12


def test_a_new_outline_has_no_stale_translations(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = repository.with_name("new.yaml")
    new.write_text(repository.read_text("utf-8"), "utf-8")
    assert main(["check", "--outline", str(new), "--since", "HEAD"]) == 0
    assert capsys.readouterr().out == f"{new}: no faults\n"


def test_colours_are_for_terminals_and_a_fault_cannot_steer_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outline = tmp_path / "a.yaml"
    outline.write_bytes(b'languages: [en]\ntitle: "x\x1b[31mred"\n')
    main(["check", "--outline", str(outline)])
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["check", "--outline", str(outline)])
    told = capsys.readouterr().out
    assert "\x1b[31m:" in told
    assert "x\x1b" not in told


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An outline, committed; its path."""
    outline = tmp_path / "course" / "ash.yaml"
    outline.parent.mkdir()
    outline.write_text((SLIPS / "silent.yaml").read_text("utf-8"), "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    return outline


def test_a_text_that_changed_in_one_language_alone_is_stale_in_the_other(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = repository.read_text("utf-8")
    text = text.replace("In May 1883 it was", "In June 1883 it was")
    text = text.replace("El cañón M-30 y", "El cañón M-30, y")  # a comma is no news for the translator
    repository.write_text(text.replace("es: Lava", "es: Fuego").replace("en: Lava", "en: Fire"), "utf-8")
    assert main(["check", "--outline", str(repository), "--since", "HEAD"]) == 0
    told = capsys.readouterr().out.splitlines()
    first = [line for line in told if line.startswith(str(repository))]
    stale = "the text in es is as it was in HEAD, but en changed; bring es up to date"
    assert first == [f"{repository}:21:7: warning: {stale}"]


def test_an_unknown_revision_is_wrong_usage(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for revision in ("nothing", "--output=x", "HEAD:course"):
        assert main(["check", "--outline", str(repository), f"--since={revision}"]) == 2
        assert "git knows no revision" in capsys.readouterr().err


def test_a_deck_can_be_checked_whoever_made_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = tmp_path / "lesson.pptx"
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_picture(str(ROOT / "tests" / "outlines" / "images" / "trireme.png"), 0, 0)
    presentation.save(str(deck))
    assert main(["check", "--deck", str(deck)]) == 1
    told = capsys.readouterr().out
    assert f"{deck}: slide 1: " in told
    assert main(["check", "--deck", str(SLIPS / "prose.yaml")]) == 2
    assert "is not a .pptx" in capsys.readouterr().err
