"""Each word of the outline stands where it belongs in the deck: sections, tables, points; none is lost."""

import re
from collections.abc import Iterator
from typing import Any

from tests.deck_reading import Template, find_slides, read_deck
from tests.deck_titles import COUNTED, each_deck, find_titled_blocks, strip_number
from tests.deck_words import (
    AGENDA,
    ANSWER,
    END,
    GOALS,
    PEOPLE,
    QUESTION,
    RECAP,
    SOURCES,
    START,
    TERMS,
    TIMELINE,
)
from tests.outline_facts import find_questions, plain_text, read_facts, squeeze


@each_deck
def test_each_slide_is_in_its_own_powerpoint_section(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    sections = [plain_text(section["title"], lang) for section in read_facts(name)["sections"]]
    order = list(dict.fromkeys(slide.section for slide in slides))
    assert [entry for entry in order if entry not in (START[lang], END[lang])] == sections
    assert order[0] == START[lang]
    assert [slide.section for slide in slides] == sorted((s.section for s in slides), key=order.index)
    due: dict[str, str] = {}
    for index, title in enumerate(sections):
        section = read_facts(name)["sections"][index]
        due[title] = title
        due.update({words[lang].format(title): title for words in (GOALS, TIMELINE, PEOPLE, TERMS)})
        assert any(s.section == title and s.title == title for s in slides), "it begins with its own slide"
        assert next(s for s in slides if s.section == title).title == title
        assert section
    due.update({title: sections[index] for index, title, _ in find_titled_blocks(name, lang)})
    for number, index, _ in find_questions(name):
        due[QUESTION[lang].format(number)] = due[ANSWER[lang].format(number)] = sections[index]
    due.update({RECAP[lang]: END[lang], SOURCES[lang]: END[lang], AGENDA[lang]: START[lang]})
    for slide in slides:
        if (base := strip_number(slide)) in due:
            assert slide.section == due[base], slide.title


def write_cell(value: Any, lang: str) -> str:
    """Return a cell as the language's readers write it: en 12,345.5; es 12 345,5 and 1234."""
    if isinstance(value, dict):
        return plain_text(value, lang)
    if value == "":
        return "–"
    said = str(value)
    sign, digits = ("−", said[1:]) if said.startswith("-") else ("", said)
    whole, _, decimals = digits.partition(".")
    if lang == "en" or len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", "," if lang == "en" else " ")
    return sign + whole + (("." if lang == "en" else ",") + decimals if decimals else "")


@each_deck
def test_tables_have_every_cell_under_its_head_and_in_its_row(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    found = 0
    for _, title, block in find_titled_blocks(name, lang):
        if not ("compare" in block or "table" in block):
            continue
        given = block.get("compare") or block["table"]
        tables = [s.source.table for slide in find_slides(slides, title) for s in slide.of("table")]
        header = [plain_text(given.get("corner", ""), lang), *(plain_text(c, lang) for c in given["columns"])]
        rows: dict[str, list[list[str]]] = {}
        for table in tables:
            assert table.first_row, "the header row is flagged"
            first, *rest = [[squeeze(cell.text) for cell in row.cells] for row in table.rows]
            assert first == header
            for row in rest:
                rows.setdefault(row[0], []).append(row[1:])
        due = {
            plain_text(row["head"], lang): [write_cell(c, lang) for c in row["cells"]]
            for row in given["rows"]
        }
        got = {
            head: [squeeze(" ".join(column)) for column in zip(*parts, strict=True)]
            for head, parts in rows.items()
        }
        assert got == due
        assert list(got) == list(due)
        found += 1
    assert found


@each_deck
def test_a_tables_alt_text_counts_its_rows_and_columns(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    for slide in read_deck(name, lang, template, ratio=ratio):
        for shape in slide.of("table"):
            table = shape.source.table
            assert strip_number(slide) in shape.alt
            counted = [int(n) for n in re.findall(r"\d+", shape.alt.replace(strip_number(slide), ""))]
            assert counted == [len(table.rows) - 1, len(table.columns)]


@each_deck
def test_what_goes_on_is_numbered_truly(name: str, lang: str, ratio: str, template: Template | None) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    place = 0
    while place < len(slides):
        found = COUNTED.fullmatch(slides[place].title)
        if not found:
            place += 1
            continue
        base, first, count = found[1], int(found[2]), int(found[3])
        assert first == 1
        assert count > 1
        run = [slide.title for slide in slides[place : place + count]]
        assert run == [f"{base} ({number}/{count})" for number in range(1, count + 1)]
        place += count
    assert len({slide.title for slide in slides}) == len(slides)


@each_deck
def test_each_slide_prints_its_own_number(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    for slide in read_deck(name, lang, template, ratio=ratio):
        numbers = [shape.text for shape in slide.shapes if shape.holder == "SLIDE_NUMBER"]
        assert numbers in ([str(slide.number)], []), slide.title
        assert numbers or template


@each_deck
def test_points_stand_in_their_order(name: str, lang: str, ratio: str, template: Template | None) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    for index, title, block in find_titled_blocks(name, lang):
        if "points" not in block:
            continue
        due = [plain_text(item, lang) for item in block["points"]["items"]]
        section = plain_text(read_facts(name)["sections"][index]["title"], lang)
        shown = " ".join(s.words for s in find_slides(slides, title) if s.section == section)
        ends = [(item[:25], item[-20:]) for item in due]
        place = 0
        for start, end in ends:  # a long item goes on to the next slide, below a title
            place = shown.index(end, shown.index(start, place))


def find_texts(value: Any, lang: str) -> Iterator[str]:
    """Yield each text of an outline in a language, and each original, cut at its citations."""
    if isinstance(value, list):
        for one in value:
            yield from find_texts(one, lang)
    elif isinstance(value, dict) and lang in value:
        for part in value[lang].split("\n\n"):
            for piece in re.split(r"\s*\[@[^\]]*\]", part):
                yield squeeze(plain_text(piece, lang)).strip(" .")
    elif isinstance(value, dict):
        if isinstance(value.get("original"), str):
            yield squeeze(value["original"])
        for one in value.values():
            yield from find_texts(one, lang)


@each_deck
def test_no_word_of_the_outline_is_lost(name: str, lang: str, ratio: str, template: Template | None) -> None:
    slides = read_deck(name, lang, template, ratio=ratio)
    alts = (shape.alt for slide in slides for shape in slide.shapes)
    corpus = " ".join([*(slide.words for slide in slides), *(n for s in slides for n in s.notes), *alts])
    wanted = {piece for piece in find_texts(read_facts(name), lang) if piece}
    assert len(wanted) > 40
    assert not [piece for piece in wanted if piece not in corpus]


def test_a_section_alone_keeps_its_number_its_questions_and_its_sources() -> None:
    slides = read_deck("longitude", "en", section="clock")
    assert list(dict.fromkeys(slide.section for slide in slides)) == ["Start", "The clock", "Close"]
    whole = [slide for slide in read_deck("longitude", "en") if slide.section == "The clock"]
    part = [slide for slide in slides if slide.section == "The clock"]
    assert [slide.title for slide in part] == [slide.title for slide in whole]
    assert [slide.notes for slide in part] == [slide.notes for slide in whole]


def test_a_deck_without_questions_loses_them_and_nothing_else() -> None:
    whole = [slide.title for slide in read_deck("longitude", "en")]
    kept = [slide.title for slide in read_deck("longitude", "en", no_questions=True)]
    assert kept == [title for title in whole if not title.startswith("Question ")]
