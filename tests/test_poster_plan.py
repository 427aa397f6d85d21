"""The poster's plan: to scale, never overlapping, everything on the sheet and nothing lost."""

import itertools
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from builders.cli import main
from builders.language.dates import compute_civil_date, compute_day_number, parse_date
from builders.outline.model import Event, Outline
from builders.poster.content import make_poster_content
from builders.poster.foot import write_scale
from builders.poster.label_text import Extent, list_extents, measure_extent
from builders.poster.options import PosterOptions
from builders.poster.plan import Poster, plan_poster
from builders.poster.shapes import PosterShape, PosterWords
from builders.poster.tiles import make_tiling
from builders.theme.papers import PAPER_SIZES
from builders.timeline import UM_PER_MM, Scale, find_flaws
from tests.poster_cases import sample, seeded, shipped, written

SIZES = ("a0", "a1", "a2", "a3", "tabloid")
# a quarter of the events in one year; all of it in CI, a sample elsewhere
CROWDS = [
    pytest.param(count, seed, size, marks=[] if (count, seed) in {(25, 0), (100, 1)} else [pytest.mark.slow])
    for count in (25, 50, 100, 200)
    for seed in range(20)
    for size in ("a2", "a1")
]
COURSES = [
    pytest.param(size, lang, portrait, marks=[] if size == "a2" else [pytest.mark.slow])
    for size in SIZES
    for lang in ("es", "en")
    for portrait in (False, True)
]


def poster(outline: Outline, lang: str = "en", **options: object) -> Poster:
    return plan_poster(outline, PosterOptions(lang=lang, **options))  # type: ignore[arg-type]


def sound(planned: Poster) -> None:
    """Check all that holds of any poster."""
    layout, course = planned.layout, planned.course
    placed = layout.strips
    for strip in placed:
        assert find_flaws(strip.rows, strip.room, strip.metrics.marker) == ()
    shown = [item.entry.key for strip in placed for item in strip.items]
    assert sorted(shown) == sorted(e.key for e in course.entries), "every event is shown once"
    for strip in placed:
        for item in strip.items:
            first, last = strip.scale.place_day(item.entry.first), strip.scale.place_day(item.entry.last + 1)
            assert first - 100 <= item.at <= last + 100, "markers within 0.1 mm of their dates"
    words = [mark for mark in planned.marks if isinstance(mark, PosterWords)]
    for box in (measure_extent(word) for word in words):
        assert 0 <= box.left <= box.right <= planned.size.width, box
        assert 0 <= box.top <= box.bottom <= planned.size.height, box
    assert min(word.size for word in words) >= (11.0 if planned.size.wall else 7.5) - 0.01
    for item in (item for strip in layout.strips for item in strip.items if not item.set.number):
        own = [
            word for word in words if word.owner == f"event:{item.entry.key}" and word.text != item.set.day
        ]
        sizes = {word.size for word in own if any(word.text in line for line in item.set.lines)}
        assert max(sizes) >= (14.0 if planned.size.wall else 9.0) - 0.01
    kinds = ("event", "era", "lane", "inset")
    labels = [box for box in list_extents(planned.marks) if box.owner.startswith(kinds)]
    assert meetings(labels) == []


def meetings(boxes: list[Extent]) -> list[tuple[str, str]]:
    """Return the pairs of boxes that overlap, ascenders and descenders left out."""
    found = []
    for one, other in itertools.combinations(sorted(boxes, key=lambda b: b.left), 2):
        if other.left >= one.right:
            continue
        high = min(one.bottom, other.bottom) - max(one.top, other.top)
        if high > 900 and one.owner != other.owner:
            found.append((one.owner, other.owner))
    return found


@pytest.mark.parametrize(("count", "seed", "size"), CROWDS)
def test_a_crowded_history_fits_and_nothing_meets(count: int, seed: int, size: str) -> None:
    sound(poster(seeded(count, seed), poster_size=size))


@pytest.mark.parametrize(("count", "seed", "size"), CROWDS)
def test_a_crowded_history_fits_on_an_upright_sheet(count: int, seed: int, size: str) -> None:
    sound(poster(seeded(count, seed), poster_size=size, portrait=True))


