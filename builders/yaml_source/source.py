"""A YAML file as plain values, with the places of all that is in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from builders.core.diagnostics import Fault, Path, sort_faults
from builders.core.text_files import read_text
from builders.yaml_source import value_positions
from builders.yaml_source.parser import build_values

# What libyaml takes for the end of a line and editors do not (YAML 1.1, 5.4): its lines would be others.
_LINE_BREAKS_OF_YAML = {0x85: " ", 0x2028: " ", 0x2029: " "}


@dataclass(frozen=True)
class YamlSource:
    """A YAML file's text and the plain values in it: str, list, dict, or None for an empty item."""

    file: str
    text: str = field(repr=False)
    values: Any = field(repr=False)
    parted: bool = field(default=False, repr=False, compare=False)  # whether a text in it may be

    @cached_property
    def _places(self) -> dict[Path, value_positions.ValuePosition]:
        return dict(value_positions.walk_positions(self.text))

    def find_style(self, path: Path) -> str:
        """Return how the text that `path` leads to is written: '' plain, ' or " quoted, | or > a block."""
        place = self._places.get(path)
        return place.style if place else ""

    def find_position(self, path: Path, offset: int | None = None) -> tuple[int, int]:
        """Return line and column (1-based) of what `path` leads to, or of its nearest parent that exists.

        With `offset`, those of the character that stands so many characters into the text there.
        """
        while path and path not in self._places:
            path = path[:-1]
        place = self._places.get(path)
        if place is None:
            return 1, 1
        value = self._find_value(path)
        if offset is not None and place.start is not None and isinstance(value, str):
            index = value_positions.find_index(self.text, place, value.strip(), offset)
            return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)
        return place.line, place.column

    def _find_value(self, path: Path) -> Any:
        value = self.values
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def place_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults with their lines and columns, sorted by these, equal ones once."""
        found = [f if f.line else _place_fault(f, *self.find_position(f.path, f.offset)) for f in faults]
        return sort_faults(found)


def _place_fault(fault: Fault, line: int, column: int) -> Fault:
    return replace(fault, line=line, column=column)


def read_source(path: FilePath) -> YamlSource:
    """Return the plain values of the YAML file at `path`.

    Raises OutlineFaults, as `parse_source` and for the file.
    """
    return parse_source(read_text(path), str(path))


def parse_source(text: str, file: str = "outline") -> YamlSource:
    """Return the plain values in YAML `text`; `file` is what messages call it.

    Raises OutlineFaults, placed: the first fault of syntax, or else all of structure.
    """
    text = text.translate(_LINE_BREAKS_OF_YAML)
    values = build_values(text)
    return YamlSource(file, text, values.root, values.parted)
