"""`diff`: what changed between two versions of an outline, in words, section by section."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from builders.commands import locations
from builders.commands.report import has_colours, write_fault_lines
from builders.core.diagnostics import EXIT_FAULTS, OutlineFaults, UsageError, make_printable
from builders.diff import describe, revisions
from builders.diff.describe import DescribedChange, DiffSegment
from builders.yaml_source import source

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")

Version = tuple[str, Callable[[], source.YamlSource]]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("versions", nargs="*", metavar="REV|FILE", help="two revisions or two files (default: HEAD and now)")
    locations.add_outline_option(parser)
    add("--markdown", action="store_true", help="for a pull request or a mail")


def run(options: argparse.Namespace) -> int:
    """Print the changes of each outline; 0 whether there are any or none."""
    if len(options.versions) > 2:
        raise UsageError("compare two versions: diff REV, diff REV REV, or diff FILE FILE")
    if len(options.versions) == 1 and _is_file(options.versions[0]):
        name = options.versions[0]
        either = f"diff {name} FILE, or, for what changed since the last commit, diff --outline {name}"
        raise UsageError(f"{name} is one version, and two are compared: {either}")
    if len(options.versions) < 2 and locations.report_absent(locations.list_outlines(options)):
        return EXIT_FAULTS
    code = 0
    for pair in _list_pairs(options):
        read: list[source.YamlSource | None] = []
        for name, version in pair:
            try:
                read.append(_read_version(version, pair))
            except OutlineFaults as error:
                print("\n".join(write_fault_lines(Path(name), error.faults)), file=sys.stderr)
                code = EXIT_FAULTS
        if len(read) == 2 and read[1] is not None:
            title = f"{pair[0][0]} → {pair[1][0]}"
            changes = describe.describe_changes(read[0].values, read[1].values) if read[0] else None
            write = _write_markdown if options.markdown else _write_text
            print("\n".join(write(title, changes)))
    return code


def _read_version(
    version: Callable[[], source.YamlSource], pair: tuple[Version, Version]
) -> source.YamlSource | None:
    """Return a version; None for the first of two where the outline was not there yet."""
    try:
        return version()
    except revisions.AbsentOutline:
        if version is pair[0][1]:
            return None
        raise


def _list_pairs(options: argparse.Namespace) -> Iterator[tuple[Version, Version]]:
    names = options.versions or ["HEAD"]
    if len(names) == 2 and any(_is_file(name) for name in names):
        yield _make_file_version(Path(names[0])), _make_file_version(Path(names[1]))
        return
    for path in locations.list_outlines(options):
        second = _make_revision_version(path, names[1]) if len(names) == 2 else _make_file_version(path)
        yield _make_revision_version(path, names[0]), second


def _is_file(name: str) -> bool:
    """Whether a name is meant as a file's: no revision has these endings, or is there to be opened."""
    return name.endswith((".yaml", ".yml")) or Path(name).is_file()


def _make_file_version(path: Path) -> Version:
    return str(path), lambda: source.read_source(path)


def _make_revision_version(path: Path, name: str) -> Version:
    return f"{path} in {name}", lambda: revisions.read_revision(path, name)


def _write_text(title: str, changes: list[DescribedChange] | None) -> Iterator[str]:
    write = _write_coloured if has_colours(sys.stdout) else _write_plain
    yield make_printable(title)
    if not changes:
        yield "  a new outline" if changes is None else "  nothing changed"
    part = item = ""
    for told in changes or ():
        if told.part != part:
            part, item = told.part, ""
            yield f"\n{make_printable(part)}"
        if told.item != item:
            item = told.item
            yield f"  {make_printable(item)}"
        indent = "    " if told.item else "  "
        yield indent + "".join(write(piece) for piece in told.line)


def _write_plain(piece: DiffSegment) -> str:
    if piece.gone and piece.come:
        return make_printable(f"[{piece.gone} → {piece.come}]")
    if piece.gone or piece.come:
        return make_printable(f"[− {piece.gone}]" if piece.gone else f"[+ {piece.come}]")
    return make_printable(piece.same)


def _write_coloured(piece: DiffSegment) -> str:
    if not (piece.gone or piece.come):
        return make_printable(piece.same)
    gone = f"\033[31;9m{make_printable(piece.gone)}\033[0m" if piece.gone else ""
    come = f"\033[32m{make_printable(piece.come)}\033[0m" if piece.come else ""
    return f"{gone}{' ' * bool(gone and come)}{come}"


def _write_markdown(title: str, changes: list[DescribedChange] | None) -> Iterator[str]:
    yield f"## {_escape_markdown(title)}"
    if not changes:
        yield "\nA new outline." if changes is None else "\nNothing changed."
    part = ""
    for told in changes or ():
        if told.part != part:
            part = told.part
            yield f"\n### {_escape_markdown(part)}\n"
        item = f"**{_escape_markdown(told.item)}**: " if told.item else ""
        yield f"- {item}" + "".join(_write_marked(piece) for piece in told.line)


def _write_marked(piece: DiffSegment) -> str:
    gone = f"~~{_escape_markdown(piece.gone.strip())}~~" if piece.gone.strip() else ""
    come = f"**{_escape_markdown(piece.come.strip())}**" if piece.come.strip() else ""
    if not gone and not come:
        return _escape_markdown(piece.same or piece.gone + piece.come)
    either = piece.come or piece.gone
    before, after = " " * (either[:1] == " "), " " * (either[-1:] == " ")
    return before + " ".join(part for part in (gone, come) if part) + after


def _escape_markdown(text: str) -> str:
    """Return `text` so that Markdown prints it as it stands, and a forge notifies nobody of an @."""
    return _MARKUP.sub(r"\\\1", make_printable(text)).replace("@", "@\u2060")
