"""Any valid outline builds, whatever its words; a spoilt one builds or gives faults with their places."""

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from builders.build.registry import BUILDERS, load_builder
from builders.cli import main
from builders.core.diagnostics import OutlineFaults
from builders.outline.load import load_outline, read_outline
from builders.outline.model import Outline
from builders.typesetting.fonts import missing
from builders.yaml_source import source
from tests.built_documents import made_by
from tests.drawn_outlines import write_outline
from tests.drawn_shapes import draw_shape
from tests.soak.drawn import tell_drawn_faults

HERE = Path(__file__).parent

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1
).filter(str.strip)
DATES = st.sampled_from(["1783-06-08", "1783", "178X", "1783~", "1783-06/1784-02", "-0078", "1783/.."])
NUMBERS = st.decimals(-(10**6), 10**6, places=2).map(str)


def text(draw: st.DrawFn) -> dict[str, str]:
    """Give a text of any words that can be printed, markup escaped."""
    words = "".join(character for character in draw(WORDS) if not missing(character)).strip() or "x"
    for mark in "\\*_[]":
        words = words.replace(mark, "\\" + mark)
    return {"en": words}


def block(draw: st.DrawFn) -> dict[str, Any]:
    """Give a block of any kind but a picture."""
    rows = [{"head": text(draw), "cells": [draw(NUMBERS)]} for _ in range(draw(st.integers(1, 4)))]
    items = [text(draw) for _ in range(draw(st.integers(1, 5)))]
    positions = [{"claim": text(draw), "holders": text(draw), "text": text(draw)} for _ in range(2)]
    blocks: list[dict[str, Any]] = [
        {"heading": text(draw)},
        {"text": text(draw), "cue": text(draw), "notes": text(draw)},
        {"points": {"items": items}},
        {"table": {"title": text(draw), "columns": [text(draw)], "rows": rows}},
        {"chart": {"kind": "bar", "title": text(draw), "measure": text(draw), "rows": rows}},
        {"quote": {"text": text(draw), "document": text(draw), "date": draw(DATES)}},
        {"debate": {"question": text(draw), "positions": positions}},
    ]
    return draw(st.sampled_from(blocks))


def question(draw: st.DrawFn, i: int) -> dict[str, Any]:
    options = [{"text": text(draw), "correct": "true"}, {"text": text(draw)}]
    rest: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"kind": "choice", "options": options},
                {"kind": "short", "answer": text(draw)},
                {"kind": "essay", "rubric": [{"criterion": text(draw), "points": "4"}]},
            ]
        )
    )
    return {"id": f"q{i}", "prompt": text(draw), **rest}


@st.composite
def outlines(draw: st.DrawFn) -> dict[str, Any]:
    """Give the values of a valid outline in one language, with any words."""
    events = [
        {
            "id": f"e{i}",
            "date": draw(DATES),
            "lane": "l",
            "importance": draw(st.sampled_from("123")),
            "label": text(draw),
        }
        for i in range(draw(st.integers(0, 4)))
    ]
    section = {
        "id": "s",
        "title": text(draw),
        "period": "1780/1790",
        "question": text(draw),
        "summary": text(draw),
        "blocks": [block(draw) for _ in range(draw(st.integers(0, 4)))],
        "events": events,
        "questions": [question(draw, i) for i in range(draw(st.integers(0, 3)))],
    }
    return {
        "languages": ["en"],
        "title": text(draw),
        "lanes": [{"id": "l", "name": text(draw)}],
        "people": [{"id": "p", "name": text(draw), "role": text(draw), "born": "1700~"}],
        "terms": [{"id": "t", "name": text(draw), "definition": text(draw)}],
        "sections": [section],
    }


def outline_of(values: dict[str, Any]) -> Outline:
    """Return the outline that plain values make, written to a file and read from it. Raises OutlineFaults."""
    return read_outline(source.parse_source(json.dumps(values, ensure_ascii=False, indent=1)), HERE).outline


DRAWN = (0, 5, 6, 7, 11, 12, 14, 16, 22, 23, 42, 47, 48)  # a few of what `soak` draws, accepted and refused


@pytest.mark.parametrize("number", DRAWN)
def test_what_check_accepts_of_drawn_outlines_builds_sound_documents_and_the_rest_has_advice(
    number: int, need_program: Callable[[str], str]
) -> None:
    need_program("pdfinfo")
    assert list(tell_drawn_faults(number)) == []


def test_a_number_gives_the_same_outline_again_and_another_gives_another() -> None:
    first, again, other = (json.dumps(write_outline(draw_shape(number))) for number in (22, 22, 23))
    assert first == again != other


@pytest.mark.parametrize("name", BUILDERS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow])
@given(outlines())
def test_a_valid_outline_with_any_words_builds(name: str, values: dict[str, Any]) -> None:
    builder = load_builder(name)
    for artifact in builder.build(outline_of(values), builder.options(lang="en")):
        assert artifact.data and artifact.count
        if artifact.name.endswith(".pdf"):
            assert len(pikepdf.open(io.BytesIO(artifact.data)).pages) == artifact.count
        else:
            assert len(Presentation(io.BytesIO(artifact.data)).slides) == artifact.count


