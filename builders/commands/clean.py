"""`clean`: deletes what was built."""

import argparse
import shutil

from builders.commands import places


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    places.add_outline_option(parser)


def run(options: argparse.Namespace) -> int:
    """Delete the output of the named outline, or of all."""
    output = places.find_home() / "output"
    names = (
        [places.name_output_folder(options.outline)]
        if options.outline
        else [p.name for p in output.glob("*") if p.is_dir()]
    )
    for name in names:
        folder = output / name
        if folder.is_dir():
            shutil.rmtree(folder)
            print(f"deleted {folder}")
    return 0
