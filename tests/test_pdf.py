"""The tagged canvas: what it writes, as independent readers see it."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pypdfium2
import pyphen
import pytest

from builders.pdf import About, TaggedCanvas
from builders.pdf.metadata import srgb_profile
from builders.pdf.paragraphs import Setter
from builders.typesetting.fonts import face
from builders.typesetting.hyphenation import breaks
from builders.typesetting.logical_tree import Node
from builders.typesetting.paragraph import (
    Paragraph,
    Run,
    Style,
)
from builders.typesetting.words import BLANK_WIDTHS
from tests.pdf_reading import landing, open_pdf, page_words, parent_tree_errors, tree
from tests.validators import conformance_failures

ATHENS = Path(__file__).parent / "outlines" / "athens.yaml"
INK, BLUE = "#1D1A16", "#1F5C94"
SERIF, ITALIC, SANS = face("serif"), face("serif", "italic"), face("sans")
BODY = Style(SERIF, 10.5, 14.5, INK, "justify", 0, "en")
PROSE = (
    "The officials of the harbour filled the office with extraordinarily difficult correspondence about "
    "administration, and the navigator waited until the afternoon before anyone offered him a chair."
)


def sample(accessible: bool = True) -> bytes:
    """Return two pages with a bit of everything."""
    root = Node("Document")
    title, first, table = root.add("H1"), root.add("P"), root.add("Table")
    second, figure = root.add("P"), root.add("Figure", alt="A bar from 0 to 40")
    canvas = TaggedCanvas(root, About("Harbours — Λιμένες", "en", "An author", "A subject", accessible))
    setter = Setter(canvas, lambda key: {"two": "2"}[key])
    with canvas.form("bar", 100, 50):
        canvas.pattern("dots", 0, 0, 40, 10, BLUE)
        canvas.text(45, 0, "40", SANS, 9, INK)
    with canvas.sheet(595.28, 841.89):
        canvas.rect(0, 800, 30, 41, fill="#C2231A")
        canvas.text(72, 780, "Harbours of Ἑλλάς", face("sans", "black"), 24, INK, title)
        canvas.mark("one", 72, 780)
        canvas.bookmark("Harbours", "one", 0)
        paragraph = Paragraph(PROSE, BODY, 150)
        setter.draw(paragraph, 72, 740, first)
        for i in range(2):
            row = table.add("TR")
            for k in range(2):
                scope = {"Table": "/Scope/Column"} if i == 0 else None
                cell = row.add("TH" if i == 0 else "TD", attributes=scope)
                canvas.text(72 + 80 * k, 500 - 20 * i, f"cell{i}{k}", SANS, 9, INK, cell)
    with canvas.sheet(595.28, 841.89):
        canvas.mark("two", 72, 700)
        runs = [
            Run("See ", SERIF),
            Run("page {n}", SERIF, BLUE, link="#two", page_of="two"),
            Run(", or ", SERIF),
            Run("our site", SERIF, BLUE, link="https://example.org/a?b=1"),
            Run(", where ", SERIF),
            Run("λιμήν", ITALIC, lang="el"),
            Run(" is explained with a ", SERIF),
            Run("key word", SERIF, blank="open"),
            Run(".", SERIF),
        ]
        setter.draw(Paragraph(runs, BODY, 300), 72, 700, second)
        with canvas.figure(figure, (72, 400, 172, 450)):
            canvas.place("bar", 72, 400)
    canvas.label_pages(0, "ROMAN_LOWER")
    canvas.label_pages(1, "ARABIC", 1)
    return canvas.save()


@pytest.fixture(scope="module")
def data() -> bytes:
    return sample()


def failures(data: bytes, profile: str) -> list[str]:
    return [f"{f.rule_id}: {f.message}" for f in conformance_failures(data, profile)]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_it_is_accessible_and_archivable(data: bytes, profile: str) -> None:
    assert failures(data, profile) == []


def test_without_a_tree_it_is_still_archivable() -> None:
    assert failures(sample(accessible=False), "2b") == []


def test_tags_change_no_pixel(data: bytes) -> None:
    tagged, bare = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(sample(accessible=False))
    for one, other in zip(tagged, bare, strict=True):
        assert one.render(scale=1.5).to_pil().tobytes() == other.render(scale=1.5).to_pil().tobytes()


def test_words_are_read_in_the_order_of_the_tree(data: bytes) -> None:
    words = tree(data).words
    assert words.startswith(
        f"Harbours of Ἑλλάς {PROSE} cell00 cell01 cell10 cell11 See page 2, or our site, where λιμήν is"
    )


def test_the_parent_tree_leads_back(data: bytes) -> None:
    assert parent_tree_errors(data) == []


def test_inline_elements_stand_where_their_words_do(data: bytes) -> None:
    (paragraph,) = [e for e in tree(data).walk() if e.tag == "P" and "our site" in e.words]
    assert [e.tag for e in paragraph.kids] == [
        "Words",
        "Link",
        "Words",
        "Link",
        "Words",
        "Span",
        "Words",
        "Span",
        "Words",
    ]
    greek = paragraph.kids[5]
    assert str(greek.dictionary.Lang) == "el"
    assert str(paragraph.kids[7].dictionary.ActualText).strip("_") == ""


@pytest.mark.parametrize("blank", ["open", "filled"])
def test_what_follows_a_blank_stands_behind_it_in_pdfium(blank: Literal["open", "filled"]) -> None:
    root = Node("Document")
    canvas = TaggedCanvas(root, About("Harbours", "en"))
    runs = [Run("a ", SERIF), Run("wharf", SERIF, blank=blank), Run(".", SERIF), Run(" b", SERIF)]
    with canvas.sheet(595.28, 841.89):
        Setter(canvas, str).draw(Paragraph(runs, BODY, 300), 72, 700, root.add("P"))
    text = pypdfium2.PdfDocument(canvas.save())[0].get_textpage()
    stop = text.get_text_range().index(".")
    starts = 72 + SERIF.width("a ") * BODY.size / 1000
    room = BLANK_WIDTHS[blank] * SERIF.width("wharf") * BODY.size / 1000
    assert text.get_charbox(stop, loose=True)[0] == pytest.approx(starts + room, abs=0.5)


def test_hyphens_at_line_ends_are_soft_and_ligatures_whole(data: bytes) -> None:
    (text,) = [e._all() for e in tree(data).walk() if e.tag == "P" and "officials" in e.words]
    assert "\u00ad" in text
    assert "filled the office" in text
    assert "\ufffd" not in "".join(page_words(data))


def test_what_poppler_reads_is_what_was_meant(
    data: bytes, tmp_path: Path, need_program: Callable[[str], str]
) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(data)
    shown = subprocess.run(
        [need_program("pdfinfo"), "-struct-text", path], capture_output=True, text=True, check=True
    )
    words = re.sub(r"\u00ad\s*|(?<=\u00ad)\"\s*\"", "", " ".join(re.findall(r'"(.*)"', shown.stdout)))
    assert "extraordinarily difficult correspondence" in re.sub(r"\s+", " ", words)
    assert shown.stderr == ""


def test_links_land_and_say_where_they_lead(data: bytes) -> None:
    pdf = open_pdf(data)
    inner, outer = pdf.pages[1].Annots
    assert landing(pdf, inner).objgen == pdf.pages[1].obj.objgen
    assert str(inner.Contents) == "page 2"
    assert str(outer.A.URI) == "https://example.org/a?b=1"
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(parents[i]): parents[i + 1] for i in range(0, len(parents), 2)}
    assert all(owners[int(a.StructParent)].S == "/Link" for a in (inner, outer))


def test_equal_input_gives_equal_bytes_and_the_date_is_the_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert sample() == sample()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    dated = open_pdf(sample())
    assert b"2001-09-09T01:46:40" in dated.Root.Metadata.read_bytes()
    assert str(dated.docinfo["/CreationDate"]).startswith("D:20010909014640")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert sample() == sample()


def test_pages_are_labelled_and_tabbed_by_structure(data: bytes) -> None:
    pdf = open_pdf(data)
    assert [str(p.label) for p in pdf.pages] == ["i", "1"]
    assert all(p.Tabs == "/S" for p in pdf.pages)
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_a_form_is_stored_once_without_tags_and_placed() -> None:
    root = Node("Document")
    canvas = TaggedCanvas(root, About("Forms", "en"))
    figures = [root.add("Figure", alt=f"Part {i}") for i in range(3)]
    with canvas.form("whole", 200, 200):
        canvas.rect(0, 0, 200, 200, fill=BLUE)
        canvas.text(5, 5, "inside", SANS, 9, INK, figures[0])
    for figure in figures:
        box = (0.0, 0.0, 100.0, 100.0)
        with canvas.sheet(100, 100), canvas.figure(figure, box), canvas.clip([(0, 0), (100, 0), (100, 100)]):
            canvas.place("whole", -50, -50)
    pdf = open_pdf(canvas.save())
    forms = {form.objgen for p in pdf.pages for form in p.Resources.XObject.values()}
    assert len(forms) == 1
    (form,) = pdf.pages[0].Resources.XObject.values()
    assert b"BDC" not in form.read_bytes()
    assert b"BMC" not in form.read_bytes()


def test_a_document_without_a_page_is_refused() -> None:
    with pytest.raises(ValueError, match="without a page"):
        TaggedCanvas(Node("Document"), About("Empty", "en", "", "")).save()


def test_the_colour_profile_is_srgb() -> None:
    import io

    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    reference = ImageCms.createProfile("sRGB")
    from PIL import Image

    ramp = Image.frombytes("RGB", (256, 1), bytes(v for i in range(256) for v in (i, 255 - i, i // 2)))
    out = ImageCms.profileToProfile(ramp, profile, reference)
    assert out is not None
    assert max(abs(a - b) for a, b in zip(ramp.tobytes(), out.tobytes(), strict=True)) <= 2


@pytest.mark.parametrize("lang", ["en_US", "es", "ru_RU", "de_DE"])
def test_words_are_broken_where_pyphen_breaks_them(lang: str) -> None:
    known = pyphen.Pyphen(lang=lang, left=3, right=3)
    words = set(re.findall(r"[^\W\d_]{5,}", ATHENS.read_text(encoding="utf-8")))
    words |= {"Donaudampfschifffahrt", "Расположение", "correspondence", "constitucionalismo", "Übermaß"}
    for word in words:
        if not word.isupper():
            assert [at for at, _ in breaks(word, lang)] == known.positions(word), word
