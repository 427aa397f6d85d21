"""What XML parts are written with: namespaces, escaping, and the pieces that several parts share."""

import re

from builders.deck.geometry import Place
from builders.deck.inks import emu
from builders.deck.slides import Frame

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
A, P = f"{{{MAIN}}}", f"{{{_SLIDES}}}"  # before names of elements, as lxml writes them
NAMESPACES = (
    f'xmlns:a="{MAIN}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    f'xmlns:p="{_SLIDES}"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
TEXT_COLOURED_LINK = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext>'
    "</a:extLst>"
)
BULLET = '<a:buSzPct val="70000"/><a:buFont typeface="Arial"/><a:buChar char="■"/>'
_ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\n"): "&#10;"}
NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "")  # XML 1.0, 2.2
_ESCAPES |= NOT_XML
_SPECIAL = re.compile('[&<>"\x00-\x08\n-\x1f\ufffe\uffff]')


def escaped(text: str) -> str:
    """Return text for an XML element or attribute; characters that XML cannot hold are left out."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def number_field(lang: str, shown: str = "‹#›") -> str:
    """Return the XML of the field that shows a slide's number."""
    return (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="{lang}" dirty="0"/>'
        f"<a:t>{shown}</a:t></a:fld>"
    )


def body_pr(anchor: str, autofit: str) -> str:
    """Return a text body's properties without insets."""
    return (
        f'<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}">{autofit}</a:bodyPr>'
    )


def ph(place: Place) -> str:
    """Return the XML that ties a shape to its layout's placeholder."""
    kind = "" if place.kind == "obj" else f' type="{place.kind}"'
    index = f' idx="{place.index}"' if place.index else ""
    return f"<p:ph{kind}{index}/>"


def zoomed(frame: Frame, zoom: float) -> Frame:
    """Return a frame in points of the file."""
    return frame if zoom == 1.0 else Frame(frame.x * zoom, frame.y * zoom, frame.w * zoom, frame.h * zoom)


def xfrm(frame: Frame, upright: bool = True) -> str:
    """Return the XML of a position and size; a line that is not upright is mirrored."""
    turned = "" if upright else ' flipH="1"'
    return f"<a:xfrm{turned}><a:off {off(frame)}/><a:ext {ext(frame)}/></a:xfrm>"


def off(frame: Frame) -> str:
    """Return a frame's position as attributes."""
    return f'x="{emu(frame.x)}" y="{emu(frame.y)}"'


def ext(frame: Frame) -> str:
    """Return a frame's size as attributes."""
    return f'cx="{emu(frame.w)}" cy="{emu(frame.h)}"'
