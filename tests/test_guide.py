"""The study guide, as it is planned and as readers find it in the finished PDF."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import page as validator
import pikepdf
import pytest

from builders import guide, inline, load
from builders.faults import OutlineFaults
from builders.guide.blocks import Text
from builders.guide.page import Figure, Lines, Page
from builders.guide.plan import Plan, plan
from builders.options import Options
from builders.outline import Block, Outline
from builders.theme import Theme, shipped
from builders.walk import texts
from tests.pdf_reading import Element, open_pdf, page_words, parent_tree_errors, tree

ATHENS = Path(__file__).parent / "outlines" / "athens.yaml"
EDITIONS = ("study", "worksheet", "teacher", "large-print")
NUMBER = re.compile(r"[ivxlc]+|\d+")


@cache
def athens() -> Outline:
    return load.load(ATHENS).outline


def options(lang: str = "en", **values: object) -> Options:
    return Options(lang=lang, root=ATHENS.parent, **values)  # type: ignore[arg-type]


@cache
def built(lang: str = "en", edition: str = "study", **values: object) -> bytes:
    (artifact,) = guide.build(athens(), options(lang, edition=edition, **values))
    return artifact.data


@cache
def planned(lang: str = "en", edition: str = "study", paper: str = "a4") -> Plan:
    return plan(athens(), options(lang, edition=edition, paper=paper))


def failures(data: bytes, profile: str) -> list[str]:
    return [f"{f.rule_id}: {f.message}" for f in validator.validate_pdf_bytes(data, profile=profile).failures]


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
    return [(str(a.Contents), pages[a.Dest[0].objgen]) for a in found]


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
    assert [str(e.dictionary.ActualText).strip("_") for e in hidden] == [""]
    assert [e.words for e in keyed.kids if e.tag == "Span"] == ["show of hands"]
    text = re.sub(r"\s+", " ", "".join(restored)).replace("hands" + "a", "hands")
    assert text.strip() == original.words


def test_the_teachers_guide_has_answers_and_notes_in_place() -> None:
    words = tree(built("en", "teacher")).words
    assert "Ask who votes today and who does not." in words
    assert words.index("Citizenship left out women") < words.index("Why did Athens lose?")


def test_nothing_in_large_print_is_under_16_points() -> None:
    sizes = set()
    for p in open_pdf(built("en", "large-print")).pages:
        streams = [
            p.Contents.read_bytes(),
            *(x.read_bytes() for x in p.Resources.get("/XObject", {}).values()),
        ]
        sizes |= {float(s) for c in streams for s in re.findall(rb"/F\d+\+\d+ ([\d.]+) Tf \d", c)}
    sizes.discard(12.0)  # ReportLab opens each page with a size that nothing is set in
    assert min(sizes) >= 16


def test_a_grey_guide_has_no_colour() -> None:
    for p in open_pdf(built(grey=True)).pages:
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


def test_headings_never_skip_a_level_and_figures_speak() -> None:
    for lang in ("es", "en"):
        elements = list(tree(built(lang)).walk())
        levels = [int(e.tag[1]) for e in elements if re.fullmatch(r"H\d", e.tag)]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))
        figures = [e for e in elements if e.tag == "Figure"]
        assert len(figures) >= 8
        for figure in figures:
            alt = str(figure.dictionary.Alt)
            assert len(alt) > 15
            assert ".png" not in alt


def test_each_data_cell_has_its_heads() -> None:
    for table in (e for e in tree(built()).walk() if e.tag == "Table"):
        rows = [e for e in table.walk() if e.tag == "TR"]
        headed = 0  # rows that a head above reaches into
        for row in rows:
            heads = [cell for cell in row.kids if cell.tag == "TH"]
            assert heads or headed > 0
            spans = [int(cell.dictionary.A[0].get("/RowSpan", 1)) for cell in heads]
            headed = max([headed, *spans]) - 1
        for cell in (c for row in rows for c in row.kids if c.tag == "TH"):
            assert "Scope" in str(cell.dictionary.A[0].keys())


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


# -- the plan ------------------------------------------------------------------------------------------------

Rectangle = tuple[float, float, float, float]


def boxes(items: list[object]) -> list[tuple[Rectangle, Lines]]:
    """Return the boxes of the paragraphs on a page: left, top, right, bottom of their letters."""
    out = []
    for item in items:
        if isinstance(item, Figure):
            out += boxes(list(item.items))
        if isinstance(item, Lines):
            p = item.paragraph
            lines = p.lines[item.first : item.last]
            width = max((p.line_width(line) for line in lines), default=0.0)
            top = item.y - 0.6 * p.style.size
            bottom = item.y + (len(lines) - 1) * p.style.leading + 0.1 * p.style.size
            out.append(((item.x, top, item.x + width, bottom), item))
    return out


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_paragraph_meets_another_or_leaves_its_page(edition: str, paper: str) -> None:
    for lang in ("es", "en"):
        guide_plan = planned(lang, edition, paper)
        geometry = guide_plan.course.page
        for page in guide_plan.pages:
            placed = boxes(list(page.items))
            for i, (a, item) in enumerate(placed):
                assert a[0] > 20, item
                assert a[2] < geometry.width - 20, item
                assert a[3] < geometry.bottom + 40, item
                for b, other in placed[i + 1 :]:
                    apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
                    assert apart, (page.folio, item.paragraph.words, other.paragraph.words)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_line_is_overfull(edition: str) -> None:
    for page in planned("es", edition).pages:
        for _, item in boxes(list(page.items)):
            p = item.paragraph
            assert all(p.line_width(line) <= p.measure + 0.1 or line.first == line.last for line in p.lines)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_heading_stands_alone_at_the_foot_of_a_page(edition: str) -> None:
    guide_plan = planned("en", edition)
    look = guide_plan.course.type
    titles = {look.h1, look.h2, look.h3}
    for page in guide_plan.pages[guide_plan.front :]:
        text = [(box, item) for box, item in boxes(list(page.items)) if item.node is not None]
        if text:
            _, lowest = max(text, key=lambda pair: pair[0][3])
            assert lowest.paragraph.style not in titles, (page.folio, lowest.paragraph.words)


def test_body_text_keeps_the_baseline_grid() -> None:
    guide_plan = planned()
    geometry, look = guide_plan.course.page, guide_plan.course.type
    for page in guide_plan.pages[guide_plan.front :]:
        if any(isinstance(i, Lines) and i.paragraph.style.size == look.section.size for i in page.items):
            continue  # an opener has a measure of its own
        for item in page.items:
            if not isinstance(item, Lines) or item.node is None or item.node.tag != "P":
                continue
            if item.paragraph.style in (look.body, look.more):
                steps = (item.y - look.body.drop - geometry.top) / geometry.leading
                assert abs(steps - round(steps)) < 0.01, (page.folio, item.paragraph.words)


def test_the_outline_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from builders.guide import opener

    made: list[int] = []
    put = opener.Opener.put

    def counted(self: opener.Opener, page: Page) -> list[Text]:
        made.append(self.number)
        return put(self, page)

    monkeypatch.setattr(opener.Opener, "put", counted)
    guide.build(athens(), options())
    assert made == [0, 1]


def justified() -> Theme:
    theme = shipped()
    return theme.model_copy(update={"guide": theme.guide.model_copy(update={"align": "justify"})})


def test_justified_lines_end_at_the_margin() -> None:
    (artifact,) = guide.build(athens(), options("es", theme=justified()))
    assert failures(artifact.data, "ua1") == []
    rights = set()
    import pypdfium2

    pdf = pypdfium2.PdfDocument(artifact.data)
    textpage = pdf[3].get_textpage()
    for i in range(textpage.count_rects()):
        left, _, right, _ = textpage.get_rect(i)
        if right - left > 300:
            rights.add(round(right))
    assert len(rights) <= 2


def test_a_booklet_folds_into_reading_order() -> None:
    from builders.guide.booklet import imposed

    for count in (1, 4, 6, 15, 16):
        sides = imposed(count)
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
    import pypdfium2

    whole = pypdfium2.PdfDocument(built())[0].render(scale=1).to_pil()
    side = pypdfium2.PdfDocument(built(booklet=True))[0].render(scale=2**0.5).to_pil()
    half = side.crop((side.width // 2, 0, side.width, side.height)).resize(whole.size)
    dark = sum(
        1
        for a, b in zip(whole.convert("L").tobytes(), half.convert("L").tobytes(), strict=True)
        if abs(a - b) > 128
    )
    assert dark < 0.01 * whole.width * whole.height


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<title>A harbour</title>
<rect x="10" y="10" width="180" height="80" fill="none" stroke="#1F5C94" stroke-width="2"/>
<g transform="translate(50 50)"><circle r="20" style="fill:#C2231A"/>
<path d="M30 0 q10 -20 20 0 t20 0 A10 10 0 0 1 90 0 Z"/></g>
<text x="100" y="95" text-anchor="middle" font-size="8">Piraeus</text></svg>"""


