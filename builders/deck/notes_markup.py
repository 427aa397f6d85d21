"""A slide's notes as XML (ECMA-376, 19.3.1.26).

Places, sizes and faces are said again on each page: LibreOffice forgets the notes master's.
"""

from collections.abc import Mapping

from builders.deck.notes import notes_page
from builders.deck.slides import Paragraph, Slide
from builders.deck.xml import HEAD, NAMESPACES, TREE_HEAD, escaped, number_field, xfrm


def notes_xml(slide: Slide, number: int, lang: str, names: Mapping[str, str], ratio: float, face: str) -> str:
    """Return a slide's notes: its picture, the text, the number.

    `ratio` is the slide's width by its height.
    """
    page = notes_page(slide.notes, ratio)
    text = "".join(_paragraph(paragraph, lang, page.size, face) for paragraph in slide.notes)
    shapes = [
        _shape(2, names["notes_slide"], 'type="sldImg" idx="2"', xfrm(page.picture)),
        _shape(3, names["notes_text"], 'type="body" sz="quarter" idx="3"', xfrm(page.text), text),
        _shape(4, names["notes_number"], 'type="sldNum" sz="quarter" idx="5"', "", _number(lang, number)),
    ]
    return (
        f"{HEAD}<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _shape(number: int, name: str, holder: str, place: str, text: str = "") -> str:
    locks = 'noGrp="1"' if text else 'noGrp="1" noRot="1" noChangeAspect="1"'
    body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody>" if text else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{escaped(name)}"/>'
        f"<p:cNvSpPr><a:spLocks {locks}/></p:cNvSpPr><p:nvPr><p:ph {holder}/></p:nvPr></p:nvSpPr><p:spPr>"
        f"{place}</p:spPr>{body}</p:sp>"
    )


def _paragraph(paragraph: Paragraph, lang: str, size: float, face: str) -> str:
    after = f'<a:spcAft><a:spcPts val="{round(paragraph.after * size * 100)}"/></a:spcAft>'
    runs = []
    for run in paragraph.runs:
        look = f'lang="{run.lang or lang}" sz="{round(size * 100)}"'
        look += (' b="1"' if run.bold else "") + (' i="1"' if run.italic else "")
        latin = f'<a:latin typeface="{escaped(face)}"/>'
        runs.append(f'<a:r><a:rPr {look} dirty="0">{latin}</a:rPr><a:t>{escaped(run.text)}</a:t></a:r>')
    return f'<a:p><a:pPr marL="0" indent="0">{after}<a:buNone/></a:pPr>{"".join(runs)}</a:p>'


def _number(lang: str, number: int) -> str:
    return f"<a:p>{number_field(lang, str(number))}</a:p>"
