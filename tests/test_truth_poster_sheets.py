"""The sheets are the poster: each shows its part of it, names its neighbours, and lies where the map says."""

import re
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image, ImageChops

from tests.poster_building import facts_of, sheets_of
from tests.poster_comparing import Key, case, reading
from tests.poster_reading import Box, count_pages, read_page, render_part
from tests.poster_tags import read_elements
from tests.sheet_reading import Sheet, find_arrows, find_cells, find_rule, glue_lines, read_sheet

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
CASES = [
    case("athens"),
    case("athens", "es", paper="letter"),
    case("lighthouses", portrait=True),
    case("lighthouses", poster_size="a0"),
    case("lighthouses", "es", poster_size="tabloid", paper="letter", portrait=True),
    case("crowd", paper="letter"),
    case("shipped", "es", poster_size="a3"),
    case("athens", grey=True),
]


@cache
def sheets(key: Key) -> list[Sheet]:
    data = sheets_of(key[0], key[1], **dict(key[2]))
    found = [read_sheet(read_page(data, i)) for i in range(1, count_pages(data))]
    # at the poster's edge no line shows how far a flap goes: as far as the others of its row or column
    return [
        replace(
            one,
            right=max(s.right for s in found if s.place[0] == one.place[0]),
            bottom=max(s.bottom for s in found if s.place[1] == one.place[1]),
        )
        for one in found
    ]


def grid(key: Key) -> dict[tuple[int, int], Sheet]:
    return {sheet.place: sheet for sheet in sheets(key)}


def origins(key: Key) -> dict[str, tuple[float, float]]:
    """Return where each sheet begins on the poster, if the sheets before it are cut and put side by side."""
    placed = grid(key)
    found = {}
    for (column, row), sheet in placed.items():
        left = sum(placed[c, row].cut_right - placed[c, row].left for c in range(column))
        top = sum(placed[column, r].cut_bottom - placed[column, r].top for r in range(row))
        found[sheet.name] = (left, top)
    return found


@pytest.mark.parametrize("key", CASES)
def test_sheets_are_named_by_column_and_row_and_cut_and_joined_they_are_as_large_as_the_poster(
    key: Key,
) -> None:
    placed, starts = grid(key), origins(key)
    columns, rows = (max(place[i] for place in placed) + 1 for i in (0, 1))
    assert len(placed) == len(sheets(key)) == columns * rows
    assert [s.place for s in sheets(key)] == [(c, r) for r in range(rows) for c in range(columns)]
    drawn = reading(key).poster.drawn
    for (column, row), sheet in placed.items():
        left, top = starts[sheet.name]
        assert left == pytest.approx(starts[placed[column, 0].name][0], abs=0.02)
        assert top == pytest.approx(starts[placed[0, row].name][1], abs=0.02)
        if column == columns - 1:
            assert left + sheet.cut_right - sheet.left == pytest.approx(drawn.width, abs=0.05)
        if row == rows - 1:
            assert top + sheet.cut_bottom - sheet.top == pytest.approx(drawn.height, abs=0.05)
        paper = dict(key[2]).get("paper", "a4")
        size = sorted((sheet.drawn.width, sheet.drawn.height))
        assert size == pytest.approx(PAPERS[paper], abs=0.01)


@pytest.mark.parametrize("key", CASES)
def test_each_sheet_shows_its_part_of_the_poster_and_nothing_else(key: Key) -> None:
    data, whole = sheets_of(key[0], key[1], **dict(key[2])), reading(key).data
    for number, sheet in enumerate(sheets(key), 1):
        left, top = origins(key)[sheet.name]
        # glue lines are drawn over the poster at the cuts: looked at beside them
        inner = (sheet.left + 1, sheet.top + 1, sheet.cut_right - 1, sheet.cut_bottom - 1)
        assert_equal(data, number, inner, whole, moved(inner, left - sheet.left, top - sheet.top))
        if sheet.right > sheet.cut_right + 2:
            flap = (sheet.cut_right + 1, sheet.top + 1, sheet.right - 0.5, sheet.cut_bottom - 1)
            assert_equal(data, number, flap, whole, moved(flap, left - sheet.left, top - sheet.top))


@pytest.mark.parametrize("key", CASES)
def test_around_its_part_of_the_poster_a_sheet_is_blank(key: Key) -> None:
    data = sheets_of(key[0], key[1], **dict(key[2]))
    for number, sheet in enumerate(sheets(key), 1):
        left, top, right, bottom = sheet.window
        for edge in (
            (left - 1.8, top, left - 0.6, bottom),
            (right + 0.6, top, right + 1.8, bottom),
            (left, top - 1.8, right, top - 0.6),
            (left, bottom + 0.6, right, bottom + 1.8),
        ):
            assert render_part(data, number, edge, 100).convert("L").getextrema()[0] == 255, sheet.name


