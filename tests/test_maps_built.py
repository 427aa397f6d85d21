"""Documents with maps are valid and say in words what they draw; without maps nothing of them is loaded."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from builders import guide
from builders.deck.accessibility import check_file
from builders.guide.options import GuideOptions
from builders.outline.load import load_outline
from tests.deck_reading import A, build_deck
from tests.test_truth_deck_validity import assert_opens, find_faults
from tests.validators import Verdict, second_opinion

OUTLINES = Path(__file__).parent / "outlines"
FILE = OUTLINES / "voyages.yaml"


def build_guide(folder: Path, edition: str = "study") -> Path:
    outline = load_outline(FILE).outline
    (artifact,) = guide.build(outline, GuideOptions(lang="en", root=OUTLINES, edition=edition))
    path = folder / f"{edition}.pdf"
    path.write_bytes(artifact.data)
    return path


@pytest.mark.parametrize(("lang", "wishes"), [("en", {}), ("es", {"ratio": "4:3"})])
def test_a_deck_with_maps_is_valid_and_small(lang: str, wishes: dict[str, str], tmp_path: Path) -> None:
    artifact = build_deck("voyages", lang, None, **wishes)
    assert find_faults(artifact.data, tmp_path / "deck.pptx") == set()
    assert check_file(artifact.data) == []
    assert_opens(artifact)
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as package:
        slides = [package.read(name) for name in package.namelist() if re.match(r"ppt/slides/slide\d", name)]
    freeforms = 0
    for slide in slides:
        assert len(slide) < 150_000
        for path in etree.fromstring(slide).iter(f"{A}custGeom"):
            freeforms += 1
            assert len(list(path.iter(f"{A}pt"))) <= 400
    assert freeforms > 40


@pytest.mark.parametrize("edition", ["study", "worksheet", "large-print"])
def test_a_guide_with_maps_breaks_no_rule(
    edition: str, tmp_path: Path, ask_verapdf: Callable[[Sequence[Path], str], tuple[Verdict, ...]]
) -> None:
    path = build_guide(tmp_path, edition)
    for flavour in ("ua1", "2a"):
        for verdict in (*second_opinion([path], flavour), *ask_verapdf([path], flavour)):
            assert not verdict.broken, verdict


def test_the_alternative_text_names_all_that_the_map_of_the_world_shows(tmp_path: Path) -> None:
    with pikepdf.open(build_guide(tmp_path)) as pdf:
        said = [str(one.get("/Alt", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
    (alt,) = (text for text in said if "Three years took one ship" in text)
    for name in ("Castile", "Portugal", "Brazil", "route out", "route home", "Rio de Janeiro", "Tidore"):
        assert name in alt
    for number, words in enumerate(
        ["Five ships leave", "The captains mutiny", "The passage is found", "The leader falls",
         "Cloves are bought", "Eighteen men return"], 1,
    ):  # fmt: skip
        assert re.search(rf"\b{number}, [^;]*{words}", alt)
    assert "Brazil (in the west)" in alt or "Brazil (in the south-west)" in alt


@pytest.mark.parametrize(
    "work",
    [
        "from builders.commands.check import find_faults; find_faults(path)",
        "from builders import guide as one; from builders.guide.options import GuideOptions as Options",
        "from builders import deck as one; from builders.deck.options import DeckOptions as Options",
    ],
    ids=["check", "guide", "deck"],
)
def test_without_places_and_maps_no_geometry_is_loaded(work: str) -> None:
    program = (
        "import sys; from pathlib import Path; path = Path(sys.argv[1]); "
        f"{work}; from builders.outline.load import load_outline; outline = load_outline(path).outline; "
        "made = 'one' in globals() and one.build(outline, Options(lang='en', root=path.parent)); "
        "print([one for one in ('shapely', 'numpy', 'builders.geography.base_map') if one in sys.modules])"
    )
    words = [sys.executable, "-c", program, str(OUTLINES / "lighthouse.yaml")]
    done = subprocess.run(words, capture_output=True, text=True, cwd=OUTLINES.parents[1], check=True)
    assert done.stdout.splitlines()[-1] == "[]"