@pytest.mark.parametrize(("size", "lang", "portrait"), COURSES)
def test_antiquity_fits_on_every_sheet_in_both_languages(size: str, lang: str, portrait: bool) -> None:
    sound(poster(sample("athens.yaml"), lang, poster_size=size, portrait=portrait))


@pytest.mark.parametrize(("size", "lang", "portrait"), COURSES)
def test_the_shipped_course_fits_on_every_sheet(size: str, lang: str, portrait: bool) -> None:
    planned = poster(shipped(), lang, poster_size=size, portrait=portrait)
    sound(planned)
    if size in ("a0", "a1", "a2"):
        assert planned.layout.key == (), "told in words"


def test_on_an_upright_sheet_time_runs_down_and_the_lanes_are_columns() -> None:
    planned = poster(seeded(50, 2), portrait=True)
    words = [mark for mark in planned.marks if isinstance(mark, PosterWords)]
    years = [w for w in words if re.fullmatch("1[78][0-9]{2}", w.text) and w.weight == "bold"]
    left = [w for w in years if w.x == min(y.x for y in years)]
    assert [int(w.text) for w in sorted(left, key=lambda w: w.y)] == sorted(int(w.text) for w in left)
    assert len(left) > 5
    names = {w.owner: w.x for w in reversed(words) if w.owner.startswith("lane:")}
    assert list(planned.lines) == sorted(planned.lines)
    assert all(
        x > line for x, line in zip((names[f"lane:{i}"] for i in range(5)), planned.lines, strict=True)
    )
    for strip, line in zip(planned.layout.lanes, planned.lines, strict=True):
        squares = {(s.points[0][0] + s.points[2][0], s.points[0][1] + s.points[2][1]) for s in solid(planned)}
        for item in strip.items:
            if item.entry.importance == 3 and not item.track:
                assert any(abs(x - 2 * line) <= 2 and abs(y - 2 * item.at) <= 2 for x, y in squares)
    assert not any(w.turned for w in words), "words stay level"


def solid(planned: Poster) -> list[PosterShape]:
    return [
        mark
        for mark in planned.marks
        if isinstance(mark, PosterShape) and mark.fill and len(mark.points) == 4
    ]


def test_from_one_age_to_the_next_there_is_no_year_nought() -> None:
    for portrait in (False, True):
        planned = poster(seeded(40, 6, first=-60, years=120), portrait=portrait)
        sound(planned)
        axis = [
            w.text for w in planned.marks if isinstance(w, PosterWords) and w.weight == "bold" and not w.owner
        ]
        assert "0" not in axis
        assert any(text.endswith("BC") for text in axis)
        assert {"AD\u00a01", "1"} & set(axis)


def test_years_before_christ_are_read_as_such_and_stand_in_order() -> None:
    planned = poster(sample("athens.yaml"), "en")
    words = [mark for mark in planned.marks if isinstance(mark, PosterWords)]
    years = [w for w in words if w.text.endswith("BC") and w.weight == "bold"]
    upper = [w for w in years if w.y == years[0].y]
    read = [int(w.text.split()[0]) for w in sorted(upper, key=lambda w: w.x)]
    assert read == sorted(read, reverse=True)
    assert len(read) > 5


def test_events_of_a_lane_read_in_the_order_of_their_dates() -> None:
    for strip in poster(seeded(100, 1)).layout.lanes:
        leaders = [(item.at, item.placed.leader) for item in strip.items]
        assert leaders == sorted(leaders)
        firsts = [item.entry.first for item in strip.items if not item.entry.date.interval]
        assert firsts == sorted(firsts)


