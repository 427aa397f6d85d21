"""Posters of what is long, short, many or much: still on the sheet, to scale, and nothing upon another."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from builders.language.dates import compute_civil_date
from builders.outline.model import Outline
from builders.poster.label_text import balance_lines, measure_extent, measure_width
from builders.poster.shapes import PosterLine, PosterWords
from tests.poster_cases import outline_of, written
from tests.test_poster_plan import meetings, poster, sound


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_text_of_many_words_is_broken_at_once_into_lines_of_one_length(count: int) -> None:
    words = [f"word{i % 97}" for i in range(20_000)]  # as fast as it is long: by its square it took an hour
    lines = balance_lines(" ".join(words), count, "bold", 17.0)
    assert " ".join(lines).split(" ") == words
    assert len(lines) <= count
    whole, longest = (measure_width(text, "bold", 17.0) for text in (" ".join(words), "word88"))
    assert max(measure_width(line, "bold", 17.0) for line in lines) <= whole / count + 2 * longest


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize("label", ["the sexton rings " * 25, "a" * 800], ids=["words", "letters"])
def test_no_line_of_the_key_leaves_the_sheet(label: str, portrait: bool) -> None:
    values = written(25, 0)
    for number, event in enumerate(values["sections"][0]["events"]):  # type: ignore[index]
        event["label"] = {"es": f"{number} {label}".strip(), "en": f"{number} {label}".strip()}
    planned = poster(outline_of(values), portrait=portrait)
    sound(planned)
    told = [item for item in planned.layout.key if len(item.entry.label) > 300]
    for item in told:
        own = [
            w for w in planned.marks if isinstance(w, PosterWords) and w.owner == f"event:{item.entry.key}"
        ]
        said = "".join(w.text for w in own if w.weight == "regular").replace(" ", "")
        assert said == item.entry.label.replace(" ", "")
    assert told


def _write_decrees(months: int) -> Outline:
    """Return three centuries with sixteen decrees in so many months of them."""
    values = written(0, 0, 1600, 300)
    for i in range(16):
        month = 3 + i * (months - 1) // 15
        date = f"{1788 + month // 12}-{1 + month % 12:02}-{1 + 7 * i % 28:02}"
        text = dict.fromkeys(("es", "en"), f"Decree number {i} is signed")
        event = {"id": f"decree-{i}", "date": date, "lane": "lane-0", "importance": "2", "label": text}
        values["sections"][3]["events"].append(event)  # type: ignore[index]
    return outline_of(values)


@pytest.mark.parametrize("months", [9, 14, 21, 33, 60])
@pytest.mark.parametrize(("size", "portrait"), [("a2", False), ("a3", False), ("a2", True)])
def test_an_inset_names_its_months_and_years_and_none_meets_another(
    months: int, size: str, portrait: bool
) -> None:
    planned = poster(_write_decrees(months), poster_size=size, portrait=portrait)
    sound(planned)
    words = [mark for mark in planned.marks if isinstance(mark, PosterWords) and not mark.owner]
    boxes = [replace(measure_extent(word), owner=f"{i} {word.text}") for i, word in enumerate(words)]
    assert meetings(boxes) == []
    if not planned.layout.insets:
        assert portrait or months == 60
        return
    (inset,) = planned.layout.insets
    first, last = (compute_civil_date(day)[0] for day in (inset.first, inset.last))
    texts = [word.text for word in words if word.weight == "semibold"]
    named = {int(year) for text in texts for year in re.findall(r"\d{4}", text)}
    untold = {first} if months == 60 else set()  # of ticks at years, the first may stand before the inset
    assert named == set(range(first, last + 1)) - untold
    if months > 18:
        assert all(item.set.number or item.set.day.endswith(str(compute_civil_date(item.entry.first)[0]))
                   for item in inset.strip.items)  # fmt: skip


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize(
    ("period", "scale", "words"),
    [
        ("1815-06-18/1815-06-18", "1 day", {"17 Jun 1815", "18 Jun 1815", "19 Jun 1815"}),
        ("1805-12-20/1806-01-10", "1 day", {"20 Dec 1805", "10 Jan 1806"}),
        ("-0043-03-13/-0043-03-17", "1 day", {"15 Mar 44 BC"}),
        ("1805-09-01/1806-03-31", "1 year", {"Sep 1805", "Mar 1806"}),
        ("-1499/1500", "100 years", {"1500 BC", "1500"}),
    ],
)
def test_an_axis_counts_days_months_or_years_by_its_length(
    period: str, scale: str, words: set[str], portrait: bool
) -> None:
    values = written(0, 0)
    section = values["sections"][0]  # type: ignore[index]
    first, _, last = period.partition("/")
    label = {"es": "Llega el correo", "en": "The mail comes"}
    section["period"] = period
    section["events"] = [
        {"id": f"mail-{i}", "date": date, "lane": f"lane-{i}", "importance": "2", "label": label}
        for i, date in enumerate((first, last))
    ]
    values["sections"] = [section]
    planned = poster(outline_of(values), portrait=portrait)
    sound(planned)
    drawn = {mark.text.replace("\u00a0", " ") for mark in planned.marks if isinstance(mark, PosterWords)}
    assert words <= drawn
    assert any(text.startswith(f"{scale} = ") for text in drawn)


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize("size", ["a2", "a3"])
@pytest.mark.parametrize(
    ("count", "title"),
    [(12, "The lamp"), (18, "How the lamps of the harbour were lit"), (25, "Lighthouses, keepers and lenses"),
     (25, "Unterseebootgeschwader"), (3, "h" * 400)],
)  # fmt: skip
def test_the_names_of_many_sections_stay_on_the_sheet_with_their_numbers(
    count: int, title: str, size: str, portrait: bool
) -> None:
    values = written(0, 0)
    first = values["sections"][0]  # type: ignore[index]
    values["sections"] = [
        {**first, "id": f"part-{i}", "title": dict.fromkeys(("es", "en"), f"{title} {i}"),
         "period": f"{1700 + 4 * i}/{1705 + 4 * i}"}
        for i in range(count)
    ]  # fmt: skip
    planned = poster(outline_of(values), poster_size=size, portrait=portrait)
    sound(planned)
    words = [mark for mark in planned.marks if isinstance(mark, PosterWords)]
    for i in range(count):
        name = [word.text for word in words if word.owner == f"era:{i}" and word.weight == "black"]
        assert "".join(name).replace(" ", "") == f"{title} {i}".replace(" ", "")
    boxes = [measure_extent(word) for word in words if word.owner.startswith(("era", "title", "years"))]
    boxes = [replace(box, owner=f"{i} {box.owner}") for i, box in enumerate(boxes)]
    assert meetings(boxes) == []
    numbers = Counter(word.text for word in words if word.colour == "#FFFFFF")
    assert set(numbers) == {str(i + 1) for i in range(count)}
    (times,) = set(numbers.values())
    assert times == 2 or not (portrait or count == 25), "with the name, and at the bar"


def test_a_long_title_is_set_in_more_lines_and_never_smaller_than_half() -> None:
    values = written(5, 0)
    usual = max(mark.size for mark in poster(outline_of(values)).marks if isinstance(mark, PosterWords))
    for title in ("A history of all that was ever done for the lamp " * 4, "w" * 90):
        values["title"] = {"es": title.strip(), "en": title.strip()}
        planned = poster(outline_of(values))
        sound(planned)
        lines = [m for m in planned.marks if isinstance(m, PosterWords) and m.owner == "title"]
        assert "".join(line.text for line in lines).replace(" ", "") == title.replace(" ", "")
        assert len(lines) > 2 and min(line.size for line in lines) >= usual / 2 - 0.01


@pytest.mark.parametrize("portrait", [False, True])
@pytest.mark.parametrize("count", [3, 25])
def test_sections_out_of_their_order_share_no_more_time_and_have_leaders_that_do_not_cross(
    count: int, portrait: bool
) -> None:
    values = written(0, 0)
    sections = [
        {
            **values["sections"][0],  # type: ignore[index]
            "id": f"part-{i}",
            "title": dict.fromkeys(("es", "en"), f"A part of the harbour's history {i}"),
            "period": f"{1700 + 4 * i}/{1705 + 4 * i}",
        }
        for i in range(count)
    ]
    planned = []
    for order in (sections, sections[::-1]):
        planned.append(poster(outline_of({**values, "sections": order}), portrait=portrait))
        sound(planned[-1])
    hatches = [
        [m for m in p.marks if isinstance(m, PosterLine) and m.width < 200 and not m.dash] for p in planned
    ]
    assert len(hatches[0]) == len(hatches[1]) > count
    for marks in (p.marks for p in planned):
        leaders = [m.points for m in marks if isinstance(m, PosterLine) and len(m.points) == 4]
        along = 1 if portrait else 0
        ends = sorted((points[0][along], points[-1][along]) for points in leaders)
        assert len(ends) == count
        assert ends == sorted(ends, key=lambda end: end[1])
