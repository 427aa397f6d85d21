"""The guide folded as a booklet, with pictures, and with very long texts."""

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from builders import guide
from builders.core.diagnostics import OutlineFaults
from builders.guide.content import GuideContent
from builders.guide.options import GuideOptions
from builders.guide.plan import plan_guide
from builders.outline import load
from builders.outline.blocks import Block
from tests.guide_building import ATHENS, EDITIONS, SVG, athens, boxes, built, failures, options, with_image
from tests.pdf_reading import open_pdf, page_words, tree


def test_a_booklet_folds_into_reading_order() -> None:
    from builders.guide.write import impose_pages

    for count in (1, 4, 6, 15, 16):
        sides = impose_pages(count)
        leaves = [(sides[i], sides[i + 1]) for i in range(0, len(sides), 2)]
        # folded, the sheets lie in each other: first all front halves inwards, then all back halves outwards
        inward = [n for front, back in leaves for n in (front.right, back.left)]
        outward = [n for front, back in reversed(leaves) for n in (back.right, front.left)]
        assert [n for n in inward + outward if n is not None] == list(range(count))


def test_the_booklet_s_pages_are_the_guide_s_two_up() -> None:
    data = built(booklet=True)
    assert failures(data, "2b") == []
    pages, sides = page_words(built()), page_words(data)
    total = len(sides) * 2
    assert {tuple(round(float(v)) for v in p.MediaBox) for p in open_pdf(data).pages} == {(0, 0, 842, 595)}
    assert total - len(pages) in range(4)
    assert set(pages[0].split()) <= set(sides[0].split())
    assert "Contents" in sides[1]


