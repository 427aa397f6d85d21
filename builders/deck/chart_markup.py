"""A chart's XML: native, editable, labelled at the mark, its numbers in a workbook.

Bars lie; a line's points stand at their dates (a scatter chart: dates before 1900 have no serial number);
ranges are floating bars; shares of a whole are slices. No legend: a series is named at its first or last
mark.
"""

from collections.abc import Sequence

from builders.deck.chart_parts import (
    AXIS_SIZE,
    Hand,
    Side,
    categories,
    category_axis,
    hidden_axis,
    measure_axis,
    name,
    nice,
    numbers,
    time_axis,
    years_shown,
)
from builders.deck.charts import WIDEST_HEADS
from builders.deck.inks import Inks
from builders.deck.label_sides import Spot, sides
from builders.deck.lines import broken, natural_width
from builders.deck.slides import Chart, Paragraph, Run, Series
from builders.deck.workbooks import (
    ROOM,
    drawing_columns,
    first_column,
    label_room,
    range_ends,
    reaches_below_zero,
    years_as_read,
)
from builders.deck.xml import HEAD, MAIN

THICKEST_BAR = 34.0  # pt
PIE = 0.6  # of the chart's height
_FURTHER: tuple[tuple[str, str | None], ...] = (  # fills that are told apart in grey, whoever draws patterns
    ("white", None), ("hue", "diagonal"), ("tint", None), ("hue", "dots"), ("hue", "grid"),
)  # fmt: skip
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:a="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_NOTHING = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"


def chart_xml(chart: Chart, inks: Inks, lang: str, before: str, factor: float = 1.0) -> str:
    """Return the chart part; its workbook is the relationship rId1.

    `before` writes a year BC ('{year} BC'); sizes are written `factor` times as large as planned.
    """
    hand = Hand(inks, lang, chart.size * factor, min(AXIS_SIZE, chart.size * factor))
    if chart.kind == "line":
        plot = _line(chart, hand, before)
    else:
        plot = {"bar": _bars, "range": _ranges, "share": _shares}[chart.kind](chart, hand)
    return (
        f'{HEAD}<c:chartSpace {_SPACES}><c:date1904 val="0"/><c:lang val="{lang}"/>'
        '<c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_place(chart)}{plot}{_NOTHING}</c:plotArea>'
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>{_NOTHING}{hand.text("ink")}'
        f'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(chart: Chart, hand: Hand) -> str:
    told = [_named(chart, number) for number in range(len(chart.series))]
    whole = chart.whole or chart
    series = "".join(
        _bar_series(
            chart, hand, number, one, number + 1, _bar_look(chart, hand, number), told[number], "outEnd"
        )
        for number, one in enumerate(chart.series)
    )
    values = [
        (value, label)
        for number, one in enumerate(whole.series)
        for value, label in zip(one.values, _named(whole, number), strict=True)
        if value is not None
    ]
    room = chart.frame.w * (0.99 - _left(chart))
    most = max((_reach(value, label, room, chart.size) for value, label in values), default=1.0)
    least = min(
        (-_reach(-value, label, room, chart.size) for value, label in values if value < 0), default=0.0
    )
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_gap(chart, len(chart.series))}"/><c:axId val="111"/><c:axId val="112"/>'
        "</c:barChart>"
        f"{category_axis(hand)}{hidden_axis(least, max(most, 0.0) or 1.0)}"
    )


def _ranges(chart: Chart, hand: Hand) -> str:
    none, labels = ("",) * len(chart.heads), chart.series[1].labels
    columns = drawing_columns(chart)
    drawn = [(Series(one.name, one.values, labels), 3 + i, one.seen) for i, one in enumerate(columns)]
    if not reaches_below_zero(chart):
        drawn = [(chart.series[0], 1, False), *drawn]
    room = Series(ROOM, tuple(label_room(chart)), labels)
    series = "".join(
        _bar_series(
            chart, hand, i, one, column, _bar_look(chart, hand, 0) if seen else [_NOTHING], none, "ctr"
        )
        for i, (one, column, seen) in enumerate(drawn)
    ) + _bar_series(chart, hand, len(drawn), room, 3 + len(columns), [_NOTHING], labels, "inBase")
    least, most = range_ends(chart)
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_gap(chart, 1)}"/><c:overlap val="100"/><c:axId val="111"/><c:axId val="112"/>'
        "</c:barChart>"
        f"{category_axis(hand)}{hidden_axis(least, most + label_room(chart)[0])}"
    )


