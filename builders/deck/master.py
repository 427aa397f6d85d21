"""The deck's own template: a .pptx with our theme, master, layouts and notes master, as a school might bring
one. Made from the theme file and the geometry, put into python-pptx's own template.
"""

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import nsdecls, qn
from pptx.parts.slide import SlideLayoutPart
from pptx.util import Emu

from builders.deck.colours import ThemeColours, convert_to_emu, list_accents
from builders.deck.content import find_language_tag
from builders.deck.geometry import SlideLayout, SlidePage
from builders.deck.layouts import make_slide_page
from builders.deck.master_placeholders import (
    write_body_style,
    write_footers,
    write_placeholder_style,
    write_placeholder_type,
    write_prompts,
    write_styled_placeholder,
    write_title_style,
)
from builders.deck.model import SlideFrame
from builders.deck.notes import NOTES_MARGIN, NOTES_PAGE_SIZE, NUMBER_TOP, choose_notes_page
from builders.deck.ooxml.markup import (
    SlideMarkup,
    escape_text,
    parse_markup,
    replace_element,
    write_background,
)
from builders.deck.ooxml.presentation import list_notes_master
from builders.language import locales
from builders.theme.theme import Theme

FIRST_LAYOUT_ID = 2147483649  # the master has the one before (19.3.1.40: at least 2^31)
_MASTER_COLOUR_MAP = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"


@lru_cache(maxsize=8)
def make_own_template(theme: Theme, ratio: str, lang: str) -> bytes:
    """Return the bytes of our own template: a .pptx with master, layouts and notes master, no slides.

    `ratio` is "16:9" or "4:3"; layouts and prompts are named in `lang`.
    """
    locale, page = locales.load_locale(lang), make_slide_page(theme.deck, ratio)
    words, tag = locale.words["deck"], find_language_tag(locale.tag)
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = (
        Emu(convert_to_emu(page.w)),
        Emu(convert_to_emu(page.h)),
    )
    presentation.element.sldSz.attrib.pop("type", None)
    master = presentation.slide_master
    for layout in list(master.slide_layouts):
        master.slide_layouts.remove(layout)
    for number, layout in enumerate(page.layouts.values()):
        markup = SlideMarkup(ThemeColours(theme, 1), tag, scale=page.scale)
        _add_layout(master, number, _write_layout(page, layout, markup, words))
    _fill_master(master, page, SlideMarkup(ThemeColours(theme), tag, scale=page.scale), words)
    master.part.part_related_by(RT.THEME).blob = _write_theme(theme)
    arrange_notes_master(presentation)
    list_notes_master(presentation)
    _replace_theme(presentation.notes_master.part, _write_theme(theme))
    for defaults in presentation.element.iter(qn("a:defPPr")):
        defaults[0].set("lang", tag)
    rels = presentation.part.rels
    for name in [name for name, rel in rels.items() if rel.reltype == RT.PRINTER_SETTINGS]:
        rels.pop(name)
    content = io.BytesIO()
    presentation.save(content)
    return content.getvalue()


def arrange_notes_master(presentation: Any) -> None:
    """Arrange the notes master of a presentation that has none of its own.

    python-pptx brings a default; here it becomes an A4 page with the slide above and the text below.
    """
    page = choose_notes_page((), presentation.slide_width / presentation.slide_height)
    frames = {
        PP_PLACEHOLDER.SLIDE_IMAGE: page.picture,
        PP_PLACEHOLDER.BODY: page.text,
        PP_PLACEHOLDER.SLIDE_NUMBER: SlideFrame(NOTES_PAGE_SIZE[0] - NOTES_MARGIN - 80, NUMBER_TOP, 80, 18),
    }
    for shape in list(presentation.notes_master.placeholders):
        frame = frames.get(shape.placeholder_format.type)
        if frame is None:
            shape.element.getparent().remove(shape.element)
            continue
        shape.left, shape.top, shape.width, shape.height = map(
            convert_to_emu, (frame.x, frame.y, frame.w, frame.h)
        )
    size = presentation.element.find(qn("p:notesSz"))
    size.set("cx", str(convert_to_emu(NOTES_PAGE_SIZE[0])))
    size.set("cy", str(convert_to_emu(NOTES_PAGE_SIZE[1])))