def test_an_svg_is_drawn_as_vectors(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "harbour.svg").write_bytes(SVG)
    (artifact,) = guide.build(*_with_image(tmp_path, "images/harbour.svg"))
    assert failures(artifact.data, "ua1") == []
    page = next(p for p in page_words(artifact.data) if "Piraeus" in p)
    assert page
    pdf = open_pdf(artifact.data)
    images = [x for p in pdf.pages for x in p.Resources.get("/XObject", {}).values()]
    assert all(x.Subtype == "/Form" for x in images)


def test_an_svg_with_what_cannot_be_drawn_is_a_fault_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.svg").write_bytes(SVG.replace(b"<g ", b"<image/><g "))
    with pytest.raises(OutlineFaults, match="<image>") as caught:
        guide.build(*_with_image(tmp_path, "bad.svg"))
    (fault,) = caught.value.faults
    assert fault.path[-2:] == ("image", "file")


def _with_image(root: Path, file: str) -> tuple[Outline, Options]:
    outline = athens()
    section = outline.sections[1]
    blocks = tuple(
        b.model_copy(update={"image": b.image.model_copy(update={"file": file})}) if b.image else b
        for b in section.blocks
    )
    changed = section.model_copy(update={"blocks": blocks})
    return outline.model_copy(update={"sections": (outline.sections[0], changed)}), Options(
        lang="en", root=root
    )


@pytest.mark.parametrize("name", ["one-language"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_other_outlines_build_too(name: str, edition: str) -> None:
    outline = load.load(ATHENS.with_name(f"{name}.yaml")).outline
    (artifact,) = guide.build(
        outline, Options(lang=outline.languages[0], root=ATHENS.parent, edition=edition)
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
    planned = plan(course, options())
    bottom = planned.course.page.bottom
    for page in planned.pages:
        assert all(box[3] < bottom + 40 for box, _ in boxes(list(page.items))), page.folio
    found = Counter(re.findall(r"word\d+", tree(guide.build(course, options())[0].data).words))
    assert set(found) == set(words)
    assert set(found.values()) == {4}, "summary, quotation and two positions"


def test_numbers_and_their_units_stay_on_a_line() -> None:
    from builders.guide.course import bound

    assert bound("el 51,1 % de 12 000, p. 45, n.º 3 y S. A. Smith") == (
        "el 51,1\u00a0% de 12\u00a0000, p.\u00a045, n.º\u00a03 y S.\u00a0A.\u00a0Smith"
    )
