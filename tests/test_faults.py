"""Broken outlines: each gives its lines and exit code 1, no traceback; earlier outputs stay as they were.

Slips that a copy-editor would mark are warnings: they give their lines too, and exit code 0.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from builders.cli import main

FOLDER = Path(__file__).parent / "cases"
CASES = sorted((FOLDER / "faults").glob("*.yaml"))
SLIPS = sorted((FOLDER / "warnings").glob("*.yaml"))


@pytest.mark.parametrize("case", [*CASES, *SLIPS], ids=lambda path: path.stem)
def test_an_outline_is_told_what_is_wrong_line_by_line(
    case: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    golden: Callable[[str, Path], None],
) -> None:
    monkeypatch.chdir(case.parent)
    code = main(["check", "--outline", case.name])
    golden(capsys.readouterr().out, case.with_suffix(".txt"))
    assert code == (1 if case in CASES else 0)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_broken_outline_leaves_earlier_outputs_as_they_were(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / case.stem / "es" / "guide.pdf"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"earlier")
    assert main(["build", "--outline", str(case), "--output", str(tmp_path)]) == 1
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [earlier]
    assert earlier.read_bytes() == b"earlier"
    told = capsys.readouterr()
    assert not told.out
    assert all(line.startswith(f"{case}:") for line in told.err.splitlines())
    assert "Traceback" not in told.err


def test_a_missing_file_and_a_folder_are_faults_not_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--outline", str(tmp_path / "none.yaml")]) == 1
    assert main(["check", "--outline", str(tmp_path)]) == 1
    assert capsys.readouterr().out == (
        f"{tmp_path / 'none.yaml'}: there is no such file; check the name and the folder\n"
        f"{tmp_path}: is a folder; name the file in it\n"
    )
