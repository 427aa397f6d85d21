"""The study guide as readers find it: the finished PDF, opened by others."""

import re

import pikepdf
import pytest

from builders import guide, inline
from builders.faults import OutlineFaults
from builders.walk import texts
from tests.guide_building import EDITIONS, NUMBER, athens, built, failures, options
from tests.pdf_reading import Element, landing, open_pdf, page_words, parent_tree_errors, tree


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


def labelled(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    return {p.obj.objgen: str(p.label) for p in pdf.pages}


def links(data: bytes) -> list[tuple[str, str]]:
    """Return each internal link's words with the number of the page where it lands."""
    pdf = open_pdf(data)
    pages = labelled(pdf)
    found = [a for p in pdf.pages for a in p.get("/Annots", []) if "/Dest" in a]
    return [(str(a.Contents), pages[landing(pdf, a).objgen]) for a in found]


def test_page_numbers_in_the_contents_are_those_of_the_pages() -> None:
    data = built()
    entries = [
        e.words for e in tree(data).walk() if e.tag == "TOCI" and not any(k.tag == "TOC" for k in e.kids)
    ]
    landing = set(links(data))
    assert len(entries) > 8
    for entry in entries:
        title, _, number = entry.rpartition(" ")
        assert (title.removeprefix("1 ").removeprefix("2 "), number) in landing, entry


def test_page_numbers_in_the_index_and_in_references_are_those_of_the_pages() -> None:
    reference = re.compile(r"(?:(?:\w+: )?(?:page|p\.)\s)?(\d+)")
    cited = {"1", "2"}  # numbers of sources
    numbered = [(words, page) for words, page in links(built()) if reference.fullmatch(words)]
    assert len(numbered) > 25
    for words, page in numbered:
        assert NUMBER.findall(words)[-1] == page or words in cited, (words, page)


def test_people_and_terms_are_found_where_the_index_says() -> None:
    data = built()
    pages = dict(zip((str(p.label) for p in open_pdf(data).pages), page_words(data), strict=True))
    (index,) = [e for e in tree(data).walk() if e.tag == "Index"]
    for entry in index.kids:
        name, numbers = re.fullmatch(r"(\D+?) ([\d, ]+)", entry.words).groups()  # type: ignore[union-attr]
        word = name.split(",")[0].casefold()
        for number in numbers.split(", "):
            text = pages[number].casefold()
            assert word in text or "general" in text, (name, number)


def said(lang: str, *, teacher: bool = False) -> list[str]:
    """Return the outline's texts in a language, without those that only the deck says."""
    out = []
    for path, language, text in texts(athens()):
        if language == lang and (teacher or "notes" not in path) and "original_language" not in path:
            out.append(inline.plain(text))
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
                assert text is None or inline.plain(text["en"]) not in words
    paragraphs = " ".join(e.words for e in tree(built("en", "worksheet")).walk() if e.tag == "P")
    assert "show of hands" not in paragraphs


def paragraphs_of(data: bytes) -> list[Element]:
    return [e for e in tree(data).walk() if e.tag == "P" and any(k.tag == "Span" for k in e.kids)]


def test_blanks_and_the_teachers_key_make_the_text_again() -> None:
    blanked = next(e for e in paragraphs_of(built("en", "worksheet")) if "all voted by" in e.words)
    keyed = next(e for e in paragraphs_of(built("en", "teacher")) if "all voted by" in e.words)
    original = next(e for e in tree(built()).walk() if e.tag == "P" and "all voted by" in e.words)
    restored = [
        key.words if key.tag == "Span" else blank._all()
        for blank, key in zip(blanked.kids, keyed.kids, strict=True)
    ]
    hidden = [e for e in blanked.kids if e.tag == "Span"]
    assert [str(e.dictionary.ActualText) for e in hidden] == ["_____", " [a]"], "the blank and its letter"
    assert [e.words for e in keyed.kids if e.tag == "Span"] == ["show of hands", "a"]
    text = re.sub(r"\s+", " ", "".join(restored)).replace("hands" + "a", "hands")
    assert text.strip() == original.words


def test_the_teachers_guide_has_answers_and_notes_in_place() -> None:
    words = tree(built("en", "teacher")).words
    assert "Ask who votes today and who does not." in words
    assert words.index("Citizenship left out women") < words.index("Why did Athens lose?")


def test_nothing_in_large_print_is_under_16_points() -> None:
    sizes = set()
    for p in open_pdf(built("en", "large-print")).pages:
        p.contents_coalesce()
        streams = [
            p.Contents.read_bytes(),
            *(x.read_bytes() for x in p.Resources.get("/XObject", {}).values()),
        ]
        sizes |= {float(s) for c in streams for s in re.findall(rb"/s[\w.-]+ ([\d.]+) Tf \d", c)}
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
    greek = [e for e in tree(built()).walk() if re.search(r"[α-ωἀ-ῼ]{4}", e.text)]
    assert greek
    marked = {
        id(k)
        for e in tree(built()).walk()
        if str(e.dictionary.get("/Lang", "") if e.dictionary else "") == "el"
        for k in e.walk()
    }
    assert marked
