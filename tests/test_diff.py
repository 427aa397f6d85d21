"""What changed is told in words, by section, for a mail or a pull request."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.cli import main
from builders.diff import describe
from builders.yaml_source import source

ATHENS = Path(__file__).parent / "outlines" / "athens.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that gives a copy of the sample course with texts replaced."""

    def change(*pairs: tuple[str, str]) -> Path:
        text = ATHENS.read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "athens.yaml"
        path.write_text(text, "utf-8")
        return path

    return change


def told(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    assert main(["diff", str(ATHENS), str(path), *options]) == 0
    return capsys.readouterr().out.splitlines()[1:]


def test_a_date_a_text_and_a_row_are_told_where_they_stand(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(
        ("date: -0489-09", "date: -0488-09"),
        ("mató quizá a un", "mató a un"),
        ("cells: [10, 12]", "cells: [10, 13]"),
        ("en: Death of Socrates", "en: Trial of Socrates"),
    )
    assert told(path, capsys) == [
        "",
        "section rise",
        "  event marathon",
        "    date [-0489-09 → -0488-09]; texts unchanged",
        "",
        "section war-and-fall",
        "  block 2 (text)",
        "    text es: La peste mató [− quizá] a un cuarto de …; en unchanged",
        "  block 7 (table)",
        "    table, row 1, cell 2 [12 → 13]",
        "  event socrates",
        "    label en: [Death of Socrates → Trial of Socrates]; es unchanged",
    ]


def test_what_went_is_named_once_and_what_stands_after_it_is_the_same(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    heading = "      - heading:\n          es: La asamblea decide\n          en: The assembly decides\n"
    path = changed((heading, ""), ("  - id: letters", "  - id: arts"))
    lines = told(path, capsys)
    assert "    removed: [− La asamblea decide]" in lines
    assert "    id [letters → arts]" in lines  # the same lane by its name
    assert not [line for line in lines if "block 2" in line]


def test_markdown_is_safe_from_the_texts_it_quotes(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(("en: Athens surrenders", "en: <img src=x> @everyone [x](http://x) *y*"))
    (line,) = [line for line in told(path, capsys, "--markdown") if "surrender" in line]
    assert line == (
        "- **event surrender**: label en: ~~Athens surrenders~~ "
        "**\\<img src=x\\> @\u2060everyone \\[x\\](http://x) \\*y\\***; es unchanged"
    )


def test_nothing_changed_is_said_and_faults_of_syntax_are_told(
    changed: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(changed(), capsys) == ["  nothing changed"]
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: a: b", "utf-8")
    assert main(["diff", str(ATHENS), str(broken)]) == 1
    assert capsys.readouterr().err.startswith(f"{broken}:1:9: ")


@pytest.mark.parametrize("name", ["athens.yaml", "gone.yaml"])
def test_one_file_alone_is_told_what_it_can_be_compared_with(
    name: str, changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed().with_name(name)
    assert main(["diff", str(path)]) == 2
    told = capsys.readouterr().err
    assert f"diff {path} FILE" in told and f"diff --outline {path}" in told
    assert "revision" not in told


def test_an_outline_that_is_no_valid_model_can_still_be_compared() -> None:
    old, new = (source.parse_source(text).values for text in ("a: [1, {b: c}]", "a: [{b: d}]\nlanguages: x"))
    assert [line.part for line in describe.describe_changes(old, new)] == ["a", "a", "languages"]


def test_an_outline_that_git_does_not_know_yet_is_told_as_new(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *who, *arguments], check=True, capture_output=True)

    git("init")
    git("commit", "--allow-empty", "-m", "Begin")
    path = tmp_path / "athens.yaml"
    path.write_text(ATHENS.read_text("utf-8"), "utf-8")
    assert main(["diff", "--outline", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["  a new outline"]
    assert main(["diff", "HEAD", "--outline", str(path), "--markdown"]) == 0
    assert capsys.readouterr().out.endswith("\n\nA new outline.\n")
    assert main(["diff", "HEAD", "HEAD", "--outline", str(path)]) == 2


@pytest.mark.parametrize(
    ("old", "new", "told_so"),
    [
        ("born: -0494~", "born: -0493~", "born [-0494~ → -0493~]"),
        ("period: -0507/-0430", "period: -0507/-0429", "period [-0507/-0430 → -0507/-0429]"),
        ("cells: [180]", "cells: [200]", "chart, row 1, cell 1 [180 → 200]"),
        ("cells: [[25, 50]]", "cells: [[25, 60]]", "chart, row 1, cell 1 2 [50 → 60]"),
        (
            "lane: letters\n        importance: 1",
            "lane: letters\n        importance: 3",
            "importance [1 → 3]",
        ),
        (
            "lane: letters\n        importance: 1",
            "lane: city\n        importance: 1",
            "lane [letters → city]",
        ),
        ("points: 4", "points: 5", "rubric 1, points [4 → 5]"),
        ("kind: bar", "kind: share", "chart, kind [bar → share]"),
        ("level: 2", "level: 3", "level [2 → 3]"),
    ],
)
def test_a_changed_date_or_value_is_told_with_both(
    old: str, new: str, told_so: str, changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line.strip() for line in told(changed((old, new)), capsys) if " [" in line]
    assert lines in ([told_so], [f"{told_so}; texts unchanged"])


def test_another_right_answer_is_told_of_both_options(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    right = "\n            correct: true"
    path = changed((right, ""), ("en: Nobles only", f"en: Nobles only{right}"))
    lines = [line.strip() for line in told(path, capsys) if line.startswith("    ")]
    assert lines == ["option 2, correct removed: [− true]", "option 3, correct new: [+ true]"]


MARATHON = """      - id: marathon
        date: -0489-09
        lane: war
        importance: 2
        label:
          es: Batalla de Maratón
          en: Battle of Marathon
"""


def test_what_came_is_told_by_its_name(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    thebes = MARATHON.replace("marathon", "thebes").replace("Batalla de Maratón", "Incendio de Tebas")
    option = "          - text:\n              es: Nadie\n              en: Nobody\n"
    path = changed((MARATHON, MARATHON + thebes), ("        why:\n", f"{option}        why:\n"))
    assert told(path, capsys) == [
        "",
        "section rise",
        "  event thebes",
        "    new: [+ Incendio de Tebas]",
        "  question q-assembly",
        "    option 4 new: [+ Nadie]",
    ]


def test_what_only_moved_is_told_as_moved(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed((MARATHON, ""), ("      - id: oresteia\n", f"{MARATHON}      - id: oresteia\n"))
    assert told(path, capsys) == ["", "section rise", "  event marathon", "    moved to another place"]


def test_what_keeps_its_id_is_the_same_thing_in_other_words(
    changed: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    words = MARATHON.replace("Batalla de Maratón", "Huida persa").replace("Battle of Marathon", "A long run")
    other = words.replace("-0489-09", "-0490").replace("lane: war", "lane: city")
    assert told(changed((MARATHON, other)), capsys) == [
        "",
        "section rise",
        "  event marathon",
        "    date [-0489-09 → -0490]",
        "    lane [war → city]",
        "    label es: [Batalla de Maratón → Huida persa]",
        "    label en: [Battle of Marathon → A long run]",
    ]


def test_what_moved_on_a_map_is_told_by_its_place() -> None:
    def make(at: str, countries: list[str], points: list[str]) -> dict[str, object]:
        territory = {"label": {"en": "The kingdom"}, "countries": countries}
        line = {"kind": "route", "points": points}
        block = {"id": "passage", "map": {"territories": [territory], "lines": [line]}}
        return {
            "languages": ["en"],
            "places": [{"id": "lisbon", "at": at}],
            "sections": [{"id": "voyage", "blocks": [block]}],
        }

    old = make("38.72, -9.14", ["PT"], ["lisbon", "calicut"])
    new = make("38.70, -9.10", ["PT", "ES"], ["lisbon", "goa"])
    lines = [
        (change.part, change.item, "".join(f"{s.same}[{s.gone}>{s.come}]" for s in change.line))
        for change in describe.describe_changes(old, new)
    ]
    assert lines == [
        ("places", "place lisbon", "moved [>][38.72, -9.14>38.70, -9.10]"),
        ("section voyage", "block passage", "map, territory 1, country 2 [>]new: [>][>ES]"),
        ("section voyage", "block passage", "map, line 1, point 2 [>][calicut>goa]"),
    ]
