"""Slides as LibreOffice draws them: every text inside its box, none lost, none across another."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from builders.deck import build
from builders.deck.course import course
from builders.deck.geometry import page
from builders.deck.plan import plan
from builders.deck.slides import Box, Chart, Deck, Frame, Group, Paragraph, Shape, Slide, Table
from builders.load import load
from builders.options import Options
from builders.theme import shipped

OUTLINES = Path(__file__).parent / "outlines"
SHIPPED = Path(__file__).parents[1] / "outline" / "revolucion-rusa.yaml"
TOLERANCE = 2.0  # pt: overhangs of letters, rounding of the PDF


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


def options(path: Path, lang: str, ratio: str) -> Options:
    return Options(lang=lang, ratio=ratio, root=path.parent)


def drawn(soffice: str, deck: bytes, folder: Path) -> list[list[Word]]:
    """Return the words of each slide with their places in points from the top left."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deck.pptx").write_bytes(without_autofit(deck))
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder),
         str(folder / "deck.pptx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    pdf = pypdfium2.PdfDocument(folder / "deck.pdf")
    return [list(words(pdf[number])) for number in range(len(pdf))]


def without_autofit(deck: bytes) -> bytes:
    """LibreOffice shrinks text that overflows where autofit is on, and so hides it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"<a:normAutofit/>", b"<a:noAutofit/>") if name.endswith(".xml") else content)
    return out.getvalue()


def words(slide: pypdfium2.PdfPage) -> Iterator[Word]:
    text = slide.get_textpage()
    high = slide.get_height()
    held: list[tuple[str, tuple[float, float, float, float]]] = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        box = text.get_charbox(index, loose=False)
        character = character.replace("\ufffe", "-")  # PDFium's sign for a hyphen at a line's end
        if character.isspace() or not character:
            if held:
                yield joined(held, high)
            held = []
        else:
            held.append((character, box))
    if held:
        yield joined(held, high)


def joined(held: list[tuple[str, tuple[float, float, float, float]]], high: float) -> Word:
    boxes = [box for _, box in held]
    return Word(
        "".join(character for character, _ in held), min(b[0] for b in boxes), high - max(b[3] for b in boxes),
        max(b[2] for b in boxes), high - min(b[1] for b in boxes),
    )  # fmt: skip


def text_of(paragraphs: tuple[Paragraph, ...]) -> str:
    return squeezed("".join(paragraph.text for paragraph in paragraphs))


def squeezed(text: str) -> str:
    return re.sub(r"\s|[\u200b\u00ad■]", "", text)


def places(slide: Slide, number: int, footer: Frame) -> Iterator[tuple[str | None, Frame]]:
    """Return what a slide shows and where: text without spaces, or None where a chart writes what it will."""
    for item in (slide.title, *slide.items):
        if isinstance(item, Box):
            yield text_of(item.paragraphs), item.frame
        elif isinstance(item, Shape):
            yield item.text, item.frame
        elif isinstance(item, Chart):
            yield None, item.frame
        elif isinstance(item, Group):
            for inner in item.items:
                if isinstance(inner, Box):
                    yield text_of(inner.paragraphs), inner.frame
        elif isinstance(item, Table):
            yield from cells(item)
    yield squeezed("".join(slide.footer)), footer
    yield str(number), footer


def cells(table: Table) -> Iterator[tuple[str, Frame]]:
    y = table.frame.y
    for row, high in zip(table.rows, table.heights, strict=True):
        x = table.frame.x
        for cell, width in zip(row, table.columns, strict=True):
            yield text_of(cell.paragraphs), Frame(x, y, width, high)
            x += width
        y += high


def inside(word: Word, frame: Frame) -> bool:
    return (
        word.left >= frame.x - TOLERANCE
        and word.top >= frame.y - TOLERANCE
        and word.right <= frame.x + frame.w + TOLERANCE
        and word.bottom <= frame.y + frame.h + TOLERANCE
    )


def misplaced(slide: Slide, number: int, found: list[Word], footer: Frame) -> list[str]:
    """Return the words that stand in no box which has them, and the texts that are not all there."""
    shown = list(places(slide, number, footer))
    bad = [
        f"slide {number}: {word}"
        for word in found
        if not any(inside(word, frame) and (text is None or squeezed(word.text) in text) for text, frame in shown)
    ]
    for text, frame in shown:
        if text is None:
            continue
        there = squeezed("".join(word.text for word in found if inside(word, frame)))
        missing = [part for part in known(text) if part not in there]
        bad += [f"slide {number}: lost {part!r} of {text[:40]!r}" for part in missing]
    return bad


def known(text: str) -> list[str]:
    """Return the parts of a text that Carlito has; what another face shows may be extracted as anything."""
    return [part for part in re.split(r"[^\u0000-\u1fff\u2010-\u2044]+", text) if part]


CASES = [
    (OUTLINES / "closed-bay.yaml", "en", "16:9"),
    (OUTLINES / "athens.yaml", "es", "4:3"),
]


@pytest.mark.parametrize(("path", "lang", "ratio"), CASES)
def test_every_text_stands_inside_its_box_in_libreoffice(
    path: Path, lang: str, ratio: str, tmp_path: Path, need_program: Callable[[str], str]
) -> None:
    asked = options(path, lang, ratio)
    outline = load(path).outline
    frame = page(shipped().deck, ratio)
    deck = plan(outline, asked, frame)
    (artifact,) = build(outline, asked)
    found = drawn(need_program("soffice"), artifact.data, tmp_path)
    assert len(found) == len(deck.slides)
    footer = Frame(frame.left, 490, frame.full, 40)
    bad = [fault for n, (slide, at) in enumerate(zip(deck.slides, found, strict=True), 1)
           for fault in misplaced(slide, n, at, footer)]  # fmt: skip
    assert not bad, "\n".join(bad[:20])
