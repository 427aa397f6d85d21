"""The deck's own theme, master, layouts and notes master, made from the theme file and the geometry."""

from collections.abc import Mapping

from builders.deck.geometry import FOOTER_HEIGHT, FOOTER_TOP, INCH, Layout, Page, Place
from builders.deck.inks import Inks, accents, emu
from builders.deck.lines import HANG
from builders.deck.markup import Pen
from builders.deck.ruler import recoloured
from builders.deck.slides import Frame, Group
from builders.deck.xml import (
    BULLET,
    HEAD,
    MAIN,
    NAMESPACES,
    RECTANGLE,
    TREE_HEAD,
    body_pr,
    escaped,
    number_field,
    ph,
    xfrm,
)
from builders.theme import Theme

COLOUR_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
    'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
)
FIRST_LAYOUT_ID = 2147483649  # the master has the one before (ECMA-376, 19.7.16: at least 2^31)
DATE_INDEX, FOOTER_INDEX, NUMBER_INDEX = 10, 11, 12
AFTER = 0.375  # em after a paragraph
_STEPS = (0, 4, 4, 6, 6)  # points that deeper levels are smaller


def theme_xml(theme: Theme) -> str:
    """Return the presentation's theme: colours and faces, so that the Design tab restyles everything."""
    p = theme.palette
    hues = accents(theme)
    hues += [p.ink2] * (5 - len(hues))
    colours = {"dk1": p.ink, "lt1": p.white, "dk2": p.ink2, "lt2": p.paper}
    colours |= {f"accent{i}": hue for i, hue in enumerate([*hues, p.red], 1)}
    colours |= {"hlink": p.blue, "folHlink": hues[3]}
    scheme = "".join(
        f'<a:{slot}><a:srgbClr val="{colour[1:]}"/></a:{slot}>' for slot, colour in colours.items()
    )
    face = f'<a:latin typeface="{escaped(theme.deck.face)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{w}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
        for w in (9525, 19050, 28575)
    )
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{HEAD}<a:theme xmlns:a="{MAIN}" name="Temario">'
        "<a:themeElements>"
        f'<a:clrScheme name="Temario">{scheme}</a:clrScheme><a:fontScheme name="Temario"><a:majorFont>'
        f"{face}</a:majorFont>"
        f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="Temario"><a:fillStyleLst>'
        f"{fill * 3}"
        f"</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/>"
        f"<a:extraClrSchemeLst/></a:theme>"
    )


def master_xml(page: Page, theme: Theme, ruler: Group, names: Mapping[str, str], lang: str) -> str:
    """Return the slide master; its layouts have the relationships rId1 and on, in the page's order."""
    pen = Pen(Inks(theme), lang, {}, _no_link, scale=page.scale)
    title, body = page.layouts["points"].title, page.layouts["points"].places["body"]
    shapes = [
        _master_place(pen, title, names["master_title"]),
        _master_place(pen, body, names["master_body"], "body"),
        *_feet(page, pen, page.look.footer, "ink2"),
        pen.group(ruler),
    ]
    layouts = "".join(
        f'<p:sldLayoutId id="{FIRST_LAYOUT_ID + i}" r:id="rId{i + 1}"/>' for i in range(len(page.layouts))
    )
    return (
        f'{HEAD}<p:sldMaster {NAMESPACES} preserve="1"><p:cSld><p:bg><p:bgPr><a:solidFill>'
        '<a:schemeClr val="bg1"/>'
        f"</a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>{TREE_HEAD}{''.join(shapes)}</p:spTree>"
        f"</p:cSld>{COLOUR_MAP}"
        f"<p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>"
        f"{_title_style(pen, title)}</p:titleStyle>"
        f"<p:bodyStyle>{_body_style(pen, body)}</p:bodyStyle>"
        f"<p:otherStyle>{other_style(lang)}</p:otherStyle>"
        "</p:txStyles>"
        f"</p:sldMaster>"
    )


