"""The dates that the documents print, and the days that they stand for, are those of independent sources.

What is printed is held against the table in cases/dates/written.txt, which was written by hand; calendars
against convertdate, EDTF against the edtf library.
"""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import edtf
import pytest
import yaml
from convertdate import gregorian, julian
from hypothesis import assume, given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from builders import deck, guide, poster
from builders.deck.options import DeckOptions
from builders.guide.options import GuideOptions
from builders.language import dates
from builders.outline import load
from builders.outline.model import Outline
from builders.poster.options import PosterOptions
from builders.yaml_source import source
from tests.built_documents import artifacts_of
from tests.pdf_reading import tree

ROWS = [
    line.split(" | ")
    for line in (Path(__file__).parent / "cases" / "dates" / "written.txt").read_text("utf-8").splitlines()
]
WRITTEN = list(dict.fromkeys(row[1] for row in ROWS))  # each date once, whatever languages it stands in
LANGUAGES = ("en", "es", "fr", "de")


def label(edtf_text: str) -> str:
    """Return the words of a date's event: a number that nothing else in the documents has."""
    return f"Case {WRITTEN.index(edtf_text) + 700}"


@cache
def outline() -> Outline:
    """A course in which each date of the table is that of an event."""
    values = {
        "languages": [*LANGUAGES],
        "title": dict.fromkeys(LANGUAGES, "Dates"),
        "lanes": [{"id": "a", "name": "1"}, {"id": "b", "name": "2"}],
        "sections": [
            {
                "id": "all",
                "title": dict.fromkeys(LANGUAGES, "All"),
                "period": "-0599/2099",
                "question": dict.fromkeys(LANGUAGES, "When?"),
                "summary": dict.fromkeys(LANGUAGES, "Then."),
                "events": [
                    {
                        "id": f"e{i}",
                        "date": text,
                        "lane": "ab"[i % 2],
                        "importance": "1",
                        "label": dict.fromkeys(LANGUAGES, label(text)),
                    }
                    for i, text in enumerate(WRITTEN)
                ],
            }
        ],
    }
    return load.read_outline(source.parse_source(yaml.safe_dump(values, allow_unicode=True)), Path()).outline


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u2060", "")).strip()


@cache
def notes(lang: str) -> dict[str, str]:
    """Return the date that stands before each event's label in the deck's notes."""
    (artifact,) = deck.build(outline(), DeckOptions(lang=lang))
    slides = Presentation(BytesIO(artifact.data)).slides
    lines = [line for slide in slides for line in slide.notes_slide.notes_text_frame.text.splitlines()]
    found = [re.match(r"(.*?) ?: (Case \d+) \(", plain(line)) for line in lines]
    return {match[2]: match[1] for match in found if match}


@cache
def poster_labels(lang: str) -> dict[str, str]:
    """Return the date that stands with each event's label on the poster."""
    found = {}
    for element in tree(poster.build(outline(), PosterOptions(lang=lang, poster_size="a0"))[0].data).walk():
        if element.tag == "LI" and (match := re.fullmatch(r"(.*) (Case \d+)", plain(element.words))):
            found[match[2]] = match[1]
    return found


@cache
def chronology(lang: str) -> dict[str, tuple[str, str]]:
    """Return the year and the date in the guide's chronology before each event's label."""
    found, year = {}, ""
    for element in tree(guide.build(outline(), GuideOptions(lang=lang))[0].data).walk():
        if element.tag == "TR" and "Case" in element.words:
            *years, date, words, _ = (plain(kid.words) for kid in element.kids)  # a year spans its rows
            year = years[0] if years else year
            found[words] = year, date
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_deck_and_the_poster_print_a_date_as_its_readers_write_it(row: list[str]) -> None:
    lang, text, long, short, yearless = row
    assert notes(lang)[label(text)] == plain(long)
    assert poster_labels(lang)[label(text)] in {plain(short), plain(yearless)}  # in an inset of one year


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_the_guides_chronology_prints_a_date_below_its_year(row: list[str]) -> None:
    lang, text, _, short, yearless = row
    year, date = chronology(lang)[label(text)]
    assert date in {plain(short), plain(yearless)} or (date == "" and year == plain(short))
    if start := re.match(r"(-?)(\d{4})(?!\d)", text):
        number = int(start[2])
        before = {"en": "BC", "es": "a. C.", "fr": "av. J.-C.", "de": "v. Chr."}[lang]
        assert year == (f"{number + 1} {before}" if start[1] or not number else str(number))


def in_edtf(year: int, month: int = 0, day: int = 0) -> str:
    """Return a date in EDTF, as far as it is given."""
    text = f"-{-year:04d}" if year < 0 else f"{year:04d}"
    return text + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