def _shares(chart: Chart, hand: Hand) -> str:
    one = chart.series[0]
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr>{_slice_fill(chart, hand, i)}'
        f"{hand.inks.line('hue', 1.5)}</c:spPr></c:dPt>"
        for i in range(len(chart.heads))
    )
    room = (chart.frame.w - chart.frame.h * PIE) / 2 - 24
    told = [
        f"{_folded(head, chart.size, room)}\n{label}"
        for head, label in zip(chart.heads, one.labels, strict=True)
    ]
    labels = hand.labels(told, ["outEnd"] * len(told))
    return (
        '<c:pieChart><c:varyColors val="1"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f"{name(one, 1)}{points}{labels}"
        f'{categories(chart)}{numbers("val", one.values, 1)}</c:ser><c:firstSliceAng val="0"/></c:pieChart>'
    )


def _line(chart: Chart, hand: Hand, before: str) -> str:
    xs = years_as_read(chart)
    first, last, step = years_shown(xs)
    known = [value for one in chart.series for value in one.values if value is not None] or [0.0, 1.0]
    low, top, half = nice(min(known), max(known))
    width, high = chart.frame.w * 0.9, chart.frame.h * 0.84  # of the plot, about

    def spot(x: float, value: float | None, label: str) -> Spot:
        up = (value or 0.0) - low
        return Spot((x - first) / (last - first) * width, up / (top - low) * high, _wide(label, chart.size))

    series = ""
    for number, one in enumerate(chart.series):
        texts = _line_labels(chart, number)
        spots = [spot(x, value, text) for x, value, text in zip(xs, one.values, texts, strict=True)]
        where = sides(spots, chart.size, width, high)
        lifts = [_lift(spot, side, chart) for spot, side in zip(spots, where, strict=True)]
        series += _line_series(chart, hand, number, xs, hand.labels(texts, where, _line_tint(number), lifts))
    pattern = "0;" + f'"{before}"'.replace("{year}", '"0"').replace('""', "") if min(xs) < 0 else "0"
    return (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{series}<c:axId val="111"/>'
        f'<c:axId val="112"/></c:scatterChart>{time_axis(hand, first, last, step, pattern)}'
        f"{measure_axis(hand, low, top, half)}"
    )


def _line_tint(number: int) -> str:
    return "hue" if number == 0 else "ink2"


def _lift(spot: Spot, side: Side, chart: Chart) -> float:
    """Return by how much of the chart's height a label beside its point is raised, clear of the axis."""
    clear = chart.size * 0.75
    return (clear - spot.y) / chart.frame.h if side in "lr" and spot.y < clear else 0.0


def _line_labels(chart: Chart, number: int) -> list[str]:
    """Return a line's labels; of several lines, the last label names the line."""
    one = chart.series[number]
    texts = ["" if value is None else label for value, label in zip(one.values, one.labels, strict=True)]
    if len(chart.series) > 1:
        texts[-1] = f"{one.name}: {texts[-1]}"
    return texts


def _line_series(chart: Chart, hand: Hand, number: int, xs: Sequence[float], labels: str) -> str:
    one, column = chart.series[number], number + first_column(chart)
    tint = _line_tint(number)
    dash = '<a:prstDash val="dash"/>' if number else ""
    symbol = ("square", "circle", "diamond", "triangle")[number % 4]
    fill = hand.inks.fill(tint)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{name(one, column)}<c:spPr>'
        '<a:ln w="38100" cap="sq">'
        f'{fill}{dash}<a:miter lim="800000"/></a:ln></c:spPr><c:marker><c:symbol val="{symbol}"/>'
        '<c:size val="9"/>'
        f"<c:spPr>{fill}{hand.inks.line('white', 1)}</c:spPr></c:marker>{labels}"
        f'{numbers("xVal", xs, 1)}{numbers("yVal", one.values, column)}<c:smooth val="0"/></c:ser>'
    )


