"""`clean`: deletes what was built, also what was left half written, and nothing else."""

import argparse
from contextlib import suppress
from pathlib import Path

from builders.build.build_record import RECORD_NAME, list_written
from builders.commands import locations
from builders.core import files
from builders.core.diagnostics import write_count


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    locations.add_outline_option(parser)


def run(options: argparse.Namespace) -> int:
    """Delete the documents of the named outline, or of all; what others wrote or changed stays."""
    output = locations.find_home() / "output"
    if options.outline:
        folders = [output / locations.name_output_folder(options.outline)]
    else:
        folders = sorted(path.parent for path in output.glob(f"*/{RECORD_NAME}"))
    built = [folder for folder in folders if (folder / RECORD_NAME).is_file()]
    for folder in built:
        _clean_folder(folder)
    if not built:
        print(f"there is nothing that was built in {output}")
    return 0


def _clean_folder(folder: Path) -> None:
    """Delete the documents that the record of a folder lists, the record, and folders that are empty then."""
    written, edited = list_written(folder)
    failed = []
    for file in written:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            failed.append(f"{file}: cannot be deleted ({error.strerror}); close it, then clean again")
    if failed:
        raise files.UnwritableFile("\n".join(failed))
    (folder / RECORD_NAME).unlink()
    for part in folder.glob("*/.*.part"):
        part.unlink(missing_ok=True)
    for below in {file.parent for file in written}:
        with suppress(OSError):  # something else is in it
            below.rmdir()
    with suppress(OSError):
        folder.rmdir()
    print(f"deleted {write_count(len(written), 'document')} in {folder}")
    for file in edited:
        print(f"kept {file}: it was changed since it was built")
