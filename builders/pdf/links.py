"""Links, the outline beside the pages, and the pages' labels (ISO 32000-1, 12.3, 12.4.2 and 12.5.6.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from builders.pdf.file import Stretch, name_string, text_string

Box = tuple[float, float, float, float]  # left, bottom, right, top
Place = tuple[int, float, float]  # the number of a page's object, x, y
_STYLES = {"ARABIC": "/S/D", "ROMAN_LOWER": "/S/r", None: ""}


def write_link(stretch: Stretch, number: int, target: str, box: Box, contents: str, owned: bool) -> None:
    """Write the annotation of a link to '#place' or an address; one that is `owned` has an element.

    Places are called by name, so that the link is complete before the place is known.
    """
    sides = " ".join([f"{v:.2f}" for v in box])
    if target.startswith("#"):
        action = f"/Dest{name_string(target[1:])}"
    else:
        action = f"/A<</S/URI/URI<{target.encode('utf-8').hex().upper()}>>>"
    key = f"/StructParent {number}" if owned else ""
    stretch.put(
        number,
        f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{sides}]/Contents{text_string(contents)}"
        f"{key}{action}>>",
    )


def write_places(stretch: Stretch, places: Mapping[str, Place]) -> int:
    """Write the names of places as a tree of one node (ISO 32000-1, 7.9.6) and return its number."""
    # in order of their bytes
    names = [f"{name_string(key)}{_destination(places[key])}" for key in sorted(places, key=str.encode)]
    return stretch.add(f"<</Names[{''.join(names)}]>>")


def _destination(place: Place) -> str:
    """Return where a link leads."""
    page, x, y = place
    return f"[{page} 0 R/XYZ {x:.2f} {y:.2f} null]"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline, shown with those below it at first unless it is closed."""

    title: str
    place: Place
    level: int
    closed: bool


@dataclass(slots=True)
class _Entry:
    bookmark: Bookmark
    below: "list[_Entry]" = field(default_factory=list)

    @property
    def shown(self) -> int:
        """How many entries below are shown when this one is open."""
        return len(self.below) + sum(entry.shown for entry in self.below if not entry.bookmark.closed)


def write_outline(stretch: Stretch, bookmarks: Sequence[Bookmark]) -> int:
    """Write the outline of bookmarks, which follow each other with their levels; return its number."""
    root = _Entry(Bookmark("", (0, 0.0, 0.0), -1, False))
    way = [root]
    for bookmark in bookmarks:
        while way[-1].bookmark.level >= bookmark.level:
            way.pop()
        entry = _Entry(bookmark)
        way[-1].below.append(entry)
        way.append(entry)
    number = stretch.reserve()
    stretch.put(number, f"<</Type/Outlines{_write_below(stretch, root, number)}>>")
    return number


def _write_below(stretch: Stretch, entry: _Entry, number: int) -> str:
    """Write the entries below one and return what its dictionary says of them."""
    if not entry.below:
        return ""
    numbers = [stretch.reserve() for _ in entry.below]
    for i, (own, below) in enumerate(zip(numbers, entry.below, strict=True)):
        before = f"/Prev {numbers[i - 1]} 0 R" if i else ""
        after = f"/Next {numbers[i + 1]} 0 R" if i + 1 < len(numbers) else ""
        stretch.put(
            own,
            f"<</Title{text_string(below.bookmark.title)}/Parent {number} 0 R{before}{after}"
            f"/Dest{_destination(below.bookmark.place)}{_write_below(stretch, below, own)}>>",
        )
    count = f"{'-' if entry.bookmark.closed else ''}{entry.shown}"
    return f"/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count {count}"


@dataclass(frozen=True, slots=True)
class Label:
    """How pages are numbered from one on (0-based): 'ARABIC', 'ROMAN_LOWER', or None with a prefix."""

    start: int
    style: str | None
    first: int
    prefix: str | None

    def __str__(self) -> str:
        prefix = f"/P{text_string(self.prefix)}" if self.prefix else ""
        return f"{self.start}<<{_STYLES[self.style]}/St {self.first}{prefix}>>"
