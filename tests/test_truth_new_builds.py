"""What has changed is built again, with its new content; what has not is left alone.

Everything here runs the real command on real files, in a process of its own where the program itself changes.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation

from builders.cli import main
from tests.conftest import ROOT

OUTLINES = ROOT / "tests" / "outlines"
GUIDE, TEACHER, DECK, POSTER, SHEETS = EVERY = (
    "guide.pdf",
    "guide-teacher.pdf",
    "deck.pptx",
    "poster.pdf",
    "poster-sheets-a4.pdf",
)
LETTER_SHEETS, GREY_SHEETS = "poster-sheets-letter.pdf", "poster-grey-sheets-a4.pdf"
GREEN, BROWN = (30, 160, 60), (140, 80, 30)


@dataclass(frozen=True)
class Course:
    """A copy of the sample course, and of the program if it is to be changed."""

    folder: Path
    program: Path

    @property
    def outline(self) -> Path:
        return self.folder / "athens.yaml"

    @property
    def picture(self) -> Path:
        return self.folder / "images" / "trireme.png"

    def build(self, *arguments: str, lang: str = "en") -> dict[str, float | None]:
        """Build in a new process; return each document's name with its seconds, None where it was left."""
        command = [sys.executable, "-m", "builders", "build", "--json", "--lang", lang, *arguments]
        command += ["--outline", str(self.outline), "--output", str(self.folder / "out")]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            command, cwd=self.program, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return {Path(file["path"]).name: file["seconds"] for file in json.loads(done.stdout)["files"]}

    def built_anew(self, *arguments: str, lang: str = "en") -> set[str]:
        """Build and return the names of the documents that were built, the others having been left."""
        return {name for name, seconds in self.build(*arguments, lang=lang).items() if seconds is not None}

    def read(self, name: str, lang: str = "en") -> bytes:
        """Return the bytes of a document."""
        return (self.folder / "out" / "athens" / lang / name).read_bytes()

    def words(self, name: str, lang: str = "en") -> str:
        """Return all words of a document, notes of a deck among them."""
        if name.endswith(".pdf"):
            pages = pypdfium2.PdfDocument(self.read(name, lang))
            return "\n".join(page.get_textpage().get_text_range() for page in pages)
        parts = []
        for slide in Presentation(BytesIO(self.read(name, lang))).slides:
            for element in (slide.element, slide.notes_slide.element):
                parts += [node.text or "" for node in element.iter() if str(node.tag).endswith("}t")]
        return "\n".join(parts)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The sample course in a folder of its own."""
    shutil.copytree(OUTLINES / "images", tmp_path / "images")
    shutil.copy(OUTLINES / "athens.yaml", tmp_path)
    return Course(tmp_path, ROOT)


@pytest.fixture
def own_program(course: Course, tmp_path: Path) -> Course:
    """The sample course with a copy of the program that may be changed."""
    program = tmp_path / "program"
    shutil.copytree(ROOT / "builders", program / "builders", ignore=shutil.ignore_patterns("__pycache__"))
    return Course(course.folder, program)


def pictures_in(data: bytes) -> Iterator[Image.Image]:
    """Yield the pictures in a PDF or a deck."""
    if data.startswith(b"%PDF"):
        for page in pypdfium2.PdfDocument(data):
            for found in page.get_objects():
                if isinstance(found, pypdfium2.PdfImage):
                    yield found.get_bitmap().to_pil().convert("RGB")
        return
    for slide in Presentation(BytesIO(data)).slides:
        for shape in slide.shapes:
            if getattr(shape, "image", None) is not None:
                yield Image.open(BytesIO(shape.image.blob)).convert("RGB")


def shows(data: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether some picture in a document is of one colour."""
    return any(picture.getextrema() == tuple((c, c) for c in colour) for picture in pictures_in(data))


def painted(colour: tuple[int, int, int]) -> bytes:
    """Return a picture of one colour; any two have as many bytes."""
    buffer = BytesIO()
    Image.new("RGB", (300, 200), colour).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


