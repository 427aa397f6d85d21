"""Faces and their measures: words shaped by HarfBuzz, once each, into glyphs; all lengths in integer
thousandths of the size.

A face is a font file and what HarfBuzz makes of it, so any file and any script will do. It knows what it can
draw and whom to ask for the rest: an italic falls back to its upright, a serif to the sans and the other way
round. Nothing here imports ReportLab; builders/pdf/fonts.py embeds these faces.
"""

import unicodedata
from array import array
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache
from itertools import chain, groupby
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import uharfbuzz as hb

from builders.core.diagnostics import TemarioError
from builders.typesetting.glyph_clusters import (
    SOFT_HYPHEN,
    Composite,
    find_plain_advances,
    join_clusters,
    normalize_word,
    split_into_letters,
)

Family = Literal["serif", "sans"]
Weight = Literal["regular", "italic", "semibold", "bold", "black", "bold-italic", "semibold-italic"]

NO_BREAK_SPACE = "\u00a0"
_STEMS = {
    "serif": ("font_source_serif_pro", "SourceSerifPro"),
    "sans": ("font_source_sans_pro", "SourceSansPro"),
}
_FILES = {
    "regular": "Regular",
    "italic": "It",
    "semibold": "Semibold",
    "bold": "Bold",
    "black": "Black",
    "bold-italic": "BoldIt",
    "semibold-italic": "SemiboldIt",
}
_UPRIGHT: dict[str, Weight] = {"italic": "regular", "bold-italic": "bold", "semibold-italic": "semibold"}
_HYPHENS = ("\u2010", "-")  # what a hyphen is drawn with: the first that a face has
# What HarfBuzz draws with any face: spaces, each of its width, and signs that are not seen (Unicode, 5.21).
_ANYWHERE = frozenset(
    "\u00a0\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    + "".join(map(chr, (*range(0x2000, 0x200B), *range(0xFE00, 0xFE10))))
)

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class MissingGlyph(TemarioError):
    """No face has a glyph for a character; `character` and the `word` it stands in say which."""

    def __init__(self, character: str, word: str) -> None:
        self.character, self.word = character, word
        super().__init__(character, word)  # so that it can be handed to another process

    def __str__(self) -> str:
        return f"no face has a glyph for {describe(self.character)}, in '{self.word}'"


