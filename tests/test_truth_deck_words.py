"""Each word of the outline stands where it belongs in the deck: slides, tables, notes, sections, sources."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.deck_reading import Slide, Template, noted, read, single, titled
from tests.deck_words import (
    AGENDA,
    ANSWER,
    CONTINUES,
    DEBATE,
    DOCUMENT,
    END,
    GOALS,
    HEADINGS,
    PEOPLE,
    QUESTION,
    RECAP,
    SOURCES,
    START,
    TERMS,
    TIMELINE,
)
from tests.outline_facts import blocks, facts, paragraphs, questions, squeezed, text
from tests.test_deck_template import odd, plain

DECKS: list[tuple[str, str, str, Template | None]] = [
    ("athens", "en", "16:9", None),
    ("athens", "es", "4:3", None),
    ("longitude", "en", "16:9", None),
    ("longitude", "es", "16:9", None),
    ("longitude", "en", "4:3", None),
    ("closed-bay", "en", "16:9", None),
    ("longitude", "es", "16:9", plain),
    ("athens", "en", "16:9", odd),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "ratio", "template"),
    DECKS,
    ids=[f"{n}-{lang}-{t.__name__ if t else r}" for n, lang, r, t in DECKS],
)
COUNTED = re.compile(r"(.*) \((\d+)/(\d+)\)")
WORDS_A_MINUTE = 130  # of an unhurried lecture
MINUTES_TO_ANSWER = 2  # that a class has for a question to which the notes put it


def minutes(slide: Slide, lang: str) -> int:
    (line,) = noted(slide, HEADINGS[lang][2], HEADINGS[lang])
    return int(line.removesuffix(" min"))


def expected_minutes(slide: Slide, lang: str, kinds: dict[str, str]) -> tuple[float, float]:
    """Return between which numbers of minutes the notes of a slide must lie.

    The rule: what is to be said takes a minute for each 130 words, and each question to the class two; a
    question of the outline two minutes if it is one of choice, else five; half a minute for each person; a
    minute for what goes on from another slide, and for the sources; never less than one.
    """
    said = noted(slide, HEADINGS[lang][0], HEADINGS[lang])
    asked = noted(slide, HEADINGS[lang][1], HEADINGS[lang])
    base = base_title(slide)
    if said and said[0].startswith(CONTINUES[lang].split("{")[0]):
        return 1, 1
    if base in kinds:
        return (2, 2) if kinds[base] == "choice" else (5, 5)
    if base == SOURCES[lang]:
        return 1, 1
    if base.startswith(PEOPLE[lang].format("")):
        return max(1, len(said) / 2 - 0.5), max(1, len(said) / 2)
    exact = sum(len(line.split()) for line in said) / WORDS_A_MINUTE + MINUTES_TO_ANSWER * len(asked)
    return max(1, exact - 0.5), max(1, exact + 0.5)


def base_title(slide: Slide) -> str:
    """Return a slide's title without the number that tells it from others of that title."""
    return re.sub(r" \(\d+(/\d+)?\)$", "", slide.title)


