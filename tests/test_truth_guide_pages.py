"""Every page number and link of the guide leads where it says: to the page that has that number printed."""

import re
from typing import Any

import pytest

from tests.guide_reading import Guide, build_guide, every_guide, key_at, linked_words, plain, questions_of
from tests.pdf_elements import Bookmark, Element, Link, read_bookmarks, read_labels, read_links
from tests.pdf_geometry import FOLIO, HEAD, phrases_of

ALL = ("study", "worksheet", "teacher", "large-print")
ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
FORMS: list[dict[str, Any]] = [{"paper": "letter"}, {"grey": True}, {"section": "instruments"}]


def folio_in(words: str) -> str:
    """Return the page number at the end of a link's words."""
    return re.split(r"[\s\u00a0]", words)[-1]


def headings(course: Guide) -> list[Element]:
    """Return the headings that the contents list, in reading order."""
    return course.tree.all("H1", "H2")


def due_titles(course: Guide) -> list[tuple[str, int]]:
    """Return what the contents list: sections, their headings and questions, and chapters; with levels."""
    out = []
    for section in course.sections:
        number = course.outline["sections"].index(section) + 1
        out.append((f"{number} {course.say(section['title'])}", 0))
        out += [(course.say(b["heading"]), 1) for b in section["blocks"] if "heading" in b]
        out += [(course.word("check"), 1)] if section.get("questions") else []
    keys = ["chronology", "people", "glossary", "answers", "sources", "index"]
    return out + [(course.word(key), 0) for key in keys if course.has_chapter(key)]


def assert_numbered(course: Guide) -> None:
    """Assert that the printed numbers run from i in the front, from 1 on the right-hand page after it."""
    folios = [page.folio for page in course.pages]
    start = folios.index("1")
    assert folios[1:start] == ROMAN[1:start]
    assert folios[0] in ("", "i")
    assert start % 2 == 0
    assert folios[start:] == [str(n) for n in range(1, len(folios) - start + 1)]
    labels = read_labels(course.document)
    assert list(labels) == ["i", *folios[1:]], "viewers name pages as they are printed"


@every_guide(*ALL)
def test_printed_numbers_run_on_and_are_what_viewers_show(name: str, lang: str, edition: str) -> None:
    assert_numbered(build_guide(name, lang, edition))


@pytest.mark.parametrize("values", FORMS, ids=str)
def test_printed_numbers_run_on_in_every_form(values: dict[str, Any]) -> None:
    assert_numbered(build_guide("london", "en", "study", **values))


def assert_contents(course: Guide) -> None:
    """Assert that the contents list all there is, each with the number of the page where it stands."""
    part = course.chapter("contents")
    entries = [e for e in part.all("TOCI") if e.links]
    told: list[tuple[str, int]] = []
    for entry in part.all("TOCI"):
        nested = entry.all("TOC")
        own = entry.all_direct("Reference")[0]
        (link,) = own.links
        title, _, number = own.words.rpartition(" ")
        assert number == course.folio(link.place), own.words  # type: ignore[arg-type]
        target = [h for h in headings(course) if course.is_at(link.place, h)]  # type: ignore[arg-type]
        assert len(target) == 1, own.words
        assert target[0].words.endswith(title)
        told.append((target[0].words, 0 if nested or entry in _first_level(part) else 1))
    assert len(entries) == len(told)
    assert sorted(told) == sorted(due_titles(course))


def _first_level(part: Element) -> list[Element]:
    (toc,) = part.all_direct("TOC")
    return toc.all_direct("TOCI")


@every_guide(*ALL)
def test_the_contents_give_the_page_of_each_section_heading_and_chapter(
    name: str, lang: str, edition: str
) -> None:
    assert_contents(build_guide(name, lang, edition))


@pytest.mark.parametrize("values", FORMS, ids=str)
def test_the_contents_give_the_pages_in_every_form(values: dict[str, Any]) -> None:
    assert_contents(build_guide("london", "en", "study", **values))