@pytest.mark.parametrize("name", BUILDERS)
def test_texts_of_punctuation_alone_build(name: str) -> None:
    builder = load_builder(name)
    outline = load_outline(HERE / "outlines" / "punctuation.yaml").outline
    for artifact in builder.build(outline, builder.options(lang="en")):
        assert artifact.data and artifact.count


ODD_VALUES = [None, "", "x", "0", "-1", "1783-06-08", [], ["x"], {}, {"en": "x"}, {"fr": "x"}]
ODD = st.sampled_from(ODD_VALUES).map(deepcopy)  # the next mutation may change what it gave


@st.composite
def mutants(draw: st.DrawFn) -> dict[str, Any]:
    """Give the values of an outline of which some have been taken away, renamed, doubled or replaced."""
    values = draw(outlines())
    for _ in range(draw(st.integers(1, 3))):
        holder: Any = values
        for _ in range(draw(st.integers(0, 7))):
            within = holder.values() if isinstance(holder, dict) else holder
            inner = [item for item in within if isinstance(item, dict | list) and item]
            if not inner:
                break
            holder = draw(st.sampled_from(inner))
        key = draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
        kind = draw(st.sampled_from(["delete", "replace", "rename", "double"]))
        if kind == "delete":
            del holder[key]
        elif kind == "replace":
            holder[key] = draw(ODD)
        elif isinstance(holder, list):
            holder.append(holder[key])
        else:
            holder["id" if kind == "rename" else "texts"] = holder[key]
    return values


@settings(max_examples=80, suppress_health_check=[HealthCheck.large_base_example, HealthCheck.too_slow])
@given(mutants())
def test_a_spoilt_outline_gives_located_faults_if_it_gives_any(values: dict[str, Any]) -> None:
    try:
        outline_of(values)
        return
    except OutlineFaults as error:
        faults = error.faults
    assert all(fault.line and fault.column and fault.message for fault in faults)
    assert any(fault.severity == "error" for fault in faults)


NEEDED = {"languages", "title", "lanes", "sections", "id", "period", "kind", "prompt", "lane", "date"}
ODD_TEXTS = st.sampled_from(
    [
        "1783",
        "…",
        "x" * 90,
        "one two " * 300,
        "one\n\n" * 20,
        "**Ash** and *a [p](#p)*",
        "a\u00a0b — “c”",
        "Ωδή",
    ]
)
ODD_DATES = st.sampled_from(["-4712", "0001", "2024-02-29", "17XX", "1783-06-08/1785", "../1783"])
ODD_NUMBERS = st.sampled_from(["0", "-1", "0.000001", "999999999999999"])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each holder among plain values with each of its keys or indices."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


@st.composite
def lively_mutants(draw: st.DrawFn) -> dict[str, Any]:
    """Give the values of an outline with odd texts, dates, numbers and lists: mostly a valid one."""
    values = draw(outlines())
    for _ in range(draw(st.integers(2, 12))):
        holder, key = draw(st.sampled_from(list(places(values))))
        value = holder[key]
        if key == "en":
            holder[key] = draw(ODD_TEXTS)
        elif key in ("date", "born"):
            holder[key] = draw(ODD_DATES)
        elif key == "cells":
            holder[key] = [draw(ODD_NUMBERS)]
        elif isinstance(value, list) and len(value) > 1 and draw(st.booleans()):
            value.reverse()
        elif isinstance(value, list) and key in ("rows", "items", "events", "blocks", "questions"):
            again = [deepcopy(one) for one in value * draw(st.sampled_from([2, 9]))]
            holder[key] = [{**one, "id": f"n{n}"} if "id" in one else one for n, one in enumerate(again)]
        elif isinstance(holder, dict) and key not in NEEDED:
            del holder[key]
    return values


DOCUMENTS = ("deck.pptx", "guide.pdf", "guide-teacher.pdf", "poster.pdf", "poster-sheets-a4.pdf")


def opens(file: Path) -> bool:
    """Whether a document has a page or a slide, told by a reader of its own kind."""
    if file.suffix == ".pdf":
        with pikepdf.open(file) as document:
            return len(document.pages) > 0
    return len(Presentation(str(file)).slides) > 0


def test_mutated_outlines_build_documents_that_open_or_give_located_faults(
    capsys: pytest.CaptureFixture[str],
) -> None:
    built = []

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(lively_mutants())
    def build(values: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as name:
            outline, output = Path(name) / "mutant.yaml", Path(name) / "out"
            outline.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")
            checked = main(["check", str(outline)])
            capsys.readouterr()
            code = main(["build", "--outline", str(outline), "--output", str(output)])
            assert code == checked  # whatever `check` accepts builds, and nothing else
            told = capsys.readouterr().err.splitlines()
            made = sorted(file.name for file in output.rglob("*.p*") if opens(file))
            if code == 0:
                assert {*DOCUMENTS} <= {*made}
                assert {made_by(name) for name in made} <= {*BUILDERS}
                built.append(values)
            else:
                assert code == 1
                assert {made_by(name) for name in made} < {*BUILDERS}  # one that fails stops no other
                assert told
                place = r"\d+:\d+: \S|( warning:)? \d+ more times, last in line \d+: \S"
                assert all(re.match(rf"{re.escape(str(outline))}:({place})", line) for line in told)

    build()
    assert len(built) > 2
