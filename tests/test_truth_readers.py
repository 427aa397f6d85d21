"""Every PDF opens in the readers that people have: qpdf, PDFium and Poppler mind nothing in any of them."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from markdown_it import MarkdownIt

from builders.cli import main
from tests.built_documents import artifacts_of, made_by
from tests.conftest import ROOT
from tests.pdf_opening import REFUSED, pdfium_complaints, poppler_complaints, qpdf_complaints
from tests.validators import conformance_failures

GUIDES = {
    "athens, study": ("athens", {}),
    "athens, worksheet": ("athens", {"edition": "worksheet"}),
    "athens, teacher, in Spanish": ("athens", {"edition": "teacher", "lang": "es"}),
    "athens, large print": ("athens", {"edition": "large-print"}),
    "athens, on Letter, grey": ("athens", {"paper": "letter", "grey": True}),
    "athens, large print, on Letter": ("athens", {"edition": "large-print", "paper": "letter"}),
    "athens, booklet": ("athens", {"booklet": True}),
    "athens, one section": ("athens", {"section": "rise"}),
    "a course without people, terms or sources": ("harbour", {}),
    "the same for the teacher": ("harbour", {"edition": "teacher", "lang": "es"}),
    "the same in large print": ("harbour", {"edition": "large-print"}),
    "the same as a booklet": ("harbour", {"booklet": True}),
    "texts of one language": ("one-language", {}),
}
POSTERS = {
    "athens": ("athens", {}),
    "athens, in Spanish, on Letter": ("athens", {"paper": "letter", "lang": "es"}),
    "athens, upright, grey": ("athens", {"portrait": True, "grey": True}),
    "athens, with bleed": ("athens", {"bleed": True}),
    "athens, in black and white": ("athens", {"proof": True}),
    "athens, on A0": ("athens", {"poster_size": "a0"}),
    "athens, on Tabloid": ("athens", {"poster_size": "tabloid"}),
    "a course of two events": ("harbour", {}),
    "texts of one language": ("one-language", {}),
}
ASKED = [
    *(pytest.param("guide", *asked, id=f"guide: {name}") for name, asked in GUIDES.items()),
    *(pytest.param("poster", *asked, id=f"poster: {name}") for name, asked in POSTERS.items()),
]
README_EXAMPLE = next(
    token.content
    for token in MarkdownIt("commonmark").parse((ROOT / "README.md").read_text(encoding="utf-8"))
    if token.type == "fence" and token.info == "yaml" and "languages:" in token.content
)


@pytest.fixture
def assert_opens(
    need_program: Callable[[str], str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> Callable[[str, bytes], None]:
    """Return a function that fails where a reader minds anything in a file."""
    need_program("pdfinfo")
    need_program("pdftotext")

    def check(name: str, data: bytes) -> None:
        complaints = {
            "qpdf": qpdf_complaints(data),
            "PDFium": pdfium_complaints(data),
            "Poppler": poppler_complaints(data, tmp_path),
        }
        assert not any(complaints.values()), (name, complaints)
        assert capfd.readouterr() == ("", ""), name

    return check


@pytest.mark.parametrize(("document", "outline", "options"), ASKED)
def test_a_pdf_opens_in_qpdf_pdfium_and_poppler_without_a_word(
    document: str, outline: str, options: dict[str, object], assert_opens: Callable[[str, bytes], None]
) -> None:
    made = artifacts_of(outline, document, **options)
    assert len(made) == (2 if document == "poster" and not options.get("bleed") else 1)
    for artifact in made:
        assert_opens(artifact.name, artifact.data)


@pytest.fixture(scope="session")
def readme_documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What `build` makes of the README's outline in every edition of the guide, by name below the output."""
    folder = tmp_path_factory.mktemp("readme")
    outline = folder / "example.yaml"
    outline.write_text(README_EXAMPLE, encoding="utf-8")
    command = ["build", "--outline", str(outline), "--output", str(folder / "out")]
    assert main(command) == 0
    for edition in ("worksheet", "large-print"):
        assert main([*command, "guide", "--edition", edition]) == 0
    files = (folder / "out" / "example").rglob("*.p*")
    return {f"{file.parent.name}/{file.name}": file.read_bytes() for file in files}


def test_the_readmes_outline_is_built_in_full(readme_documents: dict[str, bytes]) -> None:
    names = [
        "deck.pptx", "guide.pdf", "guide-large-print.pdf", "guide-teacher.pdf", "guide-worksheet.pdf",
        "poster.pdf", "poster-sheets-a4.pdf",
    ]  # fmt: skip
    made = sorted(name for name in readme_documents if made_by(name) in ("deck", "guide", "poster"))
    assert made == sorted(f"{lang}/{name}" for lang in ("en", "es") for name in names)


def test_the_readmes_documents_open_in_every_reader_and_conform(
    readme_documents: dict[str, bytes], assert_opens: Callable[[str, bytes], None]
) -> None:
    for name, data in readme_documents.items():
        if name.endswith(".pdf"):
            assert_opens(name, data)
            for profile in ("ua1", "2a"):
                failures = conformance_failures(data, profile)
                assert [(failure.rule_id, failure.message) for failure in failures] == [], name


def test_the_readers_do_mind_what_is_wrong(
    tmp_path: Path, assert_opens: Callable[[str, bytes], None]
) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].Contents = pdf.make_stream(b"0 0 0 rg 10 10 99 99 re f")
    buffer = BytesIO()
    pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False)
    sound = buffer.getvalue()
    assert_opens("sound", sound)
    empty_subsection = re.sub(rb"/Size (\d+)", rb"/Index[0 0 0 \1]/Size \1", sound)
    assert qpdf_complaints(empty_subsection) and qpdf_complaints(empty_subsection)[0].startswith(REFUSED)
    assert qpdf_complaints(sound.replace(b" re f", b" re(f"))
    assert pdfium_complaints(sound[:-100].replace(b"obj", b"jbo"))[0].startswith(REFUSED)
    assert pdfium_complaints(sound.replace(b"0 0 0 rg", b"1 1 1 rg")) == ["page 1 is blank"]
    assert poppler_complaints(sound.replace(b"startxref", b"startxxxx"), tmp_path)
