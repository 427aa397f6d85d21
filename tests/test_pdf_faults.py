"""Seventeen ways to spoil an accessible guide: each is caught by the validators or by our own checks.

What the validators miss is what our own checks are for: a paragraph turned artifact, a wrong order, an
emptied entry of the parent tree, a row without one of its cells.
"""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from tests.guide_building import built, failures
from tests.pdf_reading import Element, open_pdf, parent_tree_errors, tree

FAULTS: dict[str, Callable[[pikepdf.Pdf], None]] = {}


def fault(change: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
    FAULTS[change.__name__] = change
    return change


def elements(pdf: pikepdf.Pdf, tag: str) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == tag]


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.get("/Annots", [])]


def rewrite(pdf: pikepdf.Pdf, pattern: bytes, instead: bytes) -> None:
    """Change the first match in the first page that has one."""
    for page in pdf.pages:
        page.contents_coalesce()
        content, times = re.subn(pattern, instead, page.Contents.read_bytes(), count=1, flags=re.DOTALL)
        if times:
            page.Contents = pdf.make_stream(content)
            return
    raise AssertionError("nothing to spoil")


@fault
def figure_without_words(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/Figure")[0]["/Alt"]


@fault
def heads_without_scope(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "/TH"):
        del head["/A"]


@fault
def no_language(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/Lang" in item:
            del item["/Lang"]


@fault
def heading_level_skipped(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/H2")[0]["/S"] = pikepdf.Name("/H5")


@fault
def words_without_a_tag(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"/P ?<</MCID \d+>> ?BDC(.*?)EMC", rb"\1")


@fault
def link_without_contents(pdf: pikepdf.Pdf) -> None:
    del links(pdf)[3]["/Contents"]


@fault
def link_without_parent(pdf: pikepdf.Pdf) -> None:
    del links(pdf)[3]["/StructParent"]


@fault
def no_tab_order(pdf: pikepdf.Pdf) -> None:
    page = next(page for page in pdf.pages if "/Annots" in page)
    del page["/Tabs"]


@fault
def title_not_shown(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"] = False


@fault
def no_claim_to_conform(pdf: pikepdf.Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(xmp.replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


@fault
def list_item_made_a_paragraph(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/LI")[0]["/S"] = pikepdf.Name("/P")


@fault
def note_without_id(pdf: pikepdf.Pdf) -> None:
    for note in elements(pdf, "/Note"):
        del note["/ID"]


@fault
def row_without_its_last_cell(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "/TR")[4]
    row.K = pikepdf.Array(list(row.K)[:-1])


@fault
def parent_tree_emptied(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums[1] = pikepdf.Array([])


@fault
def content_claimed_twice(pdf: pikepdf.Pdf) -> None:
    one, other = [element for element in elements(pdf, "/P") if "/Pg" in element][:2]
    other["/K"] = one["/K"]
    other["/Pg"] = one["/Pg"]


@fault
def paragraph_made_an_artifact(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, rb"/P ?<</MCID \d+>> ?BDC", b"/Artifact BMC")


@fault
def order_turned_round(pdf: pikepdf.Pdf) -> None:
    section = elements(pdf, "/Sect")[0]
    section.K = pikepdf.Array(list(section.K)[::-1])


@cache
def guide() -> bytes:
    return built("en")


@cache
def words_of_the_guide() -> str:
    return tree(guide()).words


def skipped_levels(root: Element) -> list[str]:
    """Return the headings that are more than one level below the heading before."""
    levels = [(int(e.tag[1:]), e.words) for e in root.walk() if re.fullmatch(r"H[1-6]", e.tag)]
    return [words for (level, _), (nxt, words) in pairwise(levels) if nxt > level + 1]


def flaws(data: bytes) -> list[str]:
    """Return what the validator and our own checks find in a guide with the words of `guide()`."""
    found = [*failures(data, "ua1"), *parent_tree_errors(data)]
    root = tree(data)
    found += skipped_levels(root)
    if root.words != words_of_the_guide():
        found.append("the words are not those of the outline, in its order")
    return found


def test_a_guide_that_nobody_spoilt_has_no_flaw() -> None:
    assert flaws(guide()) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_seeded_fault_is_caught(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    pdf = open_pdf(guide())
    FAULTS[name](pdf)
    path = tmp_path_factory.mktemp("faults") / "spoilt.pdf"
    pdf.save(path)
    assert flaws(path.read_bytes())


def test_a_wrong_length_is_told_and_a_carriage_return_at_a_stream_s_end_is_not() -> None:
    pdf = open_pdf(built("en"))
    pdf.pages[0].Contents.write(b"q Q \r", filter=None)
    out = BytesIO()
    pdf.save(out, compress_streams=False, fix_metadata_version=False, deterministic_id=True)
    good = out.getvalue()
    assert good.count(b"q Q \r\nendstream") == 1
    wrong = good.replace(b"q Q \r\nendstream", b"q Q Q\r\nendstream").replace(b"/Length 5 ", b"/Length 4 ")
    assert wrong != good
    assert not [rule for rule in failures(good, "2a") if "STREAM-LENGTH" in rule]
    assert [rule for rule in failures(wrong, "2a") if "STREAM-LENGTH" in rule]
