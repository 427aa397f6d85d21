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
from builders.deck.geometry import SlidePage
from builders.deck.layouts import make_slide_page
from builders.deck.model import (
    Deck,
    ShapeGroup,
    Slide,
    SlideChart,
    SlideFrame,
    SlideParagraph,
    SlideShape,
    SlideTable,
    TextBox,
)
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.deck.template import open_school_template
from builders.language import locales
from builders.outline.load import load_outline
from builders.theme.theme import load_shipped_theme
from tests.test_deck_template import odd, plain

OUTLINES = Path(__file__).parent / "outlines"
TOLERANCE = 2.0  # pt: overhangs of letters, rounding of the PDF


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Drawn:
    deck: Deck
    page: SlidePage
    slides: list[list[Word]]


BAY, ATHENS = OUTLINES / "closed-bay.yaml", OUTLINES / "athens.yaml"
DECKS: dict[str, tuple[Path, str, str, Callable[[], bytes] | None]] = {
    "long texts, 16:9": (BAY, "en", "16:9", None),
    "long texts, 4:3": (BAY, "en", "4:3", None),
    "Spanish, 16:9": (ATHENS, "es", "16:9", None),
    "Spanish, 4:3": (ATHENS, "es", "4:3", None),
    "English, 16:9": (ATHENS, "en", "16:9", None),
    "a plain template, Spanish": (ATHENS, "es", "16:9", plain),
    "a plain template, English": (ATHENS, "en", "16:9", plain),
    "an odd template, Spanish": (ATHENS, "es", "16:9", odd),
    "an odd template, English": (ATHENS, "en", "16:9", odd),
}


@pytest.fixture(scope="module")
def drawn(need_program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawn]:
    """Build the decks and let one run of LibreOffice draw them all."""
    soffice, folder = need_program("soffice"), tmp_path_factory.mktemp("decks")
    planned: dict[str, tuple[Deck, SlidePage]] = {}
    files = []
    for number, (name, (path, lang, ratio, template)) in enumerate(DECKS.items()):
        outline = load_outline(path).outline
        options = DeckOptions(
            lang=lang, ratio=ratio, root=OUTLINES, template=template() if template else None
        )
        locale = locales.load_locale(options.lang)
        theme = load_shipped_theme()
        frame = make_slide_page(theme.deck, options.ratio)
        if options.template:
            frame = open_school_template(options.template, theme.deck, locale).page
        planned[name] = plan_deck(outline, options, frame), frame
        (artifact,) = build(outline, options)
        files.append(folder / f"{number}.pptx")
        files[-1].write_bytes(without_autofit(artifact.data))
    profile = (folder / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), *map(str, files)], check=True, capture_output=True, timeout=300)
    return {
        name: Drawn(deck, frame, read(file.with_suffix(".pdf"), frame.zoom))
        for (name, (deck, frame)), file in zip(planned.items(), files, strict=True)
    }


def read(path: Path, zoom: float) -> list[list[Word]]:
    """Return the words of each slide with their places in points of the plan, from the top left."""
    pdf = pypdfium2.PdfDocument(path)
    return [list(words(pdf[number], zoom)) for number in range(len(pdf))]


