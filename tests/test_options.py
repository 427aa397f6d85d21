"""What a user may ask `build` for: themes, templates, several outlines; and how a wrong wish is answered."""

import shutil
import zipfile
from pathlib import Path

import pytest

from builders.build.registry import BUILDERS, load_builder
from builders.cli import main
from builders.commands import locations
from builders.outline.load import load_outline

OUTLINES = Path(__file__).parent / "outlines"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an outline in two languages and one in one, as `outline/` may hold them."""
    folder = tmp_path / "outline"
    shutil.copytree(OUTLINES / "images", folder / "images")
    for name in ("athens.yaml", "one-language.yaml"):
        shutil.copy(OUTLINES / name, folder / name)
    monkeypatch.setattr(locations, "find_home", lambda: tmp_path)
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


def test_a_deck_of_a_part_or_in_another_ratio_does_not_take_the_place_of_the_whole(home: Path) -> None:
    outline = ["--outline", str(home / "outline" / "athens.yaml"), "--lang", "en"]
    for wish in ("", "--section rise", "--section rise --ratio 4:3", "--no-questions"):
        assert main(["build", "deck", *outline, *wish.split()]) == 0
    names = ("deck-no-questions", "deck-rise-4x3", "deck-rise", "deck")
    assert made(home) == [f"athens/en/{name}.pptx" for name in names]


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


def able(option: str) -> str:
    """Return the builders that take an option, as the program lists them: 'guide, deck and poster'."""
    first, *rest = [name for name in BUILDERS if option in load_builder(name).options.__dataclass_fields__]
    return ", ".join([first, *rest[:-1]]) + (f" and {rest[-1]}" if rest else "")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("poster --section rise", f"the poster shows the whole course; --section is for {able('section')}"),
        ("guide poster --section rise", f"--section is for {able('section')}"),
        ("guide --size a3", "--size is for poster, not for guide"),
        ("poster --edition teacher", "--edition is for guide"),
        ("deck --grey", f"--grey is for {able('grey')}"),
        ("guide --no-questions", "--no-questions is for deck, not for guide"),
        ("guide poster --template x.pptx", "--template is for deck, not for guide and poster"),
        ("psoter", "did you mean poster?"),
        ("my/trains.yaml --outline my/other.yaml", "name the outlines once: build FILE …"),
    ],
)
@pytest.mark.parametrize("command", ["build", "watch"])
def test_an_option_that_would_do_nothing_is_wrong_usage(
    command: str, asked: str, answer: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, *asked.split()]) == 2
    assert answer in capsys.readouterr().err
    assert made(home) == []


def test_a_template_that_holds_no_presentation_is_told_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "z.pptx"
    with zipfile.ZipFile(template, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    wish = ["--lang", "en", "--template", str(template), "--output", str(tmp_path)]
    assert main(["build", "deck", "--outline", str(OUTLINES / "athens.yaml"), *wish]) == 2
    told = capsys.readouterr().err
    assert f"{template}: the template cannot be used: " in told
    assert "athens" not in told


@pytest.mark.parametrize("command", ["build", "check", "watch", "preview", "diff"])
def test_an_outline_that_is_not_there_is_told_and_ends_the_command(
    command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "nope.yaml"
    assert main([command, "--outline", str(nowhere)]) == 1
    told = capfd.readouterr()
    assert f"{nowhere}: there is no such file" in told.out + told.err


@pytest.mark.parametrize("wish", ["--section zz", "--lang fr", "--theme nope.yaml", "--template nope.pptx"])
def test_watch_ends_where_no_save_can_mend_what_was_asked(
    wish: str, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    outline = str(home / "outline" / "athens.yaml")
    assert main(["watch", "deck", "--outline", outline, *wish.split()]) == 2
    assert "watching" not in capfd.readouterr().out


def test_preview_refuses_a_wrong_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = tmp_path / "school.yaml"
    theme.write_text("palette:\n  ink: red\n", "utf-8")
    assert main(["preview", "--outline", str(OUTLINES / "athens.yaml"), "--theme", str(theme)]) == 2
    assert f"{theme}:2:3: 'red' is not a colour" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("buid", "there is no command 'buid'; did you mean build?"),
        ("build --langs en", "'--langs' is not known here; did you mean --lang?"),
        ("watch deck --temlate=x.pptx", "'--temlate=x.pptx' is not known here; did you mean --template?"),
        ("new a.yaml b.yaml", "'b.yaml' is not known here; see --help"),
    ],
)
def test_a_slip_in_a_name_is_answered_with_the_nearest(
    asked: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(asked.split())
    except SystemExit as end:
        code = int(str(end.code))
    assert code == 2
    assert answer in capsys.readouterr().err


def test_names_of_papers_and_sizes_may_be_written_large(home: Path) -> None:
    outline = ["--outline", str(home / "outline" / "one-language.yaml"), "--output", str(home)]
    assert main(["build", "poster", *outline, "--size", "A3", "--paper", "Letter"]) == 0
    assert [path.name for path in sorted(home.rglob("*.pdf"))] == [
        "poster-a3-sheets-letter.pdf",
        "poster-a3.pdf",
    ]


def test_check_takes_the_outline_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    outline = str(OUTLINES / "athens.yaml")
    assert main(["check", outline]) == main(["check", "--outline", outline])
    assert f"{outline}: " in capsys.readouterr().out
    assert main(["check", outline, "--outline", outline]) == 2


def test_texts_under_no_language_are_the_first_ones_where_others_may_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "ash.yaml"
    text = (OUTLINES / "one-language.yaml").read_text("utf-8")
    assert "languages: [en]" in text
    outline.write_text(text.replace("languages: [en]", "languages: [en, es]"), "utf-8")
    assert main(["check", str(outline)]) == 1
    capsys.readouterr()
    assert main(["check", str(outline), "--allow-missing"]) == 0
    assert "warning: one text stands for en, es; write each under its language" in capsys.readouterr().out
    texts = load_outline(outline, allow_missing=True).outline.title
    assert texts["es"] == "\\[en\\] " + texts["en"]
