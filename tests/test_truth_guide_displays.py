"""Tables, quotations, debates and descriptions of pictures tell what the outline tells, each in its place."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from tests.guide_reading import LETTERS, Guide, build_guide, every_guide
from tests.pdf_elements import Element

ALL = ("study", "worksheet", "teacher", "large-print")

# the numbers of the outlines' tables and charts as readers of each language write them
NUMBERS = {
    "en": {"18297": "18,297", "97306": "97,306", "68596": "68,596", "12738": "12,738"}
    | {"1998.5": "1,998.5", "15.5": "15.5", "1460": "1,460"},
    "es": {"18297": "18 297", "97306": "97 306", "68596": "68 596", "12738": "12 738"}
    | {"1998.5": "1998,5", "15.5": "15,5", "1460": "1460"},
}
YEARS = {
    "en": {"-0476": "477 BC", "-0430": "431 BC", "-0424": "425 BC"},
    "es": {"-0476": "477 a. C.", "-0430": "431 a. C.", "-0424": "425 a. C."},
}

# below each quotation: by whom, from what, when
CAPTIONS = {
    ("london", "en"): [
        "A clerk of the navy. Diary in cipher. 12 September 1666 (2 September, Old Style).",
        "Second edition of the Principia. 1713.",
    ],
    ("london", "es"): [
        "Un escribiente de la armada. Diario en cifra. 12 de septiembre de 1666 "
        "(2 de septiembre del calendario juliano).",
        "Segunda edición de los Principia. 1713.",
    ],
    ("athens", "en"): ["Pericles, after Thucydides. Funeral speech. 431 BC."],
    ("athens", "es"): ["Pericles, según Tucídides. Discurso fúnebre. 431 a. C."],
}

# what the timelines of the openings say to those who cannot see them
TIMELINES = {
    ("london", "en"): [
        "8 June 1660, The king rides in; 8 December 1660, The society is founded; "
        "April 1665 – September 1666, Plague in the parishes; c. 1666, A prism splits the light; "
        "12–16 September 1666, The town burns.",
        "January 1667, A book of fleas; 1671–1677, A column is built; "
        "December 1683 – February 1684, Fair on the frozen river; 15 July 1687, The laws of motion.",
        "23 February 1689, The crown is offered; 1696, The great recoinage; "
        "5 January 1701, A christmas in two years; 1728?, A star seems to move; "
        "14 September 1752, The calendar jumps.",
    ],
    ("london", "es"): [
        "8 de junio de 1660, Entra el rey; 8 de diciembre de 1660, Se funda la sociedad; "
        "abril de 1665 – septiembre de 1666, Peste en las parroquias; hacia 1666, Un prisma parte la luz; "
        "12–16 de septiembre de 1666, Arde la ciudad.",
        "enero de 1667, Un libro de pulgas; 1671–1677, Se levanta una columna; "
        "diciembre de 1683 – febrero de 1684, Feria en el río helado; "
        "15 de julio de 1687, Las leyes del movimiento.",
        "23 de febrero de 1689, Se ofrece la corona; 1696, La gran reacuñación; "
        "5 de enero de 1701, Una navidad en dos años; ¿1728?, Una estrella parece moverse; "
        "14 de septiembre de 1752, Salta el calendario.",
    ],
    ("athens", "en"): [
        "508 BC, Reforms of Cleisthenes; September 490 BC, Battle of Marathon; "
        "September 480 BC, Naval victory at Salamis; 458 BC, Aeschylus stages the Oresteia; "
        "447–438 BC, The Parthenon is built.",
        "March 431 BC, The war begins; 430–426 BC, The plague in Athens; April 404 BC, Athens surrenders; "
        "399 BC, Death of Socrates.",
    ],
    ("athens", "es"): [
        "508 a. C., Reformas de Clístenes; septiembre de 490 a. C., Batalla de Maratón; "
        "septiembre de 480 a. C., Victoria naval en Salamina; 458 a. C., Esquilo estrena la Orestíada; "
        "447–438 a. C., Se construye el Partenón.",
        "marzo de 431 a. C., Empieza la guerra; 430–426 a. C., La peste en Atenas; "
        "abril de 404 a. C., Atenas se rinde; 399 a. C., Muere Sócrates.",
    ],
}


def blocks(course: Guide, *kinds: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the contents of the outline's blocks of some kinds, in their order, with their sections."""
    for i, section in enumerate(course.sections):
        for block in section["blocks"]:
            for kind in kinds:
                if kind in block:
                    yield i, block[kind]


