"""What the finished poster is read as, printed as and coloured with is true: tags, boxes, inks."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageChops

from builders.poster import build
from builders.poster.options import PosterOptions
from builders.theme.theme import load_shipped_theme
from tests.course_facts import Facts, write_years
from tests.poster_building import built, facts_of, poster_of, sheets_of, values_of
from tests.poster_cases import outline_of
from tests.poster_comparing import LOOKS, RED, THEME
from tests.poster_finding import Poster
from tests.poster_parts import find_era, measure_bar, tell_pattern
from tests.poster_reading import MM, count_pages, read_page, render_part
from tests.poster_tags import Tagged, read_elements

COURSES = [
    ("athens", "en", {}),
    ("athens", "es", {"portrait": True}),
    ("lighthouses", "en", {"portrait": True}),
    ("lighthouses", "es", {}),
    ("ages", "en", {}),
    ("crowd", "en", {}),
    ("shipped", "es", {}),
    ("shipped", "en", {}),
    ("throng", "en", {}),
]


def poster_data(course: str, lang: str = "en", **options: Any) -> bytes:
    return next(data for name, data in built(course, lang, **options).items() if "sheets" not in name)


def read_sentences(facts: Facts, lane: int) -> Iterator[str]:
    """Yield how the events of a lane are to be read: date in full, lane, label, description."""
    for event in facts.events:
        if event.lane == lane:
            words = f"{facts.write_in_full(event)}, {facts.lanes[lane]}: {event.label}"
            words += "" if words.endswith((".", "!", "?", "…")) else "."
            yield f"{words} {event.text}".strip()


@pytest.mark.parametrize(("course", "lang", "options"), COURSES)
def test_events_are_read_lane_by_lane_in_the_order_of_time(
    course: str, lang: str, options: dict[str, Any]
) -> None:
    facts = facts_of(course, lang)
    elements = read_elements(poster_data(course, lang, **options))
    assert [e.text for e in elements if e.tag == "H1"] == [facts.title]
    headings = [i for i, element in enumerate(elements) if element.tag == "H2"]
    assert [elements[i].text for i in headings] == list(facts.lanes)
    for lane, i in enumerate(headings):
        assert [e.text for e in list_after(elements, i)] == list(read_sentences(facts, lane))


def list_after(elements: list[Tagged], i: int) -> list[Tagged]:
    """Return the bodies of the list's items that follows an element at once; none, where no list does."""
    if i + 1 >= len(elements) or elements[i + 1].tag != "L":
        return []
    found = []
    for element in elements[i + 2 :]:
        if element.depth <= elements[i].depth:
            break
        if element.tag == "LBody":
            found.append(element)
    return found


@pytest.mark.parametrize(("course", "lang", "options"), COURSES)
def test_eras_are_read_with_their_number_title_and_years(
    course: str, lang: str, options: dict[str, Any]
) -> None:
    facts = facts_of(course, lang)
    elements = read_elements(poster_data(course, lang, **options))
    figure = next(i for i, element in enumerate(elements) if element.tag == "Figure")
    assert [e.text for e in list_after(elements, figure)] == [
        f"{section.title}, {section.period.write_period(lang)}"
        for section in facts.sections
        if section.period.start and section.period.stop
    ]
    numbers = [e.text for e in elements if e.tag == "Lbl"][: len(facts.sections)]
    assert numbers == [str(i + 1) for i in range(len(facts.sections))]


@pytest.mark.parametrize(("course", "lang", "options"), COURSES)
def test_the_drawings_text_names_the_years_lanes_and_how_many_events(
    course: str, lang: str, options: dict[str, Any]
) -> None:
    facts = facts_of(course, lang)
    (text,) = (
        e.alt.replace("\u00a0", " ") for e in read_elements(poster_data(course, lang, **options)) if e.alt
    )
    first = min(s.period.start.year for s in facts.sections if s.period.start)
    last = max(s.period.stop.year for s in facts.sections if s.period.stop)
    assert f", {write_years(first, last, lang)}: {facts.title}." in text
    events, eras = {
        "en": ("{} events in the lanes {},", "over the bands of {} sections"),
        "es": ("{} acontecimientos en las líneas {},", "sobre las franjas de {} secciones"),
    }[lang]
    assert events.format(len(facts.events), ", ".join(facts.lanes)) in text
    assert eras.format(len(facts.sections)) in text
    assert {
        e.alt.replace("\u00a0", " ") for e in read_elements(sheets_of(course, lang, **options)) if e.alt
    } > {text}


@pytest.mark.parametrize("course", ["athens", "lighthouses", "ages"])
def test_the_heads_years_are_those_of_all_sections(course: str) -> None:
    facts = facts_of(course)
    first = min(s.period.start.year for s in facts.sections if s.period.start)
    last = max(s.period.stop.year for s in facts.sections if s.period.stop)
    runs = poster_of(course).drawn.find(write_years(first, last, "en"), "regular")
    assert max(run.size for run in runs) > 30


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize("course", ["lighthouses", "crowd"])
def test_a_proof_is_pure_black_and_white(course: str, portrait: bool) -> None:
    for data in built(course, proof=True, portrait=portrait).values():
        assert not has_images(data)
        for number in range(min(count_pages(data), 3)):
            assert read_page(data, number).colours() <= {"#000000", "#FFFFFF"}