def layout_xml(
    page: Page, layout: Layout, theme: Theme, ruler: Group, names: Mapping[str, str], lang: str
) -> str:
    """Return one slide layout."""
    pen = Pen(Inks(theme, 1), lang, {}, _no_link, scale=page.scale)
    ink = "white" if layout.ground == "hue" else "ink2"
    shapes = [_layout_place(pen, place, names) for place in layout.places.values()]
    shapes += _feet(page, pen, page.look.footer, ink)
    hidden = "" if layout.ground == "white" and layout.ruler else ' showMasterSp="0"'
    if layout.ground == "hue":
        shapes.append(pen.group(recoloured(ruler, "white")))
    ground = "" if layout.ground == "white" else background(pen.inks(layout.ground))
    return (
        f'{HEAD}<p:sldLayout {NAMESPACES} type="{layout.kind}" preserve="1"{hidden}><p:cSld '
        f'name="{escaped(names[f"layout_{layout.key}"])}">{ground}<p:spTree>'
        f"{TREE_HEAD}{''.join(shapes)}</p:spTree></p:cSld>"
        f"<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def background(colour: str) -> str:
    """Return the XML of a plain background."""
    return f"<p:bg><p:bgPr><a:solidFill>{colour}</a:solidFill><a:effectLst/></p:bgPr></p:bg>"


def footer_frames(page: Page) -> dict[str, Frame]:
    """Return where footer, date and slide number stand."""
    number, date = 48.0, 110.0
    return {
        "ftr": Frame(page.left, FOOTER_TOP, page.full - number, FOOTER_HEIGHT),
        "dt": Frame(page.right - date, 0.16 * INCH, date, FOOTER_HEIGHT),
        "sldNum": Frame(page.right - number, FOOTER_TOP, number, FOOTER_HEIGHT),
    }


def middle_tab(page: Page) -> str:
    """Return the tab stop that centres the footer's second part on the slide."""
    return f'<a:tabLst><a:tab pos="{emu(page.full / 2)}" algn="ctr"/></a:tabLst>'


def _feet(page: Page, pen: Pen, size: float, colour: str) -> list[str]:
    """Return the placeholders of date, footer and slide number."""
    frames = footer_frames(page)
    tabs = middle_tab(page)
    return [
        _foot(pen, "dt", DATE_INDEX, frames["dt"], size, colour, "r", "", ""),
        _foot(pen, "ftr", FOOTER_INDEX, frames["ftr"], size, colour, "l", "", tabs),
        _foot(
            pen,
            "sldNum",
            NUMBER_INDEX,
            frames["sldNum"],
            size,
            colour,
            "r",
            number_field(pen.lang),
            "",
            bold=True,
        ),
    ]


def _foot(
    pen: Pen,
    kind: str,
    index: int,
    frame: Frame,
    size: float,
    colour: str,
    align: str,
    content: str,
    tabs: str,
    bold: bool = False,
) -> str:
    weight = ' b="1"' if bold else ""
    look = (
        f'<a:lstStyle><a:lvl1pPr algn="{align}">{tabs}<a:defRPr sz="{round(size * 100)}"{weight}>'
        f"{pen.inks.fill(colour)}"
        f"</a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    text = content or f'<a:endParaRPr lang="{pen.lang}"/>'
    return (
        f'<p:sp><p:nvSpPr>{pen.named(kind)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" '
        f'sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(frame)}{RECTANGLE}</p:spPr><p:txBody>'
        f"{body_pr('t', '')}{look}<a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _master_place(pen: Pen, place: Place, text: str, kind: str | None = None) -> str:
    index = ' idx="1"' if kind else ""
    body = "".join(
        f'<a:p><a:pPr lvl="{i}"/><a:r><a:rPr lang="{pen.lang}"/><a:t>{escaped(line)}</a:t></a:r></a:p>'
        for i, line in enumerate(text.split("|"))
    )
    return (
        f'<p:sp><p:nvSpPr>{pen.named(kind or "title")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind or "title"}"{index}/></p:nvPr></p:nvSpPr><p:spPr>'
        f"{xfrm(place.frame)}{RECTANGLE}</p:spPr><p:txBody>"
        f"{body_pr('t', '<a:normAutofit/>')}<a:lstStyle/>{body}</p:txBody></p:sp>"
    )


def _layout_place(pen: Pen, place: Place, names: Mapping[str, str]) -> str:
    prompt = (
        names["master_title"]
        if place.key == "title"
        else names.get(f"prompt_{place.kind}", names["prompt_body"])
    )
    paragraph = f'<a:p><a:r><a:rPr lang="{pen.lang}"/><a:t>{escaped(prompt)}</a:t></a:r></a:p>'
    return (
        f'<p:sp><p:nvSpPr>{pen.named(place.key)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f"{ph(place)}</p:nvPr>"
        f"</p:nvSpPr><p:spPr>{xfrm(place.frame)}{RECTANGLE}</p:spPr><p:txBody>"
        f"{body_pr(place.anchor, '<a:normAutofit/>')}"
        f"<a:lstStyle>{_place_style(pen, place)}</a:lstStyle>{paragraph}</p:txBody></p:sp>"
    )


def _place_style(pen: Pen, place: Place) -> str:
    """Return what a placeholder has of its own, over the master's styles."""
    indents = "" if place.bullet or place.kind in ("title", "ctrTitle") else ' marL="0" indent="0"'
    plain = "" if place.bullet or place.kind in ("title", "ctrTitle") else "<a:buNone/>"
    leading = f'<a:lnSpc><a:spcPct val="{round(place.leading * 100000)}"/></a:lnSpc>'
    weight = f' b="{int(place.bold)}"'
    return (
        f'<a:lvl1pPr{indents} algn="{place.align}">{leading}{plain}<a:defRPr sz="{pen.size(place.size)}'
        f'"{weight}>'
        f"{pen.inks.fill(place.colour)}</a:defRPr></a:lvl1pPr>"
    )


def _face(role: str) -> str:
    return f'<a:latin typeface="+{role}-lt"/><a:ea typeface="+{role}-ea"/><a:cs typeface="+{role}-cs"/>'


def _title_style(pen: Pen, place: Place) -> str:
    return (
        f'<a:lvl1pPr algn="l" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct '
        f'val="{round(place.leading * 100000)}"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef>'
        "<a:buNone/><a:defRPr "
        f'sz="{pen.size(place.size)}" b="1" kern="1200"><a:solidFill><a:schemeClr val="tx1"/>'
        f"</a:solidFill>{_face('mj')}"
        f"</a:defRPr></a:lvl1pPr>"
    )


def _body_style(pen: Pen, place: Place) -> str:
    out = []
    for level in range(1, 10):
        size = max(18.0, place.size - _STEPS[min(level, 5) - 1])
        left = emu(HANG) * level
        out.append(
            f'<a:lvl{level}pPr marL="{left}" indent="-{emu(HANG)}" algn="l" rtl="0" eaLnBrk="1" '
            'latinLnBrk="0" '
            'hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/>'
            "</a:spcBef><a:spcAft>"
            f'<a:spcPts val="{round(AFTER * size * 100)}"/></a:spcAft>'
            f'{BULLET}<a:defRPr sz="{pen.size(size)}" kern="1200">'
            f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{_face("mn")}</a:defRPr></a:lvl{level}pPr>'
        )
    return "".join(out)


def other_style(lang: str) -> str:
    """Return the styles of texts outside placeholders."""
    levels = "".join(
        f'<a:lvl{i}pPr marL="0" algn="l" rtl="0"><a:defRPr sz="1800" kern="1200"><a:solidFill>'
        '<a:schemeClr val="tx1"/>'
        f"</a:solidFill>{_face('mn')}</a:defRPr></a:lvl{i}pPr>"
        for i in range(1, 10)
    )
    return f'<a:defPPr><a:defRPr lang="{lang}"/></a:defPPr>{levels}'


def _no_link(_: str) -> str:
    raise AssertionError("masters hold no links")
