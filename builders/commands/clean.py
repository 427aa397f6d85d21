"""`clean`: deletes what was built."""

import argparse
import shutil

from builders.commands import locations


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    locations.add_outline_option(parser)


def run(options: argparse.Namespace) -> int:
    """Delete the output of the named outline, or of all."""
    output = locations.find_home() / "output"
    names = (
        [locations.name_output_folder(options.outline)]
        if options.outline
        else [p.name for p in output.glob("*") if p.is_dir()]
    )
    for name in names:
        folder = output / name
        if folder.is_dir():
            shutil.rmtree(folder)
            print(f"deleted {folder}")
    return 0
