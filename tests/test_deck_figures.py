"""Tables and charts of any shape as LibreOffice draws a deck: no word over another, none off its slide."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from builders.deck import build
from builders.deck.options import DeckOptions
from tests.test_guide_fit import (
    CAPITALS,
    LONG,
    MONTHS,
    SHAPES,
    SHORT,
    TITLES,
    WORDS,
    en,
    grid,
    list_collisions,
    outline_with,
    read_letters,
    table_of,
)

# of each row: its head and its values
GAINS: list[list[tuple[str, list[str]]]] = [
    [("Industry", ["5"]), ("Agriculture", ["-8.25"]), ("Trade", ["12.5"])],
    [("Industry", ["-5"]), ("Agriculture of the coast", ["-8250"]), ("Trade", ["-12"])],
    [(LONG[0], ["-1250000"]), (WORDS[3], ["0.5"])],
    [("Industry", ["5", "-7"]), ("Agriculture", ["-8.25", "6"]), ("Trade", ["0", "-1"])],
]


def chart_of(kind: str, rows: list[tuple[str, list[Any]]], series: list[str]) -> dict[str, Any]:
    return {
        "chart": {
            "kind": kind,
            "title": en(f"Gains of {kind} {rows[0][0]}"),
            "measure": en("Millions"),
            "columns": list(map(en, series)),
            "rows": [{"head": head if kind == "line" else en(head), "cells": cells} for head, cells in rows],
        }
    }


def list_blocks() -> list[dict[str, Any]]:
    blocks = [table_of(*grid(words, rows, columns)) for words, rows, columns in SHAPES]
    blocks += [chart_of("bar", rows, ["Before", "After"] if len(rows[0][1]) > 1 else []) for rows in GAINS]
    blocks.append(chart_of("range", [("Industry", [["-8", "5"]]), (WORDS[1], [["-12.5", "-2"]])], []))
    for words in (SHORT, MONTHS, WORDS, CAPITALS):
        blocks.append(chart_of("bar", [(word, [str(7 * i + 1)]) for i, word in enumerate(words)], []))
    return blocks


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_no_word_of_a_deck_lies_over_another_or_off_its_slide(
    ratio: Any, need_program: Callable[[str], str], tmp_path: Path
) -> None:
    outline = outline_with(*list_blocks(), title=TITLES[0], section=TITLES[1])
    (artifact,) = build(outline, DeckOptions(lang="en", root=Path(), ratio=ratio))
    (tmp_path / "deck.pptx").write_bytes(artifact.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [need_program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir"]
    command += [str(tmp_path), str(tmp_path / "deck.pptx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    data = (tmp_path / "deck.pdf").read_bytes()
    width, height = pypdfium2.PdfDocument(data)[0].get_size()
    for number, letters in enumerate(read_letters(data), 1):
        assert list_collisions(letters) == [], number
        assert [
            one for one, box in letters if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height
        ] == []