def test_one_change_of_a_date_moves_one_marker() -> None:
    outline = seeded(50, 3)
    before = poster(outline)
    moved = before.layout.lanes[1].items[2].entry
    number = moved.first + 40
    (i, j), *_ = (
        (i, j)
        for i, section in enumerate(outline.sections)
        for j, event in enumerate(section.events)
        if event.id == moved.key
    )
    year = next(y for y in range(1690, 1810) if compute_day_number(y + 1, 1, 1) > number)
    date = parse_date(f"{year:04d}-{1 + (number - compute_day_number(year, 1, 1)) // 31:02d}-11")
    events = list(outline.sections[i].events)
    events[j] = events[j].model_copy(update={"date": date})
    sections = list(outline.sections)
    sections[i] = sections[i].model_copy(update={"events": tuple(events)})
    after = poster(outline.model_copy(update={"sections": tuple(sections)}))
    assert places(before).keys() == places(after).keys()
    changed = {key for key, at in places(before).items() if places(after)[key] != at}
    assert changed == {moved.key}


def places(planned: Poster) -> dict[str, int]:
    layout = planned.layout
    placed = layout.strips
    return {item.entry.key: item.at for strip in placed for item in strip.items}


def test_a_dense_year_is_pulled_out_into_an_inset() -> None:
    outline = seeded(100, 0)
    planned = poster(outline)
    (inset,) = planned.layout.insets
    assert inset.last - inset.first < 19 * 31
    assert len(inset.strip.items) >= 15
    crowd = [e for e in planned.course.entries if inset.first <= e.first and e.last <= inset.last]
    assert {item.entry.key for item in inset.strip.items} == {e.key for e in crowd}


def test_what_finds_no_room_is_numbered_and_told_in_the_key() -> None:
    planned = poster(seeded(200, 0), poster_size="a2")
    key = planned.layout.key
    assert key
    assert [item.number for item in key] == list(range(1, len(key) + 1))
    words = [mark for mark in planned.marks if isinstance(mark, PosterWords)]
    for item in key:
        own = {w.text for w in words if w.owner == f"event:{item.entry.key}"}
        assert {str(item.number), item.entry.day, item.entry.label} <= own