def without_autofit(deck: bytes) -> bytes:
    """LibreOffice shrinks text that overflows where autofit is on, and so hides it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(
                name,
                content.replace(b"<a:normAutofit/>", b"<a:noAutofit/>") if name.endswith(".xml") else content,
            )
    return out.getvalue()


def words(slide: pypdfium2.PdfPage, zoom: float) -> Iterator[Word]:
    text = slide.get_textpage()
    high = slide.get_height()
    held: list[tuple[str, tuple[float, float, float, float]]] = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        box = text.get_charbox(index, loose=False)
        character = character.replace("\ufffe", "-")  # PDFium's sign for a hyphen at a line's end
        if character.isspace() or not character:
            if held:
                yield joined(held, high, zoom)
            held = []
        else:
            held.append((character, box))
    if held:
        yield joined(held, high, zoom)


def joined(held: list[tuple[str, tuple[float, float, float, float]]], high: float, zoom: float) -> Word:
    boxes = [box for _, box in held]
    return Word(
        "".join(character for character, _ in held),
        min(b[0] for b in boxes) / zoom, (high - max(b[3] for b in boxes)) / zoom,
        max(b[2] for b in boxes) / zoom, (high - min(b[1] for b in boxes)) / zoom,
    )  # fmt: skip


def text_of(paragraphs: tuple[SlideParagraph, ...]) -> str:
    return squeezed("".join(paragraph.text for paragraph in paragraphs))


def squeezed(text: str) -> str:
    return re.sub(r"\s|[\u200b\u00ad■]", "", text).casefold()  # a template may ask for capitals


def places(slide: Slide, number: int, footer: SlideFrame) -> Iterator[tuple[str | None, SlideFrame]]:
    """Return what a slide shows and where: text without spaces, or None where a chart writes what it will."""
    for item in (slide.title, *slide.items):
        if isinstance(item, TextBox):
            yield text_of(item.paragraphs), item.frame
        elif isinstance(item, SlideShape):
            yield item.text, item.frame
        elif isinstance(item, SlideChart):
            yield None, item.frame
        elif isinstance(item, ShapeGroup):
            for inner in item.items:
                if isinstance(inner, TextBox):
                    yield text_of(inner.paragraphs), inner.frame
        elif isinstance(item, SlideTable):
            yield from cells(item)
    yield squeezed("".join(slide.footer)), footer
    yield str(number), footer


def cells(table: SlideTable) -> Iterator[tuple[str, SlideFrame]]:
    y = table.frame.y
    for row, high in zip(table.rows, table.heights, strict=True):
        x = table.frame.x
        for cell, width in zip(row, table.columns, strict=True):
            yield text_of(cell.paragraphs), SlideFrame(x, y, width, high)
            x += width
        y += high


def inside(word: Word, frame: SlideFrame) -> bool:
    return (
        word.left >= frame.x - TOLERANCE
        and word.top >= frame.y - TOLERANCE
        and word.right <= frame.x + frame.w + TOLERANCE
        and word.bottom <= frame.y + frame.h + TOLERANCE
    )


def misplaced(slide: Slide, number: int, found: list[Word], footer: SlideFrame) -> list[str]:
    """Return the words that stand in no box which has them, and the texts that are not all there."""
    shown = list(places(slide, number, footer))
    bad = [
        f"slide {number}: {word}"
        for word in found
        if not any(
            inside(word, frame) and (text is None or squeezed(word.text) in squeezed(text))
            for text, frame in shown
        )
    ]
    for text, frame in shown:
        if text is None:
            continue
        there = squeezed("".join(word.text for word in found if inside(word, frame)))
        missing = [part for part in known(squeezed(text)) if part not in there]
        bad += [f"slide {number}: lost {part!r} of {text[:40]!r}" for part in missing]
    return bad


def known(text: str) -> list[str]:
    """Return the parts of a text that Carlito has; what another face shows may be extracted as anything."""
    return [part for part in re.split(r"[^\u0000-\u1fff\u2010-\u2044]+", text) if part]


@pytest.mark.parametrize("name", DECKS)
def test_every_text_stands_inside_its_box_in_libreoffice(name: str, drawn: dict[str, Drawn]) -> None:
    shown = drawn[name]
    assert len(shown.slides) == len(shown.deck.slides)
    footer = SlideFrame(0, 470, shown.page.w, 70)
    bad = [
        fault
        for number, (slide, found) in enumerate(zip(shown.deck.slides, shown.slides, strict=True), 1)
        for fault in misplaced(slide, number, found, footer)
    ]
    assert not bad, "\n".join(bad[:20])


def test_no_line_of_a_text_reaches_the_slides_edge(drawn: dict[str, Drawn]) -> None:
    for shown in drawn.values():
        for found in shown.slides:
            assert all(word.left >= 0 and word.right <= shown.page.w for word in found)
            assert all(word.top >= 0 and word.bottom <= shown.page.h for word in found)
