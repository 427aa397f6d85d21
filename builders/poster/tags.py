"""The poster as a document: title, sections and lanes as lists in the order of their dates."""

from collections.abc import Mapping
from dataclasses import dataclass

from builders.language.locales import Locale
from builders.poster.content import PosterEvent
from builders.poster.label_text import list_extents
from builders.poster.plan import Poster
from builders.poster.shapes import PosterWords
from builders.poster.tiles import Tile
from builders.typesetting.logical_tree import Node


@dataclass(frozen=True, slots=True)
class PosterTree:
    """The logical tree, its figure, and the node that each owner's words belong to."""

    root: Node
    figure: Node
    nodes: Mapping[str, Node]


def make_poster_tree(poster: Poster) -> PosterTree:
    """Return the tree of a poster: what is drawn, in the order in which it is to be read."""
    said = poster.course
    root = Node("Document")
    nodes: dict[str, Node] = {"title": root.add("H1"), "years": root.add("P"), "subtitle": root.add("P")}
    figure = root.add("Figure", alt=write_alt_text(poster))
    eras = root.add("L")
    for era in said.eras:
        item = eras.add("LI")
        nodes[f"era:{era.index}:number"] = item.add("Lbl")
        nodes[f"era:{era.index}"] = item.add("LBody", actual=f"{era.title}, {era.years}")
    for i, name in enumerate(said.lanes):
        nodes[f"lane:{i}"] = root.add("H2")
        entries = [e for e in said.entries if e.lane == i]
        if entries:
            listed = root.add("L")
            for entry in entries:
                body = listed.add("LI").add("LBody", actual=write_event_sentence(entry, name, said.locale))
                nodes[f"event:{entry.key}"] = body
    for owner in dict.fromkeys(mark.owner for mark in poster.marks if isinstance(mark, PosterWords)):
        if owner.startswith(("inset", "key")):
            nodes[owner] = root.add("P")
    for mark in poster.marks:
        if isinstance(mark, PosterWords) and mark.owner.startswith("legend:"):
            nodes[mark.owner] = root.add("P")
    nodes["credit"] = root.add("P")
    return PosterTree(root, figure, nodes)


def write_event_sentence(entry: PosterEvent, lane: str, locale: Locale) -> str:
    """Return an event as it is read: date, lane, label, description."""
    text = locale.write_label(f"{entry.day_long}, {lane}", entry.label)
    ending = "" if text.endswith((".", "!", "?", "…")) else "."
    return f"{text}{ending} {entry.description}".strip()


def write_alt_text(poster: Poster) -> str:
    """Return what the drawing shows, in words."""
    said = poster.course
    return said.locale.words["poster"]["alt"].format(
        title=said.title,
        years=said.years,
        events=said.locale.write_count("events", len(said.entries)),
        lanes=", ".join(said.lanes),
        eras=said.locale.write_count("sections", len(said.eras)),
    )


def write_sheet_alt_text(poster: Poster, tile: Tile) -> str:
    """Return what one sheet shows: the events whose labels begin on it."""
    said = poster.course
    places = {e.owner: e for e in list_extents(poster.marks)}
    here = []
    for entry in said.entries:
        place = places.get(f"event:{entry.key}")
        if place and tile.left <= place.left < tile.cut_right and tile.top <= place.top < tile.cut_bottom:
            here.append(said.locale.write_label(entry.day, entry.label))
    words = said.locale.words["poster"]
    listed = "; ".join(here) if here else words["sheet_empty"]
    return words["sheet_alt"].format(name=tile.name, events=listed)
