"""Every date of the guide is the outline's, in both calendars: in the chronology, margin and lives."""

import re
from typing import Any

import pytest

from tests.guide_reading import Guide, build_guide, every_guide, filed, key_at
from tests.pdf_elements import Element
from tests.pdf_geometry import Box

ALL = ("study", "worksheet", "teacher", "large-print")
COLUMNS = {
    "en": ["Year", "Date", "Julian", "Event", "Sect."],
    "es": ["Año", "Fecha", "Juliana", "Acontecimiento", "Secc."],
}

# of each event: its year, its date and its Julian date as readers of each language write them
LONDON = {
    "en": {
        "restoration": ("1660", "8 Jun", "29 May"),
        "founding": ("1660", "8 Dec", "28 Nov"),
        "plague": ("1665", "Apr 1665 – Sep 1666", ""),
        "prism": ("1666", "c. 1666", ""),
        "fire": ("1666", "12–16 Sep", "2–6 Sep"),
        "micrographia": ("1667", "Jan", ""),
        "monument": ("1671", "1671–1677", ""),
        "frost": ("1683", "Dec 1683 – Feb 1684", ""),
        "principia": ("1687", "15 Jul", "5 Jul"),
        "crown-offered": ("1689", "23 Feb", "13 Feb"),
        "recoinage": ("1696", "", ""),
        "new-year": ("1701", "5 Jan", "25 Dec 1700"),
        "aberration": ("1728", "1728?", ""),
        "reform": ("1752", "14 Sep", ""),
    },
    "es": {
        "restoration": ("1660", "8 jun", "29 may"),
        "founding": ("1660", "8 dic", "28 nov"),
        "plague": ("1665", "abr 1665 – sep 1666", ""),
        "prism": ("1666", "hacia 1666", ""),
        "fire": ("1666", "12–16 sep", "2–6 sep"),
        "micrographia": ("1667", "ene", ""),
        "monument": ("1671", "1671–1677", ""),
        "frost": ("1683", "dic 1683 – feb 1684", ""),
        "principia": ("1687", "15 jul", "5 jul"),
        "crown-offered": ("1689", "23 feb", "13 feb"),
        "recoinage": ("1696", "", ""),
        "new-year": ("1701", "5 ene", "25 dic 1700"),
        "aberration": ("1728", "¿1728?", ""),
        "reform": ("1752", "14 sep", ""),
    },
}
ATHENS = {
    "en": {
        "cleisthenes": ("508 BC", "", ""),
        "marathon": ("490 BC", "Sep", ""),
        "salamis": ("480 BC", "Sep", ""),
        "oresteia": ("458 BC", "", ""),
        "parthenon": ("447 BC", "447–438 BC", ""),
        "war-begins": ("431 BC", "Mar", ""),
        "plague": ("430 BC", "430–426 BC", ""),
        "surrender": ("404 BC", "Apr", ""),
        "socrates": ("399 BC", "", ""),
    },
    "es": {
        "cleisthenes": ("508 a. C.", "", ""),
        "marathon": ("490 a. C.", "sep", ""),
        "salamis": ("480 a. C.", "sep", ""),
        "oresteia": ("458 a. C.", "", ""),
        "parthenon": ("447 a. C.", "447–438 a. C.", ""),
        "war-begins": ("431 a. C.", "mar", ""),
        "plague": ("430 a. C.", "430–426 a. C.", ""),
        "surrender": ("404 a. C.", "abr", ""),
        "socrates": ("399 a. C.", "", ""),
    },
}
DATES = {"london": LONDON, "athens": ATHENS}

# the dates in full where they need their year, and the Julian ones in brackets
WHOLE = {
    "en": {
        "restoration": "8 Jun 1660 (29 May Old Style)",
        "founding": "8 Dec 1660 (28 Nov Old Style)",
        "fire": "12–16 Sep 1666 (2–6 Sep Old Style)",
        "micrographia": "Jan 1667",
        "principia": "15 Jul 1687 (5 Jul Old Style)",
        "crown-offered": "23 Feb 1689 (13 Feb Old Style)",
        "recoinage": "1696",
        "new-year": "5 Jan 1701 (25 Dec 1700 Old Style)",
        "reform": "14 Sep 1752",
        "marathon": "Sep 490 BC",
        "salamis": "Sep 480 BC",
        "war-begins": "Mar 431 BC",
        "surrender": "Apr 404 BC",
    },
    "es": {
        "restoration": "8 jun 1660 (29 may juliano)",
        "founding": "8 dic 1660 (28 nov juliano)",
        "fire": "12–16 sep 1666 (2–6 sep juliano)",
        "micrographia": "ene 1667",
        "principia": "15 jul 1687 (5 jul juliano)",
        "crown-offered": "23 feb 1689 (13 feb juliano)",
        "recoinage": "1696",
        "new-year": "5 ene 1701 (25 dic 1700 juliano)",
        "reform": "14 sep 1752",
        "marathon": "sep 490 a. C.",
        "salamis": "sep 480 a. C.",
        "war-begins": "mar 431 a. C.",
        "surrender": "abr 404 a. C.",
    },
}

