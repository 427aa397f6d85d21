"""Faces and their measures: words shaped by HarfBuzz once each, in integer thousandths of the size.

A face knows what it can draw and whom to ask for the rest: an italic falls back to its upright, a serif to
the sans and the other way round. Nothing here imports ReportLab; builders/pdf/faces.py embeds these faces.
"""

import unicodedata
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import add
from pathlib import Path
from typing import Literal, TypeVar

import uharfbuzz as hb

Family = Literal["serif", "sans"]
Weight = Literal["regular", "italic", "semibold", "bold", "black", "bold-italic", "semibold-italic"]

SOFT_HYPHEN = "\u00ad"
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
_SPACES = {  # characters that any face can leave as room: their widths
    "\u2002": 500,
    "\u2003": 1000,
    "\u2004": 333,
    "\u2005": 250,
    "\u2009": 200,
    "\u200a": 100,
    "\u200b": 0,
    "\u202f": 200,
    "\u2060": 0,
    "\ufeff": 0,
}
_PRIVATE = 0xF0000  # glyphs without a character of their own get one by their number (private planes)

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class MissingGlyph(ValueError):
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a shaped word in one face.

    `characters` stand for one glyph each (a ligature for a private character of the face);
    `kerns` are what follows each glyph beyond its advance, in thousandths of the size.
    """

    face: "Face"
    characters: str
    kerns: tuple[int, ...]


class Face:
    """One face: what it covers, how wide its words are, which glyphs they need.

    `widths[word]` is a word's advance with kerning and ligatures; `shapes[word]` its pieces. Both are kept,
    since a course uses the same few thousand words all over. Both raise MissingGlyph. `pairs[ab]` is the kern
    of two characters, None if they do not stay side by side as they are.
    """

    def __init__(self, name: str, path: Path, fallbacks: tuple[tuple[Family, Weight], ...] = ()) -> None:
        self.name, self.path, self.fallbacks = name, path, fallbacks
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._font = hb.Font(face)
        self._scale: float = 1000 / face.upem
        self.characters = frozenset(map(chr, face.unicodes))
        self.covers = self.characters | {NO_BREAK_SPACE, SOFT_HYPHEN}
        self.hyphen = "\u2010" if "\u2010" in self.covers else "-"
        self.private: dict[str, tuple[int, str]] = {}  # private character: glyph, the text it stands for
        self._private_of: dict[tuple[int, str], str] = {}
        self.advances: Memo[str, int] = Memo(self._advance)
        self.pairs: Memo[str, int | None] = Memo(self._kern)
        self.shapes: Memo[str, tuple[Piece, ...]] = Memo(self._shape)
        self.widths: Memo[str, int] = Memo(self._measure)
        self.space = self.advances[" "]

    def __repr__(self) -> str:
        return f"Face({self.name})"

    def __reduce__(self) -> tuple[object, ...]:
        return face, tuple(self.name.split("-", 1))  # in another process: its own

    def width(self, text: str) -> int:
        """Return the width of a line of `text` in thousandths of the size. Raises MissingGlyph."""
        words = text.split(" ")
        return sum(map(self.widths.__getitem__, words)) + self.space * (len(words) - 1)

    def _advance(self, character: str) -> int:
        if character in self.private:
            return self._scaled(self._font.get_glyph_h_advance(self.private[character][0]))
        glyph = self._glyph(character)
        if glyph is None:
            raise MissingGlyph(character, character)
        return self._scaled(self._font.get_glyph_h_advance(glyph))

    def _glyph(self, character: str) -> int | None:
        """Return the glyph that a character has by itself."""
        if character == SOFT_HYPHEN:
            character = self.hyphen
        elif character == NO_BREAK_SPACE:
            character = " "
        glyph: int | None = self._font.get_nominal_glyph(ord(character))
        return glyph

    def _scaled(self, units: int) -> int:
        return round(units * self._scale)

    def _measure(self, word: str) -> int:
        kerns = self._kerns(word)
        if kerns is not None:
            return sum(map(self.advances.__getitem__, word)) + sum(kerns)
        total = 0
        for piece in self.shapes[word]:
            total += sum(map(piece.face.advances.__getitem__, piece.characters)) + sum(piece.kerns)
        return total

    def _shape(self, word: str) -> tuple[Piece, ...]:
        kerns = self._kerns(word)
        if kerns is not None:
            return (Piece(self, word, (*kerns, 0)),)
        word = unicodedata.normalize("NFC", word)
        soft = word.endswith(SOFT_HYPHEN)
        if SOFT_HYPHEN in word:  # HarfBuzz hides it: shape a hyphen in its place
            word = word.replace(SOFT_HYPHEN, "") + (self.hyphen if soft else "")
        if not word:
            return ()
        if not self.covers.issuperset(word):
            return tuple(self._fall_back(word))
        return (self._piece(word, self._shaped(word), soft),)

    def _shaped(self, word: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {"kern": True, "liga": True})
        return buffer

    def _kerns(self, word: str) -> list[int] | None:
        """Return the kerns between a word's characters; None if it must be shaped as a whole."""
        if len(word) < 2:
            return None
        kerns = list(map(self.pairs.__getitem__, map(add, word, word[1:])))
        return None if None in kerns else kerns  # type: ignore[return-value]

    def _kern(self, pair: str) -> int | None:
        """Return the kern of two characters; None if they do not stay side by side as they are.

        Kerning goes by pairs and letters are joined from the first two on, so that a word of plain pairs is
        what its pairs are: a few thousand of them stand for every word and for all parts of words.
        """
        first, second = pair[0], pair[1]
        if second == SOFT_HYPHEN:  # a hyphen in its place, see above
            second = self.hyphen
        if not self.covers.issuperset(pair) or first == SOFT_HYPHEN:
            return None
        if any(map(unicodedata.combining, pair)) or not unicodedata.is_normalized("NFC", pair):
            return None
        buffer = self._shaped(first + second)
        glyphs = [info.codepoint for info in buffer.glyph_infos]
        positions = buffer.glyph_positions
        if glyphs != [self._glyph(first), self._glyph(second)] or any(p.x_offset for p in positions):
            return None
        if self._scaled(positions[1].x_advance) != self.advances[second]:
            return None
        return self._scaled(positions[0].x_advance) - self.advances[first]

    def _piece(self, word: str, buffer: hb.Buffer, soft: bool) -> Piece:
        characters: list[str] = []
        kerns: list[int] = []
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        ends = [info.cluster for info in infos[1:]] + [len(word)]
        for info, position, end in zip(infos, positions, ends, strict=True):
            text = word[info.cluster : end]
            if soft and end == len(word) and text == self.hyphen:
                character = SOFT_HYPHEN  # drawn as a hyphen, read and copied as a soft one
            elif text == NO_BREAK_SPACE or (len(text) == 1 and self._glyph(text) == info.codepoint):
                character = text
            else:
                character = self._private_character(info.codepoint, text)
            kern = self._scaled(position.x_advance) - self.advances[character]
            shift = self._scaled(position.x_offset)
            if shift and kerns:
                kerns[-1] += shift
                kern -= shift
            characters.append(character)
            kerns.append(kern)
        return Piece(self, "".join(characters), tuple(kerns))

    def _private_character(self, glyph: int, text: str) -> str:
        character = self._private_of.get((glyph, text))
        if character is None:
            code = _PRIVATE + glyph
            while chr(code) in self.private:  # the glyph stands for another text too
                code += 1 << 13
            character = self._private_of[glyph, text] = chr(code)
            self.private[character] = (glyph, text)
        return character

    def _fall_back(self, word: str) -> Iterable[Piece]:
        """Yield the pieces of a word in the first face that has all of it, else character by character."""
        for family, weight in self.fallbacks:
            other = face(family, weight)
            if other.covers.issuperset(word):
                yield from other.shapes[word]
                return
        for own, characters in groupby(word, lambda character: self._face_for(character, word)):
            if own is None:
                yield from (Piece(self, " ", (_SPACES[c] - self.space,)) for c in characters)
            else:
                yield from own.shapes["".join(characters)]

    def _face_for(self, character: str, word: str) -> "Face | None":
        """Return the face that draws `character`; None for a thin or empty space: any face leaves it."""
        if character in self.covers:
            return self
        for family, weight in self.fallbacks:
            other = face(family, weight)
            if character in other.covers:
                return other
        if character in _SPACES:
            return None
        raise MissingGlyph(character, word)


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
    if known.issuperset(text) and unicodedata.is_normalized("NFC", text):
        return ()
    return tuple(dict.fromkeys(c for c in unicodedata.normalize("NFC", text) if c not in known))


@cache
def _known() -> frozenset[str]:
    return face("serif", "regular").covers | face("sans", "regular").covers | frozenset(_SPACES) | {"\n"}


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