@pytest.mark.parametrize("portrait", [[], ["--portrait"]])
def test_a_sheet_that_is_too_small_is_told_with_the_years_that_are_too_full(
    portrait: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outline = tmp_path / "crowd.yaml"
    outline.write_text(json.dumps(written(400, 2)), encoding="utf-8")
    folder = tmp_path / "output"
    arguments = ["build", "poster", "--size", "tabloid", "--lang", "en", *portrait]
    assert main([*arguments, "--outline", str(outline), "--output", str(folder)]) == 1
    told = capsys.readouterr().err
    year = Counter(
        compute_civil_date(e.date.first)[0] for s in seeded(400, 2).sections for e in s.events
    ).most_common(1)
    assert f"the events of {year[0][0]} do not fit" in told
    assert "--size" in told
    assert f"{outline}:" in told
    assert not list(folder.rglob("*.pdf"))


def test_a_larger_sheet_has_larger_type() -> None:
    outline = seeded(50, 1)
    scales = [poster(outline, poster_size=size).layout.scale for size in ("a3", "a2", "a0")]
    assert scales == sorted(scales)
    assert scales[0] < scales[1] < scales[2]


@pytest.mark.parametrize("portrait", [False, True])
def test_descriptions_are_told_where_there_is_room(portrait: bool) -> None:
    sparse = poster(seeded(25, 1), portrait=portrait)
    assert len(sparse.layout.described) >= 8
    crowded = poster(seeded(100, 1), poster_size="a1", portrait=portrait)
    entries = {e.key: e for e in crowded.course.entries}
    told = [entries[key].importance for key in crowded.layout.described]
    assert 0 < len(told) < len(entries)
    words: dict[str, str] = {}
    for w in (mark for mark in crowded.marks if isinstance(mark, PosterWords)):
        words[w.owner] = f"{words.get(w.owner, '')} {w.text}"
    for key in crowded.layout.described:
        assert entries[key].description in words[f"event:{key}"]
    for key in entries.keys() - crowded.layout.described:
        assert entries[key].description not in words[f"event:{key}"]


def test_two_dense_years_have_two_insets_side_by_side() -> None:
    first, second = seeded(100, 1, years=50), seeded(100, 2, first=1760, years=50)
    sections = [
        section.model_copy(
            update={
                "events": tuple(e.model_copy(update={"id": f"{e.id}-{which}"}) for e in section.events),
                "id": f"{section.id}-{which}",
            }
        )
        for which, outline in (("one", first), ("two", second))
        for section in outline.sections
    ]
    both = first.model_copy(update={"sections": tuple(sections)})
    for portrait in (False, True):
        planned = poster(both, poster_size="a1", portrait=portrait)
        sound(planned)
        insets = planned.layout.insets
        assert len(insets) == 2
        assert insets[0].end < insets[1].start
        assert insets[0].last < insets[1].first


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("size", ["a2", "a3", "tabloid"])
def test_no_label_is_cut_without_standing_whole_on_a_sheet(size: str, paper: str) -> None:
    planned = poster(seeded(50, 2), poster_size=size)
    boxes = [box for box in list_extents(planned.marks) if box.owner.startswith("event")]
    tiles = make_tiling(planned.size.width, planned.size.height, list_extents(planned.marks), paper)
    for box in boxes:
        assert any(
            tile.left <= box.left < box.right <= tile.right
            and tile.top <= box.top < box.bottom <= tile.bottom
            for tile in tiles.tiles
        ), box


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_sheets_cover_the_poster_and_overlap(paper: str) -> None:
    tiles = make_tiling(594 * UM_PER_MM, 420 * UM_PER_MM, (), paper)
    assert {tiles.width, tiles.height} == set(PAPER_SIZES[paper])
    for tile in tiles.tiles:
        right = next((t for t in tiles.tiles if (t.column, t.row) == (tile.column + 1, tile.row)), None)
        below = next((t for t in tiles.tiles if (t.column, t.row) == (tile.column, tile.row + 1)), None)
        assert (tile.cut_right, tile.cut_bottom) == (
            right.left if right else 594 * UM_PER_MM,
            below.top if below else 420 * UM_PER_MM,
        )
        assert tile.right - tile.left <= tiles.width - 20 * UM_PER_MM
        if right:
            assert tile.right - right.left >= 10 * UM_PER_MM
        if below:
            assert tile.bottom - below.top >= 10 * UM_PER_MM
    if paper == "a4":
        assert [tile.name for tile in tiles.tiles] == ["A1", "B1", "C1", "D1", "A2", "B2", "C2", "D2"]


def test_the_title_is_read_from_afar() -> None:
    for lang in ("es", "en"):
        planned = poster(sample("athens.yaml"), lang)
        title = [w for w in planned.marks if isinstance(w, PosterWords) and w.owner == "title"]
        assert all(word.size >= 72 for word in title)


def test_the_same_outline_gives_the_same_plan() -> None:
    outline = seeded(50, 4)
    assert poster(outline).marks == poster(outline).marks


def test_labels_half_as_long_again_still_fit() -> None:
    outline = seeded(50, 5)

    def longer(event: Event) -> Event:
        label = {tag: f"{text} {text[: len(text) // 2]}" for tag, text in event.label.items()}
        return event.model_copy(update={"label": label})

    sections = tuple(
        section.model_copy(update={"events": tuple(map(longer, section.events))})
        for section in outline.sections
    )
    sound(poster(outline.model_copy(update={"sections": sections})))


def test_an_outline_without_events_still_has_its_eras() -> None:
    outline = seeded(25, 1)
    bare = tuple(section.model_copy(update={"events": ()}) for section in outline.sections)
    planned = poster(outline.model_copy(update={"sections": bare}))
    owners = {mark.owner for mark in planned.marks if isinstance(mark, PosterWords)}
    assert {f"era:{i}" for i in range(5)} <= owners
    assert len(planned.layout.lanes) == len(outline.lanes)


@pytest.mark.parametrize(
    ("per_year", "told"), [(10_000, "1 year = 10 mm"), (20_000, "1 year = 20 mm"), (5_300, "1 year = 5.3 mm")]
)
def test_a_round_scale_is_printed_as_a_plain_number(per_year: int, told: str) -> None:
    first = compute_day_number(1801, 1, 1)
    scale = Scale(first, compute_day_number(2201, 1, 1) - 1, 0, 400 * per_year)
    said = write_scale(make_poster_content(seeded(25, 1), "en"), scale)
    assert said.replace("\xa0", " ") == told