def test_a_picture_that_was_drawn_again_is_in_the_new_guide_and_deck(course: Course) -> None:
    course.picture.write_bytes(painted(GREEN))
    status = course.picture.stat()
    assert course.built_anew() == {*EVERY}
    assert course.built_anew() == set()
    before = {name: course.read(name) for name in EVERY}
    course.picture.write_bytes(painted(BROWN))  # as large, and as old by its date
    os.utime(course.picture, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert course.picture.stat().st_size == status.st_size
    assert course.picture.stat().st_mtime_ns == status.st_mtime_ns
    assert {GUIDE, TEACHER, DECK} <= course.built_anew()
    for name in (GUIDE, TEACHER, DECK):
        assert shows(before[name], GREEN) and not shows(before[name], BROWN), name
        assert shows(course.read(name), BROWN) and not shows(course.read(name), GREEN), name
    assert course.built_anew() == set()


def test_a_picture_that_was_drawn_again_is_seen_by_a_process_that_builds_again(course: Course) -> None:
    for colour in (GREEN, BROWN):
        course.picture.write_bytes(painted(colour))
        os.utime(course.picture, ns=(0, 0))
        for document in ("guide", "deck"):
            command = ["build", document, "--lang", "en", "--outline", str(course.outline)]
            assert main([*command, "--output", str(course.folder / "out")]) == 0
        for name in (GUIDE, DECK):
            assert shows(course.read(name), colour), name


def test_another_theme_is_in_every_new_document(course: Course) -> None:
    theme = course.folder / "school.yaml"
    theme.write_text("palette:\n  red: '#8A1538'\n", encoding="utf-8")
    assert course.built_anew("--theme", str(theme)) == {*EVERY}
    assert course.built_anew("--theme", str(theme)) == set()
    before = {name: course.read(name) for name in EVERY}
    theme.write_text("palette:\n  red: '#00604A'\n", encoding="utf-8")
    assert course.built_anew("--theme", str(theme)) == {*EVERY}
    for name in EVERY:
        was, now = (138, 21, 56), (0, 96, 74)
        assert has_colour(before[name], was) and not has_colour(before[name], now), name
        assert has_colour(course.read(name), now) and not has_colour(course.read(name), was), name


def has_colour(data: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether something in a document is filled, or written, in just this colour."""
    if not data.startswith(b"%PDF"):
        code = "{:02X}{:02X}{:02X}".format(*colour)
        slides = Presentation(BytesIO(data)).slides
        values = {node.get("val") for slide in slides for node in slide.element.iter()}
        master = slides[0].slide_layout.slide_master
        theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
        return code in values or code.encode() in theme.blob
    return any(
        has_pixel(page.render(scale=1).to_pil().convert("RGB").tobytes(), bytes(colour))
        for page in pypdfium2.PdfDocument(data)
    )


def has_pixel(content: bytes, pixel: bytes) -> bool:
    """Whether one of the pixels in `content`, three bytes each, is `pixel`."""
    found = content.find(pixel)
    while found >= 0 and found % 3:
        found = content.find(pixel, found + 1)
    return found >= 0


def template(path: Path, words: str) -> None:
    """Write a school's template whose master prompts with `words`."""
    presentation = Presentation()
    presentation.slide_master.placeholders[0].text_frame.text = words
    presentation.save(str(path))


def test_another_template_is_in_the_new_deck_alone(course: Course) -> None:
    file = course.folder / "school.pptx"
    template(file, "Harbour School")
    assert course.built_anew() == {*EVERY}
    assert course.built_anew("--template", str(file)) == {DECK}
    template(file, "Mountain School")
    assert course.built_anew("--template", str(file)) == {DECK}
    master = Presentation(BytesIO(course.read(DECK))).slides[0].slide_layout.slide_master
    words = {shape.text_frame.text for shape in master.shapes if shape.has_text_frame}
    assert "Mountain School" in words and "Harbour School" not in words
    assert course.built_anew("--template", str(file)) == set()


def test_another_word_of_a_locale_is_in_its_documents_and_not_in_others(own_program: Course) -> None:
    course = own_program
    for lang in ("en", "es"):
        assert course.built_anew("guide", lang=lang) == {GUIDE, TEACHER}
        assert course.built_anew("guide", lang=lang) == set()
    spanish = course.read(GUIDE, "es")
    words = course.program / "builders" / "language" / "locales" / "en.yaml"
    text = words.read_text(encoding="utf-8")
    assert "  glossary: Glossary" in text
    words.write_text(text.replace("  glossary: Glossary", "  glossary: Wordbook"), encoding="utf-8")
    assert "Wordbook" not in course.words(GUIDE)
    assert course.built_anew("guide") == {GUIDE, TEACHER}
    assert "Wordbook" in course.words(GUIDE)
    course.build("guide", lang="es")
    assert course.read(GUIDE, "es") == spanish


@pytest.mark.parametrize(
    "file", ["theme/theme.yaml", "language/formatting.py", "guide/__init__.py", "deck/master.py"]
)
def test_another_program_builds_all_again(file: str, own_program: Course) -> None:
    course = own_program
    assert course.built_anew() == {*EVERY}
    path = course.program / "builders" / file
    text = path.read_text(encoding="utf-8")
    changed = text.replace("'#C2231A'", "'#00604A'") if file == "theme/theme.yaml" else text + "# changed\n"
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert course.built_anew() == {*EVERY}
    assert course.built_anew() == set()
    assert has_colour(course.read(GUIDE), (0, 96, 74)) == (file == "theme/theme.yaml")


def test_a_document_that_is_spoilt_or_gone_is_built_again_and_no_other(course: Course) -> None:
    course.build()
    good = {name: course.read(name) for name in EVERY}
    folder = course.folder / "out" / "athens" / "en"
    (folder / GUIDE).write_bytes(b"spoilt")
    (folder / DECK).unlink()
    (folder / SHEETS).write_bytes(good[SHEETS][:-1])
    assert course.built_anew() == {GUIDE, DECK, POSTER, SHEETS}, "the poster and its sheets are one job"
    assert {name: course.read(name) for name in EVERY} == good
    (folder.parent / ".built.json").write_text("{", encoding="utf-8")
    assert course.built_anew() == {*EVERY}


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        (["--paper", "letter"], {"guide-letter.pdf", "guide-teacher-letter.pdf", POSTER, LETTER_SHEETS}),
        (["--grey"], {"guide-grey.pdf", "guide-teacher-grey.pdf", "poster-grey.pdf", GREY_SHEETS}),
        (["--ratio", "4:3"], {"deck-4x3.pptx"}),
        (["--no-questions"], {"deck-no-questions.pptx"}),
        (["--portrait"], {"poster-portrait.pdf", "poster-portrait-sheets-a4.pdf"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_an_option_builds_the_documents_that_it_is_for(
    options: list[str], documents: set[str], course: Course
) -> None:
    course.build()
    assert course.built_anew(*options) == documents


# Of the outline: what the poster shows, and what it does not.
SHOWN = {
    "the title": ("en: The Athens of Pericles", "en: Athens under Pericles"),
    "the subtitle": ("en: Democracy, empire and war", "en: Democracy and empire"),
    "the credit": ("en: A sample course", "en: A course of lessons"),
    "a lane": ("en: The city", "en: The town"),
    "a section's title": ("en: War and fall", "en: War and defeat"),
    "a section's period": ("period: -0431/-0398", "period: -0433/-0397"),
    "an event's label": ("en: Death of Socrates", "en: The end of Socrates"),
    "an event's text": ("en: Ten new tribes replace", "en: Ten tribes replace"),
    "an event's date": ("date: -0457", "date: -0460"),
    "an event's exactness": ("date: -0457", "date: -0457~"),
    "an event's lane": ("date: -0398\n        lane: letters", "date: -0398\n        lane: city"),
    "an event's importance": ("lane: letters\n        importance: 1", "lane: letters\n        importance: 3"),
}
NOT_SHOWN = {
    "a key question": ("en: Why did Athens lose?", "en: Why was Athens beaten?"),
    "a summary": ("en: Twenty-seven years of war", "en: Long years of war"),
    "a goal": ("en: Explain how", "en: Describe how"),
    "a paragraph": ("a quarter of the people", "a third of the people"),
    "a heading": ("en: A city besieged", "en: A city under siege"),
    "a note": ("en: Ask who votes today", "en: Ask who may vote today"),
    "a value": ("cells: [180]", "cells: [200]"),
    "a person": ("born: -0494~", "born: -0493~"),
    "a term": ("en: Exile of ten years", "en: Exile for ten years"),
    "a right answer": ("en: All inhabitants", "en: All who live there"),
    "the rubric": ("points: 4", "points: 5"),
    "a text in another language": ("es: Muere Sócrates", "es: Muerte de Sócrates"),
}


@pytest.mark.parametrize("edit", [*SHOWN, *NOT_SHOWN])
def test_an_edit_gives_the_poster_that_a_first_build_gives(
    edit: str, course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    def posters(folder: str) -> tuple[set[str], dict[str, bytes]]:
        output = course.folder / folder
        command = ["build", "poster", "--json", "--lang", "en", "--outline", str(course.outline)]
        assert main([*command, "--output", str(output)]) == 0
        files = json.loads(capsys.readouterr().out)["files"]
        anew = {Path(file["path"]).name for file in files if file["seconds"] is not None}
        return anew, {Path(file["path"]).name: Path(file["path"]).read_bytes() for file in files}

    old, new = (SHOWN | NOT_SHOWN)[edit]
    text = course.outline.read_text(encoding="utf-8")
    assert old in text
    _, before = posters("out")
    course.outline.write_text(text.replace(old, new, 1), encoding="utf-8")
    anew, after = posters("out")
    another_language = edit == "a text in another language"
    assert anew == (set() if another_language else {POSTER, SHEETS})
    assert after == posters("first")[1]
    assert (after != before) == (edit in SHOWN)