@every_guide(*ALL)
def test_numbers_in_the_contents_stand_on_the_lines_of_their_titles(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    part = course.chapter("contents")
    entries = [e for entry in part.all("TOCI") for e in entry.all_direct("Reference")]
    shown: list[str] = []
    for entry in sorted(entries, key=lambda e: (e.page, e.box.top)):
        words = [w for w in course.pages[entry.page].words if entry.box.contains(*w.box.centre)]
        last = max(words, key=lambda w: w.box.right)
        assert FOLIO.fullmatch(last.text)
        assert last.baseline == pytest.approx(max(w.baseline for w in words), abs=0.1)
        shown.append(entry.words.rpartition(" ")[0])
    assert shown == [re.sub(r"^\d+ ", "", t) if level == 0 else t for t, level in due_titles(course)]


@every_guide(*ALL)
def test_a_section_s_number_stands_before_its_title_in_the_contents(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    for number, entry in enumerate(_first_level(course.chapter("contents"))[: len(course.sections)], 1):
        title = entry.all_direct("Reference")[0]
        before = [
            word
            for word in course.pages[title.page].words
            if word.box.right < title.box.left
            and title.box.top - 2 < word.box.centre[1] < title.box.bottom + 2
        ]
        nearest = max(before, key=lambda word: word.box.right)
        assert nearest.text == str(number), title.words
        assert title.box.left - nearest.box.right < 60


@every_guide(*ALL)
def test_bookmarks_lead_to_the_headings_that_they_name(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    title, contents, *marks = read_bookmarks(course.document)
    assert title == Bookmark(course.say(course.outline["title"]), 0, title.place)
    assert title.place.page == 0
    assert contents.title == course.word("contents")
    assert course.is_at(contents.place, course.chapter("contents").kids[0])
    assert [(m.title, m.level) for m in marks] == due_titles(course)
    for mark in marks:
        (target,) = [h for h in headings(course) if course.is_at(mark.place, h)]
        assert target.words == mark.title


@every_guide(*ALL)
def test_running_heads_name_the_course_and_what_the_page_is_part_of(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    title = course.say(course.outline["title"])
    starts = [(h.page, h.words) for h in course.tree.all("H1")]
    for page in course.pages[1:]:
        head = [p.text for p in phrases_of([w for w in page.words if w.box.bottom < HEAD and not w.angle])]
        told = [text for text in head if not FOLIO.fullmatch(text) and not re.search(r"\d{3}", text)]
        begun = [words for at, words in starts if at == page.index]
        running = [words for at, words in starts if at < page.index][-1]
        assert len(told) <= 1, told
        for text in told:
            assert text == title or text in [*begun, running], f"page {page.folio} says {text!r}"
        inside = page.index > starts[1][0] + 1 and not begun
        assert told or not inside, f"page {page.folio} does not say what it is part of"
    said = {text for page in course.pages for text in _head_texts(page)}
    assert title in said


def _head_texts(page: Any) -> list[str]:
    return [p.text for p in phrases_of([w for w in page.words if w.box.bottom < HEAD and not w.angle])]


@every_guide("study", "large-print")
def test_a_question_and_its_answer_give_each_other_s_page(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for i, k, question in questions_of(course):
        item, answer = course.asked(i)[k], course.keyed(i)[k]
        (forth,) = [link for link in item.links if link.words.startswith(course.word("answer"))]
        (back,) = answer.links
        for link, target in ((forth, answer), (back, item)):
            assert folio_in(link.words) == course.pages[target.page].folio
            assert link.place
            assert course.folio(link.place) == folio_in(link.words)
            assert course.is_at(link.place, target), (question["id"], link)


@every_guide(*ALL)
def test_a_question_about_a_document_gives_the_page_of_that_document(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    found = 0
    for i, k, question in questions_of(course):
        links = [u for u in course.asked(i)[k].links if u.words.startswith(course.word("document"))]
        assert len(links) == ("quote" in question)
        for link in links:
            blocks = [b for s in course.outline["sections"] for b in s["blocks"]]
            (quote,) = [b["quote"] for b in blocks if b.get("id") == question["quote"]]
            (document,) = [q for q in course.tree.all("BlockQuote") if course.say(quote["text"]) in q.words]
            assert folio_in(link.words) == course.pages[document.page].folio
            assert link.place
            assert course.is_at(link.place, document)
            found += 1
    assert found


def spoken_of(course: Guide) -> dict[str, list[Link]]:
    """Return the links of the sections' running text that lead to each entry at the back."""
    out: dict[str, list[Link]] = {}
    for i in range(len(course.sections)):
        section = course.section(i)
        inside_notes = {id(e) for note in section.all("Note") for e in note.walk()}
        for element in section.all("Link"):
            link = element.link
            if link and id(element) not in inside_notes and (key := key_at(link.place, course.entries)):
                out.setdefault(key, []).append(link)
    return out


def noted_of(course: Guide) -> dict[str, list[Link]]:
    """Return the links of the notes that explain an entry where it is first met."""
    out: dict[str, list[Link]] = {}
    for note in course.tree.all("Note"):
        for link in note.links:
            out.setdefault(key_at(link.place, course.entries) or "", []).append(link)
    return out


def linked_in(course: Guide) -> list[tuple[str, str]]:
    """Return the words and ids of all links to people and terms in the outline, in its order."""
    known = {e["id"] for e in [*course.outline.get("people", []), *course.outline.get("terms", [])]}
    out = []
    for section in course.sections:
        for block in section["blocks"]:
            texts = [block["text"]] if "text" in block else block.get("points", {}).get("items", [])
            for text in texts:
                found = linked_words(text[course.lang])
                out += [(plain(words), key) for words, key in found if key in known]
    return out


@every_guide(*ALL)
def test_words_lead_to_the_entry_that_the_outline_means(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    found = {(link.words, key) for key, links in spoken_of(course).items() for link in links}
    due = linked_in(course)
    # a link over two lines is clickable on each of them
    assert {key for _, key in found} == {key for _, key in due}
    for words, key in due:
        parts = [text for text, target in found if target == key and text in words]
        assert parts, (words, key)
    for text, key in found:
        assert any(text in words for words, target in due if target == key), (text, key)


@every_guide(*ALL)
def test_the_index_gives_every_page_that_speaks_of_an_entry_and_no_other(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    (index,) = course.tree.all("Index")
    entries = course.entries
    spoken, noted = spoken_of(course), noted_of(course)
    listed = {}
    for line in index.kids:
        name_, numbers = re.fullmatch(r"(.+?) ([\d, ]+)", line.words).groups()  # type: ignore[union-attr]
        listed[name_] = (numbers.split(", "), line)
    for key, entry in entries.items():
        label = entry.all("Lbl")[0].words
        shown = next(n for n in listed if label == n or label.startswith(f"{n} "))
        numbers, line = listed.pop(shown)
        explained = course.pages[entry.page].folio
        mentions = {course.pages[link.page].folio for link in [*spoken.get(key, []), *noted.get(key, [])]}
        assert numbers == sorted(mentions | {explained}, key=int), label
        for link in line.links:
            assert link.place
            assert course.folio(link.place) == link.words
        bold = {
            "".join(c.text for _, c in e.characters)
            for e in line.walk()
            if e.characters and any("Bold" in c.font for _, c in e.characters)
        }
        assert bold == {explained}, "the page that explains it is in bold"
    assert not listed, "the index lists what is no entry"


@every_guide(*ALL)
def test_an_entry_gives_the_page_where_it_is_first_spoken_of(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    spoken = spoken_of(course)
    for key, entry in course.entries.items():
        links = [link for link in entry.links if link.place]
        assert len(links) == int(key in spoken)
        for link in links:
            first = min(other.page for other in spoken[key])
            assert folio_in(link.words) == course.pages[first].folio, key
            assert link.place
            assert link.place.page == first


@every_guide(*ALL)
def test_a_note_of_the_margin_gives_the_page_of_its_entry(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    noted = set()
    for note in course.tree.all("Note"):
        (link,) = note.links
        key = key_at(link.place, course.entries)
        assert key, note.words
        entry = course.entries[key]
        assert folio_in(link.words) == course.pages[entry.page].folio
        given = [*course.outline["people"], *course.outline["terms"]]
        (value,) = [g for g in given if g["id"] == key]
        assert note.words.startswith(course.say(value["name"]))
        assert course.say(value["definition" if "definition" in value else "role"]) in note.words
        noted.add(key)
    assert noted == set(spoken_of(course)), "each person and term is explained where it is first met"


@every_guide(*ALL)
def test_every_number_that_is_a_link_is_the_number_of_the_page_where_it_leads(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    pattern = re.compile(rf"(?:(?:\w+: )?(?:{course.word('page')}|p\.)\s)(\d+)")
    found = 0
    for link in read_links(course.document):
        if (match := pattern.fullmatch(link.words.replace("\u00a0", " "))) and link.place:
            assert match[1] == course.folio(link.place), link
            found += 1
    assert found >= len(course.entries)


@pytest.mark.parametrize("name", ["london", "athens"])
@pytest.mark.parametrize("edition", ["study", "large-print"])
def test_a_folded_booklet_is_read_page_after_page(name: str, edition: str) -> None:
    whole = build_guide(name, "en", edition)
    sides = build_guide(name, "en", edition, booklet=True).pages
    halves = [
        [
            sorted(w.text for w in side.words if (w.box.centre[0] < side.width / 2) == left)
            for left in (True, False)
        ]
        for side in sides
    ]
    fronts, backs = halves[::2], halves[1::2]
    # sheets lie in each other, the outermost first: inwards right and left halves, then outwards
    folded = [half for front, back in zip(fronts, backs, strict=True) for half in (front[1], back[0])]
    folded += [
        half for front, back in zip(fronts[::-1], backs[::-1], strict=True) for half in (back[1], front[0])
    ]
    due = [sorted(w.text for w in page.words) for page in whole.pages]
    assert folded[: len(due)] == due
    assert all(half == [] for half in folded[len(due) :])


@every_guide(*ALL)
def test_a_note_stands_on_the_page_where_its_entry_is_first_met(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    spoken = spoken_of(course)
    for key, links in noted_of(course).items():
        met = min(link.page for link in spoken[key])
        assert {link.page for link in links} <= ({met, met + 1} if edition == "large-print" else {met}), key
