"""The placeholders of a school's template: which there are, where their text stands, how it looks."""

from typing import Any

from builders.deck.colours import A, Colours, of_master
from builders.deck.inks import EMU
from builders.deck.slides import Frame

INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}  # EMU: ECMA-376, 21.1.2.1.1
_BODIES = {"body", "obj", "subTitle"}


def title_of(layout: Any) -> Any:
    """Return a layout's placeholder for the title, or None."""
    return next((p for p in layout.placeholders if kind_of(p) in ("title", "ctrTitle")), None)


def bodies_of(layout: Any) -> list[Any]:
    """Return the placeholders for text, in reading order: from the top, then from the left."""
    bodies = [
        p
        for p in layout.placeholders
        if kind_of(p) in _BODIES and p.element.find(f".//{A}bodyPr[@vert]") is None
    ]
    return sorted(bodies, key=lambda p: (round(p.top / EMU / 40), p.left))


def kind_of(placeholder: Any) -> str:
    """Return a placeholder's type."""
    return str(placeholder.element.xpath(".//p:ph")[0].get("type", "obj"))


def inner_of(placeholder: Any, zoom: float) -> Frame:
    """Return where a placeholder's text stands, in points of the plan."""
    insets = [int(body_property(placeholder, name) or usual) for name, usual in INSETS.items()]
    left, top, right, bottom = (inset / EMU / zoom for inset in insets)
    unit = EMU * zoom
    x, y, w, h = (placeholder.left, placeholder.top, placeholder.width, placeholder.height)
    return Frame(x / unit + left, y / unit + top, w / unit - left - right, h / unit - top - bottom)


def body_property(placeholder: Any, name: str) -> str | None:
    """Return a property of a placeholder's text body: its own or its master's."""
    for element in (placeholder.element, *_base(placeholder)):
        found = element.find(f".//{A}bodyPr")
        if found is not None and found.get(name) is not None:
            return str(found.get(name))
    return None


def _base(placeholder: Any) -> list[Any]:
    """Return the master's placeholder that a layout's inherits from."""
    holder = placeholder.element.xpath(".//p:ph")[0]
    master = placeholder.part.slide_layout.slide_master.element
    found = of_master(master, holder)
    return [] if found is None else [found]


def size_of(holder: Any, colours: Colours, usual: float, zoom: float, scale: float) -> float:
    """Return the size of a placeholder's text, in points of the plan."""
    return (colours.placeholder_style(holder.element).size or usual) * scale / zoom
