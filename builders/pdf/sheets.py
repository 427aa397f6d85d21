"""A page being drawn, and what is said of it in the end (ISO 32000-1, 7.7.3.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builders.pdf.links import Box


@dataclass(slots=True)
class Sheet:
    """A page: its object's number and its boxes by name; one that is `tagged` leads back to the tree."""

    number: int
    boxes: Mapping[str, Box | None]
    tagged: bool = False
    contents: list[int] = field(default_factory=list)  # streams
    gaps: int = 0  # of these, to be filled yet
    owners: list[int] = field(default_factory=list)  # elements by content id
    links: list[int] = field(default_factory=list)
    placed: dict[str, int] = field(default_factory=dict)  # forms and pictures

    def dictionary(self, parent: int, fonts: int) -> str:
        """Return the page's dictionary, below the page tree's node `parent`."""
        boxes = "".join([f"/{n}Box[{' '.join(map(_side, box))}]" for n, box in self.boxes.items() if box])
        key = f"/StructParents {self.number}/Tabs/S" if self.tagged else ""
        contents = references(self.contents)
        links = f"/Annots[{references(self.links)}]" if self.links else ""
        return (
            f"<</Type/Page/Parent {parent} 0 R{boxes}{key}{links}/Resources{resources(fonts, self.placed)}"
            f"/Contents {contents if len(self.contents) == 1 else f'[{contents}]'}>>"
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """Room left on a page: the number of the stream that will fill it."""

    sheet: Sheet
    number: int


def resources(fonts: int, placed: Mapping[str, int]) -> str:
    """Return what a page, or form, uses: the dictionary of fonts, and the forms and pictures placed on it."""
    names = "".join([f"/{name} {number} 0 R" for name, number in placed.items()])
    return f"<</Font {fonts} 0 R{f'/XObject<<{names}>>' if names else ''}>>"


def references(numbers: Iterable[int]) -> str:
    """Return references to objects."""
    return " ".join([f"{number} 0 R" for number in numbers])


def _side(length: float) -> str:
    return f"{length:.4f}".rstrip("0").rstrip(".")
