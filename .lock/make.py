"""Write the lock: every package exact, with hashes, for all systems and for Pythons from 3.11 on.

`python3 tasks.py lock` runs this; arguments go to `uv pip compile` (`--upgrade`, `--upgrade-package NAME`).
Each layer holds the one before: build (all that the product needs), test, dev, bench.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = "uv==0.13.9"
GROUPS = {"build": (), "test": ("test",), "dev": ("test", "dev"), "bench": ("test", "dev", "bench")}


def main(arguments: list[str]) -> None:
    """Write .lock/*.txt again. Versions stay as they are where pyproject.toml and `arguments` allow it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "uv", with_pip=True)
        programs = folder / "uv" / ("Scripts" if os.name == "nt" else "bin")
        _run(programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
        constraint: list[str] = []
        for layer in reversed(GROUPS):  # the largest first: the smaller ones take its versions
            new = folder / f"{layer}.txt"
            old = ROOT / ".lock" / f"{layer}.txt"
            new.write_bytes(old.read_bytes() if old.exists() else b"")
            options = ["--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
            options += ["--no-header", "--no-annotate", "--no-emit-index-url", "--output-file", str(new)]
            options += [word for group in GROUPS[layer] for word in ("--group", group)]
            _run(programs / "uv", "pip", "compile", *options, *constraint, *arguments, "pyproject.toml")
            constraint = constraint or ["--constraint", str(new)]
        head = f"# python3 tasks.py lock, from the requirements {requirements_digest()}\n"
        for layer in GROUPS:
            text = head + (folder / f"{layer}.txt").read_text(encoding="utf-8")
            (ROOT / ".lock" / f"{layer}.txt").write_text(text, encoding="utf-8", newline="\n")


def requirements_digest() -> str:
    """What pyproject.toml asks for, as 16 hex digits. In each lock, so that one older than it is noticed."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = table["project"]
    parts = [project["requires-python"], project["dependencies"], sorted(table["dependency-groups"].items())]
    return hashlib.sha256(repr(parts).encode("utf-8")).hexdigest()[:16]


def _run(program: Path, *arguments: str) -> None:
    subprocess.run([program, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(f"temario: the lock could not be made ({Path(error.cmd[0]).name} says why above)")
