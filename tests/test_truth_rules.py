"""Each rule of `check` catches what it is for, at its place, and lets its nearest good neighbour pass.

A case in tests/cases/rules replaces some text of tests/outlines/lighthouse.yaml, on which no rule fires: by
what is caught (`catches`; what `tells` says must come, as a warning or a fault, in the lines that were
replaced, at the last of the words `at` in them if there are such, unless `elsewhere`), and by what stands as
near to it as can be and is right (`passes`; nothing is told of it, but what `besides` says, once). With
`both`, the Spanish text below becomes the same as the English one: the languages of a text have the same
paragraphs, links and citations.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from builders.cli import main
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "cases" / "rules"
OUTLINE = ROOT / "tests" / "outlines" / "lighthouse.yaml"
SOUND = OUTLINE.read_text(encoding="utf-8")
TOLD = re.compile(r"^\S*?outline\.yaml:(\d+):(\d+): (warning: )?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One rule: what is replaced, by what, and what is told of it."""

    topic: str
    tells: str
    old: str
    new: str
    warning: bool
    elsewhere: bool = False  # whether it is told of another place than what was replaced
    at: str | None = None  # the words in `new` that it is told of
    both: bool = False  # whether the Spanish text, which follows, is to be the same
    besides: str = ""  # what is told by right of what the rule lets pass

    @property
    def outline(self) -> str:
        """The sound outline with the replacement."""
        before, after = SOUND.split(self.old)
        if self.both:
            spanish = self.new[self.new.index("en: ") :].replace("en: ", "es: ", 1)
            line, rest = re.split(r"(?<=\S)(?=\n)", after.lstrip(), maxsplit=1)
            assert line.startswith("es: "), line
            after = f"\n          {spanish}{rest}"
        return before + self.new + after

    @property
    def name(self) -> str:
        words = re.findall(r"[a-z0-9]+", f"{self.topic} {self.tells} - {self.new}".lower())
        return "-".join(words[:20])  # plain words, so that a test can be named on a command line


def texts(value: object) -> list[str]:
    """Return a text, or the texts of a list, as a list."""
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def cases(kind: str) -> list[Case]:
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for rule in yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader):
            warning, elsewhere, both = (rule.get(flag) == "true" for flag in ("warning", "elsewhere", "both"))
            more = (warning, elsewhere, rule.get("at"), both, rule.get("besides", ""))
            found += [
                Case(file.stem, rule["tells"], rule["replace"], new, *more) for new in texts(rule[kind])
            ]
    return found


def told(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[tuple[int, int, bool, str]]]:
    """Check the outline with the replacement; return the exit code, and place, kind and words of all told."""
    assert SOUND.count(case.old) == 1, f"{case.old!r} is to stand once in {OUTLINE.name}"
    shutil.copytree(OUTLINE.parent / "images", folder / "images")
    outline = folder / "outline.yaml"
    outline.write_text(case.outline, encoding="utf-8")
    code = main(["check", "--outline", str(outline)])
    out = capsys.readouterr().out
    return code, [
        (int(line), int(column), bool(kind), words) for line, column, kind, words in TOLD.findall(out)
    ]


@pytest.mark.parametrize("case", cases("catches"), ids=lambda case: case.name)
def test_a_rule_catches_what_it_is_for(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, faults = told(case, tmp_path, capsys)
    assert code == (0 if case.warning else 1), faults
    right = [
        (line, column)
        for line, column, warning, words in faults
        if case.tells in words and warning == case.warning
    ]
    assert right, faults
    start = SOUND.index(case.old)
    first = SOUND.count("\n", 0, start) + 1
    if case.at:
        before = SOUND[:start] + case.new[: case.new.rindex(case.at)]
        assert (before.count("\n") + 1, len(before) - before.rfind("\n")) in right
    elif not case.elsewhere:
        last = first + case.new.rstrip("\n").count("\n")
        assert any(first <= line <= last for line, _ in right), faults


@pytest.mark.parametrize("case", cases("passes"), ids=lambda case: case.name)
def test_a_rule_lets_its_nearest_neighbour_pass(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, faults = told(case, tmp_path, capsys)
    assert code == 0, faults
    assert len(faults) == bool(case.besides), faults
    assert all(warning and case.besides in words for _, _, warning, words in faults), faults


@pytest.mark.parametrize(
    ("longest", "longer"),
    [
        ("A " + "lamp " * 9_999 + "lit", "A " + "lamp " * 9_999 + "lits"),
        ("A" + " []" * 1000, "A" + " []" * 1001),
    ],
    ids=["characters", "brackets"],
)
def test_a_text_has_a_length_that_is_too_much(
    longest: str, longer: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tells = "the text is longer than a whole section; split it into several blocks"
    for name, text, due in (("a", longest, (0, [])), ("b", longer, (1, [(48, 11, False, tells)]))):
        (tmp_path / name).mkdir()
        case = Case("", tells, "en: A light saves lives.", f"en: {text}", warning=False)
        assert told(case, tmp_path / name, capsys) == due


def test_what_is_missing_is_a_warning_where_that_is_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(OUTLINE.parent / "images", tmp_path / "images")
    outline = tmp_path / "outline.yaml"
    texts = (
        ("label: {en: A storm, es: Una tempestad}", "label: {en: A storm}"),
        ("es: Luces en la costa", ""),
    )
    outline.write_text(SOUND.replace(*texts[0]).replace(*texts[1]), encoding="utf-8")
    command = ["build", "deck", "--outline", str(outline), "--output", str(tmp_path / "out")]
    assert main(command) == 1
    assert main([*command, "--allow-missing"]) == 0
    warnings = [words for _, _, kind, words in TOLD.findall(capsys.readouterr().err) if kind]
    assert warnings == ["the text is missing in es; add it"] * 2


def test_one_language_is_built_while_another_is_unfinished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(OUTLINE.parent / "images", tmp_path / "images")
    outline = tmp_path / "outline.yaml"
    half = SOUND.replace("label: {en: A storm, es: Una tempestad}", "label: {en: A storm}")
    outline.write_text(half.replace("es: Luces en la costa", ""), encoding="utf-8")
    command = ["build", "--outline", str(outline), "--output", str(tmp_path / "out"), "--lang"]
    assert main([*command, "en"]) == 0
    warned = [(line, words) for line, _, kind, words in TOLD.findall(capsys.readouterr().err) if kind]
    assert warned == [("3", "2 texts missing in es, which is not built; the command check lists all")]
    built = sorted(path.name for path in (tmp_path / "out").rglob("en/*"))
    assert built == ["deck.pptx", "guide-teacher.pdf", "guide.pdf", "poster-sheets-a4.pdf", "poster.pdf"]
    for wrong in ([*command, "es"], [*command, "en", "--lang", "es"], ["check", "--outline", str(outline)]):
        assert main(wrong) == 1
        told_of = capsys.readouterr()
        assert [words for *_, words in TOLD.findall(told_of.err + told_of.out)] == [
            "the text is missing in es; add it"
        ] * 2
    outline.write_text(SOUND.replace("en: Lights on the coast", ""), encoding="utf-8")
    assert main([*command, "en"]) == 1
