"""What is wrong with finished documents, whatever they are of: invalid files, words over words or off a page.

Each function yields sentences; of a sound document none.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from pptx import Presentation

from builders.build.builder import Artifact
from builders.deck import accessibility
from tests.pdf_geometry import PageGeometry, Word, read_pages
from tests.pdf_opening import pdfium_complaints, poppler_complaints, qpdf_complaints

EMU = 12_700  # a point
OVER = 0.45  # of the height of the lower of two words: as far as descenders never reach into ascenders
ASIDE = 1.0  # points that two words may share beside each other
EDGE = 1.0  # points that ink may leave the page


def tell_document_faults(artifact: Artifact, folder: Path) -> Iterator[str]:
    """Tell what is wrong with an artifact; `folder` takes files that other programs read."""
    if artifact.name.endswith(".pptx"):
        yield from _tell_deck_faults(artifact)
        return
    yield from qpdf_complaints(artifact.data)
    yield from pdfium_complaints(artifact.data)
    yield from poppler_complaints(artifact.data, folder)
    if "sheets" not in artifact.name:  # these are cut out of the poster
        for page in read_pages.__wrapped__(artifact.data):
            yield from (f"page {page.index + 1}: {told}" for told in tell_misplaced_words(page))


def tell_misplaced_words(page: PageGeometry) -> Iterator[str]:
    """Tell which words leave the page, and which stand over others."""
    words = sorted(page.words, key=lambda word: word.box.left)
    for i, word in enumerate(words):
        box = word.box
        if (
            box.left < -EDGE
            or box.top < -EDGE
            or box.right > page.width + EDGE
            or box.bottom > page.height + EDGE
        ):
            yield f"'{word.text}' leaves the page"
        for other in words[i + 1 :]:
            if other.box.left > box.right - ASIDE:
                break
            if _stand_over(word, other):
                yield f"'{word.text}' stands over '{other.text}'"


def _stand_over(word: Word, other: Word) -> bool:
    one, two = word.box, other.box
    high = min(one.bottom, two.bottom) - max(one.top, two.top)
    wide = min(one.right, two.right) - max(one.left, two.left)
    return high > OVER * max(min(one.height, two.height), 2.0) and wide > ASIDE


def _tell_deck_faults(artifact: Artifact) -> Iterator[str]:
    yield from map(str, accessibility.check_file(artifact.data))
    deck = Presentation(io.BytesIO(artifact.data))
    if len(deck.slides) != artifact.count:
        yield f"{len(deck.slides)} slides, and not {artifact.count}"
    page_width, page_height = int(deck.slide_width or 0), int(deck.slide_height or 0)
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            right, bottom = shape.left + shape.width, shape.top + shape.height
            if shape.width < 0 or shape.height < 0 or shape.width + shape.height == 0:
                yield f"slide {number}: '{shape.name}' has no extent"
            if max(-shape.left, -shape.top, right - page_width, bottom - page_height) > EMU:
                yield f"slide {number}: '{shape.name}' leaves the slide"
