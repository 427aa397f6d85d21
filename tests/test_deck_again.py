"""Decks built again in one process (`watch`): what has not changed is kept, and no byte tells."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from builders.deck import build
from builders.load import load
from builders.options import Options

OUTLINES = Path(__file__).parent / "outlines"
ROOT = Path(__file__).parents[1]
FIRST_BUILD = (
    "import hashlib, sys\n"
    "from pathlib import Path\n"
    "from builders.deck import build\n"
    "from builders.load import load\n"
    "from builders.options import Options\n"
    "path = Path(sys.argv[1])\n"
    "options = Options(lang='en', root=path.parent)\n"
    "print(hashlib.sha256(build(load(path).outline, options)[0].data).hexdigest())\n"
)
EDITS = {
    "a word": ("Twenty-seven years of war ended the fleet", "Long years of war ended the fleet"),
    "a person": ("General who led Athenian policy", "General and orator who led Athenian policy"),
    "the title": ("en: The Athens of Pericles", "en: Athens under Pericles"),
    "a picture's name": ("images/trireme.png", "images/ship.png"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_deck_built_after_an_edit_is_that_of_a_first_build(edit: tuple[str, str], tmp_path: Path) -> None:
    shutil.copytree(OUTLINES / "images", tmp_path / "images")
    shutil.copy(tmp_path / "images" / "trireme.png", tmp_path / "images" / "ship.png")
    path = tmp_path / "athens.yaml"
    text = (OUTLINES / "athens.yaml").read_text(encoding="utf-8")
    old, new = edit
    assert old in text
    decks = []
    for content in (text, text.replace(old, new), text):
        path.write_text(content, encoding="utf-8")
        decks.append(build(load(path).outline, Options(lang="en", root=tmp_path))[0].data)
    assert decks[0] == decks[2]
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FIRST_BUILD, str(path)],
        env={**os.environ, "PYTHONHASHSEED": "3"}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert hashlib.sha256(decks[1]).hexdigest() == done.stdout.strip()


def test_a_picture_that_was_drawn_anew_is_taken_up(tmp_path: Path) -> None:
    shutil.copytree(OUTLINES / "images", tmp_path / "images")
    shutil.copy(OUTLINES / "athens.yaml", tmp_path)
    outline = load(tmp_path / "athens.yaml").outline
    options = Options(lang="en", root=tmp_path)
    before = build(outline, options)[0].data
    Image.new("RGB", (300, 200), "#1F5C94").save(tmp_path / "images" / "trireme.png")
    assert build(outline, options)[0].data != before
