"""Inline markup to runs: emphasis, strong key words, links, citations and backslash escapes; nothing else.

markdown-it-py reads it with every other rule switched off: HTML, code and images are printed as they stand.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builders.core.diagnostics import TemarioError

_MARKED = re.compile(r"[*_\[\]\\]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_LINES = re.compile(r"[ \t]*\n[ \t]*")
_CITATION = re.compile(r"\[(@[^\[\]\n]+)\]")


class CiteFault(TemarioError):
    """A citation that cannot be read; the message says why and what to do, `part` is what is meant."""

    def __init__(self, part: str) -> None:
        curly = part.startswith(("‘", "’", "“", "”"))
        advice = "put it in straight quotes, ' or \"" if curly else "write @source, or @source, p. 45; @other"
        super().__init__(f"'{part}' is not a citation; {advice}")
        self.part = part


@dataclass(frozen=True, slots=True)
class Cite:
    """One source within a citation, with the place in it ('p. 45') or an empty string."""

    source: str
    locator: str = ""


@dataclass(frozen=True, slots=True)
class InlineRun:
    """A stretch of text with one look. A citation is a run with `cites` and no text."""

    text: str
    italic: bool = False
    strong: bool = False  # a key word: a blank in the worksheet
    link: str | None = None  # '#id' or an address
    cites: tuple[Cite, ...] = ()


InlineParagraph = tuple[InlineRun, ...]


@lru_cache(maxsize=32768)
def parse_paragraphs(text: str) -> tuple[InlineParagraph, ...]:
    """Return the paragraphs of `text`, each as its runs.

    A blank line parts paragraphs; an end of line within one is a space. Raises CiteFault.
    """
    blocks = (_LINES.sub(" ", block.strip()) for block in _PARAGRAPHS.split(text.strip()))
    return tuple(_parse_runs(block) for block in blocks if block)


@lru_cache(maxsize=32768)
def parse_line(text: str) -> InlineParagraph:
    """Return the runs of a text that is one paragraph; several are joined. Raises CiteFault."""
    return tuple(run for paragraph in parse_paragraphs(text) for run in paragraph)


def strip_markup(text: str) -> str:
    """Return the words of `text` without markup and citations; a blank line parts paragraphs.

    Raises CiteFault.
    """
    if not _MARKED.search(text) and "\n" not in text:
        return text
    return "\n\n".join(join_runs(paragraph) for paragraph in parse_paragraphs(text))


def drop_same_words(original: str | None, text: str) -> str | None:
    """Return an original to print beside `text`, a text with markup; None where there is none, or where it
    says the same words, as it does in its own language.
    """
    return original if original and _list_letters(original) != _list_letters(strip_markup(text)) else None


def _list_letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).casefold()))


def join_runs(paragraph: InlineParagraph) -> str:
    """Return the words of runs. Citations are left out, and the spaces in front of them."""
    out = ""
    for run in paragraph:
        out = out.rstrip(" ") if run.cites else out + run.text
    return out


@lru_cache(maxsize=8192)
def parse_cites(text: str) -> tuple[Cite, ...]:
    """Return the sources, each with its place, that '@suny2017, p. 45; @other' cites. Raises CiteFault."""
    found = []
    for part in text.split(";"):
        match = re.fullmatch(r"@([\w-]+)(?:\s*,\s*(.+))?", part.strip())
        if not match:
            raise CiteFault(part.strip())
        found.append(Cite(match[1], (match[2] or "").strip()))
    return tuple(found)


def _parse_runs(block: str) -> InlineParagraph:
    if not _MARKED.search(block):
        return (InlineRun(block),)
    (token,) = _MARKDOWN.parseInline(block)
    return tuple(_join_neighbours(_read_tokens(token.children or [])))


def _read_tokens(tokens: list[Token]) -> Iterator[InlineRun]:
    italic = strong = 0
    link: str | None = None
    for token in tokens:
        if token.type in {"em_open", "em_close"}:
            italic += token.nesting
        elif token.type in {"strong_open", "strong_close"}:
            strong += token.nesting
        elif token.type == "link_open":
            link = str(token.attrs["href"])
        elif token.type == "link_close":
            link = None
        elif token.type == "citation":
            yield InlineRun("", cites=parse_cites(token.content))
        elif token.content:
            yield InlineRun(token.content, bool(italic), bool(strong), link)


def _join_neighbours(runs: Iterator[InlineRun]) -> Iterator[InlineRun]:
    """Join neighbours of one look."""
    held: InlineRun | None = None
    for run in runs:
        if held and not held.cites and not run.cites and _get_look(held) == _get_look(run):
            held = InlineRun(held.text + run.text, run.italic, run.strong, run.link)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _get_look(run: InlineRun) -> tuple[bool, bool, str | None]:
    return run.italic, run.strong, run.link


def _read_citation(state: StateInline, silent: bool) -> bool:
    match = _CITATION.match(state.src, state.pos)
    if not match or state.src[match.end() : match.end() + 1] == "(":
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


class _Markdown(MarkdownIt):
    """Keeps addresses as they were typed: checks/references.py names what is neither an id nor https."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the library's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def _make_markdown() -> MarkdownIt:
    markdown = _Markdown("zero").enable(["escape", "emphasis", "link"])
    markdown.inline.ruler.before("link", "citation", _read_citation)
    return markdown


_MARKDOWN = _make_markdown()
