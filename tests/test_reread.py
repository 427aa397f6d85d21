"""An outline that is read again at each save reads as if it were read for the first time."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.faults import Fault, OutlineFaults
from builders.load import Loaded, load
from builders.reread import Reader
from tests.soak import mutations, runs

HERE = Path(__file__).parent
ATHENS = HERE / "outlines" / "athens.yaml"
STRINGS = runs.strings()


def a_copy(folder: Path) -> Path:
    """Return an outline in `folder`, with its pictures."""
    shutil.copytree(ATHENS.parent / "images", folder / "images")
    return Path(shutil.copy(ATHENS, folder))


def answer(read: object, path: Path) -> tuple[object, ...]:
    """Return all that reading an outline gives: the outline or the faults, and some positions."""
    try:
        loaded: Loaded = read(path)  # type: ignore[operator]
    except OutlineFaults as error:
        return (error.faults,)
    paths = [(), ("people", 1), ("sections", 1, "blocks", 2), ("sections", 1, "title", "en")]
    places = [loaded.source.position(path, 3) for path in paths]
    return loaded.outline, loaded.warnings, loaded.source, places


def small_edit(text: str, chance: random.Random) -> str:
    """Return the text after an edit such as people make: mostly valid."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    words = lines[at].split(" ")
    match chance.randrange(9):
        case 0 | 1 | 2:
            words[-1] += chance.choice("aeiou")
        case 3:
            words.append("stone -- or  'glass'")  # with warnings, whose places must be right
        case 4:
            lines.insert(at, "  " * chance.randrange(4) + chance.choice(("# remark", "")))
        case 5:
            del lines[at]
        case 6:
            lines[at:at] = lines[at : at + chance.choice((1, 4, 12))]
        case 7:
            words = ["", *words]
        case 8:
            lines[at] = chance.choice(SLIPS)(lines[at])
            words = []
    if at < len(lines):
        lines[at] = " ".join(words) if len(words) > 1 else lines[at]
    return "\n".join(lines)


# What changes how YAML reads a line, though hardly what it reads.
SLIPS: tuple[Callable[[str], str], ...] = (
    lambda line: line + " # remark",
    lambda line: line.replace(" #", "#"),
    lambda line: line.replace(": ", ": '", 1),
    lambda line: line + "'",
    lambda line: line.replace(": ", " ", 1),
    lambda line: line.replace(": ", ":\n" + " " * 20, 1),
    lambda line: line.replace(", ", ","),
    lambda line: line.replace(". ", ".\n\n" + " " * 20, 1),
)


@pytest.mark.parametrize("seed", range(4))
def test_reading_again_gives_what_reading_gives(seed: int, tmp_path: Path) -> None:
    chance, reader = random.Random(seed), Reader()
    path = a_copy(tmp_path)
    good = ATHENS.read_text("utf-8")
    valid = 0
    for step in range(60):
        edited = small_edit(good, chance).encode()
        if step % 5 == 4:
            edited = mutations.mutated(good, seed * 60 + step, STRINGS)
        path.write_bytes(edited)
        found = answer(reader.load, path)
        assert found == answer(load, path)
        if len(found) > 1:
            good, valid = edited.decode(), valid + 1
    assert valid > 5


@pytest.mark.parametrize("seed", range(3))
def test_a_slip_in_any_line_is_told_as_if_the_outline_were_read_for_the_first_time(
    seed: int, tmp_path: Path
) -> None:
    """Each slip is made in a good outline that has been read, and mended again."""
    chance, reader = random.Random(seed), Reader()
    path = a_copy(tmp_path)
    good = path.read_text("utf-8")
    told = 0
    for _ in range(40):
        reader.load(path)
        lines = good.split("\n")
        at = chance.choice([n for n, line in enumerate(lines) if line.strip()])
        lines[at] = chance.choice(SLIPS)(lines[at])
        path.write_text("\n".join(lines), "utf-8")
        found = answer(reader.load, path)
        assert found == answer(load, path), lines[at]
        told += len(found) == 1 or bool(found[1])
        path.write_text(good, "utf-8")
    assert told > 10


def test_what_an_edit_leaves_alone_is_the_same_object(tmp_path: Path) -> None:
    path = a_copy(tmp_path)
    text = ATHENS.read_text("utf-8")
    reader = Reader()
    first = reader.load(path)
    for old, new in (
        ("unas cuarenta veces", "cuarenta veces"),  # so all that follows stands elsewhere
        ("Muere Sócrates", "Muerte de Sócrates"),
    ):
        text = text.replace(old, new)
        path.write_text(text, "utf-8")
        again = reader.load(path)
        assert again.source.values["people"] is first.source.values["people"], "parsed again"
        assert again.outline.people is first.outline.people
        kept = [
            one is other for one, other in zip(first.outline.sections, again.outline.sections, strict=True)
        ]
        assert kept.count(False) == 1
        first = again


def test_items_stay_the_same_objects_when_others_come_before_them(tmp_path: Path) -> None:
    path = a_copy(tmp_path)
    reader = Reader()
    first = reader.load(path).outline
    lane = "lanes:\n  - id: new\n    name:\n      es: Nueva\n      en: New\n"
    path.write_text(ATHENS.read_text("utf-8").replace("lanes:\n", lane), "utf-8")
    again = reader.load(path).outline
    assert [lane.id for lane in again.lanes[:2]] == ["new", first.lanes[0].id]
    assert all(one is other for one, other in zip(first.lanes, again.lanes[1:], strict=True))
    assert all(one is other for one, other in zip(first.sections, again.sections, strict=True))


def test_a_picture_that_goes_is_missed_though_the_text_stays(tmp_path: Path) -> None:
    path = a_copy(tmp_path)
    reader = Reader()
    reader.load(path)
    for file in (tmp_path / "images").iterdir():
        file.unlink()
    with pytest.raises(OutlineFaults) as caught:
        reader.load(path)
    fault: Fault = caught.value.faults[0]
    assert "there is no picture" in fault.message and fault.line
