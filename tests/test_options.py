"""What a user may ask `build` for: themes, templates, several outlines; and how a wrong wish is answered."""

import shutil
from pathlib import Path

import pytest

from builders.cli import main
from builders.commands import places

OUTLINES = Path(__file__).parent / "outlines"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an outline in two languages and one in one, as `outline/` may hold them."""
    folder = tmp_path / "outline"
    shutil.copytree(OUTLINES / "images", folder / "images")
    for name in ("athens.yaml", "one-language.yaml"):
        shutil.copy(OUTLINES / name, folder / name)
    monkeypatch.setattr(places, "home", lambda: tmp_path)
    return tmp_path


def made(home: Path) -> list[str]:
    return sorted(str(p.relative_to(home / "output")) for p in home.rglob("*.pptx"))


def test_a_language_is_built_of_the_outlines_that_have_it(home: Path) -> None:
    assert main(["build", "deck", "--lang", "es"]) == 0
    assert made(home) == ["athens/es/deck.pptx"]


def test_a_language_that_no_outline_has_is_wrong_usage(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "deck", "--lang", "fr"]) == 2
    assert "is not in 'fr'" in capsys.readouterr().err
    assert made(home) == []


def test_a_deck_of_one_section_or_another_ratio_does_not_take_the_place_of_the_whole(home: Path) -> None:
    outline = ["--outline", str(home / "outline" / "athens.yaml"), "--lang", "en"]
    for wish in ([], ["--section", "rise"], ["--section", "rise", "--ratio", "4:3"]):
        assert main(["build", "deck", *outline, *wish]) == 0
    assert made(home) == [f"athens/en/{name}.pptx" for name in ("deck-rise-4x3", "deck-rise", "deck")]


def test_a_wrong_theme_is_told_by_place_with_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme = tmp_path / "school.yaml"
    theme.write_text(
        "pallette:\n  ink: '#000000'\npalette:\n  ink: red\nguide:\n  align: centre\n",
        "utf-8",
    )
    assert main(["build", "--outline", str(OUTLINES / "athens.yaml"), "--theme", str(theme)]) == 2
    told = capsys.readouterr().err
    assert f"{theme}:1:1: 'pallette' is not a field here; did you mean palette?" in told
    assert f"{theme}:4:3: 'red' is not a colour; write it like '#1D1A16', in quotes" in told
    assert f"{theme}:6:3: 'centre' is not known here; use 'left' or 'justify'" in told


def test_a_theme_whose_colours_are_too_faint_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme = tmp_path / "faint.yaml"
    theme.write_text("palette:\n  red: '#FF9999'\n", "utf-8")
    assert main(["build", "--outline", str(OUTLINES / "athens.yaml"), "--theme", str(theme)]) == 2
    assert "has a contrast of" in capsys.readouterr().err


def test_a_template_that_is_no_presentation_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    outline = str(OUTLINES / "athens.yaml")
    assert main(["build", "deck", "--outline", outline, "--template", outline]) == 2
    assert "is not a .pptx" in capsys.readouterr().err
