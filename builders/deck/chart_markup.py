"""A chart's XML (ECMA-376, 21.2) and its workbook: native, editable, labelled at the mark.

Bars lie, a line's points stand at their dates (a scatter chart: dates before 1900 have no serial number), ranges are
floating bars, shares of a whole are slices. The workbook holds the outline's numbers as they are.
"""

import io
from collections.abc import Sequence
from datetime import datetime

from builders.deck.lines import natural_width
from builders.deck.markup import HEAD, PATTERNS, Inks, escaped
from builders.deck.slides import Chart, Paragraph, Run, Series

SHEET = "Sheet1"
BAR_GAP = 60  # per cent of a bar's height between categories
SPARE = 0.18  # of the greatest value, right of the longest bar, for its label
_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EXTRA_PATTERNS = ("dots", "diagonal", "vertical", "horizontal", "grid")


def chart_xml(chart: Chart, inks: Inks, lang: str) -> str:
    """Return the chart part; its workbook is the relationship rId1."""
    plot = {"bar": _bars, "range": _ranges, "line": _line, "share": _shares}[chart.kind](chart, inks, lang)
    legend = ""
    if chart.kind == "bar" and len(chart.series) > 1:
        legend = (f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_text(inks, "ink", chart.size, lang)}</c:legend>')
    return (
        f'{HEAD}<c:chartSpace {_SPACES}><c:date1904 val="0"/><c:lang val="{lang}"/><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{_place(chart)}{plot}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln>'
        f'<a:noFill/></a:ln></c:spPr>{_text(inks, "ink", chart.size, lang)}<c:externalData r:id="rId1">'
        f'<c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def workbook(chart: Chart, moment: datetime) -> bytes:
    """Return the chart's numbers as an .xlsx; a range has low, high, and their difference as a formula."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"created": moment.replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, chart.measure)
    for row, head in enumerate(chart.heads, 1):
        sheet.write_string(row, 0, head)
    first = 1
    if chart.kind == "line":
        sheet.write_string(0, 1, "x")
        for row, at in enumerate(chart.positions, 1):
            sheet.write_number(row, 1, at)
        first = 2
    for column, series in enumerate(chart.series, first):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, value)
    if chart.kind == "range":
        sheet.write_string(0, 3, "–")
        for row, width in enumerate(_widths(chart), 1):
            if width is not None:
                sheet.write_formula(row, 3, f"=C{row + 1}-B{row + 1}", None, width)
    book.close()
    return out.getvalue()


def _bars(chart: Chart, inks: Inks, lang: str) -> str:
    series = "".join(
        _bar_series(chart, inks, lang, number, one, number + 1, _bar_look(chart, inks, number)) for number, one in enumerate(chart.series)
    )
    most = max((value for one in chart.series for value in one.values if value is not None), default=1.0)
    least = min((value for one in chart.series for value in one.values if value is not None), default=0.0)
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{BAR_GAP}"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
        f"{_category_axis(chart, inks, lang)}{_value_axis(min(least, 0) * (1 + SPARE), max(most, 0) * (1 + SPARE) or 1)}"
    )


def _ranges(chart: Chart, inks: Inks, lang: str) -> str:
    low, high = chart.series
    widths = Series("–", tuple(_widths(chart)), high.labels)
    hidden = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    series = (_bar_series(chart, inks, lang, 0, low, 1, [hidden], labels=False)
              + _bar_series(chart, inks, lang, 1, widths, 3, _bar_look(chart, inks, 0), position="inBase", outside=True))
    most = max((value for value in high.values if value is not None), default=1.0)
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{BAR_GAP + 60}"/><c:overlap val="100"/><c:axId val="111"/><c:axId val="112"/></c:barChart>'
        f"{_category_axis(chart, inks, lang)}{_value_axis(0, most * (1 + SPARE * 1.6))}"
    )


def _shares(chart: Chart, inks: Inks, lang: str) -> str:
    one = chart.series[0]
    points = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr>{_slice_fill(chart, inks, i)}{inks.line("hue", 1.5)}</c:spPr></c:dPt>'
        for i in range(len(chart.heads))
    )
    named = tuple(f"{head}: {label}" for head, label in zip(chart.heads, one.labels, strict=True))
    labels = _labels(chart, inks, lang, named, "outEnd")
    return (
        f'<c:pieChart><c:varyColors val="1"/><c:ser><c:idx val="0"/><c:order val="0"/>{_name(one, 1)}{points}{labels}'
        f'{_categories(chart)}{_values(one, 1)}</c:ser><c:firstSliceAng val="0"/></c:pieChart>'
    )


def _line(chart: Chart, inks: Inks, lang: str) -> str:
    rows = len(chart.heads)
    x = "".join(f'<c:pt idx="{i}"><c:v>{at:.6g}</c:v></c:pt>' for i, at in enumerate(chart.positions))
    at = (f"<c:xVal><c:numRef><c:f>{SHEET}!$B$2:$B${rows + 1}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
          f'<c:ptCount val="{rows}"/>{x}</c:numCache></c:numRef></c:xVal>')
    out = []
    for number, one in enumerate(chart.series):
        tint = "hue" if number == 0 else "ink2"
        dash = '<a:prstDash val="dash"/>' if number else ""
        symbol = ("square", "circle", "diamond", "triangle")[number % 4]
        fill = inks.fill(tint)
        last = [f"{one.name}: {label}" if len(chart.series) > 1 and i == rows - 1 else label for i, label in enumerate(one.labels)]
        values = _values(one, number + 2).replace("<c:val>", "<c:yVal>").replace("</c:val>", "</c:yVal>")
        out.append(
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(one, number + 2)}<c:spPr><a:ln w="38100" cap="sq">'
            f'{fill}{dash}<a:miter lim="800000"/></a:ln></c:spPr><c:marker><c:symbol val="{symbol}"/><c:size val="9"/><c:spPr>{fill}'
            f"{inks.line('white', 1)}</c:spPr></c:marker>{_point_labels(chart, inks, lang, one, tuple(last), tint)}{at}{values}"
            f'<c:smooth val="0"/></c:ser>'
        )
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{"".join(out)}<c:axId val="111"/>'
        f'<c:axId val="112"/></c:scatterChart>{_time_axis(chart, inks, lang)}{_measure_axis(chart, inks, lang)}'
    )


def _bar_series(
    chart: Chart, inks: Inks, lang: str, number: int, one: Series, column: int, look: Sequence[str], labels: bool = True,
    position: str = "outEnd", outside: bool = False,
) -> str:
    told = _labels(chart, inks, lang, one.labels, position) if labels else ""
    if outside:  # a floating bar's label stands on white, at the bar's right end
        told = _labels(chart, inks, lang, one.labels, "ctr", ground=True)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(one, column)}{look[0]}<c:invertIfNegative val="0"/>'
        f"{''.join(look[1:])}{told}{_categories(chart)}{_values(one, column)}</c:ser>"
    )


def _bar_look(chart: Chart, inks: Inks, number: int) -> list[str]:
    """Return a series' look, then that of single bars: emphasised ones are solid, others outlined or patterned."""
    solid = f"<c:spPr>{inks.fill('hue')}{inks.line('hue', 1)}</c:spPr>"
    pattern = PATTERNS[_EXTRA_PATTERNS[(number - 1) % len(_EXTRA_PATTERNS)]]
    light = f"<c:spPr>{inks.fill('white')}{inks.line('hue', 1)}</c:spPr>"
    patterned = f"<c:spPr>{inks.fill('hue', _EXTRA_PATTERNS[(number - 1) % len(_EXTRA_PATTERNS)])}{inks.line('hue', 1)}</c:spPr>"
    assert pattern
    if number:
        return [patterned]
    if not chart.emphasis:
        return [solid]
    points = [f'<c:dPt><c:idx val="{i}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{solid}</c:dPt>' for i in chart.emphasis]
    return [light, *points]


def _slice_fill(chart: Chart, inks: Inks, index: int) -> str:
    if index in chart.emphasis or (not chart.emphasis and index == 0):
        return inks.fill("hue")
    plain = [i for i in range(len(chart.heads)) if not (i in chart.emphasis or (not chart.emphasis and i == 0))]
    place = plain.index(index)
    return inks.fill("white") if place == 0 else inks.fill("hue", _EXTRA_PATTERNS[place - 1])


def _widths(chart: Chart) -> list[float | None]:
    low, high = chart.series
    return [round(b - a, 6) if a is not None and b is not None else None for a, b in zip(low.values, high.values, strict=True)]


def _labels(chart: Chart, inks: Inks, lang: str, texts: Sequence[str], position: str, ground: bool = False) -> str:
    """Return data labels with the outline's own writing of the numbers."""
    fill = f"<c:spPr>{inks.fill('white')}</c:spPr>" if ground else ""
    ones = "".join(_label(inks, lang, chart.size, i, text, position, "ink", fill) for i, text in enumerate(texts))
    return f"<c:dLbls>{ones}{fill}{_text(inks, 'ink', chart.size, lang, bold=True)}{_shown(position)}</c:dLbls>"


def _point_labels(chart: Chart, inks: Inks, lang: str, one: Series, texts: Sequence[str], tint: str) -> str:
    """Return a line's labels: above peaks and rises, below troughs."""
    ones = []
    for i, text in enumerate(texts):
        ones.append(_label(inks, lang, chart.size, i, text, _side(one.values, i), tint, ""))
    return f"<c:dLbls>{''.join(ones)}{_text(inks, tint, chart.size, lang, bold=True)}{_shown('t')}</c:dLbls>"


def _side(values: Sequence[float | None], index: int) -> str:
    """Return where a point's label is out of the line's way: t, b, l or r."""
    here = values[index]
    before = next((v for v in reversed(values[:index]) if v is not None), None)
    after = next((v for v in values[index + 1 :] if v is not None), None)
    if here is None or (before is None and after is None):
        return "t"
    if before is None:
        return "t" if after is not None and after <= here else "r"
    if after is None:
        return "t" if before <= here else "l"
    if here >= before and here >= after:
        return "t"
    if here <= before and here <= after:
        return "b"
    return "l" if after > before else "r"


def _label(inks: Inks, lang: str, size: float, index: int, text: str, position: str, tint: str, look: str) -> str:
    run = (f'<a:r><a:rPr lang="{lang}" sz="{round(size * 100)}" b="1">{inks.fill(tint)}</a:rPr><a:t>{escaped(text)}</a:t></a:r>')
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:layout/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p>{run}</a:p></c:rich>'
        f"</c:tx>{look}{_shown(position)}</c:dLbl>"
    )


