"""The pieces of a chart's XML (ECMA-376, 21.2): series, data labels, axes, texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builders.deck.inks import Inks
from builders.deck.slides import Chart, Series
from builders.deck.workbooks import SHEET
from builders.deck.xml import escaped

Side = Literal["t", "b", "l", "r", "ctr", "outEnd", "inBase"]

AXIS_SIZE = 16.0  # pt: numbers along an axis
_LETTERS = "ABCDEFGHIJ"
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/>'
    "</c:ext></c:extLst>"
)
_NUDGE = {"l": -0.014, "r": 0.014}  # of the chart's width: a label beside its point stands a little off


@dataclass(frozen=True, slots=True)
class Hand:
    """What every piece of one chart needs: its colours, language and text size."""

    inks: Inks
    lang: str
    size: float  # pt, as the file writes it
    axis: float = AXIS_SIZE

    def text(self, tint: str, size: float | None = None, bold: bool = False) -> str:
        """Return text properties."""
        return (
            f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round((size or self.size) * 100)}" '
            f'b="{int(bold)}">{self.inks.fill(tint)}<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr>'
            f'<a:endParaRPr lang="{self.lang}"/></a:p></c:txPr>'
        )

    def labels(
        self, texts: Sequence[str], sides: Sequence[Side], tint: str = "ink", lifts: Sequence[float] = ()
    ) -> str:
        """Return data labels with the outline's own writing of the numbers; an empty text is no label.

        A label is raised by its `lifts`, in parts of the chart's height.
        """
        ones = "".join(
            self._label(index, text, side, tint, lift)
            if text
            else f'<c:dLbl><c:idx val="{index}"/><c:delete val="1"/></c:dLbl>'
            for index, (text, side, lift) in enumerate(
                zip(texts, sides, lifts or [0.0] * len(texts), strict=True)
            )
        )
        return f"<c:dLbls>{ones}{self.text(tint, bold=True)}{_shown(sides[0])}{_NO_LEADERS}</c:dLbls>"

    def _label(self, index: int, text: str, side: Side, tint: str, lift: float) -> str:
        look = f'lang="{self.lang}" sz="{round(self.size * 100)}" b="1"'
        lines = "".join(
            f"<a:p><a:r><a:rPr {look}>{self.inks.fill(tint)}</a:rPr><a:t>{escaped(line)}</a:t></a:r></a:p>"
            for line in text.split("\n")
        )
        moved = "<c:layout/>"
        if side in _NUDGE:
            place = f'<c:x val="{_NUDGE[side]}"/><c:y val="{-lift:.4f}"/>'
            moved = f"<c:layout><c:manualLayout>{place}</c:manualLayout></c:layout>"
        return (
            f'<c:dLbl><c:idx val="{index}"/>{moved}<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/>'
            f"{lines}</c:rich>"
            f"</c:tx>{_shown(side)}</c:dLbl>"
        )


def _shown(side: Side) -> str:
    return (
        f'<c:dLblPos val="{side}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        f'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def name(one: Series, column: int) -> str:
    """Return a series' name, which stands at the head of its column."""
    return (
        f'<c:tx><c:strRef><c:f>{SHEET}!${_LETTERS[column]}$1</c:f><c:strCache><c:ptCount val="1"/>'
        '<c:pt idx="0"><c:v>'
        f"{escaped(one.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    )


def categories(chart: Chart) -> str:
    """Return the rows' heads."""
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{escaped(head)}</c:v></c:pt>' for i, head in enumerate(chart.heads)
    )
    return (
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${len(chart.heads) + 1}</c:f><c:strCache>"
        f'<c:ptCount val="{len(chart.heads)}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def numbers(tag: str, values: Sequence[float | None], column: int) -> str:
    """Return numbers with the cells that they come from; `tag` is val, xVal or yVal."""
    letter = _LETTERS[column]
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value:.15g}</c:v></c:pt>'
        for i, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{SHEET}!${letter}$2:${letter}${len(values) + 1}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache>'
        f"</c:numRef></c:{tag}>"
    )


def category_axis(hand: Hand) -> str:
    """Return the axis of bars: the first row on top."""
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{hand.inks.line("ink", 1)}</c:spPr>'
        f'{hand.text("ink")}<c:crossAx val="112"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="60"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def hidden_axis(least: float, most: float) -> str:
    """Return the axis of labelled bars: it starts at zero and shows no numbers."""
    return (
        f'<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/><c:max val="{most:.6g}"/>'
        f'<c:min val="{least:.6g}"/></c:scaling><c:delete val="1"/><c:axPos val="t"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/>'
        f"</c:valAx>"
    )


def time_axis(hand: Hand, first: float, last: float, step: float, pattern: str) -> str:
    """Return a line's time axis in years; `pattern` is a number format."""
    return (
        f'<c:valAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/><c:max val="{last:.6g}"/>'
        f'<c:min val="{first:.6g}"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        f'<c:numFmt formatCode="{escaped(pattern)}" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{hand.inks.line("ink", 1)}</c:spPr>'
        f'{hand.text("ink", hand.axis)}<c:crossAx val="112"/><c:crosses val="min"/>'
        '<c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{step:.6g}"/></c:valAx>'
    )


def measure_axis(hand: Hand, low: float, top: float, step: float) -> str:
    """Return a line's value axis: hairlines at its middle and end."""
    return (
        f'<c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/><c:max val="{top:.6g}"/>'
        f'<c:min val="{low:.6g}"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr>'
        f"{hand.inks.line('hair', 0.75)}</c:spPr></c:majorGridlines>"
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln>'
        "<a:noFill/>"
        f'</a:ln></c:spPr>{hand.text("ink2", hand.axis)}<c:crossAx val="111"/><c:crosses val="min"/>'
        f'<c:crossBetween val="midCat"/><c:majorUnit val="{step:.6g}"/></c:valAx>'
    )


def nice(least: float, most: float) -> tuple[float, float, float]:
    """Return the ends of a value axis and its step: it starts at zero and has lines at its middle and its
    end."""
    low = min(0.0, least)
    span = max(most, -low) * 1.02 or 1.0
    power = 1e-9
    while power * 10 <= span:
        power *= 10
    top = next(power * factor for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * factor >= span)
    return (-top if low < 0 else 0.0), (top if most > 0 else 0.0), top / 2


def years_shown(positions: Sequence[float]) -> tuple[int, int, int]:
    """Return the first and last year of a time axis and the years between its labels (at most eight)."""
    first, last = int(min(positions) // 1), int(-(-max(positions) // 1))
    last = max(last, first + 1)
    steps = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
    step = next((step for step in steps if (last - first) / step <= 7), steps[-1])
    first = first // step * step if step > 2 else first
    return first, first + -(-(last - first) // step) * step, step