def moved(box: Box, right: float, down: float) -> Box:
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def assert_equal(data: bytes, number: int, box: Box, whole: bytes, other: Box) -> None:
    """Assert that two parts of pages are painted alike, but for half a pixel that they lie apart."""
    one, two = soften(render_part(data, number, box, 72)), soften(render_part(whole, 0, other, 72))
    two = two.resize(one.size)
    histogram = ImageChops.difference(one, two).histogram()
    assert sum(histogram[100:]) <= 0.002 * sum(histogram) + 1


def soften(image: Image.Image) -> Image.Image:
    wide, high = (max(1, round(side / 3)) for side in image.size)
    return image.convert("L").resize((wide, high), Image.Resampling.BOX)


@pytest.mark.parametrize("key", CASES)
def test_each_word_on_a_sheet_lies_where_it_lies_on_the_poster(key: Key) -> None:
    poster = reading(key).poster.drawn
    seen = set()
    for sheet in sheets(key):
        left, top = origins(key)[sheet.name]
        on_sheet = {(r.text, round(r.size, 1)): [] for r in sheet.drawn.runs}  # type: ignore[var-annotated]
        for run in sheet.drawn.runs:
            on_sheet[run.text, round(run.size, 1)].append((run.left, run.base))
        for run in poster.runs:
            x, y = run.left - left + sheet.left, run.base - top + sheet.top
            whole = (
                sheet.left - 0.05 <= x
                and x + run.right - run.left <= sheet.right + 0.05
                and sheet.top + 2 < y < sheet.bottom
            )
            if whole:
                seen.add(run)
                places = on_sheet.get((run.text, round(run.size, 1)), [])
                assert any(abs(x - u) < 0.06 and abs(y - v) < 0.06 for u, v in places), (sheet.name, run)
    wide = min(sheet.right - sheet.left for sheet in sheets(key))
    torn = [
        run for run in poster.runs if run not in seen and run.right - run.left < wide / 3 and run.size < 18
    ]
    assert not torn


@pytest.mark.parametrize("key", CASES)
def test_arrows_lead_to_the_neighbours_and_to_no_other_sheet(key: Key) -> None:
    placed = grid(key)
    for (column, row), sheet in placed.items():
        due = {
            way: placed[column + way[0], row + way[1]].name
            for way in ((1, 0), (-1, 0), (0, 1), (0, -1))
            if (column + way[0], row + way[1]) in placed
        }
        assert find_arrows(sheet) == due, sheet.name


@pytest.mark.parametrize("key", CASES)
def test_flaps_say_which_sheet_covers_them_and_overlap_by_a_centimetre(key: Key) -> None:
    placed = grid(key)
    words = re.compile(r"(?:flap: glue under sheet|solapa: pegar bajo la hoja) ([A-Z]+\d+)")
    for (column, row), sheet in placed.items():
        right, below = placed.get((column + 1, row)), placed.get((column, row + 1))
        assert glue_lines(sheet) == (right is not None, below is not None)
        told = {(run.turned, found[1]) for run in sheet.drawn.runs if (found := words.fullmatch(run.text))}
        due = {(True, right.name) if right else None, (False, below.name) if below else None} - {None}
        assert told == due, sheet.name
        if right:
            assert sheet.right - sheet.cut_right > 9.99
        if below:
            assert sheet.bottom - sheet.cut_bottom > 9.99


@pytest.mark.parametrize("key", CASES)
def test_a_sheets_head_says_where_it_lies(key: Key) -> None:
    columns, rows = (max(place[i] for place in grid(key)) + 1 for i in (0, 1))
    pattern = {"en": "Sheet {} of {}: column {}, row {}", "es": "Hoja {} de {}: columna {}, fila {}"}[key[1]]
    for number, sheet in enumerate(sheets(key), 1):
        column, row = sheet.place
        letters = re.sub(r"\d", "", sheet.name)
        assert sheet.drawn.find(pattern.format(number, columns * rows, letters, row + 1)), sheet.name
        cells, filled = find_cells(sheet)
        assert cells == {(c, r) for c in range(columns) for r in range(rows)}
        assert filled == {(column, row)}


