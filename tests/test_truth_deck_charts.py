"""The deck's charts are the outline's numbers: in the chart, in its workbook, in its labels."""

from itertools import pairwise

import pytest

from tests.chart_reading import read_cells, stack_extents
from tests.charts_given import HUES, pair_charts, read_ends, read_values, split_rows
from tests.deck_reading import Template
from tests.outline_facts import find_span, plain_text
from tests.test_deck_template import plain

DECKS: list[tuple[str, str, Template | None]] = [
    ("athens", "en", None),
    ("longitude", "en", None),
    ("longitude", "es", None),
    ("longitude", "en", plain),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "template"), DECKS, ids=[f"{n}-{lang}{'-template' if t else ''}" for n, lang, t in DECKS]
)
MOST_SLICES = 4
UNKNOWN = {"en": "no figure", "es": "sin datos"}


@each_deck
def test_a_charts_values_are_the_outlines_row_by_row(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one, rows in split_rows(chart, shown):
            if chart["kind"] != "line":
                assert [str(head) for head in one.heads] == [plain_text(row["head"], lang) for row in rows]
            if chart["kind"] == "range":
                due = [tuple(map(float, row["cells"][0])) for row in rows]
                assert [stack_extents(one, i) for i in range(len(rows))] == due
                continue
            assert len(one.series) == len(rows[0]["cells"])
            for column, series in enumerate(one.series):
                assert list(series.values.cached) == [read_values(row)[column] for row in rows]
                if "columns" in chart:
                    assert series.name.cached == (plain_text(chart["columns"][column], lang),)


@each_deck
def test_a_chart_is_of_the_kind_that_the_outline_asks_for(
    name: str, lang: str, template: Template | None
) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one in shown:
            kind = chart["kind"]
            small = len(chart["rows"]) <= MOST_SLICES
            if kind == "share" and small and template is None:
                assert one.kind == "pie"
            elif kind == "line":
                assert one.kind == "scatter"
            elif kind != "share":
                assert (one.kind, one.lying, one.stacked) == ("bar", True, kind == "range")


@each_deck
def test_a_workbook_holds_what_its_chart_remembers(name: str, lang: str, template: Template | None) -> None:
    for _, _, shown in pair_charts(name, lang, template):
        for one in shown:
            for series in one.series:
                for part in (series.name, series.heads, series.at, series.values):
                    if part:
                        assert read_cells(one, part.cells) == pytest.approx(part.cached), part.cells


@each_deck
def test_a_workbook_holds_the_outlines_own_numbers(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one, rows in split_rows(chart, shown):
            if chart["kind"] == "range":
                due = [tuple(map(float, row["cells"][0])) for row in rows]
                got = [
                    tuple(one.workbook[f"{column}{i}"] for column in "BC") for i in range(2, len(rows) + 2)
                ]
                assert got == due


@each_deck
def test_bars_begin_at_zero(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one, rows in split_rows(chart, shown):
            if one.kind != "bar":
                continue
            assert one.measure and one.categories
            assert not one.measure.reversed
            assert not one.measure.logarithmic
            assert one.categories.reversed, "the first row stands on top"
            flat = [float(end) for row in rows for cell in row["cells"] for end in read_ends(cell)]
            low, high = one.measure.low, one.measure.high
            assert low is not None and high is not None
            assert low <= min(0.0, *flat)
            assert high >= max(0.0, *flat)
            if min(flat) >= 0:
                assert low == 0


@each_deck
def test_the_bars_of_a_chart_that_goes_on_have_one_scale(
    name: str, lang: str, template: Template | None
) -> None:
    several = [shown for _, _, shown in pair_charts(name, lang, template) if len(shown) > 1]
    assert several or name == "athens"
    for shown in several:
        assert len({one.measure and (one.measure.low, one.measure.high) for one in shown}) == 1


@each_deck
def test_what_is_emphasised_is_solid_and_nothing_else(
    name: str, lang: str, template: Template | None
) -> None:
    found = 0
    for index, chart, shown in pair_charts(name, lang, template):
        if not any("emphasis" in row for row in chart["rows"]) or chart["kind"] == "line":
            continue
        for one, rows in split_rows(chart, shown):
            visible = next(series for series in one.series if series.fill or series.points)
            fills = [visible.fill_at(i) for i in range(len(rows))]
            loud = {fill for fill, row in zip(fills, rows, strict=True) if row.get("emphasis") == "true"}
            quiet = {fill for fill, row in zip(fills, rows, strict=True) if row.get("emphasis") != "true"}
            found += len(loud)
            assert not loud & quiet
            assert all(fill and (fill.pattern or fill.colour != HUES[index]) for fill in quiet)
            if template is None:
                assert all(fill and (fill.colour, fill.pattern) == (HUES[index], "") for fill in loud)
    assert found


LABELS: dict[str, list[list[str]]] = {
    "en": [
        ["−12.5 s", "4 s", "25 s"],
        ["Offered: 10,000", "15,000", "20,000"],
        ["Paid: 2,500", "18,750.5"],
        ["20–120 miles", "30–60 miles", "10–15.5 miles"],
        ["−30 to 50", "−20 to −5", "5–10"],
    ],
    "es": [
        ["−12,5 s", "4 s", "25 s"],
        ["Ofrecido: 10 000", "15 000", "20 000"],
        ["Pagado: 2500", "18 750,5"],
        ["20–120 millas", "30–60 millas", "10–15,5 millas"],
        ["−30 a 50", "−20 a −5", "5–10"],
    ],
}


@pytest.mark.parametrize("lang", LABELS)
def test_labels_are_written_as_the_languages_readers_write_numbers(lang: str) -> None:
    labels = [
        [" ".join(label.split()) for _, label in sorted(series.labels.items())]
        for _, _, shown in pair_charts("longitude", lang)
        for one in shown
        for series in one.series
    ]
    for due in LABELS[lang]:
        assert any([one for one in got if one in due] == due for got in labels), due


@each_deck
def test_a_label_tells_the_value_of_its_own_mark(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one, rows in split_rows(chart, shown):
            for column, series in enumerate(one.series):
                for i, label in series.labels.items():
                    cell = rows[i]["cells"][0 if chart["kind"] == "range" else column]
                    told = label.rsplit("\n", 1)[-1].rsplit(": ", 1)[-1]
                    if cell == "":
                        assert told == UNKNOWN[lang]
                        continue
                    digits = ["".join(filter(str.isdigit, end)) for end in read_ends(cell)]
                    assert "".join(filter(str.isdigit, told)) == "".join(digits)
                    if one.kind == "pie":
                        assert "".join(label.split("\n")[:-1]) == str(one.heads[i])


@each_deck
def test_every_value_of_a_bar_a_share_or_a_range_has_its_label(
    name: str, lang: str, template: Template | None
) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one, rows in split_rows(chart, shown):
            known = sum(cell != "" for row in rows for cell in row["cells"])
            labels = [label for series in one.series for label in series.labels.values()]
            assert len([label for label in labels if UNKNOWN[lang] not in label]) == known


@each_deck
def test_a_lines_points_stand_at_their_dates(name: str, lang: str, template: Template | None) -> None:
    lines = [entry for entry in pair_charts(name, lang, template) if entry[1]["kind"] == "line"]
    assert lines
    for _, chart, (one,) in lines:
        (at,) = {series.at.cached for series in one.series if series.at}
        days = [sum(find_span(row["head"])) / 2 for row in chart["rows"]]
        years = [float(str(value)) for value in at]
        for (x0, x1), (d0, d1) in zip(pairwise(years), pairwise(days), strict=True):
            assert x1 - x0 == pytest.approx((d1 - d0) / 365.2425, abs=0.01)
        assert one.categories and one.categories.low is not None and one.categories.high is not None
        assert one.categories.low <= min(years) < max(years) <= one.categories.high
        assert not one.categories.reversed
        assert one.measure and one.measure.low == 0 and not one.measure.reversed
        for x, row in zip(years, chart["rows"], strict=True):
            year = int(row["head"][:5]) if row["head"].startswith("-") else int(row["head"][:4])
            # before Christ the axis counts as readers do: -476 is 477 BC, between its marks 477 and 476
            shown = year - 1 if year < 1 else year
            assert shown <= x < shown + 1
        before = {"en": "BC", "es": "a. C."}[lang]
        assert (before in one.categories.format.replace("\xa0", " ")) == (min(years) < 0)


@each_deck
def test_alt_text_tells_the_finding_and_every_number(name: str, lang: str, template: Template | None) -> None:
    for _, chart, shown in pair_charts(name, lang, template):
        for one in shown:
            assert plain_text(chart["title"], lang) in one.shape.alt
            assert plain_text(chart["measure"], lang) in one.shape.alt
            labels = [
                label.rsplit("\n", 1)[-1].rsplit(": ", 1)[-1]
                for other in shown
                for series in other.series
                for label in series.labels.values()
            ]
            told = one.shape.alt.replace("\xa0", " ")
            assert all(" ".join(label.split()) in told for label in labels)
            if chart["kind"] != "line":
                assert all(f"{plain_text(row['head'], lang)}: " in told for row in chart["rows"])


@pytest.mark.parametrize(("name", "lang"), [("athens", "en"), ("longitude", "en"), ("longitude", "es")])
def test_a_chart_prints_its_measure_and_its_source(name: str, lang: str) -> None:
    authors = {"kagan2003": "Kagan 2003", "gould1923": "Gould 1923"}
    for _, chart, shown in pair_charts(name, lang):
        for one in shown:
            assert plain_text(chart["measure"], lang) in one.slide.words
            if "source" in chart:
                key = chart["source"].removeprefix("@").split(",")[0]
                assert authors[key] in one.slide.words