def _shown(position: str) -> str:
    return (
        f'<c:dLblPos val="{position}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        f'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _text(inks: Inks, tint: str, size: float, lang: str, bold: bool = False) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="{int(bold)}">{inks.fill(tint)}'
        f'<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr><a:endParaRPr lang="{lang}"/></a:p></c:txPr>'
    )


def _name(one: Series, column: int) -> str:
    return (
        f'<c:tx><c:strRef><c:f>{SHEET}!${"ABCDEFGHIJ"[column]}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>'
        f"{escaped(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    )


def _categories(chart: Chart) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{escaped(head)}</c:v></c:pt>' for i, head in enumerate(chart.heads))
    return (
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${len(chart.heads) + 1}</c:f><c:strCache>"
        f'<c:ptCount val="{len(chart.heads)}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def _values(one: Series, column: int) -> str:
    letter = "ABCDEFGHIJ"[column]
    points = "".join(f'<c:pt idx="{i}"><c:v>{v:.15g}</c:v></c:pt>' for i, v in enumerate(one.values) if v is not None)
    return (
        f"<c:val><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${len(one.values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(one.values)}"/>{points}</c:numCache></c:numRef></c:val>'
    )


def _category_axis(chart: Chart, inks: Inks, lang: str) -> str:
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr>{inks.line("ink", 1)}</c:spPr>{_text(inks, "ink", chart.size, lang)}'
        f'<c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/>'
        f'<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(least: float, most: float) -> str:
    """Return a hidden axis: bars are labelled, so their scale needs no numbers; it starts at zero."""
    return (
        f'<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/><c:max val="{most:.6g}"/><c:min val="{least:.6g}"/>'
        f'</c:scaling><c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/>'
        f'<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _time_axis(chart: Chart, inks: Inks, lang: str) -> str:
    first, last, step = years_shown(chart.positions)
    # years before 1 are written with a minus sign by the number format; the heads say them in words
    return (
        f'<c:valAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/><c:max val="{last}"/><c:min val="{first}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="0" sourceLinked="0"/>'
        f'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{inks.line("ink", 1)}</c:spPr>'
        f'{_text(inks, "ink", 16, lang)}<c:crossAx val="112"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{step}"/></c:valAx>'
    )


def _measure_axis(chart: Chart, inks: Inks, lang: str) -> str:
    values = [value for one in chart.series for value in one.values if value is not None] or [0.0, 1.0]
    low, top, step = nice(min(values), max(values))
    return (
        f'<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/><c:max val="{top:.6g}"/><c:min val="{low:.6g}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr>{inks.line("hair", 0.75)}</c:spPr>'
        f'</c:majorGridlines><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_text(inks, "ink2", 16, lang)}<c:crossAx val="111"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{step:.6g}"/></c:valAx>'
    )


def years_shown(positions: Sequence[float]) -> tuple[int, int, int]:
    """Return the first and last year of a time axis and the years between its labels (at most eight)."""
    first, last = int(min(positions) // 1), int(-(-max(positions) // 1))
    last = max(last, first + 1)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
    step = next((step for step in steps if (last - first) / step <= 7), steps[-1])
    first = first // step * step if step > 2 else first
    return first, first + -(-(last - first) // step) * step, step


def nice(least: float, most: float) -> tuple[float, float, float]:
    """Return the ends of a value axis and its step: it starts at zero and has a line at its middle and its end."""
    low = min(0.0, least)
    span = (most - low) * 1.02 or 1.0
    power = 1e-9
    while power * 10 <= span:
        power *= 10
    top = next(power * factor for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * factor >= span)
    if low < 0:
        return -top / 2 * -(-(-low) // (top / 2)), top, top / 2
    return 0.0, top, top / 2


def _place(chart: Chart) -> str:
    """Return the plot's place: category names get what they need, at most 45 % of the width."""
    if chart.kind not in ("bar", "range"):
        return "<c:layout/>"
    longest = max((natural_width(Paragraph((Run(head),)), chart.size) for head in chart.heads), default=0.0)
    left = min(0.45, (longest + 10) / chart.frame.w)
    top = 0.1 if len(chart.series) > 1 and chart.kind == "bar" else 0.01
    return (
        f'<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="{top}"/><c:w val="{0.995 - left:.4f}"/><c:h val="{0.98 - top:.4f}"/></c:manualLayout></c:layout>'
    )
