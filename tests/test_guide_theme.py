"""A school's own theme for the guide: what it says is set; what cannot be set is told by its place."""

import re
from pathlib import Path

import pypdfium2
import pytest

from builders import guide
from builders.cli import main
from builders.core.diagnostics import OutlineFaults
from builders.guide.plan import plan_guide
from builders.theme import theme
from tests.guide_building import ATHENS, EDITIONS, assert_sound, athens, boxes, built, failures, options
from tests.pdf_reading import open_pdf, tree

README = Path(__file__).parent.parent / "README.md"


def loaded(folder: Path, text: str) -> theme.Theme:
    file = folder / "school.yaml"
    file.write_text(text, "utf-8")
    return theme.load_theme(file)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("guide:\n  sizes:\n    body: {size: 0, leading: 14}\n", 3, "0 points cannot be set"),
        ("guide:\n  sizes:\n    small:\n      size: 5\n", 4, "5 points cannot be set"),
        ("guide:\n  sizes:\n    body:\n      size: 8\n", 3, "8 points are too small for text to read"),
        ("guide:\n  sizes:\n    table:\n      leading: 8\n", 3, "8 points apart do not suit a size of 9.5"),
        (
            "guide:\n  large_sizes:\n    small:\n      size: 14\n",
            3,
            "14 points are too small for large print",
        ),
        ("guide:\n  page:\n    margin: 250\n", 3, "250 mm cannot be set; give 32 to 70 mm"),
        ("guide:\n  page:\n    margin: 70\n    gutter: 15\n", 2, "leave 78 of 210 mm for the text"),
        ("# a remark: #000000\npalette:\n  red: #8A1538\n", 3, "no quotation marks; write '#8A1538'"),
        ("sections:\n  - {hue: #7A4A00, pattern: dots}\n", 2, "no quotation marks; write '#7A4A00'"),
        ("guide:\n  sizes:\n    body: {size: 11pt, leading: 14}\n", 3, "write 11, without pt"),
        ("# nothing yet\n", 1, "the theme's file is empty; write what differs"),
        ("guide:\n  page:\n    top: -3\n", 3, "-3 mm cannot be set"),
        ("guide:\n  faces:\n    text: comic\n", 3, "'comic' is not known here; use 'serif' or 'sans'"),
        ("guide:\n  spacing:\n    indent: wide\n", 3, "a number is due here"),
        ("guide:\n  colour: red\n", 2, "'colour' is not a field here"),
        ("deck:\n  body: 0\n", 2, "0 points cannot be set"),
        ("poster:\n  title: 9000\n", 2, "9000 points cannot be set"),
        ("palette:\n  ink2: '#BBBBBB'\n", 2, "has a contrast of"),
    ],
)
def test_what_cannot_be_set_is_one_fault_at_its_place(
    tmp_path: Path, text: str, line: int, told: str
) -> None:
    with pytest.raises(OutlineFaults) as caught:
        loaded(tmp_path, text)
    places = {(fault.line, fault.path) for fault in caught.value.faults}
    assert len(places) == 1, caught.value.faults
    assert caught.value.faults[0].line == line
    fault = caught.value.faults[0]
    assert told in f"{fault.message}; {fault.advice}"


SCHOOL = """\
guide:
  align: justify
  faces: {text: sans, display: serif}
  sizes:
    body: {size: 12, leading: 16}
    small: {size: 9, leading: 11.5}
  page:
    a4: {inner: 25, outer: 28}
    letter: {inner: 25, outer: 28}
    top: 30
    margin: 40
  spacing: {indent: 0, above_heading: 2, between_notes: 12}
"""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_guide_in_a_school_s_look_is_as_sound_as_in_ours(tmp_path: Path, edition: str, paper: str) -> None:
    own = options(edition=edition, theme=loaded(tmp_path, SCHOOL), paper=paper)
    planned = plan_guide(athens(), own)
    for page in planned.pages:
        assert_sound(planned, page)
    data = guide.build(athens(), own)[0].data
    assert failures(data, "ua1") == []
    assert failures(data, "2a") == []
    shared = {"Contents", "Chronology", "Glossary", "Index of people and terms"}
    assert all(word in tree(data).words for word in shared)


def sizes(data: bytes) -> set[tuple[str, float]]:
    """Return the faces and sizes of a guide's letters."""
    found = set()
    for page in pypdfium2.PdfDocument(data):
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = item.get_font_size()
            found.add((re.sub(r"^[A-Z]{6}\+", "", item.get_font().get_base_name()), round(size, 1)))
    return found


def test_faces_and_sizes_are_the_theme_s(tmp_path: Path) -> None:
    ours = sizes(built())
    theirs = sizes(guide.build(athens(), options(theme=loaded(tmp_path, SCHOOL)))[0].data)
    assert any(name.startswith("SourceSerif") and size == 10.5 for name, size in ours)
    assert any(name.startswith("SourceSans") and size == 12 for name, size in theirs)
    assert any(name.startswith("SourceSerif") and size == 25 for name, size in theirs), "chapters' titles"
    left = min(box[0] for box, item in boxes(list(plan_guide(athens(), options()).pages[2].items)))
    moved = plan_guide(athens(), options(theme=loaded(tmp_path, SCHOOL))).pages[2]
    assert min(box[0] for box, _ in boxes(list(moved.items))) == pytest.approx(left + 3 * 72 / 25.4, abs=0.2)


def test_the_readme_s_theme_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = README.read_text("utf-8")
    chapter = text[text.index("## A school's own look") :]
    (example,) = re.findall(r"```yaml\n(.*?)```", chapter[: chapter.index("\n## ", 5)], re.S)
    file = tmp_path / "school.yaml"
    file.write_text(example, "utf-8")
    asked = ["build", "guide", "--outline", str(ATHENS), "--lang", "en", "--theme", str(file)]
    assert main([*asked, "--output", str(tmp_path / "out")]) == 0
    (data,) = [p.read_bytes() for p in (tmp_path / "out").rglob("guide.pdf")]
    assert failures(data, "ua1") == []
    assert theme.load_theme(file) != theme.load_shipped_theme()
    assert open_pdf(data).pages
