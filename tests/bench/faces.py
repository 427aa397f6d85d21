"""The guide's text face as files, for the programs that it is compared with."""

from importlib.util import find_spec
from pathlib import Path


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files"


FOLDERS = (_folder("font_source_serif_pro"), _folder("font_source_sans_pro"))
SERIF = {  # by CSS weight
    "normal": FOLDERS[0] / "SourceSerifPro-Regular.ttf",
    "bold": FOLDERS[0] / "SourceSerifPro-Bold.ttf",
}
