"""What python-pptx's charts lack (21.2): labels in the outline's own writing, at places of our choice, with
their language; the plot's place; colours in shades of the theme's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.oxml.ns import qn

from builders.deck.colours import ThemeColours
from builders.deck.ooxml.markup import escape_text, parse_markup, replace_element

LabelPosition = Literal["t", "b", "l", "r", "ctr", "outEnd", "inBase"]

NO_FILL_AND_OUTLINE = "<a:noFill/><a:ln><a:noFill/></a:ln>"
_LABEL_SHIFTS = {
    "l": -0.014,
    "r": 0.014,
}  # of the chart's width: a label beside its point stands a little off
# [MS-ODRAWXML], c15:showLeaderLines: no lines from labels to points
_NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/>'
    "</c:ext></c:extLst>"
)


@dataclass(frozen=True, slots=True)
class ChartLettering:
    """How a chart's texts are written: colours, language (BCP 47) and size."""

    inks: ThemeColours
    lang: str
    size: float  # pt, as the file writes it

    def set_font(self, owner: Any, tint: str, size: float | None = None) -> None:
        """Set the font of a chart or an axis (21.2.2.216): the colour called `tint`, and `size` in points."""
        replace_element(owner.get_or_add_txPr(), self._write_font(tint, size or self.size))

    def set_labels(
        self,
        series: Any,
        texts: Sequence[str],
        sides: Sequence[LabelPosition],
        tint: str = "ink",
        lifts: Sequence[float] = (),
    ) -> None:
        """Label the points of a series (21.2.2.49) with `texts`; an empty text is no label.

        `sides` say where each label stands relative to its point (21.2.2.48). A label beside its point is
        raised by its `lifts`, in parts of the chart's height.
        """
        if not any(texts):
            return
        lifts = lifts or [0.0] * len(texts)
        ones = [
            self._write_label(number, text, side, tint, lift) if text else _write_no_label(number)
            for number, (text, side, lift) in enumerate(zip(texts, sides, lifts, strict=True))
        ]
        every = self._write_font(tint, self.size, bold=True) + _write_position(sides[0]) + _NO_LEADERS
        replace_element(series.get_or_add_dLbls(), f"<c:dLbls>{''.join(ones)}{every}</c:dLbls>")

    def _write_label(self, number: int, text: str, side: LabelPosition, tint: str, lift: float) -> str:
        """Return the label of a point (21.2.2.47), moved off it where it stands beside it (21.2.2.104)."""
        look = f'lang="{self.lang}" sz="{round(self.size * 100)}" b="1"'
        lines = "".join(
            f"<a:p><a:r><a:rPr {look}>{self.inks.write_fill(tint)}</a:rPr>"
            f"<a:t>{escape_text(line)}</a:t></a:r></a:p>"
            for line in text.split("\n")
        )
        moved = ""
        if side in _LABEL_SHIFTS:
            moved = (
                f'<c:manualLayout><c:x val="{_LABEL_SHIFTS[side]}"/><c:y val="{-lift:.4f}"/></c:manualLayout>'
            )
        return (
            f'<c:dLbl><c:idx val="{number}"/><c:layout>{moved}</c:layout><c:tx><c:rich>'
            f'<a:bodyPr wrap="none"/><a:lstStyle/>{lines}</c:rich></c:tx>{_write_position(side)}</c:dLbl>'
        )

    def _write_font(self, tint: str, size: float, bold: bool = False) -> str:
        return (
            f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="{int(bold)}">'
            f'{self.inks.write_fill(tint)}<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr>'
            f'<a:endParaRPr lang="{self.lang}"/></a:p></c:txPr>'
        )


def set_look(owner: Any, look: str) -> None:
    """Set the fill and outline of a part of a chart (21.2.2.197); `look` is their DrawingML."""
    replace_element(owner.get_or_add_spPr(), f"<c:spPr>{look}</c:spPr>")


def set_point_look(series: Any, number: int, look: str) -> None:
    """Set the fill and outline of point `number` (0-based) of a series (21.2.2.52).

    A bar keeps its fill where its value is negative: by default Office inverts it.
    """
    point = series.get_or_add_dPt_for_point(number)
    point.idx.addnext(*parse_markup('<c:invertIfNegative val="0"/>'))
    set_look(point, look)


def place_plot(chart: Any, x: float, y: float, w: float, h: float) -> None:
    """Place the inside of a chart's plot (21.2.2.104); left, top, width and height in parts of the chart."""
    place = f'<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/><c:w val="{w:.4f}"/><c:h val="{h:.4f}"/>'
    chart.plotArea.insert(0, *parse_markup(
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{place}</c:manualLayout></c:layout>"
    ))  # fmt: skip


def show_each_head(axis: Any) -> None:
    """Label every row on the axis, none skipped (21.2.2.208), and never read labels as dates (21.2.2.6)."""
    axis.lblOffset.addnext(*parse_markup('<c:tickLblSkip val="1"/>'))
    axis.find(qn("c:auto")).set("val", "0")


def finish_chart(space: Any, lang: str) -> None:
    """Write what python-pptx leaves out of every chart.

    That is its language (21.2.2.87), square corners (21.2.2.159), a transparent ground, and positive ids of
    its axes (21.2.2.9; python-pptx's are negative).
    """
    for axis in space.iter(qn("c:axId"), qn("c:crossAx")):
        axis.set("val", str(abs(int(axis.get("val")))))
    for xml in (f'<c:lang val="{lang}"/>', '<c:roundedCorners val="0"/>'):
        space.chart.addprevious(*parse_markup(xml))
    nothing = f"<c:spPr>{NO_FILL_AND_OUTLINE}</c:spPr>"
    space.chart.plotArea.append(*parse_markup(nothing))
    space.chart.addnext(*parse_markup(nothing))


def _write_position(side: LabelPosition) -> str:
    """Return where labels stand (21.2.2.48), and that they show what is written into them."""
    return (
        f'<c:dLblPos val="{side}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _write_no_label(number: int) -> str:
    return f'<c:dLbl><c:idx val="{number}"/><c:delete val="1"/></c:dLbl>'
