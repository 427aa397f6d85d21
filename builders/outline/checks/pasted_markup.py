"""Markup that is printed as it stands: that of Markdown and HTML, and what drafts leave behind."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.entities import name2codepoint
from itertools import islice
from typing import NamedTuple

from builders.core.diagnostics import Fault
from builders.outline.checks.prose import MOST_OF_A_KIND
from builders.outline.walk import PlacedText

_READ = re.compile(r"\\.|\[@[^\[\]\n]+\]|\]\([^()\n]*\)")  # escapes, citations, and where links lead
_LIST = "use a `points` block for a list"
_LINK = "write [words](#id)"


class _MarkupRule(NamedTuple):
    """A pattern of markup; it matches nowhere without one of the `signs`, which are found much faster."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    message: str
    advice: str


def _make_rule(signs: tuple[str, ...], pattern: str, message: str, advice: str) -> _MarkupRule:
    return _MarkupRule(signs, re.compile(pattern, re.MULTILINE), message, advice)


_RULES = (
    _make_rule(("*", "+", "•"), r"^[*+•] +(?=\S)(?![^\n]*†)", "a bullet starts a line of prose", _LIST),
    _make_rule(  # as paragraphs, the articles of a law stand as they should
        (". ", ") "),
        r"^1[.)] +\S[^\n]*\n[ \t]*2[.)] +(?=\S)",
        "a numbered list stands in prose",
        _LIST,
    ),
    _make_rule(
        ("#",), r"^#{1,6} +(?=[^\W\d_])", "# starts a heading in Markdown alone", "use a `heading` block"
    ),
    _make_rule(
        (">",),
        r"^> ?(?=[^\W\d_]|[«“„”\"'‘¿¡*\[(])",
        "> starts a quotation in Markdown alone",
        "use a `quote` block",
    ),
    _make_rule(("|",), r"^\|[^\n]*\|[ \t]*$", "a table stands in prose", "use a `table` block"),
    _make_rule(("--", "**", "__"), r"^(?:-{3,}|\*{3,}|_{3,})[ \t]*$", "a rule stands in prose", "delete it"),
    _make_rule(
        ("`",), r"(?<!\w)`[^`\n]+`(?!\w)|`{3}", "backquotes are printed as they stand", "write *emphasis*"
    ),
    _make_rule(
        ("<",),
        r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|small|span|strong|sub|sup|u|ul)(?:\s[^<>\n]*)?/?>",
        "HTML is printed as it stands",
        "write *emphasis* or **key word**, or delete it",
    ),
    _make_rule(
        ("&",),
        rf"&(?:{'|'.join((*name2codepoint, 'apos'))}|#\d{{1,6}}|#[xX][0-9a-fA-F]{{1,5}});",
        "an HTML entity is printed as it stands",
        "write the character",
    ),
    _make_rule(
        ("![",), r"!\[[^\]\n\ue000]*(?:\ue000|\] ?[(\[])", "a picture stands in prose", "use an `image` block"
    ),
    _make_rule(
        ("_",),
        r"(?<![\w_])_{1,3}[^\W_](?:[^_\n]*[^\s_])?_{1,3}(?![\w_])",
        "underscores are printed as they stand",
        "write *emphasis* or **key word**",
    ),
    _make_rule(("~~", "=="), r"~~[^~\n]+~~|==[^=\n]+==", "~~ and == are printed", "delete them"),
    _make_rule(("[^",), r"\[\^[\w-]+\]", "a footnote's mark is printed", "cite a source, [@id, p. 3]"),
    _make_rule(("][",), r"\[[^\[\]\n]+\]\[#?[\w-]*\]", "a link's target stands in square brackets", _LINK),
    _make_rule((")[#",), r"\([^()\n]+\)\[#[\w-]+\]", "a link's brackets are the wrong way round", _LINK),
    _make_rule(("}(#",), r"\{[^{}\n]+\}\(#[\w-]+\)", "a link's words stand in curly brackets", _LINK),
    _make_rule(  # TODO is a word of Spanish; xxx is 30, as the number of a page
        ("TODO", "FIXME", "TBD", "xxx", "???", "orem ipsum"),
        r"^TODO\b(?! [^\W\d_a-zß-ÿ]+\b)|[(\[]TODO\b|\bTODO:|\b(?:FIXME|TBD)\b"
        r"|(?<!\w\. )(?<![–-])\bxxx+\b(?![–-])|(?<![^\W\d_])(?<!\?)\?{3,}|\b[Ll]orem ipsum\b",
        "a note to oneself is printed",
        "write what is due here, or delete it",
    ),
)
_NOTHING = frozenset(("null", "~", "TBC"))
_NONE = frozenset(("none", "None", "n/a", "N/A"))  # which may be all that there is to say of something
_SAYS_NONE = frozenset(("cells", "options", "answer", "head"))  # fields in which it may


def check_pasted_markup(texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Yield a warning for each piece of foreign markup, and for texts that stand for nothing."""
    for path, _, text in texts:
        if text in _NOTHING or (text in _NONE and _SAYS_NONE.isdisjoint(path)):
            message, advice = f"'{text}' is printed as it stands", "write the text, or remove the field"
            yield Fault(message, advice, path, severity="warning", offset=0)
        for message, advice, offset in _find_markup(text):
            yield Fault(message, advice, path, severity="warning", offset=offset)


@lru_cache(maxsize=65536)  # an editor's loop checks the same texts again at each save
def _find_markup(text: str) -> tuple[tuple[str, str, int], ...]:
    found = []
    bare: str | None = None
    for rule in _RULES:
        if any(sign in text for sign in rule.signs):
            if bare is None:
                bare = _READ.sub(lambda match: "\ue000" * len(match[0]), text)
            for match in islice(rule.pattern.finditer(bare), MOST_OF_A_KIND):
                found.append((rule.message, rule.advice, match.start()))
    return tuple(found)
