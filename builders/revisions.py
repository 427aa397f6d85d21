"""Earlier versions of an outline, from git."""

import os
import subprocess
from pathlib import Path

from builders import content, source
from builders.cli import Usage


class Absent(Usage):
    """The outline did not exist in a revision."""


def earlier(path: Path, revision: str) -> source.Source:
    """Return the outline as it stood in `revision`. Raises Usage, Absent, and OutlineFaults if it has any."""
    folder = path.resolve().parent
    known = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known is None:
        if _git(folder, "rev-parse", "--git-dir") is None:
            raise Usage(f"{path} is in no git repository; compare two files: diff FILE FILE")
        raise Usage(f"git knows no revision '{revision}' of {path}; name a commit, a branch or a tag")
    name = f"{known.decode().strip()}:./{path.name}"
    size = _git(folder, "cat-file", "-s", name)
    if size is None:
        raise Absent(f"{path} did not exist in '{revision}'")
    if int(size) > content.MOST_BYTES:
        raise Usage(f"{path} was larger than {content.MOST_BYTES >> 20} MB in '{revision}'")
    data = _git(folder, "cat-file", "blob", name) or b""
    return source.parse(content.decode(data), f"{path} in {revision}")


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git prints; None where it fails. It reads this repository only, and never a network."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-C", str(folder), "--no-pager", *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
    except FileNotFoundError:
        raise Usage("git is not installed; compare two files instead: diff FILE FILE") from None
    return done.stdout if done.returncode == 0 else None
