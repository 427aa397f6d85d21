"""A template, our own or a school's: which of its layouts serve for ours, and where its placeholders leave
room for text.

A school's layouts are matched by name (ours in any language, and those that PowerPoint gives), then by their
type and placeholders. Title, subtitle and body texts go into the template's placeholders at its sizes;
whatever it has no placeholder for becomes a text box in its content area. Its own slides are dropped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.parts.slide import SlidePart

from builders.core.diagnostics import Fault, TemplateFaults
from builders.deck.colours import Shades
from builders.deck.effective_colours import LayoutColours, find_readable_shade, read_layout_colours
from builders.deck.geometry import PAGE_HEIGHT, Placeholder, SlideLayout, SlidePage
from builders.deck.layouts import add_layouts, make_slide_page
from builders.deck.master import arrange_notes_master, make_own_template
from builders.deck.metrics import UNKNOWN_RELATIVE_WIDTH, find_relative_width
from builders.deck.model import SlideFrame
from builders.deck.ooxml.presentation import list_notes_master, remove_slides
from builders.deck.options import DeckOptions
from builders.deck.package import UnusablePackage, open_presentation
from builders.deck.placeholders import (
    find_body_property,
    find_text_size,
    find_title,
    get_placeholder_type,
    list_bodies,
    measure_inner_frame,
)
from builders.language import locales
from builders.language.locales import Locale
from builders.theme.papers import EMU_PER_POINT
from builders.theme.theme import DeckLook

OWN_BODY_SIZE = 24.0  # pt: what our own layouts' sizes are made for
CAPITALS_WIDTH = 1.25  # how much wider a text runs in capitals
_POWERPOINT_NAMES = {
    "front": ("Title Slide",),
    "section": ("Section Header",),
    "columns": ("Two Content",),
    "entries": ("Two Content",),
    "sources": ("Two Content",),
    "points": ("Title and Content",),
    "timeline": ("Title Only",),
}
_LAYOUT_TYPES = {
    "front": ("title",),
    "section": ("secHead",),
    "columns": ("twoObj", "twoColTx", "objAndTx", "txAndObj"),
    "entries": ("twoObj", "twoColTx", "objAndTx", "txAndObj"),
    "sources": ("twoObj", "twoColTx", "objAndTx", "txAndObj"),
    "points": ("obj", "tx"),
    "timeline": ("titleOnly",),
}
_MAIN_PLACEHOLDERS = {
    "points": ("body",), "columns": ("body", "body2"), "entries": ("body", "body2"),
    "sources": ("body", "body2"), "section": ("question",), "front": ("subtitle",),
}  # fmt: skip
_SCHEME_NAMES = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "tx2")


@dataclass(frozen=True, slots=True)
class Template:
    """An opened template.

    `presentation` is python-pptx's, without slides; `page` is what a deck is planned for; `layouts` are
    python-pptx's layouts by the keys of ours; `shades` are those of its theme's colours that can be read on
    its ground; `warnings` name layouts that it lacks and faces whose widths are unknown.
    """

    presentation: Any
    page: SlidePage
    layouts: Mapping[str, Any]  # by our keys
    shades: Shades  # of its colours, those that can be read
    warnings: tuple[str, ...]


def open_template(options: DeckOptions, locale: Locale) -> Template:
    """Return the school's template that the options bring, or else our own master.

    Raises TemplateFaults if the school's file cannot be used.
    """
    if options.template is not None:
        return open_school_template(options.template, options.theme.deck, locale)
    presentation = open_presentation(make_own_template(options.theme, options.ratio, options.lang))
    remove_slides(presentation)
    ours = make_slide_page(options.theme.deck, options.ratio)
    layouts = dict(zip(ours.layouts, presentation.slide_layouts, strict=True))
    return Template(presentation, ours, layouts, {}, ())


def open_school_template(content: bytes, look: DeckLook, locale: Locale) -> Template:
    """Return a school's template from the bytes of its .pptx.

    Raises TemplateFaults, with what to do, if it cannot be opened, holds macros, or has no layout with a
    title.
    """
    try:
        return _read_template(content, look, locale)
    except UnusablePackage as error:
        reason = str(error)
    except (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError):  # of a part
        reason = "its masters and layouts do not fit together"
    advice = "save it again as .pptx in PowerPoint, without macros"
    raise TemplateFaults([Fault(f"the template cannot be used: {reason}", advice)])


def _read_template(content: bytes, look: DeckLook, locale: Locale) -> Template:
    presentation = open_presentation(content)
    remove_slides(presentation)
    if all(rel.reltype != RT.NOTES_MASTER for rel in presentation.part.rels.values()):
        arrange_notes_master(presentation)
    list_notes_master(presentation)
    found = [
        layout
        for master in presentation.slide_masters
        for layout in master.slide_layouts
        if find_title(layout)
    ]
    if not found:
        raise UnusablePackage("it has no layout with a title; add one in its slide master")
    zoom = presentation.slide_height / EMU_PER_POINT / PAGE_HEIGHT
    width = presentation.slide_width / EMU_PER_POINT / zoom
    warnings: list[str] = []
    chosen = _match_layouts(found, look, locale, warnings)
    for layout in chosen.values():  # what python-pptx cannot copy is told here, not in the middle of a deck
        trial = SlidePart.new(PackURI("/ppt/slides/slide0.xml"), layout.part.package, layout.part)
        trial.slide.shapes.clone_layout_placeholders(layout)
    colours = read_layout_colours(chosen["points"])
    scale = _measure_face_scale(colours.faces, locale, warnings)
    theirs = _make_page(chosen, look, width, zoom, scale)
    ground = colours.find_slide_ground(chosen["points"].element)
    known = {name: colours.scheme.get(name) for name in _SCHEME_NAMES}
    shades = {
        name: find_readable_shade(colour, ground) for name, colour in known.items() if colour and ground
    }
    return Template(presentation, theirs, chosen, shades, tuple(warnings))


def _match_layouts(
    found: Sequence[Any], look: DeckLook, locale: Locale, warnings: list[str]
) -> dict[str, Any]:
    """Return the template's best layout for each of our keys; add warnings for those it lacks."""
    names = {layout.name.strip().casefold(): layout for layout in reversed(found)}
    by_type = {layout.element.get("type", ""): layout for layout in reversed(found)}
    content = _find_content_layout(found, names, by_type)
    only = _find_layout(names, by_type, "timeline") or content
    out: dict[str, Any] = {}
    for key in make_slide_page(look).layouts:
        layout = _find_layout(names, by_type, key)
        if (
            layout is not None
            and key in _MAIN_PLACEHOLDERS
            and len(list_bodies(layout)) < len(_MAIN_PLACEHOLDERS[key])
            and key != "front"
        ):
            layout = None
        if layout is None:
            layout = (
                only if key not in _MAIN_PLACEHOLDERS or key in ("columns", "entries", "sources") else content
            )
            if key in ("front", "section", "columns"):
                words = locale.words["deck"]
                warnings.append(
                    words["missing_layout"].format(name=words[f"layout_{key}"], other=layout.name)
                )
        out[key] = layout
    return out


