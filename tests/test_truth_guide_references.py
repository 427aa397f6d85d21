"""A citation's number is that of its source, and a blank's letter that of its word."""

import re
from typing import Any

from tests.guide_reading import Guide, build_guide, cited, cites, every_guide, key_at, key_words, plain
from tests.pdf_elements import Element
from tests.pdf_geometry import Word

ALL = ("study", "worksheet", "teacher", "large-print")
BLANK = "_____"

# the outlines' sources in the order of authors
ORDER = {
    "london": ["evelyn", "jardine1999", "newton1687", "pepys", "porter1994", "sprat1667"],
    "athens": ["kagan2003", "thucydides"],
}


def listed(course: Guide) -> dict[str, Element]:
    """Return the entries of the list of sources by what starts them: author and title."""
    items = course.chapter("sources").all("LI")
    out = {}
    for source in course.outline["sources"]:
        start = f"{source['author']}. {source['title']}"
        (out[source["id"]],) = [i for i in items if i.all("LBody")[0].words.startswith(start)]
    assert len(out) == len(items)
    return out


def number_of(course: Guide, key: str) -> str:
    return listed(course)[key].all("Lbl")[0].words


def due_references(course: Guide, section: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a section's references say and the sources that they are to, in the outline's order."""
    out: list[tuple[str, str]] = []
    for block in section["blocks"]:
        if "text" in block:
            out += [_numbered(course, *cite) for cite in cited(block["text"][course.lang])]
        if "quote" in block:
            out += [_numbered(course, *cite) for cite in cites(block["quote"].get("source", ""))]
        for kind in ("compare", "table", "chart", "debate"):
            for key, locator in cites(block.get(kind, {}).get("source", "")):
                source = next((s for s in course.outline["sources"] if s["id"] == key), None)
                if source:
                    parts = [source["author"].split(",")[0], source["year"], locator]
                    out.append((", ".join(part for part in parts if part), key))
    return [reference for reference in out if reference[1]]


def _numbered(course: Guide, key: str, locator: str) -> tuple[str, str]:
    if not key:
        return "", ""
    number = number_of(course, key)
    if course.edition == "large-print":
        return f"[{number}, {locator}]" if locator else f"[{number}]", key
    return number, key


@every_guide(*ALL)
def test_sources_are_numbered_in_the_order_of_their_authors(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    items = course.chapter("sources").all("LI")
    assert [i.all("Lbl")[0].words for i in items] == [str(n + 1) for n in range(len(items))]
    assert sorted(ORDER[name], key=lambda key: int(number_of(course, key))) == ORDER[name]
    for source in course.outline["sources"]:
        words = listed(course)[source["id"]].all("LBody")[0].words
        for key in ("publisher", "place", "year"):
            assert source.get(key, "") in words


@every_guide(*ALL)
def test_each_citation_has_the_number_of_its_source_and_leads_there(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    sources = listed(course)
    for i, section in enumerate(course.sections):
        found = []
        for reference in course.section(i).all("Reference"):
            (link,) = {u.place: u for u in reference.links}.values()
            found.append((reference.words.replace("\u00a0", " "), key_at(link.place, sources, 20)))
        assert found == due_references(course, section)


@every_guide("study", "worksheet", "teacher")
def test_a_raised_number_is_read_aloud_as_the_number_that_is_seen(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    raised = [
        e
        for reference in course.tree.all("Reference")
        for e in reference.walk()
        if e.actual and e.words.isdigit()
    ]
    assert raised
    for element in raised:
        assert element.actual.strip() == f"[{element.words}]"


@every_guide(*ALL)
def test_a_source_gives_every_page_that_cites_it_with_the_place_in_the_source(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    sources = listed(course)
    pages: dict[str, dict[str, list[str]]] = {}
    for i, section in enumerate(course.sections):
        references = course.section(i).all("Reference")
        locators = due_locators(section, course.lang)
        for reference, (key, locator) in zip(references, locators, strict=True):
            places = pages.setdefault(key, {}).setdefault(course.pages[reference.page].folio, [])
            if locator and locator not in places and not reference.words.startswith("["):
                places.append(locator)
    for key, item in sources.items():
        words = item.all("LBody")[0].words
        assert (course.word("cited") in words) == (key in pages)
        if key not in pages:
            continue
        told = words.partition(course.word("cited"))[2]
        parts = [f"{folio} ({'; '.join(at)})" if at else folio for folio, at in pages[key].items()]
        assert told.strip().rstrip(".") == ", ".join(parts), key


def due_locators(section: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    """Return the sources and places in them that a section cites, in the outline's order."""
    out: list[tuple[str, str]] = []
    for block in section["blocks"]:
        out += cited(block["text"][lang]) if "text" in block else []
        for kind in ("quote", "compare", "table", "chart", "debate"):
            out += cites(block[kind]["source"]) if "source" in block.get(kind, {}) else []
    return out


def due_blanks(course: Guide, section: dict[str, Any]) -> list[str]:
    """Return the words of a section's blanks, in the outline's order."""
    return [w for b in section["blocks"] if "text" in b for w in key_words(b["text"][course.lang])]


def spans(section: Element) -> list[Element]:
    """Return the spans of a section's paragraphs: blanks or their words, each before its letter."""
    paragraphs = section.all_direct("P")
    return [kid for p in paragraphs for kid in p.walk() if kid.tag == "Span"]


@every_guide("teacher")
def test_the_teacher_s_words_have_the_letters_of_the_alphabet_in_their_order(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, section in enumerate(course.sections):
        due = due_blanks(course, section)
        found = spans(course.section(i))
        assert [s.words for s in found[::2]] == due
        assert [s.words for s in found[1::2]] == list("abcdefgh"[: len(due)])
        assert [s.actual.strip() for s in found[1::2]] == [f"[{c}]" for c in "abcdefgh"[: len(due)]]


@every_guide("worksheet")
def test_a_blank_of_the_worksheet_has_the_letter_of_its_word_and_hides_it(
    name: str, lang: str, edition: str
) -> None:
    course, key = build_guide(name, lang, edition), build_guide(name, lang, "teacher")
    for i, section in enumerate(course.sections):
        words = due_blanks(course, section)
        found, told = spans(course.section(i)), spans(key.section(i))
        assert [s.actual for s in found[::2]] == [BLANK] * len(words)
        assert [s.words for s in found[::2]] == [""] * len(words), "nothing is printed in a blank"
        letters = {letter.words: word.words for word, letter in zip(told[::2], told[1::2], strict=True)}
        assert [letters[s.words] for s in found[1::2]] == words
        paragraphs = [p for p in course.section(i).all_direct("P") if p.all("Span")]
        assert paragraphs or not words
        for word in words:
            hidden = [p for p in paragraphs if re.search(rf"\b{re.escape(word)}\b", p.words)]
            assert not hidden, f"{word!r} is told by the worksheet"


@every_guide("worksheet")
def test_a_blank_is_drawn_where_its_word_is_left_out_and_before_its_letter(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for i, section in enumerate(course.sections):
        found = spans(course.section(i))
        texts = [b["text"][lang] for b in section["blocks"] if "text" in b]
        for letter, word in zip(found[1::2], due_blanks(course, section), strict=True):
            page, place = course.pages[letter.page], letter.box
            rules = [
                s.box
                for s in page.shapes
                if s.box.width > 15
                and s.box.height < 2
                and abs(s.box.right - place.left) < 3
                and 0 <= s.box.top - place.bottom + 2 < 8
            ]
            assert len(rules) == 1, f"the rule of the blank {letter.words}"
            (before,) = [t.split(f"**{word}**")[0] for t in texts if f"**{word}**" in t]
            drawn = last_word(course, letter.page, rules[0].left, rules[0].top)
            if drawn:  # else the blank begins a line
                assert plain(before).split()[-1].endswith(drawn.text)


def last_word(course: Guide, page: int, x: float, y: float) -> Word | None:
    """Return the word that ends left of x on the line above y."""
    near = [w for w in course.pages[page].words if 0 <= x - w.box.right < 8 and abs(w.baseline - y) < 4]
    return max(near, key=lambda w: w.box.right, default=None)


@every_guide("study", "large-print")
def test_key_words_are_bold_where_they_are_not_to_be_filled_in(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for i, section in enumerate(course.sections):
        drawn = [c for p in course.section(i).all_direct("P") for e in p.walk() for _, c in e.characters]
        bold = "".join(c.text for c in drawn if "Bold" in c.font or c.text.isspace())
        for word in due_blanks(course, section):
            assert word in re.sub(r"\s+", " ", bold)


@every_guide(*ALL)
def test_the_glossary_gives_each_term_its_own_definition(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    listed = course.chapter("glossary").all("LI")
    assert len(listed) == len(course.outline["terms"])
    for term in course.outline["terms"]:
        entry = course.entries[term["id"]]
        assert entry in listed
        definition = entry.all("LBody")[0].words.replace("\u00a0", " ")
        assert re.fullmatch(rf"{re.escape(course.say(term['definition']))}( (p\.|\w+) \d+)?", definition)
