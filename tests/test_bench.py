"""The benchmark's courses are valid and the same everywhere, and its tables say what was measured."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from builders.outline.load import load_outline
from tests.bench import budget, loop, peers
from tests.bench.__main__ import main
from tests.bench.as_outline import outline
from tests.bench.figures import Series, growth, tables
from tests.bench.loop import edited, watched
from tests.bench.matter import crowded, sections
from tests.bench.peers import DECKS, GUIDES, Peer
from tests.bench.processes import NotDone, Run, timed
from tests.bench.sources import write
from tests.bench.trials import Bench, command
from tests.conftest import ROOT


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_synthetic_course_has_the_parts_that_the_figures_are_about(tmp_path: Path) -> None:
    loaded = load_outline(written(tmp_path / "course.yaml", "".join(outline(sections(2)))))
    assert len(loaded.outline.sections) == 2
    assert not loaded.warnings
    for section in loaded.outline.sections:
        prose = [block.text["en"] for block in section.blocks if block.text]
        paragraphs = [text for block in prose for text in block.split("\n\n")]
        assert [63 <= len(text.split()) <= 85 for text in paragraphs] == [True] * 4
        (points,) = [block.points for block in section.blocks if block.points]
        (table,) = [block.table for block in section.blocks if block.table]
        assert (len(points.items), len(table.columns), len(table.rows)) == (6, 3, 4)
        assert (len(section.events), len(section.questions)) == (6, 4)


def test_a_crowd_of_events_has_a_quarter_of_them_in_one_year(tmp_path: Path) -> None:
    loaded = load_outline(written(tmp_path / "course.yaml", "".join(outline(crowded(40)))))
    days = [event.date.first for section in loaded.outline.sections for event in section.events]
    assert len(days) == 40
    assert max(sum(day <= other < day + 365 for other in days) for day in days) >= 10


def test_the_same_size_gives_the_same_words_in_any_process() -> None:
    program = "from tests.bench.matter import sections; print(repr(list(sections(2))))"
    command = [sys.executable, "-X", "utf8", "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == repr(list(sections(2)))


@pytest.mark.parametrize("peer", [*GUIDES, *DECKS], ids=lambda peer: str(peer.name))
def test_a_peer_makes_its_document_of_the_same_words(peer: Peer, tmp_path: Path) -> None:
    if reason := peers.absent(peer):
        pytest.skip(reason)
    source, out = tmp_path / "source", tmp_path / ("out.pptx" if peer in DECKS else "out.pdf")
    write(peer.source, 2, source)
    timed(peer.command(source, out))
    words = " ".join(slide_text(out) if peer in DECKS else page_text(out))
    for section in sections(2):
        for text in (section.title, *section.items, *(question.prompt for question in section.questions)):
            assert squeezed(text) in squeezed(words)


def page_text(path: Path) -> list[str]:
    import pypdfium2

    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def slide_text(path: Path) -> list[str]:
    from pptx import Presentation

    slides = Presentation(str(path)).slides
    return [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]


def squeezed(text: str) -> str:
    """Letters and digits alone: lines and hyphens fall where each program breaks them."""
    return re.sub(r"[\W_\ufffe]+", "", text)


def test_a_process_is_timed_whole_and_a_failed_one_says_why() -> None:
    run = timed([sys.executable, "-c", "import time; b = bytearray(80_000_000); time.sleep(0.2); print(7)"])
    assert run.wall > 0.2
    assert run.said == "7\n"
    assert run.peak == 0 or run.peak > 80e6
    if run.peak:  # Linux counts in what the process that forks held: here pytest, after all tests before
        import resource

        assert run.peak < max(400e6, 1.1 * 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    with pytest.raises(NotDone, match="no such day"):
        timed([sys.executable, "-c", "raise SystemExit('no such day')"])


def test_growth_is_one_where_time_follows_size() -> None:
    assert growth({50: 1.0, 500: 10.0, 2_000: 40.0}) == pytest.approx(1.0)
    assert growth({50: 1.0, 2_000: 1_600.0}) == pytest.approx(2.0)
    assert growth({5: 1.0, 50: 2.0}) is None


def test_a_table_shows_seconds_ratios_and_what_is_not_known() -> None:
    own = Series("temario", {50: Run(2.0, 1.8, 50_000_000), 500: Run(10.0, 9.0, 100_000_000)})
    lines = tables("guide", [own, Series("other", {50: Run(4.0, 4.0, 400_000_000)})]).splitlines()
    assert lines[0].split() == ["guide", "50", "500", "growth"]
    assert lines[2].split() == ["temario", "2.00", "10.00", "0.70"]
    assert lines[3].split() == ["other", "4.00", "–", "–"]
    assert lines[4].split() == ["temario", "/", "other", "0.500", "–"]
    assert [line.split()[3] for line in lines if "/ other" in line] == ["0.500", "0.450", "0.125"]


def test_an_edit_changes_one_word(tmp_path: Path) -> None:
    before = "".join(outline(sections(1)))
    after = edited(before, 0)
    changed = [(a, b) for a, b in zip(before.split(), after.split(), strict=True) if a != b]
    assert len(changed) == 1
    assert load_outline(written(tmp_path / "course.yaml", after)).outline.title
    assert edited(after, 1) != after


def test_the_command_prints_the_guides_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.bench.trials.GUIDES", ())
    assert main(["guide", "--sections", "2", "--runs", "1"]) == 0
    said = capsys.readouterr()
    assert re.search(r"^  temario +\d+\.\d\d +–$", said.out, re.M), said.err
    assert re.search(r"^2: \d+ pages$", said.out, re.M)


def test_an_edit_under_watch_is_timed_from_the_save_until_the_documents_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "EDITS", 1)
    bench = Bench(tmp_path, 1, frozenset(), lambda _: None)
    first, edit = watched(bench, ROOT / "tests" / "outlines" / "one-language.yaml", command())
    assert 0 < edit < first


@pytest.mark.slow
def test_the_budget_holds_two_versions_against_each_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tracked_files: tuple[Path, ...]
) -> None:
    monkeypatch.setattr(budget, "GUIDE_SECTIONS", 2)
    monkeypatch.setattr(budget, "DECK_SLIDES", (8, 16))
    monkeypatch.setattr(loop, "EDITS", 1)
    outline = str(ROOT / "tests" / "outlines" / "one-language.yaml")
    assert main(["budget", "--runs", "1", "--against", "HEAD", "--peers", "--outline", outline]) == 0
    said = capsys.readouterr()
    rows = {line.split("  ")[0]: line.split() for line in said.out.splitlines()}
    assert len(rows) >= 8, said.err
    for what in ("all documents, s", "watch, a word changed, s"):
        now, before, ratio = map(float, rows[f"one-language: {what}"][-5:-2])
        # the table's figures are rounded to hundredths
        least, most = (now - 0.0051) / (before + 0.0051), (now + 0.0051) / (before - 0.0051)
        assert least < ratio < most
