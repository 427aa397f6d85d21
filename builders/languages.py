"""Texts in an outline's languages, read from what the editor typed.

They need to know the languages: these come as the validation context, a `Languages`.
"""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, LiteralString

from pydantic_core import PydanticCustomError

from builders.values import Cut

MOST_CHARACTERS = 50_000  # of one text
MOST_LINKS = 1_000  # and citations

STRANGE_LANGUAGE: LiteralString = "is not a language of this outline"

_LETTER = re.compile(r"[^\W\d_]")
_BEHIND_CODE = re.compile(r"\s*:?\s*")
_CITATIONS = re.compile(r"(\[@[^\]]*\][\s.,;]*)+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Languages:
    """What texts are validated against: the outline's languages, and how strictly.

    With `lenient`, a missing text falls back to the first that exists, visibly marked. With `tolerant`, a
    value that cannot be read becomes a stand-in: that is how the rest of a faulty outline is still checked.
    """

    tags: tuple[str, ...]
    lenient: bool = False
    tolerant: bool = False


def refused(message: LiteralString, **words: str | int) -> PydanticCustomError:
    """Return the error of a field's value: what is wrong; what to do. `words` fill its {gaps}."""
    return PydanticCustomError("field", message, words)


def kind_of(value: Any) -> str:
    """Return what a plain value is called: 'text', 'list', …"""
    return {list: "list", dict: "group of fields", type(None): "blank"}.get(type(value), "text")


def shown(value: Any) -> str:
    """Return a plain value as a fault quotes it."""
    return f"'{value[:40]}'" if isinstance(value, str) else f"a {kind_of(value)}"


def plain(value: Any, _: Languages) -> str:
    """Return a text that stands under no language. Raises PydanticCustomError, as those below do."""
    if not isinstance(value, str):
        raise refused("a text is due here, not a {found}", found=kind_of(value))
    if isinstance(value, Cut):
        message = "` #` cut the text off after '{end}'; put the text in quotes or under `|`"
        raise refused(message, end=value[-30:], offset=len(value))
    text = value.strip()
    if len(text) > MOST_CHARACTERS or text.count("[") > MOST_LINKS:
        raise refused("the text is longer than a whole section; split it into several blocks")
    if not text:
        raise refused("the text is empty; write it, or remove the field")
    if text.startswith("[@") and _CITATIONS.fullmatch(text):
        raise refused("there is nothing here but a citation; write the words that it stands for")
    return text


def folded(value: Any, languages: Languages) -> str:
    """Return a text of one paragraph: an end of line in it is a space."""
    return " ".join(plain(value, languages).split())


def prose(value: Any, languages: Languages) -> dict[str, str]:
    """Return the texts in all languages, by language; each may have several paragraphs."""
    if isinstance(value, str):
        return _alone(value, languages)
    if not isinstance(value, dict):
        raise refused("a text is due here, not a {found}; write it under its languages", found=kind_of(value))
    if strange := [key for key in value if key not in languages.tags]:
        known = ", ".join(languages.tags)
        message = "'{tag}' " + STRANGE_LANGUAGE + "; use {known}"
        raise refused(message, tag=strange[0], known=known)
    texts = {tag: _in(tag, value[tag], languages) for tag in languages.tags if value.get(tag) is not None}
    return texts if len(texts) == len(languages.tags) else _filled(texts, languages)


def _filled(texts: dict[str, str], languages: Languages) -> dict[str, str]:
    """Return the texts with the first of them, visibly marked, where one is missing: if that is allowed."""
    missing = [tag for tag in languages.tags if tag not in texts]
    if not languages.lenient or not texts:
        raise refused("the text is missing in {missing}; add it", missing=", ".join(missing))
    found = next(iter(texts))
    return {tag: texts.get(tag, f"\\[{found}\\] {texts[found]}") for tag in languages.tags}


def _in(tag: str, value: Any, languages: Languages) -> str:
    """Return the text in one language; a fault in it is told of that language (`tag` in its words)."""
    try:
        return plain(value, languages)
    except PydanticCustomError as error:
        raise PydanticCustomError(
            "field", error.message_template, {**(error.context or {}), "tag": tag}
        ) from None


def _alone(value: str, languages: Languages) -> dict[str, str]:
    """Return the texts of one that stands under no language: it has no letters, or it is the first one's."""
    text = plain(value, languages)
    due = len(languages.tags) > 1 and not languages.lenient  # under its language, then
    for code in languages.tags:
        if text.startswith(code):
            _refuse_bare(code, text, languages.tags, certain=due)
    if len(languages.tags) == 1 or not _LETTER.search(text):
        return dict.fromkeys(languages.tags, text)
    if languages.lenient:
        return _filled({languages.tags[0]: text}, languages)
    raise refused("one text stands for {all}; write each under its language", all=", ".join(languages.tags))


def _refuse_bare(code: str, text: str, codes: tuple[str, ...], certain: bool) -> None:
    """Raise if the text starts with a language's code that lacks its colon, or the space behind that.

    In front of a small letter it may be a word, unless that is `certain`: 'es' is one in Spanish.
    """
    behind = _BEHIND_CODE.match(text, len(code))
    start = behind.end() if behind else len(code)
    between, first = text[len(code) : start], text[start : start + 1]
    if ":" in between or (between and first and (certain or not (first.islower() or first.isdigit()))):
        words = " ".join(takewhile(lambda word: word not in codes, text[start:].split()[:3]))
        message = "'{code}' has no colon and space behind it; write `{code}: {words}`"
        raise refused(message, code=code, words=f"{words}…", offset=0)


def line(value: Any, languages: Languages) -> dict[str, str]:
    """Return the texts in all languages, by language; each is one paragraph."""
    texts = prose(value, languages)
    for tag, text in texts.items():
        if _BLANK_LINE.search(text):
            raise refused("the text in {tag} has several paragraphs; this place holds one", tag=tag)
    return texts


def unknown(languages: Languages) -> dict[str, str]:
    """Return what stands in for texts that cannot be read."""
    return dict.fromkeys(languages.tags, "?")
