"""The study guide as readers find it: the finished PDF, opened by others."""

import re

import pytest

from builders import guide
from builders.core.diagnostics import OutlineFaults
from builders.language import markup
from builders.outline.walk import list_texts
from tests.guide_building import EDITIONS, athens, built, failures, options
from tests.pdf_reading import open_pdf, parent_tree_errors, tree


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_edition_is_accessible_and_archivable(lang: str, edition: str) -> None:
    data = built(lang, edition)
    assert failures(data, "ua1") == []
    assert failures(data, "2a") == []
    assert parent_tree_errors(data) == []


@pytest.mark.parametrize("values", [{"paper": "letter"}, {"grey": True}, {"section": "rise"}], ids=str)
def test_every_form_is_accessible(values: dict[str, object]) -> None:
    assert failures(built(**values), "ua1") == []


def test_pages_have_the_size_of_their_paper_and_are_numbered() -> None:
    for paper, size in (("a4", (595.28, 841.89)), ("letter", (612, 792))):
        pdf = open_pdf(built(paper=paper))
        boxes = {tuple(round(float(v), 1) for v in p.MediaBox) for p in pdf.pages}
        assert boxes == {(0, 0, round(size[0], 1), round(size[1], 1))}
        labels = [str(p.label) for p in pdf.pages]
        front = labels.index("1")
        assert labels[:2] == ["i", "ii"]
        assert front % 2 == 0, "the text begins on a right-hand page"
        assert labels[front:] == [str(i + 1) for i in range(len(labels) - front)]


def said(lang: str, *, teacher: bool = False) -> list[str]:
    """Return the outline's texts in a language, without those that only the deck says."""
    out = []
    for path, language, text in list_texts(athens()):
        if language == lang and (teacher or "notes" not in path) and "original_language" not in path:
            out.append(markup.strip_markup(text))
    return [text for text in out if re.search(r"[^\W\d]", text)]


@pytest.mark.parametrize("edition", ["study", "teacher", "large-print"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_word_of_the_outline_is_there(lang: str, edition: str) -> None:
    elements = list(tree(built(lang, edition)).walk())
    alts = " ".join(str(e.dictionary.Alt) for e in elements if e.tag == "Figure")
    words = f"{elements[0].words} {alts}"
    loose = re.sub(r"\W+", " ", words)
    for text in said(lang, teacher=edition == "teacher"):
        for sentence in re.split(r"(?<=[.?!])\s+|\n", text):
            want = re.sub(r"\W+", " ", sentence).strip()
            marked = re.sub(r" (?:1|2|a|b)(?= )", "", loose)  # references and letters of blanks
            assert want in loose or want in marked or _with_marks(want, loose), sentence


def _with_marks(want: str, text: str) -> bool:
    """Return whether the words stand in the text with marks of references between them."""
    between = r"(?: ?(?:\d+|[a-z]|c|rt)){0,3} "
    return re.search(between.join(map(re.escape, want.split(" "))), text) is not None


def test_a_worksheet_gives_no_answer_and_hides_the_key_words() -> None:
    words = tree(built("en", "worksheet")).words
    for section in athens().sections:
        for question in section.questions:
            for text in (question.why, question.answer):
                assert text is None or markup.strip_markup(text["en"]) not in words
    paragraphs = " ".join(e.words for e in tree(built("en", "worksheet")).walk() if e.tag == "P")
    assert "show of hands" not in paragraphs


def test_nothing_in_large_print_is_under_16_points() -> None:
    sizes = set()
    for p in open_pdf(built("en", "large-print")).pages:
        p.contents_coalesce()
        streams = [
            p.Contents.read_bytes(),
            *(x.read_bytes() for x in p.Resources.get("/XObject", {}).values()),
        ]
        sizes |= {float(s) for c in streams for s in re.findall(rb"/G\d+ ([\d.]+) Tf\b", c)}
    assert min(sizes) >= 16


def test_a_grey_guide_has_no_colour() -> None:
    for p in open_pdf(built(grey=True)).pages:
        p.contents_coalesce()
        forms = [x for x in p.Resources.get("/XObject", {}).values() if x.Subtype == "/Form"]
        for content in (p.Contents.read_bytes(), *(x.read_bytes() for x in forms)):
            for colour in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", content):
                assert len(set(colour)) == 1, colour


def test_one_section_alone_leaves_the_others_out() -> None:
    words = tree(built(section="war-and-fall")).words
    assert "A city besieged" in words
    assert "The assembly decides" not in words
    assert "Battle of Marathon" not in words
    with pytest.raises(OutlineFaults, match="no section 'rise-and-fall'"):
        guide.build(athens(), options(section="rise-and-fall"))


def test_figures_speak() -> None:
    for lang in ("es", "en"):
        figures = [e for e in tree(built(lang)).walk() if e.tag == "Figure"]
        assert len(figures) >= 8
        for figure in figures:
            alt = str(figure.dictionary.Alt)
            assert len(alt) > 15
            assert ".png" not in alt


def test_originals_are_marked_in_their_language() -> None:
    elements = list(tree(built()).walk())
    greek = [e for e in elements if re.search(r"[α-ωἀ-ῼ]{4}", e.text)]
    assert greek
    marked = {
        id(k)
        for e in elements
        if str(e.dictionary.get("/Lang", "") if e.dictionary else "") == "el"
        for k in e.walk()
    }
    assert all(id(e) in marked for e in greek)
