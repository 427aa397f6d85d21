"""Ids are unique, links and citations lead somewhere, and what is defined is used."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from builders.core.diagnostics import Fault, Path, suggest_nearest
from builders.language import markup
from builders.outline import walk
from builders.outline.model import Outline
from builders.outline.walk import PlacedText

_ADDRESS = re.compile(r"https?://[^\s/.]+\.\S+", re.IGNORECASE)
_LINKED = re.compile(  # RFC 3986, with letters of any script
    r"https?://[^\s/?#.\"<>]+(?:\.[^\s/?#.\"<>]+)+(?:[/?#][^\s\"<>]*)?"
    r"|mailto:[^\s@\"<>]+@[^\s@\"<>]+\.[^\s@\"<>]+",
    re.IGNORECASE,
)
MOST_SUGGESTIONS = 100  # unknown names that are compared with all known ones


def check_references_and_ids(outline: Outline, texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Yield a fault for each id, link or citation that is wrong; a warning for what is never used."""
    yield from _check_ids(outline)
    yield from _check_references(outline, texts)
    yield from _check_addresses(outline)


def _check_ids(outline: Outline) -> Iterator[Fault]:
    for names in (
        [(path, item.id) for path, item in walk.list_identified(outline)],
        [(("sources", i), source.id) for i, source in enumerate(outline.sources)],
        [(("languages", i), language) for i, language in enumerate(outline.languages)],
    ):
        first: dict[str, Path] = {}
        for path, name in names:
            if name in first:
                kind = str(first[name][-2])
                at = path if path[0] == "languages" else (*path, "id")
                yield Fault(f"'{name}' is taken already (in {kind})", "give each its own", at)
            first.setdefault(name, path)


@dataclass(frozen=True, slots=True)
class _ReferenceIndex:
    """What can be referred to, and what has been."""

    targets: frozenset[str]
    sources: frozenset[str]
    linked: set[str] = field(default_factory=set)
    strange: dict[str, str] = field(default_factory=dict)  # an unknown name -> what it may have meant
    cited: set[str] = field(default_factory=set)


