"""Where outlines and outputs are: in the checkout, or in the folder that the command is run from."""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from builders.commands.report import write_fault_lines
from builders.core.diagnostics import OutlineFaults, UsageError
from builders.core.text_files import read_content

ADVICE_ON_NAMES = "rename one of the two outlines, or give another folder with --output"
# names that Windows keeps for devices, also before a dot; and what it cuts off a name's end
_RESERVED = re.compile(r"^(con|prn|aux|nul|(com|lpt)[0-9¹²³]|con(in|out)\$) *(\.|$)|[. ]$", re.IGNORECASE)
_CHECKOUT = Path(__file__).resolve().parents[2]


def find_home() -> Path:
    """Return the folder that holds `outline/` and `output/`."""
    return _CHECKOUT if (_CHECKOUT / "tasks.py").is_file() else Path.cwd()


def name_program() -> str:
    """Return what is typed before a command's name."""
    if find_home() != _CHECKOUT:
        return "temario"
    return "py tasks.py" if os.name == "nt" else "python3 tasks.py"


def add_outline_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the outline."""
    parser.add_argument(
        "--outline", metavar="FILE", type=Path, help="the outline (default: each in outline/)"
    )


def list_outlines(options: argparse.Namespace) -> list[Path]:
    """Return the outline files that a command is about. Raises UsageError where there is none."""
    if named := getattr(options, "outlines", None):
        return list(named)
    if options.outline is not None:
        return [options.outline]
    found = sorted((find_home() / "outline").glob("*.yaml"))
    if not found:
        raise UsageError("there is no outline in outline/; name one with --outline FILE")
    return [shorten_path(path) for path in found]


def report_absent(paths: Iterable[Path]) -> bool:
    """Say which outlines cannot be read; return whether there are any."""
    told = []
    for path in paths:
        try:
            read_content(path)
        except OutlineFaults as error:
            told += write_fault_lines(path, error.faults)
    for line in told:
        print(line, file=sys.stderr)
    return bool(told)


@contextmanager
def raise_as_usage(file: Path) -> Iterator[None]:
    """Make the faults of a file that an option names wrong usage. Raises UsageError."""
    try:
        yield
    except OutlineFaults as error:
        raise UsageError("\n".join(write_fault_lines(file, error.faults))) from None


def name_output_folder(path: Path) -> str:
    """Return the name of an outline's folder below output/.

    Raises UsageError where it would lead out of it, or where Windows can have no folder of that name.
    """
    if path.stem in ("", ".", "..") or "\0" in path.stem or _RESERVED.search(path.stem):
        raise UsageError(f"'{path.name}' cannot name a folder of documents; rename the outline")
    return path.stem


def check_folder_names(paths: Sequence[Path]) -> None:
    """Raise UsageError where two outlines would have one folder below output/, also where case is ignored."""
    seen: dict[str, Path] = {}
    for path in paths:
        other = seen.setdefault(name_output_folder(path).casefold(), path)
        if other.resolve() != path.resolve():
            raise UsageError(f"{other} and {path} have one name, and so one folder; {ADVICE_ON_NAMES}")


def shorten_path(path: Path) -> Path:
    """Return `path` as a reader would name it: from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
