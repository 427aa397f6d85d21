"""The poster's PDF files, opened with independent readers: tags, validity, sheets that make up the poster."""

import io
import itertools
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from builders.poster import build
from builders.poster.options import PosterOptions
from builders.poster.plan import plan_poster
from builders.timeline import UM_PER_POINT
from tests.pdf_words import page_words
from tests.poster_cases import outline_of, sample, seeded, written
from tests.validators import conformance_failures

LANGUAGES = ("es", "en")


@cache
def built(name: str, lang: str = "en", **options: Any) -> dict[str, bytes]:
    outline = seeded(40, 1) if name == "seeded" else sample(name)
    return {artifact.name: artifact.data for artifact in build(outline, PosterOptions(lang=lang, **options))}


def elements(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield each structure element in reading order: its tag, ActualText and Alt."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stack = [pdf.Root.StructTreeRoot.K]
        while stack:
            one = stack.pop()
            if isinstance(one, pikepdf.Array):
                stack.extend(reversed(list(one)))
            elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
                yield str(one.S)[1:], str(one.get("/ActualText", "")), str(one.get("/Alt", ""))
                if "/K" in one:
                    stack.append(one.K)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["athens.yaml", "seeded"])
def test_poster_and_sheets_are_pdf_ua_1_and_pdf_a_2a(name: str, lang: str) -> None:
    for file, data in built(name, lang).items():
        for profile in ("ua1", "2a"):
            failures = conformance_failures(data, profile)
            assert not failures, (file, profile, [str(f) for f in failures][:3])


def test_bleed_proof_and_grey_are_as_valid() -> None:
    for options in ({"bleed": True}, {"proof": True, "paper": "letter"}, {"grey": True, "portrait": True}):
        for file, data in built("athens.yaml", "en", **options).items():
            for profile in ("ua1", "2a"):
                assert not conformance_failures(data, profile), (file, profile)


@pytest.mark.parametrize("portrait", [False, True])
def test_what_is_drawn_is_read_word_by_word(portrait: bool) -> None:
    planned = plan_poster(seeded(40, 1), PosterOptions(lang="en", portrait=portrait))
    files = built("seeded", "en", portrait=portrait)
    data = files["poster-portrait.pdf" if portrait else "poster.pdf"]
    page_text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    for entry in planned.course.entries:
        assert set(entry.label.split()) <= set(page_text.split())
    tags = [tag for tag, _, _ in elements(data)]
    assert tags.count("LBody") == len(planned.course.eras) + len(planned.course.entries)
    assert tags.count("H1") == tags.count("Figure") == 1


def test_the_drawing_is_stored_once_without_marked_content_ids() -> None:
    with pikepdf.open(io.BytesIO(built("seeded")["poster-sheets-a4.pdf"])) as pdf:
        forms = {}
        for one in pdf.pages:
            for key, form in (one.Resources.get("/XObject") or {}).items():
                forms[form.objgen] = form
                assert form.Subtype == "/Form", key
        assert len(forms) == 1
        (form,) = forms.values()
        assert b"MCID" not in form.read_bytes()
        assert len(pdf.pages) >= 9


def rendered(data: bytes, index: int, dpi: float) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    image: Image.Image = document[index].render(scale=dpi / 72).to_pil().convert("L")
    document.close()
    return image


@pytest.mark.parametrize("portrait", [False, True])
def test_a_proof_at_150_dpi_keeps_the_lanes_apart(portrait: bool) -> None:
    planned = plan_poster(seeded(40, 1), PosterOptions(lang="en", proof=True, portrait=portrait))
    (data,) = (
        d for name, d in built("seeded", "en", proof=True, portrait=portrait).items() if "sheets" not in name
    )
    image = rendered(data, 0, 150)
    if portrait:  # so that the lanes lie
        image = image.transpose(Image.Transpose.TRANSPOSE)
    bits = image.point(lambda v: 0 if v < 128 else 1, mode="1")
    from_start = planned.axis.start if portrait else 13_000
    patterns = []
    for y in planned.lines:
        row = round(y / UM_PER_POINT / 72 * 150)
        start = round(from_start / UM_PER_POINT / 72 * 150)
        lines = [
            "".join("0" if bits.getpixel((x, y_)) else "1" for x in range(start, start + 200))
            for y_ in (row - 1, row, row + 1)
        ]
        runs = re.findall(r"0+|1+", max(lines, key=lambda line: line.count("1")))
        patterns.append((len(runs), max(map(len, runs))))
    assert len(set(patterns)) == len(patterns), patterns


def test_one_change_of_a_date_changes_that_events_words_alone() -> None:
    outline = sample("athens.yaml")
    section = outline.sections[0]
    from builders.language.dates import parse_date

    later = section.events[1].model_copy(update={"date": parse_date("-0488-09")})
    events = (*section.events[:1], later, *section.events[2:])
    changed = section.model_copy(update={"events": events})
    other = outline.model_copy(update={"sections": (changed, *outline.sections[1:])})
    before = built("athens.yaml")["poster.pdf"]
    after = build(other, PosterOptions(lang="en"))[0].data
    pairs = list(zip(elements(before), elements(after), strict=True))
    differing = [(one[1], two[1]) for one, two in pairs if one != two]
    assert len(differing) == 1
    assert "490\u00a0BC" in differing[0][0]
    assert "489\u00a0BC" in differing[0][1]


def test_equal_outlines_give_equal_bytes() -> None:
    again = {a.name: a.data for a in build(sample("athens.yaml"), PosterOptions(lang="en"))}
    assert again == built("athens.yaml")


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize(("events", "importance"), [(1, "1"), (1, "2"), (1, "3"), (30, "1")])
def test_a_label_keeps_its_italics_and_bold_words_on_the_poster_and_in_its_key(
    events: int, importance: str, portrait: bool
) -> None:
    values = written(0, 0)
    label = "The barque *Aurora* brings **forty** tons of grain"
    values["sections"][0]["events"] = [  # type: ignore[index]
        {"id": f"ship-{i}", "date": "1701-05-02", "lane": "lane-0", "importance": importance,
         "label": {"es": label, "en": label}}
        for i in range(events)
    ]  # fmt: skip
    (made, *_) = build(outline_of(values), PosterOptions(lang="en", portrait=portrait))
    (page,) = page_words(made.data)
    told = " ".join(words.text for words in page)
    plain = {words.font for words in page if words.text.startswith("The barque")}
    italic = {words.font for words in page if words.text == "Aurora"}
    bold = {words.font for words in page if words.text == "forty"}
    assert told.count("Aurora") == told.count("forty") == events
    assert all(font.endswith("It") for font in italic) and italic
    assert bold and not bold & plain and not any(font.endswith("It") for font in bold | plain)
    placed = sorted((words.baseline, words.left, words.right) for words in page)
    for (line, _, right), (below, left, _) in itertools.pairwise(placed):
        assert line != below or right <= left + 0.5, "no word stands upon the one before it"
