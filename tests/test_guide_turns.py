"""A long guide made by two processes: no byte tells, and nothing is lost where one of them ends."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from builders.faults import OutlineFaults
from builders.guide import build, turns
from builders.load import load
from builders.options import Options
from builders.outline import Outline
from tests.bench.as_outline import outline
from tests.bench.matter import sections
from tests.guide_building import athens
from tests.pdf_reading import open_pdf, parent_tree_errors, tree

TERM = "terms:\n  - id: quay\n    name:\n      en: quay\n    definition:\n      en: Where ships lie.\n"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Outline:
    """Return a long course that speaks of a term in its middle and, in a later section, of it again."""
    parts = "".join(outline(sections(turns.LEAST))).split("heading:")
    for number in (5, 41, 42):
        head, _, rest = parts[number].partition("text:\n          en: |\n            ")
        parts[number] = f"{head}text:\n          en: |\n            A [quay](#quay) was there. {rest}"
    path = tmp_path_factory.mktemp("long") / "course.yaml"
    path.write_text("heading:".join(parts).replace("sections:\n", f"{TERM}sections:\n", 1), encoding="utf-8")
    return load(path).outline


def made(course: Outline, edition: str = "study") -> bytes:
    (artifact,) = build(course, Options(lang="en", edition=edition))
    return artifact.data


@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_two_processes_make_what_one_makes(
    long: Outline, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    alone = made(long, edition)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert turns.worthwhile(long, Options(lang="en"))
    assert made(long, edition) == alone


def test_its_tree_is_whole_and_the_term_is_explained_once(long: Outline) -> None:
    data = made(long)
    assert parent_tree_errors(data) == []
    notes = [e.words for e in tree(data).walk() if e.tag == "Note"]
    assert len([words for words in notes if words.startswith("quay Where ships lie.")]) == 1
    assert len(open_pdf(data).pages) > turns.LEAST


def goes(theirs: Connection, other: Connection, *_: object) -> None:
    other.recv()


def test_where_the_other_process_ends_one_makes_all(long: Outline, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made(long)
    monkeypatch.setattr(turns, "_take_part", goes)
    assert made(long) == whole
    assert multiprocessing.active_children() == []


def test_a_picture_that_is_not_there_is_told_by_the_first_process(long: Outline, tmp_path: Path) -> None:
    pictures = [block for section in athens().sections for block in section.blocks if block.image]
    sections = list(long.sections)
    sections[1] = sections[1].model_copy(update={"blocks": (pictures[0],)})
    course = long.model_copy(update={"sections": tuple(sections)})
    with pytest.raises(OutlineFaults, match="there is no picture"):
        build(course, Options(lang="en", root=tmp_path))
