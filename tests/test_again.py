"""Documents built again in one process (`watch`): what has not changed is kept, and no byte tells."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from builders.build.registry import load_builder
from builders.outline.load import load_outline

OUTLINES = Path(__file__).parent / "outlines"
ROOT = Path(__file__).parents[1]
FIRST_BUILD = (
    "import hashlib, sys\n"
    "from pathlib import Path\n"
    "from builders.outline.load import load_outline\n"
    "from builders.build.registry import load_builder\n"
    "path = Path(sys.argv[1])\n"
    "for name in ('deck', 'guide'):\n"
    "    builder = load_builder(name)\n"
    "    options = builder.options(lang='en', root=path.parent)\n"
    "    data = builder.build(load_outline(path).outline, options)[0].data\n"
    "    print(hashlib.sha256(data).hexdigest())\n"
)
ROLE = "General who led Athenian policy"
EDITS = {
    "a word": ("Twenty-seven years of war ended the fleet", "Long years of war ended the fleet"),
    "a person": (ROLE, "General and orator who led Athenian policy"),
    "pages behind the sections": (ROLE, f"{ROLE}, {'and who was read about again ' * 400}"),
    "pages of a section": ("Twenty-seven years of war ended the fleet", "Years of war ended it, " * 400),
    "a letter that was not there": ("Twenty-seven years of war", "Двадцать семь years of war"),
    "the title": ("en: The Athens of Pericles", "en: Athens under Pericles"),
    "a picture's name": ("images/trireme.png", "images/ship.png"),
}


def built_by(name: str, path: Path) -> bytes:
    """Return the English document that a builder makes of the outline at `path`."""
    builder = load_builder(name)
    return builder.build(load_outline(path).outline, builder.options(lang="en", root=path.parent))[0].data


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_is_built_after_an_edit_is_that_of_a_first_build(edit: tuple[str, str], tmp_path: Path) -> None:
    shutil.copytree(OUTLINES / "images", tmp_path / "images")
    shutil.copy(tmp_path / "images" / "trireme.png", tmp_path / "images" / "ship.png")
    path = tmp_path / "athens.yaml"
    text = (OUTLINES / "athens.yaml").read_text(encoding="utf-8")
    old, new = edit
    assert old in text
    built = []
    for content in (text, text.replace(old, new), text):
        path.write_text(content, encoding="utf-8")
        built.append([built_by(name, path) for name in ("deck", "guide")])
    assert built[0] == built[2]
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FIRST_BUILD, str(path)],
        env={**os.environ, "PYTHONHASHSEED": "3"}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [hashlib.sha256(data).hexdigest() for data in built[1]] == done.stdout.split()


@pytest.mark.parametrize("name", ["deck", "guide"])
def test_a_picture_that_was_drawn_anew_is_taken_up(name: str, tmp_path: Path) -> None:
    shutil.copytree(OUTLINES / "images", tmp_path / "images")
    shutil.copy(OUTLINES / "athens.yaml", tmp_path)
    before = built_by(name, tmp_path / "athens.yaml")
    Image.new("RGB", (300, 200), "#1F5C94").save(tmp_path / "images" / "trireme.png")
    assert built_by(name, tmp_path / "athens.yaml") != before
