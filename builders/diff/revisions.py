"""Earlier versions of an outline, from git."""

import os
import subprocess
from pathlib import Path

from builders.core import text_files
from builders.core.diagnostics import UsageError
from builders.yaml_source import source


class AbsentOutline(UsageError):
    """The outline did not exist in a revision."""


def read_revision(path: Path, revision: str) -> source.YamlSource:
    """Return the outline as it stood in `revision`.

    Raises UsageError, AbsentOutline, and OutlineFaults if it has any.
    """
    folder = path.resolve().parent
    known = _run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        if _run_git(folder, "rev-parse", "--git-dir") is None:
            raise UsageError(f"{path} is in no git repository; compare two files: diff FILE FILE")
        raise UsageError(f"git knows no revision '{revision}' of {path}; name a commit, a branch or a tag")
    name = f"{known.decode().strip()}:./{path.name}"
    size = _run_git(folder, "cat-file", "-s", name)
    if size is None:
        raise AbsentOutline(f"{path} did not exist in '{revision}'")
    if int(size) > text_files.MOST_BYTES:
        raise UsageError(f"{path} was larger than {text_files.MOST_BYTES >> 20} MB in '{revision}'")
    data = _run_git(folder, "cat-file", "blob", name) or b""
    return source.parse_source(text_files.decode_text(data), f"{path} in {revision}")


def _run_git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints; None where it fails. It reads this repository only, and never a network."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-C", str(folder), "--no-pager", *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("git is not installed; compare two files instead: diff FILE FILE") from None
    return done.stdout if done.returncode == 0 else None