YEARS = st.integers(min_value=-3000, max_value=2400)
POINTS = st.one_of(
    st.builds(in_edtf, YEARS),
    st.builds(in_edtf, YEARS, st.integers(1, 12)),
    st.builds(in_edtf, YEARS, st.integers(1, 12), st.integers(1, 28)),
    st.builds(lambda decade: f"{decade:03d}X", st.integers(0, 240)),
    st.builds(lambda century: f"{century:02d}XX", st.integers(0, 24)),
)


@given(POINTS, st.sampled_from(["", "~", "?", "%"]))
def test_a_date_covers_the_days_that_edtf_gives_it(text: str, mark: str) -> None:
    assume(not (mark and "X" in text))  # the library gives these a margin of its own
    ours, theirs = dates.parse_date(text + mark), edtf.parse_edtf(text + mark)
    assert dates.compute_civil_date(ours.first) == tuple(theirs.lower_strict()[:3])
    assert dates.compute_civil_date(ours.last) == tuple(theirs.upper_strict()[:3])
    assert ours.approximate == bool(mark)


@given(POINTS, POINTS)
def test_an_interval_covers_the_days_from_its_start_to_its_end(one: str, other: str) -> None:
    first, last = sorted((one, other), key=lambda text: dates.parse_date(text).first)
    assume(dates.parse_date(first).last <= dates.parse_date(last).last)
    ours, theirs = dates.parse_date(f"{first}/{last}"), edtf.parse_edtf(f"{first}/{last}")
    assert dates.compute_civil_date(ours.first) == tuple(theirs.lower_strict()[:3])
    assert dates.compute_civil_date(ours.last) == tuple(theirs.upper_strict()[:3])


@given(st.integers(min_value=200_000, max_value=2_600_000), st.integers(-1, 1))
def test_both_calendars_mean_the_day_that_convertdate_says(day: int, slip: int) -> None:
    def written(calendar: object, number: int) -> dates.Date:
        year, month, in_month = calendar.from_jd(number - 0.5)  # type: ignore[attr-defined]
        return dates.parse_date(in_edtf(year, month, in_month), julian=calendar is julian)

    assume(day + slip > 0)
    new, old = written(gregorian, day), written(julian, day + slip)
    assert dates.is_same_in_old_style(new, old) == (slip == 0)


@pytest.mark.parametrize(
    ("new", "old"),
    [  # from tables of both calendars
        ("1917-11-07", "1917-10-25"),
        ("1918-02-14", "1918-02-01"),
        ("1752-09-14", "1752-09-03"),
        ("1582-10-15", "1582-10-05"),
        ("1900-02-28", "1900-02-16"),
        ("1900-03-13", "1900-02-29"),
        ("1900-03-14", "1900-03-01"),
        ("1700-03-11", "1700-02-29"),
        ("1649-02-09", "1649-01-30"),
        ("0300-02-28", "0300-02-28"),
        ("0300-03-01", "0300-02-29"),
        ("-0043-03-13", "-0043-03-15"),
        ("1917-03-08/1917-03-15", "1917-02-23/1917-03-02"),
    ],
)
def test_old_style_is_the_day_that_tables_give(new: str, old: str) -> None:
    assert dates.is_same_in_old_style(dates.parse_date(new), dates.parse_date(old, julian=True))
    assert dates.convert_to_old_style(dates.parse_date(new)) == old


@pytest.mark.parametrize(
    ("lang", "words", "in_guide", "in_notes", "on_poster"),
    [
        (
            "en",
            "A storm",
            ["7 Dec", "26 Nov"],
            "7 December 1703 (26 November, Old Style)",
            "7 Dec 1703 (26 Nov)",
        ),
        (
            "es",
            "Una tempestad",
            ["7 dic", "26 nov"],
            "7 de diciembre de 1703 (26 de noviembre del calendario juliano)",
            "7 dic 1703 (26 nov)",
        ),
    ],
)
def test_both_calendars_are_printed_side_by_side(
    lang: str, words: str, in_guide: list[str], in_notes: str, on_poster: str
) -> None:
    (book,), (slides,), (sheet, _) = (
        artifacts_of("lighthouse", document, lang=lang) for document in ("guide", "deck", "poster")
    )
    rows = [e for e in tree(book.data).walk() if e.tag == "TR" and words in e.words]
    assert [[plain(kid.words) for kid in row.kids][1:3] for row in rows] == [in_guide]
    presentation = Presentation(BytesIO(slides.data))
    said = [plain(slide.notes_slide.notes_text_frame.text) for slide in presentation.slides]
    assert any(f"{in_notes}: {words} (" in text for text in said)
    items = [plain(e.words) for e in tree(sheet.data).walk() if e.tag == "LI"]
    assert f"{on_poster} {words}" in items


