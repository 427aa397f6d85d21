"""The placeholders of the master and its layouts as PresentationML: frames, prompts, styles, footers."""

from builders.deck.colours import convert_to_emu
from builders.deck.geometry import FOOTER_HEIGHT, FOOTER_TOP, INCH, Placeholder, SlidePage
from builders.deck.line_breaking import HANGING_INDENT
from builders.deck.model import SlideFrame
from builders.deck.ooxml.markup import (
    BULLET,
    NO_INSETS,
    RECTANGLE,
    SlideMarkup,
    escape_text,
    write_placeholder,
    write_slide_number,
    write_text_body,
)

SPACE_AFTER = 0.375  # em after a paragraph
_FOOTERS = (("dt", 10, "r"), ("ftr", 11, "l"), ("sldNum", 12, "r"))  # type, index, alignment
_LEVEL_STEPS = (0, 4, 4, *[6] * 6)  # points that deeper levels are smaller
_SCRIPTS = (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))


def make_footer_frames(page: SlidePage) -> dict[str, SlideFrame]:
    """Return the frames of footer, date and slide number (points), by their types in the file."""
    number, date = 48.0, 110.0
    return {
        "ftr": SlideFrame(page.left, FOOTER_TOP, page.full - number, FOOTER_HEIGHT),
        "dt": SlideFrame(page.right - date, 0.16 * INCH, date, FOOTER_HEIGHT),
        "sldNum": SlideFrame(page.right - number, FOOTER_TOP, number, FOOTER_HEIGHT),
    }


def write_middle_tab(page: SlidePage) -> str:
    """Return the tab stop that centres the footer's second part on the slide (21.1.2.2.13)."""
    return f'<a:tabLst><a:tab pos="{convert_to_emu(page.full / 2)}" algn="ctr"/></a:tabLst>'


def write_styled_placeholder(name: str, holder: str, place: Placeholder, content: str, style: str) -> str:
    """Return a placeholder of the master or a layout.

    `holder` are the attributes of its `p:ph`, `content` the paragraphs of its prompt, `style` its list
    styles.
    """
    properties = f'<a:bodyPr {NO_INSETS} anchor="{place.anchor}"><a:normAutofit/></a:bodyPr>'
    return write_placeholder(
        name, holder, _write_frame(place.frame), write_text_body(content, properties, style)
    )


def write_placeholder_type(place: Placeholder) -> str:
    """Return the type and index of a placeholder as attributes of `p:ph` (19.3.1.36)."""
    kind = "" if place.kind == "obj" else f'type="{place.kind}"'
    return kind + (f' idx="{place.index}"' if place.index else "")


def _write_frame(frame: SlideFrame) -> str:
    place = f'<a:off x="{convert_to_emu(frame.x)}" y="{convert_to_emu(frame.y)}"/>'
    extent = f'<a:ext cx="{convert_to_emu(frame.w)}" cy="{convert_to_emu(frame.h)}"/>'
    return f"<a:xfrm>{place}{extent}</a:xfrm>{RECTANGLE}"


def write_prompts(markup: SlideMarkup, text: str, levels: bool = True) -> str:
    """Return a prompt's paragraphs, parted by "|"; in the master each is of the next level."""
    return "".join(
        f'<a:p>{f"""<a:pPr lvl="{level}"/>""" if levels else ""}<a:r><a:rPr lang="{markup.lang}"/>'
        f"<a:t>{escape_text(line)}</a:t></a:r></a:p>"
        for level, line in enumerate(text.split("|"))
    )


def write_footers(page: SlidePage, markup: SlideMarkup, colour: str) -> list[str]:
    """Return the placeholders of date, footer and slide number, in the colour of that name."""
    out = []
    for kind, index, align in _FOOTERS:
        tabs = write_middle_tab(page) if kind == "ftr" else ""
        weight = ' b="1"' if kind == "sldNum" else ""
        look = f'sz="{round(page.look.footer * 100)}"{weight}>{markup.inks.write_fill(colour)}'
        style = f'<a:lvl1pPr algn="{align}">{tabs}<a:defRPr {look}</a:defRPr></a:lvl1pPr>'
        text = (
            write_slide_number(markup.lang) if kind == "sldNum" else f'<a:endParaRPr lang="{markup.lang}"/>'
        )
        content = write_text_body(f"<a:p>{text}</a:p>", f'<a:bodyPr {NO_INSETS} anchor="t"/>', style)
        holder = f'type="{kind}" sz="quarter" idx="{index}"'
        out.append(write_placeholder(kind, holder, _write_frame(make_footer_frames(page)[kind]), content))
    return out


def write_placeholder_style(markup: SlideMarkup, place: Placeholder) -> str:
    """Return a placeholder's own first-level style, over the master's (21.1.2.4.13)."""
    plain = not place.bullet and place.kind not in ("title", "ctrTitle")
    indents, bullet = (' marL="0" indent="0"', "<a:buNone/>") if plain else ("", "")
    leading = f'<a:lnSpc><a:spcPct val="{round(place.leading * 100000)}"/></a:lnSpc>'
    look = (
        f'sz="{markup.convert_size(place.size)}" b="{int(place.bold)}">{markup.inks.write_fill(place.colour)}'
    )
    return (
        f'<a:lvl1pPr{indents} algn="{place.align}">{leading}{bullet}<a:defRPr {look}</a:defRPr></a:lvl1pPr>'
    )


def write_title_style(markup: SlideMarkup, place: Placeholder) -> str:
    """Return the titles' style (19.3.1.49)."""
    leading = round(place.leading * 100000)
    return (
        f'<a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="{leading}"/></a:lnSpc><a:spcBef><a:spcPct val="0"/>'
        f'</a:spcBef><a:buNone/><a:defRPr sz="{markup.convert_size(place.size)}" b="1" kern="1200">'
        f"{_write_face('mj')}</a:defRPr></a:lvl1pPr>"
    )


def write_body_style(markup: SlideMarkup, place: Placeholder) -> str:
    """Return the style of texts in placeholders, level by level (19.3.1.5)."""
    out, hang = "", convert_to_emu(HANGING_INDENT)
    for level, step in enumerate(_LEVEL_STEPS, 1):
        size = max(18.0, place.size - step)
        after = round(SPACE_AFTER * size * 100)
        out += (
            f'<a:lvl{level}pPr marL="{hang * level}" indent="-{hang}" algn="l">'
            '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'
            f'<a:spcAft><a:spcPts val="{after}"/></a:spcAft>{BULLET}'
            f'<a:defRPr sz="{markup.convert_size(size)}" kern="1200">{_write_face("mn")}</a:defRPr>'
            f"</a:lvl{level}pPr>"
        )
    return out


def _write_face(role: str) -> str:
    """Return the theme's ink and its face for titles (mj) or texts (mn)."""
    faces = "".join(f'<a:{kind} typeface="+{role}-{kind_of}"/>' for kind, kind_of in _SCRIPTS)
    return f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{faces}'
