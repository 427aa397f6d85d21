"""Every Python that the project says it runs on, and that this machine has, makes the same documents."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

KNOWN = ("3.11", "3.12", "3.13", "3.14")
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
# what is likest to differ from one Python to the next: processes, files, dates, the command line
PART = ["test_kept_files.py", "test_dates.py", "test_watch.py", "test_options.py", "test_files.py"]


@cache
def find_python(version: str) -> str | None:
    """Return a Python of that version, from PATH or from pyenv; None where the machine has none."""
    folder = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    proof = f"import sys; sys.exit(not sys.version.startswith('{version}.'))"
    for candidate in (shutil.which(f"python{version}"), *folder.glob(f"{version}.*/bin/python")):
        if (
            candidate
            and not subprocess.run([candidate, "-c", proof], capture_output=True, check=False).returncode
        ):
            return str(candidate)
    return None


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], str]:
    """Return what installs a layer of the lock for a Python, outside the checkout, and gives its program."""

    def make(version: str, layer: str) -> str:
        found = find_python(version)
        if found is None:
            pytest.skip(f"this machine has no Python {version}")
        folder = tmp_path_factory.mktemp("venv")
        subprocess.run([found, "-m", "venv", str(folder)], check=True)
        program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        pip = [str(program), "-m", "pip", "install", "--quiet", "--require-hashes"]
        done = subprocess.run(
            [*pip, "-r", str(ROOT / ".lock" / f"{layer}.txt")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return str(program)

    return make


def build(python: str, output: Path) -> dict[str, bytes]:
    """Build the shipped course; return its documents by name."""
    command = [python, "-X", "utf8", "-B", "-m", "builders", "build", "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.suffix in (".pdf", ".pptx")
    }


def test_the_oldest_of_them_is_the_one_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={KNOWN[0]}"


@pytest.mark.slow
@pytest.mark.parametrize("version", [each for each in KNOWN if each != HERE])
def test_another_python_makes_the_same_documents(
    version: str, install: Callable[[str, str], str], tmp_path: Path
) -> None:
    newest = [each for each in KNOWN if find_python(each)][-1]
    python = install(version, "test" if version == newest else "build")
    here, there = build(sys.executable, tmp_path / "here"), build(python, tmp_path / "there")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
    if version == newest:  # a part of the tests, too
        tests = [str(ROOT / "tests" / name) for name in PART]
        command = [python, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout[-3000:]
