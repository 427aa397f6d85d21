"""The shipped course: how much it holds, how even it is, what it tells in both languages, how it is set."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from builders.language import markup
from builders.outline.blocks import BLOCK_KINDS, Block
from builders.outline.load import LoadedOutline, load_outline
from builders.outline.model import Outline, Section
from builders.outline.walk import list_texts

OUTLINE = Path(__file__).parent.parent / "outline" / "revolucion-rusa.yaml"
LANGUAGES = ("es", "en")

LEAST = {
    "events": 70,
    "people": 25,
    "terms": 35,
    "questions": 25,
    "debates": 9,
    "comparisons": 5,
    "charts": 6,
    "quotations": 10,
}

# what the course must tell: a topic, and a pattern that each language's text matches
TOPICS = {
    "Lenin's death": (r"Lenin murió\W+el 21 de enero de 1924", r"Lenin died\W+on 21 January 1924"),
    "the rivals": (r"Stalin y Trotski fueron los rivales", r"Stalin and Trotsky were the best-known rivals"),
    "permanent revolution": (r"revolución permanente", r"permanent revolution"),
    "socialism in one country": (r"socialismo en un solo país", r"socialism in one country"),
    "the troika": (r"troika", r"troika"),
    "the purges": (r"purgas", r"purges"),
    "five-year plans": (r"plan quinquenal", r"five-year plan"),
    "collectivisation": (r"colectivización", r"collectivisation"),
    "schooling": (r"enseñanza primaria", r"primary schooling"),
    "the end of the Romanovs": (r"Románov y la monarquía", r"Romanov dynasty and the monarchy"),
    "the bipolar world": (r"bipolar", r"bipolar"),
    "the Cold War": (r"Guerra Fría", r"Cold War"),
    "the Kornilov affair": (r"asunto Kornílov", r"Kornilov affair"),
    "the Petrograd Soviet": (r"Sóviet de Petrogrado", r"Petrograd Soviet"),
    "the seizure of power": (r"7 de noviembre \(25 de octubre\)", r"7 November \(25 October\)"),
    "the People's Commissars": (r"Consejo de Comisarios del Pueblo", r"Council of People’s Commissars"),
    "land": (r"El campesino recibió el uso de la tierra", r"Peasants received the use of the land"),
    "factories": (r"control obrero de las fábricas", r"workers’ control of the factories"),
    "banks": (r"nacionalización de la banca", r"nationalisation of the banks"),
    "Moscow as capital": (r"Moscú volvió a ser la capital", r"Moscow became the capital"),
    "Brest-Litovsk": (r"paz de Brest-Litovsk", r"peace of Brest-Litovsk"),
    "the XVII Congress": (r"XVII Congreso", r"Seventeenth Congress"),
    "Kirov": (r"Nikoláyev mató a Kírov", r"Nikolaev shot Kirov dead"),
    "the Central Committee": (r"98 de los 139", r"98 of the 139"),
    "Lenin's letter": (r"Carta al Congreso", r"Letter to the Congress"),
}

# how nobody may write it: opinions, and errors that are often copied
NEVER = (
    r"psic[óo]pata|psychopath",
    r"17 de noviembre de 1917|17 November 1917",
    r"huy[óo] a México|fled to Mexico",
    r"aventura|adventur",
    r"desaparecieron|simply disappeared",
    r"Comisariado de Comunicaciones|Commissariat of Communications\b",
    r"redujo el analfabetismo en",
    r"órdenes de muerte|death warrant",
    r"universidades obreras|workers’ universities",
    r"poder ilimitado sobre|unlimited power over the Soviet",
)


@pytest.fixture(scope="module")
def loaded() -> LoadedOutline:
    return load_outline(OUTLINE)


@pytest.fixture(scope="module")
def course(loaded: LoadedOutline) -> Outline:
    return loaded.outline


def blocks(course: Outline) -> Iterator[Block]:
    return chain.from_iterable(section.blocks for section in course.sections)


def prose(section: Section, language: str) -> str:
    return " ".join(markup.strip_markup(block.text[language]) for block in section.blocks if block.text)


def everything(course: Outline, language: str) -> str:
    """Return every text of the course in one language, without markup, one a line; bare dates left out."""
    lines = (markup.strip_markup(text) for _, tag, text in list_texts(course) if tag == language)
    return "\n".join(re.sub(r" *\n\s*", " ", line) for line in lines if re.search(r"[^\W\d_]", line))


def test_outline_has_no_fault_and_no_warning(loaded: LoadedOutline) -> None:
    assert loaded.warnings == ()


def test_course_is_complete(course: Outline) -> None:
    kinds = Counter(block.kind for block in blocks(course))
    found = {
        "events": sum(len(section.events) for section in course.sections),
        "people": len(course.people),
        "terms": len(course.terms),
        "questions": sum(len(section.questions) for section in course.sections),
        "debates": kinds["debate"],
        "comparisons": kinds["compare"],
        "charts": kinds["chart"],
        "quotations": kinds["quote"],
    }
    assert {name: count for name, count in found.items() if count < LEAST[name]} == {}
    assert set(kinds) == set(BLOCK_KINDS)
    assert {block.chart.kind for block in blocks(course) if block.chart} == {"bar", "line", "share", "range"}


def test_every_section_opens_and_closes_in_full(course: Outline) -> None:
    for section in course.sections:
        assert 3 <= len(section.goals) <= 5, section.id
        assert {question.kind for question in section.questions} == {"choice", "short", "essay", "source"}
        assert {question.level for question in section.questions} == {1, 2, 3}, section.id
        assert any(block.debate for block in section.blocks), section.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_tell_the_story_evenly(course: Outline, language: str) -> None:
    words = {section.id: len(prose(section, language).split()) for section in course.sections}
    assert all(500 <= count <= 800 for count in words.values()), words
    assert max(words.values()) <= 1.3 * min(words.values()), words


def test_key_words_are_the_same_in_number_in_both_languages(course: Outline) -> None:
    for section in course.sections:
        marked = {
            language: [
                sum(
                    run.strong
                    for paragraph in markup.parse_paragraphs(block.text[language])
                    for run in paragraph
                )
                for block in section.blocks
                if block.text
            ]
            for language in LANGUAGES
        }
        assert marked["es"] == marked["en"], section.id
        assert 3 <= sum(marked["es"]) <= 8, section.id


def test_every_heading_is_followed_by_text_and_points(course: Outline) -> None:
    for section in course.sections:
        kinds = [block.kind for block in section.blocks]
        assert kinds[0] == "heading", section.id
        for place, kind in enumerate(kinds):
            if kind == "heading":
                assert kinds[place + 1 : place + 3] == ["text", "points"], (section.id, place)


def test_every_lane_runs_through_four_sections(course: Outline) -> None:
    used = defaultdict(set)
    for section in course.sections:
        for event in section.events:
            used[event.lane].add(section.id)
    assert {lane.id: len(used[lane.id]) for lane in course.lanes if len(used[lane.id]) < 4} == {}


def test_quotations_come_with_original_document_and_date(course: Outline) -> None:
    for block in blocks(course):
        if block.quote:
            assert block.quote.original, block.id
            assert re.search("[а-я]", block.quote.original), block.id
            assert block.quote.date, block.id
            assert block.quote.source, block.id


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_is_told_in_both_languages(course: Outline, topic: str) -> None:
    for language, pattern in zip(LANGUAGES, TOPICS[topic], strict=True):
        assert re.search(pattern, everything(course, language), re.IGNORECASE), language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pattern", NEVER)
def test_errors_that_are_often_copied_do_not_stand_here(course: Outline, pattern: str, language: str) -> None:
    assert not re.search(pattern, everything(course, language), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_set_as_printers_set_them(course: Outline, language: str) -> None:
    foreign = {"es": "[‘“”]", "en": "[«»“”]"}[language]
    wrong = {
        "straight quote": "[\"']",
        "double space": "  ",
        "hyphen for a dash": r" - |--|(?<=\d)-(?=\d)",
        "three full stops": r"\.\.\.",
        "quotation marks of another language": foreign,
    }
    text = everything(course, language)
    found = {name: re.findall(f".{{0,30}}(?:{pattern}).{{0,30}}", text) for name, pattern in wrong.items()}
    assert {name: places for name, places in found.items() if places} == {}


def test_spanish_numbers_keep_their_spaces(course: Outline) -> None:
    text = everything(course, "es")
    assert not re.findall(r".{0,20}(?:\d%|\d %|\d \d{3}\b).{0,20}", text)
    assert re.search("\\d\u00a0%", text)