class Memo(dict[Key, Value]):
    """A dict that makes what it lacks."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self.make(key)
        return value


class GlyphRun(NamedTuple):
    """A stretch of a shaped word in one face, cluster by cluster from left to right.

    A cluster is what cannot be parted: a letter with its marks, letters joined into one. `glyphs` draw them,
    each by its number in the font file, or as several that stand off the pen; `texts` are the characters that
    each is drawn for; `advances` how far the pen moves on.
    """

    face: "Face"
    glyphs: Sequence[int | Composite]
    texts: Sequence[str]
    advances: Sequence[int]


class Face:
    """One font file.

    `widths[word]` is a word's advance with kerning and ligatures, `shapes[word]` its glyphs. Both are kept,
    since a course uses the same few thousand words all over. Both raise MissingGlyph.
    """

    def __init__(self, name: str, path: Path, fallbacks: tuple[tuple[Family, Weight], ...] = ()) -> None:
        self.name, self.path, self.fallbacks = name, path, fallbacks
        self.file = hb.Face(hb.Blob.from_file_path(str(path)))
        self.font = hb.Font(self.file)
        self._scale: float = 1000 / self.file.upem
        self.characters = frozenset(map(chr, self.file.unicodes))
        hyphen = next((h for h in _HYPHENS if h in self.characters), "")
        self._stand_ins = {ord(h): hyphen for h in "\u2010\u2011" if h not in self.characters}
        self._stand_ins[ord(SOFT_HYPHEN)] = hyphen  # which HarfBuzz hides
        self.covers = self.characters | _ANYWHERE | set(map(chr, self._stand_ins if hyphen else ()))
        self.shapes: Memo[str, tuple[GlyphRun, ...]] = Memo(self._shape)
        self.widths: Memo[str, int] = Memo(self._measure)
        self.space = self.widths[" "]

    def __repr__(self) -> str:
        return f"Face({self.name})"

    def __reduce__(self) -> tuple[object, ...]:
        return face, tuple(self.name.split("-", 1))  # in another process: its own

    def width(self, text: str) -> int:
        """Return the width of a line of `text` in thousandths of the size. Raises MissingGlyph."""
        words = text.split(" ")
        return sum(map(self.widths.__getitem__, words)) + self.space * (len(words) - 1)

    def advance(self, glyph: int | Composite) -> int:
        """Return how far the pen moves on after a glyph that stands alone, or after several."""
        numbers = [glyph] if isinstance(glyph, int) else [part[0] for part in glyph]
        return self.scaled(sum(map(self.font.get_glyph_h_advance, numbers)))

    def scaled(self, units: float) -> int:
        """Return a length of the font file in thousandths of the size."""
        return round(units * self._scale)

    def _scaled(self, lengths: list[int]) -> list[int]:
        return lengths if self._scale == 1 else [self.scaled(units) for units in lengths]

    def _measure(self, word: str) -> int:
        return sum([sum(run.advances) for run in self.shapes[word]])

    def _shape(self, word: str) -> tuple[GlyphRun, ...]:
        word = normalize_word(word)
        if not word:
            return ()
        buffer = self._buffer(word)
        if self._draws(word, buffer):
            return (self._run(word, buffer),)
        return tuple(self._fall_back(word))

    def _buffer(self, word: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(word if word.isascii() else word.translate(self._stand_ins))
        buffer.language = "und"  # or else HarfBuzz asks the machine's locale
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer)
        return buffer

    def _draws(self, word: str, buffer: hb.Buffer) -> bool:
        """Return whether a word was shaped without a glyph missing."""
        return self.characters.issuperset(word) or 0 not in [info.codepoint for info in buffer.glyph_infos]

    def draws(self, text: str) -> bool:
        """Return whether this face alone has all glyphs for a text."""
        return self._draws(text, self._buffer(text))

    def _run(self, word: str, buffer: hb.Buffer) -> GlyphRun:
        if (plain := find_plain_advances(word, buffer)) is not None:
            numbers = [info.codepoint for info in buffer.glyph_infos]
            return GlyphRun(self, numbers, word, array("i", self._scaled(plain)))
        clusters = list(join_clusters(self.font, word, buffer))
        glyphs, texts = [glyph for glyph, _, _ in clusters], [text for _, text, _ in clusters]
        return GlyphRun(self, glyphs, texts, [self.scaled(units) for _, _, units in clusters])

    def _fall_back(self, word: str) -> Iterable[GlyphRun]:
        """Yield the glyphs of a word in the first face that has all of it, else letter by letter, and of a
        letter that no face has with its marks, sign by sign. Raises MissingGlyph.
        """
        faces = [self, *(face(family, weight) for family, weight in self.fallbacks)]

        def first(text: str) -> Face | None:
            return next((face for face in faces if face.draws(text)), None)

        if whole := first(word):
            yield from whole.shapes[word]
            return
        for own, letters in groupby(split_into_letters(word), first):
            for text in ("".join(letters),) if own else chain.from_iterable(letters):
                if (drawing := own or first(text)) is None:
                    raise MissingGlyph(text, word)
                yield from drawing.shapes[text]


def describe(character: str) -> str:
    """Return 'U+1F600 GRINNING FACE' for a character."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def missing(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no face has, each once, in order of appearance.

    All faces end their fallbacks at the upright serif and sans, so the answer is the same for each of them.
    """
    if text.isascii() and text.isprintable():
        return ()
    known = _known()
    if known.issuperset(text):
        return ()
    composed = unicodedata.normalize("NFC", text)
    return tuple(
        dict.fromkeys(
            c for c in composed if c not in known and not known.issuperset(unicodedata.normalize("NFD", c))
        )
    )


@cache
def _known() -> frozenset[str]:
    return face("serif", "regular").covers | face("sans", "regular").covers | {"\n"}


def face(family: Family, weight: Weight = "regular") -> Face:
    """Return the shipped face of a family ('serif' or 'sans') and weight, with its fallbacks."""
    return _face(family, weight)


@cache
def _face(family: Family, weight: Weight) -> Face:
    other: Family = "sans" if family == "serif" else "serif"
    upright = _UPRIGHT.get(weight, weight)
    own: tuple[tuple[Family, Weight], ...] = () if upright == weight else ((family, upright),)
    fallbacks = (*own, (other, upright), (other, "regular"), (family, "regular"))
    return Face(f"{family}-{weight}", _path(family, weight), fallbacks)


def _path(family: Family, weight: Weight) -> Path:
    from importlib.util import find_spec

    package, stem = _STEMS[family]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {package} is not installed; run python3 tasks.py build")
    return Path(spec.origin).parent / "files" / f"{stem}-{_FILES[weight]}.ttf"