@each_deck
def test_the_time_in_the_notes_is_that_of_their_words(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    kinds = {QUESTION[lang].format(number): q["kind"] for number, _, q in questions(name)}
    for slide in read(name, lang, template, ratio=ratio):
        least, most = expected_minutes(slide, lang, kinds)
        assert least <= minutes(slide, lang) <= most, slide.title


def citations(value: Any, lang: str) -> Iterator[str]:
    """Yield what a text or a source field cites, as `id, place`."""
    said = value if isinstance(value, str) else value.get(lang, "")
    groups = [said] if said.startswith("@") else re.findall(r"\[(@[^\]]*)\]", said)
    for group in groups:
        yield from (cite.strip().removeprefix("@") for cite in group.split(";"))


def short_citation(name: str, cite: str) -> str:
    """Return a citation as notes write it: the author's name or the title, the year, the place."""
    key, _, place = cite.partition(", ")
    source = next(entry for entry in facts(name)["sources"] if entry["id"] == key)
    who = source["author"].split(",")[0] if "author" in source else source["title"]
    return f"{who} {source['year']}" + (f", {place}" if place else "")


def titles_of(name: str, lang: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield the title under which each block stands in the deck, with its section and the block."""
    for index, section in enumerate(facts(name)["sections"]):
        heading = text(section["title"], lang)
        for block in section.get("blocks", ()):
            if "heading" in block:
                heading = text(block["heading"], lang)
            elif "quote" in block:
                yield index, DOCUMENT[lang].format(text(block["quote"]["document"], lang)), block
            elif "debate" in block:
                yield index, DEBATE[lang].format(text(block["debate"]["question"], lang)), block
            else:
                kind = next(k for k in ("chart", "compare", "table", "points", "image", "text") if k in block)
                own = block[kind].get("title") if kind != "text" else None
                yield index, text(own, lang) if own else heading, block


@each_deck
def test_the_notes_cite_what_the_blocks_cite(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    due: dict[str, set[str]] = {}
    for _, title, block in titles_of(name, lang):
        cited = due.setdefault(title, set())
        for value in block.values():
            found = [value, value.get("source", "")] if isinstance(value, dict) else []
            cited |= {short_citation(name, cite) for one in found for cite in citations(one, lang)}
    for slide in read(name, lang, template, ratio=ratio):
        got = noted(slide, HEADINGS[lang][3], HEADINGS[lang])
        assert len(set(got)) == len(got)
        if slide.title == base_title(slide) or COUNTED.fullmatch(slide.title):
            assert set(got) == due.get(base_title(slide), set()), slide.title
        else:  # a title that stood already: one of several blocks below one heading
            assert set(got) <= due[base_title(slide)], slide.title


@each_deck
def test_each_slide_is_in_its_own_powerpoint_section(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    slides = read(name, lang, template, ratio=ratio)
    sections = [text(section["title"], lang) for section in facts(name)["sections"]]
    order = list(dict.fromkeys(slide.section for slide in slides))
    assert [entry for entry in order if entry not in (START[lang], END[lang])] == sections
    assert order[0] == START[lang]
    assert [slide.section for slide in slides] == sorted((s.section for s in slides), key=order.index)
    due: dict[str, str] = {}
    for index, title in enumerate(sections):
        section = facts(name)["sections"][index]
        due[title] = title
        due.update({words[lang].format(title): title for words in (GOALS, TIMELINE, PEOPLE, TERMS)})
        assert any(s.section == title and s.title == title for s in slides), "it begins with its own slide"
        assert next(s for s in slides if s.section == title).title == title
        assert section
    due.update({title: sections[index] for index, title, _ in titles_of(name, lang)})
    for number, index, _ in questions(name):
        due[QUESTION[lang].format(number)] = due[ANSWER[lang].format(number)] = sections[index]
    due.update({RECAP[lang]: END[lang], SOURCES[lang]: END[lang], AGENDA[lang]: START[lang]})
    for slide in slides:
        if (base := base_title(slide)) in due:
            assert slide.section == due[base], slide.title


def written(value: Any, lang: str) -> str:
    """Return a cell as the language's readers write it: en 12,345.5; es 12 345,5 and 1234."""
    if isinstance(value, dict):
        return text(value, lang)
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
    slides = read(name, lang, template, ratio=ratio)
    found = 0
    for _, title, block in titles_of(name, lang):
        if not ("compare" in block or "table" in block):
            continue
        given = block.get("compare") or block["table"]
        tables = [s.source.table for slide in titled(slides, title) for s in slide.of("table")]
        header = [text(given.get("corner", ""), lang), *(text(c, lang) for c in given["columns"])]
        rows: dict[str, list[list[str]]] = {}
        for table in tables:
            assert table.first_row, "the header row is flagged"
            first, *rest = [[squeezed(cell.text) for cell in row.cells] for row in table.rows]
            assert first == header
            for row in rest:
                rows.setdefault(row[0], []).append(row[1:])
        due = {text(row["head"], lang): [written(c, lang) for c in row["cells"]] for row in given["rows"]}
        got = {
            head: [squeezed(" ".join(column)) for column in zip(*parts, strict=True)]
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
    for slide in read(name, lang, template, ratio=ratio):
        for shape in slide.of("table"):
            table = shape.source.table
            assert base_title(slide) in shape.alt
            counted = [int(n) for n in re.findall(r"\d+", shape.alt.replace(base_title(slide), ""))]
            assert counted == [len(table.rows) - 1, len(table.columns)]


@each_deck
def test_what_goes_on_is_numbered_truly(name: str, lang: str, ratio: str, template: Template | None) -> None:
    slides = read(name, lang, template, ratio=ratio)
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
    for slide in read(name, lang, template, ratio=ratio):
        numbers = [shape.text for shape in slide.shapes if shape.holder == "SLIDE_NUMBER"]
        assert numbers in ([str(slide.number)], []), slide.title
        assert numbers or template


@each_deck
def test_points_stand_in_their_order(name: str, lang: str, ratio: str, template: Template | None) -> None:
    slides = read(name, lang, template, ratio=ratio)
    for index, title, block in titles_of(name, lang):
        if "points" not in block:
            continue
        due = [text(item, lang) for item in block["points"]["items"]]
        section = text(facts(name)["sections"][index]["title"], lang)
        shown = " ".join(s.words for s in titled(slides, title) if s.section == section)
        ends = [(item[:25], item[-20:]) for item in due]
        place = 0
        for start, end in ends:  # a long item goes on to the next slide, below a title
            place = shown.index(end, shown.index(start, place))


@pytest.mark.parametrize(("name", "lang"), [("athens", "es"), ("longitude", "en")])
def test_the_agenda_names_the_sections_in_order(name: str, lang: str) -> None:
    slide = read(name, lang)[1]
    sections = facts(name)["sections"]
    said = noted(slide, HEADINGS[lang][0], HEADINGS[lang])
    for number, (line, section) in enumerate(zip(said, sections, strict=True), 1):
        assert line.startswith(f"{number}. {text(section['title'], lang)}, ")
        assert line.endswith(f": {text(section['question'], lang)}")
    places = [slide.words.index(text(section["title"], lang)) for section in sections]
    assert places == sorted(places)
    goals = [
        rel.target_part.slide for rel in slide.source.part.rels.values() if rel.reltype.endswith("/slide")
    ]
    assert [goal.shapes.title.text for goal in goals] == [text(s["title"], lang) for s in sections]


@each_deck
def test_the_recap_has_what_each_summary_says_first(
    name: str, lang: str, ratio: str, template: Template | None
) -> None:
    recap = titled(read(name, lang, template, ratio=ratio), RECAP[lang])
    shown = " ".join(slide.words for slide in recap)
    for section in facts(name)["sections"]:
        first = re.split(r"(?<=\.)\s", text(section["summary"], lang))[0]
        assert f"{text(section['title'], lang)}. {first}" in shown
    said = noted(recap[0], HEADINGS[lang][0], HEADINGS[lang])
    assert said == [p for section in facts(name)["sections"] for p in paragraphs(section["summary"], lang)]
    asked = noted(recap[0], HEADINGS[lang][1], HEADINGS[lang])
    assert asked == [text(section["question"], lang) for section in facts(name)["sections"]]


LIVES = {
    ("athens", "en"): {"Pericles": (0, "c. 495 BC–429 BC"), "Aspasia of Miletus": (1, "")},
    ("athens", "es"): {"Pericles": (0, "hacia 495 a. C.–429 a. C."), "Aspasia de Mileto": (1, "")},
    ("longitude", "en"): {"John Harrison": (2, "1693–1776"), "Nevil Maskelyne": (2, "1732–1811")},
}


@pytest.mark.parametrize(("name", "lang"), LIVES)
def test_people_stand_once_in_the_section_that_first_names_them(name: str, lang: str) -> None:
    sections = [text(section["title"], lang) for section in facts(name)["sections"]]
    pages = [slide for title in sections for slide in titled(read(name, lang), PEOPLE[lang].format(title))]
    for person in facts(name)["people"]:
        called = text(person["name"], lang)
        index, years = LIVES[name, lang][called]
        life = ", ".join(part for part in (person.get("original", ""), years) if part)
        entry = squeezed(f"{called} {life} {text(person['role'], lang)}")
        assert [slide.section for slide in pages if entry in slide.words] == [sections[index]]


@pytest.mark.parametrize(
    ("name", "lang", "where"),
    [
        ("athens", "es", {"ecclesia": 0, "ostracism": 0}),
        ("longitude", "en", {"dead-reckoning": 0, "chronometer": 2}),
    ],
)
def test_terms_stand_once_in_the_section_that_first_uses_them(
    name: str, lang: str, where: dict[str, int]
) -> None:
    sections = [text(section["title"], lang) for section in facts(name)["sections"]]
    pages = [slide for title in sections for slide in titled(read(name, lang), TERMS[lang].format(title))]
    for term in facts(name)["terms"]:
        holding = [s for s in pages if text(term["definition"], lang) in s.words]
        assert [slide.section for slide in holding] == [sections[where[term["id"]]]]
        entry = f"{text(term['name'], lang)} {term.get('original', '')} {text(term['definition'], lang)}"
        assert squeezed(entry) in holding[0].words


@each_deck
def test_each_source_is_listed_once(name: str, lang: str, ratio: str, template: Template | None) -> None:
    pages = titled(read(name, lang, template, ratio=ratio), SOURCES[lang])
    lines = [line for page in pages for shape in page.shapes for line in shape.paragraphs]
    entries = [line for line in lines if re.match(r"\d+ ", line) and len(line) > 4]
    sources = sorted(
        facts(name)["sources"], key=lambda s: (s.get("author", s["title"]).casefold(), s["title"])
    )
    who = [f"{s['author']}, {s['title']}" if "author" in s else s["title"] for s in sources]
    due = [
        f"{number} {words}, {s['year']}."
        for number, (words, s) in enumerate(zip(who, sources, strict=True), 1)
    ]
    assert entries == due
    said = [line for page in pages for line in noted(page, HEADINGS[lang][0], HEADINGS[lang])]
    for number, (line, source) in enumerate(zip(said, sources, strict=True), 1):
        rest = [source[key] for key in ("publisher", "place", "year") if key in source]
        assert line == f"{number}. {who[number - 1]}, {', '.join(rest)}."


@pytest.mark.parametrize(
    ("name", "lang", "date"),
    [
        ("athens", "en", "431 BC"),
        ("athens", "es", "431 a. C."),
        ("longitude", "en", "4 May 1741 (23 April, Old Style)"),
        ("longitude", "es", "4 de mayo de 1741 (23 de abril del calendario juliano)"),
    ],
)
def test_a_quotation_has_its_words_its_original_its_author_and_date(name: str, lang: str, date: str) -> None:
    for _, block in blocks(name, "quote"):
        quote = block["quote"]
        slide = single_slide(titled(read(name, lang), DOCUMENT[lang].format(text(quote["document"], lang))))
        assert f"{text(quote['by'], lang)}, {text(quote['document'], lang)}, {date}" in slide.words
        assert text(quote["text"], lang) in slide.words
        assert squeezed(quote["original"]) in slide.words


def single_slide(slides: list[Slide]) -> Slide:
    assert len(slides) == 1
    return slides[0]


@pytest.mark.parametrize(("name", "lang", "ratio"), [("athens", "es", "16:9"), ("longitude", "en", "16:9")])
def test_the_positions_of_a_debate_keep_their_holders_and_reasons(name: str, lang: str, ratio: str) -> None:
    for _, block in blocks(name, "debate"):
        debate = block["debate"]
        slide = single_slide(titled(read(name, lang), DEBATE[lang].format(text(debate["question"], lang))))
        for letter, position in zip("ABCD", debate["positions"], strict=False):
            mark = single([shape for shape in slide.of("text") if shape.text == letter])
            claim = f"{text(position['claim'], lang)} {text(position['holders'], lang)}"
            head = single([shape for shape in slide.of("text") if shape.text == claim])
            side = single([s for s in slide.of("text") if s.text == text(position["text"], lang)])
            assert abs(mark.x - side.x) < 2, letter
            assert side.x <= head.x < head.right <= side.right + 1
            assert head.y <= side.y
            assert (
                f"{letter}. {text(position['claim'], lang)} ({text(position['holders'], lang)})"
                in slide.notes
            )


def test_a_pictures_alt_text_and_credit_are_the_outlines() -> None:
    for lang in ("en", "es"):
        ((_, block),) = blocks("athens", "image")
        slide = single_slide([slide for slide in read("athens", lang) if slide.of("picture")])
        assert single(slide.of("picture")).alt == text(block["image"]["alt"], lang)
        assert text(block["image"]["credit"], lang) in slide.words


@pytest.mark.parametrize(("name", "lang"), [("athens", "es"), ("longitude", "en")])
def test_the_drawing_of_the_title_slide_names_the_sections(name: str, lang: str) -> None:
    for slide in read(name, lang)[:2]:
        alt = single(slide.of("group")).alt
        places = [alt.index(text(section["title"], lang)) for section in facts(name)["sections"]]
        assert places == sorted(places)


def texts(value: Any, lang: str) -> Iterator[str]:
    """Yield each text of an outline in a language, and each original, cut at its citations."""
    if isinstance(value, list):
        for one in value:
            yield from texts(one, lang)
    elif isinstance(value, dict) and lang in value:
        for part in value[lang].split("\n\n"):
            for piece in re.split(r"\s*\[@[^\]]*\]", part):
                yield squeezed(text(piece, lang)).strip(" .")
    elif isinstance(value, dict):
        if isinstance(value.get("original"), str):
            yield squeezed(value["original"])
        for one in value.values():
            yield from texts(one, lang)


@each_deck
def test_no_word_of_the_outline_is_lost(name: str, lang: str, ratio: str, template: Template | None) -> None:
    slides = read(name, lang, template, ratio=ratio)
    alts = (shape.alt for slide in slides for shape in slide.shapes)
    corpus = " ".join([*(slide.words for slide in slides), *(n for s in slides for n in s.notes), *alts])
    wanted = {piece for piece in texts(facts(name), lang) if piece}
    assert len(wanted) > 40
    assert not [piece for piece in wanted if piece not in corpus]
