"""`diff`: what changed between two versions of an outline, in words, section by section."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from builders import revisions, source, wording
from builders.cli import FAULTS, Usage
from builders.commands import places
from builders.commands.context import coloured, printable
from builders.commands.report import lines
from builders.faults import OutlineFaults
from builders.wording import Piece, Told

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")

Version = tuple[str, Callable[[], source.Source]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("versions", nargs="*", metavar="REV|FILE", help="two revisions or two files (default: HEAD and now)")
    places.add_outline(parser)
    add("--markdown", action="store_true", help="for a pull request or a mail")


def run(options: argparse.Namespace) -> int:
    """Print the changes of each outline; 0 whether there are any or none."""
    if len(options.versions) > 2:
        raise Usage("compare two versions: diff REV, diff REV REV, or diff FILE FILE")
    if len(options.versions) == 1 and _is_file(options.versions[0]):
        name = options.versions[0]
        either = f"diff {name} FILE, or, for what changed since the last commit, diff --outline {name}"
        raise Usage(f"{name} is one version, and two are compared: {either}")
    if len(options.versions) < 2 and places.absent(places.outlines(options)):
        return FAULTS
    code = 0
    for pair in _pairs(options):
        read: list[source.Source | None] = []
        for name, version in pair:
            try:
                read.append(_earlier_or_none(version, pair))
            except OutlineFaults as error:
                print("\n".join(lines(Path(name), error.faults)), file=sys.stderr)
                code = FAULTS
        if len(read) == 2 and read[1] is not None:
            title = f"{pair[0][0]} → {pair[1][0]}"
            changes = wording.tell(read[0].values, read[1].values) if read[0] else None
            write = _as_markdown if options.markdown else _as_text
            print("\n".join(write(title, changes)))
    return code


def _earlier_or_none(
    version: Callable[[], source.Source], pair: tuple[Version, Version]
) -> source.Source | None:
    """Return a version; None for the first of two where the outline was not there yet."""
    try:
        return version()
    except revisions.Absent:
        if version is pair[0][1]:
            return None
        raise


def _pairs(options: argparse.Namespace) -> Iterator[tuple[Version, Version]]:
    names = options.versions or ["HEAD"]
    if len(names) == 2 and any(_is_file(name) for name in names):
        yield _file(Path(names[0])), _file(Path(names[1]))
        return
    for path in places.outlines(options):
        second = _revision(path, names[1]) if len(names) == 2 else _file(path)
        yield _revision(path, names[0]), second


def _is_file(name: str) -> bool:
    """Whether a name is meant as a file's: no revision has these endings, or is there to be opened."""
    return name.endswith((".yaml", ".yml")) or Path(name).is_file()


def _file(path: Path) -> Version:
    return str(path), lambda: source.read(path)


def _revision(path: Path, name: str) -> Version:
    return f"{path} in {name}", lambda: revisions.earlier(path, name)


def _as_text(title: str, changes: list[Told] | None) -> Iterator[str]:
    write = _colour if coloured(sys.stdout) else _plain
    yield printable(title)
    if not changes:
        yield "  a new outline" if changes is None else "  nothing changed"
    part = item = ""
    for told in changes or ():
        if told.part != part:
            part, item = told.part, ""
            yield f"\n{printable(part)}"
        if told.item != item:
            item = told.item
            yield f"  {printable(item)}"
        indent = "    " if told.item else "  "
        yield indent + "".join(write(piece) for piece in told.line)


def _plain(piece: Piece) -> str:
    if piece.gone and piece.come:
        return printable(f"[{piece.gone} → {piece.come}]")
    if piece.gone or piece.come:
        return printable(f"[− {piece.gone}]" if piece.gone else f"[+ {piece.come}]")
    return printable(piece.same)


def _colour(piece: Piece) -> str:
    if not (piece.gone or piece.come):
        return printable(piece.same)
    gone = f"\033[31;9m{printable(piece.gone)}\033[0m" if piece.gone else ""
    come = f"\033[32m{printable(piece.come)}\033[0m" if piece.come else ""
    return f"{gone}{' ' * bool(gone and come)}{come}"


def _as_markdown(title: str, changes: list[Told] | None) -> Iterator[str]:
    yield f"## {_escaped(title)}"
    if not changes:
        yield "\nA new outline." if changes is None else "\nNothing changed."
    part = ""
    for told in changes or ():
        if told.part != part:
            part = told.part
            yield f"\n### {_escaped(part)}\n"
        item = f"**{_escaped(told.item)}**: " if told.item else ""
        yield f"- {item}" + "".join(_marked(piece) for piece in told.line)


def _marked(piece: Piece) -> str:
    gone = f"~~{_escaped(piece.gone.strip())}~~" if piece.gone.strip() else ""
    come = f"**{_escaped(piece.come.strip())}**" if piece.come.strip() else ""
    if not gone and not come:
        return _escaped(piece.same or piece.gone + piece.come)
    either = piece.come or piece.gone
    before, after = " " * (either[:1] == " "), " " * (either[-1:] == " ")
    return before + " ".join(part for part in (gone, come) if part) + after


def _escaped(text: str) -> str:
    """Return `text` so that Markdown prints it as it stands, and a forge notifies nobody of an @."""
    return _MARKUP.sub(r"\\\1", printable(text)).replace("@", "@\u2060")
