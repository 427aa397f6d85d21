"""The placeholders of a school's template: which there are, where their text stands, how it looks."""

from typing import Any

from builders.deck.effective_colours import A, LayoutColours, find_master_placeholder
from builders.deck.model import SlideFrame
from builders.theme.papers import EMU_PER_POINT

USUAL_INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}  # EMU: ECMA-376, 21.1.2.1.1
_BODY_TYPES = {"body", "obj", "subTitle"}


def find_title(layout: Any) -> Any:
    """Return a layout's placeholder for the title, or None."""
    return next((p for p in layout.placeholders if get_placeholder_type(p) in ("title", "ctrTitle")), None)


def list_bodies(layout: Any) -> list[Any]:
    """Return the placeholders for text, in reading order: from the top, then from the left."""
    bodies = [
        p
        for p in layout.placeholders
        if get_placeholder_type(p) in _BODY_TYPES and p.element.find(f".//{A}bodyPr[@vert]") is None
    ]
    return sorted(bodies, key=lambda p: (round(p.top / EMU_PER_POINT / 40), p.left))


def get_placeholder_type(placeholder: Any) -> str:
    """Return a placeholder's type."""
    return str(placeholder.element.xpath(".//p:ph")[0].get("type", "obj"))


def measure_inner_frame(placeholder: Any, zoom: float) -> SlideFrame:
    """Return where a placeholder's text stands, in points of the plan."""
    insets = [int(find_body_property(placeholder, name) or usual) for name, usual in USUAL_INSETS.items()]
    left, top, right, bottom = (inset / EMU_PER_POINT / zoom for inset in insets)
    unit = EMU_PER_POINT * zoom
    x, y, w, h = (placeholder.left, placeholder.top, placeholder.width, placeholder.height)
    return SlideFrame(x / unit + left, y / unit + top, w / unit - left - right, h / unit - top - bottom)


def find_body_property(placeholder: Any, name: str) -> str | None:
    """Return a property of a placeholder's text body: its own or its master's."""
    for element in (placeholder.element, *_list_inherited(placeholder)):
        found = element.find(f".//{A}bodyPr")
        if found is not None and found.get(name) is not None:
            return str(found.get(name))
    return None


def _list_inherited(placeholder: Any) -> list[Any]:
    """Return the master's placeholder that a layout's inherits from."""
    holder = placeholder.element.xpath(".//p:ph")[0]
    master = placeholder.part.slide_layout.slide_master.element
    found = find_master_placeholder(master, holder)
    return [] if found is None else [found]


def find_text_size(holder: Any, colours: LayoutColours, usual: float, zoom: float, scale: float) -> float:
    """Return the size of a placeholder's text, in points of the plan."""
    return (colours.find_placeholder_style(holder.element).size or usual) * scale / zoom
