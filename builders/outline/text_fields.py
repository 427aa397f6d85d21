"""Texts in an outline's languages, read from what the editor typed.

They need to know the languages: these come as the validation context, a `Languages`.
"""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, LiteralString

from pydantic_core import PydanticCustomError

from builders.yaml_source.parser import CutText

MOST_CHARACTERS = 50_000  # of one text
MOST_LINKS = 1_000  # and citations

STRANGE_LANGUAGE: LiteralString = "is not a language of this outline"

_LETTER = re.compile(r"[^\W\d_]")
_BEHIND_CODE = re.compile(r"\s*:?\s*")
_CITATIONS = re.compile(r"(\[@[^\]]*\][\s.,;]*)+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Languages:
    """What fields are validated against: the outline's languages and calendar, and how strictly.

    In the `lenient` languages a missing text falls back to the first that exists, visibly marked. With
    `tolerant`, a value that cannot be read becomes a stand-in: that is how the rest of a faulty outline is
    still checked.
    """

    tags: tuple[str, ...]
    lenient: tuple[str, ...] = ()
    tolerant: bool = False
    julian: bool = False  # whether all dates are those of the Julian calendar


def make_field_error(message: LiteralString, **words: str | int) -> PydanticCustomError:
    """Return the error for a validator to raise: `message` says what is wrong, and behind '; ' what to do.

    `words` fill the {gaps} of the message; `offset` and `tag` among them say where in the text, and in which
    language, the fault is (see `explain_field_error`).
    """
    return PydanticCustomError("field", message, words)


def name_kind(value: Any) -> str:
    """Return what a fault calls a plain value: 'text', 'list', 'group of fields' or 'blank'."""
    return {list: "list", dict: "group of fields", type(None): "blank"}.get(type(value), "text")


def quote_value(value: Any) -> str:
    """Return a plain value as a fault quotes it: a text (its first 40 letters), or the kind of another."""
    return f"'{value[:40]}'" if isinstance(value, str) else f"a {name_kind(value)}"


def read_plain_text(value: Any, _: Languages) -> str:
    """Return a value as one text, white space around it removed.

    Raises PydanticCustomError, as all readers below do, where the value is no text, or it is empty, too long,
    cut off by ` #`, or nothing but a citation.
    """
    if not isinstance(value, str):
        raise make_field_error("a text is due here, not a {found}", found=name_kind(value))
    if isinstance(value, CutText):
        message = "` #` cut the text off after '{end}'; put the text in quotes or under `|`"
        raise make_field_error(message, end=value[-30:], offset=len(value))
    text = value.strip()
    if len(text) > MOST_CHARACTERS or text.count("[") > MOST_LINKS:
        raise make_field_error("the text is longer than a whole section; split it into several blocks")
    if not text:
        raise make_field_error("the text is empty; write it, or remove the field")
    if text.startswith("[@") and _CITATIONS.fullmatch(text):
        raise make_field_error("there is nothing here but a citation; write the words that it stands for")
    return text


def read_folded_text(value: Any, languages: Languages) -> str:
    """Return a value as one text of one paragraph: each run of white space becomes a space."""
    return " ".join(read_plain_text(value, languages).split())


def read_prose(value: Any, languages: Languages) -> dict[str, str]:
    """Return the texts by language, one for each that the outline has; each may have several paragraphs."""
    if isinstance(value, str):
        return _read_bare_text(value, languages)
    if not isinstance(value, dict):
        raise make_field_error(
            "a text is due here, not a {found}; write it under its languages", found=name_kind(value)
        )
    if strange := [key for key in value if key not in languages.tags]:
        known = ", ".join(languages.tags)
        message = "'{tag}' " + STRANGE_LANGUAGE + "; use {known}"
        raise make_field_error(message, tag=strange[0], known=known)
    texts = {
        tag: _read_in_language(tag, value[tag], languages)
        for tag in languages.tags
        if value.get(tag) is not None
    }
    return texts if len(texts) == len(languages.tags) else _fill_missing(texts, languages)


def _fill_missing(texts: dict[str, str], languages: Languages) -> dict[str, str]:
    """Return the texts with the first of them, visibly marked, where one is missing: if that is allowed."""
    missing = [tag for tag in languages.tags if tag not in texts and tag not in languages.lenient]
    if missing or not texts:
        raise make_field_error("the text is missing in {missing}; add it", missing=", ".join(missing))
    found = next(iter(texts))
    return {tag: texts.get(tag, f"\\[{found}\\] {texts[found]}") for tag in languages.tags}


def _read_in_language(tag: str, value: Any, languages: Languages) -> str:
    """Return the text in one language; a fault in it is told of that language (`tag` in its words)."""
    try:
        return read_plain_text(value, languages)
    except PydanticCustomError as error:
        raise PydanticCustomError(
            "field", error.message_template, {**(error.context or {}), "tag": tag}
        ) from None


def _read_bare_text(value: str, languages: Languages) -> dict[str, str]:
    """Return the texts of one that stands under no language: it has no letters, or it is the first one's."""
    text = read_plain_text(value, languages)
    due = len(languages.tags) > 1 and not languages.lenient  # under its language, then
    for code in languages.tags:
        if text.startswith(code):
            _refuse_bare_code(code, text, languages.tags, certain=due)
    if len(languages.tags) == 1 or not _LETTER.search(text):
        return dict.fromkeys(languages.tags, text)
    if set(languages.tags[1:]) <= {*languages.lenient}:
        return _fill_missing({languages.tags[0]: text}, languages)
    raise make_field_error(
        "one text stands for {all}; write each under its language", all=", ".join(languages.tags)
    )


def _refuse_bare_code(code: str, text: str, codes: tuple[str, ...], certain: bool) -> None:
    """Raise if the text starts with a language's code that lacks its colon, or the space behind that.

    In front of a small letter it may be a word, unless that is `certain`: 'es' is one in Spanish.
    """
    behind = _BEHIND_CODE.match(text, len(code))
    start = behind.end() if behind else len(code)
    between, first = text[len(code) : start], text[start : start + 1]
    if ":" in between or (between and first and (certain or not (first.islower() or first.isdigit()))):
        words = " ".join(takewhile(lambda word: word not in codes, text[start:].split()[:3]))
        message = "'{code}' has no colon and space behind it; write `{code}: {words}`"
        raise make_field_error(message, code=code, words=f"{words}…", offset=0)


def read_line(value: Any, languages: Languages) -> dict[str, str]:
    """Return the texts by language, one for each that the outline has; each is a single paragraph."""
    texts = read_prose(value, languages)
    for tag, text in texts.items():
        if _BLANK_LINE.search(text):
            raise make_field_error("the text in {tag} has several paragraphs; this place holds one", tag=tag)
    return texts


def make_stand_in(languages: Languages) -> dict[str, str]:
    """Return what replaces texts that cannot be read while the rest of the outline is checked: a '?' each."""
    return dict.fromkeys(languages.tags, "?")
