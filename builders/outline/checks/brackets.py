"""Links and citations that are printed as they stand, for want of a bracket or a sign."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from builders.core.diagnostics import Fault, Path
from builders.language import markup
from builders.outline.checks.prose import MOST_OF_A_KIND
from builders.outline.model import Outline
from builders.outline.walk import PlacedText

_READ = re.compile(  # escapes, and what is read as it is meant
    r'\\.|\[@[^\[\]]+\]|\]\((?:[^()\s]|\([^()\s]*\))*(?:\s"[^"]*")?\)'
)


_PAIRS = {"(": ")", "[": "]"}
_BRACKET = re.compile(r"(?<![^\W_])[^\W_]{1,2}\)|[()\[\]]")  # 'a)' and '12)' are items of a list


class _BracketRule(NamedTuple):
    """A pattern where it matches something is wrong; with `cited` only if `id` in it is that of a source."""

    pattern: re.Pattern[str]
    message: str
    advice: str
    cited: bool = False


_BRACKET_RULES = (
    _BracketRule(re.compile(r"\]\("), "a link's target is not closed", "write [words](#id)"),
    _BracketRule(re.compile(r"\[[^\[\]()]*\(#[\w-]+"), "a link's words are not closed", "write [words](#id)"),
    _BracketRule(re.compile(r"\[@(?P<id>[\w-]+)"), "a citation is not closed", "write [@{id}]"),
    _BracketRule(
        re.compile(r"(?<![\w\[@-])@(?P<id>[\w-]+)"), "a citation has no brackets", "write [@{id}]", cited=True
    ),
    _BracketRule(
        re.compile(r"\[(?P<id>[\w-]+)(?:, [^\[\]]*)?\]"), "a citation has no @", "write [@{id}]", cited=True
    ),
)


def check_brackets(outline: Outline, texts: Iterable[PlacedText]) -> Iterator[Fault]:
    """Yield a warning for each link or citation that is opened and not closed, or that lacks its signs."""
    sources = frozenset(source.id for source in outline.sources)
    for path, _, text in texts:
        yield from _check_pairs(text, path)
        printed = _drop_read_markup(text) if "[" in text or "@" in text else ""
        if "[" not in printed and "@" not in printed:
            continue
        masked = _READ.sub(lambda match: "\ue000" * len(match[0]), text)
        for slip in _BRACKET_RULES:
            if slip.pattern.search(printed):
                for match in islice(slip.pattern.finditer(masked), MOST_OF_A_KIND):
                    names = match.groupdict()
                    if not slip.cited or names["id"] in sources:
                        advice = slip.advice.format(**names)
                        yield Fault(slip.message, advice, path, severity="warning", offset=match.start())


def _check_pairs(text: str, path: Path) -> Iterator[Fault]:
    """Yield a warning for the first bracket of a text without a partner; that of 'a)' needs none."""
    if all(text.count(first) == text.count(last) for first, last in _PAIRS.items()):
        return
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(_READ.sub(lambda match: "\ue000" * len(match[0]), text)):
        sign = match[0][-1]
        if len(match[0]) > 1:
            continue
        if sign in _PAIRS:
            opened.append((sign, match.start()))
        elif opened and _PAIRS[opened[-1][0]] == sign:
            opened.pop()
        else:
            opened.append((sign, match.start()))
            break
    if opened and not any(sign == "[" for sign, _ in opened[:1] if "](" in text or "@" in text):
        sign, at = opened[0] if opened[-1][0] in _PAIRS else opened[-1]
        message = f"the bracket {sign} has no partner"
        yield Fault(message, "write both, or neither", path, severity="warning", offset=at)


def _drop_read_markup(text: str) -> str:
    """Return the text without what is read: a sign of a link or a citation that is left is printed."""
    try:
        runs = [run for paragraph in markup.parse_paragraphs(text) for run in paragraph]
    except markup.CiteFault:
        return ""
    return "".join("\ue000" if run.cites else run.text for run in runs)
