"""A synthetic course as Typst markup: the guide's words, face and measure, justified and hyphenated."""

from collections.abc import Iterator, Sequence

from tests.bench.matter import CREDIT, SUBTITLE, TITLE, Section

# 317.5 pt of text, 696 pt deep; 10.5 on 14.5 pt, as the guide's
_HEAD = f"""\
#set document(title: "{TITLE}", author: "{CREDIT}")
#set page(paper: "a4", margin: (left: 62.4pt, right: 215.4pt, top: 72pt, bottom: 73.9pt), numbering: "1")
#set text(lang: "en", font: "Source Serif Pro", size: 10.5pt, hyphenate: true)
#set par(justify: true, leading: 0.72em, spacing: 0.72em, first-line-indent: 1.38em)
#set heading(numbering: none)
#show heading: set text(font: "Source Sans Pro")
#show heading: set par(justify: false, first-line-indent: 0pt)
#align(center, text(34pt, weight: "black")[{TITLE}])

{SUBTITLE}. {CREDIT}.
#pagebreak()
#set outline.entry(fill: none)
#outline(depth: 2)
"""


def markup(sections: Sequence[Section]) -> Iterator[str]:
    """Yield the document's markup in pieces."""
    yield _HEAD
    for section in sections:
        yield "".join(_section(section))
    yield "#pagebreak()\n= Chronology\n"
    yield "#table(columns: (5em, 1fr), stroke: none, table.header([Date], [Event]),\n"
    for section in sections:
        for event in section.events:
            yield f"  [{event.day.day} {event.day:%b %Y}], [*{event.label}* {event.text}],\n"
    yield ")\n#pagebreak()\n= Answers\n"
    for section in sections:
        yield f"#heading(level: 2, outlined: false)[{section.number} {section.title}]\n"
        for i, question in enumerate(section.questions, 1):
            right = f"*{question.options[0]}* " if question.options else ""
            yield f"#enum.item({i})[{right}{question.answer}]\n"


def _section(section: Section) -> Iterator[str]:
    yield f"#pagebreak()\n= {section.number} {section.title}\n{section.first.year} to {section.last.year}\n\n"
    yield f"*Key question* {section.question}\n\n{section.summary}\n\n*By the end you will be able to*\n"
    yield "".join(f"- {goal}\n" for goal in section.goals)
    for i, heading in enumerate(section.headings):
        yield f"\n== {heading}\n" + "\n\n".join(section.paragraphs[2 * i : 2 * i + 2]) + "\n"
    yield f"\n*{section.points}*\n" + "".join(f"- {item}\n" for item in section.items)
    table = section.table
    yield f"\n#figure(caption: [{table.title}], table(columns: {len(table.columns) + 1}, table.header([],"
    yield "".join(f" [{column}]," for column in table.columns) + "),\n"
    for head, cells in table.rows:
        yield f"  [{head}]," + "".join(f" [{cell}]," for cell in cells) + "\n"
    yield "))\n\n#heading(level: 2, outlined: false)[Check what you know]\n"
    for i, question in enumerate(section.questions, 1):
        options = "".join(f"\n  - {option}" for option in question.options)
        yield f"#enum.item({i})[*{question.prompt}*{options}]\n"
