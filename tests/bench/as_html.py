"""A synthetic course as HTML for WeasyPrint: the guide's words, face and measure, justified, hyphenated."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from tests.bench.matter import CREDIT, SUBTITLE, TITLE, Section

# 317.5 pt of text, 696 pt deep; 10.5 on 14.5 pt, as the guide's
_STYLE = """\
@page { size: A4; margin: 72pt 215.4pt 73.9pt 62.4pt; @bottom-center { content: counter(page) } }
body { font: 10.5pt/14.5pt "Text"; text-align: justify; hyphens: auto }
h1, h2 { text-align: left; hyphens: none } h1 { break-before: page; font-size: 25pt; line-height: 29pt }
h2 { font-size: 15.5pt; line-height: 18pt } p { margin: 0; text-indent: 14.5pt }
nav a::after { content: target-counter(attr(href), page); float: right } nav p { text-indent: 0 }
"""


def page(sections: Sequence[Section], faces: dict[str, Path]) -> Iterator[str]:
    """Yield the document in pieces. `faces` are files by CSS weight."""
    yield f'<!DOCTYPE html><html lang="en"><head><title>{escape(TITLE)}</title><style>'
    for weight, path in faces.items():
        yield f'@font-face {{ font-family: "Text"; font-weight: {weight}; src: url("{path.as_uri()}") }}\n'
    yield f"{_STYLE}</style></head><body><h1>{escape(TITLE)}</h1><p>{escape(SUBTITLE)}. {escape(CREDIT)}.</p>"
    yield "<h1>Contents</h1><nav>"
    for section in sections:
        yield f'<p><a href="#{section.id}">{section.number} {escape(section.title)}</a></p>'
        for i, heading in enumerate(section.headings):
            yield f'<p><a href="#{section.id}-{i}">{escape(heading)}</a></p>'
    yield "</nav>"
    for section in sections:
        yield "".join(_section(section))
    yield "<h1>Chronology</h1><table><thead><tr><th>Date</th><th>Event</th></tr></thead><tbody>"
    for section in sections:
        for event in section.events:
            yield f"<tr><td>{event.day.day} {event.day:%b %Y}</td>"
            yield f"<td><b>{escape(event.label)}</b> {escape(event.text)}</td></tr>"
    yield "</tbody></table><h1>Answers</h1>"
    for section in sections:
        yield f"<h2>{section.number} {escape(section.title)}</h2><ol>"
        for question in section.questions:
            right = f"<b>{escape(question.options[0])}</b> " if question.options else ""
            yield f"<li>{right}{escape(question.answer)}</li>"
        yield "</ol>"
    yield "</body></html>"


def _section(section: Section) -> Iterator[str]:
    yield f'<h1 id="{section.id}">{section.number} {escape(section.title)}</h1>'
    yield f"<p>{section.first.year} to {section.last.year}</p>"
    yield f"<p><b>Key question</b> {escape(section.question)}</p>"
    yield f"<p>{escape(section.summary)}</p><p><b>By the end you will be able to</b></p>" + _list(
        section.goals
    )
    for i, heading in enumerate(section.headings):
        yield f'<h2 id="{section.id}-{i}">{escape(heading)}</h2>'
        yield from (f"<p>{escape(text)}</p>" for text in section.paragraphs[2 * i : 2 * i + 2])
    yield f"<p><b>{escape(section.points)}</b></p>" + _list(section.items)
    table = section.table
    yield f"<table><caption>{escape(table.title)}</caption><thead><tr><th></th>"
    yield "".join(f"<th>{column}</th>" for column in table.columns) + "</tr></thead><tbody>"
    for head, cells in table.rows:
        yield f"<tr><th>{escape(head)}</th>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</tbody></table><h2>Check what you know</h2><ol>"
    for question in section.questions:
        yield f"<li><b>{escape(question.prompt)}</b>" + _list(question.options) + "</li>"
    yield "</ol>"


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""
