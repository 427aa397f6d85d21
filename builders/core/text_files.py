"""A file's bytes and text, within limits; what is wrong with a file is a fault."""

import re
from itertools import islice
from pathlib import Path

from builders.core.diagnostics import Fault, OutlineFaults

MOST_BYTES = 32 * 1024 * 1024

# What YAML 1.2 (5.1) calls non-printable, and the noncharacters.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


def read_text(path: Path) -> str:
    """Return the text of the file at `path`.

    Raises OutlineFaults where it cannot be read, or not as UTF-8 text.
    """
    return decode_text(read_content(path))


def read_content(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of the file at `path`.

    Raises OutlineFaults: no file, not readable, or over `most` bytes.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OutlineFaults([Fault("is not a file but a device or a pipe", "save it as a file")])
        if path.stat().st_size > most:
            raise OutlineFaults(
                [Fault(f"the file is larger than {most >> 20} MB", "split it, or make it smaller")]
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise OutlineFaults([Fault("there is no such file", "check the name and the folder")]) from None
    except IsADirectoryError:
        raise OutlineFaults([Fault("is a folder", "name the file in it")]) from None
    except OSError as error:
        advice = "check the file's permissions"
        raise OutlineFaults([Fault(f"cannot be read ({error.strerror})", advice)]) from None


def decode_text(content: bytes) -> str:
    """Return the text of a file's bytes.

    Raises OutlineFaults (placed) where they are not UTF-8, or not printable.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise OutlineFaults([Fault("the file is saved as UTF-16", "save it as UTF-8", (), 1, 1)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        what = (
            "the file is not text" if b"\0" in content else f"byte {content[error.start]:#04x} is not UTF-8"
        )
        raise OutlineFaults([Fault(what, "save the outline as UTF-8 text", (), line, column)]) from None
    faults = [_describe_unprintable(text, match) for match in islice(UNPRINTABLE.finditer(text), 20)]
    if faults:
        raise OutlineFaults(faults)
    return text


def _describe_unprintable(text: str, match: re.Match[str]) -> Fault:
    line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
    return Fault(f"control character U+{ord(match[0]):04X}", "delete it", (), line, column)
