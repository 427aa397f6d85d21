"""An SVG as a PNG, drawn by resvg in a process of its own: a drawing that takes too long, or too much memory,
ends that process alone. The faces are the documents' own, so that words look the same on every machine.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from builders.core.diagnostics import TemarioError

MOST_SECONDS = 20
MOST_MEMORY = 2 << 30  # bytes
_FACE = "Source Sans Pro"


class NotDrawn(TemarioError):
    """The drawing could not be drawn within the limits."""


def draw_png(svg: str, width: int, height: int) -> bytes:
    """Return a drawing as a PNG of a size in pixels, with a clear ground. Raises NotDrawn."""
    command = [sys.executable, "-P", "-X", "utf8", __file__, str(width), str(height)]
    try:
        done = subprocess.run(
            command, input=svg.encode("utf-8"), capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotDrawn from None
    if done.returncode or not done.stdout:
        raise NotDrawn
    return done.stdout


def _draw(svg: str, width: int, height: int) -> bytes:
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            skip_system_fonts=True,
            font_files=[str(file) for file in _faces()],
            font_family=_FACE,
            serif_family=_FACE,  # which resvg takes for each face that it does not know, Arial too
            sans_serif_family=_FACE,
            monospace_family=_FACE,
            cursive_family=_FACE,
            fantasy_family=_FACE,
        )
    )


def _faces() -> list[Path]:
    """Return the files of the documents' faces."""
    found: list[Path] = []
    for package in ("font_source_sans_pro", "font_source_serif_pro"):
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        found += sorted((Path(spec.origin).parent / "files").glob("*.ttf"))
    return found


def _limit_memory() -> None:
    """Let this process take no more than MOST_MEMORY, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.buffer.write(
        _draw(sys.stdin.buffer.read().decode("utf-8"), int(sys.argv[1]), int(sys.argv[2]))
    )