def _bar_series(
    chart: Chart,
    hand: Hand,
    number: int,
    one: Series,
    column: int,
    look: Sequence[str],
    texts: Sequence[str],
    side: Side,
) -> str:
    told = hand.labels(texts, [side] * len(texts)) if any(texts) else ""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{name(one, column)}{look[0]}'
        f'<c:invertIfNegative val="0"/>{"".join(look[1:])}{told}{categories(chart)}'
        f"{numbers('val', one.values, column)}</c:ser>"
    )


def _bar_look(chart: Chart, hand: Hand, number: int) -> list[str]:
    """Return a series' look, then that of single bars: emphasised ones are solid, further series
    patterned."""
    outline = hand.inks.line("hue", 1)
    solid = f"<c:spPr>{hand.inks.fill('hue')}{outline}</c:spPr>"
    light = f"<c:spPr>{hand.inks.fill('white')}{outline}</c:spPr>"
    if len(chart.series) > 1 and chart.kind == "bar":
        looks = [solid, *(f"<c:spPr>{hand.inks.fill(*fill)}{outline}</c:spPr>" for fill in _FURTHER)]
        return [looks[number % len(looks)]]
    if not (chart.whole or chart).emphasis:
        return [solid]
    return [
        light,
        *(f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{solid}</c:dPt>'
          for i in chart.emphasis),
    ]  # fmt: skip


def _slice_fill(chart: Chart, hand: Hand, index: int) -> str:
    """Return a slice's fill: the emphasised (or first) solid, then white, patterned, tinted."""
    loud = set(chart.emphasis) or {0}
    if index in loud:
        return hand.inks.fill("hue")
    place = [i for i in range(len(chart.heads)) if i not in loud].index(index)
    return hand.inks.fill(*_FURTHER[place % len(_FURTHER)])


def _named(chart: Chart, number: int) -> list[str]:
    """Return a series' labels; of several series, the first label names the series."""
    one = chart.series[number]
    if len(chart.series) == 1:
        return list(one.labels)
    return [f"{one.name}: {label}" if i == 0 else label for i, label in enumerate(one.labels)]


def _wide(text: str, size: float) -> float:
    return natural_width(Paragraph((Run(text, bold=True),)), size)


def _reach(value: float, label: str, room: float, size: float) -> float:
    """Return how far an axis must reach, in the chart's unit, for a bar and the label at its end."""
    return value * room / max(room - _wide(label, size) - 10, room * 0.2)


def _left(chart: Chart) -> float:
    heads = (chart.whole or chart).heads
    longest = max((natural_width(Paragraph((Run(head),)), chart.size) for head in heads), default=0.0)
    return min(WIDEST_HEADS, (longest + 10) / chart.frame.w)


def _gap(chart: Chart, bars: int) -> int:
    """Return the gap between categories, in per cent of a bar, so that bars are not thicker than they
    should be."""
    band = chart.frame.h * 0.97 / max(1, len(chart.heads))
    return max(45, min(500, round((band / THICKEST_BAR - bars) * 100)))


def _folded(text: str, size: float, room: float) -> str:
    """Return a text broken into lines of at most `room` points."""
    lines = broken(Paragraph((Run(text, bold=True),)), size, max(room, 60))
    return "\n".join(text[line.start : line.end] for line in lines)


def _place(chart: Chart) -> str:
    """Return the plot's place: category names get what they need, a pie leaves room for its labels."""
    if chart.kind == "line":
        return "<c:layout/>"
    if chart.kind == "share":
        width = chart.frame.h * PIE / chart.frame.w
        return _manual((1 - width) / 2, (1 - PIE) / 2, width, PIE)
    left = _left(chart)
    return _manual(left, 0.01, 0.99 - left, 0.97)


def _manual(x: float, y: float, w: float, h: float) -> str:
    return (
        f'<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/><c:w val="{w:.4f}"/><c:h val="{h:.4f}"/></c:manualLayout>'
        "</c:layout>"
    )