def _find_layout(names: Mapping[str, Any], by_type: Mapping[str, Any], key: str) -> Any:
    """Return the layout for a key: by name, then by type."""
    words = [
        locales.load_locale(language).words["deck"][f"layout_{key}"] for language in locales.list_languages()
    ]
    for name in (*words, *_POWERPOINT_NAMES.get(key, ())):
        if name.casefold() in names:
            return names[name.casefold()]
    return next((by_type[kind] for kind in _LAYOUT_TYPES.get(key, ()) if kind in by_type), None)


def _find_content_layout(found: Sequence[Any], names: Mapping[str, Any], by_type: Mapping[str, Any]) -> Any:
    """Return the layout for a title and text: the named one, else that with the largest single body."""
    layout = _find_layout(names, by_type, "points")
    if layout is not None and list_bodies(layout):
        return layout
    single = (
        [one for one in found if len(list_bodies(one)) == 1]
        or [one for one in found if list_bodies(one)]
        or list(found)
    )
    return max(single, key=lambda one: max((p.width * p.height for p in list_bodies(one)), default=0))


def _measure_face_scale(faces: Sequence[str], locale: Locale, warnings: list[str]) -> float:
    """Return how much wider than Carlito the widest of the faces runs: 1 or more.

    A face of unknown widths counts as UNKNOWN_RELATIVE_WIDTH, and adds a warning.
    """
    worst = 1.0
    for name in dict.fromkeys(faces):
        width = find_relative_width(name)
        worst = max(worst, width or UNKNOWN_RELATIVE_WIDTH)
        if width is None:
            warnings.append(locale.words["deck"]["unknown_face"].format(face=name))
    return worst


