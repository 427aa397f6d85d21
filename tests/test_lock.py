"""The lock is what pyproject.toml asks for, exact and hashed, and names no host."""

import re
import runpy

import pytest

from tests.conftest import ROOT

LAYERS = ["build", "test", "dev", "bench"]


def test_the_lock_is_as_new_as_the_requirements() -> None:
    digest = runpy.run_path(str(ROOT / ".lock" / "make.py"))["requirements_digest"]()
    for layer in LAYERS:
        first = (ROOT / ".lock" / f"{layer}.txt").read_text(encoding="utf-8").splitlines()[0]
        assert digest in first, "pyproject.toml has changed: python3 tasks.py lock"


@pytest.mark.parametrize("layer", LAYERS)
def test_the_lock_names_exact_packages_with_hashes_and_no_host(layer: str) -> None:
    text = (ROOT / ".lock" / f"{layer}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for entry in text.replace("\\\n", " ").splitlines()[1:]:
        assert re.match(r"[a-z0-9-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", entry), entry
