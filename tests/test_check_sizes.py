"""What has no room on a document is told by `check`, with its place; what it accepts is laid out."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders.cli import main
from builders.core.diagnostics import OutlineFaults
from builders.poster.options import PosterOptions
from builders.poster.plan import find_poster_faults, plan_poster
from tests.poster_cases import outline_of

HERRINGS = ["a", "herring", "is", "landed", "and", "weighed", "and", "salted"]


def write_course(events: int, words: int = 1, days: int = 1, lane: int = 1, title: int = 1) -> dict[str, Any]:
    """Return a course of so many events on so many days, whose label, lane and title have so many words."""
    said = {
        name: " ".join(HERRINGS[i % 8] for i in range(count))
        for name, count in (("label", words), ("lane", lane), ("title", title))
    }
    return {
        "languages": ["es", "en"],
        "title": {"es": "El puerto", "en": "The harbour"},
        "lanes": [{"id": "port", "name": {"es": said["lane"], "en": said["lane"]}}],
        "sections": [
            {
                "id": "catch",
                "title": {"es": said["title"], "en": said["title"]},
                "period": "-0500/-0481",
                "question": {"es": "¿Cuánto?", "en": "How much?"},
                "summary": {"es": "Mucho.", "en": "Much."},
                "events": [
                    {
                        "id": f"catch-{i}",
                        "date": f"-0499-06-{1 + i % days:02}",
                        "lane": "port",
                        "importance": str(1 + i % 3),
                        "label": {"es": f"{said['label']} {i}", "en": f"{said['label']} {i}"},
                    }
                    for i in range(events)
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("course", "told", "at"),
    [
        (write_course(400), "the events of 500 BC do not fit on a poster of size A2", "catch-0"),
        (write_course(30, words=400), "the events' labels do not fit on a poster of size A2", "label"),
        (write_course(3, lane=400), "beside the lanes' names a poster of size A2 has no room", "name"),
    ],
    ids=["a crowded day", "long labels", "a long lane's name"],
)
def test_what_has_no_room_on_a_poster_is_told_once_and_leaves_guide_and_deck(
    course: dict[str, Any], told: str, at: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "course.yaml"
    file.write_text(json.dumps(course, indent=1, ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(file)]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(str(file))]
    (fault,) = [line for line in lines if "warning" not in line]
    assert told in fault.replace("\u00a0", " ")
    line = int(fault.removeprefix(f"{file}:").partition(":")[0])
    assert at in file.read_text("utf-8").splitlines()[line - 1] + file.read_text("utf-8").splitlines()[line]
    assert main(["build", "--outline", str(file), "--output", str(tmp_path / "out"), "--lang", "en"]) == 1
    assert told in capsys.readouterr().err.replace("\u00a0", " ")
    made = {path.name for path in tmp_path.rglob("*.p*")}
    assert made == {"guide.pdf", "guide-teacher.pdf", "deck.pptx"}


@pytest.mark.parametrize("days", [1, 3, 28])
@pytest.mark.parametrize("words", [1, 8, 60])
@pytest.mark.parametrize("events", [1, 12, 60, pytest.param(300, marks=pytest.mark.slow)])
def test_a_poster_that_check_accepts_is_laid_out_and_no_other(events: int, words: int, days: int) -> None:
    outline, options = outline_of(write_course(events, words, days)), PosterOptions(lang="en")
    accepted = find_poster_faults(outline, options) == ()
    try:
        planned = plan_poster(outline, options)
    except OutlineFaults:
        assert not accepted
    else:
        assert accepted
        shown = [item.entry.key for strip in planned.layout.strips for item in strip.items]
        assert len(set(shown)) == events
