"""The programs that Temario is compared with; `python -m tests.bench.peers NAME SOURCE OUT` runs one.

Each makes the same words into the same kind of document, as well as it can: typst justified, hyphenated and
tagged (PDF/UA-1) as the guide is; WeasyPrint too; fpdf2 justified and kerned, since it can no more.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.processes import NotDone, timed


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: its module, the source that it reads, and the size beyond which it takes minutes."""

    name: str
    module: str
    source: str
    most: int
    wants: str = ""  # what it needs beside its package

    def command(self, source: Path, out: Path) -> list[str]:
        """Return the command that makes `source` into `out`."""
        if self.name == "pandoc":  # a program of its own: no Python around it
            return [_pandoc(), "--from=markdown", "--slide-level=2", f"--output={out}", str(source)]
        return [sys.executable, "-m", "tests.bench.peers", self.name, str(source), str(out)]


GUIDES = (
    Peer("typst", "typst", "typst", 2_000),
    Peer("weasyprint", "weasyprint", "html", 500, "Debian: apt install libpango-1.0-0 libpangoft2-1.0-0"),
    Peer("fpdf2", "fpdf", "sections", 500),
)
DECKS = (Peer("pandoc", "pypandoc", "markdown", 2_500),)


def absent(peer: Peer) -> str | None:
    """Return why a peer cannot run here, in a line; None where it can."""
    if find_spec(peer.module) is None:
        return f"{peer.name} is left out: it is not installed (python3 tasks.py bench installs it)"
    try:
        timed([sys.executable, "-c", f"import {peer.module}"])
    except NotDone as error:
        return f"{peer.name} is left out: {error}" + (f" ({peer.wants})" if peer.wants else "")
    return None


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _typst(source: Path, out: Path) -> None:
    import typst

    from tests.bench.faces import FOLDERS

    faces = [str(folder) for folder in FOLDERS]
    typst.compile(
        str(source), output=str(out), font_paths=faces, ignore_system_fonts=True, pdf_standards=["ua-1"]
    )


def _weasyprint(source: Path, out: Path) -> None:
    import weasyprint

    weasyprint.HTML(filename=str(source)).write_pdf(str(out), pdf_variant="pdf/ua-1")


def _fpdf2(source: Path, out: Path) -> None:
    import pickle

    from tests.bench.as_fpdf import draw
    from tests.bench.faces import SERIF

    draw(pickle.loads(source.read_bytes()), SERIF["normal"], SERIF["bold"], out)


_AT_WORK: dict[str, Callable[[Path, Path], None]] = {
    "typst": _typst,
    "weasyprint": _weasyprint,
    "fpdf2": _fpdf2,
}

if __name__ == "__main__":
    _AT_WORK[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
