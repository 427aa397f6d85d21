"""The wheel holds the package `builders`, all of it, and nothing else."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("temario-*.whl")
    return zipfile.ZipFile(file)


def test_it_holds_builders_and_metadata_alone(wheel: zipfile.ZipFile) -> None:
    top = {name.split("/")[0] for name in wheel.namelist()}
    assert top == {"builders", f"temario-{PROJECT['version']}.dist-info"}


def test_it_holds_every_file_of_the_package(wheel: zipfile.ZipFile, tracked_files: tuple[Path, ...]) -> None:
    package = {file.as_posix() for file in tracked_files if file.parts[0] == "builders"}
    assert package
    assert package <= set(wheel.namelist())
    assert not [name for name in wheel.namelist() if "__pycache__" in name]


def test_it_brings_the_command_and_the_exact_packages(wheel: zipfile.ZipFile) -> None:
    info = f"temario-{PROJECT['version']}.dist-info"
    assert "temario = builders.cli:main" in wheel.read(f"{info}/entry_points.txt").decode("utf-8")
    lines = wheel.read(f"{info}/METADATA").decode("utf-8").splitlines()
    needed = [line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist: ")]
    assert sorted(needed) == sorted(PROJECT["dependencies"])
    assert all("==" in requirement for requirement in needed)
    assert "Requires-Python: >=3.11" in lines
