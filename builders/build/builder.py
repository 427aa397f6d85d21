"""What a builder is asked for, and what it gives back.

A builder's options are a class of its own below `Options`, and each field says with `option()` how it is
asked for on the command line: what concerns a builder stands in its own folder. Fields of one name in
several builders (paper, section) are one option.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from builders.core.diagnostics import Fault
from builders.outline.model import Outline
from builders.theme.papers import OFFICE_PAPERS
from builders.theme.theme import Theme, load_shipped_theme

_ASKED = "option"  # the key of a field's metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What every builder is told: the language of the document (its code), the look, the outline's folder.

    Images are read from inside `root` only.
    """

    lang: str
    theme: Theme = field(default_factory=load_shipped_theme)
    root: Path = Path()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the command line asks for an option: one of `choices`, a switch, or a file that `read` reads."""

    flag: str
    help: str
    choices: tuple[str, ...] = ()
    metavar: str | None = None
    many: bool = False  # may be given several times, for as many documents
    read: Callable[[Path], Any] | None = None
    in_preview: bool = False


def option(default: Any, flag: str, help: str, **more: Any) -> Any:
    """Return a field of a builder's options class that the command line asks for as `flag` (`--paper`).

    `more` are the further fields of Asked.
    """
    return field(default=default, metadata={_ASKED: Asked(flag=flag, help=help, **more)})


def list_asked(kind: type[Options]) -> Iterator[tuple[str, Any, Asked]]:
    """Yield each option that the command line asks for: its name, its default, and how it is asked for."""
    for one in fields(kind):
        if _ASKED in one.metadata:
            yield one.name, one.default, one.metadata[_ASKED]


def paper_option() -> Any:
    """Return the options field `--paper`: what pages or sheets are printed on."""
    return option(
        "a4", "--paper", "of pages and sheets (default: a4)", choices=OFFICE_PAPERS, in_preview=True
    )


def grey_option() -> Any:
    """Return the options field `--grey`: a document for black-and-white printers."""
    return option(False, "--grey", "for black-and-white printers")


def section_option() -> Any:
    """Return the options field `--section`: the id of the one section that a document is about."""
    return option(None, "--section", "that section alone", metavar="ID")


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished document: its file name, bytes, and length in pages, slides or sheets."""

    name: str
    data: bytes
    count: int
    unit: str  # "pages", "slides", "sheets"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page, slide or sheet in the preview: size in points, its words, and its drawing where that is SVG."""

    width: float
    height: float
    words: str
    svg: str | None = field(default=None, repr=False)


Preview = Callable[[Outline, Any], tuple[tuple[Leaf, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """All that concerns a builder: what it may be asked for, what it makes, how the preview shows it.

    `build` takes the outline and options of the class `options`, and returns artifacts: none where the
    outline has nothing for it. Plain `build` makes a document for each of the `variants`, which give options.
    `preview` returns pages and warnings without making the document; without it, the pages of the first
    artifact, a PDF, are shown. `find_faults` tells `check`, without making the document, why an outline that
    is valid cannot be laid out; without it, each can. Fixed words stand in each locale file under the
    builder's name; a pool imports its modules `plan` and `write` in advance.
    """

    name: str
    title: str  # on the preview's tab
    leaf: str  # what the preview calls one of its pages, such as 'slide'
    options: type[Options]
    build: Callable[[Outline, Any], tuple[Artifact, ...]]
    variants: tuple[Mapping[str, Any], ...] = ({},)
    preview: Preview | None = None
    find_faults: Callable[[Outline, Any], tuple[Fault, ...]] | None = None
    embeds_faces: bool = True  # whether a character that no face of ours has stops it


@contextmanager
def pause_collector() -> Iterator[None]:
    """Do the body without Python's collector of cycles.

    What a build makes lives to its end and has few cycles: looking for them again and again would take as
    long as the work itself.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
