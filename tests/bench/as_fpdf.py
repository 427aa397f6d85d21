"""A synthetic course drawn with fpdf2: the guide's words, face and measure, justified and kerned.

fpdf2 knows neither hyphenation nor tags: what it saves by that stays in its favour.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.matter import CREDIT, SUBTITLE, TITLE, Section

WIDTH, LEADING = 317.5, 14.5  # points, as the guide's
TOC_LEADING, TOC_LINES = 14.0, 49  # points; on a page


def draw(sections: Sequence[Section], regular: Path, bold: Path, out: Path) -> None:
    """Write the document to `out`."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_margins(62.4, 72, 595.3 - 62.4 - WIDTH)
    pdf.set_auto_page_break(True, 73.9)
    pdf.add_font("text", "", regular)
    pdf.add_font("text", "B", bold)
    pdf.set_text_shaping(True)
    pdf.set_title(TITLE)
    pdf.set_lang("en")
    pdf.add_page()
    _title(pdf, TITLE, 34)
    _text(pdf, f"{SUBTITLE}. {CREDIT}.")
    pdf.add_page()
    lines = 3 * len(sections) + 2
    pdf.insert_toc_placeholder(_contents, pages=-(-lines // TOC_LINES))
    for section in sections:
        _section(pdf, section)
    _chapter(pdf, "Chronology")
    with pdf.table(col_widths=(1, 4), text_align="LEFT", line_height=12, borders_layout="NONE") as table:
        for section in sections:
            for event in section.events:
                table.row((f"{event.day.day} {event.day:%b %Y}", f"{event.label} {event.text}"))
    _chapter(pdf, "Answers")
    for section in sections:
        _title(pdf, f"{section.number} {section.title}", 15.5)
        for i, question in enumerate(section.questions, 1):
            _text(pdf, f"{i} {question.options[0] if question.options else ''} {question.answer}")
    pdf.output(str(out))


def _contents(pdf: Any, entries: Iterable[Any]) -> None:
    pdf.set_font("text", "", 10.5)
    for entry in entries:
        link = pdf.add_link(page=entry.page_number)
        pdf.cell(WIDTH - 40, TOC_LEADING, entry.name, link=link)
        pdf.cell(40, TOC_LEADING, str(entry.page_number), align="R", new_x="LMARGIN", new_y="NEXT")


def _section(pdf: Any, section: Section) -> None:
    _chapter(pdf, f"{section.number} {section.title}")
    _text(pdf, f"{section.first.year} to {section.last.year}")
    _text(pdf, f"Key question: {section.question}")
    _text(pdf, section.summary)
    _text(pdf, "By the end you will be able to", "B")
    for goal in section.goals:
        _text(pdf, f"• {goal}")
    for i, heading in enumerate(section.headings):
        pdf.start_section(heading, 1)
        _title(pdf, heading, 15.5)
        for paragraph in section.paragraphs[2 * i : 2 * i + 2]:
            _text(pdf, paragraph)
    _text(pdf, section.points, "B")
    for item in section.items:
        _text(pdf, f"• {item}")
    _text(pdf, section.table.title, "B")
    with pdf.table(line_height=12) as table:
        table.row(("", *section.table.columns))
        for head, cells in section.table.rows:
            table.row((head, *map(str, cells)))
    _title(pdf, "Check what you know", 15.5)
    for i, question in enumerate(section.questions, 1):
        _text(pdf, f"{i} {question.prompt}", "B")
        for option in question.options:
            _text(pdf, f"• {option}")


def _chapter(pdf: Any, text: str) -> None:
    pdf.add_page()
    pdf.start_section(text, 0)
    _title(pdf, text, 25)


def _title(pdf: Any, text: str, size: float) -> None:
    pdf.set_font("text", "B", size)
    pdf.multi_cell(WIDTH, size * 1.16, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _text(pdf: Any, text: str, style: str = "") -> None:
    pdf.set_font("text", style, 10.5)
    pdf.multi_cell(WIDTH, LEADING, text, align="J", new_x="LMARGIN", new_y="NEXT")
