"""Outlines drawn from the schema: what `check` accepts builds in every output, to sound documents."""

import json
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from builders.build.builder import Artifact, Options
from builders.build.registry import load_builder
from builders.commands.check import find_faults
from builders.core.diagnostics import Fault, OutlineFaults
from builders.deck.layouts import make_slide_page
from builders.deck.options import DeckOptions
from builders.deck.plan import plan_deck
from builders.outline.load import LoadedOutline, load_outline
from tests.deck_frames import tell_misplaced_frames
from tests.drawn_faults import tell_document_faults
from tests.drawn_outlines import write_outline, write_pictures
from tests.drawn_shapes import draw_shape

MOST_TOLD = 3  # faults of one document: what is wrong with one page is wrong with many
# what each outline is built as, and what one in so many is built as besides
ALWAYS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    *(("guide", {"edition": edition}) for edition in ("study", "worksheet", "teacher", "large-print")),
    ("deck", {}),
    ("poster", {}),
)
BY_TURNS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("guide", {"edition": "study", "grey": True, "paper": "letter"}),
    ("deck", {"ratio": "4:3"}),
    ("poster", {"portrait": True, "grey": True}),
    ("guide", {"edition": "worksheet", "section": "section-0"}),
    ("deck", {"no_questions": True, "section": "section-0"}),
    ("poster", {"poster_size": "a3", "proof": True}),
    ("guide", {"edition": "teacher", "booklet": True}),
    ("poster", {"poster_size": "a1", "bleed": True, "paper": "letter"}),
    ("guide", {"edition": "large-print", "grey": True, "paper": "letter"}),
)


def tell_drawn_faults(number: int) -> Iterator[str]:
    """Check and build the outline of a number, and tell what is wrong with what comes of it."""
    shape = draw_shape(number)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pictures(folder)
        path = folder / "drawn.yaml"
        path.write_text(json.dumps(write_outline(shape), ensure_ascii=False, indent=1), encoding="utf-8")
        try:
            faults = find_faults(path)
        except Exception as error:
            yield f"check: {_tell_error(error)}"
            return
        yield from (f"check: {told}" for fault in faults if (told := tell_unfit_fault(fault)))
        if any(fault.severity == "error" for fault in faults):
            return
        loaded = load_outline(path)
        language = shape.languages[number % len(shape.languages)]
        for builder, options in (*ALWAYS, BY_TURNS[number % len(BY_TURNS)]):
            asked = load_builder(builder).options(lang=language, root=folder, **options)
            form = " ".join([builder, language, *(f"{key}={value}" for key, value in options.items())])
            found = islice(_tell_build_faults(loaded, builder, asked, folder), MOST_TOLD)
            yield from (f"{form}: {told}" for told in found)


def tell_unfit_fault(fault: Fault) -> str:
    """Return what is wrong with a fault as an answer to an editor; '' where it is good."""
    if not fault.line or not fault.column:
        return f"a fault without a place: {fault.text!r}"
    if not fault.message or not fault.advice:
        return f"a fault without advice: {fault.text!r}"
    return ""


def _tell_build_faults(loaded: LoadedOutline, builder: str, options: Options, folder: Path) -> Iterator[str]:
    try:
        artifacts: tuple[Artifact, ...] = load_builder(builder).build(loaded.outline, options)
        for artifact in artifacts:
            yield from (f"{artifact.name}: {told}" for told in tell_document_faults(artifact, folder))
        if isinstance(options, DeckOptions):
            frame = make_slide_page(options.theme.deck, options.ratio)
            yield from tell_misplaced_frames(plan_deck(loaded.outline, options, frame), frame.w)
    except OutlineFaults as refused:
        yield f"accepted by check, refused here: {refused.faults[0].text}"
    except Exception as error:
        yield _tell_error(error)


def _tell_error(error: Exception) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "builders" in frame.filename]
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {at}: {str(error)[:200]}"
