"""The rooms stand on each other, the builders alone; none knows what an outline is about."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from builders.build.registry import BUILDERS

ROOT = Path(__file__).parent.parent
CODE = sorted(path for path in (ROOT / "builders").rglob("*") if path.suffix in {".py", ".yaml"})


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_ = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return names | {f"{node.module}.{alias.name}" for node in from_ for alias in node.names}


@pytest.mark.parametrize("builder", BUILDERS)
def test_no_builder_imports_another(builder: str) -> None:
    others = tuple(f"builders.{name}" for name in BUILDERS if name != builder)
    for path in (ROOT / "builders" / builder).rglob("*.py"):
        assert not [name for name in imported(path) if name.startswith(others)], path


@pytest.mark.parametrize("place", ["typesetting", "timeline", *(f"{name}/plan" for name in BUILDERS)])
def test_plans_know_neither_reportlab_nor_python_pptx(place: str) -> None:
    folder = ROOT / "builders" / place
    modules = [f"builders.{place.replace('/', '.')}"]
    if folder.is_dir():
        modules += [f"{modules[0]}.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__"]
    program = (
        f"import sys, {', '.join(modules)}; print([m for m in ('reportlab', 'pptx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_check_loads_neither_reportlab_nor_python_pptx() -> None:
    program = (
        "import sys; from builders.cli import main; main(['check']); "
        "sys.exit([m for m in ('reportlab', 'pptx', 'PIL.ImageFont') if m in sys.modules] or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_builders_hold_no_name_and_no_title_of_an_outline() -> None:
    shipped = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "outline").glob("*.yaml")]
    words: set[str] = set()
    for outline in shipped:
        for person in outline["people"]:
            words |= {name.split()[-1] for name in person["name"].values()}
        for part in (outline, *outline["sections"]):
            words |= set(part["title"].values())
    assert words
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b|[\u0400-\u04ff]")
    found = {path.name: match[0] for path in CODE if (match := pattern.search(path.read_text("utf-8")))}
    assert found == {}
