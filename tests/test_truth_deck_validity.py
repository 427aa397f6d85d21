"""Every deck opens: it is valid, nothing stands off a slide, nothing has no extent, nothing is cut unsaid."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import validate_pptx
from pptx import Presentation

from builders.build.builder import Artifact
from builders.deck import build
from builders.deck.options import DeckOptions
from builders.outline.load import load_outline
from tests.deck_reading import EMU, A, Template, build_deck, read_slides
from tests.outline_facts import OUTLINES, squeeze
from tests.test_deck_template import odd, plain

ROOT = Path(__file__).parents[1]
DECKS: list[tuple[str, str, Template | None, dict[str, Any]]] = [
    ("athens", "en", None, {}),
    ("athens", "es", None, {"ratio": "4:3"}),
    ("athens", "en", None, {"section": "rise"}),
    ("longitude", "en", None, {}),
    ("longitude", "es", None, {"ratio": "4:3"}),
    ("longitude", "en", None, {"no_questions": True}),
    ("closed-bay", "en", None, {}),
    ("closed-bay", "en", None, {"ratio": "4:3"}),
    ("long-words", "en", None, {}),
    ("long-words", "en", None, {"ratio": "4:3"}),
    ("athens", "es", plain, {}),
    ("athens", "en", odd, {}),
    ("longitude", "en", plain, {}),
    ("longitude", "es", odd, {}),
    ("long-words", "en", odd, {}),
]
each_deck = pytest.mark.parametrize(
    ("name", "lang", "template", "wishes"),
    DECKS,
    ids=["-".join([n, lang, *([t.__name__] if t else []), *map(str, w.values())]) for n, lang, t, w in DECKS],
)


def find_faults(content: bytes, path: Path) -> set[tuple[str, str]]:
    """Return what the schema has against a .pptx: parts and what is wrong with them."""
    path.write_bytes(content)
    return {(error.part_uri, error.description) for error in validate_pptx(path).errors}


def assert_opens(artifact: Artifact) -> None:
    """Assert that no shape is off its slide or without extent, and no text cut without a warning."""
    slides = read_slides(artifact.data)
    deck = slides[0].source.part.package.presentation_part.presentation
    width, height = deck.slide_width / EMU, deck.slide_height / EMU
    for slide in slides:
        for shape in slide.shapes:
            told = (slide.number, slide.title, shape.name, shape.x, shape.y, shape.w, shape.h)
            drawn = shape.source._element.find(f".//{A}custGeom") is not None  # straight lines of maps are
            if shape.kind == "line" or drawn:
                assert shape.w >= 0 <= shape.h and shape.w + shape.h > 0, told
            else:
                assert shape.w > 0 < shape.h, told
            assert shape.x > -0.1 and shape.y > -0.1, told
            assert shape.right < width + 0.8 and shape.bottom < height + 0.8, told
        texts = [line for shape in slide.shapes for line in shape.paragraphs]
        tables = [shape.source.table for shape in slide.of("table")]
        texts += [cell.text for table in tables for row in table.rows for cell in row.cells]
        for line in texts:
            if "…" in line:
                begun = line.split("…")[0].strip()
                assert any(begun in squeeze(warning) for warning in artifact.warnings), tell_cut(slide)


def tell_cut(slide: Any) -> str:
    return f"slide {slide.number}, “{slide.title}”, has a text that was cut without a warning"


@each_deck
def test_the_schema_has_nothing_against_a_deck(
    name: str, lang: str, template: Template | None, wishes: dict[str, Any], tmp_path: Path
) -> None:
    found = find_faults(build_deck(name, lang, template, **wishes).data, tmp_path / "deck.pptx")
    known = find_faults(template(), tmp_path / "template.pptx") if template else set()
    assert not found - known


@each_deck
def test_all_stands_on_the_slide_and_nothing_is_cut_unsaid(
    name: str, lang: str, template: Template | None, wishes: dict[str, Any]
) -> None:
    assert_opens(build_deck(name, lang, template, **wishes))


def test_a_text_that_is_cut_is_warned_of_and_stands_whole_in_the_notes() -> None:
    artifact = build_deck("long-words", "en")
    cut = [warning for warning in artifact.warnings if "has no room for the whole" in warning]
    assert cut
    notes = " ".join(line for slide in read_slides(artifact.data) for line in slide.notes)
    for warning in cut:
        (begun,) = re.findall(r"“(?:1\. )?(.*?)…", warning)
        assert squeeze(begun) in notes


def test_the_readmes_example_makes_a_valid_deck(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = next(
        code for code in re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL) if "languages:" in code
    )
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    outline = load_outline(path).outline
    for lang in outline.languages:
        (artifact,) = build(outline, DeckOptions(lang=lang, root=tmp_path))
        assert not find_faults(artifact.data, tmp_path / "deck.pptx")
        assert_opens(artifact)


EMPTY_SHOW = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:body><office:presentation><draw:page draw:name="one"/></office:presentation></office:body>
</office:document>"""