def _write_theme(theme: Theme) -> bytes:
    """Return colours and faces (20.1.6.9), so that the Design tab restyles everything."""
    p = theme.palette
    hues = list_accents(theme)
    hues += [p.ink2] * (5 - len(hues))
    colours = {"dk1": p.ink, "lt1": p.white, "dk2": p.ink2, "lt2": p.paper}
    colours |= {f"accent{i}": hue for i, hue in enumerate([*hues, p.red], 1)}
    colours |= {"hlink": p.blue, "folHlink": hues[3]}
    scheme = "".join(f'<a:{slot}><a:srgbClr val="{hue[1:]}"/></a:{slot}>' for slot, hue in colours.items())
    face = f'<a:latin typeface="{escape_text(theme.deck.face)}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (9525, 19050, 28575))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    fills = f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
    return (
        f'<a:theme {nsdecls("a")} name="Temario"><a:themeElements><a:clrScheme name="Temario">{scheme}'
        f'</a:clrScheme><a:fontScheme name="Temario"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="Temario">{fills}<a:effectStyleLst>{effects}'
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "</a:theme>"
    ).encode()


def _replace_theme(master: Any, xml: bytes) -> None:
    """Give a master another theme; each has a part of its own."""
    (name,) = [name for name, rel in master.rels.items() if rel.reltype == RT.THEME]
    old = master.rels.pop(name).target_part
    master.relate_to(Part.load(old.partname, CT.OFC_THEME, master.package, xml), RT.THEME)


def _add_layout(master: Any, number: int, xml: str) -> None:
    """Add a slide layout to a master (19.3.1.41)."""
    part, package = master.part, master.part.package
    uri = PackURI(f"/ppt/slideLayouts/slideLayout{number + 1}.xml")
    layout = SlideLayoutPart.load(uri, CT.PML_SLIDE_LAYOUT, package, xml.encode())
    layout.relate_to(part, RT.SLIDE_MASTER)
    entry = (
        f'<p:sldLayoutId id="{FIRST_LAYOUT_ID + number}" r:id="{part.relate_to(layout, RT.SLIDE_LAYOUT)}"/>'
    )
    master.element.get_or_add_sldLayoutIdLst().extend(parse_markup(entry))


def _fill_master(master: Any, page: SlidePage, markup: SlideMarkup, words: Mapping[str, str]) -> None:
    """Give the slide master its placeholders, ground and styles (19.3.1.42, 19.3.1.52)."""
    root, title, text = master.element, page.layouts["points"].title, page.layouts["points"].places["body"]
    shapes = [
        write_styled_placeholder(
            "title", 'type="title"', title, write_prompts(markup, words["master_title"]), ""
        ),
        write_styled_placeholder(
            "body", 'type="body" idx="1"', text, write_prompts(markup, words["master_body"]), ""
        ),
        *write_footers(page, markup, "ink2"),
    ]
    root.set("preserve", "1")
    replace_element(root.cSld.find(qn("p:bg")), write_background('<a:schemeClr val="bg1"/>'))
    root.cSld.spTree[2:] = parse_markup("".join(shapes))
    styles = root.find(qn("p:txStyles"))
    replace_element(
        styles.find(qn("p:titleStyle")), f"<p:titleStyle>{write_title_style(markup, title)}</p:titleStyle>"
    )
    replace_element(
        styles.find(qn("p:bodyStyle")), f"<p:bodyStyle>{write_body_style(markup, text)}</p:bodyStyle>"
    )


def _write_layout(page: SlidePage, layout: SlideLayout, markup: SlideMarkup, words: Mapping[str, str]) -> str:
    """Return a slide layout (19.3.1.39)."""
    shapes = []
    for place in layout.places.values():
        kind = "master_title" if place.key == "title" else f"prompt_{place.kind}"
        prompt = write_prompts(markup, words.get(kind, words["prompt_body"]), levels=False)
        shapes.append(
            write_styled_placeholder(
                place.key,
                write_placeholder_type(place),
                place,
                prompt,
                write_placeholder_style(markup, place),
            )
        )
    shapes += write_footers(page, markup, "white" if layout.ground == "hue" else "ink2")
    hidden = "" if layout.ground == "white" and layout.ruler else ' showMasterSp="0"'
    ground = "" if layout.ground == "white" else write_background(markup.inks(layout.ground))
    empty = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    name = escape_text(words[f"layout_{layout.key}"])
    return (
        f'<p:sldLayout {nsdecls("a", "p", "r")} type="{layout.kind}" preserve="1"{hidden}>'
        f'<p:cSld name="{name}">{ground}<p:spTree>{empty}{"".join(shapes)}'
        f"</p:spTree></p:cSld>{_MASTER_COLOUR_MAP}</p:sldLayout>"
    )
