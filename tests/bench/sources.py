"""`python -m tests.bench.sources KIND COUNT FILE`: writes what a program starts from, in its own process.

So the process that times others stays small: on Linux a new process counts its parent's peak as its own.
"""

import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.as_html import page
from tests.bench.as_markdown import slides
from tests.bench.as_outline import outline
from tests.bench.as_typst import markup
from tests.bench.faces import SERIF
from tests.bench.matter import crowded, sections

THEME = "guide:\n  align: justify\n  hyphenate: true\n"

TEXTS: dict[str, Callable[[int], Iterable[str]]] = {
    "outline": lambda count: outline(sections(count)),
    "crowd": lambda count: outline(crowded(count)),
    "theme": lambda _: [THEME],
    "typst": lambda count: markup(list(sections(count))),
    "html": lambda count: page(list(sections(count)), SERIF),
    "markdown": lambda count: slides(sections(count)),
}


def write(kind: str, count: int, path: Path) -> None:
    """Write the source of one kind for so many sections ("crowd": events)."""
    if kind == "sections":  # for a program that has no language of its own: the values themselves
        path.write_bytes(pickle.dumps(list(sections(count))))
        return
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(TEXTS[kind](count))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
