"""The validators are asked in the right way: they find what is broken, and say so when they cannot run."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from builders.cli import main
from tests.a11y import flavours
from tests.conftest import ROOT
from tests.validators import Verdict, second_opinion


@pytest.fixture
def untagged(tmp_path: Path) -> Path:
    """A page that says nothing about its structure, in a file whose name needs more than ASCII."""
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(100, 700, "Nothing is tagged here")
    canvas.save()
    file = tmp_path / "guía – página.pdf"
    with pikepdf.open(page) as document:
        document.save(file)
    return file


def clauses(verdict: Verdict) -> str:
    return " ".join(rule.clause for rule in verdict.broken)


def test_verapdf_names_the_clauses_that_a_file_breaks(
    untagged: Path, tmp_path: Path, ask_verapdf: Callable[[Sequence[Path], str], tuple[Verdict, ...]]
) -> None:
    cut_off = tmp_path / "cut off.pdf"
    cut_off.write_bytes(untagged.read_bytes()[:200])
    first, second = ask_verapdf([untagged, cut_off], "ua1")
    assert (first.file, first.flavour) == (untagged, "ua1")
    assert "ISO 14289-1:2014, 7.1, test 3" in clauses(first), "content is neither tagged nor an artifact"
    assert [rule.clause for rule in second.broken] == ["unreadable"]
    assert "ISO 19005-2:2011" in clauses(ask_verapdf([untagged], "2a")[0])


def test_the_second_opinion_names_the_rules_that_a_file_breaks(untagged: Path, tmp_path: Path) -> None:
    cut_off = tmp_path / "cut off.pdf"
    cut_off.write_bytes(b"%PDF-1.7\n")
    first, second = second_opinion([untagged, cut_off], "ua1")
    assert "PDFUA1-CONTENT-TAGGING-001" in clauses(first)
    assert clauses(second) == "unreadable"


def test_a11y_without_java_says_what_to_install_and_gives_the_other_verdict(untagged: Path) -> None:
    command = [sys.executable, "-m", "tests.a11y", "--json", str(untagged)]
    environment = {**os.environ, "PATH": "", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith("a11y: veraPDF needs Java: install")
    verdicts = json.loads(done.stdout)
    assert {verdict["flavour"] for verdict in verdicts} == {"ua1", "2a"}
    assert all(verdict["failed_rules"] > 0 for verdict in verdicts)


FORMS = {
    "worksheet": "guide --edition worksheet",
    "large print on Letter": "guide --edition large-print --paper letter",
    "grey": "guide --edition study --grey",
    "booklet": "guide --edition study --booklet",
    "upright poster on Letter": "poster --portrait --paper letter",
    "poster for a print shop": "poster --size a3 --bleed",
    "poster in black": "poster --size a3 --proof",
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Every form of a document that plain `build` does not make, of a course on another subject."""
    found: dict[str, list[Path]] = {}
    for name, words in FORMS.items():
        folder = tmp_path_factory.mktemp("form")
        outline = ["--outline", str(ROOT / "tests" / "outlines" / "athens.yaml"), "--lang", "es"]
        assert main(["build", *words.split(), *outline, "--output", str(folder)]) == 0
        found[name] = sorted(folder.rglob("*.pdf"))
        assert found[name]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_document_conforms(forms: dict[str, list[Path]], form: str) -> None:
    for flavour in flavours(forms[form][0]):
        for verdict in second_opinion(forms[form], flavour):
            assert verdict.broken == (), verdict.file


@pytest.mark.slow
def test_every_form_of_a_document_conforms_by_verapdf_too(
    forms: dict[str, list[Path]], ask_verapdf: Callable[[Sequence[Path], str], tuple[Verdict, ...]]
) -> None:
    files = [file for form in forms.values() for file in form]
    for flavour in ("ua1", "2a", "2b"):
        for verdict in ask_verapdf([file for file in files if flavour in flavours(file)], flavour):
            assert verdict.broken == (), verdict.file


def test_a_booklet_is_a_print_form_and_the_rest_are_documents() -> None:
    assert flavours(Path("output/x/es/guide-booklet.pdf")) == ("2b",)
    assert flavours(Path("output/x/es/poster-sheets-a4.pdf")) == ("ua1", "2a")
