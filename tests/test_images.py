"""Pictures come from the outline's folder alone, and no larger than can be handled."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from builders.cli import main
from builders.svg import vectors

SMALL = Path(__file__).parent / "outlines" / "one-language.yaml"


def picture(width: int, height: int) -> bytes:
    """Return a PNG of a size; its pixels are promised, not delivered."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(width + 1)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


PICTURES = {
    "../beside.png": "outside the outline's folder",
    "in/../../beside.png": "outside the outline's folder",
    "/etc/passwd": "outside the outline's folder",
    "in\\\\beside.png": "outside the outline's folder",
    "in/link.png": "outside the outline's folder",
    "in/away/beside.png": "outside the outline's folder",
    "in/large.png": "more than 50 million pixels",
    "in/vast.png": "more than 50 million pixels",
    "in/heavy.png": "larger than 20 MB",
    "in/pipe.png": "there is no picture",
    "in/billion.svg": "broken or not an SVG",
    "https://example.org/a.png": "there is no picture",
    "n" * 5000 + ".png": "cannot be read",
}


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
@pytest.mark.parametrize("file", PICTURES, ids=lambda file: file[:20])
def test_a_picture_that_leads_out_or_is_too_large_is_told(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "course"
    (folder / "in").mkdir(parents=True)
    (tmp_path / "beside.png").write_bytes(picture(4, 4))
    (folder / "in" / "link.png").symlink_to(tmp_path / "beside.png")
    (folder / "in" / "away").symlink_to(tmp_path)
    (folder / "in" / "large.png").write_bytes(picture(8_000, 8_000))
    (folder / "in" / "vast.png").write_bytes(picture(60_000, 60_000))
    with (folder / "in" / "heavy.png").open("wb") as heavy:
        heavy.truncate(21 << 20)
    os.mkfifo(folder / "in" / "pipe.png")
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    (folder / "in" / "billion.svg").write_text(
        f'<!DOCTYPE s [<!ENTITY e0 "x">{entities}]><svg viewBox="0 0 1 1"><text>&e12;</text></svg>', "utf-8"
    )
    block = f'      - image:\n          file: "{file}"\n          alt: A\n          credit: C\n'
    outline = folder / "a.yaml"
    text = SMALL.read_text("utf-8")
    assert text.count("    events:\n") == 1
    outline.write_text(text.replace("    events:\n", f"{block}    events:\n"), "utf-8")
    assert main(["check", "--outline", str(outline)]) == 1
    assert PICTURES[file] in capsys.readouterr().out


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
DRAWINGS = {  # what is in a drawing, and what is told of it
    '<rect width="9" height="9" fill="url(#a)"/>': "uses the paint 'url(#a)'",
    '<rect width="9" height="9" fill="rgb(999,0,0)"/>': "uses the paint 'rgb(999,0,0)'",
    '<use href="#a"/>': "holds <use>",
    '<script href="https://example.org/a.js"/>': "brings in 'https://example.org/a.js'",
    '<g transform="matrix(1)"><circle r="5"/></g>': "has a path, a transform or a number",
    '<g transform="skewX(30)"><circle r="5"/></g>': "has a path, a transform or a number",
    '<path d="L 5 5"/>': "has a path, a transform or a number",
    '<path d="M 5 5 C 1 2 3"/>': "has a path, a transform or a number",
    '<circle r="1e999"/>': "has a path, a transform or a number",
    '<text x="1e308">Lava</text>': "has a path, a transform or a number",
    "<text>\u6f22</text>": "holds the character '\u6f22'",
    '</svg><svg viewBox="0 0 1 1">': "is broken or not an SVG",
}


def with_drawing(folder: Path, drawing: bytes) -> Path:
    """Return an outline in `folder` with a drawing in it."""
    (folder / "lava.svg").write_bytes(drawing)
    block = "      - image:\n          file: lava.svg\n          alt: Lava\n          credit: Nobody\n"
    outline = folder / "a.yaml"
    outline.write_text(SMALL.read_text("utf-8").replace("    events:\n", f"{block}    events:\n"), "utf-8")
    return outline


@pytest.mark.parametrize("inside", DRAWINGS)
def test_a_drawing_that_a_document_cannot_show_is_told_at_its_place_before_any_is_built(
    inside: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = with_drawing(tmp_path, f"{HEAD}{inside}</svg>".encode())
    assert main(["check", str(outline)]) == 1
    told = capsys.readouterr().out.splitlines()[1]
    assert told.startswith(f"{outline}:20:11: 'lava.svg' {DRAWINGS[inside]}")
    assert "; export it" in told


@pytest.mark.parametrize(
    "drawing",
    [
        HEAD.replace("100 50", "nan 50").encode() + b"</svg>",
        HEAD.replace("100 50", "1e400 50").encode() + b"</svg>",
        HEAD.replace(' viewBox="0 0 100 50"', "").encode() + b"</svg>",
        b'<html viewBox="0 0 1 1"/>',
        b'<?xml version="1.0" encoding="ISO-8859-1"?>' + HEAD.encode() + b"<text>\xe9</text></svg>",
    ],
)
def test_what_is_no_drawing_is_told(
    drawing: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = with_drawing(tmp_path, drawing)
    assert main(["check", str(outline)]) == 1
    assert ":20:11: 'lava.svg' " in capsys.readouterr().out


def test_a_drawing_that_check_passes_is_in_every_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = (
        '<g transform="translate(2) rotate(10 5 5)" fill="#c00"><path d="m1 1 a3 3 0 01.5.5z"/></g>'
        '<polygon points="1,1 5,5 1,5"/><ellipse rx="2" ry="3" style="fill: none; stroke: red"/>'
        '<a href="https://example.org"><text x="5" y="9">Lava é</text></a>'
    )
    outline = with_drawing(tmp_path, f"\ufeff{HEAD}{inside}</svg>".encode())
    assert main(["build", "--outline", str(outline), "--output", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err == ""
    assert len(list((tmp_path / "out").rglob("*.p*"))) == 5


def test_the_flags_of_an_arc_need_no_space_behind_them() -> None:
    drawn = [
        vectors(f'{HEAD}<path d="{data}"/></svg>'.encode(), "lava.svg")
        for data in ("M1 1 a3 3 0 01.5.5 3,3,0,1,0,2,2z", "M1,1 a3,3 0 0 1 0.5 0.5 A 3 3 0 1 0 3.5 3.5 Z")
    ]
    assert drawn[0] == drawn[1]