@pytest.mark.parametrize("key", CASES)
def test_the_rule_on_every_page_is_100_mm_and_has_a_stroke_each_millimetre(key: Key) -> None:
    data = sheets_of(key[0], key[1], **dict(key[2]))
    for number in range(count_pages(data)):
        strokes = find_rule(read_page(data, number))
        assert strokes == pytest.approx([*range(101), 100], abs=0.01)


@pytest.mark.parametrize("key", CASES)
def test_the_assembly_map_shows_each_sheet_in_its_place(key: Key) -> None:
    page = read_page(sheets_of(key[0], key[1], **dict(key[2])), 0)
    poster = reading(key).poster.drawn
    title = max(poster.runs, key=lambda r: r.size)
    thumb = next(r for r in page.runs if r.text == title.text and r.size < title.size)
    scale = thumb.size / title.size
    left, top = thumb.left - title.left * scale, thumb.base - title.base * scale
    assert left > 0 and left + poster.width * scale < page.width
    framed = [
        s
        for s in page.shapes
        if not s.nested and s.stroke and s.closed and len(s.paths[0]) == 4 and not s.fill
    ]
    for sheet in sheets(key):
        x, y = origins(key)[sheet.name]
        due = (
            left + x * scale, top + y * scale,
            left + (x + sheet.cut_right - sheet.left) * scale,
            top + (y + sheet.cut_bottom - sheet.top) * scale,
        )  # fmt: skip
        assert any(frame.box == pytest.approx(due, abs=0.1) for frame in framed), sheet.name
        (name,) = [
            r for r in page.find(sheet.name)
            if due[0] < r.left and r.right < due[2] and due[1] < r.base < due[3]
        ]  # fmt: skip
        assert (name.left + name.right) / 2 == pytest.approx((due[0] + due[2]) / 2, abs=0.2)
        assert len(page.find(sheet.name)) == 1
    assert len(framed) == len(sheets(key))


@pytest.mark.parametrize("key", CASES)
def test_the_map_says_how_large_the_poster_is_and_of_how_many_sheets(key: Key) -> None:
    options = dict(key[2])
    page = read_page(sheets_of(key[0], key[1], **options), 0)
    said = " ".join(run.text for run in page.runs if run.face == "regular")
    size, paper = options.get("poster_size", "a2"), options.get("paper", "a4")
    names = {"tabloid": "Tabloid"}.get(size, size.upper()), {"a4": "A4", "letter": "Letter"}[paper]
    poster = reading(key).poster.drawn
    wide, high = int(poster.width + 0.01), int(poster.height + 0.01)
    pattern = {
        "en": "{}: {} poster ({} × {} mm) on {} sheets of {}",
        "es": "{}: cartel {} ({} × {} mm) en {} hojas {}",
    }[key[1]]
    title = facts_of(key[0], key[1]).title
    assert pattern.format(title, names[0], wide, high, len(sheets(key)), names[1]) in said
    last = max(sheets(key), key=lambda s: s.place).name.rstrip("0123456789")
    steps = {
        "en": ("The {} sheets at 100%", "from A to {}:"),
        "es": ("Las {} hojas al 100 %", "de A a {}:"),
    }
    assert steps[key[1]][0].format(len(sheets(key))) in said
    assert steps[key[1]][1].format(last) in said


@pytest.mark.parametrize("key", CASES)
def test_each_event_is_told_by_the_sheet_on_which_its_label_begins(key: Key) -> None:
    r = reading(key)
    told = alternatives(sheets_of(key[0], key[1], **dict(key[2])))[1:]
    pattern = {"en": "Part {} of the poster. ", "es": "Parte {} del cartel. "}[key[1]]
    for sheet, text in zip(sheets(key), told, strict=True):
        assert text.startswith(pattern.format(sheet.name))
    for event, label, _ in r.placed:
        corner = min(label.date.left, *(run.left for run in label.lines)), label.date.base
        words = f"{event.date.write(r.lang)}: {event.label}"
        for sheet, text in zip(sheets(key), told, strict=True):
            x, y = origins(key)[sheet.name]
            inside = (
                x <= corner[0] < x + sheet.cut_right - sheet.left
                and y <= corner[1] < y + sheet.cut_bottom - sheet.top
            )
            if abs(corner[0] - x) > 8 and abs(corner[1] - y) > 8:
                assert (words in text) == inside, (event.key, sheet.name)
        assert sum(words in text for text in told) == 1


def alternatives(data: bytes) -> list[str]:
    """Return what stands in the place of each figure, page by page."""
    return [element.alt.replace("\u00a0", " ") for element in read_elements(data) if element.tag == "Figure"]
