"""A table's cells as DrawingML: their borders, which python-pptx's API lacks, and their texts."""

from builders.deck.model import SlideCell, SlideTable
from builders.deck.ooxml.markup import SlideMarkup, write_text_body
from builders.deck.tables import CELL_GUTTER

NO_TABLE_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # 21.1.3.12: PowerPoint's "No Style, No Grid"


def write_cell(markup: SlideMarkup, cell: SlideCell, table: SlideTable, row: int) -> str:
    """Return a cell (21.1.3.16) of a table's row: rules above and below, no insets at the left."""
    paragraphs = ""
    for paragraph in cell.paragraphs:
        runs = markup.write_runs(paragraph.runs, table.size, cell.bold)
        end = (
            ""
            if runs
            else f'<a:endParaRPr lang="{markup.lang}" sz="{markup.convert_size(table.size)}" dirty="0"/>'
        )
        paragraphs += f'<a:p><a:pPr algn="{cell.align}"/>{runs}{end}</a:p>'
    top = _write_border(markup, "T", *(("ink", 2.25), ("ink", 1), ("rule", 0.75))[min(row, 2)])
    strong = row in (0, len(table.rows) - 1)
    foot = _write_border(markup, "B", *(("ink", 1) if strong else ("rule", 0.75)))
    high = markup.scale_to_emu(table.padding)
    return (
        f"<a:tc>{write_text_body(paragraphs, tag='a:txBody')}"
        f'<a:tcPr marL="0" marR="{markup.scale_to_emu(CELL_GUTTER)}" marT="{high}" marB="{high}">'
        f'<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR>{top}{foot}<a:noFill/></a:tcPr>'
        "</a:tc>"
    )


def _write_border(markup: SlideMarkup, side: str, colour: str, weight: float) -> str:
    """Return a border (21.1.3.17)."""
    return f'<a:ln{side} w="{markup.scale_to_emu(weight)}">{markup.inks.write_fill(colour)}</a:ln{side}>'