# people's years as their entry gives them, and as the margin does
LIVES = {
    "en": {
        "newton": "4 Jan 1643 – 31 Mar 1727.",
        "hooke": "28 Jul 1635 – 14 Mar 1703.",
        "farriner": "c. 1615–1670.",
        "behn": "1640? – 16 Apr 1689.",
        "oldenburg": "† 1677.",
        "pericles": "c. 495 BC–429 BC.",
        "aspasia": "",
    },
    "es": {
        "newton": "4 ene 1643 – 31 mar 1727.",
        "hooke": "28 jul 1635 – 14 mar 1703.",
        "farriner": "hacia 1615 – 1670.",
        "behn": "¿1640? – 16 abr 1689.",
        "oldenburg": "† 1677.",
        "pericles": "hacia 495 a. C. – 429 a. C.",
        "aspasia": "",
    },
}
YEARS = {
    "newton": (1643, 1727),
    "hooke": (1635, 1703),
    "farriner": (1615, 1670),
    "behn": (1640, 1689),
    "pericles": (495, 429),
}


def events_of(course: Guide) -> dict[str, tuple[int, dict[str, Any]]]:
    """Return the outline's events by id, each with the number of its section."""
    return {
        e["id"]: (number, e) for number, s in enumerate(course.outline["sections"], 1) for e in s["events"]
    }


def whole(course: Guide, key: str) -> str:
    """Return an event's date with its year, and its Julian date in brackets."""
    year, date, _ = DATES[course.name][course.lang][key]
    return WHOLE[course.lang].get(key) or date or year


def rows_of(course: Guide) -> list[tuple[str, Element]]:
    """Return the chronology's rows, each with the year that heads it by the table's structure."""
    (table,) = course.chapter("chronology").all("Table")
    out: list[tuple[str, Element]] = []
    year, left = "", 0
    for row in table.all_direct("TR")[1:]:
        head = row.all_direct("TH")
        if head:
            assert left == 0, "a year heads as many rows as it says"
            year = head[0].words
            left = int(dict(head[0].attributes).get("RowSpan", "1").lstrip("/"))
        left -= 1
        out.append((year, row))
    assert left == 0
    return out


