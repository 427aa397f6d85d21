"""Links, the outline beside the pages, and the pages' labels (ISO 32000-1, 12.3, 12.4.2 and 12.5.6.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from builders.pdf.file import File, text_string

Box = tuple[float, float, float, float]  # left, bottom, right, top
Place = tuple[int, float, float]  # the number of a page's object, x, y
_STYLES = {"ARABIC": "/S/D", "ROMAN_LOWER": "/S/r", None: ""}


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: its object's number, where it leads, and its key in the parent tree, if any."""

    number: int
    target: str
    box: Box
    contents: str
    key: int | None

    def write(self, file: File, places: Mapping[str, Place]) -> None:
        """Write the annotation, when all places are known."""
        box = " ".join([f"{v:.2f}" for v in self.box])
        key = "" if self.key is None else f"/StructParent {self.key}"
        file.put(
            self.number,
            f"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{box}]/Contents{text_string(self.contents)}"
            f"{key}{self._action(places)}>>",
        )

    def _action(self, places: Mapping[str, Place]) -> str:
        if self.target.startswith("#"):
            return f"/Dest{destination(places[self.target[1:]])}"
        return f"/A<</S/URI/URI<{self.target.encode('utf-8').hex().upper()}>>>"


def destination(place: Place) -> str:
    """Return where a link leads."""
    page, x, y = place
    return f"[{page} 0 R/XYZ {x:.2f} {y:.2f} null]"


@dataclass(slots=True)
class Bookmark:
    """An entry of the outline and those below it, shown at first unless it is closed."""

    title: str
    place: Place
    level: int
    closed: bool
    below: "list[Bookmark]" = field(default_factory=list)

    @property
    def shown(self) -> int:
        """How many entries below are shown when this one is open."""
        return len(self.below) + sum(entry.shown for entry in self.below if not entry.closed)


def write_outline(file: File, bookmarks: Sequence[Bookmark]) -> int:
    """Write the outline of bookmarks, which follow each other with their levels; return its number."""
    root = Bookmark("", (0, 0.0, 0.0), -1, False)
    way = [root]
    for entry in bookmarks:
        while way[-1].level >= entry.level:
            way.pop()
        way[-1].below.append(entry)
        way.append(entry)
    number = file.reserve()
    file.put(number, f"<</Type/Outlines{_write_below(file, root, number)}>>")
    return number


def _write_below(file: File, entry: Bookmark, number: int) -> str:
    """Write the entries below one and return what its dictionary says of them."""
    if not entry.below:
        return ""
    numbers = [file.reserve() for _ in entry.below]
    for i, (own, below) in enumerate(zip(numbers, entry.below, strict=True)):
        before = f"/Prev {numbers[i - 1]} 0 R" if i else ""
        after = f"/Next {numbers[i + 1]} 0 R" if i + 1 < len(numbers) else ""
        file.put(
            own,
            f"<</Title{text_string(below.title)}/Parent {number} 0 R{before}{after}"
            f"/Dest{destination(below.place)}{_write_below(file, below, own)}>>",
        )
    count = f"{'-' if entry.closed else ''}{entry.shown}"
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