@pytest.mark.parametrize("course", ["lighthouses", "crowd"])
def test_a_grey_poster_and_its_sheets_have_no_colour(course: str) -> None:
    data = poster_data(course, grey=True)
    last = count_pages(sheets_of(course, grey=True)) - 1
    pages = [read_page(data), *(read_page(sheets_of(course, grey=True), number) for number in (0, 1, last))]
    for page in pages:
        assert all(ink[1:3] == ink[3:5] == ink[5:7] for ink in page.colours()), page.colours()
    image = render_part(data, 0, (0, 0, pages[0].width, pages[0].height), 24)
    assert not any(channel.getextrema()[1] for channel in differences(image))
    assert RED in poster_of(course).drawn.colours()


def differences(image: Image.Image) -> list[Image.Image]:
    """Return how far the channels of an image lie apart."""
    red, green, blue = image.split()
    return [ImageChops.difference(red, green), ImageChops.difference(green, blue)]


def has_images(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(page.get_images() for page in pdf.pages)


@pytest.mark.parametrize(
    ("size", "portrait", "wide", "high"),
    [
        ("a2", False, 594, 420),
        ("a1", True, 594, 841),
        ("tabloid", False, 431.8, 279.4),
        ("a0", False, 1189, 841),
    ],
)
def test_a_printers_poster_has_its_trim_bleed_and_marks(
    size: str, portrait: bool, wide: float, high: float
) -> None:
    options = {"poster_size": size, "portrait": portrait}
    files = built("lighthouses", bleed=True, **options)
    assert len(files) == 1, "a print shop gets no sheets"
    (data,) = files.values()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        media, trim, bleed = (
            [float(v) / MM for v in pdf.pages[0][f"/{n}Box"]] for n in ("Media", "Trim", "Bleed")
        )
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((wide, high), abs=0.01)
    for i, sign in enumerate((-1, -1, 1, 1)):
        assert bleed[i] - trim[i] == pytest.approx(3 * sign, abs=0.01)
        assert (media[i] - bleed[i]) * sign > 3
    page, plain = read_page(data), poster_of("lighthouses", **options).drawn
    left, top, right, bottom = trim[0], media[3] - trim[3], trim[2], media[3] - trim[1]
    marks = [s.box for s in page.shapes if s.segment and (s.box[2] <= bleed[0] or s.box[0] >= bleed[2]
             or s.box[3] <= media[3] - bleed[3] or s.box[1] >= media[3] - bleed[1])]  # fmt: skip
    level = sorted({round(box[1], 1) for box in marks if box[3] - box[1] < 0.01})
    upright = sorted({round(box[0], 1) for box in marks if box[2] - box[0] < 0.01})
    assert len(marks) == 8
    assert level == pytest.approx([top, bottom], abs=0.06)
    assert upright == pytest.approx([left, right], abs=0.06)
    assert [run.text for run in page.runs] == [run.text for run in plain.runs]
    for run, other in zip(page.runs, plain.runs, strict=True):
        assert (run.left - left, run.base - top) == pytest.approx((other.left, other.base), abs=0.02)
    (flag,) = [s for s in page.shapes if s.fill == RED and not s.stroke and s.box[1] < top + 1]
    assert flag.box[1] == pytest.approx(top - 3, abs=0.02), (
        "colour that meets the edge goes on into the bleed"
    )


@pytest.mark.parametrize(
    ("size", "wide", "high"),
    [("a0", 1189, 841), ("a1", 841, 594), ("a2", 594, 420), ("a3", 420, 297), ("tabloid", 431.8, 279.4)],
)
def test_a_poster_is_as_large_as_its_paper(size: str, wide: float, high: float) -> None:
    page = poster_of("lighthouses", poster_size=size).drawn
    assert (page.width, page.height) == pytest.approx((wide, high), abs=0.01)
    page = poster_of("lighthouses", poster_size=size, portrait=True).drawn
    assert (page.width, page.height) == pytest.approx((high, wide), abs=0.01)


def test_another_themes_hues_and_patterns_are_those_of_the_eras() -> None:
    theme = load_shipped_theme()
    turned = theme.model_copy(update={"sections": tuple(reversed(theme.sections))})
    artifact = build(outline_of(values_of("lighthouses")), PosterOptions(lang="en", theme=turned))[0]
    poster = Poster(read_page(artifact.data))
    for index, section in enumerate(facts_of("lighthouses").sections[:8]):
        hue, pattern = LOOKS[::-1][index]
        era = find_era(poster, section.title)
        assert era.square.fill == hue
        reach = measure_bar(artifact.data, poster, era.feet[0], hue, 1.0)
        assert tell_pattern(artifact.data, poster, era.feet[0], hue, 1.0, reach) == pattern


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_document_says_its_title_and_language(lang: str) -> None:
    for data in built("athens", lang).values():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert str(pdf.docinfo["/Title"]).startswith(facts_of("athens", lang).title)
            assert str(pdf.Root.Lang).startswith(lang)
    assert THEME["palette"]["red"]