def test_a_booklet_draws_each_page_as_it_is() -> None:
    """The first page, taken from the right half of the first side, is the guide's, pixel for pixel."""
    whole = pypdfium2.PdfDocument(built())[0].render(scale=1).to_pil()
    side = pypdfium2.PdfDocument(built(booklet=True))[0].render(scale=2**0.5).to_pil()
    half = side.crop((side.width // 2, 0, side.width, side.height)).resize(whole.size)
    dark = sum(
        1
        for a, b in zip(whole.convert("L").tobytes(), half.convert("L").tobytes(), strict=True)
        if abs(a - b) > 128
    )
    assert dark < 0.01 * whole.width * whole.height


def test_an_svg_is_a_sharp_picture_with_its_words_and_colours(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "harbour.svg").write_bytes(SVG)
    (artifact,) = guide.build(*with_image(tmp_path, "images/harbour.svg"))
    assert failures(artifact.data, "ua1") == []
    (figure,) = (
        e for e in tree(artifact.data).walk() if e.tag == "Figure" and "trireme" in str(e.dictionary.Alt)
    )
    ((page, image),) = (
        (page, found)
        for page in pypdfium2.PdfDocument(artifact.data)
        for found in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
    )
    x, y, right, top = image.get_bounds()
    assert [float(side) for side in figure.dictionary.A[0].BBox] == pytest.approx([x, y, right, top], abs=0.1)
    assert (right - x) / (top - y) == pytest.approx(2, abs=0.01), "the viewBox's proportions"
    assert image.get_px_size()[0] >= (right - x) / 72 * 400, "400 pixels an inch"
    seen = page.render(scale=4).to_pil().convert("RGB")

    def colour(at: tuple[float, float]) -> tuple[int, ...]:
        """Return the colour at a point of the drawing, in its own units."""
        across, up = x + at[0] / 200 * (right - x), top - at[1] / 100 * (top - y)
        pixel: tuple[int, ...] = seen.getpixel((int(across * 4), int((page.get_height() - up) * 4)))
        return pixel

    assert colour((50, 50)) == pytest.approx((0xC2, 0x23, 0x1A), abs=8), "the disc"
    assert colour((10, 50)) == pytest.approx((0x1F, 0x5C, 0x94), abs=8), "the frame"
    assert colour((150, 70)) == (255, 255, 255), "the ground is clear"
    words = [colour((84 + i / 4, 92.5)) for i in range(128)]
    assert any(max(pixel) < 100 for pixel in words), "the word Piraeus"


def test_an_svg_with_what_cannot_be_drawn_is_a_fault_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.svg").write_bytes(SVG.replace(b"<g ", b"<image/><g "))
    with pytest.raises(OutlineFaults, match="<image>") as caught:
        guide.build(*with_image(tmp_path, "bad.svg"))
    (fault,) = caught.value.faults
    assert fault.path[-2:] == ("image", "file")


@pytest.mark.parametrize("element", ["<text ", "<rect "])
@pytest.mark.parametrize(
    ("paint", "told"),
    [("url(#a)", r"'bad\.svg' refers to '#a' \(line "), ("lab(9% 9 9)", r"'bad\.svg' uses the paint 'lab\(")],
)
def test_a_paint_that_cannot_be_drawn_is_a_fault_that_names_the_file(
    tmp_path: Path, element: str, paint: str, told: str
) -> None:
    painted = f'{element}style="fill:{paint}" '
    (tmp_path / "bad.svg").write_bytes(SVG.replace(element.encode(), painted.encode()))
    with pytest.raises(OutlineFaults, match=told):
        guide.build(*with_image(tmp_path, "bad.svg"))


@pytest.mark.parametrize("name", ["one-language"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_other_outlines_build_too(name: str, edition: str) -> None:
    outline = load.load_outline(ATHENS.with_name(f"{name}.yaml")).outline
    (artifact,) = guide.build(
        outline, GuideOptions(lang=outline.languages[0], root=ATHENS.parent, edition=edition)
    )
    assert failures(artifact.data, "ua1") == []


def test_what_is_very_long_flows_over_pages_and_loses_nothing() -> None:
    words = [f"word{i}" for i in range(900)]
    long = {"es": " ".join(words), "en": " ".join(words)}
    title = {"es": "Un título " * 12, "en": "A title " * 12}
    outline = athens()
    section = outline.sections[1]

    def lengthened(block: Block) -> Block:
        if block.debate:
            positions = tuple(p.model_copy(update={"text": long}) for p in block.debate.positions)
            return block.model_copy(
                update={"debate": block.debate.model_copy(update={"positions": positions})}
            )
        if block.quote:
            return block.model_copy(update={"quote": block.quote.model_copy(update={"text": long})})
        return block

    changed = section.model_copy(
        update={"summary": long, "title": title, "blocks": tuple(map(lengthened, section.blocks))}
    )
    course = outline.model_copy(update={"sections": (outline.sections[0], changed)})
    planned = plan_guide(course, options())
    bottom = planned.course.page.bottom
    for page in planned.pages:
        assert all(box[3] < bottom + 40 for box, _ in boxes(list(page.items))), page.folio
    found = Counter(re.findall(r"word\d+", tree(guide.build(course, options())[0].data).words))
    assert set(found) == set(words)
    assert set(found.values()) == {4}, "summary, quotation and two positions"


def test_numbers_and_their_units_stay_on_a_line() -> None:
    said = GuideContent(athens(), options("es")).bind_spaces("el 51,1 % y 12 000, p. 45, n.º 3 y S. A. Smith")
    assert said == "el 51,1\u00a0% y 12\u00a0000, p.\u00a045, n.º\u00a03 y S.\u00a0A.\u00a0Smith"


@pytest.mark.parametrize(
    ("lang", "text", "want"),
    [
        ("es", "el 8 de marzo de 1917, en marzo de 1917", "el 8~de~marzo de~1917, en marzo de~1917"),
        ("es", "entre 3 de cada 10 marineros", "entre 3 de cada 10 marineros"),
        ("en", "on 8 March 1917, in March 1917", "on 8~March 1917, in March 1917"),
        ("en", "the 300 Marchers of 1917", "the 300 Marchers of 1917"),
    ],
)
def test_a_day_stays_with_its_month(lang: str, text: str, want: str) -> None:
    assert GuideContent(athens(), options(lang)).bind_spaces(text) == want.replace("~", "\u00a0")


def test_a_tiny_or_huge_number_in_an_svg_is_drawn(tmp_path: Path) -> None:
    svg = SVG.replace(b'x="10" y="10"', b'x="0.00000001" y="10"').replace(b'r="20"', b'r="20" cx="1e-9"')
    (tmp_path / "tiny.svg").write_bytes(svg.replace(b"</svg>", b'<path d="M 250000 1 L 0 0"/></svg>'))
    (artifact,) = guide.build(*with_image(tmp_path, "tiny.svg"))
    assert failures(artifact.data, "2a") == []