def due_cell(course: Guide, cell: Any) -> str:
    """Return what a cell of the outline is printed as."""
    if isinstance(cell, list):
        return "–".join(due_cell(course, part) for part in cell)
    if isinstance(cell, str) and re.fullmatch(r"[\d.]+", cell):
        return NUMBERS[course.lang].get(cell, cell)
    return course.say(cell) or "–"


def due_head(course: Guide, head: Any) -> str:
    return YEARS[course.lang].get(head, head) if isinstance(head, str) else course.say(head)


def printed(element: Element) -> str:
    return element.words.replace("\u00a0", " ")


def titled_tables(course: Guide) -> Iterator[tuple[dict[str, Any], Element]]:
    """Yield the outline's tables with those of the guide, by their titles."""
    tables = [t for t in course.tree.all("Table") if t.kids[0].tag == "Caption"]
    due = [content for _, content in blocks(course, "compare", "table")]
    assert [t.kids[0].words for t in tables] == [course.say(content["title"]) for content in due]
    yield from zip(due, tables, strict=True)


@every_guide(*ALL)
def test_each_cell_stands_in_the_row_and_column_of_the_outline(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for content, table in titled_tables(course):
        head, *rows = table.all_direct("TR")
        corner = course.say(content["corner"]) if "corner" in content else ""
        assert [printed(th) for th in head.kids] == [corner, *map(course.say, content["columns"])]
        assert {th.tag for th in head.kids} == {"TH"}
        assert [dict(th.attributes)["Scope"] for th in head.kids] == ["/Column"] * len(head.kids)
        assert [[printed(cell) for cell in row.kids] for row in rows] == [
            [due_head(course, row["head"]), *(due_cell(course, cell) for cell in row["cells"])]
            for row in content["rows"]
        ]
        for row in rows:
            assert [cell.tag for cell in row.kids] == ["TH", *["TD"] * len(content["columns"])]
            assert dict(row.kids[0].attributes)["Scope"] == "/Row"


@every_guide(*ALL)
def test_each_cell_is_drawn_below_its_column_s_head_and_beside_its_row_s(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for _, table in titled_tables(course):
        head, *rows = table.all_direct("TR")
        lefts = [cell.box.left for cell in rows[0].kids]
        assert lefts == sorted(lefts), "columns run from left to right"
        bottom = head.box.bottom
        for row in rows:
            assert row.page == head.page
            assert row.box.top >= bottom - 1, "rows run from top to bottom"
            bottom = row.box.bottom
            baselines = [min(c.baseline for e in cell.walk() for _, c in e.characters) for cell in row.kids]
            assert max(baselines) - min(baselines) < 0.5
            for cell, above in zip(row.kids[1:], head.kids[1:], strict=True):
                left, right = cell.box.left - above.box.left, cell.box.right - above.box.right
                assert min(abs(left), abs(right)) < 2, f"{cell.words} stands below {above.words}"


def charts(course: Guide) -> Iterator[tuple[dict[str, Any], list[Element], Element]]:
    """Yield the outline's charts with their figures in the guide and the table of their numbers."""
    for i in range(len(course.sections)):
        kids = course.section(i).kids
        for content in [c for k, c in blocks(course, "chart") if k == i]:
            (at,) = [n for n, kid in enumerate(kids) if kid.words == course.say(content["title"])]
            end = next(n for n in range(at, len(kids)) if kids[n].tag == "Table")
            yield content, [e for e in kids[at:end] if e.tag == "Figure"], kids[end]


@every_guide(*ALL)
def test_the_table_behind_a_chart_has_its_numbers(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    found = 0
    for content, figures, table in charts(course):
        assert figures
        series = [course.say(column) for column in content.get("columns", [])]
        rows = [[printed(cell) for cell in row.kids] for row in table.all_direct("TR")]
        heads = [due_head(course, row["head"]) for row in content["rows"]]
        values = [[due_cell(course, cell) for cell in row["cells"]] for row in content["rows"]]
        if content["kind"] == "line":
            assert rows[0][-len(heads) :] == heads
            assert [row[-len(heads) :] for row in rows[1:]] == [list(v) for v in zip(*values, strict=True)]
        else:
            told = [row[-1 - len(values[0]) :] for row in rows if row[-1]]
            due = [
                [head, *(f"{v} {s}" for v, s in zip(value, series, strict=True))]
                if series
                else [head, *value]
                for head, value in zip(heads, values, strict=True)
            ]
            if content["kind"] == "share":  # parts too small for their names are told by numbers
                told = [[re.sub(rf"^{n} ", "", head), *rest] for n, (head, *rest) in enumerate(told, 1)]
            assert told[-len(due) :] == due
        found += 1
    assert found


@every_guide(*ALL)
def test_a_value_is_printed_on_the_line_of_its_category(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for content, _, table in charts(course):
        if content["kind"] == "line":
            continue
        for row in table.all_direct("TR"):
            cells = [cell for cell in row.kids if cell.words]
            height = 14 * max(len(cells) - 1, 1) * (1.7 if edition == "large-print" else 1)
            for cell in cells[1:]:
                assert abs(cell.box.centre[1] - cells[0].box.centre[1]) < height, cell.words


@every_guide(*ALL)
def test_a_chart_s_description_names_its_lowest_and_highest_value(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for content, figures, _ in charts(course):
        values = [
            (float(cell[1] if isinstance(cell, list) else cell), due_cell(course, cell), row["head"])
            for row in content["rows"]
            for cell in row["cells"]
        ]
        for figure in figures:
            alt = figure.alt.replace("\u00a0", " ")
            assert course.say(content["title"]) in alt
            assert course.say(content["measure"]) in alt
            low, high = min(values, key=lambda v: v[0]), max(values, key=lambda v: v[0])
            told = alt.partition(course.say(content["measure"]))[2]
            ends = [told.find(f", {value} ({due_head(course, head)})") for _, value, head in (low, high)]
            assert 0 <= ends[0] < ends[1], told
            assert told.count("(") == 2


@every_guide(*ALL)
def test_a_timeline_s_description_names_and_dates_all_its_events(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for i, due in enumerate(TIMELINES[name, lang]):
        figure = course.section(i).all("Figure")[0]
        told, _, events = figure.alt.replace("\u00a0", " ").partition(": ")
        assert course.say(course.sections[i]["title"]) in told
        assert events == due


@every_guide(*ALL)
def test_the_title_page_s_description_names_the_sections_with_their_years(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    (figure,) = course.tree.kids[0].all("Figure")
    listed = [item.words.replace("\u00a0", " ") for item in course.tree.kids[0].all("LI")]
    told = figure.alt.replace("\u00a0", " ").partition(": ")[2].split("; ")
    assert [t.replace(", ", " ").rstrip(".") for t in told] == [text.rstrip(".") for text in listed]
    assert len(told) == len(course.sections)


@every_guide(*ALL)
def test_a_picture_is_described_by_its_own_text(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    alts = [figure.alt for figure in course.tree.all("Figure")]
    for _, content in blocks(course, "image"):
        assert alts.count(course.say(content["alt"])) == 1
        assert course.say(content["credit"]) in course.tree.words
    for _, content in blocks(course, "chart"):
        assert any(course.say(content["title"]) in alt for alt in alts)
    assert all(alts)


@every_guide(*ALL)
def test_a_quotation_has_its_words_original_author_document_and_date(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    due = [content for _, content in blocks(course, "quote")]
    found = course.tree.all("BlockQuote")
    marks = {"en": "“”", "es": "«»"}[lang]
    original = {"london": marks, "athens": "«»"}[name]
    for content, quote, caption in zip(due, found, CAPTIONS[name, lang], strict=True):
        text, source, told = [p.words.replace("\u00a0", " ") for p in quote.all_direct("P")]
        assert text == f"{marks[0]}{course.say(content['text'])}{marks[1]}"
        assert source == f"{original[0]}{content['original']}{original[1]}"
        assert told.startswith(caption)
        assert re.fullmatch(r"\s?(\d|\[\d[^]]*\])?", told.removeprefix(caption)), told
        if name == "athens":
            assert any(e.language == course.outline["original_language"] for e in quote.walk())


@every_guide(*ALL)
def test_each_side_of_a_debate_has_its_own_claim_holders_and_reasons(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    sides = [side for side in course.tree.all("Div") if len(side.all_direct("P")) >= 3]
    due = [content["positions"] for _, content in blocks(course, "debate")]
    told = [tuple(p.words for p in side.all_direct("P")[:3]) for side in sides]
    assert told == [
        (
            f"{letter} {course.say(position['claim'])}",
            course.say(position["holders"]),
            course.say(position["text"]),
        )
        for positions in due
        for letter, position in zip(LETTERS, positions, strict=False)
    ]
    for side in sides:
        claim, holders, reasons = side.all_direct("P")[:3]
        assert claim.box.bottom <= holders.box.top + 4
        assert holders.box.bottom <= reasons.box.top + 4
        assert claim.box.left == pytest.approx(reasons.box.left, abs=2)


@every_guide("study")
def test_worksheet_teacher_and_large_print_say_what_the_study_guide_says(
    name: str, lang: str, edition: str
) -> None:
    study = build_guide(name, lang, edition)
    for other in (build_guide(name, lang, e) for e in ("worksheet", "teacher", "large-print")):
        assert [t.kids[0].words for t in study.tree.all("Table") if t.kids[0].tag == "Caption"] == [
            t.kids[0].words for t in other.tree.all("Table") if t.kids[0].tag == "Caption"
        ]
        for tag in ("BlockQuote", "Note"):
            assert len(study.tree.all(tag)) == len(other.tree.all(tag))
        charts_of = [[a.alt for a in g.tree.all("Figure")] for g in (study, other)]
        assert set(charts_of[0]) == set(charts_of[1])
        assert {h.words for h in study.tree.all("H2")} >= {h.words for h in other.tree.all("H2")}


@every_guide(*ALL)
def test_a_teacher_s_note_follows_what_it_is_about_and_no_one_else_has_it(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    words = course.tree.words
    for section in course.sections:
        for block, following in pairwise(section["blocks"]):
            if "notes" not in block:
                continue
            note = course.say(block["notes"])
            if edition != "teacher":
                assert note not in words
                continue
            *_, last = block["points"]["items"]
            (content,) = following.values()
            after = course.say(content.get("title", content.get("question")))
            assert words.index(course.say(last)) < words.index(note) < words.index(after)


@every_guide(*ALL)
def test_a_cue_is_asked_at_the_paragraph_that_it_is_about(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for i, section in enumerate(course.sections):
        paragraphs = course.section(i).all_direct("P")
        for block in section["blocks"]:
            if "cue" not in block:
                continue
            (at,) = [n for n, p in enumerate(paragraphs) if p.words == course.say(block["cue"])]
            asked, about = paragraphs[at], paragraphs[at - 1]
            first = course.say(block["text"]).split(".")[0].split("**")[0]
            assert about.words.split()[:3] == first.split()[:3]
            if edition != "large-print":
                assert asked.page == about.page
                assert abs(asked.box.top - about.box.top) < 30
