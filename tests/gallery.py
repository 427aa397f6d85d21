"""`gallery`: the README's pictures, drawn from the built documents of the first outline and language."""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from builders.commands import locations
from builders.core import files
from builders.core.diagnostics import UsageError
from tests.programs import run_program

MARGIN = 24  # pixels between and around the pages of a picture
GROUND = "#E9E5DC"
MAPS = ("In 1919 the Reds", "From 1955 two")  # how the titles of the maps that are shown begin
SLIDES = (1, 3, 6, 5, 11, 15)  # title, section, points, timeline, quotation, debate; 1 is the first


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the program's options."""
    locations.add_outline_option(parser)


def run(options: argparse.Namespace) -> int:
    """Draw the pictures into .github/gallery/."""
    outline = locations.list_outlines(options)[0]
    output = locations.find_home() / "output" / locations.name_output_folder(outline)
    folder = next(
        (path for path in sorted(output.glob("*/guide.pdf"), key=_default_first)), output / "x"
    ).parent
    if not (folder / "poster.pdf").is_file():
        raise UsageError(f"{output} holds no documents; run `build` first")
    guide, poster = _pages(folder / "guide.pdf"), _pages(folder / "poster.pdf")
    opener = _second_chapter(folder / "guide.pdf")
    pictures = {
        "guide": _sheet([_draw(guide, page, 620) for page in (opener, opener + 1)], 2),
        "poster": _sheet([_draw(poster, 0, 1240)], 1),
    }
    slides = _slides(folder / "deck.pptx")
    on_slides = [_draw(slides, _find_page(slides, title), 560) for title in MAPS]
    page = _draw(guide, _find_page(guide, MAPS[0]), 560)
    pictures["maps"] = _sheet([page, _stack(on_slides, page.size)], 2)
    chosen = [number - 1 for number in SLIDES if number <= len(slides)]
    pictures["deck"] = _sheet([_draw(slides, page, 400) for page in chosen], 3)
    for name, picture in pictures.items():
        path = locations.find_home() / ".github" / "gallery" / f"{name}.png"
        files.write_file(path, _png(picture))
        print(path)
    return 0


def _default_first(path: Path) -> tuple[bool, str]:
    return path.parent.name != "en", str(path)  # the README is in English


def _pages(document: Path | bytes) -> Any:
    import pypdfium2

    return pypdfium2.PdfDocument(document)


def _second_chapter(path: Path) -> int:
    """Return the page (0-based) of the guide's second section, by its bookmarks."""
    marks = [mark for mark in _pages(path).get_toc() if mark.level == 0]
    pages = [destination.get_index() for mark in marks if (destination := mark.get_dest())]
    gaps = [(after - page, page) for page, after in pairwise(pages[1:])]
    return max(gaps)[1] if gaps else 0


def _slides(path: Path) -> Any:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise UsageError("the slides are drawn by LibreOffice; install libreoffice-impress")
    with tempfile.TemporaryDirectory() as place:
        profile = f"-env:UserInstallation=file://{place}/profile"
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", place, str(path)]
        subprocess.run(command, check=True, capture_output=True)
        return _pages((Path(place) / f"{path.stem}.pdf").read_bytes())  # which goes with its folder


def _draw(document: Any, page: int, width: int) -> Any:
    """Return a page as a picture of `width` pixels."""
    from PIL import Image

    large = document[page].render(scale=2 * width / document[page].get_width()).to_pil()
    return large.resize((width, round(large.height * width / large.width)), Image.Resampling.LANCZOS)


def _sheet(pages: list[Any], columns: int) -> Any:
    """Return pages side by side on a ground."""
    from PIL import Image

    width, height = pages[0].size
    rows = -(-len(pages) // columns)
    size = (columns * (width + MARGIN) + MARGIN, rows * (height + MARGIN) + MARGIN)
    sheet = Image.new("RGB", size, GROUND)
    for i, page in enumerate(pages):
        place = (MARGIN + i % columns * (width + MARGIN), MARGIN + i // columns * (height + MARGIN))
        sheet.paste(page, place)
    return sheet


def _stack(pages: Sequence[Any], size: tuple[int, int]) -> Any:
    """Return a picture of a size with pages below each other."""
    from PIL import Image

    sheet = Image.new("RGB", size, GROUND)
    for i, page in enumerate(pages):
        sheet.paste(page, (0, i * (page.height + MARGIN)))
    return sheet


def _find_page(document: Any, title: str) -> int:
    """Return the page (0-based) whose words hold a title; the first one where none does."""
    words = (" ".join(page.get_textpage().get_text_range().split()) for page in document)
    return next((number for number, text in enumerate(words) if title in text), 0)


def _png(picture: Any) -> bytes:
    """Return a small PNG: the documents use few colours."""
    out = io.BytesIO()
    picture.quantize(256, method=2, dither=0).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    return run_program(
        "gallery", "Draw the README's pictures from the built documents.", configure, run, arguments
    )


if __name__ == "__main__":
    sys.exit(main())