def _make_page(
    chosen: Mapping[str, Any], look: DeckLook, width: float, zoom: float, scale: float
) -> SlidePage:
    """Return the page that the template gives, in points of the plan.

    Content stands within the frame of the body of its layout for points; our layouts are planned in that
    area, and take its placeholders where it has them. `zoom` is a point of the plan in points of the file,
    `scale` a size of type.
    """
    bodies = list_bodies(chosen["points"])
    margin = width * 0.05
    area = (
        measure_inner_frame(bodies[0], zoom) if bodies else SlideFrame(margin, 130, width - 2 * margin, 330)
    )
    wide = area.w / max(area.h, 1) >= 2
    bare = SlidePage(
        width,
        PAGE_HEIGHT,
        area.x,
        area.x + area.w,
        wide,
        {},
        look,
        area.y,
        area.y + area.h,
        False,
        zoom,
        scale,
    )
    ours = add_layouts(bare)
    colours = {layout.part: read_layout_colours(layout) for layout in chosen.values()}
    points = colours[chosen["points"].part]
    small = find_text_size(bodies[0], points, look.body, zoom, scale) if bodies else look.body * scale
    layouts = {
        key: _fill_layout(layout, chosen[key], colours[chosen[key].part], zoom, scale, small)
        for key, layout in ours.layouts.items()
    }
    return replace(ours, layouts=layouts)


def _fill_layout(
    layout: SlideLayout, theirs: Any, colours: LayoutColours, zoom: float, scale: float, body: float
) -> SlideLayout:
    """Return one of our layouts with the template's placeholders where it has all of the main ones.

    A text that it has no placeholder for becomes a box; beside its body text of `body` points it is set in
    proportion, never larger than on our own master.
    """
    places: dict[str, Placeholder] = {}
    main, found = _MAIN_PLACEHOLDERS.get(layout.key, ()), list_bodies(theirs)
    bodies = dict(zip(main, found, strict=False)) if len(found) >= len(main) else {}
    factor = min(1.0, body / (OWN_BODY_SIZE * scale))
    for key, place in layout.places.items():
        holder = find_title(theirs) if key == "title" else bodies.get(key)
        if holder is None:
            size, least = max(place.size * factor, body), max(place.least * factor, body)
            places[key] = replace(place, kind="", size=min(size, place.size), least=min(least, place.least))
            continue
        style = colours.find_placeholder_style(holder.element)
        size = find_text_size(holder, colours, place.size / scale, zoom, scale)
        index = holder.element.xpath(".//p:ph")[0].get("idx", "0")
        frame = measure_inner_frame(holder, zoom)
        if style.capitals:
            frame = replace(frame, w=frame.w / CAPITALS_WIDTH)
        anchor = find_body_property(holder, "anchor")
        places[key] = replace(
            place, kind=get_placeholder_type(holder), index=int(index), frame=frame,
            size=size, least=min(place.least, size), bold=style.bold, leading=1.0,
            anchor="ctr" if anchor == "ctr" else "b" if anchor == "b" else "t",
        )  # fmt: skip
    return replace(layout, places=places, ground="white", ruler=False)
