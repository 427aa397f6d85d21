"""Pictures come from the outline's folder alone, and no larger than can be handled."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from builders.cli import main

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