@pytest.mark.parametrize("name", ["athens", "longitude"])
def test_a_template_of_libreoffices_makes_a_deck_no_worse_than_itself(
    name: str, need_program: Callable[[str], str], tmp_path: Path
) -> None:
    soffice = need_program("soffice")
    (tmp_path / "school.fodp").write_text(EMPTY_SHOW, encoding="utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pptx", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "school.fodp")], check=True, capture_output=True, timeout=300)
    template = (tmp_path / "school.pptx").read_bytes()
    outline = load_outline(OUTLINES / f"{name}.yaml").outline
    (artifact,) = build(outline, DeckOptions(lang="en", root=OUTLINES, template=template))
    known = find_faults(template, tmp_path / "template.pptx")
    assert not find_faults(artifact.data, tmp_path / "deck.pptx") - known
    assert_opens(artifact)
    assert len(Presentation(str(tmp_path / "deck.pptx")).slides) == artifact.count


SENTENCE = "Weigh what the keeper says of the oil and of the storm. "
LONG_PROMPTS = {
    "many sentences": SENTENCE * 14 + "Who paid for the light?",
    "one sentence": "and ".join([SENTENCE[:-2] + " "] * 14).strip() + ".",
    "the last sentence is long": SENTENCE * 4 + "and ".join([SENTENCE[:-2] + " "] * 14).strip() + ".",
    "one word": "lighthouse" * 90,
}


def ask(prompt: str, answers: list[str], ratio: str, folder: Path) -> Artifact:
    """Return a deck, valid and with nothing off a slide, that asks for one of some answers: the last."""
    options = [{"text": {"en": text}, "correct": text == answers[-1]} for text in answers]
    asked: dict[str, Any] = {"id": "q", "kind": "choice", "prompt": {"en": prompt}, "options": options}
    section = {"id": "s", "title": {"en": "Oil"}, "period": "1811/1850", "questions": [asked]}
    section |= {"question": {"en": "Who lit it?"}, "summary": {"en": "A light."}}
    outline = folder / "long.yaml"
    lanes = [{"id": "l", "name": {"en": "Coast"}}]
    values = {"languages": ["en"], "title": {"en": "Lights"}, "lanes": lanes, "sections": [section]}
    outline.write_text(json.dumps(values), "utf-8")
    (artifact,) = build(load_outline(outline).outline, DeckOptions(lang="en", root=folder, ratio=ratio))
    assert_opens(artifact)
    assert find_faults(artifact.data, folder / "deck.pptx") == set()
    return artifact


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
@pytest.mark.parametrize("prompt", LONG_PROMPTS.values(), ids=LONG_PROMPTS)
def test_a_long_prompt_is_read_once_whole_and_leaves_room_for_all_options(
    prompt: str, ratio: str, tmp_path: Path
) -> None:
    artifact = ask(prompt, [f"Answer {n}." for n in range(4)], ratio, tmp_path)
    asking = [one for one in read_slides(artifact.data) if one.title.startswith("Question 1 (")]
    texts = [shape.text for slide in asking[:-1] for shape in slide.shapes if shape.kind == "text"]
    parts = ["".join(text.split()) for text in texts]
    whole = "".join(prompt.split())
    assert whole == "".join(part for part in parts if part in whole)
    assert all(f"Answer {n}." in asking[-1].words for n in range(4))
    if prompt.endswith("?"):
        assert "Who paid for the light?" in asking[-1].words
        assert "oil" not in asking[-1].words


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
@pytest.mark.parametrize("option", [*LONG_PROMPTS.values(), "The keeper’s **oil** and *no other*. " * 60])
def test_an_option_that_is_longer_than_a_slide_goes_on_over_several_under_its_letter(
    option: str, ratio: str, tmp_path: Path
) -> None:
    artifact = ask("Who paid for the light?", ["The town.", f"{option * 3} End."], ratio, tmp_path)
    plain = "".join((option * 3).replace("*", "").split()) + "End."
    for start in ("Question 1 (", "Question 1: answer"):
        slides = [one for one in read_slides(artifact.data) if one.title.startswith(start)]
        parts = []
        for slide in slides:
            texts = ["".join(shape.text.split()) for shape in slide.shapes if shape.name == "B"]
            letters = [text for text in texts if text == "B"]
            given = [text for text in texts if text != "B"]
            assert len(letters) == len(given) <= 1
            parts += given
        assert len(parts) > 1
        assert "".join(parts) == plain
