"""Notes as XML: the master of notes, and a slide's notes (ECMA-376, 19.3.1.26 and 27).

Places, sizes and faces are said again on each page: LibreOffice forgets the notes master's.
"""

from collections.abc import Mapping

from builders.deck.master import COLOUR_MAP, background
from builders.deck.notes import MARGIN, NUMBER_TOP, PAGE, notes_page
from builders.deck.slides import Frame, Paragraph, Slide
from builders.deck.xml import HEAD, NAMESPACES, RECTANGLE, TREE_HEAD, body_pr, escaped, number_field, xfrm

_WHITE = '<a:schemeClr val="bg1"/>'


def notes_master_xml(lang: str, slide_ratio: float) -> str:
    """Return the notes master: an A4 page with the slide above and the text below, for handouts."""
    plain = notes_page((), slide_ratio)
    picture, text = plain.picture, plain.text
    number = Frame(PAGE[0] - MARGIN - 80, NUMBER_TOP, 80, 18)
    levels = "".join(
        f'<a:lvl{i}pPr marL="{171450 * (i - 1)}" algn="l"><a:spcAft><a:spcPts val="300"/></a:spcAft>'
        '<a:defRPr sz="1100" '
        'kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        '<a:ea typeface="+mn-ea"/>'
        f'<a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{i}pPr>'
        for i in range(1, 10)
    )
    return (
        f"{HEAD}<p:notesMaster {NAMESPACES}><p:cSld>"
        f"{background(_WHITE)}"
        f'<p:spTree>{TREE_HEAD}<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>'
        f"{xfrm(picture)}"
        f'{RECTANGLE}<a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:ln>'
        "</p:spPr></p:sp>"
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" '
        f'sz="quarter" idx="3"/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(text)}{RECTANGLE}</p:spPr><p:txBody>'
        f'{body_pr("t", "<a:normAutofit/>")}<a:lstStyle/><a:p><a:r><a:rPr lang="{lang}"/><a:t>Notes</a:t>'
        "</a:r></a:p></p:txBody>"
        '</p:sp><p:sp><p:nvSpPr><p:cNvPr id="4" name="Number"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        "</p:cNvSpPr><p:nvPr>"
        '<p:ph type="sldNum" sz="quarter" idx="5"/></p:nvPr></p:nvSpPr><p:spPr>'
        f"{xfrm(number)}{RECTANGLE}</p:spPr><p:txBody>"
        f'{body_pr("b", "")}<a:lstStyle><a:lvl1pPr algn="r"><a:defRPr sz="1000"/></a:lvl1pPr></a:lstStyle>'
        "<a:p>"
        f"{number_field(lang)}</a:p></p:txBody></p:sp></p:spTree></p:cSld>{COLOUR_MAP}<p:notesStyle>"
        f"{levels}</p:notesStyle>"
        f"</p:notesMaster>"
    )


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
