"""`schema`: writes the JSON Schema of outlines beside the shipped one."""

import argparse
from pathlib import Path

from builders.commands import locations
from builders.core import files
from builders.core.diagnostics import UsageError
from builders.outline.schema import FILE_NAME, write_schema


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("file", nargs="?", type=Path, help=f"default: outline/{FILE_NAME}")


def run(options: argparse.Namespace) -> int:
    """Write the schema. Raises UsageError for a file that cannot be one, as an outline cannot."""
    path = options.file or locations.find_home() / "outline" / FILE_NAME
    if path.suffix != ".json":
        raise UsageError(f"the schema is JSON: name a file that ends in .json, not {path.name}")
    changed = files.write_file(path, write_schema().encode())
    print(f"{path}: {'written' if changed else 'up to date'}")
    return 0