def _check_references(outline: Outline, texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Check links and citations in every text, and that people, terms and sources are used."""
    targets = frozenset(item.id for _, item in walk.list_identified(outline))
    names = _ReferenceIndex(targets, frozenset(source.id for source in outline.sources))
    for path, _, text in texts:
        if "[" in text:
            yield from _check_text(text, path, names)
    for path, cites in _list_source_fields(outline):
        yield from _check_cites(markup.parse_cites(cites), _FaultFinder(path, cites), names)
    for group in ("people", "terms"):
        for i, item in enumerate(getattr(outline, group)):
            if item.id not in names.linked:
                advice = f"link it from a text, [words](#{item.id}), or remove it"
                yield Fault(f"'{item.id}' is never linked", advice, (group, i, "id"), severity="warning")
    yield from _check_places(outline, names)
    in_use = {event.lane for section in outline.sections for event in section.events}
    for i, lane in enumerate(outline.lanes):
        if in_use and lane.id not in in_use:
            advice = "give it one, or remove the lane"
            yield Fault(f"lane '{lane.id}' has no event", advice, ("lanes", i, "id"), severity="warning")
    for i, source in enumerate(outline.sources):
        if source.id not in names.cited:
            advice = f"cite it, [@{source.id}], or remove it"
            yield Fault(
                f"source '{source.id}' is never cited", advice, ("sources", i, "id"), severity="warning"
            )


def _check_places(outline: Outline, names: _ReferenceIndex) -> Iterator[Fault]:
    """Yield a warning for each place that no link, event or map uses."""
    used = names.linked | {event.place for section in outline.sections for event in section.events}
    for chosen in (block.map for section in outline.sections for block in section.blocks if block.map):
        used.update(one.place for one in chosen.places)
        rings = [one.ring for one in chosen.territories] + [one.points for one in chosen.lines]
        used.update(point for points in rings for point in points if isinstance(point, str))
    for i, place in enumerate(outline.places):
        if place.id not in used:
            advice = "give it to an event or a map, link it from a text, or remove it"
            yield Fault(f"'{place.id}' is never used", advice, ("places", i, "id"), severity="warning")


def _check_addresses(outline: Outline) -> Iterator[Fault]:
    """Yield a fault for each work's address that no browser would open."""
    for i, source in enumerate(outline.sources):
        if source.url and not _ADDRESS.fullmatch(source.url):
            bare = source.url.partition("://")[2] or source.url
            advice = f"write https://{bare}" if _ADDRESS.fullmatch(f"https://{bare}") else "correct it"
            yield Fault("an address starts with https:// and holds no space", advice, ("sources", i, "url"))


class _FaultFinder:
    """A text, and how far into it each faulty thing has been found."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self._text = path, text
        self._found: dict[str, int] = {}

    def place_fault(self, message: str, advice: str, pattern: str) -> Fault:
        """Return the fault of what `pattern` finds next in the text."""
        match = re.compile(pattern).search(self._text, self._found.get(pattern, 0))
        if match:
            self._found[pattern] = match.end()
        return Fault(message, advice, self.path, offset=match.start() if match else None)


def _check_text(text: str, path: Path, names: _ReferenceIndex) -> Iterator[Fault]:
    spot = _FaultFinder(path, text)
    try:
        paragraphs = markup.parse_paragraphs(text)
    except markup.CiteFault as fault:
        message, _, advice = str(fault).partition("; ")
        yield spot.place_fault(message, advice, re.escape(fault.part))
        return
    for run in (run for paragraph in paragraphs for run in paragraph):
        yield from _check_cites(run.cites, spot, names)
        if run.link is not None:
            names.linked.add(run.link[1:])
            yield from _check_link(run.link, names, spot)


def _check_cites(cites: Sequence[markup.Cite], spot: _FaultFinder, names: _ReferenceIndex) -> Iterator[Fault]:
    for cite in cites:
        names.cited.add(cite.source)
        if cite.source not in names.sources:
            what, advice = _describe_unknown_name(cite.source, names, names.sources, "source")
            yield spot.place_fault(what, advice, rf"@{re.escape(cite.source)}(?![\w-])")


def _check_link(link: str, names: _ReferenceIndex, spot: _FaultFinder) -> Iterator[Fault]:
    target = rf"(?<=\]\(){re.escape(link)}"
    if link.startswith("#"):
        if link[1:] not in names.targets:
            yield spot.place_fault(*_describe_unknown_name(link[1:], names, names.targets, "id"), target)
    elif not _LINKED.fullmatch(link):
        advice = "write #id for something in the outline, or an address that starts with https://"
        if link in names.targets:
            advice = f"write #{link}"
        elif link.lower().endswith((".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")):
            advice = "show a picture in an `image` block"
        elif link.startswith(("https://", "http://", "mailto:")):
            advice = "write the whole address, without spaces and quotation marks: https://example.org/page"
        yield spot.place_fault(f"the link leads nowhere: '{link[:60]}'", advice, re.escape(link))


def _describe_unknown_name(
    name: str, names: _ReferenceIndex, known: frozenset[str], what: str
) -> tuple[str, str]:
    """Return what is wrong with a name that nothing has, and advice: likeness, while such names are few."""
    if name not in names.strange and len(names.strange) < MOST_SUGGESTIONS:
        names.strange[name] = suggest_nearest(name[:80], sorted(known))
    advice = names.strange.get(name) or f"add the {what}, or correct the reference"
    return f"there is no {what} '{name[:80]}'", advice


def _list_source_fields(outline: Outline) -> Iterator[tuple[Path, str]]:
    for i, section in enumerate(outline.sections):
        for j, block in enumerate(section.blocks):
            for kind, source in block.list_citations():
                yield ("sections", i, "blocks", j, kind, "source"), source