@every_guide("study", "worksheet", "teacher")
def test_the_chronology_dates_each_event_in_both_calendars(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    due, events = DATES[name][lang], events_of(course)
    (table,) = course.chapter("chronology").all("Table")
    heads = [th.words for th in table.all_direct("TR")[0].kids]
    julian = name == "london"
    assert heads == [h for i, h in enumerate(COLUMNS[lang]) if julian or i != 2]
    found = []
    for year, row in rows_of(course):
        cells = [cell.words for cell in row.all_direct("TD")]
        date, old, event, number = cells if julian else (cells[0], "", *cells[1:])
        found.append((year, date, old, event, number))
    assert found == [(*due[key], with_text(course, events[key][1]), str(events[key][0])) for key in due]


def with_text(course: Guide, event: dict[str, Any]) -> str:
    """Return an event's label and what the chronology tells of it."""
    texts = [event["label"], *([event["text"]] if "text" in event else [])]
    return " ".join(course.say(text) for text in texts)


@every_guide("large-print")
def test_the_chronology_in_large_print_dates_each_event_in_both_calendars(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    events = events_of(course)
    found = [(year, *(cell.words for cell in row.all_direct("TD"))) for year, row in rows_of(course)]
    assert found == [
        (
            year,
            f"{whole(course, key)} {with_text(course, events[key][1])}",
            str(events[key][0]),
        )
        for key, (year, *_) in DATES[name][lang].items()
    ]


@every_guide("study", "worksheet", "teacher")
def test_dates_stand_under_the_head_of_their_calendar_and_beside_their_event(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    (table,) = course.chapter("chronology").all("Table")
    heads = table.all_direct("TR")[0].kids
    lefts = [head.box.left for head in heads]
    assert lefts == sorted(lefts), "they are read from left to right"
    for _, row in rows_of(course):
        cells = row.all_direct("TD")
        date, event = cells[0], cells[-2]
        for cell, head in zip(cells, heads[1:], strict=True):
            if not cell.words:
                continue
            if cell is not cells[-1]:
                assert cell.box.left == pytest.approx(head.box.left, abs=1.5), cell.words
            else:
                assert cell.box.right == pytest.approx(head.box.right, abs=4)
        for cell in cells:
            if cell.words:
                assert cell.page == event.page
                assert cell.box.top - 4 < event.box.centre[1] and event.box.top - 4 < cell.box.centre[1]
        year = row.all_direct("TH")
        if year:
            assert year[0].page == event.page
            assert first_baseline(course, year[0]) == pytest.approx(first_baseline(course, event), abs=0.1)
        if date.words:
            assert first_baseline(course, date) == pytest.approx(first_baseline(course, event), abs=0.1)


def first_baseline(course: Guide, element: Element) -> float:
    return min(c.baseline for e in element.walk() for page, c in e.characters if page == element.page)


@every_guide(*ALL)
def test_the_chronology_s_numbers_lead_to_the_openings_of_their_sections(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    openings = {str(i + 1): course.section(i).kids[0] for i in range(len(course.sections))}
    for _, row in rows_of(course):
        (link,) = row.links
        assert key_at(link.place, openings, 45) == row.all_direct("TD")[-1].words


@every_guide(*ALL)
def test_each_event_has_the_sign_and_the_name_of_its_lane(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    events = events_of(course)
    lanes = {lane["id"]: course.say(lane["name"]) for lane in course.outline["lanes"]}
    key = course.chapter("chronology").all_direct("P")[0]
    signs = {}
    for lane, words in lanes.items():
        (place,) = [
            place
            for place in course.pages[key.page].find_all(words)
            if key.box.contains(*place.centre, slack=1)
        ]
        signs[lane] = sign_beside(course, key.page, place)
    assert len(set(signs.values())) == len(signs), "each lane has a sign of its own"
    for (_, row), event in zip(rows_of(course), DATES[name][lang], strict=True):
        lane = events[event][1]["lane"]
        spoken, *texts = row.all_direct("TD")[-2].all("P")
        assert spoken.actual == lanes[lane]
        label = next(t for t in texts if t.words == course.say(events[event][1]["label"]))
        first = texts[0]
        assert sign_beside(course, label.page, first.box) == signs[lane], event


def sign_beside(course: Guide, page: int, words: Box) -> tuple[Any, ...]:
    """Return what is drawn left of words: how it is filled, stroked and cornered, whatever its size."""
    found = [
        s
        for s in course.pages[page].shapes
        if words.left - 26 < s.box.left
        and s.box.right < words.left
        and s.box.width < 24
        and 2 < s.box.height < 24
        and words.top - 8 < s.box.centre[1] < words.top + 20
    ]
    assert found, f"no sign beside the words at {words}"
    box = found[0].box

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return round((point[0] - box.left) / box.width, 1), round((point[1] - box.top) / box.height, 1)

    return tuple((s.fill, s.stroke, s.curved, tuple(map(at, s.points))) for s in found)


@every_guide(*ALL)
def test_a_date_of_the_margin_is_the_event_s_in_both_calendars(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    events = events_of(course)
    rows = dict(zip(DATES[name][lang], [row for _, row in rows_of(course)], strict=True))
    found = set()
    for i in range(len(course.sections)):
        for paragraph in course.section(i).all_direct("P"):
            label = [k for k, (_, e) in events.items() if paragraph.words.endswith(course.say(e["label"]))]
            if not label or not paragraph.links:
                continue
            (key,) = label
            assert paragraph.words == f"{whole(course, key)} {course.say(events[key][1]['label'])}"
            assert all(key_at(link.place, rows) == key for link in paragraph.links)
            found.add(key)
    linked = {
        key
        for section in course.outline["sections"]
        for block in section["blocks"]
        for key in re.findall(r"\]\(#([\w-]+)\)", block.get("text", {}).get(lang, ""))
        if key in events
    }
    assert found == linked


@every_guide(*ALL)
def test_people_have_their_years(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    people = course.chapter("people").all("LI")
    for person in course.outline["people"]:
        (item,) = [p for p in people if p.all("Lbl")[0].words.startswith(filed(course.say(person["name"])))]
        body = item.all("LBody")[0].words.replace("\u00a0", " ")
        role = course.say(person["role"])
        life, _, _ = body.partition(role)
        assert role in body
        assert life.strip() == LIVES[lang][person["id"]]


@every_guide(*ALL)
def test_a_life_in_the_margin_has_the_years_of_birth_and_death_in_their_order(
    name: str, lang: str, edition: str
) -> None:
    course = build_guide(name, lang, edition)
    notes = {}
    for note in course.tree.all("Note"):
        key = key_at(note.links[0].place, course.entries) or ""
        notes[key] = note
    for person in course.outline["people"]:
        note = notes[person["id"]]
        lives = [e for e in note.all("Span") if re.search(r"\d{3}", e.actual)]
        if person["id"] not in YEARS:
            assert not lives
            continue
        (life,) = lives
        first, last = YEARS[person["id"]]
        assert [int(n) for n in re.findall(r"\d+", life.actual)] == [first, last]
        words = [w for w in course.pages[life.page].words if life.box.contains(*w.box.centre)]
        drawn = [(int(w.text), w.box.left) for w in words if w.text.isdigit()]
        assert drawn == [(first, min(drawn)[1] if first < last else drawn[0][1]), (last, drawn[1][1])]
        assert drawn[0][1] < drawn[1][1], "birth left of death"


@every_guide(*ALL)
def test_a_section_tells_its_years(name: str, lang: str, edition: str) -> None:
    periods = {
        ("london", "en"): ["1660 to 1666", "1667 to 1687", "1688 to 1752"],
        ("london", "es"): ["1660 a 1666", "1667 a 1687", "1688 a 1752"],
        ("athens", "en"): ["508 BC to 431 BC", "432 BC to 399 BC"],
        ("athens", "es"): ["508 a. C. a 431 a. C.", "432 a. C. a 399 a. C."],
    }[name, lang]
    course = build_guide(name, lang, edition)
    for i, due in enumerate(periods):
        opening, period, *_ = course.section(i).kids
        assert period.words.replace("\u00a0", " ") == due
        title = course.say(course.sections[i]["title"])
        assert opening.words == f"{i + 1} {title}"
        numbers = [item.words.replace("\u00a0", " ") for item in course.tree.kids[0].all("LI")]
        assert numbers[i] == f"{i + 1} {title} {due}", "the title page says the same"


@every_guide(*ALL)
def test_the_guide_says_which_years_its_ruler_spans(name: str, lang: str, edition: str) -> None:
    spans = {
        ("london", "en"): "from 1660 to 1752",
        ("london", "es"): "de 1660 a 1752",
        ("athens", "en"): "from 508 BC to 399 BC",
        ("athens", "es"): "de 508 a. C. a 399 a. C.",
    }
    course = build_guide(name, lang, edition)
    front = " ".join(part.words for part in course.tree.kids[:3]).replace("\u00a0", " ")
    assert spans[name, lang] in front


@every_guide(*ALL)
def test_an_opener_names_and_dates_its_decisive_events(name: str, lang: str, edition: str) -> None:
    course = build_guide(name, lang, edition)
    for i, section in enumerate(course.sections):
        part = course.section(i)
        listed = [e for e in section["events"] if e["importance"] == "3"]
        listed.sort(key=lambda e: list(DATES[name][lang]).index(e["id"]))
        if edition == "large-print":
            items = next(e for e in part.all_direct("L") if e.all("Lbl")).all("LBody")
            dated = [f"{whole(course, e['id']).partition(' (')[0]} {course.say(e['label'])}" for e in listed]
            assert [item.words for item in items] == dated
            continue
        figure = part.all("Figure")[0]
        page = course.pages[figure.page]
        for event in listed:
            label = next(place for place in page.find_all(course.say(event["label"])) if place.top > 60)
            above = [
                word.text
                for word in page.words
                if -2 < label.top - word.box.bottom < 8 and abs(word.box.left - label.left) < 90
            ]
            date = whole(course, event["id"]).partition(" (")[0]
            year = DATES[name][lang][event["id"]][0]
            shown = " ".join(above)
            assert date in shown or date.removesuffix(f" {year}") in shown, (event["id"], shown)