IDES = """
languages: [en]
calendar: julian
title: The end of a republic
lanes: [{id: rome, name: Rome}]
people:
  - {id: dictator, name: Gaius Caesar, born: -0099-07-12, died: -0043-03-15, role: A general.}
sections:
  - id: civil-war
    title: A civil war
    period: -0048/-0042
    question: Who crossed the river?
    summary: The [general](#dictator) did.
    blocks:
      - quote: {text: The die is cast., document: Lives, date: -0048-01-10}
      - chart:
          kind: line
          title: Legions
          measure: legions
          rows: [{head: -0048-02-29, cells: [11]}, {head: -0044-02-29, cells: [30]}]
    events:
      - {id: river, date: -0048-01-10, lane: rome, importance: 3, label: Crossed}
      - {id: leap, date: -0044-02-29, lane: rome, label: Leapt}
      - {id: after, date: -0044-03-01, lane: rome, label: Landed}
      - {id: ides, date: -0043-03-15, lane: rome, importance: 3, label: Killed}
"""
LEAP_FEBRUARY = """
languages: [en]
calendar: julian
title: A year of bells
lanes: [{id: bells, name: Bells}]
sections:
  - id: winter
    title: Winter
    period: 1500-01/1500-03
    question: When?
    summary: Then.
    events:
      - {id: cast, date: 1500-01-01, lane: bells, label: Cast}
      - {id: hung, date: 1500-02-29, lane: bells, label: Hung}
      - {id: rung, date: 1500-03-01, lane: bells, label: Rung}
"""


def read(text: str) -> Outline:
    return load.read_outline(source.parse_source(text), Path()).outline


def test_a_julian_course_prints_its_dates_as_they_are_written() -> None:
    (book,) = guide.build(read(IDES), GuideOptions(lang="en"))
    rows = [[plain(kid.words) for kid in e.kids] for e in tree(book.data).walk() if e.tag == "TR"]
    assert ["49 BC", "10 Jan", "Crossed", "1"] in rows
    assert ["45 BC", "29 Feb", "Leapt", "1"] in rows
    assert ["1 Mar", "Landed", "1"] in rows
    assert ["44 BC", "15 Mar", "Killed", "1"] in rows
    words = plain(tree(book.data).words)
    for due in ("12 Jul 100 BC – 15 Mar 44 BC", "10 January 49 BC", "29 Feb 49 BC 29 Feb 45 BC"):
        assert due in words
    (slides,) = deck.build(read(IDES), DeckOptions(lang="en"))
    presentation = Presentation(BytesIO(slides.data))
    said = "\n".join(plain(slide.notes_slide.notes_text_frame.text) for slide in presentation.slides)
    dates_said = re.findall(r"(\d+ \w+ \d+ BC): (\w+) \(", said)
    assert dates_said == [
        ("10 January 49 BC", "Crossed"),
        ("29 February 45 BC", "Leapt"),
        ("1 March 45 BC", "Landed"),
        ("15 March 44 BC", "Killed"),
    ]
    items = [plain(e.words) for e in tree(poster.build(read(IDES), PosterOptions(lang="en"))[0].data).walk()]
    for due in ("10 Jan 49 BC Crossed", "29 Feb 45 BC Leapt", "1 Mar 45 BC Landed", "15 Mar 44 BC Killed"):
        assert due in items


@pytest.mark.parametrize(
    "text", ["-0043-03-15", "-0004-02-29", "1500-02-29", "1700-02-29", "0004", "0079-08"]
)
def test_a_julian_date_is_the_day_that_convertdate_gives(text: str) -> None:
    date = dates.parse_date(text, julian=True)
    year, month, day = date.known.year, date.known.month or 1, date.known.day or 1
    assert date.first == julian.to_jd(year, month, day) + 0.5


def test_a_julian_course_is_drawn_by_true_days() -> None:
    (slides,) = deck.build(read(LEAP_FEBRUARY), DeckOptions(lang="en"))
    (drawn,) = (
        [*group.shapes]
        for slide in Presentation(BytesIO(slides.data)).slides
        for group in slide.shapes
        if group.shape_type == MSO_SHAPE_TYPE.GROUP
        and "29 February 1500: Hung" in group._element.nvGrpSpPr.cNvPr.get("descr", "")
    )
    upright = [shape for shape in drawn if not shape.width and shape.height]
    (axis,) = (shape for shape in drawn if not shape.height and shape.width)
    months = sorted(shape.left for shape in upright if shape.top == axis.top)
    day = axis.width / (31 + 29 + 31)
    assert [round((x - axis.left) / day, 1) for x in months] == [0, 31, 60, 91]
